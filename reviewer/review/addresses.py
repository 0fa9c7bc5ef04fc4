"""Film numbers in the addresses of the sites that count films."""

from __future__ import annotations

import re

_PATTERNS = {
    "imdb": re.compile(
        r"(?:https?://)?(?:www\.|m\.)?imdb\.com/(?:[a-z]{2}(?:-[a-z]{2})?/)?title/(tt\d{7,10})(?:[/?#]\S*)?", re.I
    ),
    "letterboxd": re.compile(r"(?:https?://)?(?:www\.)?letterboxd\.com/film/([a-z0-9-]{1,100})(?:[/?#]\S*)?", re.I),
    "tmdb": re.compile(r"(?:https?://)?(?:www\.)?themoviedb\.org/movie/(\d{1,9})(?:[-/?#]\S*)?", re.I),
    "wikidata": re.compile(r"(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d{1,10})(?:[/?#]\S*)?", re.I),
}
NAMES = {"imdb": "IMDb", "letterboxd": "Letterboxd", "tmdb": "TMDb", "wikidata": "Wikidata"}


def film_id(address: str) -> tuple[str, str] | None:
    """The site and the film's number there: ``("imdb", "tt1334260")``; None for any other text."""
    for site, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(address.strip()):
            return site, found[1]
    return None
