"""Older versions of reviews: what a file held before it was written over, kept outside the library and compressed.

A version is one file, named by its moment, its reason and its fingerprint, in a folder of its review. So nothing that damages one
takes others along, and what is damaged is told by its fingerprint and passed over. A review is known by its path; one that was
moved or renamed by another program is found again by its `id`.

Saving keeps at most one version each five minutes: the newest gives way to the next until it is five minutes younger than the
one before. What a change from outside, a change to many reviews or a way back replaced is always kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.library import files
from reviewer.library.files import Saved, save, sync_folder
from reviewer.library.folders import UserFolders, key, read_json, write_json
from reviewer.review.folding import folded
from reviewer.text.document import Document, NotText
from reviewer.text.reading import read_document

FOUND, SAVED, BEFORE, OUTSIDE, RESTORED = "found", "saved", "before", "outside", "restored"
"""Why a version was kept: it was there before the first save; it was saved; it stood before a change to several reviews, before
another program's version was taken, before an older version was brought back."""
APART = dt.timedelta(minutes=5)
"""The least time between two versions that were merely saved."""
KEPT_DAYS, KEPT_COUNT, KEPT_BYTES = 90, 20, 200_000_000
"""Versions of so many days are kept, and so many of each review whatever their age, until all together have so many bytes."""
_MOST = 64_000_000
_ABOUT = "about.json"
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-([a-z]+)-([0-9a-f]{16})\.gz")
_MOMENT = "%Y%m%dT%H%M%S.%fZ"
_AROUND = 40


@dataclass(frozen=True)
class Version:
    """An older version: where it is kept, the path it had, when and why it was kept, and its bytes on the disk, compressed."""

    place: Path
    path: Path
    when: dt.datetime
    why: str
    size: int

    @property
    def digest(self) -> str:
        """The first sixteen hexadecimal digits of the SHA-256 of what it holds."""
        match = _NAME.fullmatch(self.place.name)
        return match[3] if match else ""


@dataclass(frozen=True)
class Gone:
    """A review that is not in the library any more: where it was, what it was called, and its newest version."""

    was: Path
    title: str
    newest: Version

    @property
    def when(self) -> dt.datetime:
        """When its newest version was kept."""
        return self.newest.when

    @property
    def size(self) -> int:
        """Bytes of that version."""
        return self.newest.size


@dataclass(frozen=True)
class Found:
    """A version that holds the words that were looked for, with those around them."""

    version: Version
    around: str


class Damaged(Exception):
    """A version is not what was kept. Names its file."""


