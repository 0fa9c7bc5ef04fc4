"""What a blog knows of each of its posts: enough to link to it, to list it, and to see that it moved."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

from reviewer.review.values import PostDate, Review
from reviewer.text.mentions import film_name


@dataclass(frozen=True)
class Entry:
    """A post of a blog. `review` is its review's name in receipts and `source` its file; `post` is the post's path in the blog,
    `slug` and `date` what its address is made of. Dates are in ISO 8601; `excerpt` is plain text; `picture` is the path of
    the copy of its lead still; `films` are the films that its text names, as ``Title (Year)``, and `links` the reviews to whose posts it
    links; `also` are the further films that it is about, as ``Title (Year)``."""

    review: str = ""
    source: str = ""
    post: str = ""
    slug: str = ""
    date: str = ""
    updated: str = ""
    title: str = ""
    film: str = ""
    year: str = ""
    author: str = ""
    excerpt: str = ""
    marks: str = ""
    language: str = ""
    picture: str = ""
    films: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The films that the post is about: titles without regard to case, and years."""
        further = (
            (title or year, year.rstrip(")") if title else "")
            for title, _, year in (n.rpartition(" (") for n in self.also)
        )
        return tuple((title.casefold(), year) for title, year in ((self.film, self.year), *further))

    @property
    def when(self) -> PostDate:
        """The post's date. Raises `ValueError` where it has none."""
        return dt.datetime.fromisoformat(self.date) if "T" in self.date else dt.date.fromisoformat(self.date)

    @property
    def day(self) -> dt.date:
        """The author's calendar day. Raises `ValueError` where there is none."""
        return dt.date.fromisoformat(self.date[:10])


def describe(review: Review, name: str, source: Path, post: str, slug: str, words: Entry) -> Entry:
    """A review as a blog's entry. `words` gives excerpt, marks, picture and the films it names."""
    return Entry(
        name, str(source), post, slug, _iso(review.date), _iso(review.updated), review.title, review.film.title or review.title,
        str(review.film.year or ""), review.author, words.excerpt, words.marks, review.language, words.picture, words.films, review.categories,
        also=tuple(film_name(one.film.title, one.film.year) for one in review.also if one.film.title),
    )  # fmt: skip


def _iso(date: PostDate | None) -> str:
    return date.isoformat() if date else ""


LISTS = ("films", "categories", "links", "also")


def from_json(found: object) -> Entry | None:
    """An entry as receipts keep it; None for anything else."""
    if not isinstance(found, dict) or not found.get("post"):
        return None
    words = {one.name: str(found.get(one.name, "")) for one in fields(Entry) if one.name not in LISTS}
    lists = {name: tuple(map(str, value)) for name in LISTS if isinstance(value := found.get(name), list)}
    entry = Entry(**words, **lists)  # type: ignore[arg-type]
    try:
        _ = entry.when
    except ValueError:
        return None
    return entry


@dataclass
class Neighbours:
    """The posts of a blog, to be found by the file of their review or by their film."""

    _by_review: dict[str, Entry] = field(default_factory=dict)
    _by_source: dict[str, Entry] = field(default_factory=dict)
    _by_film: dict[tuple[str, str], Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Neighbours:
        made = cls()
        for entry in entries:
            made.add(entry)
        return made

    def add(self, entry: Entry) -> None:
        """Take a post in; an older one of the same review is forgotten."""
        if (before := self._by_review.get(entry.review)) is not None:
            self._drop(before)
        self._by_review[entry.review] = entry
        self._by_source[_real(entry.source)] = entry
        for name in entry.names:
            self._by_film[name] = entry

    def forget(self, review: str) -> None:
        """Take a review's post out."""
        if (before := self._by_review.pop(review, None)) is not None:
            self._drop(before)

    def _drop(self, entry: Entry) -> None:
        self._by_source.pop(_real(entry.source), None)
        for name in entry.names:
            self._by_film.pop(name, None)

    def review(self, name: str) -> Entry | None:
        """The post of the review with that name in receipts."""
        return self._by_review.get(name)

    def at(self, path: Path) -> Entry | None:
        """The post of the review with that file, or in that folder."""
        real = _real(str(path))
        return self._by_source.get(real) or self._by_source.get(os.path.join(real, "review.md"))

    def film(self, title: str, year: str) -> Entry | None:
        """The post on that film."""
        return self._by_film.get((title.casefold(), year))

    def naming(self, film: str) -> list[Entry]:
        """The posts whose text names a film (``Title (Year)``), the newest first."""
        found = [entry for entry in self._by_review.values() if film.casefold() in map(str.casefold, entry.films)]
        return sorted(found, key=lambda entry: (entry.date, entry.title), reverse=True)

    def linking(self, review: str) -> list[Entry]:
        """The posts that link to a review's post."""
        return [entry for entry in self.all() if review in entry.links and entry.review != review]

    def all(self) -> list[Entry]:
        """All posts, the newest first."""
        return sorted(self._by_review.values(), key=lambda entry: (entry.date, entry.title), reverse=True)


def _real(path: str) -> str:
    return os.path.realpath(path)
