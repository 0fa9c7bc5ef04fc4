"""Searching a library's index: a query as SQL, results in an order, and how many reviews each further narrowing would leave."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.library.index import COLUMNS, Index, spaced
from reviewer.library.listing import Entry
from reviewer.library.reviews import MOST
from reviewer.review.folding import folded
from reviewer.review.marks import Scale
from reviewer.review.query import NONE, All, Counts, Either, Mentions, Node, Not, Query, Span, Term, Text
from reviewer.text.document import Document, NotText

Sql = tuple[str, list[object]]

ORDERS = {
    "date": ("r.date", True), "title": ("r.title", False), "film": ("r.film", False), "year": ("r.year", True),
    "seen": ("r.seen", True), "updated": ("COALESCE(r.updated, r.date)", True),
    "edited": ("r.changed", True), "words": ("r.words", True),
    "runtime": ("r.runtime", True), "status": ("r.status", False), "mark": ("", True), "relevance": ("", False),
}  # fmt: skip
"""What results are sorted by, and whether the greatest comes first. What has no value comes last in either direction."""
FACETS = ("status", "category", "tag", "director", "genre", "country", "rights")
"""Kinds of terms that are counted in results, beside marks, decades and years."""
_WEIGHTS = {"title": 10.0, "film": 8.0, "director": 5.0, "terms": 3.0}
"""How much more a find in a column counts than one in the text."""
_COLUMNS = {"person": "director writer actor crew", "film": "film title"}


@dataclass(frozen=True)
class Found:
    """The reviews that a query found, in their order; `total` counts them all where only the first were asked for."""

    paths: tuple[Path, ...]
    total: int


@dataclass(frozen=True)
class Facets:
    """How many of the found reviews have each value: by kind, the most frequent first. Marks are values of the main scale, and
    an empty text stands for those without any."""

    total: int = 0
    counts: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


def search(index: Index, query: Query, order: str = "", backwards: bool = False, most: int = -1) -> Found:
    """The reviews that a query finds. Without an order the best match comes first, or the newest where no words are looked for.

    Raises `sqlite3.Error` where the index gives out, and `ValueError` for an order that is not in `ORDERS`.
    """
    if order and order not in ORDERS:
        raise ValueError(f"There is no order “{order}”. The orders are {', '.join(ORDERS)}.")
    where, values = _where(query, index)
    words = _match(query.words) if order in ("", "relevance") else ""
    if words:
        weights = ", ".join(f"{_WEIGHTS.get(column, 1.0)}" for column in COLUMNS)
        ranked = f"LEFT JOIN (SELECT rowid AS id, bm25(words, {weights}) AS rank FROM words WHERE words MATCH ?) AS w ON w.id = r.id"
        by, before = f"w.rank IS NULL, w.rank {_way(backwards)}", [words]
    else:
        by, before = _order(order if order in ORDERS and order != "relevance" else "date", backwards, index)
        ranked = ""
    first, last = ([], before) if not words else (before, [])
    rows = index.select(
        f"SELECT r.path FROM reviews r {ranked} WHERE {where} ORDER BY {by}, r.date DESC, r.title, r.path LIMIT ?",
        [*first, *values, *last, most],
    )
    total = len(rows)
    if most >= 0 and total == most:
        ((total,),) = index.select(f"SELECT COUNT(*) FROM reviews r WHERE {where}", values)
    return Found(tuple(index.path(path) for (path,) in rows), total)


def entries(index: Index, found: Found) -> list[Entry]:
    """The found reviews as a list shows them, in their order."""
    wanted = {path: place for place, path in enumerate(found.paths)}
    rows = ((index.path(path), path, entry) for path, entry in index.select("SELECT path, entry FROM reviews"))
    kept = [index.unpacked(stored, entry) for path, stored, entry in rows if path in wanted]
    return sorted(kept, key=lambda entry: wanted[entry.path])


def facets(index: Index, query: Query) -> Facets:
    """How the reviews that a query finds are spread over terms, marks, decades and years."""
    where, values = _where(query, index)
    chosen = f"SELECT r.id FROM reviews r WHERE {where}"
    kinds = ", ".join(f"'{kind}'" for kind in FACETS)
    counts: dict[str, list[tuple[str, int]]] = {kind: [] for kind in FACETS}
    for kind, term, count in index.select(
        f"SELECT kind, MIN(term), COUNT(DISTINCT review) AS n FROM terms WHERE kind IN ({kinds}) AND review IN ({chosen}) "
        "GROUP BY kind, key ORDER BY n DESC, key",
        values,
    ):
        counts[kind].append((term, count))
    years: Counter[str] = Counter()
    decades: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    total = 0
    main = index.scales.usual
    own = "SELECT value FROM marks m WHERE m.review = r.id AND m.scale = ? AND m.worth IS NOT NULL"
    for year, mark, worth in index.select(
        f"SELECT r.year, ({own}), r.worth FROM reviews r WHERE {where}", [main.name, *values]
    ):
        total += 1
        years[f"{year or ''}"] += 1
        decades[f"{year // 10 * 10}s" if year else ""] += 1
        value = main.nearest(worth) if mark is None and worth is not None else json.loads(mark or '""')
        marks[f"{value}"] += 1
    counts["mark"] = [(f"{one}", marks[f"{one}"]) for one in reversed(main.values) if marks[f"{one}"]]
    counts["mark"] += [("", marks[""])] if marks[""] else []
    for name, counted in (("decade", decades), ("year", years)):
        counts[name] = sorted(counted.items(), key=lambda pair: pair[0], reverse=True)
    ((archived,),) = index.select("SELECT COUNT(*) FROM terms WHERE kind = 'has' AND key = 'archived'")
    counts["archived"] = [("archived", archived)]
    return Facets(total, counts)


def values(index: Index, key: str, most: int = 500) -> list[str]:
    """The values that a library has for a key of queries, the most used first, as completions."""
    if key == "scale":
        return list(index.scales.names)
    if key in ("film", "title"):
        return [
            title
            for (title,) in index.select(
                "SELECT DISTINCT json_extract(entry, '$.title') FROM reviews ORDER BY date DESC LIMIT ?", [most]
            )
        ]
    rows = index.select(
        "SELECT MIN(term), COUNT(*) AS n FROM terms WHERE kind = ? GROUP BY key ORDER BY n DESC, key LIMIT ?",
        [key, most],
    )
    return [term for term, _ in rows]


def _way(backwards: bool) -> str:
    return "DESC" if backwards else "ASC"


def _order(name: str, backwards: bool, index: Index) -> tuple[str, list[str]]:
    column, greatest_first = ORDERS[name]
    if name == "mark":
        column = _worth(index.scales.usual.name)
    empty = f"{column} = ''" if name in ("status", "film") else f"{column} IS NULL"
    return f"{empty}, {column} {_way(greatest_first != backwards)}", []


def _worth(scale: str) -> str:
    """The common value of a review, seen from a scale: of its mark there, else of its first."""
    if not scale:
        return "r.worth"
    name = scale.replace("'", "''")
    return f"COALESCE((SELECT worth FROM marks m WHERE m.review = r.id AND m.scale = '{name}'), r.worth)"


def _where(query: Query, index: Index) -> Sql:
    """What a query asks for; what is archived is found only where the query speaks of it."""
    sql, values = _sql(query.root, index)
    if Term("has", "archived") in _nodes(query.root):
        return sql, values
    kept, more = _sql(Not(Term("has", "archived")), index)
    return f"({sql}) AND {kept}", [*values, *more]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts if isinstance(node, (All, Either)) else (node.part,) if isinstance(node, Not) else ():
        yield from _nodes(part)


def _sql(node: Node, index: Index) -> Sql:
    """A node as a condition on ``reviews r`` that is never unknown, with the values of its signs."""
    if isinstance(node, All):
        parts = [_sql(part, index) for part in node.parts]
        return " AND ".join(f"({sql})" for sql, _ in parts) or "1", [value for _, values in parts for value in values]
    if isinstance(node, Either):
        parts = [_sql(part, index) for part in node.parts]
        return " OR ".join(f"({sql})" for sql, _ in parts), [value for _, values in parts for value in values]
    if isinstance(node, Not):
        sql, values = _sql(node.part, index)
        return f"NOT ({sql})", values
    if isinstance(node, Text):
        match = _phrase(node)
        if not match:
            return "instr(r.title, ?) > 0", [folded(node.words)]
        return "r.id IN (SELECT rowid FROM words WHERE words MATCH ?)", [match]
    if isinstance(node, Term):
        return _term(node)
    if isinstance(node, Span) and node.key == "year" and (node.low, node.high) != (None, None):
        sql, values = _span(node, "year")
        return f"r.id IN (SELECT review FROM films WHERE {sql}) OR {_span(node, 'r.year')[0]}", [*values, *values]
    if isinstance(node, Span):
        return _span(node, _worth(node.scale) if node.key == "mark" else f"r.{node.key}")
    if isinstance(node, Counts):
        scale = index.scales.get(node.scale)
        return _counts(node, scale) if scale is not None else ("0", [])
    if isinstance(node, Mentions):
        year = " AND (year = ? OR year IS NULL)" if node.year else ""
        return f"r.id IN (SELECT review FROM mentions WHERE title = ?{year})", [
            node.title,
            *([node.year] if node.year else []),
        ]
    return "instr(r.part, ?) > 0", [node.part]


def _term(node: Term) -> Sql:
    chosen = "SELECT review FROM terms WHERE kind = ?"
    if node.value == NONE and not node.prefix:
        return f"r.id NOT IN ({chosen}) OR r.id IN ({chosen} AND key = ?)", [node.key, node.key, NONE]
    if node.prefix:
        return f"r.id IN ({chosen} AND key >= ? AND key < ?)", [node.key, node.value, node.value + "\U0010ffff"]
    return f"r.id IN ({chosen} AND key = ?)", [node.key, node.value]


def _span(node: Span, column: str) -> Sql:
    if node.low is None and node.high is None:
        return f"{column} IS NULL", []
    ends = [(">=", node.low)] * (node.low is not None) + [("<=", node.high)] * (node.high is not None)
    return f"COALESCE({' AND '.join(f'{column} {sign} ?' for sign, _ in ends)}, 0)", [value for _, value in ends]


def _counts(node: Counts, scale: Scale) -> Sql:
    """Reviews whose mark on the scale is this one, or that have none there and whose first mark is nearest to it."""
    reach = scale.reach(node.value)
    own = "SELECT worth FROM marks m WHERE m.review = r.id AND m.scale = ? AND m.worth IS NOT NULL"
    same = "SELECT 1 FROM marks m WHERE m.review = r.id AND m.scale = ? AND lower(trim(m.value, '\"')) = ?"
    values: list[object] = [scale.name, f"{node.value}".lower()]
    if reach is None:
        return f"EXISTS ({same})", values
    return (
        f"EXISTS ({same}) OR (NOT EXISTS ({own}) AND COALESCE(r.worth > ? AND r.worth <= ?, 0))",
        [*values, scale.name, *reach],
    )


_WORD = re.compile(r"\w")


def _phrase(text: Text) -> str:
    """A text as the database's own query (sqlite.org/fts5.html, section 3); empty where it holds no word."""
    words = spaced(text.words)
    if not _WORD.search(words):
        return ""
    column = _COLUMNS.get(text.key, text.key)
    quoted = words.replace('"', '""')
    phrase = f'"{quoted}"{" *" if text.prefix and _WORD.search(words[-1:]) else ""}'
    return f"{{{column}}} : {phrase}" if column else phrase


