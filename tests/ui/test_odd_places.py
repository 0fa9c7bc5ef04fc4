"""Homes, clocks, time zones and names as they should not be: the window starts, what is typed is saved, what cannot be kept is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.library.reviews import open_review
from tests.library.disks import SmallDisk, needs_root, run

pytestmark = pytest.mark.nightly
ROOT = Path(__file__).parents[2]
NOBODY = "12345"
"""A user whom the system does not know: without a name and a home."""


@dataclass
class Session:
    """What one_session.py saw."""

    entries: int
    shown: bool
    saved: bool
    kept: int
    warned: list[str]
    complaints: list[str]


def session(library: Path, review: Path, *before: str, **environment: str) -> Session:
    program = [*before, sys.executable, "-m", "tests.ui.one_session", str(library), str(review)]
    known = {name: value for name, value in os.environ.items() if not name.startswith("XDG_") and name != "HOME"}
    done = subprocess.run(
        program, capture_output=True, text=True, check=False, cwd=library, env=known | {"PYTHONPATH": str(ROOT)} | environment
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return Session(**json.loads(done.stdout))


@pytest.fixture
def front(sample: Path) -> Path:
    return sample / "never-let-me-go-2010" / "review.md"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody can write into, root neither."""
    needs_root()
    place = tmp_path / "read-only home"
    place.mkdir()
    run("mount", "--bind", place, place)
    run("mount", "-o", "remount,ro,bind", place)
    yield place
    run("umount", place)


def saved_and_said(found: Session) -> None:
    assert (found.entries, found.shown, found.saved, found.kept) == (3, True, True, 0), found.warned[0]
    assert any("cannot be kept" in text or "could not be kept" in text for text in found.warned), found.warned
    assert found.complaints == []


def all_well(found: Session) -> None:
    assert (found.entries, found.shown, found.saved, found.kept) == (3, True, True, 1)
    assert found.warned == []
    assert found.complaints == []


def test_a_home_that_is_not_there(sample, front):
    saved_and_said(session(sample, front, HOME="/proc/none"))


def test_a_home_that_cannot_be_written(sample, front, mounted):
    saved_and_said(session(sample, front, HOME=str(mounted)))


def test_a_user_without_a_home(sample, front):
    needs_root()
    for path in (sample, *sample.rglob("*"), *sample.parents):
        path.chmod(path.stat().st_mode | 0o777) if path != Path("/") else None
    saved_and_said(session(sample, front, "setpriv", "--reuid", NOBODY, "--clear-groups"))
    assert not (sample / "~").exists()


def test_a_home_that_is_full(sample, front, tmp_path):
    disk = SmallDisk(tmp_path / "full")
    try:
        disk.fill(0)
        saved_and_said(session(sample, front, HOME=str(disk.root)))
    finally:
        disk.end()


@pytest.mark.parametrize("thin", [False, True], ids=["full", "thin"])
def test_a_library_on_a_full_disk(sample, front, tmp_path, thin):
    """The text stays in the window and in the recovery store; the review on the disk is the old one."""
    disk = SmallDisk(tmp_path / "full", thin=thin)
    try:
        library = disk.root / "library"
        shutil.copytree(sample, library)
        review = library / front.relative_to(sample)
        review.write_text(review.read_text() + "A long review. " * 20_000)
        before = review.read_bytes()
        disk.fill(0)
        found = session(library, review, HOME=str(tmp_path / "home"))
        assert (found.shown, found.saved, found.kept) == (True, False, 1)
        assert review.read_bytes() == before
        said = "takes no more" if thin else "The disk is full"
        assert any(said in text and "recovery store" in text for text in found.warned), found.warned
        assert found.complaints == []
    finally:
        disk.end()


