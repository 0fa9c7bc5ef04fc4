"""Unknown words are underlined, suggested for, added; the word that is being typed is left alone."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QMenu

from tests.ui.test_writing import page, text  # noqa: F401

WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture
def spelt(program, page, qtbot):  # noqa: F811
    def show(words: str):
        editor = page(words)
        qtbot.waitUntil(lambda: editor.speller is not None, timeout=5000)
        qtbot.waitUntil(lambda: not editor._slices.isActive())
        return editor

    return show


def underlined(editor, line: int = 0) -> list[str]:
    block = editor.document().findBlockByNumber(line)
    ranges = [r for r in block.layout().formats() if r.format.underlineStyle() == WAVE]
    return [block.text()[r.start : r.start + r.length] for r in ranges]


def test_an_unknown_word_is_underlined(spelt):
    assert underlined(spelt("A flim here")) == ["flim"]


def test_behind_an_emoji_it_is_underlined_in_its_place(spelt):
    block = spelt("😀 A flim").document().firstBlock()
    assert [(r.start, r.length) for r in block.layout().formats() if r.format.underlineStyle() == WAVE] == [(5, 4)]


def test_the_cast_is_known(spelt):
    assert underlined(spelt("Knightley, Ishiguro and Mulligan")) == []


def test_a_word_is_left_alone_while_it_is_typed(spelt, qtbot):
    editor = spelt("A ")
    qtbot.keyClicks(editor, "flim")
    assert underlined(editor) == []
    qtbot.keyClicks(editor, " ")
    assert underlined(editor) == ["flim"]


def test_leaving_the_word_by_an_arrow_underlines_it(spelt, qtbot):
    editor = spelt("one\n")
    editor.go_to(2)
    qtbot.keyClicks(editor, "flim")
    assert underlined(editor, 1) == []
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert underlined(editor, 1) == ["flim"]


def test_a_suggestion_by_keyboard_replaces_the_word(program, spelt, qtbot):
    editor = spelt("A flim")
    editor.select_range(4, 4)
    program.actions["spelling"].trigger()
    menu = editor.findChildren(QMenu)[-1]
    action = next(a for a in menu.actions() if a.text() == "film")
    action.trigger()
    assert text(editor) == "A film"
    menu.close()


def test_an_added_word_is_known_and_kept(program, spelt, folders):
    editor = spelt("A flim")
    program.spelling.add("flim")
    assert underlined(editor) == []
    assert (folders.data / "dictionaries" / "words.txt").read_text() == "flim\n"


def test_the_next_unknown_word_is_chosen(program, spelt):
    editor = spelt("A flim\n\nand teh end")
    program.actions["next-unknown"].trigger()
    program.actions["next-unknown"].trigger()
    assert editor.textCursor().selectedText() == "teh"


def test_a_language_without_a_dictionary_underlines_nothing(program, spelt, session, qtbot):
    editor = spelt("A flim")
    session.change("Language", dataclasses.replace(session.review, language="tlh"))
    qtbot.waitUntil(lambda: editor.speller is None)
    assert underlined(editor) == []


def test_spelling_can_be_switched_off(program, spelt, qtbot):
    editor = spelt("A flim")
    program.preferences.spelling = False
    program.looks._settings_changed(program.desk.settings)
    qtbot.waitUntil(lambda: editor.speller is None)
    assert underlined(editor) == []


def test_a_word_that_was_added_is_no_finding_any_more(program, spelt, session, qtbot):
    spelt("A flim")
    session.change("Status", dataclasses.replace(session.review, status="ready"))

    def is_found():
        return any(finding.code == "spelling-open" for finding in program.window.check.findings)

    qtbot.waitUntil(is_found)
    program.spelling.add("flim")
    qtbot.waitUntil(lambda: not is_found())
