"""Other versions of a review beside it: found by the names that programs give them, and never taken away."""

import os
import time
from pathlib import Path

import pytest

from reviewer.library.conflicts import STRAY_AGE, is_version, siblings, tidied
from reviewer.library.listing import find

NAMES = [
    "review.sync-conflict-20261126-103405-ABCDEFG.md",
    "review (Ana's conflicted copy 2026-11-26).md",
    "review (conflicted copy 2026-11-26 103405).md",
    "review (In Konflikt stehende Kopie von Ana 2026-11-26).md",
    "review (Copie en conflit de Ana 2026-11-26).md",
    "review (copia en conflicto de Ana 2026-11-26).md",
    "review (Case Conflict).md",
    "review_conflict-20261126-103405.md",
    "review.Conflict.md",
    "review (other version 1).md",
    "review.md.orig",
    "review.md~",
    "review.md.bak",
    "review (1).md",
    "review 2.md",
    "recovered 2026-11-26 10.34.05.md",
]


@pytest.fixture
def path(library: Path) -> Path:
    file = library / "moon" / "review.md"
    file.parent.mkdir()
    file.write_text("---\ntitle: Moon\n---\n")
    return file


def stray(path: Path, content: str, age: float) -> Path:
    file = path.with_name(f".{path.name}.0123abcd.tmp")
    file.write_text(content)
    then = time.time() - age
    os.utime(file, (then, then))
    return file


@pytest.mark.parametrize("name", NAMES)
def test_another_version_is_found_by_its_name(path, name):
    path.with_name(name).write_text("other")
    assert [one.path.name for one in siblings(path)] == [name]


@pytest.mark.parametrize("name", ["notes.md", "review-2009.md", "moon (1).md", "my review.md", "review.txt"])
def test_what_is_none_is_not(path, name):
    path.with_name(name).write_text("other")
    assert siblings(path) == []


def test_the_newest_comes_first(path):
    for age, name in enumerate(NAMES[:3]):
        path.with_name(name).write_text("other")
        os.utime(path.with_name(name), (1e9 - age, 1e9 - age))
    assert [one.path.name for one in siblings(path)] == NAMES[:3]


def test_a_version_of_a_lone_text_is_no_review_of_its_own(library):
    (library / "gattaca.md").write_text("One.")
    (library / "gattaca.sync-conflict-20261126-103405-ABCDEFG.md").write_text("Other.")
    (library / "gattaca (1).md").write_text("Perhaps a review of its own.")
    assert [path.name for path in find(library)] == ["gattaca (1).md", "gattaca.md"]


def test_a_version_whose_original_is_gone_is_listed(library):
    lone = library / "gattaca.sync-conflict-20261126-103405-ABCDEFG.md"
    lone.write_text("The only one left.")
    assert list(find(library)) == [lone]
    assert not is_version(lone)


def test_an_unfinished_save_of_yesterday_is_another_version(path):
    stray(path, "lost?", STRAY_AGE + 60)
    assert [one.by for one in siblings(path)] == ["Reviewer, in a save that was cut off"]


def test_a_save_that_is_just_being_written_is_none(path):
    stray(path, "half", 5)
    assert siblings(path) == []


def test_an_unfinished_save_is_removed_only_where_its_text_is_safe(path):
    known = stray(path, "known", STRAY_AGE + 60)
    assert tidied(siblings(path), lambda: {b"known"}) == []
    assert not known.exists()
    unknown = stray(path, "unknown", STRAY_AGE + 60)
    assert [one.path for one in tidied(siblings(path), lambda: {b"known"})] == [unknown]
    assert unknown.read_text() == "unknown"
