"""A piece of evidence: the mail, the letter, the text that a permission rests on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.stills.evidence import Evidence
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.fields import Form, hairline, plain_label


class EvidenceDialog(QDialog):
    """Shows a file as far as it can be read here; any can be opened with its own program."""

    def __init__(self, theme: Theme, path: Path, found: Evidence, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self.setWindowTitle(found.name)
        self.resize(min(640, parent.width() - 40), min(560, parent.height() - 60))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        if found.head:
            form = Form(self)
            for label, value in found.head:
                form.add(label, plain_label(value, form))
            layout.addWidget(form)
            layout.addWidget(hairline(self))
        if found.picture:
            area = QScrollArea(self)
            picture = QLabel(area)
            picture.setPixmap(QPixmap.fromImage(QImage.fromData(found.picture)))
            picture.setAccessibleName("The picture")
            area.setWidget(picture)
            layout.addWidget(area, 1)
        elif found.text.strip():
            self.words = QPlainTextEdit(found.text, self)
            self.words.setReadOnly(True)
            self.words.setFont(theme.font(15, SERIF))
            self.words.setAccessibleName("What it says")
            layout.addWidget(self.words, 1)
        else:
            layout.addWidget(plain_label("It cannot be shown here. Its own program can.", self))
            layout.addStretch(1)
        row = QHBoxLayout()
        place = plain_label(str(path), self)
        place.setProperty("second", True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(place, 1)
        for text, act in (("Open with its program", self._open), ("Close", self.reject)):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        layout.addLayout(row)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
