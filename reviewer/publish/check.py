"""What stands in the way of a post, what is worth a second look, and what would be better."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewer.library.files import fingerprint
from reviewer.publish import preflight
from reviewer.review import films
from reviewer.review.findings import Finding, Severity, ordered
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.rights import Verdict, standing
from reviewer.review.slugs import is_slug, slug
from reviewer.review.terms import near_double
from reviewer.review.values import Film, Review, Still
from reviewer.text.asides import notes, spoilers
from reviewer.text.mentions import Placed, placed
from reviewer.text.spelling import Speller

BLOCKS, WARNS, ADVISES = Severity


@dataclass(frozen=True)
class Subject:
    """What the checks look at: the review, its text, the file's line on which the text begins, and its folder. `others` reads what
    other reviews say of the same films: their titles and films."""

    review: Review
    text: str
    text_line: int
    folder: Path | None
    today: dt.date
    known_terms: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    speller: Speller | None = None
    scales: Scales = BUILT_IN
    others: Callable[[], Sequence[tuple[str, Film]]] = tuple

    @property
    def images(self) -> list[Placed]:
        return placed(self.text)

    def line(self, text_line: int) -> int:
        """A line of the text as a line of the file."""
        return text_line + self.text_line - 1


Check = Callable[[Subject], Iterable[Finding]]


def check(subject: Subject, reading: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """All findings of a review, worst first; `reading` are those that reading the file already made."""
    found = [finding for look in CHECKS for finding in look(subject)]
    return ordered(with_levels([*reading, *found], subject.levels))


FIXED = ("title-missing", "date-missing", "slug-", "permission-", "image-missing", "image-unrecorded", "still-unreadable", "blog-unsafe",
         "front-matter-", "unreadable")  # fmt: skip
"""Codes, or their beginnings, whose level is not the writer's to choose: without them there is no post, or no right to one."""


def with_levels(findings: Iterable[Finding], levels: Mapping[str, str]) -> Iterator[Finding]:
    """Findings at the writer's own levels (``blocks``, ``warns``, ``advises``), without those that she leaves out (``off``)."""
    known = {severity.name.lower(): severity for severity in Severity}
    for finding in findings:
        level = levels.get(finding.code, "")
        if level and not finding.code.startswith(FIXED):
            if level == "off":
                continue
            finding = replace(finding, severity=known.get(level, finding.severity))
        yield finding


def _title(subject: Subject) -> Iterator[Finding]:
    if not subject.review.title.strip():
        yield Finding(
            "title-missing", BLOCKS, "The review has no title.", "A post needs one for its heading and its address.",
            place="title", fix="Write the title.", act="field",
        )  # fmt: skip


def _date(subject: Subject) -> Iterator[Finding]:
    date = subject.review.date
    if date is None:
        yield Finding(
            "date-missing", BLOCKS, "The review has no date.", "A post is filed under its day.",
            place="date", fix="Set the date.", act="today",
        )  # fmt: skip
    elif (date.date() if isinstance(date, dt.datetime) else date) > subject.today:
        yield Finding(
            "date-future", WARNS, "The date lies in the future.", "Jekyll and Hugo hold the post back until then, other generators do not.",
            place="date", fix="Change the date, or build on that day.", act="field",
        )  # fmt: skip


def _address(subject: Subject) -> Iterator[Finding]:
    written = subject.review.slug
    if written and not is_slug(written):
        better = slug(written) or slug(subject.review.title)
        yield Finding(
            "slug-unsafe", BLOCKS, f"The address “{written[:60]}” cannot be used.",
            "An address holds small letters a to z, digits and hyphens.",
            place="slug", fix=f"Write {better}." if better else "Write another address.", act="field",
        )  # fmt: skip
    elif not written and subject.review.title.strip() and not slug(subject.review.title):
        yield Finding(
            "slug-missing", BLOCKS, "The title holds nothing that an address could be made of.", "",
            place="slug", fix="Write an address.", act="field",
        )  # fmt: skip


