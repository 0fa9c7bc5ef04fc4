"""The window's side of the process that decodes a video: it never waits for it, and ends it where it stalls."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal
from PySide6.QtGui import QImage

PATIENCE = 15_000
"""Milliseconds that opening, or going to another place, may take."""
MOST_PICTURE = 200_000_000
WAY = "Install Qt’s multimedia part: pip install PySide6-Addons, and on Debian also sudo apt-get install libpulse0."


class VideoPlayer(QObject):
    """A video in a process of its own.

    `loaded` carries its length in microseconds and its frames a second; `shown` a picture with the microseconds at which
    its frame begins and ends; `taken` a JPEG of the full size and where its frame begins; `failed` why nothing comes.
    """

    loaded = Signal(object, float)
    shown = Signal(QImage, object, object)
    taken = Signal(bytes, object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._waiting: dict[str, Any] | None = None
        self._wanted: int | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(
            lambda: self._give_up("It does not answer. The file may be damaged at this place.")
        )

    def open(self, path: Path, width: int) -> None:
        """Load a video; pictures come no wider than `width` pixels."""
        self.stop()
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("QT_LOGGING_RULES", "*=false")
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.setProgram(sys.executable)
        process.setArguments(["-m", "reviewer.ui.video.worker"])
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.finished.connect(lambda *_: self._ended(process))
        self._process = process
        process.start()
        self._tell({"open": str(path.absolute()), "width": width})
        self._patience.start()

    def stop(self) -> None:
        """End the process; nothing is heard of it any more."""
        self._patience.stop()
        self._buffer.clear()
        self._wanted = None
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    @property
    def running(self) -> bool:
        return self._process is not None

    def seek(self, microsecond: int) -> None:
        """Go to the frame that is seen at that moment. While one is on its way, the newest wish waits."""
        self._wanted = microsecond
        if not self._patience.isActive():
            self._go()

    def play(self, on: bool) -> None:
        self._tell({"play": on})

    def take(self) -> None:
        """Ask for the frame that is shown, at full size."""
        self._tell({"take": True})

    def _go(self) -> None:
        if self._wanted is not None and self._process is not None:
            wanted, self._wanted = self._wanted, None
            self._patience.start()
            self._tell({"seek": max(0, wanted // 1000)})

    def _tell(self, command: dict[str, Any]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(command).encode() + b"\n")

    def _read(self, process: QProcess) -> None:
        self._buffer += process.readAllStandardOutput().data()
        while self._process is process:
            end = self._buffer.find(b"\n")
            if end < 0:
                return
            message: dict[str, Any] = {}
            with contextlib.suppress(ValueError):
                message = json.loads(self._buffer[:end])
            size = int(message.get("size", 0))
            if not message or not 0 <= size <= MOST_PICTURE:
                self._give_up("It cannot be read as a video.")
                return
            if len(self._buffer) < end + 1 + size:
                return
            data = bytes(self._buffer[end + 1 : end + 1 + size])
            del self._buffer[: end + 1 + size]
            self._hear(message, data)

    def _hear(self, message: dict[str, Any], data: bytes) -> None:
        if "missing" in message:
            self._give_up(f"The video part of Qt is not there. {WAY}")
        elif "failed" in message:
            self._give_up(str(message["failed"]))
        elif "loaded" in message:
            self.loaded.emit(int(message["loaded"]["duration"]) * 1000, float(message["loaded"]["rate"]))
        elif "frame" in message:
            self._patience.stop()
            where = message["frame"]
            image = QImage(
                data, message["width"], message["height"], message["line"], QImage.Format.Format_RGB888
            ).copy()
            self._tell({"more": True})
            self.shown.emit(image, int(where["start"]), int(where["end"]))
            self._go()
        elif "taken" in message:
            self.taken.emit(data, int(message["taken"]["start"]))

    def _ended(self, process: QProcess) -> None:
        if self._process is process:
            self._give_up("The decoder broke off. The file may be damaged at this place.")

    def _give_up(self, why: str) -> None:
        self.stop()
        self.failed.emit(why)
