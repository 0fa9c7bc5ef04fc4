"""A contact sheet: every still of a review with its credit and what is known of its permission, for a file or a letter."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from html import escape
from pathlib import Path

from reviewer.review.rights import BASIS_WORDS, day, standing
from reviewer.review.values import Review, Still
from reviewer.stills.formats import Refused
from reviewer.stills.thumbnails import thumbnail
from reviewer.text.page import framed

SIZE = (640, 360)
"""Pixels that a picture on the sheet has at least, where it has them."""

_STYLE = """
body { font: 10pt/1.45 "Source Sans 3", system-ui, sans-serif; color: #1a1b1d; }
h1 { font: 400 20pt/1.2 "Source Serif 4 Display", Georgia, serif; margin: 0 0 2pt; } .day { color: #505356; margin: 0 0 14pt; }
.stills { display: grid; grid-template-columns: 1fr 1fr; gap: 16pt; } figure { margin: 0; break-inside: avoid; }
figure img { width: 100%; aspect-ratio: 16 / 9; object-fit: contain; background: #f2f2ef; }
figcaption p { margin: 2pt 0; } .credit, .file { color: #505356; } .rights { font-weight: 600; } .file { font-size: 8.5pt; }
"""


def make(review: Review, folder: Path | None, today: dt.date) -> bytes:
    """The sheet as one page of UTF-8 HTML, small pictures inside. A picture that cannot be read leaves its place empty."""
    year = f" ({review.film.year})" if review.film.year else ""
    figures = [_figure(still, folder, today) for still in review.stills]
    return _sheet(f"{review.title}{year}", review, figures, today)


def make_of(chosen: Sequence[tuple[str, Still, Path]], title: str, today: dt.date) -> bytes:
    """The sheet of stills of several reviews: each with its film's name and the folder that it lies in."""
    figures = [_figure(still, folder, today, film) for film, still, folder in chosen]
    return _sheet(title, Review(title=title), figures, today)


def _sheet(title: str, review: Review, figures: Sequence[str], today: dt.date) -> bytes:
    inside = "\n".join(figures) or "<p>No stills.</p>"
    body = (
        f"<h1>{escape(title)}</h1>\n"
        f'<p class="day">Stills and permissions, {day(today)}{f", {escape(review.author)}" if review.author else ""}</p>\n'
        f'<div class="stills">\n{inside}\n</div>'
    )
    return framed(review, body, _STYLE).encode("utf-8", "replace")


def _figure(still: Still, folder: Path | None, today: dt.date, film: str = "") -> str:
    data = _picture(still, folder)
    image = f'<img src="{data}" alt="{escape(still.alt, quote=True)}">' if data else '<img src="data:," alt="">'
    lines = [
        ("rights", film),
        ("caption", still.caption or still.alt),
        ("credit", still.credit),
        ("rights", _rights(still, today)),
        ("terms", still.permission.terms),
        ("file", ", ".join(part for part in (still.name, still.timecode, still.source.name, still.source.url) if part)),
    ]
    under = "\n".join(f'<p class="{name}">{escape(words)}</p>' for name, words in lines if words)
    return f"<figure>\n{image}\n<figcaption>\n{under}\n</figcaption>\n</figure>"


def _rights(still: Still, today: dt.date) -> str:
    """Verdict, basis where the verdict does not say it, holder and end in a line."""
    permission = still.permission
    says = permission.basis in BASIS_WORDS and permission.basis != "permission"
    basis = BASIS_WORDS[permission.basis][0] if says else ""
    words = standing(still, today).words
    until = f"until {day(permission.expires)}" if permission.expires else ""
    parts = [words if words != basis else "", basis, permission.holder, permission.licence, until]
    return ", ".join(part for part in parts if part)


def _picture(still: Still, folder: Path | None) -> str:
    if folder is None or not (folder / still.file).resolve().is_relative_to(folder.resolve()):
        return ""
    try:
        data = thumbnail(folder / still.file, *SIZE)
    except (Refused, OSError):
        return ""
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
