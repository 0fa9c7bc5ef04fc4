"""Terms as chips: type to add, Enter or a comma ends one, Backspace takes the last back, Delete removes the chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QLineEdit, QPushButton, QSizePolicy, QWidget

from reviewer.ui.widgets.fields import FocusWatch, complete
from reviewer.ui.words import command


class Flow(QLayout):
    """Places its items in rows, as words are placed in lines."""

    def __init__(self, parent: QWidget, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(40, 0)
        for item in self._items:
            size = size.expandedTo(QSize(min(120, item.minimumSize().width()), item.minimumSize().height()))
        return size

    def _place(self, rect: QRect, really: bool) -> int:
        x, y, tall = rect.x(), rect.y(), 0
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint().boundedTo(QSize(max(40, rect.width()), 1000))
            if x + hint.width() > rect.right() + 1 and tall:
                x, y, tall = rect.x(), y + tall + self._gap, 0
            if really:
                left = rect.right() - (x - rect.x()) - hint.width() + 1 if mirrored else x
                item.setGeometry(QRect(QPoint(left, y), hint))
            x, tall = x + hint.width() + self._gap, max(tall, hint.height())
        return y + tall - rect.y()


class Chips(QWidget):
    """A list of terms. `changed` carries the whole new list."""

    changed = Signal(object)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self._terms: tuple[str, ...] = ()
        self._ruled: tuple[str, ...] = ()
        self._buttons: list[QPushButton] = []
        self._flow = Flow(self)
        self._line = QLineEdit(self)
        self._line.setObjectName("bare")
        self._line.setPlaceholderText(f"+ Add a {what}")
        self._line.setAccessibleName(f"Add a {what}")
        self._line.setMinimumWidth(110)
        self._line.returnPressed.connect(self.take)
        self._line.textEdited.connect(self._typed)
        self._line.installEventFilter(self)
        FocusWatch(self._line, self.take)
        self._flow.addWidget(self._line)
        self.setAccessibleName(f"{what.capitalize()} list")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def line(self) -> QLineEdit:
        return self._line

    def show_terms(self, terms: Sequence[str], ruled: Sequence[str] = ()) -> None:
        """Show terms; `ruled` are those that follow from marks."""
        if tuple(terms) == self._terms and tuple(ruled) == self._ruled:
            return
        self._terms, self._ruled = tuple(terms), tuple(ruled)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._chip(n, term) for n, term in enumerate(self._terms)]
        for n, button in enumerate(self._buttons):
            self._flow.insert(n, button)
            button.show()
        self.updateGeometry()
        self._flow.invalidate()

    def offer(self, words: Sequence[str]) -> None:
        """Complete from terms in use, most used first."""
        complete(self._line, [word for word in words if word not in self._terms])
        self._line.completer().activated.connect(lambda _: self.take(), Qt.ConnectionType.QueuedConnection)

    def _chip(self, place: int, term: str) -> QPushButton:
        from_mark = term in self._ruled
        button = QPushButton(f"{command(term)}{'   from the mark' if from_mark else ''}   ✕", self)
        button.setObjectName("chip")
        button.setProperty("ruled", from_mark)
        button.setAccessibleName(f"{term}{', from the mark' if from_mark else ''}. Delete removes it.")
        button.setToolTip("It follows the mark." if from_mark else "Click or Delete removes it.")
        button.clicked.connect(lambda: self._remove(place))
        button.installEventFilter(self)
        return button

    def _typed(self, text: str) -> None:
        if text.endswith(","):
            self.take()

    def take(self) -> None:
        """Take the terms that stand in the line."""
        new = [part.strip() for part in self._line.text().split(",") if part.strip()]
        self._line.clear()
        terms = tuple(dict.fromkeys((*self._terms, *new)))
        if terms != self._terms:
            self.changed.emit(terms)

    def _remove(self, place: int) -> None:
        self.changed.emit(tuple(t for n, t in enumerate(self._terms) if n != place))
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self._line:
            return self._line_key(event)
        place = next((n for n, button in enumerate(self._buttons) if button is watched), None)
        if place is None:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(place)
            return True
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            goal = place + step
            (self._buttons[goal] if 0 <= goal < len(self._buttons) else self._line).setFocus()
        return bool(step)

    def _line_key(self, event: QKeyEvent) -> bool:
        if self._line.text() or not self._buttons or self._line.cursorPosition():
            return False
        if event.key() == Qt.Key.Key_Backspace:
            last = self._terms[-1]
            self.changed.emit(self._terms[:-1])
            self._line.setText(last)
            return True
        if event.key() == Qt.Key.Key_Left:
            self._buttons[-1].setFocus()
            return True
        return False
