"""Reviews named on the command line, and findings printed: what the verbs share."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer.library.folders import UserFolders
from reviewer.library.history import History
from reviewer.library.listing import CannotList, find
from reviewer.library.reviews import Opened, save_review
from reviewer.library.settings import load as load_settings
from reviewer.publish.check import Subject, check
from reviewer.review.findings import Finding
from reviewer.review.marks import Scales
from reviewer.review.values import Review
from reviewer.text.spelling import DICTIONARIES, Speller, speller

DONE, BLOCKED, COULD_NOT = 0, 1, 2


class Failed(Exception):
    """Something could not be done. The message says what, which file, which line, why, and what to do."""


def save(was: Opened, review: Review, text: str | None = None, rewrite: Collection[str] = ()) -> None:
    """Save a changed review and keep what it was; says so where that could not be kept. Raises as `save_review`."""
    _, saved = save_review(was, review, text, rewrite, history=History.of(UserFolders.standard()))
    if saved.unkept is not None:
        print(f"{was.path}: saved, but no older version could be kept: {saved.unkept.strerror}.", file=sys.stderr)


def findings_of(was: Opened, today: dt.date, known_terms: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """All findings of an opened review."""
    document_ = was.reading.document
    folders, review = UserFolders.standard(), was.reading.review
    settings = load_settings(folders, was.folder.parent)
    speller = _speller(review.language or settings.language, folders.data / DICTIONARIES)
    subject = Subject(
        review,
        document_.text,
        document_.text_line,
        was.folder,
        today,
        known_terms,
        settings.levels,
        speller,
        settings.scales,
    )
    if was.reading.broken is not None:
        return was.reading.findings
    return check(subject, was.reading.findings)


def scales(was: Opened) -> Scales:
    """The scales of the library that a review is in."""
    return load_settings(UserFolders.standard(), was.folder.parent).scales


@functools.cache
def _speller(language: str, own: Path) -> Speller | None:
    return speller(language, own)


def reviews(paths: Iterable[str]) -> Iterator[Path]:
    """The files that are named, and all reviews below a folder. Raises `Failed` for what is not there, and last for a folder that
    cannot be listed."""
    unlisted: dict[Path, str] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(find(path, unlisted))
        elif not path.exists():
            raise Failed(f"{path}: there is no such file. Look at the spelling of the path.")
        else:
            yield path
    if unlisted:
        raise Failed(str(CannotList(unlisted)))


def row(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": f"{finding.message} {finding.reason}".strip(),
        "line": finding.line,
        "fix": finding.fix,
    }


def show(path: str, findings: Sequence[Mapping[str, Any]]) -> None:
    """Print a review's findings, one a line."""
    print(f"{path}: {'nothing found' if not findings else ''}".rstrip())
    for finding in findings:
        line = f"line {finding['line']}: " if finding["line"] else ""
        print(f"  {finding['severity']}: {line}{finding['message']} {finding['fix']}".rstrip())
