"""The diary: what was seen, when and where, also films that nothing was written about.

It is a file ``diary.csv`` in the library, in the columns of Letterboxd's own export (``Watched Date, Name, Year, Rewatch, Rating``),
so that such a file can be put there as it is; ``Where`` and ``Note`` are ours. Only the lines of what changes are written; others,
and columns that are not known, stay byte for byte. A review's own ``film.seen`` belongs to the diary too.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import Saved, read_regular, save
from reviewer.library.index import Index
from reviewer.library.listing import Entry
from reviewer.review.folding import folded
from reviewer.review.marks import FIVE_STARS, BadMark, Scales
from reviewer.review.values import Film, Review
from reviewer.review.values import Seen as Viewed
from reviewer.text.mentions import film_name

NAME = "diary.csv"
MOST = 20_000_000
"""Bytes of a diary; forty years of a film a day have two million."""
COLUMNS = ("Watched Date", "Name", "Year", "Where", "Rewatch", "Rating", "Note")
_ALIASES = {
    "date": ("watched date", "watcheddate", "date"), "title": ("name", "title", "film"), "year": ("year",),
    "where": ("where", "place"), "again": ("rewatch", "again"), "mark": ("rating",), "note": ("note", "notes"),
}  # fmt: skip
"""The heads of columns under which each fact of a viewing is looked for, without regard to case; the first that is there counts."""
_YES = ("yes", "true", "1", "x")


class NoDiary(ValueError):
    """A file that is no diary; the message says what is missing."""


@dataclass(frozen=True)
class Viewing:
    """A film seen on a day. `mark` is as it stands in the diary, in stars where Letterboxd wrote it."""

    date: dt.date | None = None
    title: str = ""
    year: int | None = None
    where: str = ""
    again: bool = False
    mark: str = ""
    note: str = ""

    @property
    def film(self) -> str:
        """The film as texts name it."""
        return film_name(self.title, self.year)

    @property
    def key(self) -> tuple[str, int | None]:
        """What tells its film from others."""
        return folded(self.title), self.year


@dataclass(frozen=True)
class Diary:
    """A diary as it stands on the disk. `records` are its lines with their line ends, the first is that of the heads; `viewings`
    those that could be read, by the number of their record; `faults` say which could not, by the line of the file."""

    path: Path
    data: bytes = b""
    records: tuple[str, ...] = ()
    viewings: Mapping[int, Viewing] = dataclasses.field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its columns, as they are written."""
        return tuple(_cells(self.records[0])) if self.records else ()


@dataclass(frozen=True)
class Seen:
    """A viewing with the review of its film, if there is one. `record` is its place in the diary; None where only the review says
    it."""

    viewing: Viewing
    review: Path | None = None
    record: int | None = None


def read(library: Path) -> Diary:
    """A library's diary; an empty one where there is none. Raises `NoDiary` and `OSError`."""
    path = library / NAME
    try:
        return parse(path, read_regular(path, MOST))
    except FileNotFoundError:
        return Diary(path)


