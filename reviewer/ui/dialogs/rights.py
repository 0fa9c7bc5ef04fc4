"""Letters about stills before they go out, and answers as they come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.folders import home
from reviewer.library.listing import Entry
from reviewer.review.reuse import ANSWERS as ANSWERS_TO_READERS
from reviewer.review.reuse import whose_to_give
from reviewer.review.values import Event, ReuseRequest, Still
from reviewer.stills.letters import About, Letter, Template, fill, mail, mailto, together
from reviewer.stills.mail import Mail
from reviewer.text.schema import Unfit, day
from reviewer.ui.widgets.fields import Form, Line, Lines, plain_label

ANSWERS = (
    ("granted", "They said yes"),
    ("refused", "They said no"),
    ("withdrawn", "They took it back"),
    ("reuse", "A reader asked for the picture"),
    ("evidence", "Only keep it"),
)
NOTES = (
    ("note", "A note"),
    ("asked", "I asked"),
    ("reminded", "I reminded them"),
    *ANSWERS[:4],
    ("thanked", "I thanked them"),
)
MOST_NOTE = 300


class LetterDialog(QDialog):
    """A letter filled in from film, still and author. `sent` carries the letter, the event that it is, and for which stills.

    Nothing is sent by the program: the letter is copied, saved as a draft, or handed to the system's mail program.
    """

    sent = Signal(object, str, object)

    def __init__(
        self, known: Sequence[Template], abouts: Sequence[About], others: Sequence[About], today: dt.date,
        write: Callable[[Path, bytes], object], parent: QWidget, more: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._known, self._abouts, self._others = known, tuple(abouts), tuple(others)
        self._more = dict(more or {})
        self._today, self._write = today, write
        self.setWindowTitle("Write a letter")
        self.resize(min(680, parent.width() - 40), min(620, parent.height() - 60))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        form = Form(self)
        self.template = QComboBox(form)
        for template in known:
            self.template.addItem(template.title, template)
        self.template.activated.connect(lambda _: self.compose())
        form.add(
            "Letter",
            self.template,
            "Your own letters stand beside these: text files in the settings folder, in letters/",
        )
        self.to = Line(form)
        form.add("To", self.to, "The address it goes to", "press@example.org")
        self.subject = Line(form)
        form.add("Subject", self.subject, "The mail’s subject")
        layout.addWidget(form)
        self.all = QCheckBox(f"For the {len(others)} other stills too whose permission is not known", self)
        self.all.setVisible(bool(others))
        self.all.toggled.connect(lambda _: self.compose())
        layout.addWidget(self.all)
        self.body = QPlainTextEdit(self)
        self.body.setObjectName("sample")
        self.body.setAccessibleName("The letter")
        self.body.setTabChangesFocus(True)
        self.body.textChanged.connect(self._say_blanks)
        layout.addWidget(self.body, 1)
        self.blanks = plain_label("", self)
        self.blanks.setProperty("second", True)
        layout.addWidget(self.blanks)
        layout.addLayout(self._buttons())
        self.compose()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.to if not self.to.text() else self.body).setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        close, save, program = (
            QPushButton("Close", self),
            QPushButton("Save as mail…", self),
            QPushButton("Mail program", self),
        )
        copy = QPushButton("Copy", self)
        copy.setObjectName("filled")
        for button, act in ((close, self.reject), (save, self._save), (program, self._open), (copy, self._copy)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        row.addWidget(close)
        row.addStretch(1)
        for button in (save, program, copy):
            row.addWidget(button)
        return row

    @property
    def stills(self) -> tuple[About, ...]:
        """The stills that the letter is about."""
        return (*self._abouts, *self._others) if self.all.isChecked() else self._abouts

    @property
    def letter(self) -> Letter:
        """The letter as it stands now."""
        return Letter(self.to.text().strip(), self.subject.text(), self.body.toPlainText().rstrip("\n") + "\n")

    def compose(self) -> None:
        """Fill the chosen letter in anew."""
        template: Template = self.template.currentData()
        holder, reader = self._abouts[0].still.permission.contact, self._more.get("reader", "")
        to = holder if template.event != "reuse" else reader if "@" in reader else ""
        if self.to.text() in ("", holder, reader):
            self.to.setText(to)
        letter = fill(template, together(self.stills, self._today) | self._more)
        self.subject.setText(letter.subject)
        self.body.setPlainText(letter.body)

    def _say_blanks(self) -> None:
        blank = "{" in self.body.toPlainText()
        self.blanks.setText(
            "What stands in braces is not known yet: fill it in or strike it."
            if blank
            else "Nothing is sent by Reviewer."
        )

    def _done(self, how: str) -> None:
        self.sent.emit(self.letter, how, self.stills)
        self.accept()

    @property
    def what(self) -> str:
        """What sending the letter is, in the log's words."""
        template: Template = self.template.currentData()
        return template.event

    def _copy(self) -> None:
        letter = self.letter
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        self._done("copied")

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromEncoded(mailto(self.letter).encode()))
        self._done("mail")

    def _save(self) -> None:
        start = str(home() / f"{self._abouts[0].still.name.rpartition('.')[0]} letter.eml")
        name, _ = QFileDialog.getSaveFileName(self, "Save the letter", start, "Mails (*.eml)")
        if name:
            self._write(Path(name), mail(self.letter))
            self._done("mail")