def _match(words: Sequence[Text]) -> str:
    """All words of a query as one of the database's, any of which makes a review relevant."""
    return " OR ".join(phrase for phrase in map(_phrase, words) if phrase)


# what stood where

SHOWN = 160
"""Characters of a snippet."""


@dataclass(frozen=True)
class Snippet:
    """A piece of a text around what was found; `marks` are the places in it of what was looked for."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def text_of(path: Path) -> str:
    """A review's text, in which to look for words; empty where it cannot be read."""
    try:
        return Document.read(read_regular(path, MOST)).text
    except (OSError, NotText):
        return ""


def snippet(text: str, words: Sequence[Text]) -> Snippet:
    """The piece of a text where the first of the words stands, in one line; empty where none of them does."""
    wanted = [pattern for pattern in map(_pattern, words) if pattern is not None]
    if not wanted:
        return Snippet()
    plain = " ".join(text.split())
    bare, places = _folded(plain)
    found = sorted((places[match.start()], places[match.end()]) for pattern in wanted for match in _some(pattern, bare))
    if not found:
        return Snippet()
    start = max(0, found[0][0] - SHOWN // 4)
    start = plain.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(plain), start + SHOWN)
    end = plain.rfind(" ", start, end) if end < len(plain) and plain.rfind(" ", start, end) > found[0][1] else end
    head, tail = ("… " if start else ""), (" …" if end < len(plain) else "")
    marks = tuple((a - start + len(head), min(b, end) - start + len(head)) for a, b in found if start <= a < end)
    return Snippet(head + plain[start:end] + tail, marks)


def _some(pattern: re.Pattern[str], text: str, most: int = 50) -> Iterator[re.Match[str]]:
    for _, found in zip(range(most), pattern.finditer(text), strict=False):
        yield found


def _pattern(text: Text) -> re.Pattern[str] | None:
    parts = re.findall(r"\w+", folded(text.words))
    if not parts or text.key not in ("", "text"):
        return None
    return re.compile(r"\b" + r"\W+".join(map(re.escape, parts)) + ("" if text.prefix else r"\b"))


def _folded(text: str) -> tuple[str, list[int]]:
    """A text folded, with the place in the original of each of its characters and of its end."""
    made: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for one in sign.lower() if sign.isascii() else folded(sign):
            made.append(one)
            places.append(place)
    return "".join(made), [*places, len(text)]