def parse(path: Path, data: bytes) -> Diary:
    """A diary from bytes. Raises `NoDiary` for what has no columns of dates and names."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoDiary(f"{path} is no UTF-8 text; byte {error.start + 1} is none. Save it as UTF-8.") from None
    records = _split(text)
    if not records:
        return Diary(path, data)
    try:
        places = _places(_cells(records[0]))
    except ValueError:
        places = {}
    if "date" not in places or "title" not in places:
        raise NoDiary(
            f"{path}: line 1 names no columns “Watched Date” and “Name”. A diary begins with {','.join(COLUMNS)}."
        )
    viewings: dict[int, Viewing] = {}
    faults, line = [], 1
    for number, record in enumerate(records):
        if number and record.strip():
            try:
                viewings[number] = _viewing(_cells(record), places)
            except ValueError as error:
                faults.append(f"line {line}: {error}")
        line += len(record.splitlines())
    return Diary(path, data, tuple(records), viewings, tuple(faults))


def _split(text: str) -> list[str]:
    """The records of a CSV text with their line ends (RFC 4180: a line end inside quotes ends no record).

    As the csv module has it, a quotation mark opens only at the beginning of a cell.
    """
    records: list[str] = []
    start, at, quoted, first = 0, 0, False, True
    while at < len(text):
        sign, following = text[at], text[at + 1 : at + 2]
        if quoted and sign == following == '"':
            at += 1  # a mark inside the quotation
        elif sign == '"' and (quoted or first):
            quoted, first = not quoted, False
        elif not quoted and (sign == "\n" or (sign == "\r" and following != "\n")):
            records.append(text[start : at + 1])
            start, first = at + 1, True
        elif not quoted:
            first = sign == ","
        at += 1
    return [*records, text[start:]] if start < len(text) else records


def _end(record: str) -> str:
    """The line end of a record; the usual one where it has none."""
    return next((end for end in ("\r\n", "\n", "\r") if record.endswith(end)), "\n")


def _cells(record: str) -> list[str]:
    """Raises `ValueError` for what is no single record."""
    try:
        rows = list(csv.reader(io.StringIO(record.rstrip("\r\n") + "\n", newline="")))
    except csv.Error as error:
        raise ValueError(f"it is no line of a table ({error})") from None
    if len(rows) > 1:
        raise ValueError("a quotation mark in it is not closed")
    return rows[0] if rows else []


def _places(heads: Sequence[str]) -> dict[str, int]:
    known = {folded(head.strip()): place for place, head in reversed(list(enumerate(heads)))}
    return {
        name: known[alias]
        for name, aliases in _ALIASES.items()
        if (alias := next((alias for alias in aliases if alias in known), None)) is not None
    }


def _viewing(cells: Sequence[str], places: Mapping[str, int]) -> Viewing:
    """A record's viewing. Raises `ValueError` with what is wrong with it."""
    words = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    if not words["title"]:
        raise ValueError("it names no film")
    try:
        date = dt.date.fromisoformat(words["date"]) if words["date"] else None
    except ValueError:
        raise ValueError(f"“{words['date']}” is no day; write it as 2010-10-02") from None
    year = words.get("year", "")
    if year and not (year.isdigit() and 1870 <= int(year) <= 2200):
        raise ValueError(f"“{year}” is no year")
    return Viewing(
        date, words["title"], int(year) if year else None, words.get("where", ""), words.get("again", "").casefold() in _YES,
        words.get("mark", ""), words.get("note", ""),
    )  # fmt: skip


# writing


def added(diary: Diary, viewings: Iterable[Viewing]) -> bytes:
    """The diary's bytes with viewings at its end."""
    if not diary.records:
        made = [_record(COLUMNS, "\n")]
        places, count = _places(COLUMNS), len(COLUMNS)
        end = "\n"
    else:
        end = _end(diary.records[0])
        heads, rows = list(diary.heads), list(viewings)
        missing = [column for column in ("Where", "Note") if column.casefold() not in _places(heads)]
        wanted = [column for column in missing if any(getattr(one, column.casefold()) for one in rows)]
        viewings = rows
        made = list(diary.records)
        if wanted:
            heads += wanted
            made[0] = _record(heads, end)
        made[-1] = made[-1] if made[-1].endswith(("\n", "\r")) else made[-1] + end
        places, count = _places(heads), len(heads)
    made += [_record(_written(one, places, [""] * count), end) for one in viewings]
    return _bytes(diary, made)


