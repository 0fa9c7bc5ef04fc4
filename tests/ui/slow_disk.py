"""A critic's work on a slow disk, for test_slow_disk.py: says how long the window did not answer in each step.

Run as a program of its own, under strace, which makes each call that touches the library slow.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.ui.preview.scheme import prepare
from tests.ui.waiting import until

BEAT = 10
STUCK = 0.3


class Beats:
    """The longest time between two turns of the window's loop, since it was last asked."""

    def __init__(self, program: Program) -> None:
        self._last, self.longest = time.monotonic(), 0.0
        self._timer = QTimer(program.window, interval=BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        faulthandler.dump_traceback_later(STUCK, repeat=True, exit=False)

    def taken(self) -> float:
        longest, self.longest = self.longest, 0.0
        return longest


def main(library: Path) -> None:
    prepare()
    app = QApplication([])
    program = Program(app, UserFolders.standard(), web=False)
    program.start(None)
    beats, found = Beats(program), {}
    editor = program.window.editor.editor

    def step(name: str, act: Callable[[], object], true: Callable[[], bool]) -> None:
        beats.taken()
        beats._beat()
        print(name, file=sys.stderr, flush=True)
        act()
        until(app, true)
        app.processEvents()
        found[name] = beats.taken()

    until(app, lambda: program.window.preview._page is not None)
    one, other = library / "never-let-me-go-2010" / "review.md", library / "moon-2009" / "review.md"

    def front() -> Path | None:
        return program.desk.current.path if program.desk.current else None

    step("open the library", lambda: program.files.open_library(library), lambda: program.desk.library == library)
    step("open a review", lambda: program.files.open(one), lambda: front() == one)
    step("list the library", lambda: None, lambda: not program.desk.scanning)
    step("type", lambda: QTest.keyClicks(editor, "Typed on a slow disk. "), lambda: True)
    session = program.desk.current
    step("save", program.files.save, lambda: not session.dirty and not session.saving)
    step("open another", lambda: program.files.open(other), lambda: front() == other)
    step("look at the stills", program.actions["tab-stills"].trigger, lambda: True)
    step("rename", lambda: program.files.rename_to(program.desk.current, "moon again"), lambda: "again" in str(front()))
    step("look outside", program.desk.look_again, lambda: not program.tasks.busy)
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps(found))
    program.window.may_close = lambda: True
    program.window.close()
    program.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
