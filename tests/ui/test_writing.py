"""The writing surface: commands, lists, find, pictures."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from reviewer.ui.text import plain


@pytest.fixture
def page(program, editor):
    """An empty text in front: ``page("text", select=(0, 3))``."""

    def fill(text: str, select: tuple[int, int] | None = None):
        editor.setPlainText(text)
        cursor = editor.textCursor()
        start, end = select or (len(text), len(text))
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        return editor

    return fill


def text(editor) -> str:
    return plain(editor.document())


@pytest.mark.parametrize(
    ("action", "before", "select", "after"),
    [
        ("bold", "a word", (2, 6), "a **word**"),
        ("bold", "a **word**", (4, 8), "a word"),
        ("italic", "a word", (2, 6), "a *word*"),
        ("italic", "a **word**", (4, 8), "a ***word***"),
        ("code", "a word", (2, 6), "a `word`"),
        ("heading", "Title", (0, 0), "## Title"),
        ("heading", "## Title", (3, 3), "### Title"),
        ("heading", "### Title", (4, 4), "Title"),
        ("quote", "a\nb", (0, 3), "> a\n> b"),
        ("quote", "> a\n> b", (0, 7), "a\nb"),
        ("list", "a\nb", (0, 3), "- a\n- b"),
        ("numbered-list", "a\nb", (0, 3), "1. a\n2. b"),
        ("spoiler", "a", (0, 1), ">! a"),
        ("footnote", "a.", (1, 1), "a[^1].\n\n[^1]: "),
        ("mention", "Gattaca (1997)", (0, 14), "[[Gattaca (1997)]]"),
    ],
)
def test_a_command_does_what_it_says(program, page, action, before, select, after):
    editor = page(before, select)
    program.actions[action].trigger()
    assert text(editor) == after


@pytest.mark.parametrize("action", ["bold", "heading", "quote", "list", "footnote"])
def test_a_command_is_one_undo(program, page, action):
    editor = page("a\nb", (0, 3))
    editor.document().clearUndoRedoStacks()
    program.actions[action].trigger()
    editor.undo()
    assert text(editor) == "a\nb"


@pytest.mark.parametrize(
    ("line", "after"),
    [("- a", "- a\n- "), ("* a", "* a\n* "), ("1. a", "1. a\n2. "), ("9) a", "9) a\n10) "), ("> a", "> a\n> "), ("  - a", "  - a\n  - "),
     ("- [x] a", "- [x] a\n- [ ] "), ("a", "a\n"), ("- ", "")],
)  # fmt: skip
def test_enter_goes_on_with_a_list_and_ends_it(page, qtbot, line, after):
    editor = page(line)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == after


def test_tab_indents_a_list_item_and_back(page, qtbot):
    editor = page("- a")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "    - a"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert text(editor) == "- a"


def test_replacing_all_is_one_undo(program, page):
    editor = page("one 😀 two one")
    bar = program.window.editor.find_bar
    bar.open_bar(True)
    bar.words.setText("one")
    bar.by.setText("1")
    bar.replace_all()
    assert text(editor) == "1 😀 two 1"
    editor.undo()
    assert text(editor) == "one 😀 two one"


def test_find_goes_round(program, page):
    editor = page("one two one", (11, 11))
    bar = program.window.editor.find_bar
    bar.words.setText("one")
    bar.go(1)
    assert editor.textCursor().selectionStart() == 0


def test_a_wrong_expression_is_said(program, page):
    page("text")
    bar = program.window.editor.find_bar
    bar.regex.setChecked(True)
    bar.words.setText("(")
    bar.go(1)
    assert bar.count.text()


def test_an_input_method_types(page):
    editor = page("")
    event = QInputMethodEvent("ni", [])
    event.setCommitString("你")
    QApplication.sendEvent(editor, event)
    assert text(editor) == "你"


def test_a_pasted_picture_becomes_a_still(program, session, editor, qtbot):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = QMimeData()
    data.setImageData(image)
    editor.setFocus()
    editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: len(session.review.stills) == 5, timeout=5000)
    assert (session.folder / session.review.stills[-1].file).is_file()


def test_text_that_is_pasted_without_meaning_in_its_looks_stays_plain(page):
    editor = page("")
    data = QMimeData()
    data.setHtml("<span style='color: red'>a * b</span>")
    data.setText("a * b")
    editor.insertFromMimeData(data)
    assert text(editor) == "a * b"


def test_zoom_changes_the_size_of_the_type(program, editor):
    before = editor.font().pointSizeF()
    program.actions["zoom-in"].trigger()
    assert editor.font().pointSizeF() > before


def test_undo_in_the_text_leaves_the_fields_alone(program, session, editor, qtbot):
    program.window.review.title.typed.emit("Other")
    qtbot.keyClicks(editor, "x")
    editor.setFocus()
    program.actions["undo"].trigger()
    assert session.review.title == "Other"
    program.actions["undo-field"].trigger()
    assert session.review.title == "Never Let Me Go"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see it", "- [ ] see it"),
        ("- see it", "- [ ] see it"),
        ("1. see it", "1. [ ] see it"),
        ("- [ ] see it", "- [x] see it"),
        ("- [x] see it", "- [ ] see it"),
        ("    - [ ] see it", "    - [x] see it"),
        ("", "- [ ] "),
    ],
)
def test_lines_become_tasks_and_are_ticked(program, page, before, after):
    editor = page(before)
    program.actions["task"].trigger()
    assert text(editor) == after
    editor.undo()
    assert text(editor) == before
