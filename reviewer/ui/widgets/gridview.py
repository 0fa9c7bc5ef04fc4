"""Pictures with words beneath, in rows that fill the width, in a size that the writer chooses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer.ui.widgets.facets import Index

GAP, MARGIN = 20, 22
LEAST, MOST = 140, 460
"""Widths of a picture that a slider offers, in points."""


class PictureDelegate(QStyledItemDelegate):
    """Draws one cell of a grid; the view sets `width`, that of the picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.width = 270

    def picture_size(self) -> QSize:
        """The picture's size in points."""
        return QSize(self.width, round(self.width * 139 / 270))

    def words_height(self) -> int:
        """The room that the words beneath the picture need, in points."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self.picture_size()
        return QSize(size.width() + GAP, size.height() + self.words_height() + 12)


class GridView(QListView):
    """Cells in rows that fill the width. Space or Enter opens the large view, Ctrl and the wheel change the size."""

    opened = Signal()
    size_wanted = Signal(int)

    def __init__(self, delegate: PictureDelegate, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.wanted = 270
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(400)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSpacing(0)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self._drag = False
        self.setDragEnabled(False)

    def set_size(self, width: int) -> None:
        """Make the pictures about this wide; the rows are filled."""
        self.wanted = max(LEAST, min(MOST, width))
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * (MARGIN - GAP // 2)
        number = max(1, round(room / (self.wanted + GAP)))
        width = max(LEAST // 2, room // number - GAP)
        if width != self._delegate.width or self.gridSize().isEmpty():
            self._delegate.width = width
            self.setGridSize(self._delegate.sizeHint(self.viewOptions_(), self.rootIndex()))

    def viewOptions_(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setViewportMargins(MARGIN - GAP // 2, 8, 0, 0)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_wanted.emit(self.wanted + (24 if event.angleDelta().y() > 0 else -24))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (
            event.key() == Qt.Key.Key_Space and not event.modifiers()
        ):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.selectionModel().hasSelection():
                self.clearSelection()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)
