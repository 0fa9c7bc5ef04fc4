"""The list of changes that an export would make, before it makes any."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path, PurePosixPath

from reviewer.library.files import read_regular
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import Opened
from reviewer.publish import post
from reviewer.publish.check import Subject, check
from reviewer.publish.copies import key, side_by_side
from reviewer.publish.profiles import PROFILES, BlogSettings, Profile, Site, recognise
from reviewer.publish.profiles.base import calendar_day
from reviewer.publish.receipts import Published, Receipt, Receipts, digest, review_key
from reviewer.review.findings import Finding, Severity, blocking
from reviewer.review.values import Review, Still
from reviewer.stills.derive import Shape, copies, shape
from reviewer.stills.formats import Refused
from reviewer.stills.intake import read_picture

MOST = 100_000_000


class Change(Enum):
    """What happens to a file. ``IN_THE_WAY``: it was changed by hand since, or was never ours."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    IN_THE_WAY = "in the way"
    KEPT = "kept"


class NoBlog(ValueError):
    """The folder cannot be exported into; the message says why and what would help."""


@dataclass(frozen=True)
class PlannedFile:
    """One file of a plan: path relative to the blog, what is there, what is to be there, and a word on it."""

    path: str
    change: Change
    old: bytes | None = None
    new: bytes | None = None
    review: str = ""
    why: str = ""

    @property
    def is_text(self) -> bool:
        return self.path.endswith((".md", ".markdown", ".html"))

    def diff(self) -> str:
        """What changes in a text, as a unified diff; empty for pictures."""
        if not self.is_text:
            return ""
        old, new = ((data or b"").decode("utf-8", "replace").splitlines(keepends=True) for data in (self.old, self.new))
        lines = difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


@dataclass(frozen=True)
class Subplan:
    """One review's part of a plan."""

    review: str
    title: str
    source: Path
    findings: tuple[Finding, ...]
    post: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything an export would do. Nothing has been written yet."""

    site: Site
    profile: Profile
    reviews: tuple[Subplan, ...]
    files: tuple[PlannedFile, ...]
    receipts: tuple[Receipt, ...] = ()

    @property
    def blocked(self) -> tuple[Finding, ...]:
        return tuple(finding for review in self.reviews for finding in blocking(review.findings))

    @property
    def writes(self) -> tuple[PlannedFile, ...]:
        """The files that carrying out would touch."""
        return tuple(file for file in self.files if file.change in (Change.NEW, Change.CHANGED, Change.REMOVED))

    def count(self, change: Change) -> int:
        return sum(file.change is change for file in self.files)


def site_for(blog: Path, profile: str = "") -> Site:
    """The site in a folder, for the named profile or for the one that is recognised. Raises `NoBlog`."""
    if not blog.is_dir():
        raise NoBlog(f"{blog} is no folder. Name the folder of your blog, the one with its configuration file.")
    if profile and profile not in PROFILES:
        raise NoBlog(f"There is no profile “{profile}”. The profiles are {', '.join(PROFILES)}.")
    site = PROFILES[profile].recognise(blog) if profile else recognise(blog)
    if site is not None:
        return site
    known = [PROFILES[profile]] if profile else list(PROFILES.values())
    wanted = _either([one.title for one in known])
    hint = _either(list(dict.fromkeys(one.configs[0] for one in known if one.configs)))
    other = recognise(blog) if profile else None
    if other is not None:
        raise NoBlog(f"{blog} is no blog for {wanted}: {other.reasons[0]}. Use the profile {other.profile}.")
    raise NoBlog(f"{blog} is no blog for {wanted}: there is no {hint} in it. Name the folder that holds one.")


def _either(words: Sequence[str]) -> str:
    """``Jekyll, Hugo or Hexo``."""
    *some, last = words
    return f"{', '.join(some)} or {last}" if some else last


def make_plan(
    reviews: Sequence[Opened],
    site: Site,
    settings: BlogSettings,
    folders: UserFolders,
    today: dt.date,
    replacing: Collection[str] = (),
    reason: str = "",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Plan:
    """What exporting these reviews would do. `replacing` names files in the way that may be overwritten.

    `reason` stands for the writer's word that stills may go out although their permission does not say so. `progress` hears
    how many stills of a review are prepared, and of how many; what it raises ends the planning.
    """
    profile = PROFILES[site.profile]
    receipts = Receipts(folders, site.folder)
    planner = _Planner(site, profile, settings, receipts, today, {_posix(p) for p in replacing}, reason, progress)
    for review in reviews:
        planner.add(review)
    return Plan(site, profile, tuple(planner.subplans), tuple(planner.files), tuple(planner.new_receipts))


@dataclass
class _Prepared:
    """The copies of a post's stills: their bytes and what they were made from by path, what is published, what failed."""

    contents: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    stills: dict[str, Published] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: _Prepared) -> None:
        self.contents |= other.contents
        self.keys |= other.keys
        self.stills |= other.stills
        self.findings += other.findings


