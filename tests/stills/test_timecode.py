"""Time codes as they are written and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.stills.formats import Refused
from reviewer.stills.timecode import read, written
from reviewer.stills.video import check_video


@pytest.mark.parametrize(
    ("moment", "rate", "text"),
    [(0, 25, "00:00:00:00"), (1_960_292, 24_000 / 1001, "00:00:01:23"), (3_723_040_000, 25, "01:02:03:01"), (999_999, 25, "00:00:00:24")],
)  # fmt: skip
def test_a_moment_is_written_as_a_time_code(moment, rate, text):
    assert written(moment, rate) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [("3.5", 3_500_000), ("2:03", 123_000_000), ("1:02:03", 3_723_000_000), ("1:02:03,25", 3_723_250_000),
     (" 00:00:01:00 ", 1_020_000), ("0;5", 5_000_000)],
)  # fmt: skip
def test_a_typed_time_code_is_read(text, moment):
    assert read(text, 25) == moment


@pytest.mark.parametrize("text", ["", "soon", "1:2:3:4:5", "-3", "1::2", "99999999999", "1.5:2"])
def test_what_is_no_time_code_is_none(text):
    assert read(text, 25) is None


@given(st.integers(0, 40_000_000_000), st.sampled_from([24_000 / 1001, 24, 25, 30_000 / 1001, 50, 60]))
def test_a_written_time_code_leads_to_its_own_frame(moment, rate):
    assert written(read(written(moment, rate), rate), rate) == written(moment, rate)


@pytest.mark.parametrize(
    "data", [b"", b"#EXTM3U\n#EXTINF:1,\nhttp://example.org/a.ts\n", b"ffconcat version 1.0\nfile 'http://x'\n", b"<MPD></MPD>", b"\x89PNG\r\n"]
)  # fmt: skip
def test_lists_of_addresses_and_other_files_are_no_videos(tmp_path, data):
    path = tmp_path / "trailer.mp4"
    path.write_bytes(data)
    with pytest.raises(Refused):
        check_video(path)


def test_a_pipe_is_no_video(tmp_path):
    import os

    os.mkfifo(tmp_path / "trailer.mp4")
    with pytest.raises(Refused):
        check_video(tmp_path / "trailer.mp4")
