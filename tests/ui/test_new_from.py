"""New reviews from templates in the window."""

import pytest
from PySide6.QtCore import Qt

from reviewer.library import templates
from reviewer.library.reviews import open_review


@pytest.fixture
def dialog(program):
    program.actions["new-from"].trigger()
    return program.templates.dialog


def choose(dialog, name):
    row = next(row for row in range(dialog.list.count()) if dialog.list.item(row).data(0x100).name == name)
    dialog.list.setCurrentRow(row)


def save(program, qtbot):
    program.actions["save"].trigger()
    session = program.desk.current
    qtbot.waitUntil(lambda: session.path is not None and not session.saving)
    return open_review(session.path).reading


def test_what_a_template_holds_is_shown(dialog):
    choose(dialog, "long-essay")
    assert "What others did" in dialog.sample.toPlainText()
    assert not dialog.other.isVisible()


def test_enter_begins_a_review_and_the_caret_is_in_its_text(dialog, program, qtbot, editor):
    choose(dialog, "double-bill")
    dialog.film.setText("Gattaca (1997)")
    dialog.other.setText("Moon (2009)")
    qtbot.keyClick(dialog.film, Qt.Key.Key_Return)
    session = program.desk.current
    assert [one.film.title for one in session.review.features] == ["Gattaca", "Moon"]
    assert "## Moon\n" in session.text
    assert session.review.title == "Gattaca and Moon"
    assert program.window.focusWidget() is editor


def test_an_untouched_one_is_no_unsaved_work(dialog, program):
    dialog.go.click()
    assert not program.desk.current.dirty
    assert program.desk.unsaved == []


def test_without_a_film_the_title_comes_first(dialog, program):
    choose(dialog, "festival-capsule")
    dialog.go.click()
    assert program.window.focusWidget() is program.window.review.title


def test_it_is_saved_as_it_began(dialog, program, qtbot):
    choose(dialog, "festival-capsule")
    dialog.film.setText("Gattaca (1997)")
    dialog.go.click()
    reading = save(program, qtbot)
    assert reading.review.categories == ("Festivals",)
    assert "**Gattaca** begins" in reading.document.text


def test_a_kill_before_the_first_save_loses_nothing(dialog, program, qtbot, editor):
    choose(dialog, "festival-capsule")
    dialog.go.click()
    editor.insertPlainText("Typed. ")
    session = program.desk.current
    with qtbot.waitSignal(session.kept):
        session.keep()
    (copy,) = program.desk.recovery.copies()
    assert b"Typed. " in copy.content
    assert b"Festivals" in copy.content


def test_a_review_is_kept_as_a_template_with_its_own_keys(program, session):
    program.templates.keep("Like this")
    one = next(one for one in templates.templates(program.desk.folders) if one.own)
    assert one.title == "Like this"
    assert one.document.text == session.text


def test_a_recovered_review_keeps_what_it_began_with(program, qtbot, folders):
    folder = folders.config / "templates"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("---\ntemplate: A mine\nlayout: film  # the theme's\n---\n\nText.\n")
    program.templates.begin(templates.templates(folders)[0], "Gattaca (1997)")
    session = program.desk.current
    program.window.editor.editor.insertPlainText("Typed. ")
    with qtbot.waitSignal(session.kept):
        session.keep()
    (copy,) = program.desk.recovery.copies()
    again = program.desk.recover(copy)
    assert "layout: film  # the theme's" in program.files.content(again).front
