"""The films around a review: which reviews name its film, linked or not, and which films it names itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.mentioned import Place
from reviewer.text.mentions import Mention
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import link_button, plain_label
from reviewer.ui.widgets.graph import GraphView, Node
from reviewer.ui.widgets.titled import TitledDelegate

_TARGET = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Target:
    """What is opened: a review at a line of its text, or a film that has none yet."""

    path: Path | None
    line: int = 1
    film: str = ""


class AroundDialog(QDialog):
    """A graph, and below it the places. `open_wanted` carries a path and a line, `new_wanted` the name of a film without a review,
    `link_wanted` asks to link the first mentions in this text, `link_all_wanted` in all."""

    open_wanted = Signal(object, int)
    new_wanted = Signal(str)
    link_wanted = Signal()
    link_all_wanted = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Around this review")
        self.resize(min(860, parent.width() - 40), min(680, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label(f"Around {name}", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setChildrenCollapsible(False)
        self.graph = GraphView(theme)
        area = QScrollArea(parts)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.graph)
        area.setMinimumHeight(170)
        parts.addWidget(area)
        self.places = QListWidget(parts)
        self.places.setAccessibleName("Where this film is named")
        self.places.setItemDelegate(TitledDelegate(theme, self.places))
        parts.addWidget(self.places)
        parts.setStretchFactor(0, 1)
        parts.setSizes([360, 180])
        layout.addWidget(parts, 1)
        self.said = plain_label("Reading…", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        layout.addLayout(self._buttons())
        self.graph.opened.connect(self._open)
        self.graph.chosen.connect(self._choose)
        self.places.itemActivated.connect(lambda item: self._open(item.data(_TARGET)))
        self.graph.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.link = QPushButton("Link the films named here", self)
        self.link.setToolTip("Double brackets around the first mention of each film that the library has a review of")
        self.link.clicked.connect(self.link_wanted)
        self.link.setAutoDefault(False)
        row.addWidget(self.link)
        row.addWidget(link_button("In all reviews…", self, self.link_all_wanted.emit))
        row.addStretch(1)
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def show_found(
        self, title: str, below: str, naming: Sequence[Place], named: Sequence[tuple[Mention, Path | None]], open_links: int
    ) -> None:  # fmt: skip
        """Show who names the film, and the films that are named here with their reviews; `open_links` mentions could be linked."""
        first = {place.path: place for place in reversed(naming)}
        linked = {place.path for place in naming if place.linked}
        left = [
            Node(place.title, f"line {place.line}", Target(path, place.line), path in linked)
            for path, place in reversed(first.items())
        ]
        right = [
            Node(one.name, "reviewed" if path is not None else "no review yet", Target(path, 1, one.name), one.linked)
            for one, path in named
        ]  # fmt: skip
        self.graph.show_nodes(left, Node(title, below, Target(None)), right)
        self.places.clear()
        for place in naming:
            item = QListWidgetItem(
                f"{place.title}, line {place.line}{'' if place.linked else ', not linked'}\n{place.words}"
            )
            item.setData(_TARGET, Target(place.path, place.line))
            self.places.addItem(item)
        self.places.setVisible(bool(naming))
        count, others = len(first), len(named)
        by = f"{count:,} {'review names' if count == 1 else 'reviews name'} it" if count else "No other review names it"
        here = (
            f"{others:,} {'film is' if others == 1 else 'films are'} named here"
            if others
            else "no other film is named here"
        )
        self.said.setText(f"{by}; {here}." + (f" {open_links} could be linked." if open_links else ""))
        self.link.setEnabled(open_links > 0)

    def _choose(self, target: Target) -> None:
        for row in range(self.places.count()):
            if target.path is not None and self.places.item(row).data(_TARGET).path == target.path:
                self.places.setCurrentRow(row)
                return

    def _open(self, target: Target) -> None:
        if target.path is not None:
            self.accept()
            self.open_wanted.emit(target.path, target.line)
        elif target.film:
            self.accept()
            self.new_wanted.emit(target.film)
