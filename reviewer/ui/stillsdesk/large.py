"""One still large, with zoom; beside it, where there are any, those that look the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reviewer.library.shelf import Shelved
from reviewer.stills.thumbnails import pixels
from reviewer.ui import words
from reviewer.ui.icons import icon
from reviewer.ui.stillsdesk.model import used_words
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.widgets.pixels import picture

SIDE = 4096
"""Pixels a side up to which a still is shown sharp."""
CLOSEST = 8.0


class Pane(QWidget):
    """A picture that fits its room, or is seen closer and moved about. `zoom` is in the picture's pixels to the screen's."""

    zoomed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image: QImage | None = None
        self.says = ""
        self._zoom: float | None = None
        self._middle = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(120, 80))
        self.setAccessibleName("The still, large")

    def show_image(self, image: QImage | None, says: str = "") -> None:
        """Show a picture, whole; or words where there is none."""
        self.image, self.says = image, says
        self.fit()

    @property
    def zoom(self) -> float:
        """How large a pixel of the picture is, in pixels of the screen."""
        return self._fitting() if self._zoom is None else self._zoom

    def _fitting(self) -> float:
        if self.image is None:
            return 1.0
        room = self.size() * self.devicePixelRatioF()
        return min(1.0, room.width() / self.image.width(), room.height() / self.image.height())

    def fit(self) -> None:
        """Show the whole picture, never larger than it is."""
        self._zoom, self._middle = None, QPointF(0.5, 0.5)
        self.zoomed.emit(self.zoom)
        self.update()

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """See it closer, or less close; the point under the pointer stays where it is."""
        if self.image is None:
            return
        before = self._place()
        zoom = max(min(self._fitting(), 1.0), min(CLOSEST, zoom))
        point = around or QPointF(self.width() / 2, self.height() / 2)
        part = QPointF((point.x() - before.left()) / before.width(), (point.y() - before.top()) / before.height())
        self._zoom = zoom
        size = self._size()
        self._middle = QPointF(
            part.x() + (self.width() / 2 - point.x()) / size.width(),
            part.y() + (self.height() / 2 - point.y()) / size.height(),
        )
        self._keep_inside()
        self.zoomed.emit(self.zoom)
        self.update()

    def _size(self) -> QSize:
        assert self.image is not None
        return self.image.size() * (self.zoom / self.devicePixelRatioF())

    def _place(self) -> QRectF:
        """Where the picture stands, in the widget's points."""
        size = self._size()
        left = self.width() / 2 - self._middle.x() * size.width()
        top = self.height() / 2 - self._middle.y() * size.height()
        return QRectF(left, top, max(1, size.width()), max(1, size.height()))

    def _keep_inside(self) -> None:
        size = self._size()
        for length, room, get, put in (
            (size.width(), self.width(), self._middle.x, self._middle.setX),
            (size.height(), self.height(), self._middle.y, self._middle.setY),
        ):
            half = room / 2 / max(1, length)
            put(0.5 if length <= room else max(half, min(1 - half, get())))

    def move_by(self, x: float, y: float) -> None:
        """Move the picture, in the widget's points."""
        if self.image is not None:
            size = self._size()
            self._middle -= QPointF(x / max(1, size.width()), y / max(1, size.height()))
            self._keep_inside()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("hairline"))
        if self.image is None:
            painter.setPen(self._theme.colour("second"))
            painter.drawText(
                self.rect().adjusted(20, 20, -20, -20),
                int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                self.says,
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
        painter.drawImage(self._place(), self.image)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.set_zoom(self.zoom * (1.2 if event.angleDelta().y() > 0 else 1 / 1.2), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            moved = event.position() - self._held
            self._held = event.position()
            self.move_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom is None:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()


class LargeView(QDialog):
    """Walks through the stills that were in view. `shown` is the one in front."""

    def __init__(self, theme: Theme, tasks: Tasks, rows: Sequence[Shelved], place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._rows, self._at = theme, tasks, rows, place
        self.resize(parent.size() - QSize(60, 60))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.panes_row = QHBoxLayout()
        self.panes_row.setSpacing(2)
        layout.addLayout(self.panes_row, 1)
        self.panes: list[Pane] = []
        self._wanted: dict[Pane, Path] = {}
        self.under: list[QLabel] = []
        layout.addLayout(self._foot())
        self.show_place(place)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(6)
        self.says = plain_label("", self)
        row.addWidget(self.says, 1)
        self.compare = QPushButton("Compare", self)
        self.compare.setCheckable(True)
        self.compare.setAutoDefault(False)
        self.compare.setToolTip("Side by side with those that look the same  (C)")
        self.compare.toggled.connect(lambda _: self.show_place(self._at))
        row.addWidget(self.compare)
        self.percent = plain_label("", self, wrap=False)
        self.percent.setMinimumWidth(44)
        for name, hint, act in (
            ("zoom-out", "Less close  (-)", lambda: self._zoom(1 / 1.5)),
            ("zoom-in", "Closer  (+)", lambda: self._zoom(1.5)),
            ("scan", "The whole picture  (0)", self._fit),
        ):
            row.addWidget(self._tool(name, hint, act))
        row.addWidget(self.percent)
        self.before = self._tool("step-back", "The one before  (Left)", lambda: self.show_place(self._at - 1))
        self.after = self._tool("step-forward", "The next  (Right)", lambda: self.show_place(self._at + 1))
        self.shut = self._tool("x", "Close  (Escape)", self.accept)
        for button in (self.before, self.after, self.shut):
            row.addWidget(button)
        return row

    def _tool(self, name: str, hint: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(hint)
        button.setAccessibleName(hint.partition("  ")[0])
        button.clicked.connect(lambda _=False: act())  # type: ignore[operator]
        return button

    @property
    def shown(self) -> Shelved:
        return self._rows[self._at]

    def show_place(self, place: int) -> None:
        """Show one of the stills, and beside it, where that is wanted, its likes."""
        self._at = max(0, min(len(self._rows) - 1, place))
        row = self.shown
        likes = [other for other in self._rows if row.group and other.group == row.group and other.key != row.key]
        self.compare.setVisible(bool(likes))
        shown = [row, *likes[:3]] if self.compare.isChecked() and likes else [row]
        self._make_panes(len(shown))
        for pane, label, one in zip(self.panes, self.under, shown, strict=True):
            self._load(pane, label, one)
        self.setWindowTitle(f"{row.title}: {row.still.name}")
        about = [row.still.caption or row.still.name, row.still.credit, row.standing.words, used_words(row)]
        self.says.setText(
            f"{self._at + 1} of {len(self._rows)}.  " + ".  ".join(part.rstrip(".") for part in about if part)
        )
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._rows) - 1)

    def _make_panes(self, count: int) -> None:
        while len(self.panes) > count:
            pane = self.panes.pop()
            self._wanted.pop(pane, None)
            holder = pane.parentWidget()
            self.under.pop()
            if holder is not None:
                self.panes_row.removeWidget(holder)
                holder.deleteLater()
        while len(self.panes) < count:
            holder = QWidget(self)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            pane, label = Pane(self._theme, holder), plain_label("", holder)
            label.setContentsMargins(12, 6, 12, 0)
            label.setProperty("second", True)
            column.addWidget(pane, 1)
            column.addWidget(label)
            self.panes_row.addWidget(holder, 1)
            self.panes.append(pane)
            self.under.append(label)
            pane.zoomed.connect(self._say_zoom)
        for label in self.under:
            label.setVisible(count > 1)

    def _load(self, pane: Pane, label: QLabel, row: Shelved) -> None:
        pane.show_image(None)
        self._wanted[pane] = row.path
        where = f"{row.title}, {row.still.file}"
        label.setText(where)

        def arrived(made: tuple[QImage, int]) -> None:
            if self._wanted.get(pane) == row.path:
                image, size = made
                pane.show_image(image)
                label.setText(
                    f"{where}: {image.width()} × {image.height()} pixels, {size // 1000:,} KB. {row.standing.words}."
                )

        def work() -> tuple[QImage, int]:
            width, height, data = pixels(row.path, SIDE)
            return picture(width, height, data), row.path.stat().st_size

        def failed(error: Exception) -> None:
            if self._wanted.get(pane) == row.path:
                pane.show_image(None, words.of(error, row.path))

        self._tasks.run(work, arrived, failed)

    def done(self, result: int) -> None:
        """Pictures that are still on their way are not waited for."""
        self._wanted.clear()
        super().done(result)

    def _zoom(self, by: float) -> None:
        for pane in self.panes:
            pane.set_zoom(pane.zoom * by)

    def _fit(self) -> None:
        for pane in self.panes:
            pane.fit()

    def _say_zoom(self, zoom: float) -> None:
        self.percent.setText(f"{round(zoom * 100)} %")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pane = event.key(), self.panes[0]
        closer = pane.zoom > pane._fitting() + 1e-6
        steps = {
            Qt.Key.Key_Left: (60, 0),
            Qt.Key.Key_Right: (-60, 0),
            Qt.Key.Key_Up: (0, 60),
            Qt.Key.Key_Down: (0, -60),
        }
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not closer:
            self.show_place(self._at + (1 if key == Qt.Key.Key_Right else -1))
        elif key in steps:
            for one in self.panes:
                one.move_by(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.show_place(self._at + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self._zoom(1 / 1.5)
        elif key == Qt.Key.Key_0:
            for one in self.panes:
                one.fit()
        elif key == Qt.Key.Key_1:
            for one in self.panes:
                one.set_zoom(1.0)
        elif key == Qt.Key.Key_C and self.compare.isVisible():
            self.compare.toggle()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)
