"""The Review tab: title, address, dates, status, marks, categories and tags."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.settings import LibrarySettings
from reviewer.review.marks import LETTER_SCALE, BadMark, Scale, mark_on, with_mark
from reviewer.review.slugs import slug
from reviewer.review.terms import near_double
from reviewer.review.values import STATUSES, Mark, PostDate, Review
from reviewer.text.mentions import Mention
from reviewer.text.schema import Unfit, moment
from reviewer.ui.icons import icon
from reviewer.ui.session import Session
from reviewer.ui.widgets.chips import Chips
from reviewer.ui.widgets.fields import Form, Line, Lines, Section, link_button, plain_label
from reviewer.ui.widgets.stars import Letters, Stars
from reviewer.ui.words import command

_MONTHS = {
    name: n
    for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}


class ReviewPanel(QWidget):
    """Shows a session's review and changes it; each field is one step of undo."""

    mention_clicked = Signal(str)
    no_film = Signal(str)
    heading_chosen = Signal(int)
    section_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._settings = LibrarySettings()
        self._known: dict[str, tuple[str, ...]] = {"categories": (), "tags": ()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 20)
        layout.setSpacing(14)
        layout.addWidget(self._facts())
        layout.addWidget(self._status())
        layout.addWidget(self._mark())
        layout.addWidget(self._terms())
        self.mentions = Section("Mentions", self)
        self._mention_rows: list[QWidget] = []
        layout.addWidget(self.mentions)
        layout.addWidget(self._outline())
        layout.addStretch(1)

    # making

    def _facts(self) -> QWidget:
        self.form = Form(self)
        self.title = self._line("Title", "title", "The review’s title, as it stands above the post")
        self.address = self._line(
            "Address", "slug", "The last part of the post’s address; made from the title until it is typed"
        )
        self.date = self._date("Date", "date", "The post’s day, for example 2011-02-03 or 3 February 2011")
        self.updated = self._date("Updated", "updated", "When the review was last changed, if the post should say so")
        self.author = self._line("Author", "author", "Who wrote the review")
        self.excerpt = Lines(self.form)
        self.form.add("Excerpt", self.excerpt, "One sentence for lists and cards", "One sentence for lists")
        self.excerpt.typed.connect(lambda text: self._change("Excerpt", "excerpt", text))
        self.language = self._line("Language", "language", "The language of the text, as a code such as en, de or pl")
        return self.form

    def _line(self, label: str, field: str, hint: str) -> Line:
        line = Line(self.form)
        self.form.add(label, line, hint)
        line.typed.connect(lambda text: self._change(label, field, text))
        return line

    def _date(self, label: str, field: str, hint: str) -> Line:
        line = Line(self.form)
        self.form.add(label, line, hint, "2011-02-03" if field == "date" else "")
        line.typed.connect(lambda text: self._date_typed(line, text))
        line.editingFinished.connect(lambda: self._take_date(line, label, field))
        return line

    def _status(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.status = QButtonGroup(self)
        for n, name in enumerate(STATUSES):
            button = QPushButton(name.capitalize(), row)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAccessibleName(f"Status: {name}")
            self.status.addButton(button, n)
            layout.addWidget(button)
        layout.addStretch(1)
        self.status.idClicked.connect(lambda n: self._change("Status", "status", STATUSES[n]))
        return row

    def _mark(self) -> QWidget:
        section = Section("Mark", self, "Clear")
        section.act.setAccessibleName("Clear both marks")
        section.act.clicked.connect(lambda: self._rate(()))
        row = QHBoxLayout()
        self.stars = Stars(section)
        self.stars.picked.connect(lambda value: self._pick(self._scale().name, value))
        self.spoken = plain_label("Not rated", section, wrap=False)
        self.spoken.setProperty("second", True)
        self.number = Line(section)
        self.number.setAccessibleName("Mark")
        self.number.editingFinished.connect(self._take_number)
        row.addWidget(self.stars)
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(self.spoken)
        section.column.addLayout(row)
        self.letters = Letters(section)
        self.letters.picked.connect(lambda letter: self._pick(LETTER_SCALE, letter))
        section.add(self.letters)
        self.scale = QComboBox(section)
        self.scale.setAccessibleName("Scale of the mark")
        self._offer_scales()
        self.scale.activated.connect(self._scale_chosen)
        self.mark_error = plain_label("", section)
        self.mark_error.hide()
        section.add(self.scale)
        section.add(self.mark_error)
        return section

    def _offer_scales(self) -> None:
        self.scale.clear()
        for scale in self._settings.scales:
            if scale.name != LETTER_SCALE:
                self.scale.addItem(scale.title, scale.name)
        self.scale.setCurrentIndex(max(0, self.scale.findData(self._settings.scales.usual.name)))

    def _terms(self) -> QWidget:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        self.chips: dict[str, Chips] = {}
        self._doubles: dict[str, tuple[QWidget, QLabel, QPushButton]] = {}
        for field, title, what in (("categories", "Categories", "category"), ("tags", "Tags", "tag")):
            section = Section(title, box)
            chips = self.chips[field] = Chips(what, section)
            chips.changed.connect(lambda terms, field=field, title=title: self._terms_changed(field, title, terms))
            section.add(chips)
            row = QWidget(section)
            inner = QVBoxLayout(row)
            inner.setContentsMargins(0, 0, 0, 0)
            words, use = plain_label("", row), link_button("", row)
            inner.addWidget(words)
            inner.addWidget(use)
            row.hide()
            use.clicked.connect(lambda _=False, field=field: self._use_twin(field))
            section.add(row)
            self._doubles[field] = (row, words, use)
            layout.addWidget(section)
        self._twin: dict[str, tuple[str, str]] = {}
        return box

    def _outline(self) -> QWidget:
        section = self.outline = Section("Outline", self)
        self.headings = QListWidget(section)
        self.headings.setObjectName("outline")
        self.headings.setAccessibleName("Outline")
        self.headings.setAccessibleDescription(
            "Enter goes to a heading; drag it, or Alt and an arrow, to move its section"
        )
        self.headings.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.headings.setFrameShape(QListWidget.Shape.NoFrame)
        self.headings.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.headings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for chosen in (self.headings.itemActivated, self.headings.itemClicked):
            chosen.connect(lambda item: self.heading_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.headings.model().rowsMoved.connect(lambda _a, start, _b, _c, goal: self.section_moved.emit(start, goal))
        self.headings.installEventFilter(self)
        section.add(self.headings)
        section.hide()
        return section

    def show_outline(self, found: Sequence[tuple[int, int, str]]) -> None:
        """Show the text's headings: line, level, words."""
        row = self.headings.currentRow()
        self.headings.clear()
        for line, level, words in found:
            item = QListWidgetItem("    " * (level - 1) + (words or "(a heading without words)"))
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.headings.addItem(item)
        self.headings.setCurrentRow(min(row, self.headings.count() - 1))
        self.headings.setFixedHeight(sum(self.headings.sizeHintForRow(n) for n in range(self.headings.count())) + 4)
        self.outline.setVisible(bool(found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow move a section; they are the list's own here, not the text's."""
        if watched is self.headings and isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 2}.get(Qt.Key(event.key()), 0)
            row = self.headings.currentRow()
            if (
                step
                and event.modifiers() & Qt.KeyboardModifier.AltModifier
                and 0 <= row + step <= self.headings.count()
            ):
                if event.type() == QEvent.Type.KeyPress:
                    self.section_moved.emit(row, row + step)
                event.accept()
                return True
        return False

    # showing

    def settle(self) -> None:
        """Take what is typed and not yet taken, such as a tag without its comma."""
        for chips in self.chips.values():
            chips.take()

    def show_session(self, session: Session | None) -> None:
        self.settle()
        self.scale.setCurrentIndex(max(0, self.scale.findData(self._settings.scales.usual.name)))
        if self._session is not None:
            self._session.review_changed.disconnect(self.refresh)
        self._session = session
        if session is not None:
            session.review_changed.connect(self.refresh)
        for line in (self.date, self.updated):
            line.setModified(False)
        self.refresh()

    def use(self, settings: LibrarySettings, categories: Sequence[str], tags: Sequence[str]) -> None:
        """The library's settings and the terms in use there, most used first."""
        others = settings.scales != self._settings.scales
        self._settings, self._known = settings, {"categories": tuple(categories), "tags": tuple(tags)}
        if others:
            self._offer_scales()
        self.chips["categories"].offer(categories)
        self.chips["tags"].offer(tags)
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self.setEnabled(self._session is not None and self._session.readable)
        review = self._session.review if self._session else Review()
        odd = self._session.opened.reading.odd if self._session and self._session.opened else {}
        for field, widget in (
            ("title", self.title),
            ("slug", self.address),
            ("author", self.author),
            ("language", self.language),
        ):
            value = str(getattr(review, field))
            widget.show_value(value or odd.get(field, ""))
            self._say_odd(widget, field, bool(value), odd)
        self.address.setPlaceholderText(slug(review.title) or "made from the title")
        self.language.setPlaceholderText(self._settings.language)
        self.author.setPlaceholderText(self._settings.author)
        for field, widget in (("date", self.date), ("updated", self.updated)):
            when = getattr(review, field)
            if not widget.isModified():
                widget.show_value(_written(when) or odd.get(field, ""))
                self._say_odd(widget, field, when is not None, odd)
        self.excerpt.show_value(review.excerpt)
        self.status.setExclusive(False)
        for n, name in enumerate(STATUSES):
            self.status.button(n).setChecked(review.status == name)
        self.status.setExclusive(True)
        self._show_marks(review)
        ruled = self._settings.rules.categories(review.rating)
        self.chips["categories"].show_terms(review.categories, ruled)
        self.chips["tags"].show_terms(review.tags)
        for field in ("categories", "tags"):
            self._look_for_twins(field, getattr(review, field))

    def _say_odd(self, widget: QWidget, field: str, has_value: bool, odd: object) -> None:
        wrong = not has_value and isinstance(odd, dict) and field in odd
        self.form.set_error(widget, "It stands in the file like this and is not used." if wrong else "")

    def _show_marks(self, review: Review) -> None:
        scales = self._settings.scales
        first = next((mark for mark in review.rating if mark.scale in scales and mark.scale != LETTER_SCALE), None)
        if first is not None:
            self.scale.setCurrentIndex(self.scale.findData(first.scale))
        scale = self._scale()
        starred = scale.starred
        self.stars.setVisible(starred)
        self.number.setVisible(not starred)
        bad = first is not None and bool(scales.fault(first))
        value = first.value if first is not None and not bad else None
        if starred:
            self.stars.show_value(float(value) if value is not None else None, scale)
            self.spoken.setText(self.stars.words())
        else:
            self.number.setPlaceholderText(", ".join(scale.labels) or f"{scale.worst:g} to {scale.best:g}")
            self.number.show_value("" if value is None else str(value))
            self.spoken.setText("Not rated" if value is None else scale.text(value))
        letter = mark_on(review, LETTER_SCALE)
        self.letters.show_value(str(letter.value) if letter else None)
        wrong = next((mark for mark in review.rating if scales.fault(mark)), None)
        self.mark_error.setText(f"“{wrong.value}” stands in the file: {scales.fault(wrong)}." if wrong else "")
        self.mark_error.setVisible(wrong is not None)

    def show_mentions(self, found: Sequence[tuple[Mention, bool]]) -> None:
        """List the films that the text names, each with whether the library has a review of it."""
        for row in self._mention_rows:
            row.hide()
            row.deleteLater()
        self._mention_rows = []
        self.mentions.title.setText("Mentions" if found else "No film is mentioned")
        for mention, here in found[:40]:
            row = self._mention(mention, here)
            self.mentions.column.addWidget(row)
            self._mention_rows.append(row)

    def _mention(self, mention: Mention, here: bool) -> QWidget:
        """A film's name, and for one that was only guessed a way to say that it is none."""
        row = QWidget(self.mentions)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        name = link_button(command(mention.name), row, partial(self.mention_clicked.emit, mention.name))
        name.setEnabled(here)
        name.setToolTip("Open your review of it" if here else "The library has no review of it")
        layout.addWidget(name)
        layout.addStretch(1)
        if not mention.linked:
            wrong = QToolButton(row)
            wrong.setIcon(icon("x"))
            wrong.setIconSize(QSize(12, 12))
            wrong.setToolTip("Not a film")
            wrong.setAccessibleName(f"{mention.name} is not a film")
            wrong.clicked.connect(partial(self.no_film.emit, mention.name))
            layout.addWidget(wrong)
        return row

    # changing

    def _scale(self) -> Scale:
        scales = self._settings.scales
        return scales.get(str(self.scale.currentData())) or scales.usual

    def _change(self, label: str, field: str, value: Any) -> None:
        if self._session is not None:
            self._session.change(label, dataclasses.replace(self._session.review, **{field: value}), key=field)

    def _date_typed(self, line: Line, text: str) -> None:
        """A date counts as soon as it is one; while it is being typed nothing is said."""
        line.setModified(True)
        try:
            when = read_date(text)
        except Unfit:
            return
        field = "date" if line is self.date else "updated"
        self._change(field.capitalize(), field, when)

    def _take_date(self, line: Line, label: str, field: str) -> None:
        if not line.isModified():
            return
        line.setModified(False)
        try:
            when = read_date(line.text())
        except Unfit:
            self.form.set_error(line, f"“{line.text()}” is no date. Write 2011-02-03 or 3 February 2011.")
            return
        self.form.set_error(line, "")
        self._change(label, field, when)
        line.show_value(_written(when))

    def _pick(self, scale: str, value: float | str | None) -> None:
        if self._session is None:
            return
        if isinstance(value, float):
            value = int(value) if value == int(value) else value
        self._rate(with_mark(self._session.review.rating, scale, value))

    def _rate(self, rating: tuple[Mark, ...]) -> None:
        if self._session is not None:
            order = {name: n for n, name in enumerate(self._settings.scales.names)}
            fixed = tuple(sorted(rating, key=lambda m: order.get(m.scale, 99)))
            self._session.set_rating(fixed, self._settings.rules)

    def _take_number(self) -> None:
        if self._session is None or not self.number.isModified():
            return
        self.number.setModified(False)
        scale = self._scale()
        try:
            value = scale.read(self.number.text()).value if self.number.text().strip() else None
        except BadMark as bad:
            self.mark_error.setText(f"{str(bad)[:1].upper()}{str(bad)[1:]}.")
            self.mark_error.show()
            return
        self._pick(scale.name, value)

    def _scale_chosen(self) -> None:
        """Another scale: the mark on the old one goes, since it means something else there."""
        if self._session is None:
            return
        new = self._scale().name
        kept = tuple(m for m in self._session.review.rating if m.scale in (LETTER_SCALE, new))
        if kept != self._session.review.rating:
            self._rate(kept)
        self._show_scale(new)

    def _show_scale(self, name: str) -> None:
        self.scale.setCurrentIndex(self.scale.findData(name))
        self._show_marks(self._session.review if self._session else Review())

    def _terms_changed(self, field: str, title: str, terms: tuple[str, ...]) -> None:
        self._change(title, field, terms)

    def _look_for_twins(self, field: str, terms: tuple[str, ...]) -> None:
        """Ask about a term that is nearly one in use."""
        row, words, use = self._doubles[field]
        pairs = ((term, near_double(term, self._known[field])) for term in terms if term not in self._known[field])
        term, twin = next(((t, other) for t, other in pairs if other), ("", None))
        row.setVisible(twin is not None)
        if twin is not None:
            self._twin[field] = (term, twin)
            words.setText(f"“{term}” is nearly “{twin}”, which you use already.")
            use.setText(f"Use “{twin}”")

    def _use_twin(self, field: str) -> None:
        if self._session is None or field not in self._twin:
            return
        term, twin = self._twin[field]
        terms = tuple(dict.fromkeys(twin if t == term else t for t in getattr(self._session.review, field)))
        self._change(field.capitalize(), field, terms)


def read_date(text: str) -> PostDate | None:
    """A date as people type it: ISO, ``3 February 2011``, ``Feb 3, 2011``; nothing is None. Raises `Unfit`."""
    plain = " ".join(text.replace(",", " ").split())
    if not plain:
        return None
    words = plain.split(" ")
    month = next((n for n, w in enumerate(words) if w[:3].casefold() in _MONTHS and w.isalpha()), None)
    if month is None or len(words) != 3 or not any(len(w) == 4 and w.isdigit() for w in words):
        return moment(plain)
    numbers = [w for n, w in enumerate(words) if n != month]
    try:
        return dt.date(int(numbers[1]), _MONTHS[words[month][:3].casefold()], int(numbers[0].rstrip("stndrh.")))
    except ValueError:
        raise Unfit("a date") from None


def _written(when: PostDate | None) -> str:
    if when is None:
        return ""
    return when.isoformat(" ", "minutes") if isinstance(when, dt.datetime) else when.isoformat()
