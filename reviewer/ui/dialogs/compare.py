"""Two versions of a review side by side, with the words that differ marked; the writer takes one, both, or neither yet."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.ui.theme import DISPLAY, SERIF, Theme
from reviewer.ui.widgets.fields import hairline, plain_label

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 30_000


@dataclass(frozen=True)
class Side:
    """One version: what it is called, where it comes from, its text, and the button that takes it."""

    title: str
    about: str
    text: str
    take: str


class CompareDialog(QDialog):
    """`answer` is the text of the button that was pressed; closing the window answers with the last button."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        left: Side,
        right: Side,
        others: Sequence[str],
        note: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.answer = others[-1]
        self.setWindowTitle(title)
        self.resize(1120, 720)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = plain_label(title, self)
        head.setFont(theme.font(20, DISPLAY))
        head.setContentsMargins(40, 18, 40, 0)
        layout.addWidget(head)
        self.summary = plain_label("", self)
        self.summary.setContentsMargins(40, 2, 40, 14)
        layout.addWidget(self.summary)
        layout.addWidget(hairline(self))
        self.sides = QHBoxLayout()
        self.sides.setSpacing(1)
        layout.addLayout(self.sides, 1)
        self.left, self.right = self._side(left, True), self._side(right, False)
        layout.addWidget(hairline(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(40, 12, 40, 12)
        foot.setSpacing(10)
        foot.addWidget(plain_label(note, self), 1)
        for text in others:
            foot.addWidget(self._button(text))
        layout.addLayout(foot)
        self._mark(left.text, right.text)
        self._lock_scrolling()

    def _side(self, side: Side, filled: bool) -> QPlainTextEdit:
        box = QWidget(self)
        box.setObjectName("page")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(box)
        column.setContentsMargins(40, 16, 24, 8)
        top = QHBoxLayout()
        words = QVBoxLayout()
        name = plain_label(side.title, box)
        name.setFont(self._theme.font(13, semibold=True))
        words.addWidget(name)
        words.addWidget(plain_label(side.about, box))
        top.addLayout(words, 1)
        button = self._button(side.take)
        button.setObjectName("filled" if filled else "")
        top.addWidget(button)
        column.addLayout(top)
        text = QPlainTextEdit(side.text, box)
        text.setReadOnly(True)
        text.setFont(self._theme.font(15, SERIF))
        text.setAccessibleName(side.title)
        column.addWidget(text, 1)
        self.sides.addWidget(box, 1)
        return text

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._take(text))
        return button

    def _take(self, text: str) -> None:
        self.answer = text
        self.accept()

    def _mark(self, left: str, right: str) -> None:
        a, b = _WORD.findall(left), _WORD.findall(right)
        if len(a) + len(b) > MOST_WORDS:
            self.summary.setText("The texts are too long to mark each word.")
            return
        new = gone = 0
        here = [_places(a), _places(b)]
        for what, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if what == "equal":
                continue
            new += sum(word[:1].isalnum() for word in a[a0:a1])
            gone += sum(word[:1].isalnum() for word in b[b0:b1])
            self._paint(self.left, here[0][a0], here[0][a1], "added", False)
            self._paint(self.right, here[1][b0], here[1][b1], "removed", True)
        self.summary.setText(
            f"{new} words stand only at the left, {gone} only at the right."
            if new or gone
            else "The texts are the same; the fields differ."
        )

    def _paint(self, view: QPlainTextEdit, start: int, end: int, token: str, struck: bool) -> None:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colour(token))
        shape.setFontStrikeOut(struck)
        cursor = QTextCursor(view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(shape)

    def _lock_scrolling(self) -> None:
        one, other = self.left.verticalScrollBar(), self.right.verticalScrollBar()
        one.valueChanged.connect(other.setValue)
        other.valueChanged.connect(one.setValue)


def _places(words: list[str]) -> list[int]:
    """Where each word begins, counted as Qt counts, and the end."""
    places = [0]
    for word in words:
        places.append(places[-1] + len(word) + sum(1 for c in word if ord(c) > 0xFFFF))
    return places
