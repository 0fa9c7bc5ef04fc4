"""Films named in the text: listed, completed from the library, and left alone where the writer says that they are none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QPushButton, QToolButton

from reviewer.library import settings as library_settings
from tests.ui.test_writing import page, text  # noqa: F401

DOTS = QTextCharFormat.UnderlineStyle.DotLine
NAMED = "I saw it in Room Twelve (1999) before Gattaca (1997).\n"


@pytest.fixture
def rows(program, page, qtbot):  # noqa: F811
    """The names in the panel for a text."""

    def listed():
        return [row.findChild(QPushButton).text() for row in program.window.review._mention_rows if not row.isHidden()]

    page(NAMED)
    qtbot.waitUntil(lambda: len(listed()) == 2)
    return listed


def dotted(editor):
    """The words of the first line that are softly underlined."""
    block = editor.document().firstBlock()
    return [
        block.text()[run.start : run.start + run.length]
        for run in block.layout().formats()
        if run.format.underlineStyle() == DOTS
    ]


def deny(program, name):
    row = next(row for row in program.window.review._mention_rows if row.findChild(QPushButton).text() == name)
    row.findChild(QToolButton).click()


def test_films_are_listed_and_softly_shown(rows, editor):
    assert rows() == ["Room Twelve (1999)", "Gattaca (1997)"]
    assert "".join(dotted(editor)) == "Room Twelve (1999)Gattaca (1997)"


def test_what_is_no_film_is_no_longer_listed_nor_shown(rows, editor, program, qtbot):
    deny(program, "Room Twelve (1999)")
    qtbot.waitUntil(lambda: rows() == ["Gattaca (1997)"])
    assert "".join(dotted(editor)) == "Gattaca (1997)"


def test_it_is_remembered_for_the_library(rows, program, sample, folders, qtbot):
    deny(program, "Room Twelve (1999)")
    qtbot.waitUntil(lambda: library_settings.load(folders, sample).not_films == ("Room Twelve (1999)",))


def test_it_can_be_taken_back(rows, program, editor, qtbot):
    deny(program, "Room Twelve (1999)")
    program.notices.act()
    qtbot.waitUntil(lambda: rows() == ["Room Twelve (1999)", "Gattaca (1997)"])
    assert "".join(dotted(editor)) == "Room Twelve (1999)Gattaca (1997)"


def test_double_brackets_say_that_it_is_one(rows, program, editor, page, qtbot):  # noqa: F811
    deny(program, "Room Twelve (1999)")
    page("[[Room Twelve (1999)]]")
    qtbot.waitUntil(lambda: rows() == ["Room Twelve (1999)"])
    assert program.window.review._mention_rows[0].findChild(QToolButton) is None


def test_a_film_that_another_review_names_is_completed(program, page, qtbot, sample):  # noqa: F811
    editor = page("")
    qtbot.keyClicks(editor, "Like Brief Enc")
    qtbot.waitUntil(editor.completion.isVisible)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "Like Brief Encounter (1945)"


def test_what_is_no_film_is_not_completed(program, page, qtbot):  # noqa: F811
    qtbot.waitUntil(lambda: ("Brief Encounter", 1945) in program.desk.known_films())
    program.views._no_film("Brief Encounter (1945)")
    assert ("Brief Encounter", 1945) not in program.desk.known_films()
    page("")


def test_a_film_known_with_its_year_is_not_offered_without(program, qtbot):
    qtbot.waitUntil(lambda: not program.desk.scanning)
    films = program.desk.known_films()
    dated = {title for title, year in films if year}
    assert not any(year is None and title in dated for title, year in films)


def test_a_title_that_no_dictionary_has_is_no_unknown_word(rows, program, editor, qtbot):
    qtbot.waitUntil(lambda: editor.speller is not None)
    assert editor.speller.unknown("Gattaca")
    assert "".join(dotted(editor)) == "Room Twelve (1999)Gattaca (1997)"
