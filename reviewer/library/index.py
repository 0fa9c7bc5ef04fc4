"""The index of a library: what its reviews say, in a database that answers in milliseconds.

It is a cache and nothing else. The files are the truth; an index that is missing, damaged or from another version is made anew,
and where none can be kept it lives in memory. SQLite with FTS5 (sqlite.org/fts5.html); texts are folded before they go in,
so that case, accents and strokes do not matter, and each Han or Kana character is a word.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.library.folders import UserFolders
from reviewer.library.listing import Entry, find, look
from reviewer.review.folding import folded
from reviewer.review.marks import Scales
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Mark, PostDate, Review, Still, from_plain, to_plain

VERSION = 3
BATCH = 200
"""Reviews that are written at once; a batch is there as a whole or not at all."""
COLUMNS = ("title", "film", "director", "writer", "actor", "role", "crew", "author", "terms", "text")
"""The columns of words, each searched alone or all together."""
_BETWEEN = " \ue000 "
"""A word of its own between two names, so that no phrase reaches from one into the next."""
_SPACELESS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_ARTICLE = re.compile(r"(?:the|a|an) (?=\w)")
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY, path BLOB UNIQUE NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL, day TEXT NOT NULL,
    part TEXT NOT NULL, title TEXT NOT NULL, film TEXT NOT NULL, year INTEGER, status TEXT NOT NULL, date TEXT, seen TEXT,
    updated TEXT, words INTEGER NOT NULL, runtime INTEGER, worth REAL, entry TEXT NOT NULL
);
CREATE TABLE terms (
    kind TEXT NOT NULL, key TEXT NOT NULL, review INTEGER NOT NULL, term TEXT NOT NULL, PRIMARY KEY (kind, key, review, term)
) WITHOUT ROWID;
CREATE INDEX terms_of ON terms (review);
CREATE TABLE marks (
    review INTEGER NOT NULL, scale TEXT NOT NULL, place INTEGER NOT NULL, value TEXT NOT NULL, worth REAL, PRIMARY KEY (review, scale)
) WITHOUT ROWID;
CREATE TABLE mentions (review INTEGER NOT NULL, title TEXT NOT NULL, year INTEGER);
CREATE INDEX mentions_of ON mentions (review);
CREATE INDEX mentions_by ON mentions (title);
CREATE TABLE films (review INTEGER NOT NULL, title TEXT NOT NULL, year INTEGER);
CREATE INDEX films_of ON films (review);
CREATE INDEX films_by ON films (title);
CREATE INDEX films_in ON films (year);
CREATE INDEX reviews_by_date ON reviews (date);
CREATE TABLE former (path BLOB PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """A part of the way to be in step with the files: entries that are new or changed, paths that are gone, how far it is."""

    entries: tuple[Entry, ...] = ()
    gone: tuple[Path, ...] = ()
    done: int = 0
    of: int = 0


def spaced(text: str) -> str:
    """Folded text as the database splits it into words."""
    return _SPACELESS.sub(r" \1 ", folded(text.encode("utf-8", "replace").decode()))


class Index:
    """One library's index. `open` it; `sync` reads what has changed; any thread may use it."""

    def __init__(self, library: Path, place: Path | None, scales: Scales) -> None:
        self.library, self.place, self.scales = library, place, scales
        self.unlisted: Mapping[Path, str] = {}
        """The folders that the last `sync` could not list, with the reason: what was known of their reviews is kept."""
        self._writing = threading.RLock()
        self._reading = threading.RLock()
        self._write = self._connect()
        self._read = self._write if place is None else self._connect()
        if place is None:
            self._reading = self._writing
        self._reweigh()

    @classmethod
    def open(cls, folders: UserFolders, library: Path, scales: Scales) -> Index:
        """The library's index in the user's data folder; in memory where that folder cannot be written."""
        place = folders.of("libraries", library) / "index.sqlite"
        for _ in range(2):
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                return cls(library, place, scales)
            except (sqlite3.Error, OSError) as error:
                _log.info("The index %s is made anew: %s", place, error)
                if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                    break
                _forget(place)
        return cls(library, None, scales)

    def _connect(self) -> sqlite3.Connection:
        made = sqlite3.connect(self.place or ":memory:", timeout=5, isolation_level=None, check_same_thread=False)
        try:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = NORMAL")
            made.execute("PRAGMA cache_size = -8000")
            (version,) = made.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError(f"it is of version {version}")
            if version == 0:
                made.executescript(
                    f"BEGIN IMMEDIATE; {_TABLES} CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, "
                    f"tokenize = 'unicode61 remove_diacritics 0'); PRAGMA user_version = {VERSION}; COMMIT;"
                )
        except sqlite3.Error:
            made.close()
            raise
        return made

    def close(self) -> None:
        """Let the files go."""
        with self._writing, self._reading:
            self._read.close()
            self._write.close()

    # reading

    def select(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of the database. Raises `sqlite3.Error`."""
        with self._reading:
            return self._read.execute(sql, values).fetchall()

    def path(self, stored: bytes) -> Path:
        """A review's path, as the database has it, in full."""
        return self.library / os.fsdecode(stored)

    def entries(self) -> list[Entry]:
        """Every review as a list shows it, as far as the index knows."""
        return [self.unpacked(path, entry) for path, entry in self.select("SELECT path, entry FROM reviews")]

    def unpacked(self, path: bytes, packed: str) -> Entry:
        """An entry out of the database."""
        return _unpacked(self.path(path), json.loads(packed))

    # keeping in step

    def sync(self, today: dt.date, stop: Callable[[], bool] = lambda: False) -> Iterator[Step]:
        """Read every review that has changed since the index saw it, and forget those that are gone. A folder that cannot be listed
        goes into `unlisted`; its reviews are not gone.

        Ends early where `stop` says so; what was read stays read. Where the database gives out, because the disk is full or
        because it is damaged within, it begins anew in memory.
        """
        try:
            yield from self._sync(today, stop)
        except sqlite3.Error as error:
            if self.place is None or stop():
                raise
            _log.info("The index %s gave out, and is kept in memory: %s", self.place, error)
            self._to_memory()
            yield from self._sync(today, stop)

    def _to_memory(self) -> None:
        with self._writing, self._reading:
            place, self.place = self.place, None
            self.close()
            if place is not None:
                _forget(place)
            self._read = self._write = self._connect()
            self._reading = self._writing
            self._reweigh()

    def _sync(self, today: dt.date, stop: Callable[[], bool]) -> Iterator[Step]:
        known = {
            path: (size, changed, day)
            for path, size, changed, day in self.select("SELECT path, size, changed, day FROM reviews")
        }
        unlisted: dict[Path, str] = {}
        there = list(find(self.library, unlisted))
        self.unlisted = unlisted
        pending: list[Path] = []
        done = 0
        for path in there:
            stored = self._stored(path)
            was = known.pop(stored, None)
            if was is None or was != _stamp(path, was[2] and today.isoformat()):
                pending.append(path)
            else:
                done += 1
            if len(pending) >= BATCH:
                if stop():
                    return
                yield Step(self.update(pending, today), (), done := done + len(pending), len(there))
                pending = []
        missing = (self.path(stored) for stored in known) if there or self.library.is_dir() else ()
        gone = tuple(path for path in missing if unlisted.keys().isdisjoint(path.parents))
        self.forget(gone)
        if not stop():
            yield Step(self.update(pending, today), gone, len(there), len(there))

    def update(self, paths: Iterable[Path], today: dt.date) -> tuple[Entry, ...]:
        """Read these reviews anew; returns their entries. Raises `sqlite3.Error`."""
        found = []
        for path in paths:
            entry, review, text = look(path, today)
            stamp = _stamp(path, today.isoformat() if review.stills else "")
            # A disk that did not give a file now may give it the next time, and the file will look the same.
            found.append((path, entry, review, text, stamp if text or not entry.fault else _UNREAD))
        with self._transaction() as db:
            for path, entry, review, text, stamp in found:
                self._put(db, path, entry, review, text, stamp, today)
        return tuple(one[1] for one in found)

    def forget(self, paths: Iterable[Path]) -> None:
        """Take reviews out that are gone. Raises `sqlite3.Error`."""
        with self._transaction() as db:
            for path in paths:
                self._drop(db, self._stored(path))

    def weigh(self, scales: Scales) -> None:
        """Take other scales: what marks are worth is reckoned anew, no file is read. Raises `sqlite3.Error`."""
        self.scales = scales
        self._reweigh()

    def _reweigh(self) -> None:
        known = json.dumps([repr(scale) for scale in self.scales])
        with self._transaction() as db:
            if db.execute("SELECT value FROM facts WHERE name = 'scales'").fetchone() == (known,):
                return
            for review, scale, value in db.execute("SELECT review, scale, value FROM marks").fetchall():
                worth = self.scales.worth(Mark(scale, json.loads(value)))
                db.execute("UPDATE marks SET worth = ? WHERE review = ? AND scale = ?", (worth, review, scale))
            db.execute(
                "UPDATE reviews SET worth = (SELECT worth FROM marks WHERE review = id AND worth IS NOT NULL ORDER BY place LIMIT 1)"
            )
            db.execute("INSERT OR REPLACE INTO facts VALUES ('scales', ?)", (known,))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._writing:
            self._write.execute("BEGIN IMMEDIATE")
            try:
                yield self._write
            except BaseException:
                self._write.execute("ROLLBACK")
                raise
            self._write.execute("COMMIT")

    def _stored(self, path: Path) -> bytes:
        return os.fsencode(path.relative_to(self.library))

    def _drop(self, db: sqlite3.Connection, stored: bytes) -> None:
        row = db.execute("SELECT id FROM reviews WHERE path = ?", (stored,)).fetchone()
        if row is not None:
            # Who was here is remembered, so that links find a review that was renamed.
            identity = "SELECT path, json_extract(entry, '$.id') FROM reviews WHERE id = ? AND json_extract(entry, '$.id') != ''"
            db.execute(f"INSERT OR REPLACE INTO former {identity}", row)
            for table, column in (
                ("terms", "review"),
                ("marks", "review"),
                ("mentions", "review"),
                ("films", "review"),
                ("words", "rowid"),
                ("reviews", "id"),
            ):
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", row)

    def _put(
        self,
        db: sqlite3.Connection,
        path: Path,
        entry: Entry,
        review: Review,
        text: str,
        stamp: tuple[int, int, str],
        today: dt.date,
    ) -> None:
        stored = self._stored(path)
        self._drop(db, stored)
        film, weighed = review.film, self._weighed(review)
        number = db.execute(
            "INSERT INTO reviews VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (stored, *stamp, folded(os.fsdecode(stored).encode("utf-8", "replace").decode()), _sorted_by(entry.title), _sorted_by(film.title),
             entry.year, review.status, _day(review.date), _day(entry.seen), _day(review.updated), entry.words, film.runtime,
             next((worth for _, _, worth in weighed if worth is not None), None), json.dumps(_packed(entry))),
        ).lastrowid  # fmt: skip
        db.executemany(
            "INSERT OR IGNORE INTO marks VALUES (?, ?, ?, ?, ?)",
            [(number, mark.scale, n, json.dumps(mark.value), worth) for n, mark, worth in weighed],
        )
        db.executemany(
            "INSERT OR IGNORE INTO terms VALUES (?, ?, ?, ?)",
            [(kind, folded(term), number, _clean(term)) for kind, term in _terms(entry, review, today)],
        )
        db.executemany(
            "INSERT INTO mentions VALUES (?, ?, ?)",
            [(number, folded(_clean(title)), year) for title, year in entry.mentions],
        )
        db.executemany(
            "INSERT INTO films VALUES (?, ?, ?)",
            [(number, folded(_clean(title)), year) for title, year in entry.films if title and not entry.is_list],
        )
        db.execute(
            f"INSERT INTO words(rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})",
            (number, *_words(entry, review, text)),
        )

    def _weighed(self, review: Review) -> list[tuple[int, Mark, float | None]]:
        return [(n, mark, self.scales.worth(mark)) for n, mark in enumerate(review.rating)]


