"""Which pictures are taken, told by what is in the file and never by its name."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from reviewer.stills import pillow
from reviewer.stills.pillow import MOST_PIXELS

MOST_BYTES = 50_000_000
MOST_SIDE = 20_000
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif", "AVIF": ".avif"}
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "AVIF": "image/avif"}
TAKEN = "Stills are JPEG, PNG, WebP, GIF or AVIF."

_OTHERS = (
    (re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE[^>]*>\s*)?<svg", re.S | re.I), "an SVG drawing"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "an EPS or PostScript file"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"\s*<(!doctype html|html)", re.I), "a web page"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF"),
    (re.compile(rb"BM"), "a BMP"),
    (re.compile(rb"8BPS"), "a Photoshop file"),
    (re.compile(rb"....ftyp(heic|heix|mif1|msf1|hevc)", re.S), "an HEIC photograph"),
    (re.compile(rb"....ftyp", re.S), "a video"),
    (re.compile(rb"\x1aE\xdf\xa3"), "a video"),
    (re.compile(rb"PK\x03\x04"), "a zip archive"),
)


class Refused(ValueError):
    """A picture that is not taken. `name` is the file's, `reason` says why in a sentence of its own."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} was not added. {reason}")
        self.name, self.reason = name, reason


@dataclass(frozen=True)
class Facts:
    """What a picture's header says. Width and height are in pixels as stored."""

    format: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        return ENDINGS[self.format]


def sniff(data: bytes) -> str | None:
    """The format of a picture that may be taken, by its first bytes; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return "AVIF" if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis") else None


def facts(data: bytes, name: str) -> Facts:
    """Format and size from the header alone. Raises `Refused`."""
    form = sniff(data)
    if form is None:
        raise Refused(name, f"{_what(data, name)} {TAKEN}")
    try:
        with pillow.image().open(io.BytesIO(data), formats=(form,)) as image:
            width, height = image.size
    except pillow.image().DecompressionBombError as error:
        raise Refused(name, _too_large(f"more than {2 * MOST_PIXELS // 1_000_000} million")) from error
    except Exception as error:  # a decoder meets hostile bytes: whatever it raises, the picture is refused
        raise Refused(name, f"It is a damaged {form} ({error}).") from error
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Refused(name, _too_large(f"{width} × {height}"))
    return Facts(form, width, height)


def _too_large(size: str) -> str:
    most = f"up to {MOST_PIXELS // 1_000_000} million and {MOST_SIDE} a side are taken"
    return f"It is {size} pixels large; {most}. Scale it down first."


def check(data: bytes, name: str) -> Facts:
    """Format and size of a picture that decodes to its end. Raises `Refused` for anything else."""
    found = facts(data, name)
    try:
        with pillow.image().open(io.BytesIO(data), formats=(found.format,)) as image:
            image.load()
    except Exception as error:  # as above
        raise Refused(name, f"It is a {found.format}, but not a whole one: {_plain(error)}.") from error
    return found


def _plain(error: Exception) -> str:
    text = str(error)
    return (
        "it breaks off before its end"
        if "truncated" in text or "broken" in text
        else text[:80] or "it cannot be decoded"
    )


def _what(data: bytes, name: str) -> str:
    kind = next((words for pattern, words in _OTHERS if pattern.match(data[:2000])), "")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    says = f"It says .{ending}, but it is" if ending in ("jpg", "jpeg", "png", "webp", "gif", "avif") else "It is"
    if not data:
        return "It is empty."
    return f"{says} {kind}." if kind else f"{says} no picture that is known here."
