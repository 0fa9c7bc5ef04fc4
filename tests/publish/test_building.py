"""What generators say while they build: complaints, the review they are about, the address of a server."""

from pathlib import Path

import pytest

from reviewer.publish.building import Reader, address
from reviewer.publish.entries import Entry
from reviewer.publish.receipts import Receipt

MOON = Path("/reviews/moon-2009/review.md")
READER = Reader(
    [Receipt("r", str(MOON), entry=Entry("r", str(MOON), "content/posts/moon/index.md", "moon", "2009-07-17"))]
)


@pytest.mark.parametrize(
    "line",
    [
        "  Liquid Exception: Unknown tag 'x' in /blog/_posts/2009-07-17-moon.md",
        "ERROR deploy", "Warning: something", "WARN  found no layout file", "Traceback (most recent call last):",
        "[@astrojs] InvalidContentEntryDataError", "fatal: no such thing", "Conflict: The following destination is shared",
    ],
)  # fmt: skip
def test_a_complaint_is_seen(line):
    assert READER.line(line).complaint == ("InvalidContent" not in line)


@pytest.mark.parametrize(
    "line", ["Total in 12 ms", "0 errors, 0 warnings", "done in 0.3 seconds.", "Pages | 12", "", "no errors"]
)
def test_a_plain_line_is_none(line):
    assert not READER.line(line).complaint


def test_a_line_that_names_a_post_leads_to_its_review():
    assert READER.line('ERROR "/blog/content/posts/moon/index.md:12:1": failed').review == MOON


def test_a_line_that_names_no_post_leads_nowhere():
    assert READER.line("ERROR in content/posts/moonlight/index.md").review is None


def test_colours_and_control_signs_are_left_out():
    assert READER.line("\x1b[31mERROR\x1b[0m \x1b]8;;x\x07here\x07\r").text == "ERROR here"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("    Server address: http://127.0.0.1:4000/blog/", "http://127.0.0.1:4000/blog/"),
        ("Web Server is available at //localhost:1313/ (bind address 127.0.0.1)", ""),
        ("Web Server is available at http://localhost:1313/ (bind address 127.0.0.1)", "http://localhost:1313/"),
        ("\x1b[1mServing on http://0.0.0.0:8000/\x1b[0m ...", "http://localhost:8000/"),
        ("see https://example.org:8080/", ""),
    ],
)
def test_the_address_of_a_server_is_seen(line, found):
    assert address(line) == found
