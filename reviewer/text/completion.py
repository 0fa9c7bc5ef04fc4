"""What a film critic may be about to write: people and roles of the review, films of the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reviewer.review.folding import folded
from reviewer.text.mentions import film_name

_LINK = re.compile(r"\[\[([^\[\]\n]{0,80})$")
_ROLE = re.compile(r"([^\W\d_][\w.’' -]{0,60}?) \(([^()\n]{0,40})$")
_WORDS = re.compile(r"(?:^|[^\w’'])((?:[^\W\d_][\w’'-]* ){0,3}[^\W\d_][\w’'-]{2,40})$")
MOST = 7
_FAR = 160
"""Characters before the caret that are looked at."""


@dataclass(frozen=True)
class Offer:
    """A completion: the words, and how many characters before the caret they take the place of."""

    words: str
    gone: int
    hint: str = ""


@dataclass(frozen=True)
class Source:
    """What is known: names of people, roles with their actors, films as title and year (None where it is not known)."""

    people: tuple[str, ...] = ()
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    films: tuple[tuple[str, int | None], ...] = ()
    playing: str = "played by "
    _keys: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)

    def key(self, name: str) -> list[str]:
        """A name's words as they are compared: without accents and capitals."""
        if name not in self._keys:
            self._keys[name] = folded(name).split()
        return self._keys[name]

    def begins(self, name: str, wanted: str) -> bool:
        """Whether a name begins with words in their plain form."""
        return " ".join(self.key(name)).startswith(wanted)


def offers(before: str, after: str, known: Source) -> Sequence[Offer]:
    """Completions for a caret between `before` and `after`, its line; none in the middle of a word."""
    if after[:1].isalnum():
        return ()
    before = before[-_FAR:]
    if link := _LINK.search(before):
        return _films_in_brackets(link[1], after, known)
    if (role := _ROLE.search(before)) and (found := _players(role, after, known)):
        return found
    words = _WORDS.search(before)
    return _names(words[1], known) if words else ()


def _films_in_brackets(typed: str, after: str, known: Source) -> list[Offer]:
    closing = "" if after.startswith("]]") else "]" if after.startswith("]") else "]]"
    names = [film_name(*film) for film in known.films]
    return [Offer(name + closing, len(typed)) for name in _matching(typed, names, known) if name != typed][:MOST]


def _players(role: re.Match[str], after: str, known: Source) -> list[Offer]:
    closing = "" if after.startswith(")") else ")"
    said = folded(role[1])
    for name, actors in known.roles:
        if name and actors and (said == folded(name) or said.endswith(f" {folded(name)}")):
            words = known.playing + " and ".join(actors)
            if folded(words).startswith(folded(role[2])):
                return [Offer(words + closing, len(role[2]), name)]
    return []


def _names(typed: str, known: Source) -> list[Offer]:
    """Names that go on from the last words typed, the longest run of words first; only words with a capital count."""
    parts = typed.split(" ")
    for start in range(len(parts)):
        said = " ".join(parts[start:])
        if not said[0].isupper() or len(said) < 3:
            continue
        if any(" ".join(known.key(name)) == folded(said) for name in known.people):
            return []
        people = [name for name in known.people if _goes_on(said, name, known)]
        films = [film_name(*film) for film in known.films if len(said) > 3 and known.begins(film[0], folded(said))]
        found = [Offer(name, len(said)) for name in dict.fromkeys([*people, *films]) if name != said]
        if found:
            return found[:MOST]
    return []


def _goes_on(said: str, name: str, known: Source) -> bool:
    """Whether a name, or its last words, begin with what was said, and say more."""
    wanted, words = folded(said), known.key(name)
    rests = (" ".join(words[n:]) for n in range(len(words)))
    return len(words) > 1 and wanted != " ".join(words) and any(rest.startswith(wanted) for rest in rests)


def _matching(typed: str, names: Iterable[str], known: Source) -> list[str]:
    """Names with a word that begins like what was typed; those that begin so themselves come first."""
    wanted = folded(typed.strip())
    first = [name for name in names if known.begins(name, wanted)]
    others = [name for name in names if any(word.startswith(wanted) for word in known.key(name)[1:])] if wanted else []
    return list(dict.fromkeys([*first, *others]))