def _forget(place: Path) -> None:
    for name in (place.name, f"{place.name}-wal", f"{place.name}-shm"):
        with contextlib.suppress(OSError):
            place.with_name(name).unlink()


_UNREAD = -1, -1, ""
"""The stamp of a file that was not read: no file has it."""


def _stamp(path: Path, day: str) -> tuple[int, int, str]:
    """What tells whether a file is as it was: its size, its time, and the day where what a list shows depends on it."""
    try:
        now = path.stat()
    except OSError:
        return 0, 0, day
    return now.st_size, now.st_mtime_ns, day


def _day(date: PostDate | None) -> str | None:
    return date.isoformat()[:10] if date else None


def _clean(text: str) -> str:
    """A text as the database can hold it: without halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()


def _sorted_by(title: str) -> str:
    """A title as catalogues sort it: folded, without its article."""
    return _ARTICLE.sub("", folded(_clean(title)), count=1)


def _terms(entry: Entry, review: Review, today: dt.date) -> Iterator[tuple[str, str]]:
    films, features = [one.film for one in review.features], review.features
    yield from (("tag", term) for term in review.tags)
    yield from (("category", term) for term in review.categories)
    yield from (("genre", term) for film in films for term in film.genres)
    yield from (("country", term) for film in films for term in film.countries)
    languages = [*(term for film in films for term in film.languages), *([review.language] if review.language else [])]
    yield from (("language", term) for term in dict.fromkeys(languages))
    yield from (("scale", mark.scale) for one in features for mark in one.rating)
    yield from (("status", review.status) for _ in range(bool(review.status)))
    yield from (("author", review.author) for _ in range(bool(review.author)))
    people = [(crew.job, person) for one in features for crew in one.credits.crew for person in crew.people]
    people += [("actor", actor) for one in features for role in one.credits.cast for actor in role.actors]
    yield from people
    yield from (("person", person) for _, person in people)
    yield from (("rights", standing(still, today).verdict.value) for still in review.stills)
    has = {
        "still": review.stills, "lead": review.lead, "mark": review.rating, "excerpt": review.excerpt, "cast": review.credits.cast,
        "credits": review.credits.crew, "category": review.categories, "tag": review.tags, "date": review.date, "seen": review.film.seen.date,
        "film": review.film.title, "mentions": entry.mentions, "fault": entry.fault, "double-bill": review.also, "list": review.list_,
        "archived": review.archived,
    }  # fmt: skip
    yield from (("has", name) for name, value in has.items() if value)


def _words(entry: Entry, review: Review, text: str) -> Iterator[str]:
    features, films = review.features, [one.film for one in review.features]
    roles = [role for one in features for role in one.credits.cast]
    crew: dict[str, list[str]] = {}
    for one in (one for feature in features for one in feature.credits.crew):
        crew.setdefault(one.job, []).extend(one.people)
    facts = [fact for film in films for fact in (*film.genres, *film.countries, str(film.year or ""))]
    rows: tuple[Iterable[str], ...] = (
        (entry.title,), [title for film in films for title in (film.title, film.original_title, *film.other_titles)], crew.get("director", ()), crew.get("writer", ()),
        [actor for role in roles for actor in role.actors], [role.role for role in roles],
        [person for job, people in crew.items() if job not in ("director", "writer") for person in people], (review.author,),
        (*review.categories, *review.tags, *facts), (text, review.excerpt),
    )  # fmt: skip
    return (_BETWEEN.join(spaced(part) for part in row if part) for row in rows)


# entries as text


def _packed(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, without its path and without what is empty."""
    made = {
        "title": entry.title, "year": entry.year, "status": entry.status, "date": entry.date.isoformat() if entry.date else "",
        "rating": [[mark.scale, mark.value] for mark in entry.rating],
        "lead": os.path.relpath(entry.lead, entry.path.parent) if entry.lead else "",
        "worst": entry.worst.value if entry.worst else "", "categories": entry.categories, "tags": entry.tags, "film": entry.film,
        "mentions": entry.mentions, "due": entry.due, "id": entry.id, "stills": [_still(still) for still in entry.stills],
        "shown": sorted(entry.shown), "directors": entry.directors, "seen": entry.seen.isoformat() if entry.seen else "",
        "words": entry.words, "also": entry.also, "aliases": entry.aliases, "viewings": entry.viewings, "list": entry.is_list, "archived": entry.archived, "fault": entry.fault,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value}