def test_no_folder_for_temporary_files(sample, front, tmp_path):
    """All that Python and Qt would try are closed."""
    needs_root()
    (tmp_path / "home").mkdir()
    shutil.copytree(sample, "/var/lib/odd-places", dirs_exist_ok=True)
    there = Path("/var/lib/odd-places")
    closed = 'for f in /tmp /var/tmp /usr/tmp; do [ -d $f ] && mount --bind $f $f && mount -o remount,bind,ro $f; done; exec "$@"'
    try:
        home = there / "home"
        home.mkdir()
        review = there / "never-let-me-go-2010" / "review.md"
        all_well(session(there, review, "unshare", "-m", "sh", "-c", closed, "sh", HOME=str(home), TMPDIR="/proc/none"))
    finally:
        shutil.rmtree(there)


@pytest.mark.parametrize(
    "when", ["1969-12-31 23:59:50", "1980-01-01 00:00:00", "2038-01-19 03:14:00", "2106-02-07 06:28:10"]
)
def test_a_clock_that_is_wrong(sample, front, tmp_path, when):
    assert shutil.which("faketime"), "apt-get install faketime"
    all_well(session(sample, front, "faketime", when, HOME=str(tmp_path / "home")))


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "nowhere/at-all", "Europe/Berlin"]
)
def test_any_time_zone(sample, front, tmp_path, zone):
    all_well(session(sample, front, HOME=str(tmp_path / "home"), TZ=zone))


def test_the_clock_is_set_back_between_two_sessions(sample, front, tmp_path):
    """What the first one kept is offered by the second, and the older versions stay in the order in which they were saved."""
    home = str(tmp_path / "home")
    session(sample, front, "faketime", "2030-01-01 12:00:00", HOME=home)
    found = session(sample, front, "faketime", "2020-01-01 12:00:00", HOME=home)
    assert found.saved
    assert found.kept == 2
    texts = subprocess.run(
        [sys.executable, "-m", "reviewer", "versions", str(front)], capture_output=True, text=True, check=True,
        env=os.environ | {"HOME": home, "XDG_DATA_HOME": f"{home}/.local/share"}, cwd=ROOT,
    ).stdout  # fmt: skip
    assert texts.count("saved") >= 2, texts


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "nn_NO.nothing"])
def test_any_locale(sample, front, tmp_path, locale):
    all_well(session(sample, front, HOME=str(tmp_path / "home"), LC_ALL=locale, LANG=locale))


def test_a_path_of_four_thousand_characters_is_refused_or_works(sample, front, tmp_path, reviewer):
    """Below the system's limit for a path (4,096 bytes) all works; a name for which there is no room is told."""
    deep = tmp_path
    while len(str(deep)) < 3_700:
        deep = deep / ("folder " * 20).strip()
    deep.mkdir(parents=True)
    library = deep / "library"
    shutil.copytree(sample, library)
    all_well(session(library, library / "never-let-me-go-2010" / "review.md", HOME=str(tmp_path / "home")))
    said = reviewer("new", library, "--title", "word " * 60)
    assert said.status in (0, 2)
    assert "Traceback" not in said.err
    room = 4_095 - len(str(library)) - len("/x/review.md")
    assert room > 0


def test_names_that_differ_by_case_or_normalisation_only(sample, front, tmp_path, reviewer):
    """A Linux disk holds both; each stays its own review, in the list, in recovery and among the older versions."""
    text = front.read_bytes()
    names = ["Amélie", "Ame\u0301lie", "AMÉLIE", "straße", "STRASSE", "ﬁlm", "film"]
    for name in names:
        (sample / name).mkdir()
        (sample / name / "review.md").write_bytes(text.replace(b"Never Let Me Go", name.encode()))
    found = session(sample, sample / "Ame\u0301lie" / "review.md", HOME=str(tmp_path / "home"))
    assert (found.entries, found.saved, found.kept) == (3 + len(names), True, 1)
    for name in names:
        path = sample / name / "review.md"
        reviewer("set", path, f"excerpt=This is {name}.")
    for name in names:
        assert open_review(sample / name / "review.md").reading.review.excerpt == f"This is {name}."
    assert "Typed and saved" not in (sample / "Amélie" / "review.md").read_text()