def _marks(subject: Subject) -> Iterator[Finding]:
    for mark in subject.review.rating:
        if fault := subject.scales.fault(mark):
            yield Finding(
                "mark-off-scale", WARNS, f"The mark {mark.value} is not on its scale.", fault[:1].upper() + fault[1:] + ".",
                place="rating", fix="Change the mark.", act="field",
            )  # fmt: skip
    scales = subject.scales
    known = [(mark, worth) for mark in subject.review.rating if (worth := scales.worth(mark)) is not None]
    for (one, a), (other, b) in itertools.pairwise(known):
        if abs(a - b) > scales.apart:
            yield Finding(
                "marks-apart", WARNS, f"The two marks are {abs(a - b):.0f} points apart.",
                f"{scales.text(one)} counts as {a:.0f}, {scales.text(other)} as {b:.0f}.",
                place="rating", fix="Change a mark.", act="field",
            )  # fmt: skip


def _films(subject: Subject) -> Iterator[Finding]:
    """Facts on which another review of the same film does not agree."""
    others = subject.others()
    for number, one in enumerate(subject.review.features):
        for title, film in others:
            for found in films.differences(one.film, film) if films.same(one.film, film) else ():
                yield Finding(
                    "film-differs", WARNS, f"“{title}” gives another {found.what} of the film: {found.there}.",
                    f"Here it is {found.here}.", place=f"also.{number - 1}.film" if number else "film", fix="Correct the one that is wrong.", act="field",
                )  # fmt: skip


def _terms(subject: Subject) -> Iterator[Finding]:
    known = [*subject.known_terms, *subject.review.categories, *subject.review.tags]
    for kind, terms in (("categories", subject.review.categories), ("tags", subject.review.tags)):
        for term in terms:
            twin = near_double(term, known)
            if twin is not None and (term not in subject.known_terms or terms.count(term) > 1 or twin in terms):
                yield Finding(
                    "term-double", WARNS, f"“{term}” is nearly “{twin}”.", "The blog would list both.",
                    place=kind, fix=f"Use “{twin}”.", act="field",
                )  # fmt: skip


def _text(subject: Subject) -> Iterator[Finding]:
    if not subject.text.strip():
        yield Finding("text-empty", ADVISES, "The review has no text yet.", place="text", line=subject.line(1))


def _asides(subject: Subject) -> Iterator[Finding]:
    """Notes to oneself, which stay here, and spoilers that an excerpt would tell."""
    found = notes(subject.text)
    if found:
        first = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield Finding(
            "note-to-oneself", ADVISES, f"A note to yourself stands on line {subject.line(first.line)}{more}.",
            "It stays in the library and is left out of the post.", subject.line(first.line), "text", "Look at it.", "line",
        )  # fmt: skip
    excerpt = subject.review.excerpt or next((part for part in subject.text.split("\n\n") if part.strip()), "")
    plain = _bare(excerpt)
    for spoiler in spoilers(subject.text):
        if len(spoiler.words) > 3 and _bare(spoiler.words) in plain:
            where = "The excerpt tells" if subject.review.excerpt else "The first paragraph, which lists show, holds"
            yield Finding(
                "excerpt-spoiler", WARNS, f"{where} a spoiler.", f"“{spoiler.words[:60]}” is hidden on line {subject.line(spoiler.line)}.",
                place="excerpt", fix="Write another excerpt.", act="field",
            )  # fmt: skip
            return


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _images(subject: Subject) -> Iterator[Finding]:
    """Images that the text shows: recorded, there, and from beside the review."""
    for image in subject.images:
        line, name = subject.line(image.line), image.file.rsplit("/", 1)[-1]
        if "://" in image.file or image.file.startswith("//"):
            yield Finding(
                "image-remote", WARNS, f"An image on line {line} comes from another address.",
                "It is not shown here, and it is left out of the post.",
                line, "text", "Add the picture to the review’s stills.", "line",
            )  # fmt: skip
        elif subject.folder is not None and not _is_inside(subject.folder, image.file):
            yield Finding(
                "image-missing", BLOCKS, f"{name} is not there.", f"The text shows it on line {line}.",
                line, "text", "Add the picture again, or take the line out.", "line",
            )  # fmt: skip
        elif subject.review.still(image.file) is None:
            yield Finding(
                "image-unrecorded", BLOCKS, f"Nobody has written down why {name} may appear.",
                "The text shows it, and it has no record.", line, "text", "Add it to the review’s stills.", "record",
            )  # fmt: skip


