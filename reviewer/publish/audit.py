"""Every still of a library at once: on what basis it may appear, what is missing, and where it was published."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from reviewer.library.folders import UserFolders
from reviewer.library.listing import Entry, find
from reviewer.library.reviews import CannotRead, open_review
from reviewer.publish.receipts import Published, Receipt, all_receipts, review_key
from reviewer.review.correspondence import AHEAD, due
from reviewer.review.rights import standing
from reviewer.review.values import Still
from reviewer.stills.formats import ENDINGS

COLUMNS = ("review", "file", "basis", "state", "expires", "publishable", "published", "reason")
_PICTURES = (*ENDINGS.values(), ".jpeg")


@dataclass(frozen=True)
class Row:
    """One still: its review's file, its record, whether it may be published, where it was, and the reason for either.

    `due` says what waits for the writer; `places` are files in blogs.
    """

    review: Path
    title: str
    still: Still
    publishable: bool
    reason: str
    due: str
    places: tuple[str, ...]
    was: tuple[Published, ...] = ()

    @property
    def to_mend(self) -> bool:
        """Whether it stands in a blog and may not."""
        return bool(self.places) and not self.publishable

    @property
    def values(self) -> dict[str, object]:
        """The row by the names of `COLUMNS`."""
        permission = self.still.permission
        return {
            "review": str(self.review),
            "file": self.still.file,
            "basis": permission.basis or "unknown",
            "state": permission.state,
            "expires": permission.expires.isoformat() if permission.expires else "",
            "publishable": self.publishable,
            "published": bool(self.places),
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Audit:
    """What was found: a row a still, pictures in blogs that no record knows, and reviews that cannot be read."""

    rows: tuple[Row, ...]
    strangers: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def to_mend(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.to_mend)


def make(library: Path, folders: UserFolders, today: dt.date, within: int = AHEAD) -> Audit:
    """Audit a library. `within` are the days in which an end of a permission is named."""
    receipts = all_receipts(folders)
    rows: list[Row] = []
    unread = []
    for path in sorted(find(library)):
        try:
            was = open_review(path)
        except CannotRead as error:
            unread.append(f"{path}: {error.reason}")
            continue
        if was.reading.broken is not None:
            unread.append(f"{path}: line {was.reading.broken.line}: {was.reading.broken.reason}")
            continue
        review = was.reading.review
        mine = [(blog, receipt) for blog, receipt in receipts if receipt.review == review_key(review.id, path)]
        rows += [_row(path, review.title, still, mine, today, within) for still in review.stills]
        rows += _gone(path, review.title, {still.file for still in review.stills}, mine)
    return Audit(tuple(rows), tuple(_strangers(receipts)), tuple(unread))


def _row(
    path: Path, title: str, still: Still, receipts: Iterable[tuple[Path, Receipt]], today: dt.date, within: int
) -> Row:
    now = standing(still, today)
    went = [(blog, receipt.stills[still.file]) for blog, receipt in receipts if still.file in receipt.stills]
    places = tuple(str(blog / was.path) for blog, was in went if was.path and (blog / was.path).is_file())
    reason = f"Published all the same: {now.override}" if now.override else now.words
    changed = [was for _, was in went if was.sha256 and still.source.sha256 and was.sha256 != still.source.sha256]
    if changed:
        reason += "; another picture was published under this name"
    waits = next(iter(due([still], today, within)), None)
    return Row(
        path, title, still, not now.blocks, reason, waits.words if waits else "", places, tuple(w for _, w in went)
    )


def _gone(path: Path, title: str, files: set[str], receipts: Iterable[tuple[Path, Receipt]]) -> Iterator[Row]:
    """Pictures that were published and are in the review no more, but still in the blog."""
    for blog, receipt in receipts:
        for file, was in receipt.stills.items():
            if file not in files and was.path and (blog / was.path).is_file():
                place = (str(blog / was.path),)
                yield Row(
                    path,
                    title,
                    Still(file),
                    False,
                    f"No longer in the review; published as {was.basis}",
                    "",
                    place,
                    (was,),
                )


def _strangers(receipts: Iterable[tuple[Path, Receipt]]) -> Iterator[str]:
    """Pictures in the folders where exports put some, that no export wrote."""
    ours: dict[Path, set[str]] = {}
    roots: set[tuple[Path, PurePosixPath]] = set()
    for blog, receipt in receipts:
        ours.setdefault(blog, set()).update(receipt.files)
        roots |= {(blog, PurePosixPath(was.path).parent.parent) for was in receipt.stills.values() if was.path}
    for blog, root in sorted(roots):
        for path in sorted((blog / root).rglob("*")) if root.parts else ():
            name = path.relative_to(blog).as_posix()
            if path.suffix.lower() in _PICTURES and name not in ours[blog] and path.is_file():
                yield str(path)


def places(entries: Iterable[Entry], folders: UserFolders) -> dict[tuple[str, Path, str], tuple[str, ...]]:
    """Where in blogs the stills of these reviews lie, by the review's id and path and the still's file."""
    receipts = all_receipts(folders)
    found: dict[tuple[str, Path, str], tuple[str, ...]] = {}
    for entry in entries:
        key = review_key(entry.id, entry.path)
        for blog, receipt in receipts:
            if receipt.review == key:
                for file, was in receipt.stills.items():
                    if was.path and (blog / was.path).is_file():
                        found[entry.id, entry.path, file] = (
                            *found.get((entry.id, entry.path, file), ()), str(blog / was.path),
                        )  # fmt: skip
    return found


def as_json(found: Audit) -> str:
    """The audit as JSON: ``{"stills": [...]}`` by the names of `COLUMNS`, and what else was found."""
    rows = [row.values | {"title": row.title, "due": row.due, "where": list(row.places)} for row in found.rows]
    content = {"stills": rows, "unknown_in_blogs": list(found.strangers), "not_read": list(found.unread)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_csv(found: Audit) -> str:
    """The audit as CSV (RFC 4180). A value that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in found.rows:
        writer.writerow({name: _cell(value) for name, value in row.values.items()})
    return out.getvalue()


