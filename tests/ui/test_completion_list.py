"""The list of completions: opened by typing, taken by Tab, never in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from tests.ui.test_writing import page, text  # noqa: F401


@pytest.fixture
def typing(page, qtbot):  # noqa: F811
    def run(words: str, before: str = ""):
        editor = page(before)
        editor.moveCursor(QTextCursor.MoveOperation.End)
        qtbot.keyClicks(editor, words)
        return editor

    return run


def test_tab_takes_a_name_of_the_cast(typing, qtbot):
    editor = typing("With Mulli")
    assert editor.completion.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "With Carey Mulligan"
    assert not editor.completion.isVisible()


def test_brackets_list_the_films_of_the_library(typing, qtbot):
    editor = typing("[[Moo")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "!")
    assert text(editor) == "[[Moon (2009)]]!"


def test_enter_is_a_line_end_unless_one_was_chosen(typing, qtbot):
    editor = typing("With Mulli")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == "With Mulli\n"


def test_an_arrow_chooses_and_enter_takes(typing, qtbot):
    editor = typing("[[")
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor).endswith(")]]")
    assert "\n" not in text(editor)


def test_escape_ends_it(typing, qtbot):
    editor = typing("With Mulli")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert "Mulligan" not in text(editor)


def test_a_role_is_said_with_its_actor(typing, qtbot):
    editor = typing("Tommy (")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor).startswith("Tommy (played by Andrew Garfield")
    assert text(editor).endswith(")")
    assert text(editor).count(")") == 1


def test_behind_an_emoji_the_right_signs_go(typing, qtbot):
    editor = typing("Mulli", "😀 ")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "😀 Carey Mulligan"


def test_code_gets_no_completions(typing):
    assert not typing("Mulli", "```\n").completion.isVisible()


def test_taking_one_is_one_undo(typing, qtbot):
    editor = typing("With Mulli")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    editor.undo()
    assert text(editor) == "With Mulli"
