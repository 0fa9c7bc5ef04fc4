"""Replace in the whole library, as one step that can be put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewer.library.files import ChangedOutside
from reviewer.library.replacing import Replaced, put_back, rewrite
from reviewer.text.search import Search, TooSlow
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import replace_all
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window


@dataclass
class _Done:
    """What one replacement changed: files as they were and are, texts that were open, and what could not be changed."""

    places: int = 0
    files: list[Replaced] = field(default_factory=list)
    texts: list[tuple[Path, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class EverywhereActs:
    """Opens the list and carries out what was accepted in it."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._last: _Done | None = None
        self.dialog: Any = None
        actions.join({"replace-everywhere": self.open, "undo-everywhere": self.undo})

    def open(self) -> None:
        """Show the list, with the selected words in it."""
        if self._desk.library is None:
            self._notices.say("There is no library open.")
            return
        selected = self._window.editor.editor.textCursor().selectedText()
        dialog = self.dialog = late.module("ui.dialogs.everywhere").Everywhere(
            self._theme, self._tasks, self._desk, "" if "\u2029" in selected else selected, self._window
        )
        dialog.accepted_places.connect(self.replace)
        dialog.wanted.connect(self._go)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.show()
        dialog.words.setFocus()

    def _go(self, path: Path, line: int) -> None:
        self._desk.open(path, lambda _: self._window.editor.editor.go_to(line))

    def replace(self, accepted: list[tuple[Any, frozenset[int]]], search: Search, by: str) -> None:
        """Replace the accepted places: in open reviews in the window, where they can be undone; in all others on the disk."""
        done, on_disk = _Done(), []
        for hits, numbers in accepted:
            session = self._session(hits.path)
            if session is None:
                on_disk.append((hits, numbers))
            elif session.text != hits.text:
                done.faults.append(f"{session.name} was changed meanwhile.")
            else:
                new = search.replaced(hits.text, by, numbers)
                _put(session, new)
                done.texts.append((hits.path, hits.text, new))
                done.places += len(numbers)

        def work() -> _Done:
            for hits, numbers in on_disk:
                try:
                    new = search.replaced(hits.text, by, numbers)
                    done.files.append(rewrite(hits.path, hits.text, new, self._desk.history))
                    done.places += len(numbers)
                except (OSError, ValueError, ChangedOutside, TooSlow) as error:
                    done.faults.append(f"{words.place(hits.path.parent)}: {words.of(error, hits.path)}")
            return done

        self._tasks.run(work, self._replaced)

    def _replaced(self, done: _Done) -> None:
        self._last = done
        count = len(done.files) + len(done.texts)
        said = f"{done.places:,} {'place' if done.places == 1 else 'places'} replaced in {_reviews(count)}."
        self._say(said, done.faults, "Undo", self.undo)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.look()

    def undo(self) -> None:
        """Put back what the last replacement changed; what was changed again since stays as it is, and is named."""
        done, self._last = self._last, None
        if done is None:
            self._notices.say("Nothing was replaced in the library.")
            return
        back, faults = 0, []
        for path, old, new in done.texts:
            session = self._session(path) or self._desk.open(path, patient=True)
            if session is not None and session.text == new:
                _put(session, old)
                back += 1
            else:
                faults.append(f"{path.parent.name} was changed since.")

        def work() -> int:
            count = back
            for one in done.files:
                try:
                    put_back(one, self._desk.history)
                    count += 1
                except (OSError, ChangedOutside) as error:
                    faults.append(f"{words.place(one.path.parent)}: {words.of(error, one.path)}")
            return count

        self._tasks.run(work, lambda count: self._say(f"{_reviews(count)} put back as before.", faults))

    def _say(self, said: str, faults: list[str], act_text: str = "", act: Callable[[], object] | None = None) -> None:
        self._desk.look_again()
        if faults:
            self._notices.warn(f"{said} Not in {_reviews(len(faults))}: {faults[0]}", act_text, act)
        else:
            self._notices.say(said, act_text, act)

    def _session(self, path: Path) -> Session | None:
        return next((session for session in self._desk.sessions if session.path == path), None)


def _put(session: Session, text: str) -> None:
    """Put another text into an open review; one without unsaved changes is saved."""
    clean = not session.dirty
    replace_all(session.document, text)
    if clean:
        session.save()


def _reviews(count: int) -> str:
    return f"{count:,} {'review' if count == 1 else 'reviews'}"
