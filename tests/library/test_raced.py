"""Another program writes at each moment of a save: both texts exist afterwards, or ours was refused and told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewer.library.files import is_temporary
from reviewer.library.history import History
from tests.library.test_killed import points, program, strace

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
HELD = 0.4
"""Seconds for which the save is held before a call; the other program acts meanwhile."""
THEIRS = "Their text. "


def replace(path: Path) -> None:
    """As Dropbox, Syncthing, git and most editors write."""
    new = path.with_name(path.name + ".theirs")
    new.write_text(THEIRS * 300)
    new.replace(path)


def write(path: Path) -> None:
    path.write_text(THEIRS * 300)


def write_the_same_size_at_the_same_time(path: Path) -> None:
    was = path.stat()
    with path.open("r+b") as file:
        file.write(THEIRS.encode())
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert path.stat().st_size == was.st_size


def write_as_of_old(path: Path) -> None:
    """As a sync program does that keeps the other machine's time."""
    write(path)
    os.utime(path, (1_000_000_000, 1_000_000_000))


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write(THEIRS)


def truncate(path: Path) -> None:
    os.truncate(path, 10)


def delete(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename(path.with_name("theirs.md"))


WRITE = (replace, write, write_the_same_size_at_the_same_time, write_as_of_old, append)
TAKE_AWAY = (truncate, delete, rename)


def held(command: list[str], name: str, number: int, act: Callable[[], bool], log: Path) -> tuple[int, str, bool, bool]:
    """Run a command, do the act while it is held before its call; the status, what it said, whether the act was in time, and done."""
    log.unlink(missing_ok=True)
    fault = ["-e", f"trace={name}", "-e", f"inject={name}:delay_enter={int(HELD * 1e6)}:when={number}"]
    run = subprocess.Popen(
        [*strace("-o", str(log), *fault), *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    begun = re.compile(rf"^\d+ +{name}\(", re.MULTILINE)
    while run.poll() is None:
        text = log.read_text(errors="replace") if log.exists() else ""
        if len(begun.findall(text)) >= number:
            break
        time.sleep(0.002)
    done = act()
    text = log.read_text(errors="replace")
    in_time = run.poll() is None and not text.rstrip(" ").endswith("\n") and len(begun.findall(text)) == number
    out, error = run.communicate()
    return run.returncode, out + error, in_time, done


def every_race(
    command: list[str], folder: Path, path: Path, begin: Callable[[], object], act: Callable[[Path], None], log: Path
) -> Iterator[tuple[str, int, str]]:
    """A command with the act on a file at each of its calls that touch a folder, begun afresh each time: the call, the command's
    status and what it said. A moment at which there is no such file to act on is none of a race."""
    begin()
    calls = points(command, folder)
    assert len(calls) > 3
    for name, number in calls:
        for _ in range(20):
            begin()
            status, said, in_time, done = held(command, name, number, lambda: act_if_there(act, path), log)
            if in_time:
                break
        else:
            pytest.fail(f"the command could not be held at {name} {number}")
        if done:
            yield f"{name} {number}", status, said


def act_if_there(act: Callable[[Path], None], path: Path) -> bool:
    """Do the act, where there is what it acts on; whether it was done."""
    try:
        act(path)
    except FileNotFoundError:  # it went, or its folder got another name
        return False
    return True


def texts(folder: Path, name: str = "review.md") -> list[str]:
    """All that a person finds in a folder, where a file of this name is written."""
    return [path.read_text() for path in folder.iterdir() if path.is_file() and not is_temporary(path.name, name)]


def versions(history: History, review: Path) -> list[str]:
    """What is kept of it: where another program wrote after the save, ours is the version before."""
    return [history.read(version).decode() for version in history.versions(review)]


@pytest.fixture
def long(review: Path) -> Path:
    review.write_text(review.read_text() + "Ours. " * 500)
    return review


def every_race_of_a_save(
    review: Path, act: Callable[[Path], None], log: Path, own: Path
) -> Iterator[tuple[str, int, str]]:
    start = review.read_bytes()

    def begin() -> None:
        for path in review.parent.iterdir():
            path.unlink()
        shutil.rmtree(own, ignore_errors=True)
        review.write_bytes(start)

    return every_race(program("set", review, "status=ready"), review.parent, review, begin, act, log)


@pytest.mark.parametrize("act", WRITE)
def test_another_programs_text_is_there_afterwards_and_ours_where_it_was_said(long, act, tmp_path, history):
    for call, status, said in every_race_of_a_save(long, act, tmp_path / "log", history.folder):
        found = texts(long.parent)
        assert any(THEIRS in text for text in found), (call, found)
        if status == 0:
            assert any("status: ready" in text for text in [*found, *versions(history, long)]), (call, said)
        else:
            assert "Traceback" not in said, (call, said)
            assert "changed" in said, (call, said)


@pytest.mark.parametrize("act", TAKE_AWAY)
def test_what_another_program_took_away_is_written_or_told(long, act, tmp_path, history):
    for call, status, said in every_race_of_a_save(long, act, tmp_path / "log", history.folder):
        found = texts(long.parent)
        assert "Traceback" not in said, (call, said)
        if status == 0:
            assert any("status: ready" in text for text in [*found, *versions(history, long)]), (call, said)
        else:
            assert said.strip(), call
        if act is rename:
            assert (long.parent / "theirs.md").exists(), call
