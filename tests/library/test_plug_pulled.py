"""Killed before any system call, and the plug pulled there: each writer leaves the old or the new, whole; what it said is done, is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.library.folders import UserFolders, key, read_json
from reviewer.library.history import History
from reviewer.library.recovery import Recovery
from tests.conftest import live_in
from tests.library.disks import Disk
from tests.library.test_killed import killed_at, points, program, tree
from tests.library.test_killed_elsewhere import DISCARD, KEEP, RENAME, SETTINGS, between, python

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
worst = pytest.mark.parametrize("committed", [False, True], ids=["nothing else was synced", "another program synced"])


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A disk with the program's own folders on it."""
    made = Disk(tmp_path / "disk")
    live_in(made.root / "home", monkeypatch)
    yield made
    made.end()


@pytest.fixture
def folders(disk: Disk) -> UserFolders:
    return UserFolders.standard()


@pytest.fixture
def library(disk: Disk) -> Path:
    folder = disk.root / "My reviews"
    folder.mkdir()
    return folder


def every_cut(disk: Disk, command: list[str], touching: Path, committed: bool) -> Iterator[tuple[str, bool]]:
    """Run a command once for each of its calls that touch a folder, with the plug pulled before it, and once to its end: yields
    the call, and whether the command had said that it was done. The disk is then as it is after the next start."""
    disk.keep()
    calls = points(command, touching)
    assert len(calls) > 3
    for name, number in [*calls, ("none", 0)]:
        disk.back()
        done = killed_at(command, name, number) if number else _to_its_end(command)
        disk.pull_the_plug(committed)
        yield f"{name} {number}", done.returncode == 0


def _to_its_end(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True)


def old_and_new(disk: Disk, command: list[str], folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What a command makes of a folder, left undone."""
    old = tree(folder)
    disk.keep()
    _to_its_end(command)
    new = tree(folder)
    disk.back()
    assert new != old
    return old, new


@worst
def test_a_saved_review_is_the_old_or_the_new_one(disk, review, folders, committed):
    command = program("set", review, "status=ready")
    old, new = old_and_new(disk, command, review.parent)
    for call, said in every_cut(disk, command, disk.root, committed):
        assert tree(review.parent) in ([new] if said else [old, new]), call
        store = History(folders.data / "history")
        for version in store.versions(review):
            store.read(version)


@worst
def test_a_new_review_is_there_whole_or_not_at_all(disk, library, committed):
    text = disk.root.parent / "text.md"
    text.write_text("Words. " * 5000)
    command = program("new", library, "--title", "Moon", "--text", text)
    for call, said in every_cut(disk, command, library, committed):
        found = list(library.rglob("review.md"))
        assert len(found) == 1 or not said, call
        assert [path.read_text().count("Words. ") for path in found] == [5000] * len(found), call


@worst
def test_a_still_has_its_name_only_when_it_is_whole(disk, review, picture, committed):
    command = program("stills", "add", review, picture("boat.png", size=(300, 200)), "--basis", "own")
    old, new = old_and_new(disk, command, review.parent)
    for call, said in every_cut(disk, command, review.parent, committed):
        state = tree(review.parent)
        assert state == new if said else between(state, old, new), call


@worst
def test_an_export_is_finished_by_the_next(disk, review, picture, reviewer, committed):
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    blog = disk.root / "blog"
    blog.mkdir()
    (blog / "_config.yml").write_text("title: B\n")
    command = program("export", review, "--to", blog)
    old, new = old_and_new(disk, command, blog)
    for call, said in every_cut(disk, command, blog, committed):
        state = tree(blog)
        assert state == new if said else between(state, old, new), call
        assert reviewer("export", review, "--to", blog).status == 0, call
        assert tree(blog) == new, call


@worst
def test_a_term_is_old_or_new_in_each_review(disk, library, reviewer, committed):
    for title in ("A", "B", "C"):
        reviewer("set", reviewer("new", library, "--title", title).out.strip(), "tags=old,other")
    command = program("terms", library, "rename", "tag", "old", "new")
    old, new = old_and_new(disk, command, library)
    for call, said in every_cut(disk, command, library, committed):
        state = tree(library)
        assert state == new if said else between(state, old, new), call


@worst
def test_a_recovery_copy_is_the_former_or_the_new_one(disk, review, folders, committed):
    _to_its_end(python(KEEP, review, "first "))
    for call, said in every_cut(disk, python(KEEP, review, "second "), folders.data, committed):
        (copy,) = Recovery(folders.data / "recovery").copies()
        kept = (b"second " * 3000,) if said else (b"first " * 3000, b"second " * 3000)
        assert copy.content in kept, call


@worst
def test_settings_are_the_former_or_the_new_ones(disk, library, folders, committed):
    _to_its_end(python(SETTINGS, library, "Ana"))
    place = folders.data / "libraries" / key(library) / "settings.json"
    for call, said in every_cut(disk, python(SETTINGS, library, "Bo"), folders.data, committed):
        assert read_json(place)["author"] in (("Bo",) if said else ("Ana", "Bo")), call


@worst
def test_a_renamed_folder_has_one_name(disk, review, committed):
    text = review.read_bytes()
    for call, said in every_cut(disk, python(RENAME, review), review.parent.parent, committed):
        (found,) = review.parent.parent.glob("*/review.md")
        assert found.read_bytes() == text, call
        assert not said or found.parent.name == "other", call


@worst
def test_a_discarded_review_is_here_or_in_the_trash(disk, review, library, folders, committed):
    whole = tree(review.parent)
    for call, said in every_cut(disk, python(DISCARD, review, library), library, committed):
        kept = list((folders.data / "libraries").rglob("review.md"))
        assert [tree(path.parent) for path in kept] == [whole] if said else review.exists() or kept, call


def test_a_writer_that_does_not_sync_would_not_pass(disk, tmp_path):
    """The disk forgets: else these tests could not fail."""
    note = disk.root / "note"
    note.write_text("old")
    code = "import os, sys; p = sys.argv[1]; open(p + '.new', 'w').write('new ' * 9000); os.replace(p + '.new', p)"
    states = set()
    for _ in every_cut(disk, [sys.executable, "-c", code, str(note)], disk.root, committed=True):
        states.add(note.read_text()[:3])
    assert "" in states