def changed(diary: Diary, number: int, viewing: Viewing | None) -> bytes:
    """The diary's bytes with one record changed; None takes it out."""
    made = list(diary.records)
    if viewing is None:
        del made[number]
    else:
        end = _end(made[number])
        heads = list(diary.heads)
        for column in ("Where", "Note"):
            if getattr(viewing, column.casefold()) and column.casefold() not in _places(heads):
                heads.append(column)
        if len(heads) > len(diary.heads):
            made[0] = _record(heads, _end(made[0]))
        cells = _cells(made[number])
        made[number] = _record(_written(viewing, _places(heads), [*cells, *[""] * (len(heads) - len(cells))]), end)
    return _bytes(diary, made)


def _written(viewing: Viewing, places: Mapping[str, int], cells: list[str]) -> list[str]:
    """The cells of a record with a viewing's facts put where they belong; others stay."""
    words = {
        "date": viewing.date.isoformat() if viewing.date else "", "title": viewing.title, "year": str(viewing.year or ""),
        "where": viewing.where, "again": "Yes" if viewing.again else "", "mark": viewing.mark, "note": viewing.note,
    }  # fmt: skip
    for name, place in places.items():
        cells[place] = re.sub(r"\0|\r\n?", lambda found: "\n" if "\r" in found[0] else "", words[name])
    return cells


def _record(cells: Iterable[str], end: str) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator=end).writerow(list(cells))
    return made.getvalue()


def _bytes(diary: Diary, records: Iterable[str]) -> bytes:
    mark = b"\xef\xbb\xbf" if diary.data.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join(records).encode()


class Elsewhere(Exception):
    """The record that was to be changed says something else by now: another program wrote the diary."""


def replaced(library: Path, number: int, was: Viewing, viewing: Viewing | None) -> str:
    """Change one viewing in a library's diary, or take it out; returns the line as it was. Raises `Elsewhere`, `NoDiary`, and what `write` raises."""
    diary = read(library)
    if diary.viewings.get(number) != was:
        raise Elsewhere(f"The diary was changed by another program meanwhile. “{was.film}” stays as it is.")
    write(diary, changed(diary, number, viewing))
    return diary.records[number]


def put_back(library: Path, number: int, record: str) -> None:
    """Put a line that was taken out back where it stood, with all that it held. Raises `NoDiary`, and what `write` raises."""
    diary = read(library)
    made = list(diary.records)
    if made and number >= len(made) and not made[-1].endswith(("\n", "\r")):
        made[-1] += _end(made[0])
    made.insert(number, record)
    write(diary, _bytes(diary, made))


def append(library: Path, viewings: Sequence[Viewing]) -> int:
    """Put viewings into a library's diary that are not in it yet; returns how many. Raises `NoDiary`, and what `write` raises."""
    diary = read(library)
    new = new_ones(diary, viewings)
    if new:
        write(diary, added(diary, new))
    return len(new)


def write(diary: Diary, data: bytes) -> Saved:
    """Write a diary over the version it was read as. Raises `reviewer.library.files.ChangedOutside` and `OSError`."""
    return save(diary.path, data, diary.data if diary.data or diary.path.exists() else None)


# with the reviews


def seen(diary: Diary, entries: Iterable[Entry]) -> list[Seen]:
    """All viewings, the last first: those of the diary with the reviews of their films, and those that only reviews know."""
    rows = list(entries)
    by_film: dict[str, list[tuple[int | None, Path]]] = {}
    for entry in rows:
        for title, year in entry.films if not entry.is_list else ():
            by_film.setdefault(folded(title), []).append((year, entry.path))

    def review(viewing: Viewing) -> Path | None:
        there = by_film.get(viewing.key[0], [])
        fits = [path for year, path in there if None in (year, viewing.year) or year == viewing.year]
        return fits[0] if fits else None

    found = [Seen(viewing, review(viewing), number) for number, viewing in diary.viewings.items()]
    known = {(one.viewing.key, one.viewing.date) for one in found}
    for entry in rows:
        for title, year, day, where, again in entry.viewings:
            viewing = Viewing(dt.date.fromisoformat(day), title, year, where, again)
            if (viewing.key, viewing.date) not in known:
                found.append(Seen(viewing, entry.path))
    return sorted(found, key=lambda one: (one.viewing.date or dt.date.min, one.record or 0), reverse=True)


