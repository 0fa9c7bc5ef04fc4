"""The post as a page: the head that a review's values make, and whole HTML documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from html import escape

from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Credits, Mark, PostDate, Review, Still
from reviewer.text.blocks import Block, Picture
from reviewer.text.mentions import film_name

JOB_WORDS = {
    "director": "Director",
    "writer": "Screenplay",
    "based_on": "Based on",
    "composer": "Music",
    "cinematographer": "Camera",
    "editor": "Editing",
    "producer": "Producer",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STAR = "M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z"


def pictures(stills: Sequence[Still], today: dt.date | None = None) -> dict[str, Picture]:
    """What the renderer needs of each still, by path; with `today`, also a word on those that may not appear."""
    return {still.file: _picture(still, today) for still in stills if still.file}


def _picture(still: Still, today: dt.date | None) -> Picture:
    if today is None:
        return Picture(still.alt, still.caption, still.credit)
    now = standing(still, today)
    badge = "" if now.verdict in (Verdict.MAY, Verdict.INCOMPLETE) else f"Permission: {now.words.lower()}"
    kind = "waits" if now.verdict is Verdict.WAITING else "blocks"
    return Picture(still.alt, still.caption, still.credit, badge, kind)


def day_words(date: PostDate | None) -> str:
    """A day as it is written in English prose: ``3 February 2011``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else ""


def byline(review: Review) -> str:
    """Author, date and update in one line."""
    parts = ", ".join(part for part in (review.author, day_words(review.date)) if part)
    updated = f"Updated {day_words(review.updated)}" if review.updated else ""
    return " ".join(f"{part}." for part in (parts, updated) if part)


def credit_rows(review: Review, scales: Scales = BUILT_IN, most: int = 6) -> list[tuple[str, str]]:
    """The credits box: label and names, in the order in which people read them; of several films one after the other."""
    if not review.also:
        return _rows(review.credits, most)
    rows: list[tuple[str, str]] = []
    for one in review.features:
        name = film_name(one.film.title or review.title, one.film.year)
        marks = scales.line(one.rating) if one.rating != review.rating else ""
        rows += [("Film", " · ".join(part for part in (name, marks) if part)), *_rows(one.credits, most)]
    return rows


def _rows(credits: Credits, most: int) -> list[tuple[str, str]]:
    rows = [(JOB_WORDS.get(c.job, c.job.replace("_", " ").capitalize()), ", ".join(c.people)) for c in credits.crew]
    cast = [role.actors[0] for role in credits.cast if role.actors][:most]
    if cast:
        place = next((n for n, (label, _) in enumerate(rows) if label == "Music"), len(rows))
        rows.insert(place, ("With", ", ".join(cast)))
    return rows


def stars_svg(mark: Mark, scales: Scales = BUILT_IN) -> str:
    """Stars drawn as one picture with a spoken name; empty where the mark is not on a scale of stars."""
    scale = scales.starred(mark)
    if scale is None:
        return ""
    best, value = int(scale.best), float(mark.value)
    parts = []
    for n in range(best):
        fill = min(1.0, max(0.0, value - n))
        at = f'transform="translate({n * 24} 0)"'
        parts.append(f'<path class="edge" {at} d="{_STAR}"/>')
        if fill:
            clip = ' clip-path="inset(0 50% 0 0)"' if fill < 1 else ""
            parts.append(f'<path class="full" {at} d="{_STAR}"{clip}/>')
    name = escape(f"{value:g} of {best} stars", quote=True)
    return f'<svg class="stars" viewBox="0 0 {best * 24 - 4} 20" role="img" aria-label="{name}">{"".join(parts)}</svg>'


def head(review: Review, today: dt.date | None = None, scales: Scales = BUILT_IN) -> list[Block]:
    """The top of the post as blocks: lead still, categories, title, marks, byline, credits."""
    blocks = []
    if review.lead is not None:
        blocks.append(_lead(review.lead, today))
    if review.categories:
        blocks.append(f'<p class="categories">{escape(", ".join(review.categories))}</p>')
    blocks.append(f'<h1 class="title" dir="auto">{escape(review.title) or "Untitled"}</h1>')
    if review.rating:
        drawn = (
            stars_svg(mark, scales) or f'<span class="grade">{escape(scales.text(mark))}</span>'
            for mark in review.rating
        )
        blocks.append(f'<p class="rating">{"".join(drawn)}</p>')
    if line := byline(review):
        blocks.append(f'<p class="byline">{escape(line)}</p>')
    if rows := credit_rows(review, scales):
        cells = "".join(f"<dt>{escape(label)}</dt><dd>{escape(names)}</dd>" for label, names in rows)
        blocks.append(f'<dl class="credits">{cells}</dl>')
    return [Block(0, html) for html in blocks]


def _lead(still: Still, today: dt.date | None) -> str:
    picture = _picture(still, today)
    words = "".join(
        f'<span class="{name}">{escape(value)}</span> '
        for name, value in (
            ("caption", picture.caption),
            ("credit", picture.credit),
            (f"rights {picture.badge_kind}", picture.badge),
        )
        if value
    )
    under = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure class="lead"><img src="{escape(_address(still.file), quote=True)}" alt="{escape(still.alt, quote=True)}">{under}</figure>'


def _address(file: str) -> str:
    return "".join(
        c if c.isalnum() or c in "/._-~" else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in file
    )


def wrapped(blocks: Sequence[Block]) -> str:
    """Blocks as the preview's page holds them, each in a box that knows its source line."""
    return "\n".join(f'<div class="block" data-line="{block.line}">{block.html}</div>' for block in blocks)


def document(
    review: Review, blocks: Sequence[Block], style: str, image: Callable[[str], str | None], scales: Scales = BUILT_IN
) -> str:
    """One self-contained page. `image` turns a still's address into a ``data:`` address, or None to leave it out."""
    body = "\n".join(block.html for block in (*head(review, scales=scales), *blocks))
    return framed(review, _with_images(body, image), style)


def framed(review: Review, body: str, style: str) -> str:
    """A page of cleaned HTML that loads nothing, under the review's title and in its language."""
    language = escape(review.language or "en", quote=True)
    safe_style = style.replace("</", "<\\/")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(review.title)}</title>\n<style>\n{safe_style}\n</style>\n</head>\n"
        f'<body>\n<article class="post">\n{body}\n</article>\n</body>\n</html>\n'
    )


def _with_images(html: str, image: Callable[[str], str | None]) -> str:
    def swap(found: re.Match[str]) -> str:
        data = image(found[1])
        return f' src="{data}"' if data else ' src="data:,"'

    return re.sub(r'(?<=<img)\s+src="([^"]*)"', swap, re.sub(r"<img ([^>]*?)(src=\"[^\"]*\")", r"<img \2 \1", html))
