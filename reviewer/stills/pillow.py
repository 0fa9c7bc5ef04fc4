"""Pillow, imported when the first picture is decoded, and set up in one place."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def image() -> Any:
    """The module ``PIL.Image``. Sizes are judged by `reviewer.stills.formats` from the header, before anything is decoded;
    Pillow's own limit would only warn."""
    module = importlib.import_module("PIL.Image")
    module.MAX_IMAGE_PIXELS = None  # type: ignore[attr-defined]
    return module


def eight_bit(picture: Any) -> Any:
    """A picture with 16 bits a channel as one with eight: Pillow's own conversion would cut the light parts off."""
    if picture.mode == "I" or picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture


def upright(picture: Any) -> Any:
    """A picture turned as its EXIF orientation says."""
    return importlib.import_module("PIL.ImageOps").exif_transpose(picture)
