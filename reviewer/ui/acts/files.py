"""Reviews as files: new, open, save, what others changed, recovery, rename, the end of the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QWidget

from reviewer.library.files import ChangedOutside, OnlyInPlace, Saved, overwrite
from reviewer.library.folders import home, key
from reviewer.library.listing import find, is_sensible
from reviewer.library.resources import resource
from reviewer.library.reviews import NAME, duplicate, rename
from reviewer.review.values import Review
from reviewer.text.document import Document, NotText
from reviewer.text.patch import CannotPatch
from reviewer.text.reading import write_document
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.panels.library import context_menu
from reviewer.ui.preferences import Preferences
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

MOST_LIBRARIES = 9
"""Libraries that are remembered, the last opened first."""
USE, KEEP, BOTH, NOT_NOW = "Use this text", "Keep this text", "Keep both", "Not now"
TEXTS = "Markdown (*.md *.markdown *.mdown *.mkd);;All files (*)"


class _NotThere(Exception):
    """A library that was open before is not where it was."""


class FileActs:
    """Joins the desk with the window for everything that touches a file."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        actions: Actions,
        notices: Notices,
        tasks: Tasks,
        preferences: Preferences,
        theme: Theme,
    ) -> None:
        self._window, self._desk, self._notices, self._tasks = window, desk, notices, tasks
        self._preferences, self._theme, self._actions = preferences, theme, actions
        self._closing = False
        self.menu: QMenu | None = None
        actions.join({
            "new": self.new, "open-file": self.ask_file, "open-library": self.ask_library, "libraries": self.show_libraries, "sample": self.open_sample,
            "save": self.save, "save-as": self.save_copy, "revert": self.revert, "raw": self.show_raw,
            "quit": window.close, "duplicate": self.duplicate, "rename": self.rename,
        })  # fmt: skip
        window.may_close = self.may_close
        window.library.open_requested.connect(self.open)
        window.library.menu_requested.connect(self._menu)
        desk.session_changed.connect(self._joined)
        desk.failed.connect(lambda error: notices.warn(words.of(error)))
        desk.opening.connect(self._opening)
        desk.library_gone.connect(self._gone)
        desk.library_back.connect(self._back)
        window.library.libraries_requested.connect(self.show_libraries)

    # opening

    def welcome(self) -> None:
        """The first view: four ways in."""
        view = late.module("ui.welcome").Welcome(self._theme, self.usual_place())
        view.chosen.connect(self._welcomed)
        view.place_requested.connect(lambda: self._choose_place(view))
        self._window.show_front(view)

    def usual_place(self) -> Path:
        """Where reviews go until another place is chosen."""
        if self._preferences.library:
            return Path(self._preferences.library)
        documents = home() / "Documents"
        return (documents if documents.is_dir() else home()) / "Reviews"

    def _choose_place(self, view: Any) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, "Where reviews go")
        if folder:
            self._preferences.library = folder
            view.show_place(Path(folder))

    def _welcomed(self, name: str) -> None:
        if name == "new":
            self.open_library(self.usual_place(), then=self.new)
        else:
            self._actions[name].trigger()

    def open_sample(self) -> None:
        """Open a copy of the sample library, made once, in the user's own folder."""
        place = self._desk.folders.data / "sample"
        if not place.is_dir():
            try:
                shutil.copytree(resource("sample"), place)
            except OSError as error:
                self._notices.warn(f"The sample library could not be copied. {words.of(error, place)}")
                return
        self.open_library(place, first=place / "never-let-me-go-2010" / NAME)

    def ask_library(self) -> None:
        start = str(self._desk.library or self.usual_place().parent)
        folder = QFileDialog.getExistingDirectory(self._window, "Open a library", start)
        if folder:
            self.open_library(Path(folder))

    def open_library(
        self,
        folder: Path,
        first: Path | None = None,
        then: Callable[[], object] | None = None,
        any_first: bool = False,
        make: bool = True,
    ) -> None:
        """Open a folder of reviews, made where it is missing, with a review in front: `first`, or with `any_first` where that
        is not there the first in the folder. On a slow disk it comes later; `then` is called when it is open."""

        def look() -> tuple[bool, Path | None]:
            if make:
                folder.mkdir(parents=True, exist_ok=True)
            elif not folder.is_dir():
                raise _NotThere
            key(folder)  # so that nothing has to be asked of the disk again
            there = first if first is not None and first.is_file() else None
            return is_sensible(folder), there or (next(find(folder), None) if any_first else None)

        def opened(found: tuple[bool, Path | None]) -> None:
            if not found[0]:
                self._notices.warn(f"{folder} holds more than reviews. Open a folder inside it.")
                return
            self._window.show_front(None)
            self._desk.open_library(folder)
            self._preferences.library = str(folder)
            others = (one for one in self._preferences.libraries if one != str(folder))
            self._preferences.libraries = (str(folder), *others)[:MOST_LIBRARIES]
            if found[1] is not None:
                self.open(found[1])
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            if isinstance(error, _NotThere):
                self._not_there(folder)
            else:
                self._notices.warn(words.of(error, folder))
            if self._desk.library is None and self._desk.current is None:
                self.welcome()

        if not self._tasks.within(look, opened, failed):
            self._opening(folder)

    def _not_there(self, folder: Path) -> None:
        self._notices.warn(
            f"{words.place(folder)} is not there. Connect its drive, then try again.",
            "Try again",
            lambda: self.switch_to(folder),
        )

    def show_libraries(self) -> None:
        """Offer the libraries that were opened before, and the ways to others, below the library's name."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self._window)
        for number, name in enumerate(self._preferences.libraries, 1):
            folder = Path(name)
            twin = sum(Path(other).name == folder.name for other in self._preferences.libraries) > 1
            words_ = words.place(folder) if twin else folder.name
            action = menu.addAction(f"&{number}  {words.command(words_)}")
            action.setCheckable(True)
            action.setChecked(folder == self._desk.library)
            action.setToolTip(words.tip(str(folder)))
            action.triggered.connect(lambda _=False, folder=folder: self.switch_to(folder))
        menu.addSeparator()
        for name in ("open-library", "sample"):
            menu.addAction(self._actions[name])
        menu.setToolTipsVisible(True)
        button = self._window.library.name
        below: QWidget = button if button.isVisible() else self._window.editor
        menu.popup(below.mapToGlobal(button.rect().bottomLeft() if below is button else below.rect().topLeft()))

    def switch_to(self, folder: Path) -> None:
        """Open a library that was opened before; one that is not there is said and stays in the list."""
        if folder != self._desk.library:
            self.open_library(folder, any_first=True, make=False)

    def _gone(self, library: Path) -> None:
        """The library's folder is gone while it is open: say what still can be done."""
        self._notices.warn(
            f"The library {words.place(library)} is not there any more. Its list stays; what is open can be saved elsewhere with "
            "Save a copy. Reviewer looks again by itself."
        )

    def _back(self, library: Path) -> None:
        self._notices.clear()
        self._notices.say(f"The library {words.place(library)} is there again.")

    def ask_file(self) -> None:
        start = str(self._desk.library or home())
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a file", start, TEXTS)
        if name:
            self.open(Path(name))

    def open(self, path: Path, then: Callable[[Session], object] | None = None) -> Session | None:
        """Bring a file to the front and remember it; see `Desk.open` for `then`."""

        def came(session: Session) -> None:
            self._window.show_front(None)
            recent = [str(path), *(p for p in self._preferences.recent if p != str(path))]
            self._preferences.recent = tuple(recent[:12])
            self._preferences.last_review = str(path)
            if then is not None:
                then(session)

        return self._desk.open(path, came)

    def _opening(self, path: Path) -> None:
        name = path.parent.name if path.name == NAME else path.name
        self._notices.say(f"Opening {words.shown(name)}: the disk takes its time. You can go on meanwhile.")

    def new(self) -> None:
        """A new review in front, the caret in its title."""
        self.begin(None, in_text=False)

    def begin(self, review: Review | None, begun: Document = Document(), in_text: bool = True) -> None:  # noqa: B008
        """A new review in front, written into what it begins with; the caret is in its text, or in its title."""
        if self._desk.library is None:
            self.open_library(self.usual_place(), then=lambda: self._begin(review, begun, in_text))
        else:
            self._begin(review, begun, in_text)

    def _begin(self, review: Review | None, begun: Document, in_text: bool) -> None:
        self._desk.new(review, begun)
        self._window.show_front(None)
        if in_text:
            self._window.editor.editor.setFocus()
            return
        self._actions["show-inspector"].setChecked(True)
        self._window.inspector.show_tab("Review")
        self._window.review.title.setFocus()

    # saving

    def _joined(self, session: Session | None) -> None:
        """Hear what the review in front has to say; a session is joined once."""
        if session is None or session.property("joined"):
            return
        session.setProperty("joined", True)
        session.saved.connect(lambda saved: self._saved(session, saved))
        session.save_failed.connect(lambda error: self._not_saved(session, error))
        session.keep_failed.connect(lambda error: self._not_kept(session, error))
        session.unkept.connect(self._unkept)
        session.outside_changed.connect(lambda: self._outside(session))
        session.outside_unreadable.connect(lambda error: self._unreadable(session, error))

    def save(self) -> None:
        """Write the review in front; one without a title is asked for it first."""
        self._window.review.settle()
        session = self._desk.current
        if session is None or session.saving:
            return
        if session.path is None and not session.review.title.strip():
            needed = "The review needs a title before it can be saved: its folder is named after it."
            self._notices.warn(needed, about=session)
            self._window.inspector.show_tab("Review")
            self._window.review.title.setFocus()
            return
        if session.theirs is not None:
            self._outside(session)
            return
        self._window.state.setText("Saving…")
        session.save()

    def _saved(self, session: Session, saved: Saved | None) -> None:
        if saved is None:
            if session is self._desk.current:
                self._notices.say(
                    f"{session.name} was changed by another program and is shown as it is now.",
                    "Undo",
                    session.put_former_back,
                )
            return
        self._notices.settle(session)
        if saved.unkept is not None:
            self._unkept(saved.unkept, "Saved, but older versions")
        if saved.other is not None:
            self._notices.warn(
                f"Another program saved {session.name} at the same moment. Its text is kept in {saved.other.name}."
            )
        elif saved.was_linked:
            self._notices.say(f"{saved.path.name} was linked under another name too; that name keeps the former text.")
        self._preferences.last_review = str(session.path or "")
        if self._closing:
            self._go_on_closing()

    def _not_saved(self, session: Session, error: Exception) -> None:
        self._closing = False
        if isinstance(error, ChangedOutside):
            session.theirs = error.theirs
            self._outside(session)
            if session.theirs_text is None:
                self._window.editor.bar.hide()
                self._unreadable(session, NotText("another program wrote something else than text into it"))
        elif isinstance(error, OnlyInPlace):
            self._window.editor.bar.ask(
                f"Not saved. The folder {words.shown(Path(error.filename).name)} takes no new files, so the review cannot be replaced "
                "in one step; its file can be written over. Your text is kept in the recovery store meanwhile.",
                {
                    "Write over it": lambda: self._save_in_place(session),
                    "Save a copy…": self.save_copy,
                    "Leave it": lambda: None,
                },
            )
        elif isinstance(error, CannotPatch) and error.rewritable:
            key = error.key
            self._window.editor.bar.ask(
                f"Not saved. {words.of(error)}",
                {f"Write {key} anew": lambda: session.save({key}), "Leave it": lambda: None},
            )
        else:
            kept = "Your text is kept in the recovery store."
            said = f"Not saved. {words.of(error, session.path)} {kept}"
            self._notices.warn(said, "Try again", session.save, about=session)
        self._window.state.setText("Not saved")

    def _save_in_place(self, session: Session) -> None:
        """From now on this review is written over where it lies, each time with a recovery copy first."""
        session.in_place = True
        session.save()

    def _not_kept(self, session: Session, error: Exception) -> None:
        said = f"No recovery copy can be written. {words.of(error, self._desk.recovery.folder)} Save often."
        self._notices.warn(said, about=session)

    def _unkept(self, error: Exception, what: str = "Older versions") -> None:
        said = words.of(error, self._desk.history.folder)
        self._notices.warn(f"{what} cannot be kept. {said}", about=self._desk.history)

    def save_copy(self) -> None:
        session = self._desk.current
        if session is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save a copy", str((session.folder or home()) / "copy.md"), TEXTS
        )
        if name:
            self._write(Path(name), self.content(session).to_bytes(), "Saved a copy as")

    def _write(self, path: Path, data: bytes, verb: str) -> None:
        self._tasks.run(
            lambda: overwrite(path, data),
            lambda _: self._notices.say(f"{verb} {path.name}.", "Show it", lambda: _show(path.parent)),
            lambda error: self._notices.warn(f"Not saved. {words.of(error, path)}"),
        )

    def content(self, session: Session) -> Document:
        """The file as a save would write it now."""
        base = session.opened.reading.document if session.opened else session.begun
        if not session.readable:
            return base.with_text(session.text)
        try:
            return write_document(base, session.review, session.text)
        except CannotPatch:
            return base.with_text(session.text)

    def revert(self) -> None:
        session = self._desk.current
        if session is not None and session.dirty:
            session.revert()
            self._notices.say("Back at the saved version. Undo brings your changes back.")

    def show_raw(self) -> None:
        session = self._desk.current
        if session is None:
            return
        content = self.content(session)
        broken = session.opened.reading.broken if session.opened else None
        text = content.to_bytes().decode("utf-8", "replace")
        line = broken.line if broken else 1
        folder = session.folder
        late.module("ui.dialogs.small").raw_dialog(
            session.name, text, line, session.path, self._theme, lambda: _show(folder) if folder else None, self._window
        ).exec()

    # what others changed

    def _outside(self, session: Session) -> None:
        if session is not self._desk.current:
            return
        self._window.editor.bar.ask(
            f"{session.path.name if session.path else 'The file'} was changed by another program while you were writing.",
            {
                "Compare": lambda: self._compare(session),
                "Keep mine": lambda: self._keep_mine(session),
                "Take theirs": session.take_theirs,
            },
        )

    def _unreadable(self, session: Session, error: Exception) -> None:
        self._notices.warn(
            f"Another program wrote over the review. {words.of(error, session.path)} What you see here is the former text.",
            "Write it again",
            lambda: self._write_again(session),
        )

    def _write_again(self, session: Session) -> None:
        """Save over a file that is no text any more; what it held is kept beside."""
        session.look_at_theirs()
        self._keep_mine(session)
        session.save()

    def _keep_mine(self, session: Session) -> None:
        try:
            other = session.keep_mine()
        except OSError as error:
            self._notices.warn(words.of(error, session.path))
            return
        if other is not None:
            self._notices.say(f"Your text stays. Theirs is kept in {other.name}.")

    def _compare(self, session: Session) -> None:
        theirs = session.theirs_text or ""
        compare = late.module("ui.dialogs.compare")
        dialog = compare.CompareDialog(
            self._theme, f"Two versions of {session.name}",
            compare.Side("Yours", "in this window, not saved", session.text, USE),
            compare.Side("Theirs", "on the disk now", theirs, KEEP),
            (NOT_NOW,), "Whichever you take, the other stays: yours one undo away, theirs in a second file.", self._window,
        )  # fmt: skip
        dialog.finished.connect(lambda _: self._compared(session, dialog))
        dialog.open()

    def _compared(self, session: Session, dialog: Any) -> None:
        dialog.deleteLater()
        if dialog.answer == USE:
            self._keep_mine(session)
        elif dialog.answer == KEEP:
            session.take_theirs()
        else:
            self._outside(session)

    # the list's own acts

    def _menu(self, path: Path, place: QPoint) -> None:
        self.open(path)
        context_menu(self._window, self._actions).exec(place)

    def duplicate(self) -> None:
        session, library = self._desk.current, self._desk.library
        if session is None or session.path is None or library is None:
            return
        path = session.path
        self._tasks.run(
            lambda: duplicate(path, library),
            self._open_made,
            lambda error: self._notices.warn(f"Not duplicated. {words.of(error, path)}"),
        )

    def _open_made(self, path: Path) -> None:
        self.open(path)

    def rename(self) -> None:
        session = self._desk.current
        if session is None or session.path is None:
            return
        if session.dirty:
            self._notices.warn("Save the review first, then rename its folder.")
            return
        old = session.path.parent.name if session.path.name == NAME else session.path.name
        name, well = QInputDialog.getText(self._window, "Rename", "The folder’s name", text=old)
        if well and name.strip() and name != old:
            self.rename_to(session, name)

    def rename_to(self, session: Session, name: str) -> None:
        """Give the folder another name and go on with the review there."""
        assert session.path is not None
        old, history = session.path, self._desk.history

        def renamed(path: Path) -> None:
            self._desk.put_away(old)
            self.open(path)
            self._desk.renamed.emit(old, path)

        self._tasks.within(
            lambda: rename(old, name, history), renamed,
            lambda error: self._notices.warn(f"Not renamed. {error}"),
        )  # fmt: skip

    # the end

    def may_close(self) -> bool:
        """Ask about unsaved reviews; whatever the answer, their text is in the recovery store."""
        self._window.review.settle()
        unsaved = self._desk.unsaved
        for session in unsaved:
            session.keep_now()
        if not unsaved:
            return True
        names = ", ".join(session.name for session in unsaved[:3])
        question = QMessageBox(self._window)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle("Unsaved changes")
        question.setText(f"{names} {'has' if len(unsaved) == 1 else 'have'} changes that are not saved.")
        question.setInformativeText("What is not saved is kept and offered at the next start.")
        save = question.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        later = question.addButton("Keep for the next start", QMessageBox.ButtonRole.DestructiveRole)
        question.addButton("Go on writing", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(save)
        question.exec()
        if question.clickedButton() is save:
            self._save_and_close(unsaved)
            return False
        return question.clickedButton() is later

    def _save_and_close(self, unsaved: list[Session]) -> None:
        """Save all, then close; a review that has no title yet comes to the front and asks for one."""
        nameless = next((s for s in unsaved if s.path is None and not s.review.title.strip()), None)
        if nameless is not None:
            self._desk.bring(nameless)
            self.save()
            return
        self._closing = True
        for session in unsaved:
            self._joined(session)
            session.save()

    def _go_on_closing(self) -> None:
        if not any(session.saving for session in self._desk.sessions):
            self._closing = False
            self._window.close()


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
