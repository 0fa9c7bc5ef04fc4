"""Two versions of a review side by side, with the words that differ marked; the writer takes one, both, or neither yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.comparison import Comparison
from reviewer.ui.widgets.fields import hairline, plain_label
from reviewer.ui.words import counted


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
        marks = Comparison(self._theme, older=self.right, newer=self.left)
        marks.show(right, left)
        self.summary.setText(
            f"{counted(marks.only_now, 'word stands', 'words stand')} only at the left, {marks.only_then:,} only at the right."
            if marks.only_now or marks.only_then
            else "The texts are the same; the fields differ."
        )
