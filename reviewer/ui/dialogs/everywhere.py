"""Find and replace in the whole library: each place is shown as it is and as it would be, and accepted by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.replacing import Hits, Place, look
from reviewer.text.search import BadPattern, Query, Search
from reviewer.ui.desk import Desk
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import link_button, plain_label

MOST = 5000
"""Places that are listed."""
BATCH = 40
_PLACE, _HITS = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
_BEFORE = 36
Index = QModelIndex | QPersistentModelIndex
Accepted = tuple[Hits, frozenset[int]]
"""A review and the numbers of the places in it that are to be replaced."""


class _Delegate(QStyledItemDelegate):
    """Draws a place: what stands there struck out, what would come marked, in the words around them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.replacing = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index.data(_PLACE)
        super().paint(painter, option, index)
        if not isinstance(place, Place):
            return
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        box = full.widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, full, full.widget)
        right = full.direction == Qt.LayoutDirection.RightToLeft
        area = full.rect.adjusted(8, 0, 0, 0) if right else full.rect.adjusted(0, 0, -8, 0)
        if right:
            area.setRight(box.left() - 8)
        else:
            area.setLeft(box.right() + 8)
        self._draw(painter, area, place, option)

    def _draw(self, painter: QPainter, area: QRect, place: Place, option: QStyleOptionViewItem) -> None:
        before = place.before if len(place.before) <= _BEFORE else f"…{place.before[1 - _BEFORE :]}"
        pieces = [(before, "second", "", False), (_seen(place.found), "ink", "added", False)]
        if self.replacing:
            pieces[1] = (_seen(place.found), "ink", "removed", True)
            pieces.append((_seen(place.by), "ink", "added", False))
        pieces.append((place.after, "second", "", False))
        layout = QTextLayout("".join(words for words, *_ in pieces), option.font)
        layout.setTextOption(_one_line())
        ranges, at = [], 0
        for words, ink, paper, struck in pieces:
            shape = QTextLayout.FormatRange()
            shape.start, shape.length = at, len(words.encode("utf-16-le", "replace")) // 2
            shape.format = _shape(self._theme.colour(ink), self._theme.colour(paper) if paper else None, struck)
            at += shape.length
            ranges.append(shape)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100_000)
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        layout.draw(painter, QPointF(area.left(), area.center().y() + 1 - line.height() / 2))
        painter.restore()


