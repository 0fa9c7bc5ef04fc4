"""Find and replace: a bar below the tools, with every match counted and none changed unseen."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from reviewer.text.search import BadPattern, Query, Search, TooSlow
from reviewer.ui.editor.editor import Editor
from reviewer.ui.icons import icon
from reviewer.ui.text import plain
from reviewer.ui.theme import Theme

MOST_MARKED = 1000


class FindBar(QWidget):
    """Finds words, whole words or a regular expression in the text."""

    closed = Signal()

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._theme = editor, theme
        self._matches: list[tuple[int, int]] = []
        self._found: list[Any] = []
        self._look_for: Search | None = None
        self._inside: QTextCursor | None = None
        self.words, self.by = QLineEdit(self), QLineEdit(self)
        self.words.setPlaceholderText("Find")
        self.words.setAccessibleName("Find")
        self.by.setPlaceholderText("Replace by")
        self.by.setAccessibleName("Replace by")
        self.count = QLabel(self)
        self.count.setMinimumWidth(88)
        self.case = self._option("Aa", "Capitals matter")
        self.whole = self._option("Words", "Whole words only")
        self.regex = self._option(".*", "A regular expression; \\1 in the replacement is the first group")
        self.inside = self._option("Selection", "Only in what was selected")
        self.shown = QLabel(self)
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setProperty("second", True)
        previous, following = (
            self._tool("chevron-up", "Find the one before"),
            self._tool("chevron-down", "Find the next"),
        )
        close = self._tool("x", "Close (Escape)")
        self.one, self.all = QPushButton("Replace", self), QPushButton("Replace all", self)
        self._second = (self.by, self.one, self.all)
        grid = QGridLayout(self)
        grid.setContentsMargins(28, 6, 12, 8)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.words, 0, 0)
        grid.addWidget(self.by, 1, 0)
        for place, widgets in enumerate(((self.count, previous, following, close), (self.one, self.all))):
            row = QHBoxLayout()
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
            grid.addLayout(row, place, 1)
        options = QHBoxLayout()
        options.setSpacing(16)
        for option in (self.case, self.whole, self.regex, self.inside):
            options.addWidget(option)
        options.addWidget(self.shown, 1)
        grid.addLayout(options, 2, 0, 1, 2)
        previous.clicked.connect(lambda: self.go(-1))
        following.clicked.connect(lambda: self.go(1))
        close.clicked.connect(self.close_bar)
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._search)
        self.words.textChanged.connect(lambda _: self._soon.start())
        self.by.textChanged.connect(lambda _: self._preview())
        self.inside.toggled.connect(self._hold_selection)
        for option in (self.case, self.whole, self.regex):
            option.toggled.connect(lambda _: self._search())
        for line in (self.words, self.by):
            line.installEventFilter(self)
        self.hide()

    def _option(self, text: str, hint: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setToolTip(hint)
        box.setAccessibleName(hint)
        return box

    def _tool(self, name: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        return button

    def open_bar(self, replace: bool) -> None:
        """Show the bar with the selected words in it."""
        for widget in self._second:
            widget.setVisible(replace)
        selected = self._editor.textCursor().selectedText()
        if "\u2029" in selected:
            self.inside.setChecked(True)
        elif selected:
            self.words.setText(selected)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._search()

    def close_bar(self) -> None:
        self.hide()
        self.inside.setChecked(False)
        self._matches, self._found = [], []
        self._mark()
        self._editor.setFocus()
        self.closed.emit()

    def _hold_selection(self, on: bool) -> None:
        """Remember what is selected now; the range follows what is typed in it."""
        cursor = self._editor.textCursor()
        self._inside = QTextCursor(cursor) if on and cursor.hasSelection() else None
        if on and self._inside is None:
            self.inside.setChecked(False)
            self.count.setText("Select first")
            return
        self._search()

    def _query(self) -> Search | None:
        """The search that stands in the bar; None where there is none or it cannot be read, which the bar then says."""
        if not self.words.text():
            return None
        try:
            return Search(
                Query(self.words.text(), self.case.isChecked(), self.whole.isChecked(), self.regex.isChecked())
            )
        except BadPattern as error:
            self.count.setText(str(error))
            return None

    def _search(self) -> None:
        self.count.clear()
        self._look_for = search = self._query()
        text, found = plain(self._editor.document()), []
        if search is not None:
            try:
                found = search.matches(text)
            except TooSlow:
                self.count.setText("Takes too long")
        wide = [place for place, sign in enumerate(text) if sign > "\uffff"] if not text.isascii() else []
        spans = [(m.start() + bisect_left(wide, m.start()), m.end() + bisect_left(wide, m.end())) for m in found]
        if self._inside is not None:
            first, last = self._inside.selectionStart(), self._inside.selectionEnd()
            kept = [n for n, (start, end) in enumerate(spans) if first <= start and end <= last]
            found, spans = [found[n] for n in kept], [spans[n] for n in kept]
        self._found, self._matches = found, spans
        if search is not None and not self.count.text():
            self.count.setText(f"{len(found)} found")
        self._mark()
        self._preview()

    def _preview(self) -> None:
        """Show what the first replacement would be."""
        if not self._found or self.by.isHidden():
            self.shown.clear()
            return
        selected = (self._editor.textCursor().selectionStart(), self._editor.textCursor().selectionEnd())
        found = self._found[self._matches.index(selected) if selected in self._matches else 0]
        self.shown.setText(f"{_short(found[0])} → {_short(self._replacement(found))}")

    def _mark(self) -> None:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colour("added"))
        self._editor.mark("found", [(start, end, shape) for start, end in self._matches[:MOST_MARKED]])
        last = max(1, self._editor.document().characterCount())
        self._editor.mark_places([start / last for start, _ in self._matches])

    def go(self, step: int) -> None:
        """Select the next match, or the one before; round the end."""
        self._search()
        if not self._matches:
            return
        cursor = self._editor.textCursor()
        starts = [start for start, _ in self._matches]
        if step > 0:
            place = next((n for n, start in enumerate(starts) if start >= cursor.selectionEnd()), 0)
        else:
            place = next(
                (n for n in reversed(range(len(starts))) if starts[n] < cursor.selectionStart()), len(starts) - 1
            )
        self._editor.select_range(*self._matches[place])
        self.count.setText(f"{place + 1} of {len(self._matches)}")
        self._preview()

    def replace_one(self) -> None:
        """Replace the selected match and go to the next."""
        cursor = self._editor.textCursor()
        self._search()
        selected = (cursor.selectionStart(), cursor.selectionEnd())
        if selected in self._matches:
            cursor.insertText(self._replacement(self._found[self._matches.index(selected)]))
        self.go(1)

    def replace_all(self) -> None:
        """Replace every match as one step of undo."""
        self._search()
        cursor = QTextCursor(self._editor.document())
        cursor.beginEditBlock()
        for (start, end), found in zip(reversed(self._matches), reversed(self._found), strict=True):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._replacement(found))
        cursor.endEditBlock()
        done = len(self._matches)
        self._search()
        self.count.setText(f"{done} replaced")

    def _replacement(self, found: Any) -> str:
        assert self._look_for is not None
        return self._look_for.replacement(found, self.by.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.by:
                    self.replace_one()
                else:
                    self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return False


def _short(text: str) -> str:
    """A text in one line of some words."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
