"""Jekyll 4, and 3.10 as GitHub Pages runs it: kramdown with GFM, Liquid over every post.

Only what both understand is used: braces in code are printed by Liquid itself, since ``render_with_liquid`` does not
exist in 3.10, and pictures go through ``relative_url``, which has been there since 3.3.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reviewer.publish.dialect import Image, entities
from reviewer.publish.entries import Entry
from reviewer.publish.figures import HtmlFigures
from reviewer.publish.permalinks import with_colons
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, calendar_day, known_author
from reviewer.publish.site import Site, authors, read_config, zone
from reviewer.publish.tree import Node
from reviewer.review.values import Plain, PostDate, Review

CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")


class Kramdown(HtmlFigures):
    """kramdown's dialect inside Liquid."""

    task_lists = True
    inner_markdown = ' markdown="1"'

    def picture(self, image: Image) -> str:
        sizes = ", ".join(f"{_relative(src)} {width}w" for src, width in image.sizes)
        more = f' srcset="{sizes}" sizes="{SIZES}"' if sizes else ""
        return f'<img src="{_relative(image.src)}"{more} alt="{entities(image.alt)}">'

    def code(self, text: str) -> str:
        return text.replace("{{", "\0").replace("{%", "{{ '{%' }}").replace("\0", "{{ '{{' }}")

    def _code_span(self, node: Node) -> str:
        if "]:" in node.text():  # a link's definition, kramdown would say, and take the line away
            return f"<code>{entities(node.text())}</code>"
        return super()._code_span(node)

    def separator(self, before: object) -> str:
        return "^"


SIZES = "(min-width: 50em) 50em, 100vw"
"""How wide a picture is shown (HTML Standard, 4.8.4.2): the column of a text, or the whole of a small screen."""


def _relative(address: str) -> str:
    return f"{{{{ '{address}' | relative_url }}}}"


def recognise(folder: Path) -> Site | None:
    """A folder with Jekyll's configuration, or with its ``_posts``."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    if not name and not (folder / "_posts").is_dir():
        return None
    config = read_config(folder / name) if name else {}
    reasons = [f"it has {name}" if name else "it has a folder _posts"]
    site_zone = zone(config.get("timezone"))
    if site_zone is not None:
        reasons.append(f"its time zone is {site_zone.key}")
    source = str(config.get("source") or "").strip("./")
    plugins = [str(one) for key in ("plugins", "gems") if isinstance(config.get(key), list) for one in config[key]]
    facts = {
        "permalink": str(config.get("permalink") or "date"),
        "theme": str(config.get("theme") or config.get("remote_theme") or ""),
        "redirects": "yes" if "jekyll-redirect-from" in plugins else "",
        "address": str(config.get("url") or "").rstrip("/") + str(config.get("baseurl") or "").rstrip("/"),
    }
    facts |= authors(folder / source, "_data/authors.yml", "_data/authors.yaml", "_data/authors.json")
    return Site(folder, "jekyll", tuple(reasons), site_zone, f"{source}/_posts" if source else "_posts", name, facts)


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    posts = (settings.posts or site.posts or "_posts").strip("/")
    root = posts.removesuffix("_posts").strip("/")
    pictures = f"{root}/assets/images/{slug}" if root else f"assets/images/{slug}"
    return Place(f"{posts}/{calendar_day(date):%Y-%m-%d}-{slug}.md", pictures)


def date(site: Site, when: PostDate) -> Plain:
    """The author's wall clock with the offset of the site's zone: Jekyll takes day and address from that zone.

    Where the site names no zone, the day alone: it is the same day in every zone that the site may be built in.
    """
    if not isinstance(when, dt.datetime):
        return when
    if site.zone is None:
        return when.date()
    there = when.replace(tzinfo=site.zone)
    return f"{there:%Y-%m-%d %H:%M:%S %z}"


_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
"""Jekyll's own styles (its documentation, Permalinks)."""


def link(site: Site, here: Entry, there: Entry) -> str:
    """The other post's address as Jekyll knows it, whatever the style of its permalinks; empty where it is gone."""
    return f"{{{{ site.posts | where: 'path', '{there.post}' | map: 'url' | first | relative_url }}}}"


def url(site: Site, entry: Entry) -> str:
    style = site.facts.get("permalink", "date")
    pattern = _STYLES.get(style, style).replace(":output_ext", ".html")
    return with_colons(pattern, entry, {"categories": "/".join(word.lower() for word in entry.categories)})


def moved(site: Site, old: str, new: str) -> str:
    return f"Add jekyll-redirect-from to plugins in {site.config or '_config.yml'}; the next export then sends {old} on to {new}."


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    if isinstance(review.date, dt.datetime) and site.zone is None:
        return (f"The blog’s {site.config or '_config.yml'} names no timezone, so the time of day is left out.",)
    return ()


def src(place: Place, name: str) -> str:
    """The address as it stands after the site's own root; ``source:`` folders are not part of it."""
    return "/" + place.pictures[place.pictures.index("assets/") :] + "/" + name


PROFILE = Profile(
    name="jekyll",
    title="Jekyll",
    about="Jekyll 4, and 3.10 on GitHub Pages: _posts/YYYY-MM-DD-slug.md, pictures in assets/images/slug/",
    recognise=recognise,
    configs=CONFIGS,
    place=place,
    date=date,
    src=src,
    writer=Kramdown,
    keys={"excerpt": "excerpt", "updated": "last_modified_at"},
    constants={"layout": "post"},
    holds_back_future=True,
    reserved=frozenset({"permalink", "published", "slug", "category"}),
    responsive=True,
    scripts=True,
    address=lambda src: f"{{{{ '{src}' | absolute_url }}}}",
    shape=lambda site, front: known_author(site, front, "author"),
    link=link,
    url=url,
    aliases=lambda site: "redirect_from" if site.facts.get("redirects") else "",
    moved=moved,
    notes=notes,
)
