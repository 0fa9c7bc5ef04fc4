"""Pictures made for publishing: orientation applied, position and camera data gone, credit and rights written in.

Where the pixels need no change they are not touched: metadata is cut out of and spliced into the file itself.
"""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from reviewer.review.values import Still
from reviewer.stills import pillow
from reviewer.stills.colour import to_srgb
from reviewer.stills.formats import Refused, facts, sniff
from reviewer.stills.framing import box, framed
from reviewer.stills.metadata import read
from reviewer.stills.splice import spliced
from reviewer.stills.xmp import packet

_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Copy:
    """How an exported copy is made. As it stands by default: the still's own format, at its own size.

    `width` is the most pixels across, 0 for as many as there are; nothing is ever enlarged. `format` is ``JPEG``, ``WEBP``
    or ``AVIF``, empty for the still's own. `quality` (1 to 100) counts where pixels are encoded anew. `first_frame` makes a
    still picture of an animation; else it is copied whole. `srgb` turns the colours into sRGB (IEC 61966-2-1).
    """

    width: int = 0
    format: str = ""
    quality: int = 82
    first_frame: bool = False
    srgb: bool = False


FORMATS = ("JPEG", "WEBP", "AVIF")
"""The formats that copies may have by choice."""


def publishable(data: bytes, still: Still, wanted: Copy = Copy()) -> bytes:
    """The picture as it goes into a post. The same picture, record and wish always give the same bytes. Raises `Refused`."""
    return copies(data, still, [wanted])[0]


def copies(data: bytes, still: Still, wanted: Sequence[Copy]) -> list[bytes]:
    """Several copies of a picture, for which it is decoded once. Raises `Refused`."""
    form = sniff(data)
    if form is None:
        raise Refused(still.name, "It is no picture any more.")
    try:
        return _copies(data, form, still, wanted)
    except Refused:
        raise
    except Exception as error:  # a decoder meets hostile bytes: whatever it raises, the picture is refused
        raise Refused(still.name, f"It cannot be prepared for publishing: {error}.") from error


@dataclass(frozen=True)
class Shape:
    """Width and height in pixels that a picture has upright and cut as its record says, and whether it moves."""

    width: int
    height: int
    moves: bool = False


def shape(data: bytes, still: Still) -> Shape:
    """The shape of a picture's exported copy at full size, from the header alone. Raises `Refused`."""
    found = facts(data, still.name)
    with pillow.image().open(io.BytesIO(data), formats=(found.format,)) as image:
        turned = found.format != "GIF" and _orientation(image) >= 5
        moves = getattr(image, "n_frames", 1) > 1
    upright = (found.height, found.width) if turned else (found.width, found.height)
    left, top, right, bottom = box(still.crop, upright)
    return Shape(right - left, bottom - top, moves)


def _copies(data: bytes, form: str, still: Still, wanted: Sequence[Copy]) -> list[bytes]:
    full = shape(data, still)
    with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
        turned = bool(still.crop) or image.mode == "CMYK" or (form != "GIF" and _orientation(image) != 1)
        xmp = packet(still, _packet_in(image.info), read(data).creator)
    made: dict[Copy, bytes] = {}
    for one in dict.fromkeys(wanted):
        as_it_is = not turned and one.format in ("", form) and not one.srgb and (one.width or full.width) >= full.width
        whole = not one.first_frame if full.moves else as_it_is
        kept = _kept(data, form, still, xmp, full) if whole else None
        if kept is not None:
            made[one] = kept
    anew = [one for one in dict.fromkeys(wanted) if one not in made]
    if anew:
        made |= _drawn(data, form, still, anew, xmp, full)
    return [made[one] for one in wanted]


def _kept(data: bytes, form: str, still: Still, xmp: bytes, full: Shape) -> bytes | None:
    """The very pixels with this packet; None where they have to be drawn anew, because the format or damage in the file does not
    let them be kept. Raises `Refused` for a damaged animation, of which only a picture would be left."""
    try:
        made = spliced(data, form, xmp)
        if made is None or facts(made, still.name) == facts(data, still.name):
            return made
    except (ValueError, IndexError, struct.error):
        pass
    if full.moves:
        raise Refused(still.name, "It is an animation with damaged parts. Save it anew in an image editor.")
    return None


def _packet_in(info: Mapping[str, Any]) -> bytes:
    """The XMP packet that the picture brings along."""
    found = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    return found.encode() if isinstance(found, str) else bytes(found)


def _orientation(image: Any) -> int:
    """How a picture lies (EXIF 2.32, 4.6.4): 1 is upright, 5 and more lie on their side."""
    return int(image.getexif().get(_ORIENTATION, 1))


def _drawn(data: bytes, form: str, still: Still, wanted: Sequence[Copy], xmp: bytes, full: Shape) -> dict[Copy, bytes]:
    """Copies whose pixels are made anew: decoded once, no larger than the largest needs."""
    with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
        most = max(min(one.width or full.width, full.width) for one in wanted)
        if most < full.width:
            part = most / full.width
            image.draft(None, (ceil(image.width * part), ceil(image.height * part)))
        profile = image.info.get("icc_profile") or b""
        picture = framed(pillow.upright(pillow.eight_bit(image)), still.crop)
        if picture.mode == "P":
            picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        plain: Any = None
        made: dict[Copy, bytes] = {}
        for one in wanted:
            srgb = one.srgb or picture.mode == "CMYK"
            if srgb and plain is None:
                plain = to_srgb(picture, profile)
            source, its_profile = (plain, b"") if srgb else (picture, profile)
            made[one] = _encoded(_scaled(source, one.width, full), one.format or form, one, xmp, its_profile)
    return made


def _scaled(picture: Any, width: int, full: Shape) -> Any:
    target = min(width or full.width, full.width)
    if target >= picture.width:
        return picture
    height = max(1, round(full.height * target / full.width))
    return picture.resize((target, height), pillow.image().Resampling.LANCZOS)


def _encoded(picture: Any, form: str, wanted: Copy, xmp: bytes, profile: bytes) -> bytes:
    """The picture as a file: nothing goes in but pixels, colour profile and our own metadata."""
    picture = picture.copy()
    picture.info = {}
    clear = picture.mode in ("RGBA", "LA")
    if form == "JPEG":
        picture = _on_white(picture) if clear else picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    elif form in ("WEBP", "AVIF") and picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if clear else "RGB")
    ways: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": wanted.quality, "optimize": True, "progressive": True},
        "WEBP": {"quality": wanted.quality, "method": 4, "xmp": xmp, "exif": b""},
        "AVIF": {"quality": wanted.quality, "speed": 8, "xmp": xmp, "exif": b""},
        "PNG": {"optimize": True},
    }
    options = dict(ways.get(form, {}))
    if profile and form != "GIF":
        options["icc_profile"] = profile
    data = _saved(picture, form, options)
    return (spliced(data, form, xmp) if form not in ("WEBP", "AVIF") else None) or data


def _saved(picture: Any, form: str, options: dict[str, Any]) -> bytes:
    """A picture's bytes. Into a real file Pillow encodes without holding the interpreter, and the window goes on meanwhile."""
    with tempfile.TemporaryFile() as file:
        picture.save(file, form, **options)
        file.seek(0)
        return file.read()


def _on_white(picture: Any) -> Any:
    """A picture with clear parts on white, for a format that knows none."""
    ground = pillow.image().new("RGB", picture.size, "white")
    ground.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return ground
