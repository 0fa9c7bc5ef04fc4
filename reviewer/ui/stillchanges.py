"""One change to stills of several reviews, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer.library.files import ChangedOutside
from reviewer.library.replacing import Replaced, put_back
from reviewer.library.reviews import CannotRead
from reviewer.library.shelf import Part, change_stills
from reviewer.ui import words
from reviewer.ui.desk import Desk
from reviewer.ui.session import Change, Session
from reviewer.ui.tasks import Tasks

FAILURES = (OSError, ValueError, ChangedOutside, CannotRead)


@dataclass
class Step:
    """What one change did: its name and parts, files as they were and are, changes of open reviews, what failed."""

    label: str
    parts: tuple[Part, ...]
    files: list[Replaced] = field(default_factory=list)
    fields: list[tuple[Path, Change]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def stills(self) -> int:
        return sum(len(part.files) for part in self.parts)


class StillChanges(QObject):
    """Changes open reviews in the window, where a clean one is saved, and all others on the disk, one after another.

    `done` and `undone` carry the `Step`.
    """

    done = Signal(object)
    undone = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._steps: list[Step] = []
        self._back: list[Step] = []
        self.busy = False
        self._queue: list[tuple[str, tuple[Part, ...]]] = []

    @property
    def undo_label(self) -> str:
        return self._steps[-1].label if self._steps else ""

    def carry_out(self, label: str, parts: Sequence[Part]) -> None:
        """Make the change; changes wait for each other."""
        self._back.clear()
        self._queue.append((label, tuple(parts)))
        self._next()

    def _next(self) -> None:
        if self.busy or not self._queue:
            return
        label, parts = self._queue.pop(0)
        step = Step(label, parts)
        on_disk = []
        for part in parts:
            session = self._session(part.path)
            if session is None:
                on_disk.append(part)
                continue
            before = session.last_change
            clean = not session.dirty
            session.change(label, part.applied(session.review))
            if session.last_change is not before and session.last_change is not None:
                step.fields.append((part.path, session.last_change))
            if clean and session.dirty:
                session.save()

        def work() -> Step:
            for part in on_disk:
                try:
                    if (done := change_stills(part, self._desk.history)) is not None:
                        step.files.append(done)
                except FAILURES as error:
                    step.faults.append(f"{words.place(part.path.parent)}: {words.of(error, part.path)}")
            return step

        self.busy = True
        self._tasks.run(work, self._was_done)

    def _was_done(self, step: Step) -> None:
        self.busy = False
        if step.files or step.fields:
            self._steps.append(step)
        self._desk.relist([done.path for done in step.files])
        self.done.emit(step)
        self._next()

    def undo(self) -> bool:
        """Put back what the last change changed; what was changed again since stays and is named. False: there is none."""
        if not self._steps or self.busy:
            return False
        step = self._steps.pop()
        self._back.append(step)
        faults: list[str] = []
        for path, change in step.fields:
            session = self._session(path) or self._desk.reopen(path)
            if session is not None:
                clean = not session.dirty
                session.put_back(change)
                if clean and session.dirty:
                    session.save()

        def work() -> list[str]:
            for one in step.files:
                try:
                    put_back(one, self._desk.history)
                except FAILURES as error:
                    faults.append(f"{words.place(one.path.parent)}: {words.of(error, one.path)}")
            return faults

        def put(found: list[str]) -> None:
            self.busy = False
            self._desk.relist([done.path for done in step.files])
            self.undone.emit(Step(step.label, step.parts, faults=found))
            self._next()

        self.busy = True
        self._tasks.run(work, put)
        return True

    def redo(self) -> bool:
        """Make the change again that was undone last. False: there is none."""
        if not self._back or self.busy:
            return False
        step = self._back.pop()
        rest = list(self._back)
        self.carry_out(step.label, step.parts)
        self._back = rest
        return True

    def _session(self, path: Path) -> Session | None:
        return next((session for session in self._desk.sessions if session.path == path), None)
