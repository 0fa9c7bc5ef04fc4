"""From a review to the files of a post: front matter, body, pictures. A pure function of what it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from reviewer.publish import tree
from reviewer.publish.dialect import Image
from reviewer.publish.profiles.base import FIELDS, BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site
from reviewer.review import marks
from reviewer.review.findings import Finding, Severity
from reviewer.review.slugs import fold, free, slug
from reviewer.review.values import Plain, Review, Still, to_plain
from reviewer.text import emit
from reviewer.text.blocks import Block, still_path
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import placed
from reviewer.text.page import credit_rows, pictures


@dataclass(frozen=True)
class Post:
    """The files of a post, by path relative to the blog: the text, and which still each picture is made from."""

    path: str
    text: bytes
    pictures: Mapping[str, Still] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def address(review: Review) -> str:
    """The last part of the post's address: as typed, else made from the title."""
    return review.slug or slug(review.title)


def make(review: Review, text: str, profile: Profile, site: Site, settings: BlogSettings) -> Post:
    """The post of a review that has a title, a date and a usable address (see `reviewer.publish.check`)."""
    assert review.date is not None
    name = address(review)
    place = profile.place(site, settings, review.date, name)
    shown = published(review, text)
    files = _picture_names(name, shown)
    images = {
        still.file: Image(profile.src(place, files[still.file]), still.alt, still.caption, still.credit)
        for still in shown
    }
    body, lost = _body(review, text, profile, settings, images)
    front = _front(review, profile, site, settings, place, [(still, files[still.file]) for still in shown])
    content = "---\n" + "\n".join(_lines(front)) + "\n---\n\n" + body
    findings = [
        Finding("html-lost", Severity.ADVISES, f"{profile.title} shows no raw HTML: {', '.join(sorted(lost))}.",
                "The words stay, their styling goes.", place="text")
    ] if lost else []  # fmt: skip
    findings += [
        Finding("profile-note", Severity.ADVISES, note, place="date") for note in profile.notes(site, review.date)
    ]
    made = {f"{place.pictures}/{files[still.file]}": still for still in shown}
    return Post(place.post, content.encode("utf-8", "replace"), made, tuple(findings))


def published(review: Review, text: str) -> list[Still]:
    """The stills that a post shows: the lead first, then those that the text places, in its order."""
    order = ([review.lead.file] if review.lead else []) + [place.file for place in placed(text)]
    found = (review.still(file) for file in dict.fromkeys(order))
    return [still for still in found if still is not None]


def _picture_names(name: str, stills: Sequence[Still]) -> dict[str, str]:
    """Safe names for the post's pictures: the post's own address before each, so that no two posts share one."""
    names: dict[str, str] = {}
    for still in stills:
        stem, _, ending = still.name.rpartition(".")
        taken = {fold(n) for n in names.values()}
        names[still.file] = free(f"{name}-{slug(stem) or 'still'}", taken, f".{ending.lower()}")
    return names


# the body


def _body(
    review: Review, text: str, profile: Profile, settings: BlogSettings, images: Mapping[str, Image]
) -> tuple[str, set[str]]:
    known = images if settings.figures else {}
    writer = profile.writer(lambda src: known.get(still_path(src)), settings.curl)
    rendered: list[Block] = Renderer().render(text, pictures(review.stills))
    root = tree.parse([*_top(review, settings), *(block.html for block in rendered)])
    return writer.document(root), writer.lost


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


# the front matter


def _front(
    review: Review, profile: Profile, site: Site, settings: BlogSettings, place: Place, stills: list[tuple[Still, str]]
) -> dict[str, Plain]:
    assert review.date is not None
    values = _values(review, profile, site)
    values["stills"] = [
        {key: value for key, value in zip(("src", "alt", "caption", "credit"), row, strict=True) if value}
        for still, name in stills
        for row in [(profile.src(place, name), still.alt, still.caption, still.credit)]
    ]
    front: dict[str, Plain] = {}
    for name in FIELDS:
        key = settings.fields.get(name, profile.keys.get(name, name))
        if key and values.get(name) not in (None, "", [], {}):
            front[key] = values[name]
    if review.slug and "slug" not in profile.reserved:
        front["slug"] = review.slug
    return {**front, **{k: v for k, v in {**profile.constants, **settings.constants}.items() if k and k not in front}}


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


_BARE_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}")


def _lines(front: Mapping[str, Plain], pad: str = "") -> list[str]:
    """YAML that every reader takes alike: every text in double quotes, lists in brackets, one level of nesting a line."""
    lines: list[str] = []
    for key, value in front.items():
        if isinstance(value, dict) and not pad:
            lines += [f"{pad}{emit.text(key)}:", *_lines(value, pad + "  ")]
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            lines += [f"{pad}{emit.text(key)}:", *(f"{pad}  - {_inline(item)}" for item in value)]
        else:
            lines.append(f"{pad}{emit.text(key)}: {_inline(value)}")
    return lines


def _inline(value: Plain) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{emit.text(key, flow=True)}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, str):
        return value if _BARE_DATE.fullmatch(value) or value == "post" else emit.quoted(value)
    return emit.scalar(value, flow=True)


__all__ = ["Post", "address", "calendar_day", "make", "published"]
