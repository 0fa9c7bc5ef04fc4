"""What happens to one file of a plan: its text with what goes and comes, or its pictures side by side."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from reviewer.publish.plan import Change, PlannedFile
from reviewer.ui.theme import MONO, Theme
from reviewer.ui.widgets.fields import hairline, plain_label


class ChangeView(QWidget):
    """Shows one file of a plan. The front matter and the text are shown apart, pictures as they are and as they will be."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.path = plain_label("", self)
        self.path.setFont(theme.font(13, MONO))
        self.path.setContentsMargins(0, 8, 0, 2)
        self.why = plain_label("", self)
        self.why.setObjectName("hint")
        self.why.setContentsMargins(0, 0, 0, 6)
        self.diff = QPlainTextEdit(self)
        self.diff.setReadOnly(True)
        self.diff.setFont(theme.font(13, MONO))
        self.diff.setAccessibleName("What changes in the file")
        self.pictures = _Pictures(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.diff)
        self._stack.addWidget(self.pictures)
        for widget in (self.path, self.why, hairline(self), self._stack):
            column.addWidget(widget)
        column.setStretchFactor(self._stack, 1)

    def show_file(self, file: PlannedFile | None) -> None:
        """Show a file, or nothing."""
        self.path.setText(file.path if file else "")
        self.why.setText(f"{file.why[:1].upper()}{file.why[1:]}." if file and file.why else "")
        self.why.setVisible(bool(file and file.why))
        if file is None:
            self.diff.setPlainText("")
        elif file.is_text:
            self._show_text(file)
        else:
            self.pictures.show_pictures(file)
        self._stack.setCurrentWidget(self.pictures if file is not None and not file.is_text else self.diff)

    def _show_text(self, file: PlannedFile) -> None:
        if file.old is None or file.old == file.new:
            self.diff.setPlainText((file.new or b"").decode("utf-8", "replace"))
            return
        header, text = (_without_head(diff) for diff in file.diffs())
        parts = [f"{title}\n\n{diff}" for title, diff in (("Front matter", header), ("Text", text)) if diff]
        self.diff.setPlainText("\n".join(parts))
        self._paint()

    def _paint(self) -> None:
        block = self.diff.document().firstBlock()
        while block.isValid():
            line = block.text()
            token = "chosen" if line.startswith("+") else "removed" if line.startswith("-") else ""
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            shape = QTextCharFormat()
            if token:
                shape.setBackground(self._theme.colour(token))
                shape.setFontStrikeOut(line.startswith("-"))
                cursor.mergeCharFormat(shape)
            elif line in ("Front matter", "Text"):
                shape.setFont(self._theme.font(12, semibold=True))
                shape.setForeground(self._theme.colour("second"))
                cursor.mergeCharFormat(shape)
            block = block.next()


def _without_head(diff: str) -> str:
    """A unified diff without the names of the files and the counts of lines; gaps become an ellipsis."""
    lines = [line for line in diff.splitlines() if not line.startswith(("--- ", "+++ "))]
    made = ["⋯" if line.startswith("@@") else line for line in lines]
    return "\n".join(made[1:] if made[:1] == ["⋯"] else made) + ("\n" if made else "")


class _Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setMinimumSize(60, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        ratio = self.devicePixelRatioF()
        most = self.image.size() / ratio
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(most)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(QPoint((self.width() - size.width()) // 2, 0), size), self.image)


class _Pictures(QWidget):
    """A picture as it stands in the blog beside the one that will stand there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(16)
        self._sides: list[tuple[QWidget, QLabel, _Picture]] = []
        for _ in range(2):
            box = QWidget(self)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            picture, words = _Picture(box), plain_label("", box)
            column.addWidget(words)
            column.addWidget(picture, 1)
            row.addWidget(box, 1)
            self._sides.append((box, words, picture))

    def show_pictures(self, file: PlannedFile) -> None:
        """Show what is there and what will be."""
        same = file.change is Change.UNCHANGED
        gone = file.change in (Change.REMOVED, Change.KEPT)
        titles = ("It goes" if file.change is Change.REMOVED else "In the blog", "It stays" if same else "New")
        for (box, words, picture), title, data in zip(
            self._sides, titles, (None if same else file.old, None if gone else file.new), strict=True
        ):
            box.setVisible(data is not None)
            picture.image = image = QImage.fromData(data) if data else QImage()
            size = f"{image.width()} × {image.height()}, {max(1, len(data or b'') // 1000)} KB"
            words.setText(f"{title}: {size}" if not image.isNull() else f"{title}: no picture that can be shown here")
            picture.setAccessibleName(words.text())
            picture.update()