def _cell(value: object) -> str:
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def as_text(found: Audit) -> str:
    """The audit for a terminal: what has to be mended first, then each still in a line."""
    lines = [
        f"Mend: {row.still.file} of {row.title or row.review} stands in {', '.join(row.places)}. {row.reason}."
        for row in found.to_mend
    ]
    for row in found.rows:
        state = "may" if row.publishable else "not"
        parts = (f"{state:3}", str(row.review), row.still.file, row.reason, row.due, "published" if row.places else "")
        lines.append("  ".join(part for part in parts if part))
    lines += [f"No record: {name}" for name in found.strangers]
    lines += [f"Not read: {words}" for words in found.unread]
    return "".join(f"{line}\n" for line in lines)


def as_html(found: Audit) -> str:
    """The audit as one page without anything to load."""
    head = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
    body = "".join(
        f'<tr class="{"mend" if row.to_mend else "may" if row.publishable else "not"}">'
        + "".join(f"<td>{escape(_cell(value).removeprefix(chr(39)))}</td>" for value in row.values.values())
        + "</tr>\n"
        for row in found.rows
    )
    others = "".join(f"<li>{escape(name)}</li>\n" for name in (*found.strangers, *found.unread))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Stills and permissions</title><style>\n'
        "body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; } table { border-collapse: collapse; }\n"
        "th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid #ddd; vertical-align: top; }\n"
        ".mend td { background: #f7e6e2; } .not td { color: #a3241c; }\n</style></head><body>\n"
        f"<h1>Stills and permissions</h1>\n<p>{summary(found)}</p>\n<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
        + (f"<h2>Without a record, or not read</h2>\n<ul>\n{others}</ul>\n" if others else "")
        + "</body></html>\n"
    )


def summary(found: Audit) -> str:
    """One sentence: how many stills, how many of them may not appear, how many of those stand in a blog."""
    total, may_not = len(found.rows), sum(not row.publishable for row in found.rows)
    words = f"{total} {'still' if total == 1 else 'stills'}, {may_not or 'none'} of which may not appear now"
    return (
        f"{words}; {len(found.to_mend)} {'stands' if len(found.to_mend) == 1 else 'stand'} in a blog."
        if found.to_mend
        else f"{words}."
    )
