"""The record of one still: what it shows, where it comes from, why it may appear."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import (
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.licences import attribution
from reviewer.review.rights import BASIS_WORDS, Verdict, standing
from reviewer.review.rights import day as day_words
from reviewer.review.values import STATES, STILL_KINDS, Event, Permission, Source, Still
from reviewer.text.schema import Unfit, day
from reviewer.ui.panels.library import paint_picture
from reviewer.ui.session import today
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import Form, Line, Lines, Section, link_button, plain_label

TOKENS = {
    Verdict.MAY: "may", Verdict.INCOMPLETE: "waits", Verdict.WAITING: "waits",
    Verdict.UNKNOWN: "blocks", Verdict.REFUSED: "blocks", Verdict.EXPIRED: "blocks",
}  # fmt: skip


_PLACEHOLDERS = {"expires": "No end given", "territory": "Everywhere", "asked": "2011-10-01", "answered": "2011-10-01"}
_HAPPENED = {
    "asked": "Asked", "reminded": "Reminded", "granted": "Granted", "refused": "Refused", "withdrawn": "Withdrawn",
    "thanked": "Thanked", "renewal-asked": "Renewal asked", "reuse": "Reuse asked", "evidence": "Attached", "note": "Note",
}  # fmt: skip


def event_words(event: Event) -> str:
    """An event in one line: what, who, and the words that matter."""
    first = _HAPPENED.get(event.what, event.what.capitalize() or "Note")
    who = (
        f" by {event.who}"
        if event.who and event.what in ("granted", "refused", "withdrawn")
        else f": {event.who}"
        if event.who
        else ""
    )
    note = event.note or event.evidence.rpartition("/")[2]
    return f"{first}{who}.{f' {note}' if note else ''}"


class _Picture(QWidget):
    """The chosen still, large; keeps its shape."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image: QImage | None = None
        self.setFixedHeight(150)
        self.setAccessibleName("The still")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_picture(painter, QRectF(self.rect()), self.image, self._theme, 0)


