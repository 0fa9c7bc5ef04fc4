"""Out of the editor: on paper, as a PDF, onto the clipboard for a mail, a content system, a short message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from reviewer.library.files import overwrite
from reviewer.library.folders import home
from reviewer.review.values import Still
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preview.scheme import register
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.window import Window


class SharingActs:
    """What takes the review in front somewhere else."""

    def __init__(self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks) -> None:
        self._window, self._desk, self._notices, self._tasks = window, desk, notices, tasks
        self._paper: Any = None
        actions.join({
            "export-page": self.export_page, "export-pdf": self.export_pdf, "print": self.print,
            "contact-sheet": self.export_contact_sheet, "copy-rich": self.copy_rich, "copy-html": self.copy_html, "short-form": self.short_form,
        })  # fmt: skip

    # files

    def _ask_file(self, title: str, ending: str, kind: str) -> Path | None:
        """Ask where the review in front goes; its own folder and name are proposed."""
        session = self._desk.current
        if session is None:
            return None
        return self._ask(title, (session.folder or home()) / f"{session.review.slug or 'review'}{ending}", kind)

    def _ask(self, title: str, start: Path, kind: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(start), f"{kind} (*{start.suffix})")
        return Path(name) if name else None

    def contact_sheet_of(self, chosen: Sequence[tuple[str, Still, Path]], title: str) -> None:
        """Ask for a file and write stills of several reviews into it, with their credits and permissions."""
        start = (self._desk.library or home()) / "contact-sheet.pdf"
        if (path := self._ask("Contact sheet as PDF", start, "PDF")) is not None:
            self.write_sheet(path, chosen, title)

    def write_sheet(self, path: Path, chosen: Sequence[tuple[str, Still, Path]], title: str) -> None:
        """Write a contact sheet as a PDF."""
        make, day = late.module("publish.contact").make_of, today()
        self._sheets(title, lambda: make(chosen, title, day), lambda paper: self._to_pdf(paper, path), path.parent)

    def _to_pdf(self, paper: Any, path: Path) -> None:
        def write(data: bytes) -> None:
            self._paper = None
            self._write(path, lambda: data)

        paper.to_pdf(write, self._no_sheets)

    def _write(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write in a thread what `make` gives there."""
        self._tasks.run(
            lambda: overwrite(path, make()),
            lambda _: self._notices.say(f"Wrote {path.name}."),
            lambda error: self._notices.warn(f"Not written. {words.of(error, path)}"),
        )

    def export_page(self) -> None:
        """Ask for a file and write one HTML page into it, the stills inside."""
        path, session = self._ask_file("Export as a web page", ".html", "Web page"), self._desk.current
        if path is not None and session is not None:
            self._write(path, self._page(session))

    def export_pdf(self) -> None:
        """Ask for a file and write the sheets into it."""
        if (path := self._ask_file("Export as PDF", ".pdf", "PDF")) is not None:
            self.write_pdf(path)

    def export_contact_sheet(self) -> None:
        """Ask for a file and write the review's stills with their credits and permissions into it."""
        if (path := self._ask_file("Contact sheet as PDF", "-stills.pdf", "PDF")) is not None:
            self.write_pdf(path, _contact_sheet)

    def write_pdf(self, path: Path, make: Callable[[Session], Callable[[], bytes]] | None = None) -> None:
        """Write the review in front as a PDF, or what `make` gives of it."""
        self._with_paper(lambda paper: self._to_pdf(paper, path), make)

    # paper

    def _with_paper(
        self, then: Callable[[Any], None], make: Callable[[Session], Callable[[], bytes]] | None = None
    ) -> None:
        """Render the review in a thread, put it on sheets, and go on with them."""
        session = self._desk.current
        if session is not None:
            self._sheets(session.review.title, (make or self._page)(session), then, session.folder)

    def _sheets(self, title: str, make: Callable[[], bytes], then: Callable[[Any], None], folder: Path | None) -> None:
        """Make a page in a thread, put it on sheets, and go on with them."""
        if not register():
            self._notices.warn(
                "This machine has no QtWebEngine, which lays out the sheets. Export as a web page instead."
            )
            return

        def made(html: bytes) -> None:
            self._paper = late.module("ui.preview.paper").Paper(html, title, self._window)
            then(self._paper)

        self._tasks.run(
            make,
            made,
            lambda error: self._notices.warn(f"The sheets could not be made. {words.of(error, folder)}"),
        )

    def _no_sheets(self) -> None:
        self._paper = None
        self._notices.warn("The sheets could not be made: the web engine gave nothing. Export as a web page instead.")

    def print(self) -> None:
        """Ask for a printer and print the sheets."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._desk.current is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self._window).exec():
            done = lambda: self._notices.say("Printed.")  # noqa: E731
            self._with_paper(lambda paper: paper.to_printer(printer, done, self._no_sheets))

    def _page(self, session: Session) -> Callable[[], bytes]:
        """How to make the web page of a review as it is now; to be called in a thread."""
        pages, review, text, folder = late.module("publish.webpage"), session.review, session.text, session.folder
        scales = self._desk.settings.scales

        def make() -> bytes:
            page: bytes = pages.make(review, text, folder, pages.own_style(), scales)
            return page

        return make

    # clipboard

    def _copy(self, make: Callable[[], tuple[str, str]], said: str) -> None:
        """Copy what `make` gives in a thread: HTML, and the plain text beside it."""

        def put(made: tuple[str, str]) -> None:
            html, plain = made
            data = QMimeData()
            data.setText(plain)
            if html:
                data.setHtml(html)
            QGuiApplication.clipboard().setMimeData(data)
            self._notices.say(said)

        self._tasks.run(make, put, lambda error: self._notices.warn(f"Not copied. {words.of(error)}"))

    def copy_rich(self) -> None:
        """Title, mark and text with links and emphasis, for a mail; as plain text it is the Markdown."""
        session = self._desk.current
        if session is not None:
            review, text, scales = session.review, session.text, self._desk.settings.scales
            rich = late.module("text.sharing").rich
            self._copy(lambda: (rich(review, text, scales), text), "Copied with links and emphasis.")

    def copy_html(self) -> None:
        """The text's HTML as plain text, for a content system's source box."""
        session = self._desk.current
        if session is not None:
            review, text = session.review, session.text
            fragment = late.module("text.sharing").fragment
            self._copy(lambda: ("", fragment(review, text)), "Copied as HTML.")

    def short_form(self) -> None:
        """Show the review in a few words, with their length, to be copied."""
        session = self._desk.current
        if session is not None:
            dialog = late.module("ui.dialogs.short").ShortForm(session.review, self._desk.settings.scales, self._window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.exec()


def _contact_sheet(session: Session) -> Callable[[], bytes]:
    """How to make the contact sheet of a review as it is now; to be called in a thread."""
    sheet, review, folder, day = late.module("publish.contact"), session.review, session.folder, today()

    def make() -> bytes:
        page: bytes = sheet.make(review, folder, day)
        return page

    return make
