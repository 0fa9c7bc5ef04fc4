"""Facts about films from files that the writer owns: what each kind of file says, and what of it a review does not say yet.

Kodi's ``.nfo`` (kodi.wiki/view/NFO_files/Movies), saved answers of TMDb (developer.themoviedb.org/reference/movie-details, with
``append_to_response=credits``) and OMDb (omdbapi.com), and Wikidata's entity JSON (wikidata.org/wiki/Special:EntityData). IMDb's
tables are read by `reviewer.interop.catalogue`. Nothing is fetched, and what cannot be understood is left out.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from reviewer.review.folding import folded
from reviewer.review.values import JOBS, Credits, Crew, Film, Ids, Review, Role

MOST = 20_000_000
"""Bytes of a file that is read for facts."""
FEW = 8
"""Other titles that are taken where nothing stands; of more the writer chooses."""
SOURCES = {
    "imdb": "IMDb’s non-commercial data sets: for personal and non-commercial use. Information courtesy of IMDb (imdb.com), used with permission.",
    "kodi": "Kodi’s .nfo files: written by your own media centre, mostly from TMDb, whose terms go with them.",
    "tmdb": "TMDb: for non-commercial use, with a word of thanks. This product uses TMDb’s data but is not endorsed or certified by TMDb.",
    "omdb": "OMDb: licensed CC BY-NC 4.0.",
    "wikidata": "Wikidata: CC0, free for any use.",
    "letterboxd": "Letterboxd: your own export, with the films that you logged.",
}
"""Where facts come from, and on what terms; shown once before the first use of each."""


@dataclass(frozen=True)
class Facts:
    """What a source says about a film. `titles` are all its titles, `source` is a key of `SOURCES`."""

    film: Film = Film()
    credits: Credits = Credits()
    titles: tuple[str, ...] = ()
    source: str = ""


class NoFacts(ValueError):
    """A file that says nothing about a film; the message names what is expected."""


def read(name: str, data: bytes) -> list[Facts]:
    """The films that a file tells of, by its name and its content. Raises `NoFacts`."""
    if name.casefold().endswith(".zip"):
        return from_letterboxd(data)
    text = data.decode("utf-8-sig", "replace")
    if name.casefold().endswith(".nfo"):
        return [from_nfo(text)]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoFacts(f"{name} is no JSON: {error}") from None
    rows = found if isinstance(found, list) else [found]
    made = [facts for row in rows if isinstance(row, dict) for facts in _of_json(row)]
    if not made:
        raise NoFacts(f"{name} tells of no film. An answer of TMDb or OMDb, or an entity of Wikidata is expected.")
    return made


def _of_json(found: Mapping[str, Any]) -> list[Facts]:
    if isinstance(found.get("entities"), dict):
        return [from_wikidata(one) for one in found["entities"].values() if isinstance(one, dict) and "claims" in one]
    if isinstance(found.get("results"), list):
        return [from_tmdb(one) for one in found["results"] if isinstance(one, dict) and "title" in one]
    if "imdbID" in found and "Title" in found:
        return [from_omdb(found)]
    return [from_tmdb(found)] if "title" in found and ("original_title" in found or "release_date" in found) else []


# one kind of file each

LETTERBOXD = ("watched.csv", "ratings.csv", "watchlist.csv")
"""Files of Letterboxd's export whose addresses are those of films, not of diary entries."""


def from_letterboxd(data: bytes) -> list[Facts]:
    """The films of a Letterboxd export with their addresses there. Raises `NoFacts` for any other zip.

    What was deleted is left out, and ``profile.csv``, which holds an address, is not opened.
    """
    made: dict[tuple[str, str], Facts] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                *folders, name = member.filename.split("/")
                if name in LETTERBOXD and "deleted" not in folders and member.file_size <= MOST:
                    rows = csv.DictReader(io.StringIO(archive.read(member).decode("utf-8-sig", "replace"), newline=""))
                    for row in rows:
                        title, year = _text(row.get("Name")), _text(row.get("Year"))
                        film = Film(title, year=_year(year), ids=Ids(letterboxd=_text(row.get("Letterboxd URI"))))
                        if title:
                            made.setdefault((title, year), Facts(film, titles=(title,), source="letterboxd"))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, csv.Error) as error:
        raise NoFacts(f"The zip cannot be read: {error}") from None
    if not made:
        raise NoFacts(f"The zip holds none of {', '.join(LETTERBOXD)}; Letterboxd’s export is expected.")
    return list(made.values())


