"""Small pictures for lists, kept in the user's cache folder by path, size and time."""

from __future__ import annotations

import contextlib
import hashlib
import io
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.stills import pillow
from reviewer.stills.formats import MOST_BYTES, Refused, facts


def thumbnail(path: Path, width: int, height: int, cache: Path | None = None) -> bytes:
    """A JPEG or PNG of at least `width` x `height` pixels where the picture has them, to be cropped to that shape.

    Raises `Refused` and `OSError`. Meant for a thread of its own: a large picture takes a tenth of a second.
    """
    status = path.stat()
    name = f"{path}|{status.st_mtime_ns}|{status.st_size}|{width}x{height}"
    kept = cache / (hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]) if cache else None
    if kept is not None:
        with contextlib.suppress(OSError):
            return kept.read_bytes()
    made = _draw(read_regular(path, MOST_BYTES), path.name, (width, height))
    if kept is not None:
        with contextlib.suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(made)
    return made


def _draw(data: bytes, name: str, size: tuple[int, int]) -> bytes:
    found = facts(data, name)
    try:
        with pillow.image().open(io.BytesIO(data), formats=(found.format,)) as image:
            image.draft("RGB", (size[0] * 2, size[1] * 2))
            upright = pillow.upright(image)
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
