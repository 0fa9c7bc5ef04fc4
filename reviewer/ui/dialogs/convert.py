"""Marks on one scale as marks on another: which two, and what would become what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.listing import Entry
from reviewer.review.marks import Scale, Scales
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label


class ConvertDialog(QDialog):
    """Two scales, and a sample of what each mark in use would become. What it would do to each review is shown after it."""

    def __init__(self, scales: Scales, entries: Sequence[Entry], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._scales = scales
        self._uses = Counter((mark.scale, f"{mark.value}") for entry in entries for mark in entry.rating)
        self.setWindowTitle("Convert marks")
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Convert marks", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        form = QFormLayout()
        self._from, self._to = QComboBox(self), QComboBox(self)
        for scale in scales:
            uses = sum(count for (name, _), count in self._uses.items() if name == scale.name)
            self._from.addItem(f"{scale.title} ({uses:,} in use)", scale.name)
            self._to.addItem(scale.title, scale.name)
        used = [scale.name for scale in scales if any(name == scale.name for name, _ in self._uses)]
        self._from.setCurrentIndex(self._from.findData(used[0] if used else scales.usual.name))
        self._to.setCurrentIndex(next((n for n in range(self._to.count()) if n != self._from.currentIndex()), 0))
        form.addRow("Marks on", self._from)
        form.addRow("become", self._to)
        layout.addLayout(form)
        self._keep = QCheckBox("Keep the old mark beside the new one", self)
        layout.addWidget(self._keep)
        self.sample = plain_label("", self)
        self.sample.setProperty("second", True)
        layout.addWidget(self.sample)
        self.buttons = QDialogButtonBox(self)
        self.go = QPushButton("Show the plan", self)
        self.go.setObjectName("filled")
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        for box in (self._from, self._to):
            box.currentIndexChanged.connect(lambda _: self._show_sample())
        self._show_sample()

    @property
    def source(self) -> Scale:
        """The scale whose marks are converted."""
        return self._scales.get(str(self._from.currentData())) or self._scales.usual

    @property
    def target(self) -> Scale:
        """The scale on which they come out."""
        return self._scales.get(str(self._to.currentData())) or self._scales.usual

    @property
    def keep(self) -> bool:
        """Whether the old mark stays beside the new one."""
        return self._keep.isChecked()

    def _show_sample(self) -> None:
        source, target = self.source, self.target
        rows = [
            f"{source.text(value)} becomes {target.text(target.nearest(source.worth(value)))}"
            for value in reversed(source.values)
            if self._uses[(source.name, f"{value}")]
        ]
        self.go.setEnabled(bool(rows) and source != target)
        shown = rows if len(rows) <= 12 else [*rows[:11], f"and {len(rows) - 11} more"]
        self.sample.setText("\n".join(shown) if rows else "No review has a mark on this scale.")
