"""What a text says about who plays whom, beside what the credits say: names that are nearly those of the credits, and other roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewer.review.folding import folded
from reviewer.review.terms import one_apart
from reviewer.review.values import Review
from reviewer.text.spans import without_code

_WORD = r"[^\W\d_](?:[^\W_]|[’'.-](?=\w))*\.?"
_NAME = re.compile(rf"{_WORD}(?:[ \u00a0]{_WORD}){{0,5}}")
_PERSON = (
    r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?: (?:(?:de|da|di|du|del|la|le|van|von|der|den|bin|al|y) ){0,2}[A-ZÀ-ÖØ-Þ][\w’'.-]*){1,3}"
)
_PEOPLE = rf"{_PERSON}(?:(?:, (?:and )?| and | & ){_PERSON})*"
_AND = re.compile(r", (?:and )?| and | & ")
_PLAYED = re.compile(rf"(?: \(|, )(?P<by>(?:played|voiced|portrayed) by )?(?P<names>{_PEOPLE})")
_PLAYS = re.compile(rf"(?P<names>{_PEOPLE}) (?:plays|played|portrays|voices|as) (?:the )?$")
LEAST = 4
"""Letters that a word of a name has at the least to be taken for another one's misspelling."""
LIKE = 0.84
"""How alike (0 to 1, as `difflib` counts) two longer words of a name are that are meant to be the same."""
_MOST_BEFORE = 160


@dataclass(frozen=True)
class Misnamed:
    """A name that is nearly one of the credits: as it is written, as the credits have it, and its line in the text from 1."""

    written: str
    credited: str
    line: int


@dataclass(frozen=True)
class Miscast:
    """A role that the text gives to somebody else: the role, who it says, who the credits say, and its line in the text from 1."""

    role: str
    written: str
    credited: tuple[str, ...]
    line: int


def misnamed(text: str, names: Iterable[str]) -> list[Misnamed]:
    """Names that differ from one of these by a letter or two in one of their words, each once.

    A name of a single word is never looked at: too many words are nearly one.
    """
    known = {" ".join(folded(name).split()): name for name in names if " " in name.strip()}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for name in known:
        parts = tuple(name.split())
        for part in parts:
            by_word.setdefault(part, []).append(parts)
    found: dict[str, Misnamed] = {}
    plain = without_code(text)
    for run in _NAME.finditer(plain) if by_word else ():
        for at, words in _windows(run[0], by_word):
            written = " ".join(words)
            if (
                folded(written) in known
                or written in found
                or not all(word[:1].isupper() for word in (words[0], words[-1]))
            ):
                continue
            meant = _meant(tuple(map(folded, words)), by_word)
            if meant is not None:
                line = plain.count("\n", 0, run.start() + at) + 1
                found[written] = Misnamed(written, known[" ".join(meant)], line)
    return list(found.values())


def _windows(run: str, by_word: Mapping[str, Sequence[tuple[str, ...]]]) -> Iterator[tuple[int, list[str]]]:
    """Parts of a run of words that share a word with a name and have as many."""
    words = run.replace("\u00a0", " ").split(" ")
    for place, word in enumerate(words):
        for parts in by_word.get(folded(_bare(word)), ()):
            shared = parts.index(folded(_bare(word)))
            start = place - shared
            if start >= 0 and start + len(parts) <= len(words):
                window = words[start : start + len(parts)]
                yield len(" ".join(words[:start])), [*window[:-1], _bare(window[-1])]


def _bare(word: str) -> str:
    """A word without what belongs to the sentence: a full stop at its end, a genitive."""
    return re.sub(r"(?:[’']s)?\.?$", "", word) if len(word) > 2 else word


def _meant(words: tuple[str, ...], by_word: Mapping[str, Sequence[tuple[str, ...]]]) -> tuple[str, ...] | None:
    """The name that is meant: one word of it is written otherwise, and nearly the same."""
    for word in words:
        for parts in by_word.get(word, ()):
            others = [(one, other) for one, other in zip(words, parts, strict=False) if one != other]
            if len(parts) == len(words) and len(others) == 1 and _like(*others[0]):
                return parts
    return None


def _like(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LEAST:
        return False
    return one_apart(one, other) or (len(other) >= 7 and SequenceMatcher(None, one, other).ratio() >= LIKE)


def miscast(text: str, review: Review) -> list[Miscast]:
    """Roles of the credits that the text gives to others: “Kathy (played by X)”, “Kathy, played by X”, “X plays Kathy”, “X as Kathy”.

    Where no “played by” stands before a name in brackets, only somebody of the credits is taken for an actor.
    """
    cast: dict[str, tuple[str, ...]] = {}
    people: set[str] = set()
    for one in review.features:
        for credit in one.credits.cast:
            people |= {folded(actor) for actor in credit.actors}
            if len(credit.role) > 2 and credit.role[:1].isupper():
                cast[credit.role] = (*cast.get(credit.role, ()), *credit.actors)
    found: dict[tuple[str, str], Miscast] = {}
    plain = without_code(text)
    for role, actors in cast.items():
        for there in re.finditer(rf"(?<!\w){re.escape(role)}(?!\w)", plain):
            for name in _said(plain, there, people):
                if not _is_one_of(name, actors):
                    line = plain.count("\n", 0, there.start()) + 1
                    found.setdefault((role, name), Miscast(role, name, actors, line))
    return list(found.values())


def _said(text: str, role: re.Match[str], people: set[str]) -> list[str]:
    """Who plays the role by what stands around it."""
    after = _PLAYED.match(text, role.end())
    if after is not None:
        names = _AND.split(after["names"])
        return names if after["by"] else [name for name in names if folded(name) in people and text[role.end()] == " "]
    before = _PLAYS.search(text[max(0, role.start() - _MOST_BEFORE) : role.start()])
    return _AND.split(before["names"]) if before is not None else []


def _is_one_of(name: str, actors: Sequence[str]) -> bool:
    """Whether a name is one of these, also where it is misspelt, which `misnamed` says, or shortened to its last word."""
    plain = folded(_bare(name))
    words = plain.split()
    for actor in map(folded, actors):
        parts = actor.split()
        alike = [one == other or _like(one, other) for one, other in zip(words, parts, strict=False)]
        if plain == actor or (len(words) == len(parts) and all(alike)) or (words and parts and words[-1] == parts[-1]):
            return True
    return False
