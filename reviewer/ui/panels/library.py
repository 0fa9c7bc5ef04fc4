"""The library's column: its name, a filter, the list of reviews."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.listing import Entry
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.ui import icons
from reviewer.ui.actions import Actions
from reviewer.ui.panels.library_model import COUNT, ENTRY, HEADING, STATE, UNSAVED, LibraryModel
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.badges import paint_badge, paint_picture
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.widgets.stars import mark_width, paint_mark
from reviewer.ui.widgets.thumbnails import Thumbnails
from reviewer.ui.words import command, tip

ROW, HEAD = 54, 38
_STATE_ICONS = {"in the blog": "check", "changed since": "send", "edited there": "pencil"}
"""How a review stands in the blog; one that is not in it has no sign."""


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails = theme, thumbnails
        self.current: Path | None = None
        self.scales = BUILT_IN

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        scale = option.fontMetrics.height() / 18
        return QSize(100, round((HEAD if index.data(HEADING) else ROW) * max(1.0, scale)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setLayoutDirection(option.direction)
        if index.data(HEADING):
            self._heading(painter, option.rect, index)
        else:
            self._row(painter, option, index.data(ENTRY), bool(index.data(UNSAVED)), str(index.data(STATE) or ""))
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        inner = rect.adjusted(14, 8, -14, -4)
        painter.setFont(self._theme.font(12, semibold=True))
        painter.setPen(self._theme.colour("second"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.setFont(self._theme.font(12))
        painter.drawText(
            inner, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), str(index.data(COUNT))
        )

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, unsaved: bool, state: str) -> None:
        theme, rect = self._theme, option.rect.adjusted(6, 1, -6, -1)
        ground = "chrome"
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if entry.path == self.current:
            ground = "chosen" if focused else "hover"
        elif option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            ground = "hover"
        if ground != "chrome":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(rect, 6, 6)
        if focused and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(8, 7, -8, -7)
        if entry.lead is not None:
            place = QRectF(inner.left() if mirrored else inner.right() - 47, inner.center().y() - 13, 48, 27)
            paint_picture(painter, place, self._thumbnails.get(entry.lead), theme)
            if entry.worst is not None:
                paint_badge(
                    painter,
                    place.left() if mirrored else place.right(),
                    place.bottom(),
                    entry.worst,
                    theme,
                    theme.colour(ground),
                )
            inner.adjust(58 if mirrored else 0, 0, 0 if mirrored else -58, 0)
        self._words(painter, inner, entry, unsaved, mirrored, state)

    def _words(self, painter: QPainter, inner: QRect, entry: Entry, unsaved: bool, mirrored: bool, state: str) -> None:
        theme = self._theme
        painter.setFont(theme.font(14, SERIF, semibold=True))
        painter.setPen(theme.colour("ink"))
        half = inner.height() // 2
        title = ("• " if unsaved else "") + entry.title
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        upper = QRect(inner.left(), inner.top() - 1, inner.width(), half)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), title)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("blocks" if entry.fault else "second"))
        lower = QRect(inner.left(), inner.top() + half + 1, inner.width(), half)
        lower = self._state(painter, lower, state, mirrored)
        films = "List of films" if entry.is_list else " · ".join(f"{year}" for _, year in entry.films if year)
        words = entry.fault or films
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(
            lower, flags, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, lower.width())
        )
        if not entry.fault:
            used = painter.fontMetrics().horizontalAdvance(words) + (8 if words else 0)
            lower.adjust(0 if mirrored else used, 0, -used if mirrored else 0, 0)
            self._marks(painter, lower, entry, mirrored)

    def _state(self, painter: QPainter, rect: QRect, state: str, mirrored: bool) -> QRect:
        """Draw at the line's end how the review stands in the blog; returns the room that is left."""
        name = _STATE_ICONS.get(state)
        if name is None:
            return rect
        size = max(12, painter.fontMetrics().ascent())
        place = QRect(rect.left() if mirrored else rect.right() - size + 1, rect.center().y() - size // 2, size, size)
        icons.icon(name).paint(painter, place)
        return rect.adjusted(size + 6 if mirrored else 0, 0, 0 if mirrored else -size - 6, 0)

    def _marks(self, painter: QPainter, rect: QRect, entry: Entry, mirrored: bool) -> None:
        if mirrored:
            painter.drawText(
                rect, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), self.scales.line(entry.rating)
            )
            return
        x = float(rect.left())
        for mark in entry.rating:
            place = QRectF(x, rect.top(), rect.right() - x, rect.height())
            paint_mark(painter, self.scales, mark, place, 11, 1.5, self._theme)
            x += mark_width(painter.fontMetrics(), self.scales, mark, 11, 1.5) + 8