_TAG = re.compile(r"<(?P<name>[a-z]+)(?P<attributes>\s[^<>]{0,300})?>(?P<text>[^<]{0,4000})</(?P=name)>", re.I)
_ACTOR = re.compile(r"<actor>(.{0,4000}?)</actor>", re.I | re.S)


def from_nfo(text: str) -> Facts:
    """A film from Kodi's ``.nfo``, whose tags are read one by one: no entity is expanded, no reference followed."""
    if "<movie" not in text.casefold():
        raise NoFacts("It has no <movie>; a .nfo of Kodi is expected.")
    actors = [dict(_tags(one)) for one in _ACTOR.findall(text)]
    rest = _ACTOR.sub("", text)
    tags: dict[str, list[str]] = {}
    ids = Ids()
    for found in _TAG.finditer(rest):
        name, value = found["name"].casefold(), _clean(unescape(found["text"]))
        tags.setdefault(name, []).append(value)
        kind = re.search(r"type=[\"'](\w+)", found["attributes"] or "")
        if name == "uniqueid" and kind is not None and kind[1] in ("imdb", "tmdb"):
            ids = dataclasses.replace(ids, **{kind[1]: value})

    def first(name: str) -> str:
        return next((value for value in tags.get(name, []) if value), "")

    if not ids.imdb and re.fullmatch(r"tt\d+", first("id")):
        ids = dataclasses.replace(ids, imdb=first("id"))
    film = Film(
        first("title"), first("originaltitle"), _year(first("year") or first("premiered")), _number(first("runtime")),
        _each(tags.get("country", [])), (), _each(tags.get("genre", [])), ids,
    )  # fmt: skip
    crew = {"director": _each(tags.get("director", [])), "writer": _each(tags.get("credits", []))}
    cast = [(one.get("role", ""), one.get("name", "")) for one in actors]
    return _facts("kodi", film, crew, cast)


def _tags(text: str) -> Iterable[tuple[str, str]]:
    return ((found["name"].casefold(), _clean(unescape(found["text"]))) for found in _TAG.finditer(text))


def from_tmdb(found: Mapping[str, Any]) -> Facts:
    """A film from TMDb's answer; with its credits, where they were asked for too."""

    def listed(name: str, key: str) -> tuple[str, ...]:
        return _each(one.get(key) for one in _rows(found.get(name)))

    ids = Ids(imdb=_text(found.get("imdb_id")), tmdb=_text(found.get("id")))
    film = Film(
        _text(found.get("title")), _text(found.get("original_title")), _year(_text(found.get("release_date"))),
        _number(_text(found.get("runtime"))), listed("production_countries", "name"), listed("spoken_languages", "iso_639_1"),
        listed("genres", "name"), ids,
    )  # fmt: skip
    credits = _group(found.get("credits"))
    jobs = {"Director": "director", "Screenplay": "writer", "Writer": "writer", "Original Music Composer": "composer",
            "Director of Photography": "cinematographer", "Editor": "editor", "Producer": "producer", "Novel": "based_on"}  # fmt: skip
    crew: dict[str, list[str]] = {}
    for one in _rows(credits.get("crew")):
        if (job := jobs.get(_text(one.get("job")))) is not None:
            crew.setdefault(job, []).append(_text(one.get("name")))
    cast = [(_text(one.get("character")), _text(one.get("name"))) for one in _rows(credits.get("cast"))]
    titles = _rows(_group(found.get("alternative_titles")).get("titles"))
    return _facts("tmdb", film, crew, cast, _each(one.get("title") for one in titles))


