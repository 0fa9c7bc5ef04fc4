"""Categories and tags: near doubles, the category that follows from a mark, and the names that a review knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.review.marks import halves
from reviewer.review.values import Mark, Review


def key(term: str) -> str:
    """What two spellings of one term have in common: no case, accents, hyphens, blanks, and no plural ``s``."""
    folded = unicodedata.normalize("NFKD", term.casefold())
    letters = re.sub(r"[\W_]+", "", "".join(c for c in folded if not unicodedata.combining(c)))
    if letters.endswith("s") and not letters.endswith("ss") and len(letters) > 3:
        letters = letters[:-1]
    return letters[:-2] + "y" if letters.endswith("ie") and len(letters) > 3 else letters


def near_double(term: str, known: Iterable[str]) -> str | None:
    """A term in use that differs from `term` only by case, accent, hyphen, blank or plural; None where there is none."""
    wanted = key(term)
    return next((other for other in known if other != term and wanted and key(other) == wanted), None)


def names_of(review: Review) -> list[str]:
    """Names that belong to a review: its film, its people, their roles."""
    film, credits = review.film, review.credits
    people = [name for credit in credits.crew for name in credit.people]
    cast = [name for role in credits.cast for name in (role.role, *role.actors)]
    return [review.title, review.author, film.title, film.original_title, *film.countries, *people, *cast]


@dataclass(frozen=True)
class MarkRule:
    """The library's rule from a mark to a category: ``4 star movies`` for four of five stars.

    `template` holds ``{stars}`` (``4``, ``3½``) or ``{grade}`` (``B+``); `scale` is the scale it follows.
    """

    on: bool = True
    scale: str = "five-stars"
    template: str = "{stars} star movies"

    def category(self, rating: Iterable[Mark]) -> str:
        """The category that these marks lead to; empty where the rule is off or the scale has no mark."""
        mark = next((mark for mark in rating if mark.scale == self.scale), None)
        if not self.on or mark is None or mark.value == "":
            return ""
        value = halves(mark.value) if isinstance(mark.value, (int, float)) else mark.value
        return self.template.replace("{stars}", value).replace("{grade}", value)

    def follow(self, categories: tuple[str, ...], before: Iterable[Mark], after: Iterable[Mark]) -> tuple[str, ...]:
        """The categories after the marks changed: the category of the old mark goes, that of the new one comes.

        Only the very category that the rule gave for the old mark is taken away; what the writer chose stays.
        """
        old, new = self.category(before), self.category(after)
        if old == new:
            return categories
        if old in categories:
            return tuple(dict.fromkeys(c for c in (new if c == old else c for c in categories) if c))
        return (*categories, new) if new and new not in categories else categories
