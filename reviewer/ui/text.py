"""The text of a document as the model has it, and back."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument


def plain(document: QTextDocument) -> str:
    """The whole text with ``\\n`` as line end; unlike Qt's own, it keeps no-break spaces and line separators."""
    return document.toRawText().replace("\u2029", "\n")


def replace_all(document: QTextDocument, text: str) -> None:
    """Put another text in, changing only what differs, as one step of undo: carets elsewhere stay where they are."""
    old = plain(document)
    most = min(len(old), len(text))
    head = next((n for n in range(most) if old[n] != text[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != text[-1 - n]), most - head)
    if old == text:
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setPosition(units(old, head))
    cursor.setPosition(units(old, len(old) - tail), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text[head : len(text) - tail])
    cursor.endEditBlock()


def replace_part(document: QTextDocument, start: int, end: int, text: str) -> None:
    """Put another text in for a part, given by its places in the Python text; one step of undo."""
    old = plain(document)
    cursor = QTextCursor(document)
    cursor.setPosition(units(old, start))
    cursor.setPosition(units(old, end), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)


def units(text: str, place: int) -> int:
    """A place in a Python text as Qt counts it: characters beyond the basic plane are two."""
    return place + sum(1 for c in text[:place] if ord(c) > 0xFFFF) if not text[:place].isascii() else place


def characters(text: str, unit: int) -> int:
    """A place as Qt counts it in a Python text: the other way of `units`."""
    if text.isascii():
        return unit
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * unit].decode("utf-16-le", "replace"))
