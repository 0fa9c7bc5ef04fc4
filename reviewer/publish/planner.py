"""Making a plan: each review becomes a post, each post its files, and each file is compared with what the blog has."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from reviewer import __version__
from reviewer.library.files import fingerprint
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import Opened
from reviewer.library.settings import LibrarySettings
from reviewer.library.settings import load as load_settings
from reviewer.publish import post
from reviewer.publish.check import Subject, check
from reviewer.publish.content import Content, Spool, sweep
from reviewer.publish.copies import key, side_by_side
from reviewer.publish.entries import Entry, Neighbours, describe
from reviewer.publish.merge import merge
from reviewer.publish.plan import CHANGED_BY_HAND, Change, NoBlog, Plan, PlannedFile, State, Subplan, read_inside
from reviewer.publish.profiles import PROFILES, BlogSettings, Profile, Site
from reviewer.publish.profiles.base import calendar_day
from reviewer.publish.receipts import Published, Receipt, Receipts, digest, review_key
from reviewer.review.findings import Finding, Severity, blocking
from reviewer.review.values import Review, Still
from reviewer.stills.derive import Shape, copies, shape
from reviewer.stills.formats import Refused
from reviewer.stills.intake import read_picture
from reviewer.text.spelling import DICTIONARIES, Speller, speller

PLANS = "plans"
"""Below the cache: the new pictures of plans."""
SITE = "site"
"""The name of the receipt for files that belong to the blog as a whole: lists and feeds."""


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
    how many stills of a review (of several: how many reviews) are prepared, and of how many; what it raises ends the planning.
    """
    profile = PROFILES[site.profile]
    receipts = Receipts(folders, site.folder)
    one = len(reviews) == 1
    quiet: Callable[[int, int], None] = lambda done, of: None  # noqa: E731
    planner = _Planner(
        site,
        profile,
        settings,
        receipts,
        today,
        {_posix(p) for p in replacing},
        reason,
        progress if one else quiet,
        folders,
    )
    sweep(folders.cache / PLANS)
    planner.expect(reviews)
    for number, review in enumerate(reviews, 1):
        planner.add(review)
        if not one:
            progress(number, len(reviews))
    return planner.plan()


def plan_unpublish(
    reviews: Sequence[tuple[str, Path, str]], site: Site, settings: BlogSettings, folders: UserFolders
) -> Plan:
    """What taking posts out of a blog would do: only what an export wrote goes, and what was changed by hand since stays.

    `reviews` are those of `reviewer.publish.receipts.review_key`, each with its file and title.
    """
    profile, receipts = PROFILES[site.profile], Receipts(folders, site.folder)
    planner = _Planner(site, profile, settings, receipts, dt.date.min, set(), "", lambda done, of: None, folders)
    for name, path, title in reviews:
        planner.remove(name, path, title)
    return planner.plan()


def state_of(plan: Plan, receipts: Receipts, subplan: Subplan) -> State:
    """What a plan says of one of its reviews."""
    files = [file for file in plan.files if file.review == subplan.review]
    if any(file.why.startswith(CHANGED_BY_HAND) for file in files):
        return State.EDITED
    if not receipts.read(subplan.review).files:
        return State.NEVER
    if blocking(subplan.findings):
        return State.BLOCKED
    return State.CHANGED if any(file in plan.writes for file in files) else State.CURRENT


def glance(receipt: Receipt, blog: Path, review: Path) -> State:
    """How a review stands in a blog, from hashes alone: quick enough for a whole library in a list.

    What it cannot see: a changed picture, and changed settings of the blog; a plan sees both.
    """
    if receipt.entry is None or not receipt.files:
        return State.NEVER
    try:
        there = digest((blog / receipt.entry.post).read_bytes())
        here = digest(review.read_bytes())
    except OSError:
        return State.CHANGED
    if there != receipt.files.get(receipt.entry.post):
        return State.EDITED
    return State.CURRENT if here == receipt.sources.get("review") else State.CHANGED


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


def _posix(path: str) -> str:
    return str(PurePosixPath(path.replace("\\", "/")))


