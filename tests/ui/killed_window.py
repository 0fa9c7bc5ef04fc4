"""A critic's work in a process of its own, killed before one of its acts on the disk, for test_killed_window.py.

usage: killed_window.py LIBRARY REVIEW PICTURE NUMBER

Says each thing that was done as soon as the window says it. An act is what changes files: a file opened to be written, a write, a
sync, a name given, exchanged or taken away. It is counted over all threads, as `strace` cannot; NUMBER 0 kills nowhere.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleFactory

from reviewer.app import Program
from reviewer.library import files
from reviewer.library.folders import UserFolders
from reviewer.ui.preview.scheme import prepare
from tests.ui.waiting import until

NAMES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.chown", "os.utime", "os.truncate")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def kill_at(number: int) -> None:
    """End this process before its act of this number, counted from 1."""
    left, lock = [number], threading.Lock()

    def act() -> None:
        with lock:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in NAMES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
            act()

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def first(*words: Any) -> Any:
            act()
            return call(*words)

        return first

    os.write, os.fsync, files.exchange = counted(os.write), counted(os.fsync), counted(files.exchange)
    sys.addaudithook(heard)


def main(library: Path, review: Path, picture: Path, number: int) -> None:
    prepare()
    app = QApplication([])
    app.setStyle(QStyleFactory.create("Fusion"))
    kill_at(number)
    program = Program(app, UserFolders.standard(), web=False)
    warned: list[str] = []
    program.notices.shown.connect(lambda text, bad, _: warned.append(text) if bad else None)
    program.start(library)
    until(app, lambda: program.window.preview._page is not None and not program._offering.isActive())
    program.files.open(review)
    until(app, lambda: program.desk.current is not None and program.desk.current.path == review)
    until(app, lambda: not program.desk.scanning and not program.tasks.busy)
    session, editor = program.desk.current, program.window.editor.editor

    def say(*words: str) -> None:
        print(*words, flush=True)

    def type_and_save(words: str) -> None:
        QTest.keyClicks(editor, words)
        until(app, lambda: session.kept_at.exists() and words.encode() in session.kept_at.read_bytes())
        say("kept", words)
        program.files.save()
        until(app, lambda: not session.saving and not session.dirty)
        say("saved", words)

    type_and_save("First. ")
    program.pictures.add([picture])
    until(app, lambda: session.dirty and not program.tasks.busy)
    type_and_save("Second. ")
    QTest.keyClicks(editor, "Third. ")
    until(app, lambda: session.kept_at.exists() and b"Third. " in session.kept_at.read_bytes())
    say("kept", "Third. ")
    program.window.may_close = lambda: True
    program.window.close()
    program.end()
    say("ended")
    assert warned == [], warned


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
