"""Reviews as a file that Letterboxd imports.

The columns are those that Letterboxd's own page “Importing Data” names; a file may be 1 MB. Marks go from half a star to
five stars, so marks of other scales are rounded to halves by their common value, and no mark can be none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape

from reviewer.publish import tree
from reviewer.review.marks import BUILT_IN, FIVE_STARS, Scales
from reviewer.review.values import Feature, Mark, Review
from reviewer.text.filmlist import Listing
from reviewer.text.markdown import Renderer

COLUMNS = ("imdbID", "tmdbID", "Title", "Year", "Directors", "Rating", "WatchedDate", "Rewatch", "Tags", "Review")
MOST = 1_000_000
"""Bytes of one file."""


def rows(review: Review, text: str = "", scales: Scales = BUILT_IN) -> list[dict[str, str]]:
    """One review as rows, one a film; `text` is its text in Markdown, empty to leave it out."""
    return [_row(review, one, text, scales) for one in review.features]


def _row(review: Review, feature: Feature, text: str, scales: Scales) -> dict[str, str]:
    film, seen = feature.film, feature.film.seen
    return {
        "imdbID": film.ids.imdb,
        "tmdbID": film.ids.tmdb.removeprefix("movie/"),
        "Title": film.title or review.title,
        "Year": str(film.year or ""),
        "Directors": ", ".join(feature.credits.people("director")),
        "Rating": f"{stars:g}" if (stars := rating(feature.rating, scales)) is not None else "",
        "WatchedDate": seen.date.isoformat() if seen.date else "",
        "Rewatch": {True: "true", False: "false", None: ""}[seen.again],
        "Tags": ", ".join(tag.replace(",", " ") for tag in review.tags),
        "Review": plain_html(text) if text.strip() else "",
    }


def rating(marks: Iterable[Mark], scales: Scales = BUILT_IN) -> float | None:
    """The mark in stars from ½ to 5 in halves; None where there is no mark, or where it is nothing."""
    worth = scales.worth_of(marks, FIVE_STARS.name)
    if not worth:
        return None
    return max(0.5, round(worth / 10) / 2)


def notes(review: Review, scales: Scales = BUILT_IN) -> list[str]:
    """What Letterboxd would not take as it stands."""
    found = []
    for one in review.features:
        if not one.film.year and not one.film.ids.imdb and not one.film.ids.tmdb:
            found.append("no year and no number of IMDb or TMDb, so Letterboxd may take another film of that name.")
        if one.rating and rating(one.rating, scales) is None:
            found.append(f"Letterboxd has no mark for {scales.text(one.rating[0])}, so it is left out.")
    return found


def parts(rows: Sequence[dict[str, str]]) -> list[bytes]:
    """The rows as one or more CSV files (RFC 4180, UTF-8) of at most `MOST` bytes, each with the heads of its columns."""
    head = _line(COLUMNS)
    files: list[bytes] = []
    made = head
    for one in rows:
        line = _line(one[name] for name in COLUMNS)
        if len(made) + len(line) > MOST and made != head:
            files.append(made)
            made = head
        made += line
    return [*files, made]


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell.replace("\0", "") for cell in cells])
    return out.getvalue().encode("utf-8", "replace")


LIST_COLUMNS = ("Position", "Name", "Year", "URL", "Description")


def film_list(title: str, tags: Iterable[str], about: str, listing: Listing, order: str) -> bytes:
    """A list post as a list of Letterboxd's, in the form of its own export (version 7): the best is at position 1.

    A blurb is its film's description, in the few tags that Letterboxd shows.
    """
    ranked = listing.items[::-1] if order == "countdown" else listing.items
    made = b"Letterboxd list export v7\r\n" + _line(("Date", "Name", "Tags", "URL", "Description"))
    made += (
        _line(("", title, ", ".join(tag.replace(",", " ") for tag in tags), "", about)) + b"\r\n" + _line(LIST_COLUMNS)
    )
    for place, item in enumerate(ranked, 1):
        made += _line((str(place), item.title, str(item.year or ""), "", plain_html(item.blurb)))
    return made


_TAGS = {"em": "em", "i": "em", "cite": "em", "strong": "strong", "b": "strong"}


def plain_html(text: str) -> str:
    """A text with the few tags that Letterboxd shows: emphasis, links and quotations, a blank line between paragraphs."""
    root = tree.parse(block.html for block in Renderer().render(text))
    return "\n\n".join(part for part in _blocks(root) if part)


def _blocks(node: tree.Node) -> list[str]:
    parts: list[str] = []
    for child in node.elements():
        if child.tag == "blockquote":
            parts.append(f"<blockquote>{'<br>'.join(_blocks(child))}</blockquote>")
        elif child.tag in ("ul", "ol", "dl", "table", "thead", "tbody", "section", "details", "div"):
            parts += _blocks(child)
        elif child.tag == "tr":
            parts.append(" | ".join(_inline(cell) for cell in child.elements("td", "th")))
        elif child.tag == "li" and child.elements("p", "ul", "ol"):
            parts += _blocks(child) if child.elements("p") else [_inline(child)]
        elif child.tag not in ("figure", "hr"):
            parts.append(_inline(child))
    return [" ".join(part.split()) if "<br>" not in part else part for part in parts]


def _inline(node: tree.Node) -> str:
    made = ""
    for child in node.children:
        if isinstance(child, str):
            made += escape(child, quote=False)
        elif child.tag == "br":
            made += "<br>"
        elif child.tag == "img" or "footnote-backref" in child.classes:
            continue
        elif child.tag == "a" and child.attributes.get("href", "").startswith("http"):
            made += f'<a href="{escape(child.attributes["href"])}">{_inline(child)}</a>'
        elif child.tag in _TAGS:
            made += f"<{_TAGS[child.tag]}>{_inline(child)}</{_TAGS[child.tag]}>"
        else:
            made += _inline(child)
    return made
