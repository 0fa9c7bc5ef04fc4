"""What the formatting commands do to the text: pure steps on a cursor, each one undo."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from reviewer.ui.text import units

_HEADING = re.compile(r"^(#{0,6})[ \t]*")


def wrap(cursor: QTextCursor, mark: str, placeholder: str, closing: str) -> QTextCursor:
    """Put marks around the selection or the word at the caret, or take them away where they are.

    Returns a cursor that selects the words inside.
    """
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    words = cursor.selectedText()
    if words.strip():
        first = cursor.selectionStart() + len(words) - len(words.lstrip())
        last = cursor.selectionEnd() - (len(words) - len(words.rstrip()))
        words = words.strip()
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    start, end, size = cursor.selectionStart(), cursor.selectionEnd(), len(mark)
    outer = QTextCursor(cursor)
    outer.setPosition(max(0, start - size))
    outer.setPosition(min(end + size, cursor.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    around = outer.selectedText()
    # One star inside two is bold, not italic.
    only = not (mark == "*" and around.startswith("*") and _count(cursor, start) == 2)
    cursor.beginEditBlock()
    if around == f"{mark}{words}{closing}" and words and only:
        outer.insertText(words)
        start -= size
        end -= size
    elif len(words) >= 2 * size and words.startswith(mark) and words.endswith(closing) and words.strip("*_`"):
        words = words[size:-size]
        cursor.insertText(words)
        end -= 2 * size
    else:
        words = words or placeholder
        cursor.insertText(f"{mark}{words}{closing}")
        start += size
        end = start + units(words, len(words))
    cursor.endEditBlock()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _count(cursor: QTextCursor, start: int) -> int:
    text = cursor.document().findBlock(start).text()
    place = start - cursor.document().findBlock(start).position()
    return len(text[:place]) - len(text[:place].rstrip("*"))


def heading(cursor: QTextCursor) -> None:
    """Make the line a second-level heading; again for the third, then for plain text."""
    block = cursor.block()
    found = _HEADING.match(block.text())
    level = len(found[1]) if found else 0
    mark = {0: "## ", 1: "## ", 2: "### "}.get(level, "")
    edit = QTextCursor(block)
    edit.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, found.end() if found else 0)
    edit.insertText(mark)


def prefix(cursor: QTextCursor, mark: str, pattern: str) -> None:
    """Put `mark` before each selected line, or take what matches `pattern` away where every line has it.

    ``1.`` in a mark counts up.
    """
    blocks = _blocks(cursor)
    filled = [block for block in blocks if block.text().strip()] or blocks[:1]
    all_have = all(re.match(pattern, block.text()) for block in filled)
    cursor.beginEditBlock()
    for number, block in enumerate(filled, 1):
        edit = QTextCursor(block)
        if all_have:
            found = re.match(pattern, block.text())
            assert found is not None
            edit.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, found.end())
            edit.removeSelectedText()
        elif not re.match(pattern, block.text()):
            edit.insertText(mark.replace("1.", f"{number}."))
    cursor.endEditBlock()


_TASK = re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)(?:\[([ xX])\][ \t]+)?|^")


def tasks(cursor: QTextCursor) -> None:
    """Make the selected lines tasks; those that are tasks are ticked, or where all are, no longer."""
    blocks = [block for block in _blocks(cursor) if block.text().strip()] or _blocks(cursor)[:1]
    found = [(block, _TASK.match(block.text())) for block in blocks]
    done = all(mark is not None and mark[2] in ("x", "X") for _, mark in found)
    cursor.beginEditBlock()
    for block, mark in found:
        assert mark is not None
        edit = QTextCursor(block)
        edit.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, mark.end())
        edit.insertText(f"{mark[1] or '- '}[{' ' if done or mark[2] is None else 'x'}] ")
    cursor.endEditBlock()


def _blocks(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - (1 if cursor.hasSelection() else 0)))
    found = [block]
    while block != last and block.next().isValid():
        block = block.next()
        found.append(block)
    return found


def link(cursor: QTextCursor, address: str) -> QTextCursor:
    """Make the selection a link; without an address the place for it is selected, else the caret goes behind."""
    words = cursor.selectedText() or "words"
    start = cursor.selectionStart()
    cursor.insertText(f"[{words}]({address})")
    inside = start + 1 + units(words, len(words)) + 2
    cursor.setPosition(inside if not address else inside + units(address, len(address)) + 1)
    return cursor


def footnote(cursor: QTextCursor, text: str) -> QTextCursor:
    """Insert a reference with the next free number, and its note at the end; the caret goes to the note."""
    taken = {int(n) for n in re.findall(r"\[\^(\d+)\]", text)}
    number = next(n for n in range(1, len(taken) + 2) if n not in taken)
    cursor.beginEditBlock()
    cursor.clearSelection()
    cursor.insertText(f"[^{number}]")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    gap = "" if cursor.block().text() == "" else "\n" if re.match(r"\[\^\d+\]:", cursor.block().text()) else "\n\n"
    cursor.insertText(f"{gap}[^{number}]: ")
    cursor.endEditBlock()
    return cursor


def paragraph_place(cursor: QTextCursor, markup: str) -> QTextCursor:
    """Insert a line of its own, with blank lines around, at the end of the caret's paragraph."""
    cursor.beginEditBlock()
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    before = "" if not cursor.block().text().strip() and not cursor.block().previous().text().strip() else "\n\n"
    if not cursor.block().text().strip() and before:
        before = "\n"
    after = "" if cursor.atEnd() or not cursor.block().next().text().strip() else "\n"
    cursor.insertText(f"{before}{markup}{after}" if cursor.block().text().strip() or before else f"{markup}{after}")
    cursor.endEditBlock()
    return cursor


def move_lines(cursor: QTextCursor, by: int) -> QTextCursor:
    """Move the selected lines one line up (-1) or down (1), as one step of undo; the selection goes with them."""
    blocks = _blocks(cursor)
    first, last = blocks[0], blocks[-1]
    other = first.previous() if by < 0 else last.next()
    if not other.isValid():
        return cursor
    anchor, position = cursor.anchor() - first.position(), cursor.position() - first.position()
    lines = [block.text() for block in blocks]
    edit = QTextCursor(other if by < 0 else first)
    edit.beginEditBlock()
    end = last if by < 0 else other
    edit.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    start = edit.selectionStart()
    swapped = [*lines, other.text()] if by < 0 else [other.text(), *lines]
    edit.insertText("\n".join(swapped))
    edit.endEditBlock()
    begin = start if by < 0 else start + units(swapped[0], len(swapped[0])) + 1
    cursor.setPosition(begin + anchor)
    cursor.setPosition(begin + position, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def double(cursor: QTextCursor) -> QTextCursor:
    """Put the selected lines a second time below; the caret goes with the new ones."""
    blocks = _blocks(cursor)
    lines = "\n".join(block.text() for block in blocks)
    anchor, position, length = cursor.anchor(), cursor.position(), units(lines, len(lines)) + 1
    edit = QTextCursor(blocks[-1])
    edit.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    edit.insertText("\n" + lines)
    cursor.setPosition(anchor + length)
    cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
