"""The values that make up a review, all frozen: changing one means making another.

Field names are the keys of the front matter (a trailing underscore is dropped: ``from_`` is written ``from``), so this
file is also the list of what the file format knows. An empty string, ``None`` or ``()`` means that nothing was written.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

PostDate = dt.date | dt.datetime
"""A calendar day, or a moment with an offset from UTC; as the writer typed it."""

STATUSES = ("idea", "draft", "ready", "published")
STILL_KINDS = ("frame", "trailer-frame", "publicity", "poster", "own", "other")
BASES = ("unknown", "permission", "press-terms", "licence", "quotation", "public-domain", "own")
STATES = ("not-asked", "asked", "granted", "refused", "withdrawn")
JOBS = ("director", "writer", "based_on", "composer", "cinematographer", "editor", "producer")
"""The jobs a form offers; any other key under ``credits`` is a job too."""


@dataclass(frozen=True)
class Ids:
    """Names of the film in public catalogues."""

    imdb: str = ""
    tmdb: str = ""
    letterboxd: str = ""
    wikidata: str = ""


@dataclass(frozen=True)
class Seen:
    """When and where the writer saw the film, and whether not for the first time."""

    date: dt.date | None = None
    where: str = ""
    again: bool | None = None


@dataclass(frozen=True)
class Film:
    """The thing reviewed. ``runtime`` is in minutes, `other_titles` are those under which it ran elsewhere."""

    title: str = ""
    original_title: str = ""
    year: int | None = None
    runtime: int | None = None
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    ids: Ids = Ids()
    seen: Seen = Seen()
    other_titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One value on one scale; see `reviewer.review.marks` for the scales."""

    scale: str = ""
    value: float | int | str = ""


@dataclass(frozen=True)
class Role:
    """A part in the film and who plays it, in the order of importance."""

    role: str = ""
    actors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crew:
    """A job on the film and who did it."""

    job: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Credits:
    """Who made the film. ``crew`` keeps the order in which the jobs stand in the file."""

    crew: tuple[Crew, ...] = ()
    cast: tuple[Role, ...] = ()

    def people(self, job: str) -> tuple[str, ...]:
        """The people of one job, or an empty tuple."""
        return next((credit.people for credit in self.crew if credit.job == job), ())

    def with_people(self, job: str, people: Iterable[str]) -> Credits:
        """The same credits with one job's people replaced; no people removes the job."""
        named = tuple(people)
        if any(credit.job == job for credit in self.crew):
            crew = tuple(Crew(job, named) if c.job == job else c for c in self.crew)
        else:
            crew = (*self.crew, Crew(job, named))
        return dataclasses.replace(self, crew=tuple(c for c in crew if c.people))


@dataclass(frozen=True)
class Feature:
    """One of the films that a review is about, with its own marks and credits: a double bill has two."""

    film: Film = Film()
    rating: tuple[Mark, ...] = ()
    credits: Credits = field(default_factory=Credits)


@dataclass(frozen=True)
class Source:
    """Where a still came from, so that it can be told after the source is gone: also who took it from there."""

    name: str = ""
    by: str = ""
    url: str = ""
    fetched: dt.date | None = None
    archive: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Override:
    """The writer's own word that a post may go out although the permission does not say so."""

    date: dt.date | None = None
    reason: str = ""


EVENTS = (
    "asked",
    "reminded",
    "granted",
    "refused",
    "withdrawn",
    "thanked",
    "renewal-asked",
    "reuse",
    "evidence",
    "note",
)
"""What can happen about a still's permission, as the log names it."""


@dataclass(frozen=True)
class Event:
    """Something that happened about a permission: when, what (see `EVENTS`), who, how (``mail``, ``letter``), and a note.

    `evidence` is a file beside the review, `sha256` its bytes' hash when it was put there.
    """

    date: dt.date | None = None
    what: str = ""
    who: str = ""
    how: str = ""
    note: str = ""
    evidence: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Permission:
    """Why a still may be published: basis, who, when, on what terms, where and until when, the evidence and the log."""

    basis: str = ""
    state: str = ""
    holder: str = ""
    contact: str = ""
    licence: str = ""
    asked: dt.date | None = None
    answered: dt.date | None = None
    expires: dt.date | None = None
    territory: str = ""
    terms: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    override: Override = Override()
    log: tuple[Event, ...] = ()


@dataclass(frozen=True)
class ReuseRequest:
    """Somebody asked this blog for a still, and what was answered."""

    date: dt.date | None = None
    from_: str = ""
    for_: str = ""
    answer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reuse:
    """What this blog lets others do with the still, and who asked."""

    terms: str = ""
    requests: tuple[ReuseRequest, ...] = ()


@dataclass(frozen=True)
class Crop:
    """The part of a still that exported copies show; the file itself never changes.

    The picture, upright, is turned by `angle` degrees clockwise about its middle; `left`, `top`, `width` and `height` are
    parts of its width and height, from 0 to 1, of the upright rectangle that is kept.
    """

    left: float | None = None
    top: float | None = None
    width: float | None = None
    height: float | None = None
    angle: float | None = None

    def __bool__(self) -> bool:
        return self != Crop()


