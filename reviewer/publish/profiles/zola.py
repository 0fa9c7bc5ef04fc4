"""Zola, by its documentation alone: TOML front matter, a page bundle, shortcodes in ``{{ }}`` and ``{% %}``. Experimental.

Sources: getzola.org/documentation, the pages “Page”, “Taxonomies”, “Shortcodes” and “Internal links”. Not built here, since
Zola comes neither with Debian nor from a package registry.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from reviewer.publish import header
from reviewer.publish.dialect import Image, entities
from reviewer.publish.figures import HtmlFigures
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site, read_config
from reviewer.review.values import Plain, PostDate, Review

CONFIGS = ("zola.toml", "config.toml")
_FOLDERS = ("posts", "blog", "reviews")
_TOP = ("title", "description", "date", "updated", "slug", "aliases", "authors")
_CALL = re.compile(r"\{([{%])(\s*\w[\w:]*\s*\(.*?\)\s*)([}%])\}", re.S)


class PulldownCmark(HtmlFigures):
    """CommonMark with tables, notes and tasks; raw HTML reaches the page."""

    task_lists = True

    def picture(self, image: Image) -> str:
        return f'<img src="{image.src}" alt="{entities(image.alt)}">'

    def code(self, text: str) -> str:
        return _CALL.sub(lambda found: f"{{{found[1]}/*{found[2]}*/{found[3]}}}", text)

    def cell_code(self, text: str) -> str:
        return text.replace("|", "\\|")

    def separator(self, before: object) -> str:
        return "<!-- -->"


def recognise(folder: Path) -> Site | None:
    """A folder with ``zola.toml``, or with a ``config.toml`` that has Zola's ``base_url`` and a folder ``content``."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    config = read_config(folder / name) if name else {}
    if name != "zola.toml" and ("base_url" not in config or not (folder / "content").is_dir()):
        return None
    inner = next((one for one in _FOLDERS if (folder / "content" / one).is_dir()), "posts")
    reasons = [f"it has {name}", f"its posts are in content/{inner}", "what is written for Zola was never built here"]
    facts = {"address": str(config.get("base_url") or "").rstrip("/")}
    return Site(folder, "zola", tuple(reasons), None, f"content/{inner}", name, facts)


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    folder = f"{(settings.posts or site.posts or 'content/posts').strip('/')}/{slug}"
    return Place(f"{folder}/index.md", folder)


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """Zola's own keys first, categories and tags as taxonomies, all others under ``extra``."""
    made = {key: front[key] for key in _TOP if key in front}
    if "author" in front:
        made["authors"] = [front["author"]]
    if taxonomies := {key: front[key] for key in ("categories", "tags") if key in front}:
        made["taxonomies"] = taxonomies
    if extra := {key: value for key, value in front.items() if key not in {*made, "author", "categories", "tags"}}:
        made["extra"] = extra
    return made


def date(site: Site, when: PostDate) -> Plain:
    return when if not isinstance(when, dt.datetime) or when.tzinfo else when.replace(tzinfo=dt.UTC)


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    return (
        "The profile for Zola follows its documentation and was never built with it. Look at the page after your build.",
    )


PROFILE = Profile(
    name="zola",
    title="Zola",
    about="Zola, experimental, by its documentation: content/posts/slug/index.md with its pictures beside it",
    recognise=recognise,
    configs=CONFIGS,
    specific=True,
    place=place,
    date=date,
    src=lambda place, name: name,
    writer=PulldownCmark,
    keys={"excerpt": "description"},
    shape=shape,
    header=lambda site, front: header.toml(front),
    scripts=True,
    link=lambda site, here, there: f"@/{there.post.removeprefix('content/')}",
    url=lambda site, entry: "/" + entry.post.removeprefix("content/").removesuffix("/index.md") + "/",
    aliases=lambda site: "aliases",
    reserved=frozenset({"path", "template", "weight", "draft", "in_search_index", "extra", "taxonomies"}),
    notes=notes,
)
