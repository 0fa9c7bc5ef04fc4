"""Pillow, imported when the first picture is decoded, and set up in one place."""

from __future__ import annotations

import importlib
import warnings
from functools import lru_cache
from typing import Any

MOST_PIXELS = 100_000_000
"""Pixels of a picture that is taken. Pillow itself stops at twice as many, before it sets memory aside for them."""


@lru_cache(maxsize=1)
def image() -> Any:
    """The module ``PIL.Image``. What lies between the limit and its double is judged by `reviewer.stills.formats`, from the
    header; Pillow would only warn."""
    module: Any = importlib.import_module("PIL.Image")
    module.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("ignore", category=module.DecompressionBombWarning)
    return module


def eight_bit(picture: Any) -> Any:
    """A picture with 16 bits a channel as one with eight: Pillow's own conversion would cut the light parts off."""
    if picture.mode == "I" or picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture


def upright(picture: Any) -> Any:
    """A picture turned as its EXIF orientation says."""
    return importlib.import_module("PIL.ImageOps").exif_transpose(picture)
