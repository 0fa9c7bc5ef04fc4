"""Names that look like HTML, turn the direction of writing or hold control characters are shown as they are, wherever they are shown."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import io

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget

from reviewer.library.resources import resource
from reviewer.review.values import Film, Permission, Review, Still
from reviewer.stills import letters
from reviewer.ui.preview.scheme import prepare, register
from reviewer.ui.words import command, shown, tip
from tests.hostile.vectors import NAMES
from tests.ui.conftest import qapp_cls, start  # noqa: F401

prepare()
register()
HTML = "<img src='file:///etc/hostname'><b>x"


@pytest.fixture
def program(start, tmp_path, qtbot):  # noqa: F811
    """The window on a review in which every word looks like HTML."""
    folder = tmp_path / "library" / "<b>folder<img src=x>"
    folder.mkdir(parents=True)
    quoted = f'"{HTML}"'
    (folder / "review.md").write_text(
        f"---\nid: a1\ntitle: {quoted}\nauthor: {quoted}\ncategories: [{quoted}]\ntags: [{quoted}]\nfilm:\n  title: {quoted}\n  year: 2009\n"
        f"credits:\n  director: [{quoted}]\n  cast:\n    - {{role: {quoted}, actors: [{quoted}]}}\n"
        f"stills:\n  - file: stills/a.jpg\n    alt: {quoted}\n    caption: {quoted}\n    credit: {quoted}\n    permission: {{basis: permission, state: asked, holder: {quoted}}}\n"
        "---\n\nWords.\n"
    )
    made = start(tmp_path / "library")
    made.files.open(folder / "review.md")
    for tab in ("tab-film", "tab-stills", "tab-check", "tab-review"):
        made.actions[tab].trigger()
        qtbot.waitUntil(lambda: not made.tasks.busy)
    return made


def texts_of(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    """The tips of all rows of a model."""
    found = []
    for row in range(model.rowCount(parent)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            found += [str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")]
            found += texts_of(model, index) if column == 0 and not isinstance(model, QAbstractListModel) else []
    return found


def tips(window: QWidget) -> list[str]:
    found = [widget.toolTip() for widget in window.findChildren(QWidget)]
    for view in window.findChildren(QAbstractItemView):
        if view.model() is not None:
            found += texts_of(view.model(), QModelIndex())
    return found


def alive(text: str) -> bool:
    """Whether Qt would make more of a text than words."""
    return "<img" in text.casefold() or "<b>" in text.casefold() or "<a " in text.casefold()


def test_no_tip_is_taken_for_html(program):
    assert [text for text in tips(program.window) if alive(text)] == []


def test_no_label_is_taken_for_html(program):
    labels = [label for label in program.window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    assert [label.text() for label in labels if alive(label.text())] == []


@pytest.mark.parametrize(
    "desk", ["stills-desk", "reviews-desk", "diary", "trash", "terms", "figures", "around", "versions"]
)
def test_no_view_and_no_dialog_takes_it_for_html(program, qtbot, desk):
    program.actions[desk].trigger()
    qtbot.waitUntil(lambda: not program.tasks.busy)
    shown_now = [program.window, *(w for w in program.app.topLevelWidgets() if w.isVisible())]
    assert [text for window in shown_now for text in tips(window) if alive(text)] == []
    labels = [label for window in shown_now for label in window.findChildren(QLabel)]
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText and alive(one.text())] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_tip_says_the_words_themselves(name, qapp):
    page = QTextDocument()
    page.setHtml(tip(name)) if tip(name) != name else page.setPlainText(name)
    assert page.toPlainText().split() == name.split()


@pytest.mark.parametrize("name", ["Willard & Ben", "À bout de souffle\u00a0!", "می\u200cخواهم زنده بمانم", "&&"])
def test_a_button_says_the_words_themselves(name, qapp):
    assert QPushButton(command(name)).text().replace("&&", "&") == name
    assert QPushButton(command(name)).shortcut().isEmpty()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_without_signs_that_deceive(name):
    assert not any(
        ord(c) < 32 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f" for c in shown(name)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_has_no_head_of_anothers_making(name):
    still = Still("stills/a.jpg", permission=Permission("permission", holder=name, contact="press@example.org"))
    review = Review(title=name, author=name, film=Film(title=name, year=2009))
    (template, *_) = letters.templates([resource("letters")])
    written = letters.mail(
        letters.fill(template, letters.facts(review, [still], dt.date(2026, 11, 26)), f"press@example.org{name}")
    )
    read = email.message_from_bytes(written, policy=email.policy.default)
    assert read["Bcc"] is None
    assert set(read.keys()) <= {
        "To",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "X-Unsent",
        "Date",
        "From",
    }


@pytest.mark.parametrize("title", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1+1", "＝1"])
def test_a_title_that_a_spreadsheet_would_compute_is_words(title, library, reviewer):
    reviewer("new", library, f"--title={title}")
    cells = [one for row in csv.reader(io.StringIO(reviewer("list", library, "--csv").out)) for one in row]
    assert f"'{title}" in cells
