"""Another program, for pasting from and into: ``clipboard.py TEXT HTML`` offers words, ``clipboard.py --read html|text`` asks."""

import sys

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

app = QGuiApplication(sys.argv[:1])


def offer() -> None:
    data = QMimeData()
    data.setText(sys.argv[1])
    if sys.argv[2]:
        data.setHtml(sys.argv[2])
    app.clipboard().setMimeData(data)
    print("offered", flush=True)


def ask() -> None:
    data = app.clipboard().mimeData()
    print(data.html() if sys.argv[2] == "html" else data.text(), end="")
    app.quit()


QTimer.singleShot(0, ask if sys.argv[1] == "--read" else offer)
app.exec()
