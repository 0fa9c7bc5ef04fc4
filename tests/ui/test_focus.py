"""Outline, focus, typewriter, goal: what helps a writer to stay in the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from reviewer.ui.editor.editor import sentence
from tests.ui.test_writing import page, text  # noqa: F401

HEADED = "Start\n\n# First\n\none\n\n# Second\n\ntwo\n"


@pytest.fixture
def outlined(program, page, qtbot):  # noqa: F811
    editor = page(HEADED)
    qtbot.waitUntil(lambda: program.window.review.headings.count() == 2, timeout=8000)
    return editor


def test_the_outline_leads_to_a_heading(program, outlined):
    headings = program.window.review.headings
    headings.itemActivated.emit(headings.item(1))
    assert outlined.line == 7


def test_alt_and_an_arrow_move_a_section(program, outlined, qtbot):
    headings = program.window.review.headings
    headings.setCurrentRow(1)
    qtbot.keyClick(headings, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: text(outlined) == "Start\n\n# Second\n\ntwo\n\n# First\n\none\n")
    outlined.undo()
    assert text(outlined) == HEADED


def test_a_text_without_headings_has_no_outline(program, page, qtbot):  # noqa: F811
    page("No heading")
    qtbot.waitUntil(program.window.review.outline.isHidden, timeout=8000)


def ink(editor, line: int) -> int:
    """The darkest sign of a line."""
    image = editor.viewport().grab().toImage()
    block = editor.document().findBlockByNumber(line)
    rect = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).toRect()
    return min(QColor(image.pixel(x, y)).lightness() for x in range(0, 200) for y in range(rect.top(), rect.bottom()))


def test_focus_pales_all_but_the_paragraph(program, page):  # noqa: F811
    editor = page("one one one\n\ntwo two two", (0, 0))
    dark = ink(editor, 2)
    program.actions["focus"].trigger()
    assert ink(editor, 0) < dark + 30
    assert ink(editor, 2) > dark + 60
    editor.go_to(3)
    assert ink(editor, 2) < dark + 30


@pytest.mark.parametrize(("place", "found"), [(0, "One. "), (5, "Two “here.” "), (18, "three"), (40, "three")])
def test_a_sentence_is_found(place, found):
    words = "One. Two “here.” Three? three".replace("Three? three", "Three")
    start, end = sentence(words, min(place, len(words)))
    assert words[start:end].casefold() == found.casefold()


def test_typewriter_keeps_the_line_in_the_middle(program, page, qtbot):  # noqa: F811
    editor = page("line\n" * 60)
    program.actions["typewriter"].trigger()
    qtbot.keyClicks(editor, "x")
    middle = editor.viewport().height() / 2
    assert abs(editor.cursorRect().center().y() - middle) < 40


def test_the_foot_shows_how_far_the_goal_is(program, page, qtbot):  # noqa: F811
    program.preferences.word_goal = 10
    editor = page("")
    qtbot.keyClicks(editor, "one two three ")
    qtbot.waitUntil(lambda: program.window.words.text().startswith("3 of 10 words"), timeout=5000)
    assert program.window.progress.value() == 3
