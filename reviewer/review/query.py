"""The language in which a library is searched: words, phrases and ``key:value``, as a tree over plain values.

    gattaca "genetic code" director:"Mark Romanek" year:2005..2012 mark:>=4 (tag:noir OR tag:western) -status:draft

Words that stand side by side must all be found; ``OR`` or ``|`` lets one of two do; ``-`` or ``NOT`` leaves out; parentheses
group. A word with ``*`` at its end finds all that begin so. Nothing here raises for what was typed: what cannot be understood
is a `Fault`, and the rest still searches.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.review.folding import folded
from reviewer.review.marks import BadMark, Scale, Scales

WORDS = ("title", "film", "director", "writer", "actor", "role", "person", "author", "text")
"""Keys whose values are found as words."""
TERMS = ("tag", "category", "status", "genre", "country", "language", "scale", "has", "rights")
"""Keys whose values are whole terms; accents and case are forgiven."""
NUMBERS = {"year": (1870, 2200), "words": (0, 10_000_000), "runtime": (0, 100_000)}
"""Keys with numbers, and what is sensible there. A runtime is in minutes."""
DATES = ("date", "seen", "updated")
OTHERS = ("mark", "mentions", "path")
KEYS = (*WORDS, *TERMS, *NUMBERS, *DATES, *OTHERS)
ALIASES = {
    "categories": "category", "tags": "tag", "genres": "genre", "countries": "country", "languages": "language",
    "directors": "director", "writers": "writer", "actors": "actor", "cast": "actor", "with": "actor", "roles": "role",
    "character": "role", "people": "person", "by": "author", "rating": "mark", "marks": "mark", "is": "status", "mention": "mentions",
    "watched": "seen", "published": "date", "file": "path", "body": "text", "right": "rights", "permission": "rights",
}  # fmt: skip
"""Other names that people try for the same keys."""
CHOICES = {
    "status": ("idea", "draft", "ready", "published", "none"),
    "has": (
        "still",
        "lead",
        "mark",
        "excerpt",
        "cast",
        "credits",
        "category",
        "tag",
        "date",
        "seen",
        "film",
        "mentions",
        "fault",
        "double-bill",
        "list",
        "archived",
    ),
    "rights": ("may", "unknown", "waiting", "refused", "expired", "incomplete"),
}
"""Keys with a fixed set of values. ``has:fault`` is a file that could not be read, ``has:double-bill`` a review of several films,
``has:list`` a list post; what is archived is found only where it is asked for."""
NONE = "none"
"""The value that finds reviews where nothing is written: ``tag:none``, ``mark:none``, ``date:none``."""


@dataclass(frozen=True)
class Fault:
    """What could not be understood, from `start` to `end` of what was typed, with a way out."""

    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Text:
    """Words side by side; the last may be the beginning of one. `key` is one of `WORDS`, empty for all."""

    words: str
    prefix: bool = False
    key: str = ""


@dataclass(frozen=True)
class Term:
    """A whole term of a kind, or one that begins so; folded as `reviewer.review.folding` does. `NONE` finds reviews without."""

    key: str
    value: str
    prefix: bool = False


@dataclass(frozen=True)
class Span:
    """A number, a day, or a common value, both ends included; None is open, and `key` without both finds reviews without one.

    Days are written as ISO 8601. With the key ``mark`` the values are common values, seen from `scale`.
    """

    key: str
    low: float | str | None = None
    high: float | str | None = None
    scale: str = ""


@dataclass(frozen=True)
class Counts:
    """Reviews whose marks count as one mark of a scale: their own there, else the nearest to their first."""

    scale: str
    value: float | int | str


@dataclass(frozen=True)
class Mentions:
    """Texts that name a film, by its folded title and, where one is typed, its year."""

    title: str
    year: int | None = None


@dataclass(frozen=True)
class Within:
    """Files whose path in the library holds this, folded."""

    part: str


@dataclass(frozen=True)
class Not:
    part: Node


@dataclass(frozen=True)
class All:
    """Every part holds; without parts everything does."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Either:
    """One of the parts holds."""

    parts: tuple[Node, ...]


Node = Text | Term | Span | Counts | Mentions | Within | Not | All | Either


@dataclass(frozen=True)
class Query:
    """What was typed, understood as far as it could be."""

    typed: str
    root: Node
    faults: tuple[Fault, ...] = ()

    @property
    def words(self) -> tuple[Text, ...]:
        """The words that are looked for in the texts, for snippets and for the order by relevance."""
        return tuple(_wanted(self.root))


