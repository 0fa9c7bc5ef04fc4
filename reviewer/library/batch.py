"""Several reviews changed at once: what would change is planned first, and the last such change can be put back, whole.

Only the lines of the front matter that a change concerns are written; texts and all else stay byte for byte. What is about to be
written is kept beside the library's settings first, so that also a change that was cut off can be taken back.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import ChangedOutside, read_regular, replace
from reviewer.library.folders import UserFolders
from reviewer.library.history import BEFORE, History
from reviewer.library.reviews import MOST, CannotRead, open_review, opened
from reviewer.review.values import Review
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.patch import CannotPatch
from reviewer.text.reading import write_document


@dataclass(frozen=True)
class Change:
    """A review that would be changed: what it says now and then, and its bytes before and after."""

    path: Path
    was: Review
    review: Review
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Left:
    """A review that cannot be changed, and why, in words for the writer."""

    path: Path
    why: str


@dataclass(frozen=True)
class Done:
    """What a batch did: the files that were written, and those that were left as they were."""

    changed: tuple[Path, ...] = ()
    left: tuple[Left, ...] = ()


def plan(paths: Iterable[Path], change: Callable[[Review], Review]) -> Iterator[Change | Left]:
    """What a change would do to each review; those that it leaves as they are are passed over. Nothing is written."""
    for path in paths:
        try:
            seen = open_review(path, quick=True)
            if seen.reading.broken is None and change(seen.reading.review) == seen.reading.review:
                continue
            was = opened(path, seen.data)
            review = was.reading.review
            made = change(review)
            if made != review:
                yield Change(path, review, made, was.data, write_document(was.reading.document, made).to_bytes())
            elif was.reading.broken is not None:
                raise was.reading.broken
        except CannotPatch as error:
            yield Left(path, f"line {error.line}: {error.key} {error.why}, so it cannot be changed in place")
        except BrokenFrontMatter as error:
            yield Left(path, f"line {error.line}: {error.reason}")
        except CannotRead as error:
            yield Left(path, str(error))


def carry_out(
    changes: Sequence[Change],
    title: str,
    folders: UserFolders,
    library: Path,
    progress: Callable[[int], bool] = lambda done: True,
) -> Done:
    """Write each change over the version that was planned. One that cannot be written is left, and the others go on.

    `title` says in a few words what is done. `progress` is told how many are done, and says whether to go on. Raises `OSError`
    where the copies for the way back cannot be kept; then nothing was written.
    """
    if changes:
        _remember(changes, title, folders, library)
    return _write(((one.path, one.before, one.after) for one in changes), History.of(folders), progress)


def last(folders: UserFolders, library: Path) -> str:
    """What the last change to several reviews was, in the words of its title; empty where there is none to take back."""
    try:
        with zipfile.ZipFile(_place(folders, library)) as kept:
            return str(json.loads(kept.read("title")))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return ""


def put_back(folders: UserFolders, library: Path) -> Done:
    """Take the last change back. A review that was changed since is left as it is; the others are as they were before.

    Raises `OSError` and `ValueError` where the copies cannot be read.
    """
    place = _place(folders, library)
    try:
        with zipfile.ZipFile(place) as kept:
            names = json.loads(kept.read("paths"))
            copies = [
                (library / os.fsdecode(bytes.fromhex(name)), kept.read(f"{n}.after"), kept.read(f"{n}.before"))
                for n, name in enumerate(names)
            ]
    except (KeyError, zipfile.BadZipFile) as error:
        raise ValueError(f"the copies in {place} are damaged") from error
    done = _write((one for one in copies if _bytes(one[0]) != one[2]), History.of(folders))
    place.unlink(missing_ok=True)
    return done


def _write(
    changes: Iterable[tuple[Path, bytes, bytes]], history: History, progress: Callable[[int], bool] = lambda done: True
) -> Done:
    changed: list[Path] = []
    left: list[Left] = []
    for number, (path, before, after) in enumerate(changes):
        if not progress(number):
            break
        try:
            history.write(path, after, before, BEFORE)
        except ChangedOutside:
            left.append(Left(path, "it was changed by another program meanwhile"))
        except OSError as error:
            left.append(Left(path, error.strerror or str(error)))
        else:
            changed.append(path)
    return Done(tuple(changed), tuple(left))


def _remember(changes: Sequence[Change], title: str, folders: UserFolders, library: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr("title", json.dumps(title))
        kept.writestr("paths", json.dumps([os.fsencode(one.path.relative_to(library)).hex() for one in changes]))
        for number, one in enumerate(changes):
            kept.writestr(f"{number}.before", one.before)
            kept.writestr(f"{number}.after", one.after)
    place = _place(folders, library)
    place.parent.mkdir(parents=True, exist_ok=True)
    replace(place, made.getvalue())


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, MOST)
    except OSError:
        return b""


def _place(folders: UserFolders, library: Path) -> Path:
    return folders.of("libraries", library) / "undo.zip"
