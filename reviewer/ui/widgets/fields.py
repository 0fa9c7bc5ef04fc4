"""Rows of a form: one builder sets label, buddy, accessible name, hint and error together, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

LABEL_WIDTH = 84


class Line(QLineEdit):
    """One line of text. `typed` is sent for what the writer typed, never for what was put in."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.typed)

    def show_value(self, value: str) -> None:
        """Show a value, unless it is what stands there already: the caret stays."""
        if self.text() != value:
            self.setText(value)
            self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class Lines(QPlainTextEdit):
    """Several lines that grow with what is in them; Tab leaves the field."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None, most: int = 8) -> None:
        super().__init__(parent)
        self._most = most
        self._shown = ""
        self.setObjectName("field")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def show_value(self, value: str) -> None:
        """Show a value; the caret stays where it is as far as there is text."""
        if self.toPlainText() != value:
            self._shown = value
            cursor = self.textCursor()
            place = cursor.position()
            self.setPlainText(value)
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def set_wrong(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)

    def text(self) -> str:
        return self.toPlainText()

    def _changed(self) -> None:
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.typed.emit(self._shown)

    def _grow(self) -> None:
        rows = min(self._most, max(1, int(self.document().documentLayout().documentSize().height())))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 9)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()


class Form(QWidget):
    """Rows of label and value, as tall as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.grid.setColumnStretch(1, 1)
        self._errors: dict[QWidget, QLabel] = {}
        self._names: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, hint: str = "", placeholder: str = "") -> QWidget:
        """A row. `hint` is spoken and shown as a tooltip; `placeholder` stands in the empty field."""
        row = self.grid.rowCount()
        name = QLabel(label, self)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setForegroundRole(name.foregroundRole())
        name.setProperty("second", True)
        name.setContentsMargins(0, 5, 0, 0)
        name.setBuddy(field)
        field.setAccessibleName(label)
        field.setAccessibleDescription(hint)
        field.setToolTip(hint)
        if placeholder and hasattr(field, "setPlaceholderText"):
            field.setPlaceholderText(placeholder)
        self._names[field] = name
        self.grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field, row, 1)
        return field

    def set_row_visible(self, field: QWidget, visible: bool) -> None:
        """Show or hide a row with its label."""
        self._names[field].setVisible(visible)
        field.setVisible(visible)

    def set_error(self, field: QWidget, text: str) -> None:
        """Say below a field what is wrong with it; an empty text takes the line away."""
        if isinstance(field, (Line, Lines)):
            field.set_wrong(bool(text))
        label = self._errors.get(field)
        if label is None:
            if not text:
                return
            label = self._errors[field] = QLabel(self)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            place = self.grid.getItemPosition(self.grid.indexOf(field))
            holder = QVBoxLayout()
            holder.setContentsMargins(0, 0, 0, 0)
            holder.setSpacing(2)
            self.grid.removeWidget(field)
            holder.addWidget(field)
            holder.addWidget(label)
            self.grid.addLayout(holder, place[0], 1)  # type: ignore[index]
        label.setText(text)
        label.setVisible(bool(text))
        field.setAccessibleDescription(text or field.toolTip())


class Section(QWidget):
    """A heading with perhaps one act at its right, and what stands below; a hairline parts it from the one above."""

    def __init__(self, title: str, parent: QWidget | None = None, act: str = "", line: bool = True) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        if line:
            self.column.addWidget(hairline(self))
            self.column.addSpacing(8)
        top = QHBoxLayout()
        self.title = QLabel(title, self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        bold(self.title)
        self.title.setProperty("second", True)
        top.addWidget(self.title)
        top.addStretch(1)
        self.act = link_button(act, self)
        self.act.setVisible(bool(act))
        top.addWidget(self.act)
        self.column.addLayout(top)

    def add(self, widget: QWidget) -> QWidget:
        self.column.addWidget(widget)
        return widget


def bold(label: QLabel) -> None:
    """Set a label in the semibold cut: a heavier weight would be smeared, since there is no such cut."""
    label.setStyleSheet("font-weight: 600")


def hairline(parent: QWidget) -> QFrame:
    """A line one pixel high."""
    line = QFrame(parent)
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line


def link_button(text: str, parent: QWidget | None = None, act: Callable[[], object] | None = None) -> QPushButton:
    """An action that reads like a link."""
    button = QPushButton(text, parent)
    button.setObjectName("link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if act is not None:
        button.clicked.connect(act)
    return button


def plain_label(text: str = "", parent: QWidget | None = None, wrap: bool = True) -> QLabel:
    """A label that shows its text as it is, whatever signs it holds."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(text)
    return label


def complete(field: QLineEdit, words: Sequence[str]) -> None:
    """Offer words while they are typed, by any part of them."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)


class FocusWatch(QObject):
    """Calls back when a widget loses the focus."""

    def __init__(self, widget: QWidget, left: Callable[[], object]) -> None:
        super().__init__(widget)
        self._left = left
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._left()
        return False
