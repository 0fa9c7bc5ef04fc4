"""What a picture says about itself: creator, credit, copyright, terms, caption and whether it knows where it was taken.

Read from XMP (ISO 16684-1), IPTC IIM 4.2 and EXIF 2.32, by the field names of the IPTC Photo Metadata Standard 2023.1; where
several say something, XMP counts before IIM and IIM before EXIF. Hostile or damaged metadata is read as none.
"""

from __future__ import annotations

import dataclasses
import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, fields

from reviewer.review.licences import licence
from reviewer.review.values import Still
from reviewer.stills import pillow
from reviewer.stills.formats import sniff
from reviewer.stills.xmp import CORE, DC, LANG, PHOTOSHOP, RDF, RIGHTS, parse

MOST_WORDS = 4000
"""Characters of one field that are kept."""

_XMP_FIELDS = {
    f"{DC}creator": "creator",
    f"{PHOTOSHOP}Credit": "credit",
    f"{DC}rights": "copyright",
    f"{RIGHTS}UsageTerms": "terms",
    f"{RIGHTS}WebStatement": "statement",
    f"{DC}description": "caption",
    f"{CORE}AltTextAccessibility": "alt",
    f"{PHOTOSHOP}DateCreated": "date",
    f"{PHOTOSHOP}Source": "source",
}
_IIM_FIELDS = {80: "creator", 110: "credit", 116: "copyright", 120: "caption", 55: "date", 115: "source"}
_EXIF_FIELDS = {0x013B: "creator", 0x8298: "copyright", 0x010E: "caption"}
_GPS, _EXIF, _TAKEN = 0x8825, 0x8769, 0x9003


@dataclass(frozen=True)
class Embedded:
    """A picture's own words; empty where it has none. `date` is as it stands there; `place` says that it has GPS data."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    terms: str = ""
    statement: str = ""
    caption: str = ""
    alt: str = ""
    date: str = ""
    source: str = ""
    place: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def read(data: bytes) -> Embedded:
    """What a picture's bytes say; nothing for what is no picture."""
    form = sniff(data)
    if form is None:
        return Embedded()
    try:
        with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
            exif = image.getexif()
            info = dict(image.info)
            inner, gps = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
            plain = {name: exif.get(tag) for tag, name in _EXIF_FIELDS.items()}
    except Exception:  # a decoder meets hostile bytes: whatever it raises, the picture says nothing
        return Embedded()
    found: dict[str, str] = {name: _words(value) for name, value in plain.items()}
    found["date"] = _words(inner.get(_TAKEN))
    resources = info.get("photoshop")
    if isinstance(resources, Mapping):
        found |= {name: value for name, value in _iim(resources.get(0x0404)).items() if value}
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    found |= {
        name: value for name, value in _xmp(packet.encode() if isinstance(packet, str) else packet).items() if value
    }
    return Embedded(**{name: value for name, value in found.items() if value}, place=bool(gps))


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = "".join(c if c.isprintable() else " " for c in value) if isinstance(value, str) else ""
    return " ".join(text.split())[:MOST_WORDS]


def _iim(data: object) -> dict[str, str]:
    """The fields of IIM's record 2; a field that may be repeated is joined."""
    if not isinstance(data, bytes):
        return {}
    found: dict[str, list[str]] = {}
    place, charset = 0, "latin-1"
    while place + 5 <= len(data) and data[place] == 0x1C:
        record, number, size = struct.unpack(">BBH", data[place + 1 : place + 5])
        if size & 0x8000:  # an extended length: nothing that is read here is so long
            break
        body = data[place + 5 : place + 5 + size]
        if (record, number) == (1, 90) and body == b"\x1b%G":
            charset = "utf-8"
        elif record == 2 and (name := _IIM_FIELDS.get(number)):
            found.setdefault(name, []).append(_words(body.decode(charset, "replace")))
        place += 5 + size
    return {name: ", ".join(filter(None, values)) for name, values in found.items()}


def _xmp(packet: object) -> dict[str, str]:
    """The fields of an XMP packet."""
    root = parse(packet)
    if root is None:
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{RDF}Description"):
        for attribute, value in description.attrib.items():
            if attribute in _XMP_FIELDS:
                found.setdefault(_XMP_FIELDS[attribute], _words(value))
        for child in description:
            if child.tag in _XMP_FIELDS:
                found.setdefault(_XMP_FIELDS[child.tag], _value(child))
    return found


def _value(node: ET.Element) -> str:
    """A simple value, the default of a choice of languages, or the items of a list."""
    items = list(node.iter(f"{RDF}li"))
    if not items:
        return _words(node.text)
    default = [item for item in items if item.get(LANG) == "x-default"]
    return ", ".join(filter(None, (_words(item.text) for item in default or items)))


def offered(still: Still, found: Embedded) -> Still:
    """The record with its empty fields filled from the picture's own words; what the writer typed stays.

    A web statement that is a Creative Commons licence is one; any other is only kept as the terms' address.
    """
    known = licence(found.statement)
    permission, source = still.permission, still.source
    terms = found.terms or ("" if known else found.statement)
    is_licence = known is not None and permission.basis in ("", "unknown")
    changed = dataclasses.replace(
        permission,
        holder=permission.holder or found.copyright,
        terms=permission.terms or terms,
        licence=permission.licence or (known.id if known else ""),
        basis="licence" if is_licence else permission.basis,
    )
    return dataclasses.replace(
        still,
        alt=still.alt or found.alt,
        caption=still.caption or found.caption,
        credit=still.credit or found.credit or found.creator,
        source=dataclasses.replace(source, name=source.name or found.source),
        permission=changed,
    )
