"""The terms of a library: which are used how often, and which are nearly the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reviewer.library.batch import Change, Left, plan
from reviewer.library.index import Index
from reviewer.review.terms import alike, replaced
from reviewer.review.values import JOBS, Review
from reviewer.text.mentions import film, film_name


@dataclass(frozen=True)
class Use:
    """A term as it is written, and the number of reviews that have it. `note` tells people of one name apart: what they did in
    films of which years."""

    kind: str
    term: str
    count: int
    note: str = ""


def uses(index: Index, kind: str) -> list[Use]:
    """All terms of a kind (see `reviewer.review.terms.KINDS`) as they are written, the most used first. Raises `sqlite3.Error`."""
    if kind == "film":
        return _films(index)
    rows = index.select(
        "SELECT term, COUNT(*) AS n FROM terms WHERE kind = ? GROUP BY term ORDER BY n DESC, term", [kind]
    )
    notes = _deeds(index, kind) if kind in ("person", "actor", *JOBS) else {}
    return [Use(kind, term, count, notes.get(term, "")) for term, count in rows]


def _deeds(index: Index, kind: str) -> dict[str, str]:
    """What each person did, and in films of which years: ``director 2008–2011, actor 1963``."""
    kinds = (*JOBS, "actor") if kind == "person" else (kind,)
    rows = index.select(
        "SELECT term, kind, MIN(year), MAX(year), COUNT(DISTINCT review) AS n FROM terms JOIN reviews ON reviews.id = terms.review "
        f"WHERE kind IN ({', '.join('?' * len(kinds))}) GROUP BY term, kind",
        kinds,
    )
    rows.sort(key=lambda row: (-row[4], row[2] or 0, kinds.index(row[1])))
    found: dict[str, list[str]] = {}
    for term, deed, first, last, _ in rows:
        years = f"{first}–{last}" if first != last else f"{first or ''}"
        found.setdefault(term, []).append(f"{deed.replace('_', ' ')} {years}".strip())
    return {term: ", ".join(deeds) for term, deeds in found.items()}


def _films(index: Index) -> list[Use]:
    rows = index.select("SELECT json_extract(entry, '$.film'), year, json_extract(entry, '$.also') FROM reviews")
    films = ((t, y) for title, year, also in rows for t, y in ((title, year), *json.loads(also or "[]")))
    counts = Counter(film_name(title, year) for title, year in films if title)
    return [Use("film", name, count) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def title_of(name: str) -> str:
    """The title of a film as `uses` names it, without its year."""
    return film(name)[0]


def doubles(found: Iterable[Use]) -> list[tuple[Use, ...]]:
    """Groups of terms that are nearly the same, the most used of each first: what may be worth a merge."""
    known = {use.term: use for use in found}
    groups = [sorted((known[term] for term in group), key=lambda use: -use.count) for group in alike(known)]
    return [tuple(group) for group in sorted(groups, key=lambda group: -group[0].count)]


def holding(index: Index, kind: str, terms: Sequence[str]) -> list[Path]:
    """The reviews that have one of these terms, as they are written. Raises `sqlite3.Error`."""
    signs = ", ".join("?" * len(terms))
    if kind == "film":
        rows = index.select(
            f"SELECT path FROM reviews WHERE json_extract(entry, '$.film') IN ({signs}) OR EXISTS (SELECT 1 FROM "
            f"json_each(entry, '$.also') WHERE json_extract(value, '$[0]') IN ({signs})) ORDER BY path",
            [*terms, *terms],
        )
    else:
        rows = index.select(
            f"SELECT path FROM reviews WHERE id IN (SELECT review FROM terms WHERE kind = ? AND term IN ({signs})) ORDER BY path",
            [kind, *terms],
        )
    return [index.path(path) for (path,) in rows]


def unread(index: Index) -> list[Left]:
    """The reviews that could not be read, and the folders that could not be listed: nobody knows whether they have a term.
    Raises `sqlite3.Error`."""
    folders = [Left(folder, f"it cannot be listed: {why}") for folder, why in index.unlisted.items()]
    return folders + [Left(one.path, f"it cannot be read: {one.fault}") for one in index.entries() if one.fault]


def renaming(paths: Iterable[Path], kind: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change | Left]:
    """Plan that terms of a kind are replaced in these reviews: by one to rename or merge, by several to split, by none to remove."""
    return plan(paths, partial(_replaced, kind=kind, old=old, new=new))


def _replaced(review: Review, kind: str, old: Sequence[str], new: Sequence[str]) -> Review:
    return replaced(review, kind, old, new)
