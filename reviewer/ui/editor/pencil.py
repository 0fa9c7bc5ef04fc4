"""The pencil: long sentences and words that come again soon, marked in the lines in sight while the writer asks for it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextCharFormat

from reviewer.text.prose import marks
from reviewer.ui.editor.editor import Editor
from reviewer.ui.editor.typing import is_code
from reviewer.ui.text import units
from reviewer.ui.theme import Theme

AFTER = 350
"""Milliseconds after the last key or scroll until the marks follow."""
BEFORE, MOST = 6, 120
"""Lines before those in sight that are looked at, since words come again from there; lines looked at in all."""


class Pencil(QObject):
    """Marks what `reviewer.text.prose` finds. Off until `use` says otherwise."""

    def __init__(self, editor: Editor, theme: Theme) -> None:
        super().__init__(editor)
        self._editor, self._theme = editor, theme
        self._on = False
        self._language, self._names = "en", frozenset[str]()
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self._look)
        for fact in (editor.textChanged, editor.verticalScrollBar().valueChanged, editor.margins_changed):
            fact.connect(self._later)
        theme.changed.connect(self._later)

    def use(self, on: bool, language: str, names: Collection[str]) -> None:
        """Mark, or no longer; `names` are words that may come as often as they like."""
        self._on, self._language, self._names = on, language, frozenset(names)
        self._look()

    def _later(self) -> None:
        if self._on:
            self._soon.start()

    def _look(self) -> None:
        if not self._on:
            self._editor.mark("pencil", ())
            return
        blocks = self._blocks()
        found = marks(["" if is_code(block) else block.text() for block in blocks], self._language, self._names)
        long, again = QTextCharFormat(), QTextCharFormat()
        long.setBackground(self._theme.colour("waits_wash"))
        again.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        again.setUnderlineColor(self._theme.colour("waits"))
        self._editor.mark(
            "pencil",
            [
                (
                    block.position() + units(block.text(), mark.start),
                    block.position() + units(block.text(), mark.end),
                    long if mark.why == "long" else again,
                )
                for block, row in zip(blocks, found, strict=True)
                for mark in row
            ],
        )

    def _blocks(self) -> list[QTextBlock]:
        """The lines in sight, and some before them."""
        block = self._editor.firstVisibleBlock()
        for _ in range(BEFORE):
            if block.previous().isValid():
                block = block.previous()
        bottom = self._editor.viewport().height()
        found: list[QTextBlock] = []
        while block.isValid() and len(found) < MOST:
            found.append(block)
            place = self._editor.blockBoundingGeometry(block).translated(self._editor.contentOffset())
            if place.top() > bottom:
                break
            block = block.next()
        return found
