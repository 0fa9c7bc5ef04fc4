"""The window's end of the rendering process: one request under way, the newest text next, a deadline for each."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtGui import QTextDocument
from shiboken6 import isValid

from reviewer.text.blocks import MOST_TEXT, packed
from reviewer.ui.preview.edits import Edits, sendable
from reviewer.ui.text import plain

DEADLINE = 2000
"""Milliseconds for a text of ordinary length; a very long one gets a second more for each 200,000 characters."""
MOST_AVOIDED = 3
"""Blocks of one text that may be shown as they are typed because they take too long; with more of them nothing is shown."""


@dataclass(frozen=True)
class Request:
    """What is to be rendered: a document, the words for its stills, and whether the page starts anew."""

    document: QTextDocument
    pictures: dict[str, list[str]]
    fresh: bool = False


class Rendering(QObject):
    """Sends what was typed to the rendering process and passes its answers on.

    `answered` carries the answer to the newest request; the receiver calls `taken` when it is ready for the next one.
    `stuck` carries a sentence about a text that took too long or too much, and the line, counted from 1, at which it
    did; what was shown before stays. `differed` carries what the renderer's judge found: its two renderings, which
    should have been the same, and the line.
    """

    answered = Signal(dict)
    stuck = Signal(str, int)
    differed = Signal(dict)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._number = self._at = 0
        self._busy = self._showing = self._stopped = False
        self._fresh = True
        self._next: Request | None = None
        self._last: Request | None = None
        self._edits: Edits | None = None
        self._pictures: dict[str, list[str]] | None = None
        self._avoided: list[str] = []
        self._given_up: int | None = None
        self._deadline = QTimer(self, singleShot=True)
        self._deadline.timeout.connect(self._too_late)

    @property
    def busy(self) -> bool:
        """Whether a text is being rendered, waits for it, or is on its way to the screen."""
        return self._busy or self._showing or self._next is not None

    def start(self) -> None:
        """Start the process before the first text needs it."""
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "reviewer.text.worker"])
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.finished.connect(lambda *_: self._ended(process))
        process.start()
        self._process = process
        self._buffer.clear()
        self._start_anew()

    def _start_anew(self) -> None:
        """The process knows nothing of the text, the page or the pictures."""
        self._fresh, self._pictures = True, None
        if self._edits is not None:
            self._edits.lose()

    def stop(self) -> None:
        """End the process with the program; nothing is rendered after this."""
        self._stopped = True
        self._deadline.stop()
        self._next = None
        if self._process is not None:
            process, self._process = self._process, None
            process.blockSignals(True)
            process.closeWriteChannel()
            if not process.waitForFinished(500):
                process.kill()
                process.waitForFinished(500)

    def ask(self, request: Request) -> None:
        """Render this next; a request that still waits is dropped, only its wish for a fresh page is kept."""
        fresh = request.fresh or (self._next is not None and self._next.fresh)
        self._next = Request(request.document, request.pictures, fresh)
        self._send()

    def taken(self) -> None:
        """The last answer is on the screen."""
        self._showing = False
        self._send()

    def _send(self) -> None:
        if self._busy or self._showing or self._next is None or self._stopped:
            return
        request, self._next = self._next, None
        document = request.document
        if not isValid(document):  # its review was closed meanwhile
            return
        if self._edits is None or self._edits.document is not document:
            self._follow(document)
        assert self._edits is not None
        if self._edits.count == self._given_up and not request.fresh:
            return
        if document.characterCount() > MOST_TEXT:
            self.stuck.emit("The text is too long for the live preview. It can be written, saved and exported.", 0)
            return
        if self._process is None:
            self.start()
        assert self._process is not None
        self._number += 1
        self._busy, self._last, self._at = True, request, 0
        message = {"number": self._number, "fresh": request.fresh or self._fresh, **self._text(document)}
        if request.pictures != self._pictures:
            message["pictures"] = self._pictures = request.pictures
        self._fresh = False
        self._deadline.start(DEADLINE + document.characterCount() // 200)
        self._process.write(packed(message))

    def _follow(self, document: QTextDocument) -> None:
        if self._edits is not None:
            self._edits.deleteLater()
        self._edits = Edits(document, self)
        self._avoided, self._given_up = [], None
        self._fresh = True

    def _text(self, document: QTextDocument) -> dict[str, Any]:
        """The part of a message that brings the process's text up to date."""
        assert self._edits is not None
        edits = self._edits.take()
        if edits is not None:
            return {"edits": edits, "size": document.characterCount()}
        text = sendable(plain(document))
        if not self._avoided:
            return {"text": text}
        lines = text.split("\n")
        self._avoided = [line for line in self._avoided if line in lines]
        return {"text": text, "avoid": [lines.index(line) + 1 for line in self._avoided], "trace": True}

    def _read(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._buffer += process.readAllStandardOutput().data()
        while len(self._buffer) >= 9:
            size = int(self._buffer[:8], 16)
            if len(self._buffer) < 9 + size:
                return
            message: dict[str, Any] = json.loads(self._buffer[9 : 9 + size])
            del self._buffer[: 9 + size]
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        if message["number"] != self._number:
            return
        if "at" in message:
            self._at = message["at"]
        elif "differs" in message:
            self.differed.emit(message)
            if self._last is not None and not self.busy:
                self.ask(Request(self._last.document, self._last.pictures))
        else:
            self._answer(message)

    def _answer(self, answer: dict[str, Any]) -> None:
        self._deadline.stop()
        self._busy = False
        if "resend" in answer:
            self._again()
        elif "error" in answer:
            self._start_anew()
            self._at = answer["line"]
            self._say_stuck(answer["error"])
            self._send()
        else:
            self._given_up = None
            self._showing = True
            self.answered.emit(answer)

    def _again(self) -> None:
        """Send the same document whole."""
        self._start_anew()
        if self._next is None:
            self._next = self._last
        self._send()

    def _too_late(self) -> None:
        self._give_up("takes more than two seconds to render")

    def _ended(self, process: QProcess) -> None:
        if process is self._process and self._busy:
            self._give_up("takes too much memory to render")
        elif process is self._process:
            self._process = None

    def _give_up(self, why: str) -> None:
        """End the process; the block at fault is shown as it is typed, if it is known, or else nothing new is shown."""
        self._deadline.stop()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(500)
            process.deleteLater()
        self._busy = False
        self._start_anew()
        self._say_stuck(why)
        assert self._last is not None
        document = self._last.document
        line = document.findBlockByNumber(self._at - 1).text() if self._at and isValid(document) else ""
        if line and line not in self._avoided and len(self._avoided) < MOST_AVOIDED:
            self._avoided.append(sendable(line))
            self._again()
        else:
            self._given_up = self._edits.count if self._edits else None
            self._send()

    def _say_stuck(self, why: str) -> None:
        where = f"What begins at line {self._at}" if self._at > 1 else "This text"
        self.stuck.emit(f"{where} {why}.", self._at)
