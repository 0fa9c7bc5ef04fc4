"""Reading over what was written: the pencil's marks on request, and the text read aloud where the system has speech."""

from __future__ import annotations

from typing import Any

from reviewer.review.terms import names_of
from reviewer.text.prose import LONG, NEAR, marks
from reviewer.text.spans import without_fences
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

NO_SPEECH = "This system has no speech that Reviewer can use."


class ReadingActs:
    """Joins pencil and voice, each made when it is first asked for, with the review in front."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._editor, self._desk, self._notices = window.editor.editor, desk, notices
        self._tasks, self._theme = tasks, theme
        self._wanted = actions["pencil"]
        self._pencil: Any = None
        self.voice: Any = None
        self.engine = ""
        actions.join({"read-aloud": self.read_aloud})
        self._wanted.toggled.connect(self._turn)
        desk.session_changed.connect(self._session_changed)

    def _session_changed(self, session: Session | None) -> None:
        if self.voice is not None:
            self.voice.stop()
        self._use()
        if session is not None and not session.property("pencilled"):
            session.setProperty("pencilled", True)
            session.review_changed.connect(self._use)

    # the pencil

    def _turn(self, on: bool) -> None:
        self._use()
        if on:
            self._count()

    def _use(self) -> None:
        on, session = self._wanted.isChecked(), self._desk.current
        if self._pencil is None and on:
            self._pencil = late.module("ui.editor.pencil").Pencil(self._editor, self._theme)
        if self._pencil is not None:
            self._pencil.use(on and session is not None, self._desk.language, self._names())

    def _names(self) -> set[str]:
        session = self._desk.current
        return {word for name in names_of(session.review) for word in name.split()} if session else set()

    def _count(self) -> None:
        """Say how much there is in the whole text."""
        session = self._desk.current
        if session is None:
            return
        text, language, names = session.text, self._desk.language, self._names()

        def work() -> tuple[int, int]:
            found = [mark for row in marks(without_fences(text.split("\n")), language, names) for mark in row]
            return sum(mark.why == "long" for mark in found), sum(
                mark.count > 0 for mark in found if mark.why != "long"
            )

        self._tasks.run(work, self._say)

    def _say(self, found: tuple[int, int]) -> None:
        long, again = found
        sentences = f"{long or 'No'} {'sentence' if long == 1 else 'sentences'} of more than {LONG} words"
        words = f"{again or 'no'} {'word comes' if again == 1 else 'words come'} again within {NEAR}"
        self._notices.say(f"{sentences}, {words}.")

    # the voice

    def read_aloud(self) -> None:
        """Read from the caret, or what is selected; stop where it is read already."""
        if self.voice is not None and self.voice.reads:
            self.voice.stop()
            return
        if self._desk.current is None:
            return
        if self.voice is None and not self._make_voice():
            return
        self.voice.read(self._desk.language)

    def _make_voice(self) -> bool:
        try:
            aloud = late.module("ui.editor.aloud")
        except ImportError as error:
            self._notices.warn(f"{NO_SPEECH} {_way_out(str(error))}")
            return False
        engine = self.engine or aloud.engine()
        if not engine:
            self._notices.warn(f"{NO_SPEECH} {_way_out('')}")
            return False
        self.voice = aloud.Voice(self._editor, self._theme, engine)
        self.voice.failed.connect(self._failed)
        self.voice.begun.connect(lambda: self._notices.say("Reading aloud.", "Stop", self.voice.stop))
        return True

    def _failed(self, reason: str) -> None:
        self.voice = None
        self._notices.warn(f"{NO_SPEECH} {reason} {_way_out('')}".replace("  ", " "))


def _way_out(missing: str) -> str:
    said = f"{missing[:1].upper()}{missing[1:]}. " if missing else ""
    return f"{said}On Debian: sudo apt-get install speech-dispatcher libspeechd2 libpulse0"