def _is_inside(folder: Path, file: str) -> bool:
    target = (folder / file).resolve()
    return target.is_relative_to(folder.resolve()) and target.is_file()


def _stills(subject: Subject) -> Iterator[Finding]:
    shown = {image.file: subject.line(image.line) for image in subject.images}
    for still in subject.review.stills:
        line = shown.get(still.file)
        appears = bool(still.lead) or line is not None
        if subject.folder is not None and line is None and not _is_inside(subject.folder, still.file):
            yield replace(
                _about(still, "still-missing", WARNS, f"{still.name} is not there."), reason="Its record stands."
            )
        if not appears:
            yield _about(still, "still-unplaced", ADVISES, f"{still.name} stands nowhere in the text.",
                         "It will not be published.", fix="Put it in.", act="place")  # fmt: skip
            continue
        yield from _permission(subject, still, line)
        yield from _bytes(subject, still, line)
        if not still.alt.strip():
            yield _about(still, "still-alt", WARNS, f"{still.name} has no alternative text.",
                         "Readers who cannot see it get nothing.", line, "Write it.", "still")  # fmt: skip
        if not still.credit.strip() and still.permission.basis != "own":
            yield _about(still, "still-credit", WARNS, f"{still.name} has no credit line.",
                         "Most permissions ask for one.", line, "Write it.", "still")  # fmt: skip


def _permission(subject: Subject, still: Still, line: int | None) -> Iterator[Finding]:
    now = standing(still, subject.today)
    place = "It is the lead still" if still.lead else "The text shows it"
    if now.verdict is Verdict.INCOMPLETE:
        yield _about(
            still, "permission-incomplete", WARNS, f"{still.name}: {now.words}.", "", line, "Complete it.", "still"
        )
    if now.verdict in (Verdict.MAY, Verdict.INCOMPLETE):
        return
    if now.override:
        yield _about(still, "permission-override", ADVISES, f"{still.name} is published all the same.",
                     f"You wrote: {now.override}", line, "", "still")  # fmt: skip
        return
    message = {
        Verdict.UNKNOWN: f"Nobody has written down why {still.name} may appear.",
        Verdict.WAITING: f"The answer about {still.name} has not come.",
        Verdict.REFUSED: f"The permission for {still.name} was {now.words.lower()}.",
        Verdict.EXPIRED: f"The permission for {still.name} has run out.",
    }[now.verdict]
    yield _about(still, f"permission-{now.verdict.value}", BLOCKS, message, f"{place}, so the post cannot be exported.",
                 line, "Say why it may appear.", "still")  # fmt: skip


def _bytes(subject: Subject, still: Still, line: int | None) -> Iterator[Finding]:
    """Pictures and evidence that are others than those that were put there."""
    if subject.folder is None:
        return
    here = fingerprint(subject.folder / still.file) if _is_inside(subject.folder, still.file) else ""
    if still.source.sha256 and here not in ("", still.source.sha256):
        yield _about(still, "still-changed", WARNS, f"{still.name} is not the picture that was added.",
                     "Its file was changed since; the permission was given for the former one.", line,
                     "Take the new one.", "renew")  # fmt: skip
    hashes = {event.evidence: event.sha256 for event in still.permission.log if event.sha256}
    for name in still.permission.evidence:
        now = fingerprint(subject.folder / name) if _is_inside(subject.folder, name) else ""
        if not now:
            yield _about(still, "evidence-missing", WARNS, f"{name} is not there.",
                         f"It is the evidence for {still.name}.", line, "Put it back.", "still")  # fmt: skip
        elif hashes.get(name, now) != now:
            yield _about(still, "evidence-changed", WARNS, f"{name} was changed since it was attached.",
                         f"It is the evidence for {still.name}.", line, "Look at it.", "still")  # fmt: skip


def _about(
    still: Still,
    code: str,
    severity: Severity,
    message: str,
    reason: str = "",
    line: int | None = None,
    fix: str = "",
    act: str = "",
) -> Finding:
    return Finding(code, severity, message, reason, line, still.file, fix, act)


CHECKS: tuple[Check, ...] = (
    *(_title, _date, _address, _marks, _films, _terms, _text, _asides, _images, _stills),
    *preflight.CHECKS,
)
COUNT = 38
"""How many different findings the checks can make, for the sentence that all is well."""
