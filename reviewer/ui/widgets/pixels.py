"""Pictures out of rows of pixels."""

from __future__ import annotations

from PySide6.QtGui import QImage


def picture(width: int, height: int, data: bytes) -> QImage:
    """The picture of RGBA bytes row by row. Can be made in any thread.

    Qt's own reader (`QImage.fromData`) must not be used in a thread of a pool: it asks every plug-in, of which one connects a
    signal, and PySide holds Python's lock meanwhile. Where the screen's thread ends a connection in that moment, it has the
    lock of the signals and waits for Python's: the window stands still for ever.
    """
    made = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
    return made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
