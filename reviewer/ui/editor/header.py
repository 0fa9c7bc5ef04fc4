"""The head of the review above its text: title, marks, film, status. A click goes to the field; scrolled, it grows small."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Review
from reviewer.text.mentions import film_name
from reviewer.ui.session import Session
from reviewer.ui.theme import DISPLAY, SERIF, Theme
from reviewer.ui.widgets.stars import mark_width, paint_mark

TALL, SMALL = 104, 40


class Header(QWidget):
    """Paints the values; `clicked` names the field under a click: title, mark, film or status."""

    clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session: Session | None = None
        self._scales = BUILT_IN
        self._small = False
        self._sides = (28, 28)
        self._areas: list[tuple[QRectF, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, round((SMALL if self._small else TALL) * max(1.0, self.fontMetrics().height() / 18)))

    def use(self, scales: Scales) -> None:
        """The scales that marks are read in."""
        self._scales = scales
        self._changed()

    def show_session(self, session: Session | None) -> None:
        if self._session is not None:
            self._session.review_changed.disconnect(self._changed)
        self._session = session
        if session is not None:
            session.review_changed.connect(self._changed)
        self._changed()

    def _changed(self) -> None:
        review = self._session.review if self._session else Review()
        self.setAccessibleName(f"{review.title or 'Untitled'}, {self._scales.line(review.rating) or 'not rated'}")
        self.update()

    def set_small(self, small: bool) -> None:
        """One line while the text is scrolled, the whole head at its top."""
        if small != self._small:
            self._small = small
            self.updateGeometry()
            self.update()

    @property
    def is_small(self) -> bool:
        return self._small

    def set_sides(self, left: int, right: int) -> None:
        """Stand where the text's column stands."""
        if (left, right) != self._sides:
            self._sides = (left, right)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("paper"))
        if self._session is None:
            return
        left, right = self._sides
        area = QRectF(left, 0, self.width() - left - right, self.height())
        self._areas = []
        if self._small:
            self._paint_small(painter, area, self._session.review)
        else:
            self._paint_tall(painter, area, self._session.review)
        painter.setPen(self._theme.colour("hairline"))
        painter.drawLine(int(area.left()), self.height() - 1, int(area.right()), self.height() - 1)

    def _paint_tall(self, painter: QPainter, area: QRectF, review: Review) -> None:
        upper = QRectF(area.left(), self.height() * 0.26, area.width(), self.height() * 0.38)
        used = self._marks(painter, upper, review, 17)
        self._title(painter, upper.adjusted(0, 0, -used, 0), review, self._theme.font(28, DISPLAY))
        lower = QRectF(area.left(), upper.bottom() + 2, area.width(), self.height() * 0.22)
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.colour("second"))
        words = "  ·  ".join(_film_line(review)) or "Film not named yet"
        status = review.status.capitalize()
        space = painter.fontMetrics().horizontalAdvance(status) + 16
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(lower.width() - space))
        painter.drawText(lower, flags | int(Qt.AlignmentFlag.AlignLeading), elided)
        painter.drawText(lower, flags | int(Qt.AlignmentFlag.AlignTrailing), status)
        self._areas.append((QRectF(lower.right() - space, lower.top(), space, lower.height()), "status"))
        self._areas.append((lower, "film"))

    def _paint_small(self, painter: QPainter, area: QRectF, review: Review) -> None:
        used = self._marks(painter, area, review, 12)
        self._title(painter, area.adjusted(0, 0, -used, 0), review, self._theme.font(14, SERIF, semibold=True))

    def _title(self, painter: QPainter, area: QRectF, review: Review, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink" if review.title else "third"))
        title = painter.fontMetrics().elidedText(
            review.title or "Untitled", Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), title)
        self._areas.append((area, "title"))

    def _marks(self, painter: QPainter, area: QRectF, review: Review, side: float) -> float:
        """Paint the marks at the right edge; returns the room they take."""
        right = area.right()
        painter.setFont(self._theme.font(side + 2, SERIF))
        painter.setPen(self._theme.colour("ink"))
        for mark in reversed(review.rating):
            width = mark_width(painter.fontMetrics(), self._scales, mark, side, 3)
            place = QRectF(right - width, area.top(), width, area.height())
            paint_mark(painter, self._scales, mark, place, side, 3, self._theme)
            right -= width + 12
        self._areas.append((QRectF(right, area.top(), area.right() - right, area.height()), "mark"))
        return area.right() - right + 12

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hit = next((name for area, name in self._areas if area.contains(event.position())), "title")
        self.clicked.emit(hit)


def _film_line(review: Review) -> list[str]:
    """Year, directors and length of the film; of several films their names, of a list post that it is one."""
    if review.list_:
        return ["List of films"]
    if review.also:
        return [film_name(one.film.title or "Untitled film", one.film.year) for one in review.features]
    runtime = f"{review.film.runtime} min" if review.film.runtime else ""
    parts = (str(review.film.year or ""), ", ".join(review.credits.people("director")[:2]), runtime)
    return [part for part in parts if part]
