"""Scales of the writer's own, what marks are worth, and marks as another scale's."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.review.marks import (
    BUILT_IN,
    FIVE_STARS,
    BadScale,
    Scale,
    converted,
    from_plain,
    sound,
    to_plain,
)
from reviewer.review.values import Mark, Review

HEARTS = Scale("hearts", "Hearts", 6, 1, worst=1, symbol="♥", form="{signs}", table=(("3", 50.0),))
WORDS = Scale("words", "Words", labels=("must", "may", "must not"))
SCALES = BUILT_IN.with_scale(HEARTS).with_scale(WORDS)


@pytest.mark.parametrize(
    ("scale", "value", "text"),
    [("five-stars", 1, "1 star"), ("five-stars", 3.5, "3½ stars"), ("five-stars", 0.5, "½ star"), ("five-stars", 0, "0 stars"),
     ("ten", 7.5, "7.5/10"), ("percent", 76, "76 %"), ("thumbs", "up", "Thumbs up"), ("letters", "B+", "B+"),
     ("hearts", 3, "♥♥♥"), ("words", "may", "may"), ("gone", 3, "3 (gone)")],
)  # fmt: skip
def test_a_mark_reads_as_its_scale_says(scale, value, text):
    assert SCALES.text(Mark(scale, value)) == text


def test_a_form_of_ones_own_is_filled_in():
    assert replace(FIVE_STARS, form="{signs} ({value}/{best})").text(3.5) == "★★★½ (3.5/5)"


def test_a_table_of_ones_own_is_even_between_its_numbers():
    assert [HEARTS.worth(n) for n in (1, 2, 3, 6)] == [0, 25, 50, 100]


def test_words_without_a_table_are_evenly_apart():
    assert [WORDS.worth(word) for word in WORDS.labels] == [100, 50, 0]


@pytest.mark.parametrize("scale", SCALES.each, ids=SCALES.names)
def test_a_better_mark_is_never_worth_less(scale):
    worths = [scale.worth(value) for value in scale.values]
    assert worths == sorted(worths)


@pytest.mark.parametrize("scale", SCALES.each, ids=SCALES.names)
@given(worth=st.floats(0, 100))
def test_each_common_value_counts_as_exactly_one_mark(scale, worth):
    reached = [v for v in scale.values if (reach := scale.reach(v)) and reach[0] < worth <= reach[1]]
    assert reached == [scale.nearest(worth)] or abs(scale.worth(scale.nearest(worth)) - worth) < 1e-6


@given(source=st.sampled_from(SCALES.each), target=st.sampled_from(SCALES.each), data=st.data())
def test_marks_there_and_back_are_within_a_step(source, target, data):
    value = data.draw(st.sampled_from(source.values))
    there = target.nearest(source.worth(value))
    back = source.nearest(target.worth(there))
    worths = [target.worth(v) for v in target.values]
    widest = max(b - a for a, b in itertools.pairwise(worths))
    own = sorted({source.worth(v) for v in source.values})
    step = max(b - a for a, b in itertools.pairwise(own))
    assert abs(source.worth(back) - source.worth(value)) <= widest / 2 + step / 2 + 1e-6


@given(source=st.sampled_from(SCALES.each), target=st.sampled_from(SCALES.each))
def test_a_better_mark_never_becomes_a_worse_one(source, target):
    made = [target.worth(target.nearest(source.worth(value))) for value in source.values]
    assert made == sorted(made)


def test_a_rating_is_seen_from_its_mark_on_a_scale_else_from_its_first():
    rating = (Mark("letters", "B+"), Mark("five-stars", 4))
    assert (SCALES.worth_of(rating, "five-stars"), SCALES.worth_of(rating, "ten"), SCALES.worth_of((), "ten")) == (
        80,
        83,
        None,
    )


def test_a_mark_off_its_scale_counts_for_nothing():
    assert SCALES.worth_of((Mark("five-stars", 9), Mark("letters", "B")), "five-stars") == 75


def test_a_mark_is_converted_in_its_place():
    review = Review(rating=(Mark("five-stars", 4), Mark("letters", "B+")))
    made = converted(review, SCALES, FIVE_STARS, SCALES.get("ten"))
    assert made.rating == (Mark("ten", 8), Mark("letters", "B+"))


def test_a_mark_is_converted_beside_the_old_one():
    made = converted(Review(rating=(Mark("five-stars", 4),)), SCALES, FIVE_STARS, SCALES.get("ten"), keep=True)
    assert made.rating == (Mark("five-stars", 4), Mark("ten", 8))


def test_a_mark_that_is_there_already_is_kept():
    review = Review(rating=(Mark("five-stars", 4), Mark("letters", "C")))
    assert converted(review, SCALES, FIVE_STARS, SCALES.get("letters")).rating == (Mark("letters", "C"),)


@pytest.mark.parametrize(
    "review", [Review(), Review(rating=(Mark("five-stars", 9),)), Review(rating=(Mark("letters", "B"),))]
)
def test_a_review_without_such_a_mark_stays(review):
    assert converted(review, SCALES, FIVE_STARS, SCALES.get("ten")) is review


@pytest.mark.parametrize(
    ("scale", "says"),
    [
        (replace(HEARTS, name="♥"), "no name"),
        (replace(HEARTS, step=0), "step"),
        (replace(HEARTS, best=1), "higher than the worst"),
        (replace(HEARTS, step=2), "do not reach"),
        (replace(HEARTS, step=0.0001), "too many"),
        (replace(HEARTS, table=(("9", 50.0),)), "holds 9"),
        (replace(HEARTS, table=(("3", 150.0),)), "0 to 100"),
        (replace(HEARTS, table=(("2", 80.0), ("3", 20.0))), "rise"),
        (Scale("w", "W", labels=("one",)), "two at least"),
        (Scale("w", "W", labels=("yes", "Yes")), "capitals only"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_with_a_reason(scale, says):
    with pytest.raises(BadScale, match=says):
        sound(scale)


def test_scales_are_kept_in_settings():
    scales = replace(SCALES, main="hearts", apart=5.0)
    assert from_plain(to_plain(scales)) == scales


@pytest.mark.parametrize("found", [None, [], {"each": 3}, {"each": [{"name": "x"}, 4]}, {"main": "gone", "apart": "x"}])
def test_odd_settings_give_what_comes_along(found):
    assert from_plain(found) == BUILT_IN


def test_a_scale_that_came_along_comes_back_as_it_was():
    changed = BUILT_IN.with_scale(replace(FIVE_STARS, title="Mine"))
    assert changed.without("five-stars") == BUILT_IN


def test_the_last_scale_is_kept_and_the_main_one_is_always_there():
    scales = replace(SCALES, main="hearts").without("hearts")
    assert "hearts" not in scales
    assert scales.usual == FIVE_STARS
