"""What stands in a library, at a glance: one small value a review, found by walking the folder."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
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


class CannotList(Exception):
    """Folders that the disk does not list, with the reason for each: nobody knows what is in them."""

    def __init__(self, folders: Mapping[Path, str]) -> None:
        (first, why), more = next(iter(folders.items())), len(folders) - 1
        others = f", and neither can {more} other {'folder' if more == 1 else 'folders'}" if more else ""
        super().__init__(
            f"{first} cannot be listed: {why}{others}. The reviews there are left as they are. "
            "Look at the permissions of the folder and whether its disk answers."
        )


def find(folder: Path, unlisted: dict[Path, str] | None = None) -> Iterator[Path]:
    """Every review and other Markdown file below a folder: hidden and built folders and other versions of a file beside it are
    passed over, links not followed. What the disk does not give is no reason to stop: such folders go into `unlisted`, with the
    reason in the system's words, because nobody knows what is in them."""
    unlisted = {} if unlisted is None else unlisted
    pending = [(folder, 0)]
    while pending:
        here, depth = pending.pop()
        try:
            found = sorted((entry.name, _kind(entry)) for entry in os.scandir(here))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            unlisted[here] = error.strerror or str(error)
            continue
        names = {name for name, _ in found}
        for name, kind in found:
            if name.startswith(".") or not kind:
                continue
            path = here / name
            if kind == "folder":
                if depth < DEEPEST and name not in _PASSED_OVER:
                    pending.append((path, depth + 1))
            elif name == NAME or (name.endswith(ENDINGS) and NAME not in names and original(path) not in names):
                yield path


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry of a folder is, links followed for files only. A link that the disk does not follow counts as a file, which
    tells why when it is read. Raises `OSError` where the disk does not say what the entry itself is."""
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    try:
        return "file" if entry.is_file() else ""
    except OSError:
        return "file"


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
