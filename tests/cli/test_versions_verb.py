"""Older versions by the command line."""

import json
import shutil

import pytest


@pytest.fixture
def changed(review, reviewer):
    """A review that was changed once."""
    assert reviewer("set", review, "status=ready").status == 0
    return review


def listed(reviewer, *words):
    return json.loads(reviewer("versions", *words, "--json").out)


def test_a_change_leaves_the_former_version(changed, reviewer):
    first, second = listed(reviewer, changed)["versions"]
    assert "status: ready" in reviewer("versions", changed, "show", first["number"]).out
    assert "status: draft" in reviewer("versions", changed, "show", second["number"]).out


def test_an_older_version_is_restored_and_the_newer_kept(changed, reviewer):
    newer = changed.read_text()
    assert reviewer("versions", changed, "restore", 2).status == 0
    assert "status: draft" in changed.read_text()
    assert reviewer("versions", changed, "show", 2).out == newer


def test_versions_are_searched(changed, reviewer):
    assert len(listed(reviewer, changed, "--search", "status: draft")["versions"]) == 1


def test_a_deleted_review_is_listed_and_restored(changed, reviewer):
    before = changed.read_bytes()
    shutil.rmtree(changed.parent)
    (gone,) = listed(reviewer, changed.parent.parent)["gone"]
    assert (gone["path"], gone["title"]) == (str(changed), "Moon")
    assert reviewer("versions", gone["path"], "restore", 1).status == 0
    assert changed.read_bytes() == before


def test_another_version_beside_the_review_is_listed(changed, reviewer):
    other = changed.with_name("review (conflicted copy 2026-11-26).md")
    other.write_text("other")
    assert listed(reviewer, changed)["beside"] == [str(other)]


def test_a_number_that_is_none_is_said(changed, reviewer):
    said = reviewer("versions", changed, "restore", 9)
    assert said.status == 2
    assert "there is no version 9; 2 are kept" in said.err
