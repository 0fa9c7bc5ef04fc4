"""Reviews of two films: every place that knows a film knows the second one too."""

import datetime as dt

import pytest

from reviewer.interop import letterboxd
from reviewer.library import searching, vocabulary
from reviewer.library.batch import Change
from reviewer.library.folders import UserFolders
from reviewer.library.index import Index
from reviewer.library.reviews import open_review, save_review
from reviewer.review.marks import BUILT_IN
from reviewer.review.query import parse
from reviewer.review.terms import names_of, used
from reviewer.review.values import Credits, Feature, Film, Mark
from tests.library.shelves import put

TODAY = dt.date(2026, 11, 24)
FRONT = """title: Two with one face
film: {title: Gattaca, year: 1997}
rating: [{scale: five-stars, value: 4}]
credits:
  director: [Andrew Niccol]
also:
  - film: {title: Moon, year: 2009, genres: [Science fiction], ids: {imdb: tt1182345}}
    rating: [{scale: five-stars, value: 5}]
    credits:
      director: [Duncan Jones]
      cast:
        - {role: Sam, actors: [Sam Rockwell]}
"""


@pytest.fixture
def path(tmp_path):
    return put(tmp_path / "films", "two", FRONT, "Words.\n")


@pytest.fixture
def index(tmp_path, path):
    put(tmp_path / "films", "old", "title: Old words\narchived: true\nfilm: {title: Alien, year: 1979}\n", "A ship.\n")
    index = Index.open(UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e"), tmp_path / "films", BUILT_IN)
    list(index.sync(TODAY))
    yield index
    index.close()


def found(index, typed):
    return [path.parent.name for path in searching.search(index, parse(typed, BUILT_IN, TODAY)).paths]


@pytest.mark.parametrize(
    "typed",
    ["director:jones", "film:moon", "year:2009", "year:1997", 'genre:"science fiction"', "role:sam", "has:double-bill"],
)
def test_a_search_knows_the_second_film(index, typed):
    assert found(index, typed) == ["two"]


def test_the_list_of_films_counts_both(index):
    assert [use.term for use in vocabulary.uses(index, "film")] == ["Alien (1979)", "Gattaca (1997)", "Moon (2009)"]


def test_a_person_of_the_second_film_is_renamed(index, path):
    (change,) = vocabulary.renaming(
        vocabulary.holding(index, "person", ["Sam Rockwell"]), "person", ["Sam Rockwell"], ["S. Rockwell"]
    )
    assert isinstance(change, Change)
    assert change.after == change.before.replace(b"actors: [Sam Rockwell]", b"actors: [S. Rockwell]")


def test_the_second_film_is_renamed(index, path):
    assert vocabulary.holding(index, "film", ["Moon"]) == [path]
    (change,) = vocabulary.renaming([path], "film", ["Moon"], ["Moon, the"])
    assert change.after == change.before.replace(b"{title: Moon,", b'{title: "Moon, the",')


def test_letterboxd_gets_a_row_a_film(path):
    first, second = letterboxd.rows(open_review(path).reading.review)
    assert (first["Title"], first["Rating"], first["Directors"]) == ("Gattaca", "4", "Andrew Niccol")
    assert (second["Title"], second["Rating"], second["imdbID"]) == ("Moon", "5", "tt1182345")


def test_a_third_film_is_written_below_the_second(path, history):
    was = open_review(path)
    third = Feature(
        Film("Her", year=2013), (Mark("five-stars", 3),), Credits().with_people("director", ["Spike Jonze"])
    )
    review = was.reading.review
    now, _ = save_review(was, review.with_features([*review.features, third]), history=history)
    assert now.data.decode().startswith("---\n" + FRONT + "  - film:\n      title: Her\n      year: 2013\n")
    assert now.reading.review.features[2] == third


def test_the_names_of_both_are_known(path):
    review = open_review(path).reading.review
    assert {"Andrew Niccol", "Duncan Jones", "Sam", "Moon"} <= set(names_of(review))
    assert used(review, "film") == ("Gattaca", "Moon")


# what is archived


@pytest.mark.parametrize(
    ("typed", "names"),
    [("ship", []), ("", ["two"]), ("ship is:archived", ["old"]), ("has:archived", ["old"]), ("-has:archived", ["two"])],
)
def test_what_is_archived_is_found_where_it_is_asked_for(index, typed, names):
    assert found(index, typed) == names


def test_facets_do_not_count_what_is_archived(index):
    assert searching.facets(index, parse("", BUILT_IN, TODAY)).total == 1


# people of one name


def test_people_of_one_name_are_told_apart_by_what_they_did_and_when(tmp_path, index):
    put(tmp_path / "films", "shame", "title: Shame\nfilm: {year: 2011}\ncredits: {director: [Steve McQueen]}\n", "")
    put(
        tmp_path / "films",
        "escape",
        "title: Escape\nfilm: {year: 1963}\ncredits: {cast: [{role: Hilts, actors: [Steve McQueen]}]}\n",
        "",
    )
    put(tmp_path / "films", "widows", "title: Widows\nfilm: {year: 2018}\ncredits: {director: [Steve McQueen]}\n", "")
    list(index.sync(TODAY))
    (use,) = [one for one in vocabulary.uses(index, "person") if one.term == "Steve McQueen"]
    assert (use.count, use.note) == (3, "director 2011–2018, actor 1963")
    (director,) = [one for one in vocabulary.uses(index, "director") if one.term == "Steve McQueen"]
    assert director.note == "director 2011–2018"
