"""Completions below the caret: Tab takes the chosen one, arrows choose, Escape ends it; typing goes on as if it were not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from reviewer.text.completion import Offer
from reviewer.ui.editor.typing import TypingEditor
from reviewer.ui.text import characters, units

WIDE = 320


class Completion(QListWidget):
    """The list of completions over an editor. `source` gives them for the line before and after the caret."""

    def __init__(self, editor: TypingEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.source: Callable[[str, str], Sequence[Offer]] = lambda before, after: ()
        self._chosen = False
        self.setObjectName("completion")
        self.setAccessibleName("Completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda _: self._take())
        self.hide()

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        """Whether a key was for the list."""
        if not self.isVisible():
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_Tab or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
            self._chosen = True
        else:
            return False
        return True

    def look(self, event: QKeyEvent) -> None:
        """Show what may be meant after a key; only a sign that was typed opens the list."""
        typed = event.text()
        if not typed or not typed.isprintable() or self._editor.textCursor().hasSelection():
            if typed or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
                self.hide()
            return
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        at = characters(line, cursor.positionInBlock())
        self._show(self.source(line[:at], line[at:]))

    def _show(self, found: Sequence[Offer]) -> None:
        if not found:
            self.hide()
            return
        self.clear()
        self._chosen = False
        for offer in found:
            item = QListWidgetItem(offer.words)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            self.addItem(item)
        self.setCurrentRow(0)
        self.setGeometry(self._place())
        self.show()
        self.raise_()

    def _place(self) -> QRect:
        caret = self._editor.cursorRect().translated(self._editor.viewport().pos())
        tall = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth() + 2
        wide = min(WIDE, self._editor.width() - 8, max(160, self.sizeHintForColumn(0) + 32))
        left = max(4, min(caret.left(), self._editor.width() - wide - 4))
        top = caret.bottom() + 4
        if top + tall > self._editor.height():
            top = max(0, caret.top() - tall - 4)
        return QRect(left, top, wide, tall)

    def _take(self) -> None:
        item = self.currentItem()
        self.hide()
        if item is None:
            return
        offer: Offer = item.data(Qt.ItemDataRole.UserRole)
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        at = characters(line, cursor.positionInBlock())
        gone = units(line[max(0, at - offer.gone) : at], min(at, offer.gone))
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, gone)
        cursor.insertText(offer.words)
        after = cursor.block().text()[cursor.positionInBlock() :]
        for closing in ("]]", ")"):
            if not offer.words.endswith(closing) and after.startswith(closing):
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, len(closing))
                break
        self._editor.setTextCursor(cursor)
        self._editor.setFocus()
