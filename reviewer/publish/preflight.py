"""The last look before a post goes out: what a ready review still lacks, and links in it that lead nowhere.

Nothing here is said of an idea or a draft but what is broken: half a review lacks much, and its writer knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from reviewer.review.findings import Finding, Severity
from reviewer.review.terms import names_of
from reviewer.review.values import Review
from reviewer.text import casting
from reviewer.text.mentions import mentions
from reviewer.text.spans import without_code
from reviewer.text.spelling import Speller

READY = ("ready", "published")
CARD = 70
"""Letters of a title that search engines and messages show (Google cuts at some 600 pixels)."""
LARGE = 20_000_000
"""Bytes of a still from which it is worth a word that it is large to keep beside a review."""
SHOWN = 5
"""Words that a finding quotes."""
_LINK = re.compile(
    r"(?<!!)\[[^\]\[\n]{0,500}\]\(\s{0,9}<?([^\s()<>]{1,1000})>?(?:\s{1,9}[\"'][^\n]{0,500}?[\"'])?\s{0,9}\)"
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.M)
_BRACES = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}")


class Looked(Protocol):
    """What is looked at (see `reviewer.publish.check.Subject`)."""

    @property
    def review(self) -> Review: ...
    @property
    def text(self) -> str: ...
    @property
    def folder(self) -> Path | None: ...
    @property
    def speller(self) -> Speller | None: ...
    def line(self, text_line: int) -> int: ...


def lacks(subject: Looked) -> Iterator[Finding]:
    """What a ready review has not: a mark, an excerpt; and a title that is too long for a card."""
    review = subject.review
    if review.status not in READY:
        return
    if not review.rating:
        yield Finding(
            "mark-missing", Severity.ADVISES, "The review has no mark.", "Lists by mark will not show it.",
            place="rating", fix="Give it one.", act="field",
        )  # fmt: skip
    if not review.excerpt.strip():
        yield Finding(
            "excerpt-missing", Severity.ADVISES, "The review has no excerpt.",
            "Lists and search engines show its first words instead.", place="excerpt", fix="Write one.", act="field",
        )  # fmt: skip
    if len(review.title) > CARD:
        yield Finding(
            "title-long", Severity.ADVISES, f"The title has {len(review.title)} letters.",
            f"Search engines and messages cut it at some {CARD}.", place="title", fix="Write a shorter one.", act="field",
        )  # fmt: skip


def links(subject: Looked) -> Iterator[Finding]:
    """Links to headings and files that are not there."""
    plain = without_code(subject.text)
    if "](" not in plain:
        return
    headings = {_anchor(found[1]) for found in _HEADING.finditer(plain)} if "](#" in plain else set()
    for found in _LINK.finditer(plain):
        target, line = found[1], subject.line(plain.count("\n", 0, found.start()) + 1)
        if target.startswith("#"):
            if unquote(target[1:]).casefold() not in headings and not target.startswith(("#fn", "#fnref")):
                yield _dead("link-anchor", f"The link to {target} on line {line} finds no heading.", line)
        elif not re.match(r"[a-z][a-z0-9+.-]*:|//|/|\?", target, re.IGNORECASE) and subject.folder is not None:
            path = unquote(re.split("[?#]", target)[0])
            if path and not (subject.folder / path).exists():
                yield _dead("link-missing", f"The link to {path} on line {line} finds no file.", line)


def _dead(code: str, message: str, line: int) -> Finding:
    return Finding(code, Severity.WARNS, message, "Readers would be led nowhere.", line, "text", "Look at it.", "line")


def _anchor(heading: str) -> str:
    """A heading as the anchors of most generators name it."""
    return re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().casefold())


def braces(subject: Looked) -> Iterator[Finding]:
    """Words that look like a generator's template: they are shown as they were typed."""
    found = _BRACES.search(without_code(subject.text))
    if found is not None:
        line = subject.line(subject.text.count("\n", 0, found.start()) + 1)
        yield Finding(
            "template-typed", Severity.ADVISES, f"{found[0][:40]} on line {line} is shown as it was typed.",
            "No generator runs it: what stands in a review is text.", line, "text", "Look at it.", "line",
        )  # fmt: skip


def large(subject: Looked) -> Iterator[Finding]:
    """Stills whose files are very large."""
    for still in subject.review.stills if subject.folder is not None else ():
        assert subject.folder is not None
        try:
            size = (subject.folder / still.file).lstat().st_size
        except OSError:
            continue
        if size > LARGE:
            yield Finding(
                "still-large", Severity.ADVISES, f"{still.name} has {size // 1_000_000} MB.",
                "The exported copy is smaller; the file makes the library slow to copy.", place=still.file,
            )  # fmt: skip


def spelling(subject: Looked) -> Iterator[Finding]:
    """Words of a ready review that no dictionary knows, nor the review's own names and the films that it mentions."""
    if subject.speller is None or subject.review.status not in READY:
        return
    named = [mention.title for mention in mentions(subject.text)]
    if found := subject.speller.open_words(subject.text, [*names_of(subject.review), *named]):
        words = ", ".join(f"“{word[:40]}”" for word in list(found)[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        count = "One word is" if len(found) == 1 else f"{len(found)} words are"
        line = subject.line(next(iter(found.values())))
        yield Finding(
            "spelling-open", Severity.ADVISES, f"{count} in no dictionary: {words}.", "", line, "text",
            "Correct what is wrong; add what is right to your words.", "line",
        )  # fmt: skip


def names(subject: Looked) -> Iterator[Finding]:
    """Names in the text that the credits write otherwise, and roles that it gives to others than they do."""
    review = subject.review
    people = [name for one in review.features for credit in one.credits.crew for name in credit.people]
    people += [name for one in review.features for role in one.credits.cast for name in role.actors]
    for name in casting.misnamed(subject.text, people):
        line = subject.line(name.line)
        yield Finding(
            "name-differs", Severity.WARNS, f"The text says {name.written} on line {line}, the credits {name.credited}.",
            "One of them is misspelt.", line, "text", "Correct the one that is wrong.", "line",
        )  # fmt: skip
    for role in casting.miscast(subject.text, review):
        line = subject.line(role.line)
        yield Finding(
            "role-differs", Severity.WARNS, f"By the text, line {line}, {role.written} plays {role.role}.",
            f"By the credits it is {' and '.join(role.credited)}.", line, "text", "Correct the one that is wrong.", "line",
        )  # fmt: skip


CHECKS = (lacks, links, braces, large, spelling, names)