def from_omdb(found: Mapping[str, Any]) -> Facts:
    """A film from OMDb's answer, whose lists are texts with commas and whose ``N/A`` is nothing."""

    def value(name: str) -> str:
        return "" if found.get(name) == "N/A" else _text(found.get(name))

    def listed(name: str) -> tuple[str, ...]:
        return _each(value(name).split(","))

    film = Film(
        value("Title"), "", _year(value("Year")), _number(value("Runtime")), listed("Country"), (), listed("Genre"),
        Ids(imdb=value("imdbID")),
    )  # fmt: skip
    writers = _each(re.sub(r"\s*\([^)]{0,80}\)", "", name) for name in listed("Writer"))
    return _facts(
        "omdb", film, {"director": listed("Director"), "writer": writers}, [("", name) for name in listed("Actors")]
    )


def from_wikidata(found: Mapping[str, Any]) -> Facts:
    """A film from Wikidata's entity. People and countries are entities of their own there, so only what is named in it is taken:
    titles in all languages, year, running time and identifiers (P345 IMDb, P4947 TMDb, P6127 Letterboxd)."""
    claims = _group(found.get("claims"))
    labels = _group(found.get("labels"))
    titles = {language: _text(one.get("value")) for language, one in labels.items() if isinstance(one, dict)}
    original = next((_text(one.get("text")) for one in _values(claims, "P1476") if isinstance(one, dict)), "")
    dates = sorted(
        _year(_text(one.get("time")).lstrip("+")) or 9999 for one in _values(claims, "P577") if isinstance(one, dict)
    )
    length = next(
        (_text(one.get("amount")).lstrip("+") for one in _values(claims, "P2047") if isinstance(one, dict)), ""
    )

    def name(key: str) -> str:
        return next((_text(one) for one in _values(claims, key) if isinstance(one, str)), "")

    title = titles.get("en") or next(iter(titles.values()), original)
    ids = Ids(name("P345"), name("P4947"), name("P6127"), _text(found.get("id")))
    film = Film(title, original, dates[0] if dates and dates[0] < 9999 else None, _number(length), ids=ids)
    return _facts("wikidata", film, {}, [], _each(titles.values()))


def _values(claims: Mapping[str, Any], key: str) -> list[Any]:
    found = []
    for claim in _rows(claims.get(key)):
        snak = _group(claim.get("mainsnak"))
        value = _group(snak.get("datavalue"))
        found.append(value.get("value"))
    return found


def _facts(
    source: str,
    film: Film,
    crew: Mapping[str, Sequence[str]],
    cast: Sequence[tuple[str, str]],
    titles: Iterable[str] = (),
) -> Facts:
    """Facts with everything once, an original title only where it differs, jobs in the order of the form."""
    if not film.title:
        raise NoFacts("It has no title.")
    if film.original_title == film.title:
        film = dataclasses.replace(film, original_title="")
    jobs = tuple(Crew(job, _each(crew[job])) for job in JOBS if _each(crew.get(job, ())))
    roles = tuple(Role(role, (name,)) for role, name in cast if name)
    return Facts(film, Credits(jobs, roles), _each((film.title, film.original_title, *titles)), source)


