"""Figures of a library: how marks are spread, over years, directors, genres and countries, how they drift, what was written and seen."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.library.index import Index

GROUPS = {"director": "Directors", "genre": "Genres", "country": "Countries", "actor": "Actors"}


@dataclass(frozen=True)
class Group:
    """Reviews that have something in common: how many there are, and the mean common value of those with a mark, 0 to 100."""

    name: str
    count: int
    mean: float | None = None


@dataclass(frozen=True)
class Figures:
    """All figures. `marks` are for each scale in use its marks, the best first, with their counts; `years` those of the reviews' dates, in
    order, `words` what was written in each; `films` the decades of the films; `seen` viewings by day (ISO 8601)."""

    reviews: int = 0
    rated: int = 0
    total_words: int = 0
    mean: float | None = None
    marks: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    years: Sequence[Group] = ()
    words: Sequence[tuple[str, int]] = ()
    films: Sequence[Group] = ()
    groups: Mapping[str, Sequence[Group]] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)


def figures(index: Index, days: Iterable[str] | None = None) -> Figures:
    """The figures of a library. `days` are those of all viewings, where a diary knows more of them than the reviews.

    Raises `sqlite3.Error` where the index gives out.
    """
    rows = index.select("SELECT substr(date, 1, 4), year, words, worth, seen FROM reviews")
    worths = [worth for _, _, _, worth, _ in rows if worth is not None]
    written: Counter[str] = Counter()
    for year, _, words, _, _ in rows:
        written[year or ""] += words
    groups = {}
    for kind in GROUPS:
        found = index.select(
            "SELECT MIN(term), COUNT(*), AVG(worth) FROM terms JOIN reviews ON reviews.id = terms.review WHERE kind = ? GROUP BY key "
            "ORDER BY COUNT(*) DESC, key",
            [kind],
        )
        groups[kind] = [Group(name, count, mean) for name, count, mean in found]
    return Figures(
        len(rows), len(worths), sum(written.values()), statistics.fmean(worths) if worths else None, _marks(index),
        _grouped((year, worth) for year, _, _, worth, _ in rows if year), sorted((y, n) for y, n in written.items() if y),
        _grouped((f"{film // 10 * 10}s", worth) for _, film, _, worth, _ in rows if film), groups,
        dict(sorted(Counter(days if days is not None else (seen for *_, seen in rows if seen)).items())),
    )  # fmt: skip


def _marks(index: Index) -> dict[str, list[tuple[str, int]]]:
    counts: dict[str, Counter[str]] = {}
    for scale, value, count in index.select(
        "SELECT scale, value, COUNT(*) FROM marks WHERE worth IS NOT NULL GROUP BY scale, value"
    ):
        counts.setdefault(scale, Counter())[f"{json.loads(value)}"] += count
    made = {}
    for scale in index.scales:
        if found := counts.get(scale.name):
            made[scale.name] = [(f"{value}", found[f"{value}"]) for value in reversed(scale.values)]
    return made


def _grouped(pairs: Iterable[tuple[str, float | None]]) -> list[Group]:
    found: dict[str, list[float | None]] = {}
    for name, worth in pairs:
        found.setdefault(name, []).append(worth)
    made = []
    for name, worths in sorted(found.items()):
        rated = [worth for worth in worths if worth is not None]
        made.append(Group(name, len(worths), statistics.fmean(rated) if rated else None))
    return made


def as_plain(found: Figures) -> dict[str, object]:
    """The figures for JSON."""

    def group(rows: Sequence[Group]) -> list[dict[str, object]]:
        return [
            {"name": one.name, "count": one.count, "mean": None if one.mean is None else round(one.mean, 1)}
            for one in rows
        ]

    return {
        "reviews": found.reviews, "rated": found.rated, "words": found.total_words,
        "mean": None if found.mean is None else round(found.mean, 1),
        "marks": {name: [{"value": value, "count": count} for value, count in rows] for name, rows in found.marks.items()},
        "years": group(found.years), "written": [{"year": year, "words": words} for year, words in found.words],
        "films": group(found.films), "groups": {kind: group(rows) for kind, rows in found.groups.items()}, "seen": dict(found.seen),
    }  # fmt: skip
