"""The Film tab: facts of the film, who made it, who plays in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.cast import merged, names, parse_cast
from reviewer.review.values import JOBS, Film, Review, Role
from reviewer.text.page import JOB_WORDS
from reviewer.text.schema import Unfit, day
from reviewer.ui.icons import icon
from reviewer.ui.session import Session
from reviewer.ui.widgets.fields import Form, Line, Lines, Section, plain_label


class _CastLine(Line):
    """A field of the cast that knows a pasted list when it sees one."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QApplication.clipboard().text()
            if "\n" in text.strip() or "\t" in text:
                self.pasted.emit(text)
                return
        super().keyPressEvent(event)


class FilmPanel(QWidget):
    """Shows the film of a session's review and changes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 20)
        layout.setSpacing(14)
        layout.addWidget(self._facts())
        layout.addWidget(self._credits())
        layout.addWidget(self._cast())
        layout.addStretch(1)

    # making

    def _facts(self) -> QWidget:
        self.form = Form(self)
        self._fields: dict[str, tuple[Line, Callable[[Film], str]]] = {}
        self._text("Title", "title", "The film’s title, as your readers know it")
        self._text("Original", "original_title", "The title in its own language")
        self._number("Year", "year", 1870, 2200, "The year of its first showing")
        self._number("Runtime", "runtime", 1, 9999, "Minutes")
        self._list("Country", "countries", "Countries, separated by commas")
        self._list("Language", "languages", "Languages spoken, separated by commas")
        self._list("Genre", "genres", "Genres, separated by commas")
        self._seen()
        for name, label in (("imdb", "IMDb"), ("tmdb", "TMDb"), ("letterboxd", "Letterboxd"), ("wikidata", "Wikidata")):
            self._id(label, name)
        return self.form

    def _row(self, label: str, name: str, hint: str, show: Callable[[Film], str]) -> Line:
        line = Line(self.form)
        self.form.add(label, line, hint)
        self._fields[name] = (line, show)
        return line

    def _text(self, label: str, name: str, hint: str) -> None:
        line = self._row(label, name, hint, lambda film: str(getattr(film, name)))
        line.typed.connect(lambda text: self._change(label, name, text))

    def _number(self, label: str, name: str, least: int, most: int, hint: str) -> None:
        line = self._row(label, name, hint, lambda film: str(getattr(film, name) or ""))

        def typed(text: str) -> None:
            plain = text.removesuffix("min").strip()
            if not plain:
                self._change(label, name, None)
            elif plain.isascii() and plain.isdigit() and least <= int(plain) <= most:
                self._change(label, name, int(plain))
            self.form.set_error(line, "")

        def finished() -> None:
            plain = line.text().removesuffix("min").strip()
            good = not plain or (plain.isascii() and plain.isdigit() and least <= int(plain) <= most)
            self.form.set_error(line, "" if good else f"“{line.text()}” is no number from {least} to {most}.")

        line.typed.connect(typed)
        line.editingFinished.connect(finished)

    def _list(self, label: str, name: str, hint: str) -> None:
        line = self._row(label, name, hint, lambda film: ", ".join(getattr(film, name)))
        line.typed.connect(lambda text: self._change(label, name, _parts(text)))

    def _id(self, label: str, name: str) -> None:
        line = self._row(
            label, f"ids.{name}", f"The film’s number or address at {label}", lambda film: getattr(film.ids, name)
        )
        line.typed.connect(lambda text: self._change_ids(label, name, text.strip()))

    def _seen(self) -> None:
        box = QWidget(self.form)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        self.seen_date, self.seen_where = Line(box), Line(box)
        self.seen_date.setPlaceholderText("2010-10-02")
        self.seen_date.setAccessibleName("Seen on")
        self.again = QCheckBox("again", box)
        self.again.setToolTip("Not for the first time")
        row.addWidget(self.seen_date)
        row.addWidget(self.again)
        self.form.add("Seen", box, "When you saw the film")
        self.form.add("Where", self.seen_where, "Where you saw the film")
        self.seen_date.typed.connect(self._seen_typed)
        self.seen_where.typed.connect(lambda text: self._change_seen(where=text))
        self.again.clicked.connect(lambda on: self._change_seen(again=on or None))

    def _credits(self) -> QWidget:
        section = Section("Credits", self)
        self._crew_form = Form(section)
        self._crew: dict[str, Line] = {}
        self._added: list[str] = []
        section.add(self._crew_form)
        self.job = QComboBox(section)
        self.job.setEditable(True)
        self.job.setAccessibleName("Add a job")
        typed = QLineEdit(self.job)
        typed.setPlaceholderText("+ Add a job")
        self.job.setLineEdit(typed)
        self.job.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.job.activated.connect(lambda _: self._add_job())
        typed.returnPressed.connect(self._add_job)
        section.add(self.job)
        return section

    def _cast(self) -> QWidget:
        section = Section("Cast", self, "+ Add")
        section.act.clicked.connect(self._add_role)
        self._cast_box = QVBoxLayout()
        self._cast_box.setSpacing(4)
        section.column.addLayout(self._cast_box)
        self._cast_rows: list[tuple[QWidget, _CastLine, _CastLine]] = []
        self.paste = Lines(section)
        self.paste.setPlaceholderText("Paste a cast list here: Carey Mulligan as Kathy, one a line")
        self.paste.setAccessibleName("Paste a cast list")
        self.paste.typed.connect(self._pasted_below)
        section.add(self.paste)
        self.paste_note = plain_label("", section)
        self.paste_note.hide()
        section.add(self.paste_note)
        return section

    # showing

    def show_session(self, session: Session | None) -> None:
        if self._session is not None:
            self._session.review_changed.disconnect(self.refresh)
        self._session = session
        self._added = []
        if session is not None:
            session.review_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self.setEnabled(self._session is not None and self._session.readable)
        review = self._session.review if self._session else Review()
        odd = self._session.opened.reading.odd if self._session and self._session.opened else {}
        for name, (line, show) in self._fields.items():
            value = show(review.film)
            raw = odd.get(f"film.{name}", "")
            if not (line.hasFocus() and _parts(line.text()) == _parts(value)) and not (line.hasFocus() and not value):
                line.show_value(value or raw)
            if raw:
                self.form.set_error(line, "" if value else "It stands in the file like this and is not used.")
        self._fields["original_title"][0].setPlaceholderText("Same as title" if review.film.title else "")
        seen = review.film.seen
        if not self.seen_date.hasFocus():
            self.seen_date.show_value(seen.date.isoformat() if seen.date else "")
        self.seen_where.show_value(seen.where)
        self.again.setChecked(bool(seen.again))
        self._show_crew(review)
        self._show_cast(review)

    def _show_crew(self, review: Review) -> None:
        wanted = dict.fromkeys(("director", *(credit.job for credit in review.credits.crew), *self._added))
        for job in wanted:
            if job not in self._crew:
                self._crew[job] = self._crew_line(job)
        for job, line in self._crew.items():
            self._crew_form.set_row_visible(line, job in wanted)
            value = ", ".join(review.credits.people(job))
            if not (line.hasFocus() and _parts(line.text()) == _parts(value)):
                line.show_value(value)
        shown = [self.job.itemText(n) for n in range(self.job.count())]
        free = [JOB_WORDS.get(job, job) for job in JOBS if job not in wanted]
        if shown != free:
            self.job.clear()
            self.job.addItems(free)
        self.job.setCurrentIndex(-1)

    def _crew_line(self, job: str) -> Line:
        line = Line(self._crew_form)
        label = JOB_WORDS.get(job, job.replace("_", " ").capitalize())
        self._crew_form.add(label, line, "Names, separated by commas")
        line.typed.connect(lambda text: self._change_people(label, job, text))
        return line

    def _show_cast(self, review: Review) -> None:
        cast = list(review.credits.cast)
        while len(self._cast_rows) > len(cast):
            row, *_ = self._cast_rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._cast_rows) < len(cast):
            self._cast_rows.append(self._cast_row(len(self._cast_rows)))
        for role, (_, name, actors) in zip(cast, self._cast_rows, strict=True):
            if not name.hasFocus():
                name.show_value(role.role)
            if not (actors.hasFocus() and names(actors.text()) == role.actors):
                actors.show_value(", ".join(role.actors))

    def _cast_row(self, place: int) -> tuple[QWidget, _CastLine, _CastLine]:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        name, actors = _CastLine(row), _CastLine(row)
        name.setPlaceholderText("Role")
        name.setAccessibleName(f"Role {place + 1}")
        actors.setPlaceholderText("Actors")
        actors.setAccessibleName(f"Actors of role {place + 1}")
        name.setFixedWidth(84)
        remove = QToolButton(row)
        remove.setIcon(icon("x"))
        remove.setAccessibleName("Remove the role")
        remove.setToolTip("Remove the role")
        remove.clicked.connect(lambda: self._edit_cast(place, None))
        name.typed.connect(lambda text: self._edit_cast(place, Role(text, names(actors.text()))))
        actors.typed.connect(lambda text: self._edit_cast(place, Role(name.text(), names(text))))
        for line in (name, actors):
            line.pasted.connect(self._take_pasted)
        for widget in (name, actors, remove):
            layout.addWidget(widget)
        self._cast_box.addWidget(row)
        return row, name, actors

    # changing

    def _change(self, label: str, name: str, value: Any) -> None:
        if self._session is not None:
            film = dataclasses.replace(self._session.review.film, **{name: value})
            self._session.change(label, dataclasses.replace(self._session.review, film=film), key=f"film.{name}")

    def _change_ids(self, label: str, name: str, value: str) -> None:
        if self._session is not None:
            ids = dataclasses.replace(self._session.review.film.ids, **{name: value})
            self._change(label, "ids", ids)

    def _change_seen(self, **change: Any) -> None:
        if self._session is not None:
            self._change("Seen", "seen", dataclasses.replace(self._session.review.film.seen, **change))

    def _seen_typed(self, text: str) -> None:
        try:
            when = day(text) if text.strip() else None
        except Unfit:
            self.seen_date.set_wrong(len(text.strip()) >= 10)
            return
        self.seen_date.set_wrong(False)
        self._change_seen(date=when)

    def _change_people(self, label: str, job: str, text: str) -> None:
        if self._session is not None:
            credits = self._session.review.credits.with_people(job, _parts(text))
            self._session.change(
                label, dataclasses.replace(self._session.review, credits=credits), key=f"credits.{job}"
            )

    def _add_job(self) -> None:
        text = self.job.currentText().strip()
        if not text:
            return
        job = next((key for key, words in JOB_WORDS.items() if words.casefold() == text.casefold()), "")
        job = job or "_".join(text.casefold().split())
        self.job.clearEditText()
        if job == "cast":
            if self._cast_rows:
                self._cast_rows[-1][1].setFocus()
            return
        self._added.append(job)
        self._show_crew(self._session.review if self._session else Review())
        self._crew[job].setFocus()

    def _edit_cast(self, place: int, role: Role | None) -> None:
        if self._session is None:
            return
        cast = list(self._session.review.credits.cast)
        cast[place : place + 1] = [role] if role is not None else []
        self._set_cast(tuple(cast), "" if role is None else f"cast.{place}")

    def _add_role(self) -> None:
        if self._session is not None:
            self._set_cast((*self._session.review.credits.cast, Role("", ("",))), "")
            self._cast_rows[-1][1].setFocus()

    def _set_cast(self, cast: tuple[Role, ...], key: str) -> None:
        if self._session is not None:
            credits = dataclasses.replace(self._session.review.credits, cast=cast)
            self._session.change("Cast", dataclasses.replace(self._session.review, credits=credits), key=key)

    def _pasted_below(self, text: str) -> None:
        """A list pasted into the field below; single words that are typed wait for the end of the line."""
        if "\n" in text:
            self._take_pasted(text)
            self.paste.show_value("")

    def _take_pasted(self, text: str) -> None:
        if self._session is None:
            return
        new = parse_cast(text)
        kept = tuple(role for role in self._session.review.credits.cast if role.role or any(role.actors))
        self._set_cast(merged((*kept, *new)), "")
        self.paste_note.setText(
            f"{len(new)} {'role' if len(new) == 1 else 'roles'} taken from the list. Undo takes them out again."
        )
        self.paste_note.show()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in text.replace(";", ",").split(",")) if part)
