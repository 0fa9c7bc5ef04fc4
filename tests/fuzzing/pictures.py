"""Little pictures of each kind with each kind of metadata, for the fuzzers to begin with: no bytes made at random are one."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/'
    b'22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    b'photoshop:Credit="Agence X"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Fox</rdf:li></rdf:Alt></dc:rights></rdf:Description>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def seeds() -> Iterator[bytes]:
    """One after the other: plain ones, then those that say something of themselves, then those that move, are turned or deep."""
    yield from (_drawn(form) for form in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP"))
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x8298], exif[0x9286] = 6, "Somebody", "All rights", b"ASCII\0\0\0seen"
    exif.get_ifd(0x8825)[1] = "N"
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        yield _drawn(form, exif=exif)
        yield _drawn(form, exif=exif, xmp=XMP, icc_profile=b"\0" * 36 + b"acsp" + b"\0" * 92)
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    words.add_text("Author", "Somebody", zip=True)
    yield _drawn("PNG", pnginfo=words)
    yield _drawn("JPEG", progressive=True, comment=b"A boat")
    yield _with_iim()
    for form in ("GIF", "WEBP", "PNG"):
        yield _drawn(form, save_all=True, append_images=[Image.new("RGB", (8, 6), "red")], duration=40, loop=0)
    yield from (_drawn("PNG", mode) for mode in ("1", "L", "LA", "P", "RGBA", "I;16"))
    yield from (_drawn("JPEG", mode) for mode in ("L", "CMYK"))
    yield b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><title>A boat</title><path d="M0 0h8v6z"/></svg>'


def _drawn(form: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 6)).save(out, form, **options)
    return out.getvalue()


def _with_iim() -> bytes:
    """A JPEG with IPTC IIM in its Photoshop resources."""
    words = b"".join(struct.pack(">BBBH", 0x1C, 2, n, 4) + b"Jane" for n in (80, 110, 116, 120))
    segment = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(words)) + words
    data = _drawn("JPEG")
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
