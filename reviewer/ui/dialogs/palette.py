"""One field for everything: actions, findings, reviews. Enter runs, Escape closes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.ui import icons
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import hairline, plain_label

_CHOICE = int(Qt.ItemDataRole.UserRole)
MOST = 60
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its words, its group, a word and a key at its side, an icon, what it does."""

    text: str
    group: str
    act: Callable[[], object]
    aside: str = ""
    key: str = ""
    icon: str = ""
    enabled: bool = True


def score(words: str, text: str) -> int | None:
    """How well typed words fit: lower is better, None does not fit. Every typed word must begin a word, or be in it."""
    total, folded = 0, text.casefold()
    for word in words.casefold().split():
        place = folded.find(word)
        if place < 0:
            return _scattered(words.casefold().replace(" ", ""), folded)
        total += place + (0 if place == 0 or not folded[place - 1].isalnum() else 40)
    return total


def _scattered(letters: str, text: str) -> int | None:
    """The letters in order anywhere: the last resort, and only from the start of a word on."""
    place, gaps = -1, 0
    for letter in letters:
        following = text.find(letter, place + 1)
        if following < 0:
            return None
        gaps += following - place - 1
        place = following
    return 200 + gaps if gaps < 12 and text[text.find(letters[0]) - 1 : text.find(letters[0])].strip() == "" else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, palette: Palette) -> None:
        super().__init__(palette)
        self._theme, self._palette = theme, palette

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, round(33 * max(1.0, option.fontMetrics.height() / 18)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, choice = self._theme, index.data(_CHOICE)
        painter.save()
        rect = option.rect.adjusted(8, 0, -8, 0)
        if choice is None:
            painter.setFont(theme.font(12, semibold=True))
            painter.setPen(theme.colour("second"))
            painter.drawText(
                rect.adjusted(12, 8, 0, 0),
                int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter),
                index.data(),
            )
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen"))
            painter.drawRoundedRect(rect, 6, 6)
        ink = theme.colour("ink" if choice.enabled else "third")
        if choice.icon:
            icons.draw(painter, choice.icon, QRectF(rect.left() + 12, rect.center().y() - 8, 16, 16), ink)
        inner = QRectF(rect.adjusted(40, 0, -14, 0))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("second"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), choice.key)
        used = self._text(painter, inner, choice, ink.name())
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("second"))
        painter.drawText(
            inner.adjusted(used + 10, 0, -110, 0),
            int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter),
            choice.aside,
        )
        painter.restore()

    def _text(self, painter: QPainter, area: QRectF, choice: Choice, ink: str) -> float:
        """The words with what was typed in bold."""
        document = QTextDocument()
        document.setDefaultFont(self._theme.font(13))
        document.setDocumentMargin(0)
        document.setHtml(f'<span style="color:{ink}">{_bold(choice.text, self._palette.field.text())}</span>')
        painter.save()
        painter.translate(area.left(), area.center().y() - document.size().height() / 2)
        document.drawContents(painter, QRectF(0, 0, area.width() - 120, area.height()))
        painter.restore()
        return float(document.idealWidth())


def _bold(text: str, typed: str) -> str:
    words = [re.escape(word) for word in typed.split()]
    pieces = re.split(f"({'|'.join(words)})", text, flags=re.I) if words else [text]
    safe = [piece.replace("&", "&amp;").replace("<", "&lt;") for piece in pieces]
    return "".join(f"<b>{piece}</b>" if n % 2 else piece for n, piece in enumerate(safe))


class Palette(QFrame):
    """A popup over the window."""

    def __init__(self, theme: Theme, choices: Iterable[Choice], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAccessibleName("All commands")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices = list(choices)
        self.field = QLineEdit(self)
        self.field.setObjectName("bare")
        self.field.setPlaceholderText("Find an action, a finding or a review")
        self.field.setFont(theme.font(15))
        self.field.setAccessibleName("Find an action, a finding or a review")
        self.field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("What was found")
        self.list.setItemDelegate(_Delegate(theme, self))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._run)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 8, 1, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(hairline(self))
        layout.addWidget(self.list, 1)
        layout.addWidget(hairline(self))
        foot = plain_label("Enter runs it      Escape closes      Shift F1 lists every key", self)
        foot.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(foot)
        self._fill()

    def open_over(self, window: QWidget) -> None:
        """Show in the upper middle of a window."""
        width, height = min(580, window.width() - 40), min(500, window.height() - 120)
        self.resize(width, height)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + 84)
        self.show()
        self.field.setFocus()

    def _fill(self) -> None:
        self.list.clear()
        words = self.field.text().strip()
        found = [(score(words, f"{c.text} {c.aside}") if words else 0, n, c) for n, c in enumerate(self._choices)]
        fitting = sorted((s, n) for s, n, _ in found if s is not None)[:MOST]
        for group in dict.fromkeys(c.group for c in self._choices):
            inside = [self._choices[n] for _, n in fitting if self._choices[n].group == group]
            if inside:
                heading = QListWidgetItem(group, self.list)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for choice in inside:
                item = QListWidgetItem(choice.text, self.list)
                item.setData(_CHOICE, choice)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self._step(1, from_top=True)

    def _step(self, step: int, from_top: bool = False) -> None:
        row, count = (-1 if from_top else self.list.currentRow()), self.list.count()
        for _ in range(count):
            row = (row + step) % count
            if self.list.item(row).data(_CHOICE) is not None:
                self.list.setCurrentRow(row)
                return

    def _run(self, item: QListWidgetItem | None) -> None:
        choice = item.data(_CHOICE) if item is not None else None
        if isinstance(choice, Choice) and choice.enabled:
            self.close()
            choice.act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        return False
