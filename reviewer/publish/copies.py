"""The copies of stills that go into a blog: which sizes, under which names, and making them side by side."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from reviewer.publish.profiles.base import Pictures
from reviewer.review.slugs import fold, free, slug
from reviewer.review.values import Still
from reviewer.stills.derive import Copy, Shape
from reviewer.stills.formats import ENDINGS
from reviewer.stills.xmp import packet

Made = TypeVar("Made")

MOST_AT_ONCE = 3
"""Pictures decoded at the same time: one of 100 million pixels takes up to 400 MB."""
_NEAR = 0.8
"""A copy wider than this part of the next larger one is left out: nobody would see the difference."""
_MAKING = 1
"""Counts up when the same picture and record would give another copy than before."""


@dataclass(frozen=True)
class Sized:
    """One copy of a still: its file's name in the post, its width in pixels, and how it is made."""

    name: str
    width: int
    copy: Copy


def widths(full: int, settings: Pictures, responsive: bool) -> list[int]:
    """How wide the copies of a picture `full` pixels wide are, the largest first; none is wider than the picture."""
    wanted = [width for width in settings.widths if width > 0]
    made = [min(full, max(wanted, default=full))]
    for width in sorted(wanted, reverse=True) if responsive else ():
        if width <= made[-1] * _NEAR:
            made.append(width)
    return made


def sized(
    post: str, stills: Mapping[str, tuple[Still, Shape]], settings: Pictures, responsive: bool
) -> dict[str, list[Sized]]:
    """The copies of each still, the largest first, under safe names: the post's own address stands before each.

    `stills` gives for each file the record and the picture's shape.
    """
    found: dict[str, list[Sized]] = {}
    taken: set[str] = set()
    for file, (still, shape) in stills.items():
        whole = shape.moves and not settings.first_frame
        stem, _, ending = still.name.rpartition(".")
        ending = ENDINGS[settings.format] if settings.format and not whole else f".{ending.lower()}"
        base = f"{post}-{slug(stem) or 'still'}"
        found[file] = []
        for width in [shape.width] if whole else widths(shape.width, settings, responsive):
            name = free(f"{base}-{width}" if found[file] else base, taken, ending)
            taken.add(fold(name))
            most = width if width < shape.width else 0
            copy = Copy(most, settings.format, settings.quality, settings.first_frame, settings.srgb)
            found[file].append(Sized(name, width, copy))
    return found


def key(original: str, still: Still, copy: Copy) -> str:
    """What a copy is made from, as a SHA-256: the same key always means the same bytes. `original` is the picture's own."""
    parts = (str(_MAKING).encode(), original.encode(), packet(still), repr((still.crop, copy)).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def side_by_side(works: Sequence[Callable[[], Made]]) -> Iterator[Made]:
    """The results of some works in their order, a few of them done at the same time. What one raises is raised in its turn."""
    with ThreadPoolExecutor(min(MOST_AT_ONCE, os.cpu_count() or 1), "pictures") as pool:
        waiting = [pool.submit(work) for work in works]
        try:
            for future in waiting:
                yield future.result()
        finally:
            for future in waiting:
                future.cancel()
