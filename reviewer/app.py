"""The window's program: makes the parts, and joins them. The only place that knows all of them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import faulthandler
import gc
import json
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTimer, QTranslator, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QStyleFactory

from reviewer import __version__
from reviewer.library.crash import hard_log, left_by_last_run, print_error, report
from reviewer.library.crash import keep as keep_report
from reviewer.library.folders import UserFolders, set_aside_since
from reviewer.library.runs import Lock, Runs
from reviewer.ui import late, words
from reviewer.ui import preferences as stored
from reviewer.ui.actions import Actions
from reviewer.ui.acts.blogs import BlogActs
from reviewer.ui.acts.diary import DiaryActs
from reviewer.ui.acts.everywhere import EverywhereActs
from reviewer.ui.acts.files import FileActs
from reviewer.ui.acts.history import HistoryActs
from reviewer.ui.acts.library import LibraryActs
from reviewer.ui.acts.lists import ListActs
from reviewer.ui.acts.looks import LookActs
from reviewer.ui.acts.mentions import MentionActs
from reviewer.ui.acts.plans import PlanActs
from reviewer.ui.acts.reading import ReadingActs
from reviewer.ui.acts.recovery import RecoveryActs
from reviewer.ui.acts.reviewsdesk import ReviewsDeskActs
from reviewer.ui.acts.rights import RightsActs
from reviewer.ui.acts.sharing import SharingActs
from reviewer.ui.acts.spelling import SpellingActs
from reviewer.ui.acts.stills import StillActs
from reviewer.ui.acts.stillsdesk import StillsDeskActs
from reviewer.ui.acts.templates import TemplateActs
from reviewer.ui.acts.trash import TrashActs
from reviewer.ui.acts.views import ViewActs
from reviewer.ui.acts.writing import WritingActs
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preview.scheme import prepare, register
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.thumbnails import Thumbnails
from reviewer.ui.window import Window

UNWELL = 2
"""Runs in a row that did not end well, from which on a safe start is offered."""
OFFER_AFTER = 200
"""Milliseconds after the first paint and the web view until recovered texts are offered."""
STORE_AFTER = 2000
"""Milliseconds after another library or review came in front until the settings are stored: a crash forgets no library."""
PREVIEW_AFTER = 150
"""Milliseconds after the first paint until the web view is made: its modules are the slow ones."""


class Program:
    """One window and what stands behind it."""

    def __init__(self, app: QApplication, folders: UserFolders, web: bool) -> None:
        self.app, self.folders, self._web = app, folders, web
        self._ended = self._telling = False
        self._begun = dt.datetime.now()
        self._reports = folders.data / "reports"
        self.preferences = stored.load(folders)
        self.theme = Theme(app, self.preferences.theme, self.preferences.text_scale)
        self.tasks = Tasks(app)
        self.notices = Notices(app)
        self.desk = Desk(folders, self.tasks, app)
        self.thumbnails = Thumbnails(Tasks(app, threads=2), folders.cache / "pictures.sqlite", app)
        self.actions = Actions(app)
        self.window = Window(self.theme, self.actions, self.thumbnails, self.preferences, self.notices)
        self.actions.adopt(self.window)
        self.theme.dress()
        self.files = FileActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.preferences, self.theme
        )
        self.recovery = RecoveryActs(self.window, self.desk, self.files, self.notices, self.theme)
        self.history = HistoryActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.actions.join({"recovery": self.recovery.show})
        self.writing = WritingActs(self.window, self.desk, self.actions, self.notices, self.tasks)
        self.pictures = StillActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.views = ViewActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.preferences, self.theme
        )
        self.blogs = BlogActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.views)
        self.everywhere = EverywhereActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.looks = LookActs(self.window, self.desk, self.actions, self.notices, self.preferences, self.theme)
        self.sharing = SharingActs(self.window, self.desk, self.actions, self.notices, self.tasks)
        self.spelling = SpellingActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.preferences)
        self.rights = RightsActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.stills = StillsDeskActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.rights, self.sharing
        )
        self.plans = PlanActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.trash = TrashActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.files, self.plans
        )
        self.reviews = ReviewsDeskActs(
            self.window,
            self.desk,
            self.actions,
            self.notices,
            self.tasks,
            self.theme,
            self.preferences,
            self.blogs,
            self.plans,
            self.trash,
        )
        self.library = LibraryActs(
            self.window,
            self.desk,
            self.actions,
            self.notices,
            self.tasks,
            self.theme,
            self.plans,
            self.reviews.search_for,
        )
        self.lists = ListActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.files, self.plans
        )
        self.mentions = MentionActs(
            self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.files, self.plans
        )
        self.diary = DiaryActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme, self.files)
        self.templates = TemplateActs(self.window, self.desk, self.actions, self.notices, self.theme, self.files)
        self.reading = ReadingActs(self.window, self.desk, self.actions, self.notices, self.tasks, self.theme)
        self.desk.picture_changed.connect(self.thumbnails.forget)
        self.window.painted.connect(self._painted)
        self.window.preview.rendering.differed.connect(self._note_difference)
        self._later = QTimer(self.window, singleShot=True, interval=PREVIEW_AFTER)
        self._later.timeout.connect(self._after_paint)
        self._offering = QTimer(self.window, singleShot=True, interval=OFFER_AFTER)
        self._offering.timeout.connect(self.recovery.offer)
        self._storing = QTimer(self.window, singleShot=True, interval=STORE_AFTER)
        self._storing.timeout.connect(self._store)
        self.desk.library_changed.connect(lambda _: self._storing.start())
        self.desk.session_changed.connect(lambda _: self._storing.start())
        app.aboutToQuit.connect(self.end)

    def start(self, path: Path | None, safe: bool = False) -> None:
        """Show the window with what the command line named, or with what was open last; `safe` shows nothing of the last time,
        and no web view."""
        if safe:
            self._web = False
            self.window.setWindowTitle("Reviewer (safe start)")
            self.window.resize(1200, 800)
        else:
            self.window.restore_place()
        self.desk.hold()
        if path is not None and path.is_dir():
            self.files.open_library(path.absolute(), any_first=True)
        elif path is not None:
            self._open_file(path.absolute())
        elif safe or not self.preferences.library:
            self.files.welcome()
        else:
            last = Path(self.preferences.last_review) if self.preferences.last_review else None
            self.files.open_library(Path(self.preferences.library), last, any_first=True, make=False)
        self.window.show()
        if self.desk.current is not None:
            self.window.editor.editor.setFocus()

    def _open_file(self, path: Path) -> None:
        library = path.parent.parent if path.name == "review.md" else path.parent
        if self.files.open(path, lambda _: self._open_around(path, library)) is None:
            self.files.welcome()

    def _open_around(self, path: Path, library: Path) -> None:
        """The library that a review lies in."""
        if path.name == "review.md":
            self.desk.open_library(library)

    def _painted(self) -> None:
        """The text is there and can be typed into: now what stands beside it."""
        if self._ended:
            return
        self.window.inspector.make_current()
        self.desk.release()
        self._later.start()

    def _after_paint(self) -> None:
        """What may come after the writer can type."""
        if self._ended:
            return
        gc.freeze()
        gc.enable()
        self.window.preview.make_page(self._web and register())
        self._offering.start()
        self.tasks.run(lambda: set_aside_since(self.folders, self._begun), self._tell_set_aside, lambda _: None)

    def _tell_set_aside(self, found: list[Path]) -> None:
        """Say which of the program's own files could not be read."""
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            name = found[0].name.partition(".bad-")[0]
            self.notices.warn(
                f"{name}{more} could not be read and was set aside as {words.place(found[0])}. What it held has its default; "
                "no review is concerned."
            )

    def _note_difference(self, found: dict[str, Any]) -> None:
        """Write down where the preview's two ways of rendering disagree, for a report of the fault."""
        with contextlib.suppress(OSError):
            self.folders.cache.mkdir(parents=True, exist_ok=True)
            with (self.folders.cache / "preview-differences.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")

    def _store(self) -> None:
        now = dataclasses.replace(self.preferences)
        self.tasks.run(lambda: stored.store(self.folders, now), lambda _: None, lambda _: None)

    def end(self) -> None:
        """Write the settings, end the processes and threads."""
        self._ended = True
        self._storing.stop()
        self._later.stop()
        self._offering.stop()
        self.recovery.end()
        self.stills.end()
        self.blogs.end()
        self.desk.end()
        self.window.preview.stop()
        self.tasks.finish()
        with contextlib.suppress(OSError):
            stored.store(self.folders, self.preferences)
        self.thumbnails.end()

    def listen_later(self) -> None:
        """Hear later starts, as soon as the window stands."""
        QTimer.singleShot(PREVIEW_AFTER, self.window, self._listen)

    def _listen(self) -> None:
        self._listener = late.module("ui.instance").Listener(self.folders, self.window)
        self._listener.asked.connect(self.come_forward)

    def come_forward(self, path: str, token: str) -> None:
        """Another start asked for this window, perhaps with a file or folder to open."""
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.window.show()
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()
        if path:
            named = Path(path)
            if named.is_dir():
                self.files.open_library(named, any_first=True)
            else:
                self.files.open(named)

    def last_chance(self, _: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Something failed that nobody caught: write the recovery copies first, then say so and show a report."""
        for session in self.desk.sessions:
            with contextlib.suppress(Exception):
                session.keep_now()
        print_error(error, trace)
        text = report(error, trace, {"Qt": qVersion()})
        with contextlib.suppress(OSError):
            keep_report(self._reports, text)
        if not self._ended:
            QTimer.singleShot(0, self.window, lambda: self._tell("Something went wrong", text))

    def tell_of_last_run(self) -> None:
        """Show what the last run wrote if it died of a signal; then let Python write there if this one does."""
        text = left_by_last_run(self._reports)
        if text:
            self._tell("Reviewer stopped the last time", text)
        with contextlib.suppress(OSError):
            self._reports.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._hard = hard_log(self._reports).open("w")
            faulthandler.enable(self._hard)

    def _tell(self, title: str, text: str) -> None:
        """Show a report, one at a time: a fault that comes again and again must not fill the screen."""
        if self._telling:
            return
        self._telling = True
        said = (
            "What you typed is kept in the recovery store. You can go on; if something looks odd, save and start again."
        )
        dialog = late.module("ui.dialogs.crash").CrashDialog(title, said, text, self.theme, self.window)
        dialog.finished.connect(self._told)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _told(self) -> None:
        self._telling = False


def run(name: str | None, safe: bool = False) -> int:
    """Open the window, or bring the one that is open to the front; returns the exit status when it is closed."""
    gc.disable()  # what is made at the start stays; looking for garbage among it costs a tenth of the start
    prepare()
    QCoreApplication.setApplicationName("Reviewer")
    QCoreApplication.setApplicationVersion(__version__)
    app = QApplication([sys.argv[0]])
    app.setDesktopFileName("reviewer")
    app.setStyle(QStyleFactory.create("Fusion"))
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    folders = UserFolders.standard()
    path = Path(name) if name else None
    first, lock = True, None
    try:
        lock = Lock.take(folders.data / "window.lock")
        first = lock is not None
    except OSError:
        pass  # a home that cannot be written has no lock, and no recovery store that two windows could share
    if not first:
        if late.module("ui.instance").ask_first(folders, path):
            return 0
        if not _second_window():
            return 1
    runs = Runs(folders.data)
    unwell = runs.begin() if first else 0
    program = Program(app, folders, web=True)
    sys.excepthook = program.last_chance
    program.start(path, safe or (unwell >= UNWELL and _safely(unwell)))
    if first:
        program.tell_of_last_run()
        program.listen_later()
    status = int(app.exec())
    if first:
        runs.end()
    if lock is not None:
        lock.release()
    return status


def _second_window() -> bool:
    """Ask whether to open a second window, since the first does not answer."""
    question = QMessageBox()
    question.setWindowTitle("Reviewer")
    question.setText("Reviewer is open already and does not answer.")
    question.setInformativeText("It may be waiting for a slow disk. What you typed there is in the recovery store.")
    open_ = question.addButton("Open a second window", QMessageBox.ButtonRole.AcceptRole)
    question.addButton("Wait", QMessageBox.ButtonRole.RejectRole)
    question.exec()
    return question.clickedButton() is open_


def _safely(times: int) -> bool:
    """Ask whether to start without what might be the cause, since the last runs did not end well."""
    question = QMessageBox()
    question.setWindowTitle("Reviewer")
    question.setText(f"The last {times} times Reviewer did not end as it should.")
    question.setInformativeText(
        "A safe start opens no review and no web view. Nothing is lost: what was typed is offered."
    )
    question.addButton("Start as usual", QMessageBox.ButtonRole.AcceptRole)
    safe = question.addButton("Safe start", QMessageBox.ButtonRole.RejectRole)
    question.exec()
    return question.clickedButton() is safe
