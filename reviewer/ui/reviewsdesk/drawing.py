"""How a review is drawn: as a cover, as a row of the list, as a card on the board, as a cell of the table."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer.library.listing import Entry
from reviewer.library.searching import Snippet
from reviewer.review.marks import Scales
from reviewer.review.values import Mark
from reviewer.ui.reviewsdesk.model import MARK, ROW, SNIPPET, STATUS_WORDS, ReviewsModel
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.badges import paint_badge
from reviewer.ui.widgets.facets import Index
from reviewer.ui.widgets.gridview import PictureDelegate
from reviewer.ui.widgets.stars import mark_width, paint_mark
from reviewer.ui.widgets.thumbnails import Thumbnails

LEADING = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
TRAILING = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)


class Brush:
    """What all ways of drawing share: the theme, the pictures, the scales."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, model: ReviewsModel) -> None:
        self.theme, self.thumbnails, self._model = theme, thumbnails, model

    @property
    def scales(self) -> Scales:
        return self._model.scales

    def picture(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        """The lead still, or the title on a quiet ground where there is none."""
        pixmap = (
            self.thumbnails.cut(entry.lead, place.size(), painter.device().devicePixelRatioF()) if entry.lead else None
        )
        painter.setPen(Qt.PenStyle.NoPen)
        if pixmap is not None:
            painter.setBrushOrigin(place.topLeft())
            painter.setBrush(QBrush(pixmap))
            painter.drawRoundedRect(place, 4, 4)
            return
        painter.setBrush(self.theme.colour("hairline"))
        painter.drawRoundedRect(place, 4, 4)
        if entry.lead is None and place.height() > 60:
            painter.setFont(self.theme.font(17, SERIF))
            painter.setPen(self.theme.colour("third"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(place.adjusted(16, 12, -16, -12), flags, entry.title)

    def badge(self, painter: QPainter, place: QRect, entry: Entry, size: int) -> None:
        """The sign of the worst permission at the picture's corner."""
        if entry.worst is not None:
            mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
            corner = place.left() + 3 if mirrored else place.right() - 3
            paint_badge(painter, corner, place.bottom() - 6, entry.worst, self.theme, self.theme.colour("paper"), size)

    def text(self, painter: QPainter, place: QRect, words: str, flags: int = LEADING) -> int:
        """Words in one line, cut where there is no room; returns the width they take."""
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, flags, shown)
        return painter.fontMetrics().horizontalAdvance(shown)

    def marks_width(self, metrics: QFontMetrics, rating: tuple[Mark, ...], side: float) -> int:
        """The room that the marks take."""
        return round(sum(mark_width(metrics, self.scales, mark, side, 1.5) + 8 for mark in rating))

    def marks(self, painter: QPainter, place: QRect, rating: tuple[Mark, ...], side: float) -> None:
        """The marks, the first at the left of their place."""
        x = float(place.left())
        for mark in rating:
            area = QRectF(x, place.top(), place.right() - x, place.height())
            paint_mark(painter, self.scales, mark, area, side, 1.5, self.theme)
            x += mark_width(painter.fontMetrics(), self.scales, mark, side, 1.5) + 8

    def facts(self, entry: Entry) -> str:
        """Year and director in one line, or why the file cannot be read."""
        return entry.fault or ", ".join(part for part in (f"{entry.year or ''}", " and ".join(entry.directors)) if part)


class CoverDelegate(PictureDelegate):
    """A cover: the lead still, beneath it title and status, facts and marks."""

    def __init__(self, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self._brush = brush

    def words_height(self) -> int:
        theme = self._brush.theme
        return round((theme.font(17, SERIF).pointSizeF() + theme.font(12).pointSizeF()) * 1.9) + 26

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ROW)
        brush, theme, size, cell = self._brush, self._brush.theme, self.picture_size(), option.rect
        place = QRect(cell.left() + (cell.width() - size.width()) // 2, cell.top() + 6, size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        brush.picture(painter, place, entry)
        state = option.state
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_HasFocus:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(theme.colour("accent" if chosen else "edge"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(-4, -4, 4, 4), 6, 6)
        brush.badge(painter, place, entry, 20)
        self._words(painter, place, entry)
        painter.restore()

    def _words(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        brush, theme = self._brush, self._brush.theme
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = place.bottom() + 11
        height = round(theme.font(17, SERIF).pointSizeF() * 1.9)
        line = QRect(place.left(), top, place.width(), height)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("second"))
        status = "" if entry.status == "published" else STATUS_WORDS.get(entry.status, entry.status)
        used = brush.text(painter, line, status, TRAILING) + (10 if status else 0)
        painter.setFont(theme.font(17, SERIF, semibold=True))
        painter.setPen(theme.colour("ink"))
        brush.text(painter, line.adjusted(used if mirrored else 0, 0, 0 if mirrored else -used, 0), entry.title)
        painter.setFont(theme.font(12))
        under = QRect(place.left(), top + height, place.width(), round(theme.font(12).pointSizeF() * 1.9))
        width = min(brush.marks_width(painter.fontMetrics(), entry.rating, 11), place.width() * 2 // 3)
        painter.setPen(theme.colour("second"))
        if entry.rating:
            left = under.left() if mirrored else under.right() - width + 8
            brush.marks(painter, QRect(left, under.top(), width, under.height()), entry.rating, 11)
        painter.setPen(theme.colour("blocks" if entry.fault else "second"))
        room = under.adjusted(width if mirrored else 0, 0, 0 if mirrored else -width, 0)
        brush.text(painter, room, brush.facts(entry))


class RowDelegate(QStyledItemDelegate):
    """A row of the list: a small picture, title and facts, marks and status, and beneath where the words were found."""

    def __init__(self, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self._brush = brush

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        scale = max(1.0, option.fontMetrics.height() / 18)
        return QSize(200, round((84 if index.data(SNIPPET) else 62) * scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ROW)
        snippet: Snippet | None = index.data(SNIPPET)
        brush, theme = self._brush, self._brush.theme
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setLayoutDirection(option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option, theme)
        inner = option.rect.adjusted(22, 8, -22, -8)
        tall = min(inner.height(), round(46 * max(1.0, option.fontMetrics.height() / 18)))
        wide = tall * 16 // 9
        picture = QRect(inner.right() - wide + 1 if mirrored else inner.left(), inner.top(), wide, tall)
        brush.picture(painter, picture, entry)
        brush.badge(painter, picture, entry, 15)
        inner.adjust(0 if mirrored else wide + 16, 0, -wide - 16 if mirrored else 0, 0)
        half = tall // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), half)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("second"))
        width = brush.marks_width(painter.fontMetrics(), entry.rating, 12)
        if entry.rating:
            left = upper.left() if mirrored else upper.right() - width + 8
            brush.marks(painter, QRect(left, upper.top(), width, half), entry.rating, 12)
        parts = [STATUS_WORDS.get(entry.status, entry.status), f"{entry.date:%Y-%m-%d}" if entry.date else ""]
        used = brush.text(painter, lower, "  ".join(part for part in parts if part), TRAILING) + 16
        painter.setPen(theme.colour("blocks" if entry.fault else "second"))
        brush.text(painter, lower.adjusted(used if mirrored else 0, 0, 0 if mirrored else -used, 0), brush.facts(entry))
        painter.setFont(theme.font(16, SERIF, semibold=True))
        painter.setPen(theme.colour("ink"))
        room = width + 8
        brush.text(painter, upper.adjusted(room if mirrored else 0, 0, 0 if mirrored else -room, 0), entry.title)
        if snippet:
            below = QRect(inner.left(), inner.top() + tall + 2, inner.width(), inner.bottom() - inner.top() - tall)
            self._snippet(painter, below, snippet)
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(option.rect.left() + 22, option.rect.bottom(), option.rect.right() - 22, option.rect.bottom())
        painter.restore()

    def _snippet(self, painter: QPainter, place: QRect, snippet: Snippet) -> None:
        """One line of the text, what was looked for on a marked ground."""
        theme = self._brush.theme
        layout = QTextLayout(snippet.text, theme.font(13, SERIF), painter.device())
        marked = QTextCharFormat()
        marked.setBackground(theme.colour("added"))
        marked.setForeground(theme.colour("ink"))
        spans = []
        for start, end in snippet.marks:
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = start, end - start, marked
            spans.append(span)
        layout.setFormats(spans)
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(snippet.text))
        layout.endLayout()
        painter.save()
        painter.setClipRect(place)
        painter.setPen(theme.colour("second"))
        layout.draw(painter, place.topLeft())
        painter.restore()


class CardDelegate(QStyledItemDelegate):
    """A card on the board: title, facts, marks."""

    def __init__(self, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self._brush = brush

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, round(84 * max(1.0, option.fontMetrics.height() / 18)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ROW)
        brush, theme = self._brush, self._brush.theme
        painter.save()
        painter.setLayoutDirection(option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(4.5, 4.5, -4.5, -4.5)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(theme.colour("accent" if chosen else "hairline"), 2 if chosen else 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(card, 6, 6)
        inner = card.toRect().adjusted(12, 8, -12, -8)
        third = inner.height() // 3
        painter.setFont(theme.font(14, SERIF, semibold=True))
        painter.setPen(theme.colour("ink"))
        brush.text(painter, QRect(inner.left(), inner.top(), inner.width(), third), entry.title)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("blocks" if entry.fault else "second"))
        brush.text(painter, QRect(inner.left(), inner.top() + third, inner.width(), third), brush.facts(entry))
        painter.setPen(theme.colour("second"))
        line = QRect(inner.left(), inner.top() + 2 * third, inner.width(), third)
        brush.marks(painter, line, entry.rating, 11)
        if entry.date:
            brush.text(painter, line, f"{entry.date:%Y-%m-%d}", TRAILING)
        painter.restore()


class CellDelegate(QStyledItemDelegate):
    """A cell of the table: marks are drawn, all else is text."""

    def __init__(self, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self._brush = brush

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == MARK:
            entry: Entry = index.data(ROW)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._brush.theme.font(12))
            painter.setPen(self._brush.theme.colour("ink"))
            painter.setClipRect(option.rect)
            self._brush.marks(painter, option.rect.adjusted(10, 0, -4, 0), entry.rating, 11)
            painter.restore()

    def displayText(self, value: object, locale: object) -> str:
        return str(value)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() == MARK:
            option.text = ""


def _ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if chosen or hovered or focused:
        painter.setPen(theme.colour("accent") if focused else Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.colour("chosen") if chosen else theme.colour("hover") if hovered else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(QRectF(option.rect).adjusted(10.5, 1.5, -10.5, -1.5), 6, 6)
