"""Small pictures for lists and grids."""

from __future__ import annotations

import io
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.stills import pillow
from reviewer.stills.formats import MOST_BYTES, Refused, facts


def thumbnail(path: Path, width: int, height: int) -> bytes:
    """The small picture of a file, drawn anew. Raises `Refused` and `OSError`."""
    return draw(read_regular(path, MOST_BYTES), path.name, (width, height))


def pixels(path: Path, most: int) -> tuple[int, int, bytes]:
    """A picture upright, at most `most` pixels a side: its width, its height, and RGBA bytes row by row.

    Raises `Refused` and `OSError`. Meant for a thread of its own.
    """
    return pixels_of(read_regular(path, MOST_BYTES), path.name, most)


def pixels_of(data: bytes, name: str, most: int) -> tuple[int, int, bytes]:
    """The same of a picture's bytes. Raises `Refused`."""
    found = facts(data, name)
    try:
        with pillow.image().open(io.BytesIO(data), formats=(found.format,)) as image:
            image.draft("RGB", (most, most))
            upright = pillow.eight_bit(pillow.upright(image)).convert("RGBA")
            upright.thumbnail((most, most))
            return upright.width, upright.height, upright.tobytes()
    except Exception as error:  # a decoder meets odd bytes
        raise Refused(name, f"It cannot be drawn ({error}).") from error


def draw(data: bytes, name: str, size: tuple[int, int]) -> bytes:
    """A JPEG or PNG of at least that size where the picture has it, to be cropped to that shape. Raises `Refused`."""
    found = facts(data, name)
    try:
        with pillow.image().open(io.BytesIO(data), formats=(found.format,)) as image:
            image.draft("RGB", (size[0] * 2, size[1] * 2))
            upright = pillow.eight_bit(pillow.upright(image))
            clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            scale = max(size[0] / upright.width, size[1] / upright.height, 0)
            upright = upright.convert("RGBA" if clear else "RGB")
            if scale < 1:
                upright = upright.resize((max(1, round(upright.width * scale)), max(1, round(upright.height * scale))))
            out = io.BytesIO()
            upright.save(out, "PNG" if clear else "JPEG", **({} if clear else {"quality": 88}))
            return out.getvalue()
    except Exception as error:  # a decoder meets odd bytes: the list shows an empty frame
        raise Refused(name, f"It cannot be drawn ({error}).") from error
