"""Films that name each other: what lies around a review, and first mentions linked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reviewer.library.batch import Change
from reviewer.library.listing import describe
from reviewer.library.reviews import fresh
from reviewer.text.mentions import film, film_name, linked_first, mentions
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


class MentionActs:
    """Shows what lies around a review and links what it names."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, files: FileActs,
        plans: PlanActs,
    ) -> None:  # fmt: skip
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._files, self._plans = files, plans
        self.dialog: Any = None
        actions.join({"around": self.show, "link-mentions": self.link_here, "link-all-mentions": self.link_all})

    def show(self) -> None:
        """Show the films around the review in front."""
        session, index = self._desk.current, self._desk.index
        if session is None or index is None:
            self._notices.say("There is no review in front, or the library is still being read.")
            return
        dialog = self.dialog = late.module("ui.dialogs.around").AroundDialog(session.name, self._theme, self._window)
        dialog.open_wanted.connect(self._go)
        dialog.new_wanted.connect(self._begin)
        dialog.link_wanted.connect(self.link_here)
        dialog.link_wanted.connect(lambda: self._fill(session))
        dialog.link_all_wanted.connect(self.link_all)
        dialog.finished.connect(self._over)
        dialog.open()
        self._fill(session)

    def _over(self) -> None:
        self.dialog.deleteLater()
        self.dialog = None

    def _fill(self, session: Session) -> None:
        index, dialog = self._desk.index, self.dialog
        review, text, path = session.review, session.text, session.path
        if index is None or dialog is None:
            return
        films = [] if review.list_ else [(one.film.title or review.title, one.film.year) for one in review.features]
        others = [(title, one.film.year) for one in review.features for title in one.film.other_titles]
        module = late.module("library.mentioned")
        own = {name.casefold() for name, _ in films}
        named = [
            (one, self._desk.find_film(one.title, one.year))
            for one in mentions(text)
            if one.title.casefold() not in own and (one.linked or self._desk.settings.is_film(one.name))
        ]
        open_links = linked_first(text, self._known(session)).count("[[") - text.count("[[")

        def show(found: Any) -> None:
            if dialog is self.dialog:
                title, year = films[0] if films else (review.title, None)
                dialog.show_found(film_name(title, year), "this review", found, named, open_links)

        self._tasks.run(
            lambda: module.naming(index, [*films, *others], path),
            show,
            lambda error: self._notices.warn(words.of(error)),
        )

    def _go(self, path: Path, line: int) -> None:
        self._files.open(path, lambda _: self._window.editor.editor.go_to(line))

    def _begin(self, name: str) -> None:
        """Begin the review of a film that has none yet."""
        title, year = film(name)
        self._files.begin(fresh(title, title, year, today(), self._desk.settings.author))

    # linking

    def _known(self, session: Session) -> Any:
        module = late.module("library.mentioned")
        entry = describe(session.path or Path(), session.review, "", today())
        return module.others(module.knows(self._desk.entries.values()), entry)

    def link_here(self) -> None:
        """Put the first mention of each film that the library has a review of into double brackets, as one step of undo."""
        session = self._desk.current
        if session is None:
            return
        made = linked_first(session.text, self._known(session))
        count = made.count("[[") - session.text.count("[[")
        replace_all(session.document, made)
        said = (
            f"{count:,} {'film is' if count == 1 else 'films are'} linked."
            if count
            else "Every film that is named and reviewed is linked."
        )
        self._notices.say(said)

    def link_all(self) -> None:
        """Plan the same for all reviews of the library."""
        module, entries = late.module("library.mentioned"), list(self._desk.entries.values())

        def said(one: Any) -> tuple[str, str]:
            if not isinstance(one, Change):
                return "", ""
            before, after = (data.decode("utf-8", "replace") for data in (one.before, one.after))
            linked = {mention.name for mention in mentions(before) if mention.linked}
            new = [mention.name for mention in mentions(after) if mention.linked and mention.name not in linked]
            return "", ", ".join(f"[[{name}]]" for name in new)

        self._plans.plan_made("Link first mentions", lambda: list(module.linking(entries)), said)
