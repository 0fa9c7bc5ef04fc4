"""What each key of the front matter may hold, and how a node is read as that.

Reading follows the key, not YAML's guess: ``title: 1917`` is a text and ``title: NO`` too. A value that its key does not
allow is reported with its line and its text, read as nothing, and never touched in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewer.review.values import BASES, EVENTS, LIST_ORDERS, LIST_WAYS, STATES, STATUSES, STILL_KINDS, Plain
from reviewer.text.frontmatter import NULL, Tree, entries


@dataclass(frozen=True)
class Odd:
    """A value that its key does not allow: where, as it stands, and what would be right."""

    path: str
    line: int
    text: str
    expected: str


class Unfit(Exception):
    """A node is not what a kind expects; the message names what is expected."""


@dataclass
class Report:
    """What reading noticed."""

    tree: Tree
    odd: list[Odd] = field(default_factory=list)
    loose: list[Odd] = field(default_factory=list)
    twice: list[Odd] = field(default_factory=list)

    def add(self, path: str, node: Node, expected: str) -> None:
        self.odd.append(Odd(path, self.tree.line(node), self.tree.text(node)[:200], expected))


class Kind:
    """How one kind of value is read. `read` gives plain data, or None for a value that is empty or odd."""

    def read(self, node: Node, path: str, report: Report) -> Plain:
        raise NotImplementedError


@dataclass(frozen=True)
class Scalar(Kind):
    """A single value; `make` turns its text into data or raises `Unfit`."""

    expected: str
    make: Callable[[str], Plain]

    def read(self, node: Node, path: str, report: Report) -> Plain:
        if isinstance(node, ScalarNode):
            if node.tag == NULL or (node.value == "" and node.style is None):
                return None
            try:
                return self.make(node.value)
            except Unfit:
                pass
        report.add(path, node, self.expected)
        return None


@dataclass(frozen=True)
class ListOf(Kind):
    """A list; a single value where a list is expected is read as a list of one, and named."""

    item: Kind

    def read(self, node: Node, path: str, report: Report) -> Plain:
        if isinstance(node, SequenceNode):
            return [value for value, _ in self.items(node, path, report) if value is not None]
        if isinstance(node, ScalarNode) and node.tag == NULL:
            return None
        if isinstance(node, ScalarNode) and isinstance(self.item, Scalar):
            value = self.item.read(node, path, report)
            report.loose.append(Odd(path, report.tree.line(node), report.tree.text(node), "a list"))
            return None if value in (None, "") else [value]
        report.add(path, node, "a list")
        return None

    def items(self, node: SequenceNode, path: str, report: Report) -> list[tuple[Plain, Node]]:
        """Each item's value beside its node; an odd or empty item's value is None."""
        read = ((self.item.read(child, f"{path}.{n}", report), child) for n, child in enumerate(node.value))
        return [(None if value in ("", {}) else value, child) for value, child in read]


@dataclass(frozen=True)
class Table(Kind):
    """A mapping with known keys; `other` reads the keys that are not in `keys`, where they mean something."""

    keys: Mapping[str, Kind]
    other: Kind | None = None

    def kind(self, key: str) -> Kind | None:
        return self.keys.get(key, self.other)

    def read(self, node: Node, path: str, report: Report) -> Plain:
        if isinstance(node, ScalarNode) and node.tag == NULL:
            return None
        if not isinstance(node, MappingNode):
            report.add(path, node, "a group of “key: value” lines")
            return None
        return self.values(node, path, report)

    def values(self, node: Node, path: str, report: Report) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        seen: set[str] = set()
        for entry in entries(node):
            here = f"{path}.{entry.name}" if path else entry.name
            if entry.name in seen:
                report.twice.append(Odd(here, report.tree.line(entry.key), "", ""))
            seen.add(entry.name)
            kind = self.kind(entry.name)
            value = kind.read(entry.value, here, report) if kind else None
            if value in (None, "", [], {}):
                found.pop(entry.name, None)
            else:
                found[entry.name] = value
        return found


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[Tt]|[ \t]+)(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?"
    r"[ \t]*(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?"
)


def day(text: str) -> dt.date:
    """A calendar day, ``2011-02-03``. Raises `Unfit`."""
    try:
        if _DAY.fullmatch(text.strip()):
            return dt.date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise Unfit("a date like 2011-02-03")


def moment(text: str) -> dt.date | dt.datetime:
    """A day, or a time of day with or without an offset from UTC. Raises `Unfit`."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return day(text)
    zone = found["zone"] or ""
    zone = "+00:00" if zone in "Zz" and zone else zone if len(zone) in (0, 6) else f"{zone[:3]}:{zone[3:] or '00'}"
    try:
        return dt.datetime.fromisoformat(f"{found['day']}T{found['time']}{zone}")
    except ValueError:
        raise Unfit("a date like 2011-02-03") from None


