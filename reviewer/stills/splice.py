"""Metadata cut out of picture files and one XMP packet put in, while the pixels stay as they are, bit for bit."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator

from reviewer.stills import pillow

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""A JPEG's marker inside a scan: no stuffed byte, no fill byte, no restart."""
_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_PNG_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
_GIF_XMP = b"XMP DataXMP"
_GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
"""Application extensions that say how often an animation runs; all others are somebody's data."""
_GIF_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
"""What lets readers that know no XMP skip the packet (XMP part 3, 1.1.2)."""


def spliced(data: bytes, form: str, xmp: bytes) -> bytes | None:
    """The very pixels with this packet and no other metadata; None for a format in which that cannot be done.

    Raises `ValueError`, `IndexError` or `struct.error` for a damaged file.
    """
    splice = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}.get(form)
    return splice(data, xmp) if splice else None


def _jpeg(data: bytes, xmp: bytes) -> bytes:
    """Segments kept: all that draw the picture, JFIF, colour profile and Adobe's colour transform (ISO/IEC 10918-1)."""
    kept = [b"\xff\xd8"]
    segments, scan = _jpeg_segments(data)
    for marker, body in segments:
        drop = (
            marker in range(0xE1, 0xF0) and not (marker == 0xE2 and body.startswith(b"ICC_PROFILE")) and marker != 0xEE
        )
        if marker == 0xFE or drop:
            continue
        kept.append(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body)
    mark = _XMP_MARK + xmp
    place = 2 if len(kept) > 1 and kept[1][1] == 0xE0 else 1
    kept.insert(place, struct.pack(">BBH", 0xFF, 0xE1, len(mark) + 2) + mark)
    return b"".join(kept) + scan


def _jpeg_segments(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The segments before the first scan, and everything from there to the end of the image, without what trails it."""
    place = 2
    segments: list[tuple[int, bytes]] = []
    while data[place : place + 1] == b"\xff":
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        (size,) = struct.unpack(">H", data[place + 2 : place + 4])
        if marker == 0xDA:
            end = _jpeg_end(data, place)
            return segments, data[place:end] + (b"" if data[end - 2 : end] == b"\xff\xd9" else b"\xff\xd9")
        segments.append((marker, data[place + 4 : place + 2 + size]))
        place += 2 + size
    raise ValueError("its segments are damaged")


def _jpeg_end(data: bytes, place: int) -> int:
    """Behind the end-of-image marker that belongs to the scans starting at `place`."""
    while (found := _MARKER.search(data, place)) is not None:
        place = found.end()
        if data[place - 1] == 0xD9:
            return place
        place += struct.unpack(">H", data[place : place + 2])[0]
    return len(data)


def _png(data: bytes, xmp: bytes) -> bytes:
    """Text, time and EXIF chunks go, one XMP chunk comes after the header (PNG third edition, XMP part 3)."""
    parts = [data[:8]]
    for kind, body in _png_chunks(data):
        if kind not in _PNG_DROPPED:
            parts.append(_png_chunk(kind, body))
        if kind == b"IHDR":
            parts.append(_png_chunk(b"iTXt", _PNG_XMP + xmp))
    return b"".join(parts)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        kind = data[place + 4 : place + 8]
        yield kind, data[place + 8 : place + 8 + size]
        if kind == b"IEND":
            return
        place += 12 + size


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _webp(data: bytes, xmp: bytes) -> bytes:
    """EXIF and old XMP chunks go, one XMP chunk comes last; a plain file becomes an extended one (RFC 9649)."""
    chunks = [(kind, body) for kind, body in _riff_chunks(data) if kind not in (b"EXIF", b"XMP ")]
    if chunks[0][0] != b"VP8X":
        with pillow.image().open(io.BytesIO(data), formats=("WEBP",)) as image:
            width, height = image.size
            alpha = 0x10 if image.mode == "RGBA" else 0
        head = struct.pack("<I", alpha) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        chunks.insert(0, (b"VP8X", head))
    flags = (chunks[0][1][0] & ~0x08) | 0x04
    chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
    chunks.append((b"XMP ", xmp))
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for kind, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(data):
        kind, size = data[place : place + 4], struct.unpack("<I", data[place + 4 : place + 8])[0]
        yield kind, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _gif(data: bytes, xmp: bytes) -> bytes:
    """Comments and foreign application data go, the packet comes before the trailer (GIF89a)."""
    flags = data[10]
    place = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    parts = [b"GIF89a" + data[6:place]]
    while data[place : place + 1] not in (b";", b""):
        start = place
        if data[place] == 0x21:
            kind, name = data[place + 1], data[place + 3 : place + 14]
            place = _gif_blocks_end(data, place + 2)
            if kind == 0xFE or (kind == 0xFF and name not in _GIF_KEPT):
                continue
        elif data[place] == 0x2C:
            local = data[place + 9]
            place = _gif_blocks_end(data, place + 10 + (3 << ((local & 7) + 1) if local & 0x80 else 0) + 1)
        else:
            raise ValueError("its blocks are damaged")
        parts.append(data[start:place])
    parts.append(b"\x21\xff\x0b" + _GIF_XMP + xmp + _GIF_TRAILER + b";")
    return b"".join(parts)


def _gif_blocks_end(data: bytes, place: int) -> int:
    """Behind the sub-blocks that start at `place`."""
    while data[place]:
        place += 1 + data[place]
    return place + 1
