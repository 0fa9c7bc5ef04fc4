"""The process that decodes a video beside the window: ``python -m reviewer.ui.video.worker``.

It reads commands from standard input, a line of JSON each, and writes messages to standard output: a line of JSON, which for
a picture is followed by as many bytes as its ``size`` says. What a damaged video does to a decoder ends this process only.

Commands: ``{"open": path, "width": pixels}``; ``{"seek": milliseconds}``; ``{"play": true or false}``; ``{"more": true}``,
the last picture has been shown; ``{"take": true}``, the frame that is shown, at its full size.

Messages: ``{"missing": why}`` where Qt's video part is not there; ``{"loaded": {"duration", "rate"}}``, in milliseconds and
frames a second; ``{"failed": why}``; ``{"frame": {"start", "end"}, "width", "height", "size"}``, microseconds, and the
picture as 24-bit RGB, no wider than was asked; ``{"taken": {"start", "end"}, "width", "height", "size"}`` and a JPEG.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage

MEMORY = 6 * 1024**3
"""Bytes of address space that decoding may take."""
QUALITY = 95
UNREADABLE = "It cannot be read as a video. It may be damaged, or not be here to its end."
SAME = 400
"""Milliseconds after a seek without a new frame: it is the one that is shown already."""


class Decoder(QObject):
    """Plays into memory and says what it sees."""

    asked = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        from PySide6.QtMultimedia import QMediaMetaData, QMediaPlayer, QVideoSink

        self._keys, self._kinds = QMediaMetaData.Key, QMediaPlayer
        self._player, self._sink = QMediaPlayer(self), QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._player.mediaStatusChanged.connect(self._status)
        self._sink.videoFrameChanged.connect(self._frame)
        self._width, self._shown, self._told = 1280, True, False
        self._same = QTimer(self, singleShot=True, interval=SAME)
        self._same.timeout.connect(lambda: self._frame(self._sink.videoFrame()))
        self.asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def _do(self, command: dict[str, Any]) -> None:
        if "open" in command:
            self._width, self._told = int(command.get("width", 1280)), False
            self._player.setSource(QUrl.fromLocalFile(str(command["open"])))
            self._player.pause()
        elif "seek" in command:
            self._shown = True
            self._same.start()
            self._player.setPosition(int(command["seek"]))
        elif "play" in command:
            self._shown = True
            (self._player.play if command["play"] else self._player.pause)()
        elif "more" in command:
            self._shown = True
        elif "take" in command:
            self._take()

    def _status(self, status: Any) -> None:
        kinds = self._kinds.MediaStatus
        if status in (kinds.LoadedMedia, kinds.BufferedMedia) and not self._told:
            self._told = True
            if not self._player.hasVideo():
                self._say({"failed": "There is no picture in it."})
                return
            rate = self._player.metaData().value(self._keys.VideoFrameRate)
            known = float(rate) if isinstance(rate, (int, float)) and 0 < rate < 1000 else 25.0
            self._say({"loaded": {"duration": self._player.duration(), "rate": known}})
        elif status == kinds.InvalidMedia and not self._told:
            self._told = True
            self._say({"failed": UNREADABLE})

    def _frame(self, frame: Any) -> None:
        self._same.stop()
        if not frame.isValid() or not self._shown:
            return
        image = frame.toImage()
        if image.isNull():
            return
        self._shown = False
        if image.width() > self._width:
            image = image.scaledToWidth(self._width, Qt.TransformationMode.SmoothTransformation)
        plain = image.convertToFormat(QImage.Format.Format_RGB888)
        size = plain.bytesPerLine() * plain.height()
        where = {"start": frame.startTime(), "end": frame.endTime()}
        words = {"frame": where, "width": plain.width(), "height": plain.height(), "line": plain.bytesPerLine()}
        self._say(words | {"size": size}, bytes(plain.constBits()[:size]))

    def _take(self) -> None:
        frame = self._sink.videoFrame()
        image = frame.toImage() if frame.isValid() else QImage()
        if image.isNull():
            self._say({"failed": "There is no frame to take here."})
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.convertToFormat(QImage.Format.Format_RGB888).save(buffer, "JPG", QUALITY)  # type: ignore[call-overload]
        data = bytes(buffer.data().data())
        where = {"start": frame.startTime(), "end": frame.endTime()}
        self._say({"taken": where, "width": image.width(), "height": image.height(), "size": len(data)}, data)

    def _say(self, message: dict[str, Any], data: bytes = b"") -> None:
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.buffer.write(json.dumps(message).encode() + b"\n" + data)
            sys.stdout.buffer.flush()


def main() -> None:
    """Serve until the input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    try:
        decoder = Decoder()
    except ImportError as error:
        sys.stdout.write(json.dumps({"missing": str(error)}) + "\n")
        return

    def read() -> None:
        for line in sys.stdin.buffer:
            with contextlib.suppress(ValueError):
                decoder.asked.emit(json.loads(line))
        os._exit(0)  # the window is gone; a decoder that stalls need not be asked

    threading.Thread(target=read, daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main()
