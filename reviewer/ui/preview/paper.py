"""The review on paper: the page laid out in sheets by the web engine, with numbers at their feet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMarginsF, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from reviewer.ui.preview.scheme import SCHEME
from reviewer.ui.preview.web import make_page

_SHEETS = """
@page {{ @bottom-center {{ content: counter(page) " / " counter(pages); font: 9pt "Source Sans 3", sans-serif; color: #505356; }}
  @bottom-left {{ content: "{title}"; font: 9pt "Source Sans 3", sans-serif; color: #505356; }} }}
@page :first {{ @bottom-left {{ content: none; }} }}
html {{ background: #fff; }} body {{ font-size: 11pt; }} .post {{ max-width: none; padding: 0; }}
figure, pre, blockquote, table, dl.credits {{ break-inside: avoid; }} h1, h2, h3, h4 {{ break-after: avoid; }}
figure.lead {{ margin: 0 0 20px; }} figure.lead figcaption {{ padding: 0; }} figure img {{ max-height: 150mm; width: auto; max-width: 100%; margin: 0 auto; }}
p {{ orphans: 2; widows: 2; }} details.spoiler > *, details.spoiler {{ display: block; }}
"""


def sheets(html: bytes, title: str) -> bytes:
    """A whole page with what paper needs: sheets, their numbers, no still cut from its caption.

    The title is a string of CSS: each sign of it that could mean something there is written by its number (CSS Syntax, 4.3.7).
    """
    said = re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", title)
    fonts = '<link rel="stylesheet" href="reviewer://app/preview/fonts.css">'
    text = html.decode("utf-8")
    start = text.index("<meta http-equiv")
    text = text[:start] + text[text.index("\n", start) + 1 :]
    return text.replace("</head>", f"{fonts}<style>{_SHEETS.format(title=said)}</style></head>", 1).encode("utf-8")


class Paper:
    """One printing: loads the sheets and prints them, or writes them as a PDF; keep it until `done` or `failed` is called."""

    def __init__(self, html: bytes, title: str, parent: QWidget) -> None:
        self._view = QWebEngineView(parent)
        self._view.hide()
        self._profile, self._page, files = make_page(self._view)
        files.paper = sheets(html, title)
        self._view.setPage(self._page)
        self._view.resize(800, 1100)

    def to_pdf(self, done: Callable[[bytes], object], failed: Callable[[], object]) -> None:
        """Lay the sheets out in A4 and give them as the bytes of a PDF."""
        sheet, margins = QPageSize(QPageSize.PageSizeId.A4), QMarginsF(20, 18, 20, 22)
        layout = QPageLayout(sheet, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)

        def made(data: Any) -> None:
            content = bytes(data.data()) if hasattr(data, "data") else bytes(data)
            self._end()
            done(content) if content.startswith(b"%PDF") else failed()

        self._load(lambda: self._page.printToPdf(made, layout), failed)

    def to_printer(self, printer: QPrinter, done: Callable[[], object], failed: Callable[[], object]) -> None:
        """Print the sheets."""

        def printed(well: bool) -> None:
            self._end()
            done() if well else failed()

        self._view.printFinished.connect(printed)
        self._load(lambda: self._view.print(printer), failed)

    def _load(self, then: Callable[[], object], failed: Callable[[], object]) -> None:
        def loaded(well: bool) -> None:
            if well:
                then()
            else:
                self._end()
                failed()

        self._page.loadFinished.connect(loaded)
        self._page.load(QUrl(f"{SCHEME}://paper/"))

    def _end(self) -> None:
        self._view.setPage(None)  # type: ignore[arg-type]
        self._page.deleteLater()
        self._view.deleteLater()
