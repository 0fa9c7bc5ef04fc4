"""Small behaviours of the writing surface: each is given the editor, looks at a key, and says whether it took it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from reviewer.ui.editor.highlighter import FENCED_TICKS, FENCED_TILDES

_ITEM = re.compile(
    r"^(?P<lead>[ \t]*(?:>!?[ \t]?)*)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?P<gap>[ \t]+)(?P<task>\[[ xX]\][ \t]+)?"
)
_DENT = re.compile(r"\t| {1,4}")
_QUOTE = re.compile(r"^(?P<lead>[ \t]*(?:>!?[ \t]?)+)")


@dataclass
class Wishes:
    """Which behaviours the writer wants, and the language of the text as a BCP 47 tag."""

    lists: bool = True
    pairs: bool = True
    quotes: bool = True
    spaces: bool = True
    language: str = "en"


class TypingEditor(QPlainTextEdit):
    """What a behaviour knows of the editor."""

    wishes: Wishes


class Behaviour(Protocol):
    """Looks at a key before the editor does; True means that it was taken."""

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool: ...


class Continuation:
    """Enter goes on with a list or a quotation; on an empty item it ends it.

    Shift+Enter is a plain line end: the line separator that the widget would insert means nothing in Markdown.
    """

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        cursor = editor.textCursor()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            cursor.insertText("\n")
            editor.setTextCursor(cursor)
            editor.ensureCursorVisible()
            return True
        line = cursor.block().text()
        found = _ITEM.match(line) or _QUOTE.match(line)
        if not editor.wishes.lists or found is None or cursor.hasSelection() or cursor.positionInBlock() < found.end():
            return False
        cursor.beginEditBlock()
        if not line[found.end() :].strip():
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n" + _next_mark(found))
        cursor.endEditBlock()
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        return True


def _next_mark(found: re.Match[str]) -> str:
    if "mark" not in found.groupdict():
        return found["lead"]
    mark = f"{int(found['number']) + 1}{found['dot']}" if found["number"] else found["mark"]
    return found["lead"] + mark + found["gap"] + ("[ ] " if found["task"] else "")


class Indentation:
    """Tab moves list items and selected lines right, Shift+Tab left; elsewhere Tab inserts four blanks, or a tab.

    Not at the start of a paragraph, though, which it would turn into code.
    """

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        if not is_tab(event):
            return False
        cursor = editor.textCursor()
        left = event.key() == Qt.Key.Key_Backtab
        if not cursor.hasSelection() and not _ITEM.match(cursor.block().text()):
            if left:
                return self._move(editor, cursor, left)
            if cursor.block().text()[: cursor.positionInBlock()].strip() or is_code(cursor.block()):
                cursor.insertText(_indent(editor))
            return True
        return self._move(editor, cursor, left)

    def _move(self, editor: TypingEditor, cursor: QTextCursor, left: bool) -> bool:
        document = cursor.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        cursor.beginEditBlock()
        block = first
        while block.isValid():
            edit = QTextCursor(block)
            if not left and block.text().strip():
                edit.insertText(_indent(editor))
            elif left and (dent := _DENT.match(block.text())):
                edit.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, dent.end())
                edit.removeSelectedText()
            if block == last:
                break
            block = block.next()
        cursor.endEditBlock()
        return True


def _indent(editor: TypingEditor) -> str:
    return "    " if editor.wishes.spaces else "\t"


def is_tab(event: QKeyEvent) -> bool:
    """Whether a key is Tab or Shift+Tab."""
    return (
        event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )


def is_code(block: QTextBlock) -> bool:
    """Whether a line is fenced code, or stands in or after indented code."""
    before = block.previous()
    return (
        block.userState() in (FENCED_TICKS, FENCED_TILDES)
        or block.text().startswith("    ")
        or (before.isValid() and before.text().startswith("    "))
    )
