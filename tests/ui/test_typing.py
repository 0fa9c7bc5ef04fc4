"""Keys on the writing surface: quotation marks, pairs, lines, tables, footnotes."""

import dataclasses

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication

from tests.ui.test_writing import page, text  # noqa: F401


def key(qtbot, editor, name, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(editor, getattr(Qt.Key, f"Key_{name}"), modifier)


def test_quotation_marks_come_in_the_reviews_language(page, session, qtbot):  # noqa: F811
    editor = page("")
    session.change("Language", dataclasses.replace(session.review, language="de"))
    qtbot.keyClicks(editor, '"Ja"')
    assert text(editor) == "„Ja“"


def test_backspace_gives_back_the_plain_sign(page, qtbot):  # noqa: F811
    editor = page("a ")
    qtbot.keyClicks(editor, '"')
    key(qtbot, editor, "Backspace")
    assert text(editor) == 'a "'


def test_undo_gives_back_the_plain_text(page, qtbot):  # noqa: F811
    editor = page("a --")
    qtbot.keyClicks(editor, "")
    editor.setPlainText("")
    qtbot.keyClicks(editor, "a--")
    editor.undo()
    assert "–" not in text(editor)


def test_a_quotation_mark_stands_around_the_selection(page, qtbot):  # noqa: F811
    editor = page("See Moon.", (4, 8))
    qtbot.keyClicks(editor, '"')
    assert text(editor) == "See “Moon”."
    assert editor.textCursor().selectedText() == "Moon"


@pytest.mark.parametrize(
    ("sign", "made"), [("(", "See (Moon)."), ("*", "See *Moon*."), ("_", "See _Moon_."), ("`", "See `Moon`.")]
)
def test_a_mark_stands_around_the_selection(page, qtbot, sign, made):  # noqa: F811
    editor = page("See Moon.", (4, 8))
    qtbot.keyClicks(editor, sign)
    assert text(editor) == made


def test_a_bracket_brings_its_other_half_which_is_typed_over(page, qtbot):  # noqa: F811
    editor = page("a ")
    qtbot.keyClicks(editor, "(b)c")
    assert text(editor) == "a (b)c"


def test_backspace_in_an_empty_pair_takes_both(page, qtbot):  # noqa: F811
    editor = page("a ")
    qtbot.keyClicks(editor, "(")
    key(qtbot, editor, "Backspace")
    assert text(editor) == "a "


def test_before_a_word_a_bracket_stays_alone(page, qtbot):  # noqa: F811
    editor = page("word", (0, 0))
    qtbot.keyClicks(editor, "(")
    assert text(editor) == "(word"


@pytest.mark.parametrize(
    ("wish", "keys", "made"),
    [("smart_quotes", '"a"', '"a"'), ("auto_pairs", "(", "("), ("continue_lists", "- a\n", "- a\n")],
)
def test_each_behaviour_can_be_switched_off(program, page, qtbot, wish, keys, made):  # noqa: F811
    editor = page("")
    setattr(program.preferences, wish, False)
    program.looks._apply()
    for sign in keys:
        if sign == "\n":
            key(qtbot, editor, "Return")
        else:
            qtbot.keyClicks(editor, sign)
    assert text(editor) == made


def test_in_fenced_code_signs_stay(page, qtbot):  # noqa: F811
    editor = page("```\n\n```", (4, 4))
    qtbot.keyClicks(editor, '"--')
    assert text(editor) == '```\n"--\n```'


# lines


def test_lines_move_up_and_down_with_their_selection(program, page):  # noqa: F811
    editor = page("one\ntwo 😀\nthree", (4, 7))
    program.actions["line-up"].trigger()
    assert text(editor) == "two 😀\none\nthree"
    assert editor.textCursor().selectedText() == "two"
    for _ in range(3):
        program.actions["line-down"].trigger()
    assert text(editor) == "one\nthree\ntwo 😀"


def test_moving_is_one_undo(program, page):  # noqa: F811
    editor = page("one\ntwo", (0, 0))
    program.actions["line-down"].trigger()
    editor.undo()
    assert text(editor) == "one\ntwo"


def test_lines_are_doubled(program, page):  # noqa: F811
    editor = page("one\ntwo", (1, 1))
    program.actions["line-double"].trigger()
    assert text(editor) == "one\none\ntwo"
    assert editor.line == 2


# tables


def test_tab_walks_a_table_and_lines_it_up(page, qtbot):  # noqa: F811
    editor = page("Film | Year\n--- | ---\nMoon | 2009", (0, 0))
    key(qtbot, editor, "Tab")
    assert text(editor).split("\n")[0] == "| Film | Year |"
    assert editor.textCursor().selectedText() == "Year"
    key(qtbot, editor, "Tab")
    assert editor.textCursor().selectedText() == "Moon"
    key(qtbot, editor, "Tab")
    key(qtbot, editor, "Tab")
    qtbot.keyClicks(editor, "Gattaca")
    key(qtbot, editor, "Backtab", Qt.KeyboardModifier.ShiftModifier)
    assert text(editor).split("\n")[3] == "| Gattaca |      |"
    assert editor.textCursor().selectedText() == "2009"


def test_a_table_is_inserted_with_its_first_cell_chosen(program, page, qtbot):  # noqa: F811
    editor = page("")
    program.actions["table"].trigger()
    qtbot.keyClicks(editor, "Title")
    assert text(editor).startswith("| Title | Year |")


@pytest.mark.parametrize(
    ("act", "line"),
    [("table-column", "| a   |     | b   |"), ("table-no-column", "| b   |"), ("table-right", "|   a | b   |")],
)
def test_a_table_is_changed_at_the_caret(program, page, act, line):  # noqa: F811
    editor = page("a | b\n--|--\n1 | 2", (0, 0))
    program.actions[act].trigger()
    assert text(editor).split("\n")[0] == line


def test_rows_are_added_and_taken_out(program, page):  # noqa: F811
    editor = page("a | b\n--|--\n1 | 2", (0, 0))
    program.actions["table-row"].trigger()
    assert len(text(editor).split("\n")) == 4
    program.actions["table-no-row"].trigger()
    assert text(editor).split("\n")[2:] == ["| 1   | 2   |"]


def test_outside_a_table_nothing_is_changed(program, page):  # noqa: F811
    editor = page("a | b")
    program.actions["table-row"].trigger()
    assert text(editor) == "a | b"
    assert "no table" in program.notices.text


# footnotes


def test_alt_enter_jumps_to_the_note_and_back(program, page, qtbot):  # noqa: F811
    editor = page("😀 a[^1]\n\n[^1]: note", (5, 5))
    program.actions["note-jump"].trigger()
    assert (editor.line, editor.textCursor().positionInBlock()) == (3, 6)
    program.actions["note-jump"].trigger()
    assert (editor.line, editor.textCursor().positionInBlock()) == (1, 8)


def test_numbering_anew_is_one_undo(program, page):  # noqa: F811
    editor = page("a[^2] b[^1]\n\n[^1]: one\n[^2]: two")
    program.actions["note-order"].trigger()
    assert text(editor) == "a[^1] b[^2]\n\n[^1]: two\n[^2]: one"
    editor.undo()
    assert text(editor) == "a[^2] b[^1]\n\n[^1]: one\n[^2]: two"


# paste


def paste(editor, html: str = "", words: str = "words"):
    data = QMimeData()
    data.setText(words)
    if html:
        data.setHtml(html)
    QApplication.clipboard().setMimeData(data)
    editor.paste()


def test_rich_text_is_pasted_as_markdown(page):  # noqa: F811
    editor = page("")
    paste(editor, "<p>A <b>bold</b> word</p>")
    assert text(editor) == "A **bold** word"


def test_plain_paste_leaves_what_was_around_it(program, page):  # noqa: F811
    editor = page("")
    data = QMimeData()
    data.setText("A bold word")
    data.setHtml("<p>A <b>bold</b> word</p>")
    QApplication.clipboard().setMimeData(data)
    program.actions["paste-plain"].trigger()
    assert text(editor) == "A bold word"


def test_a_pasted_address_of_a_film_offers_its_number(program, page, session):  # noqa: F811
    editor = page("")
    paste(editor, words="https://www.imdb.com/title/tt9999999/")
    program.notices.act()
    assert session.review.film.ids.imdb == "tt9999999"
    assert "tt9999999" in text(editor)


# films named in the text


def test_one_key_links_the_film_at_the_caret(program, page):  # noqa: F811
    editor = page("😀 Much like Gattaca (1997) it is", (20, 20))
    program.actions["mention"].trigger()
    assert text(editor) == "😀 Much like [[Gattaca (1997)]] it is"


def test_a_film_with_its_year_is_underlined_softly(page, program):  # noqa: F811
    program.preferences.spelling = False  # its wave would lie over the dots
    program.spelling.refresh()
    block = page("so Gattaca (1997) and [[Moon (2009)]].").document().firstBlock()
    dotted = [
        (r.start, r.length)
        for r in block.layout().formats()
        if r.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    ]
    assert (dotted[0][0], sum(length for _, length in dotted)) == (3, 14)
