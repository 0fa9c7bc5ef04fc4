"""Signs that come as the language sets them, and marks that come in pairs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from reviewer.text.typography import quoted, typeset
from reviewer.ui.editor.typing import TypingEditor, is_code
from reviewer.ui.text import characters, units

PAIRS = {"(": ")", "[": "]", "{": "}", "`": "`"}
WRAPS = {**PAIRS, "*": "*", "_": "_"}
_LEFT, _RIGHT = QTextCursor.MoveOperation.Left, QTextCursor.MoveOperation.Right
_KEEP = QTextCursor.MoveMode.KeepAnchor


class Typography:
    """Quotation marks, dashes and the ellipsis as the text's language sets them; Backspace gives back the plain sign.

    A quotation mark typed over a selection stands around it.
    """

    def __init__(self) -> None:
        self._last: tuple[int, int, str] | None = None

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        last, self._last = self._last, None
        cursor, sign = editor.textCursor(), event.text()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            return last is not None and _plain_again(editor, cursor, *last)
        if len(sign) != 1 or not editor.wishes.quotes or is_code(cursor.block()):
            return False
        if cursor.hasSelection() and sign in "\"'" and "\u2029" not in cursor.selectedText():
            words = cursor.selectedText()
            marked = quoted(words, sign, editor.wishes.language)
            _put_around(editor, cursor, marked, marked.index(words), words)
            return True
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = editor.document().findBlock(start)
        before = block.text()[: characters(block.text(), start - block.position())]
        found = typeset(before, sign, editor.wishes.language)
        if found is None:
            return False
        gone, new = found
        plain = (before[-gone:] if gone else "") + sign
        cursor.setPosition(start - gone)
        cursor.setPosition(end, _KEEP)
        cursor.insertText(new)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        self._last = (cursor.position(), len(new), plain)
        return True


def _plain_again(editor: TypingEditor, cursor: QTextCursor, place: int, size: int, plain: str) -> bool:
    if cursor.position() != place or cursor.hasSelection():
        return False
    cursor.movePosition(_LEFT, _KEEP, size)
    cursor.insertText(plain)
    editor.setTextCursor(cursor)
    return True


class Pairs:
    """Brackets and backticks come in pairs; any mark typed over a selection stands around it."""

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        cursor, sign = editor.textCursor(), event.text()
        if not editor.wishes.pairs:
            return False
        if cursor.hasSelection():
            words = cursor.selectedText()
            if sign not in WRAPS or "\u2029" in words:
                return False
            _put_around(editor, cursor, f"{sign}{words}{WRAPS[sign]}", 1, words)
            return True
        line, at = cursor.block().text(), cursor.positionInBlock()
        following = line[at : at + 1]
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            return _delete_pair(cursor, line[:at], following)
        if sign and sign == following and sign in PAIRS.values() and _is_closed(line, sign):
            cursor.movePosition(_RIGHT)
            editor.setTextCursor(cursor)
            return True
        if sign not in PAIRS or not _may_begin(line[:at], sign, following):
            return False
        cursor.insertText(sign + PAIRS[sign])
        cursor.movePosition(_LEFT)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        return True


def _delete_pair(cursor: QTextCursor, before: str, following: str) -> bool:
    if not before or not following or PAIRS.get(before[-1]) != following:
        return False
    cursor.movePosition(_LEFT)
    cursor.movePosition(_RIGHT, _KEEP, 2)
    cursor.removeSelectedText()
    return True


def _may_begin(before: str, sign: str, following: str) -> bool:
    """Whether a pair is wanted: before a blank or the end, and not where the sign is escaped or begins fenced code."""
    if following and not following.isspace() and following not in ")]}.,;:!?":
        return False
    return not before.endswith("\\") and not (sign == "`" and (before.endswith("`") or not before.strip()))


def _is_closed(line: str, closing: str) -> bool:
    opening = next(sign for sign, other in PAIRS.items() if other == closing)
    return line.count(opening) % 2 == 0 if opening == closing else line.count(opening) == line.count(closing)


def _put_around(editor: TypingEditor, cursor: QTextCursor, marked: str, before: int, words: str) -> None:
    """Put marked words in the place of the selection, and select the words anew."""
    start = cursor.selectionStart()
    cursor.insertText(marked)
    cursor.setPosition(start + before)
    cursor.setPosition(start + before + units(words, len(words)), _KEEP)
    editor.setTextCursor(cursor)