def _one_line() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def _shape(ink: QColor, paper: QColor | None, struck: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(ink)
    made.setFontStrikeOut(struck)
    if paper is not None:
        made.setBackground(paper)
    return made


def _seen(words: str) -> str:
    return words.replace("\n", "↵")


class Everywhere(QDialog):
    """Lists what is found. `accepted_places` carries what is to be replaced, `wanted` a review and a line to go to."""

    accepted_places = Signal(object, object, str)
    wanted = Signal(object, int)
    _looked = Signal(int, object, int)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks, self._desk = tasks, desk
        self._round = 0
        self._search: Search | None = None
        self._count = self._reviews = 0
        self._filling = False
        self.setWindowTitle("Replace in the library")
        self.resize(min(860, parent.width() - 40), min(640, parent.height() - 60))
        self.words, self.by = self._field("Find in all texts of the library"), self._field("Replace by")
        self.words.setText(words)
        self.case = self._option("Aa", "Capitals matter")
        self.whole = self._option("Words", "Whole words only")
        self.pattern = self._option(".*", "A regular expression; \\1 in the replacement is the first group")
        self.state = plain_label("", self)
        self.state.setProperty("second", True)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("places")
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("Places that were found")
        self.tree.setAccessibleDescription("Space accepts a place and goes to the next, Enter opens the review there")
        self._delegate = _Delegate(theme, self)
        self.tree.setItemDelegate(self._delegate)
        self.tree.itemChanged.connect(lambda *_: self._say_chosen())
        self.tree.itemActivated.connect(lambda item, _: self._go(item))
        self.tree.installEventFilter(self)
        self.all = link_button("Accept all", self, self.accept_all)
        self.go = QPushButton("Replace", self)
        self.go.setObjectName("filled")
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._replace)
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._place(close)
        self._soon = QTimer(self, singleShot=True, interval=250)
        self._soon.timeout.connect(self.look)
        for line in (self.words, self.by):
            line.textChanged.connect(self._edited)
            line.installEventFilter(self)
        for box in (self.case, self.whole, self.pattern):
            box.toggled.connect(lambda _: self.look())
        self._looked.connect(self._take)
        self.finished.connect(lambda _: self._stop())
        self.look()

    def _field(self, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        return line

    def _option(self, text: str, hint: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setToolTip(hint)
        box.setAccessibleName(hint)
        return box

    def _place(self, close: QPushButton) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.addWidget(self.words, 0, 0)
        options = QHBoxLayout()
        options.setSpacing(18)
        for box in (self.case, self.whole, self.pattern):
            options.addWidget(box)
        grid.addLayout(options, 0, 1)
        grid.addWidget(self.by, 1, 0)
        grid.setColumnStretch(0, 1)
        layout.addLayout(grid)
        layout.addWidget(self.state)
        layout.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.addWidget(self.all)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.go)
        layout.addLayout(row)
        order = (self.words, self.by, self.case, self.whole, self.pattern, self.tree, self.all, close, self.go)
        for one, following in pairwise(order):
            self.setTabOrder(one, following)

    # looking

    def _edited(self) -> None:
        """What is listed is no longer what was asked: nothing of it can be accepted until the new list is there."""
        self._stop()
        for widget in (self.tree, self.all, self.go):
            widget.setEnabled(False)
        self.state.setText("Looking…")
        self._soon.start()

    def look(self) -> None:
        """Look for the words in a thread, from the first review again."""
        self._stop()
        self._filling = True
        self.tree.setEnabled(True)
        self.tree.clear()
        self._filling = False
        self._count = self._reviews = 0
        self._search = None
        self._delegate.replacing = bool(self.by.text())
        self._say_chosen()
        if not self.words.text():
            self.state.setText("Texts are looked at, not titles and other fields.")
            return
        try:
            self._search = Search(
                Query(self.words.text(), self.case.isChecked(), self.whole.isChecked(), self.pattern.isChecked())
            )
        except BadPattern as error:
            self.state.setText(str(error))
            return
        self.state.setText("Looking…")
        self._run(self._search, self.by.text())

    def _run(self, search: Search, by: str) -> None:
        number, paths = self._round, sorted(self._desk.entries, key=lambda path: self._name(path).casefold())
        open_texts = {s.path: s.text for s in self._desk.sessions if s.path is not None}

        def work() -> None:
            batch: list[Hits] = []
            done = found = 0
            for hits in look(paths, open_texts, search, by):
                done += 1
                if number != self._round or found > MOST:
                    break
                found += len(hits.places)
                if hits.places or hits.fault:
                    batch.append(hits)
                if len(batch) >= BATCH or done % 200 == 0:
                    self._looked.emit(number, batch, done)
                    batch = []
            self._looked.emit(number, batch, done)
            self._looked.emit(number, None, done)

        self._tasks.run(work, lambda _: None)

    def _stop(self) -> None:
        self._soon.stop()
        self._round += 1

    def _take(self, number: int, batch: Sequence[Hits] | None, done: int) -> None:
        if number != self._round:
            return
        if batch is None:
            self._say_found(done)
            return
        self._filling = True
        for hits in batch:
            self._add(hits)
        self._filling = False
        self.state.setText(f"Looking… {done:,} of {len(self._desk.entries):,} reviews")
        if self.tree.currentItem() is None and (rows := self.rows()):
            self.tree.setCurrentItem(rows[0])
        self._say_chosen()

    def _add(self, hits: Hits) -> None:
        title = self._name(hits.path)
        top = QTreeWidgetItem(self.tree, [f"{title}: {hits.fault}" if hits.fault else f"{title}   {len(hits.places)}"])
        top.setData(0, _HITS, hits)
        if hits.fault:
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            return
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for place in hits.places:
            row = QTreeWidgetItem(top)
            row.setData(0, _PLACE, place)
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{place.before}{place.found}{place.after}")
            row.setToolTip(0, f"Line {place.line}")
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(0, Qt.CheckState.Unchecked)
        top.setExpanded(True)
        self._count += len(hits.places)
        self._reviews += 1

    def _name(self, path: Path) -> str:
        entry = self._desk.entries.get(path)
        return entry.title if entry is not None else path.parent.name

    def _say_found(self, done: int) -> None:
        if not self._count:
            self.state.setText("No text has it.")
        elif done < len(self._desk.entries):
            self.state.setText(f"The first {self._count:,} places. Say more exactly what is looked for.")
        else:
            places, reviews = _number(self._count, "place"), _number(self._reviews, "review")
            self.state.setText(f"{places} in {reviews}. Space accepts a place, Enter opens the review there.")

    # choosing

    def rows(self) -> list[QTreeWidgetItem]:
        """The places' rows, in order."""
        tops = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [row for top in tops if top is not None for n in range(top.childCount()) if (row := top.child(n))]

    def _chosen(self) -> list[Accepted]:
        found: dict[int, tuple[Hits, set[int]]] = {}
        for row in self.rows():
            if row.checkState(0) == Qt.CheckState.Checked and (top := row.parent()) is not None:
                hits = top.data(0, _HITS)
                found.setdefault(id(hits), (hits, set()))[1].add(row.data(0, _PLACE).number)
        return [(hits, frozenset(numbers)) for hits, numbers in found.values()]

    def _say_chosen(self) -> None:
        if self._filling:
            return
        count = sum(row.checkState(0) == Qt.CheckState.Checked for row in self.rows())
        self.go.setEnabled(count > 0)
        self.go.setText(f"Replace {_number(count, 'place')}" if count else "Replace")
        self.all.setEnabled(bool(self._count))
        self.all.setText("Accept none" if count and count == self._count else "Accept all")

    def accept_all(self) -> None:
        """Accept every place, or none where all are."""
        on = self.all.text() == "Accept all"
        self._filling = True
        for row in self.rows():
            row.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._filling = False
        self._say_chosen()

    def _replace(self) -> None:
        if self._search is not None:
            self.accepted_places.emit(self._chosen(), self._search, self.by.text())

    def _go(self, item: QTreeWidgetItem) -> None:
        place, top = item.data(0, _PLACE), item.parent() or item
        hits = top.data(0, _HITS)
        self.wanted.emit(hits.path, place.line if isinstance(place, Place) else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.tree and event.key() == Qt.Key.Key_Space:
            return self._toggle(self.tree.currentItem())
        if watched is not self.tree and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tree.setFocus()
            return True
        return False

    def _toggle(self, item: QTreeWidgetItem | None) -> bool:
        """Accept the place, or no longer, and go to the next."""
        if item is None or not isinstance(item.data(0, _PLACE), Place):
            return False
        on = item.checkState(0) != Qt.CheckState.Checked
        item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        rows = self.rows()
        following = next((n + 1 for n, row in enumerate(rows) if row is item), len(rows))
        if following < len(rows):
            self.tree.setCurrentItem(rows[following])
        return True


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
