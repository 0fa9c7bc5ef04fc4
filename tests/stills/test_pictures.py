"""Pictures taken in unchanged, and made for publishing."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from reviewer.review.values import Permission, Still
from reviewer.stills.derive import publishable
from reviewer.stills.formats import Refused, check, sniff
from reviewer.stills.intake import add_evidence, take_in
from reviewer.stills.thumbnails import thumbnail

STILL = Still(
    "stills/a.jpg",
    alt="A <b>",
    caption="Cap & tion",
    credit="Fox",
    permission=Permission(note="secret", terms="private"),
)
FORMS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


def drawn(form: str, size=(64, 40), **options) -> bytes:
    out = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    image.save(out, form, **options)
    return out.getvalue()


def with_gps(form: str, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 13.0, 0.0)
    return drawn(form, exif=exif)


@pytest.mark.parametrize("form", FORMS)
def test_each_format_is_known_by_its_content(form):
    assert check(drawn(form), "x").format == form


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(form):
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, form)
    with pytest.raises(Refused, match=r"not a whole one|damaged"):
        check(out.getvalue()[: len(out.getvalue()) // 2], "x")


def test_the_bytes_stay_as_they_are(tmp_path):
    data = with_gps("JPEG", 6)
    taken = take_in(tmp_path, data, "Boat & Fog.JPEG")
    assert taken.file == "stills/boat-and-fog.jpg"
    assert (tmp_path / taken.file).read_bytes() == data


def test_the_same_bytes_twice_are_one_file(tmp_path):
    first = take_in(tmp_path, drawn("PNG"), "a.png")
    again = take_in(tmp_path, drawn("PNG"), "other.png")
    assert (again.file, again.again) == (first.file, True)


def test_another_picture_of_the_same_name_never_overwrites(tmp_path):
    one, other = take_in(tmp_path, drawn("PNG"), "a.png"), take_in(tmp_path, drawn("PNG", (9, 9)), "A.png")
    assert {one.file, other.file} == {"stills/a.png", "stills/a-2.png"}


def test_the_same_bytes_at_the_same_time_are_one_file(tmp_path):
    data = drawn("PNG")
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: take_in(tmp_path, data, f"{n}.png"), range(40)))
    assert len({one.file for one in taken}) == len(list((tmp_path / "stills").iterdir())) == 1


def test_a_file_that_is_being_written_is_no_still(tmp_path):
    data = drawn("PNG")
    (tmp_path / "stills").mkdir()
    (tmp_path / "stills" / ".a.png.1234.tmp").write_bytes(data)
    assert take_in(tmp_path, data, "a.png").file == "stills/a.png"


def test_evidence_is_copied_once(tmp_path):
    letter = tmp_path / "Reply from Fox.eml"
    letter.write_text("Yes")
    first, again = add_evidence(tmp_path, letter), add_evidence(tmp_path, letter)
    assert first == again == ("permissions/reply-from-fox.eml", hashlib.sha256(b"Yes").hexdigest())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_published_picture_has_no_position(form):
    made = publishable(with_gps(form), STILL)
    assert not Image.open(io.BytesIO(made)).getexif()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_published_picture_carries_credit_and_words_but_no_notes(form):
    xmp = Image.open(io.BytesIO(publishable(drawn(form), STILL))).info["xmp"]
    text = xmp.decode() if isinstance(xmp, bytes) else xmp
    assert "Fox" in text
    assert "Cap &amp; tion" in text
    assert "secret" not in text
    assert "private" not in text


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_published_picture_has_the_same_pixels(form):
    data = drawn(form)
    before, after = (Image.open(io.BytesIO(d)).convert("RGB").tobytes() for d in (data, publishable(data, STILL)))
    assert before == after


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_a_turned_picture_is_published_upright(form):
    assert Image.open(io.BytesIO(publishable(with_gps(form, 6), STILL))).size == (40, 64)


@pytest.mark.parametrize("form", FORMS)
def test_publishing_twice_gives_the_same_bytes(form):
    data = drawn(form)
    assert publishable(data, STILL) == publishable(data, STILL)


def test_what_trails_a_jpeg_is_cut_off():
    made = publishable(drawn("JPEG") + b"GPS 52.13 in a trailer", STILL)
    assert made.endswith(b"\xff\xd9")


@pytest.mark.parametrize("form", FORMS)
def test_a_thumbnail_is_small(tmp_path, form):
    (tmp_path / "a").write_bytes(drawn(form, (900, 600)))
    assert max(Image.open(io.BytesIO(thumbnail(tmp_path / "a", 96, 54))).size) <= 110


def test_a_script_named_jpg_is_no_picture():
    assert sniff(b"<html><script>") is None
