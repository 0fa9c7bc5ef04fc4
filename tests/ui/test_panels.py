"""The columns beside the text."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit

from reviewer.library.listing import Entry
from reviewer.review.values import Mark, Role, Still
from reviewer.stills.derive import publishable
from reviewer.ui.actions import TABLE
from reviewer.ui.dialogs.export import ExportDialog
from reviewer.ui.dialogs.palette import Palette
from reviewer.ui.panels.library_model import LibraryModel
from reviewer.ui.theme import DARK, LIGHT

# marks


def press(qtbot, stars, star: int, half: bool):
    x = 2 + star * (stars._side + stars.GAP) + (4 if half else stars._side - 4)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(x, stars.height() // 2))


def test_the_left_half_of_a_star_is_a_half(program, session, qtbot):
    press(qtbot, program.window.review.stars, 2, half=True)
    assert session.review.rating[0] == Mark("five-stars", 2.5)


def test_the_same_star_again_clears(program, session, qtbot):
    press(qtbot, program.window.review.stars, 3, half=False)
    assert session.review.rating == (Mark("letters", "B+"),)


@pytest.mark.parametrize(
    ("key", "rating"),
    [
        (Qt.Key.Key_Right, 4.5),
        (Qt.Key.Key_Left, 3.5),
        (Qt.Key.Key_End, 5),
        (Qt.Key.Key_2, 2),
        (Qt.Key.Key_Delete, None),
    ],
)
def test_keys_set_the_mark(program, session, qtbot, key, rating):
    qtbot.keyClick(program.window.review.stars, key)
    first = next((m.value for m in session.review.rating if m.scale == "five-stars"), None)
    assert first == rating


def test_the_category_of_the_mark_follows_and_others_stay(program, session, qtbot):
    qtbot.keyClick(program.window.review.stars, Qt.Key.Key_3)
    assert session.review.categories == ("Movies", "3 star movies")


def test_mark_and_category_are_one_undo(program, session, qtbot):
    before = session.review
    qtbot.keyClick(program.window.review.stars, Qt.Key.Key_3)
    session.undo_field()
    assert session.review == before


def test_a_letter_is_chosen_and_cleared(program, session):
    letters = program.window.review.letters
    letters._buttons["A-"].click()
    assert Mark("letters", "A-") in session.review.rating
    letters._buttons["A-"].click()
    assert all(m.scale != "letters" for m in session.review.rating)


# terms


def test_enter_and_a_comma_end_a_chip(program, session, qtbot):
    line = program.window.review.chips["tags"].line
    qtbot.keyClicks(line, "one,two")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.review.tags[-2:] == ("one", "two")


def test_backspace_takes_the_last_chip_back_into_the_line(program, session, qtbot):
    line = program.window.review.chips["tags"].line
    last = session.review.tags[-1]
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == last
    assert last not in session.review.tags


def test_a_near_double_is_asked_about(program, session, qtbot):
    line = program.window.review.chips["categories"].line
    qtbot.keyClicks(line, "movie,")
    _, words, use = program.window.review._doubles["categories"]
    assert "Movies" in words.text()
    use.click()
    assert session.review.categories.count("Movies") == 1
    assert "movie" not in session.review.categories


# dates and film


@pytest.mark.parametrize("typed", ["2012-03-04", "4 March 2012", "Mar 4, 2012"])
def test_a_date_is_read_as_people_type_it(program, session, qtbot, typed):
    line = program.window.review.date
    line.selectAll()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.review.date.isoformat() == "2012-03-04"


def test_a_date_that_is_none_is_named_and_changes_nothing(program, session, qtbot):
    before = session.review.date
    line = program.window.review.date
    line.selectAll()
    qtbot.keyClicks(line, "soon")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.review.date == before
    assert "is no date" in program.window.review.form._errors[line].text()


def test_a_pasted_cast_joins_the_cast(program, session):
    program.window.film.paste.typed.emit("Carey Mulligan as Kathy\nSally Hawkins\tMiss Lucy\n")
    cast = {role.role: role.actors for role in session.review.credits.cast}
    assert cast["Miss Lucy"][0] == "Sally Hawkins"
    assert cast["Kathy"].count("Carey Mulligan") == 1


def test_a_role_is_edited_in_place(program, session, qtbot):
    _, name, _ = program.window.film._cast_rows[0]
    name.setFocus()
    qtbot.keyClicks(name, "!")
    assert session.review.credits.cast[0].role.endswith("!") or session.review.credits.cast[0].role.startswith("!")
    session.undo_field()
    assert session.review.credits.cast[0] == Role("Kathy", session.review.credits.cast[0].actors)


# stills


def test_a_still_is_added_from_a_file(program, session, picture, qtbot):
    program.pictures.add([picture("harbour.png")])
    qtbot.waitUntil(lambda: session.review.still("stills/harbour.png") is not None)
    assert (session.folder / "stills/harbour.png").is_file()


def test_what_a_picture_says_is_offered_and_taken_over(program, session, picture, qtbot):
    xmp = publishable(picture("fox.jpg").read_bytes(), Still(caption="The boat", credit="Fox"))
    path = picture("fox.jpg")
    path.write_bytes(xmp)
    program.pictures.add([path])
    qtbot.waitUntil(lambda: "fox.jpg says whose it is" in program.notices.text)
    assert not session.review.still("stills/fox.jpg").caption
    program.notices.act()
    still = session.review.still("stills/fox.jpg")
    assert (still.caption, still.credit) == ("The boat", "Fox")


def test_a_refused_picture_is_named_with_its_reason(program, tmp_path, qtbot):
    (tmp_path / "boat.jpg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    program.pictures.add([tmp_path / "boat.jpg"])
    qtbot.waitUntil(lambda: "SVG drawing" in program.notices.text)


def test_a_still_is_put_into_the_text(program, session):
    program.pictures.place("stills/cafe.jpg")
    assert "![](stills/cafe.jpg)" in session.text


def test_removing_a_still_that_the_text_shows_is_undoable(program, session):
    before, text = session.review, session.text
    program.window.stills.choose("stills/corridor.jpg")
    program.actions["remove-still"].trigger()
    assert "corridor" not in session.text
    program.notices.act()
    assert (session.review, session.text) == (before, text)


def test_one_still_is_the_lead(program, session):
    program.window.stills.choose("stills/lane.jpg")
    program.actions["lead-still"].trigger()
    assert [s.file for s in session.review.stills if s.lead] == ["stills/lane.jpg"]


def test_saying_why_a_still_may_appear_lets_it(program, session, qtbot):
    program.window.stills.choose("stills/boat.jpg")
    program.window.stills.record.bases["own"].click()
    assert session.review.still("stills/boat.jpg").permission.basis == "own"
    qtbot.waitUntil(lambda: program.window.check.blocking == 0, timeout=3000)


def test_evidence_is_copied_and_named(program, session, tmp_path, qtbot, monkeypatch):
    (tmp_path / "yes.txt").write_text("Yes")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(tmp_path / "yes.txt"), ""))
    program.rights.ask_evidence("stills/boat.jpg")
    qtbot.waitUntil(lambda: session.review.still("stills/boat.jpg").permission.evidence == ("permissions/yes.txt",))


# findings


def test_findings_are_live(program, session, qtbot):
    session.change("Title", dataclasses.replace(session.review, title=""))
    qtbot.waitUntil(lambda: any(f.code == "title-missing" for f in program.window.check.findings), timeout=3000)


def test_a_finding_leads_to_its_place(program, qtbot):
    qtbot.waitUntil(lambda: bool(program.window.check.findings), timeout=3000)
    program.actions["next-finding"].trigger()
    assert program.window.inspector.current == "Stills"
    assert program.window.stills.current.file == "stills/boat.jpg"


# the library


def test_the_library_lists_its_reviews(program):
    assert [e.title for e in program.window.library.model.shown()] == [
        "Never Let Me Go",
        "Moon",
        "In the Mood for Love",
    ]


@pytest.mark.parametrize(
    ("words", "count"), [("moon", 1), ("2009", 1), ("movies", 3), ("MÓON", 1), ("nothing", 0), ("draft let", 1)]
)
def test_the_filter_forgives_case_and_accents(program, words, count):
    program.window.library.filter.setText(words)
    assert len(program.window.library.model.shown()) == count


def test_ten_thousand_entries_are_filtered(qapp):
    model = LibraryModel()
    model.set_entries(Entry(Path(f"/l/{n}/review.md"), f"Film {n}", status="draft") for n in range(10_000))
    model.filter("film 9999")
    assert len(model.shown()) == 1


def test_a_review_made_by_another_program_appears(program, sample, reviewer, qtbot):
    reviewer("new", sample, "--title", "Solaris")
    qtbot.waitUntil(lambda: any(e.title == "Solaris" for e in program.window.library.model.entries), timeout=5000)


def test_duplicating_copies_the_stills(program, sample, qtbot):
    program.actions["duplicate"].trigger()
    copied = sample / "never-let-me-go-2010-copy" / "stills" / "boat.jpg"
    qtbot.waitUntil(copied.is_file, timeout=5000)


def test_renaming_moves_the_folder_and_stays_open(program, session, sample):
    program.files.rename_to(session, "nlmg")
    assert program.desk.current.path == sample / "nlmg" / "review.md"


# the window


def test_every_control_has_a_name(program):
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
    nameless = [
        (type(w).__name__, w.objectName())
        for kind in kinds
        for w in program.window.findChildren(kind)
        if w.isVisibleTo(program.window)
        and not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))
        and not w.objectName().startswith("qt_")
        and not (w.parent() is not None and isinstance(w.parent(), (QComboBox, QLineEdit)))
        and type(w).__name__ != "QComboBoxListView"
    ]
    assert not nameless


def test_no_key_stands_for_two_actions():
    keys = [key for spec in TABLE.values() for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_each_action_has_a_hint():
    assert not [spec.name for spec in TABLE.values() if not spec.hint]


def test_each_action_does_something(program):
    idle = [
        spec.name
        for spec, action in program.actions.all()
        if not action.isCheckable() and action.receivers("2triggered(bool)") == 0
    ]
    assert not idle


def test_the_palette_finds_and_runs(program, qtbot):
    program.actions["palette"].trigger()
    palette = program.window.findChild(Palette)
    qtbot.keyClicks(palette.field, "moon")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert program.desk.current.review.title == "Moon"


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    a, b = sorted((luminance(one), luminance(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", ["ink", "second", "third", "accent", "blocks", "waits", "may"])
def test_text_can_be_read(tokens, token):
    for ground in (tokens.paper, tokens.chrome):
        assert contrast(getattr(tokens, token), ground) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(tokens):
    assert contrast(tokens.edge, tokens.chrome) >= 3


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_nothing_is_wider_than_the_window(program, qtbot, width):
    program.window.resize(width, 640)
    qtbot.waitUntil(lambda: program.window.width() == width)
    assert program.window.columns.sizes()[1] >= 400


# export


def exporting(program, blog, qtbot) -> ExportDialog:
    session = program.desk.current
    dialog = ExportDialog(program.theme, program.tasks, program.folders, [session.opened], (str(blog),), program.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not dialog.planning)
    return dialog


def test_a_still_of_unknown_permission_stands_in_the_way(program, blog, qtbot):
    dialog = exporting(program, blog, qtbot)
    assert not dialog.go.isEnabled()
    assert "boat.jpg" in dialog.gate_title.text()


def test_the_export_writes_what_the_plan_shows(program, sample, blog, qtbot):
    program.files.open(sample / "moon-2009" / "review.md")
    dialog = exporting(program, blog, qtbot)
    assert dialog.go.text() == "Export 3 files"
    with qtbot.waitSignal(dialog.exported):
        dialog.go.click()
    assert (blog / "_posts/2011-10-14-moon.md").is_file()


def test_a_second_export_has_nothing_to_do(program, sample, blog, qtbot):
    program.files.open(sample / "moon-2009" / "review.md")
    dialog = exporting(program, blog, qtbot)
    with qtbot.waitSignal(dialog.exported):
        dialog.go.click()
    assert exporting(program, blog, qtbot).go.text() == "Nothing to do"


def test_a_folder_that_is_no_blog_is_said_in_the_dialog(program, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    session = program.desk.current
    dialog = ExportDialog(
        program.theme, program.tasks, program.folders, [session.opened], (str(tmp_path / "empty"),), program.window
    )
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "_config.yml" in dialog.about.text())
