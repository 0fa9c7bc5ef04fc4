"""All stills of a library side by side: what can be asked about them, how they are sorted, one change to many.

What is asked is a line of words and of tokens such as ``may:no`` or ``holder:"Fox Searchlight"``, so that a saved filter is
just that line. `GROUPS` lists the tokens with their words; a token that is not listed there and is none of `OPEN` is a word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.library.history import History
from reviewer.library.listing import Entry
from reviewer.library.replacing import Replaced
from reviewer.library.reviews import open_review, save_review
from reviewer.review.correspondence import AHEAD, PATIENCE
from reviewer.review.folding import folded
from reviewer.review.rights import Standing, Verdict, standing
from reviewer.review.values import Review, Still

YEAR = 365


@dataclass(frozen=True)
class Shelved:
    """A still in its library: whose review, whether a post would show it, what its record says today.

    `places` are its copies in blogs; `copies` is ``same`` where another still of the library has the same bytes, ``near``
    where another looks nearly the same, and `group` tells those that belong together.
    """

    review: Path
    title: str
    year: int | None
    status: str
    still: Still
    shown: bool
    standing: Standing
    places: tuple[str, ...] = ()
    copies: str = ""
    group: int = 0
    words: str = field(default="", compare=False, repr=False)

    @property
    def path(self) -> Path:
        """The picture's file."""
        return self.review.parent / self.still.file

    @property
    def key(self) -> tuple[Path, str]:
        """What tells it from all others."""
        return self.review, self.still.file

    @property
    def out(self) -> bool:
        """Whether readers can see it: a copy lies in a blog, or a published review shows it."""
        return bool(self.places) or (self.status == "published" and self.shown)


Places = Mapping[tuple[str, Path, str], tuple[str, ...]]
"""Copies in blogs by a review's id and path and the still's file."""
Copies = Mapping[Path, tuple[str, int]]
"""For a picture's file, ``same`` or ``near`` and the number of its group."""


def shelve(entries: Iterable[Entry], today: dt.date, places: Places = {}, copies: Copies = {}) -> list[Shelved]:  # noqa: B006
    """The stills of these reviews, each with what is known of it."""
    found = []
    for entry in entries:
        for still in entry.stills:
            kind, group = copies.get(entry.path.parent / still.file, ("", 0))
            where = places.get((entry.id, entry.path, still.file), ())
            now = standing(still, today)
            permission = still.permission
            words = folded(" ".join((entry.title, entry.film, str(entry.year or ""), still.file, still.caption, still.alt,
                                      still.credit, permission.holder, permission.contact, permission.licence,
                                      still.source.name, now.words)))  # fmt: skip
            found.append(
                Shelved(entry.path, entry.title, entry.year, entry.status, still, still.file in entry.shown, now, where,
                        kind, group, words)
            )  # fmt: skip
    return found


# what can be asked

Test = Callable[[Shelved, dt.date], bool]


@dataclass(frozen=True)
class Facet:
    """A question with a name: its token, its words, and the verdict whose badge it bears, if any."""

    token: str
    words: str
    test: Test
    badge: Verdict | None = None


def _until(days: int) -> Test:
    def test(row: Shelved, today: dt.date) -> bool:
        ends = row.still.permission.expires
        return ends is not None and 0 <= (ends - today).days <= days and row.still.permission.state != "withdrawn"

    return test


def _verdict(*verdicts: Verdict) -> Test:
    return lambda row, today: row.standing.verdict in verdicts


def _basis(basis: str) -> Test:
    return lambda row, today: (row.still.permission.basis or "unknown") == basis


def _unanswered(row: Shelved, today: dt.date) -> bool:
    asked = row.still.permission.asked
    return row.standing.verdict is Verdict.WAITING and asked is not None and (today - asked).days >= PATIENCE


def _for_now(row: Shelved, today: dt.date) -> bool:
    return not row.standing.blocks and (row.still.permission.expires is not None or bool(row.standing.override))


