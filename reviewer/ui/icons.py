"""Icons drawn from SVG in the palette's ink, sharp at every scale and right in both themes."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from reviewer.library.resources import resource


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _image(name: str, colour: str, width: int, height: int) -> QImage:
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    side = min(width, height)
    renderer.render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return image


class _Engine(QIconEngine):
    """Draws when it is asked, so a change of theme needs no new icons."""

    def __init__(self, name: str, token: QPalette.ColorRole, colour: str) -> None:
        super().__init__()
        self._name, self._token, self._colour = name, token, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        image = _image(self._name, self._ink(mode), round(rect.width() * ratio), round(rect.height() * ratio))
        painter.drawImage(QRectF(rect), image)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return QPixmap.fromImage(_image(self._name, self._ink(mode), max(1, size.width()), max(1, size.height())))

    def _ink(self, mode: QIcon.Mode) -> str:
        if self._colour:
            return self._colour
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        return QApplication.palette().color(group, self._token).name()

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token, self._colour)


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.WindowText) -> QIcon:
    """An icon by its Lucide name, in the ink of a palette role."""
    return QIcon(_Engine(name, role, ""))


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon into a rectangle in any colour."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(rect, _image(name, colour.name(), round(rect.width() * ratio), round(rect.height() * ratio)))
