"""A review for other places: as HTML for a mail or a content system's box, and in a few words for a short message."""

from __future__ import annotations

import re
from html import escape

from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Review
from reviewer.text.markdown import Renderer
from reviewer.text.page import byline, pictures

LIMITS = {"Bluesky": 300, "Mastodon": 500, "Threads": 500, "X": 280}
"""Characters that a message may have, as the services' help pages said in 2026."""


def fragment(review: Review, text: str) -> str:
    """The text's HTML with the stills at their own addresses: what a content system's source box takes."""
    return "\n".join(block.html for block in Renderer().render(text, pictures(review.stills)))


def rich(review: Review, text: str, scales: Scales = BUILT_IN) -> str:
    """Title, mark and text as HTML without pictures, whose captions stay: what a mail or a word processor takes."""
    html = re.sub(r"<img[^>]*>", "", fragment(review, text))
    html = re.sub(r"<figure[^>]*>\s*</figure>", "", html)
    html = re.sub(
        r"<figure[^>]*>\s*<figcaption>(.*?)</figcaption>\s*</figure>", r"<p><em>\1</em></p>", html, flags=re.S
    )
    top = [f"<h1>{escape(review.title)}</h1>" if review.title else ""]
    top += [f"<p>{escape(part)}</p>" for part in (scales.line(review.rating), byline(review)) if part]
    return "\n".join([*filter(None, top), html])


def short(review: Review, link: str = "", scales: Scales = BUILT_IN) -> str:
    """Title with year, mark, excerpt and link, each where there is one."""
    year = f" ({review.film.year})" if review.film.year and str(review.film.year) not in review.title else ""
    first = ": ".join(part for part in (f"{review.title}{year}".strip(), scales.line(review.rating)) if part)
    return "\n\n".join(part for part in (first, " ".join(review.excerpt.split()), link.strip()) if part)


def length(message: str) -> int:
    """Characters as services count them: what a reader sees as one counts once, an address 23."""
    plain = re.sub(r"https?://\S+", "x" * 23, message)
    return len(re.sub(r"[\u0300-\u036f\ufe0f\u200d]", "", plain))
