"""Which reviews name a film, and first mentions linked over the library."""

import datetime as dt

import pytest

from reviewer.library import batch, mentioned
from reviewer.library.folders import UserFolders
from reviewer.library.index import Index
from reviewer.library.reviews import open_review
from reviewer.review.marks import BUILT_IN
from tests.library.shelves import put

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "films"
    put(
        folder,
        "gattaca",
        "title: Gattaca\nfilm: {title: Gattaca, year: 1997}\ndate: 2020-01-01\n",
        "Of Gattaca (1997) and Moon (2009).\n",
    )
    put(
        folder,
        "moon",
        "title: About the Moon\nfilm: {title: Moon, year: 2009, other_titles: [Luna]}\ndate: 2021-01-01\n",
        "Like [[Gattaca (1997)]].\n",
    )
    put(
        folder,
        "essay",
        "title: Essay\ndate: 2022-01-01\n",
        "First.\n\nGattaca (1997), Luna (2009), Her (2013); [[Gattaca]].\n",
    )
    return folder


@pytest.fixture
def index(library, tmp_path):
    index = Index.open(UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e"), library, BUILT_IN)
    list(index.sync(TODAY))
    yield index
    index.close()


def test_who_names_a_film_is_found_with_line_and_words(index, library):
    found = mentioned.naming(index, [("Gattaca", 1997)], library / "gattaca/review.md")
    assert [(place.title, place.line, place.linked) for place in found] == [
        ("Essay", 3, False), ("Essay", 3, True), ("About the Moon", 1, True),
    ]  # fmt: skip
    assert found[0].words.startswith("Gattaca (1997), Luna (2009)")


def test_another_film_of_that_title_is_not_meant(index):
    assert [place.title for place in mentioned.naming(index, [("Gattaca", 1950)])] == [
        "Essay"
    ]  # the one without a year


def test_no_film_is_named_by_nobody(index):
    assert mentioned.naming(index, [("", None)]) == mentioned.naming(index, []) == []


def test_first_mentions_of_reviewed_films_are_linked_and_taken_back(index, library, tmp_path):
    before = {path: path.read_bytes() for path in library.glob("*/review.md")}
    changes = list(mentioned.linking(index.entries()))
    folders = UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e")
    batch.carry_out(changes, "Link", folders, library)
    text = {path.parent.name: open_review(path).reading.document.text for path in before}
    assert text["gattaca"] == "Of Gattaca (1997) and [[Moon (2009)]].\n"
    assert text["essay"] == "First.\n\n[[Gattaca (1997)]], [[Luna (2009)]], Her (2013); [[Gattaca]].\n"
    list(index.sync(TODAY))
    assert list(mentioned.linking(index.entries())) == []
    batch.put_back(folders, library)
    assert {path: path.read_bytes() for path in before} == before


def test_a_long_line_is_cut_around_the_film(tmp_path, index, library):
    put(library, "long", "title: Long\n", "word " * 100 + "Gattaca (1997) " + "word " * 100)
    list(index.sync(TODAY))
    (place,) = [one for one in mentioned.naming(index, [("Gattaca", 1997)]) if one.title == "Long"]
    assert place.words.startswith("… ")
    assert "Gattaca (1997)" in place.words
    assert len(place.words) < 160