class EventDialog(QDialog):
    """What happened: an answer that came in as a mail, or something to write down. `written` is it when accepted."""

    def __init__(self, answer: Mail | None, name: str, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("An answer" if answer else "What happened")
        self.resize(480, 300)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        if answer is not None:
            words = plain_label(f"{name}, from {answer.sender or 'nobody named'}: {answer.subject}", self)
            words.setProperty("second", True)
            layout.addWidget(words)
        form = Form(self)
        self.what = QComboBox(form)
        for event, words_ in ANSWERS if answer else NOTES:
            self.what.addItem(words_, event)
        form.add("What", self.what, "What it means for the permission")
        self.date = Line(form)
        self.date.setText(str(answer.date if answer and answer.date else today))
        form.add("Date", self.date, "The day, 2011-10-01")
        self.who = Line(form)
        self.who.setText(answer.sender if answer else "")
        form.add("Who", self.who, "Who wrote or said it")
        self.note = Lines(form)
        self.note.show_value(" ".join(answer.text.split())[:MOST_NOTE] if answer else "")
        form.add("Words", self.note, "The words that matter")
        layout.addWidget(form)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        close, self.keep = QPushButton("Cancel", self), QPushButton("Write it down", self)
        self.keep.setObjectName("filled")
        self.keep.setDefault(True)
        close.clicked.connect(self.reject)
        self.keep.clicked.connect(self.accept)
        self.date.textChanged.connect(lambda _: self._look())
        row.addWidget(close)
        row.addWidget(self.keep)
        layout.addLayout(row)
        self._how = "mail" if answer else ""

    def _look(self) -> None:
        wrong = self._date() is None
        self.date.set_wrong(wrong)
        self.keep.setEnabled(not wrong)

    def _date(self) -> dt.date | None:
        try:
            return day(self.date.text())
        except Unfit:
            return None

    @property
    def written(self) -> Event:
        """What was written down."""
        note = " ".join(self.note.text().split())
        return Event(self._date(), self.what.currentData(), self.who.text().strip(), self._how, note)


class RequestDialog(QDialog):
    """Somebody asks this blog for a still. `written` is the request when accepted; `answering` says that a letter is wanted."""

    def __init__(self, still: Still, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.answering = False
        self.setWindowTitle("Somebody asks for the still")
        self.resize(480, 320)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(plain_label(whose_to_give(still), self))
        if still.reuse.terms:
            allowed = plain_label(f"This blog allows: {still.reuse.terms}", self)
            allowed.setProperty("second", True)
            layout.addWidget(allowed)
        form = Form(self)
        self.date, self.who, self.purpose = Line(form), Line(form), Line(form)
        self.date.setText(str(today))
        form.add("Date", self.date, "The day, 2011-10-07")
        form.add("Who", self.who, "Who asks", "A reader in Spain")
        form.add("For", self.purpose, "What they want it for", "A private film blog")
        self.answer = QComboBox(form)
        self.answer.addItem("Not answered yet", "")
        for words in ANSWERS_TO_READERS:
            self.answer.addItem(words.capitalize(), words)
        form.add("Answer", self.answer, "What you answer")
        self.note = Line(form)
        form.add("Note", self.note, "For yourself; it never leaves the library")
        layout.addWidget(form)
        layout.addStretch(1)
        row = QHBoxLayout()
        close, self.keep = QPushButton("Cancel", self), QPushButton("Write it down", self)
        letter = QPushButton("Write it down and answer…", self)
        self.keep.setObjectName("filled")
        self.keep.setDefault(True)
        close.clicked.connect(self.reject)
        self.keep.clicked.connect(self.accept)
        letter.clicked.connect(self._answer)
        self.date.textChanged.connect(lambda _: self._look())
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(letter)
        row.addWidget(self.keep)
        self._letter = letter
        self.setTabOrder(close, letter)
        self.setTabOrder(letter, self.keep)
        layout.addLayout(row)
        self.who.setFocus()

    def _look(self) -> None:
        wrong = self._date() is None
        self.date.set_wrong(wrong)
        self.keep.setEnabled(not wrong)
        self._letter.setEnabled(not wrong)

    def _date(self) -> dt.date | None:
        try:
            return day(self.date.text())
        except Unfit:
            return None

    def _answer(self) -> None:
        self.answering = True
        self.accept()

    @property
    def written(self) -> ReuseRequest:
        """The request as it was written down."""
        who, purpose, note = (" ".join(line.text().split()) for line in (self.who, self.purpose, self.note))
        return ReuseRequest(self._date(), who, purpose, self.answer.currentData(), note)


class WaitingDialog(QDialog):
    """Stills whose permission waits, each with its film and why. `chosen` carries a review's path and a still's."""

    chosen = Signal(object, str)

    def __init__(self, found: Sequence[tuple[Entry, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Permissions that wait")
        self.resize(min(620, parent.width() - 40), min(420, parent.height() - 60))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        self.list = QListWidget(self)
        self.list.setObjectName("places")
        self.list.setAccessibleName("Stills whose permission waits")
        for entry, file, why in found:
            item = QListWidgetItem(f"{entry.title}: {file.rpartition('/')[2]}. {why}.")
            item.setData(Qt.ItemDataRole.UserRole, (entry.path, file))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._choose)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close, show = QPushButton("Close", self), QPushButton("Show the still", self)
        show.setObjectName("filled")
        show.setDefault(True)
        close.clicked.connect(self.reject)
        show.clicked.connect(lambda: self._choose(self.list.currentItem()))
        row.addWidget(close)
        row.addWidget(show)
        layout.addLayout(row)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(*item.data(Qt.ItemDataRole.UserRole))
            self.accept()