GROUPS: tuple[tuple[str, tuple[Facet, ...]], ...] = (
    ("May it appear?", (
        Facet("may:no", "Not now", lambda row, today: row.standing.blocks),
        Facet("may:now", "For now", _for_now),
        Facet("may:yes", "Yes", lambda row, today: not row.standing.blocks and not _for_now(row, today)),
    )),
    ("State", (
        Facet("state:unknown", "Unknown", _verdict(Verdict.UNKNOWN), Verdict.UNKNOWN),
        Facet("state:asked", "Asked", _verdict(Verdict.WAITING), Verdict.WAITING),
        Facet("state:unanswered", f"Silent for {PATIENCE} days", _unanswered, Verdict.WAITING),
        Facet("state:refused", "Refused", _verdict(Verdict.REFUSED), Verdict.REFUSED),
        Facet("state:ended", "Ended", _verdict(Verdict.EXPIRED), Verdict.EXPIRED),
        Facet("state:granted", "Granted", lambda row, today: row.standing.verdict is Verdict.MAY
              and row.still.permission.basis == "permission", Verdict.MAY),
        Facet("state:override", "Published all the same", lambda row, today: bool(row.standing.override)),
    )),
    ("Basis", (
        Facet("basis:permission", "Holder said yes", _basis("permission")),
        Facet("basis:press-terms", "Press terms", _basis("press-terms")),
        Facet("basis:licence", "Licence", _basis("licence")),
        Facet("basis:quotation", "Quotation", _basis("quotation")),
        Facet("basis:public-domain", "Public domain", _basis("public-domain")),
        Facet("basis:own", "Own picture", _basis("own")),
    )),
    ("Words", (
        Facet("no:alt", "No alternative text", lambda row, today: not row.still.alt),
        Facet("no:caption", "No caption", lambda row, today: not row.still.caption),
        Facet("no:credit", "No credit", lambda row, today: not row.still.credit),
    )),
    ("Ends", (
        Facet("ends:month", f"Within {AHEAD} days", _until(AHEAD)),
        Facet("ends:year", "Within a year", _until(YEAR)),
    )),
    ("Use", (
        Facet("use:none", "In no post", lambda row, today: not row.shown),
        Facet("use:lead", "Lead stills", lambda row, today: bool(row.still.lead)),
        Facet("use:out", "In published posts", lambda row, today: row.out),
        Facet("use:mend", "Out, and may not", lambda row, today: row.out and row.standing.blocks),
    )),
    ("The same picture", (
        Facet("copies:same", "Same file twice", lambda row, today: row.copies == "same"),
        Facet("copies:near", "Nearly the same", lambda row, today: row.copies == "near"),
    )),
)  # fmt: skip
FACETS = {facet.token: facet for _, facets in GROUPS for facet in facets}
OPEN: dict[str, Callable[[Shelved], str]] = {
    "holder": lambda row: row.still.permission.holder,
    "film": lambda row: row.title,
    "credit": lambda row: row.still.credit,
    "kind": lambda row: row.still.kind,
    "source": lambda row: f"{row.still.source.name} {row.still.source.url}",
}
"""Tokens with words of one's own after the colon: what they look at."""

_TOKEN = re.compile(r"(?P<not>-?)(?:(?P<key>[a-z]+):)?(?:\"(?P<quoted>[^\"]*)\"?|(?P<plain>\S+))")


@dataclass(frozen=True)
class Asked:
    """A line of the search field, taken apart. `facets` are tokens of `FACETS`; `faults` are words for what is none."""

    tests: tuple[Test, ...] = ()
    facets: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def fits(self, row: Shelved, today: dt.date) -> bool:
        return all(test(row, today) for test in self.tests)


def ask(line: str) -> Asked:
    """Take a line of the search field apart. Tokens of one group widen each other, everything else narrows."""
    tests: list[Test] = []
    chosen: dict[str, list[Facet]] = {}
    faults = []
    for found in _TOKEN.finditer(line):
        value = found["quoted"] if found["quoted"] is not None else found["plain"]
        key, negative = found["key"] or "", bool(found["not"])
        facet = FACETS.get(f"{key}:{value}")
        if facet is not None and not negative:
            chosen.setdefault(key, []).append(facet)
        elif facet is not None:
            tests.append(_not(facet.test))
        elif key in OPEN and value:
            tests.append(_holds(OPEN[key], value, negative))
        elif key and any(token.startswith(f"{key}:") for token in FACETS):
            known = ", ".join(token for token in FACETS if token.startswith(f"{key}:"))
            faults.append(f"There is no {key}:{value}. There are {known}.")
        elif value:
            tests.append(_words(found[0][1:] if negative else f"{key}:{value}" if key else value, negative))
    tests += [_any(facets) for facets in chosen.values()]
    return Asked(tuple(tests), tuple(f.token for facets in chosen.values() for f in facets), tuple(faults))


