"""A field in which a library is searched: keys and values are completed, and what cannot be understood is marked and explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyle, QStyleOptionFrame, QWidget

from reviewer.review.marks import BUILT_IN
from reviewer.review.query import Completion, complete, parse
from reviewer.ui.icons import icon

HINT = (
    'Words, "phrases", and for example director:"Mark Romanek", year:1990s, mark:>=4, tag:noir, -status:draft,\n'
    "has:still, rights:unknown, mentions:Gattaca, seen:2011. OR finds either, - leaves out."
)


class QueryField(QLineEdit):
    """`asked` carries what is typed as a `Query`, with each key; `left` is sent by Down and Enter, for the list below."""

    asked = Signal(object)
    left = Signal()

    def __init__(self, fault_colour: Callable[[], QColor], parent: QWidget) -> None:
        super().__init__(parent)
        self.scales = BUILT_IN
        self.today: Callable[[], dt.date] = dt.date.today
        self.values: Callable[[str], Sequence[str]] = lambda key: ()
        self._fault_colour = fault_colour
        self._completion = Completion(0, 0)
        self.query = parse("", BUILT_IN, dt.date.today())
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setToolTip(HINT)
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView(self)
        self.popup.setAccessibleName("Completions")
        self._completer.setPopup(self.popup)
        self._completer.activated.connect(self._take)
        self.textChanged.connect(lambda _: self._read())
        self.textEdited.connect(lambda _: self._offer())

    @property
    def fault(self) -> str:
        """The first thing that cannot be understood, with a way out; empty where all is."""
        return self.query.faults[0].message if self.query.faults else ""

    def _read(self, typing: bool = True) -> None:
        self.query = parse(self.text(), self.scales, self.today(), typing and self.hasFocus())
        self.setAccessibleDescription(self.fault)
        self.asked.emit(self.query)
        self.update()

    # completing

    def _offer(self) -> None:
        self._completion = complete(self.text(), self.cursorPosition(), self.values)
        words = self._completion.words
        typed = self.text()[self._completion.start : self._completion.end]
        if not words or words == (typed,):
            self.popup.hide()
            return
        self._words.setStringList(list(words))
        width = self.popup.sizeHintForColumn(0) + 40
        place = self.cursorRect().adjusted(0, 0, 0, 4)
        place.setWidth(max(160, min(width, 420)))
        self._completer.complete(place)

    def _take(self, word: str) -> None:
        made, typed = self._completion, self.text()
        rest = typed[made.end :]
        blank = "" if word.endswith(":") or rest.startswith((" ", ")")) else " "
        self.setText(f"{typed[: made.start]}{word}{blank}{rest}")
        self.setCursorPosition(made.start + len(word) + len(blank))
        if word.endswith(":"):
            self._offer()

    def event(self, event: QEvent) -> bool:
        """Tab takes the completion that is chosen, or the first."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.popup.isVisible()
        ):
            chosen = self.popup.currentIndex()
            self.popup.hide()
            self._take(str((chosen if chosen.isValid() else self._words.index(0, 0)).data()))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._read(typing=False)
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._read(typing=False)

    # showing

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line under what cannot be understood."""
        super().paintEvent(event)
        if not self.query.faults:
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        metrics, typed = self.fontMetrics(), self.text()
        # The field scrolls by itself; where its text begins is told by where its caret stands.
        begin = self.cursorRect().center().x() - metrics.horizontalAdvance(typed[: self.cursorPosition()])
        painter = QPainter(self)
        painter.setClipRect(room)
        painter.setPen(QPen(self._fault_colour(), 2, Qt.PenStyle.DotLine))
        for fault in self.query.faults:
            left = begin + metrics.horizontalAdvance(typed[: fault.start])
            right = begin + metrics.horizontalAdvance(typed[: fault.end])
            bottom = room.center().y() + metrics.height() // 2 + 1
            painter.drawLine(left, bottom, right, bottom)
