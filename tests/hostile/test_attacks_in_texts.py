"""Nothing in a text runs, asks or reads: in the renderer's HTML, in the page of the preview, in pages and papers that leave the program."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from reviewer.ui.preview.scheme import prepare, register
from tests.hostile.vectors import ALL, FILES, REQUESTS
from tests.ui.conftest import asking, qapp_cls, sample, start  # noqa: F401

prepare()
register()
RUNNING = {"script", "iframe", "frame", "object", "embed", "applet", "link", "meta", "base", "form", "style", "svg", "math", "template", "noscript", "textarea", "select", "audio", "video", "source", "track", "marquee"}  # fmt: skip
ADDRESSES = {
    "src",
    "href",
    "srcset",
    "data",
    "action",
    "formaction",
    "poster",
    "background",
    "ping",
    "xlink:href",
    "cite",
    "longdesc",
}


class Reader(HTMLParser):
    """Notes what in a page could run, ask or read."""

    def __init__(self, own: tuple[str, ...] = (), allowed: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.own, self.allowed = own, allowed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in RUNNING - self.allowed:
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or (name == "style" and ("url" in value or "expression" in value)):
                self.bad.append(f"{tag} {name}")
            elif name in ADDRESSES:
                self._address(tag, name, value)

    handle_startendtag = handle_starttag

    def _address(self, tag: str, name: str, value: str) -> None:
        plain = re.sub(r"[\t\r\n]", "", value).lstrip("".join(map(chr, range(33))))  # as browsers read an address
        scheme = urlsplit(plain).scheme.lower()
        if tag == "a" and name == "href":
            if scheme not in ("", "http", "https", "mailto") or re.match(r"[/\\\\]{2}", plain):
                self.bad.append(f"link {value}")
        elif scheme not in self.own or re.match(r"[/\\\\]{2}", plain):
            self.bad.append(f"{tag} {name} {value}")


def faults(html: str, *own: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    reader = Reader(own, allowed)
    reader.feed(html)
    reader.close()
    return reader.bad


@pytest.fixture(scope="module")
def renderer():
    from reviewer.text.markdown import Renderer  # as each test here has its own front door

    return Renderer()


@pytest.mark.parametrize("attack", ALL)
def test_what_is_rendered_runs_asks_and_reads_nothing(renderer, attack):
    html = "\n".join(block.html for block in renderer.render(f"{attack}\n\nAfter.", {}))
    assert faults(html, "") == []


def hostile_review(folder) -> str:
    """A review whose text is all attacks, each in a paragraph of its own, with a link and a pipe among the stills."""
    stills = folder / "stills"
    stills.mkdir(parents=True, exist_ok=True)
    (stills / "link.jpg").symlink_to("/etc/hostname")
    os.mkfifo(stills / "pipe.jpg")
    text = "How it begins.\n\n" + "\n\n".join(ALL) + "\n"
    (folder / "review.md").write_text(f"---\ntitle: <img src=x onerror=ran()>\n---\n\n{text}", "utf-8", "surrogatepass")
    return text


@pytest.fixture
def page(start, tmp_path, qtbot):  # noqa: F811
    """The preview of that review, and a question to its page."""
    hostile_review(tmp_path / "library" / "hostile")
    program = start(tmp_path / "library" / "hostile" / "review.md", web=True)
    preview = program.window.preview
    qtbot.waitUntil(lambda: preview.page is not None and preview.page.loaded, timeout=20_000)

    ask = asking(preview, qtbot)
    qtbot.waitUntil(lambda: "How it begins." in ask("document.body.textContent"), timeout=30_000)
    qtbot.waitUntil(lambda: not preview.rendering.busy, timeout=30_000)
    qtbot.waitUntil(lambda: ask("[...document.images].every(i => i.complete)") is True, timeout=10_000)
    return program, ask


def test_in_the_preview_nothing_runs_asks_or_reads(page):
    program, ask = page
    assert program.window.preview.page.guard.refused == []
    assert faults(ask("document.getElementById('text').innerHTML"), "", "reviewer", "data") == []
    assert ask("[...document.querySelectorAll('#text img')].filter(i => i.naturalWidth > 0).length") == 0


def test_a_title_is_text_in_the_preview(page):
    _, ask = page
    assert ask("document.querySelector('#head h1').textContent") == "<img src=x onerror=ran()>"


def test_a_page_that_is_exported_runs_asks_and_reads_nothing(tmp_path, reviewer):
    hostile_review(tmp_path / "hostile")
    out = tmp_path / "page.html"
    assert reviewer("render", tmp_path / "hostile" / "review.md", "-o", out).status == 0
    html = out.read_text()
    assert faults(html, "", "data", allowed=frozenset({"meta", "style", "svg"})) == []
    assert "canary.invalid/x.css" not in html.partition("<body")[0]


def test_what_is_copied_for_a_mail_runs_asks_and_reads_nothing():
    from reviewer.review.values import Review  # the front door of this test
    from reviewer.text.sharing import rich

    html = rich(Review(title="<img src=x onerror=ran()>"), "\n\n".join(ALL))
    assert faults(html, "data", allowed=frozenset({"meta"})) == []


@pytest.mark.parametrize("attack", [*REQUESTS, *FILES])
def test_the_plain_preview_loads_nothing_of_it(attack, start, tmp_path, qtbot):  # noqa: F811
    """Qt's own text view asks for each picture by `loadResource`; only the review's stills are answered."""
    from PySide6.QtCore import QByteArray, QUrl
    from PySide6.QtGui import QTextDocument

    from reviewer.ui.preview.simple import SimplePreview

    view = SimplePreview()
    qtbot.addWidget(view)
    hostile_review(tmp_path / "hostile")
    view._folder = tmp_path / "hostile"
    for word in (
        attack.replace("(", " ").replace(")", " ").replace("=", " ").replace(">", " ").replace("'", " ").split()
    ):
        found = view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(word))
        assert isinstance(found, QByteArray)
        assert found.isEmpty()
    qtbot.waitUntil(lambda: not view._tasks.busy)
    assert all(image is None for image in view._images.values())
    view.close_page()
