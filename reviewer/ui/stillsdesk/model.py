"""The stills of the library as a Qt model: one row a still, a column for each thing that a table shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.library.shelf import Shelved
from reviewer.review.rights import BASIS_WORDS, day
from reviewer.ui.words import tip

ROW = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Film", "Still", "May it appear?", "Basis", "Holder", "Credit", "Ends", "Used")


def used_words(row: Shelved) -> str:
    """Where a still is used, in few words."""
    parts = ["the lead" if row.still.lead else "in the text" if row.shown else "in no post"]
    if row.places:
        parts.append("in a blog" if len(row.places) == 1 else f"in {len(row.places)} blogs")
    elif row.out:
        parts.append("published")
    return ", ".join(parts)


def spoken(row: Shelved) -> str:
    """A still in one sentence, for a tooltip and for who cannot see it."""
    parts = [row.title, row.still.caption or row.still.name, row.standing.words, used_words(row)]
    if row.copies:
        parts.append("the same file lies elsewhere too" if row.copies == "same" else "another looks nearly the same")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


class ShelfModel(QAbstractTableModel):
    """Rows are `Shelved` values; they are replaced as a whole, and only what differs is said to have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Shelved] = []

    def show(self, rows: Sequence[Shelved]) -> None:
        """Show these. The same stills in the same order keep selection and place."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            changed = [n for n, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            self.rows = list(rows)
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def place(self, key: tuple[Path, str]) -> int:
        """The row of a still, or -1."""
        return next((n for n, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tip(spoken(row)) if role == Qt.ItemDataRole.ToolTipRole else spoken(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, index.column())
        return None

    def _cell(self, row: Shelved, column: int) -> str:
        permission = row.still.permission
        basis = BASIS_WORDS.get(permission.basis, ("Unknown", ""))[0]
        words = row.title if not row.year else f"{row.title} ({row.year})"
        return (words, row.still.caption or row.still.name, row.standing.words, basis, permission.holder, row.still.credit,
                day(permission.expires), used_words(row))[column]  # fmt: skip
