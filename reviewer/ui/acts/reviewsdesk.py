"""The desk of the library's reviews: searched in threads, kept up to date, its wishes carried out as one change."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QInputDialog

from reviewer.review.query import All, Query, parse
from reviewer.review.terms import replaced, used
from reviewer.review.values import Review
from reviewer.text.fields import BadField, assign
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.acts.blogs import BlogActs
from reviewer.ui.acts.plans import PlanActs, of_review
from reviewer.ui.acts.stillsdesk import BACK
from reviewer.ui.acts.trash import TrashActs
from reviewer.ui.desk import DIARY, Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preferences import Preferences
from reviewer.ui.session import today
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

MOST_SNIPPETS = 300
"""Finds of which the place in the text is shown."""


class ReviewsDeskActs:
    """Opens the desk and does what it asks for. It is made when it is first wanted."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, preferences: Preferences,
        blogs: BlogActs, plans: PlanActs, trash: TrashActs,
    ) -> None:  # fmt: skip
        self._window, self._desk, self._actions, self._notices = window, desk, actions, notices
        self._tasks, self._theme, self._preferences, self._trash = tasks, theme, preferences, trash
        self._blogs, self._plans = blogs, plans
        self.view: Any = None
        self._values: dict[str, Sequence[str]] = {}
        self._searching = self._again = False
        self._soon = QTimer(window, singleShot=True, interval=200)
        self._soon.timeout.connect(self._search)
        self._filtering = QTimer(window, singleShot=True, interval=80)
        self._filtering.timeout.connect(self._filter)
        window.library.filter.textChanged.connect(lambda _: self._filtering.start())
        actions.join({"reviews-desk": self.open, "go-write": self._write, "filter": self._to_search})
        actions.join(dict.fromkeys(BACK, self._back))
        desk.session_changed.connect(lambda _: self._back())
        for signal in (desk.indexed, desk.scanned, desk.diary_changed):
            signal.connect(self._changed)
        desk.settings_changed.connect(self._use)
        desk.library_changed.connect(lambda _: self._use())

    # opening

    @property
    def shown(self) -> bool:
        return self.view is not None and self._window.front is self.view

    def open(self) -> None:
        """Bring the desk to the front, with the review chosen that was in front."""
        if self._desk.library is None:
            self._notices.say("There is no library open.")
            return
        if self.view is None:
            self._make()
        self._window.show_front(self.view, keep=True)
        self._search()
        self.view.setFocus()

    def _make(self) -> None:
        self.view = view = late.module("ui.reviewsdesk.desk").ReviewsDesk(
            self._theme, self._actions, self._window.thumbnails, today, self._window
        )
        view.search.values = self._values_of
        view.search.today = today
        view.asked.connect(self._search)
        view.open_wanted.connect(self._go)
        view.change_wanted.connect(self.change)
        view.status_wanted.connect(self.set_status)
        view.term_wanted.connect(self.ask_term)
        view.export_wanted.connect(self._blogs.export_these)
        view.trash_wanted.connect(self._trash.ask_these)
        view.archive_wanted.connect(self._trash.archive)
        view.saved_changed.connect(self._keep_searches)
        view.new_wanted.connect(self._actions["new"].trigger)
        view.undo_wanted.connect(self._plans.undo)
        view.left.connect(self.leave)
        view.view_changed.connect(lambda at: setattr(self._preferences, "reviews_view", at))
        view.columns_changed.connect(lambda names: setattr(self._preferences, "reviews_columns", tuple(names)))
        view.show_columns(self._preferences.reviews_columns)
        view.show_as(self._preferences.reviews_view)
        self._use()

    def leave(self) -> None:
        """Go back to the text."""
        self._back()
        self._window.editor.editor.setFocus()

    def _back(self) -> None:
        if self.shown:
            self._window.show_front(None)

    def _write(self) -> None:
        if self.shown:
            self.leave()

    def _to_search(self) -> None:
        if self.shown:
            self.view.to_search()

    def _go(self, path: Path) -> None:
        """Open a review; a day's film that has none is in the diary."""
        if path.name == DIARY:
            self._actions["diary"].trigger()
            return
        self._desk.open(path, lambda _: self.leave())

    def _use(self) -> None:
        if self.view is not None:
            self.view.use(self._desk.settings.scales)
            self.view.show_saved(self._desk.settings.searches)

    # searching

    def _changed(self) -> None:
        self._values.clear()
        if self.shown and not self._soon.isActive():
            self._soon.start()

    def _values_of(self, key: str) -> Sequence[str]:
        """What the library has for a key; read when it is first asked for."""
        index = self._desk.index
        if key not in self._values and index is not None:
            try:
                self._values[key] = late.module("library.searching").values(index, key)
            except sqlite3.Error:
                return ()
        return self._values.get(key, ())

    def _search(self) -> None:
        """Search in a thread; while one search runs, the next waits, and only the last is shown."""
        index = self._desk.index
        if self.view is None or index is None:
            return
        if self._searching:
            self._again = True
            return
        self._searching = True
        query, (order, backwards) = self.view.query, self.view.sorting
        diary, known = late.module("library.diary"), list(self._desk.entries.values())
        module = late.module("library.searching")

        def work() -> tuple[Any, Any, Mapping[Path, Any], Sequence[Any]]:
            found = module.search(index, query, order, backwards)
            seen = diary.for_calendar(index.library, known) if query.root == All() else []
            return found, module.facets(index, query), _snippets(module, found.paths, query), seen

        self._tasks.run(work, self._found, lambda error: self._not_found(index, error), 1)

    def _found(self, answer: tuple[Any, Any, Mapping[Path, Any], Sequence[Any]]) -> None:
        self._searching = False
        if self._again:
            self._again = False
            self._search()
            return
        found, facets, snippets, seen = answer
        entries = [entry for path in found.paths if (entry := self._desk.entries.get(path)) is not None]
        total = sum(not entry.archived for entry in self._desk.entries.values())
        self.view.show_found(entries, facets, snippets, total, seen)

    def _not_found(self, index: Any, error: Exception) -> None:
        self._searching = self._again = False
        if index is self._desk.index:
            self._notices.warn(f"The search gave out. {words.of(error)}")

    def _filter(self) -> None:
        """Find what the library column's filter asks for in the texts too, and by keys."""
        index, model = self._desk.index, self._window.library.model
        typed = self._window.library.filter.text()
        if index is None or not typed.strip():
            model.also(frozenset())
            return
        query = parse(typed, self._desk.settings.scales, today(), typing=True)
        module = late.module("library.searching")

        def found(answer: Any) -> None:
            if typed == self._window.library.filter.text():
                model.also(frozenset(answer.paths))

        # A filter of which nothing could be understood finds nothing, not everything.
        if query.root == All():
            model.also(frozenset())
            return
        self._tasks.run(
            lambda: module.search(index, query, "date"), found, lambda error: self._not_found(index, error), 1
        )

    def _keep_searches(self, searches: Sequence[tuple[str, str]]) -> None:
        self._desk.store_settings(dataclasses.replace(self._desk.settings, searches=tuple(searches)))

    # changing several

    def change(self, paths: Sequence[Path], field: str, typed: str) -> None:
        """Set one field, as typed, in these reviews."""
        scales = self._desk.settings.scales
        try:
            assign(Review(), field, typed, scales)
        except BadField as error:
            self._notices.warn(str(error))
            return
        label = field.rpartition(".")[2].replace("_", " ").capitalize()
        self._plans.change(label, paths, lambda review: assign(review, field, typed, scales), lambda one: ("", typed))

    def set_status(self, paths: Sequence[Path], status: str) -> None:
        """Give these reviews a status."""
        title = f"Status: {status}"
        self._plans.change(
            title,
            paths,
            lambda review: dataclasses.replace(review, status=status),
            of_review(lambda review: review.status),
        )

    def ask_term(self, paths: Sequence[Path], add: bool) -> None:
        """Ask for a category or tag to add to these reviews, or to take out of them."""
        entries = [self._desk.entries[path] for path in paths if path in self._desk.entries]
        kinds = {"category": "categories", "tag": "tags"}
        if add:
            known = [f"{kind}: {term}" for kind, name in kinds.items() for term in self._desk.terms(name)]
            hint = "Choose one, or type a new one after “tag:” or “category:”."
        else:
            known = sorted(
                {f"{kind}: {term}" for kind, name in kinds.items() for e in entries for term in getattr(e, name)}
            )
            hint = "What is to go?"
        if not known and not add:
            self._notices.say("These reviews have no categories and no tags.")
            return
        title = "Add a term" if add else "Remove a term"
        typed, yes = QInputDialog.getItem(self._window, title, hint, known or ["tag: "], 0, add)
        kind, _, term = typed.partition(":")
        kind, term = (kind.strip(), term.strip()) if kind.strip() in kinds and term else ("tag", typed.strip())
        if yes and term:
            self.set_term(paths, kind, term, add)

    def set_term(self, paths: Sequence[Path], kind: str, term: str, add: bool) -> None:
        """Add a category or tag to these reviews, or take it out of them."""
        title = f"{'Add' if add else 'Remove'} {kind} {term}"
        change = partial(_with_term if add else _without_term, kind=kind, term=term)
        self._plans.change(title, paths, change, of_review(lambda review: ", ".join(used(review, kind))))

    def search_for(self, typed: str) -> None:
        """Open the desk on a query."""
        self.open()
        if self.view is not None:
            self.view.search.setText(typed)


def _snippets(module: Any, paths: Sequence[Path], query: Query) -> Mapping[Path, Any]:
    """Where the words of a query stand in the first finds; of those that stand in a text at all."""
    if not query.words:
        return {}
    made = {path: module.snippet(module.text_of(path), query.words) for path in paths[:MOST_SNIPPETS]}
    return {path: one for path, one in made.items() if one.text}


def _with_term(review: Review, kind: str, term: str) -> Review:
    name = "categories" if kind == "category" else "tags"
    return dataclasses.replace(review, **{name: tuple(dict.fromkeys((*getattr(review, name), term)))})  # type: ignore[arg-type]


def _without_term(review: Review, kind: str, term: str) -> Review:
    return replaced(review, kind, [term], [])
