"""Errors in words a writer can act on: what, why, and the way out."""

from __future__ import annotations

import errno
import shutil
from html import escape
from pathlib import Path

from reviewer.library.files import ChangedOutside
from reviewer.library.folders import home
from reviewer.library.listing import CannotList
from reviewer.library.reviews import CannotRead
from reviewer.stills.formats import Refused
from reviewer.text.document import NotText
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.patch import CannotPatch

ROOM = 2_000_000
"""Bytes that are enough for any review: a disk with more of them free is not full by its own word."""


def place(path: Path) -> str:
    """A path as people say it: with ~ for their home folder."""
    own = home()
    return f"~/{path.relative_to(own).as_posix()}" if path.is_relative_to(own) and path != own else str(path)


def shown(name: str) -> str:
    """A name as it can be shown safely: control characters and marks that turn the direction of writing are written out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name)


def command(name: str) -> str:
    """A name as the words of a button, a tab or a line of a menu, where Qt takes “&” for the mark of a key."""
    return name.replace("&", "&&")


def counted(count: int, one: str, more: str) -> str:
    """A number with what it counts and its verb: “1 word stands”, “1,204 words stand”."""
    return f"{count:,} {one if count == 1 else more}"


def tip(text: str) -> str:
    """A text as a tip of the mouse that shows it as it is: Qt takes what looks like HTML for HTML, with pictures and all."""
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if "<" in text else text


def of(error: Exception, path: Path | None = None) -> str:
    """One or two sentences about an error."""
    if isinstance(error, (CannotRead, CannotList, Refused)):
        return str(error)
    if isinstance(error, ChangedOutside):
        return f"{error.path.name} was changed by another program."
    if isinstance(error, BrokenFrontMatter):
        return f"Line {error.line}: {error.reason}. {error.fix}"
    if isinstance(error, CannotPatch):
        return f"{error.key} (line {error.line}) {error.why}, so it cannot be changed in place."
    if isinstance(error, NotText):
        return f"{path.name if path else 'The file'} cannot be read: {error}."
    if isinstance(error, OSError):
        return _system(error, path)
    return f"{type(error).__name__}: {error}"


def _system(error: OSError, path: Path | None) -> str:
    name = error.filename if isinstance(error.filename, str) else str(path or "")
    if error.errno == errno.EDQUOT:
        return "Your share of this disk is used up. Make room in what is yours there, or save elsewhere."
    if error.errno == errno.ENOSPC:
        return f"{_full(path)}. Make room, or save elsewhere."
    known = {
        errno.EACCES: "You may not write there", errno.EPERM: "You may not write there",
        errno.EROFS: "The disk is read-only", errno.EIO: "The disk reports an error",
        errno.ENOENT: "The folder is not there any more",
    }.get(error.errno or 0)  # fmt: skip
    return f"{known}: {name}." if known else f"{name}: {error.strerror or error}."


def _full(path: Path | None) -> str:
    """A disk whose own store is full, as on a thin volume, refuses while it says that there is room."""
    try:
        free = shutil.disk_usage(path.parent).free if path else None
    except OSError:
        free = None
    if free is None:
        return "The disk is full"
    if free > ROOM:
        return f"The disk takes no more, though it says that {free // 1_000_000} MB are free"
    return f"The disk is full: {free // 1000} KB free"
