"""A review in a few words, counted as the services count them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Review
from reviewer.text.sharing import LIMITS, length, short
from reviewer.ui.widgets.fields import plain_label


class ShortForm(QDialog):
    """Title, mark, excerpt and link as one message that can be changed before it is copied."""

    def __init__(self, review: Review, scales: Scales = BUILT_IN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review, self._scales = review, scales
        self.setWindowTitle("A short message")
        self.resize(460, 340)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        self.link = QLineEdit(self)
        self.link.setPlaceholderText("The post’s address, https://…")
        self.link.setAccessibleName("The post’s address")
        self.link.textEdited.connect(lambda _: self._compose())
        layout.addWidget(self.link)
        self.message = QPlainTextEdit(self)
        self.message.setAccessibleName("Message")
        self.message.setTabChangesFocus(True)
        self.message.textChanged.connect(self._count)
        layout.addWidget(self.message, 1)
        self.count = plain_label("", self)
        layout.addWidget(self.count)
        row = QHBoxLayout()
        row.addStretch(1)
        close, self.copy = QPushButton("Close", self), QPushButton("Copy", self)
        self.copy.setObjectName("filled")
        self.copy.setDefault(True)
        close.clicked.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        row.addWidget(close)
        row.addWidget(self.copy)
        layout.addLayout(row)
        self._compose()
        self.link.setFocus()

    def _compose(self) -> None:
        self.message.setPlainText(short(self._review, self.link.text(), self._scales))

    def _count(self) -> None:
        size = length(self.message.toPlainText())
        fits = [name for name, most in LIMITS.items() if size <= most]
        where = f"Fits {', '.join(fits)}." if fits else "Too long for any of them."
        self.count.setText(f"{size} characters. {where}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.message.toPlainText())
        self.accept()
