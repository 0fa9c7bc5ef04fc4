"""Older versions in the window: kept by saving, compared, brought back whole or in part, and found by words."""

import shutil

import pytest
from PySide6.QtCore import Qt

from reviewer.library.history import SAVED
from reviewer.ui.text import replace_all


def save(qtbot, session):
    with qtbot.waitSignal(session.saved):
        session.save()


@pytest.fixture
def versions(program, session, qtbot):
    """The review saved twice with other words, and its versions shown."""
    path, before = session.path, session.text
    for text in (before.replace("film", "movie"), before.replace("film", "raft")):
        replace_all(session.document, text)
        save(qtbot, session)
    program.actions["versions"].trigger()
    dialog = program.history.dialog
    qtbot.waitUntil(lambda: bool(dialog.list.count() and dialog.comparison.found))
    assert path == session.path
    return dialog


def choose(qtbot, dialog, number):
    dialog.list.setCurrentRow(number)
    row = dialog.row
    head = f"{row.title}, {row.about[:1].lower()}{row.about[1:]}"
    qtbot.waitUntil(lambda: dialog.older_head.text() == head)


def test_saving_keeps_what_was_there(versions):
    about = [versions.list.item(n).text() for n in range(versions.list.count())]
    assert about[-1].endswith("As it was before the first save here")
    assert len(about) == 1


def test_the_words_that_differ_are_counted_and_walked(versions, qtbot):
    choose(qtbot, versions, versions.list.count() - 1)
    count = len(versions.comparison.found)
    assert count > 0
    assert f"{versions.comparison.only_then} words stood only then" in versions.summary.text()
    qtbot.mouseClick(versions.next, Qt.MouseButton.LeftButton)
    assert versions.older.textCursor().selectedText() == "film"
    assert versions.newer.textCursor().selectedText() == "raft"


def test_all_comes_back_and_is_one_undo_away(versions, session, editor, qtbot):
    choose(qtbot, versions, versions.list.count() - 1)
    now = session.text
    qtbot.mouseClick(versions.all_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "film" in session.text)
    assert session.dirty
    editor.undo()
    assert session.text == now


def test_one_passage_comes_back_alone(versions, session, qtbot):
    choose(qtbot, versions, versions.list.count() - 1)
    before = session.text.count("raft")
    qtbot.mouseClick(versions.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(versions.passage, Qt.MouseButton.LeftButton)
    assert (session.text.count("raft"), session.text.count("film")) == (before - 1, 1)


def test_the_text_can_come_back_without_the_fields(program, session, qtbot):
    title = session.review.title
    import dataclasses

    replace_all(session.document, "Other words.")
    session.change("Title", dataclasses.replace(session.review, title="Another title"))
    save(qtbot, session)
    program.actions["versions"].trigger()
    dialog = program.history.dialog
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    choose(qtbot, dialog, dialog.list.count() - 1)
    assert f"title: {title} then, Another title now" in dialog.summary.text()
    qtbot.mouseClick(dialog.text_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.text != "Other words.")
    assert session.review.title == "Another title"


def test_versions_are_found_by_words(versions, qtbot):
    versions.search.setText("film kathy")
    qtbot.waitUntil(lambda: versions.list.count() == 1 and "film" in versions.list.item(0).text())


def test_words_that_no_version_has_are_said(versions, qtbot):
    versions.search.setText("zeppelin")
    qtbot.waitUntil(lambda: versions.list.count() == 0)
    assert versions.summary.text() == "No version holds these words."


def test_what_was_typed_is_kept_before_an_older_version_comes_back(versions, session, program, qtbot):
    replace_all(session.document, "Typed and not saved.")
    choose(qtbot, versions, 0)
    qtbot.mouseClick(versions.all_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    kept = [program.desk.history.read(one) for one in program.desk.history.versions(session.path)]
    assert any(b"Typed and not saved." in one for one in kept)


def test_a_version_beside_the_review_is_told_and_compared(start, sample, qtbot):
    review = sample / "never-let-me-go-2010" / "review.md"
    other = review.with_name("review.sync-conflict-20261126-103405-ABCDEFG.md")
    other.write_text(review.read_text().replace("film", "ferry"))
    program = start(sample)
    program.files.open(review)
    bar = program.window.editor.bar
    qtbot.waitUntil(lambda: not bar.isHidden())
    assert "sync-conflict" in bar.text
    assert "Syncthing" in bar.text
    program.history.show()
    dialog = program.history.dialog
    qtbot.waitUntil(lambda: dialog.list.count() >= 1 and bool(dialog.comparison.found))
    assert "ferry" in dialog.older.toPlainText()
    assert other.exists()


def test_a_version_that_says_the_same_is_not_told(start, sample, qtbot):
    review = sample / "never-let-me-go-2010" / "review.md"
    shutil.copy(review, review.with_name("review (1).md"))
    program = start(sample)
    program.files.open(review)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    assert program.window.editor.bar.isHidden()


def test_another_programs_version_that_is_taken_leaves_the_former_among_the_versions(program, session, qtbot):
    former = session.path.read_bytes()
    session.path.write_text("---\ntitle: Theirs\n---\n\nTheir words.\n")
    qtbot.waitUntil(lambda: session.review.title == "Theirs", timeout=10_000)
    qtbot.waitUntil(lambda: bool(program.desk.history.versions(session.path)))
    assert program.desk.history.read(program.desk.history.versions(session.path)[0]) == former
    assert program.desk.history.versions(session.path)[0].why != SAVED


def test_a_damaged_version_says_so(versions, program, session, qtbot):
    oldest = program.desk.history.versions(session.path)[-1]
    oldest.place.write_bytes(b"damaged")
    versions.list.setCurrentRow(-1)
    versions.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: "damaged" in versions.summary.text())
    assert not versions.all_back.isEnabled()


def test_a_save_that_cannot_keep_a_version_says_so(program, session, qtbot):
    program.desk.history.folder.parent.mkdir(parents=True, exist_ok=True)
    program.desk.history.folder.write_text("in the way")
    replace_all(session.document, "Saved all the same.")
    save(qtbot, session)
    assert "older versions cannot be kept" in program.notices.text
    assert "Saved all the same." in session.path.read_text()
