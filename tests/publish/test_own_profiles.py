"""Profiles of the writer's own: data and templates in her settings folder, and nothing that is run."""

import pytest

from reviewer.publish.profiles import PROFILES, take_in

MINE = """
title = "My blog"
like = "jekyll"
recognise = ["films.yml"]
post = "content/{year}/{slug}.md"
pictures = "static/img/{slug}"
src = "/img/{slug}/{name}"
link = "/{year}/{slug}/"
url = "/{year}/{slug}/"
date = "day"
aliases = "old"

[keys]
excerpt = "summary"

[constants]
kind = "film"
draft = false
"""


@pytest.fixture
def mine(folders):
    """Write a profile into the settings folder: ``mine("films", text)``."""

    def write(name, text):
        place = folders.config / "profiles" / f"{name}.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place

    yield write
    take_in(folders.config / "nowhere")


@pytest.fixture
def films(tmp_path):
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "films.yml").write_text("")
    return folder


def test_a_blog_is_known_by_its_own_file_and_gets_posts_where_it_wants_them(mine, films, reviewer, ready):
    mine("films", MINE)
    assert reviewer("export", ready, "--to", films).status == 0
    text = (films / "content/2011/moon.md").read_text()
    assert '\nkind: "film"\n' in text
    assert "\ndraft: false\n" in text
    assert "{{ '/img/moon/moon-boat.png' | relative_url }}" in text
    assert (films / "static/img/moon/moon-boat.png").is_file()


def test_a_post_that_moves_has_its_old_address_under_the_named_key(mine, films, reviewer, ready):
    mine("films", MINE)
    reviewer("export", ready, "--to", films)
    reviewer("set", ready, "slug=again")
    reviewer("export", ready, "--to", films)
    assert 'old: ["/2011/moon/"]' in (films / "content/2011/again.md").read_text()


def test_it_is_listed_and_said_in_full(mine, reviewer):
    mine("films", MINE)
    assert "films" in reviewer("profiles").out
    assert "post: content/2011/slug.md" in reviewer("profiles", "films").out


def test_without_a_file_to_know_it_by_it_has_to_be_named(mine, films, reviewer, ready, tmp_path):
    mine("films", 'like = "plain"\npost = "{slug}.md"\n')
    (tmp_path / "other").mkdir()
    assert reviewer("export", ready, "--to", tmp_path / "other").status == 2
    assert reviewer("export", ready, "--to", tmp_path / "other", "--profile", "films").status == 0
    assert (tmp_path / "other" / "moon.md").is_file()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("like = ", "is no TOML"),
        ('like = "ghost"', "there is no profile ghost"),
        ('name = "jekyll"', "cannot be its name"),
        ('name = "My Blog"', "cannot be its name"),
        ('run = "rm"', "there is no key run"),
        ('post = "../{slug}.md"', "has to lie in the blog"),
        ('post = "/etc/{slug}"', "has to lie in the blog"),
        ('post = "posts/all.md"', "post needs {slug}"),
        ('post = "{title}/{slug}.md"', "has no blank {title}"),
        ('date = "today"', "date is one of day, clock, offset"),
        ('recognise = ["a/b"]', "names of files at the blog’s root"),
        ("post = 3", "post is a text in quotes"),
        ("responsive = 1", "responsive is true or false"),
        ('[keys]\nmovie = "film"', "[keys] knows no field movie"),
        ("[constants]\na = [1]", "[constants] holds names and texts"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason_and_stops_nothing(mine, reviewer, text, reason):
    path = mine("films", text)
    said = reviewer("profiles")
    assert said.status == 0
    assert str(path) in said.err
    assert reason in said.err
    assert "films" not in PROFILES


def test_a_file_that_is_gone_is_forgotten(mine, reviewer):
    path = mine("films", MINE)
    reviewer("profiles")
    path.unlink()
    assert "films" not in reviewer("profiles").out


def test_a_post_never_leaves_the_blog_whatever_the_slug(mine, films, reviewer, ready):
    mine("films", MINE.replace("content/{year}/{slug}.md", "{slug}/index.md"))
    reviewer("set", ready, "slug=../../evil")
    assert reviewer("export", ready, "--to", films).status == 1
    assert not list(films.parent.glob("evil*"))
