"""A blog's settings: names of fields, and which parts go into the body."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.publish.plan import Plan
from reviewer.publish.profiles import PROFILES, BlogSettings
from reviewer.publish.profiles.base import FIELDS
from reviewer.ui.widgets.fields import Form, Line, Section, plain_label


class FieldsDialog(QDialog):
    """A blog's settings: names of fields, and which parts go into the body."""

    def __init__(self, settings: BlogSettings, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(f"Fields for {plan.site.folder.name}")
        self.resize(460, 620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.addWidget(plain_label("What the blog calls each field. Empty leaves the field out.", self))
        form = Form(self)
        self._lines: dict[str, Line] = {}
        keys = PROFILES[plan.profile.name].keys
        for name in FIELDS:
            line = Line(form)
            line.setText(settings.fields.get(name, keys.get(name, name)))
            form.add(name.replace("_", " ").capitalize(), line, f"The key for {name}")
            self._lines[name] = line
        self._keys = {name: keys.get(name, name) for name in FIELDS}
        layout.addWidget(form)
        section = Section("In the body", self)
        self._flags: dict[str, QCheckBox] = {}
        for name, text in (
            ("rating_line", "A line with the mark"), ("credits_box", "The credits"), ("figures", "Stills as figures"),
            ("curl", "Let the blog curl straight quotes and dashes"),
        ):  # fmt: skip
            box = QCheckBox(text, section)
            box.setChecked(bool(getattr(settings, name)))
            section.add(box)
            self._flags[name] = box
        layout.addWidget(section)
        self._posts = Line(self)
        self._posts.setText(settings.posts)
        more = Form(self)
        more.add("Posts go to", self._posts, "A folder of the blog", plan.site.posts)
        layout.addWidget(more)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self._answers(row, {"Cancel": self.reject, "Keep these fields": self.accept})
        layout.addLayout(row)

    def _answers(self, row: QHBoxLayout, answers: dict[str, Callable[[], None]]) -> None:
        for text, act in answers.items():
            button = QPushButton(text, self)
            button.clicked.connect(act)
            row.addWidget(button)
        button.setObjectName("filled")
        button.setDefault(True)

    def settings(self) -> BlogSettings:
        """The settings as they stand in the form."""
        fields = {n: line.text().strip() for n, line in self._lines.items() if line.text().strip() != self._keys[n]}
        flags: dict[str, Any] = {name: box.isChecked() for name, box in self._flags.items()}
        return dataclasses.replace(self._settings, fields=fields, posts=self._posts.text().strip(), **flags)
