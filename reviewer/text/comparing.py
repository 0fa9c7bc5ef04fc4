"""Two versions of a text: where they differ, by words; and two versions of a review: which of its values differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reviewer.review.values import Review, to_plain

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 6000
"""Words and signs on both sides of a changed passage up to which they are compared one by one; the time grows with their square."""


@dataclass(frozen=True)
class Difference:
    """What stands differently: `then[start:end]` in the older text, `now[start:end]` in the newer; either may be empty."""

    then: tuple[int, int]
    now: tuple[int, int]


@dataclass(frozen=True)
class FieldDifference:
    """A value that differs: its key in the front matter, a still by its file, and both values as words (empty: not there)."""

    key: str
    then: str
    now: str


def differences(then: str, now: str) -> list[Difference]:
    """Where two texts differ, from the beginning: first by lines, then in the lines that differ by words."""
    a, b = then.splitlines(keepends=True), now.splitlines(keepends=True)
    at_a, at_b = _places(a), _places(b)
    found: list[Difference] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        found += _within(then, now, (at_a[a0], at_a[a1]), (at_b[b0], at_b[b1]))
    return found


def _within(then: str, now: str, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Difference]:
    a, b = _WORD.findall(then[slice(*old)]), _WORD.findall(now[slice(*new)])
    if not a or not b or len(a) + len(b) > MOST_WORDS:
        yield Difference(old, new)
        return
    at_a, at_b = _places(a, old[0]), _places(b, new[0])
    pending: Difference | None = None
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        found = Difference((at_a[a0], at_a[a1]), (at_b[b0], at_b[b1]))
        if pending is not None and then[pending.then[1] : found.then[0]].isspace():
            pending = Difference((pending.then[0], found.then[1]), (pending.now[0], found.now[1]))
            continue  # words beside each other are one difference, the blank between them included
        if pending is not None:
            yield pending
        pending = found
    if pending is not None:
        yield pending


def _places(parts: Sequence[str], start: int = 0) -> list[int]:
    places = [start]
    for part in parts:
        places.append(places[-1] + len(part))
    return places


def words_in(text: str) -> int:
    """How many words a passage has; signs and blanks are none."""
    return sum(1 for word in _WORD.findall(text) if word[:1].isalnum())


def field_differences(then: Review, now: Review) -> list[FieldDifference]:
    """The values of two versions of a review that differ, in the order of the file; its stills' records included."""
    a, b = dict(_flat(to_plain(then))), dict(_flat(to_plain(now)))
    keys = list(dict.fromkeys((*a, *b)))
    return [FieldDifference(key, a.get(key, ""), b.get(key, "")) for key in keys if a.get(key) != b.get(key)]


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value, 1):
            name = inner.get("file") or inner.get("role") or inner.get("scale") if isinstance(inner, Mapping) else ""
            yield from _flat(inner, f"{key} {name or number}")
    elif isinstance(value, (list, tuple)):
        yield key, ", ".join(map(str, value))
    elif value is not None and value != "":
        yield key, str(value)
