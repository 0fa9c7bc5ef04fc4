"""Killed before any system call that touches the library, the program leaves the old file or the new one, whole."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults
CALLS = "openat,write,fsync,rename,renameat2,link,linkat,unlink,unlinkat,fchmod,chmod,chown,mkdir,rmdir,close"


def strace(*options: str) -> list[str]:
    assert shutil.which("strace"), "apt-get install strace"
    return ["strace", "-f", "-qq", *options]


def points(command: list[str], folder: Path) -> list[tuple[str, int]]:
    """Each call of the program from its first look at the folder on, as (name, how manyeth of its name)."""
    log = folder.parent / "calls"
    subprocess.run([*strace("-o", str(log), "-y", "-e", f"trace={CALLS}"), *command], check=True, capture_output=True)
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None or "resumed>" in line:
            continue
        seen[match[1]] += 1
        if str(folder) in line:
            found.append((match[1], seen[match[1]]))
    log.unlink()
    return found


def killed_at(command: list[str], name: str, number: int) -> subprocess.CompletedProcess[str]:
    fault = ["-o", os.devnull, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}"]
    return subprocess.run([*strace(*fault), *command], capture_output=True, text=True, check=False)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree(folder: Path, look: Callable[[Path], str] = digest) -> dict[str, str]:
    """Every file that a person or a generator sees, with its hash."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return {str(p.relative_to(folder)): look(p) for p in files}


class Kept:
    """Folders as they are now, which can be had back."""

    def __init__(self, place: Path, *folders: Path) -> None:
        self._copies = {folder: place / str(number) for number, folder in enumerate(folders)}
        for folder, copy in self._copies.items():
            shutil.copytree(folder, copy)

    def back(self) -> None:
        for folder, copy in self._copies.items():
            shutil.rmtree(folder)
            shutil.copytree(copy, folder)


def words(path: Path) -> str:
    """What a text is known by whose identity is drawn anew each time."""
    return f"{path.read_text().count('Words. ')} words"


def every_kill(
    command: list[str], folder: Path, look: Callable[[Path], str] = digest, also: tuple[Path, ...] = ()
) -> list[tuple[dict[str, str], subprocess.CompletedProcess[str]]]:
    """The folder after a kill at each point, begun afresh each time with what is also kept; its last state is the undisturbed one."""
    place = Path(tempfile.mkdtemp())
    before = Kept(place, folder, *also)
    states = []
    try:
        before.back()  # a copy like those that follow: the index knows a file also by its number
        calls = points(command, folder)
        after = tree(folder, look)
        for name, number in calls:
            before.back()
            done = killed_at(command, name, number)
            states.append((tree(folder, look), done))
        assert sum(done.returncode == -signal.SIGKILL for _, done in states) > 0.9 * len(calls), "they were not killed"
    finally:
        shutil.rmtree(place)
    states.append((after, subprocess.CompletedProcess(command, 0)))
    return states


def program(*words: object) -> list[str]:
    return [sys.executable, "-m", "reviewer", *map(str, words)]


def test_set_leaves_the_old_or_the_new_review(review: Path):
    old = tree(review.parent)
    states = every_kill(program("set", review, "status=ready", "film.year=2010"), review.parent)
    new = states[-1][0]
    assert len(states) > 8
    assert all(state in (old, new) for state, _ in states), [s for s, _ in states if s not in (old, new)]
    assert all(state == new for state, done in states if done.returncode == 0)


def test_new_leaves_no_half_review(library: Path):
    text = library.parent / "text.md"
    text.write_text("Words. " * 5000)
    states = every_kill(program("new", library, "--title", "Moon", "--text", text), library, words)
    assert all(state in ({}, {"moon/review.md": "5000 words"}) for state, _ in states), [state for state, _ in states]
    assert {"moon/review.md": "5000 words"} in [state for state, _ in states[:-1]]


def test_a_picture_has_its_name_only_when_it_is_whole(review: Path, picture):
    boat = picture("boat.png", size=(300, 200))
    whole = hashlib.sha256(boat.read_bytes()).hexdigest()
    states = every_kill(program("stills", "add", review, boat), review.parent)
    assert all(state.get("stills/boat.png", whole) == whole for state, _ in states)


def test_an_export_is_all_or_nothing_once_the_next_has_run(review: Path, picture, tmp_path: Path, reviewer, folders):
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    blog = tmp_path / "blog"
    blog.mkdir()
    (blog / "_config.yml").write_text("title: B\n")
    command = program("export", review, "--to", blog)
    own = folders.data
    calls = points(command, blog)
    new = tree(blog)
    for name, number in calls:
        shutil.rmtree(blog)
        shutil.rmtree(own, ignore_errors=True)
        blog.mkdir()
        (blog / "_config.yml").write_text("title: B\n")
        killed_at(command, name, number)
        assert all(new.get(path) == found for path, found in tree(blog).items())
        assert reviewer("export", review, "--to", blog).status == 0
        assert tree(blog) == new
        assert not list(blog.rglob(".*.tmp")), (name, number)


@pytest.mark.parametrize("call", ["openat", "write", "fsync", "renameat2"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT"])
def test_a_disk_that_refuses_leaves_the_old_review_and_says_so(review: Path, call: str, error: str):
    old = tree(review.parent)
    command = program("set", review, "status=ready")
    touching = [number for name, number in points(command, review.parent) if name == call]
    review_old = tree(review.parent)
    assert touching
    for number in touching[:1]:
        fault = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]
        done = subprocess.run(
            [*strace(*fault), *program("set", review, "status=idea")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr
        assert tree(review.parent) == review_old
        assert not list(review.parent.glob(".*.tmp"))
    assert old != review_old


@pytest.mark.parametrize(
    ("call", "error"), [("fsync", "EINVAL"), ("fsync", "ENOSYS"), ("fsync", "EOPNOTSUPP"), ("chmod", "EPERM")]
)
def test_what_a_file_system_cannot_do_is_forgiven(review: Path, call: str, error: str):
    """FAT has no permissions, and some file systems no sync; a sync that *fails* is another matter."""
    command = program("set", review, "status=ready")
    assert call in [name for name, _ in points(command, review.parent)]
    fault = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:error={error}"]
    done = subprocess.run(
        [*strace(*fault), *program("set", review, "status=idea")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "status: idea" in review.read_text()
