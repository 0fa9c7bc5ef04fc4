"""What another program does to an open file, beyond its words: broken and mended front matter, no text at all."""

import dataclasses

import pytest

from reviewer.ui.dialogs.compare import CompareDialog
from tests.ui.test_session import save

BROKEN, MENDED = b"---\ntitle: [a\n---\nText", b"---\ntitle: a\n---\nText"


def test_front_matter_that_another_program_mended_can_be_edited(start, tmp_path, qtbot):
    path = tmp_path / "a.md"
    path.write_bytes(BROKEN)
    program = start(path)
    path.write_bytes(MENDED)
    program.desk.look_again()
    qtbot.waitUntil(lambda: program.desk.current.review.title == "a")
    assert program.window.review.isEnabled()


def test_front_matter_that_another_program_broke_closes_the_form(program, session, qtbot):
    session.path.write_bytes(BROKEN)
    qtbot.waitUntil(lambda: session.text == "Text")
    assert not program.window.review.isEnabled()


def test_a_file_that_is_no_text_any_more_is_said(program, session, qtbot):
    before = session.text
    session.path.write_bytes(b"\0\0")
    qtbot.waitUntil(lambda: "NUL" in program.notices.text)
    assert session.text == before


def test_undo_in_the_notice_brings_the_former_text_back(program, session, qtbot):
    before = session.text
    session.path.write_text(session.path.read_text().replace("a woman behind glass", "a man behind glass"))
    qtbot.waitUntil(lambda: session.text != before)
    program.notices.act()
    assert session.text == before


def test_undo_in_the_notice_leaves_a_field_alone_that_did_not_change(program, session, qtbot):
    session.change("Author", dataclasses.replace(session.review, author="Nobody"))
    save(qtbot, session)
    session.path.write_text(session.path.read_text().replace("a woman behind glass", "a man behind glass"))
    qtbot.waitUntil(lambda: "a man behind glass" in session.text)
    program.notices.act()
    assert session.review.author == "Nobody"


@pytest.mark.parametrize(("taken", "whose"), [("Use this text", "Mine. "), ("Keep this text", "a man behind glass")])
def test_compare_takes_the_chosen_side(program, session, editor, qtbot, monkeypatch, taken, whose):
    qtbot.keyClicks(editor, "Mine. ")
    session.path.write_text(session.path.read_text().replace("a woman behind glass", "a man behind glass"))
    qtbot.waitUntil(lambda: session.theirs is not None)
    monkeypatch.setattr(CompareDialog, "open", lambda dialog: dialog._take(taken))
    next(b for b in program.window.editor.bar._buttons if b.text() == "Compare").click()
    assert whose in session.text
    assert session.theirs is None


def test_a_field_changed_outside_is_shown_in_the_form(program, session, qtbot):
    session.path.write_text(session.path.read_text().replace("author: Ana Ruiz", "author: Someone"))
    qtbot.waitUntil(lambda: program.window.review.author.text() == "Someone")
    assert not session.dirty


def test_a_review_whose_file_is_gone_is_saved_again(session, editor, qtbot):
    qtbot.keyClicks(editor, "Here. ")
    session.path.unlink()
    save(qtbot, session)
    assert "Here. " in session.path.read_text()


def test_hundreds_of_changes_at_once_are_all_seen(program, session, qtbot):
    library = program.desk.library
    paths = [library / f"many-{n:03}" / "review.md" for n in range(300)]
    for path in paths:
        path.parent.mkdir()
        path.write_text("---\ntitle: Before\n---\n\nWords.\n")
    qtbot.waitUntil(lambda: len(program.desk.entries) == 303, timeout=20_000)
    for path in paths:
        path.write_text("---\ntitle: After that\n---\n\nWords.\n")
    qtbot.waitUntil(
        lambda: sum(entry.title == "After that" for entry in program.desk.entries.values()) == 300, timeout=20_000
    )


def test_unsaved_work_is_listed_as_it_is_while_hundreds_of_files_change(program, session, qtbot):
    session.change("Title", dataclasses.replace(session.review, title="Not saved yet"))
    library = program.desk.library
    for n in range(300):
        (library / f"many-{n:03}").mkdir()
        (library / f"many-{n:03}" / "review.md").write_text("---\ntitle: New\n---\n\nWords.\n")
    qtbot.waitUntil(lambda: len(program.desk.entries) == 303, timeout=20_000)
    assert program.desk.entries[session.path].title == "Not saved yet"
