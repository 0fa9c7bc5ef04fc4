"""The calendar: a month at a time, the films on the days on which they were seen, or the posts on theirs."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.listing import Entry
from reviewer.review.values import PostDate
from reviewer.ui.icons import icon
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.facets import Index
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.words import tip

DAY, FILMS = (int(Qt.ItemDataRole.UserRole) + n for n in range(2))
KINDS: dict[str, tuple[str, Callable[[Entry], Iterable[PostDate]]]] = {
    "seen": ("Films seen", lambda entry: {dt.date.fromisoformat(day) for _, _, day, _, _ in entry.viewings}),
    "date": ("Reviews posted", lambda entry: [entry.date] if entry.date else []),
}


class MonthModel(QAbstractTableModel):
    """Six weeks of seven days around a month; each day with its films."""

    def __init__(self, today: Callable[[], dt.date], parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today
        self.first = today().replace(day=1)
        self._by_day: dict[dt.date, list[Entry]] = {}
        self.starts_on = QLocale().firstDayOfWeek().value - 1

    def show(self, entries: Sequence[Entry], kind: str) -> None:
        """Take the reviews, by the one day or the other."""
        self.beginResetModel()
        self._by_day = {}
        for entry in entries:
            for when in KINDS[kind][1](entry):
                self._by_day.setdefault(when.date() if isinstance(when, dt.datetime) else when, []).append(entry)
        self.endResetModel()

    def go(self, first: dt.date) -> None:
        """Show another month, by its first day."""
        self.beginResetModel()
        self.first = first
        self.endResetModel()

    @property
    def days(self) -> list[dt.date]:
        """The days that have films, in order."""
        return sorted(self._by_day)

    def films(self, day: dt.date) -> list[Entry]:
        """The films of a day."""
        return self._by_day.get(day, [])

    def day(self, index: Index) -> dt.date:
        """The day of a cell."""
        lead = (self.first.weekday() - self.starts_on) % 7
        place = self.first.toordinal() + index.row() * 7 + index.column() - lead
        return dt.date.fromordinal(max(1, min(dt.date.max.toordinal(), place)))

    def place(self, day: dt.date) -> QModelIndex:
        """The cell of a day of the month that is shown, or of one beside it."""
        lead = (self.first.weekday() - self.starts_on) % 7
        row, column = divmod(day.toordinal() - self.first.toordinal() + lead, 7)
        return self.index(row, column)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QLocale().dayName((section + self.starts_on) % 7 + 1, QLocale.FormatType.ShortFormat)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        day = self.day(index)
        if role == DAY:
            return day
        if role == FILMS:
            return self.films(day)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            names = ", ".join(entry.title for entry in self.films(day))
            said = f"{day.day} {QLocale().monthName(day.month)}: {names}" if names else ""
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None


class _DayDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: MonthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day, films, theme = index.data(DAY), index.data(FILMS), self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        here = day.month == self._model.first.month
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("chosen"))
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if index.column() < 6:
            painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        inner = option.rect.adjusted(8, 6, -8, -4)
        today = day == self._model.today()
        painter.setFont(theme.font(12, semibold=today))
        painter.setPen(theme.colour("accent" if today else "second" if here else "third"))
        height = painter.fontMetrics().height() + 2
        flags = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        painter.drawText(inner, flags, str(day.day))
        painter.setFont(theme.font(13, SERIF))
        painter.setPen(theme.colour("ink" if here else "third"))
        line = painter.fontMetrics().height() + 1
        room = max(0, (inner.height() - height) // line)
        shown = films if len(films) <= room else films[: max(0, room - 1)]
        for number, entry in enumerate(shown):
            place = QRect(inner.left(), inner.top() + height + number * line, inner.width(), line)
            words = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), words)
        if len(shown) < len(films):
            place = QRect(inner.left(), inner.top() + height + len(shown) * line, inner.width(), line)
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("second"))
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter),
                f"{len(films) - len(shown)} more",
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(90, 70)


class _Month(QTableView):
    """The grid of days. `turned` asks for another month, by so many; `opened` is sent by Enter or a double click."""

    turned = Signal(int)
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if step := steps.get(Qt.Key(event.key())):
            self.turned.emit(step * (12 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif self._over_the_edge(event):
            pass
        else:
            super().keyPressEvent(event)

    def _over_the_edge(self, event: QKeyEvent) -> bool:
        """At the first and last week the arrows turn the month."""
        row = self.currentIndex().row()
        if (event.key() == Qt.Key.Key_Up and row == 0) or (event.key() == Qt.Key.Key_Down and row == 5):
            self.turned.emit(-1 if row == 0 else 1)
            return True
        return False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()


class Calendar(QWidget):
    """A month with its films. `opened` carries a review's path, `menu_wanted` the reviews of a day and where it was asked."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, theme: Theme, today: Callable[[], dt.date], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self.model = MonthModel(today, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 2, 16, 12)
        layout.setSpacing(6)
        layout.addLayout(self._top())
        self.month = _Month(self)
        self.month.setModel(self.model)
        self.month.setItemDelegate(_DayDelegate(theme, self.model, self.month))
        self.month.setAccessibleName("Calendar")
        self.month.verticalHeader().hide()
        self.month.horizontalHeader().setHighlightSections(False)
        self.month.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.month.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.month.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.month.setTabKeyNavigation(False)
        self.month.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.month.turned.connect(self.turn)
        self.month.opened.connect(self._open)
        self.month.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.month.customContextMenuRequested.connect(self._menu)
        layout.addWidget(self.month, 1)
        theme.changed.connect(self._dress)
        self._name()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.title = plain_label("", self, wrap=False)
        row.addWidget(self.title)
        row.addStretch(1)
        for name, words, step in (
            ("chevron-up", "The month before  (Page up)", -1),
            ("chevron-down", "The next month  (Page down)", 1),
        ):
            button = QToolButton(self)
            button.setIcon(icon(name))
            button.setToolTip(tip(words))
            button.setAccessibleName(words.partition("  ")[0])
            button.clicked.connect(lambda _=False, step=step: self.turn(step))
            row.addWidget(button)
        now = QToolButton(self)
        now.setText("Today")
        now.clicked.connect(lambda: self._go(self.model.today()))
        self.latest = QToolButton(self)
        self.latest.setText("Last")
        self.latest.setToolTip("The last day with a film")
        self.latest.clicked.connect(self.to_last)
        self.kind = QComboBox(self)
        for name, (words, _) in KINDS.items():
            self.kind.addItem(words, name)
        self.kind.setAccessibleName("Days of what")
        self.kind.activated.connect(lambda _: self._fill())
        for widget in (now, self.latest, self.kind):
            row.addWidget(widget)
        return row

    def _dress(self) -> None:
        self.title.setFont(self._theme.font(17, SERIF, semibold=True))
        self.month.viewport().update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._dress()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Take the reviews that are found."""
        self._entries = tuple(entries)
        self._fill()

    def _fill(self) -> None:
        day = self.month.currentIndex().data(DAY)
        self.model.show(self._entries, self.kind.currentData())
        self._name()
        if day is not None:
            self.month.setCurrentIndex(self.model.place(day))

    def _name(self) -> None:
        first = self.model.first
        count = sum(
            len(self.model.films(first + dt.timedelta(n)))
            for n in range(calendar.monthrange(first.year, first.month)[1])
        )
        films = f"   {count} {'film' if count == 1 else 'films'}" if count else ""
        self.title.setText(f"{QLocale().standaloneMonthName(first.month)} {first.year}{films}")

    def turn(self, months: int) -> None:
        """Show the month so many after this one."""
        first = self.model.first
        number = max(12, min(12 * 9998, first.year * 12 + first.month - 1 + months))
        current = self.month.currentIndex()
        self.model.go(dt.date(number // 12, number % 12 + 1, 1))
        self._name()
        if current.isValid():
            self.month.setCurrentIndex(self.model.index(5 if months < 0 else 0, current.column()))

    def to_last(self) -> None:
        """Show the last day that has a film."""
        if self.model.days:
            self._go(self.model.days[-1])

    def _go(self, day: dt.date) -> None:
        self.model.go(day.replace(day=1))
        self._name()
        self.month.setCurrentIndex(self.model.place(day))

    def _open(self) -> None:
        films: list[Entry] = self.month.currentIndex().data(FILMS) or []
        if len(films) == 1:
            self.opened.emit(films[0].path)
        elif films:
            rect = self.month.visualRect(self.month.currentIndex())
            self.menu_wanted.emit(films, self.month.viewport().mapToGlobal(rect.bottomLeft()))

    def _menu(self, place: QPoint) -> None:
        films = self.month.indexAt(place).data(FILMS)
        if films:
            self.menu_wanted.emit(films, self.month.viewport().mapToGlobal(place))

    def paths(self) -> list[Path]:
        """The reviews of the day that is chosen."""
        return [entry.path for entry in self.month.currentIndex().data(FILMS) or ()]
