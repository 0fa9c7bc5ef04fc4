"""Tables under the keys: Tab walks the cells and lines the columns up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from reviewer.text import tables
from reviewer.ui.editor.typing import TypingEditor, is_tab
from reviewer.ui.text import units


class Tables:
    """In a table Tab goes to the next cell and lines the columns up, Shift+Tab goes back; past the last a row is added."""

    def key(self, editor: TypingEditor, event: QKeyEvent) -> bool:
        if not is_tab(event):
            return False
        cursor = editor.textCursor()
        found = table_at(cursor)
        if found is None or "\u2029" in cursor.selectedText():
            return False
        first, lines = found
        line, cell = cursor.blockNumber() - first, tables.cell_at(cursor.block().text(), cursor.positionInBlock())
        by = -1 if event.key() == Qt.Key.Key_Backtab else 1
        put_table(editor, first, len(lines), *tables.step(tables.Table.read(lines), line, cell, by))
        return True


def table_at(cursor: QTextCursor) -> tuple[int, list[str]] | None:
    """The table around a caret: its first line, counted from 0, and its lines; None outside of one."""
    block = cursor.block()
    if "|" not in block.text():
        return None
    while block.previous().isValid() and "|" in block.previous().text():
        block = block.previous()
    first, lines = block.blockNumber(), []
    while block.isValid() and "|" in block.text():
        lines.append(block.text())
        block = block.next()
    return (first, lines) if tables.is_table(lines) else None


def put_table(editor: TypingEditor, first: int, count: int, table: tables.Table, line: int, cell: int) -> None:
    """Write a table over `count` lines, and select the words of a cell."""
    document = editor.document()
    lines = table.lines()
    cursor = QTextCursor(document.findBlockByNumber(first))
    last = document.findBlockByNumber(first + count - 1)
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    if cursor.selectedText().replace("\u2029", "\n") != "\n".join(lines):
        cursor.insertText("\n".join(lines))
    start, end = tables.cell_span(lines[line], cell)
    block = document.findBlockByNumber(first + line)
    cursor.setPosition(block.position() + units(block.text(), start))
    cursor.setPosition(block.position() + units(block.text(), end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def change(editor: TypingEditor, what: str) -> bool:
    """Change the table at the caret: ``row``, ``column``, ``no-row``, ``no-column``, ``left``, ``middle``, ``right``, ``plain``.

    False where the caret stands in no table.
    """
    cursor = editor.textCursor()
    found = table_at(cursor)
    if found is None:
        return False
    first, lines = found
    table = tables.Table.read(lines)
    line, cell = cursor.blockNumber() - first, tables.cell_at(cursor.block().text(), cursor.positionInBlock())
    cell = min(cell, len(table.sides) - 1)
    row = max(0, line - 1) if line else 0
    if what == "row":
        table, row = table.with_row(row + 1), row + 1
    elif what == "column":
        table, cell = table.with_column(cell + 1), cell + 1
    elif what == "no-row":
        table, row = table.without_row(row), min(row, len(table.rows) - 2)
    elif what == "no-column":
        table, cell = table.without_column(cell), max(0, min(cell, len(table.sides) - 2))
    else:
        table = table.aligned(cell, "" if what == "plain" else what)
    put_table(editor, first, len(lines), table, row + (row >= tables.RULE_ROW), cell)
    return True
