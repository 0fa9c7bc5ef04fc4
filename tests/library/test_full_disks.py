"""On a disk without room each writer leaves what was there, says so in a sentence, and does its work once there is room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewer.library.folders import UserFolders, read_json
from reviewer.library.recovery import Recovery
from tests.conftest import live_in
from tests.library.disks import SmallDisk
from tests.library.test_killed import program, tree
from tests.library.test_killed_elsewhere import KEEP, SETTINGS, python

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
PAGE = 4096
ROOM = pytest.mark.parametrize("left", [0, PAGE, 3 * PAGE], ids=["no page left", "a page left", "three pages left"])


@pytest.fixture(params=["full", "thin"])
def disk(request, tmp_path: Path) -> Iterator[SmallDisk]:
    made = SmallDisk(tmp_path / "small", thin=request.param == "thin")
    yield made
    made.end()


@pytest.fixture
def library(disk: SmallDisk) -> Path:
    folder = disk.root / "My reviews"
    folder.mkdir()
    return folder


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def refused_and_then_done(disk: SmallDisk, command: list[str], folder: Path, left: int) -> None:
    old = tree(folder)
    disk.fill(left)
    said = run(command)
    found = tree(folder)
    if said.returncode == 0:
        assert left  # little enough for what room there was
        assert found != old
        return
    assert said.returncode in (1, 2), said
    assert "Traceback" not in said.stderr
    assert "No space left" in said.stderr or "full" in said.stderr or "Input/output" in said.stderr, said.stderr
    assert all(found[path] == digest for path, digest in old.items())
    assert not list(folder.rglob("*.tmp"))
    disk.empty()
    assert run(command).returncode == 0
    assert tree(folder) != old


@pytest.fixture
def long_review(review: Path) -> Path:
    review.write_text(review.read_text() + "Words of a long review. " * 4000)
    return review


@ROOM
def test_set(disk, long_review, left):
    refused_and_then_done(disk, program("set", long_review, "status=ready"), long_review.parent, left)


@ROOM
def test_new(disk, library, tmp_path, left):
    text = tmp_path / "text.md"
    text.write_text("Words. " * 9000)
    refused_and_then_done(disk, program("new", library, "--title", "Moon", "--text", text), library, left)


@ROOM
def test_stills_add(disk, review, picture, left):
    boat = picture("boat.png", size=(300, 200), compress_level=0)
    refused_and_then_done(
        disk, program("stills", "add", review, boat, "--basis", "own", "--alt", "A boat"), review.parent, left
    )


@ROOM
def test_terms(disk, library, reviewer, left):
    for title in ("A", "B", "C"):
        path = Path(reviewer("new", library, "--title", title).out.strip())
        reviewer("set", path, "tags=old,other")
        path.write_text(path.read_text() + "Words of a long review. " * 4000)
    disk.fill(left)
    said = run(program("terms", library, "rename", "tag", "old", "new"))
    assert "Traceback" not in said.stderr
    assert said.returncode != 0
    assert all(path.stat().st_size > 90_000 for path in library.rglob("review.md"))
    disk.empty()
    assert run(program("terms", library, "rename", "tag", "old", "new")).returncode == 0
    assert all("old" not in path.read_text() for path in library.rglob("review.md"))


@ROOM
def test_export(disk, tmp_path, reviewer, picture, left):
    elsewhere = tmp_path / "elsewhere"
    path = Path(reviewer("new", elsewhere, "--title", "Moon", "--year", "2009").out.strip())
    path.write_text(path.read_text() + "Words of a long review. " * 4000)
    reviewer("stills", "add", path, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    blog = disk.root / "blog"
    blog.mkdir()
    (blog / "_config.yml").write_text("title: B\n")
    refused_and_then_done(disk, program("export", path, "--to", blog), blog, left)


@pytest.fixture
def own_folders(disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> UserFolders:
    """The program's own folders on the small disk."""
    live_in(disk.root / "home", monkeypatch)
    return UserFolders.standard()


def whole_after(disk: SmallDisk, first: list[str], second: list[str], look: Callable[[], object]) -> None:
    assert run(first).returncode == 0
    old = look()
    disk.fill(0)
    said = run(second)
    assert said.returncode != 0
    assert look() == old
    disk.empty()
    assert run(second).returncode == 0
    assert look() != old


def test_a_recovery_copy(disk, review, own_folders):
    store = Recovery(own_folders.data / "recovery")
    whole_after(
        disk,
        python(KEEP, review, "first "),
        python(KEEP, review, "second "),
        lambda: [copy.content for copy in store.copies()],
    )


def test_settings(disk, tmp_path, own_folders):
    library = tmp_path / "lib"
    library.mkdir()
    place = own_folders.of("libraries", library) / "settings.json"
    whole_after(
        disk,
        python(SETTINGS, library, "Ana"),
        python(SETTINGS, library, "Bo" * 9000),
        lambda: read_json(place)["author"],
    )


def test_a_review_is_saved_although_its_older_version_cannot_be_kept(disk, tmp_path, reviewer, own_folders):
    path = Path(reviewer("new", tmp_path / "lib", "--title", "Moon").out.strip())
    path.write_text(path.read_text() + "Words of a long review. " * 4000)
    disk.fill(0)
    said = run(program("set", path, "status=ready"))
    assert "status: ready" in path.read_text()
    assert "Traceback" not in said.stderr
    assert "older version" in said.stderr, said


def test_a_disk_without_room_is_no_invention_of_these_tests(disk):
    """It refuses a naive program, and a thin one refuses only at the sync."""
    disk.fill(0)
    code = "import os, sys; f = open(sys.argv[1], 'w'); f.write('x' * 99999); f.flush(); os.fsync(f.fileno())"
    said = run([sys.executable, "-c", code, str(disk.root / "note")])
    assert "OSError" in said.stderr
