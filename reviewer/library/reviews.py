"""Reviews as files: open, make, change, copy, rename."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import Saved, read_regular, save, sync_folder, sync_tree
from reviewer.library.history import History
from reviewer.review.slugs import fold, free, slug
from reviewer.review.values import Feature, Film, Review
from reviewer.text.document import Document, NotText
from reviewer.text.reading import Reading, read_document, write_document
from reviewer.text.schema import REVIEW

NAME = "review.md"
MOST = 8_000_000
"""Bytes a review may have; a film review has some ten thousand."""


class CannotRead(Exception):
    """The file is there and is no text that could be edited. Says which file, why, and what can be done."""

    def __init__(self, path: Path, reason: str, fix: str) -> None:
        super().__init__(f"{path}: {reason}. {fix}")
        self.path, self.reason, self.fix = path, reason, fix


@dataclass(frozen=True)
class Opened:
    """A review as it stands on the disk: its path, its bytes and what they say."""

    path: Path
    data: bytes
    reading: Reading

    @property
    def folder(self) -> Path:
        """The folder in which the review's stills lie."""
        return self.path.parent


def open_review(path: Path, quick: bool = False) -> Opened:
    """Read a review, or any other Markdown file. Raises `CannotRead` with reason and way out, and `OSError`.

    `quick` is for a look at thousands, of which nothing is written.
    """
    try:
        data = read_regular(path, MOST)
        return opened(path, data, quick)
    except IsADirectoryError:
        inside = path / NAME
        fix = f"Open {inside}." if inside.is_file() else "Open it as a library, or name a file in it."
        raise CannotRead(path, "it is a folder, not a review", fix) from None
    except NotText as error:
        raise CannotRead(path, str(error), "Save it as UTF-8 in the program that wrote it.") from None
    except OSError as error:
        raise CannotRead(path, _why(error), _way_out(error)) from error


def opened(path: Path, data: bytes, quick: bool = False) -> Opened:
    """A review from bytes that are already there. Raises `reviewer.text.document.NotText`."""
    return Opened(path, data, read_document(Document.read(data), quick))


def features(paths: Iterable[Path]) -> list[tuple[str, Feature]]:
    """The films of these reviews, each under its review's title; what cannot be read is passed over."""
    found: list[tuple[str, Feature]] = []
    for path in paths:
        with contextlib.suppress(CannotRead):
            review = open_review(path).reading.review
            found += [(review.title, one) for one in review.features]
    return found


def _why(error: OSError) -> str:
    return {
        FileNotFoundError: "there is no such file",
        PermissionError: "you may not read it",
    }.get(type(error), error.strerror or str(error))


def _way_out(error: OSError) -> str:
    return {
        FileNotFoundError: "Look at the spelling of the path.",
        PermissionError: "Ask its owner, or change its permissions.",
    }.get(type(error), "Open another file.")


def save_review(
    was: Opened,
    review: Review,
    text: str | None = None,
    rewrite: Collection[str] = (),
    *,
    history: History,
    in_place: bool = False,
) -> tuple[Opened, Saved]:
    """Write a changed review over the version it was opened as; an unchanged one is not written. Both versions are kept in the
    history; where that cannot be, the review is saved all the same.

    Raises what `reviewer.library.files.save` and `reviewer.text.reading.write_document` raise; the file is then as it was.
    """
    document = write_document(was.reading.document, review, text, rewrite)
    data = document.to_bytes()
    if data == was.data and was.path.exists():
        return was, Saved(was.path)
    saved = history.write(was.path, data, was.data, in_place=in_place)
    return opened(was.path, data), saved


def fresh(
    title: str, film: str = "", year: int | None = None, today: dt.date | None = None, author: str = ""
) -> Review:
    """A new draft with an identity of its own."""
    return Review(
        id=os.urandom(4).hex(),
        title=title,
        status="draft",
        date=today or dt.date.today(),
        author=author,
        film=Film(title=film or (title if year else ""), year=year),
    )


def create(
    library: Path,
    review: Review,
    text: str = "",
    begun: Document = Document(),  # noqa: B008
    *,
    history: History,
) -> Opened:
    """Put a new review into a library, in a folder named after title and year; `begun` is what it is written into.

    Raises `OSError`.
    """
    document = write_document(begun, review, text, REVIEW.keys)
    data = document.to_bytes()
    library.mkdir(parents=True, exist_ok=True)
    folder = _new_folder(library, _folder_name(review))
    try:
        save(folder / NAME, data, None)
    except OSError:
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise
    sync_folder(library)
    with contextlib.suppress(OSError):  # the file itself is safe
        history.keep(folder / NAME, data)
    return opened(folder / NAME, data)


def _folder_name(review: Review) -> str:
    name = slug(review.title) or "untitled"
    return f"{name}-{review.film.year}" if review.film.year and not name.endswith(str(review.film.year)) else name


def _new_folder(library: Path, name: str) -> Path:
    for _ in range(1000):
        taken = {fold(entry.name) for entry in os.scandir(library)}
        folder = library / free(name, taken)
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(f"No free folder name for {name} in {library}")


def duplicate(path: Path, library: Path) -> Path:
    """Copy a review with its stills and permissions under a new folder and identity; returns the new file."""
    was = open_review(path)
    review = was.reading.review
    title = f"{review.title} (copy)" if review.title else "Untitled (copy)"
    changed = dataclasses.replace(review, id=os.urandom(4).hex(), title=title, slug="", status="draft")
    folder = _new_folder(library, f"{path.parent.name if path.name == NAME else path.stem}-copy")
    if path.name == NAME:
        for name in ("stills", "permissions"):
            if (path.parent / name).is_dir():
                shutil.copytree(path.parent / name, folder / name)
                sync_tree(folder / name)
    data = write_document(was.reading.document, changed).to_bytes() if was.reading.broken is None else was.data
    save(folder / NAME, data, None)
    sync_folder(library)
    return folder / NAME


def rename(path: Path, name: str, history: History) -> Path:
    """Give the review's folder (or a lone Markdown file) another name; returns the new path of the review.

    Raises `FileExistsError` where the name is taken, `ValueError` where it is none.
    """
    plain = name.strip()
    if not plain or plain in (".", "..") or any(c in plain for c in '/\\\0:*?"<>|') or plain.startswith("."):
        raise ValueError(f"“{name}” cannot be a name. Use letters, digits, blanks and hyphens.")
    own_folder = path.name == NAME
    source = path.parent if own_folder else path
    target = source.with_name(plain if own_folder or plain.endswith(path.suffix) else plain + path.suffix)
    if target.exists() and not (target.samefile(source) and fold(target.name) == fold(source.name)):
        raise FileExistsError(f"{target.name} is there already.")
    source.rename(target)
    sync_folder(target.parent)
    path = target / NAME if own_folder else target
    with contextlib.suppress(OSError):  # by its identity its versions are found all the same
        history.moved(source / NAME if own_folder else source, path)
    return path
