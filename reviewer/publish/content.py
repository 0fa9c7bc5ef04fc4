"""The bytes of a plan's files, kept where they need little memory: texts here, pictures on the disk until they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import weakref
from dataclasses import dataclass
from pathlib import Path

from reviewer.publish.receipts import digest

SMALL = 65_536
"""Bytes that are always kept in memory."""


@dataclass(frozen=True)
class Content:
    """A file's bytes by their SHA-256 and size; `read` gives them, from the memory or from where they lie."""

    sha256: str
    size: int
    data: bytes | None = None
    path: Path | None = None

    @classmethod
    def of(cls, data: bytes) -> Content:
        """Bytes that are kept here."""
        return cls(digest(data), len(data), data)

    @classmethod
    def at(cls, path: Path, data: bytes) -> Content:
        """Bytes that lie in a file; few are kept here all the same."""
        return cls.of(data) if len(data) <= SMALL else cls(digest(data), len(data), None, path)

    def read(self) -> bytes:
        """The bytes. Raises `OSError`, also where the file holds others by now."""
        if self.data is not None:
            return self.data
        assert self.path is not None
        found = self.path.read_bytes()
        if digest(found) != self.sha256:
            raise OSError(errno.EBUSY, "it changed since the plan was made; look at the plan again", str(self.path))
        return found


class Spool:
    """A folder in the cache for the new pictures of one plan; it goes with the plan."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"{os.getpid()}-{os.urandom(6).hex()}"
        self._end = weakref.finalize(self, shutil.rmtree, str(self._folder), True)

    def keep(self, data: bytes) -> Content:
        """Keep bytes on the disk; where that cannot be, in the memory."""
        if len(data) <= SMALL:
            return Content.of(data)
        path = self._folder / digest(data)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return Content(path.name, len(data), None, path)
        return Content.of(data)


def sweep(folder: Path) -> None:
    """Take away what plans of programs that are gone left in the cache."""
    for left in folder.glob("*-*") if folder.is_dir() else ():
        number = left.name.partition("-")[0]
        if number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
