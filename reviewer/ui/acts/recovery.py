"""What was typed and not saved, offered as a comparison."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

from reviewer.library.files import save
from reviewer.library.recovery import KEPT_DAYS, Copy
from reviewer.library.reviews import NAME
from reviewer.text.document import Document
from reviewer.ui import late, words
from reviewer.ui.acts.files import BOTH, KEEP, NOT_NOW, USE, FileActs
from reviewer.ui.desk import Desk, long_ago
from reviewer.ui.notices import Notices
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class RecoveryActs:
    """Offers what was typed and not saved, one review after the other. "Not now" deletes nothing and puts all others off too."""

    def __init__(self, window: Window, desk: Desk, files: FileActs, notices: Notices, theme: Theme) -> None:
        self._window, self._desk, self._files, self._notices, self._theme = window, desk, files, notices, theme
        self._waiting: list[Copy] = []
        self.dialog: Any = None

    def offer(self) -> None:
        """At the start: offer what an earlier run of the program left, and remove what was decided against long ago."""
        self._tell(self._desk.recovery.set_aside())
        self._waiting = self._not_in_use(self._desk.recovery.left_over())
        self._desk.recovery.prune(dt.datetime.now(dt.UTC))
        self._next()

    def _tell(self, damaged: list[Path]) -> None:
        for place in damaged:
            self._notices.warn(
                f"A recovered text could not be read: its copy is damaged or from a later version. It is kept as {words.place(place)}; "
                "a text editor shows what is left of it."
            )

    def show(self) -> None:
        """By the writer's word: offer all that is kept, also what was decided against."""
        if self.dialog is not None:
            return
        self._waiting = self._not_in_use(self._desk.recovery.copies(decided=True))
        if not self._waiting:
            self._notices.say("Nothing is waiting to be recovered.")
        self._next()

    def end(self) -> None:
        """Ask no more."""
        self._waiting.clear()
        if self.dialog is not None:
            self.dialog.reject()

    def _not_in_use(self, copies: list[Copy]) -> list[Copy]:
        in_use = {session.kept_at for session in self._desk.sessions}
        return [copy for copy in copies if copy.place not in in_use]

    def _next(self) -> None:
        while self._waiting and self.dialog is None:
            self._offer(self._waiting.pop(0))

    def _offer(self, copy: Copy) -> None:
        saved = _saved_version(copy)
        if saved == copy.content:
            self._desk.recovery.drop(copy.place)
            return
        mine, theirs = Document.read(copy.content).text, Document.read(saved or b"").text
        where = f"in the library, {long_ago(_changed(copy.path))}" if saved is not None and copy.path else "never saved"
        compare = late.module("ui.dialogs.compare")
        dialog = self.dialog = compare.CompareDialog(
            self._theme, f"{_name(copy)} was open when Reviewer stopped",
            compare.Side("Recovered", f"typed until {long_ago(copy.when)}", mine, USE),
            compare.Side("Saved", where, theirs, KEEP),
            (BOTH, NOT_NOW), "“Not now” deletes nothing; you are asked again at the next start.", self._window,
        )  # fmt: skip
        dialog.finished.connect(lambda _: self._answered(copy, dialog))
        dialog.open()

    def _answered(self, copy: Copy, dialog: Any) -> None:
        self.dialog = None
        dialog.deleteLater()
        try:
            self._carry_out(copy, dialog.answer)
        except OSError as error:
            self._notices.warn(f"The recovered text is still kept. {words.of(error, self._desk.recovery.folder)}")
        self._next()

    def _carry_out(self, copy: Copy, answer: str) -> None:
        if answer == NOT_NOW:
            self._waiting.clear()
        elif answer == USE:
            if self._desk.library is None and copy.library is not None and copy.library.is_dir():
                self._files.open_library(copy.library, then=lambda: self._use(copy))
            else:
                self._use(copy)
        elif answer == BOTH:
            folder = copy.path.parent if copy.path is not None else copy.library or self._files.usual_place()
            target = folder / f"recovered {copy.when.astimezone():%Y-%m-%d %H.%M.%S}.md"
            folder.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                save(target, copy.content, None)
            self._desk.recovery.drop(copy.place)
            self._notices.say(f"The recovered text is in {target.name}.")
        else:
            self._desk.recovery.answered(copy)
            self._notices.say(f"The saved text stays. The other is kept for {KEPT_DAYS} days under “Recovered texts”.")

    def _use(self, copy: Copy) -> None:
        self._desk.recover(copy)
        self._window.show_front(None)
        self._notices.say("The recovered text is in front. Save to keep it.")


def _name(copy: Copy) -> str:
    if copy.path is None:
        return "A new review"
    return copy.path.parent.name if copy.path.name == NAME else copy.path.stem


def _saved_version(copy: Copy) -> bytes | None:
    try:
        return copy.path.read_bytes() if copy.path is not None else None
    except OSError:
        return None


def _changed(path: Path | None) -> dt.datetime:
    try:
        stamp = path.stat().st_mtime if path else 0.0
    except OSError:
        stamp = 0.0
    return dt.datetime.fromtimestamp(stamp, dt.UTC)
