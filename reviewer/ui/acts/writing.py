"""The text: formatting, undo where the writer is, find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLineEdit

from reviewer.review.addresses import NAMES, film_id
from reviewer.text import notes
from reviewer.text.completion import Offer, Source, offers
from reviewer.text.mentions import named_spans
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.editor import formatting, table
from reviewer.ui.editor.typing import is_code
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import characters, plain, replace_all, units
from reviewer.ui.window import Window


class WritingActs:
    """What the commands do to the text."""

    def __init__(self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks) -> None:
        self._window, self._desk, self._notices, self._tasks = window, desk, notices, tasks
        self._editor = window.editor.editor
        editor, bar = self._editor, window.editor.find_bar
        actions.join({
            "bold": lambda: editor.wrap_selection("**", "bold"), "italic": lambda: editor.wrap_selection("*", "italic"),
            "task": lambda: formatting.tasks(editor.textCursor()),
            "code": lambda: editor.wrap_selection("`", "code"), "heading": lambda: formatting.heading(editor.textCursor()),
            "quote": self._prefix("> ", r" {0,3}>(?!!) ?"), "list": self._prefix("- ", r"\s*[-*+]\s+"),
            "numbered-list": self._prefix("1. ", r"\s*\d+[.)]\s+"), "spoiler": self._prefix(">! ", r" {0,3}>! ?"),
            **{f"table-{what}": self._table(what) for what in ("row", "column", "no-row", "no-column", "left", "middle", "right")},
            "spoiler-words": lambda: editor.wrap_selection(">!", "words", "!<"), "aside": lambda: editor.wrap_selection("%%", "note"),
            "table": self._new_table, "line-up": self._lines(-1), "line-down": self._lines(1),
            "line-double": lambda: editor.setTextCursor(formatting.double(editor.textCursor())),
            "note-jump": self._note_jump, "note-order": self._note_order,
            "link": self._link, "footnote": self._footnote, "mention": self._mention,
            "undo": self.undo, "redo": self.redo, "undo-field": self._undo_field, "redo-field": self._redo_field,
            "paste-plain": editor.paste_plain,
            "find": lambda: bar.open_bar(False), "replace": lambda: bar.open_bar(True),
            "find-next": lambda: bar.go(1), "find-previous": lambda: bar.go(-1),
        })  # fmt: skip
        editor.completion.source = self._complete
        editor.rich = lambda html: late.module("text.paste").markdown(html)
        editor.pasted.connect(self._pasted)
        self._known: tuple[object, Source] | None = None

    # text

    def _prefix(self, mark: str, pattern: str) -> Callable[[], None]:
        return lambda: formatting.prefix(self._editor.textCursor(), mark, pattern)

    def _link(self) -> None:
        clip = QGuiApplication.clipboard().text().strip()
        address = clip if clip.startswith(("http://", "https://", "mailto:")) and " " not in clip else ""
        self._editor.setTextCursor(formatting.link(self._editor.textCursor(), address))
        self._editor.setFocus()

    def _footnote(self) -> None:
        self._editor.setTextCursor(formatting.footnote(self._editor.textCursor(), plain(self._editor.document())))
        self._editor.ensureCursorVisible()
        self._editor.setFocus()

    def _table(self, what: str) -> Callable[[], None]:
        def act() -> None:
            if not table.change(self._editor, what):
                self._notices.say("The caret stands in no table.", "Insert one", self._new_table)

        return act

    def _new_table(self) -> None:
        start = self._editor.textCursor().position()
        formatting.paragraph_place(self._editor.textCursor(), "| Film | Year |\n| ---- | ---- |\n|      |      |")
        found = self._editor.document().find("| Film | Year |", start)
        if not found.isNull():
            found.setPosition(found.selectionStart() + 2)
            found.setPosition(found.position() + 4, QTextCursor.MoveMode.KeepAnchor)
            self._editor.setTextCursor(found)
        self._editor.setFocus()

    def _lines(self, by: int) -> Callable[[], None]:
        def act() -> None:
            self._editor.setTextCursor(formatting.move_lines(self._editor.textCursor(), by))
            self._editor.ensureCursorVisible()

        return act

    def _note_jump(self) -> None:
        text = plain(self._editor.document())
        goal = notes.other_end(text, characters(text, self._editor.textCursor().position()))
        if goal is None:
            self._notices.say("The caret stands at no footnote.")
        else:
            self._editor.select_range(units(text, goal), units(text, goal))

    def _note_order(self) -> None:
        text = plain(self._editor.document())
        ordered = notes.renumbered(text)
        if ordered != text:
            replace_all(self._editor.document(), ordered)
        self._notices.say("The footnotes are numbered in the order of the text.")

    def _mention(self) -> None:
        cursor = self._editor.textCursor()
        if not cursor.hasSelection() and (here := self._named_here(cursor)) is not None:
            cursor.setPosition(here[0])
            cursor.setPosition(here[1], QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(f"[[{cursor.selectedText()}]]")
            return
        name = cursor.selectedText() or "Film (Year)"
        start = cursor.selectionStart()
        cursor.insertText(f"[[{name}]]")
        cursor.setPosition(start + 2)
        cursor.setPosition(start + 2 + len(name), QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)

    def _pasted(self, text: str) -> None:
        """Offer to take a film's number from its address."""
        session, found = self._desk.current, film_id(text) if len(text) < 300 else None
        if session is None or found is None:
            return
        site, number = found
        if getattr(session.review.film.ids, site) == number:
            return

        def take() -> None:
            film = session.review.film
            ids = replace(film.ids, **{site: number})
            session.change(NAMES[site], replace(session.review, film=replace(film, ids=ids)))
            self._notices.say(f"The film’s number at {NAMES[site]} is {number}.")

        self._notices.say(f"An address of a film at {NAMES[site]}.", f"Take {number} for this review", take)

    def _named_here(self, cursor: QTextCursor) -> tuple[int, int] | None:
        """The film with its year that the caret stands in, or after, as places in the document."""
        line, begin = cursor.block().text(), cursor.block().position()
        spans = ((begin + units(line, start), begin + units(line, end)) for start, end in named_spans(line))
        return next(((start, end) for start, end in spans if start <= cursor.position() <= end), None)

    def _complete(self, before: str, after: str) -> Sequence[Offer]:
        """What may be meant at the caret, from the review's credits and the library's films."""
        session = self._desk.current
        in_table = before.lstrip().startswith("|") and "[[" not in before
        if session is None or in_table or is_code(self._editor.textCursor().block()):
            return ()
        state = (session.review, len(self._desk.entries), self._desk.settings)
        if self._known is None or self._known[0] != state:
            self._known = (state, self._source(session))
        return offers(before, after, self._known[1])

    def _source(self, session: Session) -> Source:
        review = session.review
        cast = [role for one in review.features for role in one.credits.cast]
        people = [name for one in review.features for credit in one.credits.crew for name in credit.people]
        actors = [name for role in cast for name in role.actors]
        roles = [role.role for role in cast]
        english = self._desk.language.casefold().startswith("en")
        return Source(
            tuple(dict.fromkeys(name for name in (*people, *actors, *roles) if name)),
            tuple((role.role, role.actors) for role in cast),
            tuple(self._desk.known_films(session.path)),
            "played by " if english else "",
        )

    # undo, where the writer is

    def undo(self) -> None:
        """In the text: its typing. In a line of a form: its typing, then the field. Elsewhere: the last field."""
        focus, front = self._window.focusWidget(), self._window.front
        if front is not None and hasattr(front, "undo"):
            front.undo()
        elif focus is self._editor:
            self._editor.undo()
        elif isinstance(focus, QLineEdit) and focus.isUndoAvailable() and not self._is_form(focus):
            focus.undo()
        else:
            self._undo_field()

    def redo(self) -> None:
        focus, front = self._window.focusWidget(), self._window.front
        if front is not None and hasattr(front, "redo"):
            front.redo()
        elif focus is self._editor:
            self._editor.redo()
        elif isinstance(focus, QLineEdit) and focus.isRedoAvailable() and not self._is_form(focus):
            focus.redo()
        else:
            self._redo_field()

    def _is_form(self, widget: QLineEdit) -> bool:
        return self._window.inspector.isAncestorOf(widget)

    def _undo_field(self) -> None:
        session = self._desk.current
        if session is not None and session.undo_label:
            label = session.undo_label
            focus = self._window.focusWidget()
            if isinstance(focus, QLineEdit):
                focus.clearFocus()
            session.undo_field()
            self._notices.say(f"{label}: put back.", "Do it again", session.redo_field)

    def _redo_field(self) -> None:
        session = self._desk.current
        if session is not None and session.redo_label:
            session.redo_field()
