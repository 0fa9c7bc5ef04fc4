"""The record of a still, or of several at once: what they show, where they come from, why they may appear."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
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
from reviewer.review.reuse import ReuseRule, request_words, whose_to_give
from reviewer.review.rights import BASIS_WORDS, Verdict, standing
from reviewer.review.rights import day as day_words
from reviewer.review.values import STATES, STILL_KINDS, Event, Still
from reviewer.text.schema import Unfit, day
from reviewer.ui.session import today
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.badges import TOKENS, paint_picture
from reviewer.ui.widgets.fields import Form, Line, Lines, Section, bold, link_button, plain_label
from reviewer.ui.words import tip

Change = Callable[[Still], Still]
DIFFERENT = "Different"
"""Stands in a field whose values differ among the chosen stills; what is typed there is for all of them."""
_PLACEHOLDERS = {"expires": "No end given", "territory": "Everywhere", "asked": "2011-10-01", "answered": "2011-10-01"}
NEEDS = {
    "press-terms": ("permission.terms", "source.url"),
    "licence": ("permission.licence", "permission.holder", "source.url"),
    "quotation": ("permission.note",),
    "public-domain": ("permission.note",),
}
"""The fields that a basis asks for (see `reviewer.review.rights`)."""
NOTE_NEEDED = {"quotation": "Needed: what of it the text discusses", "public-domain": "Needed: why, and how you know"}
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


def with_basis(basis: str) -> Change:
    """The change that gives a still this basis; a permission that nobody asked for yet says so."""

    def change(still: Still) -> Still:
        permission = dataclasses.replace(still.permission, basis=basis)
        if basis == "permission" and not permission.state:
            permission = dataclasses.replace(permission, state="not-asked")
        return dataclasses.replace(still, permission=permission)

    return change


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
    """The record of the chosen stills. `changed` carries a function from a still to a still, its name, and the field's."""

    changed = Signal(object, str, str)
    crop_requested = Signal(str)
    reuse_requested = Signal(str)
    evidence_requested = Signal(str)
    evidence_shown = Signal(str)
    letter_requested = Signal(str)
    note_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule: Callable[[], ReuseRule] = ReuseRule
        self._theme = theme
        self._still, self._placed = Still(), False
        self._stills: tuple[Still, ...] = (self._still,)
        self.picture = _Picture(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        self.several = plain_label("", self)
        self.several.setContentsMargins(16, 12, 16, 0)
        bold(self.several)
        layout.addWidget(self.several)
        inner = self._inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 20)
        inner.setSpacing(14)
        layout.addLayout(inner)
        inner.addWidget(self._facts())
        inner.addWidget(self._permission())
        inner.addWidget(self._evidence())
        inner.addWidget(self._log())
        inner.addWidget(self._reuse())
        theme.changed.connect(lambda: self.show_stills(self._stills, self._placed))
        inner.addStretch(1)

    def add_top(self, *widgets: QWidget) -> None:
        """Put something between the picture and the fields."""
        for number, widget in enumerate(widgets):
            self._inner.insertWidget(number, widget)

    def field(self, name: str) -> QWidget:
        """The field of a value, such as ``credit`` or ``permission.holder``."""
        return self._lines[name]

    def _facts(self) -> QWidget:
        self.form = Form(self)
        self._lines: dict[str, Line | Lines] = {}
        self._hints: defaultdict[str, str] = defaultdict(str)
        for label, name, hint, placeholder in (
            ("Alt text", "alt", "What a reader who cannot see it should know", "What the picture shows"),
            ("Caption", "caption", "The words under the picture", ""),
            ("Credit", "credit", "Who made it, as it should be printed", "Who made it, as it should be printed"),
        ):
            field = Lines(self.form)
            self.form.add(label, field, hint, placeholder)
            self._hints[name] = placeholder
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
            ("Taken by", "by", "Who took it from there"),
            ("Address", "url", "The address it was taken from"),
            ("Archive", "archive", "The address of a copy in a web archive, for when the source is gone"),
            ("Fetched", "fetched", "The day it was fetched, 2011-09-30"),
        ):
            line = Line(self.form)
            self._hints[f"source.{name}"] = "Where it comes from" if name == "name" else ""
            self.form.add(label, line, hint, self._hints[f"source.{name}"])
            line.typed.connect(
                lambda text, name=name, label=label, line=line: self._set_source(label, name, text, line)
            )
            self._lines[f"source.{name}"] = line
        timecode = Line(self.form)
        self.form.add("Time code", timecode, "Where in the film, 00:01:12.480")
        timecode.typed.connect(lambda text: self._set("Time code", "timecode", text))
        self._lines["timecode"] = timecode
        self.crop = link_button("Crop, straighten, focus…", self.form)
        self.crop.setToolTip("For exported copies only; the file stays as it is")
        self.crop.clicked.connect(lambda: self.crop_requested.emit(self._still.file))
        self.form.grid.addWidget(self.crop, self.form.grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeading)
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
            placeholder = self._hints[f"permission.{name}"] = _PLACEHOLDERS.get(name, "")
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
        self.evidence = section
        self._papers: list[QWidget] = []
        self._shown_papers: tuple[str, ...] | None = None
        return section

    def _show_evidence(self, files: tuple[str, ...]) -> None:
        """The files as links; each opens what it says."""
        if files == self._shown_papers:
            return
        self._shown_papers = files
        for paper in self._papers:
            paper.hide()
            paper.deleteLater()
        self._papers = []
        for file in files:
            link = link_button(file.rpartition("/")[2], self.evidence, partial(self.evidence_shown.emit, file))
            link.setToolTip(tip(file))
            self.evidence.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
            self._papers.append(link)
        if not files:
            empty = plain_label("Nothing attached. Drop a mail or a PDF here, or attach a letter.", self.evidence)
            self.evidence.add(empty)
            self._papers.append(empty)

    def _log(self) -> QWidget:
        section = Section("What happened", self, "+ Note")
        section.act.setAccessibleName("Write down what happened")
        section.act.clicked.connect(lambda: self.note_requested.emit(self._still.file))
        self.log = section
        self._events: list[QWidget] = []
        self._shown_log: tuple[Event, ...] | None = None
        return section

    def _reuse(self) -> QWidget:
        section = Section("Reuse by others", self, "+ Request")
        section.act.setAccessibleName("Write down that somebody asked for the still")
        section.act.clicked.connect(lambda: self.reuse_requested.emit(self._still.file))
        form = Form(section)
        line = Line(form)
        form.add("Allowed", line, "What this blog lets others do with it; the settings have a rule for all")
        self._hints["reuse.terms"] = ""
        line.typed.connect(self._set_reuse)
        self._lines["reuse.terms"] = line
        section.add(form)
        self.may_give = plain_label("", section)
        self.may_give.setProperty("second", True)
        section.add(self.may_give)
        self.requests = plain_label("", section)
        section.add(self.requests)
        return section

    def _show_reuse(self, still: Still) -> None:
        rule = self.rule().terms(still)
        self._hints["reuse.terms"] = f"By your rule: {rule}" if rule else "Ask; fine for non-commercial reviews"
        if self._common("reuse.terms") is not DIFFERENT:
            self._lines["reuse.terms"].setPlaceholderText(self._hints["reuse.terms"])
        self.may_give.setText(whose_to_give(still))
        self.requests.setText(
            "\n".join(request_words(request) for request in still.reuse.requests) or "Nobody asked yet."
        )

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
        """Show one record; a field that is being typed in keeps its caret."""
        self.show_stills((still,), shown)

    def show_stills(self, stills: Sequence[Still], shown: bool) -> None:
        """Show the records of one still or of several; a field whose values differ says so."""
        still = stills[0]
        self._stills, self._still, self._placed = tuple(stills), still, shown
        one = len(stills) == 1
        self.several.setVisible(not one)
        self.several.setText(f"{len(stills)} stills; what you change here changes in all of them")
        for name, line in self._lines.items():
            value = self._common(name)
            if not (line.hasFocus() and value in (None, "")):
                line.show_value("" if value is None or value is DIFFERENT else str(value))
            line.setPlaceholderText(DIFFERENT if value is DIFFERENT else self._placeholder(name))
        self._show_choice(self.kind, self._common("kind") or "")
        self._show_verdict()
        bases = {one.permission.basis for one in stills}
        basis = bases.pop() if len(bases) == 1 else ""
        for name, button in self.bases.items():
            button.setChecked(basis == name)
        self.rights.setVisible(basis not in ("", "unknown"))
        asks = basis == "permission"
        self._show_row(self.state, asks)
        self._show_choice(self.state, self._common("permission.state") or "not-asked")
        for name in ("asked", "answered", "contact"):
            self._show_row(self._lines[f"permission.{name}"], asks)
        self._show_row(self._lines["permission.licence"], basis == "licence")
        asked_for = attribution(still) if one else ""
        self.attribution.setText(f"The licence asks for: {asked_for}")
        self.attribution.setVisible(bool(asked_for))
        self.use_attribution.setVisible(bool(asked_for) and still.credit != asked_for)
        self.take_out.setVisible(shown and one)
        self.crop.setVisible(one)
        for part in (self.evidence, self.log):
            part.setVisible(one)
        if one:
            self._show_evidence(still.permission.evidence)
            self._show_log(still.permission.log)
        self._show_reuse(still)
        self.may_give.setVisible(one)
        self.requests.setVisible(one)

    def _common(self, name: str) -> Any:
        """A field's value in all the stills, or `DIFFERENT`."""
        place, _, inner = name.rpartition(".")
        values = {getattr(getattr(still, place) if place else still, inner) for still in self._stills}
        return values.pop() if len(values) == 1 else DIFFERENT

    def _placeholder(self, name: str) -> str:
        """What stands in an empty field: an example, or that this basis needs it."""
        basis = self._common("permission.basis")
        if name in NEEDS.get(basis, ()):
            return f"Needed: {BASIS_WORDS[basis][0].lower()}" if name != "permission.note" else NOTE_NEEDED[basis]
        return self._hints[name]

    def _show_choice(self, box: QComboBox, value: str) -> None:
        box.setPlaceholderText(DIFFERENT)
        box.setCurrentIndex(-1 if value is DIFFERENT else max(0, box.findData(value)))

    def _show_verdict(self) -> None:
        standings = [standing(still, today()) for still in self._stills]
        now = next((one for one in standings if one.blocks), standings[0])
        may = now.verdict in (Verdict.MAY, Verdict.INCOMPLETE)
        words = f"✓ {now.words}" if may else f"? {now.words}" if now.verdict is Verdict.UNKNOWN else now.words
        if now.override:
            words = f"Published all the same: {now.override}"
        if len(standings) > 1:
            blocked = sum(one.blocks for one in standings)
            words = f"{blocked} of {len(standings)} may not appear" if blocked else f"✓ All {len(standings)} may appear"
        self.verdict.setText(words)
        self.verdict.setStyleSheet(f"color: {self._theme.colour(TOKENS[now.verdict]).name()}; font-weight: 600")
        self.question.setVisible(all(one.verdict is Verdict.UNKNOWN for one in standings))

    def _show_row(self, field: QWidget, shown: bool) -> None:
        field.setVisible(shown)
        grid = self.rights.grid
        row = grid.getItemPosition(grid.indexOf(field))[0]  # type: ignore[index]
        item = grid.itemAtPosition(row, 0)
        if item is not None and item.widget() is not None:
            item.widget().setVisible(shown)  # type: ignore[union-attr]

    # changing

    def _set(self, label: str, name: str, value: Any) -> None:
        self.changed.emit(lambda still: dataclasses.replace(still, **{name: value}), label, name)

    def _set_reuse(self, text: str) -> None:
        self.changed.emit(
            lambda still: dataclasses.replace(still, reuse=dataclasses.replace(still.reuse, terms=text)),
            "Reuse", "reuse.terms",
        )  # fmt: skip

    def _credit_as_asked(self) -> None:
        """Make the licence's attribution the credit; who was credited before is the holder, where none was named."""

        def change(still: Still) -> Still:
            permission = dataclasses.replace(still.permission, holder=still.permission.holder or still.credit)
            return dataclasses.replace(still, credit=attribution(still), permission=permission)

        self.changed.emit(change, "Credit", "credit")

    def _set_source(self, label: str, name: str, text: str, line: Line) -> None:
        value: Any = self._date(text, line) if name == "fetched" else text
        if value is not NotImplemented:
            self.changed.emit(
                lambda still: dataclasses.replace(still, source=dataclasses.replace(still.source, **{name: value})),
                label, f"source.{name}",
            )  # fmt: skip

    def _set_right(self, label: str, name: str, text: str, line: Line) -> None:
        value = self._date(text, line) if name in ("asked", "answered", "expires") else text
        if value is not NotImplemented:
            self._set_permission(label, **{name: value})

    def _set_basis(self, basis: str) -> None:
        self.changed.emit(with_basis(basis), "Basis", "permission.basis")

    def _set_permission(self, label: str, **change: Any) -> None:
        self.changed.emit(
            lambda still: dataclasses.replace(still, permission=dataclasses.replace(still.permission, **change)),
            label, f"permission.{next(iter(change))}",
        )  # fmt: skip

    def _date(self, text: str, line: Line) -> Any:
        """A date, None for an empty field, or NotImplemented while it is none yet."""
        try:
            value = day(text) if text.strip() else None
        except Unfit:
            line.set_wrong(len(text.strip()) >= 10)
            return NotImplemented
        line.set_wrong(False)
        return value
