"""From a review to the files of a post: front matter, body, pictures. A pure function of what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType

from reviewer.publish import captions, linked, tree
from reviewer.publish.copies import Sized, sized
from reviewer.publish.dialect import Image
from reviewer.publish.profiles.base import FIELDS, BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site
from reviewer.review import marks
from reviewer.review.findings import Finding, Severity
from reviewer.review.slugs import slug
from reviewer.review.values import Plain, Review, Still, to_plain
from reviewer.stills.derive import Copy, Shape
from reviewer.text.blocks import Block, still_path
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import placed
from reviewer.text.page import credit_rows, pictures


@dataclass(frozen=True)
class Picture:
    """A file that a post shows: a copy of a still, which has the caption and credit that the post prints."""

    still: Still
    copy: Copy


@dataclass(frozen=True)
class Post:
    """The files of a post, by path relative to the blog: the text, and the copies of stills; each still's largest first."""

    path: str
    text: bytes
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def address(review: Review) -> str:
    """The last part of the post's address: as typed, else made from the title."""
    return review.slug or slug(review.title)


def make(
    review: Review,
    text: str,
    profile: Profile,
    site: Site,
    settings: BlogSettings,
    shapes: Mapping[str, Shape] = MappingProxyType({}),
) -> Post:
    """The post of a review that has a title, a date and a usable address (see `reviewer.publish.check`).

    `shapes` are those of the pictures, by the stills' files; one of an unknown shape is published at its own size.
    """
    assert review.date is not None
    name = address(review)
    place = profile.place(site, settings, review.date, name)
    shown = _shown(review, text, profile, settings, place, name, shapes)
    body, lost = _body(review, text, profile, site, settings, {one.still.file: one for one in shown})
    front = _front(review, text, profile, site, settings, shown)
    content = profile.header(site, front) + body
    findings = [
        Finding("html-lost", Severity.ADVISES, f"{profile.title} shows no raw HTML: {', '.join(sorted(lost))}.",
                "The words stay, their styling goes.", place="text")
    ] if lost else []  # fmt: skip
    findings += [
        Finding("profile-note", Severity.ADVISES, note, place="date") for note in profile.notes(site, review, text)
    ]
    made = {f"{place.pictures}/{copy.name}": Picture(one.still, copy.copy) for one in shown for copy in one.copies}
    return Post(place.post, content.encode("utf-8", "replace"), made, tuple(findings))


def published(review: Review, text: str) -> list[Still]:
    """The stills that a post shows: the lead first, then those that the text places, in its order."""
    order = ([review.lead.file] if review.lead else []) + [place.file for place in placed(text)]
    found = (review.still(file) for file in dict.fromkeys(order))
    return [still for still in found if still is not None]


@dataclass(frozen=True)
class _Shown:
    """A still in the post: its record with the words that are printed, its copies, and how the text shows it."""

    still: Still
    copies: Sequence[Sized]
    image: Image


def _shown(
    review: Review, text: str, profile: Profile, settings: BlogSettings, place: Place, name: str,
    shapes: Mapping[str, Shape],
) -> list[_Shown]:  # fmt: skip
    stills = {still.file: (still, shapes.get(still.file, Shape(1, 1))) for still in published(review, text)}
    made = []
    for file, copies in sized(name, stills, settings.pictures, profile.responsive).items():
        words = captions.words(review, stills[file][0], settings.caption, settings.credit)
        still = captions.with_words(stills[file][0], words)
        sources = [(profile.src(place, copy.name), copy.width) for copy in copies]
        sizes = tuple(reversed(sources)) if len(sources) > 1 else ()
        made.append(_Shown(still, copies, Image(sources[0][0], still.alt, words.caption, words.credit, sizes)))
    return made


# the body


