"""Letters, answers and the log on the Stills tab."""

import dataclasses
import datetime as dt
import hashlib
from email import policy
from email.parser import BytesParser

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.review.reuse import ReuseRule
from reviewer.review.rights import Verdict, standing

MAIL = (
    b"From: Fox <press@example.org>\r\nDate: Sat, 1 Oct 2011 10:41:00 +0200\r\nSubject: Re: Stills\r\n\r\n"
    b"You are welcome to use the frame for your review.\r\n"
)
BOAT = "stills/boat.jpg"


@pytest.fixture
def boat(program):
    """The chosen still, whose permission nobody knows: ``boat()`` is its record as it is now."""
    program.window.inspector.show_tab("Stills")
    program.window.stills.choose(BOAT)
    return lambda: program.desk.current.review.still(BOAT)


@pytest.fixture
def letter(program, boat):
    """The dialog of a letter about the boat."""
    program.actions["letter"].trigger()
    yield program.rights.dialog
    program.rights.dialog.close()


@pytest.fixture
def answer(program, boat, tmp_path, qtbot):
    """The dialog after a mail was dropped on the chosen still."""
    (tmp_path / "reply.eml").write_bytes(MAIL)
    program.window.stills.answer_dropped.emit(BOAT, tmp_path / "reply.eml")
    qtbot.waitUntil(lambda: program.rights.dialog is not None and program.rights.dialog.isVisible())
    return program.rights.dialog


def log(still):
    return [(event.what, event.who) for event in still.permission.log]


def test_the_letter_is_filled_in_and_nothing_is_written_before_it_goes(letter, boat):
    assert letter.subject.text() == "Stills from Never Let Me Go (2010) for a review"
    assert "Kathy, Tommy and Ruth find the boat." in letter.body.toPlainText()
    assert not boat().permission.log


def test_copying_the_letter_is_asking(letter, boat, program):
    letter.to.setText("press@example.org")
    letter._copy()
    assert "Dear Northlight" in QApplication.clipboard().text()
    assert log(boat()) == [("asked", "press@example.org")]
    assert standing(boat(), dt.date.today()).verdict is Verdict.WAITING
    assert boat().permission.contact == "press@example.org"


def test_one_undo_takes_the_asking_back(letter, boat, program):
    before = program.desk.current.review
    letter._copy()
    program.notices.act()
    assert program.desk.current.review == before


def test_a_letter_can_be_for_all_stills_that_nobody_knows_about(program, letter, boat):
    for still in program.desk.current.review.stills:
        assert standing(still, dt.date.today()).verdict is Verdict.UNKNOWN or still.file != BOAT
    assert letter.all.isHidden() == (len(letter._others) == 0)


def test_a_saved_letter_is_a_draft(letter, boat, tmp_path, monkeypatch, qtbot):
    place = tmp_path / "letter.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    letter.to.setText("press@example.org")
    letter._save()
    qtbot.waitUntil(place.is_file)
    assert BytesParser(policy=policy.default).parsebytes(place.read_bytes())["X-Unsent"] == "1"
    assert log(boat()) == [("asked", "press@example.org")]


def test_closing_the_letter_writes_nothing_down(letter, boat):
    letter.reject()
    assert not boat().permission.log


def test_blanks_are_said(letter):
    letter.body.setPlainText("Dear {holder}")
    assert "braces" in letter.blanks.text()
    letter.body.setPlainText("Dear Fox")
    assert letter.blanks.text() == "Nothing is sent by Reviewer."


def test_an_own_letter_is_offered(program, boat):
    folder = program.folders.config / "letters"
    folder.mkdir(parents=True)
    (folder / "aunt.txt").write_text("To my aunt\nSubject: {film}\n\nDear aunt\n")
    program.actions["letter"].trigger()
    dialog = program.rights.dialog
    assert dialog.template.findText("To my aunt") >= 0
    dialog.close()


def test_a_mail_is_read_and_proposed(answer):
    assert (answer.date.text(), answer.who.text()) == ("2011-10-01", "Fox <press@example.org>")
    assert answer.note.text() == "You are welcome to use the frame for your review."


def test_a_yes_lets_the_still_appear_and_keeps_the_mail(answer, boat, program):
    answer.accept()
    assert standing(boat(), dt.date.today()).words == "Granted 1 Oct 2011"
    assert boat().permission.evidence == ("permissions/reply.eml",)
    assert (program.desk.current.folder / "permissions" / "reply.eml").read_bytes() == MAIL


def test_an_answer_without_a_word_on_it_is_kept_all_the_same(answer, boat):
    answer.reject()
    assert boat().permission.evidence == ("permissions/reply.eml",)
    assert standing(boat(), dt.date.today()).verdict is not Verdict.MAY


