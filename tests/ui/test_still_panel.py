"""The Stills tab: what is dropped, what the record says, what undo brings back."""

import dataclasses

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage

from reviewer.review.values import Permission


def drop(panel, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.dropEvent(event)


@pytest.fixture
def panel(program):
    program.window.inspector.show_tab("Stills")
    program.window.stills.choose("stills/boat.jpg")
    return program.window.stills


def test_files_that_are_dropped_are_taken_in(panel, session, picture, qtbot):
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(picture(name, colour))) for name, colour in (("a.png", "red"), ("b.png", "blue"))]
    )
    drop(panel, data)
    qtbot.waitUntil(lambda: len(session.review.stills) == 6)
    assert panel.current.file == "stills/b.png"


def test_a_picture_dropped_from_a_browser_is_taken_in(panel, session, qtbot):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = QMimeData()
    data.setImageData(image)
    drop(panel, data)
    qtbot.waitUntil(lambda: len(session.review.stills) == 5)


def test_the_same_picture_twice_is_one_still(program, session, picture, qtbot):
    for name in ("a.png", "b.png"):
        program.pictures.add([picture(name, "red")])
        qtbot.waitUntil(lambda: not program.tasks.busy)
    assert len(session.review.stills) == 5


def test_a_review_without_a_folder_asks_to_be_saved_first(program, picture):
    program.desk.new()
    program.pictures.add([picture("a.png")])
    assert "Save the review first" in program.notices.text


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission(), "Unknown"),
        (Permission(basis="own"), "My own picture"),
        (Permission(basis="permission", state="asked"), "Asked"),
        (Permission(basis="permission", state="refused"), "Refused"),
        (Permission(basis="licence"), "are not written down"),
    ],
    ids=["unknown", "own", "asked", "refused", "licence"],
)
def test_the_verdict_stands_in_words(panel, session, permission, words):
    still = dataclasses.replace(panel.current, permission=permission)
    session.change("Permission", session.review.with_still(still))
    assert words in panel.record.verdict.text()


def test_an_unknown_still_asks_one_question_with_six_answers(panel):
    assert panel.record.question.isVisibleTo(panel)
    assert [b.accessibleDescription() != "" for b in panel.record.bases.values()] == [True] * 6


def test_an_answer_is_undoable(panel, session):
    before = session.review
    panel.record.bases["licence"].click()
    session.undo_field()
    assert session.review == before
    assert panel.record.question.isVisibleTo(panel)


def test_enter_in_the_alt_text_keeps_the_caret(panel, session, qtbot):
    alt = panel.record._lines["alt"]
    alt.setFocus()
    alt.selectAll()
    qtbot.keyClicks(alt, "One")
    qtbot.keyClick(alt, Qt.Key.Key_Return)
    qtbot.keyClicks(alt, "two")
    assert session.review.still("stills/boat.jpg").alt == "One two"


def test_a_date_of_a_permission_counts_once_it_is_one(panel, session, qtbot):
    panel.record.bases["permission"].click()
    line = panel.record._lines["permission.asked"]
    qtbot.keyClicks(line, "2011-09-2")
    assert session.review.still("stills/boat.jpg").permission.asked is None
    qtbot.keyClicks(line, "0")
    assert str(session.review.still("stills/boat.jpg").permission.asked) == "2011-09-20"


def test_bringing_a_still_back_leaves_what_was_typed_since(panel, program, session, editor, qtbot):
    panel.choose("stills/corridor.jpg")
    program.actions["remove-still"].trigger()
    qtbot.keyClicks(editor, "Since. ")
    program.notices.act()
    assert "Since. " in session.text
    assert "corridor" in session.text


def test_undo_in_a_notice_undoes_what_the_notice_names(program, session):
    program.actions["mark-ready"].trigger()
    session.change("Author", dataclasses.replace(session.review, author="Since"))
    program.notices.act()
    assert session.review.author == "Since"


def test_stills_are_put_on_lines_of_their_own(program, session, editor):
    editor.setPlainText("One\nTwo")
    program.pictures.place("stills/boat.jpg")
    assert session.text == "One\n\n![](stills/boat.jpg)\n\nTwo"


def test_a_field_of_several_lines_shows_no_scroll_bar(program, qtbot):
    program.window.inspector.show_tab("Stills")
    program.window.resize(1024, 640)
    field = program.window.stills.record._lines["alt"]
    qtbot.waitUntil(lambda: field.document().documentLayout().documentSize().height() >= 2)
    assert not field.horizontalScrollBar().isVisible()
    assert field.viewport().height() >= 2 * field.fontMetrics().lineSpacing()
