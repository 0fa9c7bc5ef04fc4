"""What concerns the whole library: film facts, terms, scales, marks and categories, figures, links that follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reviewer.library.batch import Change
from reviewer.review.films import filled
from reviewer.review.marks import converted
from reviewer.review.terms import replaced, used
from reviewer.review.values import Review
from reviewer.text.mentions import film_name
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.acts.plans import PlanActs, of_review
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import today
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


class LibraryActs:
    """Opens the dialogs of the library and hands what they ask for to the plans."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme, plans: PlanActs,
        search_for: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._plans, self.search_for = plans, search_for
        self.dialog: Any = None
        actions.join({
            "terms": self.terms, "rule-of-marks": self.apply_rule, "convert-marks": self.convert_marks, "scales": self.scales,
            "figures": self.figures, "look-up-film": self.look_up, "share-facts": self.share_facts, "mend-links": self.mend_links,
        })  # fmt: skip
        desk.renamed.connect(self._follow)

    # film facts

    def look_up(self) -> None:
        """Look the film of the review in front up; what is taken is one step of undo."""
        session = self._desk.current
        if session is None:
            return
        at, features = self._window.film.at, session.review.features
        one = features[min(at, len(features) - 1)]
        asked = dataclasses.replace(session.review, film=one.film, rating=one.rating, credits=one.credits)

        def take(made: Review) -> None:
            now = list(session.review.features)
            now[min(at, len(now) - 1)] = made.features[0]
            session.change("Film facts", session.review.with_features(now))

        module = late.module("ui.dialogs.filmfacts")
        own = [
            module.Own(entry.path, place, title, year, entry.title)
            for entry in self._desk.entries.values()
            if entry.path != session.path and not entry.is_list
            for place, (title, year) in enumerate(entry.films)
        ]
        dialog = self.dialog = module.FilmFactsDialog(
            asked, own, self._desk.folders, self._tasks, self._theme, self._window
        )
        dialog.taken.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def share_facts(self) -> None:
        """Plan that the library's other reviews of the film in front get what they do not say of it yet."""
        session = self._desk.current
        if session is None:
            return
        paths, known = self._desk.reviews_of(session.review, session.path), session.review.features
        if not paths:
            self._notices.say("The library has no other review of this film.")
            return
        title = f"Facts of {film_name(session.review.film.title, session.review.film.year)}"
        self._plans.plan(title, paths, partial(filled, known=known), of_review(_film_words))

    # the whole library

    def terms(self) -> None:
        """Show all terms of the library, to be renamed, merged, split and removed."""
        if self._desk.index is None:
            self._notices.say("There is no library open, or it is still being read.")
            return
        dialog = self.dialog = late.module("ui.dialogs.terms").TermsDialog(
            self._theme, self._tasks, self._desk, self._window
        )
        dialog.change_wanted.connect(self._change_terms)
        dialog.search_wanted.connect(self.search_for)
        dialog.finished.connect(dialog.deleteLater)
        self._desk.indexed.connect(dialog.refresh)
        dialog.open()

    def _change_terms(
        self, title: str, kind: str, paths: Sequence[Path], old: Sequence[str], new: Sequence[str]
    ) -> None:
        self._plans.plan(title, paths, lambda review: replaced(review, kind, old, new), _terms(kind))

    def apply_rule(self) -> None:
        """Plan that each review gets the category that its mark leads to."""
        settings = self._desk.settings
        paths = [entry.path for entry in self._desk.entries.values() if entry.rating]
        change = partial(settings.rules.applied, scales=settings.scales)
        self._plans.plan("Categories by the rule of marks", paths, change, _terms("category"))

    def convert_marks(self) -> None:
        """Ask for two scales and plan that marks on the one become marks on the other."""
        dialog = self.dialog = late.module("ui.dialogs.convert").ConvertDialog(
            self._desk.settings.scales, list(self._desk.entries.values()), self._theme, self._window
        )
        dialog.accepted.connect(lambda: self._convert(dialog.source, dialog.target, dialog.keep))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def scales(self) -> None:
        """Show the scales of the library, to be changed."""
        dialog = self.dialog = late.module("ui.dialogs.scales").ScalesDialog(
            self._desk.settings.scales, list(self._desk.entries.values()), self._theme, self._window
        )
        dialog.kept.connect(
            lambda scales: self._desk.store_settings(dataclasses.replace(self._desk.settings, scales=scales))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def figures(self) -> None:
        """Show the figures of the library as charts."""
        if self._desk.index is None:
            self._notices.say("There is no library open, or it is still being read.")
            return
        dialog = self.dialog = late.module("ui.dialogs.figures").FiguresDialog(
            self._theme, self._tasks, self._desk, self._window
        )
        dialog.search_wanted.connect(self.search_for)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _convert(self, source: Any, target: Any, keep: bool) -> None:
        scales = self._desk.settings.scales
        paths = [e.path for e in self._desk.entries.values() if any(mark.scale == source.name for mark in e.rating)]
        change = partial(converted, scales=scales, source=source, target=target, keep=keep)
        title = f"{source.title} {'beside' if keep else 'as'} {target.title}"
        self._plans.plan(title, paths, change, of_review(lambda review: scales.line(review.rating)))

    def mend_links(self) -> None:
        """Plan that every link that leads nowhere leads to its review again, where that is known."""
        index, links = self._desk.index, late.module("library.links")
        if index is None:
            self._notices.say("There is no library open, or it is still being read.")
            return

        def make() -> Any:
            paths = [index.path(stored) for (stored,) in index.select("SELECT path FROM reviews ORDER BY path")]
            return list(links.mending(paths, links.Reviews(index)))

        self._plans.plan_made("Mend links", make, _changed_lines)

    def _follow(self, old: Path, new: Path) -> None:
        """Let the links of other reviews follow one that was renamed."""
        index, day, links = self._desk.index, today(), late.module("library.links")
        if index is None:
            return

        def make() -> Any:
            index.forget([old])
            index.update([new], day)
            paths = [index.path(stored) for (stored,) in index.select("SELECT path FROM reviews ORDER BY path")]
            return links.mending(paths, links.Reviews(index))

        self._plans.batches.make_and_carry_out("Links to it follow", make)


def _film_words(review: Review) -> str:
    """What a review says of its films, in a line."""
    parts = []
    for one in review.features:
        film, cast = one.film, sum(len(role.actors) for role in one.credits.cast)
        facts = (
            film_name(film.title, film.year), film.original_title, f"{film.runtime} min" if film.runtime else "",
            ", ".join((*film.countries, *film.genres)), ", ".join(name for crew in one.credits.crew for name in crew.people),
            f"{cast} in the cast" if cast else "", film.ids.imdb,
        )  # fmt: skip
        parts.append(" · ".join(fact for fact in facts if fact))
    return "; ".join(parts)


def _changed_lines(one: Any) -> tuple[str, str]:
    """The lines of a text that a change concerns, before and after."""
    if not isinstance(one, Change):
        return "", ""
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (one.before, one.after))
    pairs = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=False) if old != new]
    return " … ".join(old for old, _ in pairs), " … ".join(new for _, new in pairs)


def _terms(kind: str) -> Callable[[Any], tuple[str, str]]:
    return of_review(lambda review: ", ".join(used(review, kind)))
