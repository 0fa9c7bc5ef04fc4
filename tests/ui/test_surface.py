"""The writing surface at its edges: scripts, signs, keys, long texts; and the window around it."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication

from reviewer.review.findings import Finding, Severity
from reviewer.ui import preferences
from reviewer.ui.actions import MENUS, TABLE
from reviewer.ui.dialogs.palette import Palette, score
from reviewer.ui.dialogs.settings import SettingsDialog
from tests.ui.test_session import save
from tests.ui.test_writing import page, text  # noqa: F401


@pytest.mark.parametrize(
    "sign", ["\xa0", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\ufeff", "\ufffc", "\ufdd0", "\ufdd1"]
)
def test_no_sign_is_changed_by_opening_and_saving(start, tmp_path, qtbot, sign):
    path = tmp_path / "a.md"
    path.write_bytes(f"one{sign}two\n".encode())
    program = start(path)
    program.window.editor.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(program.window.editor.editor, "x")
    save(qtbot, program.desk.current)
    assert path.read_bytes() == f"one{sign}two\nx".encode()


def test_text_from_right_to_left_is_typed_and_laid_out_so(page):  # noqa: F811
    editor = page("")
    event = QInputMethodEvent("", [])
    event.setCommitString("שלום")
    QApplication.sendEvent(editor, event)
    assert text(editor) == "שלום"
    assert editor.document().firstBlock().textDirection() == Qt.LayoutDirection.RightToLeft


def test_what_an_input_method_still_composes_is_not_yet_text(page, session):  # noqa: F811
    editor = page("a")
    QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
    assert session.text == "a"


def test_shift_enter_puts_no_sign_that_markdown_does_not_know(page, qtbot):  # noqa: F811
    editor = page("a")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "\u2028" not in text(editor)


def test_a_link_around_an_emoji_has_the_caret_in_its_place(program, page, qtbot):  # noqa: F811
    editor = page("😀", (0, 2))
    program.actions["link"].trigger()
    qtbot.keyClicks(editor, "x")
    assert text(editor) == "[😀](x)"


def test_bold_leaves_blanks_outside(program, page):  # noqa: F811
    editor = page("a word b", (2, 7))
    program.actions["bold"].trigger()
    assert text(editor) == "a **word** b"


def test_a_tab_makes_no_code_of_a_paragraph(page, qtbot):  # noqa: F811
    editor = page("word", (0, 0))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert not text(editor).startswith("    ")


def test_a_copied_address_is_taken_for_a_link(program, page):  # noqa: F811
    editor = page("here", (0, 4))
    QApplication.clipboard().setText("https://example.org/a")
    program.actions["link"].trigger()
    assert text(editor) == "[here](https://example.org/a)"


# find


def test_an_expression_that_looks_around_replaces(program, page):  # noqa: F811
    editor = page("ab cb")
    bar = program.window.editor.find_bar
    bar.regex.setChecked(True)
    bar.words.setText("(?<=a)b")
    bar.by.setText("X")
    bar.replace_all()
    assert text(editor) == "aX cb"


def test_a_group_stands_in_the_replacement(program, page):  # noqa: F811
    editor = page("1997 2009")
    bar = program.window.editor.find_bar
    bar.regex.setChecked(True)
    bar.words.setText(r"(\d\d)(\d\d)")
    bar.by.setText(r"\2-\1")
    bar.replace_all()
    assert text(editor) == "97-19 09-20"


@pytest.mark.parametrize(("option", "count"), [("case", 1), ("whole", 2), ("", 3)])
def test_capitals_and_whole_words_can_matter(program, page, option, count):  # noqa: F811
    page("Moon moonlight moon")
    bar = program.window.editor.find_bar
    if option:
        getattr(bar, option).setChecked(True)
    bar.words.setText("Moon")
    bar._search()
    assert bar.count.text() == f"{count} found"


def test_a_common_word_is_found_at_once_in_a_long_text_with_an_emoji(program, page):  # noqa: F811
    """14,000 words; in one step of the window's loop, so nothing else may happen meanwhile."""
    page("😀 " + "the quick brown fox jumps over the lazy dog and the end of it\n\n" * 1000)
    bar = program.window.editor.find_bar
    bar.words.setText("the")
    began = time.perf_counter()
    bar._search()
    assert time.perf_counter() - began < 0.5


# keys, palette, foot


def heard(program) -> list[str]:
    """What the actions would do, only remembered."""
    called: list[str] = []
    for name in TABLE:
        action = program.actions[name]
        if not action.isCheckable():
            action.triggered.disconnect()
        action.triggered.connect(lambda _=False, name=name: called.append(name))
    return called


@pytest.mark.parametrize("where", ["editor", "title"])
def test_each_key_does_its_action_while_the_writer_types(program, qtbot, where):
    widget = {"editor": program.window.editor.editor, "title": program.window.review.title}[where]
    called = heard(program)
    own = {"undo", "redo"}  # the widget's own undo and redo: told by their own tests
    for spec in TABLE.values():
        for key in spec.keys if spec.name not in own else ():
            widget.setFocus()
            qtbot.keyClick(widget, QKeySequence(key)[0].key(), QKeySequence(key)[0].keyboardModifiers())
            assert called[-1:] == [spec.name], key


