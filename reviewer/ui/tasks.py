"""Work off the screen thread: a model function goes out, its answer comes back as a call on the screen thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

T = TypeVar("T")
PATIENCE = 60
"""Milliseconds for which the window waits for a disk before it goes on without."""


class _Answers(QObject):
    done = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], answers: _Answers) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work, self._answers = work, answers
        self.ready = threading.Event()
        self.answer: tuple[Any, Exception | None] = (None, None)

    def run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as caught:  # handed to the action that began the work
            result, error = None, caught
        self.answer = result, error
        self.ready.set()
        self._answers.done.emit(self, self.answer)


class Tasks(QObject):
    """Runs model functions in a pool of threads."""

    def __init__(self, parent: QObject | None = None, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._front = QThreadPool(self)
        self._front.setMaxThreadCount(4)
        self._waiting: dict[_Job, tuple[Callable[[Any], None], Callable[[Exception], None] | None]] = {}
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
        job = _Job(work, self._answers)
        self._waiting[job] = (done, failed)
        self._pool.start(job, priority)

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
        job = _Job(work, self._answers)
        self._waiting[job] = (done, failed)
        self._front.start(job)
        if not job.ready.wait(None if patient else self.patience / 1000):
            return False
        self._answered(job, job.answer)
        return True

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def _answered(self, job: _Job, answer: tuple[Any, Exception | None]) -> None:
        if job not in self._waiting:
            return
        done, failed = self._waiting.pop(job)
        result, error = answer
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
