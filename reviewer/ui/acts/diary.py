"""The diary in the window: what was seen is written down, changed, written about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reviewer.library.reviews import fresh
from reviewer.review.films import filled
from reviewer.text.mentions import film_name
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.acts.files import FileActs
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import today
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class DiaryActs:
    """Reads and writes the library's diary in a thread; each change can be taken back from the notice."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        actions: Actions,
        notices: Notices,
        tasks: Tasks,
        theme: Theme,
        files: FileActs,
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._files = files
        self.dialog: Any = None
        actions.join({"diary": self.show})
        desk.diary_changed.connect(self._read)

    def show(self) -> None:
        """Show the diary."""
        if self._desk.library is None:
            self._notices.say("There is no library open.")
            return
        films = [film_name(*film) for film in self._desk.known_films()]
        dialog = self.dialog = late.module("ui.dialogs.diary").DiaryDialog(self._theme, films, self._window)
        dialog.add_wanted.connect(lambda viewing: self.add([viewing]))
        dialog.change_wanted.connect(self.change)
        dialog.write_wanted.connect(self.write_about)
        dialog.open_wanted.connect(self._files.open)
        dialog.import_wanted.connect(self.take_in)
        dialog.finished.connect(self._over)
        dialog.open()
        self._read()

    def _over(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None

    def _read(self) -> None:
        """Show the diary as it is on the disk and in the reviews."""
        dialog, library, module = self.dialog, self._desk.library, late.module("library.diary")
        if dialog is None or library is None:
            return
        entries = list(self._desk.entries.values())
        titles = {entry.path: entry.title for entry in entries}

        def work() -> tuple[Any, Sequence[str]]:
            found = module.read(library)
            return module.seen(found, entries), found.faults

        def show(answer: tuple[Any, Sequence[str]]) -> None:
            if dialog is self.dialog:
                dialog.show_rows(answer[0], titles, answer[1])

        self._tasks.run(work, show, self._warn)

    def _warn(self, error: Exception) -> None:
        said = words.of(error, self._desk.library)
        self._notices.warn(f"The diary: {said}")
        if self.dialog is not None:
            self.dialog.said.setText(said)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def finished(answer: Any) -> None:
            self._read()
            done(answer)

        self._tasks.run(work, finished, self._warn)

    def add(self, viewings: Sequence[Any]) -> None:
        """Write viewings down."""
        library, module = self._desk.library, late.module("library.diary")
        if library is not None:
            self._do(lambda: module.append(library, viewings), lambda count: self._say_added(viewings, count))

    def _say_added(self, viewings: Sequence[Any], count: int) -> None:
        if self.dialog is not None:
            self.dialog.written()
        if count == 1 == len(viewings):
            self._notices.say(f"{viewings[0].film} is in the diary.")
        elif count:
            self._notices.say(f"{count:,} viewings are in the diary.")
        else:
            self._notices.say("That is in the diary already.")

    def change(self, row: Any, viewing: Any) -> None:
        """Change a row of the diary; None takes it out."""
        library, module = self._desk.library, late.module("library.diary")
        if library is None or row is None or row.record is None:
            return

        def back(record: str) -> None:
            self._do(lambda: module.put_back(library, row.record, record), lambda _: None)

        def done(record: str) -> None:
            if viewing is None:
                self._notices.say(f"{row.viewing.film} is out of the diary.", "Undo", lambda: back(record))

        self._do(lambda: module.replaced(library, row.record, row.viewing, viewing), done)

    def take_in(self, path: Path) -> None:
        """Take the viewings of a Letterboxd export in."""
        module = late.module("library.diary")
        self._tasks.run(lambda: module.from_letterboxd(path), self.add, self._warn)

    def write_about(self, viewing: Any) -> None:
        """Begin a review about what was seen."""
        module = late.module("library.diary")
        made = fresh("", today=today(), author=self._desk.settings.author)
        review = module.review_of(viewing, self._desk.settings.scales, made)
        self._files.begin(filled(review, self._desk.features_of(review)))
