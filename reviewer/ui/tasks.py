"""Work off the screen thread: a model function goes out, its answer comes back as a call on the screen thread."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

T = TypeVar("T")
PATIENCE = 60
"""Milliseconds for which the window waits for a disk before it goes on without."""


class _Answers(QObject):
    done = Signal(int)


class _Job:
    """Work with a number. No `QRunnable`: PySide lets go of none that was started."""

    def __init__(self, number: int, work: Callable[[], Any], answers: _Answers) -> None:
        self._number, self._work, self._answers = number, work, answers
        self._answer: tuple[Any, Exception | None] = (None, None)
        self.ready = threading.Event()

    def run(self) -> None:
        try:
            self._answer = self._work(), None
        except Exception as caught:  # handed to the action that began the work
            self._answer = None, caught
        self.ready.set()
        self._answers.done.emit(self._number)

    def taken(self) -> tuple[Any, Exception | None]:
        """The answer, and nothing is left here."""
        answer, self._answer = self._answer, (None, None)
        del self._work
        return answer


class Tasks(QObject):
    """Runs model functions in a pool of threads."""

    def __init__(self, parent: QObject | None = None, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._front = QThreadPool(self)
        self._front.setMaxThreadCount(4)
        self._waiting: dict[int, tuple[_Job, Callable[[Any], None], Callable[[Exception], None] | None]] = {}
        self._numbers = itertools.count()
        self._ended, self.patience = False, PATIENCE
        self._answers = _Answers(self)
        self._answers.done.connect(self._answered)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        priority: int = 0,
    ) -> None:
        """Run `work` in a thread; `done` or `failed` is called on the screen thread. `work` gets no widget."""
        if self._ended:
            return
        self._pool.start(self._job(work, done, failed)[1].run, priority)

    def _job(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None
    ) -> tuple[int, _Job]:
        number = next(self._numbers)
        job = _Job(number, work, self._answers)
        self._waiting[number] = (job, done, failed)
        return number, job

    def within(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        patient: bool = False,
    ) -> bool:
        """Run `work` in a thread and wait a moment for it, as for a disk that answers; `patient` waits to the end.

        Answers before it returns where that was enough (True), else later, as `run` does. Such work has a pool of its own: it
        does not wait for what else goes on.
        """
        if self._ended:
            return True
        number, job = self._job(work, done, failed)
        self._front.start(job.run)
        if not job.ready.wait(None if patient else self.patience / 1000):
            return False
        self._answered(number)
        return True

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def _answered(self, number: int) -> None:
        if number not in self._waiting:
            return
        job, done, failed = self._waiting.pop(number)
        result, error = job.taken()
        if error is None:
            done(result)
        elif failed is not None:
            failed(error)
        else:
            raise error

    def finish(self, milliseconds: int = 5000) -> None:
        """Wait for what is under way and take no more answers; for the end of the program."""
        self._ended = True
        self._pool.waitForDone(milliseconds)
        self._front.waitForDone(milliseconds)
        self._waiting.clear()
