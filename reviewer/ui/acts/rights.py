"""Permissions of stills: letters that ask, answers that come in, what happened."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from reviewer.library.files import overwrite
from reviewer.library.listing import Entry
from reviewer.library.resources import resource
from reviewer.review.correspondence import due, happened
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Event, Still
from reviewer.stills.intake import add_evidence
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.window import Window

EVIDENCE = "Letters, mails, pictures (*.eml *.pdf *.txt *.jpg *.jpeg *.png *.webp);;All files (*)"
UNKNOWN = (Verdict.UNKNOWN, Verdict.EXPIRED)


class RightsActs:
    """Everything that changes a still's permission other than its fields."""

    def __init__(self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks) -> None:
        self._window, self._desk, self._notices, self._tasks = window, desk, notices, tasks
        self.dialog: Any = None
        actions.join(
            {"letter": self.write, "answer": self.ask_evidence, "happened": self.note, "waiting": self.show_waiting}
        )  # fmt: skip
        self._told = False
        desk.scanned.connect(self._tell)
        window.inspector.made.connect(self._panel_made)

    def _panel_made(self, name: str, panel: Any) -> None:
        if name == "Stills":
            panel.letter_requested.connect(self.write)
            panel.evidence_requested.connect(self.ask_evidence)
            panel.note_requested.connect(self.note)
            panel.answer_dropped.connect(self.attach)

    def _chosen(self, file: str) -> tuple[Session | None, Still | None]:
        """The review in front and the still that is meant: the one named, else the one chosen on the Stills tab."""
        session = self._desk.current
        if session is None:
            return None, None
        still = session.review.still(file) if file else self._window.stills.current
        if still is None:
            self._notices.say("Choose a still on the Stills tab first.")
        return session, still

    # what waits

    def _waiting(self) -> list[tuple[Entry, str, str]]:
        """Each still of the library that waits for the writer: its review, its file, and why."""
        return [(entry, file, why) for entry in self._desk.entries.values() for file, why in entry.due]

    def _tell(self) -> None:
        """Say once, when the first library was read, how much waits."""
        count = len(self._waiting())
        if count and not self._told:
            said = "1 permission waits" if count == 1 else f"{count} permissions wait"
            self._notices.say(f"{said} for you.", "Show", self.show_waiting)
        self._told = True

    def show_waiting(self) -> None:
        """The list of all that waits; a row leads to its still."""
        found = self._waiting()
        if not found:
            self._notices.say("No permission waits for you.")
            return
        dialog = self.dialog = late.module("ui.dialogs.rights").WaitingDialog(found, self._window)
        dialog.chosen.connect(self._go)
        dialog.open()

    def _go(self, path: Path, file: str) -> None:
        if self._desk.open(path) is not None:
            self._window.inspector.show_tab("Stills")
            self._window.stills.choose(file)

    # letters

    def write(self, file: str = "") -> None:
        """A letter about a still, filled in, to be sent by the writer."""
        session, still = self._chosen(file)
        if session is None or still is None:
            return
        letters = late.module("stills.letters")
        known = letters.templates([resource("letters"), self._desk.folders.config / "letters"])
        others = [s for s in session.review.stills if s.file != still.file and standing(s, today()).verdict in UNKNOWN]
        self.dialog = late.module("ui.dialogs.rights").LetterDialog(
            known, session.review, still, others, today(), self._write, self._window
        )
        best = "remind" if due([still], today()) and still.permission.state == "asked" else "ask-distributor"
        self.dialog.template.setCurrentIndex(max(0, next((n for n, t in enumerate(known) if t.name == best), 0)))
        self.dialog.compose()
        self.dialog.sent.connect(lambda letter, how, stills: self._sent(session, letter, how, stills))
        self.dialog.open()

    def _write(self, path: Path, data: bytes) -> None:
        self._tasks.run(
            lambda: overwrite(path, data),
            lambda _: self._notices.say(f"Saved {path.name}. A mail program opens it as a draft."),
            lambda error: self._notices.warn(f"Not saved. {words.of(error, path)}"),
        )

    def _sent(self, session: Session, letter: Any, how: str, stills: Sequence[Still]) -> None:
        what, title = self.dialog.what, self.dialog.template.currentText()
        event = Event(today(), what, letter.to, how, title)
        review = session.review
        for still in stills:
            now = review.still(still.file)
            if now is not None:
                review = review.with_still(happened(now, event))
        session.change("Letter", review)
        count = len(stills)
        where = "The letter is copied" if how == "copied" else "The letter is ready"
        self._notices.say(
            f"{where} and written down for {count} {'still' if count == 1 else 'stills'}.", "Undo", session.undo_field
        )

    # answers

    def ask_evidence(self, file: str = "") -> None:
        """Choose a letter, a mail or a PDF to be kept beside the review."""
        session, still = self._chosen(file)
        if session is None or still is None or not self._has_folder(session):
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Attach a letter, a mail or a PDF", str(Path.home()), EVIDENCE
        )
        if name:
            self.attach(still.file, Path(name))

    def _has_folder(self, session: Session) -> bool:
        if session.folder is None:
            self._notices.say("Save the review first: evidence is kept in its folder.")
        return session.folder is not None

    def attach(self, file: str, source: Path) -> None:
        """Copy evidence into the review; of a mail, ask what it means."""
        session = self._desk.current
        if session is None or not self._has_folder(session):
            return
        folder = session.folder
        assert folder is not None

        def work() -> tuple[str, str, Any]:
            kept, digest = add_evidence(folder, source)
            mail = late.module("stills.mail")
            try:
                found = mail.read((folder / kept).read_bytes()) if source.suffix.lower() == ".eml" else None
            except mail.NotAMail:
                found = None
            return kept, digest, found

        self._tasks.run(
            work,
            lambda done: self._attached(session, file, *done),
            lambda error: self._notices.warn(f"Not attached. {words.of(error, source)}"),
        )

    def _attached(self, session: Session, file: str, kept: str, digest: str, answer: Any) -> None:
        plain = Event(today(), "evidence", evidence=kept, sha256=digest)
        if answer is None:
            self._happened(session, file, plain)
            return
        dialog = self.dialog = late.module("ui.dialogs.rights").EventDialog(
            answer, kept.rpartition("/")[2], today(), self._window
        )
        dialog.rejected.connect(lambda: self._happened(session, file, plain))
        dialog.accepted.connect(
            lambda: self._happened(session, file, dataclasses.replace(dialog.written, evidence=kept, sha256=digest))
        )
        dialog.open()

    def note(self, file: str = "") -> None:
        """Write down what happened."""
        session, still = self._chosen(file)
        if session is None or still is None:
            return
        dialog = self.dialog = late.module("ui.dialogs.rights").EventDialog(None, "", today(), self._window)
        dialog.accepted.connect(lambda: self._happened(session, still.file, dialog.written))
        dialog.open()

    def _happened(self, session: Session, file: str, event: Event) -> None:
        still = session.review.still(file)
        if still is not None:
            session.change("What happened", session.review.with_still(happened(still, event)))
