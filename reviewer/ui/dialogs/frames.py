"""Frames of a trailer or a disc file: look for one, step by single frames, take it at its full size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.stills import timecode
from reviewer.stills.formats import Refused
from reviewer.stills.video import ENDINGS, check_video
from reviewer.ui.icons import icon
from reviewer.ui.theme import MONO, Theme
from reviewer.ui.video.player import VideoPlayer
from reviewer.ui.widgets.fields import Line, plain_label

VIDEOS = f"Videos ({' '.join('*' + ending for ending in ENDINGS)});;All files (*)"
SECOND = 1_000_000
STEPS = 10_000
"""Places of the slider: finer than its pixels, whatever the video's length."""
_HELP = "← →  one frame     Shift  a second     Ctrl  ten seconds     Space  play     Enter  take the frame"


class Canvas(QWidget):
    """The picture, whole, on a dark ground; words where there is none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image = QImage()
        self.words = ""
        self.setMinimumSize(320, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The frame")

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(
            self.rect(), self._theme.colour("ink") if not self._theme.dark else self._theme.colour("paper")
        )
        if self.image.isNull():
            painter.setPen(self._theme.colour("paper") if not self._theme.dark else self._theme.colour("second"))
            painter.setFont(self._theme.font(14))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 20, -40, -20), int(flags), self.words)
            return
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self.image)
        if self.hasFocus():
            painter.setPen(self._theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class FramesDialog(QDialog):
    """A video to take frames from. `frame_taken` carries the JPEG, its microsecond, the frames a second, the still's kind,
    and the video's path."""

    frame_taken = Signal(bytes, object, float, str, object)

    def __init__(self, theme: Theme, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.path = theme, path
        self._rate, self._length = 25.0, 0
        self.start, self._end = 0, 0
        self._taken = 0
        self.playing = False
        self.resize(min(1040, parent.width() - 20), min(760, parent.height() - 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 14)
        layout.setSpacing(10)
        self.canvas = Canvas(theme, self)
        layout.addWidget(self.canvas, 1)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setAccessibleName("Place in the video")
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.slider.sliderMoved.connect(lambda place: self.seek(self._length * place // STEPS))
        self.slider.actionTriggered.connect(lambda _: QTimer.singleShot(0, self._follow_slider))
        for row in (self._place(), self._controls(), self._foot()):
            layout.addLayout(row)
        self.player = VideoPlayer(self)
        self.player.loaded.connect(self._loaded)
        self.player.shown.connect(self._shown)
        self.player.taken.connect(self._took)
        self.player.failed.connect(self._failed)
        self.load(path)

    # making

    def _place(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 2, 20, 0)
        row.addWidget(self.slider)
        return row

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(6)
        self.code = Line(self)
        self.code.setFont(self._theme.font(14, MONO))
        self.code.setAccessibleName("Time code")
        self.code.setToolTip("Hours, minutes, seconds and the frame; type one to go there")
        self.code.setFixedWidth(self.code.fontMetrics().horizontalAdvance("00:00:00:000") + 20)
        self.code.returnPressed.connect(self._go_to_code)
        row.addWidget(self.code)
        self.length = plain_label("", self, wrap=False)
        self.length.setProperty("second", True)
        row.addWidget(self.length)
        row.addStretch(1)
        self._buttons: dict[str, QToolButton] = {}
        for name, words, act in (
            ("step-back", "One frame back  (←)", lambda: self.step(-1)),
            ("play", "Play or pause  (Space)", self.toggle),
            ("step-forward", "One frame on  (→)", lambda: self.step(1)),
        ):
            button = QToolButton(self)
            button.setIcon(icon(name))
            button.setIconSize(QSize(20, 20))
            button.setToolTip(words)
            button.setAccessibleName(words.partition("  ")[0])
            button.clicked.connect(act)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.kinds = QButtonGroup(self)
        for at, (words, hint) in enumerate(
            (
                ("From a trailer", "Recorded as a frame of a trailer"),
                ("From the film", "Recorded as a frame of the film itself"),
            )
        ):
            choice = QRadioButton(words, self)
            choice.setToolTip(hint)
            row.addSpacing(8)
            self.kinds.addButton(choice, at)
            row.addWidget(choice)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 2, 20, 0)
        row.setSpacing(10)
        self.said = plain_label(_HELP, self)
        self.said.setProperty("second", True)
        row.addWidget(self.said, 1)
        other = QPushButton("Another video…", self)
        other.clicked.connect(self._choose)
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        self.take = QPushButton("Take this frame", self)
        self.take.setObjectName("filled")
        self.take.clicked.connect(self.take_frame)
        for button in (other, close, self.take):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    # a video

    def load(self, path: Path) -> None:
        """Open a video; what is none is said in the picture's place."""
        self.path = path
        self.setWindowTitle(f"Take a frame from {path.name}")
        trailer = any(word in path.stem.lower() for word in ("trailer", "teaser", "clip", "promo", "featurette"))
        self.kinds.button(0 if trailer or self.kinds.checkedId() == 0 else 1).setChecked(True)
        self._able(False)
        self.code.clear()
        self.length.setText("")
        self.slider.setValue(0)
        self._show_words(f"Opening {path.name}…")
        try:
            check_video(path)
        except Refused as refused:
            self._failed(refused.reason)
            return
        self.player.open(path, round(1280 * self.devicePixelRatioF()))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "A video", str(self.path.parent), VIDEOS)
        if name:
            self.load(Path(name))

    def _able(self, able: bool) -> None:
        for widget in (self.slider, self.code, self.take, *self._buttons.values()):
            widget.setEnabled(able)

    def _show_words(self, words: str) -> None:
        self.canvas.image, self.canvas.words = QImage(), words
        self.canvas.setAccessibleDescription(words)
        self.canvas.update()

    def _loaded(self, length: int, rate: float) -> None:
        self._length, self._rate = length, rate
        self.length.setText(f"of {timecode.written(length, rate)},  {rate:.5g} frames a second")

    def _shown(self, image: QImage, start: int, end: int) -> None:
        self.canvas.image = image
        self.start, self._end = start, end if end > start else start + round(SECOND / self._rate)
        if not self.take.isEnabled():
            self._able(True)
            self.canvas.setFocus()
        if not self.code.hasFocus():
            self.code.setText(timecode.written(start, self._rate))
        if not self.slider.isSliderDown() and self._length:
            self.slider.setValue(start * STEPS // self._length)
        self.canvas.setAccessibleDescription(timecode.written(start, self._rate))
        self.canvas.update()

    def _failed(self, why: str) -> None:
        self._able(False)
        self._set_playing(False)
        self._show_words(f"{self.path.name} cannot be shown.\n{why}")

    # moving

    def seek(self, microsecond: int) -> None:
        """Show the frame of a moment."""
        self._set_playing(False)
        self.player.seek(max(0, min(microsecond, self._length - 1)))

    def step(self, frames: int) -> None:
        """Go on, or back, by single frames: to the middle of the next one, so that rounding hits no other."""
        width = self._end - self.start
        self.seek(
            (self._end + width // 2 if frames > 0 else self.start - width // 2)
            + (frames - (1 if frames > 0 else -1)) * width
        )

    def _follow_slider(self) -> None:
        if not self.slider.isSliderDown():
            self.seek(self._length * self.slider.sliderPosition() // STEPS)

    def _go_to_code(self) -> None:
        moment = timecode.read(self.code.text(), self._rate)
        self.code.set_wrong(moment is None)
        if moment is not None:
            self.seek(moment)
            self.canvas.setFocus()

    def toggle(self) -> None:
        """Play, or pause."""
        self._set_playing(not self.playing)

    def _set_playing(self, on: bool) -> None:
        if on != self.playing:
            self.playing = on
            self._buttons["play"].setIcon(icon("pause" if on else "play"))
            self.player.play(on)

    # taking

    def take_frame(self) -> None:
        """Take the frame that is shown."""
        if self.take.isEnabled():
            self._set_playing(False)
            self.player.take()

    def _took(self, data: bytes, start: int) -> None:
        kind = "trailer-frame" if self.kinds.checkedId() == 0 else "frame"
        self._taken += 1
        count = f"{self._taken} {'frame' if self._taken == 1 else 'frames'} taken"
        self.said.setText(
            f"{count}, the last at {timecode.written(start, self._rate)}. Its permission is unknown until you say why it may appear."
        )
        self.frame_taken.emit(data, start, self._rate, kind, self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        far = (
            10 * SECOND
            if modifiers & Qt.KeyboardModifier.ControlModifier
            else SECOND
            if modifiers & Qt.KeyboardModifier.ShiftModifier
            else 0
        )
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = 1 if key == Qt.Key.Key_Right else -1
            self.seek((self.start + self._end) // 2 + way * far) if far else self.step(way)
        elif key == Qt.Key.Key_Space:
            self.toggle()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.seek(0 if key == Qt.Key.Key_Home else self._length)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.code.hasFocus():
            self.take_frame()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close; the process of the video ends."""
        self.player.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.player.stop()
        super().closeEvent(event)
