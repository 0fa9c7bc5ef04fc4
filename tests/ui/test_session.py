"""An open review: dirty, undo, saving, recovery, and what others do to its file."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from reviewer.library.recovery import Recovery
from reviewer.text.document import Document
from reviewer.text.reading import read_document
from reviewer.ui.dialogs.compare import CompareDialog
from tests.conftest import SAMPLES
from tests.library.denied import denied


def save(qtbot, session):
    with qtbot.waitSignal(session.saved):
        session.save()


def test_a_review_that_was_opened_is_clean(session):
    assert not session.dirty


def test_typing_makes_it_dirty_and_undo_makes_it_clean(session, editor, qtbot):
    qtbot.keyClicks(editor, "x")
    assert session.dirty
    editor.undo()
    assert not session.dirty


def test_a_field_put_back_is_clean_again(session):
    session.change("Title", dataclasses.replace(session.review, title="Other"))
    assert session.dirty
    session.undo_field()
    assert not session.dirty


def test_saving_unchanged_writes_no_byte(session, qtbot):
    before = session.path.stat().st_mtime_ns
    save(qtbot, session)
    assert session.path.stat().st_mtime_ns == before


def test_saving_writes_what_was_typed(session, editor, qtbot):
    qtbot.keyClicks(editor, "Typed. ")
    save(qtbot, session)
    assert "\nTyped. Mark Romanek" in session.path.read_text()
    assert not session.dirty


def test_saving_a_field_changes_its_line_only(session, qtbot):
    before = session.path.read_text().splitlines()
    session.change("Author", dataclasses.replace(session.review, author="Nobody"))
    save(qtbot, session)
    after = session.path.read_text().splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [("author: Ana Ruiz", "author: Nobody")]


def test_undo_survives_saving(session, editor, qtbot):
    qtbot.keyClicks(editor, "Typed. ")
    save(qtbot, session)
    editor.undo()
    assert session.text.startswith("Mark Romanek")


def test_no_break_spaces_and_odd_line_ends_come_through_the_editor(start, tmp_path, qtbot):
    path = tmp_path / "a.md"
    path.write_bytes("a\u00a0b\r\nc\u2028d\ne \U0001f600\r\n".encode() + b"\xff")
    session = start(path).desk.current
    session.change("Title", dataclasses.replace(session.review, title="T"))
    save(qtbot, session)
    assert path.read_bytes().endswith("a\u00a0b\r\nc\u2028d\ne \U0001f600\r\n".encode() + b"\xff")


def test_what_is_typed_is_in_the_recovery_store_within_two_seconds(session, editor, qtbot, folders):
    with qtbot.waitSignal(session.kept, timeout=2000):
        qtbot.keyClicks(editor, "Typed. ")
    copy = Recovery(folders.data / "recovery").copies()[0]
    assert Document.read(copy.content).text.startswith("Typed. ")


def test_a_review_that_was_never_saved_is_kept_too(program, qtbot, folders):
    session = program.desk.new()
    with qtbot.waitSignal(session.kept, timeout=2000):
        qtbot.keyClicks(program.window.editor.editor, "Unsaved")
    copy = Recovery(folders.data / "recovery").copies()[0]
    assert (copy.path, b"Unsaved" in copy.content) == (None, True)


def test_a_field_is_kept_like_the_text(session, qtbot, folders):
    with qtbot.waitSignal(session.kept, timeout=2000):
        session.change("Title", dataclasses.replace(session.review, title="Other"))
    copy = Recovery(folders.data / "recovery").copies()[0]
    assert read_document(Document.read(copy.content)).review.title == "Other"


@pytest.mark.parametrize("damage", [b"", b'{"version": 99, "content": ""}', b'["no copy"]'])
def test_a_recovery_copy_that_cannot_be_read_is_told_and_kept(program, folders, damage):
    place = folders.data / "recovery" / "moon-1.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(damage)
    program.recovery.offer()
    (kept,) = place.parent.glob("*.bad-*")
    assert kept.name in program.notices.text
    assert kept.read_bytes() == damage


@pytest.mark.parametrize("sample", sorted((SAMPLES / "recovery").glob("*.json")), ids=lambda path: path.stem)
def test_a_recovery_copy_of_each_version_so_far_is_read(folders, sample):
    """A new version of the format leaves a copy that the former one wrote here, as it stands."""
    store = Recovery(folders.data / "recovery")
    store.folder.mkdir(parents=True)
    shutil.copy(sample, store.folder)
    (copy,) = store.copies()
    assert copy.content == "---\ntitle: Moon\n---\n\nTyped and not saved. Café, ".encode() + b"\xe9.\n"
    assert (copy.path, copy.base) == (Path("/home/ana/Reviews/moon-2009/review.md"), b"---\ntitle: Moon\n---\n\n")
    assert store.set_aside() == []


def test_saving_removes_the_recovery_copy(session, editor, qtbot, folders):
    with qtbot.waitSignal(session.kept, timeout=2000):
        qtbot.keyClicks(editor, "Typed. ")
    save(qtbot, session)
    assert not Recovery(folders.data / "recovery").copies()


def test_not_now_deletes_nothing(program, session, qtbot, folders, monkeypatch):
    recovery = Recovery(folders.data / "recovery")
    recovery.keep(recovery.place(session.path), session.path, None, b"---\ntitle: A\n---\nOther", session.opened.data)
    monkeypatch.setattr(CompareDialog, "open", lambda self: self.reject())
    program.recovery.show()
    assert len(recovery.copies()) == 1


def test_using_the_recovered_text_puts_it_in_front(program, session, folders, monkeypatch):
    recovery = Recovery(folders.data / "recovery")
    content = session.opened.data.replace(b"a woman behind glass", b"a woman before glass")
    recovery.keep(recovery.place(session.path), session.path, None, content, session.opened.data)
    monkeypatch.setattr(CompareDialog, "open", lambda self: self._take("Use this text"))
    program.recovery.show()
    assert "a woman before glass" in program.desk.current.text
    assert program.desk.current.dirty


def write(path: Path, old: str, new: str) -> str:
    text = path.read_text().replace(old, new)
    path.write_text(text)
    return text


def test_a_clean_review_takes_a_change_from_outside_and_keeps_the_caret(program, session, editor, qtbot):
    editor.go_to(9)
    write(session.path, "a woman behind glass", "a man behind glass")
    qtbot.waitUntil(lambda: "a man behind glass" in session.text, timeout=5000)
    assert editor.line == 9
    assert not session.dirty


def test_a_folder_that_takes_no_new_file_is_asked_about_once(start, sample, qtbot):
    """The text is in the recovery store while the file is written over, and later saves do not ask."""
    folder = sample / "moon-2009"
    with denied(folder, mode=0o555):
        program = start(sample)
        program.files.open(folder / "review.md")
        session, bar = program.desk.current, program.window.editor.bar
        qtbot.keyClicks(program.window.editor.editor, "First. ")
        program.files.save()
        qtbot.waitUntil(bar.isVisible)
        assert "moon-2009 takes no new files" in bar.text
        assert "First. " not in session.path.read_text()
        with qtbot.waitSignal(session.saved):
            next(button for button in bar.findChildren(QPushButton) if button.text() == "Write over it").click()
        assert "First. " in session.path.read_text()
        qtbot.keyClicks(program.window.editor.editor, "Second. ")
        save(qtbot, session)
        assert "First. Second. " in session.path.read_text()
        assert not session.kept_at.exists()


def test_a_review_is_not_written_over_where_no_recovery_copy_can_be(start, sample, qtbot, folders):
    folder = sample / "moon-2009"
    recovery = folders.data / "recovery"
    recovery.mkdir(parents=True)
    with denied(folder, recovery, mode=0o555):
        program = start(sample)
        program.files.open(folder / "review.md")
        session = program.desk.current
        session.in_place = True
        qtbot.keyClicks(program.window.editor.editor, "First. ")
        with qtbot.waitSignal(session.save_failed):
            session.save()
        assert "First. " not in session.path.read_text()
    session.revert()


def test_a_changed_review_shows_a_bar_and_nothing_is_overwritten(program, session, editor, qtbot):
    qtbot.keyClicks(editor, "Mine. ")
    theirs = write(session.path, "a woman behind glass", "a man behind glass")
    bar = program.window.editor.bar
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    program.actions["save"].trigger()
    assert session.path.read_text() == theirs


def test_keep_mine_keeps_theirs_in_a_second_file(program, session, editor, qtbot):
    qtbot.keyClicks(editor, "Mine. ")
    theirs = write(session.path, "a woman behind glass", "a man behind glass")
    qtbot.waitUntil(lambda: session.theirs is not None, timeout=5000)
    other = session.keep_mine()
    save(qtbot, session)
    assert other.read_text() == theirs
    assert "Mine. " in session.path.read_text()


def test_take_theirs_leaves_mine_one_undo_away(session, editor, qtbot):
    qtbot.keyClicks(editor, "Mine. ")
    write(session.path, "a woman behind glass", "a man behind glass")
    qtbot.waitUntil(lambda: session.theirs is not None, timeout=5000)
    session.take_theirs()
    editor.undo()
    assert session.text.startswith("Mine. ")


def test_a_review_with_broken_front_matter_saves_its_text_and_nothing_else(start, tmp_path, qtbot):
    path = tmp_path / "a.md"
    path.write_bytes(b"---\ntitle: [a\n---\nText")
    program = start(path)
    session = program.desk.current
    assert not program.window.review.isEnabled()
    qtbot.keyClicks(program.window.editor.editor, "My ")
    save(qtbot, session)
    assert path.read_bytes() == b"---\ntitle: [a\n---\nMy Text"


def test_two_unsaved_reviews_keep_their_texts(program, session, editor, qtbot, sample):
    qtbot.keyClicks(editor, "One. ")
    program.files.open(sample / "moon-2009" / "review.md")
    qtbot.keyClicks(editor, "Two. ")
    program.files.open(session.path)
    assert session.text.startswith("One. ")
    assert [s.text[:5] for s in program.desk.unsaved] == ["One. ", "Two. "]


def test_a_new_review_is_saved_under_its_title(program, qtbot, sample):
    program.actions["new"].trigger()
    qtbot.keyClicks(program.window.review.title, "Aftersun")
    session = program.desk.current
    save(qtbot, session)
    assert session.path == sample / "aftersun" / "review.md"


def test_a_review_without_a_title_is_asked_for_one(program):
    program.actions["new"].trigger()
    program.actions["save"].trigger()
    assert "needs a title" in program.notices.text


def answer(monkeypatch, words: str):
    """Stand in for the writer at a question: press the button with these words."""

    def exec_(box):
        button = next(b for b in box.buttons() if b.text() == words)
        monkeypatch.setattr(box, "clickedButton", lambda: button, raising=False)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)


def test_closing_with_unsaved_changes_saves_them_at_the_writers_word(program, session, editor, qtbot, monkeypatch):
    answer(monkeypatch, "Save")
    qtbot.keyClicks(editor, "Typed. ")
    with qtbot.waitSignal(session.saved):
        program.window.close()
    assert "Typed. " in session.path.read_text()


def test_closing_without_saving_keeps_the_text_for_the_next_start(
    program, session, editor, qtbot, monkeypatch, folders
):
    answer(monkeypatch, "Keep for the next start")
    qtbot.keyClicks(editor, "Typed. ")
    assert program.window.close()
    assert b"Typed. " in Recovery(folders.data / "recovery").copies()[0].content


def test_a_review_without_a_title_is_not_lost_at_the_end(program, qtbot, monkeypatch):
    answer(monkeypatch, "Save")
    program.actions["new"].trigger()
    qtbot.keyClicks(program.window.editor.editor, "Unnamed")
    program.window.close()
    assert program.window.isVisible()
    assert "needs a title" in program.notices.text


def test_new_colours_are_no_edit(session, editor, qtbot):
    told = []
    session.text_changed.connect(lambda: told.append(1))
    editor._highlight_all(editor._highlighters[editor.document()])
    qtbot.waitUntil(lambda: not editor._slices.isActive())
    assert told == []
    assert not session.dirty


@pytest.mark.parametrize("when", ["1970-01-01T00:00:00+00:00", "2099-01-01T00:00:00+00:00"])
def test_what_an_earlier_run_left_is_offered_whatever_its_clock_said(start, sample, folders, qtbot, when):
    recovery = Recovery(folders.data / "recovery")
    place = recovery.place(None)
    recovery.keep(place, None, sample, b"---\ntitle: Left\n---\nWords.\n", None)
    place.write_text(json.dumps(json.loads(place.read_text()) | {"when": when}))
    program = start(sample)
    qtbot.waitUntil(lambda: program.recovery.dialog is not None)
    assert "Words." in program.recovery.dialog.left.toPlainText()
