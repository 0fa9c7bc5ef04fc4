"""Small pictures that arrive when they are made, off the screen thread, and never make a list jump."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reviewer.stills.thumbnails import thumbnail
from reviewer.ui.tasks import Tasks

WIDTH, HEIGHT = 240, 135
MOST = 600


class Thumbnails(QObject):
    """Gives a picture's thumbnail or None; `arrived` is sent when one that was asked for is there."""

    arrived = Signal(object)

    def __init__(self, tasks: Tasks, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks, self._cache = tasks, cache
        self._images: dict[Path, QImage | None] = {}

    def get(self, path: Path | None) -> QImage | None:
        """The thumbnail if it is there; else it is on its way."""
        if path is None:
            return None
        if path not in self._images:
            if len(self._images) >= MOST:
                self._images.pop(next(iter(self._images)))
            self._images[path] = None
            cache = self._cache
            self.tasks.run(
                lambda: QImage.fromData(thumbnail(path, WIDTH, HEIGHT, cache)),
                lambda image: self._arrived(path, image),
                lambda error: None,
                -1,
            )
        return self._images[path]

    def forget(self, path: Path) -> None:
        """The file changed: make it anew when it is next asked for."""
        self._images.pop(path, None)

    def _arrived(self, path: Path, image: QImage) -> None:
        if not image.isNull():
            self._images[path] = image
            self.arrived.emit(path)
