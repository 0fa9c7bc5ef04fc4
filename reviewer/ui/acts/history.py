"""Older versions of the review in front, and other versions that sync programs left beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from reviewer.library import conflicts
from reviewer.library.files import read_regular
from reviewer.library.history import BEFORE, FOUND, OUTSIDE, RESTORED, SAVED, Damaged, fingerprint_of
from reviewer.library.reviews import MOST
from reviewer.review.folding import folded
from reviewer.text.document import Document
from reviewer.text.reading import Reading, read_document
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import replace_part
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

WHY = {
    FOUND: "As it was before the first save here",
    SAVED: "Saved",
    BEFORE: "Before a change to several reviews",
    OUTSIDE: "Before another program’s version was taken",
    RESTORED: "Before an older version was brought back",
}
PRUNE_AFTER = 20_000
"""Milliseconds after the start until versions that are too old or too much are removed."""


class HistoryActs:
    """Shows versions and brings them back; says once that other versions lie beside a review."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self.dialog: Any = None
        self._told: set[tuple[str, float]] = set()
        actions.join({"versions": self.show})
        desk.session_changed.connect(self._look_beside)
        self._later = QTimer(window, singleShot=True, interval=PRUNE_AFTER)
        self._later.timeout.connect(lambda: tasks.run(desk.history.prune, lambda _: None, lambda _: None))
        self._later.start()

    # versions that lie beside the review

    def _look_beside(self, session: Session | None) -> None:
        """Look in a thread whether other versions lie beside the review in front."""
        if session is None or session.opened is None:
            return
        path, data, history, identity = session.opened.path, session.opened.data, self._desk.history, session.review.id

        def work() -> list[conflicts.Sibling]:
            found = conflicts.tidied(
                conflicts.siblings(path),
                lambda: {data} | {_read(history, one) for one in history.versions(path, identity)},
            )
            return [one for one in found if _differs(one, data)]

        self._tasks.run(work, lambda found: self._tell(session, found), lambda _: None)

    def _tell(self, session: Session, found: list[conflicts.Sibling]) -> None:
        new = [one for one in found if (str(one.path), one.when.timestamp()) not in self._told]
        if not new or session is not self._desk.current or not self._window.editor.bar.isHidden():
            return
        self._told |= {(str(one.path), one.when.timestamp()) for one in new}
        first = new[0]
        more = f" and {len(new) - 1} more" if len(new) > 1 else ""
        self._window.editor.bar.ask(
            f"Another version of this review lies beside it: {words.shown(first.path.name)}{more}, by {first.by}.",
            {"Compare": self.show, "Later": lambda: None},
        )

    # all versions

    def show(self) -> None:
        """Show the versions of the review in front."""
        session = self._desk.current
        if session is None:
            self._notices.say("There is no review open.")
            return
        if session.opened is None:
            self._notices.say("This review was never saved: it has no older versions yet.")
            return
        dialog = self.dialog = late.module("ui.dialogs.history").HistoryDialog(self._theme, session.name, self._window)
        dialog.chosen.connect(lambda row: self._load(dialog, row))
        dialog.searched.connect(lambda words_: self._search(dialog, words_))
        dialog.wanted.connect(lambda text, fields: self._bring_back(session, text, fields))
        dialog.passage_wanted.connect(lambda start, end, text: self._passage(session, start, end, text))
        dialog.folder_wanted.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        dialog.finished.connect(self._over)
        dialog.show_now(session.review, session.text)
        dialog.open()
        self._fill(dialog, session)

    def _over(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None

    def _fill(self, dialog: Any, session: Session) -> None:
        assert session.opened is not None
        path, identity, history = session.opened.path, session.review.id, self._desk.history
        same = "" if session.dirty else fingerprint_of(session.opened.data)  # what stands here is no older version
        make = late.module("ui.dialogs.history").Row

        def work() -> list[Any]:
            rows = [
                make(words.shown(one.path.name), f"{_moment(one.when)}, by {one.by}", beside=one.path)
                for one in conflicts.siblings(path)
            ]
            return rows + [
                make(_moment(one.when), WHY.get(one.why, "Kept"), version=one)
                for one in history.versions(path, identity)
                if one.digest != same
            ]

        self._tasks.run(work, lambda rows: dialog.show_rows(rows) if dialog is self.dialog else None, self._warn)

    def _bytes(self, row: Any) -> bytes:
        return read_regular(row.beside, MOST) if row.beside is not None else self._desk.history.read(row.version)

    def _load(self, dialog: Any, row: Any) -> None:
        def work() -> Reading:
            return read_document(Document.read(self._bytes(row)))

        def fault(error: Exception) -> None:
            if dialog is self.dialog:
                dialog.show_fault(row, str(error) if isinstance(error, Damaged) else words.of(error, row.beside))

        self._tasks.run(
            work, lambda reading: dialog.show_version(row, reading) if dialog is self.dialog else None, fault
        )

    def _search(self, dialog: Any, wanted: str) -> None:
        rows, parts = dialog.rows, folded(wanted).split()
        history = self._desk.history
        if not parts:
            dialog.narrow(None)
            return

        def work() -> dict[Any, str]:
            kept = {row.version: row for row in rows if row.version is not None}
            found = {kept[one.version]: one.around for one in history.search(wanted, list(kept))}
            for row in rows:
                if row.beside is not None:
                    try:
                        plain = folded(self._bytes(row).decode("utf-8", "replace"))
                    except OSError:
                        continue
                    if all(part in plain for part in parts):
                        found[row] = row.about
            return found

        def shown(found: dict[Any, str]) -> None:
            if dialog is self.dialog and dialog.search.text().strip() == wanted:
                dialog.narrow(found)

        self._tasks.run(work, shown, self._warn)

    # bringing back

    def _bring_back(self, session: Session, text: bool, fields: bool) -> None:
        dialog = self.dialog
        row = dialog.row
        dialog.accept()

        def back(data: bytes) -> None:
            session.bring_back(data, text, fields)
            what = "version" if fields else "text"
            self._notices.say(f"The {what} of {row.title} is back, not yet saved. Undo takes it away again.")

        self._tasks.run(lambda: self._bytes(row), back, self._warn)

    def _passage(self, session: Session, start: int, end: int, text: str) -> None:
        replace_part(session.document, start, end, text)
        self.dialog.show_now(session.review, session.text)

    def _warn(self, error: Exception) -> None:
        self._notices.warn(f"Versions: {words.of(error, self._desk.history.folder)}")


def _moment(when: dt.datetime) -> str:
    there, today = when.astimezone(), dt.datetime.now().astimezone().date()
    if there.date() == today:
        return f"Today, {there:%H:%M}"
    if there.date() == today - dt.timedelta(days=1):
        return f"Yesterday, {there:%H:%M}"
    return f"{there.day} {there:%B %Y}, {there:%H:%M}"


def _differs(one: conflicts.Sibling, data: bytes) -> bool:
    try:
        return read_regular(one.path, MOST) != data
    except OSError:
        return True


def _read(history: Any, version: Any) -> bytes:
    try:
        return bytes(history.read(version))
    except (Damaged, OSError):
        return b""
