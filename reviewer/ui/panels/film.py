"""The Film tab: facts of the film, who made it, who plays in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.cast import merged, names, parse_cast
from reviewer.review.marks import BUILT_IN, BadMark, Scales
from reviewer.review.values import JOBS, Credits, Feature, Film, FilmList, Mark, Role
from reviewer.text.page import JOB_WORDS
from reviewer.text.schema import Unfit, day
from reviewer.ui.icons import icon
from reviewer.ui.session import Session
from reviewer.ui.widgets.fields import Form, Line, Lines, Section, link_button, plain_label
from reviewer.ui.words import command


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
    """Shows the film of a session's review and changes it. `list_wanted` asks for the films of a list post."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._at = 0
        self._added: list[str] = []
        self._scales = BUILT_IN
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 20)
        layout.setSpacing(14)
        layout.addWidget(self._list_post())
        layout.addWidget(self._films())
        self._film = [self._facts(), self._credits(), self._cast()]
        for part in self._film:
            layout.addWidget(part)
        self._film.append(self._further())
        layout.addWidget(self._film[-1], 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    # a list post

    def _list_post(self) -> QWidget:
        self.of_list = Section("List of films", self, "Change the list…", line=False)
        self.of_list.act.clicked.connect(self.list_wanted)
        self._list_note = plain_label("", self.of_list)
        self.of_list.add(self._list_note)
        self.of_list.hide()
        return self.of_list

    def _show_list(self, asked: FilmList) -> None:
        """What is said of a list post, whose films are in its text, instead of a film's facts."""
        self.of_list.setVisible(bool(asked))
        for part in self._film:
            part.setVisible(not asked)
        search = f"that the search “{asked.query}” finds" if asked.query else "of all reviews"
        self._list_note.setText(
            {
                "in-step": f"Its films are those {search}. It is kept in step with the library.",
                "frozen": f"Its films are those {search}, as they were once.",
            }.get(
                asked.kept,
                "Its films are your own choice. Each is a heading of the text with a film in double brackets.",
            )
        )

    # several films

    def _films(self) -> QTabBar:
        self.films = QTabBar(self)
        self.films.setDrawBase(False)
        self.films.setExpanding(False)
        self.films.setElideMode(Qt.TextElideMode.ElideRight)
        self.films.setAccessibleName("Films of this review")
        self.films.currentChanged.connect(self.show_film)
        self.films.hide()
        return self.films

    def _further(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.add = link_button("Add another film", box, self.add_film)
        self.add.setToolTip("For a double bill, or a review of a whole series")
        self.remove = link_button("Remove this film", box, self.remove_film)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        return box

    @property
    def at(self) -> int:
        """The place of the film that is shown among those of the review."""
        return self._at

    @property
    def _feature(self) -> Feature:
        features = self._session.review.features if self._session else (Feature(),)
        return features[min(self._at, len(features) - 1)]

    def show_film(self, place: int) -> None:
        """Show one of the films of the review."""
        if place != self._at and place >= 0:
            self._at = place
            self._added = []
            self.refresh()

    def add_film(self) -> None:
        """Take a further film into the review."""
        if self._session is not None:
            features = self._session.review.features
            self._at = len(features)
            self._session.change(
                "Another film", self._session.review.with_features([*features, Feature(Film("New film"))])
            )
            line = self._fields["title"][0]
            line.setFocus()
            line.selectAll()

    def remove_film(self) -> None:
        """Take the film that is shown out of the review; undo brings it back."""
        if self._session is not None and len(features := list(self._session.review.features)) > 1:
            gone = features.pop(self._at)
            self._at = max(0, self._at - 1)
            self._session.change(f"Remove {gone.film.title or 'film'}", self._session.review.with_features(features))

    def _put(self, label: str, feature: Feature, key: str) -> None:
        """Let the film that is shown be this one."""
        if self._session is not None:
            features = list(self._session.review.features)
            features[self._at] = feature
            place = f"also.{self._at}." if self._at else ""
            self._session.change(label, self._session.review.with_features(features), key=key and f"{place}{key}")

    def _show_films(self) -> None:
        features = self._session.review.features if self._session else (Feature(),)
        self._at = min(self._at, len(features) - 1)
        names = [one.film.title or f"Film {n}" for n, one in enumerate(features, 1)]
        self.films.blockSignals(True)
        while self.films.count() > len(names):
            self.films.removeTab(self.films.count() - 1)
        while self.films.count() < len(names):
            self.films.addTab("")
        for n, name in enumerate(names):
            self.films.setTabText(n, command(name))
        self.films.setCurrentIndex(self._at)
        self.films.blockSignals(False)
        self.films.setVisible(len(names) > 1)
        self.remove.setVisible(len(names) > 1)
        self.form.set_row_visible(self.mark, self._at > 0)

    def _mark(self) -> None:
        self.mark = Line(self.form)
        self.form.add("Mark", self.mark, "The mark of this film, as 4, B+ or 8/10")
        self.mark.typed.connect(self._mark_typed)

    def use(self, scales: Scales) -> None:
        """Read marks on these scales."""
        self._scales = scales
        self.refresh()

    def _mark_typed(self, text: str) -> None:
        rating: list[Mark] = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            mark = _read(part, self._scales)
            if mark is None:
                self.form.set_error(self.mark, f"“{part}” is on none of your scales.")
                return
            rating.append(mark)
        self.form.set_error(self.mark, "")
        self._put("Mark", dataclasses.replace(self._feature, rating=tuple(rating)), "rating")

    # making

    def _facts(self) -> QWidget:
        self.form = Form(self)
        self._fields: dict[str, tuple[Line, Callable[[Film], str]]] = {}
        self._mark()
        self._text("Title", "title", "The film’s title, as your readers know it")
        self._text("Original", "original_title", "The title in its own language")
        self.called = Lines(self.form)
        self.form.add("Also called", self.called, "Titles under which it ran elsewhere, one a line")
        self.called.typed.connect(self._called_typed)
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
        self._added, self._at = [], 0
        if session is not None:
            session.review_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self.setEnabled(self._session is not None and self._session.readable)
        self._show_list(self._session.review.list_ if self._session else FilmList())
        self._show_films()
        feature = self._feature
        odd = self._session.opened.reading.odd if self._session and self._session.opened else {}
        place = f"also.{self._at - 1}.film" if self._at else "film"
        for name, (line, show) in self._fields.items():
            value = show(feature.film)
            raw = odd.get(f"{place}.{name}", "")
            if not (line.hasFocus() and _parts(line.text()) == _parts(value)) and not (line.hasFocus() and not value):
                line.show_value(value or raw)
            if raw:
                self.form.set_error(line, "" if value else "It stands in the file like this and is not used.")
        self._fields["original_title"][0].setPlaceholderText("Same as title" if feature.film.title else "")
        if not self.called.hasFocus():
            self.called.show_value("\n".join(feature.film.other_titles))
        if not self.mark.hasFocus():
            self.mark.show_value(", ".join(_written(mark, self._scales) for mark in feature.rating))
        seen = feature.film.seen
        if not self.seen_date.hasFocus():
            self.seen_date.show_value(seen.date.isoformat() if seen.date else "")
        self.seen_where.show_value(seen.where)
        self.again.setChecked(bool(seen.again))
        self._show_crew(feature.credits)
        self._show_cast(feature.credits)

    def _show_crew(self, credits: Credits) -> None:
        wanted = dict.fromkeys(("director", *(credit.job for credit in credits.crew), *self._added))
        for job in wanted:
            if job not in self._crew:
                self._crew[job] = self._crew_line(job)
        for job, line in self._crew.items():
            self._crew_form.set_row_visible(line, job in wanted)
            value = ", ".join(credits.people(job))
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

    def _show_cast(self, credits: Credits) -> None:
        cast = list(credits.cast)
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

    def _called_typed(self, text: str) -> None:
        titles = tuple(line.strip() for line in text.split("\n") if line.strip())
        self._change("Other titles", "other_titles", titles)

    def _change(self, label: str, name: str, value: Any) -> None:
        film = dataclasses.replace(self._feature.film, **{name: value})
        self._put(label, dataclasses.replace(self._feature, film=film), f"film.{name}")

    def _change_ids(self, label: str, name: str, value: str) -> None:
        self._change(label, "ids", dataclasses.replace(self._feature.film.ids, **{name: value}))

    def _change_seen(self, **change: Any) -> None:
        self._change("Seen", "seen", dataclasses.replace(self._feature.film.seen, **change))

    def _seen_typed(self, text: str) -> None:
        try:
            when = day(text) if text.strip() else None
        except Unfit:
            self.seen_date.set_wrong(len(text.strip()) >= 10)
            return
        self.seen_date.set_wrong(False)
        self._change_seen(date=when)

    def _change_people(self, label: str, job: str, text: str) -> None:
        credits = self._feature.credits.with_people(job, _parts(text))
        self._put(label, dataclasses.replace(self._feature, credits=credits), f"credits.{job}")

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
        self._show_crew(self._feature.credits)
        self._crew[job].setFocus()

    def _edit_cast(self, place: int, role: Role | None) -> None:
        if self._session is None:
            return
        cast = list(self._feature.credits.cast)
        cast[place : place + 1] = [role] if role is not None else []
        self._set_cast(tuple(cast), "" if role is None else f"cast.{place}")

    def _add_role(self) -> None:
        if self._session is not None:
            self._set_cast((*self._feature.credits.cast, Role("", ("",))), "")
            self._cast_rows[-1][1].setFocus()

    def _set_cast(self, cast: tuple[Role, ...], key: str) -> None:
        credits = dataclasses.replace(self._feature.credits, cast=cast)
        self._put("Cast", dataclasses.replace(self._feature, credits=credits), key)

    def _pasted_below(self, text: str) -> None:
        """A list pasted into the field below; single words that are typed wait for the end of the line."""
        if "\n" in text:
            self._take_pasted(text)
            self.paste.show_value("")

    def _take_pasted(self, text: str) -> None:
        if self._session is None:
            return
        new = parse_cast(text)
        kept = tuple(role for role in self._feature.credits.cast if role.role or any(role.actors))
        self._set_cast(merged((*kept, *new)), "")
        self.paste_note.setText(
            f"{len(new)} {'role' if len(new) == 1 else 'roles'} taken from the list. Undo takes them out again."
        )
        self.paste_note.show()


def _read(text: str, scales: Scales) -> Mark | None:
    """A mark as it is typed, on the first scale that has it, the main one before the others; ``8/10`` is one of ten."""
    part, slash, best = (piece.strip() for piece in text.partition("/"))
    if slash:
        known = [scale for scale in scales if scale.numeric and f"{scale.best:g}" == best]
        text = part
    else:
        known = [scales.usual, *scales]
    for scale in known:
        try:
            return scale.read(text)
        except BadMark:
            continue
    return None


def _written(mark: Mark, scales: Scales) -> str:
    scale = scales.get(mark.scale)
    if scale is None or not scale.numeric or not isinstance(mark.value, (int, float)):
        return str(mark.value)
    return f"{mark.value:g}" if scale.name == scales.usual.name else f"{mark.value:g}/{scale.best:g}"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in text.replace(";", ",").split(",")) if part)
