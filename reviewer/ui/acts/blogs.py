"""Between the library and the blogs: exporting one review or all that changed, taking posts out, undoing, building, looking."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from reviewer.library import reviews
from reviewer.library.files import overwrite
from reviewer.library.folders import home
from reviewer.review.findings import Finding
from reviewer.review.rights import standing
from reviewer.review.values import Override, Review
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import replace_all
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

READY = ("ready", "published")
"""Statuses of reviews that are meant for a blog."""


class BlogActs:
    """What goes from the library into a blog, and what is known of how it stands there."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, views: Any
    ) -> None:
        self._window, self._desk, self._actions, self._notices = window, desk, actions, notices
        self._tasks, self._theme, self._views = tasks, theme, views
        self._after_save: Session | None = None
        self._asked = 0
        self.building: Any = None
        actions.join({
            "export": self.export, "export-changed": self.export_changed, "unpublish": self.unpublish,
            "undo-export": self.undo_export, "build": self.build, "letterboxd": self.letterboxd,
        })  # fmt: skip
        self._soon = QTimer(window, singleShot=True, interval=400)
        self._soon.timeout.connect(self.look)
        desk.session_changed.connect(self._watch)
        desk.scanned.connect(lambda *_: self._soon.start())
        desk.entries_found.connect(lambda *_: self._soon.start())
        desk.settings_changed.connect(lambda *_: self._soon.start())

    # how the reviews stand

    def look(self) -> None:
        """Find out in a thread how each review stands in the library's first blog, and show it in the list."""
        blog = next((Path(one) for one in self._desk.settings.blogs if Path(one).is_dir()), None)
        self._asked += 1
        number = self._asked
        if blog is None:
            self._window.library.model.set_states({}, "")
            return
        paths, folders = list(self._desk.entries), self._desk.folders

        def work() -> dict[Path, str]:
            planner, receipts = late.module("publish.planner"), late.module("publish.receipts")
            known = {Path(one.source): one for one in receipts.Receipts(folders, blog).all() if one.entry}
            return {path: planner.glance(known[path], blog, path).value for path in paths if path in known}

        def show(states: dict[Path, str]) -> None:
            if number == self._asked:
                self._window.library.model.set_states(states, blog.name)

        self._tasks.run(work, show, lambda error: None, priority=-1)

    # export

    def _watch(self, session: Session | None) -> None:
        if session is not None and not session.property("for blogs"):
            session.setProperty("for blogs", True)
            session.saved.connect(lambda _: self._saved(session))
            session.save_failed.connect(lambda _: self._forget())

    def _saved(self, session: Session) -> None:
        if session is self._after_save and not session.dirty:
            self._forget()
            self._export_saved(session)

    def _forget(self) -> None:
        self._after_save = None

    def export(self) -> None:
        """Show the plan for the review in front; it is saved first, since a post is made from what is on the disk."""
        session = self._desk.current
        if session is None:
            return
        if session.dirty or session.opened is None:
            self._after_save = session
            self._actions["save"].trigger()
            if session.saving:
                self._notices.say("The review is saved first: a post is made from the saved file.")
            else:
                self._forget()
            return
        self._export_saved(session)

    def _export_saved(self, session: Session) -> None:
        if session.dirty or session.opened is None:
            return
        dialog = self._dialog([session.opened], "EXPORT")
        dialog.reasoned.connect(lambda reason: self._publish_anyway(session, reason, dialog))
        dialog.open()

    def _dialog(self, chosen: Sequence[reviews.Opened], errand: str) -> Any:
        faults = late.module("publish.profiles").take_in(self._desk.folders.config)
        if faults:
            self._notices.warn(f"A profile of your own is left out. {faults[0]}")
        module = late.module("ui.dialogs.export")
        dialog = module.ExportDialog(
            self._theme, self._tasks, self._desk.folders, chosen, self._desk.settings.blogs, self._window,
            getattr(module, errand),
        )  # fmt: skip
        dialog.exported.connect(partial(self._exported, getattr(module, errand).done))
        dialog.mend.connect(self._mend)
        dialog.blog_chosen.connect(self._remember)
        dialog.taken.connect(lambda path, review, text: self._take_in(path, review, text, dialog))
        return dialog

    def _take_in(self, path: Path, review: Review, text: str, dialog: Any) -> None:
        """What was changed in the blog goes into the review as a change that can be undone; then it is saved."""
        self._desk.open(path, patient=True)
        session = self._desk.current
        if session is None or session.path != path:
            return
        session.change("Taken from the blog", review)
        replace_all(session.document, text)
        session.saved.connect(lambda _: dialog.show_review(session.opened) if session.opened else None, type=_once())
        session.save()

    def _mend(self, finding: Finding, path: Path) -> None:
        """Open the review that a finding is about, and go there."""
        self._desk.open(path, lambda _: self._views.go_to_finding(finding))

    def _exported(self, done: str, written: int, blog: Path) -> None:
        files = "file" if written == 1 else "files"
        self._notices.say(
            f"{written} {files} {done} {blog.name}.",
            "Show the folder",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(blog))),
        )
        self._soon.start()

    def _remember(self, blog: str) -> None:
        settings = self._desk.settings
        blogs = tuple(dict.fromkeys((blog, *settings.blogs)))
        if blogs != settings.blogs:
            self._desk.store_settings(dataclasses.replace(settings, blogs=blogs))

    def _publish_anyway(self, session: Session, reason: str, dialog: Any) -> None:
        """Keep the reason in the record of each still that blocks, save, and plan anew."""
        stills = tuple(
            dataclasses.replace(s, permission=dataclasses.replace(s.permission, override=Override(today(), reason)))
            if standing(s, today()).blocks
            else s
            for s in session.review.stills
        )
        session.change("Publish all the same", dataclasses.replace(session.review, stills=stills))
        session.saved.connect(lambda _: dialog.show_review(session.opened) if session.opened else None, type=_once())
        session.save()

    # several, back, away

    def export_changed(self) -> None:
        """Show the plan for all reviews that are ready or published and stand otherwise in the blog than here."""
        if any(session.dirty for session in self._desk.sessions):
            self._notices.warn("Some reviews are not saved yet. A post is made from the saved file: save them first.")
            return
        states = self._window.library.model.states
        current = late.module("publish.plan").State.CURRENT.value
        paths = [e.path for e in self._desk.entries.values() if e.status in READY and states.get(e.path) != current]
        if not paths:
            self._notices.say("All reviews that are ready or published stand in the blog as they are here.")
            return
        self._with_opened(paths, lambda found: self._dialog(found, "EXPORT").open())

    def export_these(self, paths: Sequence[Path]) -> None:
        """Show the plan for these reviews."""
        if any(session.dirty and session.path in paths for session in self._desk.sessions):
            self._notices.warn("Some of these are not saved yet. A post is made from the saved file: save them first.")
        elif paths:
            self._with_opened(paths, lambda found: self._dialog(found, "EXPORT").open())

    def unpublish(self) -> None:
        """Show what taking the post of the review in front out of the blog would do."""
        session = self._desk.current
        if session is not None and session.path is not None:
            self._with_opened([session.path], lambda found: self._dialog(found, "UNPUBLISH").open())

    def undo_export(self) -> None:
        """Show what taking the last export back would do."""
        self._dialog([], "UNDO").open()

    def _with_opened(self, paths: Sequence[Path], then: Any) -> None:
        """Read reviews in a thread and go on with them; those that cannot be read are named and left out."""

        def work() -> tuple[list[reviews.Opened], list[str]]:
            found, faults = [], []
            for path in paths:
                try:
                    found.append(reviews.open_review(path))
                except (OSError, reviews.CannotRead) as error:
                    faults.append(words.of(error, path))
            return found, faults

        def done(made: tuple[list[reviews.Opened], list[str]]) -> None:
            found, faults = made
            if faults:
                self._notices.warn(f"Left out: {faults[0]}")
            if found:
                then(found)

        self._tasks.run(work, done)

    # build and look

    def build(self) -> None:
        """Show the panel that builds and serves the blog with the writer's own command."""
        if self.building is None:
            self.building = late.module("ui.dialogs.build").BuildDialog(
                self._theme, self._tasks, self._desk.folders, self._window
            )
            self.building.review_wanted.connect(self._desk.open)
        self.building.show_blogs(self._desk.settings.blogs)
        self.building.show()
        self.building.raise_()

    def end(self) -> None:
        """End what was started for the blog."""
        if self.building is not None:
            self.building.end()

    # elsewhere

    def letterboxd(self) -> None:
        """Ask for a file and write all reviews with a mark or a day into it, as Letterboxd imports them."""
        start = (self._desk.library or home()) / "letterboxd.csv"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export for Letterboxd", str(start), "CSV (*.csv)")
        if name:
            self.write_letterboxd(Path(name))

    def write_letterboxd(self, output: Path) -> None:
        """Write the library as Letterboxd imports it, in parts where it is large."""
        paths = [entry.path for entry in self._desk.entries.values() if not entry.fault]
        module, scales = late.module("interop.letterboxd"), self._desk.settings.scales

        def write(found: Sequence[reviews.Opened]) -> None:
            def work() -> int:
                rows = [
                    row for one in found for row in module.rows(one.reading.review, one.reading.document.text, scales)
                ]
                parts = module.parts(rows)
                for number, part in enumerate(parts, 1):
                    overwrite(output if number == 1 else output.with_stem(f"{output.stem}-{number}"), part)
                return len(parts)

            self._tasks.run(
                work,
                lambda count: self._notices.say(
                    f"Wrote {output.name}{f' and {count - 1} more parts' if count > 1 else ''}. Import it on Letterboxd under Settings, Import & Export."
                ),
                lambda error: self._notices.warn(f"Not written. {words.of(error, output)}"),
            )

        self._with_opened(paths, write)


def _once() -> Qt.ConnectionType:
    """A connection that ends after its first signal."""
    return Qt.ConnectionType(Qt.ConnectionType.AutoConnection.value | Qt.ConnectionType.SingleShotConnection.value)
