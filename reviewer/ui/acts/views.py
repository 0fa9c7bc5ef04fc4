"""What is in front: the columns that show it, findings, export, the palette, and what stands at the foot."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer.library.files import fingerprint
from reviewer.library.listing import Entry, about
from reviewer.library.reviews import features
from reviewer.review.findings import Finding, Severity
from reviewer.review.values import Film, Review
from reviewer.text import counts, outline
from reviewer.text.mentions import Mention, film
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preferences import Preferences
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import replace_all
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

if TYPE_CHECKING:
    from reviewer.ui.dialogs.palette import Choice

TABS = {"tab-review": "Review", "tab-film": "Film", "tab-stills": "Stills", "tab-check": "Check"}


class ViewActs:
    """Joins desk, window and preferences for all that is shown."""

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
        self._window, self._desk, self._actions, self._notices = window, desk, actions, notices
        self._tasks, self._preferences, self._theme = tasks, preferences, theme
        self._checking = self._check_again = False
        self._findings: tuple[Finding, ...] = ()
        for name, wish in (
            ("show-library", preferences.show_library),
            ("show-inspector", preferences.show_inspector),
            ("show-preview", preferences.preview),
        ):
            actions[name].setChecked(wish)
            actions[name].toggled.connect(partial(self._wish, name))
        actions.join({name: partial(self._tab, tab) for name, tab in TABS.items()})
        actions.join({
            "palette": self.palette,
            "keys": lambda: late.module("ui.dialogs.small").keys_dialog(actions, theme, window).exec(), "about": lambda: late.module("ui.dialogs.small").about_dialog(theme, window).exec(),
            "filter": self._filter, "go-write": window.editor.editor.setFocus,
            "next-column": lambda: window.walk(1), "previous-column": lambda: window.walk(-1),
            "next-finding": self._next_finding, "mark-ready": lambda: self._status("ready"),
            "mark-published": lambda: self._status("published"),
        })  # fmt: skip
        self._soon = QTimer(window, singleShot=True, interval=300)
        self._soon.timeout.connect(self.check_now)
        window.editor.editor.speller_changed.connect(self._soon.start)
        window.editor.header.clicked.connect(self._header_clicked)
        window.editor.moved.connect(window.preview.follow)
        window.editor.scrolled.connect(window.preview.scroll_to)
        window.preview.scrolled.connect(window.editor.editor.scroll_to)
        window.preview.line_clicked.connect(window.editor.editor.go_to)
        window.preview.link_clicked.connect(self._open_link)
        window.preview.film_clicked.connect(self._open_film)
        window.preview.counted.connect(self._counted)
        window.inspector.made.connect(self._panel_made)
        self._headings: list[outline.Heading] = []
        self._mentions: list[Mention] = []
        desk.session_changed.connect(self._session_changed)
        desk.session_closed.connect(lambda session: window.editor.editor.forget(session.document))
        desk.library_changed.connect(self._library_changed)
        desk.entries_found.connect(self._entries_found)
        desk.entries_gone.connect(window.library.model.remove)
        desk.scanned.connect(self._scanned)
        desk.unsaved_changed.connect(window.library.model.set_unsaved)
        desk.settings_changed.connect(self._settings_changed)
        window.raised.connect(desk.look_again)

    # what is in front

    def _session_changed(self, session: Session | None) -> None:
        window = self._window
        window.editor.show_session(session)
        window.preview.show_session(session)
        window.editor.tell_place()
        for panel in window.inspector.panels.values():
            if hasattr(panel, "show_session"):
                panel.show_session(session)
        window.library.show_current(session.path if session else None)
        if session is None:
            window.words.clear()
            window.state.clear()
            self._show_findings(())
            window.findings.hide()
            window.inspector.set_count(0)
            window.setWindowTitle("Reviewer")
            self._mentions, self._headings = [], []
            self._show_mentions()
            window.review.show_outline([])
            return
        if not session.property("shown"):
            session.setProperty("shown", True)
            session.text_changed.connect(self._soon.start)
            session.review_changed.connect(self._soon.start)
            for fact in (session.dirty_changed, session.kept, session.saved, session.save_failed):
                fact.connect(lambda *_: self._say_state())
            session.saved.connect(lambda _: self._after_save(session))
        self._title(session)
        self._say_state()
        waiting = next((s for s in self._desk.unsaved if s.path is None and s is not session), None)
        if waiting is not None:
            self._notices.say(f"{waiting.name} is not saved yet.", "Back to it", lambda: self._desk.bring(waiting))
        if window.isVisible():
            self.check_now()
        else:
            self._soon.start()

    def _after_save(self, session: Session) -> None:
        if session is self._desk.current:
            self._window.library.show_current(session.path)
            self._title(session)
            self._soon.start()

    def _title(self, session: Session) -> None:
        self._window.setWindowTitle(f"{session.name}[*] — Reviewer")
        self._window.setWindowModified(session.dirty)

    def _say_state(self) -> None:
        session = self._desk.current
        if session is None:
            return
        self._title(session)
        if session.saving:
            state = "Saving…"
        elif not session.dirty:
            state = (
                f"✓ Saved {dt.datetime.now():%H:%M}"
                if self._window.state.text().startswith(("Saving", "✓"))
                else "✓ Saved"
            )
        else:
            kept = session._kept_state is not None
            state = "Not saved, recovery copy kept" if kept else "Not saved"
        self._window.state.setText(state)

    def _counted(self, answer: dict[str, Any]) -> None:
        self._count(int(answer["words"]))
        if "mentions" in answer:
            self._mentions = [Mention(*row) for row in answer["mentions"]]
            self._show_mentions()
        if "outline" in answer:
            self._headings = [(line, level, words) for line, level, words in answer["outline"]]
            self._window.review.show_outline(self._headings)

    def _show_mentions(self) -> None:
        self._window.review.show_mentions(self._desk.mentioned(self._mentions))

    def _no_film(self, name: str) -> None:
        """Remember that words with a year name no film, for the whole library."""
        before = self._desk.settings
        self._desk.store_settings(dataclasses.replace(before, not_films=(*before.not_films, name)))

        def undo() -> None:
            now = self._desk.settings
            left = tuple(other for other in now.not_films if other != name)
            self._desk.store_settings(dataclasses.replace(now, not_films=left))

        self._notices.say(f"“{name}” is no film in this library.", "Undo", undo)

    def _settings_changed(self) -> None:
        settings, window = self._desk.settings, self._window
        window.editor.editor.know_no_films(settings.not_films)
        for shown in (window.library, window.editor.header, window.preview):
            shown.use(settings.scales)
        self._use_terms()
        if "Review" in self._window.inspector.panels:
            self._show_mentions()
        if "Film" in self._window.inspector.panels:
            window.film.use(settings.scales)

    def _count(self, count: int) -> None:
        """Say the words, how far they are to the goal, and how many came since the review was opened."""
        minutes, goal, session = counts.minutes(count), self._preferences.word_goal, self._desk.current
        words = "word" if count == 1 else "words"
        self._window.words.setText(f"{count:,}{f' of {goal:,}' if goal else ''} {words}      {minutes} min to read")
        if session is not None:
            if session.property("words") is None:
                session.setProperty("words", count)
            since = count - int(session.property("words"))
            self._window.words.setToolTip(f"{since:+,} since the review was opened")
        self._window.progress.setVisible(goal > 0)
        self._window.progress.setRange(0, max(1, goal))
        self._window.progress.setValue(min(count, goal))

    def _move_section(self, number: int, before: int) -> None:
        """Put a section before another heading, as one step of undo."""
        session = self._desk.current
        if session is not None and number < len(self._headings):
            lines = outline.moved(session.text.split("\n"), self._headings, number, before)
            replace_all(session.document, "\n".join(lines))
        self._window.review.show_outline(self._headings)

    # the library

    def _library_changed(self, library: Path) -> None:
        self._window.editor.editor.know_no_films(self._desk.settings.not_films)
        self._window.library.show_library(library.name, str(library))
        self._window.library.model.set_entries([])
        self._window.place.setText("Reading the library…")

    def _entries_found(self, entries: list[Any]) -> None:
        self._window.library.model.put(entries)
        if not self._desk.scanning:
            self._say_count()
        self._window.library.show_current(self._desk.current.path if self._desk.current else None)

    def _scanned(self) -> None:
        self._say_count()
        self._use_terms()

    def _use_terms(self) -> None:
        if "Review" not in self._window.inspector.panels:
            return
        self._window.review.use(self._desk.settings, self._desk.terms("categories"), self._desk.terms("tags"))

    def _say_count(self) -> None:
        count = len(self._desk.entries)
        self._window.place.setText(f"{count} {'review' if count == 1 else 'reviews'}")

    # findings

    def check_now(self) -> None:
        """Check the review in front in a thread; while one check runs, the next waits."""
        session = self._desk.current
        if session is None:
            return
        if self._checking:
            self._check_again = True
            return
        self._checking = True
        reading = session.opened.reading if session.opened else None
        known = tuple(dict.fromkeys([*self._desk.terms("categories"), *self._desk.terms("tags")]))
        checks = late.module("publish.check")
        subject = checks.Subject(
            session.review, session.text, session.text_line, session.folder, today(), known, self._desk.settings.levels,
            self._window.editor.editor.speller, self._desk.settings.scales,
            partial(_films_of_others, list(self._desk.entries.values()), session.review, session.path),
        )  # fmt: skip

        def work() -> tuple[Finding, ...]:
            if reading is not None and reading.broken is not None:
                return reading.findings
            found: tuple[Finding, ...] = checks.check(subject, reading.findings if reading else ())
            return found

        self._tasks.run(work, lambda found: self._checked(session, found), lambda _: self._checked(session, ()))

    def _checked(self, session: Session, findings: tuple[Finding, ...]) -> None:
        self._checking = False
        if self._check_again:
            self._check_again = False
            self.check_now()
        if session is not self._desk.current:
            return
        self._show_findings(findings)
        blocking = sum(finding.severity is Severity.BLOCKS for finding in findings)
        self._window.inspector.set_count(blocking)
        self._window.findings.setVisible(bool(blocking))
        verb = "finding blocks" if blocking == 1 else "findings block"
        self._window.findings.setText(f"⊗ {blocking} {verb} the export")
        if "Stills" in self._window.inspector.panels:
            self._window.stills.refresh()

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        if "Check" in self._window.inspector.panels:
            self._window.check.show_findings(findings)

    def _panel_made(self, name: str, panel: Any) -> None:
        """A panel was needed for the first time: let it show what is in front."""
        if name == "Check":
            panel.chosen.connect(self.go_to_finding)
            panel.level_chosen.connect(self._set_level)
            panel.show_findings(self._findings)
        else:
            panel.show_session(self._desk.current)
        if name == "Review":
            panel.heading_chosen.connect(self._window.editor.editor.go_to)
            panel.section_moved.connect(self._move_section, type=Qt.ConnectionType.QueuedConnection)
            panel.mention_clicked.connect(self._open_film)
            panel.no_film.connect(self._no_film)
            self._use_terms()
        if name == "Film":
            panel.use(self._desk.settings.scales)
            panel.list_wanted.connect(self._actions["film-list"].trigger)
        if name == "Stills":
            panel.tall(self._window.width_class != "wide")

    def _set_level(self, code: str, level: str) -> None:
        """Keep the writer's own level for a kind of finding in this library, and check again."""
        settings = self._desk.settings
        levels = {name: kept for name, kept in settings.levels.items() if name != code}
        self._desk.store_settings(dataclasses.replace(settings, levels=levels | ({code: level} if level else {})))
        self.check_now()
        if level == "off":
            self._notices.say(
                f"Findings of this kind ({code}) are left out.", "Undo", lambda: self._set_level(code, "")
            )

    def _next_finding(self) -> None:
        finding = self._window.check.next()
        if finding is None:
            self._notices.say("The checks found nothing.")
        else:
            self._notices.say(finding.message)
            self.go_to_finding(finding)

    def go_to_finding(self, finding: Finding) -> None:
        """Go to the place of a finding, and do what mends it where that is one step."""
        session, window = self._desk.current, self._window
        if session is None:
            return
        still = session.review.still(finding.place)
        if finding.act == "raw":
            self._actions["raw"].trigger()
        elif finding.act == "today":
            session.change("Date", dataclasses.replace(session.review, date=today()))
        elif finding.act == "place" and still is not None:
            window.stills.place_requested.emit(still.file)
        elif finding.act == "renew" and still is not None and session.folder is not None:
            source = dataclasses.replace(still.source, sha256=fingerprint(session.folder / still.file))
            session.change("Picture", session.review.with_still(dataclasses.replace(still, source=source)))
        elif still is not None:
            self._show_inspector("Stills")
            window.stills.choose(still.file)
            field = {"still-alt": "alt", "still-credit": "credit"}.get(finding.code)
            if field:
                window.stills.record._lines[field].setFocus()
        elif finding.line and finding.place == "text":
            window.editor.editor.go_to(finding.line - session.text_line + 1)
        else:
            self._show_field(finding.place)

    def _show_field(self, place: str) -> None:
        window = self._window
        further = re.match(r"also\.(\d+)\.", place)
        film_tab = place.startswith(("film", "credits", "also"))
        self._show_inspector("Film" if film_tab else "Review")
        if film_tab:
            window.film.show_film(int(further[1]) + 1 if further else 0)
            place = place[further.end() :] if further else place
        fields: dict[str, QWidget] = {
            "title": window.review.title, "slug": window.review.address, "date": window.review.date,
            "updated": window.review.updated, "rating": window.review.stars, "excerpt": window.review.excerpt,
            "categories": window.review.chips["categories"].line, "tags": window.review.chips["tags"].line,
        }  # fmt: skip
        target = window.film._fields[place[5:]][0] if place[5:] in window.film._fields else fields.get(place)
        if target is not None:
            target.setFocus()

    def _header_clicked(self, what: str) -> None:
        if what == "film":
            self._show_inspector("Film")
            return
        self._show_field({"mark": "rating"}.get(what, "title"))
        if what == "status":
            self._window.review.status.buttons()[0].setFocus()

    # links and films

    def _open_link(self, address: str) -> None:
        """Show where a link leads before it is opened outside."""
        url = QUrl(address)
        if url.scheme() not in ("http", "https", "mailto"):
            self._notices.warn(f"“{address[:80]}” is not opened: only web and mail addresses are.")
            return
        host = url.host() or url.path()
        question = QMessageBox(self._window)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle("Open a link")
        question.setText(f"Open {host} outside Reviewer?")
        question.setInformativeText(url.toDisplayString()[:300])
        go = question.addButton("Open it", QMessageBox.ButtonRole.AcceptRole)
        question.addButton("Stay here", QMessageBox.ButtonRole.RejectRole)
        question.exec()
        if question.clickedButton() is go:
            QDesktopServices.openUrl(url)

    def _open_film(self, name: str) -> None:
        title, year = film(name)
        path = self._desk.find_film(title, year)
        if path is None:
            self._notices.say(f"The library has no review of {name}.")
        else:
            self._desk.open(path)

    # the window

    def _wish(self, name: str, on: bool) -> None:
        field = {"show-library": "show_library", "show-inspector": "show_inspector", "show-preview": "preview"}[name]
        setattr(self._preferences, field, on)
        self._window.arrange()

    def _show_inspector(self, tab: str) -> None:
        self._actions["show-inspector"].setChecked(True)
        self._window.inspector.show_tab(tab)

    def _tab(self, tab: str) -> None:
        self._show_inspector(tab)

    def _filter(self) -> None:
        self._actions["show-library"].setChecked(True)
        self._window.library.filter.setFocus()
        self._window.library.filter.selectAll()

    def _status(self, status: str) -> None:
        session = self._desk.current
        if session is not None and session.review.status != status:
            session.change("Status", dataclasses.replace(session.review, status=status))
            change = session.last_change
            if change is not None and session.review.status == status:
                self._notices.say(f"{session.name} is {status}.", "Undo", lambda: session.put_back(change))

    # the palette

    def palette(self) -> None:
        """Everything that can be done, found or opened, in one list."""
        late.module("ui.dialogs.palette").Palette(self._theme, self._choices(), self._window).open_over(self._window)

    def _choices(self) -> list[Choice]:
        Choice = late.module("ui.dialogs.palette").Choice  # noqa: N806
        native = QKeySequence.SequenceFormat.NativeText
        found = [
            Choice(
                spec.text,
                "Actions",
                action.trigger,
                spec.group,
                action.shortcut().toString(native),
                spec.icon,
                action.isEnabled(),
            )
            for spec, action in self._actions.all()
        ]
        found += [
            Choice(
                f.message,
                "Findings",
                partial(self.go_to_finding, f),
                "Check",
                "",
                "circle-x" if f.severity == 0 else "triangle-alert",
            )
            for f in self._findings
        ]
        found += [
            Choice(
                e.title,
                "Reviews",
                partial(self._desk.open, e.path),
                " ".join(p for p in (str(e.year or ""), self._desk.settings.scales.line(e.rating)) if p),
                "",
                "file-text",
            )
            for e in self._desk.entries.values()
        ]
        found += [
            Choice(s.name, "Reviews", partial(self._desk.bring, s), "not saved yet", "", "file-text")
            for s in self._desk.sessions
            if s.path is None
        ]
        recent = [Path(p) for p in self._preferences.recent if Path(p) not in self._desk.entries]
        found += [
            Choice(f"{p.parent.name}/{p.name}", "Recent files", partial(self._desk.open, p), str(p.parent), "", "clock")
            for p in recent
        ]
        return found


def _films_of_others(entries: Sequence[Entry], review: Review, path: Path | None) -> list[tuple[str, Film]]:
    """What other reviews say of the films of one: read in the check's own thread, since a library may have ten thousand."""
    return [(title, one.film) for title, one in features(about(entries, review, path))]
