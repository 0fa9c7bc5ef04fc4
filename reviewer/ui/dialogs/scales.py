"""The scales of a library: the writer's own and those that came along, what their marks count for, and what a change would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.listing import Entry
from reviewer.review.marks import BUILT_IN, BadScale, Scale, Scales, sound
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import Form, plain_label

_NAME = int(Qt.ItemDataRole.UserRole)
MOST = 30
"""Reviews that are named among those that a change concerns."""


class ScalesDialog(QDialog):
    """A list of scales and the form of one. Nothing is kept before the button says so; `kept` then carries the `Scales`.

    The marks in the files are never touched: a mark that its scale no longer has stays as typed, and is a finding.
    """

    kept = Signal(object)

    def __init__(self, scales: Scales, entries: Sequence[Entry], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._before, self._scales, self._entries = scales, scales, entries
        self._showing = False
        self.setWindowTitle("Scales of marks")
        self.resize(min(880, parent.width() - 40), min(660, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Scales of marks", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.addWidget(self._list())
        columns.addWidget(self._form())
        columns.setStretchFactor(1, 1)
        columns.setSizes([220, 620])
        layout.addWidget(columns, 1)
        layout.addLayout(self._buttons())
        self._fill(scales.usual.name)

    def _list(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 12, 0)
        self.list = QListWidget(box)
        self.list.setAccessibleName("Scales")
        self.list.setSpacing(3)
        self.list.currentItemChanged.connect(lambda item, _: self._show(item))
        column.addWidget(self.list, 1)
        form = Form(box)
        self.main = QComboBox(form)
        self.main.activated.connect(lambda _: self._choose_main())
        form.add("Main", self.main, "Numbers in searches, facets and the order by mark count on this scale")
        self.apart = QDoubleSpinBox(form)
        self.apart.setRange(0, 100)
        self.apart.setDecimals(0)
        self.apart.setSuffix(" points")
        self.apart.setValue(self._scales.apart)
        self.apart.valueChanged.connect(self._choose_apart)
        form.add("Apart", self.apart, "Two marks of one review that differ by more are a finding")
        column.addWidget(form)
        return box

    def _form(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(10)
        form = Form(box)
        self.title, self.name = QLineEdit(form), QLineEdit(form)
        self.symbol, self.words = QLineEdit(form), QLineEdit(form)
        self.worst, self.best, self.step = (QDoubleSpinBox(form) for _ in range(3))
        numbers = QWidget(form)
        row = QHBoxLayout(numbers)
        row.setContentsMargins(0, 0, 0, 0)
        for spin, words in ((self.worst, "from"), (self.best, "to"), (self.step, "in steps of")):
            spin.setRange(-1000, 1000)
            spin.setDecimals(2)
            spin.setAccessibleName({"from": "Worst mark", "to": "Best mark"}.get(words, "Step"))
            row.addWidget(plain_label(words, numbers, wrap=False))
            row.addWidget(spin, 1)
            spin.valueChanged.connect(lambda _: self._changed())
        self.labels, self.table = QPlainTextEdit(form), QPlainTextEdit(form)
        for field in (self.labels, self.table):
            field.setTabChangesFocus(True)
            field.setMaximumHeight(92)
            field.textChanged.connect(self._changed)
        for label, widget, hint in (
            ("Title", self.title, "What lists and menus call it"),
            ("Key", self.name, "What stands in the files as scale; it cannot change once marks have it"),
            ("Numbers", numbers, "For a scale of numbers"),
            ("Words", self.labels, "For a scale of words instead: one a line, the best first"),
            ("Sign", self.symbol, "A sign that stands for a whole, such as ★ or ♥"),
            (
                "Reads",
                self.words,
                "{n} the number with ½, {value} as typed, {best}, {signs}; after | what stands for more than one",
            ),
            (
                "Counts",
                self.table,
                "What marks count for, from 0 to 100, one a line: B+ = 83. Between numbers it is even",
            ),
        ):
            form.add(label, widget, hint)
        for line in (self.title, self.name, self.symbol, self.words):
            line.textEdited.connect(lambda _: self._changed())
        column.addWidget(form)
        self.fault = plain_label("", box)
        self.fault.setObjectName("error")
        column.addWidget(self.fault)
        self.sample = plain_label("", box)
        self.sample.setProperty("second", True)
        column.addWidget(self.sample)
        self.effect = QPlainTextEdit(box)
        self.effect.setReadOnly(True)
        self.effect.setAccessibleName("What it would do to each review")
        column.addWidget(self.effect, 1)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        add, self.drop = QPushButton("New scale", self), QPushButton("Remove", self)
        add.clicked.connect(self._add)
        self.drop.clicked.connect(self._drop)
        self.keep, cancel = QPushButton("Keep these scales", self), QPushButton("Cancel", self)
        self.keep.setObjectName("filled")
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)
        for button in (add, self.drop, self.keep, cancel):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(2, 1)
        return row

    # showing

    def _fill(self, name: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.main.clear()
        for scale in self._scales:
            item = QListWidgetItem(scale.title)
            item.setData(_NAME, scale.name)
            self.list.addItem(item)
            self.main.addItem(scale.title, scale.name)
        self.list.blockSignals(False)
        self.main.setCurrentIndex(max(0, self.main.findData(self._scales.usual.name)))
        self.list.setCurrentRow(max(0, next((n for n, scale in enumerate(self._scales) if scale.name == name), 0)))

    def _show(self, item: QListWidgetItem | None) -> None:
        scale = self._scales.get(str(item.data(_NAME))) if item is not None else None
        if scale is None:
            return
        self._showing = True
        self.title.setText(scale.title)
        self.name.setText(scale.name)
        self.symbol.setText(scale.symbol)
        self.words.setText(scale.form)
        for spin, value in ((self.worst, scale.worst), (self.best, scale.best), (self.step, scale.step)):
            spin.setValue(value)
        self.labels.setPlainText("\n".join(scale.labels))
        self.table.setPlainText("\n".join(f"{key} = {worth:g}" for key, worth in scale.table))
        known = scale.name in BUILT_IN
        self.name.setReadOnly(known or self._uses(scale.name) > 0)
        # What marks of a scale that came along may be is what files of other people mean by its name.
        for widget in (self.worst, self.best, self.step, self.labels):
            widget.setEnabled(not known)
        self.drop.setText("As it came" if known else "Remove")
        self.drop.setEnabled(scale != BUILT_IN.get(scale.name))
        self._showing = False
        self._say(scale)

    def _uses(self, name: str) -> int:
        return sum(any(mark.scale == name for mark in entry.rating) for entry in self._entries)

    def _typed(self) -> Scale:
        """The scale as the form has it. Raises `BadScale`."""
        table = []
        for line in filter(None, (line.strip() for line in self.table.toPlainText().splitlines())):
            key, equals, worth = line.rpartition("=")
            try:
                table.append((key.strip(), float(worth.replace(",", "."))))
            except ValueError:
                equals = ""
            if not equals:
                raise BadScale(f"“{line}” is no common value. Write for example B+ = 83.")
        labels = tuple(line.strip() for line in self.labels.toPlainText().splitlines() if line.strip())
        return sound(
            Scale(
                self.name.text(), self.title.text(), 0 if labels else self.best.value(), 0 if labels else self.step.value(), labels,
                0 if labels else self.worst.value(), self.symbol.text(), self.words.text(), tuple(table),
            )
        )  # fmt: skip

    def _changed(self) -> None:
        """Take what is typed, as far as it can be; say what it would do."""
        item = self.list.currentItem()
        if self._showing or item is None:
            return
        old = str(item.data(_NAME))
        try:
            made = self._typed()
            if made.name != old and made.name in self._scales:
                raise BadScale(f"There is a scale “{made.name}” already. Give this one another key.")
        except BadScale as bad:
            self.fault.setText(str(bad))
            self.fault.show()
            self.keep.setEnabled(False)
            return
        each = tuple(made if scale.name == old else scale for scale in self._scales)
        main = made.name if self._scales.main == old else self._scales.main
        self._scales = replace(self._scales, each=each, main=main)
        item.setData(_NAME, made.name)
        item.setText(made.title)
        self.drop.setEnabled(made != BUILT_IN.get(made.name))
        self._say(made)

    def _say(self, scale: Scale) -> None:
        self.fault.clear()
        self.fault.hide()
        self.keep.setEnabled(self._scales != self._before)
        values = list(reversed(scale.values))
        shown = values if len(values) <= 7 else [*values[:4], *values[-3:]]
        self.sample.setText(
            "Reads and counts:  " + "   ".join(f"{scale.text(value)} = {scale.worth(value):.0f}" for value in shown)
        )
        self.effect.setPlainText("\n".join(self._effects(scale)))

    def _effects(self, scale: Scale) -> list[str]:
        """What the change does to each review that has a mark on the scale."""
        lines: list[str] = []
        uses = 0
        for entry in self._entries:
            for mark in entry.rating:
                if mark.scale != scale.name:
                    continue
                uses += 1
                now, then = self._before.text(mark), self._scales.text(mark)
                old, new = self._before.worth(mark), self._scales.worth(mark)
                if new is None and old is not None:
                    lines.insert(
                        0, f"{entry.title}: {now} is no longer on the scale; it stays as typed, and is a finding"
                    )
                elif (now, old) != (then, new):
                    lines.append(
                        f"{entry.title}: {now} reads {then}, counts as {new:.0f}"
                        if new is not None
                        else f"{entry.title}: {then}"
                    )
        if not uses:
            return ["No review has a mark on this scale."]
        if not lines:
            return [
                f"{uses:,} {'review has a mark' if uses == 1 else 'reviews have marks'} on this scale; nothing changes for them."
            ]
        more = [f"… and {len(lines) - MOST:,} more"] if len(lines) > MOST else []
        return [f"{len(lines):,} of {uses:,} would be seen otherwise:", *lines[:MOST], *more]

    # changing

    def _choose_main(self) -> None:
        self._scales = replace(self._scales, main=str(self.main.currentData()))
        self.keep.setEnabled(self._scales != self._before)

    def _choose_apart(self, value: float) -> None:
        self._scales = replace(self._scales, apart=value)
        self.keep.setEnabled(self._scales != self._before)

    def _add(self) -> None:
        name, number = "own", 2
        while name in self._scales:
            name, number = f"own-{number}", number + 1
        self._scales = self._scales.with_scale(Scale(name, "A scale of your own", 10, 1, form="{value}/{best}"))
        self._fill(name)
        self.title.setFocus()
        self.title.selectAll()

    def _drop(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._scales = self._scales.without(str(item.data(_NAME)))
            self._fill(str(item.data(_NAME)))

    def _keep(self) -> None:
        self.accept()
        self.kept.emit(self._scales)
