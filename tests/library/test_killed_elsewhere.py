"""Killed before any system call, each of the program's other writers leaves the old or the new, whole; and errors are told, not lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reviewer.library.folders import read_json
from reviewer.library.history import History
from reviewer.library.recovery import Recovery
from reviewer.library.reviews import open_review
from tests.library.test_killed import Kept, digest, every_kill, killed_at, points, program, strace, tree

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
ERRORS = ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EMFILE", "EXDEV", "EINTR"]


def python(code: str, *words: object) -> list[str]:
    """A program of a few lines that does one act of the library."""
    head = "import sys; from pathlib import Path; from reviewer.library.folders import UserFolders; folders = UserFolders.standard();"
    return [sys.executable, "-c", head + code, *map(str, words)]


KEEP = "from reviewer.library.recovery import Recovery; r = Recovery(folders.data / 'recovery'); r.keep(r.folder / 'a-1.json', Path(sys.argv[1]), None, sys.argv[2].encode() * 3000, None)"
SETTINGS = "from reviewer.library import settings; settings.store(folders, Path(sys.argv[1]), settings.LibrarySettings(author=sys.argv[2]))"
DISCARD = "from reviewer.library import trash; trash.discard(Path(sys.argv[1]), 'Moon', folders, Path(sys.argv[2]))"
RENAME = "from reviewer.library.reviews import rename; from reviewer.library.history import History; rename(Path(sys.argv[1]), 'other', History.of(folders))"


@pytest.fixture
def three(library: Path, reviewer) -> list[Path]:
    paths = [Path(reviewer("new", library, "--title", title).out.strip()) for title in ("A", "B", "C")]
    for path in paths:
        reviewer("set", path, "tags=old,other")
    return paths


def test_a_term_is_old_or_new_in_each_review_and_the_next_run_finishes(three, library, reviewer):
    old = {path: digest(path) for path in three}
    states = every_kill(program("terms", library, "rename", "tag", "old", "new"), library)
    whole = {path: {old[path], digest(path)} for path in three}
    assert len(states) > 20
    for path, both in whole.items():
        assert all(state.get(str(path.relative_to(library))) in both for state, _ in states)
    reviewer("terms", library, "rename", "tag", "old", "new")
    assert all("old" not in open_review(path).reading.review.tags for path in three)


def test_a_review_is_here_or_in_the_trash_whole(review, library, folders):
    whole = tree(review.parent)
    for name, number in points(python(DISCARD, review, library), library):
        if not review.exists():
            subprocess.run(
                program("new", library, "--title", "Moon", "--year", "2009"), check=True, capture_output=True
            )
            whole = tree(review.parent)
        killed_at(python(DISCARD, review, library), name, number)
        kept = list((folders.data / "libraries").rglob("review.md"))
        assert review.exists() or any(tree(path.parent) == whole for path in kept)


def test_a_renamed_folder_has_one_name(review):
    library, whole = review.parent.parent, review.read_bytes()
    for name, number in points(python(RENAME, review), library):
        other = library / "other"
        if other.exists():
            other.rename(review.parent)
        killed_at(python(RENAME, review), name, number)
        assert [path.read_bytes() for path in library.glob("*/review.md")] == [whole]


def test_a_recovery_copy_is_the_former_or_the_new_one(review, folders):
    subprocess.run(python(KEEP, review, "first "), check=True)
    for name, number in points(python(KEEP, review, "second "), folders.data):
        killed_at(python(KEEP, review, "second "), name, number)
        (copy,) = Recovery(folders.data / "recovery").copies()
        assert copy.content in (b"first " * 3000, b"second " * 3000)


def test_settings_are_the_former_or_the_new_ones(library, folders):
    subprocess.run(python(SETTINGS, library, "Ana"), check=True)
    place = folders.of("libraries", library) / "settings.json"
    for name, number in points(python(SETTINGS, library, "Bo"), folders.data):
        killed_at(python(SETTINGS, library, "Bo"), name, number)
        assert read_json(place)["author"] in ("Ana", "Bo")
        assert not list(place.parent.glob("*.bad*"))


def test_an_older_version_comes_back_or_not_and_the_newer_stays_kept(review, reviewer, history):
    reviewer("set", review, "status=ready")
    newer = review.read_bytes()
    states = every_kill(program("versions", review, "restore", 2), review.parent)
    assert len(states) > 8
    assert len({tuple(sorted(state.items())) for state, _ in states}) <= 2
    assert newer in [history.read(version) for version in history.versions(review)]


def test_a_save_keeps_the_history_readable_wherever_it_is_killed(review, folders):
    command = program("set", review, "status=ready")
    start = review.read_bytes()
    for name, number in points(command, folders.data):
        review.write_bytes(start)
        killed_at(command, name, number)
        store = History(folders.data / "history")
        for version in store.versions(review):
            store.read(version)


def test_a_viewing_is_written_whole_or_not(library, reviewer):
    reviewer("diary", library, "add", "Gattaca (1997)", "--date", "2026-01-01")
    states = every_kill(program("diary", library, "add", "Moon (2009)", "--date", "2026-01-02"), library)
    assert len({state.get("diary.csv") for state, _ in states}) == 2


def between(state: dict[str, str], old: dict[str, str], new: dict[str, str]) -> bool:
    """Each file is the old or the new one, and none is gone that stands in both."""
    return all(found in (old.get(path), new.get(path)) for path, found in state.items()) and (
        old.keys() & new.keys() <= state.keys()
    )


def test_a_taking_back_that_was_killed_is_finished_by_the_next(three, library, reviewer):
    old, command = tree(library), program("undo", library)
    reviewer("terms", library, "rename", "tag", "old", "new")
    new, calls = tree(library), points(command, library)
    assert len(calls) > 20
    for name, number in calls:
        reviewer("terms", library, "rename", "tag", "old", "new")
        killed_at(command, name, number)
        assert between(tree(library), old, new), (name, number)
        reviewer("undo", library)
        assert tree(library) == old, (name, number)


def test_an_export_that_is_taken_back_is_all_old_once_the_next_has_run(
    review, picture, blog, reviewer, folders, tmp_path
):
    reviewer("export", review, "--to", blog)
    old = tree(blog)
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    reviewer("export", review, "--to", blog)
    new, kept, command = tree(blog), Kept(tmp_path / "kept", blog, folders.data), program("undo-export", blog)
    calls = points(command, blog)
    assert tree(blog) == old
    assert len(calls) > 8
    for name, number in calls:
        kept.back()
        killed_at(command, name, number)
        assert between(tree(blog), old, new), (name, number)
        reviewer("undo-export", blog)
        assert tree(blog) == old, (name, number)
        assert not list(blog.rglob(".*.tmp")), (name, number)


def test_an_export_that_was_killed_can_still_be_taken_back(review, blog, reviewer, folders, tmp_path):
    """Killed in the program's own folders: what the blog was before is not forgotten, and the next export finishes."""
    reviewer("export", review, "--to", blog)
    first = tree(blog)
    reviewer("set", review, "title=Second")
    kept, command = Kept(tmp_path / "kept", blog, folders.data), program("export", review, "--to", blog)
    calls = points(command, folders.data)
    second = tree(blog)
    for name, number in calls:
        kept.back()
        killed_at(command, name, number)
        reviewer("export", review, "--to", blog)
        assert tree(blog) == second, (name, number)
        reviewer("undo-export", blog)
        assert tree(blog) == first, (name, number)


