"""What was typed and not saved, kept outside the library: one file a review, replaced whole each time.

A copy is removed only when its text was saved or the writer said what should become of it. "Not now" leaves it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import replace
from reviewer.library.folders import key, set_aside

KEPT_DAYS = 30
"""Days for which a copy is kept after the writer decided against it; until then it is kept for ever."""
VERSION = 1
ANSWERED = ".kept"
"""The ending of a copy that the writer decided against; it is kept as long as one that was put off."""

_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Copy:
    """Unsaved work: the whole file as it would have been saved, and the bytes it started from (None: never saved)."""

    place: Path
    path: Path | None
    library: Path | None
    content: bytes
    base: bytes | None
    when: dt.datetime


class Recovery:
    """The store of unsaved work in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._given: set[Path] = set()

    def place(self, path: Path | None) -> Path:
        """A new place for the copy of a review: never one where an earlier copy still waits for an answer."""
        name = key(path) if path is not None else "new"
        place = self.folder / f"{name}-{os.urandom(6).hex()}.json"
        self._given.add(place)
        return place

    def keep(self, place: Path, path: Path | None, library: Path | None, content: bytes, base: bytes | None) -> None:
        """Write a copy, whole and synced. Raises `OSError`."""
        record = {
            "version": VERSION,
            "path": str(path) if path else None,
            "library": str(library) if library else None,
            "content": content.decode("utf-8", "surrogateescape"),
            "base": None if base is None else base.decode("utf-8", "surrogateescape"),
            "when": dt.datetime.now(dt.UTC).isoformat(),
        }
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace(place, json.dumps(record).encode())

    def drop(self, place: Path) -> None:
        """Remove a copy whose text is safe elsewhere."""
        with contextlib.suppress(FileNotFoundError):
            place.unlink()

    def answered(self, copy: Copy) -> None:
        """The writer decided against a copy: it is offered no more unless asked for. Raises `OSError`."""
        os.utime(copy.place)
        copy.place.replace(copy.place.with_suffix(ANSWERED))

    def prune(self, now: dt.datetime) -> None:
        """Remove copies that were decided against 30 days ago or more, and unfinished files as old. What waits for an answer stays."""
        before = (now - dt.timedelta(days=KEPT_DAYS)).timestamp()
        for place in self.folder.iterdir() if self.folder.is_dir() else ():
            with contextlib.suppress(OSError):
                if place.suffix in (ANSWERED, ".tmp") and place.stat().st_mtime < before:
                    place.unlink()

    def set_aside(self) -> list[Path]:
        """Give copies that no version of the program up to this one can have written whole another name, so that each is told once;
        the new names. What can still be read of a text in them stays there. One that the disk does not give now keeps its name."""
        found = []
        for place in self.folder.glob("*.json") if self.folder.is_dir() else ():
            try:
                self._read(place)
            except (IsADirectoryError, *_DAMAGED):
                found.append(set_aside(place))
            except OSError:
                continue
        return [place for place in found if place is not None]

    def left_over(self) -> list[Copy]:
        """Copies that an earlier run of the program left, the newest first, whatever the clock says now or said then."""
        return [copy for copy in self.copies() if copy.place not in self._given]

    def copies(self, decided: bool = False) -> list[Copy]:
        """All copies, the newest first, with those that were decided against if asked for; one that cannot be read is left where
        it is."""
        found = []
        names = ("*.json", f"*{ANSWERED}") if decided else ("*.json",)
        for place in (p for name in names for p in self.folder.glob(name)) if self.folder.is_dir() else ():
            with contextlib.suppress(OSError, *_DAMAGED):
                found.append(self._read(place))
        return sorted(found, key=lambda copy: copy.when, reverse=True)

    def _read(self, place: Path) -> Copy:
        record = json.loads(place.read_bytes())
        if record["version"] > VERSION:
            raise ValueError("a later version of the program wrote it")
        base, when = record["base"], dt.datetime.fromisoformat(record["when"])
        return Copy(
            place,
            Path(record["path"]) if record["path"] else None,
            Path(record["library"]) if record["library"] else None,
            record["content"].encode("utf-8", "surrogateescape"),
            None if base is None else base.encode("utf-8", "surrogateescape"),
            when if when.tzinfo else when.replace(tzinfo=dt.UTC),
        )
