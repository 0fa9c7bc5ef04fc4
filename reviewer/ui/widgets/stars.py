"""Marks: stars to look at, stars to click, and letters beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from reviewer.review.marks import FIVE_STARS, LETTERS, Scale, Scales
from reviewer.review.values import Mark
from reviewer.ui.theme import Theme

_POINTS = (
    (10, 1.6),
    (12.6, 6.9),
    (18.4, 7.7),
    (14.2, 11.8),
    (15.2, 17.6),
    (10, 14.9),
    (4.8, 17.6),
    (5.8, 11.8),
    (1.6, 7.7),
    (7.4, 6.9),
)


def paint_stars(
    painter: QPainter,
    x: float,
    y: float,
    side: float,
    value: float,
    best: int,
    ink: QColor,
    edge: QColor,
    gap: float = 2,
) -> float:
    """Draw stars filled to `value`, half stars by halves; returns the width they take."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for n in range(best):
        left = x + n * (side + gap)
        star = QPolygonF([QPointF(left + px * side / 20, y + py * side / 20) for px, py in _POINTS])
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(star)
        fill = min(1.0, max(0.0, value - n))
        if fill:
            painter.save()
            mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
            width = side * fill
            painter.setClipRect(QRectF(left + (side - width if mirrored else 0), y, width, side))
            painter.setPen(QPen(ink, 1))
            painter.setBrush(ink)
            painter.drawPolygon(star)
            painter.restore()
    painter.restore()
    return best * (side + gap) - gap


def mark_width(metrics: QFontMetrics, scales: Scales, mark: Mark, side: float, gap: float) -> float:
    """The room that `paint_mark` takes."""
    scale = scales.starred(mark)
    return int(scale.best) * (side + gap) - gap if scale else metrics.horizontalAdvance(scales.text(mark))


def paint_mark(
    painter: QPainter, scales: Scales, mark: Mark, area: QRectF, side: float, gap: float, theme: Theme
) -> None:
    """Draw a mark at the left of an area, in the middle of its height: as stars, or in the words of its scale."""
    scale = scales.starred(mark)
    if scale is None:
        painter.drawText(area.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), scales.text(mark))
        return
    top, ink, edge = area.center().y() - side / 2, theme.colour("ink"), theme.colour("edge")
    paint_stars(painter, area.left(), top, side, float(mark.value), int(scale.best), ink, edge, gap)


class Stars(QWidget):
    """Stars that take a mark: the left half of a star gives a half, the same value again clears.

    Arrows step by a half, Home and End go to none and all, digits give whole stars, Delete clears. None is "not rated",
    which is not 0.
    """

    picked = Signal(object)
    SIDE, GAP = 24, 6

    def __init__(self, parent: QWidget | None = None, side: int = SIDE) -> None:
        super().__init__(parent)
        self._scale = FIVE_STARS
        self._value: float | None = None
        self._hover: float | None = None
        self._side = side
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def value(self) -> float | None:
        return self._value

    def show_value(self, value: float | None, scale: Scale | None = None) -> None:
        """Show a mark; None is not rated."""
        self._scale = scale or self._scale
        self._value = value
        self._say()
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The mark as it is spoken."""
        return "Not rated" if self._value is None else f"{self._value:g} of {self._scale.best:g}"

    def _say(self) -> None:
        self.setAccessibleName(f"Mark: {self.words()}{'' if self._value is None else ' stars'}")
        self.setToolTip(
            "Click the left half of a star for a half, the same star again to clear.\nArrows, digits, Delete."
        )
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self._value or 0))

    def sizeHint(self) -> QSize:
        best = int(self._scale.best)
        return QSize(best * (self._side + self.GAP) - self.GAP + 4, self._side + 4)

    def _value_at(self, x: float) -> float:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        place = max(0.0, (x - 2) / (self._side + self.GAP))
        star = min(int(place), int(self._scale.best) - 1)
        return star + (0.5 if (place - star) * (self._side + self.GAP) < self._side / 2 else 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._value_at(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            value = self._value_at(event.position().x())
            self._pick(None if value == self._value else value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), 0.5
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        now = self._value or 0
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._pick(min(self._scale.best, max(0.5, now + (0.5 if key == Qt.Key.Key_Up else step))))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            below = now - (0.5 if key == Qt.Key.Key_Down else step)
            self._pick(None if self._value is None or below < 0 else min(self._scale.best, below))
        elif key == Qt.Key.Key_Home:
            self._pick(0.5)
        elif key == Qt.Key.Key_End:
            self._pick(self._scale.best)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pick(None)
        elif event.text().isdecimal() and int(event.text()) <= self._scale.best:
            self._pick(float(event.text()))
        else:
            super().keyPressEvent(event)

    def _pick(self, value: float | None) -> None:
        if value != self._value:
            self._value = value
            self._say()
            self.update()
            self.picked.emit(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = self.palette()
        ink = colours.color(QPalette.ColorRole.WindowText)
        shown = self._hover if self._hover is not None else self._value or 0
        if self._hover is not None:
            ink.setAlpha(190)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        edge = colours.color(QPalette.ColorRole.Dark)
        paint_stars(painter, 2, 2, self._side, shown, int(self._scale.best), ink, edge, self.GAP)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Letters(QWidget):
    """Letter grades as a row of buttons; the chosen one again clears."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[str, QPushButton] = {}
        for n, letter in enumerate(LETTERS):
            button = QPushButton(letter.replace("-", "−"), self)
            button.setObjectName("grade")
            button.setCheckable(True)
            button.setAccessibleName(f"Grade {letter}")
            button.setMinimumWidth(0)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda on, letter=letter: self._pick(letter if on else None))
            self._group.addButton(button)
            self._buttons[letter] = button
            row.addWidget(button, 0, n)
        self.setAccessibleName("Letter grade")

    def show_value(self, letter: str | None) -> None:
        """Show a grade; None is none."""
        for name, button in self._buttons.items():
            button.setChecked(name == letter)

    def _pick(self, letter: str | None) -> None:
        self.show_value(letter)
        self.picked.emit(letter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        focus = next((n for n, b in enumerate(self._buttons.values()) if b.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pick(None)
        elif step and focus is not None:
            list(self._buttons.values())[max(0, min(len(LETTERS) - 1, focus + step))].setFocus()
        else:
            super().keyPressEvent(event)
