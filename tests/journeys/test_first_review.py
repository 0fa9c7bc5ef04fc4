"""A critic's first review, typed by keys into a real window, exported, and read on the built page."""

from __future__ import annotations

import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reviewer.text.typography import typeset
from tests.conftest import SAMPLES
from tests.journeys.screen import Screen, until

pytestmark = pytest.mark.journey


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
