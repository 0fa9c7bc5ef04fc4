"""One film in several reviews: whether it is the same, what each says of it, and what one can take from another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviewer.review.folding import folded
from reviewer.review.values import Feature, Film, Review

SHARED = ("title", "original_title", "year", "runtime", "countries", "languages", "genres", "other_titles")
"""Facts that are the film's and not the viewing's."""
IDS = ("imdb", "tmdb", "letterboxd", "wikidata")
COMPARED = {"original_title": "original title", "year": "year", "runtime": "running time", "countries": "countries"}
"""Facts on which two reviews of a film ought to agree, and their words; genres are a matter of taste."""


@dataclass(frozen=True)
class Difference:
    """A fact that two reviews of a film state differently: its words, here and there."""

    what: str
    here: str
    there: str


def same(one: Film, other: Film) -> bool:
    """Whether two records are of one film: by a shared number, else by title and year."""
    for name in IDS:
        a, b = getattr(one.ids, name), getattr(other.ids, name)
        if a and b:
            return bool(a == b)
    titles = {folded(title) for title in (one.title, one.original_title, *one.other_titles) if title}
    others = {folded(title) for title in (other.title, other.original_title, *other.other_titles) if title}
    return bool(titles & others) and (one.year is None or other.year is None or one.year == other.year)


def among(films: Iterable[tuple[str, int | None]]) -> Callable[[str, int | None], bool]:
    """Whether a film is one of these, by its title without case and accents, and by its year as far as both are known."""
    known: dict[str, set[int | None]] = {}
    for title, year in films:
        known.setdefault(folded(title), set()).add(year)

    def fits(title: str, year: int | None) -> bool:
        years = known.get(folded(title), set())
        return bool(years) and (year is None or None in years or year in years)

    return fits


def differences(here: Film, there: Film) -> list[Difference]:
    """What two records of a film state differently; what only one states is no difference."""
    found = []
    for name, words in COMPARED.items():
        a, b = getattr(here, name), getattr(there, name)
        if a and b and (sorted(map(folded, a)) != sorted(map(folded, b)) if isinstance(a, tuple) else a != b):
            found.append(Difference(words, _words(a), _words(b)))
    return found


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def completed(one: Feature, other: Feature) -> Feature:
    """A film with what another record says where it says nothing. Nothing that stands there is changed, the viewing is its own."""
    film = one.film
    values = {name: getattr(other.film, name) for name in SHARED if not getattr(film, name)}
    ids = dataclasses.replace(
        film.ids, **{name: getattr(other.film.ids, name) for name in IDS if not getattr(film.ids, name)}
    )
    credits = one.credits
    for crew in other.credits.crew:
        if not credits.people(crew.job):
            credits = credits.with_people(crew.job, crew.people)
    cast = credits.cast or other.credits.cast
    return dataclasses.replace(
        one, film=dataclasses.replace(film, ids=ids, **values), credits=dataclasses.replace(credits, cast=cast)
    )


def filled(review: Review, known: Iterable[Feature]) -> Review:
    """A review whose films are completed from those of other reviews that are the same."""
    others = list(known)

    def fill(one: Feature) -> Feature:
        for other in others:
            if (one.film.title or one.film.ids.imdb) and same(one.film, other.film):
                one = completed(one, other)
        return one

    features = [fill(one) for one in review.features]
    return review.with_features(features) if tuple(features) != review.features else review
