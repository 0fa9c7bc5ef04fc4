"""Several reviews at once: new ones, the way back to them, closing the window."""

import dataclasses
import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QInputDialog, QMessageBox
from shiboken6 import isValid

from reviewer.library.recovery import Recovery
from reviewer.ui.dialogs.export import ExportDialog
from reviewer.ui.welcome import Welcome
from tests.ui.test_session import save


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Press the button of this text in each question."""
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(
        QMessageBox, "clickedButton", lambda box: next((b for b in box.buttons() if b.text() == text), None)
    )


def retitle(session, title: str) -> None:
    session.change("Title", dataclasses.replace(session.review, title=title))


# new reviews


def test_a_new_review_that_nobody_touched_is_clean(program):
    assert not program.desk.new().dirty


def test_new_reviews_that_nobody_touched_do_not_pile_up(program):
    for _ in range(3):
        program.actions["new"].trigger()
    assert len(program.desk.sessions) == 1


def test_a_review_that_was_never_saved_can_be_reached_again(program, sample, qtbot):
    program.actions["new"].trigger()
    qtbot.keyClicks(program.window.editor.editor, "Unsaved words")
    made = program.desk.current
    program.files.open(sample / "moon-2009" / "review.md")
    ways = [choice for choice in program.views._choices() if choice.text == "Untitled"]
    ways[0].act()
    assert program.desk.current is made


def test_the_list_shows_which_review_is_not_saved(program, session, editor, qtbot):
    qtbot.keyClicks(editor, "x")
    spoken = {e.title: program.window.library.model._spoken(e) for e in program.window.library.model.shown()}
    assert "not saved" in spoken["Never Let Me Go"]
    assert "not saved" not in spoken["Moon"]


def test_the_caret_is_where_it_was_after_a_look_elsewhere(program, session, editor, sample, qtbot):
    editor.go_to(9)
    qtbot.keyClicks(editor, "x")
    program.files.open(sample / "moon-2009" / "review.md")
    program.files.open(session.path)
    assert editor.line == 9


def test_a_look_at_many_reviews_keeps_one_open(program, sample):
    for name in ("moon-2009", "never-let-me-go-2010", "moon-2009"):
        program.files.open(sample / name / "review.md")
    assert [s.path.parent.name for s in program.desk.sessions] == ["moon-2009"]


# the end of the window


def test_a_window_with_nothing_unsaved_closes_unasked(program):
    assert program.files.may_close()


def test_keep_for_the_next_start_keeps_and_closes(program, session, editor, qtbot, folders, monkeypatch):
    qtbot.keyClicks(editor, "Kept. ")
    answer(monkeypatch, "Keep for the next start")
    assert program.files.may_close()
    assert b"Kept. " in Recovery(folders.data / "recovery").copies()[0].content


def test_go_on_writing_keeps_the_window(program, editor, qtbot, monkeypatch):
    qtbot.keyClicks(editor, "x")
    answer(monkeypatch, "Go on writing")
    assert not program.files.may_close()


def test_save_at_the_end_saves_and_closes(program, session, editor, qtbot, monkeypatch):
    qtbot.keyClicks(editor, "Last. ")
    answer(monkeypatch, "Save")
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert "Last. " in session.path.read_text()


def test_save_at_the_end_asks_for_the_title_that_is_missing(program, qtbot, monkeypatch):
    program.desk.new()
    qtbot.keyClicks(program.window.editor.editor, "No title")
    answer(monkeypatch, "Save")
    assert not program.files.may_close()
    assert "needs a title" in program.notices.text


def test_a_later_save_does_not_close_the_window(program, session, qtbot, monkeypatch):
    made = program.desk.new()
    qtbot.keyClicks(program.window.editor.editor, "No title")
    answer(monkeypatch, "Save")
    program.files.may_close()
    retitle(made, "Titled")
    save(qtbot, made)
    assert program.window.isVisible()


def test_what_was_undone_is_not_offered_at_the_next_start(program, session, editor, qtbot, folders):
    with qtbot.waitSignal(session.kept, timeout=2000):
        qtbot.keyClicks(editor, "x")
    editor.undo()
    program.window.close()
    assert not Recovery(folders.data / "recovery").copies()


def test_an_export_that_could_not_be_saved_first_is_not_taken_up_later(program, qtbot):
    program.actions["new"].trigger()
    program.actions["export"].trigger()
    session = program.desk.current
    retitle(session, "Later")
    save(qtbot, session)
    assert not program.window.findChildren(ExportDialog)


# names


def test_a_name_that_is_taken_is_refused(program, session, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: ("moon-2009", True))
    program.actions["rename"].trigger()
    assert session.path.is_file()
    assert "is there already" in program.notices.text


# the first view


def test_the_first_view_has_four_ways_in(start):
    view = start(None).window.findChild(Welcome)
    assert [way.accessibleName() for way in view.ways] == [
        "Write the first review",
        "Look around in the sample library",
        "Open a folder",
        "Open one Markdown file",
    ]


def test_the_first_review_goes_where_the_view_says(start, home):
    program = start(None)
    program.window.findChild(Welcome).chosen.emit("new")
    assert program.desk.library == home / "Reviews"
    assert program.desk.current.path is None


def test_the_sample_is_a_copy_of_the_writers_own(start, folders):
    program = start(None)
    program.window.findChild(Welcome).chosen.emit("sample")
    assert program.desk.current.path == folders.data / "sample" / "never-let-me-go-2010" / "review.md"


def test_a_file_that_is_not_there_is_said_and_shows_the_first_view(start, tmp_path):
    program = start(tmp_path / "nothing.md")
    assert program.window.findChild(Welcome) is not None
    assert "no such file" in program.notices.text


def test_the_next_start_opens_what_was_open_last(start, sample):
    first = start(sample)
    first.files.open(sample / "moon-2009" / "review.md")
    first.end()
    assert start(None).desk.current.path == sample / "moon-2009" / "review.md"


def test_two_hundred_reviews_opened_and_closed_leave_nothing(start, tmp_path, qtbot, qapp):
    library = tmp_path / "library"
    for number in range(20):
        folder = library / f"film-{number}"
        folder.mkdir(parents=True)
        (folder / "review.md").write_text(f"---\ntitle: Film {number}\n---\n\nWords {number}.\n")
    program = start(library)
    closed = []
    program.desk.session_closed.connect(lambda session: closed.append(weakref.ref(session)))
    for turn in range(200):
        program.files.open(library / f"film-{turn % 20}" / "review.md")
    qtbot.waitUntil(lambda: not program.tasks.busy)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert len(closed) >= 199
    assert [one for one in closed if one() is not None and isValid(one())] == []
    assert len(program.desk.sessions) == 1
