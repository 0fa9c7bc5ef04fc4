"""The films of a list post: found by a search or put there by hand, ranked by dragging, each with what its review says."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library import filmlists
from reviewer.library.filmlists import Candidate
from reviewer.review.values import FilmList
from reviewer.text.filmlist import Item
from reviewer.text.mentions import film_name
from reviewer.ui.desk import Desk
from reviewer.ui.session import today
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import Form, Line, complete, plain_label
from reviewer.ui.widgets.queryfield import QueryField

WAYS = {
    "in-step": "A search, kept in step",
    "frozen": "A search, as it finds now",
    "by-hand": "Your own choice",
}
NUMBERS = {"ranked": "1, 2, 3 …", "countdown": "… 3, 2, 1", "plain": "None"}
SORTS = {
    "mark": "Mark", "date": "Date of the post", "seen": "Day seen", "year": "Year of the film", "title": "Title",
    "runtime": "Running time", "words": "Length of the review",
}  # fmt: skip
_FILM = int(Qt.ItemDataRole.UserRole)


class _Ranks(QListWidget):
    """Films from the best on. They are dragged, or moved by Alt and an arrow; Delete takes one out."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Films of the list")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSpacing(1)
        self.own = True
        self.model().rowsMoved.connect(lambda *_: self.changed.emit())

    def allow(self, own: bool) -> None:
        """Whether their order is the writer's own."""
        self.own = own
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if own else mode.NoDragDrop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if self.own and alt and step:
            self.step(step)
        elif self.own and event.key() == Qt.Key.Key_Delete:
            self.take_out()
        else:
            super().keyPressEvent(event)

    def step(self, step: int) -> None:
        """Move the current film up or down by one."""
        row = self.currentRow()
        if 0 <= row + step < self.count() and row >= 0:
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentRow(row + step)
            self.changed.emit()

    def take_out(self) -> None:
        """Take the chosen films out."""
        for item in self.selectedItems():
            self.takeItem(self.row(item))
        self.changed.emit()


