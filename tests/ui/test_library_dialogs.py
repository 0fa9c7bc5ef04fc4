"""Dialogs over the whole library: its scales, its figures."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from reviewer.review.marks import BUILT_IN


@pytest.fixture
def scales(program):
    program.actions["scales"].trigger()
    return program.library.dialog


def pick(dialog, name):
    dialog.list.setCurrentRow(BUILT_IN.names.index(name))


def test_the_main_scale_is_in_front_and_nothing_is_to_be_kept(scales):
    assert scales.title.text() == "Five stars"
    assert not scales.keep.isEnabled()
    assert "nothing changes" in scales.effect.toPlainText()


def test_a_change_says_what_it_would_do_to_each_review_first(scales, program):
    pick(scales, "letters")
    scales.table.setPlainText(scales.table.toPlainText().replace("B+ = 83", "B+ = 80"))
    assert "Never Let Me Go: B+ reads B+, counts as 80" in scales.effect.toPlainText()
    assert program.desk.settings.scales == BUILT_IN
    scales.keep.click()
    assert program.desk.settings.scales.get("letters").worth("B+") == 80


def test_what_cannot_be_is_said_and_not_kept(scales):
    pick(scales, "letters")
    scales.table.setPlainText("B+ = 500")
    assert "0 to 100" in scales.fault.text()
    assert not scales.keep.isEnabled()
    scales.table.setPlainText("B+ is 80")
    assert "Write for example" in scales.fault.text()


def test_a_scale_of_ones_own_marks_a_review(scales, program, session):
    next(button for button in scales.findChildren(type(scales.keep)) if button.text() == "New scale").click()
    scales.name.setText("hearts")
    scales.title.setText("Hearts")
    scales.symbol.setText("♥")
    scales.words.setText("{signs}")
    scales.title.textEdited.emit("Hearts")
    scales.keep.click()
    assert program.desk.settings.scales.get("hearts").text(3) == "♥♥♥"
    panel = program.window.review
    panel.scale.setCurrentIndex(panel.scale.findData("hearts"))
    panel.scale.activated.emit(panel.scale.currentIndex())
    panel.number.setText("7")
    panel.number.setModified(True)
    panel.number.editingFinished.emit()
    assert any((mark.scale, mark.value) == ("hearts", 7) for mark in session.review.rating)


def test_a_scale_that_came_along_comes_back_as_it_was(scales):
    pick(scales, "ten")
    scales.title.setText("Mine")
    scales.title.textEdited.emit("Mine")
    assert scales.drop.text() == "As it came"
    scales.drop.click()
    assert not scales.keep.isEnabled()


def test_the_main_scale_is_chosen(scales, program):
    scales.main.setCurrentIndex(scales.main.findData("letters"))
    scales.main.activated.emit(scales.main.currentIndex())
    scales.keep.click()
    assert program.desk.settings.scales.usual.name == "letters"


# figures


@pytest.fixture
def figures(program, qtbot):
    program.actions["figures"].trigger()
    dialog = program.library.dialog
    qtbot.waitUntil(lambda: bool(dialog.charts))
    return dialog


def test_marks_are_counted_and_read_by_keys(figures, qtbot):
    assert figures.which.currentText() == "Marks: Five stars"
    assert figures.view.accessibleDescription() == "5 stars: 1 review. 1 of 11"
    qtbot.keyClick(figures.view, Qt.Key.Key_Down)
    qtbot.keyClick(figures.view, Qt.Key.Key_Down)
    assert figures.view.accessibleDescription() == "4 stars: 2 reviews. 3 of 11"
    qtbot.keyClick(figures.view, Qt.Key.Key_End)
    assert figures.view.accessibleDescription().startswith("0 stars")


def test_enter_shows_the_reviews_of_a_bar(figures, program, qtbot):
    qtbot.keyClick(figures.view, Qt.Key.Key_Return)
    assert program.reviews.view.search.text() == "mark:5"


@pytest.mark.parametrize("name", ["chart.svg", "chart.png", "chart.csv"])
def test_a_chart_is_saved(figures, tmp_path, name):
    path = tmp_path / name
    figures.save(path)
    assert figures.said.text() == f"Saved as {name}."
    if name.endswith("csv"):
        assert list(csv.reader(path.read_text().splitlines()))[1] == ["5 stars", "1", ""]
    else:
        assert QImage(str(path)).width() > 700


def test_what_cannot_be_saved_is_said(figures, tmp_path):
    for name in ("x.csv", "x.svg", "x.png"):
        figures.save(tmp_path / "nowhere" / name)
        assert figures.said.text().startswith("Not saved.")
