"""Small pictures, kept by what is in the file: a copy or a renamed file needs no new one.

One SQLite file in the user's cache folder. It may be deleted at any time, a damaged one is made anew, and what was not
looked at for longest goes when it grows over its limit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.library.files import read_regular
from reviewer.stills.formats import MOST_BYTES
from reviewer.stills.likeness import likeness
from reviewer.stills.thumbnails import draw, pixels_of

_WHOLE = 100_000
"""Pixels: no picture has a longer side."""
MOST = 200_000_000
"""Bytes that small pictures may take."""
_TABLES = """
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, time INTEGER, size INTEGER, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS small (sha256 TEXT, width INTEGER, height INTEGER, day INTEGER, picture BLOB,
  PRIMARY KEY (sha256, width, height));
CREATE TABLE IF NOT EXISTS likeness (sha256 TEXT PRIMARY KEY, bits TEXT) WITHOUT ROWID;
"""
_SMALL = (240, 135)


@dataclass(frozen=True)
class Known:
    """What a picture's content says: the SHA-256 of its bytes, and its likeness (see `reviewer.stills.likeness`)."""

    sha256: str
    likeness: str


class PictureCache:
    """Thumbnails and likenesses by content. Safe to be used from several threads."""

    def __init__(self, place: Path, most: int = MOST) -> None:
        self._place, self._most = place, most
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        self._written = 0

    def thumbnail(self, path: Path, width: int, height: int) -> bytes:
        """A JPEG or PNG of at least `width` x `height` pixels where the picture has them, to be cropped to that shape.

        Raises `reviewer.stills.formats.Refused` and `OSError`. Meant for a thread of its own: a large picture takes a
        tenth of a second.
        """
        digest, data = self._digest(path)
        found = self._row(
            "SELECT picture, day FROM small WHERE sha256=? AND width=? AND height=?", digest, width, height
        )
        if found is not None:
            if found[1] != _day():
                self._write(
                    "UPDATE small SET day=? WHERE sha256=? AND width=? AND height=?", _day(), digest, width, height
                )
            return bytes(found[0])
        made = draw(data or read_regular(path, MOST_BYTES), path.name, (width, height))
        self._write("INSERT OR REPLACE INTO small VALUES (?,?,?,?,?)", digest, width, height, _day(), made)
        self._written += len(made)
        if self._written > self._most / 20:
            self._trim()
        return made

    def pixels(self, path: Path, width: int, height: int) -> tuple[int, int, bytes]:
        """The pixels of a thumbnail: its width, its height, and RGBA bytes row by row. Raises like `thumbnail`."""
        return pixels_of(self.thumbnail(path, width, height), path.name, _WHOLE)

    def known(self, path: Path) -> Known:
        """What the content of a picture says. Raises like `thumbnail`."""
        digest, _ = self._digest(path)
        found = self._row("SELECT bits FROM likeness WHERE sha256=?", digest)
        if found is None:
            found = (likeness(self.thumbnail(path, *_SMALL)),)
            self._write("INSERT OR REPLACE INTO likeness VALUES (?,?)", digest, found[0])
        return Known(digest, found[0])

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None

    def _digest(self, path: Path) -> tuple[str, bytes]:
        """The hash of a file's bytes, read anew only where its time or size changed; and the bytes where they were read."""
        status, name = path.stat(), os.fsencode(path)
        row = self._row("SELECT sha256 FROM files WHERE path=? AND time=? AND size=?",
                        name, status.st_mtime_ns, status.st_size)  # fmt: skip
        if row is not None:
            return str(row[0]), b""
        data = read_regular(path, MOST_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        self._write("INSERT OR REPLACE INTO files VALUES (?,?,?,?)", name, status.st_mtime_ns, status.st_size, digest)
        return digest, data

    # the file; whatever is wrong with it, pictures are drawn all the same

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        return next(iter(self._do(query, values)), None)

    def _write(self, query: str, *values: object) -> None:
        self._do(query, values)

    def _do(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                if self._base is None:
                    self._base = self._connect()
                return self._base.execute(query, values).fetchall()
            except sqlite3.OperationalError:  # another window writes, or the disk is full
                return []
            except sqlite3.DatabaseError:  # it is damaged, or no such file at all
                self._discard()
                return []
            except OSError:
                return []

    def _connect(self) -> sqlite3.Connection:
        self._place.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self._place, timeout=1, isolation_level=None, check_same_thread=False)
        try:
            base.executescript(f"PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; {_TABLES}")
        except sqlite3.Error:
            base.close()
            self._place.unlink(missing_ok=True)
            raise
        return base

    def _discard(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None
        with contextlib.suppress(OSError):
            self._place.unlink()

    def _trim(self) -> None:
        """Drop what was not looked at for longest, until four fifths of the limit are left."""
        self._written = 0
        (total,) = self._row("SELECT COALESCE(SUM(LENGTH(picture)), 0) FROM small") or (0,)
        if total <= self._most:
            return
        dropped = 0
        for row, size in self._do("SELECT rowid, LENGTH(picture) FROM small ORDER BY day, rowid", ()):
            if total - dropped <= self._most * 4 // 5:
                break
            self._write("DELETE FROM small WHERE rowid=?", row)
            dropped += size
        self._write("VACUUM")


def _day() -> int:
    return int(time.time() // 86_400)