class History:
    """The store of older versions in one folder."""

    def __init__(self, folder: Path, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
        self.folder, self._now = folder, now

    @classmethod
    def of(cls, folders: UserFolders) -> History:
        """The user's own store."""
        return cls(folders.data / "history")

    # keeping

    def keep(self, path: Path, data: bytes, why: str = SAVED) -> None:
        """Keep a version, unless it is the newest already. Raises `OSError`."""
        here = self._place(path)
        known = _versions(here, path)
        digest = fingerprint_of(data)
        if known and known[0].digest == digest:
            if why != SAVED == known[0].why:  # from now on it does not give way to the next
                known[0].place.replace(here / known[0].place.name.replace(f"-{SAVED}-", f"-{why}-"))
            return
        now = self._now()
        # Later than the newest version also where the clock was set back: the order holds.
        moment = max(now, known[0].when + dt.timedelta(microseconds=1)) if known else now
        if not known:
            self._begin(here, path, data)
        name = f"{moment:{_MOMENT}}-{why}-{digest}.gz"
        files.replace(here / name, gzip.compress(data, 6, mtime=0))
        # Behind a clock that was set back nobody knows how far apart two saves are: both stay.
        close = len(known) > 1 and known[0].when - known[1].when < APART and moment == now
        if close and why == known[0].why == SAVED:
            with contextlib.suppress(OSError):
                known[0].place.unlink()

    def write(self, path: Path, data: bytes, base: bytes, why: str = SAVED, in_place: bool = False) -> Saved:
        """Save a file over the version it was read as, and keep both. Where they cannot be kept the file is written all the same,
        and `Saved.unkept` says why. Raises what `reviewer.library.files.save` raises."""
        unkept: OSError | None = None
        try:
            self.keep(path, base, why if why != SAVED or self._knows(path) else FOUND)
        except OSError as error:
            unkept = error
        saved = save(path, data, base, in_place)
        try:
            self.keep(path, data)
        except OSError as error:
            unkept = error
        return replace(saved, unkept=unkept)

    def bring(self, path: Path, data: bytes) -> None:
        """Write a review that is not there any more where it was. Raises `FileExistsError` and `OSError`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        files.place_new(path, data)
        sync_folder(path.parent)

    def _knows(self, path: Path) -> bool:
        return (self._place(path) / _ABOUT).exists()

    def _begin(self, here: Path, path: Path, data: bytes) -> None:
        here.mkdir(parents=True, exist_ok=True, mode=0o700)
        identity = ""
        with contextlib.suppress(NotText):
            identity = read_document(Document.read(data), quick=True).review.id
        write_json(here / _ABOUT, {"path": os.fsencode(path.absolute()).hex(), "id": identity})

    def moved(self, old: Path, new: Path) -> None:
        """A review has another path now: its versions go along. Raises `OSError`."""
        source, target = self._place(old), self._place(new)
        if not source.is_dir() or source == target:
            return
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = read_json(source / _ABOUT) | {"path": os.fsencode(new.absolute()).hex()}
        write_json(target / _ABOUT, about)
        for version in _versions(source, old):
            version.place.replace(target / version.place.name)
        _remove(source)
        sync_folder(target)

    # looking

    def versions(self, path: Path, identity: str = "") -> list[Version]:
        """What is kept of a review, the newest first; with its `id`, also from where it was before it was moved."""
        found = _versions(self._place(path), path)
        if identity:
            for place, was, its in self._reviews():
                if its == identity and place != self._place(path) and not was.exists():
                    found += _versions(place, was)
        return sorted(found, key=lambda one: one.when, reverse=True)

    def read(self, version: Version) -> bytes:
        """The bytes of a version. Raises `Damaged` and `OSError`."""
        try:
            unpacking = zlib.decompressobj(wbits=31)
            data = unpacking.decompress(version.place.read_bytes(), _MOST)
        except (zlib.error, EOFError) as error:
            raise Damaged(f"The version in {version.place} is damaged: {error}.") from error
        if fingerprint_of(data) != version.digest:
            raise Damaged(f"The version in {version.place} is damaged.")
        return data

    def gone(self, library: Path) -> list[Gone]:
        """Reviews of a library whose files are not there any more, the last kept first."""
        there = {its for _, was, its in self._reviews() if its and was.exists()}
        found = []
        for place, was, its in self._reviews():
            if was.is_relative_to(library.absolute()) and not was.exists() and its not in there:
                for version in _versions(place, was):
                    with contextlib.suppress(Damaged, OSError, NotText):
                        title = read_document(Document.read(self.read(version)), quick=True).review.title
                        found.append(Gone(was, title or was.parent.name, version))
                        break
        return sorted(found, key=lambda one: one.newest.when, reverse=True)

    def search(self, words: str, versions: list[Version]) -> Iterator[Found]:
        """Those of these versions that hold all of the words; accents and case are forgiven."""
        wanted = folded(words).split()
        for version in versions:
            with contextlib.suppress(Damaged, OSError, NotText):
                text = Document.read(self.read(version)).to_bytes().decode("utf-8", "replace")
                plain = folded(text)
                if wanted and all(word in plain for word in wanted):
                    yield Found(version, _around(text, plain, wanted[0]))

    def forget(self, path: Path) -> None:
        """Remove every version of a review, by the writer's word."""
        here = self._place(path)
        for version in _versions(here, path):
            _unlink(version)
        _remove(here)

    # pruning

    def prune(self, most: int = KEPT_BYTES) -> int:
        """Remove what is too old or too much, never the newest of a review; returns how many versions were removed."""
        removed, left = 0, []
        self._sweep()
        every = [_versions(place, was) for place, was, _ in self._reviews()]
        # A clock that jumps ahead makes nothing old: age is counted from the newest version.
        newest = max((known[0].when for known in every if known), default=self._now())
        before = min(self._now(), newest) - dt.timedelta(days=KEPT_DAYS)
        for known in every:
            for number, version in enumerate(known):
                if number >= KEPT_COUNT and version.when < before:
                    removed += _unlink(version)
                else:
                    left.append((number == 0, version))
        total = sum(version.size for _, version in left)
        for is_newest, version in sorted(left, key=lambda pair: pair[1].when):
            if total <= most:
                break
            if not is_newest:
                removed += _unlink(version)
                total -= version.size
        return removed

    def _sweep(self) -> None:
        """Remove unfinished files of a day ago and older: what they would have kept is kept by the next save."""
        before = self._now().timestamp() - 86_400
        for place in self.folder.glob("*/.*.tmp"):
            with contextlib.suppress(OSError):
                if place.stat().st_mtime < before:
                    place.unlink()

    def _place(self, path: Path) -> Path:
        return self.folder / key(path)

    def _reviews(self) -> Iterator[tuple[Path, Path, str]]:
        """Each review that something is kept of: its folder, its path and its `id`."""
        for place in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                about = read_json(place / _ABOUT)
                yield place, Path(os.fsdecode(bytes.fromhex(about["path"]))), str(about.get("id", ""))


def _versions(place: Path, path: Path) -> list[Version]:
    """The versions in a folder, the newest first."""
    found = []
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(place):
            match = _NAME.fullmatch(entry.name)
            with contextlib.suppress(OSError, ValueError):
                if match is not None:
                    when = dt.datetime.strptime(match[1], _MOMENT).replace(tzinfo=dt.UTC)
                    found.append(Version(Path(entry.path), path, when, match[2], entry.stat().st_size))
    return sorted(found, key=lambda one: one.when, reverse=True)


def fingerprint_of(data: bytes) -> str:
    """The first sixteen hexadecimal digits of the SHA-256, by which a version is named."""
    return hashlib.sha256(data).hexdigest()[:16]


def _unlink(version: Version) -> int:
    try:
        version.place.unlink()
    except OSError:
        return 0
    return 1


def _remove(place: Path) -> None:
    with contextlib.suppress(OSError):
        (place / _ABOUT).unlink(missing_ok=True)
        place.rmdir()


def _around(text: str, plain: str, word: str) -> str:
    """The words around a find. Folding may change lengths, so the place is looked for by its share of the text."""
    line = plain.count("\n", 0, plain.find(word))
    found = text.split("\n")[line] if line < text.count("\n") + 1 else ""
    at = max(0, folded(found).find(word) - _AROUND)
    cut = found[at : at + 2 * _AROUND + len(word)].strip()
    return f"{'…' if at else ''}{cut}{'…' if at + len(cut) < len(found) else ''}"
