"""The web view: locked down, made late, drawn in software.

Locked down: a profile that keeps nothing, a private scheme that serves the page, the program's own styles and fonts and
the review's pictures, an interceptor that refuses every other address, no script of the page's, no navigation. Our own
few lines run in a world of their own. Drawn in software: otherwise each key would redraw the whole window through OpenGL.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, QIODevice, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from reviewer.library.resources import resource
from reviewer.stills.formats import TYPES, Refused, facts
from reviewer.stills.intake import read_picture
from reviewer.ui.preview.scheme import SCHEME, settled
from reviewer.ui.tasks import Tasks

POLICY = "default-src 'none'; img-src reviewer: data:; style-src reviewer: 'unsafe-inline'; font-src reviewer:; form-action 'none'; base-uri 'none'"
MOST_DEATHS, DEATHS_WITHIN = 3, 60
"""So often within so many seconds the page is loaded anew after its process ended."""
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_PAGE = (
    '<!DOCTYPE html><html data-theme="{theme}"><head><meta charset="utf-8">'
    '<link rel="stylesheet" href="reviewer://app/preview/fonts.css"><link rel="stylesheet" href="{style}"></head>'
    '<body><article class="post"><div id="head"></div><div id="text"></div></article></body></html>'
)


class _Guard(QWebEngineUrlRequestInterceptor):
    """Refuses every address that is not our own; `refused` remembers them for the tests."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.refused: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() not in (SCHEME, "data"):
            self.refused.append(info.requestUrl().toString())
            info.block(True)


class _Files(QWebEngineUrlSchemeHandler):
    """Serves the page, the program's own files, and pictures that lie in the review's folder."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.guard = _Guard(parent)
        self.folder: Path | None = None
        self.style: Path | None = None
        self.theme = "light"
        self.paper = b""
        self._loads = 0
        self._tasks = Tasks(self)

    def end(self) -> None:
        """Read no more."""
        self._tasks.finish()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        host, path = url.host(), url.path().lstrip("/")
        if host in ("app", "review") and path:  # it lies on a disk, which may be slow
            self._tasks.run(lambda: self._read(host, path), lambda found: self._answer(job, found))
        else:
            self._answer(job, self._made(host, path))

    def _answer(self, job: QWebEngineUrlRequestJob, found: tuple[str, bytes] | None) -> None:
        if not isValid(job):  # the page went on meanwhile
            return
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        kind, data = found
        buffer = QBuffer(job)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        if kind == "text/html":
            job.setAdditionalResponseHeaders({QByteArray(b"Content-Security-Policy"): QByteArray(POLICY.encode())})
        job.reply(QByteArray(kind.encode()), buffer)

    def _made(self, host: str, path: str) -> tuple[str, bytes] | None:
        """The pages that are made here."""
        if host == "paper":
            return ("text/html", self.paper) if not path else None
        if host != "review" or path:
            return None
        style = "reviewer://app/preview/post.css"
        if self.style:
            self._loads += 1  # the engine remembers a style sheet by its address
            style = f"reviewer://app/style.css?{self._loads}"
        return "text/html", _PAGE.format(theme=self.theme, style=style).encode()

    def _read(self, host: str, path: str) -> tuple[str, bytes] | None:
        return self._own(path) if host == "app" else self._picture(path)

    def _own(self, path: str) -> tuple[str, bytes] | None:
        root = resource("").resolve()
        file = self.style if path == "style.css" and self.style else (root / path).resolve()
        if file != self.style and (not file.is_relative_to(root) or not file.is_file()):
            return None
        kind = {".css": "text/css", ".otf": "font/otf"}.get(file.suffix)
        try:
            return (kind, file.read_bytes()) if kind else None
        except OSError:
            return None

    def _picture(self, path: str) -> tuple[str, bytes] | None:
        folder = self.folder
        if folder is None:
            return None
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()):
            return None
        try:
            data = read_picture(file)
            return TYPES[facts(data, file.name).format], data
        except Refused:
            return None


class _Page(QWebEnginePage):
    """A page that goes nowhere."""

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main: bool) -> bool:
        return QUrl(url).scheme() == SCHEME and kind == QWebEnginePage.NavigationType.NavigationTypeTyped

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return None  # type: ignore[return-value]

    def javaScriptConsoleMessage(self, *_: Any) -> None:
        """The page's own scripts are off; what the engine says about that is no news."""


