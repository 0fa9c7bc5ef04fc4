"""The diary in the window: written down by keys, changed in the table, written about."""

import pytest
from PySide6.QtCore import Qt

from reviewer.library import diary


def rows(dialog):
    return [(row.viewing.film, row.review is not None) for row in dialog.model.rows]


def lines(program):
    return [one.film for one in diary.read(program.desk.library).viewings.values()]


@pytest.fixture
def dialog(program, qtbot):
    program.actions["diary"].trigger()
    made = program.diary.dialog
    qtbot.waitUntil(lambda: len(made.model.rows) > 0)
    return made


@pytest.fixture
def gattaca(dialog, program, qtbot):
    """A viewing written down by keys."""
    dialog.film.setText("Gattaca (1997)")
    dialog.where.setText("cinema")
    dialog.mark.setText("4.5")
    qtbot.keyClick(dialog.film, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("Gattaca (1997)", False) in rows(dialog))
    return dialog


def test_the_days_in_the_reviews_are_there(dialog):
    assert ("Never Let Me Go (2010)", True) in rows(dialog)


def test_enter_writes_a_viewing_down(gattaca, program):
    assert lines(program) == ["Gattaca (1997)"]
    assert gattaca.film.text() == ""
    assert gattaca.isVisible()


def test_a_film_that_was_seen_before_is_seen_again(dialog):
    dialog.film.setText("Never Let Me Go (2010)")
    assert dialog.again.isChecked()
    dialog.film.setText("Gattaca (1997)")
    assert not dialog.again.isChecked()


@pytest.mark.parametrize(("day", "film", "says"), [("soon", "Moon", "is no day"), ("2020-01-01", " ", "Which film?")])
def test_what_cannot_be_written_down_is_said(dialog, program, qtbot, day, film, says):
    dialog.day.setText(day)
    dialog.film.setText(film)
    qtbot.keyClick(dialog.film, Qt.Key.Key_Return)
    assert says in dialog.said.text()
    assert lines(program) == []


def test_what_was_not_written_about_is_shown_alone(gattaca):
    gattaca.shown.setCurrentIndex(gattaca.shown.findData("unwritten"))
    gattaca.shown.activated.emit(gattaca.shown.currentIndex())
    assert rows(gattaca) == [("Gattaca (1997)", False)]


def test_a_cell_is_changed_in_the_file(gattaca, program, qtbot):
    place = rows(gattaca).index(("Gattaca (1997)", False))
    gattaca.model.setData(gattaca.model.index(place, 2), "at home")
    qtbot.waitUntil(lambda: next(iter(diary.read(program.desk.library).viewings.values())).where == "at home")


def test_a_cell_that_cannot_be_is_refused_with_a_reason(gattaca):
    place = rows(gattaca).index(("Gattaca (1997)", False))
    assert not gattaca.model.setData(gattaca.model.index(place, 0), "soon")
    assert "soon" in gattaca.said.text()


def test_what_stands_in_a_review_is_changed_there(dialog):
    place = rows(dialog).index(("Never Let Me Go (2010)", True))
    assert not dialog.model.flags(dialog.model.index(place, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_viewing_is_taken_out_and_put_back(gattaca, program, qtbot):
    gattaca.table.selectRow(rows(gattaca).index(("Gattaca (1997)", False)))
    gattaca.remove.click()
    qtbot.waitUntil(lambda: "is out of the diary" in program.notices.text)
    assert lines(program) == []
    program.notices.act()
    qtbot.waitUntil(lambda: lines(program) == ["Gattaca (1997)"])


def test_a_review_is_begun_about_what_was_seen(gattaca, program):
    gattaca.table.selectRow(rows(gattaca).index(("Gattaca (1997)", False)))
    gattaca.write.click()
    review = program.desk.current.review
    assert (review.title, review.film.year, review.film.seen.where) == ("Gattaca", 1997, "cinema")
    assert review.rating[0].value == 4.5


def test_the_review_of_a_film_is_opened(dialog, program, sample):
    program.files.open(sample / "moon-2009" / "review.md")
    dialog.table.selectRow(rows(dialog).index(("Never Let Me Go (2010)", True)))
    dialog.write.click()
    assert program.desk.current.path == sample / "never-let-me-go-2010" / "review.md"


def test_what_another_program_writes_is_seen(gattaca, program, qtbot):
    with (program.desk.library / "diary.csv").open("a") as file:
        file.write("2020-01-01,Stalker,1979,,,,\n")
    qtbot.waitUntil(lambda: ("Stalker (1979)", False) in rows(gattaca))


def test_a_file_that_is_no_diary_is_said_and_kept(program, qtbot):
    place = program.desk.library / "diary.csv"
    place.write_text("A,B\n")
    program.actions["diary"].trigger()
    dialog = program.diary.dialog
    qtbot.waitUntil(lambda: "names no columns" in dialog.said.text())
    assert place.read_text() == "A,B\n"


def test_letterboxds_diary_is_taken_in(dialog, program, tmp_path, qtbot):
    export = tmp_path / "diary.csv"
    export.write_text("Name,Year,Watched Date,Rating\nHer,2013,2014-01-01,4\n")
    dialog.import_wanted.emit(export)
    qtbot.waitUntil(lambda: lines(program) == ["Her (2013)"])
