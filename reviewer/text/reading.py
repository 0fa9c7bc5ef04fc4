"""From a document to a review with what was noticed, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from reviewer.review.findings import Finding, Severity
from reviewer.review.values import Review, from_plain, to_plain
from reviewer.text.document import Document
from reviewer.text.frontmatter import BrokenFrontMatter, compose, compose_quick
from reviewer.text.patch import patched, read
from reviewer.text.schema import Odd


@dataclass(frozen=True)
class Reading:
    """What a document says. `odd` maps front matter paths to values that could not be taken, as they stand in the file.

    `broken` is set where the front matter as a whole could not be read: then the review is empty, and nothing of the
    front matter may be written.
    """

    document: Document
    review: Review = Review()
    findings: tuple[Finding, ...] = ()
    odd: Mapping[str, str] = field(default_factory=dict)
    broken: BrokenFrontMatter | None = None


def read_document(document: Document, quick: bool = False) -> Reading:
    """The review in a document, with findings that name their lines. `quick` is for lists of thousands of files."""
    if document.toml:
        broken = BrokenFrontMatter(1, "the front matter is TOML, which Reviewer keeps and does not read")
        return Reading(document, broken=broken, findings=(_broken(broken),))
    try:
        plain, report = read((compose_quick if quick else compose)(document.front))
    except BrokenFrontMatter as broken:
        return Reading(document, broken=broken, findings=(_broken(broken),))
    findings = [_odd(odd) for odd in report.odd]
    findings += [_loose(odd) for odd in report.loose]
    findings += [_twice(odd) for odd in report.twice]
    if not document.opener and document.body.startswith("---"):
        findings.append(_open())
    review = from_plain(Review, plain)
    return Reading(document, review, tuple(findings), {odd.path: odd.text for odd in report.odd})


def write_document(
    document: Document, review: Review, text: str | None = None, rewrite: Collection[str] = ()
) -> Document:
    """The document with this review and this text (None keeps the text).

    Only the lines of what changed are written anew. Raises `BrokenFrontMatter` and `reviewer.text.patch.CannotPatch`;
    see there for `rewrite`.
    """
    front = document.front
    if document.toml:
        if review != Review():
            raise BrokenFrontMatter(1, "the front matter is TOML, which Reviewer keeps and does not write")
    elif review != (reading := read_document(document)).review:
        if reading.broken is not None:
            raise reading.broken
        front = patched(front, to_plain(review), document.front_newline, rewrite)
    if front != document.front:
        document = document.with_front(front)
    return document if text is None else document.with_text(text)


def _broken(broken: BrokenFrontMatter) -> Finding:
    return Finding(
        "front-matter-broken", Severity.BLOCKS, f"Line {broken.line}: {broken.reason}.",
        "Until it is mended, the form shows nothing and changes nothing; the text can be edited.",
        broken.line, "", broken.fix, "raw",
    )  # fmt: skip


def _odd(odd: Odd) -> Finding:
    shown = " ".join(odd.text.split())[:60]
    return Finding(
        "value-type", Severity.WARNS, f"{odd.path} is “{shown}”. {odd.expected[:1].upper()}{odd.expected[1:]} is expected.",
        "It stays in the file as it is and is not used.", odd.line, odd.path, f"Write {odd.expected}.", "field",
    )  # fmt: skip


def _loose(odd: Odd) -> Finding:
    return Finding(
        "value-not-list", Severity.ADVISES, f"{odd.path} is one value where a list is expected.",
        "It is read as a list of one.", odd.line, odd.path, f"Write {odd.path}: [{odd.text[:40]}].", "field",
    )  # fmt: skip


def _twice(odd: Odd) -> Finding:
    return Finding(
        "key-twice", Severity.WARNS, f"{odd.path} stands in the front matter twice.",
        "The last one counts here; some generators refuse the file.", odd.line, odd.path, "Take one of them out.", "raw",
    )  # fmt: skip


def _open() -> Finding:
    return Finding(
        "front-matter-open", Severity.WARNS, "The first line is ---, but no second --- closes the front matter.",
        "All of the file is read as text.", 1, "", "Add a line --- after the last field.", "raw",
    )  # fmt: skip
