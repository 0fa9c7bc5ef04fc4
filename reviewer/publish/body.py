"""The text of a post: what the writer typed in the generator's own dialect, and the lines that stock themes need around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from urllib.parse import unquote

from reviewer.publish import captions, linked, tree
from reviewer.publish.copies import Sized
from reviewer.publish.dialect import POST, Image
from reviewer.publish.entries import Entry, Neighbours
from reviewer.publish.profiles.base import BlogSettings, Profile
from reviewer.publish.site import Site
from reviewer.review.marks import FIVE_STARS, MOST_DRAWN, Scale, Scales
from reviewer.review.values import Review, Still
from reviewer.text.blocks import Block, still_path
from reviewer.text.mentions import film_name
from reviewer.text.page import credit_rows, day_words

_REVIEW = re.compile(r"(?![a-z][a-z0-9+.-]*:|/|#)[^?#]*?(?:\.(?:md|markdown|mdown|mkd)|/)(?=#|$)", re.IGNORECASE)
"""A link that leads from one review to another: a relative path to its file or folder."""


Link = Callable[[Entry], str]


@dataclass(frozen=True)
class Shown:
    """A still in the post: its record with the words that are printed, its copies, and how the text shows it."""

    still: Still
    copies: Sequence[Sized]
    image: Image


@dataclass(frozen=True)
class Body:
    """A post's text; `lost` are tags whose styling the dialect cannot say, `dead` the words of links that lead to no post,
    `links` the reviews to whose posts it leads."""

    text: str
    lost: frozenset[str] = frozenset()
    dead: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def body(
    review: Review, blocks: Sequence[Block], profile: Profile, site: Site, settings: BlogSettings, shown: Sequence[Shown],
    entry: Entry, neighbours: Neighbours,
) -> Body:  # fmt: skip
    """The text with what stands above and below it, links between reviews turned into links between posts."""
    known = {one.still.file: one.image for one in shown} if settings.figures else {}
    writer = profile.writer(lambda src: known.get(still_path(src)), settings.curl, site.facts)
    middle = tree.parse(block.html for block in blocks)
    linked_to: dict[str, None] = {}

    def address(there: Entry) -> str:
        linked_to[there.review] = None
        return profile.link(site, entry, there)

    dead = _link(middle, address, Path(entry.source).parent, entry, neighbours)
    root = tree.parse(_top(review, settings))
    root.children += middle.children
    root.children += tree.parse(_end(review, settings, shown, entry, neighbours, profile, site)).children
    made = writer.document(root)
    if settings.linked_data and profile.scripts:
        things = [linked.image(one.still, profile.address(one.image.src)) for one in shown]
        post = (
            linked.film_list(review, entry, _listed(middle))
            if review.list_
            else linked.review(review, entry, settings.scales)
        )
        made += "\n" + linked.script([post, *things]) + "\n"
    return Body(made, frozenset(writer.lost), tuple(dead), tuple(linked_to))


def _link(node: tree.Node, link: Link, folder: Path, entry: Entry, neighbours: Neighbours) -> list[str]:
    """Turn links to reviews, and films that the blog has a post on, into links to posts. Returns the words of dead links."""
    dead: list[str] = []
    for inner in node.walk():
        if inner.tag == "a" and (found := _REVIEW.match(inner.attributes.get("href", ""))):
            there = neighbours.at(folder / unquote(found[0]))
            address = link(there) if there is not None else ""
            if not address:
                dead.append(inner.text())
                inner.attributes.pop("href")
            else:
                inner.attributes["href"] = POST + address + inner.attributes["href"][found.end() :]
        for place, child in enumerate(inner.children):
            if isinstance(child, tree.Node) and "mention" in child.classes and inner.tag != "a":
                inner.children[place] = _mention(child, link, entry, neighbours)
    return dead


def _listed(middle: tree.Node) -> list[tuple[str, str]]:
    """The films of a list post in the order of its headings: names, and the addresses of the blog's own posts on them."""
    found = []
    for head in middle.walk():
        if head.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            names = [node.text() for node in head.walk() if "mention" in node.classes]
            links = [node.attributes.get("href", "").removeprefix(POST) for node in head.walk() if node.tag == "a"]
            found += [(name, next(iter(links), "")) for name in names[:1]]
    return found


