"""List posts of a library: what a search finds, stills and their permissions along, kept in step."""

import dataclasses
import datetime as dt
import shutil

import pytest

from reviewer.library import batch, filmlists
from reviewer.library.folders import UserFolders
from reviewer.library.history import History
from reviewer.library.index import Index
from reviewer.library.resources import resource
from reviewer.library.reviews import open_review, save_review
from reviewer.review.marks import BUILT_IN
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import FilmList, Permission, Review
from reviewer.text.fields import assign
from reviewer.text.filmlist import take_apart
from tests.library.shelves import put

TODAY = dt.date(2026, 11, 25)
BEST = FilmList("in-step", "ranked", "year:>=2000", "", 2)


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "films"
    shutil.copytree(resource("sample"), folder)
    put(folder, "two", "title: Two\nfilm: {title: Gattaca, year: 1997}\nrating: [{scale: five-stars, value: 1}]\n"
        "also:\n  - film: {title: Her, year: 2013}\n    rating: [{scale: letters, value: A}]\n", "Words.\n")  # fmt: skip
    return folder


@pytest.fixture
def folders(tmp_path):
    return UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e")


@pytest.fixture
def index(library, folders):
    index = Index.open(folders, library, BUILT_IN)
    list(index.sync(TODAY))
    yield index
    index.close()


def names(found):
    return [one.item.name for one in found]


def made(index, library, asked=BEST, **more):
    opened = filmlists.make(
        library,
        Review(id="1", title="Best", list_=asked),
        filmlists.candidates(index, asked, TODAY),
        history=History.of(UserFolders.standard()),
        **more,
    )
    index.update([opened.path], TODAY)
    return opened


def films(path):
    return take_apart(open_review(path).reading.document.text).names


def test_the_best_come_first_and_no_more_than_asked(index):
    assert names(filmlists.candidates(index, BEST, TODAY)) == ["In the Mood for Love (2000)", "Moon (2009)"]


def test_both_films_of_a_double_bill_are_candidates_with_their_own_marks(index):
    found = filmlists.candidates(index, FilmList("frozen", query="film:her"), TODAY)
    assert [(one.item.name, one.item.mark) for one in found] == [("Gattaca (1997)", "1 star"), ("Her (2013)", "A")]


def test_a_list_is_no_candidate_for_a_list(index, library):
    made(index, library)
    assert "Best" not in names(filmlists.candidates(index, FilmList("frozen"), TODAY))


def test_a_search_that_cannot_be_understood_is_said(index):
    with pytest.raises(filmlists.BadSearch, match="mark"):
        filmlists.candidates(index, FilmList("in-step", query="mark:>=fine"), TODAY)


def test_films_by_name_take_what_their_review_says(index):
    moon, other = filmlists.named(index, ["moon", "Stalker (1979)"])
    assert (moon.item.name, moon.item.mark, moon.review is not None) == ("Moon (2009)", "4 stars", True)
    assert (other.item.name, other.review) == ("Stalker (1979)", None)


def test_a_countdown_ends_with_the_best(index, library):
    opened = made(index, library, FilmList("frozen", "countdown", "year:>=2000", "", 2))
    assert films(opened.path) == ("Moon (2009)", "In the Mood for Love (2000)")


def test_stills_come_along_with_their_permission_and_its_evidence(index, library, history):
    never = library / "never-let-me-go-2010"
    was = open_review(never / "review.md")
    lead = was.reading.review.lead
    (never / "permissions").mkdir(exist_ok=True)
    (never / "permissions" / "yes.txt").write_text("Yes.")
    granted = Permission("permission", "granted", "Fox", evidence=("permissions/yes.txt",))
    review = was.reading.review.with_still(dataclasses.replace(lead, permission=granted), lead.file)
    save_review(was, review, history=history)
    opened = made(index, library, FilmList("frozen", query="film:never"), with_stills=True)
    (still,) = opened.reading.review.stills
    assert (opened.folder / still.file).read_bytes() == (never / lead.file).read_bytes()
    assert (opened.folder / still.permission.evidence[0]).read_text() == "Yes."
    assert (standing(still, TODAY).verdict, still.lead) == (Verdict.MAY, None)
    assert f"![]({still.file})" in opened.reading.document.text


def test_a_still_that_is_gone_is_left_out(index, library):
    shutil.rmtree(library / "moon-2009" / "stills")
    opened = made(index, library, FilmList("frozen", query="film:moon"), with_stills=True)
    assert (opened.reading.review.stills, films(opened.path)) == ((), ("Moon (2009)",))


@pytest.fixture
def listed(index, library, history):
    opened = made(index, library)
    moon = open_review(library / "moon-2009" / "review.md")
    save_review(moon, assign(moon.reading.review, "rating.letters", "A+"), history=history)
    save_review(
        open_review(moon.path), assign(open_review(moon.path).reading.review, "rating.five-stars", "5"), history=history
    )
    never = open_review(library / "in-the-mood-for-love-2000" / "review.md")
    save_review(never, assign(never.reading.review, "rating.five-stars", "3"), history=history)
    list(index.sync(TODAY))
    return opened.path


def test_a_list_that_is_kept_in_step_follows_the_library(index, listed):
    (change,) = filmlists.keeping(filmlists.lists(index), index, TODAY)
    text = change.after.decode()
    assert take_apart(text.split("---\n", 2)[2]).names[0] == "Moon (2009)"
    assert "*5 stars (A+)*" in text


def test_bringing_in_step_twice_changes_nothing_the_second_time(index, listed, folders, library):
    batch.carry_out(list(filmlists.keeping([listed], index, TODAY)), "In step", folders, library)
    assert list(filmlists.keeping([listed], index, TODAY)) == []


def test_a_frozen_list_stays(index, library):
    opened = made(index, library, FilmList("frozen", "ranked", "year:>=2000", "", 1))
    assert list(filmlists.keeping([opened.path], index, TODAY)) == []


def test_a_list_whose_search_is_broken_is_left_with_the_reason(index, library):
    path = put(library, "odd", "title: Odd\nlist: {kept: in-step, query: 'mark:>=fine'}\n", "")
    (left,) = filmlists.keeping([path], index, TODAY)
    assert isinstance(left, batch.Left)
    assert "mark" in left.why
