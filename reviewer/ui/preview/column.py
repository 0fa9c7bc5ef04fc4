"""The preview's column: the page, what keeps it in step with the text, and a line for when it cannot be."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Review
from reviewer.text.blocks import Picture
from reviewer.text.page import head, pictures
from reviewer.ui import late
from reviewer.ui.preview.renderer import Rendering, Request
from reviewer.ui.preview.simple import SimplePreview
from reviewer.ui.session import Session, today
from reviewer.ui.theme import Theme

FOLLOWING = 0.5
"""Seconds in which the page follows the text, and does not lead it."""


class PreviewColumn(QWidget):
    """Shows a session's post and follows it. `counted` carries words and outline with each rendering."""

    line_clicked = Signal(int)
    link_clicked = Signal(str)
    film_clicked = Signal(str)
    counted = Signal(dict)
    scrolled = Signal(float)
    updated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self._theme = theme
        self._session: Session | None = None
        self._page: Any = None
        self._style: Path | None = None
        self._head = ""
        self._scales = BUILT_IN
        self._pictures: dict[str, Picture] = {}
        self._line, self._share = 1, 0.3
        self._fresh, self._typed = True, False
        self._stuck_at = self._device = 0
        self._led = 0.0
        self._watched = QFileSystemWatcher(self)
        self._watched.fileChanged.connect(self._style_edited)
        self._notice = QLabel(self)
        self._notice.setObjectName("warning")
        self._notice.setWordWrap(True)
        self._notice.setContentsMargins(16, 8, 16, 8)
        self._notice.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._notice)
        self._layout.addStretch(1)
        self.rendering = Rendering(self)
        self.rendering.answered.connect(self._answered)
        self.rendering.stuck.connect(self._stuck)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._head_soon = QTimer(self, singleShot=True, interval=30)
        self._head_soon.timeout.connect(self._show_head)
        theme.changed.connect(self._retheme)

    @property
    def page(self) -> Any:
        """The view in use, or None before it was made."""
        return self._page

    def make_page(self, web: bool) -> None:
        """Make the view: the web view where there is one, the simple one with a notice where not."""
        if self._page is not None:
            return
        if web:
            self._page = late.module("ui.preview.web").make(self)
        else:
            self._page = SimplePreview(self)
            self._say("A plainer preview: this machine has no QtWebEngine. pip install PySide6-Addons brings it.")
        self._layout.takeAt(self._layout.count() - 1)
        self._layout.addWidget(self._page, 1)
        self._page.ready.connect(self._was_loaded)
        self._page.clicked.connect(self._clicked)
        if hasattr(self._page, "scrolled"):
            self._page.lost.connect(self._load)
            self._page.scrolled.connect(self._was_scrolled)
            self._page.show_device(self._device)
        self._load()

    def show_session(self, session: Session | None) -> None:
        """Follow another review."""
        if self._session is not None:
            self._session.text_changed.disconnect(self._text_changed)
            self._session.review_changed.disconnect(self._review_changed)
            self._session.saved.disconnect(self._folder_known)
        self._session = session
        self._line = 1
        if session is not None:
            session.text_changed.connect(self._text_changed)
            session.review_changed.connect(self._review_changed)
            session.saved.connect(self._folder_known)
        self._load()

    def use_style(self, style: Path | None) -> None:
        """Show the page in another style sheet, and follow the file while it is edited; None is the program's own."""
        self._style = style
        if self._watched.files():
            self._watched.removePaths(self._watched.files())
        if style is not None:
            self._watched.addPath(str(style))
        self._load()

    def _style_edited(self, path: str) -> None:
        self._watched.addPath(path)  # programs that write a new file in its place end the watching
        self._load()

    def show_device(self, width: int) -> None:
        """Lay the page out as for a screen so many pixels wide; 0 is as wide as the column."""
        self._device = width
        if hasattr(self._page, "show_device"):
            self._page.show_device(width)

    def scroll_to(self, line: float, whole: bool) -> None:
        """Bring a line of the text, with its fraction, to the top; `whole` shows the page from its own top."""
        if self._page is not None and self._page.loaded and self.isVisible():
            self._lead()
            self._page.call("top", line, whole)

    def _lead(self) -> None:
        """The text leads now: what the page scrolls in answer is not the reader's doing."""
        self._led = time.monotonic()

    def _was_scrolled(self, line: float) -> None:
        """The page was scrolled; not told where it follows the text, which would then follow the page."""
        if time.monotonic() - self._led > FOLLOWING:
            self.scrolled.emit(line)

    def stop(self) -> None:
        """End the process and the page with the program."""
        self._soon.stop()
        self._head_soon.stop()
        self.rendering.stop()
        if self._page is not None:
            page, self._page = self._page, None
            page.close_page()

    # keeping in step

    def _load(self) -> None:
        self._fresh, self._head = True, ""
        if self._session is not None:
            self._pictures = pictures(self._session.review.stills, today())
        if self._page is None:
            self._ask()
            return
        folder = self._session.folder if self._session else None
        theme = "dark" if self._theme.dark else "light"
        self._page.load(folder, theme, self._theme.colour("paper"), self._style)

    def use(self, scales: Scales) -> None:
        """The scales that marks are read in."""
        self._scales = scales
        self._show_head()

    def _folder_known(self, saved: object) -> None:
        """A first save gives the review a folder; until then there is none to show pictures from."""
        files = getattr(self._page, "files", None)
        if self._session is not None and files is not None and files.folder != self._session.folder:
            self._load()

    def _was_loaded(self) -> None:
        self._show_head()
        self._fresh = True
        self._ask()

    def _text_changed(self) -> None:
        self._typed = True
        self._soon.start()

    def _review_changed(self) -> None:
        if self._session is None:
            return
        now = pictures(self._session.review.stills, today())
        if now != self._pictures:
            self._pictures = now
            self._soon.start()
        self._head_soon.start()

    def _show_head(self) -> None:
        if self._session is None or self._page is None or not self._page.loaded:
            return
        review: Review = self._session.review
        html = "\n".join(block.html for block in head(review, today(), self._scales))
        if html != self._head:
            self._head = html
            self._page.call("head", html)
            self._page.call("language", review.language or "en")

    def _ask(self) -> None:
        session = self._session
        if session is None:
            return
        fields = {file: [p.alt, p.caption, p.credit, p.badge, p.badge_kind] for file, p in self._pictures.items()}
        fresh, self._fresh = self._fresh, False
        self.rendering.ask(Request(session.document, fields, fresh))

    def _answered(self, answer: dict[str, Any]) -> None:
        if not self._stuck_at:
            self._notice.hide()
        self._stuck_at = 0
        self.counted.emit(answer)
        if self._page is None or not self._page.loaded or not self.isVisibleTo(self.window()):
            self._fresh = True
            self.rendering.taken()
            return
        fresh = answer["kept"] == 0
        follow = self._line > 1 if fresh else self._typed
        self._lead()
        self._typed = False
        self._page.call(
            "splice",
            {name: answer[name] for name in ("kept", "head", "tail", "blocks", "shift", "lines") if name in answer},
            [self._line, self._share, follow],
            then=lambda _: self._shown(),
        )

    def _shown(self) -> None:
        self._lead()
        self.updated.emit()
        self.rendering.taken()

    def follow(self, line: int, share: float) -> None:
        """Mark the block of a source line; `share` is the caret's height in the editor, from 0 to 1."""
        if (line, round(share, 1)) == (self._line, round(self._share, 1)):
            return
        self._line, self._share = line, share
        if self._page is not None and self._page.loaded:
            self._lead()
            self._page.call("here", line, share, True, then=lambda _: self._lead())

    def _stuck(self, why: str, line: int) -> None:
        """Say what cannot be rendered; the words stay for the next answer too, which shows it as it is typed."""
        self._stuck_at = line
        self._say(f"{why} The preview shows it as it is typed." if line > 1 else f"{why} The preview stands still.")

    def _say(self, text: str) -> None:
        self._notice.setText(text)
        self._notice.show()

    def _retheme(self) -> None:
        if self._page is not None and self._page.loaded:
            self._page.call("theme", "dark" if self._theme.dark else "light")
            if hasattr(self._page, "page"):
                self._page.page.setBackgroundColor(self._theme.colour("paper"))

    def _clicked(self, what: dict[str, Any]) -> None:
        if "line" in what:
            self.line_clicked.emit(int(what["line"]))
        elif "link" in what:
            self.link_clicked.emit(str(what["link"]))
        elif "film" in what:
            self.film_clicked.emit(str(what["film"]))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._soon.start()
