"""One film in several reviews."""

import pytest

from reviewer.review.films import completed, differences, filled, same
from reviewer.review.values import Credits, Crew, Feature, Film, Ids, Mark, Review, Role, Seen

MOON = Film(
    "Moon", year=2009, runtime=97, countries=("United Kingdom",), ids=Ids(imdb="tt1182345"), seen=Seen(where="cinema")
)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (Film("moon", year=2009), True), (Film("Moon"), True), (Film("Moon", year=1950), False), (Film("Sun", year=2009), False),
        (Film("Luna", year=2009, other_titles=("Moon",)), True), (Film("Luna", "Moon", 2009), True),
        (Film("Luna", ids=Ids(imdb="tt1182345")), True), (Film("Moon", year=2009, ids=Ids(imdb="tt0000001")), False), (Film(), False),
    ],
)  # fmt: skip
def test_a_film_is_the_same_by_number_else_by_title_and_year(other, is_same):
    assert same(MOON, other) is same(other, MOON) is is_same


def test_what_two_records_state_differently_is_named():
    (found,) = differences(MOON, Film("Moon", year=2009, runtime=98, countries=("united kingdom",)))
    assert (found.what, found.here, found.there) == ("running time", "97", "98")


def test_what_only_one_states_is_no_difference():
    assert differences(MOON, Film("Moon")) == []


def test_nothing_that_stands_there_is_changed_and_the_viewing_stays():
    here = Feature(Film("Mond", year=2009), (Mark("ten", 8),), Credits((Crew("director", ("D. Jones",)),)))
    there = Feature(
        MOON,
        (Mark("ten", 3),),
        Credits(
            (Crew("director", ("Duncan Jones",)), Crew("writer", ("Nathan Parker",))), (Role("Sam", ("Sam Rockwell",)),)
        ),
    )
    made = completed(here, there)
    assert (made.film.title, made.film.runtime, made.film.ids.imdb, made.film.seen) == ("Mond", 97, "tt1182345", Seen())
    assert (made.rating, made.credits.people("director"), made.credits.people("writer")) == (
        here.rating,
        ("D. Jones",),
        ("Nathan Parker",),
    )
    assert made.credits.cast == there.credits.cast


def test_a_review_is_filled_from_others_of_its_films_only():
    review = Review(film=Film("Moon", year=2009), also=(Feature(Film("Her", year=2013)),))
    made = filled(review, [Feature(MOON), Feature(Film("Sun", runtime=1))])
    assert (made.film.runtime, made.also) == (97, review.also)
    assert filled(review, []) is review
