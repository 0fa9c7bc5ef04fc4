"""A column of facets: each a question with its count, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer.review.rights import Verdict
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.badges import paint_badge
from reviewer.ui.widgets.stars import paint_stars
from reviewer.ui.words import tip

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
ROW, HEAD = 25, 36


@dataclass(frozen=True)
class Row:
    """A heading (no query), or a facet: what is typed for it, its words, its count and badge, and the stars that stand for its
    words where it is a mark: how many of how many."""

    words: str
    query: str | None = None
    count: int | None = None
    badge: Verdict | None = None
    stars: tuple[float, int] | None = None


class FacetModel(QAbstractListModel):
    """Headings and facets."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these. The same questions with other counts keep the place."""
        rows = list(rows)
        if rows == self.rows:
            return
        same = [(r.words, r.query) for r in rows] == [(r.words, r.query) for r in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == LINE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = row.words if row.count is None else f"{row.words}, {row.count}"
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].query is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: FacetList) -> None:
        super().__init__(parent)
        self._theme, self._list = theme, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        scale = max(1.0, option.fontMetrics.height() / 18)
        return QSize(100, round((HEAD if index.data(LINE).query is None else ROW) * scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._theme, index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(7, 0, -7, 0)
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if row.query is None:
            painter.setFont(theme.font(12, semibold=True))
            painter.setPen(theme.colour("second"))
            painter.drawText(rect.adjusted(7, 8, -7, 0), leading, row.words)
            painter.restore()
            return
        chosen = row.query in self._list.chosen
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = self._list.hasFocus() and self._list.currentIndex() == index
        if chosen or hovered or focused:
            painter.setPen(theme.colour("accent") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        inner = rect.adjusted(7, 0, -9, 0)
        if row.count is not None:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("second"))
            painter.drawText(
                inner, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), f"{row.count:,}"
            )
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if row.badge is not None:
            x = inner.right() - 7 if mirrored else inner.left() + 7
            paint_badge(painter, x, inner.center().y() + 0.5, row.badge, theme, theme.colour("chrome"), 13)
            inner = inner.adjusted(0 if mirrored else 21, 0, -21 if mirrored else 0, 0)
        if row.stars is not None:
            value, best = row.stars
            width, side = best * 13.5 - 1.5, 12
            x = inner.right() - width if mirrored else inner.left()
            paint_stars(
                painter, x, inner.center().y() - 5, side, value, best, theme.colour("ink"), theme.colour("edge"), 1.5
            )
            painter.restore()
            return
        painter.setFont(theme.font(13, semibold=chosen))
        painter.setPen(theme.colour("ink"))
        room = QRect(inner).adjusted(34 if mirrored else 0, 0, 0 if mirrored else -34, 0)
        words = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, leading, words)
        painter.restore()


class FacetList(QListView):
    """The facets as a list. `picked` carries what a facet asks for; with Ctrl it is added to what is asked already."""

    picked = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: frozenset[str] = frozenset()
        self.setAccessibleName("Filters")
        self.setModel(FacetModel(self))
        self.setItemDelegate(_Delegate(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        theme.changed.connect(self.viewport().update)

    @property
    def facets(self) -> FacetModel:
        model = self.model()
        assert isinstance(model, FacetModel)
        return model

    def mark(self, queries: frozenset[str]) -> None:
        """Mark what is asked now."""
        self.chosen = queries
        self.viewport().update()

    def _pick(self, index: QModelIndex) -> None:
        row: Row | None = index.data(LINE)
        if row is not None and row.query is not None:
            more = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
            self.picked.emit(row.query, more)
