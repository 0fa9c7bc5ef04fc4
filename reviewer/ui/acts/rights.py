"""Permissions of stills: letters that ask, answers that come in, what happened."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from reviewer.library.files import overwrite
from reviewer.library.folders import home
from reviewer.library.listing import Entry
from reviewer.library.resources import resource
from reviewer.library.shelf import Change, Part
from reviewer.review.correspondence import due, happened
from reviewer.review.reuse import ReuseRule, answer_letter, requested
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Event
from reviewer.stills.intake import add_evidence
from reviewer.stills.letters import About, Letter
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

EVIDENCE = "Letters, mails, pictures (*.eml *.pdf *.txt *.jpg *.jpeg *.png *.webp);;All files (*)"
UNKNOWN = (Verdict.UNKNOWN, Verdict.EXPIRED)


@dataclass(frozen=True)
class Subject:
    """What a letter or an answer is about: stills of one or of several reviews, others that it may be about too, how a
    change is made to them, and how it is undone."""

    abouts: tuple[About, ...]
    others: tuple[About, ...]
    apply: Callable[[str, Sequence[Part]], object]
    undo: Callable[[], object]


class RightsActs:
    """Everything that changes a still's permission other than its fields."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self.dialog: Any = None
        actions.join(
            {"letter": self.write, "answer": self.ask_evidence, "happened": self.note, "request": self.request, "waiting": self.show_waiting}
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
            panel.record.rule = self.rule
            panel.record.reuse_requested.connect(self.request)
            panel.record.evidence_shown.connect(self._show_here)

    def _subject(self, file: str) -> Subject | None:
        """What is meant on the Stills tab: the chosen stills where the named one is among them, else that one."""
        session = self._desk.current
        if session is None or session.path is None:
            return None
        panel, path, review = self._window.stills, session.path, session.review
        stills = panel.chosen
        if file and all(still.file != file for still in stills):
            stills = [still for still in (review.still(file),) if still is not None]
        if not stills:
            self._notices.say("Choose a still on the Stills tab first.")
            return None
        rest = [s for s in review.stills if s not in stills and standing(s, today()).verdict in UNKNOWN]

        def apply(label: str, parts: Sequence[Part]) -> None:
            for part in parts:
                session.change(label, part.applied(session.review))

        about = [About(review, still, path) for still in stills]
        return Subject(tuple(about), tuple(About(review, still, path) for still in rest), apply, session.undo_field)

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
        def choose(_: Session) -> None:
            self._window.inspector.show_tab("Stills")
            self._window.stills.choose(file)

        self._desk.open(path, choose)

    # letters

    def write(self, file: str = "") -> None:
        """A letter about the chosen stills, filled in, to be sent by the writer."""
        self.write_about(self._subject(file))

    def write_about(self, subject: Subject | None, best: str = "", **more: str) -> None:
        """The same about stills of any reviews; `best` names the letter to begin with."""
        if subject is None or not subject.abouts:
            return
        letters = late.module("stills.letters")
        known = letters.templates([resource("letters"), self._desk.folders.config / "letters"])
        dialog = self.dialog = late.module("ui.dialogs.rights").LetterDialog(
            known, subject.abouts, subject.others, today(), self._write, self._window, more
        )
        still = subject.abouts[0].still
        usual = "remind" if due([still], today()) and still.permission.state == "asked" else "ask-distributor"
        names = [template.name for template in known]
        dialog.template.setCurrentIndex(names.index(best or usual) if (best or usual) in names else 0)
        dialog.compose()
        dialog.sent.connect(lambda letter, how, abouts: self._sent(subject, letter, how, abouts))
        dialog.open()

    def _write(self, path: Path, data: bytes) -> None:
        self._tasks.run(
            lambda: overwrite(path, data),
            lambda _: self._notices.say(f"Saved {path.name}. A mail program opens it as a draft."),
            lambda error: self._notices.warn(f"Not saved. {words.of(error, path)}"),
        )

    def _sent(self, subject: Subject, letter: Letter, how: str, abouts: Sequence[About]) -> None:
        what, title = self.dialog.what, self.dialog.template.currentText()
        event = Event(today(), what, letter.to, how, title)
        subject.apply("Letter", _parts(abouts, lambda still: happened(still, event)))
        count = len(abouts)
        where = "The letter is copied" if how == "copied" else "The letter is ready"
        self._notices.say(
            f"{where} and written down for {count} {'still' if count == 1 else 'stills'}.", "Undo", subject.undo
        )

    # answers

    def ask_evidence(self, file: str = "") -> None:
        """Choose a letter, a mail or a PDF to be kept beside the review."""
        self.ask_evidence_about(self._subject(file))

    def ask_evidence_about(self, subject: Subject | None) -> None:
        if subject is None or not subject.abouts:
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Attach a letter, a mail or a PDF", str(home()), EVIDENCE)
        if name:
            self.attach_about(subject, Path(name))

    def attach(self, file: str, source: Path) -> None:
        """Copy evidence into the review; of a mail, ask what it means."""
        if (subject := self._subject(file)) is not None:
            self.attach_about(subject, source)

    def attach_about(self, subject: Subject, source: Path) -> None:
        """The same for stills of any reviews: each review gets its own copy."""
        folders = {about.path: about.path.parent for about in subject.abouts}

        def work() -> tuple[dict[Path, tuple[str, str]], Any]:
            kept = {path: add_evidence(folder, source) for path, folder in folders.items()}
            mail = late.module("stills.mail")
            path, (name, _) = next(iter(kept.items()))
            try:
                found = mail.read((path.parent / name).read_bytes()) if source.suffix.lower() == ".eml" else None
            except mail.NotAMail:
                found = None
            return kept, found

        self._tasks.run(
            work,
            lambda done: self._attached(subject, *done),
            lambda error: self._notices.warn(f"Not attached. {words.of(error, source)}"),
        )

    def _attached(self, subject: Subject, kept: dict[Path, tuple[str, str]], answer: Any) -> None:
        plain = Event(today(), "evidence")
        if answer is None:
            self._happened(subject, plain, kept)
            return
        name = next(iter(kept.values()))[0].rpartition("/")[2]
        dialog = self.dialog = late.module("ui.dialogs.rights").EventDialog(answer, name, today(), self._window)
        dialog.rejected.connect(lambda: self._happened(subject, plain, kept))
        dialog.accepted.connect(lambda: self._happened(subject, dialog.written, kept))
        dialog.open()

    def note(self, file: str = "") -> None:
        """Write down what happened."""
        self.note_about(self._subject(file))

    def note_about(self, subject: Subject | None) -> None:
        if subject is None or not subject.abouts:
            return
        dialog = self.dialog = late.module("ui.dialogs.rights").EventDialog(None, "", today(), self._window)
        dialog.accepted.connect(lambda: self._happened(subject, dialog.written, {}))
        dialog.open()

    def _happened(self, subject: Subject, event: Event, kept: dict[Path, tuple[str, str]]) -> None:
        """Write an event into the log of each still; `kept` is its evidence in each review's folder, with its hash."""

        def logs(path: Path) -> Change:
            evidence, digest = kept.get(path, ("", ""))
            its = dataclasses.replace(event, evidence=evidence, sha256=digest)
            return lambda still: happened(still, its)

        empty = _parts(subject.abouts, lambda still: still)
        made = [dataclasses.replace(part, change=logs(part.path)) for part in empty]
        subject.apply("What happened", made)

    def _show_here(self, file: str) -> None:
        session = self._desk.current
        if session is not None and session.folder is not None:
            self.show_evidence(session.folder, file)

    def show_evidence(self, folder: Path, file: str) -> None:
        """Show a mail, a text or a picture that a permission rests on; read in a thread."""
        read = late.module("stills.evidence").read_evidence

        def show(found: Any) -> None:
            dialog = self.dialog = late.module("ui.dialogs.evidence").EvidenceDialog(
                self._theme, folder / file, found, self._window
            )
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._tasks.run(
            lambda: read(folder, file), show, lambda error: self._notices.warn(words.of(error, folder / file))
        )

    # readers who ask

    def request(self, file: str = "") -> None:
        """Write down that somebody asks for the still, and what the answer is."""
        self.request_about(self._subject(file))

    def rule(self) -> ReuseRule:
        """What the library lets others do with stills that say nothing of their own."""
        return self._desk.settings.reuse

    def request_about(self, subject: Subject | None) -> None:
        if subject is None or not subject.abouts:
            return
        rule = self.rule()
        abouts = tuple(dataclasses.replace(about, still=rule.applied(about.still)) for about in subject.abouts)
        still, answered = abouts[0].still, dataclasses.replace(subject, abouts=abouts)
        dialog = self.dialog = late.module("ui.dialogs.rights").RequestDialog(still, today(), self._window)

        def write() -> None:
            asked = dialog.written
            subject.apply("Request", _parts(subject.abouts, lambda still: requested(still, asked)))
            if dialog.answering:
                self.write_about(answered, answer_letter(still, asked.answer), reader=asked.from_)

        dialog.accepted.connect(write)
        dialog.open()


def _parts(abouts: Iterable[About], change: Change) -> list[Part]:
    """A change to these stills, review by review."""
    files: dict[Path, list[str]] = {}
    for about in abouts:
        files.setdefault(about.path, []).append(about.still.file)
    return [Part(path, tuple(names), change) for path, names in files.items()]
