"""Pelican 4: Python-Markdown, posts in ``content/``, pictures through ``{static}``.

A plain header cannot nest and takes no quotes; with the plug-in yaml_metadata the header is YAML. Themes print titles,
categories and tags as HTML, so they are written as HTML. A post has one category; further ones become tags.
"""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path

from reviewer.publish import header
from reviewer.publish.entries import Entry
from reviewer.publish.permalinks import with_braces
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, one_category
from reviewer.publish.pythonmarkdown import PythonMarkdown
from reviewer.publish.site import Site, read_python, zone
from reviewer.review.slugs import slug
from reviewer.review.values import Plain, PostDate, Review

CONFIG = "pelicanconf.py"
_FOLDERS = ("posts", "articles", "blog", "reviews")


class Writer(PythonMarkdown):
    """Pictures are named by ``{static}``, which Pelican turns into the built page's own address."""

    def source(self, address: str) -> str:
        return "{static}" + address


def recognise(folder: Path) -> Site | None:
    """A folder with Pelican's configuration, which is read for plain values and never run."""
    if not (folder / CONFIG).is_file():
        return None
    config = read_python(folder / CONFIG)
    content = str(config.get("PATH") or "content").strip("./") or "content"
    plugins = config.get("PLUGINS")
    has_yaml = isinstance(plugins, (list, tuple)) and any("yaml_metadata" in str(name) for name in plugins)
    inner = next((name for name in _FOLDERS if (folder / content / name).is_dir()), "")
    reasons = [f"it has {CONFIG}", f"its header is {'YAML, by its plug-in' if has_yaml else 'plain'}"]
    posts = f"{content}/{inner}" if inner else content
    facts = {
        "header": "yaml" if has_yaml else "plain",
        "content": content,
        "theme": str(config.get("THEME") or "notmyidea"),
        "url": str(config.get("ARTICLE_URL") or "{slug}.html"),
        "address": str(config.get("SITEURL") or "").rstrip("/"),
    }
    return Site(folder, "pelican", tuple(reasons), zone(config.get("TIMEZONE")), posts, CONFIG, facts)


def place(site: Site, settings: BlogSettings, date: PostDate, name: str) -> Place:
    posts = (settings.posts or site.posts or "content").strip("/")
    return Place(f"{posts}/{name}.md", f"{site.facts.get('content', 'content')}/images/{name}")


def date(site: Site, when: PostDate) -> Plain:
    """The author's clock: Pelican takes it as the site's own."""
    return when.replace(tzinfo=None) if isinstance(when, dt.datetime) else when


def src(place: Place, name: str) -> str:
    return "/images/" + place.pictures.rpartition("/images/")[2] + "/" + name


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """One category, further ones among the tags; what themes print as HTML written as HTML."""
    made = one_category(front)
    if "category" in made:
        made["category"] = escape(str(made["category"]), quote=False)
    if isinstance(tags := made.get("tags"), list):
        made["tags"] = [escape(str(tag), quote=False).replace(";", ",") for tag in tags]
    made["title"] = escape(str(made.get("title", "")), quote=False)
    return made


def link(site: Site, here: Entry, there: Entry) -> str:
    """Pelican turns the file's name into its page's address."""
    return "{filename}/" + there.post.removeprefix(site.facts.get("content", "content") + "/")


def url(site: Site, entry: Entry) -> str:
    category = slug(entry.categories[0]) if entry.categories else "misc"
    return with_braces(
        site.facts.get("url", "{slug}.html"), entry, {"category": category, "author": slug(entry.author)}
    )


def moved(site: Site, old: str, new: str) -> str:
    return f"Let your host send {old} on to {new}; Pelican has no redirects of its own."


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    if len(review.categories) > 1:
        return (f"Pelican knows one category a post: {review.categories[0]}. The others become tags.",)
    return ()


PROFILE = Profile(
    name="pelican",
    title="Pelican",
    about="Pelican 4, plain header or YAML with its plug-in: content/slug.md, pictures in content/images/slug/",
    recognise=recognise,
    configs=(CONFIG,),
    place=place,
    date=date,
    src=src,
    writer=Writer,
    keys={"excerpt": "summary", "updated": "modified"},
    slug_key="slug",
    scripts=True,
    shape=shape,
    header=lambda site, front: header.yaml(front) if site.facts.get("header") == "yaml" else header.plain(front),
    reserved=frozenset({"content", "status", "template", "lang", "save_as", "url", "slug", "translation"}),
    link=link,
    url=url,
    moved=moved,
    notes=notes,
)
