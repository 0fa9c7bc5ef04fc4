"""The text read aloud, a sentence at a time, with the sentence that is read marked. Needs Qt's TextToSpeech."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTextToSpeech import QTextToSpeech

from reviewer.text.prose import spoken
from reviewer.ui.editor.editor import Editor, sentence
from reviewer.ui.editor.typing import is_code
from reviewer.ui.theme import Theme


def engine() -> str:
    """The system's speech, by Qt's name for it; empty where there is none."""
    return next((name for name in QTextToSpeech.availableEngines() if name != "mock"), "")


class Voice(QObject):
    """Reads on from sentence to sentence. `failed` carries the engine's reason."""

    begun = Signal()
    failed = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, engine: str) -> None:
        super().__init__(editor)
        self._editor, self._theme = editor, theme
        self.speech = QTextToSpeech(engine, self)
        self.speech.stateChanged.connect(self._changed)
        self.reads = False
        self._at = self._end = QTextCursor()

    def read(self, language: str) -> None:
        """Read what is selected, or from the caret's sentence to the end of the text."""
        cursor = self._editor.textCursor()
        self._at, self._end = QTextCursor(cursor), QTextCursor(cursor)
        if cursor.hasSelection():
            self._at.setPosition(cursor.selectionStart())
            self._end.setPosition(cursor.selectionEnd())
        else:
            start, _ = sentence(cursor.block().text(), cursor.positionInBlock())
            self._at.setPosition(cursor.block().position() + start)
            self._end.movePosition(QTextCursor.MoveOperation.End)
        if self.speech.state() == QTextToSpeech.State.Error:
            self._fail()
            return
        self.speech.setLocale(QLocale(language.replace("-", "_")))
        self.reads = True
        self.begun.emit()
        self._next()

    def stop(self) -> None:
        """Fall silent."""
        if self.reads:
            self.reads = False
            self._editor.mark("aloud", ())
            self.speech.stop()

    def _next(self) -> None:
        """Say the next sentence that has words, from where the last one ended, also if the text was changed meanwhile."""
        while self.reads and self._at.position() < self._end.position():
            block, place = self._at.block(), self._at.positionInBlock()
            text = block.text()
            if place >= len(text) or is_code(block):
                if not block.next().isValid():
                    break
                self._at.setPosition(block.next().position())
                continue
            start, end = sentence(text, place)
            first = block.position() + max(start, place)
            last = min(block.position() + end, self._end.position())
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            self._at.setPosition(last)
            words = spoken(cursor.selectedText())
            if any(sign.isalnum() for sign in words):
                self._show(cursor)
                self.speech.say(words)
                return
        self.stop()

    def _show(self, cursor: QTextCursor) -> None:
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colour("added"))
        self._editor.mark("aloud", [(cursor.selectionStart(), cursor.selectionEnd(), shape)])
        line = cursor.document().findBlock(cursor.selectionStart()).blockNumber() + 1
        if not self._editor.viewport().rect().contains(self._editor.cursorRect(cursor)):
            self._editor.scroll_to(line)

    def _changed(self, state: QTextToSpeech.State) -> None:
        if state == QTextToSpeech.State.Error:
            self._fail()
        elif state == QTextToSpeech.State.Ready and self.reads:
            self._next()

    def _fail(self) -> None:
        self.reads = False
        self._editor.mark("aloud", ())
        self.failed.emit(self.speech.errorString())
