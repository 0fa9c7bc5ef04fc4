"""From a review to the files of a post: front matter, body, pictures. A pure function of what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from reviewer.publish import captions, front
from reviewer.publish.body import Shown, body
from reviewer.publish.copies import sized
from reviewer.publish.dialect import Image
from reviewer.publish.entries import Entry, Neighbours, describe
from reviewer.publish.excerpts import opening
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site
from reviewer.review.findings import Finding, Severity
from reviewer.review.slugs import slug
from reviewer.review.values import Review, Still
from reviewer.stills.derive import Copy, Shape
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import film_name, mentions, placed
from reviewer.text.page import pictures


@dataclass(frozen=True)
class Picture:
    """A file that a post shows: a copy of a still, which has the caption and credit that the post prints."""

    still: Still
    copy: Copy


@dataclass(frozen=True)
class Post:
    """The files of a post, by path relative to the blog: the text, and the copies of stills; each still's largest first.

    `entry` is what the blog's other posts know of it, `was` are the addresses that it had before.
    """

    path: str
    text: bytes
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    entry: Entry = Entry()
    was: tuple[str, ...] = ()


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
    neighbours: Neighbours | None = None,
    source: Path = Path("review.md"),
    name: str = "",
    before: tuple[Entry | None, tuple[str, ...]] = (None, ()),
) -> Post:
    """The post of a review that has a title, a date and a usable address (see `reviewer.publish.check`).

    `shapes` are those of the pictures, by the stills' files; one of an unknown shape is published at its own size.
    `neighbours` are the blog's other posts, to which the text may link; `source` is the review's file and `name` its name
    in receipts; `before` is the post's entry of the last export with the addresses that it had before that.
    """
    assert review.date is not None
    where = address(review)
    place = profile.place(site, settings, review.date, where)
    shown = _shown(review, text, profile, settings, place, where, shapes)
    blocks = Renderer().render(text, pictures(review.stills))
    excerpt = review.excerpt.strip() or opening(blocks)
    said = Entry(
        excerpt=excerpt,
        marks=settings.scales.line(review.rating),
        picture=f"{place.pictures}/{shown[0].copies[0].name}" if shown else "",
        films=films(text),
    )
    entry = describe(review, name, source, place.post, where, said)
    was, moved = _former(entry, profile, site, *before)
    made = body(review, blocks, profile, site, settings, shown, entry, neighbours or Neighbours())
    entry = replace(entry, links=made.links)
    head = front.make(review, entry, profile, site, settings, shown, was)
    if profile.page is not None:
        content = profile.page(head, made.text, review, entry, site, settings)
    else:
        content = profile.header(site, head) + made.text
    findings = [
        Finding("html-lost", Severity.ADVISES, f"{profile.title} shows no raw HTML: {', '.join(sorted(made.lost))}.",
                "The words stay, their styling goes.", place="text")
    ] if made.lost else []  # fmt: skip
    findings += [
        Finding("link-unpublished", Severity.WARNS, f"The link “{words}” leads to a review that is not in this blog.",
                "The words stay, without the link.", place="text", fix="Export that review too.")
        for words in made.dead
    ]  # fmt: skip
    findings += moved
    findings += noted(profile.notes(site, review, text))
    files = {f"{place.pictures}/{copy.name}": Picture(one.still, copy.copy) for one in shown for copy in one.copies}
    return Post(place.post, content.encode("utf-8", "replace"), files, tuple(findings), entry, was)


def noted(notes: Sequence[str]) -> list[Finding]:
    """What a generator cannot do with a review, as findings."""
    return [Finding("profile-note", Severity.ADVISES, note, place="date") for note in notes]


def _former(
    entry: Entry, profile: Profile, site: Site, old: Entry | None, was: tuple[str, ...]
) -> tuple[tuple[str, ...], list[Finding]]:
    """The addresses that the post had before, and what is to be said where it has just moved."""
    now = profile.url(site, entry)
    last = profile.url(site, old) if old is not None and old.slug else ""
    kept = tuple(dict.fromkeys(one for one in (*was, last) if one and one != now))
    if not now or not kept or profile.aliases(site) or not (words := profile.moved(site, kept[-1], now)):
        return kept, []
    return kept, [
        Finding("address-changed", Severity.WARNS, f"The post moves from {kept[-1]} to {now}.",
                f"Links to the old address would lead nowhere. {words}", place="slug")
    ]  # fmt: skip


def films(text: str) -> tuple[str, ...]:
    """The films that a text names, as ``Title (Year)``."""
    return tuple(film_name(one.title, one.year) for one in mentions(text))


def published(review: Review, text: str) -> list[Still]:
    """The stills that a post shows: the lead first, then those that the text places, in its order."""
    order = ([review.lead.file] if review.lead else []) + [place.file for place in placed(text)]
    found = (review.still(file) for file in dict.fromkeys(order))
    return [still for still in found if still is not None]


def _shown(
    review: Review, text: str, profile: Profile, settings: BlogSettings, place: Place, name: str,
    shapes: Mapping[str, Shape],
) -> list[Shown]:  # fmt: skip
    stills = {still.file: (still, shapes.get(still.file, Shape(1, 1))) for still in published(review, text)}
    made = []
    for file, copies in sized(name, stills, settings.pictures, profile.responsive).items():
        words = captions.words(review, stills[file][0], settings.caption, settings.credit)
        still = captions.with_words(stills[file][0], words)
        sources = [(profile.src(place, copy.name), copy.width) for copy in copies]
        sizes = tuple(reversed(sources)) if len(sources) > 1 else ()
        made.append(Shown(still, copies, Image(sources[0][0], still.alt, words.caption, words.credit, sizes)))
    return made


__all__ = ["Picture", "Post", "address", "calendar_day", "make", "published"]
