"""Small pictures that arrive when they are made, off the screen thread, and never make a list jump."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from reviewer.ui import late
from reviewer.ui.tasks import Tasks
from reviewer.ui.widgets.pixels import picture

if TYPE_CHECKING:
    from reviewer.stills.cache import PictureCache

SMALL, LARGE = (240, 135), (640, 360)
"""The sizes that are kept, in pixels: for lists, and for grids and records."""
MOST = 96_000_000
"""Bytes of memory that pictures may take."""

K = TypeVar("K")
V = TypeVar("V")


class _Recent(Generic[K, V]):
    """What was used last, up to a number of bytes."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size, self._total = most, size, 0
        self._kept: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        value = self._kept.pop(key, None)
        if value is not None:
            self._kept[key] = value
        return value

    def put(self, key: K, value: V) -> None:
        self.drop(key)
        self._kept[key] = value
        self._total += self._size(value)
        while self._total > self._most and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, key: K) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._total -= self._size(old)

    def keys(self) -> list[K]:
        return list(self._kept)


class Thumbnails(QObject):
    """Gives a picture's thumbnail or None; `arrived` is sent when one that was asked for is there.

    What is asked for last is made first: it is what the writer looks at.
    """

    arrived = Signal(object)

    def __init__(self, tasks: Tasks, place: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks, self._place = tasks, place
        self._made: PictureCache | None = None
        self._images: _Recent[tuple[Path, tuple[int, int]], QImage] = _Recent(MOST, lambda image: image.sizeInBytes())
        self._cut: _Recent[tuple[Path, int, int, float], QPixmap] = _Recent(
            MOST // 2, lambda pixmap: pixmap.width() * pixmap.height() * 4
        )
        self._asked: set[tuple[Path, tuple[int, int]]] = set()
        self._refused: set[tuple[Path, tuple[int, int]]] = set()
        self._numbers = count(1)

    @property
    def cache(self) -> PictureCache:
        """What is kept on the disk; opened when the first picture is asked for."""
        if self._made is None:
            self._made = late.module("stills.cache").PictureCache(self._place)
        return self._made

    def get(self, path: Path | None, size: tuple[int, int] = SMALL) -> QImage | None:
        """The thumbnail if it is there; else it is on its way."""
        if path is None:
            return None
        key = (path, size)
        image = self._images.get(key)
        if image is None and key not in self._asked and key not in self._refused:
            self._asked.add(key)
            cache = self.cache
            self.tasks.run(
                lambda: picture(*cache.pixels(path, *size)),
                lambda made: self._arrived(key, made),
                lambda error: self._arrived(key, QImage()),
                next(self._numbers),
            )
        return image

    def refused(self, path: Path) -> bool:
        """Whether the file is gone or no picture."""
        return any((path, size) in self._refused for size in (SMALL, LARGE))

    def cut(self, path: Path, shape: QSize, ratio: float) -> QPixmap | None:
        """The middle of a picture in a shape given in the screen's points, sharp at this ratio of pixels to points."""
        key = (path, shape.width(), shape.height(), ratio)
        made = self._cut.get(key)
        if made is not None:
            return made
        large = max(shape.width(), shape.height() * 16 // 9) * ratio > SMALL[0]
        image = self.get(path, LARGE if large else SMALL)
        if image is None:
            return None
        whole = shape * ratio
        source = crop(image, shape.width() / max(1, shape.height())).toRect()
        scaled = image.copy(source).scaled(
            whole, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        made = QPixmap.fromImage(scaled)
        made.setDevicePixelRatio(ratio)
        self._cut.put(key, made)
        return made

    def end(self) -> None:
        """Wait for what is under way and let the cache go; for the end of the program."""
        self.tasks.finish()
        if self._made is not None:
            self._made.close()

    def forget(self, path: Path) -> None:
        """The file changed: make it anew when it is next asked for."""
        for size in (SMALL, LARGE):
            self._images.drop((path, size))
            self._refused.discard((path, size))
        for key in self._cut.keys():  # noqa: SIM118 - not a mapping
            if key[0] == path:
                self._cut.drop(key)

    def _arrived(self, key: tuple[Path, tuple[int, int]], image: QImage) -> None:
        self._asked.discard(key)
        if image.isNull():
            self._refused.add(key)
        else:
            self._images.put(key, image)
        self.arrived.emit(key[0])


def crop(image: QImage, ratio: float) -> QRectF:
    """The middle of an image in another shape (width over height)."""
    width, height = image.width(), image.height()
    if width / max(1, height) > ratio:
        return QRectF((width - height * ratio) / 2, 0, height * ratio, height)
    return QRectF(0, (height - width / ratio) / 2, width, width / ratio)
