"""Eleventy 3: markdown-it, a folder for each post with its pictures beside it.

Templates in the text are switched off by ``templateEngineOverride``. Pictures reach the page only where the site copies them;
its configuration is a program, so it is looked through for words and never run.
"""

from __future__ import annotations

import re
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.publish.commonmark import CommonMark
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site, read_config
from reviewer.review.values import Plain, PostDate, Review

CONFIGS = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
_FOLDERS = ("posts", "content/posts", "content/blog", "blog", "reviews")
COPY = 'eleventyConfig.addPassthroughCopy("{posts}/**/*.{{jpg,jpeg,png,webp,gif,avif}}");'
"""The line that makes a site copy the pictures of its posts."""


def recognise(folder: Path) -> Site | None:
    """A folder with Eleventy's configuration, or one that lists it among its packages."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    package = read_config(folder / "package.json") if (folder / "package.json").is_file() else {}
    needs = [
        key
        for part in ("dependencies", "devDependencies")
        if isinstance(package.get(part), dict)
        for key in package[part]
    ]
    if not name and "@11ty/eleventy" not in needs:
        return None
    text = _text(folder / name) if name else ""
    found = re.search(r"""\binput\s*:\s*["']([\w./-]+)["']""", text)
    root = found[1].strip("./") if found else ""
    inner = next((f for f in _FOLDERS if (folder / root / f).is_dir()), "posts")
    posts = f"{root}/{inner}" if root else inner
    copies = "addPassthroughCopy" in text or ("mage" in text and "addPlugin" in text)
    reasons = [f"it has {name}" if name else "its package.json names @11ty/eleventy", f"its posts are in {posts}"]
    facts = {"copies": "yes" if copies else "", "input": root}
    return Site(folder, "eleventy", tuple(reasons), None, posts, name or "eleventy.config.js", facts)


def _text(path: Path) -> str:
    try:
        return read_regular(path, 1_000_000).decode("utf-8", "replace")
    except OSError:
        return ""


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    folder = f"{(settings.posts or site.posts or 'posts').strip('/')}/{slug}"
    return Place(f"{folder}/index.md", folder)


def date(site: Site, when: PostDate) -> Plain:
    """The author's calendar day: Eleventy takes every clock as UTC, and prints it so."""
    return calendar_day(when)


def url(site: Site, entry: Entry) -> str:
    """Where a post lies whose template gives it no address of its own."""
    folder = entry.post.removesuffix("/index.md")
    return "/" + folder.removeprefix(site.facts.get("input", "") + "/" if site.facts.get("input") else "") + "/"


def moved(site: Site, old: str, new: str) -> str:
    return f"Let your host send {old} on to {new}; Eleventy has no redirects of its own."


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    if review.stills and not site.facts.get("copies"):
        line = COPY.format(posts=site.posts)
        return (f"The site copies no pictures, so stills would be missing on its pages. Add to {site.config}: {line}",)
    return ()


PROFILE = Profile(
    name="eleventy",
    title="Eleventy",
    about="Eleventy 3: posts/slug/index.md with its pictures beside it",
    recognise=recognise,
    configs=CONFIGS[1:],
    place=place,
    date=date,
    src=lambda place, name: name,
    writer=CommonMark,
    keys={"excerpt": "description"},
    constants={"templateEngineOverride": "md"},
    scripts=True,
    reserved=frozenset({"content", "page", "collections", "permalink", "pagination"}),
    url=url,
    moved=moved,
    notes=notes,
)
