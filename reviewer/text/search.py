"""Words or a pattern looked for in a text, and what comes in their place; a pattern that runs away is ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

MOST_TIME = 0.25
"""Seconds after which a pattern that runs away is ended."""


class BadPattern(ValueError):
    """A regular expression that cannot be read; the message says why and at which character, counted from 1."""


class TooSlow(Exception):
    """A pattern that takes too long in a text."""


@dataclass(frozen=True)
class Query:
    """What is looked for: words as they stand, or with `pattern` a regular expression of the ``regex`` module."""

    words: str
    case: bool = False
    whole: bool = False
    pattern: bool = False


class Search:
    """A query that was read. Raises `BadPattern`."""

    def __init__(self, query: Query) -> None:
        import regex  # late: only a search needs it

        self._as_pattern, self._unreadable = query.pattern, regex.error
        source = query.words if query.pattern else regex.escape(query.words)
        if query.whole:
            source = rf"(?<!\w)(?:{source})(?!\w)"
        try:
            self._pattern = regex.compile(source, regex.M | (0 if query.case else regex.I))
        except regex.error as error:
            where = f" at {error.pos + 1}" if error.pos is not None else ""
            raise BadPattern(f"{str(error.msg)[:1].upper()}{error.msg[1:60]}{where}") from None

    def matches(self, text: str) -> list[regex.Match[str]]:
        """All matches that hold something, in order. Raises `TooSlow`."""
        try:
            return [m for m in self._pattern.finditer(text, timeout=MOST_TIME) if m.end() > m.start()]
        except TimeoutError:
            raise TooSlow from None

    def replacement(self, found: regex.Match[str], by: str) -> str:
        """What comes in the place of a match; in a pattern's replacement ``\\1`` is its first group.

        A replacement that cannot be read leaves the match as it is.
        """
        if not self._as_pattern:
            return by
        try:
            return str(found.expand(by))
        except (self._unreadable, IndexError, KeyError):
            return str(found[0])

    def replaced(self, text: str, by: str, chosen: Collection[int]) -> str:
        """The text with some of its matches replaced, given by their numbers from 0. Raises `TooSlow`."""
        parts, at = [], 0
        for number, found in enumerate(self.matches(text)):
            if number in chosen:
                parts += [text[at : found.start()], self.replacement(found, by)]
                at = found.end()
        return "".join([*parts, text[at:]])
