"""Out of the editor: on paper, as a PDF, onto the clipboard for a mail, a content system, a short message."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from reviewer.library.files import replace
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preview.scheme import register
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class SharingActs:
    """What takes the review in front somewhere else."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._paper: Any = None
        actions.join({
            "print": self.print, "export-pdf": self.export_pdf, "copy-rich": self.copy_rich, "copy-html": self.copy_html,
            "short-form": self.short_form,
        })  # fmt: skip

    # paper

    def _with_paper(self, then: Callable[[Any], None]) -> None:
        """Render the review in a thread, put it on sheets, and go on with them."""
        session = self._desk.current
        if session is None:
            return
        if not register():
            self._notices.warn(
                "This machine has no QtWebEngine, which lays out the sheets. Export as a web page instead."
            )
            return
        review, text, folder = session.review, session.text, session.folder
        pages = late.module("publish.webpage")

        def made(html: bytes) -> None:
            self._paper = late.module("ui.preview.paper").Paper(html, review.title, self._window)
            then(self._paper)

        self._tasks.run(
            lambda: pages.make(review, text, folder, pages.own_style()),
            made,
            lambda error: self._notices.warn(f"The sheets could not be made. {words.of(error, folder)}"),
        )

    def _no_sheets(self) -> None:
        self._paper = None
        self._notices.warn("The sheets could not be made: the web engine gave nothing. Export as a web page instead.")

    def export_pdf(self) -> None:
        """Ask for a file and write the sheets into it."""
        session = self._desk.current
        if session is None:
            return
        start = (session.folder or Path.home()) / f"{session.review.slug or 'review'}.pdf"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export as PDF", str(start), "PDF (*.pdf)")
        if name:
            self.write_pdf(Path(name))

    def write_pdf(self, path: Path) -> None:
        """Write the review in front as a PDF."""

        def write(data: bytes) -> None:
            self._paper = None
            self._tasks.run(
                lambda: replace(Path(os.path.realpath(path)), data),
                lambda _: self._notices.say(f"Wrote {path.name}."),
                lambda error: self._notices.warn(f"Not written. {words.of(error, path)}"),
            )

        self._with_paper(lambda paper: paper.to_pdf(write, self._no_sheets))

    def print(self) -> None:
        """Ask for a printer and print the sheets."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._desk.current is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self._window).exec():
            done = lambda: self._notices.say("Printed.")  # noqa: E731
            self._with_paper(lambda paper: paper.to_printer(printer, done, self._no_sheets))

    # clipboard

    def _copy(self, make: Callable[[Session], tuple[str, str]], said: str) -> None:
        """Copy what `make` gives in a thread: HTML, and the plain text beside it."""
        session = self._desk.current
        if session is None:
            return

        def put(made: tuple[str, str]) -> None:
            html, plain = made
            data = QMimeData()
            data.setText(plain)
            if html:
                data.setHtml(html)
            QGuiApplication.clipboard().setMimeData(data)
            self._notices.say(said)

        self._tasks.run(lambda: make(session), put, lambda error: self._notices.warn(f"Not copied. {words.of(error)}"))

    def copy_rich(self) -> None:
        """Title, mark and text with links and emphasis, for a mail; as plain text it is the Markdown."""
        session = self._desk.current
        if session is not None:
            review, text = session.review, session.text
            self._copy(
                lambda _: (late.module("text.sharing").rich(review, text), text), "Copied with links and emphasis."
            )

    def copy_html(self) -> None:
        """The text's HTML as plain text, for a content system's source box."""
        session = self._desk.current
        if session is not None:
            review, text = session.review, session.text
            self._copy(lambda _: ("", late.module("text.sharing").fragment(review, text)), "Copied as HTML.")

    def short_form(self) -> None:
        """Show the review in a few words, with their length, to be copied."""
        session = self._desk.current
        if session is not None:
            late.module("ui.dialogs.short").ShortForm(session.review, self._window).exec()
