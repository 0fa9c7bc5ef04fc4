"""A list post on the page that the real generator built: films in order, marks, words, links to the blog's own posts, an ItemList."""

import datetime as dt
import json
from pathlib import Path

import pytest
import sites

from reviewer.library.folders import UserFolders
from reviewer.library.reviews import open_review
from reviewer.publish.carry_out import carry_out
from reviewer.publish.plan import site_for
from reviewer.publish.planner import make_plan
from reviewer.publish.profiles.base import BlogSettings

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module", params=["jekyll", "hugo"])
def content(request, tmp_path_factory, command) -> sites.Element:
    base = tmp_path_factory.mktemp("lists")
    library = base / "Reviews"
    for title, year, stars in (("Gattaca", 1997, "4"), ("Moon & {{ Sun }}", 2009, "3.5")):
        path = Path(command("new", library, "--title", title, "--year", year))
        command("set", path, f"rating.five-stars={stars}", "date=2011-01-01", f"excerpt=About {title}.")
    listed = Path(
        command("lists", "new", library, "--title", "The best", "--query", "mark:>=1", "--order", "countdown")
    )
    command("set", listed, "date=2011-02-03")
    made = sites.jekyll_site(base / "blog", 'url: "https://example.org"\n') if request.param == "jekyll" else None
    blog = site_for(made or sites.hugo_site(base / "blog"))
    folders = UserFolders(*(base / name for name in ("config", "data", "cache")))
    paths = [*sorted(library.glob("*/review.md"))]
    plan = make_plan(
        [open_review(p) for p in paths], blog, BlogSettings(linked_data=True), folders, dt.date(2026, 1, 1)
    )
    carry_out(plan, folders)
    built = sites.build_jekyll(blog.folder) if made else sites.build_hugo(blog.folder, sites.new_hugo())
    assert built.status == 0, built.said
    return built.page("the-best").content


def test_the_films_count_down(content):
    assert [" ".join(head.text().split()) for head in content.all("h2")] == [
        "2. Moon & {{ Sun }} (2009)",
        "1. Gattaca (1997)",
    ]


def test_marks_and_first_sentences_stand_below(content):
    words = " ".join(content.text().split())
    assert "2. Moon & {{ Sun }} (2009) 3½ stars About Moon & {{ Sun }}." in words


def test_each_film_leads_to_the_blogs_own_post(content):
    assert all(
        "gattaca" in a.attributes["href"] for head in content.all("h2") for a in head.all("a") if "Gattaca" in a.text()
    )
    assert len([a for head in content.all("h2") for a in head.all("a")]) == 2


def test_search_engines_are_told_of_the_list(content):
    for script in content.all("script"):
        thing = json.loads(script.text())["@graph"][0]
        assert (thing["@type"], thing["numberOfItems"]) == ("ItemList", 2)
        assert [(row["position"], row["item"]["name"]) for row in thing["itemListElement"]] == [
            (1, "Gattaca"), (2, "Moon & {{ Sun }}"),
        ]  # fmt: skip
