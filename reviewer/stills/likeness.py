"""Whether two pictures look nearly the same: the same frame in another size, another quality, a little cropped.

Each picture is described by 128 bits: whether it grows lighter from one place to the next, along and across, on a small grey
copy of it (a *difference hash*). Pictures that look alike differ in few of them.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from reviewer.stills import pillow

CLOSE = 10
"""Bits in which pictures that are nearly the same may differ, of 128."""
_FLAT = 6
"""A picture whose lightness varies by less than this, of 255, is like any other such picture, and is compared with none."""

K = TypeVar("K", bound=Hashable)


def likeness(data: bytes) -> str:
    """A picture's 128 bits as 32 hexadecimal digits; empty for a flat one, and for what cannot be drawn."""
    try:
        with pillow.image().open(io.BytesIO(data)) as image:
            grey = image.convert("L")
            low, high = grey.getextrema()
            if high - low < _FLAT:
                return ""
            along, across = _bytes(grey, 9, 8), _bytes(grey, 8, 9)
    except Exception:  # a decoder meets odd bytes: it is like nothing
        return ""
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (along[place] < along[place + 1])
    for row in range(8):
        for column in range(8):
            place = row * 8 + column
            bits = bits << 1 | (across[place] < across[place + 8])
    return f"{bits:032x}"


def _bytes(grey: Any, width: int, height: int) -> bytes:
    return bytes(grey.resize((width, height), pillow.image().Resampling.BOX).tobytes())


def groups(likenesses: Mapping[K, str], close: int = CLOSE) -> list[list[K]]:
    """Sets of two or more pictures that look nearly the same, in the order given.

    Two sets of 128 bits that differ in fewer than 16 have one of their 16 bytes in common, so only those are compared.
    """
    bits = {name: int(text, 16) for name, text in likenesses.items() if text}
    leader = {name: name for name in bits}

    def first(name: K) -> K:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    same: dict[int, K] = {}
    for name, value in bits.items():
        leader[name] = same.setdefault(value, name)
    shelves: dict[tuple[int, int], list[K]] = {}
    for value, name in same.items():
        for place in range(16):
            shelf = shelves.setdefault((place, value >> 8 * place & 255), [])
            for other in shelf:
                one, two = first(name), first(other)
                if one != two and (value ^ bits[other]).bit_count() <= close:
                    leader[one] = two
            shelf.append(name)
    found: dict[K, list[K]] = {}
    for name in bits:
        found.setdefault(first(name), []).append(name)
    return [members for members in found.values() if len(members) > 1]
