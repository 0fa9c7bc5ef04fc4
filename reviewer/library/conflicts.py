"""Other versions of a review that lie beside it: what sync programs, editors, git and a save of ours left there.

They are shown to be compared and taken, and never deleted by the program. Names as the programs make them: Syncthing's
``.sync-conflict-``, Dropbox' and Nextcloud's ``(conflicted copy)`` in several languages, ownCloud's ``_conflict-``, Resilio's
``.Conflict``, Google Drive's ``(1)``, git's and patch's ``.orig``, editors' ``~`` and ``.bak``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import is_temporary, read_regular
from reviewer.library.reviews import MOST, NAME

_CLASH = r"conflict|konflikt|conflit|conflitt|conflicto"
_MADE = (
    (re.compile(r"(.+)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?(\.\w+)"), "Syncthing"),
    (re.compile(rf"(.+?) ?\([^()]*(?:{_CLASH})[^()]*\)(\.\w+)", re.IGNORECASE), "a sync program"),
    (re.compile(r"(.+)_conflict-\d{8}-\d{6}(\.\w+)"), "a sync program"),
    (re.compile(r"(.+)\.conflict(\.\w+)", re.IGNORECASE), "a sync program"),
    (re.compile(r"(.+) \(other version \d+\)(\.\w+)"), "another program, kept by Reviewer"),
    (re.compile(r"(.+?)(\.\w+)(?:\.orig|\.mine|\.bak|~)"), "another program"),
)
_PERHAPS = (
    (re.compile(r"(.+) \(\d{1,2}\)(\.\w+)"), "another program"),
    (re.compile(r"(.+) \d(\.\w+)"), "another program"),
)
_RECOVERED = re.compile(r"recovered \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.md")
_OURS = "Reviewer, in a save that was cut off"
STRAY_AGE = 86_400
"""Seconds after which an unfinished file of a save is no longer one that is being written."""


@dataclass(frozen=True)
class Sibling:
    """Another version of a review: its file, which program made it as far as its name tells, and when it was last changed."""

    path: Path
    by: str
    when: dt.datetime


def original(path: Path) -> str:
    """The name of the file that another is surely a version of, by its name; empty where it is none."""
    for pattern, _ in _MADE:
        match = pattern.fullmatch(path.name)
        if match is not None:
            return f"{match[1]}{match[2]}"
    return ""


def is_version(path: Path) -> bool:
    """Whether a file is another version of a review beside it, and no review of its own."""
    if path.name == NAME:
        return False
    name = original(path)
    return (bool(name) and path.with_name(name).exists()) or path.with_name(NAME).exists()


def siblings(path: Path) -> list[Sibling]:
    """The other versions that lie beside a review, the newest first."""
    found = []
    try:
        entries = list(os.scandir(path.parent))
    except OSError:
        return []
    for entry in entries:
        by = _made_by(entry.name, path.name)
        try:
            if by and entry.is_file(follow_symlinks=False):
                moment = entry.stat().st_mtime
                if by == _OURS and time.time() - moment < STRAY_AGE:
                    continue
                found.append(Sibling(Path(entry.path), by, dt.datetime.fromtimestamp(moment, dt.UTC)))
        except (OSError, ValueError, OverflowError):
            continue
    return sorted(found, key=lambda one: (one.when, one.path.name), reverse=True)


def _made_by(name: str, original_name: str) -> str:
    for pattern, by in (*_MADE, *_PERHAPS):
        match = pattern.fullmatch(name)
        if match is not None and f"{match[1]}{match[2]}".casefold() == original_name.casefold():
            return by
    if _RECOVERED.fullmatch(name) and original_name == NAME:
        return "Reviewer, recovered"
    return _OURS if is_temporary(name, original_name) else ""


def tidied(found: Iterable[Sibling], known: Callable[[], Collection[bytes]]) -> list[Sibling]:
    """These versions without unfinished files of saves that were cut off, where they hold what is safe elsewhere: such are removed.

    `known` gives the bytes that are, of the file itself and its kept versions, and is asked only where there are such files.
    What is not among them stays, as another version.
    """
    every = list(found)
    cut_off = [one for one in every if one.by == _OURS]
    safe = known() if cut_off else ()
    for one in cut_off:
        with contextlib.suppress(OSError):
            if read_regular(one.path, MOST) in safe:
                one.path.unlink()
                every.remove(one)
    return every
