"""The films around a review: seen as a graph, gone through by keys, linked."""

import pytest
from PySide6.QtCore import Qt

TEXT = "As in Moon (2009), and Stalker (1979).\n"


@pytest.fixture
def text(program, session, editor, qtbot):
    """The review in front names two films, of one of which the library has a review; another review names it back."""
    mood = program.desk.library / "in-the-mood-for-love-2000" / "review.md"
    mood.write_text(mood.read_text() + "\nIt recalls Never Let Me Go (2010).\n")
    qtbot.waitUntil(lambda: ("Never Let Me Go", 2010) in program.desk.entries[mood].mentions)
    editor.setPlainText(TEXT)
    return mood


@pytest.fixture
def dialog(program, text, qtbot):
    program.actions["around"].trigger()
    made = program.mentions.dialog
    qtbot.waitUntil(lambda: bool(made.graph.columns[1]))
    return made


def nodes(dialog, column):
    return [(node.words, node.firm) for node in dialog.graph.columns[column]]


def test_who_names_the_film_stands_left_and_what_is_named_right(dialog):
    assert nodes(dialog, 0) == [("Moon", True), ("In the Mood for Love", False)]
    assert nodes(dialog, 1) == [("Never Let Me Go (2010)", True)]
    assert nodes(dialog, 2) == [("Moon (2009)", False), ("Stalker (1979)", False)]
    assert any(
        "It recalls Never Let Me Go (2010)." in dialog.places.item(row).text() for row in range(dialog.places.count())
    )


def test_arrows_go_from_film_to_film_and_speak_them(dialog, qtbot):
    qtbot.keyClick(dialog.graph, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.graph, Qt.Key.Key_Down)
    assert dialog.graph.accessibleDescription() == "Stalker (1979), no review yet, is named here, not linked. 2 of 2"
    qtbot.keyClick(dialog.graph, Qt.Key.Key_Left)
    qtbot.keyClick(dialog.graph, Qt.Key.Key_Left)
    assert dialog.graph.node.words == "Moon"


def test_enter_opens_the_review_at_its_line(dialog, program, text, qtbot, editor):
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(dialog.graph, key)
    assert program.desk.current.path == text
    assert "It recalls Never Let Me Go" in editor.textCursor().block().text()


def test_a_film_without_a_review_begins_one(dialog, program, qtbot):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(dialog.graph, key)
    review = program.desk.current.review
    assert (review.title, review.film.year) == ("Stalker", 1979)


def test_first_mentions_are_linked_in_one_step_of_undo(dialog, program, session, editor, qtbot):
    dialog.link.click()
    assert session.text == "As in [[Moon (2009)]], and Stalker (1979).\n"
    qtbot.waitUntil(lambda: not dialog.link.isEnabled())
    editor.undo()
    assert session.text == TEXT


def test_first_mentions_are_linked_in_all_reviews_with_a_plan(program, text, session, qtbot):
    session.revert()
    program.actions["link-all-mentions"].trigger()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    program.plans.dialog.accept_button.click()
    qtbot.waitUntil(lambda: "It recalls [[Never Let Me Go (2010)]]." in text.read_text())
