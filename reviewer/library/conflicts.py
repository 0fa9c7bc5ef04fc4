"""Other versions of a review that lie beside it: what sync programs, editors, git and a save of ours left there.

They are shown to be compared and taken, and never deleted by the program. Names as the programs make them: Syncthing's
``.sync-conflict-``, Dropbox' and Nextcloud's ``(conflicted copy)`` in several languages, ownCloud's ``_conflict-``, Resilio's
``.Conflict``, Google Drive's ``(1)``, git's and patch's ``.orig``, editors' ``~`` and ``.bak``.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import read_regular
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
_STRAY = re.compile(r"\.(.+)\.[0-9a-f]{8}\.tmp")
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


_OURS = "Reviewer, in a save that was cut off"


def _made_by(name: str, original_name: str) -> str:
    for pattern, by in (*_MADE, *_PERHAPS):
        match = pattern.fullmatch(name)
        if match is not None and f"{match[1]}{match[2]}".casefold() == original_name.casefold():
            return by
    if _RECOVERED.fullmatch(name) and original_name == NAME:
        return "Reviewer, recovered"
    stray = _STRAY.fullmatch(name)
    return _OURS if stray is not None and stray[1] == original_name[:60] else ""


def tidy(path: Path, known: set[bytes]) -> None:
    """Remove unfinished files of saves that were cut off a day ago or more, where they hold what is safe elsewhere.

    `known` are the bytes that are: the file itself and its kept versions. What is not among them stays, as another version.
    """
    for one in siblings(path):
        if one.by == _OURS:
            try:
                if read_regular(one.path, MOST) in known:
                    one.path.unlink()
            except OSError:
                continue
