"""The diary: a table of what was seen, with a line to write the next viewing down."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.library import diary
from reviewer.library.diary import Seen, Viewing
from reviewer.library.folders import home
from reviewer.review.folding import folded
from reviewer.text import mentions
from reviewer.text.schema import Unfit, day
from reviewer.ui.session import today
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.facets import Index
from reviewer.ui.widgets.fields import complete, plain_label

SHOWN = {"all": "Everything seen", "unwritten": "Not yet written about", "again": "Seen again"}


def _film(viewing: Viewing, typed: str) -> Viewing:
    title, year = mentions.film(typed)
    if not title:
        raise Unfit("a film")
    return dataclasses.replace(viewing, title=title, year=year)


def _again(viewing: Viewing, typed: str) -> Viewing:
    return dataclasses.replace(viewing, again=folded(typed) in ("yes", "again", "x", "1", "true"))


@dataclass(frozen=True)
class Column:
    """A column: its head, what it shows, and how what is typed in it changes a viewing; raises `Unfit` where it does not."""

    title: str
    words: Callable[[Viewing], str]
    typed: Callable[[Viewing, str], Viewing]


COLUMNS = (
    Column("Day", lambda v: v.date.isoformat() if v.date else "", lambda v, t: dataclasses.replace(v, date=day(t) if t else None)),
    Column("Film", lambda v: v.film, _film),
    Column("Where", lambda v: v.where, lambda v, t: dataclasses.replace(v, where=t)),
    Column("Again", lambda v: "again" if v.again else "", _again),
    Column("Mark", lambda v: v.mark, lambda v, t: dataclasses.replace(v, mark=t)),
    Column("Note", lambda v: v.note, lambda v, t: dataclasses.replace(v, note=t)),
)  # fmt: skip
REVIEW = len(COLUMNS)
"""The column that names the review; it is not typed into."""


class DiaryModel(QAbstractTableModel):
    """Viewings as rows. `changed` carries a row and the viewing that it would be, `refused` why it cannot be."""

    changed = Signal(object, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Seen] = []
        self.titles: Mapping[Path, str] = {}

    def show(self, rows: Sequence[Seen], titles: Mapping[Path, str]) -> None:
        """Show these; `titles` are those of reviews."""
        self.beginResetModel()
        self.rows, self.titles = list(rows), titles
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else REVIEW + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title if section < REVIEW else "Review"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What only a review says is changed there."""
        flags = super().flags(index)
        if index.isValid() and index.column() < REVIEW and self.rows[index.row()].record is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if index.column() == REVIEW:
                return self.titles.get(row.review, row.review.parent.name) if row.review else "not written"
            return COLUMNS[index.column()].words(row.viewing)
        if role == Qt.ItemDataRole.ToolTipRole and row.record is None:
            return "This stands in the review itself."
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Ask for a change; the row shows it when it is made."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self.rows[index.row()]
        try:
            made = COLUMNS[index.column()].typed(row.viewing, str(value).strip())
        except Unfit as error:
            self.refused.emit(f"“{value}” cannot stand here; {error} is expected.")
            return False
        if made != row.viewing:
            self.changed.emit(row, made)
        return True