def test_a_press_kit_is_taken_in_by_the_next_run_without_doubles(review, tmp_path, picture):
    kit = tmp_path / "kit.zip"
    with zipfile.ZipFile(kit, "w") as archive:
        for name, colour in (("NLMG_01.jpg", "teal"), ("NLMG_02.jpg", "red")):
            archive.write(picture(name, colour), name)
        archive.writestr("captions.txt", "NLMG_01.jpg: Kathy on the pier. © 2010 Fox\nNLMG_02.jpg: The boat\n")
    command = program("stills", "add", review, kit)
    before = review.parent.with_name("before")
    shutil.copytree(review.parent, before)
    old, calls, new = tree(before), points(command, review.parent), tree(review.parent)
    assert len([name for name in new if name.startswith("stills/")]) == 2
    for name, number in calls:
        shutil.rmtree(review.parent)
        shutil.copytree(before, review.parent)
        killed_at(command, name, number)
        assert between(tree(review.parent), old, new), (name, number)
        subprocess.run(command, capture_output=True, check=True)
        assert tree(review.parent) == new, (name, number)
    shutil.rmtree(before)


def test_a_list_is_in_step_or_as_it_was(library, reviewer, folders):
    for title, year in (("A", 2009), ("B", 2010)):
        reviewer("new", library, "--title", title, "--year", year)
    made = Path(reviewer("lists", "new", library, "--title", "All", "--query", "year:2009..2011").out.strip())
    reviewer("new", library, "--title", "C", "--year", 2011)
    assert reviewer("lists", "update", library, "--dry-run").status == 0  # the index knows all from here on
    states = every_kill(program("lists", "update", library), made.parent, also=(folders.data,))
    assert len(states) > 8
    assert len({tuple(sorted(state.items())) for state, _ in states}) == 2


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "renameat2", "linkat", "close", "unlink", "mkdir"])
def test_every_error_of_every_call_of_a_save_is_told_or_harmless(review, folders, call, error):
    """The review is the old or the new one, whole; what says that it is done, is; nothing unfinished is left; the next run does it."""
    command = program("set", review, "status=ready")
    old = review.read_bytes()
    touched = [number for name, number in points(command, review.parent) if name == call]
    new = review.read_bytes()
    for number in touched:
        review.write_bytes(old)
        shutil.rmtree(folders.data, ignore_errors=True)
        fault = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]
        done = subprocess.run([*strace(*fault), *command], capture_output=True, text=True, check=False)
        assert review.read_bytes() in (old, new)
        if "ImportError" in done.stderr or "ModuleNotFoundError" in done.stderr:
            continue  # the call was Python's own, for a part of the program
        assert "Traceback" not in done.stderr
        assert (review.read_bytes() == new) if done.returncode == 0 else len(done.stderr.strip().splitlines()) >= 1
        others = [p.name for p in review.parent.iterdir() if p.name != "review.md"]
        assert call == "unlink" or not [name for name in others if name.endswith(".tmp")], (number, others)
        review.write_bytes(old)
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def writer(request, library, review, picture, blog, reviewer, folders):
    """One of the program's writers: its command, what it writes into, and whether it is a command of ours that says what went wrong."""
    if request.param == "stills":
        return program("stills", "add", review, picture("boat.png"), "--basis", "own", "--alt", "A boat"), library, True
    if request.param == "export":
        reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
        reviewer("export", review, "--to", blog)
        reviewer("set", review, "title=Second")
        return program("export", review, "--to", blog), blog, True
    if request.param == "terms":
        for title in ("A", "B"):
            reviewer("set", reviewer("new", library, "--title", title).out.strip(), "tags=old,other")
        return program("terms", library, "rename", "tag", "old", "new"), library, True
    if request.param == "settings":
        subprocess.run(python(SETTINGS, library, "Ana"), check=True)
        return python(SETTINGS, library, "Bo"), folders.data / "libraries", False
    subprocess.run(python(KEEP, review, "first "), check=True)
    return python(KEEP, review, "second "), folders.data / "recovery", False


