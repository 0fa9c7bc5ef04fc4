"""One open review: the session owns its values, its text and what is on the disk, and says when they change.

The review is a frozen value that is replaced; the text lives in the text document. "Dirty" is a comparison with what is
on the disk. Undoing a field puts an earlier value back; the text has an undo of its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from reviewer.library.files import Saved, keep_beside
from reviewer.library.history import OUTSIDE, RESTORED, History
from reviewer.library.recovery import Copy, Recovery
from reviewer.library.reviews import NAME, Opened, create, opened, save_review
from reviewer.review.terms import MarkRules
from reviewer.review.values import Mark, Review, Still
from reviewer.text.document import Document, NotText
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.patch import CannotPatch
from reviewer.text.reading import read_document, write_document
from reviewer.text.schema import REVIEW
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import plain, replace_all

T = TypeVar("T")
QUIET, LONGEST = 1000, 2000
"""Milliseconds after the last key, and at the most while typing goes on, until a recovery copy is written."""


@dataclass(frozen=True)
class Change:
    """A field's change, for undo: what it is called, what it belongs together with, and both values."""

    label: str
    key: str
    before: Review
    after: Review


class Session(QObject):
    """An open review. Signals are facts: the review changed, the text changed, it was saved, a copy was kept."""

    review_changed = Signal()
    text_changed = Signal()
    dirty_changed = Signal()
    saved = Signal(object)
    save_failed = Signal(object)
    kept = Signal()
    keep_failed = Signal(object)
    unkept = Signal(object)
    outside_changed = Signal()
    outside_unreadable = Signal(object)

    def __init__(
        self, was: Opened | None, library: Path | None, recovery: Recovery, history: History, tasks: Tasks,
        review: Review | None = None, begun: Document = Document(),  # noqa: B008
    ) -> None:  # fmt: skip
        super().__init__()
        self.library, self._recovery, self._history, self._tasks = library, recovery, history, tasks
        self.opened = was
        self.review = was.reading.review if was else review or Review()
        self._base_review, self.begun = self.review, begun
        self.document = QTextDocument(self)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.setUndoRedoEnabled(False)
        self.document.setPlainText(was.reading.document.text if was else begun.text)
        self.document.setUndoRedoEnabled(True)
        self.document.setModified(False)
        self.edits = self._edits_told = 0
        self.caret = 0
        self.top = 1.0
        self.theirs: bytes | None = None
        self._unreadable: bytes | None = None
        self._former: tuple[Review, str] | None = None
        self.saving = self.left = False
        self.in_place = False
        """Whether the file may be written over where its folder takes no new one; a recovery copy is written before."""
        self._running = 0
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._place = recovery.place(was.path if was else None)
        self._was_dirty = False
        self._kept_state: tuple[Review, int] | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._quiet.timeout.connect(self.keep)
        self._longest.timeout.connect(self.keep)
        self.document.contentsChange.connect(self._edited)
        self.document.contentsChanged.connect(self._text_changed)
        self.document.modificationChanged.connect(self._modified)

    # what it is

    @property
    def path(self) -> Path | None:
        return self.opened.path if self.opened else None

    @property
    def kept_at(self) -> Path:
        """Where the recovery copy is, if there is one."""
        return self._place

    @property
    def folder(self) -> Path | None:
        """Where the stills lie; None before the first save."""
        return self.opened.folder if self.opened else None

    @property
    def text(self) -> str:
        return plain(self.document)

    @property
    def text_line(self) -> int:
        """The line of the file on which the text begins."""
        return self.opened.reading.document.text_line if self.opened else 1

    @property
    def readable(self) -> bool:
        """Whether the front matter could be read, so that the form may change it."""
        return self.opened is None or self.opened.reading.broken is None

    @property
    def dirty(self) -> bool:
        return (
            self.document.isModified()
            or self.review != self._base_review
            or (self.opened is None and self.text != self.begun.text)
        )

    @property
    def name(self) -> str:
        """What a message calls it."""
        if self.review.title or self.path is None:
            return self.review.title or "Untitled"
        return self.path.parent.name if self.path.name == NAME else self.path.name

    # fields

    def change(self, label: str, review: Review, key: str = "") -> None:
        """Take another value of the review. Changes in a row with the same key are one step of undo."""
        if review == self.review or not self.readable or self.left:
            return
        last = self._undo[-1] if self._undo else None
        if key and last is not None and last.key == key and last.after == self.review:
            self._undo[-1] = Change(label, key, last.before, review)
        else:
            self._undo.append(Change(label, key, self.review, review))
        self._redo.clear()
        self._set(review)

    def set_rating(self, rating: tuple[Mark, ...], rules: MarkRules) -> None:
        """Take other marks, and let the categories that follow from them follow."""
        categories = rules.follow(self.review.categories, self.review.rating, rating)
        self.change("Mark", dataclasses.replace(self.review, rating=rating, categories=categories))

    @property
    def undo_label(self) -> str:
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        return self._redo[-1].label if self._redo else ""

    def undo_field(self) -> None:
        """Put the last changed field back."""
        if self._undo:
            change = self._undo.pop()
            self._redo.append(change)
            self._set(change.before)

    def redo_field(self) -> None:
        if self._redo:
            change = self._redo.pop()
            self._undo.append(change)
            self._set(change.after)

    @property
    def last_change(self) -> Change | None:
        """The newest change, for `put_back`."""
        return self._undo[-1] if self._undo else None

    def put_back(self, change: Change) -> None:
        """Undo one change and leave what was changed since; undoable itself."""
        names = [f.name for f in dataclasses.fields(Review)]
        former = {
            name: getattr(change.before, name)
            for name in names
            if getattr(change.before, name) != getattr(change.after, name) == getattr(self.review, name)
        }
        self.change(change.label, dataclasses.replace(self.review, **former))

    def _set(self, review: Review) -> None:
        self.review = review
        self.review_changed.emit()
        self._look()

    def add_stills(self, stills: Collection[Still]) -> None:
        """Take new records; a still that is already there stays as it is."""
        new = tuple(still for still in stills if self.review.still(still.file) is None)
        self.change("Stills", dataclasses.replace(self.review, stills=(*self.review.stills, *new)))

    # dirty, recovery

    def _edited(self, *_: int) -> None:
        self.edits += 1

    def _modified(self, _: bool) -> None:
        self._look()

    def _text_changed(self) -> None:
        """Qt says this of new colours too, and counts its own revisions with them; so edits are counted here."""
        if self.edits != self._edits_told:
            self._edits_told = self.edits
            self.text_changed.emit()
            self._look()

    def _look(self) -> None:
        dirty = self.dirty
        if dirty:
            self._quiet.start()
            if not self._longest.isActive():
                self._longest.start()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            if not dirty and not self.saving:
                self.drop_recovery()
            self.dirty_changed.emit()

    def keep(self) -> None:
        """Write a recovery copy of what is not saved, in a thread."""
        self._quiet.stop()
        self._longest.stop()
        state = (self.review, self.edits)
        if not self.dirty or state == self._kept_state:
            return
        self._kept_state = state
        work = self._keeping()
        self._run(work, lambda _: self._was_kept(), self._not_kept)

    def _was_kept(self) -> None:
        if not self.dirty:
            self.drop_recovery()
        self.kept.emit()

    def keep_now(self) -> None:
        """Write the recovery copy before returning; for the end of the program and for a crash."""
        if self.dirty:
            self._keeping()()

    def _keeping(self) -> Callable[[], None]:
        review, text, was, begun, place, library, recovery = (
            self.review,
            self.text,
            self.opened,
            self.begun,
            self._place,
            self.library,
            self._recovery,
        )

        def work() -> None:
            content = _content(was.reading.document if was else begun, review, text).to_bytes()
            recovery.keep(place, was.path if was else None, library, content, was.data if was else None)

        return work

    def _not_kept(self, error: Exception) -> None:
        self._kept_state = None
        self.keep_failed.emit(error)

    def recover(self, copy: Copy) -> None:
        """Take the text and fields of a recovery copy, undoable like any change; the copy becomes this session's."""
        reading = read_document(Document.read(copy.content))
        if reading.broken is None:
            self.change("Recovered fields", reading.review)
        replace_all(self.document, reading.document.text)
        self._recovery.drop(self._place)
        self._place = copy.place

    # the disk

    def save(self, rewrite: Collection[str] = ()) -> None:
        """Write to the disk in a thread; `saved` or `save_failed` follows."""
        if self.saving or self.left:
            return
        self.saving = True
        in_place, keep = self.in_place, self._keeping()
        review, text, was, library = self.review, self.text, self.opened, self.library
        edits, begun, history = self.edits, self.begun, self._history

        def work() -> tuple[Opened, Saved]:
            if was is not None:
                if in_place:
                    keep()
                return save_review(was, review, text, rewrite, history=history, in_place=in_place)
            if library is None:
                raise FileNotFoundError("There is no library to save into.")
            made = create(library, review, text, begun, history=history)
            return made, Saved(made.path)

        self._run(work, lambda result: self._was_saved(result, review, edits), self._was_not_saved)

    def _was_saved(self, result: tuple[Opened, Saved], review: Review, edits: int) -> None:
        self.saving = False
        self.opened, saved = result
        self._base_review = self.opened.reading.review
        if self.review == review:
            self.review = self._base_review
        if self._undo:
            self._undo[-1] = dataclasses.replace(self._undo[-1], key="")
        if self.edits == edits:
            self.document.setModified(False)
        if not self.dirty:
            self.drop_recovery()
        self._kept_state = None
        self._look()
        self.saved.emit(saved)

    def _was_not_saved(self, error: Exception) -> None:
        self.saving = False
        self.keep()
        self.save_failed.emit(error)

    def look_outside(self, data: bytes | None) -> None:
        """Compare with the bytes that are on the disk now; None where the file is gone.

        A clean review takes them, with the caret kept and an undo back; a changed one only says so.
        """
        if self.opened is None or self.saving or data is None or data in (self.opened.data, self._unreadable):
            return
        try:
            Document.read(data)
        except NotText as error:
            self._unreadable = data
            self.outside_unreadable.emit(error)
            return
        if not self.dirty:
            self._take(data)
        elif data != self.theirs:
            self.theirs = data
            self.outside_changed.emit()

    @property
    def theirs_text(self) -> str | None:
        """The text of the version on the disk that was not taken; None where there is none or it is no text."""
        try:
            return None if self.theirs is None else Document.read(self.theirs).text
        except NotText:
            return None

    def look_at_theirs(self) -> None:
        """Take up a version on the disk that is no text, so that `keep_mine` keeps it beside."""
        if self.theirs is None:
            self.theirs = self._unreadable

    def take_theirs(self) -> None:
        """Take the version on the disk; what was typed stays one undo away."""
        if self.theirs is not None:
            self._take(self.theirs)

    def keep_mine(self) -> Path | None:
        """Go on with this text: their version is kept in a second file, whose path is returned. Raises `OSError`."""
        other = None
        if self.theirs is not None and self.opened is not None:
            other = keep_beside(self.opened.path, self.theirs)
            if self.theirs_text is not None:
                self.opened = opened(self.opened.path, self.theirs)
            else:
                self.opened = dataclasses.replace(self.opened, data=self.theirs)
            self._base_review = self.opened.reading.review
            self.theirs = self._unreadable = None
            self.document.setModified(True)
            self._look()
        return other

    def _take(self, data: bytes) -> None:
        assert self.opened is not None
        self._keep_version(OUTSIDE)
        self._former = (self.review, self.text)
        self.opened = opened(self.opened.path, data)
        self.theirs = None
        self._base_review = self.opened.reading.review
        if self.review != self._base_review:
            self._undo.append(Change("Version from the disk", "", self.review, self._base_review))
        self._set(self._base_review)
        replace_all(self.document, self.opened.reading.document.text)
        self.document.setModified(False)
        self._look()
        self.saved.emit(None)

    def put_former_back(self) -> None:
        """Put back what was here before another program's version was taken, as unsaved changes."""
        if self._former is not None and not self.left:
            review, text = self._former
            self._former = None
            self.put_back(Change("Former version", "", review, self._base_review))
            replace_all(self.document, text)

    def revert(self) -> None:
        """Go back to the saved version; what was typed stays one undo away."""
        if self.opened is not None:
            self.change("Saved version", self._base_review)
            replace_all(self.document, self.opened.reading.document.text)
            self.document.setModified(False)
            self._look()

    def bring_back(self, data: bytes, text: bool = True, fields: bool = True) -> None:
        """Take an older version's text, fields, or both as unsaved changes; what stands here now is kept as a version, and is one
        undo away. Raises `NotText`."""
        reading = read_document(Document.read(data))
        self._keep_version(RESTORED)
        if fields and reading.broken is None:
            self.change("Older version", reading.review)
        if text:
            replace_all(self.document, reading.document.text)

    def _keep_version(self, why: str) -> None:
        """Keep what is on the disk, and what is here and not saved, in the history; in a thread."""
        was, review, text, history = self.opened, self.review, self.text, self._history
        if was is None:
            return

        def work() -> None:
            history.keep(was.path, was.data, why)
            history.keep(was.path, _content(was.reading.document, review, text).to_bytes(), why)

        self._run(work, lambda _: None, self.unkept.emit)

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Work in a thread, which a session that is left waits for."""
        self._running += 1

        def over(answer: Callable[[], None]) -> None:
            self._running -= 1
            answer()
            self._go_if_left()

        self._tasks.run(work, lambda result: over(lambda: done(result)), lambda error: over(lambda: failed(error)))

    def leave(self) -> None:
        """It is closed: once what it does in a thread is done, it goes, with its text and all that listens to it."""
        self.left = True
        self._go_if_left()

    def _go_if_left(self) -> None:
        if self.left and not self._running:
            self._quiet.stop()
            self._longest.stop()
            self.deleteLater()

    def retire(self) -> None:
        """Say and do no more; for the end of the program."""
        self._quiet.stop()
        self._longest.stop()
        self.blockSignals(True)
        self.document.blockSignals(True)

    def drop_recovery(self) -> None:
        """Remove the recovery copy, because its text is safe or was given up by the writer's word."""
        self._quiet.stop()
        self._longest.stop()
        self._recovery.drop(self._place)


def _content(base: Document, review: Review, text: str) -> Document:
    """The file as it would be saved; where a field could not be changed in place it is written anew in the copy."""
    try:
        return write_document(base, review, text)
    except CannotPatch:
        try:
            return write_document(base, review, text, rewrite=REVIEW.keys)
        except (CannotPatch, BrokenFrontMatter):
            return write_document(Document(), review, text)
    except BrokenFrontMatter:
        return base.with_text(text)


def today() -> dt.date:
    """The day, for verdicts and new reviews."""
    return dt.date.today()
