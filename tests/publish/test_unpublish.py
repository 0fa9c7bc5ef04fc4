"""Posts that are taken out of a blog again, and how each review stands in it."""

import json
from pathlib import Path

import pytest

from tests.publish import sites


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return sites.jekyll_site(tmp_path / "blog")


@pytest.fixture
def ready(reviewer, review: Path, picture) -> Path:
    reviewer("set", review, "date=2011-02-03")
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    return review


def state(reviewer, review: Path, blog: Path) -> str:
    (row,) = json.loads(reviewer("status", review, "--blog", blog, "--json").out)["reviews"]
    return row["state"]


def files(blog: Path) -> set[str]:
    return {path.relative_to(blog).as_posix() for path in blog.rglob("*") if path.is_file()}


def test_what_was_exported_goes_and_the_review_stays(reviewer, ready, blog):
    before, text = files(blog), ready.read_text()
    reviewer("export", ready, "--to", blog)
    assert files(blog) != before
    reviewer("unpublish", ready, "--from", blog)
    assert files(blog) == before
    assert ready.read_text() == text


def test_a_dry_run_takes_nothing_away(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    before = files(blog)
    assert "removed" in reviewer("unpublish", ready, "--from", blog, "--dry-run").out
    assert files(blog) == before


def test_what_was_changed_by_hand_stays_and_is_named(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / "_posts" / "2011-02-03-moon.md"
    post.write_text("mine")
    said = reviewer("unpublish", ready, "--from", blog)
    assert (said.status, post.read_text()) == (1, "mine")
    assert "kept" in said.out
    assert not list(blog.rglob("*.png"))


def test_a_foreign_file_beside_it_stays(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    other = blog / "assets" / "images" / "moon" / "other.png"
    other.write_bytes(b"mine")
    reviewer("unpublish", ready, "--from", blog)
    assert other.read_bytes() == b"mine"


def test_what_is_gone_can_be_exported_again(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    first = files(blog)
    reviewer("unpublish", ready, "--from", blog)
    reviewer("export", ready, "--to", blog)
    assert files(blog) == first


def test_taken_twice_is_nothing_the_second_time(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    reviewer("unpublish", ready, "--from", blog)
    assert "0 files written" in reviewer("unpublish", ready, "--from", blog).out


def test_the_audit_no_longer_calls_it_published(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    reviewer("unpublish", ready, "--from", blog)
    (row,) = json.loads(reviewer("rights", "audit", ready.parents[1], "--json").out)["stills"]
    assert row["published"] is False


def test_each_state_is_told(reviewer, ready, blog):
    assert state(reviewer, ready, blog) == "not exported"
    reviewer("export", ready, "--to", blog)
    assert state(reviewer, ready, blog) == "up to date"
    ready.write_text(ready.read_text() + "\nMore.\n")
    assert state(reviewer, ready, blog) == "changed since"
    (blog / "_posts" / "2011-02-03-moon.md").write_text("mine")
    assert state(reviewer, ready, blog) == "edited in the blog"
    (blog / "_posts" / "2011-02-03-moon.md").unlink()
    reviewer("set", ready, "stills.boat.permission.basis=unknown")
    assert state(reviewer, ready, blog) == "blocked"


def test_status_writes_nothing(reviewer, ready, blog):
    before = files(blog)
    reviewer("status", ready, "--blog", blog)
    assert files(blog) == before
