"""Spelling: the dictionary of the review's language, the names it knows, suggestions, the writer's own words."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from reviewer.library.files import replace
from reviewer.review.terms import names_of
from reviewer.review.values import Review
from reviewer.text.spelling import DICTIONARIES, WORDS, Dictionary, Speller, choose, dictionaries, folders, own_words
from reviewer.ui import words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.preferences import Preferences
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.window import Window

AFTER = 600
"""Milliseconds after the last change of review or names until they are taken."""


class SpellingActs:
    """Keeps the editor's speller that of the review in front."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, preferences: Preferences
    ) -> None:
        self._editor, self._desk, self._notices, self._tasks = window.editor.editor, desk, notices, tasks
        self._preferences = preferences
        self._spellers: dict[tuple[Path, bool], Speller] = {}
        self._wanted: tuple[Path, bool] | None = None
        self._found: dict[str, Dictionary] | None = None
        self._own: list[str] | None = None
        self._ignored: set[str] = set()
        self._soon = QTimer(window, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self.refresh)
        desk.session_changed.connect(self._session_changed)
        desk.settings_changed.connect(self._soon.start)
        desk.scanned.connect(self._soon.start)
        actions.join({"spelling": self.suggest, "next-unknown": self.go_on})
        self._editor.menu_wanted.connect(self.extend_menu)

    def _session_changed(self, session: Session | None) -> None:
        if session is not None and not session.property("spelt"):
            session.setProperty("spelt", True)
            session.review_changed.connect(self._soon.start)
        self._soon.start()

    # the dictionary

    @property
    def _folder(self) -> Path:
        return self._desk.folders.data / DICTIONARIES

    def refresh(self) -> None:
        """Use the dictionary of the review's language, which is read in a thread, and the names of now."""
        if self._found is None:
            self._found = dictionaries(folders(self._folder))
        chosen = choose(self._desk.language, self._found) if self._preferences.spelling and self._desk.current else None
        if chosen is None:
            self._wanted = None
            self._editor.use_speller(None)
            return
        any_english = self._desk.language.casefold() == "en"
        which = self._wanted = (chosen.stem, any_english)
        if which in self._spellers:
            self._use(self._spellers[which])
        else:
            self._tasks.run(partial(_read, chosen, any_english), partial(self._was_read, which), self._not_read)

    def _was_read(self, which: tuple[Path, bool], speller: Speller | None) -> None:
        if speller is not None:
            self._spellers[which] = speller
            if which == self._wanted:
                self._use(speller)

    def _not_read(self, error: Exception) -> None:
        self._notices.warn(f"No spelling for {self._desk.language}: the dictionary cannot be read. {words.of(error)}")

    def _use(self, speller: Speller) -> None:
        session = self._desk.current
        names = [*names_of(session.review if session else Review()), *self._desk.films()]
        if speller.know(names, [*self._words(), *self._ignored]) or self._editor.speller is not speller:
            self._editor.use_speller(speller)

    # words of one's own

    @property
    def _list(self) -> Path:
        return self._folder / WORDS

    def _words(self) -> list[str]:
        if self._own is None:
            self._own = own_words(self._folder)
        return self._own

    def add(self, word: str) -> None:
        """Take a word into the writer's own list."""
        self._own = sorted({*self._words(), word}, key=str.casefold)
        content = "\n".join(self._own) + "\n"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace(self._list, content.encode())
        except OSError as error:
            self._notices.warn(f"“{word}” is known until the end only. {words.of(error, self._list)}")
        self.refresh()

    def ignore(self, word: str) -> None:
        """Know a word until the program ends."""
        self._ignored.add(word)
        self.refresh()

    # suggestions

    def suggest(self) -> None:
        """A menu at the caret with words that were perhaps meant."""
        found = self._editor.misspelt_at(self._editor.textCursor())
        if found is None:
            self._say_none("The word at the caret is known.")
            return
        menu = QMenu(self._editor)
        self._fill(menu, found)
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect(found).bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def extend_menu(self, menu: QMenu, cursor: QTextCursor) -> None:
        """Put suggestions on top of the text's own menu."""
        found = self._editor.misspelt_at(cursor)
        if found is not None:
            self._fill(menu, found, first=True)

    def _fill(self, menu: QMenu, found: QTextCursor, first: bool = False) -> None:
        word, before = found.selectedText(), menu.actions()[0] if first and menu.actions() else None
        inner = QMenu(menu)
        speller = self._editor.speller
        suggestions = speller.suggest(word) if speller else []
        for suggestion in suggestions:
            inner.addAction(words.command(suggestion)).triggered.connect(
                lambda _=False, s=suggestion: QTextCursor(found).insertText(s)
            )
        if not suggestions:
            inner.addAction("No suggestion").setEnabled(False)
        inner.addSeparator()
        inner.addAction(f"Add “{word}” to my words").triggered.connect(lambda: self.add(word))
        inner.addAction("Ignore it until the end").triggered.connect(lambda: self.ignore(word))
        for action in inner.actions():
            action.setParent(menu)
            menu.insertAction(before, action) if before else menu.addAction(action)
        if before:
            menu.insertSeparator(before)

    def go_on(self) -> None:
        """Select the next unknown word after the caret; round the end."""
        speller, cursor = self._editor.speller, self._editor.textCursor()
        block, place = cursor.block(), cursor.positionInBlock()
        for _ in range(self._editor.document().blockCount() + 1 if speller else 0):
            assert speller is not None
            for start, _ in speller.unknown(block.text()):
                at = QTextCursor(block)
                at.setPosition(block.position() + start)
                found = self._editor.misspelt_at(at) if start >= place else None
                if found is not None:
                    self._editor.select_range(found.selectionStart(), found.selectionEnd())
                    return
            block = block.next() if block.next().isValid() else self._editor.document().firstBlock()
            place = 0
        self._say_none("No word is unknown.")

    def _say_none(self, why: str) -> None:
        self._notices.say(why if self._editor.speller else f"There is no dictionary for “{self._desk.language}”.")


def _read(dictionary: Dictionary, any_english: bool) -> Speller | None:
    try:
        return Speller(dictionary, any_english)
    except ImportError:
        return None
