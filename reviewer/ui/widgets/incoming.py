"""What comes in by drop or paste and may be meant for a still: files, a picture, an address from a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_IMG = re.compile(r"<img\b[^>]{0,2000}?\bsrc\s*=\s*[\"'](https?://[^\"'<>\s]{3,2000})[\"']", re.I)


@dataclass(frozen=True)
class Incoming:
    """Files of this machine, else the bytes of a picture as PNG; and the address that it came from, where that is known.

    An address alone is neither: nothing is fetched.
    """

    files: tuple[Path, ...] = ()
    data: bytes = b""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.files or self.data or self.address)


def incoming(source: QMimeData) -> Incoming:
    """What a drop or the clipboard holds for a still; false where it holds nothing of the kind."""
    files = tuple(Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
    if files:
        return Incoming(files)
    return Incoming((), _png(source) if source.hasImage() else b"", _address(source))


def _address(source: QMimeData) -> str:
    """A browser's word on where a picture is: its own element in what was dragged, else the only address in it."""
    if source.hasHtml() and (found := _IMG.search(source.html()[:100_000])):
        return found[1].replace("&amp;", "&")
    urls = [url.toString() for url in source.urls()] or [source.text().strip()]
    return urls[0] if len(urls) == 1 and _ADDRESS.fullmatch(urls[0]) else ""


def _png(source: QMimeData) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(source.imageData()).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
