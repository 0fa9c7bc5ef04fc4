"""Terms of reviews: what is used, replaced, nearly double; the category that follows from a mark; the names a review knows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reviewer.review.folding import folded
from reviewer.review.marks import BUILT_IN, Scales, halves
from reviewer.review.values import JOBS, Credits, Film, Mark, Review

LEAST_ALIKE = 7
"""Letters from which on terms that differ by one are taken for the same: shorter words are too often others."""


def key(term: str) -> str:
    """What two spellings of one term have in common: no case, accents, hyphens, blanks, and no plural ``s``."""
    letters = re.sub(r"[\W_]+", "", folded(term))
    if letters.endswith("s") and not letters.endswith("ss") and len(letters) > 3:
        letters = letters[:-1]
    return letters[:-2] + "y" if letters.endswith("ie") and len(letters) > 3 else letters


def near_double(term: str, known: Iterable[str]) -> str | None:
    """A term in use that differs from `term` only by case, accent, hyphen, blank or plural; None where there is none."""
    wanted = key(term)
    return next((other for other in known if other != term and wanted and key(other) == wanted), None)


LISTS = {"category": "categories", "tag": "tags"}
FILM_LISTS = {"genre": "genres", "country": "countries"}
KINDS = (*LISTS, *FILM_LISTS, "person", *JOBS, "actor", "author", "film")
"""What can be listed, renamed, merged, split and removed over a library. A ``person`` is whoever is in the credits, in any job;
``language`` is not among them, since it is a code."""


def used(review: Review, kind: str) -> tuple[str, ...]:
    """The terms of a kind in a review, as they stand there, each once."""
    features = review.features
    if kind in LISTS:
        found: Iterable[str] = getattr(review, LISTS[kind])
    elif kind in FILM_LISTS:
        found = [term for one in features for term in getattr(one.film, FILM_LISTS[kind])]
    elif kind == "author":
        found = (review.author,)
    elif kind == "film":
        found = [one.film.title for one in features]
    else:
        jobs = [one for feature in features for one in feature.credits.crew]
        roles = [role for feature in features for role in feature.credits.cast]
        crew = [name for one in jobs if kind in ("person", one.job) for name in one.people]
        cast = [name for role in roles for name in role.actors] if kind in ("person", "actor") else []
        found = (*crew, *cast)
    return tuple(dict.fromkeys(term for term in found if term))


def replaced(review: Review, kind: str, old: Collection[str], new: Sequence[str]) -> Review:
    """The review with terms of a kind replaced by others: by one to rename or merge, by several to split, by none to remove.

    A term stands once in a list, in the place of the first that it replaces; all else stays. A film's title and an author are
    single, so there the first of `new` counts.
    """

    def among(terms: tuple[str, ...]) -> tuple[str, ...]:
        if not any(term in old for term in terms):
            return terms
        return tuple(dict.fromkeys(one for term in terms for one in (new if term in old else (term,))))

    if kind in LISTS:
        return dataclasses.replace(review, **{LISTS[kind]: among(getattr(review, LISTS[kind]))})  # type: ignore[arg-type]
    first = next(iter(new), "")
    if kind == "author":
        return dataclasses.replace(review, author=first) if review.author in old else review

    def in_film(film: Film) -> Film:
        if kind == "film":
            return dataclasses.replace(film, title=first) if film.title in old else film
        name = FILM_LISTS[kind]
        return dataclasses.replace(film, **{name: among(getattr(film, name))})  # type: ignore[arg-type]

    def in_credits(credits: Credits) -> Credits:
        crew = [
            dataclasses.replace(one, people=among(one.people)) if kind in ("person", one.job) else one
            for one in credits.crew
        ]
        cast = credits.cast
        if kind in ("person", "actor"):
            cast = tuple(dataclasses.replace(role, actors=among(role.actors)) for role in cast)
        return dataclasses.replace(credits, crew=tuple(one for one in crew if one.people), cast=cast)

    if kind == "film" or kind in FILM_LISTS:
        features = [dataclasses.replace(one, film=in_film(one.film)) for one in review.features]
    else:
        features = [dataclasses.replace(one, credits=in_credits(one.credits)) for one in review.features]
    return review.with_features(features) if tuple(features) != review.features else review


def alike(terms: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of terms that are nearly the same: by case, accent, hyphen, blank or plural, or, in longer ones, by one letter that is
    missing, added, changed, or has changed places with the next.

    Two words of which one letter makes the difference are the same once each has lost one letter, so only words that share such a
    remainder are compared: thirty thousand names take seconds, not hours.
    """
    words = list(dict.fromkeys(terms))
    groups = {term: term for term in words}

    def root(term: str) -> str:
        while groups[term] != term:
            groups[term] = groups[groups[term]]
            term = groups[term]
        return term

    seen: dict[str, list[tuple[str, str]]] = {}
    for term in words:
        plain = key(term)
        remainders = {plain} if plain else set()
        if len(plain) >= LEAST_ALIKE and not any(c.isdigit() for c in plain):
            remainders |= {plain[:n] + plain[n + 1 :] for n in range(len(plain))}
        for remainder in remainders:
            others = seen.setdefault(remainder, [])
            for other, its_key in others:
                if one_apart(plain, its_key):
                    groups[root(term)] = root(other)
            others.append((term, plain))
    found: dict[str, list[str]] = {}
    for term in words:
        found.setdefault(root(term), []).append(term)
    return [tuple(group) for group in found.values() if len(group) > 1]