class StillRecord(QWidget):
    """The record of one still: what it shows, where it comes from, why it may appear."""

    changed = Signal(object, str, str)
    evidence_requested = Signal(str)
    letter_requested = Signal(str)
    note_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._still, self._placed = Still(), False
        self.picture = _Picture(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 20)
        inner.setSpacing(14)
        layout.addLayout(inner)
        inner.addWidget(self._facts())
        inner.addWidget(self._permission())
        inner.addWidget(self._evidence())
        inner.addWidget(self._log())
        theme.changed.connect(lambda: self.show_still(self._still, self._placed))
        inner.addStretch(1)

    def _facts(self) -> QWidget:
        self.form = Form(self)
        self._lines: dict[str, Line | Lines] = {}
        for label, name, hint, placeholder in (
            ("Alt text", "alt", "What a reader who cannot see it should know", "What the picture shows"),
            ("Caption", "caption", "The words under the picture", ""),
            ("Credit", "credit", "Who made it, as it should be printed", "Who made it, as it should be printed"),
        ):
            field = Lines(self.form)
            self.form.add(label, field, hint, placeholder)
            field.typed.connect(lambda text, name=name, label=label: self._set(label, name, " ".join(text.split("\n"))))
            self._lines[name] = field
        self.kind = QComboBox(self.form)
        self.kind.addItem("Not said", "")
        for kind in STILL_KINDS:
            self.kind.addItem(kind.replace("-", " ").capitalize(), kind)
        self.kind.activated.connect(lambda _: self._set("Kind", "kind", self.kind.currentData()))
        self.form.add("Kind", self.kind, "A frame of the film, a publicity still, your own picture …")
        for label, name, hint in (
            ("Source", "name", "Where it comes from, for example the trailer"),
            ("Address", "url", "The address it was taken from"),
            ("Fetched", "fetched", "The day it was fetched, 2011-09-30"),
        ):
            line = Line(self.form)
            self.form.add(label, line, hint, "Where it comes from" if name == "name" else "")
            line.typed.connect(
                lambda text, name=name, label=label, line=line: self._set_source(label, name, text, line)
            )
            self._lines[f"source.{name}"] = line
        timecode = Line(self.form)
        self.form.add("Time code", timecode, "Where in the film, 00:01:12.480")
        timecode.typed.connect(lambda text: self._set("Time code", "timecode", text))
        self._lines["timecode"] = timecode
        return self.form

    def _permission(self) -> QWidget:
        section = Section("Permission", self, "Write a letter…")
        section.act.clicked.connect(lambda: self.letter_requested.emit(self._still.file))
        self.verdict = plain_label("", section)
        section.add(self.verdict)
        self.question = plain_label(
            "Why may this still appear? Until it is known, the review cannot be exported with it.", section
        )
        section.add(self.question)
        self.bases: dict[str, QRadioButton] = {}
        for basis, (words, needs) in BASIS_WORDS.items():
            row = QWidget(section)
            inner = QVBoxLayout(row)
            inner.setContentsMargins(0, 0, 0, 2)
            inner.setSpacing(0)
            button = QRadioButton(words, row)
            button.setAutoExclusive(False)
            button.setAccessibleDescription(needs)
            button.clicked.connect(lambda _=False, basis=basis: self._set_basis(basis))
            note = plain_label(needs, row)
            note.setContentsMargins(24, 0, 0, 0)
            note.setProperty("third", True)
            inner.addWidget(button)
            inner.addWidget(note)
            section.add(row)
            self.bases[basis] = button
        self.rights = Form(section)
        self.state = QComboBox(self.rights)
        for state in STATES:
            self.state.addItem(state.replace("-", " ").capitalize(), state)
        self.state.activated.connect(lambda _: self._set_permission("Answer", state=self.state.currentData()))
        self.rights.add("Answer", self.state, "How the request stands")
        for label, name, hint in (
            ("Holder", "holder", "Who holds the rights"),
            ("Contact", "contact", "Where to reach them"),
            ("Licence", "licence", "For example CC-BY-4.0"),
            ("Asked", "asked", "The day you asked"),
            ("Answered", "answered", "The day of the answer"),
            ("Until", "expires", "The day it runs out; none is for ever"),
            ("Where", "territory", "Countries it holds for; none is everywhere"),
            ("Terms", "terms", "On what terms"),
            ("Note", "note", "For yourself; it never leaves the library"),
        ):
            line = Line(self.rights)
            placeholder = _PLACEHOLDERS.get(name, "")
            self.rights.add(label, line, hint, placeholder)
            line.typed.connect(lambda text, name=name, label=label, line=line: self._set_right(label, name, text, line))
            self._lines[f"permission.{name}"] = line
        section.add(self.rights)
        self.attribution = plain_label("", section)
        self.attribution.setProperty("second", True)
        section.add(self.attribution)
        self.use_attribution = link_button("Use it as the credit", section)
        self.use_attribution.clicked.connect(self._credit_as_asked)
        section.column.addWidget(self.use_attribution, 0, Qt.AlignmentFlag.AlignLeading)
        self.take_out = link_button("Take it out of the text", section)
        section.column.addWidget(self.take_out, 0, Qt.AlignmentFlag.AlignLeading)
        section.add(plain_label("Reviewer keeps records. It does not give legal advice.", section))
        return section

    def _evidence(self) -> QWidget:
        section = Section("Evidence", self, "Attach…")
        section.act.clicked.connect(lambda: self.evidence_requested.emit(self._still.file))
        self.evidence = plain_label("", section)
        section.add(self.evidence)
        return section

    def _log(self) -> QWidget:
        section = Section("What happened", self, "+ Note")
        section.act.setAccessibleName("Write down what happened")
        section.act.clicked.connect(lambda: self.note_requested.emit(self._still.file))
        self.log = section
        self._events: list[QWidget] = []
        self._shown_log: tuple[Event, ...] | None = None
        return section

    def _show_log(self, events: tuple[Event, ...]) -> None:
        if events == self._shown_log:
            return
        self._shown_log = events
        for row in self._events:
            row.hide()
            row.deleteLater()
        self._events = []
        for event in events:
            row = QWidget(self.log)
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
            date = plain_label(day_words(event.date) or "No date", row, wrap=False)
            date.setProperty("third", True)
            date.setFixedWidth(date.fontMetrics().horizontalAdvance("30 Sept 2011 "))
            layout.addWidget(date, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(plain_label(event_words(event), row), 1)
            self.log.add(row)
            self._events.append(row)
        if not events:
            empty = plain_label("Nothing yet. Letters and answers are written down here.", self.log)
            self.log.add(empty)
            self._events.append(empty)

    def show_still(self, still: Still, shown: bool) -> None:
        """Show a record; a field that is being typed in keeps its caret."""
        self._still, self._placed = still, shown
        source, permission = still.source, still.permission
        values: dict[str, object] = {name: getattr(still, name) for name in ("alt", "caption", "credit", "timecode")}
        values |= {f"source.{name}": getattr(source, name) for name in ("name", "url", "fetched")}
        names = ("holder", "contact", "licence", "asked", "answered", "expires", "territory", "terms", "note")
        values |= {f"permission.{name}": getattr(permission, name) for name in names}
        for name, line in self._lines.items():
            value = values[name]
            if not (line.hasFocus() and value in (None, "")):
                line.show_value("" if value is None else str(value))
        self.kind.setCurrentIndex(max(0, self.kind.findData(still.kind)))
        now = standing(still, today())
        may = now.verdict in (Verdict.MAY, Verdict.INCOMPLETE)
        self.verdict.setText(
            f"✓ {now.words}" if may else f"? {now.words}" if now.verdict is Verdict.UNKNOWN else now.words
        )
        if now.override:
            self.verdict.setText(f"Published all the same: {now.override}")
        colour = self._theme.colour(TOKENS[now.verdict])
        self.verdict.setStyleSheet(f"color: {colour.name()}; font-weight: 600")
        self.question.setVisible(now.verdict is Verdict.UNKNOWN)
        for basis, button in self.bases.items():
            button.setChecked(permission.basis == basis)
        known = permission.basis not in ("", "unknown")
        self.rights.setVisible(known)
        asks = permission.basis == "permission"
        self._show_row(self.state, asks)
        self.state.setCurrentIndex(max(0, self.state.findData(permission.state or "not-asked")))
        for name in ("asked", "answered", "contact"):
            self._show_row(self._lines[f"permission.{name}"], asks)
        self._show_row(self._lines["permission.licence"], permission.basis == "licence")
        asked_for = attribution(still)
        self.attribution.setText(f"The licence asks for: {asked_for}")
        self.attribution.setVisible(bool(asked_for))
        self.use_attribution.setVisible(bool(asked_for) and still.credit != asked_for)
        self.take_out.setVisible(shown)
        self.evidence.setText(
            "\n".join(permission.evidence) or "Nothing attached. Drop a mail or a PDF here, or attach a letter."
        )
        self._show_log(permission.log)

    def _show_row(self, field: QWidget, shown: bool) -> None:
        field.setVisible(shown)
        grid = self.rights.grid
        row = grid.getItemPosition(grid.indexOf(field))[0]  # type: ignore[index]
        item = grid.itemAtPosition(row, 0)
        if item is not None and item.widget() is not None:
            item.widget().setVisible(shown)  # type: ignore[union-attr]

    # changing

    def _set(self, label: str, name: str, value: Any) -> None:
        self.changed.emit(dataclasses.replace(self._still, **{name: value}), label, name)

    def _credit_as_asked(self) -> None:
        """Make the licence's attribution the credit; who was credited before is the holder, where none was named."""
        still = self._still
        permission = dataclasses.replace(still.permission, holder=still.permission.holder or still.credit)
        self._set_nested("Credit", "credit", credit=attribution(still), permission=permission)

    def _set_source(self, label: str, name: str, text: str, line: Line) -> None:
        value: Any = self._date(text, line) if name == "fetched" else text
        if value is not NotImplemented:
            source: Source = dataclasses.replace(self._still.source, **{name: value})
            self._set_nested(label, f"source.{name}", source=source)

    def _set_right(self, label: str, name: str, text: str, line: Line) -> None:
        value = self._date(text, line) if name in ("asked", "answered", "expires") else text
        if value is not NotImplemented:
            self._set_permission(label, **{name: value})

    def _set_basis(self, basis: str) -> None:
        change: dict[str, Any] = {"basis": basis}
        if basis == "permission" and not self._still.permission.state:
            change["state"] = "not-asked"
        self._set_permission("Basis", **change)

    def _set_permission(self, label: str, **change: Any) -> None:
        permission: Permission = dataclasses.replace(self._still.permission, **change)
        self._set_nested(label, f"permission.{next(iter(change))}", permission=permission)

    def _set_nested(self, label: str, key: str, **change: Any) -> None:
        self.changed.emit(dataclasses.replace(self._still, **change), label, key)

    def _date(self, text: str, line: Line) -> Any:
        """A date, None for an empty field, or NotImplemented while it is none yet."""
        try:
            value = day(text) if text.strip() else None
        except Unfit:
            line.set_wrong(len(text.strip()) >= 10)
            return NotImplemented
        line.set_wrong(False)
        return value
