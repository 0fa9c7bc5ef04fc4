"""The type of the text: line height, line length, margins, the width of Tab; from the settings to the glyphs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QRawFont, QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QFontComboBox

from reviewer.ui.dialogs.settings import SettingsDialog
from reviewer.ui.theme import MONO, SERIF
from reviewer.ui.typefaces import spaced
from tests.ui.test_writing import page, text  # noqa: F401

PARAGRAPH = "Never Let Me Go is a film about people who do not run. " * 12


@pytest.fixture
def settings(program, qtbot):
    """The settings dialog; ``settings("Line height")`` is the field of that row."""
    changed = program.looks._settings_changed
    dialog = SettingsDialog(program.theme, program.preferences, program.desk.settings, changed, program.window)
    qtbot.addWidget(dialog)

    def field(name):
        return next(field for _, label, field in dialog._rows if label.text() == name)

    field.dialog = dialog
    return field


def line_gap(editor) -> float:
    """From one line of the first paragraph to the next, in pixels."""
    layout = editor.document().firstBlock().layout()
    return layout.lineAt(1).y() - layout.lineAt(0).y()


@pytest.mark.parametrize("family", [SERIF, MONO])
def test_a_spaced_typeface_has_the_same_glyphs(qapp, program, family):
    plain, airy = (QRawFont.fromFont(program.theme.font(17, name)) for name in (family, spaced(family, 2.0)))
    glyphs = plain.glyphIndexesForString("Wong Kar-wai, “2046”")
    assert glyphs == airy.glyphIndexesForString("Wong Kar-wai, “2046”")
    assert plain.advancesForGlyphIndexes(glyphs) == airy.advancesForGlyphIndexes(glyphs)


def test_a_typeface_that_has_more_air_by_itself_is_left_alone(program):
    assert spaced(SERIF, 1.0) == SERIF


def test_italics_and_bold_stand_on_lines_of_the_same_height(program, page):  # noqa: F811
    editor = page("plain\n*italic* words\n# A heading\n`code`\n")
    heights = {editor.blockBoundingRect(editor.document().findBlockByNumber(n)).height() for n in range(4)}
    assert heights == {28.0}


@pytest.mark.parametrize("height", [1.4, 1.6, 2.2])
def test_lines_stand_as_far_apart_as_the_settings_say(settings, page, height):  # noqa: F811
    editor = page(PARAGRAPH)
    settings("Line height").setValue(height)
    assert abs(line_gap(editor) - 17 * height) <= 1


def test_line_height_leaves_caret_and_undo_alone(settings, page, qtbot):  # noqa: F811
    editor = page("")
    qtbot.keyClicks(editor, "words")
    settings("Line height").setValue(2.0)
    assert editor.textCursor().position() == 5
    editor.undo()
    assert text(editor) == ""


def test_a_short_line_length_makes_a_narrow_column(settings, page):  # noqa: F811
    editor = page(PARAGRAPH)
    settings("Line length").setValue(40)
    layout = editor.document().firstBlock().layout()
    longest = max(layout.lineAt(n).textLength() for n in range(layout.lineCount()))
    assert 30 <= longest <= 52


def test_margins_are_kept_where_the_column_is_wider_than_the_window(settings, page):  # noqa: F811
    editor = page(PARAGRAPH)
    settings("Line length").setValue(200)
    settings("Margins").setValue(90)
    assert editor.viewportMargins().left() + editor.document().documentMargin() == 90


def test_the_head_stands_over_the_column_whatever_the_margins(settings, page, program):  # noqa: F811
    editor = page(PARAGRAPH)
    settings("Margins").setValue(120)
    header = program.window.editor.header
    header.grab()  # the places of its words are known when it is painted
    title = next(area for area, name in header._areas if name == "title")
    first = editor.cursorRect(QTextCursor(editor.document())).center()
    assert abs(header.mapToGlobal(title.topLeft()).x() - editor.viewport().mapToGlobal(first).x()) <= 2


def test_tab_types_a_tab_where_that_is_wished(settings, page, qtbot):  # noqa: F811
    editor = page("words")
    settings("Tab").setChecked(False)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "words\t"


def test_shift_tab_takes_a_tab_away(settings, page, qtbot):  # noqa: F811
    editor = page("\t- item")
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert text(editor) == "- item"


def test_the_sample_follows_each_field(settings):
    before = settings.dialog.sample.fontMetrics().lineSpacing()
    settings("Line height").setValue(2.4)
    assert settings.dialog.sample.fontMetrics().lineSpacing() > before


def test_each_field_has_a_name_for_those_who_do_not_see_it(settings):
    for _, label, field in settings.dialog._rows:
        if isinstance(field, (QAbstractSpinBox, QFontComboBox, QCheckBox)):
            assert field.accessibleName() or label.buddy() is field or field.text(), label.text()


def test_a_review_opens_at_its_very_top(sample, start):
    program = start(sample)
    assert program.window.editor.editor.verticalScrollBar().value() == 0


def test_a_review_comes_back_with_the_lines_that_were_in_sight(program, sample, editor, qtbot):
    editor.setPlainText("\n\n".join(f"Paragraph {n}." for n in range(200)))
    editor.document().setModified(True)
    editor.scroll_to(101)
    here = program.desk.current
    other = next(path for path in sorted(sample.rglob("review.md")) if path != here.path)
    program.files.open(other)
    program.desk.bring(here)
    assert round(editor.top_line) == 101
