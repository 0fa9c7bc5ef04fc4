"""What a new review begins with: the templates, each with what it holds, and the film that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.templates import Template
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import Form, Line, complete, plain_label
from reviewer.ui.widgets.titled import TitledDelegate

_TEMPLATE = int(Qt.ItemDataRole.UserRole)


class TemplatesDialog(QDialog):
    """Lists templates. `chosen` carries one, the film and the second film as they were typed; `folder_wanted` asks for the folder of
    the writer's own."""

    chosen = Signal(object, str, str)
    folder_wanted = Signal()

    def __init__(self, found: Sequence[Template], films: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("New review from a template")
        self.resize(min(820, parent.width() - 40), min(560, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("New review from a template", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        self.list = QListWidget(columns)
        self.list.setAccessibleName("Templates")
        self.list.setItemDelegate(TitledDelegate(theme, self.list))
        for one in found:
            item = QListWidgetItem(f"{one.title}\n{one.about}" if one.about else one.title)
            item.setData(_TEMPLATE, one)
            item.setToolTip("Your own" if one.own else "")
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda _: self._begin())
        columns.addWidget(self.list)
        columns.addWidget(self._side(films, theme, columns))
        columns.setStretchFactor(1, 1)
        columns.setSizes([300, 480])
        layout.addWidget(columns, 1)
        layout.addLayout(self._buttons())
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _side(self, films: Sequence[str], theme: Theme, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(10)
        self.form = Form(side)
        self.film, self.other = Line(self.form), Line(self.form)
        self.form.add("Film", self.film, "Title and year; it can come later", "Gattaca (1997)")
        self.form.add("and", self.other, "The second film of a double bill", "Moon (2009)")
        for line in (self.film, self.other):
            complete(line, films)
            line.returnPressed.connect(self._begin)
        layout.addWidget(self.form)
        self.sample = QPlainTextEdit(side)
        self.sample.setReadOnly(True)
        self.sample.setAccessibleName("What the template holds")
        self.sample.setFont(theme.font(13))
        self.sample.document().setDocumentMargin(12)
        layout.addWidget(self.sample, 1)
        return side

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        folder = QPushButton("Your own templates…", self)
        folder.setToolTip("The folder of your own templates, which are files like any review")
        folder.setAutoDefault(False)
        folder.clicked.connect(self.folder_wanted)
        self.go = QPushButton("Begin", self)
        self.go.setObjectName("filled")
        self.go.setDefault(True)
        self.go.clicked.connect(self._begin)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(folder)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(cancel)
        return row

    @property
    def template(self) -> Template | None:
        """The template that is chosen."""
        item = self.list.currentItem()
        return item.data(_TEMPLATE) if item is not None else None

    def _show(self) -> None:
        one = self.template
        self.go.setEnabled(one is not None)
        if one is not None:
            self.sample.setPlainText(one.document.text)
            self.form.set_row_visible(self.other, "{other}" in one.document.front + one.document.text)

    def _begin(self) -> None:
        one = self.template
        if one is not None:
            self.accept()
            self.chosen.emit(one, self.film.text().strip(), self.other.text().strip())