def _mention(cite: tree.Node, link: Link, entry: Entry, neighbours: Neighbours) -> tree.Node:
    """A film's name as a link to the blog's own post on it, where there is one."""
    title, _, year = cite.text().rpartition(" (")
    there = neighbours.film(title, year.rstrip(")")) if title else neighbours.film(cite.text(), "")
    address = link(there) if there is not None and there.review != entry.review else ""
    return tree.element("a", cite, href=POST + address) if address else cite


def _top(review: Review, settings: BlogSettings) -> list[str]:
    """What stands above the text, since stock themes print nothing but title, date and body."""
    parts = []
    if settings.rating_line and (line := rating(review, settings.rating, settings.scales)):
        parts.append(f"<p><strong>{escape(line)}</strong></p>")
    if settings.updated_line and review.updated:
        parts.append(f"<p><em>Updated {escape(day_words(review.updated))}</em></p>")
    if settings.figures and review.lead is not None:
        parts.append(f'<figure><img src="{escape(review.lead.file, quote=True)}"></figure>')
    if settings.credits_box and (rows := credit_rows(review, settings.scales)):
        items = "".join(f"<li><strong>{escape(label)}:</strong> {escape(names)}</li>" for label, names in rows)
        parts.append(f"<ul>{items}</ul>")
    return parts


def rating(review: Review, template: str, scales: Scales) -> str:
    """The marks in one line: by a template such as ``{marks}`` or ``{stars} {value}/{best}[ ({grade})]``."""
    if not template:
        return scales.line(review.rating)
    first = next((mark for mark in review.rating if isinstance(mark.value, (int, float))), None)
    grade = next((mark for mark in review.rating if mark.scale == "letters"), None)
    scale = scales.get(first.scale) if first else None
    known = {
        "marks": scales.line(review.rating),
        "value": f"{first.value:g}" if first else "",
        "best": f"{scale.best:g}" if scale else "",
        "words": scales.text(first) if first else "",
        "stars": stars(float(first.value), scale) if first and scale and scale.best <= MOST_DRAWN else "",
        "grade": str(grade.value) if grade else "",
    }
    return captions.plain(captions.fill(template, known))


def stars(value: float, scale: Scale) -> str:
    """A mark as signs, stars where its scale has none of its own: 3.5 of 5 is ★★★½."""
    drawn = replace(scale, symbol=scale.symbol or FIVE_STARS.symbol)
    return drawn.signs(value) if 0 < value <= scale.best else "☆"


def _end(
    review: Review, settings: BlogSettings, shown: Iterable[Shown], entry: Entry, neighbours: Neighbours,
    profile: Profile, site: Site,
) -> list[str]:  # fmt: skip
    """What stands below the text: whom to thank for each still, which posts name this film, who wrote it."""
    parts = []
    rows = [(one.still.caption or one.still.alt, one.still.credit) for one in shown if one.still.credit]
    if settings.stills_list and rows:
        items = "".join(f"<li>{escape(': '.join(part for part in row if part))}</li>" for row in rows)
        parts.append(f"<p><strong>Stills</strong></p><ul>{items}</ul>")
    films = [film_name(one.film.title or review.title, one.film.year) for one in review.features]
    naming = {one.review: one for film in films for one in neighbours.naming(film) if one.review != entry.review}
    for wanted, words, posts in (
        (settings.mentioned, "Mentioned in", list(naming.values())),
        (settings.see_also, "See also", _like(entry, neighbours)),
    ):
        links = [(address, one) for one in posts if (address := profile.link(site, entry, one))] if wanted else []
        items = "".join(
            f'<li><a href="{escape(POST + address, quote=True)}">{escape(one.title)}</a></li>' for address, one in links
        )
        if items:
            parts.append(f"<p><strong>{words}</strong></p><ul>{items}</ul>")
    if settings.biography.strip():
        parts.append(f"<hr><p><em>{escape(' '.join(settings.biography.split()))}</em></p>")
    return parts


def _like(entry: Entry, neighbours: Neighbours, most: int = 3) -> list[Entry]:
    """The posts that have most categories in common with this one."""
    shared: Mapping[str, int] = {
        one.review: len(set(one.categories) & set(entry.categories)) for one in neighbours.all()
    }
    found = [one for one in neighbours.all() if one.review != entry.review and shared[one.review]]
    return sorted(found, key=lambda one: -shared[one.review])[:most]
