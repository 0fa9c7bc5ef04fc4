"""Several reviews changed at once: planned, carried out line by line, and put back whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.library.batch import Change, Left, carry_out, last, plan, put_back
from reviewer.library.index import Index
from reviewer.library.listing import find
from reviewer.library.vocabulary import Use, doubles, holding, renaming, uses
from reviewer.review.marks import BUILT_IN
from reviewer.review.terms import KINDS, MarkRule, alike, replaced, used
from reviewer.review.values import Credits, Crew, Film, Mark, Review, Role
from tests.library.shelves import FILMS, TEXTS, make, put
from tests.library.test_index import TODAY


def louder(review):
    return replace(review, title=review.title.upper())


def contents(library):
    return {path: path.read_bytes() for path in library.rglob("*.md")}


@pytest.fixture
def planned(library):
    make(library)
    return [one for one in plan(sorted(find(library)), louder) if isinstance(one, Change)]


def test_a_plan_writes_nothing(library, planned):
    now = contents(library)
    list(plan(list(now), louder))
    assert contents(library) == now


def test_what_would_stay_as_it_is_is_no_change(library):
    make(library)
    assert list(plan(sorted(find(library)), lambda review: review)) == []


def test_only_the_lines_that_changed_are_written(library, folders, planned):
    before = (library / "gattaca/review.md").read_text()
    carry_out(planned, "Louder", folders, library)
    assert (library / "gattaca/review.md").read_text() == before.replace(
        "title: Gattaca\nstatus", "title: GATTACA\nstatus"
    )


def test_a_review_that_cannot_be_read_is_left(library):
    path = put(library, "broken", "title: [\n")
    (one,) = plan([path], louder)
    assert isinstance(one, Left)
    assert one.path == path


def test_a_review_that_changed_since_the_plan_is_left(library, folders, planned):
    path = put(library, "gattaca", FILMS["gattaca"], "Other words.\n")
    now = path.read_bytes()
    done = carry_out(planned, "Louder", folders, library)
    assert ([one.path for one in done.left], path.read_bytes()) == ([path], now)
    assert len(done.changed) == len(planned) - 1


def test_the_last_change_is_put_back_whole(library, folders, planned):
    before = contents(library)
    carry_out(planned, "Louder", folders, library)
    assert last(folders, library) == "Louder"
    assert len(put_back(folders, library).changed) == len(planned)
    assert contents(library) == before
    assert last(folders, library) == ""


def test_a_review_that_changed_since_is_not_put_back(library, folders, planned):
    carry_out(planned, "Louder", folders, library)
    path = put(library, "gattaca", FILMS["gattaca"], "Other words.\n")
    now = path.read_bytes()
    assert [one.path for one in put_back(folders, library).left] == [path]
    assert path.read_bytes() == now


def test_a_change_that_was_cut_off_is_put_back(library, folders, planned):
    before = contents(library)
    done = carry_out(planned, "Louder", folders, library, lambda number: number < 2)
    assert len(done.changed) == 2
    put_back(folders, library)
    assert contents(library) == before


def test_without_room_for_the_way_back_nothing_is_written(library, folders, planned):
    before = contents(library)
    place = folders.of("libraries", library)
    place.parent.mkdir(parents=True)
    place.write_text("a file in the way")
    with pytest.raises(OSError, match=r"(?i)directory|exists"):
        carry_out(planned, "Louder", folders, library)
    assert contents(library) == before


def test_damaged_copies_are_said(library, folders, planned):
    carry_out(planned, "Louder", folders, library)
    place = folders.of("libraries", library) / "undo.zip"
    place.write_bytes(place.read_bytes()[:-40])
    assert last(folders, library) == ""
    with pytest.raises(ValueError, match="damaged"):
        put_back(folders, library)


# terms

FULL = Review(
    film=Film("Gattaca", genres=("Drama", "SF"), countries=("USA",)),
    author="Ann",
    categories=("Movies", "Film"),
    tags=("noir", "Noir", "sea"),
    credits=Credits((Crew("director", ("Ann", "Bo")), Crew("writer", ("Bo",))), (Role("Kathy", ("Bo", "Cy")),)),
)


@pytest.mark.parametrize(
    ("kind", "old", "new", "then"),
    [
        ("tag", ["noir"], ["dark"], {"tag": ("dark", "Noir", "sea")}),
        ("tag", ["noir", "Noir"], ["noir"], {"tag": ("noir", "sea")}),
        ("tag", ["sea"], ["lake", "river"], {"tag": ("noir", "Noir", "lake", "river")}),
        ("tag", ["noir"], ["sea"], {"tag": ("sea", "Noir")}),
        ("category", ["Film"], [], {"category": ("Movies",)}),
        ("genre", ["SF"], ["Science fiction"], {"genre": ("Drama", "Science fiction")}),
        ("country", ["USA"], ["United States"], {"country": ("United States",)}),
        ("author", ["Ann"], ["Anna"], {"author": ("Anna",)}),
        ("film", ["Gattaca"], ["GATTACA"], {"film": ("GATTACA",)}),
        ("director", ["Bo"], ["Bob"], {"director": ("Ann", "Bob"), "person": ("Ann", "Bob", "Bo", "Cy")}),
        ("person", ["Bo"], ["Bob"], {"director": ("Ann", "Bob"), "writer": ("Bob",), "actor": ("Bob", "Cy")}),
        ("writer", ["Bo"], [], {"writer": (), "director": ("Ann", "Bo")}),
    ],
)
def test_a_term_is_replaced_where_it_stands(kind, old, new, then):
    made = replaced(FULL, kind, old, new)
    assert {kind: used(made, kind) for kind in then} == then
    assert {kind: used(made, kind) for kind in ("tag", "category", "genre")} == {
        "tag": FULL.tags, "category": FULL.categories, "genre": FULL.film.genres,
    } | {kind: used(made, kind) for kind in then if kind in ("tag", "category", "genre")}  # fmt: skip


@given(kind=st.sampled_from(KINDS), old=st.sampled_from(["noir", "Bo", "Drama", "Ann", "Gattaca"]))
def test_a_new_name_can_be_taken_back(kind, old):
    there = replaced(FULL, kind, [old], ["A new name"])
    assert replaced(there, kind, ["A new name"], [old]) == FULL


@given(kind=st.sampled_from(KINDS), new=st.lists(st.sampled_from(["x", "y", "noir", "Bo"]), max_size=3))
def test_after_a_change_the_old_term_is_gone(kind, new):
    old = next(iter(used(FULL, kind)), "")
    made = used(replaced(FULL, kind, [old], new), kind)
    assert old not in made or old in new


@pytest.mark.parametrize(
    ("one", "other"),
    [("noir", "Noir"), ("film noir", "film-noir"), ("Movies", "Movie"), ("Keira Knightley", "Keira Knightly"),
     ("Keira Knightley", "Kiera Knightley"), ("Terence Malick", "Terrence Malick"), ("Jean Rénoir", "Jean Renoir")],
)  # fmt: skip
def test_terms_that_are_nearly_the_same_are_found(one, other):
    assert alike(["something else", one, other]) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"), [("Ang Lee", "Ang Li"), ("Top 10 of 2010", "Top 10 of 2011"), ("war", "was"), ("sea", "")]
)
def test_terms_that_are_others_are_not(one, other):
    assert alike([one, other]) == []


@pytest.fixture
def index(library):
    index = Index(make(library), None, BUILT_IN)
    list(index.sync(TODAY))
    yield index
    index.close()


def test_terms_are_counted_as_they_are_written(index):
    assert uses(index, "tag")[0] == Use("tag", "Noir", 1)
    assert Use("category", "Movies", 2) in uses(index, "category")
    assert Use("person", "Andrew Niccol", 1, "director 1997, writer 1997") in uses(index, "person")
    assert Use("film", "Gattaca (1997)", 1) in uses(index, "film")


def test_near_doubles_are_proposed(index):
    assert [[use.term for use in group] for group in doubles(uses(index, "tag"))] == [["Noir", "noir"]]


def test_a_term_is_renamed_in_its_reviews_only(index, library, folders):
    before = contents(library)
    paths = holding(index, "person", ["Ethan Hawke"])
    changes = [one for one in renaming(paths, "person", ["Ethan Hawke"], ["E. Hawke"]) if isinstance(one, Change)]
    carry_out(changes, "Rename", folders, library)
    now = contents(library)
    path = library / "gattaca/review.md"
    assert {p for p in now if now[p] != before[p]} == {path}
    assert now[path] == before[path].replace(b"Ethan Hawke", b"E. Hawke")


def test_a_film_is_found_by_its_title(index, library):
    assert holding(index, "film", ["Amélie"]) == [library / "le-fabuleux-destin/review.md"]


# the rule of marks

RULE = MarkRule()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ("4 star movies",)),
        (("Movies", "3 star movies"), ("Movies", "4 star movies")),
        (("4 star movies",), ("4 star movies",)),
    ],
)
def test_the_rule_gives_each_review_its_category(before, after):
    review = Review(categories=before, rating=(Mark("five-stars", 4),))
    assert RULE.applied(review).categories == after


def test_the_rule_leaves_a_review_without_a_mark():
    review = Review(categories=("3 star movies",))
    assert RULE.applied(review) is review


def test_texts_are_never_touched(library, folders, planned):
    carry_out(planned, "Louder", folders, library)
    assert all((library / name / "review.md").read_text().endswith(f"---\n\n{text}") for name, text in TEXTS.items())
