"""A press kit before its pictures come in: captions matched to files, terms for all, each open to change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.stills.presskit import Choice, Item, Kit, Words
from reviewer.ui.widgets.fields import Form, Line, Lines, plain_label
from reviewer.ui.words import tip

_ITEM = int(Qt.ItemDataRole.UserRole)
MOST_NAMED = 4


class KitDialog(QDialog):
    """What a kit's texts say of its pictures. `taken` carries the `Choice`."""

    taken = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setWindowTitle(f"Press kit {kit.name}")
        self.resize(min(820, parent.width() - 40), min(680, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        known = sum(bool(item.words.caption) for item in kit.items)
        pictures = f"{len(kit.items)} {'picture' if len(kit.items) == 1 else 'pictures'}"
        layout.addWidget(plain_label(f"{pictures}; the texts have captions for {known or 'none'}.", self))
        layout.addWidget(self._list(), 1)
        layout.addWidget(self._for_all())
        if kit.left:
            more = f" And {len(kit.left) - MOST_NAMED} more." if len(kit.left) > MOST_NAMED else ""
            left = plain_label("Left out. " + " ".join(kit.left[:MOST_NAMED]) + more, self)
            left.setProperty("second", True)
            layout.addWidget(left)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.go = QPushButton(self)
        self.go.setObjectName("filled")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.go)
        layout.addLayout(row)
        self.list.itemChanged.connect(lambda *_: self._count())
        self._count()

    def _list(self) -> QWidget:
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("Pictures of the kit")
        self.list.setHeaderLabels(["File", "Caption", "Credit"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QTreeWidget.EditTrigger.DoubleClicked | QTreeWidget.EditTrigger.EditKeyPressed)
        for item in self._kit.items:
            row = QTreeWidgetItem(self.list, [Path(item.name).name, item.words.caption, item.words.credit])
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(0, Qt.CheckState.Checked)
            row.setData(0, _ITEM, item)
            row.setToolTip(1, tip(item.words.caption))
        header = self.list.header()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self.list.resizeColumnToContents(0)
        self.list.setColumnWidth(0, min(240, self.list.columnWidth(0) + 16))
        self.list.setColumnWidth(2, 180)
        return self.list

    def _for_all(self) -> QWidget:
        form = Form(self)
        self.terms = Lines(form, most=5)
        self.terms.show_value(self._kit.terms)
        form.add("Terms", self.terms, "On what terms the pictures may be used; written into each record")
        self.holder, self.source, self.address = Line(form), Line(form), Line(form)
        self.source.setText(self._kit.name)
        form.add("Holder", self.holder, "Who holds the rights", "Fox Searchlight Pictures")
        form.add("Source", self.source, "What they came with")
        form.add("Address", self.address, "Where the kit was fetched", "https://press.example.org/film")
        self.press = QCheckBox("I use them on these press terms", self)
        self.press.setToolTip("Else the permission of each stays unknown, and none goes out before you say why it may.")
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addWidget(self.press)
        self.terms.textChanged.connect(lambda: self.press.setEnabled(bool(self.terms.text().strip())))
        self.press.setEnabled(bool(self._kit.terms))
        return box

    def _rows(self) -> list[QTreeWidgetItem]:
        rows = [self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount())]
        return [row for row in rows if row is not None and row.checkState(0) == Qt.CheckState.Checked]

    def _count(self) -> None:
        count = len(self._rows())
        self.go.setText(f"Add {count} {'still' if count == 1 else 'stills'}")
        self.go.setEnabled(count > 0)

    def choice(self) -> Choice:
        """What the writer takes, as it stands in the dialog."""
        items: list[tuple[Item, Words]] = []
        for row in self._rows():
            items.append((row.data(0, _ITEM), Words(row.text(1).strip(), row.text(2).strip())))
        terms = self.terms.text().strip()
        return Choice(
            tuple(items), terms, self.holder.text().strip(), self.source.text().strip(), self.address.text().strip(),
            self.press.isChecked() and bool(terms),
        )  # fmt: skip

    def accept(self) -> None:
        """Close, and have the pictures taken in."""
        self.taken.emit(self.choice())
        super().accept()
