"""A critic's work on her whole library by real keys: what the files hold afterwards."""

import csv
import shutil
from pathlib import Path

import pytest

from reviewer.library.resources import resource
from tests.journeys.screen import Screen, until

pytestmark = pytest.mark.journey
NEVER, MOON = "never-let-me-go-2010", "moon-2009"
LIST, COVERS, TABLE, BOARD, CALENDAR = range(5)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the sample library."""
    return Path(shutil.copytree(resource("sample"), tmp_path / "Reviews"))


@pytest.fixture
def desk(screen: Screen, library: Path) -> Screen:
    """The program with all reviews in front, the caret in the search field."""
    screen.start(library / NEVER / "review.md")
    screen.settle()
    screen.keys("ctrl+3")
    screen.settle()
    screen.keys("ctrl+l")
    return screen


def look_for(screen: Screen, words: str, kind: int) -> None:
    """Choose one of the views by Tab and the arrows, search, and go into what is found."""
    screen.keys("ctrl+l", "BackSpace")
    screen.settle()
    screen.keys("Tab", *["Left"] * 4, "space", *["Right"] * kind, "ctrl+l")
    screen.type(words)
    screen.settle()
    screen.keys("Down")


def in_front(screen: Screen, title: str) -> None:
    until(lambda: screen.windows(f"^{title}.* — Reviewer"), f"{title} in front")


def test_what_is_found_is_opened_in_each_view(desk: Screen):
    moon, never = ("duncan jones", "Moon"), ("director:romanek mark:>=4", "Never Let Me Go")
    for kind, (words, title) in ((LIST, moon), (COVERS, never), (TABLE, moon), (BOARD, never), (CALENDAR, moon)):
        look_for(desk, words, kind)
        desk.keys("Return")
        in_front(desk, title)
        desk.keys("ctrl+3")


def test_a_cell_and_a_card_are_changed_and_taken_back(desk: Screen, library: Path):
    path = library / MOON / "review.md"
    before = path.read_bytes()
    look_for(desk, "duncan", TABLE)
    desk.keys("F2")
    desk.type("Moon, again")
    desk.keys("Return")
    until(lambda: b"Moon, again" in path.read_bytes(), "the title")
    desk.command("undo the last change to several")
    until(lambda: path.read_bytes() == before, "the file as it was")
    look_for(desk, "duncan", BOARD)
    desk.keys("ctrl+Right")
    until(lambda: b"status: published" in path.read_bytes(), "the status")


def test_a_list_post_is_made_ranked_and_written(screen: Screen, library: Path):
    screen.start(library / NEVER / "review.md")
    screen.settle()
    screen.keys("ctrl+alt+t")
    screen.settle()
    screen.type("Three for a rainy day")
    screen.keys("Tab", "End")  # by hand
    screen.settle()
    screen.keys("Tab", "Tab", "Tab")
    screen.type("Stalker (1979)")
    screen.keys("Return", "Tab", "alt+Up", "alt+Up", "alt+Up", "Return")
    path = library / "three-for-a-rainy-day" / "review.md"
    until(path.is_file, "the list")
    in_front(screen, "Three for a rainy day")
    heads = [line for line in path.read_text().splitlines() if line.startswith("## ")]
    assert heads[0] == "## 1. [[Stalker (1979)]]"
    assert len(heads) == 4
    screen.keys("ctrl+1", "ctrl+Home", "End", "Return", "Return")
    screen.type("Bring a coat.")
    assert "[[Stalker (1979)]]\n\nBring a coat." in screen.save(path)


def test_a_film_that_was_seen_is_written_down_and_then_about(screen: Screen, library: Path):
    screen.start(library / NEVER / "review.md")
    screen.settle()
    screen.keys("ctrl+4")
    screen.settle()
    screen.type("Stalker (1979)")
    screen.keys("Tab")
    screen.type("cinema")
    screen.keys("Return")
    until((library / "diary.csv").is_file, "the diary")
    (row,) = csv.DictReader((library / "diary.csv").read_text().splitlines())
    assert (row["Name"], row["Year"], row["Where"]) == ("Stalker", "1979", "cinema")
    screen.settle()
    screen.keys("alt+w")
    in_front(screen, "Stalker")
    screen.type("Slowly.")
    text = screen.save(library / "stalker-1979" / "review.md")
    assert "  year: 1979\n" in text
    assert "where: cinema" in text
    assert text.endswith("\nSlowly.")


def test_a_review_is_thrown_away_and_put_back(screen: Screen, library: Path):
    screen.start(library / NEVER / "review.md")
    screen.settle()
    screen.command("move this review to the trash")
    screen.settle()
    screen.keys("Return")
    until(lambda: not (library / NEVER).exists(), "the review in the trash")
    screen.settle()
    screen.command("trash of the library")
    screen.settle()
    screen.keys("Return")
    until((library / NEVER / "review.md").is_file, "the review back in its place")


def test_a_double_bill_begins_with_its_template(screen: Screen, library: Path):
    screen.start(library / NEVER / "review.md")
    screen.settle()
    screen.keys("ctrl+alt+n")
    screen.settle()
    screen.keys("Tab")
    screen.type("Gattaca (1997)")
    screen.keys("Tab")
    screen.type("Solaris (1972)")
    screen.keys("Return")
    in_front(screen, "Gattaca and Solaris")
    text = screen.save(library / "gattaca-and-solaris-1997" / "review.md")
    assert "  - film:\n      title: Solaris\n      year: 1972\n" in text
