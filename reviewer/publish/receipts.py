"""What an export wrote, with hashes: how the next export knows what is its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from reviewer.library.files import overwrite
from reviewer.library.folders import UserFolders, key, read_json, write_json
from reviewer.publish.entries import LISTS, Entry, from_json


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
    `entry` is the post as the blog's other posts know it, `was` are the addresses that it had before; `sources` are the
    hashes of what the export was made from: the review's file, and the blog's settings.
    """

    review: str
    source: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    stills: Mapping[str, Published] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = None
    was: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def record(self) -> dict[str, object]:
        """As plain data for JSON."""
        return {
            "review": self.review,
            "source": self.source,
            "files": dict(self.files),
            "stills": {file: asdict(still) for file, still in self.stills.items()},
            "made": dict(self.made),
            "entry": _plain(self.entry),
            "was": list(self.was),
            "sources": dict(self.sources),
        }

    @classmethod
    def of(cls, content: Mapping[str, object], review: str = "") -> Receipt:
        """A receipt from plain data; what is missing or of another type is empty."""
        was = content.get("was")
        return cls(
            review or str(content.get("review", "")),
            str(content.get("source", "")),
            _texts(content.get("files")),
            _stills(content.get("stills")),
            _texts(content.get("made")),
            from_json(content.get("entry")),
            tuple(str(address) for address in was) if isinstance(was, list) else (),
            _texts(content.get("sources")),
        )


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_if(data: bytes | None) -> str:
    """The digest of a file's bytes, empty where there is no file."""
    return digest(data) if data is not None else ""


def review_key(identity: str, path: Path) -> str:
    """How receipts name a review: by its own id, or by its path where it has none."""
    return identity if identity.isalnum() and 4 <= len(identity) <= 64 else f"path-{key(path)}"


class Receipts:
    """The receipts of one blog."""

    def __init__(self, folders: UserFolders, blog: Path) -> None:
        self.folder = folders.of("blogs", blog)
        self.blog = blog

    def read(self, review: str) -> Receipt:
        """The receipt of a review's last export; an empty one where there was none."""
        return Receipt.of(read_json(self._place(review)), review)

    def write(self, receipt: Receipt) -> None:
        """Keep a receipt. Raises `OSError`."""
        if not receipt.files and not receipt.stills and not receipt.was:
            self._place(receipt.review).unlink(missing_ok=True)
            return
        content = {"version": 1, "blog": str(self.blog), **receipt.record()}
        if read_json(self._place(receipt.review)) != content:
            write_json(self._place(receipt.review), content)

    def text(self, review: str) -> bytes | None:
        """The post's text as the last export made it, before anybody changed it in the blog; None where it is not known."""
        try:
            return (self.folder / "texts" / review).read_bytes()
        except OSError:
            return None

    def keep_text(self, review: str, text: bytes | None) -> None:
        """Keep a post's text for the next comparison; None forgets it. Raises `OSError`."""
        place = self.folder / "texts" / review
        if text is None:
            place.unlink(missing_ok=True)
        elif self.text(review) != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            overwrite(place, text)

    def all(self) -> list[Receipt]:
        """The receipts of all reviews that have been exported into this blog."""
        return [self.read(place.stem) for place in sorted((self.folder / "receipts").glob("*.json"))]

    def owners(self) -> dict[str, str]:
        """Each file that an export wrote into this blog, and the review whose post it belongs to."""
        found: dict[str, str] = {}
        for receipt in self.all():
            found.update(dict.fromkeys(receipt.files, receipt.review))
        return found

    def _place(self, review: str) -> Path:
        return self.folder / "receipts" / f"{review}.json"


def _texts(found: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _plain(entry: Entry | None) -> dict[str, object]:
    return {} if entry is None else {**asdict(entry), **{name: list(getattr(entry, name)) for name in LISTS}}


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