def _unreadable(still: Still, refused: Refused) -> Finding:
    return Finding(
        "still-unreadable", Severity.BLOCKS, f"{still.name} cannot be published. {refused.reason}", place=still.file,
        fix="Add the picture again.", act="still",
    )  # fmt: skip


def plan_unpublish(reviews: Sequence[tuple[str, Path, str]], site: Site, folders: UserFolders) -> Plan:
    """What taking posts out of a blog would do: only what an export wrote goes, and what was changed by hand since stays.

    `reviews` are those of `reviewer.publish.receipts.review_key`, each with its file and title.
    """
    profile, receipts = PROFILES[site.profile], Receipts(folders, site.folder)
    planner = _Planner(site, profile, BlogSettings(), receipts, dt.date.min, set(), "", lambda done, of: None)
    for name, path, title in reviews:
        planner.remove(name, path, title)
    return Plan(site, profile, tuple(planner.subplans), tuple(planner.files), tuple(planner.new_receipts))


class State(Enum):
    """How a review stands in a blog."""

    NEVER = "not exported"
    CHANGED = "changed since"
    CURRENT = "up to date"
    EDITED = "edited in the blog"
    BLOCKED = "blocked"


def state_of(plan: Plan, receipts: Receipts, subplan: Subplan) -> State:
    """What a plan says of one of its reviews."""
    files = [file for file in plan.files if file.review == subplan.review]
    if any(file.change is Change.IN_THE_WAY and file.why == CHANGED_BY_HAND for file in files):
        return State.EDITED
    if not receipts.read(subplan.review).files:
        return State.NEVER
    if blocking(subplan.findings):
        return State.BLOCKED
    return State.CHANGED if any(file in plan.writes for file in files) else State.CURRENT


CHANGED_BY_HAND = "it was changed by hand"


def _posix(path: str) -> str:
    return str(PurePosixPath(path.replace("\\", "/")))


