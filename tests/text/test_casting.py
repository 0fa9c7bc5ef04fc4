"""Names and roles of a text beside those of the credits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.review.values import Credits, Feature, Film, Review, Role
from reviewer.text.casting import Miscast, Misnamed, miscast, misnamed

NAMES = [
    "Keira Knightley",
    "Carey Mulligan",
    "Andrew Garfield",
    "Izzy Meikle-Small",
    "Penélope Cruz",
    "Tony Leung Chiu-wai",
    "Ang Lee",
]
CAST = (
    Role("Kathy", ("Carey Mulligan", "Izzy Meikle-Small")),
    Role("Ruth", ("Keira Knightley",)),
    Role("Tommy", ("Andrew Garfield",)),
    Role("Miss Lucy", ("Sally Hawkins",)),
)
REVIEW = Review(credits=Credits(cast=CAST))


@pytest.mark.parametrize(
    ("text", "written", "credited"),
    [
        ("Ruth is Keira Knightly.", "Keira Knightly", "Keira Knightley"),
        ("and Cary Mulligan’s Kathy", "Cary Mulligan", "Carey Mulligan"),
        ("Andrew Garfeild", "Andrew Garfeild", "Andrew Garfield"),
        ("Izzy Meikle-Smal runs", "Izzy Meikle-Smal", "Izzy Meikle-Small"),
        ("Tony Leung Chiu-wei waits", "Tony Leung Chiu-wei", "Tony Leung Chiu-wai"),
        ("Keira Knightlley-", "Keira Knightlley", "Keira Knightley"),
    ],
)
def test_a_name_that_is_nearly_one_of_the_credits_is_named(text, written, credited):
    assert misnamed(text, NAMES) == [Misnamed(written, credited, 1)]


@pytest.mark.parametrize(
    "text",
    ["Keira Knightley’s best", "KEIRA KNIGHTLEY", "Keira Smith", "Emma Knightley", "Penelope Cruz", "Bruce Lee", "Knightly", "Carey",
     "`Keira Knightly`", "Carey mulligan", "Anne Lee", ""],
)  # fmt: skip
def test_other_people_and_other_words_are_left_alone(text):
    assert misnamed(text, NAMES) == []


def test_a_name_with_two_blanks_in_the_credits_is_no_hindrance():
    assert misnamed("Carey Mullgan", ["Carey  Mulligan"]) == [Misnamed("Carey Mullgan", "Carey  Mulligan", 1)]


def test_a_name_is_named_once_with_its_line():
    assert misnamed("One.\n\nKeira Knightly and\nKeira Knightly", NAMES) == [
        Misnamed("Keira Knightly", "Keira Knightley", 3)
    ]


def test_somebody_of_the_credits_is_no_misspelling_of_another():
    assert misnamed("Anna Ruiz and Anne Ruiz", ["Anna Ruiz", "Anne Ruiz"]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kathy (played by Keira Knightley)", ("Kathy", "Keira Knightley")),
        ("Ruth, played by Jane Doe, leaves", ("Ruth", "Jane Doe")),
        ("Tommy (Keira Knightley)", ("Tommy", "Keira Knightley")),
        ("Andrew Garfield plays Ruth.", ("Ruth", "Andrew Garfield")),
        ("with Jane Doe as Miss Lucy", ("Miss Lucy", "Jane Doe")),
        ("Kathy (played by Carey Mulligan and Jane Doe)", ("Kathy", "Jane Doe")),
    ],
)
def test_a_role_that_is_given_to_somebody_else_is_named(text, found):
    (one,) = miscast(text, REVIEW)
    assert (one.role, one.written) == found


@pytest.mark.parametrize(
    "text",
    [
        "Kathy (played by Carey Mulligan and Izzy Meikle-Small)", "Kathy (Carey Mulligan)", "Ruth (played by Keira Knightly)",
        "Tommy (Never Let Me Go)", "Kathy and Keira Knightley", "Andrew Garfield as Tommy", "Kathy, Jane Doe said, leaves",
        "Miss Lucy (Hawkins)", "Sally Hawkins plays Miss Lucy", "`Kathy (played by Jane Doe)`", "Kathys (played by Jane Doe)", "",
    ],
)  # fmt: skip
def test_what_says_the_same_or_nothing_is_left_alone(text):
    assert miscast(text, REVIEW) == []


def test_a_role_of_both_films_may_have_the_actors_of_either():
    both = Review(
        credits=Credits(cast=(Role("Hero", ("A Bee",)),)),
        also=(Feature(Film("B"), credits=Credits(cast=(Role("Hero", ("C Dee",)),))),),
    )
    assert miscast("Hero (played by A Bee), Hero (played by C Dee)", both) == []
    assert miscast("\nHero (played by E Eff)", both) == [Miscast("Hero", "E Eff", ("A Bee", "C Dee"), 2)]


@given(st.text(st.sampled_from("Keira Kntly(),playedb\n'’.&"), max_size=80))
def test_no_text_breaks_it(text):
    misnamed(text, NAMES)
    miscast(text, REVIEW)


def test_a_long_text_of_capitals_holds_nothing_up():
    assert misnamed("Keira Kn " * 20_000, NAMES) == []
    assert miscast("Kathy (" * 20_000, REVIEW) == []
