"""Two texts side by side, the words that differ marked, scrolled together; one walks from difference to difference."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from reviewer.text.comparing import Difference, differences, words_in
from reviewer.ui.text import units
from reviewer.ui.theme import SERIF, Theme


class Comparison:
    """Marks two read-only views: what stands only in the older text struck through, what stands only in the newer underlaid.

    The views are the caller's to place. `found` are the differences from the older text to the newer, `current` the number
    of the one in front, -1 before the first step.
    """

    def __init__(self, theme: Theme, older: QPlainTextEdit, newer: QPlainTextEdit) -> None:
        self._theme, self.older, self.newer = theme, older, newer
        self.found: list[Difference] = []
        self.current = -1
        self._then = self._now = ""
        for view in (older, newer):
            view.setReadOnly(True)
            view.setFont(theme.font(15, SERIF))
        one, other = older.verticalScrollBar(), newer.verticalScrollBar()
        one.valueChanged.connect(other.setValue)
        other.valueChanged.connect(one.setValue)

    def show(self, then: str, now: str) -> None:
        """Show two texts."""
        self._then, self._now = then, now
        self.found, self.current = differences(then, now), -1
        for view, text in ((self.older, then), (self.newer, now)):
            place = view.verticalScrollBar().value()
            view.setPlainText(text)
            view.verticalScrollBar().setValue(place)
        for one in self.found:
            self._paint(self.older, then, one.then, "removed", True)
            self._paint(self.newer, now, one.now, "added", False)

    @property
    def only_then(self) -> int:
        """Words that stand only in the older text."""
        return sum(words_in(self._then[slice(*one.then)]) for one in self.found)

    @property
    def only_now(self) -> int:
        """Words that stand only in the newer text."""
        return sum(words_in(self._now[slice(*one.now)]) for one in self.found)

    def step(self, by: int) -> Difference | None:
        """Go to the next difference or the one before, around the ends; None where there is none."""
        if not self.found:
            return None
        self.current = (
            (self.current + by) % len(self.found) if self.current >= 0 else (0 if by > 0 else -1) % len(self.found)
        )
        one = self.found[self.current]
        for view, text, span in ((self.newer, self._now, one.now), (self.older, self._then, one.then)):
            view.setTextCursor(self._cursor(view, text, span))
            view.ensureCursorVisible()
        return one

    def _cursor(self, view: QPlainTextEdit, text: str, span: tuple[int, int]) -> QTextCursor:
        cursor = QTextCursor(view.document())
        cursor.setPosition(units(text, span[0]))
        cursor.setPosition(units(text, span[1]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint(self, view: QPlainTextEdit, text: str, span: tuple[int, int], token: str, struck: bool) -> None:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colour(token))
        shape.setFontStrikeOut(struck)
        self._cursor(view, text, span).mergeCharFormat(shape)
