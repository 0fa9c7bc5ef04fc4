"""The front matter of a post: the fields of a review under the names and in the forms that a blog wants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reviewer.publish import linked
from reviewer.publish.body import Shown, rating
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import FIELDS, BlogSettings, Profile
from reviewer.publish.site import Site
from reviewer.review.values import Feature, Plain, Review, to_plain

FACTS = ("director", "directors", "film_title", "original_title", "year", "runtime", "countries", "languages", "genres",
         "actors", "seen", "lead", "lead_alt", "lead_caption", "marks", "stars", "imdb", "tmdb", "letterboxd", "language")  # fmt: skip
"""Further fields, which a post only has where the blog's settings give them a name."""
FORMS = ("text", "number", "one", "list")
"""How a value may be written: as a text, as a number, the first of a list alone, or as a list."""
TAGS_FROM = ("director", "year", "decade", "country", "genre")
"""What of a film may stand among the tags."""


def make(
    review: Review, entry: Entry, profile: Profile, site: Site, settings: BlogSettings, shown: Sequence[Shown],
    was: Sequence[str] = (),
) -> dict[str, Plain]:  # fmt: skip
    """The front matter as plain data, in the order in which it is written; what is empty is left out.

    `was` are the addresses that the post had before. A name with dots (``movie.score``) makes a nested key.
    """
    values = _values(review, entry, profile, site, settings, shown)
    front: dict[str, Plain] = {}
    for name in (*FIELDS, *FACTS):
        key = settings.fields.get(name, "" if name in FACTS else profile.keys.get(name, name))
        if key and values.get(name) not in (None, "", [], {}):
            put(front, key, in_form(values[name], settings.forms.get(name, "")))
    if profile.slug_key:
        front[profile.slug_key] = entry.slug
    elif review.slug and "slug" not in profile.reserved:
        front["slug"] = review.slug
    if was and (key := profile.aliases(site)):
        front[key] = list(was)
    front = profile.shape(site, front)
    for key, value in {**profile.constants, **settings.constants}.items():
        if key and key not in front:
            put(front, key, constant(value))
    return front


def put(front: dict[str, Plain], key: str, value: Plain) -> None:
    """Set a key, one in another where it has dots; what stands there already as a plain value stays."""
    *outer, last = key.split(".")
    place: Plain = front
    for part in outer:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            return
    place.setdefault(last, value)


def in_form(value: Plain, form: str) -> Plain:
    """A value as the blog wants it; one that cannot be brought into the form stays as it is."""
    if form == "list":
        return value if isinstance(value, list) else [value]
    if form == "one":
        return value[0] if isinstance(value, list) and value else value
    if form == "text" and isinstance(value, (int, float)):
        return f"{value:g}"
    if form == "text" and isinstance(value, list):
        return ", ".join(map(str, value))
    if form == "number" and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value


def constant(text: str) -> Plain:
    """What a constant of the settings means: ``true``, ``false``, a number, else a text; quotes make a text of any."""
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        return float(text) if "." in text else int(text)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _values(
    review: Review, entry: Entry, profile: Profile, site: Site, settings: BlogSettings, shown: Sequence[Shown]
) -> dict[str, Plain]:
    first = next((mark for mark in review.rating if isinstance(mark.value, (int, float))), None)
    grade = next((mark for mark in review.rating if mark.scale == "letters"), None)
    film = to_plain(review.film)
    film.pop("seen", None)
    scale = settings.scales.get(first.scale) if first else None
    directors = list(review.credits.people("director"))
    lead = next((one for one in shown if one.still.lead), None)
    return {
        "title": review.title,
        "date": profile.date(site, review.date) if review.date else None,
        "updated": profile.date(site, review.updated) if review.updated else None,
        "author": review.author,
        "excerpt": review.excerpt or ((entry.excerpt or review.title) if profile.needs_excerpt else ""),
        "categories": list(review.categories),
        "tags": list(dict.fromkeys([*review.tags, *_facts_as_tags(review, settings.tags_from)])),
        "film": film,
        "credits": to_plain(review.credits),
        "also": [_further(one) for one in review.also],
        "rating": first.value if first else None,
        "rating_scale": scale.best if scale else None,
        "grade": grade.value if grade else None,
        "stills": [_still(one) for one in shown],
        "director": " and ".join(directors),
        "directors": directors,
        "film_title": review.film.title,
        "original_title": review.film.original_title,
        "year": review.film.year,
        "runtime": review.film.runtime,
        "countries": list(review.film.countries),
        "languages": list(review.film.languages),
        "genres": list(review.film.genres),
        "actors": [actor for role in review.credits.cast for actor in role.actors],
        "seen": review.film.seen.date,
        "lead": lead.image.src if lead else "",
        "lead_alt": lead.still.alt if lead else "",
        "lead_caption": " ".join(part for part in (lead.still.caption, lead.still.credit) if part) if lead else "",
        "marks": rating(review, settings.rating, settings.scales),
        "stars": rating(review, "{stars}", settings.scales),
        "imdb": review.film.ids.imdb,
        "tmdb": review.film.ids.tmdb,
        "letterboxd": review.film.ids.letterboxd,
        "language": review.language,
    }


def _further(one: Feature) -> dict[str, Plain]:
    """A further film of the review in one flat group, as a theme's loop wants it."""
    first = next((mark for mark in one.rating if isinstance(mark.value, (int, float))), None)
    made: dict[str, Plain] = {
        "title": one.film.title,
        "original_title": one.film.original_title,
        "year": one.film.year,
        "runtime": one.film.runtime,
        "director": " and ".join(one.credits.people("director")),
        "rating": first.value if first else None,
        "imdb": one.film.ids.imdb,
    }
    return {key: value for key, value in made.items() if value not in (None, "")}


def _still(one: Shown) -> dict[str, Plain]:
    row = (one.image.src, one.still.alt, one.still.caption, one.still.credit)
    named: Mapping[str, str] = dict(zip(("src", "alt", "caption", "credit"), row, strict=True))
    return {key: value for key, value in named.items() if value} | linked.rights(one.still)


def _facts_as_tags(review: Review, wanted: Sequence[str]) -> list[str]:
    films = [one.film for one in review.features]
    years = [film.year for film in films if film.year]
    facts: dict[str, Sequence[str]] = {
        "director": [name for one in review.features for name in one.credits.people("director")],
        "year": [str(year) for year in years],
        "decade": [f"{year // 10 * 10}s" for year in years],
        "country": [term for film in films for term in film.countries],
        "genre": [term for film in films for term in film.genres],
    }
    return [fact for name in wanted for fact in facts.get(name, ())]
