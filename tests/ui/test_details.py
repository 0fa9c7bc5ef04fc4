"""The Review and Film tabs in what the small parts do: chips by key, scales, cast, jobs, fields that are left in time."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reviewer.review.values import Mark, Role
from tests.ui.test_panels import press


@pytest.fixture
def form(program):
    return program.window.review


@pytest.fixture
def film(program):
    program.window.inspector.show_tab("Film")
    return program.window.film


# marks


def choose_scale(form, name: str) -> None:
    form.scale.setCurrentIndex(form.scale.findData(name))
    form.scale.activated.emit(form.scale.currentIndex())


def test_another_scale_drops_the_mark_that_meant_something_else(form, session):
    choose_scale(form, "ten")
    assert session.review.rating == (Mark("letters", "B+"),)
    assert session.review.categories == ("Movies",)


def test_a_mark_out_of_ten_is_typed(form, session, qtbot):
    choose_scale(form, "ten")
    qtbot.keyClicks(form.number, "7.5")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert session.review.rating[0] == Mark("ten", 7.5)


def test_a_mark_beyond_its_scale_is_said_and_not_taken(form, session, qtbot):
    choose_scale(form, "ten")
    qtbot.keyClicks(form.number, "11")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert all(mark.scale != "ten" for mark in session.review.rating)
    assert form.mark_error.isVisibleTo(form)


def test_a_new_review_begins_with_the_scale_of_the_library(form, program):
    choose_scale(form, "ten")
    program.desk.new()
    assert form.scale.currentData() == "five-stars"


def test_a_category_that_the_writer_chose_stays(form, session, qtbot):
    qtbot.keyClicks(form.chips["categories"].line, "3 star movies,")
    press(qtbot, form.stars, 4, half=False)
    assert session.review.categories == ("Movies", "5 star movies", "3 star movies")


def test_not_rated_is_said_and_is_not_nought(form, session, qtbot):
    qtbot.keyClick(form.stars, Qt.Key.Key_Delete)
    assert form.stars.words() == "Not rated"
    assert all(mark.value != 0 for mark in session.review.rating)


def test_a_raised_digit_is_no_mark(form, session):
    before = session.review.rating
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_twosuperior, Qt.KeyboardModifier.NoModifier, "²")
    form.stars.keyPressEvent(key)
    assert session.review.rating == before


# chips


def test_delete_removes_the_chip_that_has_the_focus(form, session, qtbot):
    chips = form.chips["tags"]
    qtbot.keyClick(chips._buttons[0], Qt.Key.Key_Delete)
    assert session.review.tags == ("Ishiguro", "memory")


def test_the_left_arrow_walks_from_the_line_to_the_last_chip(form, program, qtbot):
    chips = form.chips["tags"]
    chips.line.setFocus()
    qtbot.keyClick(chips.line, Qt.Key.Key_Left)
    assert program.window.focusWidget() is chips._buttons[-1]


def test_a_term_that_is_there_already_is_not_doubled(form, session, qtbot):
    qtbot.keyClicks(form.chips["tags"].line, "memory,")
    assert session.review.tags.count("memory") == 1


def test_a_chip_from_the_mark_says_so(form):
    names = [button.accessibleName() for button in form.chips["categories"]._buttons]
    assert "4 star movies, from the mark. Delete removes it." in names


def test_a_term_that_waits_in_its_line_is_saved(form, program, session, qtbot):
    qtbot.keyClicks(form.chips["tags"].line, "waiting")
    with qtbot.waitSignal(session.saved):
        program.actions["save"].trigger()
    assert "waiting" in session.path.read_text()


def test_a_term_that_waits_in_its_line_stays_with_its_review(form, program, session, qtbot):
    form.chips["tags"].line.setFocus()
    qtbot.keyClicks(form.chips["tags"].line, "waiting")
    program.actions["new"].trigger()
    assert program.desk.current.review.tags == ()


# film


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("title", "Moon", "Moon"),
        ("year", "2009", 2009),
        ("runtime", "97 min", 97),
        ("countries", "UK; France", ("UK", "France")),
    ],
)
def test_a_fact_of_the_film_is_typed(film, session, qtbot, name, typed, value):
    line = film._fields[name][0]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    assert getattr(session.review.film, name) == value


def test_a_year_that_is_none_is_said_and_changes_nothing(film, session, qtbot):
    line = film._fields["year"][0]
    line.selectAll()
    qtbot.keyClicks(line, "soon")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.review.film.year == 2010
    assert "is no number" in film.form._errors[line].text()


@pytest.mark.parametrize("line", ["Sam Rockwell as Sam", "Sam - Sam Rockwell", "Sam Rockwell\tSam"])
def test_a_cast_list_is_pasted_in_three_forms(film, session, qtbot, line):
    QApplication.clipboard().setText(f"{line}\n{line}\n")
    name = film._cast_rows[0][1]
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert session.review.credits.cast[-1] == Role("Sam", ("Sam Rockwell",))


def add_job(film, qtbot, name: str) -> None:
    film.job.lineEdit().setText(name)
    qtbot.keyClick(film.job.lineEdit(), Qt.Key.Key_Return)


def test_a_job_is_added_and_filled(film, session, qtbot):
    add_job(film, qtbot, "Stunt double")
    qtbot.keyClicks(film._crew["stunt_double"], "Ann, Bob")
    assert session.review.credits.people("stunt_double") == ("Ann", "Bob")


def test_cast_is_no_job(film, session, qtbot):
    before = session.review.credits
    add_job(film, qtbot, "Cast")
    assert session.review.credits == before


def test_the_jobs_of_another_review_are_not_shown(film, program, sample):
    program.files.open(sample / "moon-2009" / "review.md")
    jobs = {credit.job for credit in program.desk.current.review.credits.crew}
    assert {job for job, line in film._crew.items() if line.isVisibleTo(film)} == {"director", *jobs}


def test_fields_saved_in_between_are_undone_one_by_one(form, session, qtbot):
    form.author.end(False)
    for letter in "12":
        qtbot.keyClicks(form.author, letter)
        with qtbot.waitSignal(session.saved):
            session.save()
    session.undo_field()
    assert session.review.author == "Ana Ruiz1"
