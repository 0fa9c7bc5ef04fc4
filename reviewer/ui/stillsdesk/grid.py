"""The grid: each still with its badge, its film, its state and its caption, in a size that the writer chooses."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from reviewer.library.shelf import Shelved
from reviewer.review.rights import Verdict
from reviewer.ui.stillsdesk.model import ROW, Index
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.badges import TOKENS, paint_badge
from reviewer.ui.widgets.gridview import PictureDelegate
from reviewer.ui.widgets.thumbnails import Thumbnails

_SHORT = {Verdict.INCOMPLETE: "Incomplete"}


class GridDelegate(PictureDelegate):
    """Draws one still."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails = theme, thumbnails

    def words_height(self) -> int:
        metrics = self._theme.font(14, SERIF, semibold=True)
        small = self._theme.font(12)
        return round((metrics.pointSizeF() + small.pointSizeF()) * 1.9) + 22

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Shelved = index.data(ROW)
        theme, size = self._theme, self.picture_size()
        cell = option.rect
        place = QRect(cell.left() + (cell.width() - size.width()) // 2, cell.top() + 6, size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._picture(painter, place, row)
        state = option.state
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_HasFocus:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(theme.colour("accent" if chosen else "edge"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(-4, -4, 4, 4), 6, 6)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        corner = place.left() + 3 if mirrored else place.right() - 3
        paint_badge(painter, corner, place.bottom() - 6, row.standing.verdict, theme, theme.colour("paper"), 20)
        self._words(painter, place, row)
        painter.restore()

    def _picture(self, painter: QPainter, place: QRect, row: Shelved) -> None:
        pixmap = self._thumbnails.cut(row.path, place.size(), painter.device().devicePixelRatioF())
        if pixmap is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrushOrigin(place.topLeft())
            painter.setBrush(QBrush(pixmap))
            painter.drawRoundedRect(place, 4, 4)
            return
        painter.fillRect(place, self._theme.colour("hairline"))
        if self._thumbnails.refused(row.path):
            painter.setFont(self._theme.font(12))
            painter.setPen(self._theme.colour("second"))
            words = "The file cannot be shown" if row.path.exists() else "The file is gone"
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _words(self, painter: QPainter, place: QRect, row: Shelved) -> None:
        theme = self._theme
        now = row.standing
        says = "Published all the same" if now.override else _SHORT.get(now.verdict, now.words)
        painter.setFont(theme.font(12))
        room = place.width() * 6 // 10
        says = painter.fontMetrics().elidedText(says, Qt.TextElideMode.ElideRight, room)
        used = painter.fontMetrics().horizontalAdvance(says)
        top = place.bottom() + 11
        height = round(theme.font(14, SERIF).pointSizeF() * 1.9)
        flags = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        quiet = now.verdict is Verdict.MAY
        painter.setPen(theme.colour("second" if quiet else TOKENS[now.verdict]))
        painter.drawText(QRect(place.left(), top, place.width(), height), int(flags), says)
        painter.setFont(theme.font(14, SERIF, semibold=True))
        painter.setPen(theme.colour("ink"))
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = place.left() + (used + 10 if mirrored else 0)
        title = QRect(left, top, place.width() - used - 10, height)
        lead = "★ " if row.still.lead else ""
        words = painter.fontMetrics().elidedText(lead + row.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("second" if row.still.caption else "third"))
        under = QRect(place.left(), top + height, place.width(), round(theme.font(12).pointSizeF() * 1.9))
        caption = row.still.caption or "No caption"
        caption = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), caption)