class LibraryPanel(QWidget):
    """The column. Wishes are signals; whoever can, fulfils them."""

    open_requested = Signal(object)
    libraries_requested = Signal()
    menu_requested = Signal(object, QPoint)

    def __init__(self, theme: Theme, actions: Actions, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = LibraryModel(self)
        self.setAccessibleName("Library")
        self._menu_button = self._tool("menu", "Menu", "All commands by menu")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(actions.menu(self))
        self.name = QPushButton("", self)
        self.name.setObjectName("quiet")
        self.name.setToolTip("Open another library")
        self.name.clicked.connect(self.libraries_requested)
        new = QToolButton(self)
        new.setDefaultAction(actions["new"])
        new.setAccessibleName("New review")
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 10, 6)
        top.setSpacing(2)
        for widget in (self._menu_button, self.name):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(new)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the library")
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._open_first)
        under = QHBoxLayout()
        under.setContentsMargins(12, 2, 12, 6)
        under.addWidget(self.filter)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Reviews")
        self.view.setUniformItemSizes(False)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delegate = _Delegate(theme, thumbnails, self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._context)
        thumbnails.arrived.connect(lambda _: self.view.viewport().update())
        theme.changed.connect(self.view.viewport().update)
        self.empty = plain_label("", self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(16, 12, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(under)
        layout.addWidget(self.empty)
        layout.addWidget(self.view, 1)
        self.model.modelReset.connect(self._say_empty)
        self._say_empty()

    def _tool(self, icon: str, name: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(icon))
        button.setAccessibleName(name)
        button.setToolTip(hint)
        return button

    def use(self, scales: Scales) -> None:
        """The scales that marks are read in."""
        self.model.scales = self.delegate.scales = scales
        self.view.viewport().update()

    def show_library(self, name: str, path: str) -> None:
        """Name the library that is open."""
        self.name.setText(command(name))
        self.name.setToolTip(tip(f"{path}\nOpen another library"))

    def show_current(self, path: Path | None) -> None:
        """Mark the open review."""
        self.delegate.current = path
        index = self.model.index_of(path)
        if index.isValid():
            self.view.setCurrentIndex(index)
        else:
            self.view.clearSelection()
        self.view.viewport().update()

    def _filter(self, text: str) -> None:
        current = self.delegate.current
        self.model.filter(text)
        self.show_current(current)

    def _say_empty(self) -> None:
        count = len(self.model.entries)
        self.filter.setPlaceholderText(f"Filter {count} {'review' if count == 1 else 'reviews'}" if count else "Filter")
        nothing = (
            "Nothing written yet. Ctrl+N starts a review." if not count else f"No review holds “{self.filter.text()}”."
        )
        self.empty.setText(nothing)
        self.empty.setVisible(self.model.rowCount() == 0)

    def _open(self, index: QModelIndex) -> None:
        if (entry := index.data(ENTRY)) is not None:
            self.open_requested.emit(entry.path)

    def _open_first(self) -> None:
        if shown := self.model.shown():
            self.open_requested.emit(shown[0].path)

    def _context(self, place: QPoint) -> None:
        entry = self.view.indexAt(place).data(ENTRY)
        if entry is not None:
            self.menu_requested.emit(entry.path, self.view.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing in the list filters it."""
        if (
            event.text().isprintable()
            and event.text().strip()
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            self.filter.setFocus()
            self.filter.setText(self.filter.text() + event.text())
        elif event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)


def context_menu(parent: QWidget, actions: Actions) -> QMenu:
    """What can be done with a review in the list."""
    menu = QMenu(parent)
    for name in ("export", "unpublish", "duplicate", "rename", "archive", "delete"):
        menu.addAction(actions[name])
    return menu
