"""The board: a column for each status; a card is moved by dragging it, or with Ctrl and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from reviewer.library.listing import Entry
from reviewer.review.values import STATUSES
from reviewer.ui.reviewsdesk.drawing import Brush, CardDelegate
from reviewer.ui.reviewsdesk.model import ROW, ReviewsModel
from reviewer.ui.widgets.facets import Index
from reviewer.ui.widgets.fields import plain_label

TITLES = {"idea": "Ideas", "draft": "Drafts", "ready": "Ready", "published": "Published"}
_CARDS = "application/x-reviewer-cards"


class _OfStatus(QSortFilterProxyModel):
    def __init__(self, status: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._status = status

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        entry: Entry | None = self.sourceModel().index(row, 0, parent).data(ROW)
        return entry is not None and entry.status == self._status and not entry.fault

    def mimeTypes(self) -> list[str]:
        return [_CARDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_CARDS, b"cards")
        return data

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class _Column(QListView):
    """One status. `dropped` is sent when cards are let go here, `moved` with the way a key moves them."""

    dropped = Signal()
    moved = Signal(int)
    opened = Signal()
    stepped = Signal(int)

    def __init__(self, status: str, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self.status = status
        self.setAccessibleName(TITLES[status])
        self.setObjectName("board-column")
        self.setItemDelegate(CardDelegate(brush, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_CARDS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(_CARDS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(_CARDS):
            event.setDropAction(Qt.DropAction.IgnoreAction)  # the card goes when its review says so
            event.accept()
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(step)
        elif step:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class Board(QWidget):
    """Columns over one model, with one selection. `move_wanted` carries a status for the chosen reviews."""

    opened = Signal()
    move_wanted = Signal(str)
    menu_wanted = Signal(object, object)

    def __init__(self, model: ReviewsModel, selection: QItemSelectionModel, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._selection, self._theme = model, selection, brush.theme
        self._telling = False
        self.columns: list[_Column] = []
        self._heads: list[Any] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 8)
        row.setSpacing(10)
        for status in STATUSES:
            row.addLayout(self._column(status, brush), 1)
        model.modelReset.connect(self._count)
        model.dataChanged.connect(lambda *_: self._count())
        selection.selectionChanged.connect(lambda *_: self._follow())
        self._theme.changed.connect(self._dress)
        self._dress()

    def _column(self, status: str, brush: Brush) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(4)
        head = plain_label("", self, wrap=False)
        head.setContentsMargins(8, 4, 8, 4)
        view = _Column(status, brush, self)
        proxy = _OfStatus(status, view)
        proxy.setSourceModel(self._model)
        view.setModel(proxy)
        view.opened.connect(self.opened)
        view.dropped.connect(lambda: self.move_wanted.emit(status))
        view.moved.connect(lambda step: self._move(status, step))
        view.stepped.connect(lambda step: self._step(view, step))
        view.selectionModel().selectionChanged.connect(lambda *_: self._chosen(view))
        view.selectionModel().currentChanged.connect(lambda *_: self._current(view))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda place: self.menu_wanted.emit(view, place))
        box.addWidget(head)
        box.addWidget(view, 1)
        self.columns.append(view)
        self._heads.append(head)
        return box

    def _dress(self) -> None:
        for head in self._heads:
            head.setFont(self._theme.font(13, semibold=True))

    def _count(self) -> None:
        for view, head in zip(self.columns, self._heads, strict=True):
            head.setText(f"{TITLES[view.status]}  {view.model().rowCount():,}")

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._dress()
        self._count()

    # one selection for all columns

    def _proxy(self, view: _Column) -> _OfStatus:
        proxy = view.model()
        assert isinstance(proxy, _OfStatus)
        return proxy

    def _chosen(self, view: _Column) -> None:
        """What is chosen in one column is what is chosen; with Ctrl the others stay."""
        if self._telling:
            return
        self._telling = True
        selection = QItemSelection()
        for other in self.columns:
            if other is view or len(view.selectionModel().selectedRows()) > 1:
                selection.merge(
                    self._proxy(other).mapSelectionToSource(other.selectionModel().selection()),
                    QItemSelectionModel.SelectionFlag.Select,
                )
            else:
                other.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        self._selection.select(selection, flags.ClearAndSelect | flags.Rows)
        self._telling = False

    def _current(self, view: _Column) -> None:
        index = self._proxy(view).mapToSource(view.currentIndex())
        if index.isValid():
            self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _follow(self) -> None:
        if self._telling:
            return
        self._telling = True
        for view in self.columns:
            mapped = self._proxy(view).mapSelectionFromSource(self._selection.selection())
            view.selectionModel().select(mapped, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._telling = False

    def _move(self, status: str, step: int) -> None:
        at = STATUSES.index(status) + step
        if 0 <= at < len(STATUSES):
            self.move_wanted.emit(STATUSES[at])

    def _step(self, view: _Column, step: int) -> None:
        """Go to the column beside, to the card at the same height."""
        at = self.columns.index(view) + step
        while 0 <= at < len(self.columns):
            other = self.columns[at]
            if (count := other.model().rowCount()) > 0:
                other.setFocus()
                row = min(max(0, view.currentIndex().row()), count - 1)
                other.setCurrentIndex(other.model().index(row, 0))
                return
            at += step

    def focus(self, path: Path | None) -> None:
        """Put the focus on a review's card, or on the first one."""
        for view in self.columns:
            for row in range(view.model().rowCount()):
                index = view.model().index(row, 0)
                if path is None or index.data(ROW).path == path:
                    view.setFocus()
                    view.setCurrentIndex(index)
                    return