def plain(path: Path) -> str:
    """What a state file says, but for the moment at which it was written."""
    return re.sub(r'"when": "[^"]*"', "", path.read_text()) if path.suffix == ".json" else digest(path)


@pytest.mark.parametrize("error", ["EIO", "EDQUOT", "EMFILE", "EACCES"])
@pytest.mark.parametrize("writer", ["stills", "export", "terms", "settings", "recovery"], indirect=True)
def test_every_error_of_every_call_leaves_each_file_old_or_new_and_the_next_run_does_it(
    writer, error, folders, tmp_path
):
    command, folder, says = writer
    kept = Kept(tmp_path / "kept", *dict.fromkeys((folder, folders.data)))
    kept.back()
    old, calls, new = tree(folder, plain), points(command, folder), tree(folder, plain)
    assert old != new
    assert len(calls) > 5
    for name, number in calls:
        kept.back()
        fault = ["-o", os.devnull, "-e", f"trace={name}", "-e", f"inject={name}:error={error}:when={number}"]
        done = subprocess.run([*strace(*fault), *command], capture_output=True, text=True, check=False)
        assert between(tree(folder, plain), old, new), (name, number, done.stderr)
        if done.returncode == 0:
            assert tree(folder, plain) == new, (name, number, done.stderr)
        elif says:
            assert "Traceback" not in done.stderr, (name, number, done.stderr)
            assert (done.stdout + done.stderr).strip(), (name, number)
        if tree(folder, plain) != new:
            assert subprocess.run(command, capture_output=True, check=False).returncode == 0, (name, number)
        assert tree(folder, plain) == new, (name, number, done.stderr)
