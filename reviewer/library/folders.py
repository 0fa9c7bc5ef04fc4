"""Where the program keeps what is its own: recovery copies, receipts, settings, thumbnails. Never in a library."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

from reviewer.library.files import replace

_NOWHERE = Path(os.sep, "nonexistent")
"""The home of a user who has none, as Debian's policy manual names it (9.2.3): nothing can be kept there."""
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class UserFolders:
    """The user's folders for this program, as the system has them."""

    data: Path
    config: Path
    cache: Path

    @classmethod
    def standard(cls) -> UserFolders:
        """The system's own places (XDG on Linux, Application Support on macOS, AppData on Windows). A user without a home has none:
        what would be kept there is refused by the disk, and told as that."""
        named = platformdirs.PlatformDirs("reviewer", appauthor=False)
        try:
            return cls(Path(named.user_data_dir), Path(named.user_config_dir), Path(named.user_cache_dir))
        except RuntimeError:
            return cls(*(_NOWHERE / name for name in ("data", "config", "cache")))

    def of(self, kind: str, folder: Path) -> Path:
        """The place for one folder's records of one kind (``libraries``, ``blogs``), named by its real path."""
        return self.data / kind / key(folder)


def home() -> Path:
    """The user's home folder, from which questions for a file start; the root where a user has none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep)


@lru_cache(maxsize=4096)
def key(path: Path) -> str:
    """A short name for a path: sixteen hexadecimal digits of the SHA-256 of its real, case-folded form.

    What a path really is, is asked of the disk once: a link that is turned elsewhere counts from the next start on.
    """
    real = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:16]


def read_json(path: Path, version: int = 1) -> dict[str, Any]:
    """A state file's content, or nothing where there is none.

    One that cannot be read, is damaged or comes from a later version of the program (a higher `version`) is set aside, as
    `set_aside_since` finds it, and read as nothing: it is never written over.
    """
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
        if isinstance(found, dict) and not _is_later(found.get("version"), version):
            return found
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError):
        pass
    set_aside(path)
    return {}


def _is_later(found: object, version: int) -> bool:
    return isinstance(found, (int, float)) and found > version


def set_aside(path: Path) -> Path | None:
    """Give a file that cannot be read a name that says so and since when; the new name, or None where that cannot be."""
    stamp = f"{dt.datetime.now():{_STAMP}}"
    for number in range(100):
        name = path.with_name(f"{path.name}.bad-{stamp}{f'-{number}' if number else ''}")
        if not os.path.lexists(name):
            with contextlib.suppress(OSError):
                return path.rename(name)
            return None
    return None


def set_aside_since(folders: UserFolders, since: dt.datetime) -> list[Path]:
    """State files that were set aside since a moment of local time, as they are called now."""
    found = []
    for base, pattern in ((folders.config, "*.bad-*"), (folders.data, "*.bad-*"), (folders.data, "*/*/*.bad-*")):
        with contextlib.suppress(OSError):
            found += [path for path in base.glob(pattern) if _stamp(path) >= f"{since:{_STAMP}}"]
    return sorted(found)


def _stamp(path: Path) -> str:
    return path.name.rpartition(".bad-")[2][:15]


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a state file whole and synced, of version 1 where the content does not say another. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, json.dumps({"version": 1} | content, indent=1, sort_keys=True).encode() + b"\n")
