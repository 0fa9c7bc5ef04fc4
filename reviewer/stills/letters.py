"""Letters about stills: templates in plain text, filled from film, still and author. The writer sends them herself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from reviewer.review.values import Review, Source, Still

_BLANK = re.compile(r"\{([a-z_]+)\}")
SENDS = {"ask": "asked", "remind": "reminded", "thank": "thanked", "renew": "renewal-asked", "reuse": "reuse"}
"""What a letter's first word in its file name says about it, and the event that writing it is."""


@dataclass(frozen=True)
class Template:
    """A letter with blanks such as ``{film}``. `name` is its file's, ``ask-distributor``; `title` its first line."""

    name: str
    title: str
    subject: str
    body: str

    @property
    def event(self) -> str:
        """What has happened when the letter was sent, by the log's words; ``note`` for a template of one's own."""
        return SENDS.get(self.name.partition("-")[0], "note")


@dataclass(frozen=True)
class Letter:
    """A letter as it would be sent. `blanks` are those that nothing was known for; they stand in the text in braces."""

    to: str
    subject: str
    body: str
    blanks: tuple[str, ...] = ()


def templates(folders: Sequence[Path]) -> list[Template]:
    """The letters in some folders, by name; one in a later folder takes the place of one before.

    A template is UTF-8 text: its title, ``Subject: …``, an empty line, the letter. Other files are passed over.
    """
    found: dict[str, Template] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
            made = _read(path)
            if made is not None:
                found[made.name] = made
    return [found[name] for name in sorted(found)]


def _read(path: Path) -> Template | None:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    title, _, rest = text.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n")
    subject, _, body = rest.partition("\n")
    if not title.strip() or not subject.startswith("Subject:"):
        return None
    return Template(path.stem, title.strip(), subject.removeprefix("Subject:").strip(), body.strip("\n") + "\n")


def facts(review: Review, stills: Sequence[Still], today: dt.date, **more: str) -> dict[str, str]:
    """What the blanks of a letter about some stills of a review stand for; `more` are further ones, such as ``reader``."""
    first = stills[0] if stills else Still()
    permission = first.permission
    director = " and ".join(review.credits.people("director"))
    film = review.film.title or review.title
    found = {
        "film": film,
        "year": str(review.film.year or ""),
        "director": director,
        "author": review.author,
        "review": review.title,
        "holder": permission.holder or first.credit,
        "credit": first.credit or permission.holder,
        "terms": permission.terms,
        "asked": _long(permission.asked),
        "until": _long(permission.expires),
        "today": _long(today),
        "stills": "\n".join(f"- {_about(still)}" for still in stills),
        "reuse": first.reuse.terms,
        "source": _source(first.source),
    }
    return found | more


@dataclass(frozen=True)
class About:
    """A still that a letter is about: its review, and the review's file."""

    review: Review
    still: Still
    path: Path = Path()


def together(abouts: Sequence[About], today: dt.date) -> dict[str, str]:
    """What the blanks stand for in one letter about stills of several reviews: every film is named with its year."""
    first = abouts[0]
    found = facts(first.review, [about.still for about in abouts], today)
    films = list(dict.fromkeys((a.review.film.title or a.review.title, a.review.film.year) for a in abouts))
    if len(films) > 1:
        *named, (last, year) = films
        before = ", ".join(f"{title} ({its_year})" if its_year else title for title, its_year in named)
        lines = (f"- {a.review.film.title or a.review.title}: {_about(a.still)}" for a in abouts)
        directors = dict.fromkeys(name for a in abouts for name in a.review.credits.people("director"))
        found |= {"film": f"{before} and {last}", "year": str(year or ""), "stills": "\n".join(lines),
                  "director": " and ".join(directors)}  # fmt: skip
    return found


def _source(source: Source) -> str:
    """Where a picture came from, with the day: ``Apple’s trailer page (http://...), 3 February 2011``."""
    named = f"{source.name} ({source.url})" if source.name and source.url else source.name or source.url
    return ", ".join(part for part in (named, _long(source.fetched)) if part) if named else ""


def _about(still: Still) -> str:
    words = still.caption or still.alt or still.name
    where = ", ".join(part for part in (still.timecode, still.source.name, still.source.url) if part)
    return f"{words} ({where})" if where else words


def _long(date: dt.date | None) -> str:
    return f"{date.day} {date:%B %Y}" if date else ""


def fill(template: Template, known: Mapping[str, str], to: str = "") -> Letter:
    """The letter with its blanks filled in. What is not known stays a blank in braces, for the writer to fill or to strike."""
    blanks: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        value = known.get(found[1], "")
        if not value:
            blanks[found[1]] = None
        return value or found[0]

    subject = " ".join(_BLANK.sub(put, template.subject).split())
    return Letter(to, subject, _BLANK.sub(put, template.body), tuple(blanks))


def mail(letter: Letter) -> bytes:
    """The letter as a file that mail programs open as a draft (RFC 5322; ``X-Unsent`` is what they look at)."""
    message = EmailMessage(policy=SMTP)
    if letter.to and re.fullmatch(r"[^\s<>,;\"]+@[^\s<>,;\"]+", letter.to):
        message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["X-Unsent"] = "1"
    message.set_content(letter.body)
    return message.as_bytes()


def mailto(letter: Letter) -> str:
    """An address that opens the system's mail program with the letter (RFC 6068)."""
    lines = letter.body.replace("\n", "\r\n")
    return f"mailto:{quote(letter.to, safe='@')}?subject={quote(letter.subject, safe='')}&body={quote(lines, safe='')}"