def make_page(parent: QObject) -> tuple[QWebEngineProfile, QWebEnginePage, _Files]:
    """A page that is locked down, with its profile and what serves it."""
    profile = QWebEngineProfile(parent)
    files = _Files(parent)
    profile.installUrlSchemeHandler(SCHEME.encode(), files)
    profile.setUrlRequestInterceptor(files.guard)
    page = _Page(profile, parent)
    off = QWebEngineSettings.WebAttribute
    for name in (off.JavascriptEnabled, off.LocalStorageEnabled, off.LocalContentCanAccessFileUrls, off.PluginsEnabled,
                 off.AutoLoadIconsForPage, off.HyperlinkAuditingEnabled, off.ErrorPageEnabled):  # fmt: skip
        page.settings().setAttribute(name, False)
    return profile, page, files


class WebPreview(QWidget):
    """The page in a web view.

    `clicked` carries what lies under a click: a line, a link or a film; `scrolled` the line of the text, with its
    fraction, that the reader brought to the top, 0 for the page's own top; `lost` says that the engine's process ended, and
    that the page has to be loaded anew.
    """

    ready = Signal()
    lost = Signal()
    clicked = Signal(dict)
    scrolled = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._device = 0
        self._profile, self.page, self.files = make_page(self)
        self.guard = self.files.guard
        self.view = QWebEngineView(self)
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAccessibleName("Preview of the post")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.loaded = False
        self.page.loadFinished.connect(self._was_loaded)
        self.page.titleChanged.connect(self._was_titled)
        self.page.renderProcessTerminated.connect(self._died)
        self._deaths: list[float] = []

    def load(self, folder: Path | None, theme: str, paper: QColor, style: Path | None) -> None:
        """Show an empty page for a review's folder."""
        self.files.folder, self.files.theme, self.files.style = folder, theme, style
        self.page.setBackgroundColor(paper)
        self.loaded = False
        self.page.load(QUrl(f"{SCHEME}://review/"))

    def _died(self, *_: object) -> None:
        """The engine's process ended: the page is loaded anew, unless that happens again and again."""
        self.loaded = False
        now = time.monotonic()
        self._deaths = [*(when for when in self._deaths if now - when < DEATHS_WITHIN), now]
        if len(self._deaths) <= MOST_DEATHS:
            QTimer.singleShot(200, self, self.lost.emit)

    def _was_loaded(self, well: bool) -> None:
        if not well:
            return
        script = resource("preview/patch.js").read_text("utf-8")
        self.page.runJavaScript(script, _WORLD, lambda _: self._set_up())

    def _set_up(self) -> None:
        settled()
        self.loaded = True
        self.ready.emit()

    def call(self, name: str, *values: object, then: Callable[[Any], None] | None = None) -> None:
        """Call one of our own functions in the page; `then` gets its answer after the page was changed."""
        arguments = ", ".join(json.dumps(value) for value in values)
        self.page.runJavaScript(f"window.reviewer.{name}({arguments})", _WORLD, then or (lambda _: None))

    def _was_titled(self, title: str) -> None:
        """The page's script tells what its reader does: ``line 12.50`` is scrolled to, ``hit 3 {…}`` is clicked."""
        name, _, rest = title.partition(" ")
        if name == "line" and self.loaded:
            self.scrolled.emit(float(rest))
        elif name == "hit" and self.loaded:
            self.clicked.emit(json.loads(rest.partition(" ")[2]))

    def show_device(self, width: int) -> None:
        """Lay the page out for a screen so many pixels wide, made smaller where the column is narrower; 0 is the column."""
        self._device = width
        self.view.setMaximumWidth(width or 16_777_215)
        self._scale()

    def _scale(self) -> None:
        room = self.width()
        self.view.setZoomFactor(min(1.0, max(0.25, room / self._device)) if self._device and room else 1.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale()

    def close_page(self) -> None:
        """Let the page go before its profile, as the engine wants it."""
        self.loaded = False
        self.files.end()
        self.view.setPage(None)  # type: ignore[arg-type]
        self.page.deleteLater()
        QCoreApplication.sendPostedEvents(self.page, QEvent.Type.DeferredDelete.value)


def make(parent: QWidget) -> WebPreview:
    """The web view; called once, after the editor has been painted, since its modules are the slow ones."""
    if not os.environ.get("REVIEWER_GPU"):  # a way out for a machine where the GPU does better
        # It counts only before the first Qt Quick window or web view exists.
        QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    return WebPreview(parent)
