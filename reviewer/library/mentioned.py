"""Which reviews name a film, and which films a review names: what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.batch import Change, Left
from reviewer.library.files import read_regular
from reviewer.library.index import Index
from reviewer.library.listing import Entry
from reviewer.library.reviews import MOST
from reviewer.review.films import among
from reviewer.review.folding import folded
from reviewer.text.document import Document, NotText
from reviewer.text.mentions import linked_first, mentions
from reviewer.text.reading import read_document

Known = Callable[[str, int | None], bool]
MOST_WORDS = 140
"""Letters of the line that are shown around a mention."""


@dataclass(frozen=True)
class Place:
    """Where a review names a film: its line in the text from 1, whether in double brackets, and the words around it."""

    path: Path
    title: str
    line: int
    linked: bool
    words: str


def naming(index: Index, films: Iterable[tuple[str, int | None]], but: Path | None = None) -> list[Place]:
    """Where the library's reviews name one of these films, the newest first. Raises `sqlite3.Error`.

    A mention without a year is one of any film of that title.
    """
    wanted = {(folded(title), year) for title, year in films if title}
    if not wanted:
        return []
    titles = sorted({title for title, _ in wanted})
    rows = index.select(
        f"SELECT path, json_extract(entry, '$.title') FROM reviews WHERE id IN (SELECT review FROM mentions WHERE title IN "
        f"({', '.join('?' * len(titles))})) ORDER BY date DESC, path",
        titles,
    )
    found: list[Place] = []
    for stored, title in rows:
        path = index.path(stored)
        if path != but:
            found += _places(path, str(title), wanted)
    return found


def _places(path: Path, title: str, wanted: set[tuple[str, int | None]]) -> Iterator[Place]:
    try:
        text = Document.read(read_regular(path, MOST)).text
    except (OSError, NotText):
        return
    lines = text.split("\n")
    for one in mentions(text):
        if any(folded(one.title) == name and (year is None or one.year in (None, year)) for name, year in wanted):
            yield Place(path, title, one.line, one.linked, _around(lines[one.line - 1], one.title))


def _around(line: str, title: str) -> str:
    """The line, or what of a long one stands around the title."""
    plain = " ".join(line.split())
    if len(plain) <= MOST_WORDS:
        return plain
    at = max(0, plain.find(title) - MOST_WORDS // 2)
    return ("… " if at else "") + plain[at : at + MOST_WORDS] + (" …" if at + MOST_WORDS < len(plain) else "")


def knows(entries: Iterable[Entry]) -> Known:
    """Whether a film is one that a review of the library is about, by its title and year."""
    return among(film for entry in entries if not entry.is_list for film in (*entry.films, *entry.aliases))


def linking(entries: Sequence[Entry]) -> Iterator[Change | Left]:
    """Plan that each review links its first mention of every film that the library has a review of, but for its own films."""
    known = knows(entries)
    for entry in entries:
        if entry.fault or not entry.mentions:
            continue
        try:
            before = read_regular(entry.path, MOST)
            document = Document.read(before)
        except (OSError, NotText) as error:
            yield Left(entry.path, getattr(error, "strerror", None) or str(error))
            continue
        text = linked_first(document.text, others(known, entry))
        if text != document.text:
            review = read_document(document).review
            yield Change(entry.path, review, review, before, document.with_text(text).to_bytes())


def others(known: Known, entry: Entry) -> Known:
    """The films that are known, without those that a review is about itself."""
    own = {folded(title) for title, _ in entry.films} if not entry.is_list else set()
    return lambda title, year: folded(title) not in own and known(title, year)
