"""What is on the writer's desk: the library, the open reviews, and which of them is in front.

Every review that was opened stays open until the library is changed or it is clean and another is opened, so that
unsaved work and undo survive a look elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.library import settings as library_settings
from reviewer.library.conflicts import is_version
from reviewer.library.files import read_regular
from reviewer.library.folders import UserFolders, key
from reviewer.library.history import History
from reviewer.library.listing import ENDINGS, CannotList, Entry, about, describe, entry, find
from reviewer.library.recovery import Copy, Recovery
from reviewer.library.reviews import MOST, CannotRead, Opened, features, fresh, open_review
from reviewer.library.settings import LibrarySettings
from reviewer.review.values import Feature, Review
from reviewer.text.document import Document
from reviewer.text.mentions import Mention, film_name
from reviewer.ui import late
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks

if TYPE_CHECKING:
    from reviewer.library.index import Index

BATCH = 500
MANY = 200
"""Texts changed at once from which on the whole library is looked at."""
LOOK_AGAIN = 5000
"""Milliseconds between looks whether the library is still there: nothing tells of a drive that was taken away."""
DIARY = "diary.csv"
"""The file of the library's diary, which `reviewer.library.diary` reads."""


class Desk(QObject):
    """Holds the sessions. Signals are facts: another review is in front, the library has changed, entries were read."""

    session_changed = Signal(object)
    session_closed = Signal(object)
    opening = Signal(object)
    library_changed = Signal(object)
    entries_found = Signal(object)
    entries_gone = Signal(object)
    scanned = Signal()
    unsaved_changed = Signal(object)
    settings_changed = Signal()
    renamed = Signal(object, object)
    picture_changed = Signal(object)
    failed = Signal(object)
    indexed = Signal()
    diary_changed = Signal()
    library_gone = Signal(object)
    library_back = Signal(object)
    _batch = Signal(int, object, object)
    _index_opened = Signal(int, object)
    _watch_made = Signal(int, object)
    _touched = Signal(object)

    def __init__(self, folders: UserFolders, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folders, self._tasks = folders, tasks
        self.recovery = Recovery(folders.data / "recovery")
        self.history = History.of(folders)
        self.library: Path | None = None
        self.settings = LibrarySettings()
        self.current: Session | None = None
        self.sessions: list[Session] = []
        self.entries: dict[Path, Entry] = {}
        self.index: Index | None = None
        self._scan = 0
        self._wanted: Path | None = None
        self.scanning = self._held = False
        self._watch: Any = None
        self._pending: set[Path] = set()
        self._batch.connect(self._take_batch)
        self._index_opened.connect(self._take_index)
        self._watch_made.connect(self._watches)
        self._touched.connect(self._touch)
        self._gone = self._looking = False
        self._again = QTimer(self, interval=LOOK_AGAIN)
        self._again.timeout.connect(self._look_for_library)
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._look)

    # the library

    def open_library(self, library: Path) -> None:
        """Make a folder the library: read its settings, list its reviews in a thread, watch it."""
        self.stop_watching()
        self.library, self._gone = library, False
        self._again.start()
        self.settings = library_settings.load(self.folders, library)
        self.entries = {}
        self._let_index_go()
        self._scan += 1
        self.scanning = True
        self.library_changed.emit(library)
        if not self._held:
            self._list(library)

    def hold(self) -> None:
        """List no library before `release`: at the start the text comes first."""
        self._held = True

    def release(self) -> None:
        """List the library that was opened meanwhile."""
        if self._held and self.library is not None:
            self._list(self.library)
        self._held = False

    def _list(self, library: Path) -> None:
        number, day, folders, scales = self._scan, today(), self.folders, self.settings.scales

        def work() -> None:
            index = late.module("library.index").Index.open(folders, library, scales)
            self._index_opened.emit(number, index)
            known = index.entries()
            for start in range(0, len(known), BATCH):
                self._batch.emit(number, known[start : start + BATCH], ())
            if not known:
                self._sync_in_steps(index, day, number)  # nothing is listed yet, and the watcher's modules take a while
            watch = late.module("library.watch").Watch(library, self._touched.emit)
            if number != self._scan:
                watch.stop()
                return
            self._watch_made.emit(number, watch)
            self._sync_in_steps(index, day, number)  # watched first, so that nothing changes unseen in between

        self._tasks.run(work, lambda _: self._listed(number), lambda error: self._not_listed(number, error))

    def _take_index(self, number: int, index: Index) -> None:
        if number == self._scan:
            self.index = index
        else:
            index.close()

    def _let_index_go(self) -> None:
        if self.index is not None:
            self.index.close()
            self.index = None

    def _take_batch(self, number: int, batch: Sequence[Entry], gone: Sequence[Path]) -> None:
        if number != self._scan:
            return
        own = {session.path: session for session in self.unsaved}
        for found in batch:
            if found.path in own:
                self._describe(own[found.path])  # as it is in the window, not as it is on the disk
        batch = [found for found in batch if found.path not in own]
        if batch:
            self.entries.update({found.path: found for found in batch})
            self.entries_found.emit(batch)
        if gone:
            for path in gone:
                self.entries.pop(path, None)
            self.entries_gone.emit(gone)
        self.indexed.emit()

    def _not_listed(self, number: int, error: Exception) -> None:
        """The index gave out because another library was opened meanwhile, or for a reason to be told."""
        if number == self._scan:
            self.failed.emit(error)
            self._listed(number)

    def _listed(self, number: int) -> None:
        if number == self._scan and self.library is not None:
            self.scanning = False
            self.scanned.emit()
            if self.index is not None and self.index.unlisted:
                self.failed.emit(CannotList(self.index.unlisted))

    def _watches(self, number: int, watch: Any) -> None:
        if number == self._scan:
            self._watch = watch
        else:
            watch.stop()

    def stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def store_settings(self, settings: LibrarySettings) -> None:
        """Take other settings for this library and write them."""
        index, weighed = self.index, settings.scales != self.settings.scales
        self.settings = settings
        if index is not None and weighed:
            self._tasks.run(
                lambda: index.weigh(settings.scales),
                lambda _: self.indexed.emit(),
                lambda error: self._index_failed(index, error),
            )
        if self.library is not None:
            library, folders = self.library, self.folders
            self._tasks.run(
                lambda: library_settings.store(folders, library, settings), lambda _: None, self.failed.emit
            )
        self.settings_changed.emit()

    @property
    def language(self) -> str:
        """The language of the review in front, as a BCP 47 tag."""
        return (self.current.review.language if self.current else "") or self.settings.language

    def terms(self, kind: str) -> list[str]:
        """The library's categories or tags, the most used first."""
        counts = Counter(term for e in self.entries.values() for term in getattr(e, kind))
        return [term for term, _ in counts.most_common()]

    def films(self) -> list[str]:
        """The titles of the library's films."""
        return list(
            dict.fromkeys(name for e in self.entries.values() for name in (*(f for f, _ in e.films), e.title) if name)
        )

    def find_film(self, title: str, year: int | None) -> Path | None:
        """The library's own review of a film, by its title and year, or None."""
        wanted = title.casefold()
        for found in self.entries.values():
            named = (*found.films, *found.aliases, (found.title, found.year)) if not found.is_list else ()
            if any(wanted == name.casefold() and (year is None or its in (None, year)) for name, its in named):
                return found.path
        return None

    def reviews_of(self, review: Review, but: Path | None = None) -> list[Path]:
        """The library's other reviews of the films that a review is about, as far as their titles and years tell."""
        return about(self.entries.values(), review, but)

    def features_of(self, review: Review) -> list[Feature]:
        """What other reviews of its films say of them. Reads their files."""
        return [one for _, one in features(self.reviews_of(review))]

    def mentioned(self, mentions: Iterable[Mention]) -> list[tuple[Mention, bool]]:
        """Films that a text names, with whether the library has a review of each; without what the writer knows better."""
        return [
            (mention, self.find_film(mention.title, mention.year) is not None)
            for mention in mentions
            if mention.linked or self.settings.is_film(mention.name)
        ]

    def known_films(self, but: Path | None = None) -> list[tuple[str, int | None]]:
        """Films that the library's reviews are about or name, but for those of one review: titles and years, by title."""
        found = {
            film
            for entry in self.entries.values()
            if entry.path != but
            for film in (*(entry.films if not entry.is_list else ()), *entry.mentions)
            if film[0] and self.settings.is_film(film_name(*film))
        }
        dated = {title.casefold() for title, year in found if year is not None}
        return sorted(
            (film for film in found if film[1] is not None or film[0].casefold() not in dated),
            key=lambda film: (film[0].casefold(), film[1] or 0),
        )

    def end(self) -> None:
        """Let everything go, at the end of the program."""
        self.stop_watching()
        self._scan += 1
        self._let_index_go()
        self._soon.stop()
        self._again.stop()
        self.blockSignals(True)
        for session in self.sessions:
            session.retire()

    # the sessions

    def open(
        self, path: Path, then: Callable[[Session], object] | None = None, patient: bool = False
    ) -> Session | None:
        """Bring a review to the front; one that cannot be read is a failure, and what was in front stays.

        `then` is called when it is there. On a disk that does not answer at once that is later, `opening` says so, and None
        is returned; a review that is wanted meanwhile comes first. `patient` waits.
        """
        self._wanted = path
        session = next((s for s in self.sessions if s.path == path), None)
        if session is not None:
            self._came(session, then)
            return session

        def read() -> Opened:
            key(path)  # so that nothing has to be asked of the disk again
            return open_review(path)

        def came(was: Opened) -> None:
            if self._wanted == path:
                there = next((s for s in self.sessions if s.path == path), None)
                self._came(there or self._add(self._session(was)), then)

        if not self._tasks.within(read, came, self.failed.emit, patient):
            self.opening.emit(path)
        return next((s for s in self.sessions if s.path == path), None)

    def _came(self, session: Session, then: Callable[[Session], object] | None) -> None:
        self._show(session)
        if then is not None:
            then(session)

    def _session(self, was: Opened) -> Session:
        return Session(was, self.library, self.recovery, self.history, self._tasks)

    def bring(self, session: Session) -> None:
        """Bring an open review to the front; one that was closed meanwhile is opened again."""
        if not session.left:
            self._show(session)
        elif session.path is not None:
            self.open(session.path)

    def new(self, review: Review | None = None, begun: Document = Document()) -> Session:  # noqa: B008
        """A new review in front, kept in the recovery store from its first key on."""
        made = review or fresh("", today=today(), author=self.settings.author)
        session = self._add(Session(None, self.library, self.recovery, self.history, self._tasks, made, begun))
        self._show(session)
        return session

    def recover(self, copy: Copy) -> Session | None:
        """Bring a recovery copy to the front, as unsaved changes to its review."""
        session = self.open(copy.path, patient=True) if copy.path is not None and copy.path.exists() else None
        if session is None:
            session = self.new(Review(), Document.read(copy.content).with_text(""))
        session.recover(copy)
        return session

    def _add(self, session: Session) -> Session:
        session.dirty_changed.connect(self._say_unsaved)
        session.saved.connect(lambda _: self._was_saved(session))
        session.review_changed.connect(lambda: self._describe(session))
        self.sessions.append(session)
        return session

    def _show(self, session: Session | None) -> None:
        before = self.current
        self._wanted = session.path if session is not None else None
        if session is before:
            return
        self.current = session
        self.session_changed.emit(session)
        if before is not None and not before.dirty and not before.saving:
            self.close(before)

    def close(self, session: Session) -> None:
        """Let go of a review that is not in front; what it still does in a thread keeps it until it is done."""
        if session in self.sessions and session is not self.current:
            self.sessions.remove(session)
            self.session_closed.emit(session)
            session.leave()
            self._say_unsaved()

    def put_away(self, path: Path, keep: bool = False) -> None:
        """Close a review whose file goes; another comes to the front. `keep` leaves the recovery copy of unsaved work."""
        session = next((s for s in self.sessions if s.path == path), None)
        if session is not None:
            if not (keep and session.dirty):
                session.drop_recovery()
            if session is self.current:
                self._show(next((s for s in self.sessions if s is not session), None))
            self.close(session)
        self.entries.pop(path, None)
        self.entries_gone.emit([path])
        self._update_index((), [path])

    @property
    def unsaved(self) -> list[Session]:
        return [session for session in self.sessions if session.dirty]

    def _say_unsaved(self) -> None:
        self.unsaved_changed.emit(frozenset(s.path for s in self.unsaved if s.path is not None))

    def _was_saved(self, session: Session) -> None:
        self._describe(session)
        if session.path is not None and self._is_here(session.path):
            self._update_index([session.path], ())
        if session is not self.current and not session.dirty:
            QTimer.singleShot(0, lambda: self.close(session))

    def _describe(self, session: Session) -> None:
        """Let the list show the open review as it is now."""
        if session.path is not None and self._is_here(session.path):
            now = describe(session.path, session.review, session.text, today())
            self.entries[session.path] = now
            self.entries_found.emit([now])

    def _is_here(self, path: Path) -> bool:
        return self.library is not None and path.is_relative_to(self.library)

    # what other programs do

    def _touch(self, path: Path) -> None:
        self._pending.add(path)
        self._soon.start()

    def look_again(self) -> None:
        """Look at the open files now, for example because the window was raised."""
        for session in self.sessions:
            if session.path is not None:
                self._look_at(session)

    def _look(self) -> None:
        pending, self._pending = self._pending, set()
        open_paths = {session.path: session for session in self.sessions if session.path is not None}
        for path in pending:
            if path in open_paths:
                self._look_at(open_paths[path])
            elif path.suffix in (".jpg", ".png", ".webp", ".gif", ".avif"):
                self.picture_changed.emit(path)
        if any(path.name == DIARY for path in pending):
            self.diary_changed.emit()
        texts = [
            path
            for path in pending
            if path.name.endswith(ENDINGS) and not path.name.startswith(".") and path not in open_paths
        ]
        folders = [path for path in pending if path not in texts and not path.suffix]
        if len(texts) > MANY and self.index is not None:
            self._sync(self.index)
        elif texts or folders:
            self._relist(texts, folders)

    def _sync(self, index: Index) -> None:
        """Look at the whole library: where thousands of files change at once, the system drops some of its own news."""
        number, day = self._scan, today()

        self._tasks.run(
            lambda: self._sync_in_steps(index, day, number),
            lambda _: self.indexed.emit(),
            lambda error: self._index_failed(index, error),
        )

    def _sync_in_steps(self, index: Index, day: dt.date, number: int) -> None:
        """Read what changed since the index saw it, in a thread; the list is told step by step."""
        for step in index.sync(day, lambda: number != self._scan):
            self._batch.emit(number, step.entries, step.gone)

    def relist(self, paths: list[Path]) -> None:
        """Read these reviews' rows of the list anew, because their files were changed from here."""
        if paths:
            self._relist(paths, [])

    def reopen(self, path: Path) -> Session | None:
        """Open a review behind the one in front, to change it where it can be undone; None where it cannot be read."""
        try:
            return self._add(self._session(open_review(path)))
        except CannotRead as error:
            self.failed.emit(error)
            return None

    def _relist(self, texts: list[Path], folders: list[Path]) -> None:
        known, library, day, index = set(self.entries), self.library, today(), self.index

        def work() -> tuple[Sequence[Entry], list[Path]] | None:
            if library is not None and not library.is_dir():
                return None
            there = [path for path in texts if path.is_file() and not is_version(path)]
            for folder in folders:
                if folder.is_dir() and library is not None and folder != library:
                    there += [path for path in find(folder) if path not in known]
            gone = [path for path in known if not path.exists()] if folders or len(there) < len(texts) else []
            if index is None:
                return [entry(path, day) for path in there], gone
            index.forget(gone)
            return index.update(there, day), gone

        self._tasks.run(work, self._relisted, lambda error: self._index_failed(index, error))

    def _update_index(self, there: Sequence[Path], gone: Sequence[Path]) -> None:
        """Let searches know of files that were written from here."""
        index, day = self.index, today()
        if index is not None:

            def work() -> None:
                index.forget(gone)
                index.update(there, day)

            self._tasks.run(work, lambda _: self.indexed.emit(), lambda error: self._index_failed(index, error))

    def _index_failed(self, index: Index | None, error: Exception) -> None:
        """Say what went wrong, unless it is that the index was let go meanwhile."""
        if index is None or index is self.index:
            self.failed.emit(error)

    def _relisted(self, found: tuple[Sequence[Entry], list[Path]] | None) -> None:
        if found is None:
            self._library_went()
            return
        there, gone = found
        self.entries.update({e.path: e for e in there})
        for path in gone:
            self.entries.pop(path, None)
        if there:
            self.entries_found.emit(there)
        if gone:
            self.entries_gone.emit(gone)
        self.indexed.emit()

    def _library_went(self) -> None:
        """The folder of the library is gone: the list stays as it was, and it is looked for until it is back."""
        if not self._gone and self.library is not None:
            self._gone = True
            self.library_gone.emit(self.library)

    def _look_for_library(self) -> None:
        """Look in a thread; while one look hangs on a slow drive, there is no other."""
        library = self.library
        if library is not None and not self._looking:
            self._looking = True
            self._tasks.run(
                library.is_dir, lambda there: self._looked(library, there), lambda _: self._looked(library, False)
            )

    def _looked(self, library: Path, there: bool) -> None:
        self._looking = False
        if library != self.library:
            return
        if not there:
            self._library_went()
        elif self._gone:
            self.open_library(library)
            self.library_back.emit(library)

    def _look_at(self, session: Session) -> None:
        path = session.path
        assert path is not None

        def work() -> bytes | None:
            try:
                return read_regular(path, MOST)
            except OSError:
                return None

        self._tasks.run(work, lambda data: session.look_outside(data) if session in self.sessions else None)


def long_ago(when: dt.datetime) -> str:
    """A moment in words: today's clock, else the day."""
    there = when.astimezone()
    day = "today" if there.date() == dt.datetime.now().astimezone().date() else f"{there:%d %B %Y}"
    return f"{there:%H:%M:%S}, {day}"
