"""A fault of the program, told: what is safe, and a report to read, copy and save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.files import overwrite
from reviewer.ui import words
from reviewer.ui.theme import DISPLAY, MONO, Theme
from reviewer.ui.widgets.fields import plain_label


class CrashDialog(QDialog):
    """The report, whole, before anyone else sees it."""

    def __init__(self, title: str, said: str, report: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(title)
        self.resize(min(720, parent.width() - 40), min(520, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label(title, self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        layout.addWidget(plain_label(said, self))
        self.view = QPlainTextEdit(report, self)
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setFont(theme.font(12, MONO))
        self.view.setAccessibleName("The report")
        layout.addWidget(self.view, 1)
        row = QHBoxLayout()
        for text, act in (("Copy", self._copy), ("Save…", self._save)):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton("Go on writing", self)
        close.setObjectName("filled")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        layout.addLayout(row)
        close.setFocus()

    def _copy(self) -> None:
        self.view.selectAll()
        self.view.copy()

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save the report", "reviewer-report.txt", "Text (*.txt)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the report where the writer said."""
        try:
            overwrite(path, self._report.encode())
        except OSError as error:
            QMessageBox.warning(self, "Not saved", f"The report was not saved. {words.of(error, path)}")
