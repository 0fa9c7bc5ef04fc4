"""A small graph: what leads to something at the left, what it leads to at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.words import tip

ROW, GAP, WIDE = 44, 8, 210
MOST = 12
"""Nodes of a column that are drawn; the rest is counted."""


@dataclass(frozen=True)
class Node:
    """A node: its words and what stands small below them, what is handed on when it is opened, and whether the line to it is whole:
    a dotted one stands for a film that is named and not linked."""

    words: str
    below: str = ""
    data: object = None
    firm: bool = True


class GraphView(QWidget):
    """Draws the graph. Arrows go from node to node and speak them; Enter or a double click opens one. `chosen` and `opened` carry a
    node's data."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.columns: tuple[list[Node], list[Node], list[Node]] = ([], [], [])
        self._more = (0, 0, 0)
        self.at = (1, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Films around this review")
        theme.changed.connect(self.update)

    def show_nodes(self, left: Sequence[Node], middle: Node, right: Sequence[Node]) -> None:
        """Show what leads to the middle, and what it leads to."""
        self.columns = (list(left[:MOST]), [middle], list(right[:MOST]))
        self._more = (max(0, len(left) - MOST), 0, max(0, len(right) - MOST))
        self.at = (1, 0)
        self.setMinimumHeight(self.sizeHint().height())
        self._say()
        self.update()

    @property
    def node(self) -> Node | None:
        """The node in front."""
        column, row = self.at
        return self.columns[column][row] if row < len(self.columns[column]) else None

    def spoken(self) -> str:
        """The node in front in words."""
        node, (column, row) = self.node, self.at
        if node is None:
            return ""
        role = ("names this film", "this review", "is named here")[column]
        linked = "" if node.firm or column == 1 else ", not linked"
        return f"{node.words}{f', {node.below}' if node.below else ''}, {role}{linked}. {row + 1} of {len(self.columns[column])}"

    def _say(self) -> None:
        self.setAccessibleDescription(self.spoken())
        self.setToolTip(tip(self.spoken()))
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # placing

    def _scale(self) -> float:
        return max(1.0, self.fontMetrics().height() / 18)

    def sizeHint(self) -> QSize:
        rows = max(len(column) + (more > 0) for column, more in zip(self.columns, self._more, strict=True))
        return QSize(round(680 * self._scale()), round((max(3, rows) * (ROW + GAP) + 16) * self._scale()))

    def place(self, column: int, row: int) -> QRectF:
        """Where a node stands."""
        scale, count = self._scale(), len(self.columns[column]) + (self._more[column] > 0)
        wide = min(WIDE * scale, (self.width() - 16) / 3.4)
        side = column if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 2 - column
        left = 8 + (self.width() - 16 - wide) * side / 2
        high = (ROW + GAP) * scale
        top = (self.height() - count * high) / 2 + row * high
        return QRectF(left, top + GAP * scale / 2, wide, ROW * scale)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column in (0, 2):
            for row, node in enumerate(self.columns[column]):
                self._line(painter, self.place(column, row), self.place(1, 0), node.firm)
        for column, nodes in enumerate(self.columns):
            for row, node in enumerate(nodes):
                self._node(painter, self.place(column, row), node, (column, row) == self.at, column == 1)
            if self._more[column]:
                painter.setPen(self._theme.colour("second"))
                painter.setFont(self._theme.font(13))
                place = self.place(column, len(nodes))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"and {self._more[column]} more")

    def _line(self, painter: QPainter, there: QRectF, middle: QRectF, firm: bool) -> None:
        left = there.center().x() < middle.center().x()
        begin = QPointF(there.right() if left else there.left(), there.center().y())
        end = QPointF(middle.left() if left else middle.right(), middle.center().y())
        path = QPainterPath(begin)
        half = (begin.x() + end.x()) / 2
        path.cubicTo(QPointF(half, begin.y()), QPointF(half, end.y()), end)
        painter.setPen(QPen(self._theme.colour("edge"), 1.5, Qt.PenStyle.SolidLine if firm else Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _node(self, painter: QPainter, place: QRectF, node: Node, front: bool, middle: bool) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.colour("accent" if front and self.hasFocus() else "edge"), 1.5 if front else 1))
        painter.setBrush(theme.colour("chosen" if front else "paper"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = place.adjusted(10, 4, -10, -4)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(14, SERIF, semibold=middle))
        words = painter.fontMetrics().elidedText(node.words, Qt.TextElideMode.ElideRight, round(inner.width()))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / (2 if node.below else 1))
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(upper, leading, words)
        if node.below:
            painter.setPen(theme.colour("second"))
            painter.setFont(theme.font(12))
            below = painter.fontMetrics().elidedText(node.below, Qt.TextElideMode.ElideRight, round(inner.width()))
            painter.drawText(QRectF(inner.left(), upper.bottom(), inner.width(), inner.height() / 2), leading, below)

    # going

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column, row = self.at
        key = Qt.Key(event.key())
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            sideways = -sideways
        if sideways:
            there = [
                n
                for n in range(column + sideways, 3 if sideways > 0 else -1, sideways)
                if 0 <= n < 3 and self.columns[n]
            ]
            if there:
                self._go(there[0], min(row, len(self.columns[there[0]]) - 1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(column, max(0, min(len(self.columns[column]) - 1, row + (1 if key == Qt.Key.Key_Down else -1))))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.node is not None:
            self.opened.emit(self.node.data)
        else:
            super().keyPressEvent(event)

    def _go(self, column: int, row: int) -> None:
        self.at = (column, row)
        self._say()
        self.update()
        if self.node is not None:
            self.chosen.emit(self.node.data)

    def _hit(self, event: QMouseEvent) -> tuple[int, int] | None:
        places = ((c, r) for c, nodes in enumerate(self.columns) for r in range(len(nodes)))
        return next((at for at in places if self.place(*at).contains(event.position())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (hit := self._hit(event)) is not None:
            self._go(*hit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._hit(event) is not None and self.node is not None:
            self.opened.emit(self.node.data)
