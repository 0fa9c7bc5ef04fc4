"""Older versions of the review in front, and other versions beside it: compared with what stands here now, brought back whole or in part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.history import Version
from reviewer.review.values import Review
from reviewer.text.comparing import field_differences
from reviewer.text.reading import Reading
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.comparison import Comparison
from reviewer.ui.widgets.fields import hairline, plain_label
from reviewer.ui.widgets.titled import TitledDelegate
from reviewer.ui.words import counted, tip

_ROW = int(Qt.ItemDataRole.UserRole)
MOST_FIELDS = 4
"""Fields that differ and are named; of more the rest is counted."""


@dataclass(frozen=True)
class Row:
    """A version that can be compared: when, why or by whom, and where it is: a kept `version`, or a file beside the review."""

    title: str
    about: str
    version: Version | None = None
    beside: Path | None = None


class HistoryDialog(QDialog):
    """At the left the versions, the newest first; at the right the chosen one beside what stands here now.

    `chosen` asks for a row's bytes, which `show_version` shows; `searched` carries words, and `narrow` answers. `wanted` says what to
    bring back: the text, and the fields. `rows` are all versions. `passage_wanted` carries a place in the text of now and what stood there then.
    """

    chosen = Signal(object)
    searched = Signal(str)
    wanted = Signal(bool, bool)
    passage_wanted = Signal(int, int, str)
    folder_wanted = Signal(object)

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[Row] = []
        self._then: Reading | None = None
        self._text, self._review = "", Review()
        self.setWindowTitle("Versions")
        self.resize(min(1180, parent.width() - 40), min(740, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = plain_label(f"Versions of {title}", self)
        head.setFont(theme.font(20, DISPLAY))
        head.setContentsMargins(24, 18, 24, 2)
        layout.addWidget(head)
        self.summary = plain_label("", self)
        self.summary.setContentsMargins(24, 0, 24, 12)
        layout.addWidget(self.summary)
        layout.addWidget(hairline(self))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._list(split))
        older, self.older, self.older_head = self._side("Then", split)
        newer, self.newer, self.newer_head = self._side("Now, in this window", split)
        split.addWidget(older)
        split.addWidget(newer)
        split.setSizes([250, 460, 460])
        layout.addWidget(split, 1)
        self.comparison = Comparison(theme, self.older, self.newer)
        layout.addWidget(hairline(self))
        layout.addLayout(self._foot())
        self._soon = QTimer(self, singleShot=True, interval=200)
        self._soon.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        for keys, by in ((("F8", "Alt+Down"), 1), (("Shift+F8", "Alt+Up"), -1)):
            for name in keys:
                QShortcut(QKeySequence(name), self, lambda by=by: self._step(by))
        self._enable()

    def _list(self, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        self.search = QLineEdit(box)
        self.search.setPlaceholderText("Search in the versions")
        self.search.setAccessibleName("Search in the versions")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._soon.start())
        column.addWidget(self.search)
        self.list = QListWidget(box)
        self.list.setAccessibleName("Versions")
        self.list.setItemDelegate(TitledDelegate(self._theme, self.list))
        self.list.currentItemChanged.connect(lambda item, _: self._chose(item))
        column.addWidget(self.list, 1)
        box.setMinimumWidth(200)
        return box

    def _side(self, title: str, parent: QWidget) -> tuple[QWidget, QPlainTextEdit, QLabel]:
        box = QWidget(parent)
        box.setObjectName("page")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box.setMinimumWidth(220)
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 12, 16, 8)
        head = plain_label(title, box)
        head.setFont(self._theme.font(13, semibold=True))
        column.addWidget(head)
        view = QPlainTextEdit(box)
        view.setAccessibleName(title)
        view.setTabChangesFocus(True)
        column.addWidget(view, 1)
        return box, view, head

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        self.before = self._button("Previous", lambda: self._step(-1), "The difference before (Shift+F8)")
        self.next = self._button("Next difference", lambda: self._step(1), "The next difference (F8)")
        self.passage = self._button("Bring this passage back", self._passage, "Only what is marked at the left")
        self.folder = self._button("Show its folder", self._folder, "The file lies beside the review")
        self.text_back = self._button("Bring the text back", lambda: self.wanted.emit(True, False), "The fields stay")
        self.all_back = self._button(
            "Bring all back", lambda: self.wanted.emit(True, True), "Text, marks, credits, stills’ records"
        )
        self.all_back.setObjectName("filled")
        close = self._button("Close", self.accept, "")
        for button in (self.before, self.next, self.passage, self.folder):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.text_back, self.all_back, close):
            row.addWidget(button)
        return row

    def _button(self, text: str, act: Callable[[], object], hint: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setToolTip(hint)
        button.clicked.connect(lambda _=False: act())
        return button

    # what is shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these versions and choose the first."""
        self.rows = list(rows)
        self.narrow(None)

    def narrow(self, found: dict[Row, str] | None) -> None:
        """Show only the versions that were found, with the words around; None shows all."""
        self.list.clear()
        for row in self.rows:
            if found is None or row in found:
                item = QListWidgetItem(f"{row.title}\n{found[row] if found is not None else row.about}")
                item.setToolTip(tip(str(row.beside or "")))
                item.setData(_ROW, row)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self._then = None
            self.comparison.show("", self._text)
            none = "No older version is kept yet. The first is kept when the review is saved."
            self.summary.setText(none if not self.rows else "No version holds these words.")
            self._enable()

    def _chose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ROW))

    @property
    def row(self) -> Row | None:
        """The chosen row."""
        item = self.list.currentItem()
        return item.data(_ROW) if item is not None else None

    def show_now(self, review: Review, text: str) -> None:
        """Take what stands in the window now."""
        self._review, self._text = review, text
        if self._then is not None:
            self._compare(self._then)

    def show_version(self, row: Row, then: Reading) -> None:
        """Show a version that was asked for, unless another was chosen meanwhile."""
        if row == self.row:
            self._then = then
            self.older_head.setText(f"{row.title}, {row.about[:1].lower()}{row.about[1:]}")
            self._compare(then)

    def show_fault(self, row: Row, said: str) -> None:
        """Say why a version cannot be shown."""
        if row == self.row:
            self._then = None
            self.comparison.show("", self._text)
            self.summary.setText(said)
            self._enable()

    def _compare(self, then: Reading) -> None:
        self.comparison.show(then.document.text, self._text)
        self.summary.setText(self._told(then))
        self._enable()

    def _told(self, then: Reading) -> str:
        fields = field_differences(then.review, self._review) if then.broken is None else []
        said = []
        gone, new = self.comparison.only_then, self.comparison.only_now
        if gone or new or self.comparison.found:
            said.append(
                f"{counted(gone, 'word', 'words')} stood only then, {counted(new, 'stands', 'stand')} only now."
            )
        if fields:
            shown = "; ".join(
                f"{one.key}: {_short(one.then)} then, {_short(one.now)} now" for one in fields[:MOST_FIELDS]
            )
            more = f"; and {len(fields) - MOST_FIELDS} more" if len(fields) > MOST_FIELDS else ""
            said.append(f"Fields that differ: {shown}{more}.")
        if then.broken is not None:
            said.append("The front matter of that version cannot be read; its text can be brought back.")
        return " ".join(said) or "This version is the same as what stands here now."

    def _enable(self) -> None:
        then = self._then
        differs = bool(self.comparison.found)
        fields = then is not None and then.broken is None and bool(field_differences(then.review, self._review))
        for button in (self.before, self.next):
            button.setEnabled(then is not None and differs)
        self.passage.setEnabled(then is not None and differs and self.comparison.current >= 0)
        self.text_back.setEnabled(then is not None and differs)
        self.all_back.setEnabled(then is not None and then.broken is None and (differs or fields))
        self.folder.setVisible(self.row is not None and self.row.beside is not None)

    def _step(self, by: int) -> None:
        if self._then is not None:
            self.comparison.step(by)
            self._enable()

    def _passage(self) -> None:
        number = self.comparison.current
        if self._then is None or number < 0:
            return
        one = self.comparison.found[number]
        self.passage_wanted.emit(*one.now, self._then.document.text[slice(*one.then)])
        if self.comparison.found:
            self.comparison.current = min(number, len(self.comparison.found)) - 1
            self._step(1)

    def _folder(self) -> None:
        if self.row is not None and self.row.beside is not None:
            self.folder_wanted.emit(self.row.beside.parent)


def _short(value: str) -> str:
    plain = " ".join(value.split())
    return "nothing" if not plain else f"{plain[:30]}…" if len(plain) > 31 else plain
