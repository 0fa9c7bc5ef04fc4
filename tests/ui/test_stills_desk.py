"""The desk of the library's stills, by mouse and keys."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from reviewer.library.reviews import open_review

BOAT = "stills/boat.jpg"


@pytest.fixture
def desk(program):
    """The desk in front: ``program.stills.view``."""
    program.actions["stills-desk"].trigger()
    return program.stills.view


def names(desk):
    return [row.still.name for row in desk.model.rows]


def choose(desk, *files: str):
    desk.grid.clearSelection()
    for n, row in enumerate(desk.model.rows):
        if row.still.name in files:
            index = desk.model.index(n, 0)
            desk.grid.selectionModel().select(
                index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            )
            if len(files) == 1:
                desk.grid.setCurrentIndex(index)


def on_disk(program, folder: str, file: str):
    return open_review(program.desk.library / folder / "review.md").reading.review.still(file)


def settled(program, qtbot):
    qtbot.waitUntil(lambda: not program.stills.changes.busy and not any(s.saving for s in program.desk.sessions))


def test_the_desk_shows_every_still_with_the_one_chosen_before(program, desk):
    assert program.window.front is desk
    assert len(desk.model.rows) == 6
    assert desk.verdict.text() == "Two stills may not appear now."


def test_control_1_leads_back_to_the_text(program, desk, editor):
    program.actions["go-write"].trigger()
    assert program.window.front is None
    assert program.window.focusWidget() is editor


def test_a_facet_narrows_and_a_second_click_widens(desk, qtbot):
    rows = desk.facets.facets.rows
    place = next(n for n, row in enumerate(rows) if row.query == "state:unknown")
    index = desk.facets.facets.index(place)
    for wanted in (["boat.jpg"], 6):
        desk.facets.scrollTo(index)
        qtbot.mouseClick(desk.facets.viewport(), Qt.MouseButton.LeftButton, pos=desk.facets.visualRect(index).center())
        assert (names(desk) if isinstance(wanted, list) else len(names(desk))) == wanted


def test_typing_filters_and_what_is_none_is_explained(desk, qtbot):
    qtbot.keyClicks(desk.search, "boat")
    qtbot.waitUntil(lambda: names(desk) == ["boat.jpg"])
    desk.search.setText("state:lost")
    desk.refresh()
    assert desk.verdict.text().startswith("There is no state:lost.")
    desk.search.setText("qwertz")
    desk.refresh()
    assert desk.views.currentWidget() is desk.empty
    assert "No still fits" in desk.empty.text()


def test_fields_that_differ_say_so(desk):
    choose(desk, "boat.jpg", "corridor.jpg")
    assert desk.record.field("caption").placeholderText() == "Different"
    assert desk.record.field("caption").text() == ""
    assert desk.chosen_count.text() == "2 stills chosen"


def test_one_change_to_stills_of_several_reviews_and_one_undo(program, desk, qtbot):
    chosen = [row for row in desk.model.rows if row.still.lead]
    assert len({row.review for row in chosen}) == 3
    choose(desk, *(row.still.name for row in chosen))
    before = {row.review: row.review.read_bytes() for row in chosen}
    field = desk.record.field("credit")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Northlight")
    program.stills.flush()
    settled(program, qtbot)
    for row in chosen:
        assert on_disk(program, row.review.parent.name, row.still.file).credit == "Northlight"
    program.actions["undo"].trigger()
    settled(program, qtbot)
    assert {row.review: row.review.read_bytes() for row in chosen} == before
    program.actions["redo"].trigger()
    settled(program, qtbot)
    assert on_disk(program, chosen[0].review.parent.name, chosen[0].still.file).credit == "Northlight"


def test_a_word_that_is_typed_is_one_change_written_after_a_pause(program, desk, qtbot):
    choose(desk, names(desk)[3])
    row = desk.chosen[0]
    field = desk.record.field("caption")
    field.selectAll()
    qtbot.keyClicks(field, "Alone")
    assert on_disk(program, row.review.parent.name, row.still.file).caption != "Alone"
    qtbot.waitUntil(lambda: on_disk(program, row.review.parent.name, row.still.file).caption == "Alone")
    settled(program, qtbot)
    assert program.stills.changes.undo_label == "Caption"
    assert len(program.stills.changes._steps) == 1


def test_the_basis_is_set_for_all_that_are_chosen(program, desk, qtbot):
    choose(desk, "boat.jpg", "cafe.jpg")
    action = next(a for a in desk.basis.menu().actions() if a.text() == "My own picture")
    action.trigger()
    settled(program, qtbot)
    review = program.desk.current.review
    assert {s.permission.basis for s in review.stills if s.name in ("boat.jpg", "cafe.jpg")} == {"own"}
    assert desk.verdict.text() == "Every still may appear."


def test_a_filter_is_saved_and_forgotten(program, desk, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("To ask", True))
    desk.search.setText("state:unknown no:alt")
    desk.refresh()
    desk.keep.click()
    assert program.desk.settings.filters == (("To ask", "state:unknown no:alt"),)
    assert [row.words for row in desk.facets.facets.rows][:2] == ["Saved", "To ask"]
    desk.keep.click()
    assert program.desk.settings.filters == ()


def test_space_shows_a_still_large_and_the_arrows_walk(program, desk, qtbot):
    choose(desk, "boat.jpg")
    qtbot.keyClick(desk.grid, Qt.Key.Key_Space)
    large = program.stills.dialog
    qtbot.waitUntil(lambda: large.panes[0].image is not None)
    first, fitting = large.shown, large.panes[0].zoom
    qtbot.keyClick(large, Qt.Key.Key_Plus)
    assert large.panes[0].zoom == pytest.approx(fitting * 1.5)
    qtbot.keyClick(large, Qt.Key.Key_0)
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert large.shown is not first
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert desk.chosen[0].key == large.shown.key


def test_copies_are_found_and_compared_side_by_side(program, start, sample, qtbot):
    data = (sample / "never-let-me-go-2010" / BOAT).read_bytes()
    small = io.BytesIO()
    Image.open(io.BytesIO(data)).resize((480, 270)).save(small, "JPEG")
    folder = next(path for path in sample.iterdir() if "moon" in path.name)
    lead = next((folder / "stills").iterdir())
    lead.write_bytes(small.getvalue())
    program.actions["stills-desk"].trigger()
    desk = program.stills.view
    qtbot.waitUntil(lambda: sum(row.copies == "near" for row in desk.model.rows) == 2)
    desk.search.setText("copies:near")
    desk.refresh()
    choose(desk, "boat.jpg")
    assert f"Nearly the same: stills/{lead.name}" in desk.where.text()
    qtbot.keyClick(desk.grid, Qt.Key.Key_Return)
    large = program.stills.dialog
    qtbot.keyClick(large, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: all(pane.image is not None for pane in large.panes))
    assert len(large.panes) == 2
    assert "480 × 270 pixels" in large.under[1].text()
    large.close()


def test_the_crop_is_written_and_the_file_stays(program, desk, qtbot):
    choose(desk, "boat.jpg")
    path = desk.chosen[0].path
    before = path.read_bytes()
    desk.crop_wanted.emit(desk.chosen[0])
    dialog = program.stills.dialog
    qtbot.waitUntil(dialog.keep.isEnabled)
    dialog.angle.setValue(2.0)
    dialog.shape.setCurrentIndex(dialog.shape.findText("1 : 1"))
    dialog.shape.activated.emit(dialog.shape.currentIndex())
    qtbot.keyClick(dialog.view, Qt.Key.Key_F)
    dialog.keep.click()
    settled(program, qtbot)
    still = program.desk.current.review.still(BOAT)
    assert (still.crop.angle, still.focus.x) == (2, 0.5)
    assert still.crop.width < still.crop.height <= 1
    assert path.read_bytes() == before


def test_the_table_shows_the_same_stills(desk):
    choose(desk, "boat.jpg")
    desk.kinds.button(1).click()
    assert desk.views.currentWidget() is desk.table
    assert desk.table.selectionModel().selectedRows()
    assert desk.model.data(desk.model.index(0, 0)) == "Never Let Me Go (2010)"


def test_a_change_on_the_disk_is_seen(program, desk, qtbot):
    path = program.desk.library / "never-let-me-go-2010" / "review.md"
    other = next(row for row in desk.model.rows if row.review != path)
    text = other.review.read_text()
    other.review.write_text(
        text.replace(f"  - file: {other.still.file}\n", f"  - file: {other.still.file}\n    timecode: '01:02'\n", 1)
    )
    qtbot.waitUntil(lambda: any(row.still.timecode == "01:02" for row in desk.model.rows))


def test_one_letter_for_stills_of_several_films_names_them_all(program, desk):
    leads = [row for row in desk.model.rows if row.still.lead]
    choose(desk, *(row.still.name for row in leads))
    desk.letter_wanted.emit(desk.chosen)
    letter = program.rights.dialog
    assert "In the Mood for Love (2000)" in letter.subject.text()
    assert "Never Let Me Go (2010)" in letter.subject.text()
    assert "- Moon: " in letter.body.toPlainText()
    letter.reject()


def test_sending_one_letter_is_logged_with_each_still(program, desk, qtbot):
    leads = [row for row in desk.model.rows if row.still.lead]
    choose(desk, *(row.still.name for row in leads))
    desk.letter_wanted.emit(desk.chosen)
    program.rights.dialog._copy()
    settled(program, qtbot)
    for row in leads:
        still = on_disk(program, row.review.parent.name, row.still.file)
        assert [event.what for event in still.permission.log][-1] == "asked"


@pytest.mark.parametrize("width", [1024, 1200, 1600])
def test_in_any_window_no_command_lies_on_another(program, desk, qtbot, width):
    program.window.resize(width, 640)
    qtbot.waitUntil(lambda: program.window.width() == width)
    choose(desk, "boat.jpg")

    def apart(bar: QWidget) -> bool:
        children = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        places = [child.geometry() for child in children if child.isVisible()]
        return bar.isVisible() and not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])

    qtbot.waitUntil(lambda: apart(desk.report.parentWidget()) and apart(desk.bar))
