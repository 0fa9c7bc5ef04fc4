"""Links between the reviews of a library: which lead nowhere, and where they led before a review was renamed or moved.

A link is a relative path from one review's folder to another review, as Markdown has it. What a path stood for is known from the
index, which remembers the identity of each review that was at a path; so a link finds its review again wherever that lies now.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from reviewer.library.batch import Change, Left
from reviewer.library.files import read_regular
from reviewer.library.index import Index
from reviewer.library.listing import ENDINGS
from reviewer.library.reviews import MOST, NAME
from reviewer.review.folding import folded
from reviewer.text.document import Document, NotText
from reviewer.text.reading import read_document
from reviewer.text.spans import without_code

_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\]\[\n]{0,500})\]\((?:<(?P<angled>[^<>\n]{1,500})>|(?P<plain>[^\s()<>]{1,500}))(?=[\s)])"
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: the review it stands in, its line in the file from 1, its words and target, and the target that
    would mend it; empty where that is not known."""

    path: Path
    line: int
    words: str
    target: str
    mended: str = ""


class Reviews:
    """Where the reviews of a library are, and were."""

    def __init__(self, index: Index) -> None:
        """Raises `sqlite3.Error` where the index gives out."""
        self.library = index.library
        rows = index.select(
            "SELECT path, json_extract(entry, '$.id'), json_extract(entry, '$.title'), json_extract(entry, '$.film') FROM reviews"
        )
        self._by_id: dict[str, Path] = {}
        self._by_name: dict[str, list[Path]] = {}
        for stored, identity, title, film in rows:
            path = index.path(stored)
            if identity:
                self._by_id.setdefault(identity, path)
            folder = path.parent.name if path.name == NAME else path.stem
            for name in {folded(str(one)) for one in (folder, title, film) if one}:
                self._by_name.setdefault(name, []).append(path)
        self._former: Mapping[Path, str] = {
            index.path(stored): identity for stored, identity in index.select("SELECT path, id FROM former")
        }

    def now(self, gone: Path, words: str) -> Path | None:
        """Where a review is that was at a path: by its identity, else the only one whose folder, title or film is called so."""
        candidates = [gone, gone / NAME] if gone.suffix not in ENDINGS else [gone]
        for candidate in candidates:
            if (found := self._by_id.get(self._former.get(candidate, ""))) is not None:
                return found
        folder = gone.parent.name if gone.name == NAME else gone.stem
        for name in (folder, words):
            there = self._by_name.get(folded(name.strip()), [])
            if len(there) == 1:
                return there[0]
        return None


def broken(text: str, text_line: int, path: Path, reviews: Reviews) -> Iterator[Broken]:
    """The links of one review that lead to no file, those to pictures left out."""
    for found in _links(text):
        target = found["angled"] or found["plain"]
        wanted = _path(path, target)
        if wanted is None or wanted.exists():
            continue
        now = reviews.now(wanted, found["words"])
        line = text_line + text.count("\n", 0, found.start())
        yield Broken(path, line, found["words"], target, _target(path, now, wanted, target) if now is not None else "")


def _links(text: str) -> Iterable[re.Match[str]]:
    return _LINK.finditer(without_code(text))


def _path(review: Path, target: str) -> Path | None:
    """The file that a link names; None for addresses, anchors and what is no text."""
    if _ELSEWHERE.match(target):
        return None
    plain = unquote(re.split("[?#]", target)[0])
    if not plain or (Path(plain).suffix and Path(plain).suffix not in ENDINGS) or "\0" in plain:
        return None
    return Path(os.path.normpath(review.parent / plain))


def _target(review: Path, now: Path, wanted: Path, target: str) -> str:
    """The link as it would be written: to the folder where a folder was named, with its anchor."""
    place = now.parent if now.name == NAME and wanted.name != NAME and wanted.suffix not in ENDINGS else now
    anchor = target[len(re.split("[?#]", target)[0]) :]
    slash = "/" if re.split("[?#]", target)[0].endswith("/") else ""
    return quote(Path(os.path.relpath(place, review.parent)).as_posix(), safe="/._-~!$&'*+,;=:@") + slash + anchor


def check(paths: Iterable[Path], reviews: Reviews) -> Iterator[Broken]:
    """All links of these reviews that lead nowhere; what cannot be read is passed over, since the list says so."""
    for path in paths:
        try:
            document = Document.read(read_regular(path, MOST))
        except (OSError, NotText):
            continue
        yield from broken(document.text, document.text_line, path, reviews)


def mending(paths: Iterable[Path], reviews: Reviews) -> Iterator[Change | Left]:
    """Plan that each link that leads nowhere leads to its review again; only the targets are written."""
    for path in paths:
        try:
            before = read_regular(path, MOST)
            document = Document.read(before)
        except (OSError, NotText) as error:
            yield Left(path, getattr(error, "strerror", None) or str(error))
            continue
        text = _mended(document.text, list(broken(document.text, 1, path, reviews)))
        if text != document.text:
            review = read_document(document).review
            yield Change(path, review, review, before, document.with_text(text).to_bytes())


def _mended(text: str, faults: Sequence[Broken]) -> str:
    known = {(one.words, one.target): one.mended for one in faults if one.mended}
    made, at = [], 0
    for found in _links(text):
        group = "angled" if found["angled"] else "plain"
        new = known.get((found["words"], found[group]))
        if new is not None:
            made += [text[at : found.start(group)], new]
            at = found.end(group)
    return "".join([*made, text[at:]])
