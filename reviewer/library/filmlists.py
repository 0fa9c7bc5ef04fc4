"""List posts of a library: the films that a search finds as items, new list posts, and those that are kept in step."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.batch import Change, Left
from reviewer.library.files import read_regular
from reviewer.library.history import History
from reviewer.library.index import Index
from reviewer.library.reviews import CannotRead, Opened, create, open_review, save_review
from reviewer.library.searching import search
from reviewer.review.marks import Scales
from reviewer.review.query import Query, parse
from reviewer.review.values import Event, FilmList, Permission, Review, Still
from reviewer.stills.formats import Refused
from reviewer.stills.intake import MOST_EVIDENCE, put_evidence, read_picture, take_in
from reviewer.text.filmlist import Item, Listing, brought_in_step, new_item, put_together, rewritten, take_apart
from reviewer.text.mentions import film
from reviewer.text.patch import CannotPatch

USUAL_ORDER = "mark"
"""How a list is sorted that does not say: the best first."""


class BadSearch(ValueError):
    """A list's search that cannot be understood; the message says what and why."""


@dataclass(frozen=True)
class Candidate:
    """A film for a list: the item that it makes, the review that it comes from, and that review's lead still."""

    item: Item
    review: Path | None = None
    still: Still | None = None


@dataclass(frozen=True)
class Step:
    """What bringing one list in step would do: its text then, and the films that come and go."""

    text: str
    came: tuple[Item, ...] = ()
    went: tuple[Item, ...] = ()


def query_of(asked: FilmList, scales: Scales, today: dt.date) -> Query:
    """A list's search. Raises `BadSearch`."""
    query = parse(asked.query, scales, today)
    if query.faults:
        fault = query.faults[0]
        raise BadSearch(f"“{asked.query[fault.start : fault.end]}” in the list’s search: {fault.message}")
    return query


def candidates(index: Index, asked: FilmList, today: dt.date, but: Path | None = None) -> list[Candidate]:
    """The films that a list's search finds, the first first, each once; other list posts are none.

    Raises `BadSearch`, `ValueError` for an order that is none, and `sqlite3.Error`.
    """
    paths = search(index, query_of(asked, index.scales, today), asked.sort or USUAL_ORDER).paths
    found: dict[tuple[str, int | None], Candidate] = {}
    for path in paths:
        if asked.most and len(found) >= asked.most:
            break
        if path != but:
            for one in of_review(path, index.scales):
                if one.item.title:
                    found.setdefault(one.item.key, one)
    return list(found.values())[: asked.most]


def of_review(path: Path, scales: Scales) -> list[Candidate]:
    """The films of one review; none where it cannot be read or is a list itself."""
    try:
        review = open_review(path).reading.review
    except CannotRead:
        return []
    if review.list_:
        return []
    lead = review.lead
    return [
        Candidate(
            new_item(one.film.title or (review.title if not place else ""), one.film.year, scales.line(one.rating), review.excerpt if not place else ""),
            path,
            lead if not place else None,
        )
        for place, one in enumerate(review.features)
    ]  # fmt: skip


def named(index: Index, names: Iterable[str]) -> list[Candidate]:
    """Films by their names, ``Gattaca (1997)``: those of reviews with what these say, any other as it is."""
    made = []
    for name in names:
        title, year = film(name)
        rows = index.select(
            "SELECT path FROM reviews r WHERE r.id IN (SELECT review FROM films WHERE title = ? AND (? IS NULL OR year = ?)) "
            "ORDER BY r.date DESC",
            [Item(title).key[0], year, year],
        )
        there = [one for (path,) in rows for one in of_review(index.path(path), index.scales)]
        wanted = next((one for one in there if one.item.key == (Item(title).key[0], year or one.item.year)), None)
        made.append(wanted or Candidate(Item(title, year)))
    return made


def in_order(items: Iterable[Item], order: str) -> tuple[Item, ...]:
    """Films as they stand in the text, from the best first: a countdown begins with the last."""
    rows = tuple(items)
    return rows[::-1] if order == "countdown" else rows


