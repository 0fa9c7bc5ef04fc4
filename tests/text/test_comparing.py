"""Two versions of a text and of a review, held against each other."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.review.values import Film, Mark, Permission, Review, Still
from reviewer.text.comparing import differences, field_differences, words_in

TEXTS = st.text(st.sampled_from("ab \n.é😀"), max_size=60)


def told(then: str, now: str) -> list[tuple[str, str]]:
    return [(then[slice(*one.then)], now[slice(*one.now)]) for one in differences(then, now)]


@given(TEXTS, TEXTS)
@settings(max_examples=300)
def test_the_older_text_with_each_difference_taken_is_the_newer(then, now):
    made, end = "", 0
    for one in differences(then, now):
        made += then[end : one.then[0]] + now[slice(*one.now)]
        end = one.then[1]
    assert made + then[end:] == now


def test_a_word_in_a_long_line_is_one_difference():
    assert told("The boat lies on the beach.\n", "The boat lies on a beach.\n") == [("the", "a")]


def test_words_beside_each_other_are_one_difference():
    assert told("one two three four", "one 2 3 four") == [("two three", "2 3")]


def test_a_new_paragraph_is_one_difference():
    assert told("One.\n\nTwo.\n", "One.\n\nNew.\n\nTwo.\n") == [("", "New.\n\n")]


def test_a_long_passage_that_changed_whole_is_not_taken_apart():
    then, now = "a " * 5000, "b " * 5000
    assert told(then, now) == [(then, now)]


def test_words_are_counted_without_signs():
    assert words_in("Carey Mulligan, 2010!") == 3


def test_fields_that_differ_are_named_by_their_keys():
    then = Review(title="Moon", film=Film(year=2009), rating=(Mark("five-stars", 4),))
    now = dataclasses.replace(then, film=Film(year=2010), rating=())
    assert [(d.key, d.then, d.now) for d in field_differences(then, now)] == [
        ("film.year", "2009", "2010"),
        ("rating five-stars.scale", "five-stars", ""),
        ("rating five-stars.value", "4", ""),
    ]


def test_a_still_is_named_by_its_file():
    then = Review(stills=(Still("stills/boat.jpg", permission=Permission("permission", "granted")),))
    now = Review(stills=(Still("stills/boat.jpg", permission=Permission("permission", "refused")),))
    assert [d.key for d in field_differences(then, now)] == ["stills stills/boat.jpg.permission.state"]
