"""The last export can be taken back, whole, as long as nobody touched what it wrote."""

import json

import pytest

from reviewer.library.files import fingerprint

POST = "_posts/2011-02-03-moon.md"


def tree(folder):
    """Every file below a folder with its hash."""
    return {str(path.relative_to(folder)): fingerprint(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_first_export_leaves_nothing_behind_when_undone(reviewer, ready, blog):
    before = tree(blog)
    reviewer("export", ready, "--to", blog)
    assert reviewer("undo-export", blog).status == 0
    assert tree(blog) == before


def test_a_later_export_is_undone_to_the_one_before(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    before = tree(blog)
    reviewer("set", ready, "slug=elsewhere", "stills.boat.caption=A boat")
    reviewer("export", ready, "--to", blog)
    reviewer("undo-export", blog)
    assert tree(blog) == before


def test_after_an_undo_the_export_can_be_made_again(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    ready.write_text(ready.read_text().replace("Words.", "More words."))
    reviewer("export", ready, "--to", blog)
    after = tree(blog)
    reviewer("undo-export", blog)
    assert "changed since" in reviewer("status", ready, "--blog", blog).out
    reviewer("export", ready, "--to", blog)
    assert tree(blog) == after


def test_a_file_that_was_changed_since_stays_and_is_named(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    (blog / POST).write_text("mine")
    said = reviewer("undo-export", blog)
    assert f"kept        {POST}  (it was changed since the export)" in said.out
    assert (blog / POST).read_text() == "mine"


def test_an_unpublished_post_comes_back(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    before = tree(blog)
    reviewer("unpublish", ready, "--from", blog)
    reviewer("undo-export", blog)
    assert tree(blog) == before
    assert "up to date" in reviewer("status", ready, "--blog", blog).out


def test_an_export_that_wrote_nothing_does_not_take_the_undo_away(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    reviewer("export", ready, "--to", blog)
    reviewer("undo-export", blog)
    assert not (blog / POST).exists()


@pytest.mark.parametrize("times", [0, 1])
def test_where_nothing_can_be_undone_that_is_said(reviewer, ready, blog, times):
    for _ in range(times):
        reviewer("export", ready, "--to", blog)
        reviewer("undo-export", blog)
    said = reviewer("undo-export", blog)
    assert said.status == 2
    assert "can be taken back" in said.err


def test_a_dry_run_takes_nothing_back(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    said = json.loads(reviewer("undo-export", blog, "--dry-run", "--json").out)
    assert {file["path"]: file["change"] for file in said["files"]}[POST] == "removed"
    assert (blog / POST).exists()