def one_apart(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter that is added or changed, or for two neighbours that changed places."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a == b or a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def names_of(review: Review) -> list[str]:
    """Names that belong to a review: its film, its people, their roles."""
    found = [review.title, review.author]
    for one in review.features:
        found += [one.film.title, one.film.original_title, *one.film.other_titles, *one.film.countries]
        found += [name for credit in one.credits.crew for name in credit.people]
        found += [name for role in one.credits.cast for name in (role.role, *role.actors)]
    return found


_BLANK = re.compile(r"\{(stars|mark|grade|letter)\}")


@dataclass(frozen=True)
class MarkRule:
    """A rule of the library from a mark to a category: ``4 star movies`` for four of five stars.

    `template` holds ``{stars}`` or ``{mark}`` (``4``, ``3½``, ``B+``), or ``{letter}``, a grade without its sign (``B``); `scale`
    is the scale it follows. An empty template gives none.
    """

    on: bool = True
    scale: str = "five-stars"
    template: str = "{stars} star movies"

    def category(self, rating: Iterable[Mark]) -> str:
        """The category that these marks lead to; empty where the rule is off or the scale has no mark."""
        mark = next((mark for mark in rating if mark.scale == self.scale), None)
        if not self.on or not self.template or mark is None or mark.value == "":
            return ""
        value = halves(mark.value) if isinstance(mark.value, (int, float)) else mark.value
        known = {"stars": value, "mark": value, "grade": value, "letter": value.rstrip("+-")}
        return _BLANK.sub(lambda found: known[found[1]], self.template)

    def applied(self, review: Review, scales: Scales = BUILT_IN) -> Review:
        """The review with the category that its mark leads to, and without those that other marks of the scale would."""
        wanted = self.category(review.rating)
        if not wanted:
            return review
        kept = tuple(one for one in review.categories if one == wanted or not self._gives(one, scales))
        return dataclasses.replace(review, categories=kept if wanted in kept else (*kept, wanted))

    def _gives(self, category: str, scales: Scales) -> bool:
        """Whether the rule gives a category for some mark."""
        scale = scales.get(self.scale)
        return scale is not None and any(category == self.category([Mark(self.scale, value)]) for value in scale.values)

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


@dataclass(frozen=True)
class MarkRules:
    """All rules of a library, one a scale."""

    each: tuple[MarkRule, ...] = (MarkRule(),)

    def of(self, scale: str) -> MarkRule:
        """The rule that follows a scale; one that gives nothing where there is none."""
        return next((rule for rule in self.each if rule.scale == scale), MarkRule(False, scale, ""))

    def with_rule(self, rule: MarkRule) -> MarkRules:
        """The same rules with one put in the place of that of its scale."""
        return MarkRules((*(one for one in self.each if one.scale != rule.scale), rule))

    def categories(self, rating: Iterable[Mark]) -> tuple[str, ...]:
        """The categories that these marks lead to."""
        marks = tuple(rating)
        return tuple(dict.fromkeys(found for rule in self.each if (found := rule.category(marks))))

    def applied(self, review: Review, scales: Scales = BUILT_IN) -> Review:
        """The review with the categories that its marks lead to, and without those that other marks of their scales would."""
        for rule in self.each:
            review = rule.applied(review, scales)
        return review

    def follow(self, categories: tuple[str, ...], before: Iterable[Mark], after: Iterable[Mark]) -> tuple[str, ...]:
        """The categories after the marks changed, by each rule."""
        old, new = tuple(before), tuple(after)
        for rule in self.each:
            categories = rule.follow(categories, old, new)
        return categories
