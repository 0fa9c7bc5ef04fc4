"""Stills in posts: their sizes, the words under them, the list of credits, and whose they are for search engines."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from PIL import Image

from reviewer.library.folders import UserFolders
from reviewer.library.reviews import open_review
from reviewer.publish import blogs
from reviewer.publish.captions import fill, plain
from reviewer.publish.carry_out import carry_out
from reviewer.publish.copies import widths
from reviewer.publish.plan import site_for
from reviewer.publish.planner import make_plan
from reviewer.publish.profiles.base import BlogSettings, Pictures
from reviewer.stills.formats import facts
from tests.publish import sites

KNOWN = {"caption": "Carey Mulligan", "credit": "", "film": "Never Let Me Go", "year": "2010", "holder": "Fox"}


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{caption}", "Carey Mulligan"),
        ("{credit}", ""),
        ("{caption} in *{film}*[. © {year} {holder}]", "Carey Mulligan in Never Let Me Go. © 2010 Fox"),
        ("{caption}[ ({credit})]", "Carey Mulligan"),
        ("[{credit} in ]*{film}*", "Never Let Me Go"),
        ("Still: {director}", "Still: {director}"),
        ("All rights reserved", "All rights reserved"),
        ("[unclosed {caption}", "[unclosed Carey Mulligan"),
        ("", ""),
    ],
)
def test_a_template_is_filled(template, made):
    assert plain(fill(template, KNOWN)) == made


def test_only_the_templates_own_asterisks_emphasise():
    runs = fill("{caption} in *{film}*", {"caption": "*Really* [x] {film}", "film": "The *A*"})
    assert runs == (("*Really* [x] {film} in ", False), ("The *A*", True))


@pytest.mark.parametrize(
    ("full", "made"),
    [(6000, [2400, 1600, 800]), (1920, [1920, 800]), (1280, [1280, 800]), (800, [800]), (500, [500]), (2000, [2000, 1600, 800])],
)  # fmt: skip
def test_sizes_are_none_larger_than_the_still_and_none_alike(full, made):
    assert widths(full, Pictures(), responsive=True) == made


def test_a_generator_of_one_size_gets_the_largest():
    assert widths(6000, Pictures(), responsive=False) == [2400]


def test_no_sizes_is_the_still_as_it_is():
    assert widths(6000, Pictures(()), responsive=True) == [6000]


# in a plan


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return sites.jekyll_site(tmp_path / "blog")


@pytest.fixture
def wide(reviewer, review: Path, picture) -> Path:
    """A review whose lead still is 1,000 pixels wide."""
    reviewer("set", review, "date=2011-02-03", "film.year=2010")
    boat = picture("boat.jpg", size=(1000, 500), quality=80)
    reviewer("stills", "add", review, boat, "--lead", "--basis", "own", "--alt", "A boat", "--caption", "The boat",
             "--credit", "Ana")  # fmt: skip
    return review


PLACE = "assets/images/moon"


def test_each_size_is_a_file_of_its_width(reviewer, wide, blog):
    reviewer("export", wide, "--to", blog)
    made = {path.name: facts(path.read_bytes(), path.name).width for path in (blog / PLACE).iterdir()}
    assert made == {"moon-boat.jpg": 1000, "moon-boat-800.jpg": 800}


def test_copies_that_are_there_are_not_made_again(reviewer, wide, blog, monkeypatch):
    reviewer("export", wide, "--to", blog)
    wide.write_text(wide.read_text() + "\nMore words.\n")
    drawn = []
    monkeypatch.setattr("reviewer.publish.planner.copies", lambda *words: drawn.append(words))
    reviewer("export", wide, "--to", blog)
    assert drawn == []
    assert "More words" in next((blog / "_posts").iterdir()).read_text()


@pytest.mark.parametrize("change", ["stills.boat.credit=Somebody", "stills.boat.crop.width=0.5"])
def test_a_changed_record_makes_all_copies_anew(reviewer, wide, blog, change):
    reviewer("export", wide, "--to", blog)
    before = {path.name: path.read_bytes() for path in (blog / PLACE).iterdir()}
    reviewer("set", wide, change, *(["stills.boat.crop.left=0", "stills.boat.crop.top=0", "stills.boat.crop.height=1"]
                                    if "crop" in change else []))  # fmt: skip
    reviewer("export", wide, "--to", blog)
    after = {path.name: path.read_bytes() for path in (blog / PLACE).iterdir()}
    assert not set(before.values()) & set(after.values())


def test_a_copy_that_was_touched_by_hand_is_in_the_way(reviewer, wide, blog):
    reviewer("export", wide, "--to", blog)
    touched = blog / PLACE / "moon-boat-800.jpg"
    touched.write_bytes(touched.read_bytes() + b"!")
    said = json.loads(reviewer("export", wide, "--to", blog, "--dry-run", "--json").out)
    assert {f["path"]: f["change"] for f in said["files"]}[f"{PLACE}/moon-boat-800.jpg"] == "in the way"


def test_another_format_takes_the_old_copies_away(reviewer, wide, blog, folders):
    reviewer("export", wide, "--to", blog)
    blogs.store(folders, blog, BlogSettings(pictures=Pictures((800,), "WEBP")))
    reviewer("export", wide, "--to", blog)
    assert [path.name for path in (blog / PLACE).iterdir()] == ["moon-boat.webp"]


def test_settings_of_a_blog_are_read_as_they_were_kept(folders, blog):
    settings = BlogSettings(caption="{caption} in *{film}*", credit="© {holder}", stills_list=True, linked_data=True,
                            pictures=Pictures((640,), "AVIF", 50, True, True))  # fmt: skip
    blogs.store(folders, blog, settings)
    assert blogs.load(folders, blog) == settings


# on the built page

SETTINGS = BlogSettings(
    caption="{caption} in *{film}*[. © {year} {holder}]", credit="[{credit}]", stills_list=True, linked_data=True
)


@pytest.fixture(scope="module", params=["jekyll", "hugo"])
def content(request, tmp_path_factory, command) -> sites.Element:
    """What stands on the page that the real generator built from a review with a still under a licence."""
    base = tmp_path_factory.mktemp("pictures")
    path = Path(command("new", base / "Reviews", "--title", "Never Let Me Go"))
    command("set", path, "date=2011-02-03", "film.title=Never *Let* {{ Me }} Go", "film.year=2010")
    Image.linear_gradient("L").resize((1000, 500)).convert("RGB").save(base / "boat.jpg")
    command("stills", "add", path, base / "boat.jpg", "--lead", "--basis=licence", "--holder=Fox & Co", "--alt=A boat",
            "--caption=Carey </script> {{ x }}", "--credit=Fox")  # fmt: skip
    command("set", path, "stills.boat.source.url=https://example.org/a", "stills.boat.permission.licence=CC-BY-4.0")
    made = sites.jekyll_site(base / "blog", 'url: "https://example.org"\n') if request.param == "jekyll" else None
    blog = site_for(made or sites.hugo_site(base / "blog"))
    folders = UserFolders(*(base / name for name in ("config", "data", "cache")))
    carry_out(make_plan([open_review(path)], blog, SETTINGS, folders, dt.date(2026, 1, 1)), folders)
    built = sites.build_jekyll(blog.folder) if made else sites.build_hugo(blog.folder, sites.new_hugo())
    assert built.status == 0, built.said
    return built.page("never-let-me-go").content


CAPTION = "Carey </script> {{ x }} in Never *Let* {{ Me }} Go. © 2010 Fox & Co"


def test_the_caption_is_the_templates(content):
    (caption,) = content.all("figcaption")
    assert " ".join(caption.text().split()) == f"{CAPTION} Fox"


def test_the_film_is_emphasised_in_the_caption(content):
    (caption,) = content.all("figcaption")
    assert [part.text() for part in caption.all("em")] == ["Never *Let* {{ Me }} Go"]


def test_the_credits_are_listed_at_the_end(content):
    assert list(content.all("li"))[-1].text().strip() == f"{CAPTION}: Fox"


def test_the_page_shows_the_sizes_where_the_generator_can(content):
    (image,) = content.all("img")
    sizes = image.attributes.get("srcset", "")
    if list(content.all("script")):  # Jekyll: scripts and sizes reach its pages
        assert (
            sizes
            == "/assets/images/never-let-me-go/never-let-me-go-boat-800.jpg 800w, /assets/images/never-let-me-go/never-let-me-go-boat.jpg 1000w"
        )
    else:
        assert image.attributes["src"].endswith("never-let-me-go-boat.jpg")


def test_search_engines_are_told_whose_it_is(content):
    for script in content.all("script"):
        (_, thing) = json.loads(script.text())["@graph"]
        assert thing == {
            "@type": "ImageObject",
            "contentUrl": "https://example.org/assets/images/never-let-me-go/never-let-me-go-boat.jpg",
            "caption": CAPTION,
            "creditText": "Fox",
            "copyrightNotice": "© Fox & Co",
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }
