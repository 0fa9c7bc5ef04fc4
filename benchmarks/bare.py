"""What Reviewer is compared with: a plain text widget in a window, and nothing else. ``bare.py TEXT``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

app = QApplication(sys.argv)
window, editor = QMainWindow(), QPlainTextEdit(Path(sys.argv[1]).read_text("utf-8"))
window.setWindowTitle("bare")
window.setCentralWidget(editor)
window.resize(1440, 900)
window.show()
editor.setFocus()
sys.exit(app.exec())
