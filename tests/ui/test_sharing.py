"""Out of the editor: sheets as PDF, the clipboard, a short message."""

import dataclasses
import re

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog

from reviewer.review.values import Film, Mark, Review
from reviewer.text.sharing import length, rich, short
from reviewer.ui.acts.sharing import _contact_sheet
from reviewer.ui.dialogs.short import ShortForm


def sheets(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", data))


@pytest.fixture
def web(start, sample, qtbot):
    return start(sample / "never-let-me-go-2010" / "review.md", web=True)


def test_a_pdf_has_sheets_with_the_stills(web, qtbot, tmp_path):
    path = tmp_path / "review.pdf"
    web.sharing.write_pdf(path)
    qtbot.waitUntil(path.is_file, timeout=20_000)
    data = path.read_bytes()
    assert sheets(data) >= 2
    assert data.count(b"/Subtype /Image") + data.count(b"/Subtype/Image") >= 3


def test_a_title_full_of_signs_stands_at_the_foot_of_the_sheets(web, qtbot, tmp_path):
    title = 'A "b" \\ </style> } {x} & Søn 2'
    session = web.desk.current
    session.change("Title", dataclasses.replace(session.review, title=title))
    path = tmp_path / "review.pdf"
    web.sharing.write_pdf(path)
    qtbot.waitUntil(path.is_file, timeout=20_000)
    document = QPdfDocument()
    document.load(str(path))
    assert title in document.getAllText(1).text()


def test_a_place_that_cannot_be_written_is_said(web, qtbot, tmp_path):
    web.sharing.write_pdf(tmp_path / "missing" / "review.pdf")
    qtbot.waitUntil(lambda: "Not written" in web.notices.text, timeout=20_000)


def test_no_name_writes_nothing(web, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: ("", ""))
    web.actions["export-pdf"].trigger()
    assert web.sharing._paper is None


def test_a_mail_gets_links_and_emphasis_and_no_pictures(program, editor, qtbot):
    editor.setPlainText("A *good* [film](https://a.example).\n\n![](stills/lane.jpg)")
    program.actions["copy-rich"].trigger()
    qtbot.waitUntil(lambda: "Copied" in program.notices.text)
    data = QGuiApplication.clipboard().mimeData()
    assert '<em>good</em> <a href="https://a.example">film</a>' in data.html()
    assert "<img" not in data.html()
    assert "Tommy on the lane" in data.html()
    assert data.text().startswith("A *good*")


def test_html_is_copied_as_words(program, editor, qtbot):
    editor.setPlainText("A *good* film")
    program.actions["copy-html"].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "<p>A <em>good</em> film</p>")


REVIEW = Review(
    title="Moon", film=Film(title="Moon", year=2009), rating=(Mark("five-stars", 4),), excerpt="One man,\ntwice."
)


def test_a_short_message_holds_what_there_is():
    assert short(REVIEW, "https://a.example/x") == "Moon (2009): 4 stars\n\nOne man, twice.\n\nhttps://a.example/x"
    assert short(Review(title="Moon")) == "Moon"


@pytest.mark.parametrize(
    ("message", "count"), [("abc", 3), ("😀é", 2), ("a https://example.org/" + "x" * 90, 25), ("e\u0301", 1)]
)
def test_length_is_counted_as_services_count(message, count):
    assert length(message) == count


def test_a_mail_without_a_mark_has_no_empty_line():
    assert rich(Review(title="T"), "x") == "<h1>T</h1>\n<p>x</p>"


def test_the_message_can_be_changed_and_copied(qtbot):
    dialog = ShortForm(REVIEW)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.link, "https://a.example")
    assert "Fits Bluesky" in dialog.count.text()
    dialog.message.appendPlainText("x" * 600)
    assert "Too long" in dialog.count.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().endswith("x" * 600)


def test_a_contact_sheet_is_a_pdf(web, qtbot, tmp_path):
    path = tmp_path / "stills.pdf"
    web.sharing.write_pdf(path, _contact_sheet)
    qtbot.waitUntil(lambda: path.is_file() and path.read_bytes().startswith(b"%PDF"), timeout=20_000)
    assert path.stat().st_size > 20_000
