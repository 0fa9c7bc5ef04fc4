"""The order of a review's stills, and evidence that can be read."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from reviewer.stills.evidence import read_evidence
from reviewer.ui.dialogs.evidence import EvidenceDialog

MAIL = "From: Ann <ann@fox.example>\nDate: Thu, 3 Feb 2011 10:00:00 +0000\nSubject: Re: Stills\n\nYes, go ahead.\n"


@pytest.fixture
def panel(program):
    program.window.inspector.show_tab("Stills")
    return program.window.stills


def files(session) -> list[str]:
    return [still.file for still in session.review.stills]


def test_a_still_is_moved_by_keys_and_put_back(panel, session, qtbot):
    before = files(session)
    panel.choose(before[0])
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert files(session) == [before[1], before[0], *before[2:]]
    assert panel.current.file == before[0]
    qtbot.keyClick(panel.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert files(session) == before


def test_the_first_still_goes_no_further_up(panel, session, qtbot):
    before = files(session)
    panel.choose(before[0])
    qtbot.keyClick(panel.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert files(session) == before


def test_a_dragged_still_comes_where_it_is_dropped(panel, session):
    before = files(session)
    data = panel.model.mimeData([panel.model.index(2)])
    assert panel.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert files(session) == [before[2], before[0], before[1], *before[3:]]
    session.undo_field()
    assert files(session) == before


def test_a_still_dragged_behind_the_last_is_last(panel, session):
    before = files(session)
    data = panel.model.mimeData([panel.model.index(0)])
    panel.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert files(session) == [*before[1:], before[0]]


def test_moving_a_still_keeps_its_place_in_the_text(panel, session):
    text = session.text
    panel.reorder([files(session)[-1]], 0)
    assert session.text == text


# evidence


@pytest.fixture
def kept(session):
    folder = session.folder / "permissions"
    folder.mkdir(exist_ok=True)
    (folder / "reply.eml").write_text(MAIL)
    return session.folder


def test_a_mail_is_shown_with_its_head(program, kept, qtbot):
    program.rights.show_evidence(kept, "permissions/reply.eml")
    qtbot.waitUntil(lambda: isinstance(program.rights.dialog, EvidenceDialog))
    assert "Yes, go ahead." in program.rights.dialog.words.toPlainText()
    program.rights.dialog.reject()


def test_a_mail_has_sender_day_and_subject(kept):
    assert read_evidence(kept, "permissions/reply.eml").head == (
        ("From", "Ann <ann@fox.example>"),
        ("Date", "3 Feb 2011"),
        ("Subject", "Re: Stills"),
    )


@pytest.mark.parametrize("file", ["../../secret.txt", "/etc/passwd"])
def test_evidence_outside_the_review_is_not_read(kept, file):
    (kept.parent.parent / "secret.txt").write_text("hush")
    with pytest.raises(PermissionError):
        read_evidence(kept, file)


def test_evidence_that_is_gone_is_named(program, kept, qtbot):
    program.rights.show_evidence(kept, "permissions/gone.eml")
    qtbot.waitUntil(lambda: "gone.eml" in program.notices.text)


def test_a_pdf_is_left_to_its_own_program(kept):
    (kept / "permissions" / "letter.pdf").write_bytes(b"%PDF-1.4 words")
    found = read_evidence(kept, "permissions/letter.pdf")
    assert (found.text, found.picture) == ("", b"")


def test_a_picture_of_a_letter_is_shown(kept, picture):
    data = picture("letter.png").read_bytes()
    (kept / "permissions" / "letter.png").write_bytes(data)
    assert read_evidence(kept, "permissions/letter.png").picture == data


def test_the_record_has_a_link_for_each_piece(panel, session, kept, program, qtbot):
    from dataclasses import replace

    still = session.review.stills[0]
    permission = replace(still.permission, evidence=("permissions/reply.eml",))
    session.change("Evidence", session.review.with_still(replace(still, permission=permission)))
    panel.choose(still.file)
    panel.record._papers[0].click()
    qtbot.waitUntil(lambda: isinstance(program.rights.dialog, EvidenceDialog))
    program.rights.dialog.reject()
