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


def held(command: list[str], name: str, number: int, act: Callable[[], None], log: Path) -> tuple[int, str, bool]:
    """Run a command, do the act while it is held before its call; the status, what it said, and whether the act was in time."""
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
    act()
    text = log.read_text(errors="replace")
    in_time = run.poll() is None and not text.rstrip(" ").endswith("\n") and len(begun.findall(text)) == number
    out, error = run.communicate()
    return run.returncode, out + error, in_time


def every_race(review: Path, act: Callable[[Path], None], log: Path, own: Path) -> Iterator[tuple[str, int, str]]:
    """The save with the act at each of its calls that touch the review's folder."""
    command = program("set", review, "status=ready")
    start = review.read_bytes()
    calls = points(command, review.parent)
    assert len(calls) > 8
    for name, number in calls:
        for _ in range(20):
            for path in review.parent.iterdir():
                path.unlink()
            shutil.rmtree(own, ignore_errors=True)
            review.write_bytes(start)
            status, said, in_time = held(command, name, number, lambda: act_if_there(act, review), log)
            if in_time:
                break
        else:
            pytest.fail(f"the save could not be held at {name} {number}")
        yield f"{name} {number}", status, said


def act_if_there(act: Callable[[Path], None], review: Path) -> None:
    if review.exists() or act in (replace, write):
        act(review)


def texts(folder: Path) -> list[str]:
    """All that a person finds in the folder."""
    return [path.read_text() for path in folder.iterdir() if not is_temporary(path.name, "review.md")]


def versions(history: History, review: Path) -> list[str]:
    """What is kept of it: where another program wrote after the save, ours is the version before."""
    return [history.read(version).decode() for version in history.versions(review)]


@pytest.fixture
def long(review: Path) -> Path:
    review.write_text(review.read_text() + "Ours. " * 500)
    return review


@pytest.mark.parametrize("act", [replace, write, write_the_same_size_at_the_same_time, write_as_of_old, append])
def test_another_programs_text_is_there_afterwards_and_ours_where_it_was_said(long, act, tmp_path, history):
    for call, status, said in every_race(long, act, tmp_path / "log", history.folder):
        found = texts(long.parent)
        assert any(THEIRS in text for text in found), (call, found)
        if status == 0:
            assert any("status: ready" in text for text in [*found, *versions(history, long)]), (call, said)
        else:
            assert "Traceback" not in said, (call, said)
            assert "changed" in said, (call, said)


@pytest.mark.parametrize("act", [truncate, delete, rename])
def test_what_another_program_took_away_is_written_or_told(long, act, tmp_path, history):
    for call, status, said in every_race(long, act, tmp_path / "log", history.folder):
        found = texts(long.parent)
        assert "Traceback" not in said, (call, said)
        if status == 0:
            assert any("status: ready" in text for text in [*found, *versions(history, long)]), (call, said)
        else:
            assert said.strip(), call
        if act is rename:
            assert (long.parent / "theirs.md").exists(), call
