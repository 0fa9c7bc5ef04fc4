"""Pages for any host, without a generator: a page with its stills for each post, a list of all, and feeds.

All lies in one folder of the blog, ``reviews`` unless the writer says otherwise. Feeds need whole addresses, so they are made
where the blog's settings give its address. A post that moved leaves a page that sends its readers on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from reviewer.library.resources import resource
from reviewer.publish import feeds
from reviewer.publish.entries import Entry
from reviewer.publish.markup import Markup
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site
from reviewer.review.values import Plain, PostDate, Review
from reviewer.text.page import MONTHS, byline

_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none'"


def recognise(folder: Path) -> Site | None:
    """Any folder, once the writer has named the profile."""
    return Site(folder, "html", ("you named it",)) if folder.is_dir() else None


def _root(settings: BlogSettings) -> str:
    return settings.posts.strip("/") or "reviews"


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    folder = f"{_root(settings)}/{slug}"
    return Place(f"{folder}/index.html", folder)


def page(
    front: Mapping[str, Plain], text: str, review: Review, entry: Entry, site: Site, settings: BlogSettings
) -> str:
    """A whole page."""
    categories = f'<p class="categories">{escape(", ".join(review.categories))}</p>\n' if review.categories else ""
    line = f'<p class="byline">{escape(byline(review))}</p>\n' if byline(review) else ""
    body = (
        f'<article class="post">\n{categories}<h1 class="title" dir="auto">{escape(review.title)}</h1>\n{line}{text}'
        '<p class="byline"><a href="../index.html">All reviews</a></p>\n</article>'
    )
    url = _whole(settings, entry.post.removesuffix("index.html"))
    picture = _whole(settings, entry.picture) if entry.picture else ""
    facts = {
        "og:type": "article", "og:title": review.title, "og:description": entry.excerpt, "og:url": url, "og:image": picture,
    }  # fmt: skip
    more = "".join(
        f'<meta property="{name}" content="{escape(value)}">\n' for name, value in facts.items() if value and url
    )
    more += f'<link rel="canonical" href="{escape(url)}">\n' if url else ""
    return _document(review.title, entry.excerpt, review.language, more + (_feed_links("../") if url else ""), body)


def _document(title: str, description: str, language: str, more: str, body: str) -> str:
    style = resource("preview/post.css").read_text("utf-8")
    about = f'<meta name="description" content="{escape(description)}">\n' if description else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language or "en")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{about}{more}<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _whole(settings: BlogSettings, path: str) -> str:
    return f"{settings.address.rstrip('/')}/{path}" if settings.address else ""


def _feed_links(base: str) -> str:
    return (
        f'<link rel="alternate" type="application/rss+xml" href="{base}feed.xml">\n'
        f'<link rel="alternate" type="application/atom+xml" href="{base}atom.xml">\n'
    )


def together(site: Site, settings: BlogSettings, entries: Sequence[Entry]) -> dict[str, bytes]:
    """The list of all posts, and the feeds."""
    if not entries:
        return {}
    root = _root(settings)
    names = {entry.author for entry in entries if entry.author}
    title = f"Film reviews by {names.pop()}" if len(names) == 1 else "Film reviews"
    rows = "\n".join(_row(entry, root) for entry in entries)
    body = f'<article class="post">\n<h1 class="title">{escape(title)}</h1>\n{rows}\n</article>'
    made = {f"{root}/index.html": _document(title, "", "", _feed_links("") if settings.address else "", body).encode()}
    if settings.address:
        home = _whole(settings, f"{root}/")
        urls = [_whole(settings, entry.post.removesuffix("index.html")) for entry in entries]
        made[f"{root}/feed.xml"] = feeds.rss(entries, urls, title, home, home + "feed.xml")
        made[f"{root}/atom.xml"] = feeds.atom(entries, urls, title, home, home + "atom.xml")
    return made


def _row(entry: Entry, root: str) -> str:
    day = f"{entry.day.day} {MONTHS[entry.day.month - 1]} {entry.day.year}"
    line = ". ".join(part for part in (day, entry.marks) if part)
    link = entry.post.removeprefix(f"{root}/")
    return (
        f'<h2 dir="auto"><a href="{escape(link)}">{escape(entry.title)}</a></h2>\n<p class="byline">{escape(line)}</p>\n'
        f'<p dir="auto">{escape(entry.excerpt)}</p>'
    )


def former(site: Site, entry: Entry, was: Sequence[str]) -> dict[str, bytes]:
    """A page at each former address that sends its reader on."""
    root = entry.post.split("/")[0]
    made = {}
    for old in was:
        there = f"../{entry.slug}/index.html"
        more = f'<meta http-equiv="refresh" content="0; url={escape(there)}">\n<link rel="canonical" href="{escape(there)}">\n'
        body = f'<article class="post"><p>This review has moved: <a href="{escape(there)}">{escape(entry.title)}</a>.</p></article>'
        if old.strip("/").startswith(root):
            made[f"{old.strip('/')}/index.html"] = _document(entry.title, "", "", more, body).encode()
    return made


PROFILE = Profile(
    name="html",
    title="HTML pages",
    about="Pages for any host, with a list and feeds: reviews/slug/index.html, stills beside it",
    recognise=recognise,
    named_only=True,
    place=place,
    date=lambda site, when: when,
    src=lambda place, name: name,
    writer=Markup,
    keys={},
    responsive=True,
    scripts=True,
    page=page,
    together=together,
    former=former,
    link=lambda site, here, there: f"../{there.slug}/index.html",
    url=lambda site, entry: "/" + entry.post.removesuffix("index.html"),
    aliases=lambda site: "was",
)
