"""The desk of the library's reviews: searched and narrowed, seen in five ways, several changed with a plan and one undo."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox

from reviewer.library.reviews import open_review
from reviewer.ui.reviewsdesk.desk import BOARD, CALENDAR, COVERS, LIST, TABLE
from reviewer.ui.reviewsdesk.model import COLUMNS
from tests.library.denied import denied

NEVER, MOON, MOOD = "never-let-me-go-2010", "moon-2009", "in-the-mood-for-love-2000"


@pytest.fixture
def desk(program, qtbot):
    """The desk in front: ``program.reviews.view``."""
    program.actions["reviews-desk"].trigger()
    qtbot.waitUntil(lambda: len(program.reviews.view.model.rows) == 3)
    return program.reviews.view


def names(desk):
    return [row.path.parent.name for row in desk.model.rows]


def choose(desk, *folders: str):
    desk.covers.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for n, row in enumerate(desk.model.rows):
        if row.path.parent.name in folders:
            desk.covers.selectionModel().select(desk.model.index(n, 0), flags.Select | flags.Rows)


def on_disk(program, folder: str):
    return open_review(program.desk.library / folder / "review.md").reading.review


def type_query(desk, qtbot, typed: str):
    desk.search.setFocus()
    desk.search.clear()
    qtbot.keyClicks(desk.search, typed)
    desk.search.popup.hide()


def facet(desk, words: str):
    model = desk.facets.facets
    return next(model.index(n) for n, row in enumerate(model.rows) if row.words == words and row.query is not None)


def test_every_review_is_shown_the_newest_first(desk):
    assert names(desk) == sorted(names(desk), key=[MOON, NEVER, MOOD].index)
    assert desk.count.text() == "3"


def test_a_query_finds_as_it_is_typed(desk, qtbot):
    type_query(desk, qtbot, "director:romanek mark:>=4")
    qtbot.waitUntil(lambda: names(desk) == [NEVER])
    assert desk.count.text() == "1 of 3"


def test_words_are_shown_where_they_stand(desk, qtbot, program):
    desk.show_as(LIST)
    type_query(desk, qtbot, "text:kathy")
    qtbot.waitUntil(lambda: len(desk.model.rows) < 3)
    snippet = desk.model.snippets[desk.model.rows[0].path]
    assert "kathy" in snippet.text[slice(*snippet.marks[0])].casefold()


def test_what_cannot_be_understood_is_said_under_the_field(desk, qtbot):
    type_query(desk, qtbot, "dirctor:romanek ")
    assert not desk.fault.isHidden()
    assert "Did you mean director?" in desk.fault.text()
    type_query(desk, qtbot, "director:romanek ")
    assert desk.fault.isHidden()


def test_nothing_found_says_what_to_do(desk, qtbot):
    type_query(desk, qtbot, "zebra")
    qtbot.waitUntil(lambda: desk.views.currentWidget() is desk.empty)
    assert "No review fits" in desk.empty.text()
    qtbot.keyClick(desk.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.views.currentWidget() is desk.covers)


def test_keys_and_values_are_completed(desk, qtbot):
    desk.search.setFocus()
    qtbot.keyClicks(desk.search, "dir")
    assert desk.search.popup.model().index(0, 0).data() == "director:"
    qtbot.keyClick(desk.search, Qt.Key.Key_Tab)
    qtbot.keyClicks(desk.search, "mark")
    qtbot.keyClick(desk.search, Qt.Key.Key_Tab)
    assert desk.search.text() == 'director:"Mark Romanek" '
    qtbot.waitUntil(lambda: names(desk) == [NEVER])


def test_a_facet_narrows_and_a_second_click_widens(desk, qtbot):
    desk.facets.clicked.emit(facet(desk, "Drafts"))
    qtbot.waitUntil(lambda: all(row.status == "draft" for row in desk.model.rows) and len(desk.model.rows) < 3)
    assert desk.search.text() == "status:draft"
    desk.facets.clicked.emit(facet(desk, "Drafts"))
    qtbot.waitUntil(lambda: len(desk.model.rows) == 3)


def test_facets_count_what_they_would_leave(desk, qtbot):
    rows = {row.words: row.count for row in desk.facets.facets.rows}
    assert (rows["All"], rows["4 stars"], rows["5 stars"], rows["2000s"]) == (3, 2, 1, 2)


def test_a_search_is_saved_and_found_again(desk, qtbot, program, monkeypatch):
    type_query(desk, qtbot, "mark:5")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Best", True))
    desk.keep.click()
    assert program.desk.settings.searches == (("Best", "mark:5"),)
    desk.facets.clicked.emit(facet(desk, "All"))
    desk.facets.clicked.emit(facet(desk, "Best"))
    qtbot.waitUntil(lambda: names(desk) == [MOOD])
    desk.keep.click()
    assert program.desk.settings.searches == ()


@pytest.mark.parametrize("at", [LIST, COVERS, TABLE])
def test_enter_opens_the_review(desk, program, qtbot, at):
    desk.show_as(at)
    desk.choose(program.desk.library / MOOD / "review.md")
    desk.view.setFocus()
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    assert program.desk.current.path.parent.name == MOOD
    assert program.window.front is None


def test_the_order_is_chosen_and_turned_by_the_tables_head(desk, qtbot):
    desk.show_as(TABLE)
    header = desk.table.horizontalHeader()
    header.sectionClicked.emit(2)
    qtbot.waitUntil(lambda: names(desk) == [NEVER, MOON, MOOD])
    header.sectionClicked.emit(2)
    qtbot.waitUntil(lambda: names(desk) == [MOOD, MOON, NEVER])


def test_a_cell_is_edited_and_undone(desk, program, qtbot):
    desk.show_as(TABLE)
    row = names(desk).index(MOOD)
    column = next(n for n, column in enumerate(COLUMNS) if column.title == "Tags")
    assert desk.model.setData(desk.model.index(row, column), "love, corridors")
    qtbot.waitUntil(lambda: on_disk(program, MOOD).tags == ("love", "corridors"))
    qtbot.waitUntil(lambda: desk.model.rows[names(desk).index(MOOD)].tags == ("love", "corridors"))
    qtbot.waitUntil(lambda: program.notices.text.startswith("Tags: 1 review"))
    program.actions["undo"].trigger()
    qtbot.waitUntil(lambda: "corridors" not in on_disk(program, MOOD).tags)


@pytest.mark.parametrize(
    ("title", "typed", "says"), [("Year", "two thousand", "year"), ("Mark", "7", "0 to 5"), ("Date", "x", "date")]
)
def test_a_cell_that_cannot_be_is_refused_with_a_reason(desk, program, title, typed, says):
    column = next(n for n, column in enumerate(COLUMNS) if column.title == title)
    desk.model.setData(desk.model.index(0, column), typed)
    assert program.notices.bad
    assert says in program.notices.text


def test_columns_are_chosen_and_remembered(desk, program):
    number = next(n for n, column in enumerate(COLUMNS) if column.title == "Words")
    assert desk.table.isColumnHidden(number)
    desk._show_column(number, True)
    assert "Words" in program.preferences.reviews_columns


def test_several_are_changed_with_a_plan_and_one_undo(desk, program, qtbot):
    before = {name: (program.desk.library / name / "review.md").read_bytes() for name in (NEVER, MOON, MOOD)}
    choose(desk, MOON, MOOD)
    assert desk.chosen_count.text() == "2 reviews chosen"
    program.reviews.set_term(desk.paths, "tag", "seen twice", True)
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    dialog = program.plans.dialog
    assert dialog.accept_button.text() == "Change 2 reviews"
    assert {name: (program.desk.library / name / "review.md").read_bytes() for name in before} == before
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: all("seen twice" in on_disk(program, name).tags for name in (MOON, MOOD)))
    assert (program.desk.library / NEVER / "review.md").read_bytes() == before[NEVER]
    qtbot.waitUntil(lambda: program.notices.text == "Add tag seen twice: 2 reviews changed.")
    program.notices.act()
    qtbot.waitUntil(lambda: program.notices.text == "Add tag seen twice: taken back.")
    assert {name: (program.desk.library / name / "review.md").read_bytes() for name in before} == before


def test_unsaved_work_is_kept_and_changed_in_the_window(desk, program, session, qtbot):
    session.document.setPlainText("Not saved yet.")
    program.reviews.set_status([session.path], "idea")
    qtbot.waitUntil(lambda: session.review.status == "idea")
    assert session.text == "Not saved yet."
    assert on_disk(program, NEVER).status != "idea"
    qtbot.waitUntil(lambda: "1 review changed" in program.notices.text)
    program.plans.batches.undo()
    qtbot.waitUntil(lambda: session.review.status != "idea")


def test_a_card_is_moved_by_keys(desk, program, qtbot):
    desk.show_as(BOARD)
    desk.board.focus(program.desk.library / MOON / "review.md")
    column = next(view for view in desk.board.columns if view.hasFocus() or view.currentIndex().isValid())
    assert column.status == "ready"
    qtbot.keyClick(column, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: on_disk(program, MOON).status == "published")
    qtbot.waitUntil(lambda: desk.board.columns[3].model().rowCount() >= 1)


def test_the_board_and_the_covers_share_what_is_chosen(desk, qtbot):
    desk.show_as(BOARD)
    choose(desk, MOON)
    ready = desk.board.columns[2]
    assert len(ready.selectionModel().selectedRows()) == 1
    ready.clearSelection()
    assert desk.paths == []


def test_the_calendar_shows_films_on_their_days(desk, program, qtbot):
    path = program.desk.library / MOON / "review.md"
    desk.calendar.kind.setCurrentIndex(1)
    desk.calendar._fill()
    when = on_disk(program, MOON).date
    desk.calendar._go(when if isinstance(when, dt.date) else when.date())
    desk.show_as(CALENDAR)
    assert desk.calendar.paths() == [path]
    qtbot.keyClick(desk.calendar.month, Qt.Key.Key_Return)
    assert program.desk.current.path == path


def test_months_are_turned_by_keys(desk, qtbot):
    desk.show_as(CALENDAR)
    desk.calendar._go(dt.date(2010, 1, 31))
    qtbot.keyClick(desk.calendar.month, Qt.Key.Key_PageDown)
    assert desk.calendar.model.first == dt.date(2010, 2, 1)
    qtbot.keyClick(desk.calendar.month, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert desk.calendar.model.first == dt.date(2009, 2, 1)


def test_what_another_program_writes_is_found_soon(desk, program, qtbot):
    folder = program.desk.library / "new-film"
    folder.mkdir()
    (folder / "review.md").write_text("---\ntitle: A new film\nstatus: idea\n---\n\nzebra crossing\n")
    qtbot.waitUntil(lambda: "new-film" in names(desk), timeout=5000)
    type_query(desk, qtbot, "zebra")
    qtbot.waitUntil(lambda: names(desk) == ["new-film"])


def test_what_is_saved_here_is_found_too(desk, program, session, qtbot):
    session.document.setPlainText("A zebra crosses.")
    session.save()
    qtbot.waitUntil(lambda: not session.saving)
    type_query(desk, qtbot, "zebra")
    qtbot.waitUntil(lambda: names(desk) == [NEVER])


def test_several_go_to_the_trash_after_a_question(desk, program, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    choose(desk, MOON, MOOD)
    desk.trash_wanted.emit(desk.paths)
    assert asked == ["Move these 2 reviews with their stills to the trash?"]
    assert (program.desk.library / MOON).exists()


# terms and marks of the whole library


def test_terms_are_listed_and_renamed(program, qtbot, monkeypatch):
    program.actions["terms"].trigger()
    dialog = program.library.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    assert dialog.table.item(0, 0).text() == "Movies"
    assert dialog.table.item(0, 1).text() == "3"
    dialog.table.selectRow(0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Films", True))
    dialog.rename.click()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    program.plans.dialog.accept_button.click()
    qtbot.waitUntil(lambda: all("Films" in on_disk(program, name).categories for name in (NEVER, MOON, MOOD)))
    qtbot.waitUntil(lambda: dialog.table.item(0, 0).text() == "Films")
    dialog.accept()


def test_a_folder_that_the_disk_does_not_list_is_told(start, sample, qtbot):
    with denied(sample / MOON):
        program = start(sample)
        qtbot.waitUntil(lambda: f"{MOON} cannot be listed: Permission denied." in program.notices.text)
        assert {path.parent.name for path in program.desk.entries} == {NEVER, MOOD}


def test_what_no_change_of_terms_can_look_into_is_named(start, sample, qtbot):
    (sample / MOOD / "review.md").write_bytes(b"---\ntitle: [\n---\n")
    with denied(sample / MOON):
        program = start(sample)
        program.actions["terms"].trigger()
        dialog = program.library.dialog
        qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    assert dialog.unread.isVisible()
    heading, folder, review = dialog.unread.text().splitlines()
    assert heading == "Left as it is by every change:"
    assert folder == f"{MOON}: it cannot be listed: Permission denied"
    assert review.startswith(f"{MOOD}/review.md: it cannot be read: line ")
    dialog.reject()


def test_terms_that_are_read_anew_stay_chosen(program, qtbot):
    program.actions["terms"].trigger()
    dialog = program.library.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    dialog.table.selectRow(1)
    before = dialog.chosen
    with qtbot.waitSignal(program.desk.indexed):
        program.desk.relist([program.desk.current.path])
    qtbot.waitUntil(lambda: not program.tasks.busy)
    assert dialog.chosen == before
    dialog.reject()


def test_reviews_of_a_term_are_shown(program, qtbot):
    program.actions["terms"].trigger()
    dialog = program.library.dialog
    dialog.kind.setCurrentIndex(dialog.kind.findData("person"))
    dialog.refresh()
    qtbot.waitUntil(
        lambda: any(dialog.table.item(n, 0).text() == "Mark Romanek" for n in range(dialog.table.rowCount()))
    )
    row = next(n for n in range(dialog.table.rowCount()) if dialog.table.item(n, 0).text() == "Mark Romanek")
    dialog.table.selectRow(row)
    dialog.show_them.click()
    desk = program.reviews.view
    assert desk.search.text() == 'person:"Mark Romanek"'
    qtbot.waitUntil(lambda: names(desk) == [NEVER])


def test_marks_are_converted_after_a_look(program, qtbot):
    program.actions["convert-marks"].trigger()
    dialog = program.library.dialog
    dialog._to.setCurrentIndex(dialog._to.findData("ten"))
    assert "4 stars becomes 8/10" in dialog.sample.text()
    dialog.go.click()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    plan = program.plans.dialog
    assert plan.accept_button.text() == "Change 3 reviews"
    plan.accept_button.click()
    qtbot.waitUntil(lambda: on_disk(program, MOON).rating[0].scale == "ten")


def test_the_rule_says_when_nothing_would_change(program, qtbot):
    program.actions["rule-of-marks"].trigger()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    assert not program.plans.dialog.accept_button.isEnabled()
    program.plans.dialog.reject()


# the library's column


def column(program):
    return {entry.path.parent.name for entry in program.window.library.model.shown()}


def test_the_filter_of_the_column_looks_into_texts_and_takes_keys(program, qtbot):
    field = program.window.library.filter
    field.setText("frightened")
    qtbot.waitUntil(lambda: column(program) == {NEVER})
    field.setText("mark:5")
    qtbot.waitUntil(lambda: column(program) == {MOOD})
    field.setText("zebra")
    qtbot.waitUntil(lambda: column(program) == set())
    field.clear()
    assert column(program) == {NEVER, MOON, MOOD}


def test_links_follow_a_review_that_is_renamed(program, session, qtbot):
    other = program.desk.library / MOON / "review.md"
    text = other.read_text() + f"\nSee [that film](../{NEVER}/review.md).\n"
    other.write_text(text)
    program.files.rename_to(session, "renamed")
    qtbot.waitUntil(lambda: "[that film](../renamed/review.md)" in other.read_text())
    qtbot.waitUntil(lambda: program.notices.text == "Links to it follow: 1 review changed.")
    program.notices.act()
    qtbot.waitUntil(lambda: other.read_text() == text)


def test_a_day_of_several_films_offers_them_by_their_titles(desk, program, qtbot):
    (program.desk.library / "diary.csv").write_text(
        "Watched Date,Name,Year\n2009-05-06,Willard & Ben,1972\n2009-05-06,Moon,2009\n"
    )
    day = dt.date(2009, 5, 6)
    qtbot.waitUntil(lambda: len(desk.calendar.model.films(day)) == 2)
    desk.show_as(CALENDAR)
    desk.calendar._go(day)
    qtbot.keyClick(desk.calendar.month, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert {action.text() for action in menu.actions()} == {"Willard && Ben", "Moon"}  # “&&” is how Qt writes one
    menu.close()


def test_the_calendar_shows_what_the_diary_knows_and_leads_there(desk, program, qtbot):
    (program.desk.library / "diary.csv").write_text(
        "Watched Date,Name,Year\n2009-05-06,Stalker,1979\n2009-05-06,Moon,2009\n"
    )
    day = dt.date(2009, 5, 6)
    qtbot.waitUntil(lambda: sorted(e.title for e in desk.calendar.model.films(day)) == ["Moon", "Stalker"])
    desk.show_as(CALENDAR)
    loose = next(e for e in desk.calendar.model.films(day) if e.title == "Stalker")
    desk.calendar.opened.emit(loose.path)
    assert program.diary.dialog.isVisible()
    program.diary.dialog.accept()
    type_query(desk, qtbot, "moon")
    qtbot.waitUntil(lambda: not desk.calendar.model.films(day))


def test_undo_of_a_change_in_the_window_takes_back_that_one(desk, program, session, qtbot):
    program.reviews.set_term([program.desk.library / MOON / "review.md"], "tag", "first", True)
    qtbot.waitUntil(lambda: "first" in on_disk(program, MOON).tags)
    session.change("Title", dataclasses.replace(session.review, title="Not saved yet"))
    program.reviews.set_status([session.path], "published")
    qtbot.waitUntil(lambda: session.review.status == "published")
    program.plans.undo()
    qtbot.waitUntil(lambda: session.review.status != "published")
    assert "first" in on_disk(program, MOON).tags


def test_links_that_lead_nowhere_are_mended_with_a_plan(program, session, qtbot):
    text = session.path.read_text()
    session.path.write_text(text + "\n[Moon](../moon-2009-old/review.md) is near.\n")
    qtbot.waitUntil(lambda: "moon-2009-old" in session.text)
    program.actions["mend-links"].trigger()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    assert program.plans.dialog.table.item(0, 2).text() == "[Moon](../moon-2009/review.md) is near."
    program.plans.dialog.accept_button.click()
    qtbot.waitUntil(lambda: "[Moon](../moon-2009/review.md)" in session.path.read_text())