def _clean(value: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", value).split())


def _text(value: object) -> str:
    return _clean(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _each(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := _text(value))))


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _group(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _year(value: str) -> int | None:
    found = re.match(r"\D{0,2}(\d{4})", value)
    return int(found[1]) if found and 1870 <= int(found[1]) <= 2200 else None


def _number(value: str) -> int | None:
    found = re.match(r"\d{1,6}", value)
    return int(found[0]) or None if found else None


# what a review does not say yet


@dataclass(frozen=True)
class Offer:
    """A field of the film that facts would fill or change: its name and label, what stands there, what would, and whether nothing
    stands there yet, so that nothing of the writer's goes."""

    name: str
    label: str
    now: str
    then: str
    empty: bool
    apply: Callable[[Review], Review]


_FILM = (("title", "Title"), ("original_title", "Original title"), ("year", "Year"), ("runtime", "Running time"),
         ("countries", "Countries"), ("languages", "Languages"), ("genres", "Genres"))  # fmt: skip
_IDS = (("imdb", "IMDb"), ("tmdb", "TMDb"), ("letterboxd", "Letterboxd"), ("wikidata", "Wikidata"))


def offers(review: Review, facts: Facts) -> list[Offer]:
    """What facts say otherwise than a review, field by field; what they do not say, or say alike, is not among it."""
    found = [
        Offer(f"film.{name}", label, _words(now), _words(then), not now, _film_setter(name, then))
        for name, label in _FILM
        if (then := getattr(facts.film, name)) and (now := getattr(review.film, name)) != then
    ]
    found += _other_titles(review.film, facts)
    found += [
        Offer(f"film.ids.{name}", label, now, then, not now, _id_setter(name, then))
        for name, label in _IDS
        if (then := getattr(facts.film.ids, name)) and (now := getattr(review.film.ids, name)) != then
    ]
    for crew in facts.credits.crew:
        people = review.credits.people(crew.job)
        if people != crew.people:
            label = crew.job.replace("_", " ").capitalize()
            found.append(
                Offer(f"credits.{crew.job}", label, _words(people), _words(crew.people), not people, _crew_setter(crew))
            )
    new = with_cast(review.credits.cast, facts.credits.cast)
    if new != review.credits.cast:
        now, then = (", ".join(_role(role) for role in cast) for cast in (review.credits.cast, new))
        found.append(Offer("credits.cast", "Cast", now, then, not review.credits.cast, _cast_setter(new)))
    return found


def _other_titles(film: Film, facts: Facts) -> list[Offer]:
    """The titles under which the film ran elsewhere, beside those that are there. Dozens of them are not taken unasked."""
    main = {folded(title) for title in (film.title, film.original_title, facts.film.title, facts.film.original_title)}
    known = {folded(title): title for title in (*film.other_titles, *facts.film.other_titles, *facts.titles)}
    then = tuple(title for plain, title in known.items() if title and plain not in main)
    if set(then) <= set(film.other_titles):
        return []
    few = not film.other_titles and len(then) <= FEW
    return [
        Offer(
            "film.other_titles",
            "Other titles",
            " / ".join(film.other_titles),
            " / ".join(then),
            few,
            _film_setter("other_titles", then),
        )
    ]


def with_cast(own: tuple[Role, ...], other: tuple[Role, ...]) -> tuple[Role, ...]:
    """The writer's cast with those added whom she does not name yet; who is there stays as it is, small parts too."""
    known = {actor.casefold() for role in own for actor in role.actors}
    return (*own, *(role for role in other if not any(actor.casefold() in known for actor in role.actors)))


def _role(role: Role) -> str:
    actors = " and ".join(role.actors)
    return f"{actors} as {role.role}" if role.role and actors else actors or role.role


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def _film_setter(name: str, then: object) -> Callable[[Review], Review]:
    return lambda review: dataclasses.replace(review, film=dataclasses.replace(review.film, **{name: then}))  # type: ignore[arg-type]


def _id_setter(name: str, then: str) -> Callable[[Review], Review]:
    def apply(review: Review) -> Review:
        ids = dataclasses.replace(review.film.ids, **{name: then})
        return dataclasses.replace(review, film=dataclasses.replace(review.film, ids=ids))

    return apply


def _crew_setter(crew: Crew) -> Callable[[Review], Review]:
    return lambda review: dataclasses.replace(review, credits=review.credits.with_people(crew.job, crew.people))


def _cast_setter(cast: tuple[Role, ...]) -> Callable[[Review], Review]:
    return lambda review: dataclasses.replace(review, credits=dataclasses.replace(review.credits, cast=cast))
