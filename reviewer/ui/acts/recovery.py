"""What was typed and not saved, offered as a comparison."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from reviewer.library.files import replace
from reviewer.library.recovery import Copy
from reviewer.library.reviews import NAME
from reviewer.text.document import Document
from reviewer.ui import late, words
from reviewer.ui.acts.files import BOTH, KEEP, NOT_NOW, USE, FileActs
from reviewer.ui.desk import Desk, long_ago
from reviewer.ui.notices import Notices
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class RecoveryActs:
    """Offers what was typed and not saved. "Not now" deletes nothing."""

    def __init__(self, window: Window, desk: Desk, files: FileActs, notices: Notices, theme: Theme) -> None:
        self._window, self._desk, self._files, self._notices, self._theme = window, desk, files, notices, theme

    def offer(self, asked: bool = False) -> None:
        """Offer what was typed and not saved, one review after the other. "Not now" deletes nothing."""
        in_use = {session._place for session in self._desk.sessions}
        copies = [copy for copy in self._desk.recovery.copies() if copy.place not in in_use]
        if not copies and asked:
            self._notices.say("Nothing is waiting to be recovered.")
        for copy in copies:
            if not self._offer_one(copy):
                break

    def _offer_one(self, copy: Copy) -> bool:
        """Offer one copy; False where the writer put the question off."""
        saved = self._saved_version(copy)
        if saved == copy.content:
            self._desk.recovery.drop(copy.place)
            return True
        mine, theirs = Document.read(copy.content).text, Document.read(saved or b"").text
        name = (
            copy.path.parent.name
            if copy.path is not None and copy.path.name == NAME
            else copy.path.stem
            if copy.path
            else "A new review"
        )
        until = (dt.date.today() + dt.timedelta(days=30)).strftime("%d %B")
        where = f"in the library, {long_ago(_changed(copy.path))}" if saved is not None and copy.path else "never saved"
        compare = late.module("ui.dialogs.compare")
        dialog = compare.CompareDialog(
            self._theme, f"{name} was open when Reviewer stopped",
            compare.Side("Recovered", f"typed until {long_ago(copy.when)}", mine, USE),
            compare.Side("Saved", where, theirs, KEEP),
            (BOTH, NOT_NOW), f"“Not now” deletes nothing; it is kept until {until}.", self._window,
        )  # fmt: skip
        dialog.exec()
        if dialog.answer == NOT_NOW:
            return False
        self._answered(copy, dialog.answer)
        return True

    def _answered(self, copy: Copy, answer: str) -> None:
        if answer == USE:
            if self._desk.library is None and copy.library is not None and copy.library.is_dir():
                self._files.open_library(copy.library)
            self._desk.recover(copy)
            self._window.show_front(None)
            self._notices.say("The recovered text is in front. Save to keep it.")
        elif answer == BOTH:
            folder = copy.path.parent if copy.path is not None else copy.library or self._files.usual_place()
            target = folder / f"recovered {copy.when.astimezone():%Y-%m-%d %H.%M.%S}.md"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                replace(target, copy.content)
            except OSError as error:
                self._notices.warn(words.of(error, target))
                return
            self._desk.recovery.drop(copy.place)
            self._notices.say(f"The recovered text is in {target.name}.")
        else:
            kept = copy.place.with_suffix(".kept")
            copy.place.replace(kept)
            self._notices.say("The saved text stays. The other is kept for 30 days.")

    def _saved_version(self, copy: Copy) -> bytes | None:
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
