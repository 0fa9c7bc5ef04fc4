"""What every test shares: a home of its own, no warning let pass, the command line in the same process."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import Image

from reviewer import cli
from reviewer.library.folders import UserFolders
from reviewer.library.history import History

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
SAMPLES = Path(__file__).parent / "samples"
# How long an example takes says more about what else the machine does than about the program; benchmarks/ measures.
settings.register_profile("reviewer", deadline=None)
settings.load_profile("reviewer")


def live_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program keep what is its own in a folder."""
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, so that no test sees the user's files or another test's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    live_in(home, monkeypatch)
    return home


@pytest.fixture
def folders(home: Path) -> UserFolders:
    return UserFolders.standard()


@pytest.fixture
def history(folders: UserFolders) -> History:
    """The user's store of older versions."""
    return History.of(folders)


@pytest.fixture(autouse=True)
def no_warnings(caplog: pytest.LogCaptureFixture):
    """A logged warning fails the test."""
    yield
    loud = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]


@dataclass
class Said:
    """What a command line answered."""

    status: int
    out: str
    err: str


@pytest.fixture
def reviewer(capsys: pytest.CaptureFixture[str]):
    """Run a command line in this process: ``reviewer("set", path, "status=ready")``."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            status = cli.run([str(word) for word in words])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return run


@pytest.fixture
def reviewer_process():
    """Run a command line in a process of its own."""

    def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "reviewer", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]

    return run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "My reviews"
    folder.mkdir()
    return folder


@pytest.fixture
def review(library: Path, reviewer) -> Path:
    """A small new review in the library."""
    return Path(reviewer("new", library, "--title", "Moon", "--year", "2009").out.strip())


@pytest.fixture
def picture(tmp_path: Path):
    """Make a picture file: ``picture("boat.jpg", "red")``."""

    def make(name: str, colour: str = "teal", size: tuple[int, int] = (64, 48), **options: object) -> Path:
        path = tmp_path / name
        Image.new("RGB", size, colour).save(path, **options)
        return path

    return make


@pytest.fixture
def blog(tmp_path):
    """A Jekyll blog's folder with nothing in it."""
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "_config.yml").write_text("title: Blog\n")
    return folder
