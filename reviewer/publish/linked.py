"""What a post is and whose its pictures are, as JSON-LD for search engines: schema.org's Review, Movie and ImageObject.

The properties are those that Google's “Image metadata” reads: creditText, copyrightNotice, license, acquireLicensePage.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from reviewer.publish.entries import Entry
from reviewer.review.licences import licence
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Feature, Mark, Plain, Review, Still
from reviewer.text import mentions


def rights(still: Still) -> dict[str, str]:
    """What may be said in public of a still's rights: copyright notice, licence, and where one asks for a licence."""
    permission = still.permission
    found = licence(permission.licence) if permission.basis == "licence" else None
    holder = permission.holder or still.credit
    public = permission.basis == "public-domain" or (found is not None and not found.names)
    page = {"press-terms": still.source.url, "own": still.reuse.terms}.get(permission.basis, "")
    made = {
        "copyright": f"© {holder}"
        if holder and not public and not holder.startswith("©")
        else ""
        if public
        else holder,
        "license": found.url if found else "",
        "acquire": page if re.match(r"https?://", page) else "",
    }
    return {name: value for name, value in made.items() if value}


def image(still: Still, address: str) -> dict[str, Plain]:
    """A published picture as an ImageObject. `still` has the caption and credit that the post prints."""
    said = rights(still)
    made: dict[str, Plain] = {
        "@type": "ImageObject",
        "contentUrl": address,
        "caption": still.caption or still.alt,
        "creditText": still.credit or still.permission.holder,
        "copyrightNotice": said.get("copyright", ""),
        "license": said.get("license", ""),
        "acquireLicensePage": said.get("acquire", ""),
    }
    return {name: value for name, value in made.items() if value}


def review(written: Review, entry: Entry, scales: Scales = BUILT_IN) -> dict[str, Plain]:
    """A post as a Review of a Movie (schema.org). A letter grade is rated by its place in the table of common values."""
    first = next((mark for mark in written.rating if isinstance(mark.value, (int, float))), None)
    mark = first or next(iter(written.rating), None)
    movies = [_movie(written, one) for one in written.features]
    made: dict[str, Plain] = {
        "@type": "Review",
        "name": written.title,
        "datePublished": entry.date,
        "dateModified": entry.updated,
        "inLanguage": written.language,
        "author": _person(written.author) if written.author else {},
        "description": entry.excerpt,
        "itemReviewed": movies if written.also else movies[0],
        "reviewRating": _rating(mark, scales) if mark else {},
    }
    return {key: value for key, value in made.items() if value}


def film_list(written: Review, entry: Entry, films: Sequence[tuple[str, str]]) -> dict[str, Plain]:
    """A list post as an ItemList of Movies (schema.org), from the best on; `films` are names as the text has them, and addresses.

    Addresses that only the generator can resolve are left out: inside a script they would stay as they are.
    """
    order = written.list_.order
    ranked = list(films)[::-1] if order == "countdown" else list(films)
    rows: list[Plain] = []
    for place, (name, address) in enumerate(ranked, 1):
        title, year = mentions.film(name)
        movie: dict[str, Plain] = {"@type": "Movie", "name": title, "dateCreated": str(year or "")}
        row: dict[str, Plain] = {
            "@type": "ListItem",
            "position": place,
            "url": address if re.fullmatch(r"(?:https?://)?[\w./~-]+", address) else "",
            "item": {key: value for key, value in movie.items() if value},
        }
        rows.append({key: value for key, value in row.items() if value})
    made: dict[str, Plain] = {
        "@type": "ItemList",
        "name": written.title,
        "description": entry.excerpt,
        "itemListOrder": "https://schema.org/ItemListUnordered"
        if order == "plain"
        else "https://schema.org/ItemListOrderAscending",
        "numberOfItems": len(rows),
        "itemListElement": rows,
    }
    return {key: value for key, value in made.items() if value}


def _movie(written: Review, feature: Feature) -> dict[str, Plain]:
    film = feature.film
    movie: dict[str, Plain] = {
        "@type": "Movie",
        "name": film.title or written.title,
        "alternateName": film.original_title if film.original_title != film.title else "",
        "dateCreated": str(film.year or ""),
        "duration": f"PT{film.runtime}M" if film.runtime else "",
        "director": [_person(name) for name in feature.credits.people("director")],
        "actor": [_person(name) for role in feature.credits.cast for name in role.actors],
        "sameAs": f"https://www.imdb.com/title/{film.ids.imdb}/" if film.ids.imdb else "",
    }
    return {key: value for key, value in movie.items() if value}


def _person(name: str) -> dict[str, Plain]:
    return {"@type": "Person", "name": name}


def _rating(mark: Mark, scales: Scales) -> dict[str, Plain]:
    """A mark with the ends of its scale: without them 1 to 5 would be understood (schema.org, Rating)."""
    scale = scales.get(mark.scale)
    if scale is None or scales.fault(mark):
        return {}
    if scale.numeric:
        return {"@type": "Rating", "ratingValue": mark.value, "bestRating": scale.best, "worstRating": scale.worst}
    return {
        "@type": "Rating",
        "alternateName": scales.text(mark),
        "ratingValue": scales.worth(mark),
        "bestRating": 100,
        "worstRating": 0,
    }


def script(things: Sequence[Mapping[str, Plain]]) -> str:
    """A script element that holds JSON-LD: nothing inside ends the element, and no text means anything to a template.

    An address may be a template's own expression; it is the only text in which braces stay.
    """
    lines = ['{"@context": "https://schema.org", "@graph": [']
    for place, thing in enumerate(things):
        rows = (f"{json.dumps(key)}: {_text(value, key == 'contentUrl')}" for key, value in thing.items())
        lines.append(" { " + ",\n   ".join(rows) + " }" + ("," if place < len(things) - 1 else ""))
    return '<script type="application/ld+json">\n' + "\n".join([*lines, "] }"]) + "\n</script>"


def _text(value: Plain, expression: bool) -> str:
    """A value as JSON; its own braces never touch, so that no template engine takes two of them for its own."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)}: {_text(inner, expression)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_text(inner, expression) for inner in value) + "]"
    signs = r"[<>&\u2028\u2029]" if expression else r"[<>&{}%\u2028\u2029]"
    return re.sub(signs, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