class _Planner:
    def __init__(
        self, site: Site, profile: Profile, settings: BlogSettings, receipts: Receipts, today: dt.date,
        replacing: set[str], reason: str, progress: Callable[[int, int], None], folders: UserFolders,
    ) -> None:  # fmt: skip
        self.site, self.profile, self.settings, self.today = site, profile, settings, today
        self.receipts, self.replacing, self.reason = receipts, replacing, reason
        self.progress = progress
        known = receipts.all()
        self.owners = {path: receipt.review for receipt in known for path in receipt.files}
        self.neighbours = Neighbours.of(receipt.entry for receipt in known if receipt.entry and receipt.files)
        self.files: list[PlannedFile] = []
        self.subplans: list[Subplan] = []
        self.new_receipts: list[Receipt] = []
        self.texts: dict[str, bytes | None] = {}
        self.spool = Spool(folders.cache / PLANS)
        self.several = False
        self.ground = ""
        self._folders = folders
        self._of_library: dict[Path, LibrarySettings] = {}
        self._spellers: dict[str, Speller | None] = {}

    def plan(self) -> Plan:
        """What has been planned, with the files of the whole blog."""
        ground = self._ground()
        self.new_receipts = [
            replace(one, sources={**one.sources, "blog": ground}) if one.sources else one for one in self.new_receipts
        ]
        self._together()
        return Plan(
            self.site,
            self.profile,
            tuple(self.subplans),
            tuple(self.files),
            tuple(self.new_receipts),
            self.spool,
            self.texts,
        )

    def expect(self, reviews: Sequence[Opened]) -> None:
        """Let the posts of one plan know of each other before the first is made."""
        self.several = len(reviews) > 1
        for was in reviews if len(reviews) > 1 else ():
            review = was.reading.review
            if review.date is not None and (where := post.address(review)):
                name = review_key(review.id, was.path)
                place = self.profile.place(self.site, self.settings, review.date, where)
                films = post.films(was.reading.document.text)
                entry = describe(review, name, was.path, place.post, where, Entry(films=films))
                known = self.neighbours.review(name)
                self.neighbours.add(replace(entry, links=known.links if known else ()))
        self.ground = self._ground() if self.several else ""

    def add(self, was: Opened) -> None:
        """Plan that a review is published."""
        review, document = was.reading.review, was.reading.document
        name = review_key(review.id, was.path)
        before = self.receipts.read(name)
        library = self._library_settings(was.folder.parent)
        speller = self._speller(review.language or library.language)
        subject = Subject(
            review,
            document.text,
            document.text_line,
            was.folder,
            self.today,
            (),
            library.levels,
            speller,
            library.scales,
        )
        findings = list(check(subject, was.reading.findings))
        if self.reason:
            findings = [
                f for f in findings if not f.code.startswith("permission-") or f.severity is not Severity.BLOCKS
            ]
        if self.several and not blocking(findings) and (kept := self._as_it_was(name, was, before)):
            self.files += kept
            self.new_receipts.append(before)
            post_there = before.entry.post if before.entry else ""
            notes = self.profile.notes(self.site, review, document.text)
            findings += post.noted(notes)
            self.subplans.append(Subplan(name, review.title, was.path, tuple(findings), post_there))
            return
        made = None
        shapes, refused = self._shapes(was, review, document.text)
        findings += refused
        # What only waits for a permission is planned all the same, so that the writer sees what would change.
        if all(finding.code.startswith("permission-") for finding in blocking(findings)):
            made = post.make(
                review, document.text, self.profile, self.site, replace(self.settings, scales=library.scales), shapes,
                self.neighbours, was.path, name,
                (before.entry if before.files else None, before.was),
            )  # fmt: skip
            self.neighbours.add(made.entry)
            findings += made.findings
            findings += self._too_early(review)
            findings += self._taken(name, made.path)
            findings += self._left_behind(made.entry, before.entry)
        if made is not None and not any(finding.code == "slug-taken" for finding in findings):
            findings += self._plan(name, was, made, before)
        self.subplans.append(Subplan(name, review.title, was.path, tuple(findings), made.path if made else ""))

    def _library_settings(self, library: Path) -> LibrarySettings:
        """A library's settings, read once."""
        if library not in self._of_library:
            self._of_library[library] = load_settings(self._folders, library)
        return self._of_library[library]

    def _speller(self, language: str) -> Speller | None:
        """What knows the words of a language, made once; the blog's films and authors are known to it."""
        if language not in self._spellers:
            names = [
                name for entry in self.neighbours.all() for name in (entry.film, entry.title, entry.author, *entry.also)
            ]
            self._spellers[language] = speller(language, self._folders.data / DICTIONARIES, names)
        return self._spellers[language]

    def _as_it_was(self, name: str, was: Opened, before: Receipt) -> list[PlannedFile]:
        """The files of a review that would come out as they stand in the blog; empty where that is not known for sure.

        It is, where all that a post is made from has the hashes of the last export: the review, its stills, the settings, the
        site, the blog's other posts, the program; and where nobody has touched the post's files.
        """
        if not before.sources or before.sources != self._sources(was):
            return []
        found = []
        for path, known in before.files.items():
            there = read_inside(self.site.folder, path)
            if there is None or digest(there) != known:
                return []
            content = Content.at(self.site.folder / path, there)
            found.append(PlannedFile(path, Change.UNCHANGED, content, content, name))
        return found

    def _sources(self, was: Opened) -> dict[str, str]:
        """Hashes of all that a review's post is made from."""
        stills = hashlib.sha256()
        for still in post.published(was.reading.review, was.reading.document.text):
            stills.update(f"{still.file}\0{fingerprint(was.folder / still.file)}\0".encode())
        scales = digest(repr(self._library_settings(was.folder.parent).scales).encode())
        return {"review": digest(was.data), "stills": stills.hexdigest(), "scales": scales, "blog": self.ground}

    def _ground(self) -> str:
        """A hash of what all posts of the blog are made from: program, profile, site, settings, and the other posts' names."""
        rows = [
            (one.review, one.source, one.post, one.slug, one.film, one.year, one.also)
            + ((one.title, one.films, one.categories) if self.settings.mentioned or self.settings.see_also else ())
            for one in self.neighbours.all()
        ]
        facts = (
            __version__,
            self.profile.name,
            sorted(self.site.facts.items()),
            str(self.site.zone),
            self.site.posts,
            self.settings,
        )
        return digest(repr((facts, sorted(rows))).encode())

    def remove(self, name: str, path: Path, title: str) -> None:
        """Plan that a review's post goes, with its pictures."""
        before = self.receipts.read(name)
        findings = [
            Finding("link-dead", Severity.WARNS, f"“{one.title}” links to this post.", "Its link would lead nowhere.",
                    place="text", fix="Export it again.")
            for one in self.neighbours.linking(name)
        ]  # fmt: skip
        files: list[PlannedFile | None] = []
        try:
            files = [self._gone(file, known, name) for file, known in before.files.items()]
        except NoBlog as error:
            findings.append(Finding("blog-unsafe", Severity.BLOCKS, str(error), place=""))
        gone = [file for file in files if file is not None]
        self.files += gone
        self.neighbours.forget(name)
        kept = {file.path: before.files[file.path] for file in gone if file.change is Change.KEPT}
        stills = {still: was for still, was in before.stills.items() if was.path in kept}
        self.new_receipts.append(Receipt(name, str(path), kept, stills))
        self.texts[name] = None
        self.subplans.append(Subplan(name, title, path, tuple(findings)))

    def _together(self) -> None:
        """Plan the files that all posts make together; a blog without any has none."""
        before = self.receipts.read(SITE)
        contents = self.profile.together(self.site, self.settings, self.neighbours.all())
        if not contents and not before.files:
            return
        try:
            files: list[PlannedFile | None] = [
                self._file(path, data, before.files.get(path), SITE) for path, data in contents.items()
            ]
            files += [self._gone(path, known, SITE) for path, known in before.files.items() if path not in contents]
        except NoBlog as error:
            self.subplans.append(
                Subplan(SITE, "", self.site.folder, (Finding("blog-unsafe", Severity.BLOCKS, str(error), place=""),))
            )
            return
        self.files += [file for file in files if file is not None]
        self.new_receipts.append(Receipt(SITE, "", _owned([file for file in files if file is not None], before)))

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

    def _left_behind(self, now: Entry, before: Entry | None) -> Iterable[Finding]:
        """Posts whose links to this one lead to where it was, unless they are planned together with it."""
        if before is None or before.post == now.post:
            return
        planned = {one.review for one in self.subplans}
        for one in self.neighbours.linking(now.review):
            if one.review not in planned:
                yield Finding(
                    "link-dead", Severity.WARNS, f"“{one.title}” links to this post’s old address.", place="slug",
                    fix="Export it again, too.",
                )  # fmt: skip

    def _plan(self, name: str, was: Opened, made: post.Post, before: Receipt) -> list[Finding]:
        findings: list[Finding] = []
        contents: dict[str, bytes] = {made.path: made.text}
        contents |= self.profile.former(self.site, made.entry, made.was)
        try:
            prepared = self._pictures(was.folder, made, before)
            contents |= prepared.contents
            findings += prepared.findings
            files: list[PlannedFile | None] = [self._post(made, before, name)]
            files += [
                self._file(path, data, before.files.get(path), name)
                for path, data in contents.items()
                if path != made.path
            ]
            files += [self._gone(path, known, name) for path, known in before.files.items() if path not in contents]
        except NoBlog as error:
            return [*findings, Finding("blog-unsafe", Severity.BLOCKS, str(error), place="")]
        there = [file for file in files if file is not None]
        self.files += there
        if there[0].change is not Change.IN_THE_WAY:
            self.texts[name] = made.text
        sources = self._sources(was)
        self.new_receipts.append(
            replace(before, source=str(was.path), files=_owned(there, before), stills=prepared.stills,
                    made=prepared.keys, entry=made.entry, was=made.was, sources=sources)
        )  # fmt: skip
        return findings

    def _post(self, made: post.Post, before: Receipt, name: str) -> PlannedFile:
        """The post's own file. What was changed in the blog since the last export is merged into it where that can be."""
        file = self._file(made.path, made.text, before.files.get(made.path), name)
        base = self.receipts.text(name)
        old = file.old
        if old is None or base is None or made.path not in before.files or file.change is Change.UNCHANGED:
            return file
        by_hand = digest(old) != before.files[made.path]
        if old == base or self._may_replace(made.path):
            return file
        merged = merge(*(data.decode("utf-8", "replace") for data in (base, made.text, old)))
        if merged.text is None:
            words = "; ".join(merged.conflicts[:3])
            why = f"{CHANGED_BY_HAND}, and here in another way: {words}"
            return replace(file, change=Change.IN_THE_WAY, why=why)
        new = merged.text.encode("utf-8", "replace")
        why = f"{CHANGED_BY_HAND}; that is kept" if by_hand else "what was changed in the blog is kept"
        return replace(file, change=Change.UNCHANGED if new == old else Change.CHANGED, after=Content.of(new), why=why)

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
        found = read_inside(self.site.folder, path)
        if found is None:
            return PlannedFile(path, Change.NEW, None, self.spool.keep(new), review)
        old = Content.at(self.site.folder / path, found)
        if found == new:
            return PlannedFile(path, Change.UNCHANGED, old, old, review)
        after = self.spool.keep(new)
        if known is not None and old.sha256 == known:
            return PlannedFile(path, Change.CHANGED, old, after, review)
        why = CHANGED_BY_HAND if known is not None else "it was there before"
        if self._may_replace(path):
            return PlannedFile(path, Change.CHANGED, old, after, review, f"replaced at your word; {why}")
        return PlannedFile(path, Change.IN_THE_WAY, old, after, review, why)

    def _may_replace(self, path: str) -> bool:
        return path in self.replacing or str(self.site.folder / path) in self.replacing

    def _gone(self, path: str, known: str, review: str) -> PlannedFile | None:
        found = read_inside(self.site.folder, path)
        if found is None:
            return None
        old = Content.at(self.site.folder / path, found)
        if old.sha256 != known:
            return PlannedFile(path, Change.KEPT, old, None, review, "no longer part of the post, and changed by hand")
        return PlannedFile(path, Change.REMOVED, old, None, review, "no longer part of the post")


def _owned(files: Sequence[PlannedFile], before: Receipt) -> dict[str, str]:
    """What a receipt says of the files that were planned: the hashes of what is written, and of what stays."""
    found = {}
    for file in files:
        if file.change in (Change.IN_THE_WAY, Change.KEPT):
            if file.path in before.files:
                found[file.path] = before.files[file.path]
        elif file.after is not None:
            found[file.path] = file.after.sha256
    return found
