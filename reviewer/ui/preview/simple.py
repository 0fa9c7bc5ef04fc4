"""The preview without a web engine: the same HTML in Qt's own text view, plainer, with nothing loaded but stills."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reviewer.stills.formats import Refused
from reviewer.stills.thumbnails import pixels
from reviewer.ui.tasks import Tasks
from reviewer.ui.widgets.pixels import picture

WIDEST = 900
"""Pixels of a still's longer side."""
DEEPEST = 6
"""Tables and boxes nested deeper than this are shown as text: Qt's layout of them takes time without end."""


class SimplePreview(QTextBrowser):
    """Shows blocks of HTML; what is not a picture of the review is not loaded."""

    ready = Signal()
    clicked = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Preview of the post")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(28)
        self.anchorClicked.connect(lambda url: self.clicked.emit({"link": url.toString()}))
        self._folder: Path | None = None
        self._head = ""
        self._images: dict[str, QImage | None] = {}
        self._tasks = Tasks(self, threads=1)
        self._blocks: list[list[Any]] = []
        self.loaded = False

    def load(self, folder: Path | None, theme: str, paper: QColor, style: Path | None) -> None:
        self._folder, self._blocks, self._images, self.loaded = folder, [], {}, True
        self.ready.emit()

    def call(self, name: str, *values: Any, then: Any = None) -> None:
        """The few of the page's functions that this view has."""
        if name == "head":
            self._head = re.sub(r"<svg.*?aria-label=\"([^\"]*)\".*?</svg>", r"\1", values[0], flags=re.S)
        elif name == "splice":
            change = values[0]
            kept = self._blocks if change["kept"] else []
            self._blocks = [*kept[: change["head"]], *change["blocks"], *kept[len(kept) - change["tail"] :]]
        if name in ("head", "splice"):
            self._show()
        if then is not None:
            then(None)

    def _show(self) -> None:
        place = self.verticalScrollBar().value()
        self.setHtml("\n".join([self._head, *(_shallow(html) for _, html in self._blocks)]))
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        path = QUrl(name).path().lstrip("/")
        if self._folder is None or QUrl(name).scheme() or not path.startswith("stills/"):
            return QByteArray()
        if path not in self._images:
            self._images[path] = None
            folder = self._folder
            self._tasks.run(
                lambda: _picture(folder, path), lambda image: self._take(folder, path, image), lambda _: None
            )
        image = self._images[path]
        if image is None:
            return QByteArray()
        return image.scaledToWidth(min(image.width(), max(200, self.viewport().width() - 80)))

    def _take(self, folder: Path, path: str, image: QImage | None) -> None:
        """A picture was read: show the page with it."""
        if image is not None and folder == self._folder:
            self._images[path] = image
            self._show()

    def close_page(self) -> None:
        """Read no more."""
        self._tasks.finish()


def _picture(folder: Path, path: str) -> QImage | None:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        return None
    try:
        return picture(*pixels(file, WIDEST))
    except (Refused, OSError):
        return None


def _shallow(html: str) -> str:
    depth = most = 0
    for closing in re.findall(r"<(/?)(?:table|div|blockquote|ul|ol|dl)\b", html):
        depth += -1 if closing else 1
        most = max(most, depth)
    return html if most <= DEEPEST * 4 and html.count("<table") <= DEEPEST else re.sub(r"<[^>]+>", " ", html)
