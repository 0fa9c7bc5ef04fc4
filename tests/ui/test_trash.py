"""Reviews that leave the lists: the trash and the way back, the archive."""

import dataclasses
import shutil

import pytest
from PySide6.QtCore import QFile
from PySide6.QtWidgets import QMessageBox

from reviewer.library import trash

NEVER = "never-let-me-go-2010"


def answer(monkeypatch, text):
    """Click the button of that text in the next question."""

    def choose(box):
        button = next(button for button in box.buttons() if button.text() == text)
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _: button)

    monkeypatch.setattr(QMessageBox, "exec", choose)


def titles(program):
    return [entry.title for entry in program.window.library.model.shown()]


@pytest.fixture
def discarded(program, session, monkeypatch, qtbot):
    answer(monkeypatch, "Move to the trash")
    program.actions["delete"].trigger()
    qtbot.waitUntil(lambda: "Never Let Me Go" not in titles(program))
    return program


def test_a_review_is_gone_from_list_and_library(discarded, sample):
    assert not (sample / NEVER).exists()
    assert "is in the trash" in discarded.notices.text


def test_after_the_trash_the_editor_holds_no_dead_text(discarded, session, editor):
    assert editor.document() is not session.document


def test_the_review_beside_it_comes_to_the_front(discarded, qtbot):
    qtbot.waitUntil(lambda: discarded.desk.current is not None)
    assert discarded.desk.current.name == "Moon"


def test_the_last_review_leaves_an_empty_window(program, session, qtbot):
    program.trash.discard(list(program.desk.entries))
    qtbot.waitUntil(lambda: not program.desk.entries)
    assert program.desk.current is None
    assert program.window.windowTitle() == "Reviewer"
    assert not program.window.findings.isVisible()


def test_undo_puts_it_back_and_opens_it(discarded, sample, qtbot):
    discarded.notices.act()
    qtbot.waitUntil(
        lambda: discarded.desk.current is not None and discarded.desk.current.path == sample / NEVER / "review.md"
    )
    qtbot.waitUntil(lambda: "Never Let Me Go" in titles(discarded))


def test_unsaved_work_is_kept_in_the_recovery_store(program, session, editor, monkeypatch, qtbot):
    editor.insertPlainText("Not saved. ")
    answer(monkeypatch, "Move to the trash")
    program.actions["delete"].trigger()
    qtbot.waitUntil(lambda: not session.path.exists())
    assert trash.discarded(program.desk.folders, program.desk.library)


def test_keep_throws_nothing_away(program, session, monkeypatch):
    answer(monkeypatch, "Keep")
    program.actions["delete"].trigger()
    assert session.path.is_file()


def test_a_trash_that_fails_changes_nothing(program, session, monkeypatch, qtbot, folders):
    place = folders.of("libraries", program.desk.library)
    place.mkdir(parents=True, exist_ok=True)
    (place / "trash").write_bytes(b"in the way")
    program.trash.discard([session.path])
    qtbot.waitUntil(lambda: "is where it was" in program.notices.text)
    assert program.desk.current is session
    assert session.path.is_file()


def test_a_file_outside_the_library_goes_into_the_systems_trash(program, tmp_path, monkeypatch):
    gone: list[str] = []
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: gone.append(path) or True)
    lone = tmp_path / "lone.md"
    lone.write_text("Words.\n")
    program.files.open(lone)
    program.trash.discard([lone])
    assert gone == [str(lone)]


def test_the_trash_is_shown_and_emptied_after_a_question(discarded, monkeypatch, qtbot):
    discarded.actions["trash"].trigger()
    dialog = discarded.trash.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert dialog.table.item(0, 0).text() == "Never Let Me Go"
    answer(monkeypatch, "Keep")
    dialog.empty.click()
    assert dialog.table.rowCount() == 1
    answer(monkeypatch, "Delete for good")
    dialog.empty.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 0)
    assert trash.discarded(discarded.desk.folders, discarded.desk.library) == []
    dialog.accept()


def test_a_row_of_the_trash_is_put_back(discarded, sample, qtbot):
    discarded.actions["trash"].trigger()
    dialog = discarded.trash.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    dialog.restore.click()
    qtbot.waitUntil(lambda: (sample / NEVER / "review.md").is_file() and dialog.table.rowCount() == 0)
    dialog.accept()


def test_an_empty_trash_says_so(program, qtbot):
    program.actions["trash"].trigger()
    assert program.trash.dialog.said.text() == "The trash is empty."
    assert not program.trash.dialog.restore.isEnabled()
    program.trash.dialog.accept()


# the archive


def test_an_archived_review_leaves_the_list_until_it_is_asked_for(program, session, qtbot):
    program.actions["archive"].trigger()
    assert "Never Let Me Go" not in titles(program)
    program.actions["save"].trigger()
    qtbot.waitUntil(lambda: not session.dirty)
    program.window.library.filter.setText("is:archived")
    qtbot.waitUntil(lambda: titles(program) == ["Never Let Me Go"])


def test_archiving_is_undone(program, session):
    program.actions["archive"].trigger()
    program.notices.act()
    assert session.review.archived is None
    assert "Never Let Me Go" in titles(program)


def test_the_desk_leaves_out_what_is_archived_and_says_how_many(program, sample, qtbot):
    program.actions["reviews-desk"].trigger()
    desk = program.reviews.view
    qtbot.waitUntil(lambda: len(desk.model.rows) == 3)
    desk.archive_wanted.emit([sample / "moon-2009" / "review.md"], True)
    qtbot.waitUntil(lambda: len(desk.model.rows) == 2)
    assert desk.count.text() == "2"
    qtbot.waitUntil(lambda: any(row.query == "is:archived" and row.count == 1 for row in desk.facets.facets.rows))


def test_unsaved_work_is_still_there_after_the_trash(program, session, editor, qtbot):
    editor.insertPlainText("Not saved. ")
    program.trash.discard([session.path])
    qtbot.waitUntil(lambda: not session.path.exists())
    qtbot.waitUntil(lambda: session not in program.desk.sessions)
    assert any(b"Not saved. " in copy.content for copy in program.desk.recovery.copies())


def test_undoing_the_archive_undoes_nothing_else(program, session):
    program.actions["archive"].trigger()
    act = program.notices.act
    session.change("Excerpt", dataclasses.replace(session.review, excerpt="Later"))
    act()
    assert (session.review.archived, session.review.excerpt) == (None, "Later")


def test_a_review_that_another_program_deleted_comes_back(program, session, qtbot):
    path = session.path
    session.change("Author", dataclasses.replace(session.review, author="Nobody"))
    with qtbot.waitSignal(session.saved):
        session.save()
    saved = path.read_bytes()
    program.files.open(path.parent.parent / "moon-2009" / "review.md")
    shutil.rmtree(path.parent)
    program.trash.show()
    dialog = program.trash.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert dialog.table.item(0, 2).text().startswith("Deleted elsewhere")
    dialog.restore.click()
    qtbot.waitUntil(lambda: path.exists() and dialog.table.rowCount() == 0)
    assert path.read_bytes() == saved
