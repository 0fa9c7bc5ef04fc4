"""Which pictures are the same: the same bytes, or nearly the same picture."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewer.stills.cache import PictureCache
from reviewer.stills.formats import Refused
from reviewer.stills.likeness import groups


def find(files: Iterable[Path], cache: PictureCache) -> dict[Path, tuple[str, int]]:
    """For each picture that has a companion: ``same`` or ``near``, and the number of their group, from 1.

    One file that two records name is no copy. What cannot be read is like nothing.
    """
    bytes_of: dict[Path, str] = {}
    likenesses: dict[Path, str] = {}
    for path in dict.fromkeys(files):
        try:
            known = cache.known(path)
        except (OSError, Refused):
            continue
        bytes_of[path], likenesses[path] = known.sha256, known.likeness
    found: dict[Path, tuple[str, int]] = {}
    number = 0
    for number, members in enumerate(groups(likenesses), 1):
        found |= dict.fromkeys(members, ("near", number))
    same: dict[str, list[Path]] = {}
    for path, digest in bytes_of.items():
        same.setdefault(digest, []).append(path)
    for members in same.values():
        if len(members) > 1:
            number += 1
            group = next((found[path][1] for path in members if path in found), number)
            found |= dict.fromkeys(members, ("same", group))
    return found
