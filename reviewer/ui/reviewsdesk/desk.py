"""The reviews of the whole library: facets at the left, a query above, five ways to see what it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QListView,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.listing import Entry
from reviewer.library.searching import Facets, Snippet
from reviewer.review.marks import Scale, Scales
from reviewer.review.query import Query, asked, narrowed, quoted
from reviewer.review.values import STATUSES
from reviewer.ui.actions import Actions
from reviewer.ui.icons import icon
from reviewer.ui.reviewsdesk.board import TITLES, Board
from reviewer.ui.reviewsdesk.calendar import Calendar
from reviewer.ui.reviewsdesk.drawing import Brush, CellDelegate, CoverDelegate, RowDelegate
from reviewer.ui.reviewsdesk.model import COLUMNS, MARK, ROW, STATUS_WORDS, USUAL, ReviewsModel
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.facets import FacetList, Row
from reviewer.ui.widgets.fields import link_button, plain_label
from reviewer.ui.widgets.gridview import GridView
from reviewer.ui.widgets.queryfield import QueryField
from reviewer.ui.widgets.thumbnails import Thumbnails
from reviewer.ui.words import command

ORDERS = {
    "": "Best match", "date": "Newest", "edited": "Last edited", "seen": "Last seen", "title": "Title", "year": "Year of the film",
    "mark": "Mark", "words": "Length", "runtime": "Running time", "status": "Status",
}  # fmt: skip
VIEWS = (("list", "As a list"), ("layout-grid", "As covers"), ("table-2", "As a table"), ("columns-3", "As a board, by status"),
         ("calendar", "As a calendar"))  # fmt: skip
LIST, COVERS, TABLE, BOARD, CALENDAR = range(5)
FACET_GROUPS = (
    ("category", "Category", 6),
    ("tag", "Tag", 8),
    ("genre", "Genre", 6),
    ("director", "Director", 6),
    ("country", "Country", 6),
)
"""Terms that are offered below status, mark and decade, and how many of each."""


class _Table(QTableView):
    """A table in which F2 edits the cell, whatever else it does in the window."""

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_F2
        ):
            event.accept()
            return True
        return super().event(event)


class ReviewsDesk(QWidget):
    """Shows and asks; whoever can, does. `asked` is sent when something else is to be searched or sorted; `change_wanted` carries
    paths, a field's dotted name and what was typed; `status_wanted` paths and a status."""

    asked = Signal()
    open_wanted = Signal(object)
    change_wanted = Signal(object, str, str)
    status_wanted = Signal(object, str)
    term_wanted = Signal(object, bool)
    export_wanted = Signal(object)
    trash_wanted = Signal(object)
    archive_wanted = Signal(object, bool)
    saved_changed = Signal(object)
    columns_changed = Signal(object)
    view_changed = Signal(int)
    new_wanted = Signal()
    undo_wanted = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, actions: Actions, thumbnails: Thumbnails, today: Callable[[], dt.date], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._facets, self._total, self._words = Facets(), 0, 0
        self._saved: list[tuple[str, str]] = []
        self._backwards = False
        self.setObjectName("reviews-desk")
        self.model = ReviewsModel(self)
        self.model.edit_wanted.connect(lambda entry, field, value: self.change_wanted.emit([entry.path], field, value))
        self._brush = Brush(theme, thumbnails, self.model)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        self.columns.addWidget(self._side(actions))
        self.columns.addWidget(self._middle(actions))
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([208, 1100])
        layout.addWidget(self.columns)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.asked)
        thumbnails.arrived.connect(lambda _: self._redraw())
        theme.changed.connect(self._dress)
        self._dress()
        self.show_as(COVERS)
        self._show_chosen()

    # making

    def _side(self, actions: Actions) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(170)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 6, 0, 0)
        back = link_button("Back to the text", side, self.left.emit)
        back.setToolTip(actions["go-write"].toolTip())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back.setIcon(icon("chevron-right") if mirrored else icon("pencil"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 2)
        row.addWidget(back)
        row.addStretch(1)
        layout.addLayout(row)
        self.facets = FacetList(self._theme, side)
        self.facets.picked.connect(self._pick)
        layout.addWidget(self.facets, 1)
        return side

    def _middle(self, actions: Actions) -> QWidget:
        middle = QWidget(self)
        middle.setObjectName("paper")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle.setMinimumWidth(420)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top(middle, actions))
        self.fault = plain_label("", middle)
        self.fault.setObjectName("query-fault")
        self.fault.setContentsMargins(22, 0, 22, 4)
        self.fault.hide()
        layout.addWidget(self.fault)
        self.covers = GridView(CoverDelegate(self._brush, middle), "Reviews", middle)
        self.covers.setModel(self.model)
        selection = self.covers.selectionModel()
        self.list = self._list(middle, selection)
        self.table = self._table(middle, selection)
        self.board = Board(self.model, selection, self._brush, middle)
        self.calendar = Calendar(self._theme, self._today, middle)
        self.empty = plain_label("", middle)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(24, 16, 24, 16)
        self.views = QStackedWidget(middle)
        for view in (self.list, self.covers, self.table, self.board, self.calendar, self.empty):
            self.views.addWidget(view)
        layout.addWidget(self.views, 1)
        layout.addWidget(self._bar(middle))
        selection.selectionChanged.connect(lambda *_: self._show_chosen())
        self.covers.opened.connect(self._open)
        self.board.opened.connect(self._open)
        self.board.move_wanted.connect(lambda status: self.status_wanted.emit(self.paths, status))
        self.board.menu_wanted.connect(self._menu)
        self.calendar.opened.connect(self.open_wanted)
        self.calendar.menu_wanted.connect(self._films_menu)
        for view in (self.list, self.table):
            view.doubleClicked.connect(self._double_clicked)
        for view in (self.covers, self.list, self.table):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(lambda place, view=view: self._menu(view, place))
        return middle

    def _list(self, middle: QWidget, selection: QItemSelectionModel) -> QListView:
        view = QListView(middle)
        view.setModel(self.model)
        view.setSelectionModel(selection)
        view.setItemDelegate(RowDelegate(self._brush, view))
        view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setBatchSize(400)
        view.setAccessibleName("Reviews as a list")
        return view

    def _table(self, middle: QWidget, selection: QItemSelectionModel) -> QTableView:
        table = _Table(middle)
        table.setModel(self.model)
        table.setSelectionModel(selection)
        table.setItemDelegate(CellDelegate(self._brush, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.AnyKeyPressed)
        table.setAccessibleName("Reviews as a table")
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self._columns_menu(header, place))
        for column, width in enumerate((220, 160, 64, 150, 130, 90, 100, 100, 170, 170, 70)):
            table.setColumnWidth(column, width)
        return table

    def _top(self, middle: QWidget, actions: Actions) -> QWidget:
        parent = QWidget(middle)
        top = QHBoxLayout(parent)
        top.setContentsMargins(22, 8, 16, 6)
        top.setSpacing(8)
        self.title = plain_label("Reviews", parent, wrap=False)
        self.count = plain_label("", parent, wrap=False)
        self.count.setProperty("second", True)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        self.search = QueryField(lambda: self._theme.colour("blocks"), parent)
        self.search.setPlaceholderText("Title, person, words, or mark:>=4")
        self.search.setAccessibleName("Search the reviews")
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(420)
        self.search.asked.connect(self._queried)
        self.search.left.connect(self._to_view)
        top.addWidget(self.search, 5)
        self.keep = QToolButton(parent)
        self.keep.setIcon(icon("bookmark"))
        self.keep.setIconSize(QSize(18, 18))
        self.keep.setToolTip("Save this search, or forget it where it is saved")
        self.keep.setAccessibleName("Save this search")
        self.keep.clicked.connect(self._keep_search)
        top.addWidget(self.keep)
        self.kinds = QButtonGroup(self)
        for at, (name, words) in enumerate(VIEWS):
            button = QToolButton(parent)
            button.setIcon(icon(name))
            button.setIconSize(QSize(18, 18))
            button.setCheckable(True)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, at=at: self._choose_view(at))
            self.kinds.addButton(button, at)
            top.addWidget(button)
        self.order = QComboBox(parent)
        for name, words in ORDERS.items():
            self.order.addItem(words, name)
        self.order.setAccessibleName("Order")
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(9)
        self.order.view().setMinimumWidth(180)
        self.order.activated.connect(lambda _: self._ordered())
        top.addWidget(self.order)
        new = QPushButton("New review", parent)
        new.setObjectName("filled")
        new.setToolTip(actions["new"].toolTip())
        new.clicked.connect(self.new_wanted)
        top.addWidget(new)
        return parent

    def _bar(self, parent: QWidget) -> QWidget:
        self.bar = QWidget(parent)
        self.bar.setObjectName("foot")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(22, 8, 14, 8)
        row.setSpacing(10)
        self.chosen_count = plain_label("", self.bar, wrap=False)
        row.addWidget(self.chosen_count)
        self.status = QPushButton("Status…", self.bar)
        self.status.setMenu(self._status_menu(self.status))
        add, remove = QPushButton("Add a term…", self.bar), QPushButton("Remove a term…", self.bar)
        add.clicked.connect(lambda: self.term_wanted.emit(self.paths, True))
        remove.clicked.connect(lambda: self.term_wanted.emit(self.paths, False))
        export = QPushButton("Export…", self.bar)
        export.clicked.connect(lambda: self.export_wanted.emit(self.paths))
        trash = QPushButton("Trash…", self.bar)
        trash.clicked.connect(lambda: self.trash_wanted.emit(self.paths))
        for button in (self.status, add, remove, export, trash):
            row.addWidget(button)
        row.addStretch(1)
        close = QToolButton(self.bar)
        close.setIcon(icon("x"))
        close.setAccessibleName("Choose none")
        close.setToolTip("Choose none  (Escape)")
        close.clicked.connect(self.covers.clearSelection)
        row.addWidget(close)
        return self.bar

    def _status_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.setTitle("Status")
        for name in STATUSES:
            menu.addAction(STATUS_WORDS[name]).triggered.connect(
                lambda _=False, name=name: self.status_wanted.emit(self.paths, name)
            )
        menu.addSeparator()
        menu.addAction("Archived").triggered.connect(lambda: self.archive_wanted.emit(self.paths, True))
        menu.addAction("Not archived").triggered.connect(lambda: self.archive_wanted.emit(self.paths, False))
        return menu

    def _dress(self) -> None:
        self.title.setFont(self._theme.font(22, DISPLAY))
        self.fault.setStyleSheet(f"color: {self._theme.colour('blocks').name()}")
        self._redraw()

    def _redraw(self) -> None:
        for view in (self.covers, self.list):
            view.viewport().update()

    # showing

    def use(self, scales: Scales) -> None:
        """The scales that marks are read in."""
        self.model.scales = self.search.scales = scales
        self._redraw()

    def show_found(self, rows: Sequence[Entry], facets: Facets, snippets: Mapping[Path, Snippet], total: int,
                   seen: Sequence[Entry] = ()) -> None:  # fmt: skip
        """Show what was found; `total` counts the library's reviews, `seen` are viewings of the diary for the calendar."""
        chosen, current = set(self.paths), self.current
        before = [row.path for row in self.model.rows]
        self.model.show(rows, snippets)
        if before != [row.path for row in rows]:
            self._choose_again(chosen, current.path if current else None)
        self._facets, self._total = facets, total
        self._words = sum(row.words for row in rows)
        self.calendar.show_entries([*rows, *seen])
        self._show_facets()
        self._say(rows)

    def show_saved(self, saved: Sequence[tuple[str, str]]) -> None:
        """Take the saved searches: names and queries."""
        self._saved = list(saved)
        self._show_facets()

    def _say(self, rows: Sequence[Entry]) -> None:
        count = f"{len(rows):,}" if len(rows) == self._total else f"{len(rows):,} of {self._total:,}"
        self.count.setText(count)
        self.count.setToolTip(f"{self._words:,} words in {len(rows):,} {'review' if len(rows) == 1 else 'reviews'}")
        if not rows:
            self.empty.setText(
                "Nothing written yet. Ctrl+N begins the first review."
                if not self._total
                else "No review fits. The facets at the left say what there is; Escape in the field clears it."
            )
        self.views.setCurrentIndex(len(VIEWS) if not rows else max(0, self.kinds.checkedId()))
        self._show_chosen()

    def _show_facets(self) -> None:
        counts, scales = self._facets.counts, self.model.scales
        rows = [Row("Status"), Row("All", "", self._total)]
        of_status = dict(counts.get("status", ()))
        rows += [Row(TITLES[name], f"status:{name}", of_status.get(name, 0)) for name in STATUSES]
        rows += [Row("Archived", "is:archived", count) for _, count in counts.get("archived", ()) if count]
        if marks := counts.get("mark"):
            rows += [Row("Mark"), *(self._mark_row(scales.usual, text, count) for text, count in marks)]
        if decades := counts.get("decade"):
            rows += [
                Row("Decade"),
                *(Row(name or "No year", f"year:{name or 'none'}", count) for name, count in decades),
            ]
        if self._saved:
            rows += [Row("Saved"), *(Row(name, line) for name, line in self._saved)]
        line = self.search.text().strip()
        chosen = frozenset({*asked(line), line})
        for key, title, most in FACET_GROUPS:
            found = [Row(term, f"{key}:{quoted(term)}", count) for term, count in counts.get(key, ())]
            # What all have narrows nothing.
            kept = [row for row in found if row.count != self._facets.total or row.query in chosen][:most]
            rows += [Row(title), *kept] if kept else []
        self.facets.facets.show(rows)
        self.facets.mark(chosen)
        self.keep.setVisible(bool(line))

    def _mark_row(self, main: Scale, text: str, count: int) -> Row:
        """The facet of a mark on the main scale, by its text as the index has it."""
        value = next((value for value in main.values if f"{value}" == text), None)
        if value is None:
            return Row("Not rated", "mark:none", count)
        return Row(
            main.text(value),
            f"mark:{quoted(text)}",
            count,
            stars=(float(value), int(main.best)) if main.starred else None,
        )

    def _choose_again(self, paths: set[Path], current: Path | None) -> None:
        selection = self.covers.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row, shown in enumerate(self.model.rows):
            if shown.path in paths:
                selection.select(self.model.index(row, 0), flags.Select | flags.Rows)
        if current is not None and (place := self.model.place(current)) >= 0:
            selection.setCurrentIndex(self.model.index(place, 0), flags.NoUpdate)

    @property
    def chosen(self) -> list[Entry]:
        """The chosen reviews, in the order of the view."""
        rows = sorted({index.row() for index in self.covers.selectionModel().selectedIndexes()})
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    @property
    def paths(self) -> list[Path]:
        """The paths of the chosen reviews."""
        return [entry.path for entry in self.chosen]

    @property
    def current(self) -> Entry | None:
        row: Entry | None = self.covers.selectionModel().currentIndex().data(ROW)
        return row

    def choose(self, path: Path) -> None:
        """Choose one review, as far as it is in view."""
        if (place := self.model.place(path)) >= 0:
            flags = QItemSelectionModel.SelectionFlag
            self.covers.selectionModel().setCurrentIndex(self.model.index(place, 0), flags.ClearAndSelect | flags.Rows)
            for view in (self.covers, self.list, self.table):
                view.scrollTo(self.model.index(place, 0))

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.bar.setVisible(bool(chosen) and self.kinds.checkedId() != CALENDAR)
        count = len(chosen)
        self.chosen_count.setText(f"{count:,} {'review' if count == 1 else 'reviews'} chosen")

    # asking

    @property
    def query(self) -> Query:
        """What is asked."""
        return self.search.query

    @property
    def sorting(self) -> tuple[str, bool]:
        """The order and whether it is turned round."""
        return str(self.order.currentData()), self._backwards

    def _queried(self, query: Query) -> None:
        self.fault.setText(self.search.fault)
        self.fault.setVisible(bool(self.search.fault))
        self._soon.start()

    def _ordered(self) -> None:
        self._backwards = False
        self._show_sorting()
        self.asked.emit()

    def _sort_by(self, section: int) -> None:
        order = COLUMNS[section].order
        if order:
            self._backwards = not self._backwards if order == self.order.currentData() else False
            self.order.setCurrentIndex(self.order.findData(order) if self.order.findData(order) >= 0 else 0)
            self._show_sorting()
            self.asked.emit()

    def _show_sorting(self) -> None:
        header, (order, backwards) = self.table.horizontalHeader(), self.sorting
        section = next((n for n, column in enumerate(COLUMNS) if column.order and column.order == order), -1)
        header.setSortIndicatorShown(section >= 0)
        if section >= 0:
            rising = (order in ("title", "status")) != backwards
            header.setSortIndicator(section, Qt.SortOrder.AscendingOrder if rising else Qt.SortOrder.DescendingOrder)

    def _pick(self, pair: str, more: bool) -> None:
        line = self.search.text()
        if not pair or pair in (saved for _, saved in self._saved):
            self.search.setText("" if pair == line.strip() else pair)
        else:
            self.search.setText(narrowed(line, pair, more))

    def _keep_search(self) -> None:
        """Save what is asked under a name; a saved one is forgotten."""
        line = self.search.text().strip()
        if any(line == kept for _, kept in self._saved):
            self.saved_changed.emit([(name, kept) for name, kept in self._saved if kept != line])
            return
        name, yes = QInputDialog.getText(self, "Save this search", "Its name", text=line)
        if yes and name.strip():
            self.saved_changed.emit([*self._saved, (name.strip(), line)])

    # the views

    def _choose_view(self, at: int) -> None:
        self.show_as(at)
        self.view_changed.emit(at)

    def show_as(self, at: int) -> None:
        """Show the reviews in one of `VIEWS`."""
        button = self.kinds.button(at) or self.kinds.button(COVERS)
        button.setChecked(True)
        if at == TABLE:
            selection = self.covers.selectionModel()
            flags = QItemSelectionModel.SelectionFlag
            selection.select(selection.selection(), flags.Select | flags.Rows)
        if self.model.rows:
            self.views.setCurrentIndex(self.kinds.checkedId())
        if at == CALENDAR and not any(
            self.calendar.model.films(day)
            for day in self.calendar.model.days
            if day.month == self._today().month and day.year == self._today().year
        ):
            self.calendar.to_last()
        self._show_chosen()

    @property
    def view(self) -> QWidget:
        """What is in front."""
        return self.views.currentWidget() or self

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns of the table; the usual ones where none is named."""
        wanted = [name for name in names if any(column.title == name for column in COLUMNS)] or list(USUAL)
        for n, column in enumerate(COLUMNS):
            self.table.setColumnHidden(n, column.title not in wanted)

    def _columns_menu(self, header: QHeaderView, place: QPoint) -> None:
        menu = QMenu(self)
        for n, column in enumerate(COLUMNS):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(n))
            action.setEnabled(n > 0)
            action.toggled.connect(lambda on, n=n: self._show_column(n, on))
        menu.exec(header.mapToGlobal(place))

    def _show_column(self, number: int, on: bool) -> None:
        self.table.setColumnHidden(number, not on)
        self.columns_changed.emit([c.title for n, c in enumerate(COLUMNS) if not self.table.isColumnHidden(n)])

    # wishes

    def _open(self) -> None:
        current = self.current or next(iter(self.chosen), None)
        if current is not None:
            self.open_wanted.emit(current.path)

    def _double_clicked(self, index: object) -> None:
        self._open()

    def _menu(self, view: QAbstractItemView, place: QPoint) -> None:
        if not view.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.addAction(icon("file-text"), "Open", self._open)
        menu.addMenu(self._status_menu(menu))
        menu.addAction(icon("plus"), "Add a term…", lambda: self.term_wanted.emit(self.paths, True))
        menu.addAction(icon("x"), "Remove a term…", lambda: self.term_wanted.emit(self.paths, False))
        menu.addAction(icon("send"), "Export…", lambda: self.export_wanted.emit(self.paths))
        menu.addSeparator()
        menu.addAction(icon("trash-2"), "Move to the trash…", lambda: self.trash_wanted.emit(self.paths))
        if view is self.table and view.currentIndex().column() != MARK:
            menu.addSeparator()
            menu.addAction(icon("pencil"), "Edit the cell", lambda: self.table.edit(self.table.currentIndex()))
        menu.exec(view.viewport().mapToGlobal(place))

    def _films_menu(self, films: Sequence[Entry], place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in films:
            menu.addAction(command(entry.title)).triggered.connect(
                lambda _=False, entry=entry: self.open_wanted.emit(entry.path)
            )
        menu.popup(place)

    def _to_view(self) -> None:
        if self.model.rows:
            if self.kinds.checkedId() == BOARD:
                self.board.focus(self.current.path if self.current else None)
                return
            front = self.calendar.month if self.kinds.checkedId() == CALENDAR else self.view
            front.setFocus()
            if front is not self.calendar.month and not self.chosen:
                self.choose((self.current or self.model.rows[0]).path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen:
            self.covers.clearSelection()
        elif event.key() == Qt.Key.Key_Delete and self.chosen:
            self.trash_wanted.emit(self.paths)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Take the last change to several reviews back."""
        self.undo_wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fonts of labels are set when the desk has its place: a widget that gets another parent is polished anew."""
        super().showEvent(event)
        self._dress()

    def to_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._to_view()
