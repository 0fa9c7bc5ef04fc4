"""Frames of a video: every single one is reached, and a video that stalls or breaks holds nothing up.

The samples are 50 frames, 25 a second; each is one grey, 4 steps lighter than the one before.
"""

import os
import signal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl

from reviewer.stills.intake import read_picture
from reviewer.ui.dialogs.frames import FramesDialog
from reviewer.ui.widgets.incoming import incoming

SAMPLES = Path(__file__).parents[1] / "samples"
TRAILER = SAMPLES / "trailer.mp4"


@pytest.fixture
def show(program, qtbot):
    def run(path: Path, ready: bool = True) -> FramesDialog:
        program.pictures.frames(path)
        dialog = program.pictures.dialog
        if ready:
            qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)
        return dialog

    yield run
    if program.pictures.dialog is not None:
        program.pictures.dialog.reject()


def number(dialog: FramesDialog) -> int:
    """The number of the frame that is shown, by its grey."""
    image = dialog.canvas.image
    grey = image.pixelColor(image.width() // 2, image.height() // 2).red()
    return round(grey * 219 / 255 / 4)


def press(dialog, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> int:
    """Press a key and wait for the picture that comes of it: its number."""
    with qtbot.waitSignal(dialog.player.shown, timeout=10_000):
        qtbot.keyClick(dialog.canvas, key, modifier)
    return number(dialog)


@pytest.mark.parametrize("name", ["trailer.mp4", "trailer.mkv", "trailer.webm"])
def test_every_frame_is_reached_on_and_back(show, qtbot, name):
    dialog = show(SAMPLES / name)
    on = [press(dialog, qtbot, Qt.Key.Key_Right) for _ in range(12)]
    back = [press(dialog, qtbot, Qt.Key.Key_Left) for _ in range(12)]
    assert (on, back) == (list(range(1, 13)), list(range(11, -1, -1)))


def test_a_second_on_is_a_second(show, qtbot):
    dialog = show(TRAILER)
    assert press(dialog, qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier) == 25


def test_the_ends_are_the_first_and_the_last_frame(show, qtbot):
    dialog = show(TRAILER)
    assert press(dialog, qtbot, Qt.Key.Key_End) == 49
    assert press(dialog, qtbot, Qt.Key.Key_Home) == 0


def test_a_typed_time_code_leads_to_its_frame(show, qtbot):
    dialog = show(TRAILER)
    dialog.code.setText("00:00:01:07")
    with qtbot.waitSignal(dialog.player.shown, timeout=10_000):
        qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert (number(dialog), dialog.code.text()) == (32, "00:00:01:07")


def test_what_is_no_time_code_stays_and_is_marked(show, qtbot):
    dialog = show(TRAILER)
    dialog.code.setText("soon")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.code.property("wrong") is True
    assert number(dialog) == 0


def test_playing_goes_on_by_itself(show, qtbot):
    dialog = show(TRAILER)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: number(dialog) > 5, timeout=10_000)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Space)
    assert not dialog.playing


def test_a_taken_frame_is_a_still_that_knows_where_it_is_from(show, session, qtbot):
    dialog = show(TRAILER)
    press(dialog, qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    count = len(session.review.stills)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.review.stills) > count, timeout=10_000)
    still = session.review.stills[-1]
    assert (still.file, still.kind, still.timecode) == (
        "stills/never-let-me-go-00-00-01-00.jpg",
        "trailer-frame",
        "00:00:01:00",
    )
    assert still.source.name == "Never Let Me Go (2010), trailer.mp4"
    with Image.open(session.folder / still.file) as taken:
        assert (taken.size, round(taken.convert("L").getpixel((20, 20)) * 219 / 255 / 4)) == ((64, 36), 25)


def test_a_frame_of_the_film_is_told_apart(show, session, qtbot):
    dialog = show(TRAILER)
    dialog.kinds.button(1).setChecked(True)
    dialog.take_frame()
    qtbot.waitUntil(lambda: session.review.stills[-1].kind == "frame", timeout=10_000)


def test_a_frame_with_long_pixels_is_taken_as_it_is_seen(show, session, qtbot):
    dialog = show(SAMPLES / "anamorphic.mkv")
    count = len(session.review.stills)
    dialog.take_frame()
    qtbot.waitUntil(lambda: len(session.review.stills) > count, timeout=10_000)
    with Image.open(session.folder / session.review.stills[-1].file) as taken:
        assert taken.size == (102, 58)


def test_a_dropped_video_is_opened(program, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(TRAILER))])
    program.pictures.dropped(incoming(data))
    dialog = program.pictures.dialog
    assert dialog.path == TRAILER
    dialog.reject()


# what goes wrong


def worker(dialog: FramesDialog) -> int:
    return int(dialog.player._process.processId())


def test_a_video_that_stalls_is_given_up(show, qtbot):
    dialog = show(TRAILER)
    dialog.player._patience.setInterval(300)
    os.kill(worker(dialog), signal.SIGSTOP)
    dialog.step(1)
    qtbot.waitUntil(lambda: "does not answer" in dialog.canvas.words)
    assert not dialog.player.running


def test_a_decoder_that_breaks_says_so_and_the_video_can_be_opened_again(show, qtbot):
    dialog = show(TRAILER)
    os.kill(worker(dialog), signal.SIGKILL)
    qtbot.waitUntil(lambda: "broke off" in dialog.canvas.words)
    dialog.load(TRAILER)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)


@pytest.mark.parametrize("keep", [200, 1000])
def test_half_a_video_is_named(show, tmp_path, qtbot, keep):
    path = tmp_path / "half.mp4"
    path.write_bytes(TRAILER.read_bytes()[:keep])
    dialog = show(path, ready=False)
    qtbot.waitUntil(lambda: "half.mp4 cannot be shown" in dialog.canvas.words, timeout=20_000)


def test_what_is_no_video_is_named_at_once(show, tmp_path):
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\nhttp://example.org/a.ts\n")
    dialog = show(path, ready=False)
    assert "no video that is known" in dialog.canvas.words
    assert not dialog.player.running


def test_without_qts_video_part_the_way_to_get_it_is_said(show, tmp_path, monkeypatch, qtbot):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['PySide6.QtMultimedia'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    dialog = show(TRAILER, ready=False)
    qtbot.waitUntil(lambda: "pip install PySide6-Addons" in dialog.canvas.words, timeout=20_000)


def test_closing_ends_the_process(show, qtbot):
    dialog = show(TRAILER)
    pid = worker(dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not Path(f"/proc/{pid}/exe").exists())


def test_taken_frames_are_whole_pictures(show, session, qtbot):
    dialog = show(TRAILER)
    dialog.take_frame()
    dialog.take_frame()
    qtbot.waitUntil(lambda: "2 frames taken" in dialog.said.text(), timeout=10_000)
    qtbot.waitUntil(lambda: session.review.stills[-1].timecode == "00:00:00:00", timeout=10_000)
    assert read_picture(session.folder / session.review.stills[-1].file)
