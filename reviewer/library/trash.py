"""The trash: reviews that were thrown away, whole, with all that lies beside them, until the writer empties it.

It is in the user's folder and not the system's trash, which a removable or a network drive may not have, and which does not say
where a folder came from in a way that every system shares. Each review lies in a folder of its own beside what is known of it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import sync_folder, sync_tree
from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.library.listing import find
from reviewer.library.reviews import NAME
from reviewer.review.slugs import fold, free

_ABOUT = "about.json"
_PARTIAL = ".partial"


@dataclass(frozen=True)
class Discarded:
    """A review in the trash: the folder that holds it, what lies there, where it was, its title, when it was thrown away, and the
    bytes of all its files."""

    place: Path
    kept: Path
    was: Path
    title: str
    when: dt.datetime
    size: int


def discard(path: Path, title: str, folders: UserFolders, library: Path) -> Discarded:
    """Move a review into the trash: its folder, or a lone Markdown file.

    On another drive it is copied whole first, and only then taken away. Raises `OSError`; the review is then where it was.
    """
    source = what_goes(path, library)
    when = dt.datetime.now(dt.UTC)
    place = _new_place(_folder(folders, library), f"{when:%Y%m%d-%H%M%S}")
    about = {
        "was": os.fsencode(source).hex(),
        "title": title,
        "when": when.isoformat(),
        "name": os.fsencode(source.name).hex(),
    }
    try:
        write_json(place / _ABOUT, about)
        _move(source, place / source.name)
    except OSError:
        if not (place / source.name).exists():
            shutil.rmtree(place, ignore_errors=True)
        raise
    return Discarded(place, place / source.name, source, title, when, _size(place / source.name))


def what_goes(path: Path, library: Path) -> Path:
    """What is thrown away with a review: its folder, or only its file where the folder holds more than this review.

    A library whose root is a review keeps all others, and so does a folder of the writer's with a review among other things.
    """
    folder = path.parent
    if path.name != NAME or library.resolve().is_relative_to(folder.resolve()):
        return path
    if not path.is_relative_to(library):
        return folder if {one.name for one in folder.iterdir()} <= {NAME, "stills", "permissions"} else path
    unlisted: dict[Path, str] = {}
    return folder if list(find(folder, unlisted)) == [path] and not unlisted else path


def discarded(folders: UserFolders, library: Path) -> list[Discarded]:
    """What is in a library's trash, the last first. What cannot be read there is passed over."""
    found = []
    folder = _folder(folders, library)
    for place in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else ():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = read_json(place / _ABOUT)
            kept = place / os.fsdecode(bytes.fromhex(about["name"]))
            if kept.exists() and kept.parent == place:
                was = Path(os.fsdecode(bytes.fromhex(about["was"])))
                when = dt.datetime.fromisoformat(about["when"])
                found.append(Discarded(place, kept, was, str(about["title"]), when, _size(kept)))
    return found


def restore(one: Discarded, library: Path) -> Path:
    """Put a review back where it was, under another name where that is taken by now; the path of its text.

    Raises `OSError`, also where the library is not there; it is then still in the trash.
    """
    if not library.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the library is not there", str(library))
    parent = one.was.parent
    parent.mkdir(parents=True, exist_ok=True)
    ending = one.was.suffix if one.kept.is_file() else ""
    stem = one.was.name.removesuffix(ending)
    target = parent / free(stem, {fold(entry.name) for entry in os.scandir(parent)}, ending)
    _move(one.kept, target)
    shutil.rmtree(one.place, ignore_errors=True)
    return target / NAME if target.is_dir() else target


def erase(one: Discarded) -> None:
    """Take a review out of the trash for good. Raises `OSError`."""
    shutil.rmtree(one.place)


def _folder(folders: UserFolders, library: Path) -> Path:
    return folders.of("libraries", library) / "trash"


def _new_place(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 10_000):
        with contextlib.suppress(FileExistsError):
            place = folder / f"{name}-{number:04}"
            place.mkdir()
            return place
    raise FileExistsError(errno.EEXIST, "no free name", str(folder))


def _move(source: Path, target: Path) -> None:
    """Give a file or folder another place, whole: between drives it is copied first and then taken away."""
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        partial = target.with_name(f".{target.name[:60]}{_PARTIAL}")
        try:
            shutil.copytree(source, partial, symlinks=True) if source.is_dir() else shutil.copy2(source, partial)
            sync_tree(partial)
            os.rename(partial, target)
        except (OSError, shutil.Error):
            shutil.rmtree(partial, ignore_errors=True) if partial.is_dir() else partial.unlink(missing_ok=True)
            raise
        # The copy is whole: whatever cannot be taken away from its old place is there twice now, and nothing is lost.
        shutil.rmtree(source, ignore_errors=True) if source.is_dir() else source.unlink(missing_ok=True)
    for folder in (target.parent, source.parent):
        with contextlib.suppress(OSError):
            sync_folder(folder)


def _size(kept: Path) -> int:
    files = (path for path in kept.rglob("*") if path.is_file()) if kept.is_dir() else (kept,)
    return sum(path.lstat().st_size for path in files)
