"""Find and replace in all texts of a library: what would change is listed first, and what changed can be put back.

Only texts are looked at, never front matter: a field has its own rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import ChangedOutside, read_regular
from reviewer.library.history import BEFORE, History
from reviewer.library.reviews import MOST
from reviewer.text.document import Document, NotText
from reviewer.text.search import Search, TooSlow

AROUND = 120
"""Characters shown before and after a place."""


@dataclass(frozen=True)
class Place:
    """A match in a text: its number from 0, its line from 1, what stands around it, itself, and what would come instead."""

    number: int
    line: int
    before: str
    found: str
    by: str
    after: str


@dataclass(frozen=True)
class Hits:
    """The matches in one review's text. `fault` says why a review could not be looked at."""

    path: Path
    text: str = ""
    places: tuple[Place, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Replaced:
    """A file that was changed, with its bytes before and after."""

    path: Path
    before: bytes
    after: bytes


def look(paths: Iterable[Path], open_texts: Mapping[Path, str], search: Search, by: str) -> Iterator[Hits]:
    """The matches in each review, one after another; of an open review its text as it is in the window.

    A review without a match gives `Hits` without places, so that the caller can count.
    """
    for path in paths:
        try:
            text = open_texts[path] if path in open_texts else Document.read(read_regular(path, MOST)).text
            yield Hits(path, text, tuple(_places(text, search, by)))
        except TooSlow:
            yield Hits(path, fault="the pattern takes too long in it")
        except (OSError, NotText) as error:
            yield Hits(path, fault=getattr(error, "strerror", None) or str(error))


def _places(text: str, search: Search, by: str) -> Iterator[Place]:
    line, counted = 1, 0
    for number, found in enumerate(search.matches(text)):
        start, end = found.span()
        line += text.count("\n", counted, start)
        counted = start
        before = text[max(0, start - AROUND, text.rfind("\n", 0, start) + 1) : start]
        stop = text.find("\n", end)
        after = text[end : min(end + AROUND, stop if stop >= 0 else len(text))]
        yield Place(number, line, before, found[0], search.replacement(found, by), after)


def rewrite(path: Path, old: str, new: str, history: History) -> Replaced:
    """Put another text into a review whose text is still the one that was looked at; its front matter stays byte for byte.

    Raises `ChangedOutside` where it is not, `reviewer.text.document.NotText` and `OSError`; then nothing was written.
    """
    data = read_regular(path, MOST)
    document = Document.read(data)
    if document.text != old:
        raise ChangedOutside(path, data)
    after = document.with_text(new).to_bytes()
    history.write(path, after, data, BEFORE)
    return Replaced(path, data, after)


def put_back(done: Replaced, history: History) -> None:
    """Undo one `rewrite`. Raises `ChangedOutside` where the file was changed since, and `OSError`."""
    history.write(done.path, done.before, done.after, BEFORE)
