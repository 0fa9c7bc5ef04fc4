"""Changes to several reviews: planned, shown, carried out, and taken back as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from reviewer.library.batch import Change, Left
from reviewer.review.values import Review
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.batches import Batches, OpenChange, Plan
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

Shown = Callable[[Change | OpenChange], tuple[str, str]]
"""The words of a change, before and after."""


def of_review(said: Callable[[Review], str]) -> Shown:
    """The words of a change, from those of a review."""
    return lambda one: (said(one.was), said(one.review))


class PlanActs:
    """Shows what a change would do and does it where the writer says so; a change to a single review is done at once."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._notices, self._theme = window, notices, theme
        self.dialog: Any = None
        self.batches = Batches(desk, tasks, window)
        self.batches.planned.connect(self._planned)
        self.batches.done.connect(self._done)
        self.batches.undone.connect(self._undone)
        self.batches.failed.connect(lambda error: notices.warn(f"Nothing was changed. {words.of(error)}"))
        self._shown: Shown = of_review(str)
        self._at_once = False
        actions.join({"undo-batch": self.undo})

    def change(self, title: str, paths: Sequence[Path], change: Callable[[Review], Review], shown: Shown) -> None:
        """Find out what a change would do. With several reviews the plan is shown first, a single one is changed at once."""
        self._shown, self._at_once = shown, len(paths) == 1
        self.batches.plan(title, paths, change)

    def plan(self, title: str, paths: Sequence[Path], change: Callable[[Review], Review], shown: Shown) -> None:
        """Show what a change would do, also where it is to one review or to none."""
        self._shown, self._at_once = shown, False
        self.batches.plan(title, paths, change)

    def plan_made(self, title: str, make: Callable[[], Iterable[Change | Left]], shown: Shown) -> None:
        """Show what `make` finds out in a thread, as for changes to texts."""
        self._shown, self._at_once = shown, False
        self.batches.plan_made(title, make)

    def _planned(self, plan: Plan) -> None:
        if self._at_once and len(plan.all) == 1:
            self.batches.carry_out(plan)
            return
        if self._at_once and plan.left:
            self._notices.warn(f"{words.place(plan.left[0].path.parent)}: {plan.left[0].why}")
            return
        if self._at_once:
            return
        dialog = self.dialog = late.module("ui.dialogs.plan").PlanDialog(plan, self._shown, self._theme, self._window)
        dialog.accepted.connect(lambda: self.batches.carry_out(plan))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _done(self, title: str, done: Any) -> None:
        if done.left:
            first = done.left[0]
            more = f" and {len(done.left) - 1} more" if len(done.left) > 1 else ""
            self._notices.warn(
                f"{title}: {words.place(first.path.parent)} stays as it is, {first.why}{more}.",
                "Undo the rest",
                self.undo,
            )
        else:
            count = len(done.changed)
            self._notices.say(f"{title}: {count:,} {'review' if count == 1 else 'reviews'} changed.", "Undo", self.undo)

    def undo(self) -> None:
        """Take the last change to several reviews back."""
        if self.batches.title:
            self.batches.undo()
        else:
            self._notices.say("There is no change to several reviews to take back.")

    def _undone(self, title: str, done: Any) -> None:
        if done.left:
            self._notices.warn(
                f"{title}: not all is as before. {words.place(done.left[0].path.parent)}: {done.left[0].why}."
            )
        else:
            self._notices.say(f"{title}: taken back.")
