"""The reviews of the library as a Qt model: one row a review, a column for each thing that a table shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from reviewer.library.listing import Entry
from reviewer.library.searching import Snippet
from reviewer.review.marks import BUILT_IN
from reviewer.ui.widgets.facets import Index
from reviewer.ui.words import tip

ROW, SNIPPET = (int(Qt.ItemDataRole.UserRole) + n for n in range(2))
STATUS_WORDS = {"idea": "Idea", "draft": "Draft", "ready": "Ready", "published": "Published"}


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading, what it shows, the order that sorts by it, and the field that is edited in it."""

    title: str
    words: Callable[[Entry], str]
    order: str = ""
    field: str = ""


def _day(date: object) -> str:
    return f"{date:%Y-%m-%d}" if date else ""


COLUMNS = (
    Column("Title", lambda e: e.title, "title", "title"),
    Column("Film", lambda e: e.film, "film", "film.title"),
    Column("Year", lambda e: f"{e.year or ''}", "year", "film.year"),
    Column("Director", lambda e: ", ".join(e.directors), "", "credits.director"),
    Column("Mark", lambda e: "", "mark", "rating"),
    Column("Status", lambda e: STATUS_WORDS.get(e.status, e.status), "status", "status"),
    Column("Date", lambda e: _day(e.date), "date", "date"),
    Column("Seen", lambda e: _day(e.seen), "seen", "film.seen.date"),
    Column("Categories", lambda e: ", ".join(e.categories), "", "categories"),
    Column("Tags", lambda e: ", ".join(e.tags), "", "tags"),
    Column("Words", lambda e: f"{e.words:,}" if e.words else "", "words"),
)
MARK = next(n for n, column in enumerate(COLUMNS) if column.field == "rating")
USUAL = ("Title", "Year", "Director", "Mark", "Status", "Date", "Tags")
"""The columns that are shown until the writer chooses others."""


class ReviewsModel(QAbstractTableModel):
    """Rows are entries; they are replaced as a whole, and only what differs is said to have changed.

    `edit_wanted` carries an entry, a field's dotted name and what was typed for it.
    """

    edit_wanted = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Entry] = []
        self.snippets: Mapping[Path, Snippet] = {}
        self.scales = BUILT_IN

    def show(self, rows: Sequence[Entry], snippets: Mapping[Path, Snippet]) -> None:
        """Show these. The same reviews in the same order keep selection and place."""
        if [row.path for row in rows] == [row.path for row in self.rows]:
            changed = [n for n, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            if snippets != self.snippets and rows:
                changed = [0, len(rows) - 1]
            self.rows, self.snippets = list(rows), snippets
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows, self.snippets = list(rows), snippets
        self.endResetModel()

    def place(self, path: Path | None) -> int:
        """The row of a review, or -1."""
        return next((n for n, row in enumerate(self.rows) if row.path == path), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()].field and not self.rows[index.row()].fault:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == SNIPPET:
            return self.snippets.get(row.path)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tip(self.spoken(row)) if role == Qt.ItemDataRole.ToolTipRole else self.spoken(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.cell(row, index.column(), editing=role == Qt.ItemDataRole.EditRole)
        return None

    def cell(self, row: Entry, column: int, editing: bool = False) -> str:
        """What a cell shows, or what is typed in it."""
        shown = COLUMNS[column]
        if shown.field == "rating":
            mark = next((mark for mark in row.rating if mark.scale == self.scales.usual.name), None)
            return (f"{mark.value}" if mark else "") if editing else self.scales.line(row.rating)
        if shown.field in ("film.title", "film.year") and row.also and not editing:
            return " · ".join(f"{film[shown.field == 'film.year'] or '?'}" for film in row.films)
        return row.status if editing and shown.field == "status" else shown.words(row)

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Ask for a change; the row shows it when it is made."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        typed = str(value).strip()
        if typed == self.cell(row, index.column(), editing=True):
            return False
        field = f"rating.{self.scales.usual.name}" if column.field == "rating" else column.field
        self.edit_wanted.emit(row, field, typed)
        return True

    def spoken(self, row: Entry) -> str:
        """A review in one sentence, for a tooltip and for who cannot see it."""
        parts = [row.title, f"{row.year or ''}", ", ".join(row.directors), self.scales.line(row.rating) or "not rated"]
        parts += [STATUS_WORDS.get(row.status, row.status), _day(row.date), row.fault]
        return ", ".join(part for part in parts if part)
