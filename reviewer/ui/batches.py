"""Several reviews changed at once from the window: planned in a thread, shown, carried out, and taken back as one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer.library.batch import Change, Done, Left, carry_out, last, plan, put_back
from reviewer.review.values import Review
from reviewer.ui.desk import Desk
from reviewer.ui.session import Change as FieldChange
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks


@dataclass(frozen=True)
class OpenChange:
    """A review that is open with unsaved work and would be changed in the window, where it can be undone field by field."""

    session: Session
    was: Review
    review: Review

    @property
    def path(self) -> Path:
        return self.session.path or Path()


@dataclass(frozen=True)
class Plan:
    """What a change would do: to files, to open reviews, and which it must leave."""

    title: str
    files: tuple[Change, ...] = ()
    opened: tuple[OpenChange, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def all(self) -> Sequence[Change | OpenChange]:
        """Every review that would change."""
        return (*self.files, *self.opened)


class Batches(QObject):
    """Plans and carries out. `planned` carries a `Plan`, `done` and `undone` a title and a `reviewer.library.batch.Done`."""

    planned = Signal(object)
    done = Signal(str, object)
    undone = Signal(str, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._fields: list[tuple[Path, FieldChange]] = []
        self._only_fields = False

    def plan(self, title: str, paths: Iterable[Path], change: Callable[[Review], Review]) -> None:
        """Find out what a change would do; `planned` follows. Reviews with unsaved work are changed as they are in the window."""
        unsaved = {session.path: session for session in self._desk.unsaved if session.path is not None}
        wanted = list(paths)
        opened = tuple(
            OpenChange(session, session.review, made)
            for path in wanted
            if (session := unsaved.get(path)) is not None
            and session.readable
            and (made := change(session.review)) != session.review
        )
        closed = [path for path in wanted if path not in unsaved]

        def work() -> Plan:
            found = list(plan(closed, change))
            files = tuple(one for one in found if isinstance(one, Change))
            return Plan(title, files, opened, tuple(one for one in found if isinstance(one, Left)))

        self._tasks.run(work, self.planned.emit, self.failed.emit)

    def plan_made(self, title: str, make: Callable[[], Iterable[Change | Left]]) -> None:
        """Plan what `make` finds out in a thread; `planned` follows. Reviews with unsaved work are left."""
        unsaved = {session.path for session in self._desk.unsaved}

        def work() -> Plan:
            files, left = _apart(make(), unsaved)
            return Plan(title, files, (), left)

        self._tasks.run(work, self.planned.emit, self.failed.emit)

    def carry_out(self, made: Plan) -> None:
        """Do what was planned; `done` follows."""
        library, folders = self._desk.library, self._desk.folders
        if library is None:
            return
        self._fields, self._only_fields = [], not made.files
        for one in made.opened:
            one.session.change(made.title, one.review)
            if one.session.last_change is not None:
                self._fields.append((one.path, one.session.last_change))

        def carried(done: Done) -> None:
            self._desk.relist(list(done.changed))
            self._desk.look_again()
            all_changed = (*done.changed, *(path for path, _ in self._fields))
            self.done.emit(made.title, Done(all_changed, (*made.left, *done.left)))

        self._tasks.run(lambda: carry_out(made.files, made.title, folders, library), carried, self.failed.emit)

    def make_and_carry_out(self, title: str, make: Callable[[], Iterable[Change | Left]]) -> None:
        """Do at once what `make` finds out in the thread, but for reviews with unsaved work; `done` follows where there was anything."""
        library, folders = self._desk.library, self._desk.folders
        unsaved = {session.path for session in self._desk.unsaved}
        if library is None:
            return

        def work() -> Done:
            files, left = _apart((one for one in make() if isinstance(one, Change)), unsaved)
            done = carry_out(files, title, folders, library) if files else Done()
            return Done(done.changed, (*left, *done.left))

        def carried(done: Done) -> None:
            if done.changed or done.left:
                self._fields, self._only_fields = [], False
                self._desk.relist(list(done.changed))
                self._desk.look_again()
                self.done.emit(title, done)

        self._tasks.run(work, carried, self.failed.emit)

    @property
    def title(self) -> str:
        """What the last change was that can be taken back; empty where there is none."""
        if self._fields and self._only_fields:
            return self._fields[0][1].label
        return last(self._desk.folders, self._desk.library) if self._desk.library is not None else ""

    def undo(self) -> None:
        """Take the last change back; `undone` follows."""
        library, folders = self._desk.library, self._desk.folders
        title = self.title
        if library is None or not (title or self._fields):
            return
        fields, self._fields = self._fields, []
        files = not (fields and self._only_fields)
        self._only_fields = False
        for path, change in fields:
            session = next((one for one in self._desk.sessions if one.path == path), None)
            if session is not None:
                session.put_back(change)

        def back(done: Done) -> None:
            self._desk.relist(list(done.changed))
            self._desk.look_again()
            self.undone.emit(
                title or fields[0][1].label, Done((*done.changed, *(path for path, _ in fields)), done.left)
            )

        self._tasks.run(lambda: put_back(folders, library) if files else Done(), back, self.failed.emit)


def _apart(
    found: Iterable[Change | Left], unsaved: Collection[Path | None]
) -> tuple[tuple[Change, ...], tuple[Left, ...]]:
    """What can be written, and what has to stay, also because of unsaved work."""
    files, left = [], []
    for one in found:
        if isinstance(one, Left):
            left.append(one)
        elif one.path in unsaved:
            left.append(Left(one.path, "it has unsaved changes"))
        else:
            files.append(one)
    return tuple(files), tuple(left)
