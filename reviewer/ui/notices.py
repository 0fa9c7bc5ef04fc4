"""What the program tells the writer: one line at the foot, never a box for what is no question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Notices(QObject):
    """Shows one notice at a time. A good one goes after some seconds, a bad one stays until it is read.

    A good notice that comes while a bad one stands is shown after it where it offers something, else left out.
    """

    shown = Signal(str, bool, str)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text, self.bad = "", False
        self._act: Callable[[], object] | None = None
        self._about: object = None
        self._waiting: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=8000)
        self._timer.timeout.connect(self.clear)

    def say(self, text: str, act_text: str = "", act: Callable[[], object] | None = None) -> None:
        """Something happened that the writer may like to know; `act` undoes it or leads on."""
        if self.bad:
            self._waiting = (lambda: self.say(text, act_text, act)) if act is not None else self._waiting
            return
        self._show(text, False, act_text, act)
        self._timer.start()

    def warn(
        self, text: str, act_text: str = "", act: Callable[[], object] | None = None, about: object = None
    ) -> None:
        """Something went wrong: what, why, and what can be done. Stays until it is read, or until `about` is settled."""
        self._timer.stop()
        self._show(text, True, act_text, act)
        self._about = about

    def settle(self, about: object) -> None:
        """What went wrong with this is right now: its notice goes, no other."""
        if self._about is about:
            self.clear()

    def _show(self, text: str, bad: bool, act_text: str, act: Callable[[], object] | None) -> None:
        self.text, self.bad, self._act, self._about = text, bad, act, None
        self.shown.emit(text, bad, act_text if act else "")

    def act(self) -> None:
        """Do what the notice offers."""
        act, self._waiting = self._act, None
        self.clear()
        if act is not None:
            act()

    def clear(self) -> None:
        self.text, self.bad, self._act, self._about = "", False, None, None
        self._timer.stop()
        self.cleared.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
