"""What a writer sees who has written nothing yet: four ways in, where reviews go, and a drawn picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reviewer.library.resources import resource
from reviewer.ui import icons, words
from reviewer.ui.theme import DISPLAY, SERIF, Theme
from reviewer.ui.widgets.fields import link_button, plain_label
from reviewer.ui.widgets.thumbnails import crop

WAYS = (
    ("new", "pencil", "Write the first review", "It goes into the folder below.", "Enter"),
    (
        "sample",
        "book-open",
        "Look around in the sample library",
        "Three reviews, copied to a place of yours. Change anything.",
        "",
    ),
    ("open-library", "folder-open", "Open a folder", "Reviews you have, or a blog’s posts.", "Ctrl O"),
    (
        "open-file",
        "file-text",
        "Open one Markdown file",
        "Wherever it lies, with front matter or without.",
        "Ctrl Shift O",
    ),
)


class _Way(QWidget):
    """One way in: a row that acts on a click and on Enter."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, icon: str, title: str, about: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name, self._icon, self._title, self._about, self._key = theme, name, icon, title, about, key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(66)

    def sizeHint(self) -> QSize:
        return QSize(420, 66)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen" if self.hasFocus() else "hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        icons.draw(
            painter,
            self._icon,
            QRectF(16, self.height() / 2 - 10, 20, 20),
            theme.colour("accent" if self.hasFocus() else "second"),
        )
        area = QRectF(52, 0, self.width() - 68, self.height())
        painter.setFont(theme.font(14, semibold=True))
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            area.adjusted(0, 12, 0, 0), int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop), self._title
        )
        painter.setFont(theme.font(12.5))
        painter.setPen(theme.colour("second"))
        painter.drawText(
            area.adjusted(0, 0, 0, -12), int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom), self._about
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), self._key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._name)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class _Picture(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage(str(resource("welcome.jpg")))
        self.setAccessibleName("A drawing: a woman at the end of a long corridor")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image, crop(self._image, self.width() / max(1, self.height())))


class Welcome(QWidget):
    """The first view. `chosen` names the action; `place_requested` asks for another folder."""

    chosen = Signal(str)
    place_requested = Signal()

    def __init__(self, theme: Theme, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(60, 20, 60, 20)
        column.addStretch(3)
        title = plain_label("Nothing written yet.", box)
        title.setFont(theme.font(44, DISPLAY))
        title.setContentsMargins(14, 0, 0, 0)
        about = plain_label(
            "A review is a file in a folder that is yours. Reviewer needs no account and no network, and it never changes a still.",
            box,
        )
        about.setFont(theme.font(17, SERIF))
        about.setContentsMargins(14, 4, 0, 22)
        column.addWidget(title)
        column.addWidget(about)
        self.ways: list[_Way] = []
        for way in WAYS:
            made = _Way(theme, *way, box)
            made.chosen.connect(self.chosen)
            column.addWidget(made)
            self.ways.append(made)
        under = QHBoxLayout()
        under.setContentsMargins(14, 22, 0, 0)
        self.place = plain_label("", box, wrap=False)
        under.addWidget(self.place)
        change = link_button("Change…", box)
        change.clicked.connect(self.place_requested.emit)
        under.addWidget(change)
        under.addStretch(1)
        column.addLayout(under)
        column.addStretch(4)
        row.addWidget(box, 10)
        row.addWidget(_Picture(theme, self), 11)
        self.show_place(place)
        self.setFocusProxy(self.ways[0])

    def show_place(self, place: Path) -> None:
        """Say where reviews go."""
        self.place.setText(f"Where reviews go:  {words.place(place)}")