@dataclass(frozen=True)
class Focus:
    """The point of a still that has to stay in sight where a theme crops it: parts of width and height, from 0 to 1."""

    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Still:
    """An image of or about the film. ``file`` is relative to the review's folder, with forward slashes."""

    file: str = ""
    lead: bool | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    kind: str = ""
    timecode: str = ""
    crop: Crop = Crop()
    focus: Focus = Focus()
    source: Source = Source()
    permission: Permission = Permission()
    reuse: Reuse = Reuse()

    @property
    def name(self) -> str:
        """The file's own name, as messages show it."""
        return self.file.rsplit("/", 1)[-1]


LIST_WAYS = ("by-hand", "in-step", "frozen")
"""How a list post is kept: its films put there one by one, those that a query finds now, or those that it found once."""
LIST_ORDERS = ("ranked", "countdown", "plain")
"""How a list post counts its films: from 1 down the page, from the last to 1, or not."""


@dataclass(frozen=True)
class FilmList:
    """What makes a post a list of films; the films themselves are headings of its text (see `reviewer.text.filmlist`).

    `kept` and `order` are words of `LIST_WAYS` and `LIST_ORDERS`; `query` and `sort` are a search of the library and its order,
    `most` the number of films that it takes.
    """

    kept: str = ""
    order: str = ""
    query: str = ""
    sort: str = ""
    most: int | None = None

    def __bool__(self) -> bool:
        return self != FilmList()


@dataclass(frozen=True)
class Review:
    """Everything a review's front matter says. The text itself is kept beside it, never in it.

    `also` are the further films of a review of several; `features` are all of them, in their order. `list_` makes a list post of
    it; one that is `archived` is left out of lists and searches that do not ask for it.
    """

    id: str = ""
    title: str = ""
    slug: str = ""
    status: str = ""
    date: PostDate | None = None
    updated: PostDate | None = None
    author: str = ""
    excerpt: str = ""
    language: str = ""
    archived: bool | None = None
    film: Film = Film()
    rating: tuple[Mark, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    credits: Credits = field(default_factory=Credits)
    also: tuple[Feature, ...] = ()
    list_: FilmList = FilmList()
    stills: tuple[Still, ...] = ()

    @property
    def features(self) -> tuple[Feature, ...]:
        """Every film that the review is about; the first has the review's own marks and credits."""
        return (Feature(self.film, self.rating, self.credits), *self.also)

    def with_features(self, features: Sequence[Feature]) -> Review:
        """The same review about these films. Raises `IndexError` where there is none."""
        first, also = features[0], tuple(features[1:])
        return dataclasses.replace(self, film=first.film, rating=first.rating, credits=first.credits, also=also)

    @property
    def lead(self) -> Still | None:
        """The post's main image: the first still marked as lead."""
        return next((still for still in self.stills if still.lead), None)

    def still(self, file: str) -> Still | None:
        """The still with that relative path, or None."""
        return next((still for still in self.stills if still.file == file), None)

    def with_still(self, changed: Still, file: str | None = None) -> Review:
        """The same review with one still replaced (named by `file`, by default the still's own path)."""
        key = changed.file if file is None else file
        return dataclasses.replace(self, stills=tuple(changed if s.file == key else s for s in self.stills))


Plain = Any
"""What YAML can say: None, bool, int, float, str, date, datetime, list, dict."""

T = TypeVar("T")


def to_plain(value: object) -> Plain:
    """A value as lists and mappings with the file's keys, without anything empty."""
    if isinstance(value, Credits):
        crew = {credit.job: list(credit.people) for credit in value.crew if credit.people}
        return crew | ({"cast": to_plain(value.cast)} if value.cast else {})
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name.rstrip("_"), to_plain(getattr(value, f.name))) for f in fields(value))
        return {key: plain for key, plain in pairs if plain not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], plain: Mapping[str, Plain]) -> T:
    """The opposite of `to_plain`. Unknown keys are left out; the types must be right (see `reviewer.text.schema`),
    but that a day may be its ISO 8601 text, as JSON has it."""
    if kind is Credits:
        crew = tuple(Crew(job, tuple(people)) for job, people in plain.items() if job != "cast" and people)
        cast = tuple(from_plain(Role, role) for role in plain.get("cast", ()))
        return Credits(crew, cast)  # type: ignore[return-value]
    known = _fields(kind)  # type: ignore[arg-type]
    return kind(**{known[key][0]: known[key][1](value) for key, value in plain.items() if key in known})


@functools.cache
def _fields(kind: type) -> dict[str, tuple[str, Callable[[Plain], Any]]]:
    """The fields of a kind of value by their keys: each with its name and with what makes it out of plain values."""
    return {name.rstrip("_"): (name, _maker(hint)) for name, hint in get_type_hints(kind).items()}


def _maker(hint: Any) -> Callable[[Plain], Any]:
    if is_dataclass(hint):
        return functools.partial(from_plain, hint)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        make = _maker(get_args(hint)[0])
        return lambda value: tuple(make(item) for item in value) if isinstance(value, list) else value
    if hint == dt.date | None:
        return lambda value: dt.date.fromisoformat(value) if isinstance(value, str) else value
    return lambda value: value
