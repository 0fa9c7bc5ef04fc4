"""Folders that the disk does not list: said, and nobody takes what is in them for gone."""

import datetime as dt
import json

import pytest

from reviewer.library.index import Index
from reviewer.library.listing import find
from reviewer.library.trash import what_goes
from reviewer.review.marks import BUILT_IN
from tests.library.denied import denied
from tests.library.shelves import make

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def films(library):
    return make(library)


def names(paths):
    return {path.parent.name for path in paths}


def test_the_others_are_found_and_the_folder_is_named(films):
    unlisted: dict = {}
    with denied(films / "gattaca"):
        found = names(find(films, unlisted))
    assert found == names(find(films)) - {"gattaca"}
    assert unlisted == {films / "gattaca": "Permission denied"}


def test_a_folder_that_went_meanwhile_is_no_such_folder(films):
    unlisted: dict = {}
    walk = find(films, unlisted)
    next(walk)
    (films / "gattaca").rename(films.parent / "gone")
    assert "gattaca" not in names(walk)
    assert unlisted == {}


def test_a_link_to_itself_is_a_review_that_cannot_be_read(films, reviewer):
    (films / "loop").mkdir()
    (films / "loop/review.md").symlink_to("review.md")
    said = reviewer("terms", films, "rename", "tag", "genes", "DNA")
    assert (said.status, "loop/review.md: left as it is, it cannot be read" in said.err) == (1, True)


def test_the_index_keeps_what_it_knows_of_a_folder(films, folders):
    index = Index.open(folders, films, BUILT_IN)
    list(index.sync(TODAY))
    with denied(films / "gattaca"):
        gone = [path for step in index.sync(TODAY) for path in step.gone]
    assert gone == []
    assert "gattaca" in names(one.path for one in index.entries())
    assert index.unlisted == {films / "gattaca": "Permission denied"}
    list(index.sync(TODAY))
    assert index.unlisted == {}
    index.close()


def test_a_change_of_terms_names_the_folder(films, reviewer):
    with denied(films / "gattaca"):
        said = reviewer("terms", films, "rename", "tag", "noir", "Film noir")
    assert said.status == 1
    assert f"{films}/gattaca: left as it is, it cannot be listed: Permission denied" in said.err


def test_a_term_that_is_not_found_may_be_in_the_folder(films, reviewer):
    with denied(films / "gattaca"):
        said = reviewer("terms", films, "rename", "tag", "genes", "DNA")
    assert said.status == 2
    assert "No review that can be read has the tag “genes”." in said.err
    assert f"{films}/gattaca: it cannot be listed: Permission denied" in said.err


def test_a_check_of_all_reviews_fails_for_the_folder(films, reviewer):
    with denied(films / "gattaca"):
        said = reviewer("check", films)
    assert said.status == 2
    assert f"{films}/gattaca cannot be listed: Permission denied." in said.err


def test_an_audit_names_the_folder(films, reviewer):
    with denied(films / "gattaca"):
        said = reviewer("rights", "audit", films, "--json")
    assert json.loads(said.out)["not_read"] == [f"{films}/gattaca: Permission denied"]


def test_a_review_beside_a_folder_that_is_not_listed_goes_to_the_trash_alone(films):
    (films / "gattaca/more").mkdir()
    with denied(films / "gattaca/more"):
        assert what_goes(films / "gattaca/review.md", films) == films / "gattaca/review.md"
