"""Searching a library: what each key finds, in which order, how the finds are spread, and where the words stood."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.library.folders import UserFolders
from reviewer.library.index import Index
from reviewer.library.searching import ORDERS, entries, facets, search, snippet, values
from reviewer.review.marks import BUILT_IN, LETTERS
from reviewer.review.query import Query, Text, parse
from tests.library.shelves import FILMS, make, put

TODAY = dt.date(2026, 11, 24)
SHORT = {"gattaca": "G", "never-let-me-go-2010": "N", "le-fabuleux-destin": "A", "seven-samurai": "S", "list": "L"}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    base = tmp_path_factory.mktemp("library")
    index = Index.open(UserFolders(base / "d", base / "c", base / "e"), make(base / "films"), BUILT_IN)
    list(index.sync(TODAY))
    yield index
    index.close()


def ask(typed: str, typing: bool = False) -> Query:
    query = parse(typed, BUILT_IN, TODAY, typing)
    assert query.faults == ()
    return query


def found(index, typed, **options):
    """The finds by their letters, in order."""
    return "".join(SHORT[path.parent.name] for path in search(index, ask(typed), **options).paths)


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("", "ANLGS"),
        ("genetic code", "NG"),
        ('"genetic code"', "G"),
        ("GENETIC", "NG"),
        ("amelie", "A"),
        ("creme brulee", "A"),
        ("lodz", "G"),
        ("samurai", "S"),
        ("七人", "S"),
        ("戦", "S"),
        ("gene*", "NG"),
        ("gene", ""),
        ("title:code", ""),
        ("text:code", "ANG"),
        ('director:"mark romanek"', "N"),
        ("director:mulligan", ""),
        ("person:mulligan", "N"),
        ('person:"Mulligan Izzy"', ""),
        ("actor:hawke OR actor:mulligan", "NG"),
        ("actor:hawke,mulligan", "NG"),
        ("role:kathy", "N"),
        ("writer:niccol director:niccol", "G"),
        ("film:amelie", "A"),
        ("tag:noir", "NG"),
        ("tag:no", ""),
        ("tag:no*", "NG"),
        ('tag:"boarding school"', "N"),
        ("tag:none", "S"),
        ("-tag:list status:draft", "A"),
        ("status:draft,idea", "ALS"),
        ("category:none", "ALS"),
        ('genre:drama -genre:"science fiction"', "N"),
        ("country:france", "A"),
        ("year:1997", "G"),
        ("year:1990s", "G"),
        ("year:2000..2010", "AN"),
        ("year:none", "L"),
        ("-year:2010", "ALGS"),
        ("date:2011", "NL"),
        ("date:none", "S"),
        ("date:<=1998-03-02", "G"),
        ("seen:1998-02", "G"),
        ("runtime:>=104", "G"),
        ("words:>10", "NG"),
        ("mark:>=4", "NG"),
        ("mark:>4", "G"),
        ("mark:4", "N"),
        ("mark:3½", "A"),
        ("mark:>=80%", "NG"),
        ("mark:>=81%", "G"),
        ("mark:>=B+", "NG"),
        ("mark:B", "A"),
        ("mark:<4", "A"),
        ("mark:none", "LS"),
        ("-mark:4", "ALGS"),
        ("scale:letters", "AN"),
        ("has:still", "N"),
        ("has:mark -has:still", "AG"),
        ("has:cast", "NG"),
        ("rights:unknown", "N"),
        ("rights:may", "N"),
        ("rights:refused", ""),
        ('mentions:"Gattaca (1997)"', "N"),
        ("mentions:gattaca", "N"),
        ('mentions:"Gattaca (1998)"', ""),
        ('mentions:"Never Let Me Go (2010)"', "L"),
        ("path:samurai", "S"),
        ("(samurai OR amelie) -status:idea", "A"),
    ],
)
def test_a_query_finds(index, typed, finds):
    assert found(index, typed, order="date") == finds


@pytest.mark.parametrize(
    ("order", "finds"),
    [
        ("date", "ANLGS"), ("title", "GANLS"), ("film", "AGNSL"), ("year", "NAGSL"), ("mark", "GNALS"), ("seen", "GANLS"),
        ("updated", "ANLGS"), ("status", "ALSGN"), ("runtime", "GNALS"),
    ],
)  # fmt: skip
def test_an_order(index, order, finds):
    assert found(index, "", order=order) == finds


def test_backwards_what_has_no_value_still_comes_last(index):
    assert found(index, "", order="year", backwards=True) == "SGANL"


def test_the_best_match_comes_first(index):
    assert found(index, "gattaca") == "GN"


def test_an_order_that_is_not_there_is_refused(index):
    with pytest.raises(ValueError, match="The orders are"):
        search(index, ask(""), "size")


@pytest.mark.parametrize("order", ["", *ORDERS])
def test_the_first_few_are_the_first_of_all(index, order):
    query = ask("code OR year:>1900")
    few, every = search(index, query, order, most=2), search(index, query, order)
    assert (few.paths, few.total) == (every.paths[:2], every.total)


def test_entries_come_in_the_order_of_the_finds(index):
    result = search(index, ask("tag:noir"), "title")
    assert [entry.title for entry in entries(index, result)] == ["Gattaca", "Never Let Me Go"]


def test_what_is_found_is_counted_by_its_terms(index):
    counts = facets(index, ask("tag:noir")).counts
    assert counts["status"] == [("published", 1), ("ready", 1)]
    assert counts["mark"] == [("4.5", 1), ("4", 1)]
    assert counts["decade"] == [("2010s", 1), ("1990s", 1)]
    assert counts["genre"][0] == ("Drama", 2)


def test_a_mark_on_another_scale_is_counted_where_it_is_found(index):
    counts = facets(index, ask("")).counts["mark"]
    assert counts == [("4.5", 1), ("4", 1), ("3.5", 1), ("", 2)]
    for value, count in counts[:-1]:
        assert search(index, ask(f"mark:{value}")).total == count


def test_values_of_a_key_are_those_that_are_used(index):
    assert values(index, "tag")[:2] == ["Noir", "boarding school"]
    assert "Mark Romanek" in values(index, "person")
    assert "Gattaca" in values(index, "film")


@pytest.mark.parametrize(
    ("text", "words", "shown", "marked"),
    [
        ("A film about\ngenetic code.", "GENETIC", "A film about genetic code.", ["genetic"]),
        ("Un café noir.", "cafe", "Un café noir.", ["café"]),
        ("nothing", "else", "", []),
        ("a gene, a genetic", "gen*", "a gene, a genetic", ["gen", "gen"]),
        ("Straße und Strasse", "strasse", "Straße und Strasse", ["Straße", "Strasse"]),
    ],
)
def test_a_snippet_shows_where_the_words_stand(text, words, shown, marked):
    made = snippet(text, [Text(words.rstrip("*"), words.endswith("*"))])
    assert (made.text, [made.text[a:b] for a, b in made.marks]) == (shown, marked)


def test_a_long_text_is_cut_around_the_words():
    made = snippet("word " * 200 + "needle " + "word " * 200, [Text("needle")])
    assert made.text.startswith("… word")
    assert made.text.endswith("word …")
    assert [made.text[a:b] for a, b in made.marks] == ["needle"]


@given(st.text(max_size=200), st.text(min_size=1, max_size=5))
def test_marks_of_a_snippet_lie_within_it(text, word):
    made = snippet(text, [Text(word)])
    assert all(0 <= a < b <= len(made.text) for a, b in made.marks)


# against the plain meaning of a query

_REVIEW = st.fixed_dictionaries(
    {
        "tags": st.sets(st.sampled_from(["noir", "sea", "list"]), max_size=2),
        "year": st.sampled_from([None, 1997, 2005, 2010]),
        "stars": st.sampled_from([None, 0, 2.5, 4, 5]),
        "letter": st.sampled_from([None, *LETTERS[2:9:2]]),
        "status": st.sampled_from(["draft", "ready", ""]),
        "words": st.sets(st.sampled_from(["rain", "glass", "code"]), max_size=2),
    }
)


def _worth(review, scale):
    own = {"five-stars": review["stars"], "letters": review["letter"]}
    worths = {name: BUILT_IN.get(name).worth(value) for name, value in own.items() if value is not None}
    return worths.get(scale, next(iter(worths.values()), None))


_LEAVES = {
    "rain": lambda r: "rain" in r["words"],
    "tag:noir": lambda r: "noir" in r["tags"],
    "tag:none": lambda r: not r["tags"],
    "year:2005..2010": lambda r: r["year"] in (2005, 2010),
    "year:none": lambda r: r["year"] is None,
    "mark:>=4": lambda r: (w := _worth(r, "five-stars")) is not None and w >= 80,
    "mark:<B": lambda r: (w := _worth(r, "letters")) is not None and w < 75,
    "mark:none": lambda r: _worth(r, "") is None,
    "status:draft": lambda r: r["status"] == "draft",
    "has:mark": lambda r: r["stars"] is not None or r["letter"] is not None,
}
_NODES = st.recursive(
    st.sampled_from(list(_LEAVES.items())),
    lambda inner: st.one_of(
        inner.map(lambda one: (f"-({one[0]})", lambda r: not one[1](r))),
        st.tuples(inner, inner).map(
            lambda two: (f"({two[0][0]} {two[1][0]})", lambda r: two[0][1](r) and two[1][1](r))
        ),
        st.tuples(inner, inner).map(
            lambda two: (f"({two[0][0]} OR {two[1][0]})", lambda r: two[0][1](r) or two[1][1](r))
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reviews=st.lists(_REVIEW, min_size=1, max_size=8), nodes=st.lists(_NODES, min_size=5, max_size=10))
def test_a_query_finds_what_it_says(tmp_path_factory, reviews, nodes):
    library = tmp_path_factory.mktemp("films")
    for number, review in enumerate(reviews):
        marks = [f"  - {{scale: five-stars, value: {review['stars']}}}\n"] if review["stars"] is not None else []
        marks += [f"  - {{scale: letters, value: {review['letter']}}}\n"] if review["letter"] else []
        front = f"title: Film {number}\n" + (f"status: {review['status']}\n" if review["status"] else "")
        front += f"film: {{title: Film, year: {review['year']}}}\n" if review["year"] else ""
        front += f"tags: [{', '.join(sorted(review['tags']))}]\n" + (f"rating:\n{''.join(marks)}" if marks else "")
        put(library, f"{number}", front, " ".join(sorted(review["words"])) + "\n")
    index = Index(library, None, BUILT_IN)
    list(index.sync(TODAY))
    for typed, test in nodes:
        paths = {path.parent.name for path in search(index, ask(typed)).paths}
        assert paths == {f"{n}" for n, review in enumerate(reviews) if test(review)}, typed
    index.close()


def test_front_matter_of_strangers_is_found_and_left(tmp_path):
    library = tmp_path / "blog"
    library.mkdir()
    odd = b'---\ntitle: 42\ntags: one, two\nyear: "2010"\nrating: great\nlayout: post\n---\nGattaca again.\n'
    (library / "2010-01-01-x.md").write_bytes(odd)
    (library / "notes.md").write_bytes(b"+++\ntitle = 'x'\n+++\nGattaca too.\n")
    index = Index(library, None, BUILT_IN)
    list(index.sync(TODAY))
    assert search(index, ask("gattaca")).total == 2
    assert (library / "2010-01-01-x.md").read_bytes() == odd
    assert set(FILMS)
    index.close()
