"""Where the program keeps what is its own: recovery copies, receipts, settings, thumbnails. Never in a library."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from reviewer.library.files import replace


@dataclass(frozen=True)
class UserFolders:
    """The user's folders for this program, as the system has them."""

    data: Path
    config: Path
    cache: Path

    @classmethod
    def standard(cls) -> UserFolders:
        """The system's own places (XDG on Linux, Application Support on macOS, AppData on Windows)."""
        named = platformdirs.PlatformDirs("reviewer", appauthor=False)
        return cls(Path(named.user_data_dir), Path(named.user_config_dir), Path(named.user_cache_dir))

    def of(self, kind: str, folder: Path) -> Path:
        """The place for one folder's records of one kind (``libraries``, ``blogs``), named by its real path."""
        return self.data / kind / key(folder)


def key(path: Path) -> str:
    """A short name for a path: sixteen hexadecimal digits of the SHA-256 of its real, case-folded form."""
    real = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:16]


def read_json(path: Path) -> dict[str, Any]:
    """A state file's content, or nothing where there is none. A damaged one is set aside as ``.bad`` and read as nothing."""
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
        if isinstance(found, dict):
            return found
        raise ValueError("it is no group of values")
    except FileNotFoundError:
        return {}
    except IsADirectoryError:
        return {}
    except ValueError:
        path.replace(path.with_name(f"{path.name}.bad"))
        return {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a state file whole and synced. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
