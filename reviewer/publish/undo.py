"""Taking the last export into a blog back: every file as it was before it, as long as nobody has touched it since."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.library.files import overwrite
from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.publish.content import Content
from reviewer.publish.plan import Change, NoBlog, Plan, PlannedFile, Subplan, read_inside
from reviewer.publish.profiles import PROFILES, Site
from reviewer.publish.receipts import Receipt, Receipts, digest, digest_if

FOLDER = "undo"


class NothingToUndo(ValueError):
    """No export into this blog can be taken back."""


@dataclass(frozen=True)
class Before:
    """What an export is about to change: the files' old bytes, the receipts and the texts as they were."""

    folder: Path
    files: Mapping[str, tuple[Content | None, str]]
    receipts: tuple[Receipt, ...] = ()
    texts: Mapping[str, bytes | None] = field(default_factory=dict)

    def keep(self) -> None:
        """Write it down beside what was kept of the export before. Raises `OSError`."""
        self._clear()
        new = self.folder.with_name(f"{FOLDER}.new")
        blobs = new / "blobs"
        blobs.mkdir(parents=True)
        rows = []
        for path, (old, now) in self.files.items():
            if old is not None:
                overwrite(blobs / old.sha256, old.read())
            rows.append({"path": path, "old": old.sha256 if old is not None else "", "now": now})
        for review, text in self.texts.items():
            if text is not None:
                overwrite(blobs / f"text-{review}", text)
        content = {
            "files": rows,
            "receipts": [receipt.record() for receipt in self.receipts],
            "texts": [review for review, text in self.texts.items() if text is not None],
        }
        write_json(new / "undo.json", content)

    def take_place(self) -> None:
        """From now on this is what can be taken back. Raises `OSError`."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_name(f"{FOLDER}.new").rename(self.folder)

    def _clear(self) -> None:
        shutil.rmtree(self.folder.with_name(f"{FOLDER}.new"), ignore_errors=True)


def remember(plan: Plan, receipts: Receipts) -> Before:
    """What is needed to take a plan back once it has been carried out."""
    files = {file.path: (file.before, file.after.sha256 if file.after is not None else "") for file in plan.writes}
    names = [receipt.review for receipt in plan.receipts]
    texts = {name: receipts.text(name) for name in names}
    return Before(receipts.folder / FOLDER, files, tuple(receipts.read(name) for name in names), texts)


def settle(receipts: Receipts) -> None:
    """After a kill: what an export kept that had written all its files takes its place; what one kept that wrote none goes."""
    kept = receipts.folder / FOLDER
    new = kept.with_name(f"{FOLDER}.new")
    if not new.is_dir():
        return
    rows = read_json(new / "undo.json").get("files")
    done = isinstance(rows, list) and all(isinstance(row, dict) and _is_done(receipts.blog, row) for row in rows)
    if done:
        shutil.rmtree(kept, ignore_errors=True)
        new.rename(kept)
    else:
        shutil.rmtree(new, ignore_errors=True)


def _is_done(blog: Path, row: Mapping[str, str]) -> bool:
    return digest_if(read_inside(blog, str(row.get("path", "")))) == row.get("now", "")


def plan_undo(site: Site, folders: UserFolders) -> Plan:
    """What taking the last export back would do. A file that was changed since stays and is named.

    Raises `NothingToUndo`, and `NoBlog` where the blog is not safe to write into.
    """
    receipts = Receipts(folders, site.folder)
    settle(receipts)
    kept = receipts.folder / FOLDER
    content = read_json(kept / "undo.json")
    rows = content.get("files")
    if not isinstance(rows, list):
        raise NothingToUndo(
            f"No export into {site.folder} can be taken back: none was made since, or it was undone already."
        )
    files = [_back(site, row, kept / "blobs") for row in rows if isinstance(row, dict)]
    old = [Receipt.of(row) for row in content.get("receipts", []) if isinstance(row, dict)]
    named = content.get("texts", [])
    texts = {one.review: _read(kept / "blobs" / f"text-{one.review}") if one.review in named else None for one in old}
    return Plan(
        site, PROFILES[site.profile], tuple(Subplan(one.review, _title(one), Path(one.source), ()) for one in old),
        tuple(files), tuple(old), texts=texts, undoes=True,
    )  # fmt: skip


def forget(receipts: Receipts) -> None:
    """After an export was taken back there is nothing left to undo."""
    shutil.rmtree(receipts.folder / FOLDER, ignore_errors=True)


def _back(site: Site, row: Mapping[str, str], blobs: Path) -> PlannedFile:
    path = str(row.get("path", ""))
    there = read_inside(site.folder, path)
    old = _read(blobs / row["old"]) if row.get("old") else None
    if row.get("old") and (old is None or digest(old) != row["old"]):
        raise NoBlog(f"What {path} was before the last export is no longer known, so the export cannot be taken back.")
    found = digest_if(there)
    if found == row.get("old", ""):  # a taking back that was killed had come this far
        return PlannedFile(path, Change.UNCHANGED, _content(there), _content(there))
    if found != row.get("now", ""):
        same = _content(there)
        return PlannedFile(path, Change.KEPT, same, same, "", "it was changed since the export")
    if there is None:
        return PlannedFile(path, Change.NEW, None, _content(old), "", "it comes back")
    if old is None:
        return PlannedFile(path, Change.REMOVED, _content(there), None, "", "the export made it")
    return PlannedFile(path, Change.CHANGED, _content(there), _content(old), "", "as it was before the export")


def _content(data: bytes | None) -> Content | None:
    return Content.of(data) if data is not None else None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _title(receipt: Receipt) -> str:
    return receipt.entry.title if receipt.entry else ""
