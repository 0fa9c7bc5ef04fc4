"""The list of changes that an export would make, before it makes any."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath

from reviewer.library.files import read_regular
from reviewer.publish.content import Content, Spool
from reviewer.publish.merge import parts
from reviewer.publish.profiles import PROFILES, Profile, Site, recognise
from reviewer.publish.receipts import Receipt
from reviewer.review.findings import Finding, blocking

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
    before: Content | None = None
    after: Content | None = None
    review: str = ""
    why: str = ""

    @property
    def old(self) -> bytes | None:
        """What is there. Raises `OSError`."""
        return self.before.read() if self.before is not None else None

    @property
    def new(self) -> bytes | None:
        """What is to be there. Raises `OSError`."""
        return self.after.read() if self.after is not None else None

    @property
    def is_text(self) -> bool:
        return self.path.endswith((".md", ".markdown", ".html", ".xml"))

    def diff(self) -> str:
        """What changes in a text, as a unified diff; empty for pictures."""
        if not self.is_text:
            return ""
        old, new = ((data or b"").decode("utf-8", "replace") for data in (self.old, self.new))
        return _diff(old, new, self.path)

    def diffs(self) -> tuple[str, str]:
        """What changes in the front matter and what in the text, each as a unified diff."""
        if not self.is_text:
            return "", ""
        old, new = (parts((data or b"").decode("utf-8", "replace")) for data in (self.old, self.new))
        before, after = ("".join(f"{line}\n" for line in one.header) for one in (old, new))
        return _diff(before, after, self.path), _diff(old.text, new.text, self.path)


def _diff(old: str, new: str, path: str) -> str:
    before, after = (text.splitlines(keepends=True) for text in (old, new))
    lines = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")
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
    spool: Spool | None = None
    texts: Mapping[str, bytes | None] = field(default_factory=dict)
    """Each post's text as made from its review, before what was changed in the blog was merged into it."""
    undoes: bool = False
    """Whether it takes the last export back, which then cannot be taken back again."""

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
    known = [PROFILES[profile]] if profile else [one for one in PROFILES.values() if not one.named_only]
    wanted = _either([one.title for one in known])
    hint = _either(list(dict.fromkeys(one.configs[0] for one in known if one.configs)))
    other = recognise(blog) if profile else None
    others = (
        ""
        if profile
        else f", or a profile for any folder: {_either([n for n, one in PROFILES.items() if one.named_only])}"
    )
    if other is not None:
        raise NoBlog(f"{blog} is no blog for {wanted}: {other.reasons[0]}. Use the profile {other.profile}.")
    raise NoBlog(f"{blog} is no blog for {wanted}: there is no {hint} in it. Name the folder that holds one{others}.")


def _either(words: Sequence[str]) -> str:
    """``Jekyll, Hugo or Hexo``."""
    *some, last = words
    return f"{', '.join(some)} or {last}" if some else last


class State(Enum):
    """How a review stands in a blog."""

    NEVER = "not exported"
    CHANGED = "changed since"
    CURRENT = "up to date"
    EDITED = "edited in the blog"
    BLOCKED = "blocked"


CHANGED_BY_HAND = "it was changed by hand"


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