def test_a_day_that_is_none_cannot_be_written_down(answer):
    answer.date.setText("yesterday")
    assert not answer.keep.isEnabled()


def test_what_is_no_mail_is_attached_without_a_question(program, boat, tmp_path, qtbot):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4")
    program.window.stills.answer_dropped.emit(BOAT, tmp_path / "letter.pdf")
    qtbot.waitUntil(lambda: log(boat()) == [("evidence", "")])


def test_an_answer_that_cannot_be_read_is_said(program, boat, tmp_path, qtbot):
    program.window.stills.answer_dropped.emit(BOAT, tmp_path / "none.eml")
    qtbot.waitUntil(lambda: program.notices.text.startswith("Not attached."))
    assert not boat().permission.log


def test_a_note_is_written_down_and_listed(program, boat):
    program.actions["happened"].trigger()
    dialog = program.rights.dialog
    dialog.note.show_value("Telephoned, nobody there")
    dialog.accept()
    assert [event.note for event in boat().permission.log] == ["Telephoned, nobody there"]
    assert len(program.window.stills.record._events) == 1


def test_the_log_survives_saving_and_opening(program, boat, qtbot, sample):
    program.actions["happened"].trigger()
    program.rights.dialog.note.show_value("A note: with “signs”")
    program.rights.dialog.accept()
    session = program.desk.current
    session.save()
    qtbot.waitUntil(lambda: not session.saving and not session.dirty)
    assert 'note: "A note: with “signs”"' in session.path.read_text("utf-8")


def test_what_waits_is_said_once_at_the_start(program, qtbot):
    qtbot.waitUntil(lambda: not program.desk.scanning)
    assert program.notices.text == "1 permission waits for you."


def test_the_list_of_what_waits_leads_to_the_still(program, sample, qtbot):
    qtbot.waitUntil(lambda: not program.desk.scanning)
    program.files.open(sample / "moon-2009" / "review.md")
    program.actions["waiting"].trigger()
    dialog = program.rights.dialog
    assert [dialog.list.item(n).text().partition(". ")[0] for n in range(dialog.list.count())] == [
        "Never Let Me Go: cafe.jpg"
    ]
    dialog._choose(dialog.list.item(0))
    assert program.desk.current.review.title == "Never Let Me Go"
    assert program.window.stills.current.file == "stills/cafe.jpg"


def test_an_answer_ends_the_waiting(program, qtbot):
    qtbot.waitUntil(lambda: not program.desk.scanning)
    session = program.desk.current
    program.window.inspector.show_tab("Stills")
    program.window.stills.choose("stills/cafe.jpg")
    program.actions["happened"].trigger()
    dialog = program.rights.dialog
    dialog.what.setCurrentIndex(dialog.what.findData("refused"))
    dialog.accept()
    session.save()
    qtbot.waitUntil(lambda: not any(entry.due for entry in program.desk.entries.values()))


def test_a_changed_picture_is_taken_by_the_finding(program, session, boat, qtbot):
    still = boat()
    source = dataclasses.replace(still.source, sha256="0" * 64)
    session.change("Picture", session.review.with_still(dataclasses.replace(still, source=source)))
    qtbot.waitUntil(lambda: any(f.code == "still-changed" for f in program.window.check.findings))
    program.views.go_to_finding(next(f for f in program.window.check.findings if f.code == "still-changed"))
    assert boat().source.sha256 == hashlib.sha256((session.folder / BOAT).read_bytes()).hexdigest()


def test_the_attribution_of_a_licence_becomes_the_credit(program, boat):
    record = program.window.stills.record
    record.bases["licence"].click()
    record._lines["permission.licence"].typed.emit("cc by 4.0")
    assert "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)" in record.attribution.text()
    record.use_attribution.click()
    assert boat().credit.endswith("CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)")
    assert record.use_attribution.isHidden()


def test_without_a_licence_nothing_is_asked_for(program, boat):
    program.window.stills.record.bases["own"].click()
    assert program.window.stills.record.attribution.isHidden()


def test_a_rule_of_the_library_is_shown_and_goes_into_the_answer(program, boat):
    panel = program.window.stills
    program.desk.store_settings(dataclasses.replace(program.desk.settings, reuse=ReuseRule(frames="fine for reviews")))
    panel.refresh()
    assert panel.record._lines["reuse.terms"].placeholderText() == "By your rule: fine for reviews"
    program.rights.request("stills/boat.jpg")
    asked = program.rights.dialog
    asked.who.setText("A reader")
    asked.answer.setCurrentIndex(1)
    asked._answer()
    assert "fine for reviews" in program.rights.dialog.letter.body
    assert boat().reuse.terms == ""
    program.rights.dialog.reject()
