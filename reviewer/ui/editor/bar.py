"""A scroll bar that shows where in the text something is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from reviewer.ui.theme import Theme


class MarkedBar(QScrollBar):
    """A vertical scroll bar with short lines at some places."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._places: frozenset[int] = frozenset()

    def show_marks(self, places: Sequence[float]) -> None:
        """Mark parts of the whole, each from 0 to 1; those that would lie on each other are one."""
        marks = frozenset(round(1000 * place) for place in places)
        if marks != self._places:
            self._places = marks
            self.update()

    @property
    def marks(self) -> frozenset[int]:
        """The places in thousandths of the whole."""
        return self._places

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._places:
            return
        painter = QPainter(self)
        colour = self._theme.colour("accent")
        for place in self._places:
            painter.fillRect(QRectF(1, place / 1000 * (self.height() - 2), self.width() - 2, 2), colour)