class _Planner:
    def __init__(
        self, site: Site, profile: Profile, settings: BlogSettings, receipts: Receipts, today: dt.date,
        replacing: set[str], reason: str, progress: Callable[[int, int], None],
    ) -> None:  # fmt: skip
        self.site, self.profile, self.settings, self.today = site, profile, settings, today
        self.receipts, self.replacing, self.reason = receipts, replacing, reason
        self.progress = progress
        self.owners = receipts.owners()
        self.files: list[PlannedFile] = []
        self.subplans: list[Subplan] = []
        self.new_receipts: list[Receipt] = []

    def add(self, was: Opened) -> None:
        review, document = was.reading.review, was.reading.document
        name = review_key(review.id, was.path)
        subject = Subject(review, document.text, document.text_line, was.folder, self.today)
        findings = list(check(subject, was.reading.findings))
        if self.reason:
            findings = [
                f for f in findings if not f.code.startswith("permission-") or f.severity is not Severity.BLOCKS
            ]
        made = None
        shapes, refused = self._shapes(was, review, document.text)
        findings += refused
        # What only waits for a permission is planned all the same, so that the writer sees what would change.
        if all(finding.code.startswith("permission-") for finding in blocking(findings)):
            made = post.make(review, document.text, self.profile, self.site, self.settings, shapes)
            findings += made.findings
            findings += self._too_early(review)
            findings += self._taken(name, made.path)
        if made is not None and not any(finding.code == "slug-taken" for finding in findings):
            findings += self._plan(name, was, made)
        self.subplans.append(Subplan(name, review.title, was.path, tuple(findings), made.path if made else ""))

    def remove(self, name: str, path: Path, title: str) -> None:
        """Plan that a review's post goes, with its pictures."""
        before = self.receipts.read(name)
        findings: list[Finding] = []
        files: list[PlannedFile | None] = []
        try:
            files = [self._gone(file, known, name) for file, known in before.files.items()]
        except NoBlog as error:
            findings.append(Finding("blog-unsafe", Severity.BLOCKS, str(error), place=""))
        gone = [file for file in files if file is not None]
        self.files += gone
        kept = {file.path: before.files[file.path] for file in gone if file.change is Change.KEPT}
        stills = {still: was for still, was in before.stills.items() if was.path in kept}
        self.new_receipts.append(Receipt(name, str(path), kept, stills))
        self.subplans.append(Subplan(name, title, path, tuple(findings)))

    def _too_early(self, review: Review) -> Iterable[Finding]:
        if review.date is not None and not self.profile.holds_back_future and calendar_day(review.date) > self.today:
            yield Finding(
                "profile-note", Severity.WARNS, f"{self.profile.title} publishes a post of the future at once.",
                "It does not hold posts back until their day.", place="date",
            )  # fmt: skip

    def _taken(self, name: str, path: str) -> Iterable[Finding]:
        owner = self.owners.get(path, name)
        twin = next((s for s in self.subplans if s.post == path and s.review != name), None)
        if owner != name or twin is not None:
            yield Finding(
                "slug-taken", Severity.BLOCKS, f"{path} is the post of another review.",
                "Two posts cannot have one address.", place="slug",
                fix="Give this review another address, for example with the film’s year.", act="field",
            )  # fmt: skip

    def _plan(self, name: str, was: Opened, made: post.Post) -> list[Finding]:
        before = self.receipts.read(name)
        findings: list[Finding] = []
        contents: dict[str, bytes] = {made.path: made.text}
        try:
            prepared = self._pictures(was.folder, made, before)
            contents |= prepared.contents
            findings += prepared.findings
            files: list[PlannedFile | None] = [
                self._file(path, data, before.files.get(path), name) for path, data in contents.items()
            ]
            files += [self._gone(path, known, name) for path, known in before.files.items() if path not in contents]
        except NoBlog as error:
            return [*findings, Finding("blog-unsafe", Severity.BLOCKS, str(error), place="")]
        self.files += [file for file in files if file is not None]
        written = {
            f.path: digest(f.new) for f in files if f and f.new is not None and f.change is not Change.IN_THE_WAY
        }
        kept = {
            f.path: before.files[f.path]
            for f in files
            if f and f.change in (Change.IN_THE_WAY, Change.KEPT) and f.path in before.files
        }
        self.new_receipts.append(
            replace(before, source=str(was.path), files={**kept, **written}, stills=prepared.stills, made=prepared.keys)
        )
        return findings

    def _shapes(self, was: Opened, review: Review, text: str) -> tuple[dict[str, Shape], list[Finding]]:
        """The shapes of the pictures that the post shows, and a finding for each that cannot be published."""
        shapes: dict[str, Shape] = {}
        findings: list[Finding] = []
        for still in post.published(review, text):
            try:
                shapes[still.file] = shape(self._original(was.folder, still), still)
            except Refused as refused:
                findings.append(_unreadable(still, refused))
        return shapes, findings

    def _pictures(self, folder: Path, made: post.Post, before: Receipt) -> _Prepared:
        """The copies of a post's stills, side by side; those that stand in the blog already are not made again."""
        prepared = _Prepared()
        files: dict[str, dict[str, post.Picture]] = {}
        for path, picture in made.pictures.items():
            files.setdefault(picture.still.file, {})[path] = picture

        def work(pictures: Mapping[str, post.Picture]) -> Callable[[], _Prepared]:
            return lambda: self._prepare(folder, pictures, before)

        for done, one in enumerate(side_by_side([work(pictures) for pictures in files.values()]), 1):
            prepared.add(one)
            self.progress(done, len(files))
        return prepared

    def _prepare(self, folder: Path, pictures: Mapping[str, post.Picture], before: Receipt) -> _Prepared:
        """All copies of one still."""
        path, first = next(iter(pictures.items()))
        try:
            data = self._original(folder, first.still)
            original = digest(data)
            keys = {path: key(original, picture.still, picture.copy) for path, picture in pictures.items()}
            there = {path: self._there(path, keys[path], before) for path in pictures}
            missing = [path for path in pictures if there[path] is None]
            new = copies(data, first.still, [pictures[path].copy for path in missing]) if missing else []
        except Refused as refused:
            return _Prepared(findings=[_unreadable(first.still, refused)])
        found = dict(zip(missing, new, strict=True))
        contents = {path: found.get(path, old or b"") for path, old in there.items()}
        return _Prepared(contents, keys, {first.still.file: self._published(path, original, first.still, before)})

    def _there(self, path: str, its_key: str, before: Receipt) -> bytes | None:
        """The copy as the last export wrote it, where it was made from the same and nobody has touched it."""
        if before.made.get(path) != its_key:
            return None
        old = read_inside(self.site.folder, path)
        return old if old is not None and digest(old) == before.files.get(path) else None

    def _original(self, folder: Path, still: Still) -> bytes:
        path = folder / still.file
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Refused(still.name, "It lies outside the review’s folder.")
        return read_picture(path)

    def _published(self, path: str, original: str, still: Still, before: Receipt) -> Published:
        """What is to be known of a still after it went out; unchanged, it keeps its first day."""
        permission = still.permission
        made = Published(path, original, permission.basis or "unknown", permission.state, self.today.isoformat())
        known = before.stills.get(still.file)
        return known if known is not None and replace(known, date=made.date) == made else made

    def _file(self, path: str, new: bytes, known: str | None, review: str) -> PlannedFile:
        old = read_inside(self.site.folder, path)
        if old is None:
            return PlannedFile(path, Change.NEW, None, new, review)
        if old == new:
            return PlannedFile(path, Change.UNCHANGED, old, new, review)
        if known is not None and digest(old) == known:
            return PlannedFile(path, Change.CHANGED, old, new, review)
        why = CHANGED_BY_HAND if known is not None else "it was there before"
        if path in self.replacing or str(self.site.folder / path) in self.replacing:
            return PlannedFile(path, Change.CHANGED, old, new, review, f"replaced at your word; {why}")
        return PlannedFile(path, Change.IN_THE_WAY, old, new, review, why)

    def _gone(self, path: str, known: str, review: str) -> PlannedFile | None:
        old = read_inside(self.site.folder, path)
        if old is None:
            return None
        if digest(old) != known:
            return PlannedFile(path, Change.KEPT, old, None, review, "no longer part of the post, and changed by hand")
        return PlannedFile(path, Change.REMOVED, old, None, review, "no longer part of the post")


def read_inside(blog: Path, path: str) -> bytes | None:
    """A file of the blog, None where there is none. Raises `NoBlog` where a link on the way leads out of the blog."""
    root = Path(os.path.realpath(blog))
    here = root
    parts = PurePosixPath(path).parts
    if PurePosixPath(path).is_absolute() or ".." in parts or not parts:
        raise NoBlog(f"{path} does not lie in {blog}.")
    for part in parts:
        here = here / part
        try:
            status = os.lstat(here)
        except FileNotFoundError:
            return None
        if stat.S_ISLNK(status.st_mode) and not Path(os.path.realpath(here)).is_relative_to(root):
            raise NoBlog(
                f"{here} is a link that leads out of the blog. Nothing is written through it. Take the link away."
            )
    if here.is_dir():
        raise NoBlog(f"{here} is a folder where the post should go. Move it, or give the review another address.")
    try:
        return read_regular(here, MOST)
    except OSError as error:
        raise NoBlog(f"{here} cannot be read: {error.strerror}.") from error
