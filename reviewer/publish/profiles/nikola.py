"""Nikola 8: Python-Markdown, posts in ``posts/``, pictures in a folder that is copied as it is.

Nikola makes the pictures of its ``IMAGE_FOLDERS`` anew and takes their metadata away, so stills go into one of its
``FILES_FOLDERS``, where sizes and rights stay. A post has one category; further ones become tags. Headings are demoted by
the site, so they are written one level higher. Its configuration is read for plain values and never run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from reviewer.publish.dialect import entities
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, one_category
from reviewer.publish.pythonmarkdown import PythonMarkdown, code_entities
from reviewer.publish.site import Site, read_python, zone
from reviewer.publish.tree import Node
from reviewer.review.slugs import slug
from reviewer.review.values import Plain, PostDate, Review

CONFIG = "conf.py"
_LOST_BLANK = re.compile(r"(\[\^[\w-]+\]|</su[bp]>)[ \n]+(?=[*_\[`<])")


class Writer(PythonMarkdown):
    """Nikola's shortcodes stand in ``{{% %}}``, in code too; its HTML parser loses a blank that stands between a raised
    word and another element."""

    def _code_span(self, node: Node) -> str:
        text = node.text()
        return f"<code>{entities(text, trim=False)}</code>" if "{{%" in text else super()._code_span(node)

    def _pre(self, node: Node) -> str:
        text = node.text().removesuffix("\n")
        return f"<pre><code>{code_entities(text)}</code></pre>" if "{{%" in text else super()._pre(node)

    def paragraph(self, children: Sequence[Node | str]) -> str:
        return _LOST_BLANK.sub(r"\1<span> </span>", super().paragraph(children))

    def heading(self, node: Node) -> int:
        return max(1, super().heading(node) - int(self.facts.get("demoted", "1")))


def recognise(folder: Path) -> Site | None:
    """A folder with a ``conf.py`` that sets Nikola's own names."""
    config = read_python(folder / CONFIG) if (folder / CONFIG).is_file() else {}
    if not {"POSTS", "COMPILERS", "BLOG_TITLE", "NEW_POST_PREFS"} & set(config):
        return None
    rows = config.get("POSTS")
    patterns = [
        str(row[0])
        for row in (rows if isinstance(rows, (list, tuple)) else ())
        if isinstance(row, (list, tuple)) and row
    ]
    markdown = next((pattern for pattern in patterns if pattern.endswith(".md")), "")
    posts = markdown.rpartition("/")[0].strip("./") or "posts"
    folders = config.get("FILES_FOLDERS", {"files": ""})
    files = next(iter(folders.items()), None) if isinstance(folders, dict) else None
    reasons = [f"it has {CONFIG} with Nikola’s settings", f"its posts are in {posts}"]
    facts = {
        "markdown": "yes" if markdown or not patterns else "",
        "files": str(files[0]).strip("/") if files else "",
        "output": next((str(row[1]).strip("/") for row in rows or () if str(row[0]) == markdown), "posts")
        if markdown
        else "posts",
        "pretty": "" if config.get("PRETTY_URLS") is False else "yes",
        "address": str(config.get("SITE_URL") or "").rstrip("/"),
        "under": str(files[1]).strip("/") if files else "",
        "demoted": str(config.get("DEMOTE_HEADERS", 1)) if isinstance(config.get("DEMOTE_HEADERS", 1), int) else "1",
    }
    return Site(folder, "nikola", tuple(reasons), zone(config.get("TIMEZONE")), posts, CONFIG, facts)


def place(site: Site, settings: BlogSettings, date: PostDate, name: str) -> Place:
    posts = (settings.posts or site.posts or "posts").strip("/")
    return Place(f"{posts}/{name}.md", f"{site.facts.get('files') or 'files'}/images/{name}")


def src(place: Place, name: str) -> str:
    return "/images/" + place.pictures.rpartition("/images/")[2] + "/" + name


def date(site: Site, when: PostDate) -> Plain:
    """The author's clock: Nikola takes it as the site's own."""
    return f"{when:%Y-%m-%d %H:%M:%S}" if isinstance(when, dt.datetime) else f"{when:%Y-%m-%d}"


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """One category, further ones among the tags; of two tags that would have one address, the first."""
    made = one_category(front)
    if isinstance(tags := made.get("tags"), list):
        known: dict[str, Plain] = {}
        for tag in tags:
            if name := slug(str(tag)):
                known.setdefault(name, tag)
        made["tags"] = list(known.values())
    return made


def link(site: Site, here: Entry, there: Entry) -> str:
    """Nikola looks the address up by the post's own."""
    return f"link://slug/{there.slug}"


def url(site: Site, entry: Entry) -> str:
    return f"/{site.facts.get('output', 'posts')}/{entry.slug}" + ("/" if site.facts.get("pretty", "yes") else ".html")


def moved(site: Site, old: str, new: str) -> str:
    there = old.strip("/") + ("/index.html" if old.endswith("/") else "")
    return f'Add to REDIRECTIONS in {CONFIG}: ("{there}", "{new}"),'


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    found = []
    if len(review.categories) > 1:
        found.append(f"Nikola knows one category a post: {review.categories[0]}. The others become tags.")
    if not site.facts.get("markdown", "yes"):
        found.append(f'The site reads no Markdown. Add to POSTS in {CONFIG}: ("posts/*.md", "posts", "post.tmpl"),')
    if review.stills and not site.facts.get("files", "files"):
        found.append(
            f'The site copies no files, so stills would be missing. Add to {CONFIG}: FILES_FOLDERS = {{"files": ""}}'
        )
    return tuple(found)


PROFILE = Profile(
    name="nikola",
    title="Nikola",
    about="Nikola 8: posts/slug.md, pictures in files/images/slug/",
    recognise=recognise,
    configs=(CONFIG,),
    place=place,
    date=date,
    src=src,
    writer=Writer,
    keys={"excerpt": "description"},
    slug_key="slug",
    scripts=True,
    shape=shape,
    reserved=frozenset({"template", "data", "status", "type", "link", "slug", "category"}),
    link=link,
    url=url,
    moved=moved,
    notes=notes,
)
