"""The plan of a change to several reviews: what each says now and what it would say, before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.batch import Change
from reviewer.ui.batches import OpenChange, Plan
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.words import tip

MOST = 2000
"""Rows that are shown; of more the rest is counted."""


class PlanDialog(QDialog):
    """Title, one row a review with before and after, and a button that says what it does."""

    def __init__(
        self, plan: Plan, shown: Callable[[Change | OpenChange], tuple[str, str]], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        count = len(plan.all)
        reviews = "review" if count == 1 else "reviews"
        self.setWindowTitle(plan.title)
        self.resize(min(820, parent.width() - 40), min(560, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label(plan.title, self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        lead = f"{count:,} {reviews} would change; nothing is written yet." if count else "No review would change."
        layout.addWidget(plain_label(lead, self))
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter the rows")
        self.filter.setAccessibleName("Filter the rows")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.filter.setVisible(count > 12)
        layout.addWidget(self.filter)
        self.table = QTableWidget(0, 3, self)
        self.table.setHorizontalHeaderLabels(["Review", "Now", "Then"])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("Reviews that would change")
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._fill(shown, theme)
        layout.addWidget(self.table, 1)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = QPushButton(f"Change {count:,} {reviews}", self)
        self.accept_button.setObjectName("filled")
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setEnabled(count > 0)
        self.buttons.addButton("Cancel" if count else "Close", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.accept_button.setDefault(count > 0)

    def _fill(self, shown: Callable[[Change | OpenChange], tuple[str, str]], theme: Theme) -> None:
        changes, left = list(self.plan.all)[:MOST], self.plan.left
        self.table.setRowCount(len(changes) + len(left))
        for row, one in enumerate(changes):
            cells = (one.was.title or one.path.parent.name, *shown(one))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words or ("nothing" if column else ""))
                item.setToolTip(tip(str(one.path) if column == 0 else words))
                if not words and column:
                    item.setForeground(theme.colour("third"))
                self.table.setItem(row, column, item)
        for row, faulty in enumerate(left, len(changes)):
            self._put_fault(row, faulty.path.parent.name, faulty.why, theme.colour("blocks"))
        if len(self.plan.all) > MOST:
            self.table.setRowCount(self.table.rowCount() + 1)
            self.table.setItem(
                self.table.rowCount() - 1, 0, QTableWidgetItem(f"… and {len(self.plan.all) - MOST:,} more")
            )

    def _put_fault(self, row: int, name: str, why: str, colour: QColor) -> None:
        for column, words in enumerate((name, "stays as it is", why)):
            item = QTableWidgetItem(words)
            item.setForeground(colour)
            item.setToolTip(tip(why))
            self.table.setItem(row, column, item)

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold()
        for row in range(self.table.rowCount()):
            cells = (self.table.item(row, column) for column in range(3))
            self.table.setRowHidden(row, wanted not in " ".join(cell.text() for cell in cells if cell).casefold())
