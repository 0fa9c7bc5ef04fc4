"""What the program does when it fails itself: recovery first, then a report; a safe start; a second start."""

import sys

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.library.recovery import Recovery
from reviewer.ui.dialogs.crash import CrashDialog
from reviewer.ui.instance import Listener, ask_first


def fail(program):
    try:
        raise KeyError("Tommy waits by the fence")
    except KeyError as error:
        program.last_chance(type(error), error, error.__traceback__)


@pytest.fixture
def told(program, editor, qtbot, capsys):
    qtbot.keyClicks(editor, "Typed before the fault. ")
    fail(program)
    qtbot.waitUntil(lambda: program.window.findChild(CrashDialog) is not None)
    return program.window.findChild(CrashDialog)


def test_recovery_is_written_before_the_fault_is_told(told, folders):
    (copy,) = Recovery(folders.data / "recovery").copies()
    assert b"Typed before the fault." in copy.content


def test_the_report_is_shown_whole_and_quotes_no_text(told):
    assert "KeyError" in told.view.toPlainText()
    assert "Tommy" not in told.view.toPlainText()


def test_the_report_can_be_copied(told):
    next(b for b in told.findChildren(QPushButton) if b.text() == "Copy").click()
    assert QApplication.clipboard().text() == told.view.toPlainText()


def test_the_report_can_be_saved(told, tmp_path):
    told.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == told.view.toPlainText()


def test_a_fault_that_comes_again_shows_one_window(told, program, qtbot):
    fail(program)
    qtbot.wait(1)
    assert len(program.window.findChildren(CrashDialog)) == 1


def test_a_safe_start_opens_no_review_and_no_web_view(qapp, qtbot, sample, start):
    first = start(sample)
    first.files.open(sample / "never-let-me-go-2010" / "review.md")
    first.end()
    second = Program(qapp, UserFolders.standard(), web=True)
    second.start(None, safe=True)
    qtbot.waitUntil(lambda: second.window.preview._page is not None)
    assert second.desk.current is None
    assert type(second.window.preview._page).__name__ == "SimplePreview"
    second.end()
    second.window.deleteLater()


def test_a_second_start_brings_the_first_window_forward_with_the_file(program, sample, folders, qtbot, monkeypatch):
    listener = Listener(folders, program.window)
    listener.asked.connect(program.come_forward)
    other = sample / "moon-2009" / "review.md"
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from reviewer.ui.instance import ask_first; from reviewer.library.folders import UserFolders;"
        "sys.exit(0 if ask_first(UserFolders.standard(), Path(sys.argv[1])) else 1)"
    )
    import subprocess

    with subprocess.Popen([sys.executable, "-c", script, str(other)]) as second:
        qtbot.waitUntil(lambda: program.desk.current.path == other, timeout=20_000)
        qtbot.waitUntil(lambda: second.poll() == 0, timeout=20_000)
    listener.end()


def test_no_answer_is_told_apart_from_an_answer(qapp, folders):
    assert not ask_first(folders, None)
