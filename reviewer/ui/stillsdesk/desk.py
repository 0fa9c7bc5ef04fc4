"""The stills of the whole library: facets at the left, pictures in the middle, the record of what is chosen at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSlider,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library import shelf
from reviewer.library.shelf import FACETS, ORDERS, Shelved
from reviewer.review.rights import BASIS_WORDS
from reviewer.ui.actions import Actions
from reviewer.ui.icons import icon
from reviewer.ui.panels.still_record import StillRecord, with_basis
from reviewer.ui.stillsdesk.grid import GridDelegate
from reviewer.ui.stillsdesk.model import ROW, ShelfModel
from reviewer.ui.theme import DISPLAY, SERIF, Theme
from reviewer.ui.widgets.facets import FacetList, Row
from reviewer.ui.widgets.fields import link_button, plain_label
from reviewer.ui.widgets.gridview import LEAST, MOST, GridView
from reviewer.ui.widgets.thumbnails import LARGE, Thumbnails

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count as it stands in a sentence: in words up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


class _Middle(QWidget):
    """Says how wide it is."""

    resized = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.width())


class StillsDesk(QWidget):
    """Shows and asks; whoever can, does. `changed` carries the chosen rows, a function from still to still, a label and a
    key; `opened` the rows in view and the place of the one to be seen large."""

    changed = Signal(object, object, str, str)
    opened = Signal(object, int)
    review_wanted = Signal(object, str)
    letter_wanted = Signal(object)
    report_wanted = Signal()
    sheet_wanted = Signal()
    crop_wanted = Signal(object)
    evidence_wanted = Signal(object)
    note_wanted = Signal(object)
    reuse_wanted = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()
    filters_changed = Signal(object)
    left = Signal()

    def __init__(
        self, theme: Theme, actions: Actions, thumbnails: Thumbnails, today: Callable[[], dt.date], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails, self._today = theme, thumbnails, today
        self._all: list[Shelved] = []
        self._saved: list[tuple[str, str]] = []
        self.held = False
        self._narrow = False
        self._said = ("", "")
        self.setObjectName("stills-desk")
        self.model = ShelfModel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        self.columns.addWidget(self._side(actions))
        self.columns.addWidget(self._middle())
        self.columns.addWidget(self._record())
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([208, 800, 320])
        layout.addWidget(self.columns)
        self._asking = QTimer(self, singleShot=True, interval=120)
        self._asking.timeout.connect(self.refresh)
        thumbnails.arrived.connect(self._arrived)
        theme.changed.connect(self._dress)
        self._dress()
        self._show_chosen()

    # making

    def _side(self, actions: Actions) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(170)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 6, 0, 0)
        back = link_button("Back to the text", side, self.left.emit)
        back.setToolTip(actions["go-write"].toolTip())
        back.setIcon(
            icon("chevron-right") if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else icon("pencil")
        )
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 2)
        row.addWidget(back)
        row.addStretch(1)
        layout.addLayout(row)
        self.facets = FacetList(self._theme, side)
        self.facets.picked.connect(self._pick)
        layout.addWidget(self.facets, 1)
        return side

    def _middle(self) -> QWidget:
        middle = _Middle(self)
        middle.resized.connect(self._fit)
        middle.setObjectName("paper")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle.setMinimumWidth(360)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.grid = GridView(GridDelegate(self._theme, self._thumbnails, middle), "Stills", middle)
        self.grid.setModel(self.model)
        layout.addWidget(self._top(middle))
        layout.addLayout(self._sentence(middle))
        self.table = QTableView(middle)
        self.table.setModel(self.model)
        self.table.setSelectionModel(self.grid.selectionModel())
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("Stills as a table")
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((150, 150, 150, 130, 140, 110, 100)):
            header.resizeSection(column, width)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.empty = plain_label("", middle)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(24, 16, 24, 16)
        self.views = QStackedWidget(middle)
        for view in (self.grid, self.table, self.empty):
            self.views.addWidget(view)
        layout.addWidget(self.views, 1)
        layout.addWidget(self._bar(middle))
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.grid.opened.connect(self._open)
        self.table.doubleClicked.connect(lambda _: self._open())
        self.grid.size_wanted.connect(self.slider.setValue)
        for view in (self.grid, self.table):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(lambda place, view=view: self._menu(view, place))
        return middle

    def _top(self, middle: QWidget) -> QWidget:
        parent = QWidget(middle)
        top = QHBoxLayout(parent)
        top.setContentsMargins(22, 8, 16, 4)
        top.setSpacing(10)
        self.title = plain_label("Stills", parent, wrap=False)
        self.count = plain_label("", parent, wrap=False)
        self.count.setProperty("second", True)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        self.search = QLineEdit(parent)
        self.search.setPlaceholderText("Film, caption, holder, or state:unknown")
        self.search.setAccessibleName("Search the stills")
        self.search.setToolTip(
            'Words, and for example holder:"Fox Searchlight", -state:granted, no:alt, ends:month, film:Moon'
        )
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(110)
        self.search.setMaximumWidth(360)
        self.search.textChanged.connect(lambda _: self._asking.start())
        self.search.returnPressed.connect(self._to_view)
        top.addWidget(self.search, 4)
        self.keep = QToolButton(parent)
        self.keep.setIcon(icon("bookmark"))
        self.keep.setIconSize(QSize(18, 18))
        self.keep.setToolTip("Save this filter, or forget it where it is saved")
        self.keep.setAccessibleName("Save this filter")
        self.keep.clicked.connect(self._keep_filter)
        top.addWidget(self.keep)
        kinds = QButtonGroup(self)
        for name, words, at in (("layout-grid", "As a grid", 0), ("table-2", "As a table", 1)):
            button = QToolButton(parent)
            button.setIcon(icon(name))
            button.setIconSize(QSize(18, 18))
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, at=at: self._show_as(at))
            kinds.addButton(button, at)
            top.addWidget(button)
        self.kinds = kinds
        self.slider = QSlider(Qt.Orientation.Horizontal, parent)
        self.slider.setRange(LEAST, MOST)
        self.slider.setValue(270)
        self.slider.setFixedWidth(90)
        self.slider.setAccessibleName("Size of the pictures")
        self.slider.setToolTip("Size of the pictures  (Ctrl and the wheel)")
        self.slider.valueChanged.connect(self.grid.set_size)
        top.addWidget(self.slider)
        self.order = QComboBox(parent)
        for name, (words, _) in ORDERS.items():
            self.order.addItem(words, name)
        self.order.setAccessibleName("Order")
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(9)
        self.order.view().setMinimumWidth(160)
        self.order.activated.connect(lambda _: self.refresh())
        top.addWidget(self.order)
        self.report = QPushButton("Report…", parent)
        self.report.setToolTip("What has to be mended, what ends, what stands in the blog without a record")
        self.report.clicked.connect(self.report_wanted)
        top.addWidget(self.report)
        return parent

    def _sentence(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(22, 2, 16, 6)
        row.setSpacing(4)
        self.verdict = plain_label("", parent, wrap=False)
        self.show_mend = link_button("", parent, lambda: self.search.setText("use:mend"))
        row.addWidget(self.verdict)
        row.addWidget(self.show_mend)
        row.addStretch(1)
        return row

    def _bar(self, parent: QWidget) -> QWidget:
        self.bar = QWidget(parent)
        self.bar.setObjectName("foot")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(22, 8, 14, 8)
        row.setSpacing(10)
        self.chosen_count = plain_label("", self.bar, wrap=False)
        row.addWidget(self.chosen_count)
        letter = self.letter = QPushButton("Write one letter…", self.bar)
        letter.setIcon(icon("send"))
        letter.clicked.connect(lambda: self.letter_wanted.emit(self.chosen))
        self.basis = QPushButton("Set the basis…", self.bar)
        menu = QMenu(self.basis)
        for name, (words, needs) in BASIS_WORDS.items():
            action = menu.addAction(words)
            action.setToolTip(needs)
            action.triggered.connect(
                lambda _=False, name=name: self.changed.emit(self.chosen, with_basis(name), "Basis", "permission.basis")
            )
        self.basis.setMenu(menu)
        credit = self.credit = QPushButton("Set credit…", self.bar)
        credit.clicked.connect(self._to_credit)
        sheet = self.sheet = QPushButton("Contact sheet…", self.bar)
        sheet.clicked.connect(self.sheet_wanted)
        for button in (letter, self.basis, credit, sheet):
            row.addWidget(button)
        row.addStretch(1)
        self.one_undo = plain_label("", self.bar, wrap=False)
        row.addWidget(self.one_undo)
        close = QToolButton(self.bar)
        close.setIcon(icon("x"))
        close.setAccessibleName("Choose none")
        close.setToolTip("Choose none  (Escape)")
        close.clicked.connect(self.grid.clearSelection)
        row.addWidget(close)
        return self.bar

    def _record(self) -> QWidget:
        self.record = StillRecord(self._theme, self)
        self.record.changed.connect(lambda change, label, key: self.changed.emit(self.chosen, change, label, key))
        self.record.letter_requested.connect(lambda _: self.letter_wanted.emit(self.chosen))
        self.record.evidence_requested.connect(lambda _: self.evidence_wanted.emit(self.chosen))
        self.record.note_requested.connect(lambda _: self.note_wanted.emit(self.chosen))
        self.record.crop_requested.connect(lambda _: self.crop_wanted.emit(self.chosen[0]))
        self.record.reuse_requested.connect(lambda _: self.reuse_wanted.emit(self.chosen[0]))
        self.record.take_out.setEnabled(False)
        self.go = link_button("", self.record, self._to_review)
        self.where = plain_label("", self.record)
        self.where.setProperty("second", True)
        self.record.add_top(self.go, self.where)
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.record)
        self.record_area = area
        nothing = plain_label(
            "Choose a still to see its record; choose several to change them together.\n\n"
            "Space shows a still large. Ctrl and a click choose more, Shift and the arrows too.",
            self,
        )
        nothing.setProperty("second", True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.records = QStackedWidget(self)
        self.records.setMinimumWidth(270)
        hint = QWidget(self)
        inner = QVBoxLayout(hint)
        inner.setContentsMargins(20, 52, 20, 20)
        inner.addWidget(nothing)
        inner.addStretch(1)
        self.records.addWidget(hint)
        self.records.addWidget(area)
        return self.records

    def _fit(self, width: int) -> None:
        """Show what there is room for: in a small window the commands say less, and what only tells goes."""
        for widget in (*self._spare, self.one_undo):
            widget.show()
        self._name_commands(short=False)
        for widget in self._spare:
            if self._least(self.report.parentWidget()) > width:
                widget.hide()
        if narrow := self._least(self.bar) > width:
            self.one_undo.hide()
            self._name_commands(short=True)
        if self._narrow != narrow:
            self._narrow = narrow
            self._say_verdict()

    @property
    def _spare(self) -> tuple[QWidget, ...]:
        """What may go from the top where there is no room, in that order."""
        return self.count, self.slider, self.title

    def _least(self, bar: QWidget | None) -> int:
        """The width that a row needs at least."""
        layout = bar.layout() if bar is not None else None
        if layout is None:
            return 0
        layout.invalidate()
        return layout.minimumSize().width()

    def _name_commands(self, short: bool) -> None:
        for button, long, brief in (
            (self.letter, "Write one letter…", "Letter…"),
            (self.basis, "Set the basis…", "Basis…"),
            (self.credit, "Set credit…", "Credit…"),
            (self.sheet, "Contact sheet…", "Sheet…"),
        ):
            button.setText(brief if short else long)
            button.setAccessibleName(long.rstrip("…"))

    def _dress(self) -> None:
        self.title.setFont(self._theme.font(22, DISPLAY))
        self.verdict.setFont(self._theme.font(15, SERIF))
        self.show_mend.setFont(self._theme.font(15, SERIF))
        self.grid.viewport().update()

    # showing

    def show_rows(self, rows: Sequence[Shelved]) -> None:
        """Take the library's stills as they are now."""
        self._all = list(rows)
        self.refresh()

    def show_saved(self, saved: Sequence[tuple[str, str]]) -> None:
        """Take the saved filters: names and lines."""
        self._saved = list(saved)
        self.refresh()

    def refresh(self) -> None:
        """Show what is asked, in the order that is chosen."""
        self._asking.stop()
        line, today = self.search.text(), self._today()
        asked = shelf.ask(line)
        keys = {row.key for row in self.chosen}
        current = self.current
        # Doubles are looked for to be compared, so those that belong together stand side by side.
        order = "copies" if "copies:" in line else self.order.currentData()
        rows = shelf.choose(self._all, asked, order, today)
        before = [row.key for row in self.model.rows]
        self.model.show(rows)
        if before != [row.key for row in rows]:
            self._choose_again(keys, current.key if current else None)
        self.facets.facets.show(self._facet_rows(today))
        marks = {*asked.facets, line.strip()}
        self.facets.mark(frozenset(marks if line.strip() else {""}))
        self.keep.setVisible(bool(line.strip()))
        self._say(rows, asked)
        self._show_chosen()

    def _facet_rows(self, today: dt.date) -> list[Row]:
        """The facets with their counts; those that no still has are left out, but for the first group."""
        counts, holders = shelf.counts(self._all, today), shelf.holders(self._all)
        rows = [Row("Saved"), *(Row(name, line) for name, line in self._saved)] if self._saved else []
        for number, (title, facets) in enumerate(shelf.GROUPS):
            shown = [
                Row(f.words, f.token, counts.get(f.token, 0), f.badge)
                for f in facets
                if counts.get(f.token) or not number
            ]
            if number == 0:
                shown.insert(0, Row("All", "", len(self._all)))
            rows += [Row(title), *shown] if shown else []
        if holders:
            rows += [Row("Holders"), *(Row(name, f'holder:"{name}"', count) for name, count in holders)]
        return rows

    def _say(self, rows: Sequence[Shelved], asked: shelf.Asked) -> None:
        reviews = len({row.review for row in self._all})
        total = f"{len(self._all):,} in {reviews:,} {'review' if reviews == 1 else 'reviews'}"
        self.count.setText(total if len(rows) == len(self._all) else f"{len(rows):,} of {total}")
        blocked = [row for row in self._all if row.standing.blocks]
        out = sum(row.out for row in blocked)
        if asked.faults:
            self._said = (asked.faults[0],) * 2
        elif not blocked:
            self._said = ("Every still may appear." if self._all else "",) * 2
        else:
            first = (
                f"{number(len(blocked)).capitalize()} {'still' if len(blocked) == 1 else 'stills'} may not appear now"
            )
            stand = "stands in a published post" if out == 1 else "stand in published posts"
            self._said = (
                f"{first}; {number(out)} of them {stand}." if out else f"{first}.",
                f"{len(blocked)} may not appear now.",
            )
        self._say_verdict()
        self.show_mend.setVisible(bool(out) and not asked.faults)
        self.show_mend.setText("Show that one" if out == 1 else f"Show those {number(out)}")
        if not rows:
            self.empty.setText(
                "No stills yet. Open a review and drop pictures on it, or take a frame from a trailer."
                if not self._all
                else "No still fits. The filters at the left say what there is."
            )
        self.views.setCurrentIndex(2 if not rows else max(0, self.kinds.checkedId()))

    def _say_verdict(self) -> None:
        self.verdict.setText(self._said[self._narrow])

    def _choose_again(self, keys: set[tuple[Path, str]], current: tuple[Path, str] | None) -> None:
        """Choose what was chosen, as far as it is still in view."""
        selection = self.grid.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row, shown in enumerate(self.model.rows):
            if shown.key in keys:
                selection.select(self.model.index(row, 0), flags.Select | flags.Rows)
        if current is not None and (place := self.model.place(current)) >= 0:
            selection.setCurrentIndex(self.model.index(place, 0), flags.NoUpdate)

    @property
    def chosen(self) -> list[Shelved]:
        """The chosen stills, in the order of the view."""
        rows = sorted({index.row() for index in self.grid.selectionModel().selectedIndexes()})
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    @property
    def current(self) -> Shelved | None:
        row: Shelved | None = self.grid.currentIndex().data(ROW)
        return row

    def choose(self, keys: Sequence[tuple[Path, str]]) -> None:
        """Choose these stills, as far as they are in view."""
        self.grid.clearSelection()
        self._choose_again(set(keys), keys[0] if keys else None)
        self.grid.scrollTo(self.grid.currentIndex())

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.bar.setVisible(bool(chosen))
        count = len(chosen)
        self.chosen_count.setText(f"{count:,} {'still' if count == 1 else 'stills'} chosen")
        self.one_undo.setText("Ctrl+Z undoes it" if count == 1 else f"One Ctrl+Z undoes it for all {number(count)}")
        self.records.setCurrentIndex(1 if chosen else 0)
        if chosen and not self.held:
            self.record.show_stills([row.still for row in chosen], False)
            row = chosen[0]
            self.go.setVisible(count == 1)
            self.where.setVisible(count == 1)
            self.go.setText(f"{row.title} ({row.year})" if row.year else row.title)
            self.where.setText(self._where(row))
            self._show_picture()

    def _where(self, row: Shelved) -> str:
        """Where the still is used, and what lies elsewhere of it."""
        lines = ["The lead." if row.still.lead else "In the text." if row.shown else "In no post."]
        lines += [f"Published: {place}" for place in row.places]
        others = [r for r in self._all if row.group and r.group == row.group and r.key != row.key]
        word = "The same file" if row.copies == "same" else "Nearly the same"
        lines += [f"{word}: {other.still.file} of {other.title}" for other in others[:4]]
        if row.still.source.sha256 and row.copies == "":
            lines.append(f"SHA-256 {row.still.source.sha256[:12]}…")
        return "\n".join(lines)

    def _arrived(self, path: Path) -> None:
        self.grid.viewport().update()
        self._show_picture()

    def _show_picture(self) -> None:
        chosen = self.chosen
        self.record.picture.image = self._picture(chosen[0]) if chosen else None
        self.record.picture.update()

    def _picture(self, row: Shelved) -> QImage | None:
        return self._thumbnails.get(row.path, LARGE)

    # wishes

    def _pick(self, query: str, more: bool) -> None:
        line = self.search.text()
        if query in FACETS and more and query not in shelf.ask(line).facets:
            self.search.setText(f"{line} {query}".strip())
        elif query in FACETS:
            self.search.setText(shelf.with_facet(line, query))
        else:
            self.search.setText("" if query == line.strip() else query)
        self.refresh()

    def _show_as(self, at: int) -> None:
        self.slider.setEnabled(at == 0)
        if self.model.rows:
            self.views.setCurrentIndex(at)
        if at == 1:
            model = self.grid.selectionModel()
            flags = QItemSelectionModel.SelectionFlag
            model.select(model.selection(), flags.Select | flags.Rows)
            self.table.resizeColumnsToContents()
            for column in range(self.model.columnCount()):
                self.table.setColumnWidth(column, min(240, self.table.columnWidth(column) + 12))

    @property
    def view(self) -> QAbstractItemView:
        """The view in front."""
        return self.table if self.kinds.checkedId() == 1 else self.grid

    def _to_view(self) -> None:
        self.refresh()
        if self.model.rows:
            self.view.setFocus()
            if not self.grid.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0, 0))

    def _to_credit(self) -> None:
        field = self.record.field("credit")
        self.record_area.ensureWidgetVisible(field)
        field.setFocus()

    def _to_review(self) -> None:
        if chosen := self.chosen:
            self.review_wanted.emit(chosen[0].review, chosen[0].still.file)

    def _open(self) -> None:
        current = self.current or next(iter(self.chosen), None)
        if current is not None:
            self.opened.emit(self.model.rows, self.model.place(current.key))

    def _menu(self, view: QAbstractItemView, place: QPoint) -> None:
        if not view.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.addAction(icon("zoom-in"), "See it large", self._open)
        menu.addAction(icon("file-text"), "Open its review", self._to_review)
        menu.addAction(icon("crop"), "Crop, straighten, focus…", lambda: self.crop_wanted.emit(self.chosen[0]))
        menu.addAction(icon("mail"), "Write a letter…", lambda: self.letter_wanted.emit(self.chosen))
        menu.exec(view.viewport().mapToGlobal(place))

    def _keep_filter(self) -> None:
        """Save what is asked under a name; a saved one is forgotten."""
        line = self.search.text().strip()
        if any(line == kept for _, kept in self._saved):
            self.filters_changed.emit([(name, kept) for name, kept in self._saved if kept != line])
            return
        words = ", ".join(FACETS[token].words for token in shelf.ask(line).facets) or line
        name, yes = QInputDialog.getText(self, "Save this filter", "Its name", text=words)
        if yes and name.strip():
            self.filters_changed.emit([*self._saved, (name.strip(), line)])

    def undo(self) -> None:
        """Undo the last change made here, whichever reviews it was in."""
        self.undo_wanted.emit()

    def redo(self) -> None:
        self.redo_wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fonts of labels are set when the desk has its place: a widget that gets another parent is polished anew."""
        super().showEvent(event)
        self._dress()

    def to_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def toggle_record(self) -> None:
        """Show or hide the record's column."""
        self.records.setVisible(self.records.isHidden())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.view.setFocus()
