"""A catalogue of films on this machine, made once from files that the writer downloaded, and searched as she types.

IMDb's tables (developer.imdb.com/non-commercial-datasets: tab-separated, UTF-8, a head line, ``\\N`` for nothing, gzipped or not) are
read line by line, so that gigabytes need little memory. The catalogue is made beside the old one and takes its place when it is whole;
a making that was cut off goes on with the table in which it stopped. The most known films have the lowest numbers, so that the
first finds are the likely ones.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reviewer.interop.filmfacts import MOST, Facts, NoFacts, read
from reviewer.library.files import read_regular
from reviewer.library.folders import UserFolders
from reviewer.review.folding import folded
from reviewer.review.values import Credits, Crew, Film, Ids, Role, from_plain, to_plain

TABLES = ("title.ratings", "title.basics", "title.akas", "title.crew", "title.principals", "name.basics")
"""IMDb's tables in the order in which they are read; only ``title.basics`` has to be there."""
KINDS = {"movie", "short", "tvMovie", "tvMiniSeries", "tvSeries", "tvShort", "tvSpecial", "video"}
"""What of IMDb's titles is a film here; episodes and games are not."""
_JOBS = {"director": "director", "writer": "writer", "composer": "composer", "cinematographer": "cinematographer", "editor": "editor",
         "producer": "producer"}  # fmt: skip
_ROWS = 20_000
_BETWEEN = " \ue000 "
_SPACELESS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_SMALL = {
    "the",
    "a",
    "an",
    "le",
    "la",
    "les",
    "un",
    "une",
    "el",
    "los",
    "las",
    "il",
    "lo",
    "gli",
    "der",
    "die",
    "das",
    "ein",
    "eine",
}
"""Words that are forgiven at the beginning of a title: with them or without, it is found."""
_MADE = """
CREATE TABLE steps (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE raw (
    id INTEGER PRIMARY KEY, title TEXT, original TEXT, year INTEGER, runtime INTEGER, genres TEXT
);
CREATE TABLE votes (id INTEGER PRIMARY KEY, votes INTEGER);
CREATE TABLE akas (film INTEGER, title TEXT, region TEXT, language TEXT);
CREATE TABLE work (film INTEGER, place INTEGER, person INTEGER, job TEXT, role TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE own (facts TEXT);
CREATE TABLE films (number INTEGER PRIMARY KEY, imdb INTEGER, title TEXT, original TEXT, year INTEGER, facts TEXT);
CREATE TABLE exact (title TEXT, number INTEGER);
CREATE VIRTUAL TABLE words USING fts5(titles, people, year, content='', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
"""
Progress = Callable[[str, int], bool]
"""Told the name of what is read and how many lines of it; says whether to go on."""


class Stopped(Exception):
    """The making was stopped; what was read is kept, and it can go on later."""


@dataclass(frozen=True)
class Hit:
    """A film that was found: its number in the catalogue, what a list shows of it."""

    number: int
    title: str
    original: str
    year: int | None
    directors: str = ""


def place(folders: UserFolders) -> Path:
    """Where the catalogue lies."""
    return folders.data / "films" / "films.sqlite"


def make(paths: Iterable[Path], folders: UserFolders, progress: Progress = lambda name, lines: True) -> int:
    """Make the catalogue from files and folders; returns the number of its films.

    Raises `NoFacts` where there is nothing to read, `Stopped`, `OSError`, and `sqlite3.Error` where the disk is full.
    """
    tables, others = _found(paths)
    if not tables and not others:
        raise NoFacts(
            "There is nothing to read. IMDb’s title.basics.tsv.gz, .nfo files, or saved JSON of TMDb, OMDb or Wikidata are expected."
        )
    whole = place(folders)
    part = whole.with_suffix(".part")
    whole.parent.mkdir(parents=True, exist_ok=True)
    with _opened(part, _key(tables, others)) as db:
        maker = _Maker(db, progress)
        for name in TABLES:
            if name in tables:
                maker.step(name, tables[name])
        maker.own(others)
        count = maker.finish()
    for ending in ("-wal", "-shm", "-journal"):
        part.with_name(part.name + ending).unlink(missing_ok=True)
    part.replace(whole)
    return count


def _found(paths: Iterable[Path]) -> tuple[dict[str, Path], list[Path]]:
    tables: dict[str, Path] = {}
    others: list[Path] = []
    for path in paths:
        each = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for one in each:
            name = one.name.casefold()
            table = next((table for table in TABLES if name in (f"{table}.tsv", f"{table}.tsv.gz")), "")
            if table:
                tables.setdefault(table, one)
            elif name.endswith((".nfo", ".json", ".zip")):
                others.append(one)
            elif not path.is_dir():
                raise NoFacts(f"{one.name} is none of IMDb’s tables, no .nfo, no .json and no zip of Letterboxd.")
    if tables and "title.basics" not in tables:
        raise NoFacts("title.basics.tsv.gz is missing beside IMDb’s other tables.")
    return tables, others


