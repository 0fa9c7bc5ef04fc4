"""A window with everything behind it, on a library of the test's own."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QStyleFactory

from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.library.resources import resource
from reviewer.ui.preview.scheme import prepare, register

prepare()
HAS_WEB = register()
"""The preview's scheme has to be known before the application is made."""


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample library."""
    folder = tmp_path / "My reviews"
    shutil.copytree(resource("sample"), folder)
    return folder


@pytest.fixture
def start(qapp, qtbot, monkeypatch: pytest.MonkeyPatch):
    """Start the program on a path: ``start(folder)``; ended after the test, its questions answered with "keep"."""
    programs: list[Program] = []

    def run(path: Path | None, web: bool = False) -> Program:
        qapp.setStyle(QStyleFactory.create("Fusion"))
        program = Program(qapp, UserFolders.standard(), web)
        program.tasks.patience = 60_000  # a busy machine is no slow disk; test_slow_disk.py has one
        programs.append(program)
        program.start(path)
        program.window.resize(1440, 900)
        qtbot.waitExposed(program.window)
        if path is not None and path.is_dir():
            qtbot.waitUntil(lambda: not program.desk.scanning)
        return program

    yield run
    for program in programs:
        qtbot.waitUntil(lambda program=program: not program.tasks.busy, timeout=10_000)
        program.window.may_close = lambda: True
        program.window.close()
        program.end()
        program.window.deleteLater()
    gc.unfreeze()  # the program freezes what it has at its start, which here is the program before too
    qapp.processEvents()
    # No loop runs here that would delete them: a window that stays is dressed anew with each that follows.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def program(start, sample: Path) -> Program:
    """The program with "Never Let Me Go" in front."""
    made = start(sample)
    made.files.open(sample / "never-let-me-go-2010" / "review.md")
    return made


@pytest.fixture
def session(program):
    return program.desk.current


@pytest.fixture
def editor(program):
    return program.window.editor.editor


def asking(preview, qtbot):
    """A question to the page of a web preview: ``ask("expression")``."""

    def ask(expression: str):
        found: list[object] = []
        preview.page.page.runJavaScript(expression, 1, found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=5000)
        return found[0]

    return ask
