"""Hexo 8 with its own renderer, marked: a post's pictures lie in the folder of its name.

Nunjucks is switched off for each post. A single line end would become a break, so paragraphs are written in one line.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reviewer.publish.commonmark import CommonMark
from reviewer.publish.dialect import Image, entities
from reviewer.publish.entries import Entry
from reviewer.publish.permalinks import with_colons
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site, read_config, zone
from reviewer.publish.tree import Node
from reviewer.review.values import Plain, PostDate, Review

CONFIG = "_config.yml"


class Marked(CommonMark):
    """marked with Hexo's settings: pictures by Markdown, so that Hexo makes their addresses."""

    backslashed = ""
    joins_lines = True

    def _code_span(self, node: Node) -> str:
        text = node.text()
        if "`" in text or "|" in text:  # marked counts the signs around code, and the bars of tables, its own way
            return f"<code>{entities(text, trim=False)}</code>"
        return super()._code_span(node)

    def figure(self, image: Image) -> str:
        under = self.figcaption(image)
        return f'<figure class="still">\n\n{self.picture(image)}\n\n{under and under + chr(10)}</figure>'

    def picture(self, image: Image) -> str:
        return f"![{entities(image.alt)}]({image.src})"


def recognise(folder: Path) -> Site | None:
    """A folder whose packages name Hexo, or with Hexo's folders beside its configuration."""
    package = read_config(folder / "package.json") if (folder / "package.json").is_file() else {}
    needs = package.get("dependencies")
    named = isinstance(needs, dict) and "hexo" in needs
    if not (folder / CONFIG).is_file() or not (named or (folder / "source" / "_posts").is_dir()):
        return None
    config = read_config(folder / CONFIG)
    source = str(config.get("source_dir") or "source").strip("./")
    marked = config.get("marked")
    assets = str(config.get("post_asset_folder")).lower() == "true"
    beside = isinstance(marked, dict) and str(marked.get("postAsset")).lower() == "true"
    reasons = [f"it has {CONFIG}", "its package.json names hexo" if named else f"it has {source}/_posts"]
    facts = {
        "assets": "yes" if assets and beside else "",
        "permalink": str(config.get("permalink") or ":year/:month/:day/:title/"),
        "root": str(config.get("root") or "/"),
        "address": str(config.get("url") or "").rstrip("/"),
        "aliases": "yes" if isinstance(needs, dict) and "hexo-generator-alias" in needs else "",
    }
    return Site(folder, "hexo", tuple(reasons), zone(config.get("timezone")), f"{source}/_posts", CONFIG, facts)


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    posts = (settings.posts or site.posts or "source/_posts").strip("/")
    return Place(f"{posts}/{slug}.md", f"{posts}/{slug}")


def date(site: Site, when: PostDate) -> Plain:
    """The author's clock without an offset: Hexo would move it by one."""
    return f"{when:%Y-%m-%d %H:%M:%S}" if isinstance(when, dt.datetime) else when


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """Categories as lists of one, since a flat list would mean that each lies within the one before; and no templates."""
    categories = front.get("categories")
    made = {**front, "categories": [[name] for name in categories]} if isinstance(categories, list) else dict(front)
    return made | {"disableNunjucks": True}


def url(site: Site, entry: Entry) -> str:
    made = with_colons(site.facts.get("permalink", ":year/:month/:day/:title/"), entry, {"post_title": entry.slug})
    return made.removesuffix("index.html")


def link(site: Site, here: Entry, there: Entry) -> str:
    """The address that the site's pattern gives; empty where it asks for more than is known here."""
    made = url(site, there)
    return site.facts.get("root", "/").rstrip("/") + made if made else ""


def moved(site: Site, old: str, new: str) -> str:
    return f"Install hexo-generator-alias; the next export then sends {old} on to {new}."


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    if review.stills and not site.facts.get("assets"):
        lines = "post_asset_folder: true, and marked: {prependRoot: true, postAsset: true}"
        return (f"The site does not show the pictures of a post’s own folder. Add to {site.config}: {lines}",)
    return ()


PROFILE = Profile(
    name="hexo",
    title="Hexo",
    about="Hexo 8: source/_posts/slug.md, pictures in source/_posts/slug/",
    recognise=recognise,
    configs=(CONFIG,),
    specific=True,
    place=place,
    date=date,
    src=lambda place, name: name,
    writer=Marked,
    keys={"excerpt": "description"},
    constants={"layout": "post"},
    scripts=True,
    shape=shape,
    reserved=frozenset({"content", "permalink", "published", "photos", "link", "source", "path"}),
    link=link,
    url=url,
    aliases=lambda site: "alias" if site.facts.get("aliases") else "",
    moved=moved,
    notes=notes,
)
