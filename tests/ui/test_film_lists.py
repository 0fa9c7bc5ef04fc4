"""List posts in the window: made from a search, ranked by keys, kept in step."""

import pytest
from PySide6.QtCore import Qt

from reviewer.library.reviews import open_review
from reviewer.text.filmlist import take_apart


def names(dialog):
    return [one.item.name for one in dialog.films]


@pytest.fixture
def dialog(program, qtbot):
    program.actions["film-list"].trigger()
    made = program.lists.dialog
    qtbot.waitUntil(lambda: made.ranks.count() == 3)
    return made


def make(program, dialog, qtbot, title="Best"):
    dialog.title.setText(title)
    dialog._enable()
    dialog.go.click()
    qtbot.waitUntil(lambda: program.desk.current is not None and program.desk.current.review.title == title)
    return program.desk.current


def test_a_list_needs_a_title(dialog):
    assert not dialog.go.isEnabled()
    dialog.title.setText("Best")
    dialog.title.typed.emit("Best")
    assert dialog.go.isEnabled()


def test_a_search_fills_the_list_as_it_is_typed(dialog, qtbot):
    dialog.query.setText("year:2009")
    qtbot.waitUntil(lambda: names(dialog) == ["Moon (2009)"])


def test_a_search_that_cannot_be_understood_is_said_and_makes_no_list(dialog):
    dialog.title.setText("Best")
    dialog.query.setText("mark:>=fine")
    dialog.query.clearFocus()
    dialog._enable()
    assert "fine" in dialog.said.text()
    assert not dialog.go.isEnabled()


def test_the_order_of_a_search_is_not_the_writers(dialog):
    before = names(dialog)
    dialog.ranks.setCurrentRow(2)
    assert not dialog.ranks.own
    assert names(dialog) == before


def test_films_are_ranked_by_keys_and_taken_out(dialog, qtbot):
    dialog.way.setCurrentIndex(dialog.way.findData("by-hand"))
    dialog.way.activated.emit(dialog.way.currentIndex())
    before = names(dialog)
    dialog.ranks.setCurrentRow(2)
    qtbot.keyClick(dialog.ranks, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(dialog) == [before[0], before[2], before[1]]
    qtbot.keyClick(dialog.ranks, Qt.Key.Key_Delete)
    assert names(dialog) == [before[0], before[1]]


def test_a_film_without_a_review_is_added_by_hand(dialog, qtbot):
    dialog.way.setCurrentIndex(dialog.way.findData("by-hand"))
    dialog.way.activated.emit(dialog.way.currentIndex())
    dialog.add.setText("Stalker (1979)")
    qtbot.keyClick(dialog.add, Qt.Key.Key_Return)
    assert names(dialog)[-1] == "Stalker (1979)"
    assert dialog.isVisible()


def test_a_film_is_in_a_list_once(dialog, qtbot):
    dialog.way.setCurrentIndex(dialog.way.findData("by-hand"))
    dialog.way.activated.emit(dialog.way.currentIndex())
    dialog.add.setText("moon (2009)")
    qtbot.keyClick(dialog.add, Qt.Key.Key_Return)
    assert names(dialog).count("Moon (2009)") == 1


def test_a_new_list_is_a_review_with_its_stills(program, dialog, qtbot):
    dialog.stills.setChecked(True)
    session = make(program, dialog, qtbot)
    assert len(take_apart(session.text).items) == len(session.review.stills) == 3
    assert open_review(session.path).reading.review.list_.kept == "in-step"


def test_the_list_in_front_is_changed_in_one_step_of_undo(program, dialog, qtbot, editor):
    session = make(program, dialog, qtbot)
    before = session.text
    program.actions["film-list"].trigger()
    again = program.lists.dialog
    qtbot.waitUntil(lambda: again.ranks.count() == 3)
    again.most.setValue(1)
    qtbot.waitUntil(lambda: again.ranks.count() == 1)
    again.go.click()
    qtbot.waitUntil(lambda: len(take_apart(session.text).items) == 1)
    editor.undo()
    assert session.text == before


def test_a_list_that_fell_behind_says_so_and_is_brought_in_step(program, dialog, qtbot):
    dialog.query.setText("mark:>=5")
    qtbot.waitUntil(lambda: len(dialog.films) < 3)
    session = make(program, dialog, qtbot)
    there = take_apart(session.text).names
    other = next(path for path, entry in program.desk.entries.items() if entry.film == "Moon")
    program.reviews.change([other], "rating.five-stars", "5")
    qtbot.waitUntil(lambda: "Moon (2009) comes" in program.window.notice.text())
    program.notices.act()
    assert set(take_apart(session.text).names) == {*there, "Moon (2009)"}


def test_lists_of_the_library_are_brought_in_step_with_a_plan(program, dialog, qtbot):
    session = make(program, dialog, qtbot)
    path = session.path
    program.files.open(next(path for path, entry in program.desk.entries.items() if entry.film == "Moon"))
    program.reviews.change([program.desk.current.path], "rating.five-stars", "1")
    qtbot.waitUntil(lambda: program.desk.entries[program.desk.current.path].rating[0].value == 1)
    program.actions["lists-in-step"].trigger()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    program.plans.dialog.accept_button.click()
    qtbot.waitUntil(lambda: "*1 star*" in open_review(path).reading.document.text)


def test_the_film_tab_of_a_list_leads_to_its_films(program, dialog, qtbot):
    make(program, dialog, qtbot)
    program.actions["tab-film"].trigger()
    film = program.window.film
    assert film.of_list.isVisible()
    assert not film.form.isVisible()
    film.of_list.act.click()
    assert program.lists.dialog is not dialog
    program.lists.dialog.reject()


def test_a_list_is_written_for_letterboxd(program, dialog, qtbot, tmp_path):
    session = make(program, dialog, qtbot)
    program.lists.write_letterboxd(session, tmp_path / "list.csv")
    qtbot.waitUntil((tmp_path / "list.csv").exists)
    lines = (tmp_path / "list.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Letterboxd list export v7"
    assert [line.split(",")[0] for line in lines[5:8]] == ["1", "2", "3"]


def test_what_was_typed_since_the_notice_stays(program, dialog, qtbot, editor):
    dialog.query.setText("mark:>=5")
    qtbot.waitUntil(lambda: len(dialog.films) < 3)
    session = make(program, dialog, qtbot)
    other = next(path for path, entry in program.desk.entries.items() if entry.film == "Moon")
    program.reviews.change([other], "rating.five-stars", "5")
    qtbot.waitUntil(lambda: "Moon (2009) comes" in program.window.notice.text())
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertPlainText("\n\nTyped meanwhile.")
    program.notices.act()
    assert "Typed meanwhile." in session.text
    assert "[[Moon (2009)]]" in session.text


def test_a_frozen_list_is_not_looked_for_again_unasked(program, dialog, qtbot):
    dialog.way.setCurrentIndex(dialog.way.findData("frozen"))
    dialog.way.activated.emit(dialog.way.currentIndex())
    dialog.ranks.setCurrentRow(2)
    dialog.ranks.take_out()
    session = make(program, dialog, qtbot)
    assert len(take_apart(session.text).items) == 2
    program.actions["film-list"].trigger()
    again = program.lists.dialog
    again.query.clearFocus()
    qtbot.waitUntil(lambda: not again._soon.isActive() and not program.tasks.busy)
    assert again.ranks.count() == 2
    again.reject()