def _body(
    review: Review, text: str, profile: Profile, site: Site, settings: BlogSettings, shown: Mapping[str, _Shown]
) -> tuple[str, set[str]]:
    known = {file: one.image for file, one in shown.items()} if settings.figures else {}
    writer = profile.writer(lambda src: known.get(still_path(src)), settings.curl, site.facts)
    rendered: list[Block] = Renderer().render(text, pictures(review.stills))
    root = tree.parse([*_top(review, settings), *(block.html for block in rendered), *_end(settings, shown.values())])
    body = writer.document(root)
    if settings.linked_data and profile.scripts and shown:
        things = (linked.image(one.still, profile.address(one.image.src)) for one in shown.values())
        body += "\n" + linked.script(list(things)) + "\n"
    return body, writer.lost


def _top(review: Review, settings: BlogSettings) -> list[str]:
    """What stands above the text, since stock themes print nothing but title, date and body."""
    parts = []
    if settings.rating_line and (line := marks.line(review.rating)):
        parts.append(f"<p><strong>{escape(line)}</strong></p>")
    if settings.figures and review.lead is not None:
        parts.append(f'<figure><img src="{escape(review.lead.file, quote=True)}"></figure>')
    if settings.credits_box and (rows := credit_rows(review)):
        items = "".join(f"<li><strong>{escape(label)}:</strong> {escape(names)}</li>" for label, names in rows)
        parts.append(f"<ul>{items}</ul>")
    return parts


def _end(settings: BlogSettings, shown: Iterable[_Shown]) -> list[str]:
    """What stands below the text: who is to be thanked for each still."""
    rows = [(one.still.caption or one.still.alt, one.still.credit) for one in shown if one.still.credit]
    if not settings.stills_list or not rows:
        return []
    items = "".join(f"<li>{escape(': '.join(part for part in row if part))}</li>" for row in rows)
    return [f"<p><strong>Stills</strong></p><ul>{items}</ul>"]


# the front matter


def _front(
    review: Review, text: str, profile: Profile, site: Site, settings: BlogSettings, shown: Sequence[_Shown]
) -> dict[str, Plain]:
    assert review.date is not None
    values = _values(review, profile, site)
    if profile.needs_excerpt and not review.excerpt.strip():
        values["excerpt"] = opening(text) or review.title
    values["stills"] = [
        {key: value for key, value in zip(("src", "alt", "caption", "credit"), row, strict=True) if value}
        | linked.rights(one.still)
        for one in shown
        for row in [(one.image.src, one.still.alt, one.still.caption, one.still.credit)]
    ]
    front: dict[str, Plain] = {}
    for name in FIELDS:
        key = settings.fields.get(name, profile.keys.get(name, name))
        if key and values.get(name) not in (None, "", [], {}):
            front[key] = values[name]
    if profile.slug_key:
        front[profile.slug_key] = address(review)
    elif review.slug and "slug" not in profile.reserved:
        front["slug"] = review.slug
    front = profile.shape(site, front)
    return {**front, **{k: v for k, v in {**profile.constants, **settings.constants}.items() if k and k not in front}}


def opening(text: str, most: int = 160) -> str:
    """A text's first paragraph without its marks, cut at a word's end: what search engines show of a page."""
    for block in Renderer().render(text):
        if block.html.startswith("<p>") and (words := " ".join(tree.parse([block.html]).text().split())):
            return words if len(words) <= most else words[:most].rpartition(" ")[0].rstrip(" ,;:—–-") + "…"
    return ""


def _values(review: Review, profile: Profile, site: Site) -> dict[str, Plain]:
    first = next((mark for mark in review.rating if isinstance(mark.value, (int, float))), None)
    grade = next((mark for mark in review.rating if mark.scale == "letters"), None)
    film = to_plain(review.film)
    film.pop("seen", None)
    scale = marks.SCALES.get(first.scale) if first else None
    return {
        "title": review.title,
        "date": profile.date(site, review.date) if review.date else None,
        "updated": profile.date(site, review.updated) if review.updated else None,
        "author": review.author,
        "excerpt": review.excerpt,
        "categories": list(review.categories),
        "tags": list(review.tags),
        "film": film,
        "credits": to_plain(review.credits),
        "rating": first.value if first else None,
        "rating_scale": scale.best if scale else None,
        "grade": grade.value if grade else None,
    }


__all__ = ["Post", "address", "calendar_day", "make", "published"]
