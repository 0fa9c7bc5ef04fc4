"""A blog's settings as a dialog: fields, the post, stills."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QWidget

from reviewer.publish.plan import site_for
from reviewer.publish.planner import make_plan
from reviewer.publish.profiles.base import BlogSettings, Pictures
from reviewer.review.values import Film, Permission, Review, Still
from reviewer.ui.dialogs.fields import FieldsDialog

REVIEW = Review(
    title="Never Let Me Go",
    film=Film("Never Let Me Go", year=2010),
    stills=(Still("stills/a.jpg", caption="Carey Mulligan", permission=Permission(holder="Fox Searchlight")),),
)


@pytest.fixture
def dialog(qtbot, blog, folders):
    parent = QWidget()
    qtbot.addWidget(parent)
    site = site_for(blog)
    plan = make_plan([], site, BlogSettings(), folders, dt.date(2026, 1, 1))
    made = FieldsDialog(BlogSettings(), plan, REVIEW, parent)
    qtbot.addWidget(made)
    made.show()
    made.over = parent
    return made


def test_what_is_shown_is_what_is_kept(dialog):
    assert dialog.settings() == BlogSettings()


def test_the_sample_says_what_stands_under_a_still(dialog):
    dialog._caption.setText("{caption} in *{film}*[. © {year} {holder}]")
    assert dialog._sample.text() == "Carey Mulligan in Never Let Me Go. © 2010 Fox Searchlight"


def test_choices_for_copies_are_kept(dialog):
    dialog._widths.setText("1600; 640")
    dialog._format.setCurrentIndex(dialog._format.findData("WEBP"))
    dialog._quality.setValue(70)
    dialog._srgb.setChecked(True)
    assert dialog.settings().pictures == Pictures((640, 1600), "WEBP", 70, False, True)


@pytest.mark.parametrize("words", ["wide", "0", "800, 30000"])
def test_a_width_that_is_none_is_not_kept(dialog, words):
    dialog._widths.setText(words)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.tabs.tabText(dialog.tabs.currentIndex()) == "Stills"


def test_no_widths_is_each_still_at_its_own_size(dialog):
    dialog._widths.clear()
    dialog.accept()
    assert dialog.settings().pictures.widths == ()
