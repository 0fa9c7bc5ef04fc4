"""A blog's settings: names and forms of fields with a sample of what they make, parts of the body, and stills."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from reviewer.publish import captions, presets, sample
from reviewer.publish.body import rating
from reviewer.publish.front import FACTS, TAGS_FROM
from reviewer.publish.plan import Plan
from reviewer.publish.profiles import PROFILES, BlogSettings
from reviewer.publish.profiles.base import FIELDS, Pictures
from reviewer.publish.sample import EXAMPLE
from reviewer.review.values import Review
from reviewer.stills.formats import MOST_SIDE
from reviewer.ui.theme import MONO
from reviewer.ui.widgets.fields import Form, Line, plain_label

RATING_BLANKS = "{marks}, {stars}, {value}, {best}, {grade}, {words}"
_FORM_WORDS = (("", "as it is"), ("text", "as a text"), ("number", "as a number"), ("one", "the first alone"), ("list", "as a list"))  # fmt: skip
_FORMATS = (("", "As the still is"), ("JPEG", "JPEG"), ("WEBP", "WebP"), ("AVIF", "AVIF"))


class FieldsDialog(QDialog):
    """A blog's settings on three pages. `review` is what the samples of captions are made from."""

    def __init__(self, settings: BlogSettings, plan: Plan, review: Review | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._plan, self._review = settings, plan, review or EXAMPLE
        self._flags: dict[str, QCheckBox] = {}
        self.setWindowTitle(f"Settings for {plan.site.folder.name}")
        self.resize(min(980, parent.width()), min(700, parent.height()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._show_front)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._fields(settings, plan), "Fields")
        self.tabs.addTab(self._body(settings, plan), "Post")
        self.tabs.addTab(self._stills(settings, plan), "Stills")
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.tabs, 3)
        middle.addLayout(self._live_sample(), 2)
        layout.addLayout(middle, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self._answers(row, {"Cancel": self.reject, "Keep these settings": self.accept})
        layout.addLayout(row)
        self._show_front()

    def _page(self) -> tuple[QScrollArea, QVBoxLayout]:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 14, 14, 8)
        column.setSpacing(10)
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area, column

    def _fields(self, settings: BlogSettings, plan: Plan) -> QWidget:
        page, column = self._page()
        row = QHBoxLayout()
        row.addWidget(plain_label("Names that a theme expects", self), 1)
        self._preset = QComboBox(self)
        self._preset.setAccessibleName("Names that a theme expects")
        self._preset.addItem("Take over…", "")
        for preset in presets.fitting(plan.site):
            self._preset.addItem(preset.title, preset.name)
        self._preset.activated.connect(lambda _: self._take_preset())
        row.addWidget(self._preset)
        column.addLayout(row)
        column.addWidget(plain_label("What the blog calls each field. Empty leaves the field out; dots nest it.", self))
        self._lines: dict[str, Line] = {}
        self._forms: dict[str, QComboBox] = {}
        keys = PROFILES[plan.profile.name].keys
        self._keys = {name: keys.get(name, name) for name in FIELDS} | dict.fromkeys(FACTS, "")
        column.addWidget(self._names(settings, FIELDS))
        column.addWidget(plain_label("Further keys, for blogs that have their own for facts of the film", self))
        column.addWidget(self._names(settings, FACTS))
        more = Form(self)
        self._constants = QPlainTextEdit(more)
        self._constants.setPlainText("\n".join(f"{key}: {value}" for key, value in settings.constants.items()))
        self._constants.setPlaceholderText("layout: review")
        self._constants.setFixedHeight(max(70, self.fontMetrics().height() * 4))
        self._constants.setTabChangesFocus(True)
        self._constants.textChanged.connect(self._soon.start)
        more.add("Always the same", self._constants, "Keys that every post has, one a line: key: value")
        column.addWidget(more)
        tags = QHBoxLayout()
        tags.addWidget(plain_label("Tags from", self, wrap=False))
        self._tags: dict[str, QCheckBox] = {}
        for name in TAGS_FROM:
            box = self._tags[name] = QCheckBox(name.capitalize(), self)
            box.setChecked(name in settings.tags_from)
            box.toggled.connect(lambda _: self._soon.start())
            tags.addWidget(box)
        tags.addStretch(1)
        column.addLayout(tags)
        column.addStretch(1)
        return page

    def _names(self, settings: BlogSettings, names: Sequence[str]) -> Form:
        """A row for each field: its key in the blog, and the form in which it is written."""
        form = Form(self)
        for name in names:
            box = QWidget(form)
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            line = self._lines[name] = Line(box)
            line.setText(settings.fields.get(name, self._keys[name]))
            line.setAccessibleName(f"The key for {name}")
            line.textChanged.connect(lambda _: self._soon.start())
            kind = self._forms[name] = QComboBox(box)
            kind.setAccessibleName(f"The form of {name}")
            for value, text in _FORM_WORDS:
                kind.addItem(text, value)
            kind.setCurrentIndex(max(0, kind.findData(settings.forms.get(name, ""))))
            kind.activated.connect(lambda _: self._soon.start())
            row.addWidget(line, 1)
            row.addWidget(kind)
            form.add(name.replace("_", " ").capitalize(), box)
        return form

    def _take_preset(self) -> None:
        """Put a preset's names into the form; nothing is kept before the dialog is."""
        name = self._preset.currentData()
        self._preset.setCurrentIndex(0)
        if not name:
            return
        made = presets.applied(self.settings(), name)
        for field_name, line in self._lines.items():
            line.setText(made.fields.get(field_name, self._keys[field_name]))
        for field_name, kind in self._forms.items():
            kind.setCurrentIndex(max(0, kind.findData(made.forms.get(field_name, ""))))
        self._constants.setPlainText("\n".join(f"{key}: {value}" for key, value in made.constants.items()))
        for tag, box in self._tags.items():
            box.setChecked(tag in made.tags_from)

    def _live_sample(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(
            plain_label("This review’s front matter" if self._review is not EXAMPLE else "An example", self)
        )
        self.front = QPlainTextEdit(self)
        self.front.setReadOnly(True)
        font = self.front.font()
        font.setFamily(MONO)
        self.front.setFont(font)
        self.front.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.front.setAccessibleName("A sample of the front matter")
        column.addWidget(self.front, 1)
        self.front_fault = plain_label("", self)
        self.front_fault.setObjectName("warning")
        self.front_fault.hide()
        column.addWidget(self.front_fault)
        return column

    def _show_front(self) -> None:
        """Make the sample anew; keys that the generator keeps for itself are named."""
        settings = self.settings()
        text = sample.front_matter(self._plan.site, settings, self._review if self._review.date else EXAMPLE)
        place = self.front.verticalScrollBar().value()
        self.front.setPlainText(text or "This profile writes no front matter.")
        self.front.verticalScrollBar().setValue(place)
        wanted = {key.split(".")[0] for key in (*settings.fields.values(), *settings.constants)}
        taken = sorted(wanted & self._plan.profile.reserved)
        self.front_fault.setVisible(bool(taken))
        self.front_fault.setText(
            f"{self._plan.profile.title} keeps {', '.join(taken)} for itself: a post may be lost or moved."
        )

    def _body(self, settings: BlogSettings, plan: Plan) -> QWidget:
        page, column = self._page()
        for name, text in (
            ("rating_line", "A line with the mark"), ("updated_line", "A line that says when it was updated"),
            ("credits_box", "The credits"), ("figures", "Stills as figures"),
            ("mentioned", "Which other posts name the film"), ("see_also", "Posts with the same categories"),
            ("stills_list", "A list of the stills’ credits at the end"),
            ("curl", "Let the blog curl straight quotes and dashes"),
        ):  # fmt: skip
            column.addWidget(self._flag(name, text))
        self._posts = Line(self)
        self._posts.setText(settings.posts)
        more = Form(self)
        more.add("Posts go to", self._posts, "A folder of the blog", plan.site.posts)
        self._address = Line(self)
        self._address.setText(settings.address)
        more.add("Address", self._address, "The blog’s address in the web; feeds and WordPress need it", "https://…")
        self._rating = Line(self)
        self._rating.setText(settings.rating)
        more.add("Mark", self._rating, f"How the line with the mark reads. Blanks: {RATING_BLANKS}", "{marks}")
        self._rating.textChanged.connect(lambda _: self._show_rating())
        self._rating_sample = plain_label("", self)
        more.add("Sample", self._rating_sample)
        self._biography = QPlainTextEdit(more)
        self._biography.setPlainText(settings.biography)
        self._biography.setPlaceholderText("A sentence or two about you, under every post")
        self._biography.setFixedHeight(max(70, self.fontMetrics().height() * 4))
        self._biography.setTabChangesFocus(True)
        more.add("About you", self._biography)
        self._show_rating()
        column.addWidget(more)
        column.addStretch(1)
        return page

    def _show_rating(self) -> None:
        review = self._review if self._review.rating else EXAMPLE
        self._rating_sample.setText(rating(review, self._rating.text(), self._settings.scales) or "Nothing.")

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
        forms = {name: kind.currentData() for name, kind in self._forms.items() if kind.currentData()}
        pairs = (line.partition(":") for line in self._constants.toPlainText().splitlines())
        constants = {key.strip(): value.strip() for key, sign, value in pairs if sign and key.strip()}
        flags: dict[str, Any] = {name: box.isChecked() for name, box in self._flags.items()}
        widths = sorted({int(word) for word in re.findall(r"\d+", self._widths.text())})
        pictures = Pictures(tuple(widths), self._format.currentData(), self._quality.value(), self._first_frame.isChecked(),
                            self._srgb.isChecked())  # fmt: skip
        return dataclasses.replace(
            self._settings, fields=fields, forms=forms, constants=constants,
            tags_from=tuple(name for name, box in self._tags.items() if box.isChecked()),
            address=self._address.text().strip(), rating=self._rating.text().strip(),
            biography=self._biography.toPlainText().strip(), posts=self._posts.text().strip(), caption=self._caption.text().strip(),
            credit=self._credit.text().strip(), pictures=pictures, **flags,
        )  # fmt: skip
