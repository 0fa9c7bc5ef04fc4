"""What an export would do, and what it does: all or nothing, and never over another's work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "_config.yml").write_text("title: Blog\ntimezone: Europe/Madrid\n")
    return folder


POST = "_posts/2011-02-03-moon.md"
BOAT = "assets/images/moon/moon-boat.png"


def changes(reviewer, review: Path, blog: Path, *more: str) -> dict[str, str]:
    said = reviewer("export", review, "--to", blog, "--dry-run", "--json", *more)
    return {file["path"]: file["change"] for file in json.loads(said.out)["files"]}


def test_a_first_export_is_all_new(reviewer, ready, blog):
    assert changes(reviewer, ready, blog) == {POST: "new", BOAT: "new"}


def test_a_dry_run_writes_nothing(reviewer, ready, blog):
    changes(reviewer, ready, blog)
    assert [p.name for p in blog.rglob("*")] == ["_config.yml"]


def test_a_second_export_writes_no_byte(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    times = {p: p.stat().st_mtime_ns for p in blog.rglob("*")}
    assert "0 files written" in reviewer("export", ready, "--to", blog).out
    assert {p: p.stat().st_mtime_ns for p in blog.rglob("*")} == times


def test_a_changed_text_is_shown_with_its_diff(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    ready.write_text(ready.read_text().replace("Words.", "Other words."))
    said = reviewer("export", ready, "--to", blog, "--dry-run")
    assert "-Words." in said.out
    assert "+Other words." in said.out


def test_a_post_that_was_written_anew_by_hand_stays(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    (blog / POST).write_text("mine")
    assert "changed by hand; that is kept" in reviewer("export", ready, "--to", blog).out
    assert (blog / POST).read_text() == "mine"


def test_a_post_changed_here_and_there_in_the_same_place_is_in_the_way(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    (blog / POST).write_text("mine")
    ready.write_text(ready.read_text().replace("Words.", "Other words."))
    said = reviewer("export", ready, "--to", blog)
    assert said.status == 1
    assert (blog / POST).read_text() == "mine"


def test_a_file_in_the_way_goes_at_the_writers_word(reviewer, ready, blog):
    (blog / "_posts").mkdir()
    (blog / POST).write_text("foreign")
    assert changes(reviewer, ready, blog)[POST] == "in the way"
    reviewer("export", ready, "--to", blog, "--replace", POST)
    assert "Words." in (blog / POST).read_text()


def test_another_address_takes_the_old_post_away(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    reviewer("set", ready, "slug=the-moon")
    assert changes(reviewer, ready, blog)[POST] == "removed"
    reviewer("export", ready, "--to", blog)
    assert not (blog / POST).exists()
    assert not (blog / "assets/images/moon").exists()


def test_an_old_post_changed_by_hand_is_kept(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    (blog / POST).write_text("mine")
    reviewer("set", ready, "slug=the-moon")
    reviewer("export", ready, "--to", blog)
    assert (blog / POST).read_text() == "mine"


def test_an_address_that_another_review_has_is_a_finding(reviewer, ready, library, blog):
    reviewer("export", ready, "--to", blog)
    twin = reviewer("new", library, "--title", "Moon").out.strip()
    reviewer("set", twin, "date=2011-02-03")
    said = reviewer("export", twin, "--to", blog)
    assert said.status == 1
    assert "post of another review" in said.out


def test_without_receipts_equal_files_are_taken_as_ones_own(reviewer, ready, blog, home):
    reviewer("export", ready, "--to", blog)
    for receipt in home.rglob("receipts/*.json"):
        receipt.unlink()
    assert set(changes(reviewer, ready, blog).values()) == {"unchanged"}


@pytest.mark.parametrize("state", ["not-asked", "asked", "refused", "withdrawn"])
def test_a_permission_that_is_not_there_blocks(reviewer, ready, blog, state):
    reviewer("set", ready, "stills.boat.permission.basis=permission", f"stills.boat.permission.state={state}")
    assert reviewer("export", ready, "--to", blog).status == 1
    assert not (blog / "_posts").exists()


def test_a_permission_that_ran_out_blocks(reviewer, ready, blog):
    reviewer("set", ready, "stills.boat.permission.expires=2011-01-01")
    assert reviewer("export", ready, "--to", blog).status == 1


def test_publishing_all_the_same_keeps_the_reason(reviewer, ready, blog):
    reviewer("set", ready, "stills.boat.permission.basis=unknown")
    assert reviewer("export", ready, "--to", blog, "--reason", "The festival allows it").status == 0
    assert "The festival allows it" in ready.read_text()
    assert "festival" not in (blog / POST).read_text()


def test_permission_notes_never_leave_the_library(reviewer, ready, blog):
    reviewer("set", ready, "stills.boat.permission.note=hush", "stills.boat.permission.holder=Somebody")
    reviewer("export", ready, "--to", blog)
    assert "hush" not in (blog / POST).read_text()


def test_a_failure_on_the_way_leaves_the_blog_as_it_was(reviewer, ready, blog):
    (blog / "assets").write_text("a file where a folder should be")
    said = reviewer("export", ready, "--to", blog)
    assert said.status in (1, 2)
    assert not (blog / "_posts").exists()


def test_fields_can_be_named_otherwise(reviewer, ready, blog, folders):
    from reviewer.publish import blogs
    from reviewer.publish.profiles import BlogSettings

    blogs.store(folders, blog, BlogSettings(fields={"rating": "stars", "film": ""}, rating_line=False))
    reviewer("export", ready, "--to", blog)
    post = (blog / POST).read_text()
    assert "stars: 4" in post
    assert "film:" not in post
    assert "4 stars" not in post


@pytest.mark.parametrize(("config", "profile"), [("_config.yml", "jekyll"), ("hugo.toml", "hugo")])
def test_a_folder_is_recognised_by_its_configuration(reviewer, ready, tmp_path, config, profile):
    site = tmp_path / "site"
    site.mkdir()
    (site / config).write_text("")
    said = reviewer("export", ready, "--to", site, "--dry-run", "--json")
    assert json.loads(said.out)["profile"] == profile