def _whole(least: int, most: int) -> Callable[[str], int]:
    def make(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text.strip()) or not least <= int(text) <= most:
            raise Unfit
        return int(text)

    return make


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in ("true", "yes", "on"):
        return True
    if word in ("false", "no", "off"):
        return False
    raise Unfit


def _one_of(words: tuple[str, ...]) -> Scalar:
    def make(text: str) -> str:
        if text not in words:
            raise Unfit
        return text

    return Scalar(f"one of {', '.join(words)}", make)


def _value(text: str) -> float | int | str:
    try:
        number = float(text)
    except ValueError:
        return text
    if number != number or number in (float("inf"), float("-inf")):
        return text
    return int(number) if number == int(number) else number


def _between(least: float, most: float) -> Callable[[str], float | int]:
    def make(text: str) -> float | int:
        if (
            not re.fullmatch(r"[+-]?(\d{1,4}(\.\d{0,12})?|\.\d{1,12})", text.strip())
            or not least <= float(text) <= most
        ):
            raise Unfit
        number = float(text)
        return int(number) if number == int(number) else number

    return make


TEXT = Scalar("a text", str)
PART = Scalar("a number from 0 to 1", _between(0, 1))
TEXTS = ListOf(TEXT)
DAY = Scalar("a date like 2011-02-03", day)
MOMENT = Scalar("a date like 2011-02-03, or 2011-02-03T21:30:00+01:00", moment)
YEAR = Scalar("a year between 1870 and 2200", _whole(1870, 2200))
MINUTES = Scalar("a number of minutes", _whole(1, 9999))
FLAG = Scalar("true or false", _flag)

STILL = Table(
    {
        "file": TEXT,
        "lead": FLAG,
        "alt": TEXT,
        "caption": TEXT,
        "credit": TEXT,
        "kind": _one_of(STILL_KINDS),
        "timecode": TEXT,
        "crop": Table(
            {
                "left": PART,
                "top": PART,
                "width": PART,
                "height": PART,
                "angle": Scalar("degrees from -45 to 45", _between(-45, 45)),
            }
        ),
        "focus": Table({"x": PART, "y": PART}),
        "source": Table({"name": TEXT, "by": TEXT, "url": TEXT, "fetched": DAY, "archive": TEXT, "sha256": TEXT}),
        "permission": Table(
            {
                "basis": _one_of(BASES),
                "state": _one_of(STATES),
                "holder": TEXT,
                "contact": TEXT,
                "licence": TEXT,
                "asked": DAY,
                "answered": DAY,
                "expires": DAY,
                "territory": TEXT,
                "terms": TEXT,
                "note": TEXT,
                "evidence": TEXTS,
                "override": Table({"date": DAY, "reason": TEXT}),
                "log": ListOf(
                    Table(
                        {
                            "date": DAY,
                            "what": _one_of(EVENTS),
                            "who": TEXT,
                            "how": TEXT,
                            "note": TEXT,
                            "evidence": TEXT,
                            "sha256": TEXT,
                        }
                    )
                ),
            }
        ),
        "reuse": Table(
            {
                "terms": TEXT,
                "requests": ListOf(Table({"date": DAY, "from": TEXT, "for": TEXT, "answer": TEXT, "note": TEXT})),
            }
        ),
    }
)

FILM = Table(
    {
        "title": TEXT,
        "original_title": TEXT,
        "other_titles": TEXTS,
        "year": YEAR,
        "runtime": MINUTES,
        "countries": TEXTS,
        "languages": TEXTS,
        "genres": TEXTS,
        "ids": Table({"imdb": TEXT, "tmdb": TEXT, "letterboxd": TEXT, "wikidata": TEXT}),
        "seen": Table({"date": DAY, "where": TEXT, "again": FLAG}),
    }
)
RATING = ListOf(Table({"scale": TEXT, "value": Scalar("a number or a letter", _value)}))
CREDITS = Table({"cast": ListOf(Table({"role": TEXT, "actors": TEXTS}))}, other=TEXTS)

REVIEW = Table(
    {
        "id": TEXT,
        "title": TEXT,
        "slug": TEXT,
        "status": _one_of(STATUSES),
        "date": MOMENT,
        "updated": MOMENT,
        "author": TEXT,
        "excerpt": TEXT,
        "language": TEXT,
        "archived": FLAG,
        "film": FILM,
        "rating": RATING,
        "categories": TEXTS,
        "tags": TEXTS,
        "credits": CREDITS,
        "also": ListOf(Table({"film": FILM, "rating": RATING, "credits": CREDITS})),
        "list": Table(
            {
                "kept": _one_of(LIST_WAYS),
                "order": _one_of(LIST_ORDERS),
                "query": TEXT,
                "sort": TEXT,
                "most": Scalar("a number of films", _whole(1, 9999)),
            }
        ),
        "stills": ListOf(STILL),
    }
)
"""The whole front matter, in the order in which new keys are written."""

IDENTITY = ("file", "scale", "role")
"""The key by which two versions of a list's item are known to be the same item."""
