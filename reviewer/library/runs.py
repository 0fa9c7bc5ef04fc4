"""One program at a time for one user: a lock that ends with its process, and a note of runs that did not end well."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

from reviewer.library.folders import read_json, write_json


class Lock:
    """A lock on a file, held by the system for as long as the process lives: one that is left over from a crash is none."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """The lock, or None where another process holds it. Raises `OSError` where there can be no lock."""
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
        try:
            _lock(file)
        except BlockingIOError:
            file.close()
            return None
        except OSError:
            file.close()
            raise
        return cls(file)

    def release(self) -> None:
        """Let the lock go; the end of the process does so too."""
        self._file.close()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # only there

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
    else:
        import fcntl  # not on Windows

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Runs:
    """Counts runs in a row that did not end well: killed, crashed, or cut off with the machine."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / "running.json"

    def begin(self) -> int:
        """A run begins; returns how many before it, one after the other, did not end well."""
        count = 0
        if self._place.exists():
            found = read_json(self._place).get("count")
            count = found if isinstance(found, int) and 0 < found < 1000 else 1
        with contextlib.suppress(OSError):
            write_json(self._place, {"count": count + 1, "pid": os.getpid()})
        return count

    def end(self) -> None:
        """The run ended well."""
        with contextlib.suppress(OSError):
            self._place.unlink(missing_ok=True)
