"""What an export wrote, with hashes: how the next export knows what is its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from reviewer.library.folders import UserFolders, key, read_json, write_json


@dataclass(frozen=True)
class Published:
    """A still as it went out: where in the blog, the hash of its original, on what basis and state, and when first so."""

    path: str = ""
    sha256: str = ""
    basis: str = ""
    state: str = ""
    date: str = ""


@dataclass(frozen=True)
class Receipt:
    """The files of one review's post in one blog: path relative to the blog, and the SHA-256 of what was written.

    `stills` are the pictures in it by their path in the review; `made` says for a picture's path what it was made from.
    """

    review: str
    source: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    stills: Mapping[str, Published] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def review_key(identity: str, path: Path) -> str:
    """How receipts name a review: by its own id, or by its path where it has none."""
    return identity if identity.isalnum() and 4 <= len(identity) <= 64 else f"path-{key(path)}"


class Receipts:
    """The receipts of one blog."""

    def __init__(self, folders: UserFolders, blog: Path) -> None:
        self.folder = folders.of("blogs", blog)
        self._blog = blog

    def read(self, review: str) -> Receipt:
        """The receipt of a review's last export; an empty one where there was none."""
        content = read_json(self._place(review))
        files, made = _texts(content.get("files")), _texts(content.get("made"))
        return Receipt(review, str(content.get("source", "")), files, _stills(content.get("stills")), made)

    def write(self, receipt: Receipt) -> None:
        """Keep a receipt. Raises `OSError`."""
        content = {
            "version": 1,
            "blog": str(self._blog),
            "review": receipt.review,
            "source": receipt.source,
            "files": dict(receipt.files),
            "stills": {file: asdict(still) for file, still in receipt.stills.items()},
            "made": dict(receipt.made),
        }
        if read_json(self._place(receipt.review)) != content:
            write_json(self._place(receipt.review), content)

    def owners(self) -> dict[str, str]:
        """Each file that an export wrote into this blog, and the review whose post it belongs to."""
        found: dict[str, str] = {}
        for place in sorted((self.folder / "receipts").glob("*.json")) if self.folder.is_dir() else ():
            receipt = self.read(place.stem)
            found.update(dict.fromkeys(receipt.files, receipt.review))
        return found

    def _place(self, review: str) -> Path:
        return self.folder / "receipts" / f"{review}.json"


def _texts(found: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _stills(found: object) -> dict[str, Published]:
    names = [field.name for field in fields(Published)]
    rows = found.items() if isinstance(found, dict) else ()
    return {
        str(file): Published(**{name: str(row.get(name, "")) for name in names})
        for file, row in rows
        if isinstance(row, dict)
    }


def all_receipts(folders: UserFolders) -> list[tuple[Path, Receipt]]:
    """The receipts of all blogs that posts were exported into, each with its blog's folder."""
    found = []
    for place in sorted((folders.data / "blogs").glob("*/receipts/*.json")):
        content = read_json(place)
        if blog := str(content.get("blog", "")):
            found.append((Path(blog), Receipts(folders, Path(blog)).read(place.stem)))
    return found
