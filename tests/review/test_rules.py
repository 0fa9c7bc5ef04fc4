"""Marks, rights, addresses, terms and casts: rules about plain values."""

import datetime as dt

import pytest

from reviewer.review import marks
from reviewer.review.cast import parse_cast
from reviewer.review.rights import Verdict, standing
from reviewer.review.slugs import free, is_slug, slug
from reviewer.review.terms import MarkRule, MarkRules, near_double
from reviewer.review.values import Mark, Permission, Review, Role, Still, from_plain, to_plain

TODAY = dt.date(2011, 10, 10)


@pytest.mark.parametrize(
    ("scale", "typed", "value"),
    [("five-stars", "4", 4), ("five-stars", "3½", 3.5), ("five-stars", "3,5", 3.5), ("letters", "b+", "B+"),
     ("letters", "A−", "A-"), ("percent", "76", 76), ("thumbs", "UP", "up"), ("ten", "7.5", 7.5), ("five-stars", "0", 0)],
)  # fmt: skip
def test_a_mark_is_read_as_people_type_it(scale, typed, value):
    assert marks.BUILT_IN.get(scale).read(typed).value == value


@pytest.mark.parametrize(
    ("scale", "typed"), [("five-stars", "6"), ("five-stars", "3.3"), ("letters", "E"), ("ten", "x")]
)
def test_a_mark_off_its_scale_is_refused(scale, typed):
    with pytest.raises(marks.BadMark):
        marks.BUILT_IN.get(scale).read(typed)


def test_two_marks_read_as_the_seed_has_them():
    assert marks.BUILT_IN.line((Mark("five-stars", 4), Mark("letters", "B+"))) == "4 stars (B+)"


def test_not_rated_is_not_zero():
    review = Review(rating=marks.with_mark((), "five-stars", 0))
    assert marks.mark_on(review, "five-stars") == Mark("five-stars", 0)
    assert marks.mark_on(Review(), "five-stars") is None


@pytest.mark.parametrize(
    ("mark", "worth"), [(Mark("five-stars", 4), 80), (Mark("letters", "B+"), 83), (Mark("ten", 11), None)]
)
def test_a_mark_has_a_common_value(mark, worth):
    assert marks.BUILT_IN.worth(mark) == worth


@pytest.mark.parametrize(
    ("permission", "verdict"),
    [
        (Permission(), Verdict.UNKNOWN),
        (Permission("own"), Verdict.MAY),
        (Permission("permission", "granted"), Verdict.MAY),
        (Permission("permission", "asked"), Verdict.WAITING),
        (Permission("permission", "not-asked"), Verdict.UNKNOWN),
        (Permission("permission", "refused"), Verdict.REFUSED),
        (Permission("permission", "withdrawn"), Verdict.REFUSED),
        (Permission("permission", "granted", expires=dt.date(2011, 10, 9)), Verdict.EXPIRED),
        (Permission("permission", "granted", expires=TODAY), Verdict.MAY),
        (Permission("press-terms"), Verdict.INCOMPLETE),
        (Permission("licence", licence="CC-BY-4.0", holder="A"), Verdict.INCOMPLETE),
    ],
)
def test_a_record_has_a_verdict(permission, verdict):
    assert standing(Still("stills/a.jpg", permission=permission), TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("title", "made"),
    [("Never Let Me Go", "never-let-me-go"), ("Amélie", "amelie"), ("Kill Bill: Vol. 2", "kill-bill-vol-2"), ("..", ""),
     ("8½", "8-1-2"), ("Łódź & Straße", "lodz-and-strasse"), ("CON", "con-film"), ("It’s", "its"), ("?!", "")],
)  # fmt: skip
def test_an_address_is_made_from_a_title(title, made):
    assert slug(title) == made


def test_another_script_gives_the_same_safe_address_each_time():
    assert slug("Зеркало") == slug("Зеркало") != slug("Сталкер")
    assert is_slug(slug("Зеркало"))


def test_a_taken_name_gets_a_number():
    assert free("boat", {"boat.jpg", "boat-2.jpg"}, ".jpg") == "boat-3.jpg"


@pytest.mark.parametrize("twin", ["movies", "Movie", "Mo-vies", "movie "])
def test_a_near_double_is_noticed(twin):
    assert near_double(twin, ["Movies", "Books"]) == "Movies"


def test_the_category_of_the_mark_follows_it():
    rule, old, new = MarkRule(), (Mark("five-stars", 4),), (Mark("five-stars", 3.5),)
    assert rule.follow(("Movies", "4 star movies"), old, new) == ("Movies", "3½ star movies")


def test_a_category_the_writer_chose_is_never_removed():
    rule = MarkRule()
    assert rule.follow(("5 star movies",), (Mark("five-stars", 4),), ()) == ("5 star movies",)


def test_a_rule_that_is_off_does_nothing():
    assert MarkRule(on=False).follow((), (), (Mark("five-stars", 4),)) == ()


@pytest.mark.parametrize(
    "line",
    ["Carey Mulligan as Kathy", "Kathy - Carey Mulligan", "Carey Mulligan\tKathy", "Kathy: Carey Mulligan",
     "Carey Mulligan ... Kathy", "* Carey Mulligan as Kathy", "Kathy (played by Carey Mulligan)", "1. Kathy – Carey Mulligan"],
)  # fmt: skip
def test_a_cast_list_is_understood(line):
    assert parse_cast(line) == (Role("Kathy", ("Carey Mulligan",)),)


def test_two_actors_of_one_role_are_one_entry():
    found = parse_cast("Carey Mulligan as Kathy\nIzzy Meikle-Small as Kathy")
    assert found == (Role("Kathy", ("Carey Mulligan", "Izzy Meikle-Small")),)


def test_plain_data_and_back_is_the_same_review():
    plain = {"title": "A", "film": {"year": 2010}, "credits": {"director": ["B"], "cast": [{"role": "C", "actors": ["D"]}]},
             "stills": [{"file": "stills/a.jpg", "reuse": {"requests": [{"from": "E", "for": "F"}]}}]}  # fmt: skip
    assert to_plain(from_plain(Review, plain)) == plain


RULES = MarkRules((MarkRule(), MarkRule(True, "letters", "{letter} movies")))


def test_each_scale_has_a_rule_of_its_own():
    assert RULES.categories((Mark("five-stars", 4), Mark("letters", "B+"))) == ("4 star movies", "B movies")


def test_the_categories_of_both_marks_follow_them():
    old, new = (Mark("five-stars", 4), Mark("letters", "B+")), (Mark("five-stars", 5), Mark("letters", "A"))
    assert RULES.follow(("B movies", "Movies", "4 star movies"), old, new) == ("A movies", "Movies", "5 star movies")


def test_a_rule_takes_the_place_of_that_of_its_scale():
    rules = RULES.with_rule(MarkRule(True, "letters", "Grade {mark}"))
    assert rules.categories((Mark("letters", "B+"),)) == ("Grade B+",)
    assert len(rules.each) == 2


def test_braces_that_are_no_blank_stay():
    assert (
        MarkRule(True, "five-stars", "{x} {mark} of {best}").category((Mark("five-stars", 3.5),)) == "{x} 3½ of {best}"
    )
