"""Several libraries, and a library on a drive that goes and comes back."""

import shutil

import pytest

from reviewer.ui import preferences as stored


@pytest.fixture
def other(tmp_path, sample):
    folder = tmp_path / "Other reviews"
    shutil.copytree(sample / "moon-2009", folder / "moon-2009")
    return folder


def names(program):
    return [action.text() for action in program.files.menu.actions() if action.isCheckable()]


def titles(program):
    return sorted(entry.title for entry in program.window.library.model.shown())


def test_libraries_that_were_opened_are_offered_the_last_first(program, other, sample, qtbot):
    program.files.open_library(other)
    program.actions["libraries"].trigger()
    assert names(program) == ["&1  Other reviews", "&2  My reviews"]
    assert [action.isChecked() for action in program.files.menu.actions()][:2] == [True, False]
    program.files.menu.actions()[1].trigger()
    assert program.desk.library == sample
    qtbot.waitUntil(lambda: len(titles(program)) == 3)
    program.files.menu.hide()


def test_libraries_of_one_name_are_told_apart_by_their_places(program, tmp_path, sample):
    twin = tmp_path / "away" / sample.name
    twin.mkdir(parents=True)
    program.files.open_library(twin)
    program.actions["libraries"].trigger()
    assert names(program) == [f"&1  {twin}", f"&2  {sample}"]
    program.files.menu.hide()


def test_libraries_are_remembered(program, other, folders, start):
    program.files.open_library(other)
    program.end()
    assert start(None).preferences.libraries[0] == str(other)


def test_a_library_is_remembered_although_the_program_does_not_come_to_its_end(program, other, folders, qtbot):
    program.files.open_library(other)
    qtbot.waitUntil(lambda: stored.load(folders).library == str(other))


def test_a_library_that_is_not_there_is_said_and_the_other_stays(program, other, sample):
    program.files.open_library(other)
    program.files.open_library(sample)
    other.rename(other.with_name("gone"))
    program.files.switch_to(other)
    assert "is not there" in program.notices.text
    assert program.desk.library == sample
    other.with_name("gone").rename(other)
    program.notices.act()
    assert program.desk.library == other


def test_a_start_without_the_drive_says_so(program, sample, start):
    program.end()
    sample.rename(sample.with_name("gone"))
    again = start(None)
    assert "is not there" in again.notices.text
    assert again.window.front is not None


def test_a_library_that_vanishes_keeps_its_list_and_comes_back(program, session, editor, sample, qtbot):
    program.desk._again.setInterval(50)
    gone = sample.with_name("gone")
    sample.rename(gone)
    qtbot.waitUntil(lambda: "is not there any more" in program.notices.text)
    assert len(titles(program)) == 3
    editor.insertPlainText("Typed without the drive. ")
    assert session.dirty
    gone.rename(sample)
    qtbot.waitUntil(lambda: "is there again" in program.notices.text)
    qtbot.waitUntil(lambda: not program.desk.scanning and len(titles(program)) == 3)
    assert "Typed without the drive" in session.text
    program.actions["save"].trigger()
    qtbot.waitUntil(lambda: not session.dirty)


def test_saving_into_a_library_that_is_gone_keeps_the_text(program, session, editor, sample, qtbot):
    editor.insertPlainText("Typed. ")
    sample.rename(sample.with_name("gone"))
    with qtbot.waitSignal(session.save_failed):
        program.actions["save"].trigger()
    assert "Typed. " in session.text
    qtbot.waitUntil(lambda: "kept in the recovery store" in program.notices.text or "not there" in program.notices.text)
    qtbot.waitUntil(lambda: bool(program.desk.recovery.copies()))
