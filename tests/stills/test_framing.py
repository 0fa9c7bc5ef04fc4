"""Crop and straightening: nothing empty is ever kept."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from reviewer.review.values import Crop
from reviewer.stills.framing import Rect, box, fits, framed, inside, largest, rect_of, to_crop

SIZE = (1920, 1080)
PARTS = st.floats(0, 1, allow_nan=False)
ANGLES = st.floats(-45, 45, allow_nan=False)


def test_no_crop_is_the_whole_picture():
    assert box(Crop(), SIZE) == (0, 0, 1920, 1080)


def test_a_crop_is_counted_from_the_upper_left_corner():
    assert box(Crop(0.25, 0.1, 0.5, 0.5), SIZE) == (480, 108, 1440, 648)


@given(ANGLES, st.floats(0.2, 5))
def test_the_largest_rectangle_of_a_shape_lies_inside_and_touches_an_edge(angle, shape):
    rect = largest(angle, SIZE, shape)
    assert fits(rect, angle, SIZE)
    assert not fits(Rect.around(0.5, 0.5, rect.width * 1.01, rect.height * 1.01), angle, SIZE)
    assert rect.width * 1920 / (rect.height * 1080) == pytest.approx(shape)


@given(ANGLES, PARTS, PARTS, PARTS, PARTS)
def test_whatever_a_hand_wrote_fits(angle, left, top, width, height):
    assert fits(rect_of(Crop(left, top, width, height, angle), SIZE), angle, SIZE)


@given(ANGLES, st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.05, 1), st.floats(0.05, 1))
@example(-21.52734375, 0.0, 0.1, 0.05027326286237576, 0.6733565461392284)  # the least there is, at the turned edge
def test_what_is_written_is_what_is_read(angle, left, top, width, height):
    rect = inside(Rect(left, top, min(width, 1 - left), min(height, 1 - top)), angle, SIZE)
    again = rect_of(to_crop(rect, angle), SIZE)
    assert (again.left, again.top, again.width, again.height) == pytest.approx(
        (rect.left, rect.top, rect.width, rect.height), abs=0.01
    )


def test_the_whole_picture_needs_no_record():
    assert to_crop(Rect(), 0.0) == Crop()


def test_a_turned_picture_has_no_empty_corners():
    white = Image.new("L", (300, 200), 255)
    kept = framed(white, Crop(angle=7))
    assert kept.getextrema() == (255, 255)
    assert kept.width < 300


def test_a_turn_is_clockwise():
    image = Image.new("L", (200, 200), 0)
    image.paste(255, (95, 45, 105, 55))  # a mark above the middle
    left, _, right, _ = framed(image, Crop(angle=30)).point(lambda value: 255 * (value > 128)).getbbox()
    kept = framed(image, Crop(angle=30))
    assert left > kept.width / 2
    assert right < kept.width
