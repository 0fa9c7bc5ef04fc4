"""New reviews from templates, and reviews kept as templates."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog

from reviewer.library.reviews import fresh
from reviewer.review.films import filled
from reviewer.text import mentions
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.mentions import film_name
from reviewer.text.patch import CannotPatch
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.acts.files import FileActs
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import today
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class TemplateActs:
    """Begins reviews with templates."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, theme: Theme, files: FileActs
    ) -> None:
        self._window, self._desk, self._notices, self._theme, self._files = window, desk, notices, theme, files
        self.dialog: Any = None
        actions.join({"new-from": self.ask, "keep-template": self.ask_keep})

    def ask(self) -> None:
        """Ask for a template."""
        found = late.module("library.templates").templates(self._desk.folders)
        films = [film_name(*film) for film in self._desk.known_films()]
        dialog = self.dialog = late.module("ui.dialogs.templates").TemplatesDialog(
            found, films, self._theme, self._window
        )
        dialog.chosen.connect(self.begin)
        dialog.folder_wanted.connect(self.open_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, template: Any, film: str = "", other: str = "") -> None:
        """A new review in front that begins with a template; without a film the caret is in the title, else in the text."""
        title, year = mentions.film(film)
        second = mentions.film(other)[0]
        made = fresh(
            f"{title} and {second}" if title and second else title, title, year, today(), self._desk.settings.author
        )
        module = late.module("library.templates")
        review, begun = module.begun(template, made, module.known(film, other, today()))
        self._files.begin(filled(review, self._desk.features_of(review)), begun, in_text=bool(title))

    def ask_keep(self) -> None:
        """Ask for a name, and keep the review in front as a template."""
        session = self._desk.current
        if session is None or not session.readable:
            return
        title, well = QInputDialog.getText(self._window, "Keep as a template", "Its name", text=session.review.title)
        if well and title.strip():
            self.keep(title.strip())

    def keep(self, title: str) -> None:
        """Keep the review in front as a template of that name."""
        session = self._desk.current
        if session is None or not session.readable:
            return
        module = late.module("library.templates")
        try:
            path = module.kept(self._desk.folders, title, "", self._files.content(session))
        except (OSError, CannotPatch, BrokenFrontMatter) as error:
            self._notices.warn(f"The template was not kept. {words.of(error)}")
            return
        self._notices.say(f"“{title}” is a template now.", "Open it", lambda: self._files.open(path))

    def open_folder(self) -> None:
        """Show the folder of the writer's own templates; it is made where it is missing."""
        folder = late.module("library.templates").own_folder(self._desk.folders)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._notices.warn(words.of(error, folder))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
