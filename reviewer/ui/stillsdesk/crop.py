"""Crop, straighten and focus of a still: numbers in its record, for exported copies. The file stays as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.values import Crop, Focus, Still
from reviewer.stills.framing import LEAST, Rect, box, inside, largest, rect_of, to_crop
from reviewer.stills.thumbnails import pixels
from reviewer.ui import words
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.widgets.pixels import picture

SIDE, REACH, STEP = 2048, 14, 0.005
SHAPES = (
    ("Free", 0.0), ("As the still is", -1.0), ("16 : 9", 16 / 9), ("1.85 : 1", 1.85), ("2.39 : 1", 2.39), ("3 : 2", 1.5),
    ("4 : 3", 4 / 3), ("1 : 1", 1.0), ("4 : 5", 0.8),
)  # fmt: skip


class FramingView(QWidget):
    """The picture with what is kept of it bright, to be moved and pulled at its edges, by mouse and by keys.

    Arrows move what is kept, with Shift they pull its lower right corner, F puts the focus into its middle.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image: QImage | None = None
        self.size_ = (16, 9)
        self.rect_, self.angle, self.shape, self.focus = Rect(), 0.0, 0.0, Focus()
        self.says = ""
        self._held: tuple[str, QPointF, Rect] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 200))
        self.setAccessibleName("What exported copies show")
        self.setAccessibleDescription(
            "Arrows move it, Shift and arrows make it larger or smaller, F sets the focus point"
        )

    def show_image(self, image: QImage, crop: Crop, focus: Focus) -> None:
        self.image, self.size_ = image, (image.width(), image.height())
        self.angle, self.focus = crop.angle or 0.0, focus
        self.rect_ = rect_of(crop, self.size_)
        self.changed.emit()
        self.update()

    def set_angle(self, angle: float) -> None:
        """Turn the picture; what is kept is made to fit."""
        whole = self.rect_ == largest(self.angle, self.size_, self._ratio())
        self.angle = angle
        self.rect_ = largest(angle, self.size_, self._ratio()) if whole else inside(self.rect_, angle, self.size_)
        self._say()

    def set_shape(self, shape: float) -> None:
        """Keep a shape: width over height, 0 for any, -1 for the picture's own."""
        self.shape = self.size_[0] / self.size_[1] if shape < 0 else shape
        if self.shape:
            x, y = self.rect_.middle
            made = largest(self.angle, self.size_, self.shape)
            self.rect_ = inside(self._clamped(Rect.around(x, y, made.width, made.height)), self.angle, self.size_)
        self._say()

    def reset(self) -> None:
        """The whole picture, as it stands in the file."""
        self.angle, self.shape, self.rect_, self.focus = 0.0, 0.0, Rect(), Focus()
        self._say()

    def _ratio(self) -> float:
        return self.shape or self.rect_.width * self.size_[0] / max(1e-9, self.rect_.height * self.size_[1])

    def _say(self) -> None:
        self.changed.emit()
        self.update()

    # geometry

    def _place(self) -> QRectF:
        """Where the picture stands in the widget, in points."""
        room = QRectF(self.rect()).adjusted(20, 20, -20, -20)
        scale = min(room.width() / self.size_[0], room.height() / self.size_[1])
        width, height = self.size_[0] * scale, self.size_[1] * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _kept(self) -> QRectF:
        place, rect = self._place(), self.rect_
        return QRectF(
            place.left() + rect.left * place.width(), place.top() + rect.top * place.height(),
            rect.width * place.width(), rect.height * place.height(),
        )  # fmt: skip

    def _part(self, point: QPointF) -> tuple[float, float]:
        place = self._place()
        return (point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height()

    def _clamped(self, rect: Rect) -> Rect:
        width, height = min(1.0, rect.width), min(1.0, rect.height)
        return Rect(max(0.0, min(1 - width, rect.left)), max(0.0, min(1 - height, rect.top)), width, height)

    def _grip(self, point: QPointF) -> str:
        """What a press would take: edges by their first letters, the focus point, the whole, or nothing."""
        if self.focus.x is not None and (self._focus_point() - point).manhattanLength() < REACH:
            return "focus"
        kept = self._kept()
        if not kept.adjusted(-REACH, -REACH, REACH, REACH).contains(point):
            return ""
        edges = ""
        edges += "t" if abs(point.y() - kept.top()) < REACH else "b" if abs(point.y() - kept.bottom()) < REACH else ""
        edges += "l" if abs(point.x() - kept.left()) < REACH else "r" if abs(point.x() - kept.right()) < REACH else ""
        return edges or "move"

    def _focus_point(self) -> QPointF:
        kept = self._kept()
        x, y = (0.5 if value is None else value for value in (self.focus.x, self.focus.y))
        return QPointF(kept.left() + x * kept.width(), kept.top() + y * kept.height())

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.image is not None and (grip := self._grip(event.position())):
            self._held = (grip, event.position(), self.rect_)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            shapes = {"t": "SizeVerCursor", "b": "SizeVerCursor", "l": "SizeHorCursor", "r": "SizeHorCursor",
                      "tl": "SizeFDiagCursor", "br": "SizeFDiagCursor", "tr": "SizeBDiagCursor", "bl": "SizeBDiagCursor",
                      "move": "SizeAllCursor", "focus": "PointingHandCursor"}  # fmt: skip
            self.setCursor(getattr(Qt.CursorShape, shapes.get(self._grip(event.position()), "ArrowCursor")))
            return
        grip, start, rect = self._held
        place = self._place()
        across, down = (
            (event.position().x() - start.x()) / place.width(),
            (event.position().y() - start.y()) / place.height(),
        )
        if grip == "focus":
            kept = self._kept()
            x = (event.position().x() - kept.left()) / kept.width()
            y = (event.position().y() - kept.top()) / kept.height()
            self.focus = Focus(round(max(0.0, min(1.0, x)), 3), round(max(0.0, min(1.0, y)), 3))
            self._say()
        elif grip == "move":
            self._move(rect, across, down)
        else:
            self._pull(rect, grip, across, down)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click sets the focus point."""
        kept = self._kept()
        if kept.contains(event.position()):
            x = (event.position().x() - kept.left()) / kept.width()
            y = (event.position().y() - kept.top()) / kept.height()
            self.focus = Focus(round(x, 3), round(y, 3))
            self._say()

    def _move(self, rect: Rect, across: float, down: float) -> None:
        """Move as far as the picture goes, also along its edge."""
        for right, lower in ((across, down), (across, 0.0), (0.0, down)):
            moved = self._clamped(Rect(rect.left + right, rect.top + lower, rect.width, rect.height))
            if inside(moved, self.angle, self.size_) == moved:
                self.rect_ = moved
                self._say()
                return

    def _pull(self, rect: Rect, grip: str, across: float, down: float) -> None:
        left, top, right, bottom = rect.left, rect.top, rect.left + rect.width, rect.top + rect.height
        if "l" in grip:
            left = max(0.0, min(right - LEAST, left + across))
        if "r" in grip:
            right = min(1.0, max(left + LEAST, right + across))
        if "t" in grip:
            top = max(0.0, min(bottom - LEAST, top + down))
        if "b" in grip:
            bottom = min(1.0, max(top + LEAST, bottom + down))
        made = Rect(left, top, right - left, bottom - top)
        if self.shape:
            made = self._shaped(made, rect, grip)
        if inside(made, self.angle, self.size_) == made:
            self.rect_ = made
            self._say()

    def _shaped(self, made: Rect, before: Rect, grip: str) -> Rect:
        """The pulled rectangle in the shape that is kept, from the corner or edge that stays."""
        part = self.shape * self.size_[1] / self.size_[0]
        width = made.height * part if grip in ("t", "b") else made.width
        width = min(width, 1.0, part)
        height = width / part
        left = before.left + before.width - width if "l" in grip else before.left
        top = before.top + before.height - height if "t" in grip else before.top
        return self._clamped(Rect(left, top, width, height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-STEP, 0.0),
            Qt.Key.Key_Right: (STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -STEP),
            Qt.Key.Key_Down: (0.0, STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        if self.image is None:
            super().keyPressEvent(event)
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pull(self.rect_, "br" if self.shape else "r" if step[0] else "b", *step)
        elif step is not None:
            self._move(self.rect_, *step)
        elif event.key() == Qt.Key.Key_F:
            self.focus = Focus() if self.focus.x is not None else Focus(0.5, 0.5)
            self._say()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("hairline"))
        if self.image is None:
            painter.setPen(self._theme.colour("second"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.says)
            return
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        place, kept = self._place(), self._kept()
        painter.save()
        painter.translate(place.center())
        painter.rotate(self.angle)
        painter.drawImage(QRectF(-place.width() / 2, -place.height() / 2, place.width(), place.height()), self.image)
        painter.restore()
        dim = QPainterPath()
        dim.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        hole.addRect(kept)
        ground = self._theme.colour("paper")
        ground.setAlpha(190)
        painter.fillPath(dim - hole, ground)
        self._paint_frame(painter, kept)

    def _paint_frame(self, painter: QPainter, kept: QRectF) -> None:
        white, dark = self._theme.colour("paper"), self._theme.colour("ink")
        for colour, width in ((dark, 3), (white, 1)):
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(kept)
        thin = self._theme.colour("paper")
        thin.setAlpha(110)
        painter.setPen(QPen(thin, 1))
        for part in (1 / 3, 2 / 3):
            x, y = kept.left() + part * kept.width(), kept.top() + part * kept.height()
            painter.drawLine(QPointF(x, kept.top()), QPointF(x, kept.bottom()))
            painter.drawLine(QPointF(kept.left(), y), QPointF(kept.right(), y))
        painter.setPen(QPen(dark, 1))
        painter.setBrush(white)
        middle = kept.center()
        for x in (kept.left(), middle.x(), kept.right()):
            for y in (kept.top(), middle.y(), kept.bottom()):
                if (x, y) != (middle.x(), middle.y()):
                    painter.drawRect(QRectF(x - 4, y - 4, 8, 8))
        if self.focus.x is not None:
            point = self._focus_point()
            for colour, width in ((dark, 4), (white, 2)):
                painter.setPen(QPen(colour, width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(point, 11, 11)
                painter.drawPoint(point)


class CropDialog(QDialog):
    """What exported copies of a still show. `crop` and `focus` are the record's new values when it is accepted."""

    def __init__(self, theme: Theme, tasks: Tasks, path: Path, still: Still, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Crop and straighten {still.name}")
        self.resize(min(1000, parent.width() - 40), min(720, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.view = FramingView(theme, self)
        layout.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(12)
        foot.addLayout(self._tools())
        foot.addLayout(self._buttons())
        layout.addLayout(foot)
        self._over = False
        self.view.changed.connect(self._changed)
        self._still = still
        tasks.run(lambda: pixels(path, SIDE), self._loaded, lambda error: self._failed(words.of(error, path)))
        self.view.setFocus()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.shape = QComboBox(self)
        self.shape.setAccessibleName("Shape")
        for name, shape in SHAPES:
            self.shape.addItem(name, shape)
        self.shape.activated.connect(lambda _: self.view.set_shape(self.shape.currentData()))
        row.addWidget(plain_label("Shape", self, wrap=False))
        row.addWidget(self.shape)
        row.addSpacing(12)
        row.addWidget(plain_label("Straighten", self, wrap=False))
        self.angle = QDoubleSpinBox(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(-150, 150)
        self.slider.setAccessibleName("Straighten")
        self.slider.valueChanged.connect(lambda tenth: self.angle.setValue(tenth / 10))
        row.addWidget(self.slider, 1)
        self.angle.setRange(-45, 45)
        self.angle.setDecimals(1)
        self.angle.setSingleStep(0.1)
        self.angle.setSuffix("°")
        self.angle.setAccessibleName("Degrees, clockwise")
        self.angle.valueChanged.connect(self._turn)
        row.addWidget(self.angle)
        row.addSpacing(12)
        self.focus_button = QPushButton("Focus point", self)
        self.focus_button.setCheckable(True)
        self.focus_button.setAutoDefault(False)
        self.focus_button.setToolTip(
            "What has to stay in sight where a theme crops the picture  (F, or a double click)"
        )
        self.focus_button.clicked.connect(self._toggle_focus)
        row.addWidget(self.focus_button)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.says = plain_label("", self)
        self.says.setProperty("second", True)
        row.addWidget(self.says, 1)
        reset, cancel, self.keep = (
            QPushButton("As in the file", self),
            QPushButton("Cancel", self),
            QPushButton("Keep", self),
        )
        self.keep.setObjectName("filled")
        self.keep.setDefault(True)
        self.keep.setEnabled(False)
        reset.clicked.connect(self._reset)
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self.accept)
        for button in (reset, cancel, self.keep):
            row.addWidget(button)
        return row

    def _loaded(self, made: tuple[int, int, bytes]) -> None:
        if self._over:
            return
        width, height, data = made
        image = picture(width, height, data)
        self.keep.setEnabled(True)
        self.view.show_image(image, self._still.crop, self._still.focus)

    def _failed(self, why: str) -> None:
        if not self._over:
            self.view.says = why
            self.view.update()

    def done(self, result: int) -> None:
        """A picture that is still on its way is not waited for."""
        self._over = True
        super().done(result)

    def _turn(self, angle: float) -> None:
        if self.view.image is not None and abs(angle - self.view.angle) > 1e-6:
            self.view.set_angle(angle)

    def _toggle_focus(self) -> None:
        self.view.focus = Focus(0.5, 0.5) if self.focus_button.isChecked() else Focus()
        self._changed()
        self.view.update()

    def _reset(self) -> None:
        self.shape.setCurrentIndex(0)
        self.view.reset()

    def _changed(self) -> None:
        for control, value in ((self.slider, round(self.view.angle * 10)), (self.angle, self.view.angle)):
            control.blockSignals(True)
            control.setValue(value)  # type: ignore[arg-type]
            control.blockSignals(False)
        self.focus_button.setChecked(self.view.focus.x is not None)
        crop = self.crop
        if not crop:
            self.says.setText("Exported copies show the whole picture.")
            return
        left, top, right, bottom = box(crop, self.view.size_)
        share = (right - left) * (bottom - top) / (self.view.size_[0] * self.view.size_[1])
        self.says.setText(f"Exported copies show {share:.0%} of the picture. The file stays as it is.")

    @property
    def crop(self) -> Crop:
        return to_crop(self.view.rect_, self.view.angle)

    @property
    def focus(self) -> Focus:
        return self.view.focus
