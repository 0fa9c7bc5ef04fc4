"""A blog's settings: names of fields, which parts go into the body, and how stills are copied and captioned."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from reviewer.publish import captions
from reviewer.publish.plan import Plan
from reviewer.publish.profiles import PROFILES, BlogSettings
from reviewer.publish.profiles.base import FIELDS, Pictures
from reviewer.review.values import Review
from reviewer.stills.formats import MOST_SIDE
from reviewer.ui.widgets.fields import Form, Line, plain_label

_FORMATS = (("", "As the still is"), ("JPEG", "JPEG"), ("WEBP", "WebP"), ("AVIF", "AVIF"))


class FieldsDialog(QDialog):
    """A blog's settings on three pages. `review` is what the samples of captions are made from."""

    def __init__(self, settings: BlogSettings, plan: Plan, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._review = settings, review
        self._flags: dict[str, QCheckBox] = {}
        self.setWindowTitle(f"Settings for {plan.site.folder.name}")
        self.resize(520, min(680, parent.height()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._fields(settings, plan), "Fields")
        self.tabs.addTab(self._body(settings, plan), "Post")
        self.tabs.addTab(self._stills(settings, plan), "Stills")
        layout.addWidget(self.tabs, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self._answers(row, {"Cancel": self.reject, "Keep these settings": self.accept})
        layout.addLayout(row)

    def _page(self) -> tuple[QScrollArea, QVBoxLayout]:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 14, 14, 8)
        column.setSpacing(10)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area, column

    def _fields(self, settings: BlogSettings, plan: Plan) -> QWidget:
        page, column = self._page()
        column.addWidget(plain_label("What the blog calls each field. Empty leaves the field out.", self))
        form = Form(self)
        self._lines: dict[str, Line] = {}
        keys = PROFILES[plan.profile.name].keys
        for name in FIELDS:
            line = Line(form)
            line.setText(settings.fields.get(name, keys.get(name, name)))
            form.add(name.replace("_", " ").capitalize(), line, f"The key for {name}")
            self._lines[name] = line
        self._keys = {name: keys.get(name, name) for name in FIELDS}
        column.addWidget(form)
        column.addStretch(1)
        return page

    def _body(self, settings: BlogSettings, plan: Plan) -> QWidget:
        page, column = self._page()
        for name, text in (
            ("rating_line", "A line with the mark"), ("credits_box", "The credits"), ("figures", "Stills as figures"),
            ("stills_list", "A list of the stills’ credits at the end"),
            ("curl", "Let the blog curl straight quotes and dashes"),
        ):  # fmt: skip
            column.addWidget(self._flag(name, text))
        self._posts = Line(self)
        self._posts.setText(settings.posts)
        more = Form(self)
        more.add("Posts go to", self._posts, "A folder of the blog", plan.site.posts)
        column.addWidget(more)
        column.addStretch(1)
        return page

    def _flag(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(bool(getattr(self._settings, name)))
        self._flags[name] = box
        return box

    def _stills(self, settings: BlogSettings, plan: Plan) -> QWidget:
        page, column = self._page()
        pictures = settings.pictures
        blanks = ", ".join(f"{{{name}}}" for name in captions.BLANKS)
        form = Form(self)
        self._caption, self._credit = Line(form), Line(form)
        for label, line, text in (
            ("Caption", self._caption, settings.caption),
            ("Credit", self._credit, settings.credit),
        ):
            line.setText(text)
            form.add(label, line, f"What stands under a still. Blanks: {blanks}")
            line.textChanged.connect(self._show_sample)
        self._sample = plain_label("", form)
        form.add("Sample", self._sample)
        column.addWidget(form)
        hint = plain_label(
            f"Blanks: {blanks}. What stands in [brackets] is left out where its blank is empty; *asterisks* emphasise.",
            self,
        )
        hint.setObjectName("hint")
        column.addWidget(hint)
        sizes = Form(self)
        self._widths = Line(sizes)
        self._widths.setText(", ".join(map(str, pictures.widths)))
        way = "The page takes the one that suits a reader’s screen." if plan.profile.responsive else ""
        several = (
            f"Pixels across, such as 800, 1600. {way}" if way else "Pixels across: this generator takes the largest."
        )
        sizes.add(
            "Sizes", self._widths, f"{several} Nothing is enlarged; empty keeps each still’s own size.", "as they are"
        )
        self._widths.textChanged.connect(lambda _: sizes.set_error(self._widths, self._width_fault()))
        self._format = QComboBox(sizes)
        for value, words in _FORMATS:
            self._format.addItem(words, value)
        self._format.setCurrentIndex(max(0, self._format.findData(pictures.format)))
        sizes.add("Format", self._format)
        self._quality = QSpinBox(sizes)
        self._quality.setRange(1, 100)
        self._quality.setValue(pictures.quality)
        sizes.add("Quality", self._quality, "1 to 100, for pictures that have to be encoded anew")
        column.addWidget(sizes)
        self._first_frame = QCheckBox("Of an animation, only the first picture", self)
        self._first_frame.setChecked(pictures.first_frame)
        self._srgb = QCheckBox("Turn all colours into sRGB", self)
        self._srgb.setChecked(pictures.srgb)
        column.addWidget(self._first_frame)
        column.addWidget(self._srgb)
        if plan.profile.scripts:
            column.addWidget(self._flag("linked_data", "Tell search engines whose the pictures are (JSON-LD)"))
        column.addStretch(1)
        self._show_sample()
        return page

    def _show_sample(self) -> None:
        stills = self._review.stills
        if not stills:
            self._sample.setText("This review has no still to show it with.")
            return
        made = captions.words(self._review, stills[0], self._caption.text(), self._credit.text())
        under = " ".join(part for part in (captions.plain(made.caption), captions.plain(made.credit)) if part)
        self._sample.setText(under or "Nothing.")

    def _width_fault(self) -> str:
        words = [word for word in re.split(r"[\s,;]+", self._widths.text()) if word]
        wrong = next((word for word in words if not word.isdecimal() or not 0 < int(word) <= MOST_SIDE), "")
        return f"“{wrong}” is no width from 1 to {MOST_SIDE} pixels." if wrong else ""

    def _answers(self, row: QHBoxLayout, answers: dict[str, Callable[[], None]]) -> None:
        for text, act in answers.items():
            button = QPushButton(text, self)
            button.clicked.connect(act)
            row.addWidget(button)
        button.setObjectName("filled")
        button.setDefault(True)

    def accept(self) -> None:
        """Keep the settings, unless one is wrong: then its page is shown."""
        if self._width_fault():
            self.tabs.setCurrentIndex(2)
            self._widths.setFocus()
            return
        super().accept()

    def settings(self) -> BlogSettings:
        """The settings as they stand in the form."""
        fields = {n: line.text().strip() for n, line in self._lines.items() if line.text().strip() != self._keys[n]}
        flags: dict[str, Any] = {name: box.isChecked() for name, box in self._flags.items()}
        widths = sorted({int(word) for word in re.findall(r"\d+", self._widths.text())})
        pictures = Pictures(tuple(widths), self._format.currentData(), self._quality.value(), self._first_frame.isChecked(),
                            self._srgb.isChecked())  # fmt: skip
        return dataclasses.replace(
            self._settings, fields=fields, posts=self._posts.text().strip(), caption=self._caption.text().strip(),
            credit=self._credit.text().strip(), pictures=pictures, **flags,
        )  # fmt: skip
