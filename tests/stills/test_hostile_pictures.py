"""Pictures that mean harm, and names that do: refused at once with a reason, or taken under a safe name."""

import io
import os
import struct
import threading
import tracemalloc
import zlib

import pytest
from PIL import Image

from reviewer.review.values import Still
from reviewer.stills.derive import publishable
from reviewer.stills.formats import Refused, check
from reviewer.stills.intake import read_picture, take_in
from reviewer.stills.thumbnails import thumbnail


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + png_chunk(b"IEND", b"")


def drawn(form: str = "JPEG", size=(32, 20)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, form)
    return out.getvalue()


BOMBS = {
    "sides of 60,000": png(60_000, 60_000, png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))),
    "a JPEG of 65,000 a side": b"\xff\xd8\xff\xc0\x00\x11\x08"
    + struct.pack(">HH", 65_000, 65_000)
    + b"\x03"
    + b"\x01\x11\x00" * 3,
    "a GIF of 65,535 a side": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\xf0\0\0" + b"\0" * 6 + b";",
    "a GIF whose only frame is 50,000 a side": b"GIF89a"
    + struct.pack("<HH", 78, 70)
    + b"\xf0\0\0"
    + b"\0" * 6
    + b"!\xf9\4\x08\0\0\0\0"
    + b","
    + struct.pack("<HHHH", 0, 0, 50_000, 50_000)
    + b"\0\2\0;",
    "a WebP of 16,000 a side": b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"
    + (16_382).to_bytes(3, "little") * 2
    + b"\0" * 20,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(name):
    tracemalloc.start()
    with pytest.raises(Refused):
        check(BOMBS[name], name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_frame_larger_than_memory_is_not_made():
    """What Pillow sets aside to clear such a frame is not seen by Python; that it stopped before is seen by its words."""
    with pytest.raises(Refused, match="It is more than 200 million pixels large; up to 100 million"):
        check(BOMBS["a GIF whose only frame is 50,000 a side"], "still.gif")


def test_text_that_unfolds_to_gigabytes_is_not_unfolded():
    packed = b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000)
    data = png(4, 4, png_chunk(b"zTXt", packed), png_chunk(b"IDAT", zlib.compress(b"\0" * 4 * 13)))
    tracemalloc.start()
    with pytest.raises(Refused):
        publishable(data, Still("a.png"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("keep", [3, 20, 0.5, 0.9])
def test_a_picture_that_breaks_off_is_refused_or_whole(form, keep):
    data = drawn(form, (200, 120))
    half = data[: keep if isinstance(keep, int) else int(len(data) * keep)]
    with pytest.raises(Refused):
        check(half, "a picture")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "an SVG drawing"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "no picture that is known"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file", "an EPS or PostScript file"),
        (b"\xc5\xd0\xd3\xc6" + b"\0" * 40, "an EPS or PostScript file"),
        (b"II*\0" + b"\0" * 40, "a TIFF"),
        (b"8BPS" + b"\0" * 40, "a Photoshop file"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "an HEIC photograph"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!doctype html><script>alert(1)</script>", "a web page"),
        (b"#!/bin/sh\nrm -rf ~\n", "no picture that is known"),
        (b"", "It is empty."),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_named_whatever_it_calls_itself(data, words):
    with pytest.raises(Refused) as refused:
        check(data, "boat.jpg")
    assert words in refused.value.reason


@pytest.mark.parametrize(("form", "ending"), [("PNG", ".png"), ("GIF", ".gif"), ("WEBP", ".webp")])
def test_an_ending_that_lies_is_put_right(tmp_path, form, ending):
    assert take_in(tmp_path, drawn(form), "boat.jpg").file == f"stills/boat{ending}"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a" * 251 + ".jpg", "stills/" + "a" * 80 + ".jpg"),
        ("boat\u202egnp.jpg", "stills/boat-gnp.jpg"),
        ("boat\n\r\t\0\x1b[31m.jpg", "stills/boat-31m.jpg"),
        ("../../etc/passwd.jpg", "stills/passwd.jpg"),
        ("..\\..\\boot.jpg", "stills/boot.jpg"),
        ("CON.jpg", "stills/con-film.jpg"),
        (".jpg", "stills/jpg.jpg"),
        ("---.jpg", "stills/still.jpg"),
        ("\u202e\u05e6\u05d9.jpg", None),
        ("Ünïcödé & co.jpg", "stills/unicode-and-co.jpg"),
    ],
)
def test_a_name_becomes_a_safe_one(tmp_path, name, kept):
    file = take_in(tmp_path, drawn(), name).file
    assert file == kept or (kept is None and file.startswith("stills/film-"))
    assert (tmp_path / file).read_bytes() == drawn() or (tmp_path / file).is_file()


def test_an_empty_name_is_a_still(tmp_path):
    assert take_in(tmp_path, drawn(), "").file == "stills/still.jpg"


# files that are none


def within(seconds: float, work) -> object:
    """What some work gives or raises; fails where it does not end in time."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(work())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert found, "it waits"
    return found[0]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    pipe = tmp_path / "boat.jpg"
    os.mkfifo(pipe)
    assert isinstance(within(5, lambda: read_picture(pipe)), Refused)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty", "/proc/self/mem"])
def test_devices_are_refused(path):
    from pathlib import Path

    assert isinstance(within(5, lambda: read_picture(Path(path))), Refused)


def test_a_link_to_another_file_is_read_as_that_file(tmp_path):
    (tmp_path / "real.jpg").write_bytes(drawn())
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real.jpg")
    assert read_picture(tmp_path / "link.jpg") == (tmp_path / "real.jpg").read_bytes()


def test_a_link_in_a_circle_is_refused(tmp_path):
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "a.jpg")
    with pytest.raises(Refused):
        read_picture(tmp_path / "a.jpg")


def test_a_still_that_became_a_link_out_of_the_review_is_not_published(reviewer, review, tmp_path, picture, blog):
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own")
    reviewer("set", review, "date=2011-02-03")
    secret = tmp_path / "secret.png"
    secret.write_bytes(drawn("PNG"))
    still = review.parent / "stills" / "boat.png"
    still.unlink()
    still.symlink_to(secret)
    said = reviewer("export", review, "--to", blog)
    assert said.status != 0
    assert "outside the review" in said.out + said.err
    assert not list(blog.rglob("*.png"))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_the_library_costs_no_thumbnail(tmp_path, name):
    path = tmp_path / "still.png"
    path.write_bytes(BOMBS[name])
    with pytest.raises(Refused):
        thumbnail(path, 320, 180)
