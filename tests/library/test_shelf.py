"""The library's stills: what can be asked, how they are sorted, one change to many."""

import datetime as dt
from pathlib import Path

import pytest

from reviewer.library.listing import describe
from reviewer.library.replacing import put_back
from reviewer.library.reviews import open_review
from reviewer.library.shelf import (
    FACETS,
    ORDERS,
    ask,
    change_stills,
    choose,
    counts,
    holders,
    parts,
    shelve,
    with_facet,
)
from reviewer.review.values import Film, Override, Permission, Review, Source, Still

TODAY = dt.date(2026, 11, 23)
FOX = Permission("permission", "granted", holder="Fox Searchlight Pictures", answered=dt.date(2011, 10, 1))
STILLS = {
    "unknown": Still("stills/unknown.jpg", alt="A boat.", caption="Zürich", credit="Fox"),
    "asked": Still("stills/asked.jpg", permission=Permission("permission", "asked", asked=dt.date(2026, 10, 20))),
    "granted": Still("stills/granted.jpg", lead=True, alt="x", caption="x", credit="x", permission=FOX),
    "ends": Still("stills/ends.jpg", permission=Permission("permission", "granted", expires=dt.date(2026, 12, 1))),
    "ended": Still("stills/ended.jpg", permission=Permission("permission", "granted", expires=dt.date(2026, 10, 31))),
    "refused": Still("stills/refused.jpg", permission=Permission("permission", "refused")),
    "override": Still("stills/override.jpg", permission=Permission("unknown", override=Override(TODAY, "Short."))),
    "own": Still("stills/own.jpg", kind="own", permission=Permission("own"), source=Source("My camera")),
}
REVIEW = Review(
    id="0a0a0a0a", title="Moon", status="published", film=Film("Moon", year=2009), stills=tuple(STILLS.values())
)
TEXT = "![](stills/refused.jpg)\n\n![](stills/own.jpg)\n"


@pytest.fixture
def rows():
    places = {("0a0a0a0a", Path("/lib/moon/review.md"), "stills/ended.jpg"): ("/blog/a.jpg",)}
    return shelve([describe(Path("/lib/moon/review.md"), REVIEW, TEXT, TODAY)], TODAY, places)


def found(rows, line):
    asked = ask(line)
    assert not asked.faults
    return {row.still.name.removesuffix(".jpg") for row in choose(rows, asked, "film", TODAY)}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", set(STILLS)),
        ("may:no", {"unknown", "asked", "ended", "refused"}),
        ("may:now", {"ends", "override"}),
        ("may:yes", {"granted", "own"}),
        ("state:asked", {"asked"}),
        ("state:unanswered", {"asked"}),
        ("state:ended", {"ended"}),
        ("state:granted", {"granted", "ends"}),
        ("state:override", {"override"}),
        ("state:asked state:refused", {"asked", "refused"}),
        ("basis:own", {"own"}),
        ("no:alt -state:asked", {"ends", "ended", "refused", "override", "own"}),
        ("ends:month", {"ends"}),
        ("use:none", set(STILLS) - {"refused", "own", "granted"}),
        ("use:lead", {"granted"}),
        ("use:out", {"granted", "refused", "own", "ended"}),
        ("use:mend", {"refused", "ended"}),
        ('holder:"fox searchlight"', {"granted"}),
        ("-holder:fox may:yes", {"own"}),
        ("kind:own", {"own"}),
        ("source:camera", {"own"}),
        ("film:moon zurich", {"unknown"}),
        ("-zurich may:no", {"asked", "ended", "refused"}),
        ("http://x", set()),
    ],
)
def test_a_line_finds_stills(rows, line, names):
    assert found(rows, line) == names


def test_every_facet_has_a_count(rows):
    number = counts(rows, TODAY)
    assert set(number) == set(FACETS)
    assert (number["may:no"], number["may:now"], number["may:yes"]) == (4, 2, 2)


def test_a_token_that_is_none_is_explained():
    assert ask("state:lost").faults == (
        "There is no state:lost. There are state:unknown, state:asked, state:unanswered, state:refused, state:ended, "
        "state:granted, state:override.",
    )


@pytest.mark.parametrize(
    ("line", "token", "after"),
    [
        ("", "may:no", "may:no"),
        ("zurich may:no", "state:asked", "zurich state:asked"),
        ("zurich may:no", "may:no", "zurich"),
        ('holder:"Fox Searchlight" may:no', "", 'holder:"Fox Searchlight"'),
    ],
)
def test_a_facet_takes_the_place_of_others_and_leaves_the_words(line, token, after):
    assert with_facet(line, token) == after


def test_what_needs_the_writer_comes_first(rows):
    order = [row.still.name.removesuffix(".jpg") for row in choose(rows, ask(""), "needs", TODAY)]
    assert order[:4] == ["refused", "ended", "unknown", "asked"]
    assert order[4] == "ends"


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_keeps_every_still(rows, order):
    assert len(choose(rows, ask(""), order, TODAY)) == len(STILLS)


def test_holders_are_counted(rows):
    assert holders(rows) == [("Fox Searchlight Pictures", 1)]


# one change to many


@pytest.fixture
def library(tmp_path):
    for name in ("moon", "gattaca"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "review.md").write_text(
            f"---\ntitle: {name}  # the film\nstills:\n  - file: stills/a.jpg\n    credit: ''\n  - file: stills/b.jpg\n---\nText\n"
        )
    return tmp_path


def credited(still):
    return Still(still.file, credit="Fox", permission=still.permission)


def test_one_change_writes_every_review_and_only_its_lines(library, history):
    entries = [describe(p, open_review(p).reading.review, "", TODAY) for p in sorted(library.glob("*/review.md"))]
    made = parts([row for row in shelve(entries, TODAY) if row.still.file == "stills/b.jpg"], credited)
    assert [part.files for part in made] == [("stills/b.jpg",)] * 2
    done = [change_stills(part, history) for part in made]
    for path in library.glob("*/review.md"):
        assert f"title: {path.parent.name}  # the film\n" in path.read_text()
        assert [s.credit for s in open_review(path).reading.review.stills] == ["", "Fox"]
    for one in done:
        put_back(one, history)
    assert all(path.read_text().count("Fox") == 0 for path in library.glob("*/review.md"))


def test_a_change_that_changes_nothing_writes_nothing(library, history):
    path = library / "moon" / "review.md"
    row = next(iter(shelve([describe(path, open_review(path).reading.review, "", TODAY)], TODAY)))
    assert change_stills(parts([row], lambda still: still)[0], history) is None


def test_a_still_that_is_gone_is_passed_over(library, history):
    path = library / "moon" / "review.md"
    row = next(iter(shelve([describe(path, open_review(path).reading.review, "", TODAY)], TODAY)))
    path.write_text("---\ntitle: Moon\n---\n")
    assert change_stills(parts([row], credited)[0], history) is None
