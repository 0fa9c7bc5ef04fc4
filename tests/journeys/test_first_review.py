"""A critic's first review, typed by keys into a real window, exported, and read on the built page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from reviewer.text.typography import typeset
from tests.conftest import SAMPLES

pytestmark = pytest.mark.journey
BROWSER_NEEDS = {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}


def until(condition: Callable[[], object], what: str, limit: float = 30.0) -> None:
    """Wait for a condition, not for a time."""
    end, pause = time.monotonic() + limit, threading.Event()
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        pause.wait(0.05)


class Screen:
    """A screen of the test's own, with a window manager, and hands on its keyboard."""

    def __init__(self, home: Path) -> None:
        for tool in ("Xvfb", "openbox", "xdotool"):
            assert shutil.which(tool), f"apt-get install xvfb openbox xdotool ({tool} is missing)"
        read, write = os.pipe()
        self._server = subprocess.Popen(
            # A server that resets when its last client leaves drops whoever is just connecting.
            ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1600x1000x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.environment = {**os.environ, **BROWSER_NEEDS, "DISPLAY": self.display, "HOME": str(home)}
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        until(self._managed, "the window manager")
        self.program: subprocess.Popen[bytes] | None = None

    def _managed(self) -> bool:
        """Whether a window manager has taken the screen (EWMH, _NET_SUPPORTING_WM_CHECK)."""
        display = Display(self.display)
        try:
            atom = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
            return display.screen().root.get_full_property(atom, X.AnyPropertyType) is not None
        finally:
            display.close()

    def start(self, *arguments: object) -> None:
        """Start the program and wait for its window."""
        command = [sys.executable, "-m", "reviewer", *map(str, arguments)]
        self.program = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        until(lambda: self.windows("Reviewer"), "the window")
        subprocess.run(
            ["xdotool", "windowactivate", "--sync", self.windows("Reviewer")[-1]], env=self.environment, check=True
        )

    def windows(self, name: str) -> list[str]:
        """The visible windows whose title holds a name."""
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.split()

    def keys(self, *names: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "30", *names], env=self.environment, check=True)

    def new_review(self, title: str) -> None:
        """Begin a review and type its title; the caret is in the text then."""
        self.keys("ctrl+n")
        until(lambda: self.windows("^Untitled.* — Reviewer"), "the new review")
        self.type(title)
        until(lambda: self.windows(f"^{title}.* — Reviewer"), "the title in the window's frame")
        self.keys("ctrl+1")

    def type(self, text: str) -> None:
        subprocess.run(
            ["xdotool", "type", "--delay", "12", "--file", "-"], env=self.environment, input=text.encode(), check=True
        )

    def kill(self) -> None:
        assert self.program is not None
        self.program.kill()
        self.program.wait()

    def close(self) -> None:
        for process in (self.program, self._manager, self._server):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def screen(home: Path) -> Iterator[Screen]:
    made = Screen(home)
    yield made
    made.close()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def page_text(page: Path) -> str:
    reader = _Text()
    reader.feed(page.read_text())
    return " ".join(reader.words)


def seed() -> list[str]:
    """The first two paragraphs of the seed's review, as they can be typed on any keyboard."""
    lines = (SAMPLES / "never-let-me-go.txt").read_text().splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("Never Let Me Go (2010) is one of"))
    plain = [
        line.replace("’", "'").replace("“", '"').replace("”", '"').replace("…", "...").replace("\xa0", " ")
        for line in lines[first:]
        if line.strip()
    ]
    return plain[:2]


def typed(paragraph: str) -> str:
    """A paragraph with the quotation marks and dashes that come while it is typed."""
    line = ""
    for sign in paragraph:
        gone, new = typeset(line, sign, "en") or (0, sign)
        line = line[: len(line) - gone] + new
    return line


def test_typed_saved_exported_and_built(screen: Screen, home: Path, tmp_path: Path, reviewer_process):
    library = tmp_path / "Reviews"
    library.mkdir()
    screen.start(library)
    screen.new_review("Never Let Me Go")
    paragraphs = seed()
    screen.type(paragraphs[0])
    screen.keys("Return", "Return")
    screen.type(paragraphs[1])
    screen.keys("ctrl+s")
    review = library / "never-let-me-go" / "review.md"
    until(review.is_file, "the saved review")
    text = review.read_text()
    set_ = [typed(paragraph) for paragraph in paragraphs]
    assert all(paragraph in text for paragraph in set_)

    reviewer_process(
        "set", review, "rating.five-stars=4", "rating.letters=B+", "categories=Movies,4 star movies", "date=2011-02-03"
    )
    blog = tmp_path / "blog"
    (blog / "_layouts").mkdir(parents=True)
    (blog / "_config.yml").write_text("title: Film notes\n")
    (blog / "_layouts" / "post.html").write_text("<h1>{{ page.title | escape }}</h1>{{ content }}")
    assert reviewer_process("export", review, "--to", blog, "--profile", "jekyll").returncode == 0
    assert shutil.which("jekyll"), "apt-get install jekyll"
    subprocess.run(["jekyll", "build", "--quiet"], cwd=blog, check=True, capture_output=True)
    (page,) = (blog / "_site").rglob("never-let-me-go.html")
    shown = page_text(page)
    assert "4 stars (B+)" in shown
    assert all(" ".join(paragraph.split()) in shown for paragraph in set_)


def test_killed_while_typing_offers_the_text_at_the_next_start(screen: Screen, home: Path, tmp_path: Path):
    library = tmp_path / "Reviews"
    library.mkdir()
    screen.start(library)
    screen.new_review("Moon")
    screen.type("Typed before the crash.")
    store = home / "data" / "reviewer" / "recovery"
    until(
        lambda: any(b"before the crash." in copy.read_bytes() for copy in store.glob("*.json")), "the recovery copy", 5
    )
    screen.kill()
    screen.start(library)
    until(lambda: screen.windows("was open when Reviewer stopped"), "the recovery dialog")
    screen.keys("Escape")
    until(lambda: not screen.windows("was open when Reviewer stopped"), "the dialog to close")
    assert any(b"before the crash." in copy.read_bytes() for copy in store.glob("*.json"))
