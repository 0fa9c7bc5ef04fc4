"""What may not be done in a thread of a pool."""

from pathlib import Path

import pytest

import reviewer.ui

ON_THE_SCREENS_THREAD = {"dialogs/changes.py", "dialogs/evidence.py"}
"""Where Qt's own reader of pictures is used, while the window waits for it."""


def test_qts_reader_of_pictures_is_used_on_the_screens_thread_only():
    """In a thread it can lock the window for ever; `reviewer.ui.widgets.pixels` says how."""
    root = Path(reviewer.ui.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if any(word in path.read_text() for word in ("QImage.fromData(", "QImageReader(", "loadFromData("))
    }
    assert found == ON_THE_SCREENS_THREAD


@pytest.mark.parametrize("name", ["plain.png", "photograph.jpg"])
def test_a_picture_comes_out_of_its_pixels_as_it_is(picture, name, qapp):
    from reviewer.stills.thumbnails import pixels
    from reviewer.ui.widgets.pixels import picture as made

    image = made(*pixels(picture(name, (10, 200, 30), size=(64, 48)), 640))
    assert (image.width(), image.height()) == (64, 48)
    assert abs(image.pixelColor(20, 20).green() - 200) < 4
    assert not image.pixelColor(20, 20).alpha() < 255
