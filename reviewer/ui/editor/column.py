"""The editor's column: tools, the bars that may stand above the text, the head of the review, the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPlainTextDocumentLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from reviewer.ui.actions import Actions
from reviewer.ui.editor.editor import Editor
from reviewer.ui.editor.find import FindBar
from reviewer.ui.editor.header import Header
from reviewer.ui.session import Session
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import plain_label

TOOLS = ("heading", "bold", "italic", "link", "quote", "list", "footnote", "add-still")


class Bar(QWidget):
    """A question above the text that does not take the caret: a sentence and its answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(28, 8, 16, 8)
        self._words = plain_label("", self)
        self._layout.addWidget(self._words, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def ask(self, words: str, answers: dict[str, Callable[[], object]]) -> None:
        """Show a sentence with one button for each answer; every answer closes the bar."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        self._words.setText(words)
        for text, act in answers.items():
            button = QPushButton(text, self)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _=False, act=act: act())
            self._layout.addWidget(button)
            self._buttons.append(button)
        self.show()


class EditorColumn(QWidget):
    """Shows one session at a time. `moved` carries the caret's line and its height in the window, from 0 to 1.

    `scrolled` carries the line at the top, with its fraction, and whether it is the text's very top, when the writer
    scrolled with wheel or bar.
    """

    moved = Signal(int, float)
    scrolled = Signal(float, bool)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._no_text = QTextDocument(self)
        self._no_text.setDocumentLayout(QPlainTextDocumentLayout(self._no_text))
        self._showing = False
        self.setObjectName("paper")
        self.editor = Editor(theme, self)
        self.header = Header(theme, self)
        self.find_bar = FindBar(self.editor, theme, self)
        self.bar = Bar(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools(actions))
        for widget in (self.bar, self.find_bar, self.header):
            layout.addWidget(widget)
        layout.addWidget(self.editor, 1)
        self.editor.cursorPositionChanged.connect(self.tell_place)
        self.editor.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.editor.scrolled_by_user.connect(self._tell_top)
        self.editor.margins_changed.connect(self._align)
        self.editor.verticalScrollBar().sliderMoved.connect(lambda _: self._tell_top())

    def _tools(self, actions: Actions) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        left = self._button(actions, "show-library", bar)
        left.setObjectName("plain")
        row.addWidget(left)
        row.addStretch(1)
        for name in TOOLS:
            row.addWidget(self._button(actions, name, bar))
        row.addStretch(1)
        self.right_button = self._button(actions, "show-inspector", bar)
        self.right_button.setObjectName("plain")
        row.addWidget(self.right_button)
        bar.setFixedHeight(44)
        return bar

    def _button(self, actions: Actions, name: str, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setDefaultAction(actions[name])
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(actions[name].text().rstrip("…"))
        button.setAccessibleDescription(actions[name].statusTip())
        return button

    def show_session(self, session: Session | None) -> None:
        """Show another review's text, with the caret and the lines in sight where they were."""
        if self._session is not None:
            self._session.caret = self.editor.textCursor().position()
            self._session.top = self.editor.top_line
        self._session = session
        self.bar.hide()
        self._showing = True
        self.header.show_session(session)
        self.editor.setEnabled(session is not None)
        if session is None:
            self.editor.setDocument(self._no_text)
        else:
            self.editor.show_document(session.document)
            cursor = self.editor.textCursor()
            cursor.setPosition(min(session.caret, session.document.characterCount() - 1))
            self.editor.setTextCursor(cursor)
            self.editor.scroll_to(session.top)
        self._showing = False
        self._scrolled(self.editor.verticalScrollBar().value())

    def tell_place(self) -> None:
        """Say where the caret is: its line, and its height in the editor from 0 to 1."""
        if self._showing:
            return
        rect = self.editor.cursorRect()
        share = rect.center().y() / max(1, self.editor.viewport().height())
        self.moved.emit(self.editor.line, min(1.0, max(0.0, share)))

    def _tell_top(self) -> None:
        self.scrolled.emit(self.editor.top_line, self.editor.verticalScrollBar().value() == 0)

    def _scrolled(self, value: int) -> None:
        """The head is whole at the top of the text and one line below it; it needs room to change without flicker."""
        bar = self.editor.verticalScrollBar()
        self.header.set_small(value > (0 if self.header.is_small else 3) and bar.maximum() > 6)

    def _align(self) -> None:
        """Let the head stand over the text's column."""
        margins = self.editor.viewportMargins()
        inner = int(self.editor.document().documentMargin())
        self.header.set_sides(
            margins.left() + inner, margins.right() + inner + self.editor.verticalScrollBar().sizeHint().width()
        )
