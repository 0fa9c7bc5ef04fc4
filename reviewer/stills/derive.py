"""Pictures made for publishing: orientation applied, position and camera data gone, credit and rights written in.

Where the pixels need no turning they are not touched: metadata is cut out of and spliced into the file itself. A GIF has
no place for such data that browsers keep, and is copied as it is.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from reviewer.review.values import Still
from reviewer.stills import pillow
from reviewer.stills.formats import Refused, sniff
from reviewer.stills.xmp import packet

_ORIENTATION = 0x0112
_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_PNG_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"


def publishable(data: bytes, still: Still) -> bytes:
    """The picture as it goes into a post. The same picture and record always give the same bytes. Raises `Refused`."""
    form = sniff(data)
    if form is None:
        raise Refused(still.name, "It is no picture any more.")
    if form == "GIF":
        return data
    try:
        if form == "AVIF" or _turned(data, form):
            data = _redrawn(data, form)
        splice = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}.get(form)
        return splice(data, packet(still)) if splice else data
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise Refused(still.name, f"It cannot be prepared for publishing: {error}.") from error


def _turned(data: bytes, form: str) -> bool:
    with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
        return bool(image.getexif().get(_ORIENTATION, 1) != 1)


def _redrawn(data: bytes, form: str) -> bytes:
    """The picture turned upright and encoded anew, with its colour profile."""
    with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
        if form == "AVIF" and not image.getexif():
            return data
        upright = pillow.upright(image)
        upright.info.pop("exif", None)
        profile = image.info.get("icc_profile")
        out = io.BytesIO()
        options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"quality": 92}, "AVIF": {"quality": 90}}
        upright.save(out, form, icc_profile=profile, exif=b"", **options.get(form, {}))
        return out.getvalue()


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
    while (place := data.find(b"\xff", place)) >= 0:
        marker = data[place + 1] if place + 1 < len(data) else 0xD9
        if marker == 0xD9:
            return min(place + 2, len(data))
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:
            place += 1 if marker == 0xFF else 2
        else:
            place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
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
