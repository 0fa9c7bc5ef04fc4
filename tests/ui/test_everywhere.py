"""Replace in the library, by its list and its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.fixture
def listed(program, sample, qtbot):
    """The list of all places of “the” as a word, with its replacement."""

    def make(words: str, by: str = ""):
        program.actions["replace-everywhere"].trigger()
        dialog = program.everywhere.dialog
        QTest.keyClicks(dialog.words, words)
        QTest.keyClicks(dialog.by, by)
        qtbot.waitUntil(lambda: "Space accepts" in dialog.state.text() or "No text" in dialog.state.text())
        return dialog

    qtbot.waitUntil(lambda: not program.desk.scanning)
    return make


def texts(sample):
    return {path: path.read_bytes() for path in sample.glob("*/review.md")}


def changed(sample, before):
    return {path for path, data in texts(sample).items() if data != before[path]}


def wait_replaced(program, qtbot):
    qtbot.waitUntil(lambda: "replaced in" in program.notices.text)
    qtbot.waitUntil(lambda: not program.desk.current.saving and not program.desk.current.dirty)


def test_nothing_is_accepted_before_the_writer_does(listed):
    dialog = listed("film", "movie")
    assert dialog.rows()
    assert not dialog.go.isEnabled()


def test_space_accepts_a_place_and_goes_to_the_next(listed):
    dialog = listed("film", "movie")
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert dialog.go.text() == "Replace 1 place"
    assert dialog.tree.currentItem() is dialog.rows()[1]


def test_one_accepted_place_changes_one_file_by_one_word(listed, program, sample, qtbot):
    before = texts(sample)
    dialog = listed("film", "movie")
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    dialog.go.click()
    wait_replaced(program, qtbot)
    (path,) = changed(sample, before)
    assert path.read_bytes() == before[path].replace(b"film", b"movie", 1) or b"movie" in path.read_bytes()
    assert len(path.read_bytes()) == len(before[path]) + 1


def test_all_of_the_library_is_changed_and_put_back_in_one_step(listed, program, sample, qtbot):
    before = texts(sample)
    dialog = listed("the", "THE")
    dialog.all.click()
    dialog.go.click()
    wait_replaced(program, qtbot)
    assert changed(sample, before) == set(before)
    program.actions["undo-everywhere"].trigger()
    qtbot.waitUntil(lambda: not changed(sample, before))


def test_an_open_review_changes_in_the_window_and_undo_is_its_own(listed, program, qtbot):
    text = program.desk.current.text
    dialog = listed("the", "THE")
    dialog.all.click()
    dialog.go.click()
    wait_replaced(program, qtbot)
    assert "THE" in program.desk.current.text
    program.window.editor.editor.undo()
    assert program.desk.current.text == text


def test_unsaved_words_are_kept_and_not_saved_by_it(listed, program, qtbot):
    session = program.desk.current
    QTest.keyClicks(program.window.editor.editor, "Unsaved film ")
    dialog = listed("film", "movie")
    dialog.all.click()
    dialog.go.click()
    qtbot.waitUntil(lambda: "replaced in" in program.notices.text)
    assert "Unsaved movie" in session.text
    assert session.dirty
    assert b"Unsaved" not in session.path.read_bytes()


def test_a_file_that_another_program_changes_meanwhile_is_named_and_left(listed, program, sample, qtbot):
    dialog = listed("the", "THE")
    dialog.all.click()
    other = next(path for path in sample.glob("*/review.md") if path != program.desk.current.path)
    data = other.read_bytes() + b"the end"
    other.write_bytes(data)
    dialog.go.click()
    qtbot.waitUntil(lambda: "Not in 1 review" in program.notices.text)
    assert other.read_bytes() == data


def test_enter_opens_the_review_at_the_place(listed, program, sample):
    dialog = listed("Brief Encounter")
    row = dialog.rows()[0]
    dialog.tree.setCurrentItem(row)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert program.desk.current.path == row.parent().data(0, Qt.ItemDataRole.UserRole + 1).path
    assert "Brief Encounter" in program.window.editor.editor.textCursor().block().text()


def test_words_that_nothing_has_are_said(listed):
    assert listed("zzzz").state.text() == "No text has it."


def test_a_pattern_that_cannot_be_read_is_said(listed):
    dialog = listed("the")
    dialog.pattern.setChecked(True)
    dialog.words.setText("(the")
    dialog.look()
    assert "at 5" in dialog.state.text()


def test_a_list_for_other_words_cannot_be_accepted(listed):
    dialog = listed("film", "movie")
    dialog.all.click()
    QTest.keyClicks(dialog.by, "s")
    assert not dialog.go.isEnabled()
    assert not dialog.all.isEnabled()
