"""One measured program: ``probe.py bare|reviewer|library PATH START``; prints its figures as JSON.

START is the wall clock in seconds at which the process was started by the caller.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
KEYS = 60


def spin(app: object, until: Callable[[], bool], limit: float = 30.0) -> float:
    """Work through events until a condition holds; returns the seconds it took."""
    begun = time.perf_counter()
    while not until() and time.perf_counter() - begun < limit:
        app.processEvents()  # type: ignore[attr-defined]
    return time.perf_counter() - begun


def rest(app: object, seconds: float) -> None:
    """Work through events for a while."""
    end = time.perf_counter() + seconds
    spin(app, lambda: time.perf_counter() > end)


def type_keys(app: object, editor: object) -> list[float]:
    """Milliseconds from each key to its paint."""
    from PySide6.QtTest import QTest

    spent = []
    for n in range(KEYS):
        begun = time.perf_counter()
        QTest.keyClick(editor, "abcde "[n % 6])
        editor.viewport().repaint()  # type: ignore[attr-defined]
        spent.append(1000 * (time.perf_counter() - begun))
        rest(app, 0.05)
    return spent


def memory() -> float:
    """Megabytes of this process and all its children, shared pages by share."""
    total, pending = 0.0, [os.getpid()]
    while pending:
        pid = pending.pop()
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            pending += map(int, task.read_text().split())
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1000
    return total


def bare(path: Path, start: float) -> dict[str, object]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

    app = QApplication([])
    window, editor = QMainWindow(), QPlainTextEdit(path.read_text())
    window.setCentralWidget(editor)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    painted = time.time() - start
    QTest.keyClick(editor, "x")
    editor.viewport().repaint()
    first = time.time() - start
    return {
        "painted": painted,
        "first key": first,
        "loaded": memory(),
        "keys": type_keys(app, editor),
        "typed": memory(),
    }


def reviewer(path: Path, start: float) -> dict[str, object]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QStyleFactory

    from reviewer.app import Program
    from reviewer.library.folders import UserFolders
    from reviewer.ui.preview.scheme import register

    web = register()
    app = QApplication([])
    app.setStyle(QStyleFactory.create("Fusion"))
    program = Program(app, UserFolders.standard(), web)
    program.start(path)
    program.window.resize(1440, 900)
    app.processEvents()
    found: dict[str, object] = {"painted": time.time() - start}
    editor, preview = program.window.editor.editor, program.window.preview
    QTest.keyClick(editor, "x")
    editor.viewport().repaint()
    found["first key"] = time.time() - start
    updates: list[float] = []
    preview.updated.connect(lambda: updates.append(time.perf_counter()))
    spin(app, lambda: bool(updates))
    found["preview"] = time.time() - start
    rest(app, 1.5)
    found["loaded"] = memory()
    found["keys"] = type_keys(app, editor)
    latencies = []
    for _ in range(20):
        spin(app, lambda: not preview.rendering.busy)
        count, begun = len(updates), time.perf_counter()
        QTest.keyClick(editor, "y")
        spin(app, lambda count=count: len(updates) > count, 5)
        latencies.append(1000 * (time.perf_counter() - begun))
        rest(app, 0.08)
    found["to preview"] = latencies
    found["typed"] = memory()
    for session in program.desk.sessions:
        session.drop_recovery()
    program.end()
    return found


def library(path: Path, start: float) -> dict[str, object]:
    from PySide6.QtWidgets import QApplication

    from reviewer.app import Program
    from reviewer.library.folders import UserFolders

    app = QApplication([])
    program = Program(app, UserFolders.standard(), False)
    program.start(path)
    app.processEvents()
    painted = time.time() - start
    longest, last = 0.0, time.perf_counter()
    while program.desk.scanning:
        app.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    found = {
        "painted": painted,
        "listed": time.time() - start,
        "longest stall": longest,
        "count": len(program.desk.entries),
    }
    program.end()
    return found


print(
    json.dumps(
        {"bare": bare, "reviewer": reviewer, "library": library}[sys.argv[1]](Path(sys.argv[2]), float(sys.argv[3]))
    )
)
sys.stdout.flush()
os._exit(0)