class FilmListDialog(QDialog):
    """Asks for a list. `wanted` carries the `FilmList`, its films as candidates from the best on, the title of a new list, and
    whether lead stills come along."""

    wanted = Signal(object, object, str, bool)

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget, now: FilmList | None = None, items: Sequence[Item] = (),
        path: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tasks, self._desk, self._path, self._new = tasks, desk, path, now is None
        self._over = False
        self._asked = 0
        self._shown_for: tuple[str, str, int | None] | None = None
        self.setWindowTitle("List of films")
        self.resize(min(920, parent.width() - 40), min(620, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("A list of films" if self._new else "The films of this list", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.addWidget(self._form(theme, columns))
        columns.addWidget(self._films(columns))
        columns.setStretchFactor(1, 1)
        columns.setSizes([380, 500])
        layout.addWidget(columns, 1)
        self.said = plain_label("", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        layout.addLayout(self._buttons())
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._search)
        self._fill(
            now or FilmList("in-step", "ranked", "", filmlists.USUAL_ORDER, 10), [Candidate(item) for item in items]
        )

    # making

    def _form(self, theme: Theme, parent: QWidget) -> QWidget:
        self.form = Form(parent)
        self.title = Line(self.form)
        self.form.add("Title", self.title, "The title of the post", "Top 10 of 2010")
        self.form.set_row_visible(self.title, self._new)
        self.title.typed.connect(lambda _: self._enable())
        self.way = self._choice("Films", WAYS, "Where the films come from")
        self.query = QueryField(lambda: theme.colour("blocks"), self.form)
        self.query.scales = self._desk.settings.scales
        self.query.today = today
        self.form.add("Search", self.query, "As in the library: year:2010 mark:>=4", "year:2010 mark:>=4")
        self.query.asked.connect(lambda _: self._soon.start())
        self.sort = self._choice("Sorted by", SORTS, "What comes first")
        self.most = QSpinBox(self.form)
        self.most.setRange(0, 9999)
        self.most.setSpecialValueText("All of them")
        self.form.add("At most", self.most, "How many films the list takes")
        self.most.valueChanged.connect(lambda _: self._soon.start())
        self.numbers = self._choice("Numbers", NUMBERS, "How the films are counted down the page")
        self.stills = QCheckBox("Lead stills, with their permissions", self.form)
        self.form.add("With", self.stills, "Each review’s lead still is copied beside the list with its record")
        self.form.grid.setRowStretch(self.form.grid.rowCount(), 1)
        for box in (self.way, self.sort):
            box.activated.connect(lambda _: self._changed_way())
        self.numbers.activated.connect(lambda _: self._number())
        return self.form

    def _choice(self, label: str, choices: dict[str, str], hint: str) -> QComboBox:
        box = QComboBox(self.form)
        for name, said in choices.items():
            box.addItem(said, name)
        self.form.add(label, box, hint)
        return box

    def _films(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(8)
        self.add = QLineEdit(side)
        self.add.setPlaceholderText("Add a film: Gattaca (1997)")
        self.add.setAccessibleName("Add a film")
        self.add.returnPressed.connect(self._add)
        complete(self.add, [film_name(*film) for film in self._desk.known_films()])
        layout.addWidget(self.add)
        self.ranks = _Ranks(side)
        self.ranks.changed.connect(self._number)
        layout.addWidget(self.ranks, 1)
        self.hint = plain_label("", side)
        self.hint.setProperty("second", True)
        layout.addWidget(self.hint)
        self.add.installEventFilter(self)
        return side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the line adds the film and does not end the dialog."""
        if (
            watched is self.add
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._add()
            return True
        return super().eventFilter(watched, event)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.go = QPushButton("Make the list" if self._new else "Change the list", self)
        self.go.setObjectName("filled")
        self.go.setDefault(True)
        self.go.clicked.connect(self._want)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(cancel)
        return row

    # showing

    def _fill(self, now: FilmList, films: Sequence[Candidate]) -> None:
        for box, value in ((self.way, now.kept), (self.sort, now.sort), (self.numbers, now.order)):
            box.setCurrentIndex(max(0, box.findData(value or ("by-hand" if box is self.way else ""))))
        self.most.setValue(now.most or 0)
        self.query.setText(now.query)
        self._show(films)
        search = self._new or now.kept == "in-step"
        if not search:
            self._shown_for = self._search_of(self.asked)
        self._changed_way(search=search)

    @staticmethod
    def _search_of(asked: FilmList) -> tuple[str, str, int | None]:
        """What of a list decides which films are found: films that were frozen are not looked for again unasked."""
        return asked.query, asked.sort, asked.most

    @property
    def kept(self) -> str:
        """How the list is kept: a word of `reviewer.review.values.LIST_WAYS`."""
        return str(self.way.currentData())

    def _changed_way(self, search: bool = True) -> None:
        by_hand = self.kept == "by-hand"
        for row in (self.query, self.sort, self.most):
            self.form.set_row_visible(row, not by_hand)
        own = self.kept != "in-step"
        self.ranks.allow(own)
        self.add.setVisible(own)
        self.hint.setText(
            "Drag, or Alt with an arrow, ranks them; Delete takes one out."
            if own
            else "The search ranks them; what you write about a film stays with it."
        )
        if search and not by_hand:
            self._soon.start()
        self._enable()

    def _search(self) -> None:
        index, asked = self._desk.index, self.asked
        if index is None or self.kept == "by-hand" or self.query.fault or self._search_of(asked) == self._shown_for:
            self._enable()
            return
        self._asked += 1
        number, path = self._asked, self._path

        def take(found: list[Candidate]) -> None:
            if not self._over and number == self._asked and self.kept != "by-hand":
                self._shown_for = self._search_of(asked)
                self._show(found)

        def fail(error: Exception) -> None:
            if not self._over:
                self.said.setText(f"The search gave out: {error}" if isinstance(error, sqlite3.Error) else str(error))

        self._tasks.run(lambda: filmlists.candidates(index, asked, today(), path), take, fail)

    def _show(self, films: Sequence[Candidate]) -> None:
        self.ranks.clear()
        for one in films:
            self._put(one)
        self._number()

    def _put(self, one: Candidate) -> None:
        item = QListWidgetItem()
        item.setData(_FILM, one)
        self.ranks.addItem(item)

    def _number(self) -> None:
        """Write the numbers and marks; a countdown is listed from the best on, as any other."""
        plain = self.numbers.currentData() == "plain"
        for row in range(self.ranks.count()):
            item = self.ranks.item(row)
            film: Item = item.data(_FILM).item
            item.setText(f"{'' if plain else f'{row + 1}.  '}{film.name}{f'   {film.mark}' if film.mark else ''}")
        self._enable()

    def _enable(self) -> None:
        fault = self.query.fault if self.kept != "by-hand" else ""
        count = self.ranks.count()
        self.said.setText(fault or f"{count:,} {'film' if count == 1 else 'films'}.")
        self.go.setEnabled(
            not fault and bool(count or self.kept == "in-step") and bool(self.title.text().strip() or not self._new)
        )

    # asking

    def _add(self) -> None:
        index, name = self._desk.index, self.add.text().strip()
        if not name or index is None:
            return
        (one,) = filmlists.named(index, [name])
        there = [self.ranks.item(row).data(_FILM).item.key for row in range(self.ranks.count())]
        if one.item.key in there:
            self.ranks.setCurrentRow(there.index(one.item.key))
            self.said.setText(f"{one.item.name} is in the list.")
            return
        self._put(one)
        self._number()
        self.ranks.setCurrentRow(self.ranks.count() - 1)
        self.add.clear()

    @property
    def asked(self) -> FilmList:
        """The list as the form has it."""
        order = str(self.numbers.currentData())
        if self.kept == "by-hand":
            return FilmList("by-hand", order)
        sort = str(self.sort.currentData())
        return FilmList(
            self.kept,
            order,
            self.query.text().strip(),
            "" if sort == filmlists.USUAL_ORDER else sort,
            self.most.value() or None,
        )

    @property
    def films(self) -> list[Candidate]:
        """The films, from the best on."""
        return [self.ranks.item(row).data(_FILM) for row in range(self.ranks.count())]

    def _want(self) -> None:
        self.accept()
        self.wanted.emit(self.asked, self.films, self.title.text().strip(), self.stills.isChecked())

    def done(self, result: int) -> None:
        """Answers that are still under way are nobody's from now on."""
        self._over = True
        super().done(result)
