"""The trash of a library: what was thrown away and when, and what other programs deleted; put back, or taken away for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.history import Gone
from reviewer.library.trash import Discarded
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.words import tip

_ROW = int(Qt.ItemDataRole.UserRole)


Thrown = Discarded | Gone
"""What can be put back: from the trash whole, or the text of a review that another program deleted."""


class TrashDialog(QDialog):
    """Rows of what lies in the trash, the last first. `restore_wanted` and `erase_wanted` carry some of them."""

    restore_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Thrown] = []
        self.setWindowTitle("Trash of the library")
        self.resize(min(760, parent.width() - 40), min(520, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Trash of the library", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels(["Review", "Where it was", "When", "Size"])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName("Reviews in the trash")
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, mode in enumerate((QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Stretch,
                                       QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.ResizeToContents)):  # fmt: skip
            header.setSectionResizeMode(column, mode)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemActivated.connect(lambda _: self._restore())
        layout.addWidget(self.table, 1)
        self.said = plain_label("", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        layout.addLayout(self._buttons())
        self.show_rows([])
        self.table.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.restore = QPushButton("Put back", self)
        self.restore.setObjectName("filled")
        self.restore.clicked.connect(self._restore)
        self.erase = QPushButton("Delete for good…", self)
        self.erase.clicked.connect(lambda: self._erase(self.chosen))
        self.empty = QPushButton("Empty the trash…", self)
        self.empty.clicked.connect(lambda: self._erase(self._rows))
        close = QPushButton("Close", self)
        close.clicked.connect(self.accept)
        for button in (self.restore, self.erase, self.empty, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(3, 1)
        return row

    def show_rows(self, rows: Sequence[Thrown]) -> None:
        """Show what is in the trash now."""
        self._rows = list(rows)
        self.table.setRowCount(len(rows))
        locale = QLocale()
        for row, one in enumerate(rows):
            when = f"{one.when.astimezone():%Y-%m-%d %H:%M}"
            told = when if isinstance(one, Discarded) else f"Deleted elsewhere; text of {when}"
            cells = (one.title or one.was.name, one.was.name, told, locale.formattedDataSize(one.size))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(tip(str(one.was) if column < 2 else words))
                item.setData(_ROW, row)
                self.table.setItem(row, column, item)
        if rows:
            self.table.selectRow(0)
        total = locale.formattedDataSize(sum(one.size for one in rows))
        count = f"{len(rows):,} {'review' if len(rows) == 1 else 'reviews'}, {total}."
        said = f"{count} {'It stays' if len(rows) == 1 else 'They stay'} until you empty the trash."
        if any(isinstance(one, Gone) for one in rows):
            said += " Of what was deleted elsewhere, the text and the records come back; pictures only as far as they are still there."
        self.said.setText(said if rows else "The trash is empty.")
        self._enable()

    @property
    def chosen(self) -> list[Thrown]:
        """The chosen rows, from above."""
        return [self._rows[row] for row in sorted({index.row() for index in self.table.selectedIndexes()})]

    def _enable(self) -> None:
        for button, on in (
            (self.restore, bool(self.chosen)),
            (self.erase, bool(self.chosen)),
            (self.empty, bool(self._rows)),
        ):
            button.setEnabled(on)

    def _restore(self) -> None:
        if self.chosen:
            self.restore_wanted.emit(self.chosen)

    def _erase(self, rows: Sequence[Thrown]) -> None:
        """Ask, since nothing brings it back."""
        question = QMessageBox(self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle("Delete for good")
        what = f"“{rows[0].title or rows[0].was.name}”" if len(rows) == 1 else f"these {len(rows):,} reviews"
        question.setText(f"Delete {what} with all stills and permissions for good?")
        question.setInformativeText("This cannot be undone.")
        go = question.addButton("Delete for good", QMessageBox.ButtonRole.DestructiveRole)
        question.addButton("Keep", QMessageBox.ButtonRole.RejectRole)
        question.exec()
        if question.clickedButton() is go:
            self.erase_wanted.emit(list(rows))
