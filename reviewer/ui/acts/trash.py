"""What leaves the library and comes back: the trash, and the archive."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import QMessageBox

from reviewer.library.history import Damaged, Gone
from reviewer.library.reviews import NAME
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.acts.files import FileActs
from reviewer.ui.acts.plans import PlanActs, of_review
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

KEPT = "The trash of the library keeps {} until you empty it."


class TrashActs:
    """Throws reviews away and puts them back. A file outside the library goes into the system's trash."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, files: FileActs,
        plans: PlanActs,
    ) -> None:  # fmt: skip
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._files, self._plans = files, plans
        self.dialog: Any = None
        actions.join({"delete": self.ask, "trash": self.show, "archive": self.archive_current})

    # throwing away

    def ask(self) -> None:
        """Throw the review in front away, after a question where unsaved work goes with it."""
        session = self._desk.current
        if session is not None and session.path is not None:
            text = f"Move “{session.name}” with its stills to the trash?"
            if self._yes(
                text,
                KEPT.format("it")
                + (" Your unsaved changes are kept among the recovered texts." if session.dirty else ""),
            ):
                self.discard([session.path])

    def ask_these(self, paths: Sequence[Path]) -> None:
        """Throw several reviews away, after a question."""
        count = len(paths)
        what = "this review" if count == 1 else f"these {count:,} reviews"
        text = f"Move {what} with {'its' if count == 1 else 'their'} stills to the trash?"
        unsaved = any(session.path in paths for session in self._desk.unsaved)
        more = " Unsaved changes are kept among the recovered texts." if unsaved else ""
        if count and self._yes(text, KEPT.format("it" if count == 1 else "them") + more):
            self.discard(paths)

    def _yes(self, text: str, more: str) -> bool:
        question = QMessageBox(self._window)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle("Move to the trash")
        question.setText(text)
        question.setInformativeText(more)
        move = question.addButton("Move to the trash", QMessageBox.ButtonRole.DestructiveRole)
        question.addButton("Keep", QMessageBox.ButtonRole.RejectRole)
        question.exec()
        return question.clickedButton() is move

    def discard(self, paths: Sequence[Path]) -> None:
        """Move reviews to the trash; unsaved work in them goes to the recovery store first."""
        for session in self._desk.unsaved:
            if session.path in paths:
                session.keep_now()
        library = self._desk.library
        own = [path for path in paths if library is not None and path.is_relative_to(library)]
        for path in (path for path in paths if path not in own):
            self._to_the_systems(path)
        if own and library is not None:
            titles = {path: self._title(path) for path in own}
            self._discard(own, titles, library)

    def _title(self, path: Path) -> str:
        session = next((one for one in self._desk.sessions if one.path == path), None)
        entry = self._desk.entries.get(path)
        return session.name if session is not None else entry.title if entry is not None else path.parent.name

    def _to_the_systems(self, path: Path) -> None:
        target = late.module("library.trash").what_goes(path, path.parent / "no library")
        if QFile.moveToTrash(str(target)):
            self._desk.put_away(path)
            self._notices.say(f"{target.name} is in the system’s trash.")
        else:
            self._notices.warn(f"{target.name} could not be moved to the trash. It is where it was.")

    def _discard(self, paths: Sequence[Path], titles: dict[Path, str], library: Path) -> None:
        module, folders = late.module("library.trash"), self._desk.folders

        def work() -> tuple[list[tuple[Path, Any]], list[tuple[Path, OSError]]]:
            gone, left = [], []
            for path in paths:
                try:
                    gone.append((path, module.discard(path, titles[path], folders, library)))
                except OSError as error:
                    left.append((path, error))
            return gone, left

        def say(answer: tuple[list[tuple[Path, Any]], list[tuple[Path, OSError]]]) -> None:
            gone, left = answer
            shown = [entry.path for entry in self._window.library.model.shown()]
            for path, _ in gone:
                self._desk.put_away(path, keep=True)
            self._open_next(shown, {path for path, _ in gone})
            if left:
                path, error = left[0]
                self._notices.warn(
                    f"{titles[path]} could not be moved to the trash. {words.of(error, path)} It is where it was."
                )
            elif gone:
                what = titles[gone[0][0]] if len(gone) == 1 else f"{len(gone):,} reviews"
                verb = "is" if len(gone) == 1 else "are"
                self._notices.say(
                    f"{what} {verb} in the trash.", "Undo", lambda: self.restore([one for _, one in gone])
                )

        self._tasks.run(work, say)

    def _open_next(self, shown: Sequence[Path], gone: Collection[Path]) -> None:
        """Bring the review that stood next to the last one thrown away to the front, so that the window is not empty."""
        if self._desk.current is None:
            place = max((n for n, path in enumerate(shown) if path in gone), default=0)
            nearest = sorted((abs(n - place), n < place, path) for n, path in enumerate(shown) if path not in gone)
            if nearest:
                self._files.open(nearest[0][2])

    # the trash

    def show(self) -> None:
        """Show what lies in the library's trash."""
        if self._desk.library is None:
            self._notices.say("There is no library open.")
            return
        dialog = self.dialog = late.module("ui.dialogs.trash").TrashDialog(self._theme, self._window)
        dialog.restore_wanted.connect(lambda rows: self.restore(rows, self._fill))
        dialog.erase_wanted.connect(self._erase)
        dialog.finished.connect(self._over)
        dialog.open()
        self._fill()

    def _over(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None

    def _fill(self) -> None:
        module, folders, library, dialog = (
            late.module("library.trash"),
            self._desk.folders,
            self._desk.library,
            self.dialog,
        )
        history = self._desk.history

        def work() -> list[Any]:
            assert library is not None
            own = module.discarded(folders, library)
            taken = [one.was.absolute() for one in own]
            gone = [one for one in history.gone(library) if not any(one.was.is_relative_to(was) for was in taken)]
            return [*own, *gone]

        if dialog is not None and library is not None:
            self._tasks.run(
                work,
                lambda rows: dialog.show_rows(rows) if dialog is self.dialog else None,
                self._warn,
            )

    def restore(self, rows: Sequence[Any], then: Callable[[], None] = lambda: None) -> None:
        """Put reviews back where they were, or beside what is there by now, and open a single one."""
        module, library = late.module("library.trash"), self._desk.library
        if library is None:
            return

        history = self._desk.history

        def back_again(one: Any) -> Path:
            if isinstance(one, Gone):
                history.bring(one.was, history.read(one.newest))
                return one.was
            return Path(module.restore(one, library))

        def work() -> tuple[list[Path], Exception | None]:
            paths: list[Path] = []
            for one in rows:
                try:
                    paths.append(back_again(one))
                except (OSError, Damaged) as error:
                    return paths, error
            return paths, None

        def back(answer: tuple[list[Path], Exception | None]) -> None:
            paths, error = answer
            self._desk.relist(paths)
            if error is not None:
                self._warn(error)
                return
            if len(paths) == 1:
                self._files.open(paths[0])
            where = paths[0].parent.name if len(paths) == 1 else f"{len(paths):,} reviews"
            self._notices.say(f"{where} {'is' if len(paths) == 1 else 'are'} back.")
            then()

        self._tasks.run(work, back, self._warn)

    def _erase(self, rows: Sequence[Any]) -> None:
        module = late.module("library.trash")
        history = self._desk.history

        def work() -> None:
            for one in rows:
                if isinstance(one, Gone):
                    history.forget(one.was)
                else:
                    module.erase(one)
                    history.forget(one.was / NAME if one.kept.is_dir() else one.was)

        self._tasks.run(work, lambda _: self._fill(), self._warn)

    def _warn(self, error: Exception) -> None:
        self._notices.warn(f"The trash: {words.of(error)}")
        self._fill()

    # the archive

    def archive_current(self) -> None:
        """Take the review in front out of the lists, or bring it back."""
        session = self._desk.current
        if session is None or not session.readable:
            return
        archived = not session.review.archived
        label = "Archive" if archived else "Bring back"
        session.change(label, dataclasses.replace(session.review, archived=archived or None))
        if session.review.archived:
            said = f"{session.name} is archived: lists and searches leave it out unless you ask for is:archived."
        else:
            said = f"{session.name} is no longer archived."
        change = session.last_change
        self._notices.say(said, "Undo", lambda: session.put_back(change) if change is not None else None)

    def archive(self, paths: Sequence[Path], archived: bool) -> None:
        """Take several reviews out of the lists, or bring them back."""
        self._plans.change(
            "Archive" if archived else "Bring back from the archive", paths,
            lambda review: dataclasses.replace(review, archived=archived or None),
            of_review(lambda review: "archived" if review.archived else "in the lists"),
        )  # fmt: skip
