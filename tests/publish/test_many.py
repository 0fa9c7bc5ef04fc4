"""A plan of many reviews: all or nothing, quick where nothing changed, and never wrong about what did."""

import gc
import json
import os
import subprocess
import sys

import pytest

from reviewer.publish.content import Content, Spool, sweep


@pytest.fixture
def several(reviewer, ready, library):
    """Three reviews that may go out; the first has a still, the second names the film of the third."""
    for title, text in (("Gattaca", "Better than [[Solaris (1972)]]."), ("Solaris", "Words.")):
        path = reviewer("new", library, "--title", title, "--year", "1972").out.strip()
        reviewer("set", path, "date=2011-02-04", "status=ready")
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")
    return library


def changes(reviewer, library, blog):
    said = reviewer("export", library, "--to", blog, "--dry-run", "--json")
    return {file["path"]: file["change"] for file in json.loads(said.out)["files"] if file["change"] != "unchanged"}


def test_after_an_export_of_all_nothing_is_left_to_do(reviewer, several, blog):
    reviewer("export", several, "--to", blog)
    assert changes(reviewer, several, blog) == {}


def test_a_second_export_of_all_touches_no_file(reviewer, several, blog):
    reviewer("export", several, "--to", blog)
    before = {path: os.stat(path) for path in blog.rglob("*")}
    reviewer("export", several, "--to", blog)
    assert {path: (s.st_mtime_ns, s.st_ino) for path, s in before.items()} == {
        path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in blog.rglob("*")
    }


def test_a_changed_text_is_seen(reviewer, several, blog, ready):
    reviewer("export", several, "--to", blog)
    ready.write_text(ready.read_text().replace("Words.", "Other words."))
    assert changes(reviewer, several, blog) == {"_posts/2011-02-03-moon.md": "changed"}


def test_a_changed_picture_is_seen(reviewer, several, blog, ready, picture):
    reviewer("export", several, "--to", blog)
    (ready.parent / "stills" / "boat.png").write_bytes(picture("other.png", size=(50, 20)).read_bytes())
    assert changes(reviewer, several, blog) == {"assets/images/moon/moon-boat.png": "changed"}


def test_a_changed_setting_of_the_blog_is_seen(reviewer, several, blog, blog_settings):
    reviewer("export", several, "--to", blog)
    blog_settings(blog, constants={"kind": "review"})
    assert set(changes(reviewer, several, blog).values()) == {"changed"}
    assert len(changes(reviewer, several, blog)) == 3


def test_a_changed_configuration_of_the_site_is_seen(reviewer, several, blog, ready):
    reviewer("set", ready, "date=2011-02-03T21:30:00-05:00")
    reviewer("export", several, "--to", blog)
    (blog / "_config.yml").write_text("title: Blog\ntimezone: Asia/Tokyo\n")
    assert changes(reviewer, several, blog) == {"_posts/2011-02-03-moon.md": "changed"}


def test_a_film_that_got_its_post_somewhere_else_is_linked_anew(reviewer, several, blog):
    reviewer("export", several, "--to", blog)
    reviewer("set", next(several.glob("solaris*")) / "review.md", "slug=solaris-again")
    found = changes(reviewer, several, blog)
    assert found["_posts/2011-02-04-gattaca.md"] == "changed"


def test_a_post_changed_by_hand_is_seen(reviewer, several, blog):
    reviewer("export", several, "--to", blog)
    post = blog / "_posts" / "2011-02-04-solaris.md"
    post.write_text(post.read_text() + "\nBy hand.\n")
    assert "edited in the blog  " in reviewer("status", several, "--blog", blog).out


def test_a_post_that_was_deleted_by_hand_comes_back(reviewer, several, blog):
    reviewer("export", several, "--to", blog)
    (blog / "_posts" / "2011-02-04-solaris.md").unlink()
    assert changes(reviewer, several, blog) == {"_posts/2011-02-04-solaris.md": "new"}


def test_one_that_may_not_go_out_holds_all_back(reviewer, several, blog, ready):
    reviewer("rights", "set", ready, "boat", "basis=unknown")
    assert reviewer("export", several, "--to", blog).status == 1
    assert not (blog / "_posts").exists()


def test_new_pictures_lie_on_the_disk_as_long_as_their_plan_lives(tmp_path):
    spool = Spool(tmp_path / "plans")
    kept = spool.keep(b"x" * 100_000)
    assert (kept.data, kept.read()) == (None, b"x" * 100_000)
    del spool
    gc.collect()
    assert not list((tmp_path / "plans").iterdir())


def test_where_the_disk_takes_nothing_they_stay_in_the_memory(tmp_path):
    (tmp_path / "plans").write_text("no folder")
    assert Spool(tmp_path / "plans").keep(b"x" * 100_000).read() == b"x" * 100_000


def test_what_a_program_that_is_gone_left_there_is_taken_away(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    (tmp_path / f"{child.pid}-abc").mkdir()
    (tmp_path / f"{os.getpid()}-abc").mkdir()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{os.getpid()}-abc"]


def test_a_file_that_changed_since_the_plan_is_not_taken_for_it(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    content = Content.at(tmp_path / "a", b"x" * 100_000)
    (tmp_path / "a").write_bytes(b"y" * 100_000)
    with pytest.raises(OSError, match="changed since the plan"):
        content.read()
