"""List posts in the window: made, changed, kept in step with the library, written for Letterboxd."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from reviewer.library.batch import Change
from reviewer.library.files import overwrite
from reviewer.library.folders import home
from reviewer.library.reviews import Opened, fresh
from reviewer.review.values import FilmList, Still
from reviewer.text.filmlist import Item, take_apart
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.acts.files import FileActs
from reviewer.ui.acts.plans import PlanActs
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import replace_all
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class ListActs:
    """What can be done with lists. The text of a list that is open changes in the editor, where it can be undone."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, files: FileActs,
        plans: PlanActs,
    ) -> None:  # fmt: skip
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._files, self._plans = files, plans
        self.dialog: Any = None
        self._told: set[tuple[Path | None, str]] = set()
        actions.join({"film-list": self.ask, "lists-in-step": self.bring_all, "letterboxd-list": self.ask_letterboxd})
        desk.session_changed.connect(self._look)
        desk.indexed.connect(lambda: self._look(desk.current))

    def ask(self) -> None:
        """Show the films of the list in front, or ask for a new list."""
        if self._desk.index is None:
            self._notices.say("There is no library open, or it is still being read.")
            return
        session = self._desk.current
        now = session if session is not None and session.review.list_ else None
        module = late.module("ui.dialogs.filmlist")
        if now is None:
            dialog = module.FilmListDialog(self._theme, self._tasks, self._desk, self._window)
            dialog.wanted.connect(self.make)
        else:
            asked, scales = now.review.list_, self._desk.settings.scales
            items = take_apart(now.text, scales).items
            ranked = items[::-1] if asked.order == "countdown" else items
            dialog = module.FilmListDialog(self._theme, self._tasks, self._desk, self._window, asked, ranked, now.path)
            dialog.wanted.connect(lambda asked, films, _, stills: self.change(now, asked, films, stills))
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def make(self, asked: FilmList, films: Sequence[Any], title: str, stills: bool) -> None:
        """Put a new list post into the library and open it."""
        library = self._desk.library
        if library is None:
            return
        review = fresh(title, today=today(), author=self._desk.settings.author)
        module = late.module("library.filmlists")

        def made(opened: Opened) -> None:
            self._files.open(opened.path)
            self._desk.relist([opened.path])

        self._tasks.run(
            lambda: module.make(
                library, dataclasses.replace(review, list_=asked), films, with_stills=stills, history=self._desk.history
            ),
            made,
            lambda error: self._notices.warn(f"The list was not made. {words.of(error, library)}"),
        )

    def change(self, session: Session, asked: FilmList, films: Sequence[Any], stills: bool) -> None:
        """Let the list in front have these films; its text is one step of undo."""
        there = {item.key for item in take_apart(session.text, self._desk.settings.scales).items}
        folder, module = session.folder, late.module("library.filmlists")

        def work() -> list[tuple[Item, Still | None]]:
            return [
                module.carried(one, folder) if stills and folder is not None and one.item.key not in there else (one.item, None)
                for one in films
            ]  # fmt: skip

        def take(carried: list[tuple[Item, Still | None]]) -> None:
            made = module.step(session.text, asked, [item for item, _ in carried], self._desk.settings.scales)
            session.change("List", dataclasses.replace(session.review, list_=asked))
            session.add_stills([still for _, still in carried if still is not None])
            replace_all(session.document, made.text)

        self._tasks.run(work, take, lambda error: self._notices.warn(words.of(error)))

    # in step

    def _look(self, session: Session | None) -> None:
        """See whether the list in front is in step with the library, and say so once where it is not."""
        index = self._desk.index
        if session is None or index is None or session.review.list_.kept != "in-step":
            return
        asked, text, path, scales = session.review.list_, session.text, session.path, index.scales
        module = late.module("library.filmlists")

        def work() -> Any:
            found = [one.item for one in module.candidates(index, asked, today(), path)]
            return found, module.step(text, asked, found, scales)

        def say(answer: Any) -> None:
            found, step = answer
            told = (path, step.text)
            if session is self._desk.current and step.text != text == session.text and told not in self._told:
                self._told.add(told)
                self._notices.say(f"This list is not in step with the library. {_said(step)}", "Bring it in step",
                                  lambda: self._bring(session, found))  # fmt: skip

        self._tasks.run(work, say, lambda _: None)

    def _bring(self, session: Session, found: Sequence[Item]) -> None:
        """Bring a list in step as it is by now: what was typed meanwhile stays."""
        module = late.module("library.filmlists")
        if session in self._desk.sessions:
            step = module.step(session.text, session.review.list_, found, self._desk.settings.scales)
            replace_all(session.document, step.text)

    def bring_all(self) -> None:
        """Plan that every list of the library that is kept in step is."""
        index, module = self._desk.index, late.module("library.filmlists")
        if index is None:
            self._notices.say("There is no library open, or it is still being read.")
            return
        scales = index.scales

        def names(data: bytes) -> str:
            return ", ".join(take_apart(data.decode("utf-8", "replace"), scales).names)

        self._plans.plan_made(
            "Bring lists in step", lambda: list(module.keeping(module.lists(index), index, today())),
            lambda one: (names(one.before), names(one.after)) if isinstance(one, Change) else ("", ""),
        )  # fmt: skip

    # Letterboxd

    def ask_letterboxd(self) -> None:
        """Ask where the list in front is to be written for Letterboxd."""
        session = self._desk.current
        if session is None or not take_apart(session.text).items:
            self._notices.say("The text in front has no list of films.")
            return
        start = (session.folder or home()).parent / f"{session.folder.name if session.folder else 'list'}.csv"
        name, _ = QFileDialog.getSaveFileName(self._window, "A list for Letterboxd", str(start), "CSV (*.csv)")
        if name:
            self.write_letterboxd(session, Path(name))

    def write_letterboxd(self, session: Session, output: Path) -> None:
        """Write the list in front as a list for Letterboxd."""
        review, listing = session.review, take_apart(session.text, self._desk.settings.scales)
        module = late.module("interop.letterboxd")
        self._tasks.run(
            lambda: overwrite(
                output, module.film_list(review.title, review.tags, review.excerpt, listing, review.list_.order)
            ),
            lambda _: self._notices.say(f"{output.name} can be imported at Letterboxd as a list."),
            lambda error: self._notices.warn(f"Not written. {words.of(error, output)}"),
        )


def _said(step: Any) -> str:
    """Which films come and go, in a few words."""
    parts = []
    for one, several, items in (("comes", "come", step.came), ("goes", "go", step.went)):
        if items:
            parts.append(f"{items[0].name} {one}." if len(items) == 1 else f"{len(items)} films {several}.")
    return " ".join(parts) or "Marks or their order changed."
