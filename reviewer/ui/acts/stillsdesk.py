"""The desk of the library's stills: filled from the reviews' list, kept up to date, its wishes carried out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from reviewer.library.listing import Entry
from reviewer.library.shelf import Change, Copies, Part, Places, Shelved, parts, shelve
from reviewer.review.values import Crop, Focus, Still
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.acts.rights import RightsActs
from reviewer.ui.acts.sharing import SharingActs
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.stillchanges import Step, StillChanges
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

BACK = ("new", "find", "replace", "tab-review", "tab-film", "tab-stills", "tab-check", "next-finding", "next-unknown",
        "place-still", "focus", "raw")  # fmt: skip
"""What happens in the columns, and leads back to them."""


class StillsDeskActs:
    """Opens the desk and does what it asks for. It is made when it is first wanted."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme,
        rights: RightsActs, sharing: SharingActs,
    ) -> None:  # fmt: skip
        self._window, self._desk, self._actions, self._notices = window, desk, actions, notices
        self._tasks, self._theme, self._rights, self._sharing = tasks, theme, rights, sharing
        self.view: Any = None
        self.dialog: Any = None
        self.changes = StillChanges(desk, tasks, window)
        self.changes.done.connect(self._done)
        self.changes.undone.connect(self._undone)
        self._places: Places = {}
        self._copies: Copies = {}
        self._made: dict[Path, tuple[Entry, list[Shelved]]] = {}
        self._soon = QTimer(window, singleShot=True, interval=200)
        self._soon.timeout.connect(self._fill)
        self._pause = QTimer(window, singleShot=True, interval=700)
        self._pause.timeout.connect(self.flush)
        self._pending: tuple[str, str, list[Part]] | None = None
        actions.join(
            {"stills-desk": self.open, "crop-still": self._crop_chosen, "go-write": self._write, "report": self.report}
        )
        actions.join({"filter": self._search, "show-inspector": self._record})
        actions.join(dict.fromkeys(BACK, self._back))
        desk.session_changed.connect(lambda _: self._back())
        window.inspector.made.connect(self._panel_made)
        for signal in (desk.entries_found, desk.entries_gone):
            signal.connect(lambda _: self._soon.start())
        desk.library_changed.connect(self._other_library)
        desk.picture_changed.connect(lambda _: self._look_closer())

    def _panel_made(self, name: str, panel: Any) -> None:
        if name == "Stills":
            panel.record.crop_requested.connect(self.crop_here)

    def _crop_chosen(self) -> None:
        still = self._window.stills.current
        if self.shown and self.view.chosen:
            self.view.crop_wanted.emit(self.view.chosen[0])
        elif still is not None:
            self.crop_here(still.file)

    # opening

    @property
    def shown(self) -> bool:
        return self.view is not None and self._window.front is self.view

    def open(self) -> None:
        """Bring the desk to the front, with the still chosen that is chosen on the Stills tab."""
        if self._desk.library is None:
            self._notices.say("There is no library open.")
            return
        if self.view is None:
            self._make()
        session = self._desk.current
        self._fill()
        self._window.show_front(self.view, keep=True)
        if session is not None and session.path is not None and "Stills" in self._window.inspector.panels:
            still = self._window.stills.current
            if still is not None and not self.view.chosen:
                self.view.choose([(session.path, still.file)])
        self._look_closer()

    def _make(self) -> None:
        self.view = view = late.module("ui.stillsdesk.desk").StillsDesk(
            self._theme, self._actions, self._window.thumbnails, today, self._window
        )
        view.changed.connect(self.change)
        view.opened.connect(self._large)
        view.review_wanted.connect(self._go)
        view.left.connect(self.leave)
        view.letter_wanted.connect(lambda rows: self._rights.write_about(self._subject(rows)))
        view.evidence_wanted.connect(lambda rows: self._rights.ask_evidence_about(self._subject(rows)))
        view.note_wanted.connect(lambda rows: self._rights.note_about(self._subject(rows)))
        view.record.rule = self._rights.rule
        view.record.evidence_shown.connect(lambda file: self._rights.show_evidence(view.chosen[0].review.parent, file))
        view.reuse_wanted.connect(lambda row: self._rights.request_about(self._subject([row])))
        view.crop_wanted.connect(lambda row: self._crop(row.review, row.still, partial(self._set_crop, row)))
        view.undo_wanted.connect(self.undo)
        view.redo_wanted.connect(self.redo)
        view.report_wanted.connect(self.report)
        view.sheet_wanted.connect(self._sheet)
        view.filters_changed.connect(self._keep_filters)
        view.show_saved(self._desk.settings.filters)

    def report(self) -> None:
        """Show what has to be mended, what ends, and what stands in blogs without a record."""
        library = self._desk.library
        if library is None:
            self._notices.say("There is no library open.")
            return
        self.flush()
        dialog = self.dialog = late.module("ui.dialogs.audit").AuditDialog(
            self._theme, self._tasks, library, self._desk.folders, today(), self._window
        )
        dialog.chosen.connect(self._go)
        dialog.open()

    def _sheet(self) -> None:
        self.flush()
        rows = self.view.chosen
        chosen = [
            (f"{row.title} ({row.year})" if row.year else row.title, row.still, row.review.parent) for row in rows
        ]
        titles = {film for film, _, _ in chosen}
        self._sharing.contact_sheet_of(chosen, titles.pop() if len(titles) == 1 else f"{len(chosen)} stills")

    def leave(self) -> None:
        """Go back to the text."""
        self._back()
        self._window.editor.editor.setFocus()

    def _back(self) -> None:
        """Make room for the columns; the focus is somebody else's."""
        if self.shown:
            self.flush()
            self._window.show_front(None)

    def _write(self) -> None:
        if self.shown:
            self.leave()

    def _search(self) -> None:
        if self.shown:
            self.view.to_search()

    def _record(self) -> None:
        if self.shown:
            self.view.toggle_record()

    def _go(self, path: Path, file: str) -> None:
        self.flush()
        self._window.show_front(None)

        def choose(_: Session) -> None:
            self._window.inspector.show_tab("Stills")
            self._window.stills.choose(file)

        self._desk.open(path, choose)

    def _other_library(self) -> None:
        self._made.clear()
        self._places, self._copies = {}, {}
        if self.view is not None:
            self.view.show_saved(self._desk.settings.filters)

    # filling

    def _fill(self) -> None:
        if self.view is None:
            return
        self.view.held = self._pending is not None or self.changes.busy
        day, rows = today(), []
        for path, entry in sorted(self._desk.entries.items()):
            made = self._made.get(path)
            if made is None or made[0] is not entry:
                made = self._made[path] = (entry, shelve([entry], day, self._places, self._copies))
            rows += made[1]
        self.view.show_rows(rows)
        self.view.held = False

    def _look_closer(self) -> None:
        """Read in a thread where stills lie in blogs, and which of them are the same picture."""
        if not self.shown:
            return
        entries, folders = list(self._desk.entries.values()), self._desk.folders
        cache, library = self._window.thumbnails.cache, self._desk.library
        find_places, find_copies = late.module("publish.audit").places, late.module("stills.copies").find

        def work() -> tuple[Places, Copies]:
            files = [entry.path.parent / still.file for entry in entries for still in entry.stills]
            return find_places(entries, folders), find_copies(files, cache)

        def found(answer: tuple[Places, Copies]) -> None:
            if library == self._desk.library and (self._places, self._copies) != answer:
                self._places, self._copies = answer
                self._made.clear()
                self._fill()

        self._window.thumbnails.tasks.run(work, found, None, -1)

    # changing

    def change(self, rows: Sequence[Shelved], change: Change, label: str, key: str) -> None:
        """Change the chosen stills after a short pause, so that a word that is typed is one change."""
        made = parts(rows, change)
        same = (label, key, [(part.path, part.files) for part in made])
        if self._pending is not None and same != (*self._pending[:2], [(p.path, p.files) for p in self._pending[2]]):
            self.flush()
        self._pending = (label, key, made)
        if key in ("kind", "permission.basis", "permission.state"):
            self.flush()
        else:
            self._pause.start()

    def flush(self) -> None:
        """Make the change that waits."""
        self._pause.stop()
        pending, self._pending = self._pending, None
        if pending is not None:
            self.changes.carry_out(pending[0], pending[2])

    def _done(self, step: Step) -> None:
        count = f"{step.stills:,} {'still' if step.stills == 1 else 'stills'}"
        if step.faults:
            more = f" and {len(step.faults) - 1} more" if len(step.faults) > 1 else ""
            self._notices.warn(f"{step.label} was not changed everywhere. {step.faults[0]}{more}")
        elif self.shown and (step.files or step.fields):
            self._notices.say(f"{step.label} changed in {count}.", "Undo", self.undo)
        self._fill()

    def _undone(self, step: Step) -> None:
        if step.faults:
            self._notices.warn(f"Not all is as before. {step.faults[0]}")
        else:
            self._notices.say(f"{step.label}: put back.", "Do it again", self.redo)
        self._fill()

    def end(self) -> None:
        """Make the change that waits before the program ends."""
        self.flush()

    def undo(self) -> None:
        """Undo the last change made on the desk."""
        self.flush()
        if not self.changes.undo():
            self._notices.say("Nothing was changed here.")

    def redo(self) -> None:
        self.changes.redo()

    def _keep_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        self._desk.store_settings(dataclasses.replace(self._desk.settings, filters=tuple(filters)))
        self.view.show_saved(filters)

    # what the chosen stills are to letters and answers

    def _subject(self, rows: Sequence[Shelved]) -> Any:
        self.flush()
        letters, reviews = late.module("stills.letters"), late.module("library.reviews")
        abouts = []
        for row in rows:
            session = next((s for s in self._desk.sessions if s.path == row.review), None)
            try:
                review = session.review if session else reviews.open_review(row.review).reading.review
            except reviews.CannotRead as error:
                self._notices.warn(str(error))
                continue
            still = review.still(row.still.file)
            if still is not None:
                abouts.append(letters.About(review, still, row.review))
        return late.module("ui.acts.rights").Subject(tuple(abouts), (), self.changes.carry_out, self.undo)

    # seen large

    def crop_here(self, file: str) -> None:
        """Crop a still of the review in front."""
        session = self._desk.current
        still = session.review.still(file) if session else None
        if session is not None and session.path is not None and still is not None:
            self._crop(session.path, still, lambda changed: self._crop_in(session, still.file, changed))

    def _crop(self, path: Path, still: Still, done: Callable[[Change], object]) -> None:
        dialog = self.dialog = late.module("ui.stillsdesk.crop").CropDialog(
            self._theme, self._tasks, path.parent / still.file, still, self._window
        )
        dialog.accepted.connect(lambda: done(partial(_cropped, crop=dialog.crop, focus=dialog.focus)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _crop_in(self, session: Session, file: str, change: Change) -> None:
        still = session.review.still(file)
        if still is not None:
            session.change("Crop", session.review.with_still(change(still)))

    def _set_crop(self, row: Shelved, change: Change) -> None:
        self.flush()
        self.changes.carry_out("Crop", parts([row], change))

    def _large(self, rows: Sequence[Shelved], place: int) -> None:
        dialog = self.dialog = late.module("ui.stillsdesk.large").LargeView(
            self._theme, self._tasks, list(rows), place, self._window
        )
        dialog.finished.connect(lambda _: self.view.choose([dialog.shown.key]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _cropped(still: Still, crop: Crop, focus: Focus) -> Still:
    return dataclasses.replace(still, crop=crop, focus=focus)