def _wanted(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, (All, Either)):
        for part in node.parts:
            yield from _wanted(part)


# reading

_NO_SCALES = Scales(())
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<either>\|(?=\s|$|\()|\bOR\b(?=\s|$|\())
      | (?P<not>NOT\b(?=\s|\()|[-−](?=[^\s)]))
      | (?P<pair>[^\W\d_]\w*:(?=\S))
      | (?P<quoted>["“”„](?P<inside>[^"“”]*)(?P<end>["“”]|$)\*?)
      | (?P<word>[^\s()"“”]+)""",
    re.VERBOSE,
)
_ITEM = re.compile(r"""["“”„](?P<quoted>[^"“”]*)(?:["“”]|$)(?P<star>\*?)|(?P<plain>[^\s,()"“”]+)""")
_OPERATOR = re.compile(r"(>=|<=|≥|≤|=>|=<|>|<|=)\s?")
_FROM_TO = re.compile(r"(?P<low>[^.…].*?|)(?:\.\.\.?|…)(?P<high>.*)")


def parse(typed: str, scales: Scales, today: dt.date, typing: bool = False) -> Query:
    """Understand what was typed. While `typing`, the last word may be the beginning of one, and what is unfinished is no fault."""
    return _Parser(typed, scales, today, typing).query()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _Parser:
    def __init__(self, typed: str, scales: Scales, today: dt.date, typing: bool) -> None:
        self.typed, self.scales, self.today, self.typing = typed, scales, today, typing
        self.faults: list[Fault] = []
        self.tokens = list(self._tokens())
        self.at = 0

    def query(self) -> Query:
        parts = [self._either()]
        while self.at < len(self.tokens):
            stray = self._next()
            self._fault(stray, "This “)” closes nothing. Take it away, or write “(” before it.")
            parts.append(self._either())
        return Query(self.typed, _all(parts), tuple(sorted(self.faults, key=lambda fault: fault.start)))

    def _tokens(self) -> Iterator[_Token]:
        at = 0
        while found := _TOKEN.match(self.typed, at):
            kind, at = str(found.lastgroup), found.end()
            if kind in ("inside", "end"):
                kind = "quoted"
            if kind == "pair" and self.typed.startswith("//", at):
                kind, at = "word", _end_of_word(self.typed, found.start())
            elif kind == "pair":
                at = self._end_of_values(at)
            if kind != "space":
                yield _Token(kind, self.typed[found.start() : at], found.start(), at)
        if at < len(self.typed):
            yield _Token("word", self.typed[at:], at, len(self.typed))

    def _end_of_values(self, at: int) -> int:
        """Where the list of values behind a key ends: at a blank that stands in no quotes."""
        operator = _OPERATOR.match(self.typed, at)
        at = operator.end() if operator else at
        while found := _ITEM.match(self.typed, at):
            at = found.end()
            if self.typed[at : at + 1] == "," and at + 1 < len(self.typed) and not self.typed[at + 1].isspace():
                at += 1
            elif self.typed[at : at + 1] in ("", ",") or self.typed[at].isspace() or self.typed[at] in "()":
                break
        return at + (self.typed[at : at + 1] == ",")

    def _peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def _next(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _fault(self, token: _Token, message: str) -> None:
        self.faults.append(Fault(token.start, token.end, message))

    def _unfinished(self, token: _Token) -> bool:
        return self.typing and token.end == len(self.typed)

    def _either(self) -> Node:
        parts = [self._row()]
        while self._peek() == "either":
            sign = self._next()
            if self._peek() in ("", "close", "either") or parts[-1] == All():
                if not self._unfinished(sign):
                    self._fault(
                        sign, f"“{sign.text}” stands between two searches. Write one on each side, or put it in quotes."
                    )
                continue
            parts.append(self._row())
        kept = tuple(part for part in parts if part != All())
        return kept[0] if len(kept) == 1 else Either(kept) if kept else All()

    def _row(self) -> Node:
        parts = []
        while self._peek() not in ("", "close", "either"):
            parts.append(self._one())
        return _all(parts)

    def _one(self) -> Node:
        token = self._next()
        if token.kind == "not":
            if self._peek() in ("", "close", "either"):
                if not self._unfinished(token):
                    self._fault(token, f"“{token.text}” leaves out what follows it, and nothing does.")
                return All()
            part = self._one()
            return Not(part) if part != All() else part
        if token.kind == "open":
            part = self._either()
            if self._peek() == "close":
                self._next()
            elif not self.typing:
                self._fault(token, "This “(” is not closed. Write “)” where it ends.")
            return part
        if token.kind == "pair":
            return self._pair(token)
        if token.kind == "quoted":
            return _text(token.text.strip('"“”„*'), token.text.endswith("*"))
        stem = folded(token.text[:-1])
        if token.text.endswith(":") and ALIASES.get(stem, stem) in KEYS and not self._unfinished(token):
            self._fault(
                token,
                f"Behind “{token.text}” stands nothing. Take the blank away, or put it in quotes to look for it as text.",
            )
            return All()
        return _text(token.text.rstrip("*"), token.text.endswith("*") or self._unfinished(token))

    # key:value

    def _pair(self, token: _Token) -> Node:
        typed_key, _, value = token.text.partition(":")
        key = ALIASES.get(folded(typed_key), folded(typed_key))
        if key not in KEYS:
            near = difflib.get_close_matches(key, (*KEYS, *ALIASES), 1, 0.7)
            hint = (
                f"Did you mean {ALIASES.get(near[0], near[0])}?" if near else "Put it in quotes to look for it as text."
            )
            self._fault(token, f"There is no “{typed_key}:”. {hint}")
            return All()
        operator = _OPERATOR.match(value)
        sign = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}.get(operator[1], operator[1]) if operator else ""
        if sign and (key in WORDS or key in TERMS or key in ("mentions", "path")) and sign != "=":
            self._fault(token, f"“{sign}” compares numbers, days and marks, and {key} is none of them.")
            return All()
        rest = value[operator.end() :] if operator else value
        parts = [
            node
            for words, star in _items(rest)
            if (
                node := self._value(
                    token, key, sign, words, star or (self._unfinished(token) and not rest.endswith(('"', "”")))
                )
            )
        ]
        if not parts and not self.faults_at(token) and not self._unfinished(token):
            self._fault(token, f"Behind “{typed_key}:” stands nothing to look for.")
        return parts[0] if len(parts) == 1 else Either(tuple(parts)) if parts else All()

    def faults_at(self, token: _Token) -> bool:
        """Whether something in this token was already a fault."""
        return any(fault.start == token.start for fault in self.faults)

    def _value(self, token: _Token, key: str, sign: str, value: str, prefix: bool) -> Node | None:
        try:
            if key in WORDS:
                return _text(value, prefix, key)
            if key in TERMS:
                return self._term(key, value, prefix)
            if key == "mentions":
                titled = re.fullmatch(r"(.*?)\s*\((\d{4})\)", value.strip())
                return Mentions(folded(titled[1]), int(titled[2])) if titled else Mentions(folded(value.strip()))
            if key == "path":
                return Within(folded(value))
            if folded(value) == NONE and sign in ("", "="):
                return Span(key)
            if key == "mark":
                return self._mark(sign, value)
            ends = _FROM_TO.fullmatch(value) if not sign else None
            edges: Callable[[str], tuple[float | str, float | str]]
            edges = self._days if key in DATES else lambda typed: self._numbers(key, typed)
            if ends:
                return Span(
                    key,
                    edges(ends["low"])[0] if ends["low"] else None,
                    edges(ends["high"])[1] if ends["high"] else None,
                )
            return _compared(Span(key), sign, *edges(value))
        except ValueError as error:
            if not self._unfinished(token):
                self._fault(token, str(error))
            return None

    def _term(self, key: str, value: str, prefix: bool) -> Node | None:
        known: Sequence[str] = self.scales.names if key == "scale" else CHOICES.get(key, ())
        plain = folded(value.strip())
        if not known:
            return Term(key, plain, prefix) if plain else None
        if key == "status" and plain in ("archived", "list"):
            key, known = "has", CHOICES["has"]  # is:archived
        plain = plain.removesuffix("s") if key == "has" and plain.removesuffix("s") in known else plain
        if plain in known:
            return Term(key, plain)
        if prefix and any(one.startswith(plain) for one in known):
            return Term(key, plain, prefix=True)
        near = difflib.get_close_matches(plain, known, 1, 0.6)
        raise ValueError(
            f"“{key}:{value}” is not known. "
            + (f"Did you mean {near[0]}?" if near else f"Write one of {', '.join(known)}.")
        )

    def _numbers(self, key: str, typed: str) -> tuple[float, float]:
        low, high = NUMBERS[key]
        decade = re.fullmatch(r"(\d{3})0s", typed.strip()) if key == "year" else None
        if decade:
            return int(decade[1]) * 10, int(decade[1]) * 10 + 9
        try:
            number = float(typed.replace(",", "").replace("\u202f", ""))
        except ValueError:
            raise ValueError(f"“{typed}” is no number. Write {key}:2005, {key}:>=2005 or {key}:2005..2012.") from None
        if not low <= number <= high:
            raise ValueError(f"“{typed}” is out of reach; {key} goes from {low} to {high}.")
        return number, number

    def _days(self, typed: str) -> tuple[str, str]:
        """The first and the last day that a date as typed stands for: a day, a month, a year, or a word."""
        word = folded(typed.strip())
        near = {"today": 0, "yesterday": 1}.get(word)
        if ago := re.fullmatch(r"(\d{1,5})d", word):
            near = int(ago[1])
        try:
            if near is not None:
                day = (self.today - dt.timedelta(near)).isoformat()
                return day, day
            found = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", word)
            if found:
                year, month, date = int(found[1]), int(found[2] or 0), int(found[3] or 0)
                first = dt.date(year, month or 1, date or 1)
                last = dt.date(year, month or 12, date or calendar.monthrange(year, month or 12)[1])
                return first.isoformat(), last.isoformat()
        except (ValueError, OverflowError):
            pass
        raise ValueError(f"“{typed}” is no day. Write 2011, 2011-02, 2011-02-28, today, yesterday or 30d.")

    # marks

    def _mark(self, sign: str, value: str) -> Node:
        ends = _FROM_TO.fullmatch(value) if not sign else None
        if ends:
            low = self._worth(ends["low"]) if ends["low"] else (None, "")
            high = self._worth(ends["high"]) if ends["high"] else (None, "")
            return Span("mark", low[0], high[0], low[1] or high[1])
        if sign in ("", "="):
            found = self._scale_of(value)
            if found is not None:
                scale, mark = found
                return Counts(scale.name, mark)
        worth, scale_name = self._worth(value)
        if sign in ("", "="):
            return Span("mark", worth - 0.5, worth + 0.5)
        return _compared(Span("mark", scale=scale_name), sign, worth, worth)

    def _worth(self, typed: str) -> tuple[float, str]:
        """The common value that a typed mark stands for, and the scale it is on: none for per cents."""
        found = self._scale_of(typed)
        if found is not None:
            scale, mark = found
            return scale.worth(mark), scale.name
        number = float(typed.strip().removesuffix("%").strip().replace(",", "."))
        if not 0 <= number <= 100:
            raise ValueError(f"“{typed}” is out of reach; common values go from 0% to 100%.")
        return number, ""

    def _scale_of(self, typed: str) -> tuple[Scale, float | int | str] | None:
        """The scale that a typed mark is on, with the mark: the main one for numbers, else the first that has this word;
        None for a percentage of any scale. Raises `ValueError` where no scale has it."""
        plain = typed.strip()
        if re.fullmatch(r"\d+([.,]\d+)?\s*%", plain):
            return None
        stars = re.fullmatch(r"(★*)(½?)", plain)
        if plain and stars:
            plain = f"{len(stars[1])}{stars[2]}"
        of = re.fullmatch(r"(.+?)\s*/\s*(\d+)", plain)
        scales = sorted(self.scales, key=lambda one: one.name != self.scales.usual.name)
        if of:
            plain = of[1]
            scales = [one for one in scales if one.numeric and one.best == float(of[2])]
        numeric = bool(re.match(r"[\d½]", plain))
        for scale in scales:
            if scale.numeric == numeric and (of or not numeric or scale.name == self.scales.usual.name):
                try:
                    return scale, scale.read(plain).value
                except BadMark as bad:
                    if numeric:
                        raise ValueError(f"{bad}. Write mark:>=80% to compare across scales.") from None
        if numeric:
            raise ValueError(
                f"No scale goes to {of[2] if of else plain}. The scales are {', '.join(self.scales.names)}."
            )
        usual = self.scales.usual
        example = f"{usual.nearest(75)}"
        raise ValueError(f"No scale has the mark “{typed}”. Write mark:>={example}, mark:>=80% or mark:>=B+.")


def _compared(span: Span, sign: str, low: float | str, high: float | str) -> Node:
    if sign == ">":
        return All((Span(span.key, high, None, span.scale), Not(Span(span.key, low, high, span.scale))))
    if sign == "<":
        return All((Span(span.key, None, low, span.scale), Not(Span(span.key, low, high, span.scale))))
    if sign == ">=":
        return replace(span, low=low)
    if sign == "<=":
        return replace(span, high=high)
    return replace(span, low=low, high=high)


def _text(words: str, prefix: bool, key: str = "") -> Node:
    return Text(words.strip(), prefix, key) if words.strip() else All()


def _all(parts: Sequence[Node]) -> Node:
    kept = tuple(part for part in parts if part != All())
    return kept[0] if len(kept) == 1 else All(kept)


def _items(values: str) -> Iterator[tuple[str, bool]]:
    """The values behind a key, commas between them, each with whether it is the beginning of one."""
    for found in _ITEM.finditer(values):
        words = found["quoted"] if found["plain"] is None else found["plain"]
        yield words.rstrip("*"), bool(found["star"]) or words.endswith("*")


def _end_of_word(typed: str, start: int) -> int:
    found = re.compile(r"\S+").match(typed, start)
    return found.end() if found else start


# helping


def asked(typed: str) -> list[str]:
    """The ``key:value`` pairs of a query, each as it is typed but with the key's own name."""
    return [_with_own_key(token.text) for token in _pairs(typed)]


def narrowed(typed: str, pair: str, more: bool = False) -> str:
    """A query narrowed by a ``key:value`` pair: in the place of others with that key, or beside them with `more`. A pair that is there
    already is taken out, and one without a value only takes others of its key out."""
    key, _, value = pair.partition(":")
    kept, at = [], 0
    there = pair in asked(typed)
    for token in _pairs(typed):
        own = _with_own_key(token.text)
        if own == pair or (own.startswith(f"{key}:") and not more):
            kept.append(typed[at : token.start])
            at = token.end
    rest = " ".join("".join([*kept, typed[at:]]).split())
    return rest if there or not value else f"{rest} {pair}".strip()


def _pairs(typed: str) -> list[_Token]:
    """The pairs of a query that are not left out by a sign before them."""
    tokens = _Parser(typed, _NO_SCALES, dt.date.min, True).tokens
    return [
        token for before, token in itertools.pairwise([None, *tokens])
        if token is not None and token.kind == "pair" and (before is None or before.kind != "not")
    ]  # fmt: skip


def _with_own_key(pair: str) -> str:
    key, _, value = pair.partition(":")
    return f"{ALIASES.get(folded(key), folded(key))}:{value}"


@dataclass(frozen=True)
class Completion:
    """What may stand from `start` to `end` instead: whole words, as they are to be written."""

    start: int
    end: int
    words: tuple[str, ...] = ()


def quoted(value: str) -> str:
    """A value as it is written behind a key: in quotes where it holds blanks or signs."""
    return (
        value
        if re.fullmatch(r"[\w.+%-]+", value) and value.upper() not in ("OR", "NOT")
        else f'"{value.replace(chr(34), "")}"'
    )


def complete(typed: str, place: int, values: Callable[[str], Sequence[str]], most: int = 12) -> Completion:
    """What the word at `place` may become: a key, or a value of the key before it. `values` gives those that a library has, the
    most used first."""
    begun = re.search(
        r"(?:^|[\s(\-−|])(?:(?P<key>[^\W\d_]\w*):(?:[^\s\"]*,|[^\s\"]*\"[^\"]*\",)?)?(?P<word>\"[^\"]*|[^\s\"():,]*)$",
        typed[:place],
    )
    if begun is None:
        return Completion(place, place)
    start, word = begun.start("word"), folded(begun["word"].lstrip('"'))
    key = ALIASES.get(folded(begun["key"] or ""), folded(begun["key"] or ""))
    if not begun["key"]:
        found = [f"{name}:" for name in KEYS if name.startswith(word)] if word else []
        return Completion(start, place, tuple(found[:most]))
    known = CHOICES.get(key) or tuple(values(key))
    heads = [value for value in known if folded(value).startswith(word)]
    inside = [value for value in known if word and word in folded(value) and value not in heads]
    return Completion(start, place, tuple(quoted(value) for value in (*heads, *inside)[:most]))
