"""Writing by real keys in a real window: what the file holds afterwards."""

import shutil
from pathlib import Path

import pytest

from reviewer.library.resources import resource
from tests.journeys.screen import Screen, until

pytestmark = pytest.mark.journey


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the sample library."""
    return Path(shutil.copytree(resource("sample"), tmp_path / "Reviews"))


@pytest.fixture
def sample(screen: Screen, library: Path) -> Path:
    """The program with the sample's review in front and the caret at the end of its text: the review's file."""
    path = library / "never-let-me-go-2010" / "review.md"
    screen.start(path)
    screen.keys("ctrl+1", "ctrl+End")
    return path


def body(text: str) -> str:
    """What stands below the front matter."""
    return text.split("\n---\n", 1)[1].lstrip("\n")


def test_lists_tables_notes_and_marks(screen: Screen, tmp_path: Path):
    library = tmp_path / "Reviews"
    library.mkdir()
    screen.start(library)
    screen.new_review("Moon")
    screen.type("- one")
    screen.keys("Return")
    screen.type("two")
    screen.keys("Return", "Tab")
    screen.type("deeper")
    screen.keys("Return", "Return", "Return")
    screen.type('Say "so" -- it\'s "fine"')
    screen.keys("BackSpace")
    screen.type("...")
    screen.keys("BackSpace", "Return", "Return")
    screen.type("A bold word")
    screen.keys("ctrl+shift+Left", "ctrl+b", "End", "ctrl+shift+n")
    screen.type("The note.")
    screen.keys("alt+Return")
    screen.type(" and on")
    screen.keys("ctrl+End", "Return", "Return")
    screen.type("see it again")
    screen.keys("ctrl+shift+9", "ctrl+shift+9", "ctrl+End", "Return", "Return", "Return", "ctrl+shift+t")
    screen.type("Title")
    screen.keys("Tab", "Tab")
    screen.type("Alien")
    screen.keys("Tab")
    screen.type("1979")
    screen.keys("Tab")
    screen.type("Solaris")
    screen.keys("Tab")
    text = body(screen.save(library / "moon" / "review.md"))
    assert text == (
        "- one\n- two\n    - deeper\n\n"
        'Say “so” – it’s “fine"...\n\n'
        "A bold **word**[^1] and on\n\n"
        "[^1]: The note.\n\n"
        "- [x] see it again\n\n"
        "| Title   | Year |\n| ------- | ---- |\n| Alien   | 1979 |\n| Solaris |      |\n"
    ).rstrip("\n")


def test_quotes_follow_the_language(screen: Screen, tmp_path: Path):
    path = tmp_path / "Reviews" / "m" / "review.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: M\nlanguage: fr\n---\n")
    screen.start(path)
    screen.keys("ctrl+1", "ctrl+End")
    screen.type('"oui" dit-il')
    assert body(screen.save(path)) == "«\u202foui\u202f» dit-il"


def test_lines_move_and_double(screen: Screen, sample: Path):
    screen.keys("Return", "Return")
    screen.type("first")
    screen.keys("Return")
    screen.type("second")
    screen.keys("alt+Up", "ctrl+shift+d")
    assert body(screen.save(sample)).endswith("\n\nsecond\nsecond\nfirst")


def test_people_roles_and_films_are_completed(screen: Screen, sample: Path):
    screen.keys("Return", "Return")
    until(lambda: screen.windows("Never Let Me Go"), "the window")
    for words in ("Carey", ", Kathy (", ", [[Moo", ", Brief Enc"):
        screen.type(words)
        screen.keys("Tab")
    text = body(screen.save(sample))
    assert text.endswith(
        "\n\nCarey Mulligan, Kathy (played by Carey Mulligan and Izzy Meikle-Small), [[Moon (2009)]], Brief Encounter (1945)"
    )


def test_a_named_film_is_linked_with_one_key(screen: Screen, sample: Path):
    screen.keys("Return", "Return")
    screen.type("As in Gattaca (1997)")
    screen.keys("ctrl+m")
    assert body(screen.save(sample)).endswith("\n\nAs in [[Gattaca (1997)]]")


def test_rich_words_are_pasted_as_markdown_and_plain_ones_by_their_key(screen: Screen, sample: Path):
    screen.keys("Return", "Return")
    screen.put_on_clipboard("bold link", '<p><b>bold</b> <a href="https://films.example/">link</a></p>')
    screen.keys("ctrl+v")
    screen.type(" ")
    screen.keys("ctrl+shift+v")
    assert body(screen.save(sample)).rstrip().endswith("\n\n**bold** [link](https://films.example/) bold link")


def test_found_and_replaced_in_the_text(screen: Screen, sample: Path):
    assert "nobody ever" in sample.read_text()
    screen.keys("ctrl+Home", "ctrl+h")
    screen.type("nobody ever")
    screen.settle()
    screen.keys("Tab")
    screen.type("no one ever")
    screen.keys("Return", "Return", "Escape")
    text = body(screen.save(sample))
    assert "no one ever" in text
    assert "nobody ever" not in text


def test_replaced_in_the_library_place_by_place(screen: Screen, library: Path, sample: Path):
    other = library / "moon-2009" / "review.md"
    screen.keys("ctrl+shift+h")
    until(lambda: screen.windows("Replace in the library"), "the list")
    screen.type("Silent Running")
    screen.keys("Tab")
    screen.type("Dark Star")
    screen.settle()
    screen.keys("Down", "space", "Tab", "Tab", "Tab", "space")
    until(lambda: "Dark Star (1972)" in other.read_text(), "the replaced words")
    screen.settle()  # the list has heard of it too
    screen.keys("Escape")
    screen.command("Undo the replacement")
    until(lambda: "Silent Running (1972)" in other.read_text(), "the former words")


def test_an_unknown_word_is_mended_by_keys(screen: Screen, sample: Path):
    screen.keys("Return", "Return")
    screen.type("A strnage film ")
    screen.settle()  # the dictionary is read by then
    screen.keys("ctrl+Left", "ctrl+Left", "ctrl+period")
    screen.settle()
    screen.keys("Return")
    assert body(screen.save(sample)).endswith("\n\nA strange film ")


def test_a_click_in_the_preview_puts_the_caret_there(screen: Screen, sample: Path):
    screen.settle()  # the page shows the end of the text, where the caret is
    screen.click(930, 230)
    screen.settle()
    screen.keys("ctrl+1", "Home")
    screen.type("HERE ")
    text = body(screen.save(sample))
    assert "\n\nHERE " in text
    assert "HERE" not in text.rstrip().split("\n\n")[-1]


def test_a_web_page_and_a_pdf_are_made(screen: Screen, sample: Path, tmp_path: Path):
    for command, name, begins in (
        ("Export as a web page", "page.html", b"<!DOCTYPE html>"),
        ("Export as PDF", "sheets.pdf", b"%PDF-"),
    ):
        screen.command(command)
        screen.settle()
        screen.keys("ctrl+a")
        screen.type(str(tmp_path / name))
        screen.keys("Return")
        until(
            lambda name=name, begins=begins: (
                (tmp_path / name).is_file() and (tmp_path / name).read_bytes().startswith(begins)
            ),
            name,
        )


def test_the_review_is_copied_for_a_mail(screen: Screen, sample: Path):
    screen.settle()
    screen.keys("ctrl+shift+c")
    until(lambda: "<h1>Never Let Me Go</h1>" in screen.clipboard("html"), "the copy")


def test_what_stands_in_the_text_is_read_by_the_short_message(screen: Screen, sample: Path):
    screen.command("A short message")
    until(lambda: screen.windows("A short message"), "the message")
    screen.settle()
    screen.keys("Return")
    until(lambda: "★★★★" in screen.clipboard("text") or "4 stars" in screen.clipboard("text"), "the message")


def test_a_letter_is_written_and_its_asking_written_down(screen: Screen, sample: Path):
    screen.keys("alt+3")
    screen.command("Write a letter")
    until(lambda: screen.windows("Write a letter"), "the letter")
    screen.type("press@example.org")
    screen.keys(*["Tab"] * 6, "space")
    until(lambda: "Dear Northlight Film Distribution," in screen.clipboard("text"), "the copied letter")
    text = screen.save(sample)
    assert "what: asked" in text
    assert "who: press@example.org" in text
    assert "basis: permission" in text
