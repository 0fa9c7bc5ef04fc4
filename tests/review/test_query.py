"""The language of searches: what is typed, as a tree; what cannot be understood, in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.review.marks import BUILT_IN
from reviewer.review.query import (
    KEYS,
    All,
    Counts,
    Either,
    Mentions,
    Not,
    Query,
    Span,
    Term,
    Text,
    Within,
    complete,
    parse,
    quoted,
)

TODAY = dt.date(2026, 11, 24)


def read(typed: str, typing: bool = False) -> Query:
    return parse(typed, BUILT_IN, TODAY, typing)


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("", All()),
        ("gattaca", Text("gattaca")),
        ("gatt*", Text("gatt", prefix=True)),
        ('"genetic code"', Text("genetic code")),
        ("“genetic code”", Text("genetic code")),
        ("a b", All((Text("a"), Text("b")))),
        ("a OR b", Either((Text("a"), Text("b")))),
        ("a | b c", Either((Text("a"), All((Text("b"), Text("c")))))),
        ("-a", Not(Text("a"))),
        ("NOT a", Not(Text("a"))),
        ("-(a OR b)", Not(Either((Text("a"), Text("b"))))),
        ("rock-n-roll", Text("rock-n-roll")),
        ("Alien: Covenant", All((Text("Alien:"), Text("Covenant")))),
        ("https://films.example/x", Text("https://films.example/x")),
        ('director:"Mark Romanek"', Text("Mark Romanek", key="director")),
        ("tag:noir", Term("tag", "noir")),
        ("tag:Amélie", Term("tag", "amelie")),
        ('tag:"film noir",western', Either((Term("tag", "film noir"), Term("tag", "western")))),
        ("tags:no*", Term("tag", "no", prefix=True)),
        ("tag:none", Term("tag", "none")),
        ("-tag:list", Not(Term("tag", "list"))),
        ("year:2005", Span("year", 2005, 2005)),
        ("year:2005..2012", Span("year", 2005, 2012)),
        ("year:2005..", Span("year", 2005)),
        ("year:..2012", Span("year", None, 2012)),
        ("year:1990s", Span("year", 1990, 1999)),
        ("year:>=2005", Span("year", 2005)),
        ("year:≤2005", Span("year", None, 2005)),
        ("year:>2005", All((Span("year", 2005), Not(Span("year", 2005, 2005))))),
        ("year:none", Span("year")),
        ("date:2011", Span("date", "2011-01-01", "2011-12-31")),
        ("date:2011-02", Span("date", "2011-02-01", "2011-02-28")),
        ("date:>=30d", Span("date", "2026-10-25")),
        ("seen:yesterday", Span("seen", "2026-11-23", "2026-11-23")),
        ("mark:>=4", Span("mark", 80, None, "five-stars")),
        ("mark:>=80%", Span("mark", 80)),
        ("mark:>=B+", Span("mark", 83, None, "letters")),
        ("mark:3..4", Span("mark", 60, 80, "five-stars")),
        ("mark:4", Counts("five-stars", 4)),
        ("mark:3½", Counts("five-stars", 3.5)),
        ("mark:★★★½", Counts("five-stars", 3.5)),
        ("mark:8/10", Counts("ten", 8)),
        ("rating:b+", Counts("letters", "B+")),
        ("mark:none", Span("mark")),
        ('mentions:"Gattaca (1997)"', Mentions("gattaca", 1997)),
        ("mentions:Gattaca", Mentions("gattaca")),
        ("path:moon", Within("moon")),
        ("is:draft", Term("status", "draft")),
        ("has:stills", Term("has", "still")),
    ],
)
def test_what_is_typed_is_understood(typed, node):
    found = read(typed)
    assert (found.root, found.faults) == (node, ())


@pytest.mark.parametrize(
    ("typed", "at", "says"),
    [
        ("dirctor:x", 0, "Did you mean director?"),
        ("a zzz:x", 2, "Put it in quotes"),
        ("year:abc", 0, "Write year:2005"),
        ("year:3000", 0, "from 1870 to 2200"),
        ("date:2011-02-30", 0, "is no day"),
        ("mark:7", 0, "from 0 to 5"),
        ("mark:E", 0, "No scale has the mark"),
        ("mark:3/7", 0, "No scale goes to 7"),
        ("mark:>=180%", 0, "0% to 100%"),
        ("status:drft", 0, "Did you mean draft?"),
        ("tag:>3", 0, "compares numbers"),
        ("a )", 2, "closes nothing"),
        ("( a", 0, "not closed"),
        ("a OR", 2, "one on each side"),
        ("x tag:", 2, "stands nothing"),
    ],
)
def test_what_cannot_be_understood_is_explained_where_it_stands(typed, at, says):
    (fault,) = read(typed).faults
    assert (fault.start, says in fault.message) == (at, True), fault


def test_the_rest_of_a_faulty_query_still_searches():
    assert read("gattaca year:abc").root == Text("gattaca")


@pytest.mark.parametrize("typed", ["tag:", "year:20x", "mark:>=", "a OR", "(a", "status:dr", "-"])
def test_what_is_unfinished_is_no_fault_while_typing(typed):
    assert read(typed, typing=True).faults == ()


def test_the_last_word_may_be_a_beginning_while_typing():
    assert read("moon gat", typing=True).root == All((Text("moon"), Text("gat", prefix=True)))
    assert read("moon gat ", typing=True).root == All((Text("moon"), Text("gat")))


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_raises(typed):
    read(typed)
    read(typed, typing=True)
    complete(typed, len(typed), lambda key: ["film noir"])


@given(st.lists(st.sampled_from([*(f"{key}:" for key in KEYS), '"', "(", ")", " ", "-", "OR", ">=", "..", "4", "B+", "%", ",", "a", "*"]), max_size=12))  # fmt: skip
def test_nothing_made_of_its_own_signs_raises(parts):
    found = read("".join(parts))
    assert all(0 <= fault.start < fault.end <= len(found.typed) for fault in found.faults)


@given(
    st.text(min_size=1, max_size=30).filter(
        lambda text: text.strip() and '"' not in text and not set("“”„*\\") & set(text)
    )
)
def test_a_quoted_value_is_read_as_itself(value):
    node = read(f"director:{quoted(value)}").root
    assert node == Text(value.strip(), key="director")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("dir", ("director:",)),
        ("x st", ("status:",)),
        ("status:", ("idea", "draft", "ready", "published", "none")),
        ("tag:no", ("noir", '"film noir"')),
        ("-tag:no", ("noir", '"film noir"')),
        ("tag:noir,fi", ('"film noir"',)),
        ('tag:"film n', ('"film noir"',)),
    ],
)
def test_what_is_being_typed_is_completed(typed, words):
    found = complete(typed, len(typed), lambda key: ["noir", "film noir", "western"] if key == "tag" else [])
    assert found.words == words


def test_a_completion_takes_the_place_of_what_was_typed():
    found = complete('x tag:"film n', 13, lambda key: ["film noir"])
    assert (found.start, found.end) == (6, 13)