def make(
    library: Path,
    review: Review,
    films: Sequence[Candidate],
    intro: str = "",
    with_stills: bool = False,
    *,
    history: History,
) -> Opened:
    """Put a new list post into a library, with copies of the reviews' lead stills where they are wanted. Raises `OSError`."""
    was = create(library, review, history=history)
    stills: list[Still] = []
    items: list[Item] = []
    for one in films:
        item, still = carried(one, was.folder) if with_stills else (one.item, None)
        items.append(item)
        stills += [still] if still is not None else []
    text = put_together(Listing(intro, in_order(items, review.list_.order)), review.list_.order)
    return save_review(was, dataclasses.replace(review, stills=tuple(stills)), text, history=history)[0]


def carried(one: Candidate, folder: Path) -> tuple[Item, Still | None]:
    """A film with a copy of its still in another review's folder, and the record of it: permission, evidence and all.

    Without a still, or where it cannot be copied, the film as it is.
    """
    if one.still is None or one.review is None:
        return one.item, None
    source = one.review.parent
    try:
        taken = take_in(folder, read_picture(source / one.still.file), one.still.name)
        evidence = _evidence(one.still.permission, source, folder)
    except (OSError, Refused):
        return one.item, None
    copy = dataclasses.replace(
        one.still, file=taken.file, lead=None, permission=_moved(one.still.permission, evidence),
        source=dataclasses.replace(one.still.source, sha256=taken.sha256),
    )  # fmt: skip
    item = one.item
    return new_item(item.title, item.year, item.mark, item.words, taken.file), copy


def _evidence(permission: Permission, source: Path, folder: Path) -> dict[str, str]:
    """Copies of letters and mails: where each lies, and where its copy does. What is not there any more stays named."""
    found = {}
    for name in {*permission.evidence, *(event.evidence for event in permission.log if event.evidence)}:
        if (source / name).is_file():
            found[name] = put_evidence(folder, read_regular(source / name, MOST_EVIDENCE), Path(name).name)[0]
    return found


def _moved(permission: Permission, places: dict[str, str]) -> Permission:
    def moved(event: Event) -> Event:
        return dataclasses.replace(event, evidence=places.get(event.evidence, event.evidence))

    return dataclasses.replace(
        permission,
        evidence=tuple(places.get(name, name) for name in permission.evidence),
        log=tuple(moved(event) for event in permission.log),
    )


def step(text: str, asked: FilmList, films: Sequence[Item], scales: Scales) -> Step:
    """What a list's text would be with these films, the best first."""
    listing = take_apart(text, scales)
    if not films and listing.items:
        return Step(text)  # a search that finds nothing for once empties no list
    made, came, went = brought_in_step(listing, in_order(films, asked.order))
    return Step(rewritten(text, made, asked.order, scales), came, went)


def lists(index: Index) -> list[Path]:
    """Every list post of a library, in the order of their paths. Raises `sqlite3.Error`."""
    rows = index.select(
        "SELECT path FROM reviews WHERE id IN (SELECT review FROM terms WHERE kind = 'has' AND key = 'list') ORDER BY path"
    )
    return [index.path(path) for (path,) in rows]


def keeping(paths: Iterable[Path], index: Index, today: dt.date) -> Iterator[Change | Left]:
    """Plan that each list that is kept in step is; what is kept by hand or frozen is passed over. Raises `sqlite3.Error`."""
    for path in paths:
        try:
            was = open_review(path)
            review = was.reading.review
            if not path.is_relative_to(index.library):
                raise ValueError("it does not lie in this library")
            if review.list_.kept != "in-step":
                continue
            document = was.reading.document
            films = [one.item for one in candidates(index, review.list_, today, path)]
            made = step(document.text, review.list_, films, index.scales).text
            if made != document.text:
                yield Change(path, review, review, was.data, document.with_text(made).to_bytes())
        except (CannotRead, CannotPatch, ValueError) as error:
            yield Left(path, str(error))
