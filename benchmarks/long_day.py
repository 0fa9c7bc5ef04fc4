"""Eight hours of typing, as fast as the program takes it: does it stay quick, does it hold on to what it should let go?

usage: QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/long_day.py [--hours 8] [--seed 1]

A critic types three keys a second, corrects herself, takes back and again, marks words, saves every ten minutes, and goes on to the
next review every hour. The clock of the older versions goes with the keys. Each hour the process that renders is killed once and
stopped and continued once. Every text has to be what was typed, also on the disk; the figures of each hour are printed: keys,
milliseconds a key (median, 99 of 100), memory, what is held, older versions, recovery copies. Exit status 0: nothing was lost.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleFactory

from benchmarks.endurance import command_line, descendants, held
from benchmarks.library import write
from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import open_review
from reviewer.ui.preview.scheme import prepare, register

KEYS_A_SECOND = 3
SAVE_EVERY = 600
"""Seconds of the day."""
WORDS = [
    "the",
    "film",
    "light",
    "never",
    "Kathy",
    "boat",
    "of",
    "a",
    "memory",
    "and",
    "sea",
    "slow",
    "camera",
    "is",
    "again",
    "cut",
]


class Day:
    """The critic at her desk."""

    def __init__(self, program: Program, app: QApplication, seed: int) -> None:
        self.program, self.app, self.chance = program, app, random.Random(seed)
        self.editor = program.window.editor.editor
        self.seconds, self.keys = 0.0, 0
        self.taken: list[float] = []
        self.first = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.first + dt.timedelta(seconds=self.seconds)

    def turn(self) -> None:
        self.app.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def key(self, key: str | Qt.Key, held_down: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        begun = time.perf_counter()
        QTest.keyClick(self.editor, key, held_down)
        self.turn()
        self.taken.append(1000 * (time.perf_counter() - begun))
        self.keys += 1
        self.seconds += 1 / KEYS_A_SECOND

    def until(self, true, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not true():
            self.turn()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise TimeoutError("it did not come back")

    def sentence(self) -> None:
        """Some words, now and then with a slip, a mark or a second thought."""
        for _ in range(self.chance.randrange(5, 15)):
            for letter in self.chance.choice(WORDS) + " ":
                self.key(letter)
            what = self.chance.random()
            if what < 0.05:
                for _ in range(4):
                    self.key(Qt.Key.Key_Backspace)
                for letter in "ing ":
                    self.key(letter)
            elif what < 0.08:
                before = self.editor.toPlainText()
                self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
                self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
                if self.editor.toPlainText() != before:
                    raise AssertionError("taken back and again is not the same")
        self.key(".")
        self.key(Qt.Key.Key_Return)
        if self.chance.random() < 0.3:
            self.key(Qt.Key.Key_Return)

    def renderers(self) -> list[int]:
        return [p for p in descendants(os.getpid()) if "reviewer.text.worker" in command_line(p)]

    def disturb_the_renderer(self) -> None:
        """Killed, it comes back with the next key; stopped for a while and continued, as with the lid closed, it goes on."""
        for one in self.renderers():
            os.kill(one, signal.SIGKILL)
        self.key("x")
        self.until(lambda: bool(self.renderers()) and not self.program.window.preview.rendering.busy)
        for one in self.renderers():
            os.kill(one, signal.SIGSTOP)
        for letter in "stopped ":
            self.key(letter)
        for one in self.renderers():
            os.kill(one, signal.SIGCONT)
        self.until(lambda: not self.program.window.preview.rendering.busy)

    def hour(self, path: Path) -> dict[str, object]:
        self.program.files.open(path)
        self.until(lambda: self.program.desk.current is not None and self.program.desk.current.path == path)
        session, end, saved = self.program.desk.current, self.seconds + 3600, self.seconds
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.taken.clear()
        begun = self.keys
        self.disturb_the_renderer()
        while self.seconds < end:
            self.sentence()
            if self.seconds - saved > SAVE_EVERY:
                saved = self.seconds
                self.program.files.save()
                self.until(lambda: not session.dirty and not session.saving)
        typed = self.editor.toPlainText()
        self.program.files.save()
        self.until(lambda: not session.dirty and not session.saving)
        if open_review(path).reading.document.text.rstrip("\n") != typed.rstrip("\n"):
            raise AssertionError(f"{path} does not hold what was typed")
        self.until(lambda: not self.program.window.preview.rendering.busy)
        return {
            "keys": self.keys - begun, "characters": len(typed), "ms_median": round(statistics.median(self.taken), 2),
            "ms_99": round(statistics.quantiles(self.taken, n=100)[98], 2), **held(),
            "versions": len(self.program.desk.history.versions(path)), "recovery": len(self.program.desk.recovery.copies()),
            "undo_steps": session.document.availableUndoSteps(), "reviews_open": len(self.program.desk.sessions),
        }  # fmt: skip


def main() -> int:
    """Let the day pass."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--hours", type=int, default=8)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="reviewer-day-") as name:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(Path(name) / kind)
        library = Path(name) / "library"
        write(library, max(20, options.hours))
        prepare()
        app = QApplication([])
        app.setStyle(QStyleFactory.create("Fusion"))
        program = Program(app, UserFolders.standard(), web=register())
        for option in ("smart_quotes", "auto_pairs", "continue_lists"):  # what is typed is what has to be there
            setattr(program.preferences, option, False)
        program.start(library)
        day = Day(program, app, options.seed)
        program.desk.history._now = day.now
        day.until(lambda: not program.desk.scanning)
        rows = []
        for number, path in enumerate(sorted(program.desk.entries)[: options.hours]):
            rows.append(day.hour(path))
            print(f"hour {number + 1}: {json.dumps(rows[-1])}", flush=True)
        program.window.may_close = lambda: True
        program.window.close()
        program.end()
        print(f"the last hour against the first: {rows[-1]['ms_median'] / rows[0]['ms_median']:.2f} a key")
    return 0


if __name__ == "__main__":
    sys.exit(main())
