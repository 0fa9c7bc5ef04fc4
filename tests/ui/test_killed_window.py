"""The window killed before each act on the disk: what it said was done is done, and the next start knows all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.library.folders import UserFolders
from reviewer.library.history import History
from reviewer.library.recovery import Recovery
from reviewer.library.resources import resource
from reviewer.library.reviews import open_review
from tests.library.test_killed import digest
from tests.ui.test_odd_places import session

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
ROOT = Path(__file__).parents[2]
TYPED = ("First. ", "Second. ", "Third. ")


def killed(number: int, library: Path, review: Path, picture: Path) -> tuple[int, list[str]]:
    """The status of a session that is killed before this act, and what it said until then."""
    program = [sys.executable, "-m", "tests.ui.killed_window", library, review, picture, number]
    done = subprocess.run(list(map(str, program)), capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr[-3000:]
    return done.returncode, done.stdout.splitlines()


def holds(text: str, words: str) -> bool:
    return words.strip() in text


@pytest.mark.parametrize("turn", range(4))
def test_what_was_said_is_so_and_the_next_start_knows_all(turn, tmp_path, home, picture):
    """Every fourth act in each turn, until a session comes to its end."""
    quay = picture("quay.png", size=(300, 200))
    number = turn + 1
    while True:
        library = tmp_path / "library"
        for folder in (library, home):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(resource("sample"), library)
        home.mkdir()
        review = library / "never-let-me-go-2010" / "review.md"
        status, said = killed(number, library, review, quay)
        folders = UserFolders.standard()
        recovery = Recovery(folders.data / "recovery")
        texts = [review.read_text(), *(copy.content.decode() for copy in recovery.copies())]
        for line in said:
            what, _, words = line.partition(" ")
            assert what != "saved" or holds(texts[0], words), (number, line)
            assert what != "kept" or any(holds(text, words) for text in texts), (number, line)
        assert open_review(review).reading.broken is None
        for still in (path for path in (review.parent / "stills").iterdir() if path.name.startswith("quay")):
            assert digest(still) == digest(quay), number
        assert recovery.set_aside() == [], number
        store = History.of(folders)
        assert all(store.read(version) for version in store.versions(review)), number
        again = session(library, review, **{k: v for k, v in os.environ.items() if k.startswith("XDG_") or k == "HOME"})
        assert (again.entries, again.shown, again.saved, again.complaints) == (3, True, True, []), (number, again)
        if status == 0:
            break
        number += 4
    assert number > 40
