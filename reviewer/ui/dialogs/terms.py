"""The terms of the library: tags, categories, people, films with their counts; renamed, merged, split and removed with a plan."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library import vocabulary
from reviewer.library.batch import Left
from reviewer.library.vocabulary import Use
from reviewer.review.folding import folded
from reviewer.review.query import ALIASES, KEYS, quoted
from reviewer.ui import words
from reviewer.ui.desk import Desk
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label

KINDS = {
    "category": "Categories", "tag": "Tags", "genre": "Genres", "country": "Countries", "person": "People", "director": "Directors",
    "writer": "Writers", "actor": "Actors", "composer": "Composers", "cinematographer": "Cinematographers", "author": "Authors",
    "film": "Films",
}  # fmt: skip
MOST_NAMED = 3
"""Reviews and folders that are named, of those that cannot be read."""
_TERM = int(Qt.ItemDataRole.UserRole)


class _Count(QTableWidgetItem):
    """A number that sorts as one."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return int(self.data(_TERM)) < int(other.data(_TERM))


class TermsDialog(QDialog):
    """A table of terms and what can be done to the chosen ones. `change_wanted` carries a title, a kind, the paths of the reviews
    that have the terms, the terms, and what comes instead; `search_wanted` a query."""

    change_wanted = Signal(str, str, object, object, object)
    search_wanted = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks, self._desk, self._theme = tasks, desk, theme
        self._over = False
        self._uses: list[Use] = []
        self._doubles: list[tuple[Use, ...]] = []
        self.setWindowTitle("Terms of the library")
        self.resize(min(720, parent.width() - 40), min(640, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Terms of the library", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        layout.addLayout(self._top())
        self.table = QTableWidget(0, 3, self)
        self.table.setHorizontalHeaderLabels(["Term", "Reviews", "As"])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName("Terms")
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self.table.setColumnWidth(2, 220)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemDoubleClicked.connect(lambda _: self._search())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        layout.addWidget(self.table, 1)
        self.said = plain_label("", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        self.unread = plain_label("", self)
        self.unread.setWordWrap(True)
        self.unread.hide()
        layout.addWidget(self.unread)
        layout.addLayout(self._buttons())
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._fill)
        self.refresh()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.kind = QComboBox(self)
        for name, plural in KINDS.items():
            self.kind.addItem(plural, name)
        self.kind.setAccessibleName("Kind of terms")
        self.kind.activated.connect(lambda _: self.refresh())
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the terms")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._soon.start())
        self.near = QCheckBox("Only those that are nearly the same", self)
        self.near.toggled.connect(lambda _: self._fill())
        for widget in (self.kind, self.filter, self.near):
            row.addWidget(widget)
        row.setStretch(1, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.rename = QPushButton("Rename…", self)
        self.merge = QPushButton("Merge…", self)
        self.split = QPushButton("Split…", self)
        self.remove = QPushButton("Remove…", self)
        self.show_them = QPushButton("Show the reviews", self)
        close = QPushButton("Close", self)
        for button, act in (
            (self.rename, self._rename), (self.merge, self._merge), (self.split, self._split), (self.remove, self._remove),
            (self.show_them, self._search), (close, self.accept),
        ):  # fmt: skip
            button.clicked.connect(act)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(5, 1)
        return row

    # filling

    def refresh(self, *_: object) -> None:
        """Read the terms anew."""
        index, kind = self._desk.index, str(self.kind.currentData())
        if index is None:
            return

        def work() -> tuple[list[Use], list[tuple[Use, ...]], list[Left]]:
            found = vocabulary.uses(index, kind)
            return found, vocabulary.doubles(found), vocabulary.unread(index)

        def take(answer: tuple[list[Use], list[tuple[Use, ...]], list[Left]]) -> None:
            if not self._over and kind == self.kind.currentData():
                self._uses, self._doubles, unread = answer
                self._tell(unread)
                self._fill()

        self.said.setText("Reading…")
        self._tasks.run(work, take, self._say)

    def _tell(self, unread: Sequence[Left]) -> None:
        """Name what could not be read: a change of terms leaves it as it is."""
        library = self._desk.library or Path()
        lines = [f"{words.shown(os.path.relpath(one.path, library))}: {one.why}" for one in unread]
        more = [f"and {len(lines) - MOST_NAMED} more"] if len(lines) > MOST_NAMED else []
        self.unread.setText("\n".join(["Left as it is by every change:", *lines[:MOST_NAMED], *more]))
        self.unread.setVisible(bool(lines))

    def _say(self, error: Exception) -> None:
        if not self._over:
            self.said.setText(str(error))

    def done(self, result: int) -> None:
        """Answers that are still under way are nobody's from now on."""
        self._over = True
        super().done(result)

    def _fill(self) -> None:
        wanted, before = folded(self.filter.text()), set(self.chosen)
        near = [use for group in self._doubles for use in group]
        shown = [use for use in (near if self.near.isChecked() else self._uses) if wanted in folded(use.term)]
        self.table.setSortingEnabled(False)
        self.table.setRowCount(len(shown))
        for row, use in enumerate(shown):
            item, count = QTableWidgetItem(use.term), _Count(f"{use.count:,}")
            item.setData(_TERM, use.term)
            count.setData(_TERM, use.count)
            self.table.setItem(row, 0, item)
            self.table.setItem(row, 1, count)
            self.table.setItem(row, 2, QTableWidgetItem(use.note))
        self.table.setColumnHidden(2, not any(use.note for use in shown))
        # Nearly the same ones stand together; sorting would part them.
        self.table.setSortingEnabled(not self.near.isChecked())
        if not self.near.isChecked():
            self.table.sortItems(1, Qt.SortOrder.DescendingOrder)
        self._choose(before)
        total, groups = len(self._uses), len(self._doubles)
        counted = f"{total:,} {'term' if total == 1 else 'terms'}"
        counted += f", {groups} {'group is' if groups == 1 else 'groups are'} nearly the same" if groups else ""
        self.said.setText(f"{counted}." if total else "There are none yet.")
        self._enable()

    def _choose(self, terms: Collection[str]) -> None:
        """Choose these rows again, as far as they are still there."""
        selection, flags = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        for row in range(self.table.rowCount()) if terms else ():
            item = self.table.item(row, 0)
            if item is not None and item.data(_TERM) in terms:
                selection.select(self.table.indexFromItem(item), flags.Select | flags.Rows)

    @property
    def chosen(self) -> list[str]:
        """The chosen terms, from above."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [str(item.data(_TERM)) for row in rows if (item := self.table.item(row, 0)) is not None]

    def _enable(self) -> None:
        count = len(self.chosen)
        single = self.kind.currentData() in ("film", "author")
        for button, on in (
            (self.rename, count == 1), (self.merge, count > 1), (self.split, count == 1 and not single),
            (self.remove, count > 0 and self.kind.currentData() != "film"), (self.show_them, count > 0),
        ):  # fmt: skip
            button.setEnabled(on)

    # asking

    def _rename(self) -> None:
        (old,) = self.chosen
        new, yes = QInputDialog.getText(self, "Rename", f"“{old}” is to be called", text=self._plain(old))
        if yes and new.strip() and new.strip() != old:
            self._want(f"Rename “{old}” to “{new.strip()}”", [old], [new.strip()])

    def _merge(self) -> None:
        old = self.chosen
        new, yes = QInputDialog.getItem(
            self, "Merge", "All of them become", [self._plain(term) for term in old], 0, True
        )
        if yes and new.strip():
            self._want(
                f"Merge {len(old)} into “{new.strip()}”", [term for term in old if term != new.strip()], [new.strip()]
            )

    def _split(self) -> None:
        (old,) = self.chosen
        typed, yes = QInputDialog.getText(self, "Split", f"Instead of “{old}”, with commas between", text=old)
        new = [part.strip() for part in typed.split(",") if part.strip()]
        if yes and new and new != [old]:
            self._want(f"Split “{old}”", [old], new)

    def _remove(self) -> None:
        old = self.chosen
        self._want(f"Remove {f'“{old[0]}”' if len(old) == 1 else f'{len(old)} terms'}", old, [])

    def _want(self, title: str, old: Sequence[str], new: Sequence[str]) -> None:
        """Find the reviews that have the terms, and ask for the change."""
        index, kind = self._desk.index, str(self.kind.currentData())
        terms = [self._plain(term) for term in old]
        if index is not None:
            self._tasks.run(
                lambda: vocabulary.holding(index, kind, terms),
                lambda paths: self.change_wanted.emit(title, kind, paths, terms, list(new)),
                self._say,
            )

    def _plain(self, term: str) -> str:
        """A film's title without the year that is shown with it."""
        return vocabulary.title_of(term) if self.kind.currentData() == "film" else term

    def _search(self) -> None:
        kind = str(self.kind.currentData())
        key = kind if kind in KEYS or kind in ALIASES else "person"
        if terms := self.chosen:
            self.accept()
            self.search_wanted.emit(f"{key}:{','.join(quoted(self._plain(term)) for term in terms)}")

    def _menu(self, place: QPoint) -> None:
        if self.table.itemAt(place) is None:
            return
        menu = QMenu(self)
        for button in (self.show_them, self.rename, self.merge, self.split, self.remove):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.exec(self.table.viewport().mapToGlobal(place))
