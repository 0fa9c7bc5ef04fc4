"""Small pictures kept by content, and pictures that look the same."""

import io
import os
import random

import pytest
from PIL import Image, ImageDraw

from reviewer.stills import copies
from reviewer.stills.cache import PictureCache
from reviewer.stills.formats import Refused
from reviewer.stills.likeness import groups, likeness


def drawing(seed: int = 1, size: tuple[int, int] = (640, 360)) -> Image.Image:
    """A picture with shapes in it, another for each seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (40, 90, 120))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, wide = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(30, 160)
        draw.ellipse((x - wide, y - 50, x + wide, y + 50), fill=tuple(chance.randrange(256) for _ in range(3)))
    return image


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.fixture
def cache(tmp_path):
    made = PictureCache(tmp_path / "kept" / "pictures.sqlite")
    yield made
    made.close()


@pytest.fixture
def still(tmp_path):
    path = tmp_path / "boat.jpg"
    path.write_bytes(jpeg(drawing()))
    return path


def rows(cache):
    return cache._do("SELECT sha256 FROM small", ())


def test_a_copy_under_another_name_needs_no_new_picture(cache, still, tmp_path):
    first = cache.thumbnail(still, 240, 135)
    (tmp_path / "copy.jpg").write_bytes(still.read_bytes())
    assert cache.thumbnail(tmp_path / "copy.jpg", 240, 135) == first
    assert len(rows(cache)) == 1


def test_a_kept_picture_is_not_drawn_again(cache, still, monkeypatch):
    first = cache.thumbnail(still, 240, 135)
    monkeypatch.setattr("reviewer.stills.cache.draw", lambda *_: pytest.fail("drawn again"))
    assert cache.thumbnail(still, 240, 135) == first


def test_a_changed_file_has_another_picture(cache, still):
    first = cache.thumbnail(still, 240, 135)
    still.write_bytes(jpeg(drawing(2)))
    os.utime(still, ns=(1, 1))
    assert cache.thumbnail(still, 240, 135) != first


def test_a_damaged_cache_is_made_anew(still, tmp_path):
    place = tmp_path / "pictures.sqlite"
    place.write_bytes(b"no database" * 400)
    cache = PictureCache(place)
    for _ in range(2):
        assert Image.open(io.BytesIO(cache.thumbnail(still, 240, 135))).size == (240, 135)
    assert len(rows(cache)) == 1
    cache.close()


def test_a_place_that_cannot_be_written_costs_only_time(still, tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = PictureCache(tmp_path / "file" / "pictures.sqlite")
    assert cache.thumbnail(still, 240, 135)


def test_what_was_not_looked_at_for_longest_goes(tmp_path):
    cache = PictureCache(tmp_path / "p.sqlite", most=60_000)
    for seed in range(12):
        (tmp_path / f"{seed}.jpg").write_bytes(jpeg(drawing(seed + 1)))
        cache.thumbnail(tmp_path / f"{seed}.jpg", 240, 135)
    (total,) = cache._row("SELECT SUM(LENGTH(picture)) FROM small")
    assert 0 < total <= 60_000
    last = cache.known(tmp_path / "11.jpg").sha256
    assert (last,) in rows(cache)
    cache.close()


def test_no_picture_is_refused_by_name(cache, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"<svg/>")
    with pytest.raises(Refused, match=r"a\.jpg"):
        cache.thumbnail(tmp_path / "a.jpg", 240, 135)


# likeness


@pytest.mark.parametrize(
    "other",
    [
        lambda image: image.resize((320, 180)),
        lambda image: image.crop((6, 4, 634, 356)),
        lambda image: image.point(lambda value: min(255, int(value * 1.1))),
        lambda image: Image.open(io.BytesIO(jpeg(image, 30))),
        lambda image: image.convert("L").convert("RGB"),
    ],
    ids=["smaller", "cropped a little", "lighter", "in low quality", "grey"],
)
def test_the_same_frame_in_another_form_is_found(other):
    image = drawing(3)
    found = groups({"a": likeness(jpeg(image)), "b": likeness(jpeg(other(image))), "c": likeness(jpeg(drawing(5)))})
    assert found == [["a", "b"]]


def test_other_pictures_are_not_alike():
    assert groups({seed: likeness(jpeg(drawing(seed))) for seed in range(1, 40)}) == []


def test_flat_pictures_are_like_nothing():
    flat = {n: likeness(jpeg(Image.new("RGB", (64, 36), (n, n, n)))) for n in (0, 10, 255)}
    assert groups(flat) == []


def test_likeness_of_what_is_no_picture_is_empty():
    assert likeness(b"\xff\xd8\xff") == ""


def test_copies_name_the_same_bytes_and_those_nearly_the_same(cache, tmp_path):
    image = drawing(3)
    files = {"a": jpeg(image), "b": jpeg(image), "c": jpeg(image.resize((320, 180))), "d": jpeg(drawing(7))}
    for name, data in files.items():
        (tmp_path / f"{name}.jpg").write_bytes(data)
    found = copies.find([*(tmp_path / f"{name}.jpg" for name in files), tmp_path / "gone.jpg"], cache)
    assert {path.stem: kind for path, (kind, _) in found.items()} == {"a": "same", "b": "same", "c": "near"}
    assert len({group for _, group in found.values()}) == 1
