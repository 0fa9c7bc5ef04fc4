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
from reviewer.review.cells import cell
from reviewer.review.correspondence import AHEAD, due
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Still
from reviewer.stills.formats import ENDINGS
from reviewer.text.mentions import placed

COLUMNS = ("review", "file", "basis", "state", "expires", "publishable", "published", "reason")
_PICTURES = (*ENDINGS.values(), ".jpeg")


@dataclass(frozen=True)
class Row:
    """One still: its review's file, its record, whether it may be published, where it was, and the reason for either.

    `due` says what waits for the writer; `places` are files in blogs. `out` says that readers can see it: it lies in a blog,
    or a review whose status is published shows it.
    """

    review: Path
    title: str
    still: Still
    publishable: bool
    reason: str
    due: str
    places: tuple[str, ...]
    was: tuple[Published, ...] = ()
    verdict: Verdict = Verdict.UNKNOWN
    out: bool = False

    @property
    def to_mend(self) -> bool:
        """Whether readers can see it and may not."""
        return self.out and not self.publishable

    @property
    def where(self) -> str:
        """Where readers see it, in words."""
        return ", ".join(self.places) or ("the published post" if self.out else "")

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
            "published": self.out,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class State:
    """How many stills a verdict is said of, and how many of those are published."""

    verdict: Verdict
    count: int
    published: int

    @property
    def words(self) -> str:
        """The verdict in two words."""
        return STATE_WORDS[self.verdict]


STATE_WORDS = {
    Verdict.REFUSED: "Refused",
    Verdict.EXPIRED: "Ended",
    Verdict.UNKNOWN: "Unknown",
    Verdict.WAITING: "Asked, no answer",
    Verdict.INCOMPLETE: "May, incomplete",
    Verdict.MAY: "May appear",
}
"""The verdicts, the worst first, as a chart names them."""


@dataclass(frozen=True)
class Audit:
    """What was found: a row a still, pictures in blogs that no record knows, and reviews that cannot be read."""

    rows: tuple[Row, ...]
    strangers: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def to_mend(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.to_mend)

    @property
    def states(self) -> tuple[State, ...]:
        """How many stills there are of each state, the worst first; those that nobody has are left out."""
        of = {verdict: [row for row in self.rows if row.verdict is verdict] for verdict in STATE_WORDS}
        return tuple(State(verdict, len(rows), sum(row.out for row in rows)) for verdict, rows in of.items() if rows)


def make(library: Path, folders: UserFolders, today: dt.date, within: int = AHEAD) -> Audit:
    """Audit a library. `within` are the days in which an end of a permission is named."""
    receipts = all_receipts(folders)
    rows: list[Row] = []
    unlisted: dict[Path, str] = {}
    paths = sorted(find(library, unlisted))
    unread = [f"{folder}: {why}" for folder, why in unlisted.items()]
    for path in paths:
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
        post = {file.file for file in placed(was.reading.document.text)} if review.status == "published" else set()
        rows += [
            _row(
                path,
                review.title,
                still,
                mine,
                today,
                within,
                still.file in post or (review.status == "published" and bool(still.lead)),
            )
            for still in review.stills
        ]
        rows += _gone(path, review.title, {still.file for still in review.stills}, mine)
    return Audit(tuple(rows), tuple(_strangers(receipts)), tuple(unread))


def _row(
    path: Path, title: str, still: Still, receipts: Iterable[tuple[Path, Receipt]], today: dt.date, within: int,
    posted: bool,
) -> Row:  # fmt: skip
    now = standing(still, today)
    went = [(blog, receipt.stills[still.file]) for blog, receipt in receipts if still.file in receipt.stills]
    places = tuple(str(blog / was.path) for blog, was in went if was.path and (blog / was.path).is_file())
    reason = f"Published all the same: {now.override}" if now.override else now.words
    changed = [was for _, was in went if was.sha256 and still.source.sha256 and was.sha256 != still.source.sha256]
    if changed:
        reason += "; another picture was published under this name"
    waits = next(iter(due([still], today, within)), None)
    return Row(
        path,
        title,
        still,
        not now.blocks,
        reason,
        waits.words if waits else "",
        places,
        tuple(w for _, w in went),
        now.verdict,
        bool(places) or posted,
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
                    out=True,
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
        writer.writerow({name: cell(value) for name, value in row.values.items()})
    return out.getvalue()


def as_text(found: Audit) -> str:
    """The audit for a terminal: what has to be mended first, then each still in a line."""
    lines = [
        f"Mend: {row.still.file} of {row.title or row.review} stands in {row.where}. {row.reason}."
        for row in found.to_mend
    ]
    for row in found.rows:
        state = "may" if row.publishable else "not"
        parts = (f"{state:3}", str(row.review), row.still.file, row.reason, row.due, "published" if row.out else "")
        lines.append("  ".join(part for part in parts if part))
    lines += [f"No record: {name}" for name in found.strangers]
    lines += [f"Not read: {words}" for words in found.unread]
    return "".join(f"{line}\n" for line in lines)


def as_html(found: Audit) -> str:
    """The audit as one page without anything to load."""
    head = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
    body = "".join(
        f'<tr class="{"mend" if row.to_mend else "may" if row.publishable else "not"}">'
        + "".join(f"<td>{escape(cell(value).removeprefix(chr(39)))}</td>" for value in row.values.values())
        + "</tr>\n"
        for row in found.rows
    )
    others = "".join(f"<li>{escape(name)}</li>\n" for name in (*found.strangers, *found.unread))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Stills and permissions</title><style>\n'
        "body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; } table { border-collapse: collapse; }\n"
        "th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid #ddd; vertical-align: top; }\n"
        "dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; max-width: 44em; } dd { margin: 0; }\n"
        "dd i { display: inline-block; height: .8em; background: #bdbdb8; margin-right: .6em; }"
        " dd i.out { background: #1a1b1d; margin-right: 0; }\n"
        ".mend td { background: #f7e6e2; } .not td { color: #a3241c; }\n</style></head><body>\n"
        f"<h1>Stills and permissions</h1>\n<p>{summary(found)}</p>\n{_chart(found)}<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
        + (f"<h2>Without a record, or not read</h2>\n<ul>\n{others}</ul>\n" if others else "")
        + "</body></html>\n"
    )


def _chart(found: Audit) -> str:
    """The states as bars; the dark part is published."""
    most = max((state.count for state in found.states), default=1)
    rows = "".join(
        f"<dt>{state.words}</dt><dd>"
        f'<i class="out" style="width: {70 * state.published / most:.1f}%"></i>'
        f'<i style="width: {70 * (state.count - state.published) / most:.1f}%"></i>{counted(state)}</dd>\n'
        for state in found.states
    )
    return f"<dl>\n{rows}</dl>\n" if rows else ""


def counted(state: State) -> str:
    """A state's numbers in words: ``9, 4 published``."""
    return f"{state.count}{f', {state.published} published' if state.published else ''}"


def summary(found: Audit) -> str:
    """One sentence: how many stills, how many of them may not appear, how many of those are published."""
    total, may_not = len(found.rows), sum(not row.publishable for row in found.rows)
    words = f"{total} {'still' if total == 1 else 'stills'}, {may_not or 'none'} of which may not appear now"
    return (
        f"{words}; {len(found.to_mend)} of them {'is' if len(found.to_mend) == 1 else 'are'} published."
        if found.to_mend
        else f"{words}."
    )
