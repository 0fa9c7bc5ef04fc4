"""Carrying out a plan: all of it or nothing, also when the program is killed in between.

All new files are written and synced beside their places first. A journal in the user's data folder names them; then they
change places with the old ones, one step each. An error puts back what was changed; after a kill the next export finds
the journal and does the same before it plans.
"""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.library.files import exchange, place_new, sync_folder, temporary_name, write_new
from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.publish import undo
from reviewer.publish.plan import Change, Plan, PlannedFile, read_inside
from reviewer.publish.receipts import Receipts, digest, digest_if

JOURNAL = "journal.json"


class Blocked(ValueError):
    """The plan may not be carried out; the findings that block it say why."""


class ChangedMeanwhile(OSError):
    """A file of the blog changed between plan and export. Nothing was written."""


@dataclass(frozen=True)
class Step:
    """One file's change: where, the temporary file that takes its place, and the digests of both. A removal has no new one:
    its file takes the temporary name, and goes last."""

    target: Path
    temporary: Path
    new: str
    old: str

    def record(self) -> dict[str, str]:
        return {"target": str(self.target), "temporary": str(self.temporary), "new": self.new, "old": self.old}


def carry_out(plan: Plan, folders: UserFolders) -> int:
    """Do what the plan says; returns how many files were written or removed. Files in the way are left alone.

    Raises `Blocked`, `ChangedMeanwhile` and `OSError`; the blog is then as it was before.
    """
    if plan.blocked:
        raise Blocked("; ".join(finding.message for finding in plan.blocked))
    blog = Path(os.path.realpath(plan.site.folder))
    receipts = Receipts(folders, plan.site.folder)
    journal = receipts.folder / JOURNAL
    put_right(journal)
    undo.settle(receipts)
    writes = plan.writes
    for file in writes:
        there = read_inside(blog, file.path)
        if digest_if(there) != (file.before.sha256 if file.before is not None else ""):
            raise ChangedMeanwhile(errno.EBUSY, "it changed since the plan was made; look at the plan again", file.path)
    before = undo.remember(plan, receipts) if writes and not plan.undoes else None
    if before is not None:
        before.keep()
    if writes:
        _write(blog, writes, journal)
    for receipt in plan.receipts:
        receipts.write(receipt)
    for review, text in plan.texts.items():
        receipts.keep_text(review, text)
    if before is not None:
        before.take_place()
    if plan.undoes:
        undo.forget(receipts)
    journal.unlink(missing_ok=True)
    return len(writes)


def _write(blog: Path, writes: tuple[PlannedFile, ...], journal: Path) -> None:
    made = _make_folders(blog, writes)
    steps: list[Step] = []
    try:
        for file in writes:
            target = blog / file.path
            new = file.after.sha256 if file.after is not None else ""
            step = Step(target, temporary_name(target), new, file.before.sha256 if file.before is not None else "")
            steps.append(step)
        write_json(journal, {"steps": [s.record() for s in steps], "folders": [str(f) for f in made]})
        for file, step in zip(writes, steps, strict=True):
            if file.new is not None:
                write_new(step.temporary, file.new)
        for file, step in zip(writes, steps, strict=True):
            _take_place(file, step)
        for folder in {step.target.parent for step in steps}:
            sync_folder(folder)
    except BaseException:
        put_right(journal)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    for step in steps:
        step.temporary.unlink(missing_ok=True)
    _remove_empty(blog, writes)


def _make_folders(blog: Path, writes: tuple[PlannedFile, ...]) -> list[Path]:
    """Make the folders that are missing; returned deepest first, to be taken away again after a failure."""
    made: list[Path] = []
    try:
        for file in writes:
            missing = []
            folder = (blog / file.path).parent
            while not folder.is_dir():
                missing.append(folder)
                folder = folder.parent
            for folder in reversed(missing):
                folder.mkdir()
                made.insert(0, folder)
    except OSError:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    return made


def _take_place(file: PlannedFile, step: Step) -> None:
    if file.change is Change.NEW:
        os.link(step.temporary, step.target) if hasattr(os, "link") else os.rename(step.temporary, step.target)
        return
    if file.change is Change.REMOVED:
        os.rename(step.target, step.temporary)
        _look(step)
        return
    try:
        exchange(step.temporary, step.target)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise
        backup = temporary_name(step.target)
        os.rename(step.target, backup)
        os.rename(step.temporary, step.target)
        os.rename(backup, step.temporary)
    _look(step)


def _look(step: Step) -> None:
    """What came out has to be what the plan knew."""
    if digest(step.temporary.read_bytes()) != step.old:
        raise ChangedMeanwhile(errno.EBUSY, "it changed while the export ran; nothing was written", str(step.target))


def put_right(journal: Path) -> None:
    """Undo an export that did not come to its end: every file is again what it was before. Safe to repeat."""
    record = read_json(journal)
    for raw in record.get("steps", ()):
        step = Step(Path(raw["target"]), Path(raw["temporary"]), raw["new"], raw["old"])
        with contextlib.suppress(OSError):
            _undo(step)
    for folder in record.get("folders", ()):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    journal.unlink(missing_ok=True)


def _undo(step: Step) -> None:
    """Where the temporary file holds the old version, it goes back to its name; a new file goes away, and one that was cut off."""
    kept = _digest(step.temporary)
    there = _digest(step.target)
    if step.old and kept is not None and kept != step.new:
        if there == step.new:
            exchange(step.temporary, step.target)
        elif there is None and (kept == step.old or not step.new):
            os.rename(step.temporary, step.target)
        elif there not in (None, step.old):
            place_new(step.target.with_name(f"{step.target.stem} (before the export){step.target.suffix}"),
                      step.temporary.read_bytes())  # fmt: skip
    elif not step.old and there == step.new and kept == step.new and step.target.samefile(step.temporary):
        step.target.unlink()
    step.temporary.unlink(missing_ok=True)


def _digest(path: Path) -> str | None:
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


def _remove_empty(blog: Path, writes: tuple[PlannedFile, ...]) -> None:
    """Folders that only held what was removed go too."""
    for file in writes:
        folder = (blog / file.path).parent
        while file.change is Change.REMOVED and folder != blog:
            try:
                folder.rmdir()
            except OSError:
                break
            folder = folder.parent


def recover(folders: UserFolders, blog: Path) -> None:
    """Put right what a killed export left in this blog; to be called before planning."""
    put_right(Receipts(folders, blog).folder / JOURNAL)


def describe(plan: Plan) -> list[dict[str, Any]]:
    """A plan's files as plain data, for ``--json``."""
    return [
        {
            "path": f.path,
            "change": f.change.value,
            "bytes": f.after.size if f.after else 0,
            "why": f.why,
            "diff": f.diff(),
        }
        for f in plan.files
    ]