class DiaryDialog(QDialog):
    """Shows and asks. `add_wanted` carries a `Viewing`, `change_wanted` a row and what it is to be (None: taken out),
    `write_wanted` a viewing to write about, `open_wanted` a review's path, `import_wanted` a path."""

    add_wanted = Signal(object)
    change_wanted = Signal(object, object)
    write_wanted = Signal(object)
    open_wanted = Signal(object)
    import_wanted = Signal(object)

    def __init__(self, theme: Theme, films: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._all: list[Seen] = []
        self._wanted: Viewing | None = None
        self._titles: Mapping[Path, str] = {}
        self._faults: list[str] = []
        self.setWindowTitle("Diary")
        self.resize(min(980, parent.width() - 40), min(640, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Diary", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        layout.addLayout(self._new_line(films))
        layout.addLayout(self._top())
        self.model = DiaryModel(self)
        self.model.changed.connect(self.change_wanted)
        self.table = self._table()
        layout.addWidget(self.table, 1)
        self.said = plain_label("", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        layout.addLayout(self._buttons())
        self.model.refused.connect(self.said.setText)
        self.film.setFocus()
        self._enable()

    # making

    def _new_line(self, films: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.day, self.film, self.where = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.mark, self.note = QLineEdit(self), QLineEdit(self)
        self.again = QCheckBox("Again", self)
        self.day.setText(today().isoformat())
        for field, name, width in (
            (self.day, "Day", 96), (self.film, "Film, as Gattaca (1997)", 0), (self.where, "Where", 120), (self.mark, "Mark", 60),
            (self.note, "Note", 0),
        ):  # fmt: skip
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            if width:
                field.setMaximumWidth(round(width * self.fontMetrics().height() / 17))
            field.returnPressed.connect(self._add)
        complete(self.film, films)
        self.film.textChanged.connect(lambda _: self._look_back())
        self.add = QPushButton("Write down", self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        for widget, stretch in ((self.day, 0), (self.film, 3), (self.where, 1), (self.again, 0), (self.mark, 0), (self.note, 2), (self.add, 0)):  # fmt: skip
            row.addWidget(widget, stretch)
        return row

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.shown = QComboBox(self)
        for name, words in SHOWN.items():
            self.shown.addItem(words, name)
        self.shown.setAccessibleName("Which viewings")
        self.shown.activated.connect(lambda _: self._fill())
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the diary")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._fill())
        row.addWidget(self.shown)
        row.addWidget(self.filter, 1)
        return row

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName("Viewings")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.AnyKeyPressed)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(28 * self.fontMetrics().height() / 17))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((96, 230, 110, 60, 60, 120)):
            header.resizeSection(column, width)
        for column in (1, REVIEW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(True)
        table.doubleClicked.connect(self._double_clicked)
        table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.write = QPushButton("&Write about it", self)
        self.write.setObjectName("filled")
        self.write.clicked.connect(self._write)
        self.remove = QPushButton("Take out", self)
        self.remove.clicked.connect(lambda: self.change_wanted.emit(self.chosen, None))
        self.taking = QPushButton("Letterboxd’s diary…", self)
        self.taking.setToolTip("Viewings from the zip or the diary.csv that Letterboxd exports")
        self.taking.clicked.connect(self._ask_import)
        close = QPushButton("Close", self)
        close.clicked.connect(self.accept)
        for button in (self.write, self.remove, self.taking, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(3, 1)
        return row

    # showing

    def show_rows(self, rows: Sequence[Seen], titles: Mapping[Path, str], faults: Sequence[str] = ()) -> None:
        """Show all viewings, the last first; `faults` are lines of the file that could not be read."""
        self._all, self._titles, self._faults = list(rows), titles, list(faults)
        complete(self.where, sorted({row.viewing.where for row in rows if row.viewing.where}))
        self._fill()

    def _fill(self) -> None:
        kind, wanted = self.shown.currentData(), folded(self.filter.text())
        rows = diary.unwritten(self._all) if kind == "unwritten" else self._all
        if kind == "again":
            rows = [row for row in rows if row.viewing.again]
        rows = [
            row
            for row in rows
            if wanted in folded(f"{row.viewing.film} {row.viewing.where} {row.viewing.note} {row.viewing.date}")
        ]
        chosen = self.chosen
        before = self._wanted or (chosen.viewing if chosen is not None else None)
        self.model.show(rows, self._titles)
        if rows:
            place = next((n for n, row in enumerate(rows) if row.viewing == before), 0)
            self._wanted = None if rows[place].viewing == self._wanted else self._wanted
            self.table.selectRow(place)
        films = len({row.viewing.key for row in rows})
        said = f"{len(rows):,} {'viewing' if len(rows) == 1 else 'viewings'} of {films:,} {'film' if films == 1 else 'films'}."
        if not self._all:
            said = "Nothing written down yet. The days in your reviews come by themselves; films without a review are written above."
        if self._faults:
            said += f" {len(self._faults)} could not be read: {self._faults[0]}."
        self.said.setText(said)
        self._enable()

    @property
    def chosen(self) -> Seen | None:
        """The chosen row."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _enable(self) -> None:
        chosen = self.chosen
        self.write.setEnabled(chosen is not None)
        self.write.setText(
            "&Open the review" if chosen is not None and chosen.review is not None else "&Write about it"
        )
        self.remove.setEnabled(chosen is not None and chosen.record is not None)

    def _look_back(self) -> None:
        """A film that was seen before is seen again, unless the writer says otherwise."""
        title, year = mentions.film(self.film.text())
        self.again.setChecked(bool(title) and diary.seen_before(self._all, title, year, dt.date.max))

    # asking

    def _add(self) -> None:
        title, year = mentions.film(self.film.text())
        try:
            when = day(self.day.text().strip()) if self.day.text().strip() else None
        except Unfit as error:
            self.said.setText(f"“{self.day.text()}” is no day; {error} is expected.")
            self.day.setFocus()
            return
        if not title:
            self.said.setText("Which film? Write it as Gattaca (1997).")
            self.film.setFocus()
            return
        self._wanted = Viewing(
            when,
            title,
            year,
            self.where.text().strip(),
            self.again.isChecked(),
            self.mark.text().strip(),
            self.note.text().strip(),
        )
        self.add_wanted.emit(self._wanted)

    def written(self) -> None:
        """What was typed is in the diary: the line is free for the next."""
        for field in (self.film, self.mark, self.note):
            field.clear()
        self.film.setFocus()

    def _double_clicked(self, index: Index) -> None:
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(self.table.currentIndex())
        else:
            self._write()

    def _write(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.review is not None:
            self.accept()
            self.open_wanted.emit(chosen.review)
        elif chosen is not None:
            self.accept()
            self.write_wanted.emit(chosen.viewing)

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Letterboxd’s export", str(home()), "Letterboxd’s export (*.zip *.csv)"
        )
        if name:
            self.import_wanted.emit(Path(name))