def _not(test: Test) -> Test:
    return lambda row, today: not test(row, today)


def _any(facets: Sequence[Facet]) -> Test:
    return lambda row, today: any(facet.test(row, today) for facet in facets)


def _holds(what: Callable[[Shelved], str], value: str, negative: bool) -> Test:
    wanted = folded(value)
    return lambda row, today: (wanted in folded(what(row))) is not negative


def _words(value: str, negative: bool) -> Test:
    wanted = folded(value)
    return lambda row, today: (wanted in row.words) is not negative


def with_facet(line: str, token: str) -> str:
    """The line with a facet's token in place of all facets' tokens, or without any where it stands there already."""
    there = token in ask(line).facets
    kept = [found[0] for found in _TOKEN.finditer(line) if found[0] not in FACETS]
    return " ".join(kept if there or not token else [*kept, token])


def counts(rows: Sequence[Shelved], today: dt.date) -> dict[str, int]:
    """How many of these stills each facet has."""
    return {token: sum(facet.test(row, today) for row in rows) for token, facet in FACETS.items()}


def holders(rows: Iterable[Shelved], most: int = 8) -> list[tuple[str, int]]:
    """Who holds the rights of the most stills, with how many."""
    return Counter(row.still.permission.holder for row in rows if row.still.permission.holder).most_common(most)


# how they are sorted

_URGENT = {Verdict.REFUSED: 0, Verdict.EXPIRED: 1, Verdict.UNKNOWN: 2, Verdict.WAITING: 3, Verdict.INCOMPLETE: 5}
_NEVER = dt.date.max


def _needs(row: Shelved) -> tuple[object, ...]:
    now = row.standing
    order = (
        (0 if row.out else 1, _URGENT[now.verdict])
        if now.blocks
        else (2, 6 if now.override else _URGENT.get(now.verdict, 6))
    )
    return (*order, row.still.permission.expires or _NEVER, folded(row.title), row.year or 0)


ORDERS: dict[str, tuple[str, Callable[[Shelved], tuple[object, ...]]]] = {
    "needs": ("Needs you first", _needs),
    "film": ("By film", lambda row: (folded(row.title), row.year or 0)),
    "holder": ("By holder", lambda row: (not row.still.permission.holder, folded(row.still.permission.holder))),
    "ends": ("Ends first", lambda row: (row.still.permission.expires or _NEVER,)),
    "fetched": ("Newest first", lambda row: (-(row.still.source.fetched or dt.date.min).toordinal(),)),
    "copies": ("The same picture together", lambda row: (not row.copies, row.group)),
}
"""The orders to choose from: their words, and what is compared. Stills that compare alike keep the order of their review."""


def choose(rows: Iterable[Shelved], asked: Asked, order: str, today: dt.date) -> list[Shelved]:
    """The stills that fit, in that order."""
    return sorted((row for row in rows if asked.fits(row, today)), key=ORDERS[order][1])


# one change to many

Change = Callable[[Still], Still]


@dataclass(frozen=True)
class Part:
    """What is changed in one review: its file, which of its stills, and how each of them changes."""

    path: Path
    files: tuple[str, ...]
    change: Change

    def applied(self, review: Review) -> Review:
        """The review with the change made; a still that is no longer there is passed over."""
        for file in self.files:
            still = review.still(file)
            if still is not None:
                review = review.with_still(self.change(still), file)
        return review


def parts(rows: Iterable[Shelved], change: Change) -> list[Part]:
    """One change to many stills, review by review."""
    files: dict[Path, list[str]] = {}
    for row in rows:
        files.setdefault(row.review, []).append(row.still.file)
    return [Part(path, tuple(names), change) for path, names in files.items()]


def change_stills(part: Part, history: History) -> Replaced | None:
    """Change the records of stills in a review that is not open; None where that changes nothing.

    Raises `reviewer.library.reviews.CannotRead`, what `reviewer.library.reviews.save_review` raises, and `OSError`.
    """
    path = part.path
    was = open_review(path)
    review = part.applied(was.reading.review)
    if review == was.reading.review:
        return None
    now, _ = save_review(was, review, history=history)
    return Replaced(path, was.data, now.data)