def for_calendar(library: Path, entries: Iterable[Entry]) -> list[Entry]:
    """What the diary adds to a calendar, as entries: of a film without a review the path is the diary's own.

    Nothing where the diary cannot be read, which the diary itself says.
    """
    try:
        diary = read(library)
    except (NoDiary, OSError):
        return []
    found = seen(diary, entries) if diary.viewings else []
    return [
        Entry(one.review or diary.path, one.viewing.title, one.viewing.year,
              viewings=((one.viewing.title, one.viewing.year, one.viewing.date.isoformat(), one.viewing.where, one.viewing.again),))
        for one in found if one.record is not None and one.viewing.date is not None
    ]  # fmt: skip


def days(index: Index) -> list[str]:
    """The days of all viewings in a library (ISO 8601); those of the reviews alone where the diary cannot be read."""
    entries = index.entries()
    try:
        diary = read(index.library)
    except (NoDiary, OSError):
        diary = Diary(index.library / NAME)
    return [one.viewing.date.isoformat() for one in seen(diary, entries) if one.viewing.date]


def unwritten(rows: Iterable[Seen]) -> list[Seen]:
    """The last viewing of each film that no review is about."""
    found: dict[object, Seen] = {}
    for one in rows:
        if one.review is None:
            found.setdefault(one.viewing.key, one)
    return list(found.values())


def seen_before(rows: Iterable[Seen], title: str, year: int | None, day: dt.date) -> bool:
    """Whether a film was seen before a day."""
    wanted = folded(title)
    return any(
        one.viewing.key[0] == wanted
        and (year is None or one.viewing.year in (None, year))
        and (one.viewing.date is None or one.viewing.date < day)
        for one in rows
    )


def review_of(viewing: Viewing, scales: Scales, made: Review) -> Review:
    """A new review about what was seen: film, day and place, and the mark on the first scale that has it, stars first."""
    mark = None
    for scale in (FIVE_STARS, scales.usual, *scales):
        with contextlib.suppress(BadMark):
            mark = mark or (scale.read(viewing.mark) if viewing.mark else None)
    film = Film(viewing.title, year=viewing.year, seen=Viewed(viewing.date, viewing.where, viewing.again or None))
    return dataclasses.replace(made, title=viewing.title, film=film, rating=(mark,) if mark else ())


def from_letterboxd(path: Path) -> list[Viewing]:
    """The viewings of a Letterboxd export: its zip, its folder, or the ``diary.csv`` in it. Raises `NoDiary` and `OSError`.

    ``profile.csv`` is not opened: it holds an address. What was deleted there is left out.
    """
    if path.is_dir():
        return list(parse(path / NAME, read_regular(path / NAME, MOST)).viewings.values())
    data = read_regular(path, MOST)
    if not data.startswith(b"PK"):
        return list(parse(path, data).viewings.values())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = next(
                one
                for one in archive.infolist()
                if one.filename.split("/")[-1] == NAME and "deleted" not in one.filename
            )
            if inside.file_size > MOST:
                raise NoDiary(f"{path}: its {NAME} has {inside.file_size:,} bytes; at most {MOST:,} are read.")
            return list(parse(path / NAME, archive.read(inside)).viewings.values())
    except StopIteration:
        raise NoDiary(f"{path} holds no {NAME}. Letterboxd’s export has one once a film was logged.") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise NoDiary(f"{path} cannot be unpacked: {error}. Fetch it again.") from None


def new_ones(diary: Diary, others: Iterable[Viewing]) -> list[Viewing]:
    """Viewings of another diary that are not in this one: no film twice on a day."""
    known = {(one.key, one.date) for one in diary.viewings.values()}
    return [one for one in others if (one.key, one.date) not in known]
