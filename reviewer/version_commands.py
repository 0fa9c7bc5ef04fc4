"""The verb `versions`: older versions of a review, and reviews that are not there any more."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from reviewer.library import conflicts
from reviewer.library.files import ChangedOutside, read_regular
from reviewer.library.folders import UserFolders
from reviewer.library.history import RESTORED, Damaged, Gone, History, Version
from reviewer.library.reviews import MOST, CannotRead, open_review
from reviewer.reports import DONE, Failed


def _versions(options: argparse.Namespace) -> int:
    path, history = Path(options.file).absolute(), History.of(UserFolders.standard())
    if path.is_dir():
        return _gone(options, history.gone(path))
    known = history.versions(path, _identity(path))
    if options.search:
        known = [found.version for found in history.search(options.search, known)]
    if options.act == "list":
        return _list(options, path, known)
    version = _numbered(known, options.number, path)
    try:
        data = history.read(version)
    except (Damaged, OSError) as error:
        raise Failed(f"{error} Take another version.") from error
    if options.act == "show":
        sys.stdout.buffer.write(data)
        return DONE
    return _restore(path, data, history)


def _identity(path: Path) -> str:
    with contextlib.suppress(CannotRead):
        return open_review(path, quick=True).reading.review.id
    return ""


def _list(options: argparse.Namespace, path: Path, known: list[Version]) -> int:
    rows = [
        {"number": number, "when": one.when.isoformat(), "why": one.why, "bytes": one.size, "path": str(one.path)}
        for number, one in enumerate(known, 1)
    ]
    beside = [str(one.path) for one in conflicts.siblings(path)]
    if options.json:
        print(json.dumps({"versions": rows, "beside": beside}, ensure_ascii=False, indent=1))
        return DONE
    for row, one in zip(rows, known, strict=True):
        print(row["number"], f"{one.when.astimezone():%Y-%m-%d %H:%M:%S}", row["why"], sep="\t")
    for name in beside:
        print("-", "beside the review", name, sep="\t")
    return DONE


def _gone(options: argparse.Namespace, gone: list[Gone]) -> int:
    """Reviews that are not in a library any more."""
    if options.act != "list":
        raise Failed(f"{options.file} is a folder. Name the review, also one that is not there any more.")
    rows = [{"path": str(one.was), "title": one.title, "when": one.newest.when.isoformat()} for one in gone]
    if options.json:
        print(json.dumps({"gone": rows}, ensure_ascii=False, indent=1))
        return DONE
    for row in rows:
        print(row["when"][:16].replace("T", " "), row["path"], row["title"], sep="\t")
    return DONE


def _numbered(known: list[Version], number: int | None, path: Path) -> Version:
    if number is None:
        raise Failed("Which version? Name its number, as reviewer versions FILE lists it.")
    if not 1 <= number <= len(known):
        raise Failed(
            f"{path}: there is no version {number}; {len(known)} are kept. reviewer versions {path} lists them."
        )
    return known[number - 1]


def _restore(path: Path, data: bytes, history: History) -> int:
    """Write an older version as the review; what stands there now is kept as a version."""
    try:
        if path.exists():
            saved = history.write(path, data, read_regular(path, MOST), RESTORED)
            if saved.unkept is not None:
                print(f"{path}: what stood there could not be kept: {saved.unkept.strerror}.", file=sys.stderr)
        else:
            history.bring(path, data)
    except ChangedOutside as error:
        raise Failed(
            f"{path} was changed by another program at this moment. Nothing was written; try again."
        ) from error
    except OSError as error:
        raise Failed(f"{path}: {error.strerror or error}. Nothing was written.") from error
    print(path)
    return DONE


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {"versions": _versions}
