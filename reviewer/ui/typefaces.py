"""Typefaces with more air between their lines.

Qt's plain text widget sets lines as close as their typeface asks and has no other measure. So a typeface is made that asks
for more: the tables of the one that is wanted are read from Qt, its line gap and its name are changed, and the result is
given back to Qt, in memory only. The tables are those of the OpenType specification 1.9.1 (otff, hhea, OS/2, name).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

_TAGS = (
    "BASE", "CBDT", "CBLC", "CFF ", "CFF2", "COLR", "CPAL", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "OS/2", "STAT", "SVG ",
    "VORG", "VVAR", "avar", "cmap", "cvar", "cvt ", "fpgm", "fvar", "gasp", "glyf", "gvar", "head", "hhea", "hmtx", "kern",
    "loca", "maxp", "name", "post", "prep", "sbix", "vhea", "vmtx",
)  # fmt: skip
_NEEDED = {"OS/2", "cmap", "head", "hhea", "maxp", "name"}
_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC, _WWS = 1, 4, 6, 16, 21
_USE_TYPO_METRICS = 1 << 7
_FACES = (
    (QFont.Weight.Normal, False),
    (QFont.Weight.Normal, True),
    (QFont.Weight.DemiBold, False),
)
"""The faces that the text uses: upright, italic, and for headings and strong words the half-bold one."""


@cache
def spaced(family: str, height: float) -> str:
    """The name of a typeface like `family` whose lines stand `height` times its size apart.

    The same name comes back where that cannot be made: a bitmap font, or one that asks for as much by itself.
    """
    name, made = f"{family} {height:.2f}", False
    for tables in _faces(family):
        data = with_height(tables, name, height)
        if data is None:
            return family
        made = QFontDatabase.addApplicationFontFromData(data) >= 0 or made
    return name if made else family


def _faces(family: str) -> Iterator[dict[str, bytes]]:
    """The tables of each face that a family has."""
    seen = set()
    for weight, italic in _FACES:
        font = QFont(family)
        font.setWeight(weight)
        font.setItalic(italic)
        raw = QRawFont.fromFont(font)
        tables = {tag: data for tag in _TAGS if (data := bytes(raw.fontTable(tag).data()))}
        if not tables.keys() >= _NEEDED:
            return
        key = (tables["head"], tables["OS/2"], tables["hhea"])
        if key not in seen:
            seen.add(key)
            yield tables


def with_height(tables: Mapping[str, bytes], name: str, height: float) -> bytes | None:
    """A font file of these tables with another name, whose lines stand `height` ems apart; None where they already do."""
    (em,) = struct.unpack_from(">H", tables["head"], 18)
    ascent, descent = struct.unpack_from(">hh", tables["hhea"], 4)
    gap = round(height * em) - (ascent - descent)
    if gap <= 0:
        return None
    hhea, os2 = bytearray(tables["hhea"]), bytearray(tables["OS/2"])
    struct.pack_into(">h", hhea, 8, gap)
    (selection,) = struct.unpack_from(">H", os2, 62)
    struct.pack_into(">H", os2, 62, selection | _USE_TYPO_METRICS)
    struct.pack_into(">hhh", os2, 68, ascent, descent, gap)
    return _file({**tables, "hhea": bytes(hhea), "OS/2": bytes(os2), "name": _named(tables["name"], name)})


def _named(table: bytes, family: str) -> bytes:
    """A name table with another family in it."""
    _, count, start = struct.unpack_from(">HHH", table)
    records, strings = b"", b""
    for number in range(count):
        platform, encoding, language, name, size, at = struct.unpack_from(">6H", table, 6 + 12 * number)
        if platform == 1:
            continue
        words = table[start + at : start + at + size]
        if name in (_FAMILY, _FULL, _TYPOGRAPHIC, _WWS):
            words = family.encode("utf-16-be")
        elif name == _POSTSCRIPT:
            words = family.replace(" ", "").encode("utf-16-be")
        records += struct.pack(">6H", platform, encoding, language, name, len(words), len(strings))
        strings += words
    return struct.pack(">HHH", 0, len(records) // 12, 6 + len(records)) + records + strings


def _file(tables: Mapping[str, bytes]) -> bytes:
    """The tables as one file, in the order of their tags."""
    count = len(tables)
    power = count.bit_length() - 1
    kind = b"OTTO" if {"CFF ", "CFF2"} & tables.keys() else b"\x00\x01\x00\x00"
    head = kind + struct.pack(">4H", count, 16 << power, power, 16 * count - (16 << power))
    directory, body, start = b"", b"", len(head) + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag.encode(), total, start + len(body), len(data))
        body += padded
    return head + directory + body