def test_the_table_is_whole():
    assert {spec.group for spec in TABLE.values()} == set(MENUS)
    assert len({spec.text for spec in TABLE.values()}) == len(TABLE)


@pytest.mark.parametrize("group", ["Actions", "Findings", "Reviews"])
def test_the_palette_holds(program, qtbot, group):
    qtbot.waitUntil(lambda: bool(program.window.check.findings), timeout=3000)
    assert group in {choice.group for choice in program.views._choices()}


def test_the_palette_closes_on_escape_and_runs_nothing(program, session, qtbot):
    program.actions["palette"].trigger()
    palette = program.window.findChild(Palette)
    qtbot.keyClicks(palette.field, "moon")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert program.desk.current is session
    assert not palette.isVisible()


@pytest.mark.parametrize(
    ("words", "better", "worse"), [("save", "Save", "Go back to the saved version"), ("it", "Italic", "Quit")]
)
def test_the_palette_orders_by_fit(words, better, worse):
    assert score(words, better) < score(words, worse)


def test_a_finding_about_the_text_goes_to_its_line(program, session, editor):
    program.views.go_to_finding(Finding("x", Severity.WARNS, "Here", line=session.text_line + 4, place="text"))
    assert editor.line == 5


def test_the_words_are_counted_without_a_preview(program, editor, qtbot):
    program.actions["show-preview"].setChecked(False)
    before = program.window.words.text()
    qtbot.keyClicks(editor, "one two three ")
    qtbot.waitUntil(lambda: program.window.words.text() != before, timeout=2000)


def test_what_went_wrong_stays_until_it_is_read(program):
    program.notices.warn("Not saved. The disk is full.")
    program.notices.say("Zoomed.")
    assert program.notices.text == "Not saved. The disk is full."


# settings


def test_settings_are_there_after_the_end(start, sample, folders):
    program = start(sample)
    program.preferences.editor_size = 21.0
    program.actions["show-library"].setChecked(False)
    program.end()
    kept = preferences.load(folders)
    assert (kept.editor_size, kept.show_library, kept.library) == (21.0, False, str(sample))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"editor_size": "big", "columns": 7, "theme": null}'])
def test_damaged_settings_are_the_defaults(folders, content):
    folders.config.mkdir(parents=True, exist_ok=True)
    (folders.config / "settings.json").write_text(content)
    assert preferences.load(folders) == preferences.Preferences()


def test_the_settings_are_searched(program, qtbot):
    dialog = SettingsDialog(program.theme, program.preferences, program.desk.settings, lambda _: None, program.window)
    qtbot.addWidget(dialog)
    dialog.search.setText("typeface")
    assert [name.text() for _, name, _ in dialog._rows if not name.isHidden()] == ["Typeface"]


def test_dark_and_back_keeps_the_type_of_the_text(program, editor):
    before = editor.font()
    program.actions["theme"].trigger()
    program.actions["theme"].trigger()
    assert editor.font() == before


def search(program, words: str, regex: bool = True):
    bar = program.window.editor.find_bar
    bar.open_bar(True)
    bar.regex.setChecked(regex)
    bar.words.setText(words)
    bar._search()
    return bar


def test_a_bad_pattern_says_why_and_where(program, page):  # noqa: F811
    page("a(b")
    assert "at 3" in search(program, "a(").count.text()


def test_a_pattern_that_runs_away_is_ended(program, page):  # noqa: F811
    page("a" * 5000 + "b")
    began = time.thread_time()
    bar = search(program, "(a+)+$")
    assert bar.count.text() in ("Takes too long", "0 found")
    assert time.thread_time() - began < 2


def test_only_the_selection_is_replaced(program, page):  # noqa: F811
    editor = page("one two\none two\none", (8, 15))
    bar = program.window.editor.find_bar
    bar.open_bar(True)
    bar.inside.setChecked(True)
    bar.words.setText("one")
    bar.by.setText("1")
    bar.replace_all()
    assert text(editor) == "one two\n1 two\none"


def test_lines_that_were_selected_are_searched_alone(program, page):  # noqa: F811
    page("one\none\none", (0, 7))
    assert search(program, "one", regex=False).count.text() == "2 found"


def test_the_replacement_is_shown_before_it_is_done(program, page):  # noqa: F811
    page("1997")
    bar = search(program, r"(\d\d)(\d\d)")
    bar.by.setText(r"\2-\1")
    assert bar.shown.text() == "1997 → 97-19"


def test_matches_are_marked_on_the_scroll_bar_until_the_bar_is_closed(program, page):  # noqa: F811
    editor = page("x\n" + "line\n" * 98 + "x")
    bar = search(program, "x", regex=False)
    assert editor.verticalScrollBar().marks == {0, 998} or len(editor.verticalScrollBar().marks) == 2
    bar.close_bar()
    assert not editor.verticalScrollBar().marks


def test_without_a_selection_the_search_says_so_and_stays_as_it_was(program, page):  # noqa: F811
    page("one one")
    bar = search(program, "one", regex=False)
    bar.inside.click()
    assert bar.count.text() == "Select first"
    assert not bar.inside.isChecked()


def test_a_warning_about_something_else_outlives_a_save(program, editor, qtbot):
    program.notices.warn("The dictionary could not be read.")
    qtbot.keyClicks(editor, "x")
    save(qtbot, program.desk.current)
    assert program.notices.text == "The dictionary could not be read."
