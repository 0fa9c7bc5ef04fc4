"""The window's end of the rendering process: one request under way, the newest text next, a deadline for each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from reviewer.text.blocks import MOST_TEXT, packed

DEADLINE = 2000
"""Milliseconds for a text of ordinary length; a very long one gets a second more for each 200,000 characters."""


@dataclass(frozen=True)
class Request:
    """What is to be rendered: a text, the words for its stills, and whether the page starts anew."""

    text: Callable[[], str]
    pictures: dict[str, list[str]]
    fresh: bool = False


class Rendering(QObject):
    """Sends texts to the rendering process and passes its answers on.

    `answered` carries the answer to the newest request; the receiver calls `taken` when it is ready for the next one.
    `stuck` carries a sentence about a text that took too long or too much; what was shown before stays.
    """

    answered = Signal(dict)
    stuck = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._number = 0
        self._busy = self._showing = False
        self._fresh = True
        self._stopped = False
        self._next: Request | None = None
        self._given_up: str | None = None
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
        self._fresh = True

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
        self._next = Request(request.text, request.pictures, fresh)
        self._send()

    def taken(self) -> None:
        """The last answer is on the screen."""
        self._showing = False
        self._send()

    def _send(self) -> None:
        if self._busy or self._showing or self._next is None or self._stopped:
            return
        request, self._next = self._next, None
        text = request.text()
        if text == self._given_up and not request.fresh:
            return
        if len(text) > MOST_TEXT:
            self.stuck.emit("The text is too long for the live preview. It can be written, saved and exported.")
            return
        if self._process is None:
            self.start()
        assert self._process is not None
        self._number += 1
        self._busy, self._text = True, text
        fresh = request.fresh or self._fresh
        self._fresh = False
        message = {"number": self._number, "text": _sendable(text), "pictures": request.pictures, "fresh": fresh}
        self._deadline.start(DEADLINE + len(text) // 200)
        self._process.write(packed(message))

    def _read(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._buffer += process.readAllStandardOutput().data()
        while len(self._buffer) >= 9:
            size = int(self._buffer[:8], 16)
            if len(self._buffer) < 9 + size:
                return
            answer: dict[str, Any] = json.loads(self._buffer[9 : 9 + size])
            del self._buffer[: 9 + size]
            self._answer(answer)

    def _answer(self, answer: dict[str, Any]) -> None:
        if answer["number"] != self._number:
            return
        self._deadline.stop()
        self._busy = False
        if "error" in answer:
            self._fresh = True
            self.stuck.emit(answer["error"])
            self._send()
            return
        self._given_up = None
        self._showing = True
        self.answered.emit(answer)

    def _too_late(self) -> None:
        self._give_up("The preview stands still: this text takes more than two seconds to render.")

    def _ended(self, process: QProcess) -> None:
        if process is self._process and self._busy:
            self._give_up("The preview stands still: this text takes too much memory to render.")
        elif process is self._process:
            self._process = None

    def _give_up(self, why: str) -> None:
        """End the process; the same text is not tried again until it changes."""
        self._deadline.stop()
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(500)
            process.deleteLater()
        self._given_up, self._busy, self._fresh = self._text, False, True
        self.stuck.emit(why)
        self._send()


def _sendable(text: str) -> str:
    """Half characters cannot be sent; they are shown as a mark of replacement."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
