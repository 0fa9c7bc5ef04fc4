"""Rows of a list with a title and smaller words below it; both stand in the item's text, the title on its first line."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.facets import Index

MARGIN = 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


class TitledDelegate(QStyledItemDelegate):
    """Draws a title in the text's face, the rest below it in the window's."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent
        parent.setWordWrap(True)
        parent.setResizeMode(QListWidget.ResizeMode.Adjust)

    def _parts(self, index: Index) -> tuple[str, str]:
        title, _, below = str(index.data() or "").partition("\n")
        return title, below

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = max(80, self._view.viewport().width() - 2 * MARGIN)
        title, below = self._parts(index)
        high = 2 * MARGIN - 4
        for words, font in ((title, self._theme.font(14, SERIF, semibold=True)), (below, self._theme.font(13))):
            if words:
                high += QFontMetrics(font, self._view).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()
        return QSize(width, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setLayoutDirection(option.direction)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        inner = rect.adjusted(MARGIN, MARGIN - 3, -MARGIN, -3)
        title, below = self._parts(index)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(14, SERIF, semibold=True))
        used = painter.boundingRect(inner, _WRAP, title)
        painter.drawText(inner, _WRAP, title)
        if below:
            painter.setPen(theme.colour("second"))
            painter.setFont(theme.font(13))
            painter.drawText(inner.adjusted(0, used.height(), 0, 0), _WRAP, below)
        painter.restore()