def _key(tables: dict[str, Path], others: Sequence[Path]) -> str:
    """What a making is made from: only with the same it can go on."""
    files = [*tables.values(), *others]
    return json.dumps([[str(path), path.stat().st_size, path.stat().st_mtime_ns] for path in files])


@contextlib.contextmanager
def _opened(part: Path, key: str) -> Iterator[sqlite3.Connection]:
    for fresh in (False, True):
        if fresh:
            for ending in ("", "-wal", "-shm", "-journal"):
                part.with_name(part.name + ending).unlink(missing_ok=True)
        db = sqlite3.connect(part, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA cache_size = -64000")
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'steps'").fetchone():
                db.executescript(f"BEGIN; {_MADE} CREATE TABLE made_from (key TEXT); COMMIT;")
                db.execute("INSERT INTO made_from VALUES (?)", (key,))
            if db.execute("SELECT key FROM made_from").fetchone() == (key,):
                break
        except sqlite3.DatabaseError:
            if fresh:
                db.close()
                raise
        db.close()
    try:
        yield db
    finally:
        db.close()


class _Bits:
    """A set of numbers that takes a bit each."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def add(self, number: int) -> None:
        place, bit = divmod(number, 8)
        if place >= len(self._bytes):
            self._bytes.extend(bytes(place + 1_000_000 - len(self._bytes)))
        self._bytes[place] |= 1 << bit

    def __bool__(self) -> bool:
        return bool(self._bytes)

    def __contains__(self, number: int) -> bool:
        place, bit = divmod(number, 8)
        return place < len(self._bytes) and bool(self._bytes[place] >> bit & 1)


class _Maker:
    def __init__(self, db: sqlite3.Connection, progress: Progress) -> None:
        self._db, self._progress = db, progress
        self._films, self._people = _Bits(), _Bits()

    def step(self, name: str, path: Path) -> None:
        """Read one of IMDb's tables, as a whole or not at all."""
        if self._db.execute("SELECT 1 FROM steps WHERE name = ?", (name,)).fetchone():
            return
        if name not in ("title.ratings", "title.basics"):
            self._know_films()
        readers: dict[str, tuple[str, Callable[[dict[str, str]], list[tuple[object, ...]]]]] = {
            "title.ratings": ("INSERT OR REPLACE INTO votes VALUES (?, ?)", self._rating),
            "title.basics": ("INSERT OR REPLACE INTO raw VALUES (?, ?, ?, ?, ?, ?)", self._film),
            "title.akas": ("INSERT INTO akas VALUES (?, ?, ?, ?)", self._aka),
            "title.crew": ("INSERT INTO work VALUES (?, ?, ?, ?, ?)", self._crew),
            "title.principals": ("INSERT INTO work VALUES (?, ?, ?, ?, ?)", self._principal),
            "name.basics": ("INSERT OR REPLACE INTO people VALUES (?, ?)", self._person),
        }
        sql, reader = readers[name]
        if name == "name.basics":
            for (person,) in self._db.execute("SELECT DISTINCT person FROM work"):
                self._people.add(person)
        self._db.execute("BEGIN")
        try:
            rows: list[tuple[object, ...]] = []
            for number, line in enumerate(_lines(path), 1):
                rows += reader(line)
                if len(rows) >= _ROWS:
                    self._db.executemany(sql, rows)
                    rows = []
                if number % _ROWS == 0 and not self._progress(name, number):
                    raise Stopped
            self._db.executemany(sql, rows)
            self._db.execute("INSERT INTO steps VALUES (?)", (name,))
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _know_films(self) -> None:
        if not self._films:
            for (film,) in self._db.execute("SELECT id FROM raw"):
                self._films.add(film)

    def _rating(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        return [(_number(line["tconst"]), int(line.get("numVotes") or 0))]

    def _film(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        if line.get("titleType") not in KINDS or not line.get("primaryTitle"):
            return []
        year, runtime = (
            int(value) if (value := line.get(key, "")).isdecimal() else None for key in ("startYear", "runtimeMinutes")
        )
        return [
            (
                _number(line["tconst"]),
                line["primaryTitle"],
                line.get("originalTitle", ""),
                year,
                runtime,
                line.get("genres", ""),
            )
        ]

    def _aka(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        film = _number(line["titleId"])
        return (
            [(film, line["title"], line.get("region", ""), line.get("language", ""))]
            if film in self._films and line.get("title")
            else []
        )

    def _crew(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        film = _number(line["tconst"])
        if film not in self._films:
            return []
        return [
            (film, place, _number(person), job, "")
            for job, key in (("director", "directors"), ("writer", "writers"))
            for place, person in enumerate(line.get(key, "").split(","))
            if person
        ]

    def _principal(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        film, category = _number(line["tconst"]), line.get("category", "")
        job = "actor" if category in ("actor", "actress", "self") else _JOBS.get(category, "")
        if film not in self._films or not job or job in ("director", "writer"):
            return []
        return [
            (film, int(line.get("ordering") or 0), _number(line["nconst"]), job, _roles(line.get("characters", "")))
        ]

    def _person(self, line: dict[str, str]) -> list[tuple[object, ...]]:
        person = _number(line["nconst"])
        return [(person, line["primaryName"])] if person in self._people and line.get("primaryName") else []

    def own(self, paths: Sequence[Path]) -> None:
        """Read the files that tell of one film each."""
        if self._db.execute("SELECT 1 FROM steps WHERE name = 'own'").fetchone():
            return
        self._db.execute("BEGIN")
        for number, path in enumerate(paths):
            if number % 100 == 0 and not self._progress("files", number):
                self._db.execute("ROLLBACK")
                raise Stopped
            with contextlib.suppress(NoFacts, OSError):
                for facts in read(path.name, read_regular(path, MOST)):
                    self._db.execute("INSERT INTO own VALUES (?)", (json.dumps(_packed(facts)),))
        self._db.execute("INSERT INTO steps VALUES ('own')")
        self._db.execute("COMMIT")

    def finish(self) -> int:
        """Number the films, the most known first, and make their words searchable."""
        db = self._db
        db.executescript(
            "BEGIN; DELETE FROM films; DELETE FROM exact; INSERT INTO words(words) VALUES ('delete-all');"
            "CREATE INDEX IF NOT EXISTS akas_of ON akas (film); CREATE INDEX IF NOT EXISTS work_of ON work (film);"
        )
        try:
            count = 0
            for (facts,) in db.execute("SELECT facts FROM own").fetchall():
                count += 1
                found = _unpacked(json.loads(facts))
                names = [name for crew in found.credits.crew for name in crew.people] + [
                    a for r in found.credits.cast for a in r.actors
                ]
                self._put(
                    count,
                    None,
                    found.film.title,
                    found.film.original_title,
                    found.film.year,
                    facts,
                    found.titles,
                    names,
                )
            rows = db.execute(
                "SELECT raw.id, title, original, year FROM raw LEFT JOIN votes ON votes.id = raw.id ORDER BY COALESCE(votes, 0) DESC, raw.id"
            )
            for film, title, original, year in rows:
                count += 1
                if count % _ROWS == 0 and not self._progress("words", count):
                    raise Stopped
                akas = [aka for (aka,) in db.execute("SELECT title FROM akas WHERE film = ?", (film,))]
                sql = "SELECT name FROM work JOIN people ON people.id = person WHERE film = ?"
                names = [name for (name,) in db.execute(sql, (film,))]
                self._put(count, film, title, original, year, "", (title, original, *akas), names)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("CREATE INDEX IF NOT EXISTS exact_by ON exact (title)")
        db.execute("COMMIT")
        return count

    def _put(
        self,
        number: int,
        imdb: int | None,
        title: str,
        original: str,
        year: int | None,
        facts: str,
        titles: Iterable[str],
        names: Iterable[str],
    ) -> None:
        self._db.execute("INSERT INTO films VALUES (?, ?, ?, ?, ?, ?)", (number, imdb, title, original, year, facts))
        spaced = list(dict.fromkeys(_spaced(one) for one in titles if one))
        self._db.executemany(
            "INSERT INTO exact VALUES (?, ?)", [(key, number) for key in {_key_of(one) for one in spaced}]
        )
        people = _BETWEEN.join(dict.fromkeys(_spaced(name) for name in names))
        self._db.execute(
            "INSERT INTO words(rowid, titles, people, year) VALUES (?, ?, ?, ?)",
            (number, _BETWEEN.join(spaced), people, f"{year or ''}"),
        )


def _key_of(spaced: str) -> str:
    """A title as it is compared as a whole: its words, without an article before them."""
    words = re.findall(r"\w+", spaced)
    return " ".join(words[1:] if len(words) > 1 and words[0] in _SMALL else words)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a table as values by their heads; ``\\N`` is an empty text. Quotes mean nothing in it."""
    opener: Callable[..., IO[str]] = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
        heads = file.readline().rstrip("\r\n").split("\t")
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) == len(heads):
                yield {head: "" if cell == "\\N" else cell for head, cell in zip(heads, cells, strict=True)}


def _number(name: str) -> int:
    return int(name[2:]) if name[2:].isdecimal() else 0


def _roles(text: str) -> str:
    """``["Kathy"]`` as ``Kathy``; several roles with a stroke between."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        found = [text.strip('[]"')]
    return " / ".join(str(one) for one in found) if isinstance(found, list) else ""


def _spaced(text: str) -> str:
    return _SPACELESS.sub(r" \1 ", folded(text))


def _packed(facts: Facts) -> dict[str, object]:
    return {
        "film": to_plain(facts.film),
        "credits": to_plain(facts.credits),
        "titles": list(facts.titles),
        "source": facts.source,
    }


def _unpacked(found: dict[str, object]) -> Facts:
    film, credits, titles = found.get("film"), found.get("credits"), found.get("titles")
    return Facts(
        from_plain(Film, film if isinstance(film, dict) else {}), from_plain(Credits, credits if isinstance(credits, dict) else {}),
        tuple(map(str, titles)) if isinstance(titles, list) else (), str(found.get("source", "")),
    )  # fmt: skip


# looking up


class Catalogue:
    """The finished catalogue, read only. Any thread may have one of its own."""

    def __init__(self, folders: UserFolders) -> None:
        """Raises `FileNotFoundError` where none was made, and `sqlite3.Error` where it is damaged."""
        where = place(folders)
        if not where.is_file():
            raise FileNotFoundError(2, "no catalogue of films was made yet", str(where))
        self._db = sqlite3.connect(f"{where.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    @property
    def count(self) -> int:
        """The number of films."""
        return int(self._db.execute("SELECT COALESCE(MAX(number), 0) FROM films").fetchone()[0])

    def find(self, typed: str, most: int = 30) -> list[Hit]:
        """Films by words of a title in any language, a year, names; the last word may be the beginning of one.

        Those whose whole title is typed come first, then the most known.
        """
        words = re.findall(r"\w+", _spaced(typed))
        if not words:
            return []
        year = words[-1] if len(words) > 1 and re.fullmatch(r"(18|19|20)\d\d", words[-1]) else ""
        numbers: dict[int, None] = {}
        for wanted, when in ((words[:-1], year), (words, "")) if year else ((words, ""),):
            dated = f' AND year : "{when}"' if when else ""
            numbers |= dict.fromkeys(self._whole(wanted, when))
            for match in (f"titles : ({_prefixed(wanted)}){dated}", f"({_prefixed(wanted)}){dated}"):
                if len(numbers) < most:
                    rows = self._db.execute(
                        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?", (match, most)
                    )
                    numbers |= dict.fromkeys(number for (number,) in rows)
        if not numbers and words[0] in _SMALL and len(words) > 1:
            return self.find(" ".join(words[1:]), most)
        return [self._hit(number) for number in list(numbers)[:most]]

    def _whole(self, words: Sequence[str], year: str) -> list[int]:
        """Films of which these words are a whole title."""
        sql = "SELECT number FROM exact WHERE title = ? ORDER BY number LIMIT 200"
        found = [number for (number,) in self._db.execute(sql, (_key_of(" ".join(words)),))]
        return [number for number in found if not year or self._hit(number).year == int(year)][:20]

    def _hit(self, number: int) -> Hit:
        sql = "SELECT title, original, year, imdb FROM films WHERE number = ?"
        title, original, year, imdb = self._db.execute(sql, (number,)).fetchone()
        return Hit(number, title, original if original != title else "", year, self._directors(imdb))

    def _directors(self, imdb: int | None) -> str:
        sql = (
            "SELECT name FROM work JOIN people ON people.id = person WHERE film = ? AND job = 'director' ORDER BY place"
        )
        return ", ".join(name for (name,) in self._db.execute(sql, (imdb,)))

    def facts(self, number: int) -> Facts:
        """All that is known about a film. Raises `KeyError` for a number that is not there."""
        row = self._db.execute("SELECT imdb, facts FROM films WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        imdb, packed = row
        if packed:
            return _unpacked(json.loads(packed))
        title, original, year, runtime, genres = self._db.execute(
            "SELECT title, original, year, runtime, genres FROM raw WHERE id = ?", (imdb,)
        ).fetchone()
        akas = [aka for (aka,) in self._db.execute("SELECT DISTINCT title FROM akas WHERE film = ?", (imdb,))]
        crew: dict[str, list[str]] = {}
        cast: list[Role] = []
        sql = "SELECT job, role, name FROM work JOIN people ON people.id = person WHERE film = ? ORDER BY place"
        for job, role, name in self._db.execute(sql, (imdb,)):
            if job == "actor":
                cast.append(Role(role, (name,)))
            else:
                crew.setdefault(job, []).append(name)
        film = Film(
            title, original if original != title else "", year, runtime, genres=tuple(part for part in genres.split(",") if part),
            ids=Ids(imdb=f"tt{imdb:07}"),
        )  # fmt: skip
        jobs = tuple(Crew(job, tuple(dict.fromkeys(people))) for job, people in crew.items())
        return Facts(film, Credits(jobs, tuple(cast)), tuple(dict.fromkeys((title, original, *akas))), "imdb")


def _prefixed(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}" *'