def _still(still: Still) -> Any:
    return json.loads(json.dumps(to_plain(still), default=lambda day: day.isoformat()))


def _unpacked(path: Path, found: dict[str, Any]) -> Entry:
    date = found.get("date", "")
    return Entry(
        path, found.get("title", ""), found.get("year"), found.get("status", ""),
        (dt.datetime if "T" in date else dt.date).fromisoformat(date) if date else None,
        tuple(Mark(*pair) for pair in found.get("rating", ())), path.parent / found["lead"] if "lead" in found else None,
        Verdict(found["worst"]) if "worst" in found else None, tuple(found.get("categories", ())), tuple(found.get("tags", ())),
        found.get("film", ""), tuple((title, year) for title, year in found.get("mentions", ())),
        tuple((file, why) for file, why in found.get("due", ())), found.get("id", ""),
        tuple(from_plain(Still, still) for still in found.get("stills", ())), frozenset(found.get("shown", ())), tuple(found.get("directors", ())), dt.date.fromisoformat(found["seen"]) if "seen" in found else None,
        found.get("words", 0), tuple((title, year) for title, year in found.get("also", ())), tuple((title, year) for title, year in found.get("aliases", ())), tuple(tuple(one) for one in found.get("viewings", ())), "list" in found, "archived" in found,
        found.get("fault", ""),
    )  # fmt: skip
