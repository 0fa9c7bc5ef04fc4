"""Crop and straightening as geometry: which part of a turned picture is kept, without empty corners.

Sizes are in pixels, rectangles are parts from 0 to 1 of the picture's width and height (see `reviewer.review.values.Crop`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from reviewer.review.values import Crop
from reviewer.stills import pillow

LEAST = 0.02
"""The least width and height of what is kept."""
DIGITS = 4


@dataclass(frozen=True)
class Rect:
    """What is kept: its left and upper edge, width and height, as parts of the picture's."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Rect:
        return cls(x - width / 2, y - height / 2, width, height)


def fits(rect: Rect, angle: float, size: tuple[int, int]) -> bool:
    """Whether all of a rectangle lies in the picture turned by `angle` degrees about its middle."""
    width, height = size
    turn = radians(angle)
    c, s = cos(turn), sin(turn)
    for x in (rect.left, rect.left + rect.width):
        for y in (rect.top, rect.top + rect.height):
            across, down = (x - 0.5) * width, (y - 0.5) * height
            if abs(across * c + down * s) > width / 2 + 1e-6 * width:
                return False
            if abs(down * c - across * s) > height / 2 + 1e-6 * height:
                return False
    return (
        rect.left >= -1e-6
        and rect.top >= -1e-6
        and rect.left + rect.width <= 1 + 1e-6
        and rect.top + rect.height <= 1 + 1e-6
    )


def largest(angle: float, size: tuple[int, int], shape: float = 0.0) -> Rect:
    """The largest rectangle about the middle in a shape (width over height in pixels; 0 is the picture's own)."""
    width, height = size
    shape = shape or width / height
    turn = abs(radians(angle))
    tall = min(width / (shape * cos(turn) + sin(turn)), height / (shape * sin(turn) + cos(turn)), height, width / shape)
    return Rect.around(0.5, 0.5, tall * shape / width, tall / height)


def inside(rect: Rect, angle: float, size: tuple[int, int], least: float = LEAST) -> Rect:
    """The rectangle as it is where it fits, else made smaller about its middle, else (below `least`) the largest of its shape."""
    if fits(rect, angle, size):
        return rect
    x, y = rect.middle
    low, high = 0.0, 1.0
    for _ in range(24):
        part = (low + high) / 2
        if fits(Rect.around(x, y, rect.width * part, rect.height * part), angle, size):
            low = part
        else:
            high = part
    made = Rect.around(x, y, rect.width * low, rect.height * low)
    if min(made.width, made.height) < least:
        return largest(angle, size, rect.width * size[0] / max(rect.height * size[1], 1e-9))
    return made


def rect_of(crop: Crop, size: tuple[int, int]) -> Rect:
    """What a record keeps of a picture of this size. What a hand wrote wrongly is made to fit, never an error.

    A record's rounded numbers may fit a little less well than what was drawn: the least rectangle may become smaller here.
    """
    angle = crop.angle or 0.0
    if crop.width is None and crop.height is None and crop.left is None and crop.top is None:
        return largest(angle, size)
    left, top = crop.left or 0.0, crop.top or 0.0
    width = max(LEAST, min(crop.width if crop.width is not None else 1 - left, 1 - left))
    height = max(LEAST, min(crop.height if crop.height is not None else 1 - top, 1 - top))
    return inside(Rect(min(left, 1 - LEAST), min(top, 1 - LEAST), width, height), angle, size, LEAST / 2)


def to_crop(rect: Rect, angle: float) -> Crop:
    """The record of what is kept; nothing where that is the whole picture."""
    angle = round(angle, 2)
    if not angle and rect.width > 0.9995 and rect.height > 0.9995:
        return Crop()
    left, top, width, height = (round(value, DIGITS) for value in (rect.left, rect.top, rect.width, rect.height))
    return Crop(_number(max(0.0, left)), _number(max(0.0, top)), _number(min(1.0, width)), _number(min(1.0, height)),
                _number(angle) if angle else None)  # fmt: skip


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def box(crop: Crop, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, upper, right and lower edge of what is kept, in whole pixels of the turned picture."""
    rect = rect_of(crop, size)
    left, top = round(rect.left * size[0]), round(rect.top * size[1])
    right = min(size[0], max(left + 1, round((rect.left + rect.width) * size[0])))
    return left, top, right, min(size[1], max(top + 1, round((rect.top + rect.height) * size[1])))


def framed(picture: Any, crop: Crop) -> Any:
    """A Pillow picture, upright, turned and cut as its record says."""
    if not crop:
        return picture
    edges = box(crop, picture.size)
    if crop.angle:
        picture = picture.rotate(-crop.angle, resample=pillow.image().Resampling.BICUBIC)
    return picture.crop(edges)
