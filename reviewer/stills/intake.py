"""Taking pictures and evidence into a review's folder: unchanged bytes under a safe name of their own."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.library.files import NotAFile, place_new, read_regular, sync_folder
from reviewer.review.slugs import fold, free, slug
from reviewer.review.values import Source, Still
from reviewer.stills.formats import MOST_BYTES, Refused, check

STILLS, EVIDENCE = "stills", "permissions"
MOST_EVIDENCE = 25_000_000
_ONE_AT_A_TIME = threading.Lock()
"""So that the same bytes, taken in twice at once, are one file."""


@dataclass(frozen=True)
class Taken:
    """A picture that is in the review's folder now. `again` says that the same bytes were there already."""

    file: str
    sha256: str
    again: bool


def read_picture(path: Path) -> bytes:
    """The bytes of a picture file. Raises `reviewer.stills.formats.Refused` with the reason."""
    try:
        return read_regular(path, MOST_BYTES)
    except IsADirectoryError:
        raise Refused(path.name, "It is a folder. Add the pictures in it.") from None
    except NotAFile as error:
        reason = error.strerror or str(error)
        raise Refused(path.name, reason[:1].upper() + reason[1:] + ".") from None
    except OSError as error:
        raise Refused(path.name, f"It cannot be read: {error.strerror}.") from error


def take_in(folder: Path, data: bytes, name: str) -> Taken:
    """Put a picture into the review's ``stills/``. The same bytes twice are one file; nothing is ever overwritten.

    `folder` is the review's; `name` the picture's own name, of which a safe form is kept. Raises `Refused` for what is
    no whole picture, and `OSError`; nothing is left behind then.
    """
    found = check(data, name)
    digest = hashlib.sha256(data).hexdigest()
    stem = slug(Path(name).stem) or "still"
    stills = folder / STILLS
    stills.mkdir(exist_ok=True)
    with _ONE_AT_A_TIME:
        for _ in range(1000):
            there = _entries(stills)
            same = next((entry.name for entry in there.values() if _same(entry, data)), None)
            if same is not None:
                return Taken(f"{STILLS}/{same}", digest, True)
            target = stills / free(stem, there, found.ending)
            try:
                place_new(target, data)
            except FileExistsError:
                continue
            sync_folder(stills)
            return Taken(f"{STILLS}/{target.name}", digest, False)
    raise FileExistsError(f"No free name for {name} in {stills}")


def _entries(folder: Path) -> dict[str, os.DirEntry[str]]:
    """What lies in a folder, by folded name; nothing hidden, since a file that is just being written is so and will vanish."""
    return {fold(entry.name): entry for entry in os.scandir(folder) if not entry.name.startswith(".")}


def _same(entry: os.DirEntry[str], data: bytes) -> bool:
    try:
        if not entry.is_file() or entry.stat().st_size != len(data):
            return False
        return Path(entry.path).read_bytes() == data
    except FileNotFoundError:
        return False


def record(taken: Taken, **words: Any) -> Still:
    """The record of a picture just taken in; `words` are fields such as ``alt`` or ``caption``."""
    return Still(file=taken.file, source=Source(sha256=taken.sha256), **words)


def add_evidence(folder: Path, source: Path) -> tuple[str, str]:
    """Copy a letter, mail or PDF into the review's ``permissions/``: its path relative to the folder, and its SHA-256."""
    data = read_regular(source, MOST_EVIDENCE)
    return put_evidence(folder, data, source.name)


def put_evidence(folder: Path, data: bytes, name: str) -> tuple[str, str]:
    """The same for bytes that are at hand already."""
    digest, source = hashlib.sha256(data).hexdigest(), Path(name)
    kept = folder / EVIDENCE
    kept.mkdir(exist_ok=True)
    with _ONE_AT_A_TIME:
        there = _entries(kept)
        same = next((entry.name for entry in there.values() if _same(entry, data)), None)
        if same is not None:
            return f"{EVIDENCE}/{same}", digest
        ending = source.suffix.lower() if source.suffix[1:].isalnum() else ""
        target = kept / free(slug(source.stem) or "evidence", there, ending)
        place_new(target, data)
        sync_folder(kept)
    return f"{EVIDENCE}/{target.name}", digest
