"""What stands in a library, at a glance: one small value a review, found by walking the folder."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.conflicts import original
from reviewer.library.files import read_regular
from reviewer.library.folders import home
from reviewer.library.reviews import MOST, NAME
from reviewer.review.correspondence import due
from reviewer.review.films import among
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Mark, PostDate, Review, Still
from reviewer.text import counts
from reviewer.text.document import Document, NotText
from reviewer.text.mentions import mentions, placed
from reviewer.text.reading import read_document

ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
DEEPEST = 6
_PASSED_OVER = {"node_modules", "_site", "public", "__pycache__", "vendor", "stills", "permissions"}


@dataclass(frozen=True)
class Entry:
    """A review as a list shows it. `lead` is the still for its thumbnail, `mentions` are the films that its text names, as
    title and year; `due` are stills whose permission waits for the writer, with the words for it; `stills` are all its
    stills, and `shown` the files of those that a post would show; `seen` is the day on which the film was seen, `words` are those of
    the text; `also` are the further films that it is about, as title and year, `aliases` other titles of its films; `viewings` the days on which they were seen:
    title, year, day (ISO 8601), where, and whether it was again; `fault` says why it could not be read."""

    path: Path
    title: str
    year: int | None = None
    status: str = ""
    date: PostDate | None = None
    rating: tuple[Mark, ...] = ()
    lead: Path | None = None
    worst: Verdict | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    film: str = ""
    mentions: tuple[tuple[str, int | None], ...] = ()
    due: tuple[tuple[str, str], ...] = ()
    id: str = ""
    stills: tuple[Still, ...] = ()
    shown: frozenset[str] = frozenset()
    directors: tuple[str, ...] = ()
    seen: dt.date | None = None
    words: int = 0
    also: tuple[tuple[str, int | None], ...] = ()
    aliases: tuple[tuple[str, int | None], ...] = ()
    viewings: tuple[tuple[str, int | None, str, str, bool], ...] = ()
    is_list: bool = False
    archived: bool = False
    fault: str = ""

    @property
    def films(self) -> tuple[tuple[str, int | None], ...]:
        """The films that the review is about: titles and years. One without a title goes by the review's."""
        return ((self.film or self.title, self.year), *self.also)


def find(folder: Path) -> Iterator[Path]:
    """Every review and other Markdown file below a folder: hidden and built folders and other versions of a file beside it are
    passed over, links not followed."""
    pending = [(folder, 0)]
    while pending:
        here, depth = pending.pop()
        try:
            found = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        names = {entry.name for entry in found}
        for entry in found:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST and entry.name not in _PASSED_OVER:
                    pending.append((Path(entry.path), depth + 1))
            elif entry.is_file() and entry.name.endswith(ENDINGS) and (entry.name == NAME or NAME not in names):
                path = Path(entry.path)
                if entry.name == NAME or original(path) not in names:
                    yield path


def entry(path: Path, today: dt.date) -> Entry:
    """One review as a list shows it; what cannot be read is listed with its fault, never left out."""
    return look(path, today)[0]


def look(path: Path, today: dt.date) -> tuple[Entry, Review, str]:
    """One review as a list shows it, itself, and its text; of what cannot be read only the entry with its fault, and the text
    as far as it can be."""
    try:
        reading = read_document(Document.read(read_regular(path, MOST)), quick=True)
    except (OSError, NotText) as error:
        return Entry(path, _name(path), fault=getattr(error, "strerror", None) or str(error)), Review(), ""
    if reading.broken is not None:
        fault = f"line {reading.broken.line}: {reading.broken.reason}"
        return Entry(path, _name(path), fault=fault), Review(), reading.document.text
    return describe(path, reading.review, reading.document.text, today), reading.review, reading.document.text


def describe(path: Path, review: Review, text: str, today: dt.date) -> Entry:
    """The entry of a review that is already read."""
    shown = {place.file for place in placed(text)} if review.stills else set()
    shown |= {s.file for s in review.stills if s.lead}
    standings = [standing(s, today) for s in review.stills if s.file in shown]
    worst = next((s.verdict for s in standings if s.blocks), None)
    lead = review.lead or next(iter(review.stills), None)
    return Entry(
        path,
        review.title or _name(path),
        review.film.year,
        review.status,
        review.date,
        review.rating,
        path.parent / lead.file if lead is not None and lead.file else None,
        worst,
        review.categories,
        review.tags,
        review.film.title,
        tuple((mention.title, mention.year) for mention in mentions(text)),
        tuple((one.still.file, one.words) for one in due(review.stills, today)),
        review.id,
        review.stills,
        frozenset(s.file for s in review.stills if s.file in shown),
        tuple(dict.fromkeys(name for one in review.features for name in one.credits.people("director"))),
        review.film.seen.date,
        counts.words(text),
        tuple((one.film.title, one.film.year) for one in review.also),
        tuple(
            (title, one.film.year)
            for one in review.features
            for title in (one.film.original_title, *one.film.other_titles)
            if title and title != one.film.title
        ),
        tuple(
            (one.film.title or review.title, one.film.year, seen.date.isoformat(), seen.where, bool(seen.again))
            for one in review.features
            if (seen := one.film.seen).date is not None
        ),
        bool(review.list_),
        bool(review.archived),
    )


def _name(path: Path) -> str:
    return path.parent.name if path.name == NAME else path.stem


def is_sensible(folder: Path) -> bool:
    """Whether a folder may be opened as a library: not the root of a disk and not the whole home folder."""
    real = folder.resolve()
    return real != Path(real.anchor) and real != home()


def about(entries: Iterable[Entry], review: Review, but: Path | None = None) -> list[Path]:
    """The reviews that are about the films of one, as far as titles and years tell; list posts are about none."""
    films = [one.film for one in review.features if one.film.title]
    fits = among(
        (title, film.year) for film in films for title in (film.title, film.original_title, *film.other_titles) if title
    )
    return [
        entry.path
        for entry in entries
        if entry.path != but and not entry.is_list and any(fits(*film) for film in (*entry.films, *entry.aliases))
    ]
