"""Looking a film up in the catalogue on this machine: found as one types, compared field by field, taken as one step of undo."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.interop.catalogue import Catalogue, Hit, Stopped, make
from reviewer.interop.filmfacts import SOURCES, Facts, Offer, offers
from reviewer.library.folders import UserFolders, home
from reviewer.library.reviews import CannotRead, open_review
from reviewer.review.folding import folded
from reviewer.review.values import Review, Seen
from reviewer.text.mentions import film_name
from reviewer.ui import words
from reviewer.ui.icons import icon
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label
from reviewer.ui.widgets.titled import TitledDelegate

MOST_OWN = 10
"""Films of the library's own reviews that are offered before those of the catalogue."""
_NUMBER = int(Qt.ItemDataRole.UserRole)
NOTHING = (
    "There is no catalogue of films on this machine yet. It is made from files that you download yourself, and works without a network "
    "from then on:\n\n"
    "• IMDb’s tables from datasets.imdbws.com: title.basics.tsv.gz, and beside it title.akas, title.crew, title.principals, title.ratings "
    "and name.basics. Making the catalogue of all of them takes a good while and some gigabytes.\n"
    "• the .nfo files of Kodi, saved answers of TMDb or OMDb, entities of Wikidata, as .json."
)


@dataclass(frozen=True)
class Own:
    """A film that another review of the library is about: that review, the film's place in it, its title and year."""

    path: Path
    place: int
    title: str
    year: int | None
    review: str

    def facts(self) -> Facts:
        """What the review says of it. Raises `reviewer.library.reviews.CannotRead`."""
        one = open_review(self.path).reading.review.features[self.place]
        return Facts(dataclasses.replace(one.film, seen=Seen()), one.credits, one.film.other_titles)


class FilmFactsDialog(QDialog):
    """Finds films and offers what is known of one. `taken` carries the review as it would be."""

    taken = Signal(object)
    _progressed = Signal(str, int)

    def __init__(
        self, review: Review, own: Sequence[Own], folders: UserFolders, tasks: Tasks, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._review, self._folders, self._tasks, self._theme = review, folders, tasks, theme
        self._own = own
        self._catalogue: Catalogue | None = None
        self._offers: list[Offer] = []
        self._stop = self._over = False
        self.setWindowTitle("Look the film up")
        self.resize(min(940, parent.width() - 40), min(620, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Look the film up", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Title in any language, year, names")
        self.search.setAccessibleName("Find a film")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self._soon = QTimer(self, singleShot=True, interval=40)
        self._soon.timeout.connect(self._find)
        self.search.textChanged.connect(lambda _: self._soon.start())
        layout.addWidget(self.search)
        layout.addWidget(self._middle(), 1)
        self.said = plain_label("", self)
        self.said.setProperty("second", True)
        layout.addWidget(self.said)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.hide()
        layout.addWidget(self.bar)
        layout.addLayout(self._buttons())
        self._progressed.connect(self._say_progress)
        self._open()
        self.search.setText(
            film_name(review.film.title or review.title, review.film.year).replace("(", "").replace(")", "")
        )
        self.search.selectAll()

    def _middle(self) -> QWidget:
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        self.hits = QListWidget(columns)
        self.hits.setAccessibleName("Films found")
        self.hits.setMinimumWidth(240)
        self.hits.setItemDelegate(TitledDelegate(self._theme, self.hits))
        self.hits.currentItemChanged.connect(lambda item, _: self._show(item))
        self.table = QTableWidget(0, 3, columns)
        self.table.setHorizontalHeaderLabels(["Field", "In the review", "There"])
        self.table.setAccessibleName("What the catalogue says otherwise")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(lambda _: self._enable())
        columns.addWidget(self.hits)
        columns.addWidget(self.table)
        columns.setStretchFactor(1, 1)
        columns.setSizes([280, 600])
        return columns

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.making = QPushButton("Make the catalogue…", self)
        self.making.clicked.connect(self._ask_files)
        self.take = QPushButton("Take what is ticked", self)
        self.take.setObjectName("filled")
        self.take.clicked.connect(self._take)
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        for button in (self.making, self.take, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(1, 1)
        return row

    # the catalogue

    def _open(self) -> None:
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None
        try:
            self._catalogue = Catalogue(self._folders)
            self.said.setText(f"{self._catalogue.count:,} films in the catalogue on this machine.")
        except FileNotFoundError:
            self.said.setText(NOTHING)
        except sqlite3.Error as error:
            self.said.setText(f"The catalogue cannot be read: {error}. Make it anew.")
        self.search.setEnabled(self._catalogue is not None or bool(self._own))
        self._enable()

    def _ask_files(self) -> None:
        if self.bar.isVisible():
            self._stop = True
            return
        folder = QFileDialog.getExistingDirectory(self, "The folder with the files that you downloaded", str(home()))
        if folder:
            self.make_from([Path(folder)])

    def make_from(self, paths: list[Path]) -> None:
        """Make the catalogue in a thread; it can be stopped, and goes on later where it stopped."""
        self._stop = False
        self.bar.show()
        self.making.setText("Stop")
        folders = self._folders

        def progress(name: str, lines: int) -> bool:
            self._progressed.emit(name, lines)
            return not self._stop

        self._tasks.run(lambda: make(paths, folders, progress), lambda count: self._made(), self._not_made)

    def _say_progress(self, name: str, lines: int) -> None:
        what = {"files": "Files", "words": "Films made searchable"}.get(name, name)
        self.said.setText(f"{what}: {lines:,} …")

    def _made(self) -> None:
        if self._over:
            return
        self._rest()
        self._open()
        self._find()

    def _not_made(self, error: Exception) -> None:
        if self._over:
            return
        self._rest()
        if isinstance(error, Stopped):
            self.said.setText("Stopped. With the same files it goes on with the table in which it stopped.")
        else:
            self.said.setText(f"The catalogue was not made. {words.of(error)}")

    def _rest(self) -> None:
        self.bar.hide()
        self.making.setText("Make the catalogue…")

    # finding

    def _find(self) -> None:
        wanted = folded(self.search.text()).split()
        own = [one for one in self._own if all(word in folded(f"{one.title} {one.year or ''}") for word in wanted)]
        try:
            found = self._catalogue.find(self.search.text()) if self._catalogue is not None else []
        except sqlite3.Error as error:
            self.said.setText(f"The catalogue gave out: {error}. Make it anew.")
            return
        self.hits.clear()
        for one in own[:MOST_OWN] if wanted else ():
            item = QListWidgetItem(f"{film_name(one.title, one.year)}\nIn your review “{one.review}”")
            item.setData(_NUMBER, one)
            self.hits.addItem(item)
        for hit in found:
            self.hits.addItem(self._item(hit))
        self.hits.setCurrentRow(0)
        if not self.hits.count():
            self._show(None)

    def _item(self, hit: Hit) -> QListWidgetItem:
        parts = (film_name(hit.title, hit.year), hit.original, hit.directors)
        item = QListWidgetItem("\n".join(part for part in parts if part))
        item.setData(_NUMBER, hit.number)
        return item

    def _show(self, item: QListWidgetItem | None) -> None:
        """Compare the film that is chosen with the review. What is empty there is ticked; nothing of the writer's is."""
        facts, chosen = Facts(), item.data(_NUMBER) if item is not None else None
        try:
            if isinstance(chosen, Own):
                facts = chosen.facts()
            elif chosen is not None and self._catalogue is not None:
                facts = self._catalogue.facts(int(chosen))
                self.said.setText(SOURCES.get(facts.source, ""))
        except (CannotRead, sqlite3.Error) as error:
            self.said.setText(str(error))
        self._offers = offers(self._review, facts) if facts.film.title else []
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._offers))
        for row, offer in enumerate(self._offers):
            label = QTableWidgetItem(offer.label)
            label.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            added = offer.empty or offer.name == "credits.cast"
            label.setCheckState(Qt.CheckState.Checked if added else Qt.CheckState.Unchecked)
            self.table.setItem(row, 0, label)
            for column, text in ((1, offer.now), (2, offer.then)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(words.tip(text))
                self.table.setItem(row, column, cell)
        self.table.blockSignals(False)
        self._enable()

    @property
    def ticked(self) -> list[Offer]:
        """The fields that are to be taken."""
        cells = ((offer, self.table.item(row, 0)) for row, offer in enumerate(self._offers))
        return [offer for offer, cell in cells if cell is not None and cell.checkState() == Qt.CheckState.Checked]

    def _enable(self) -> None:
        self.take.setEnabled(bool(self.ticked))

    def _take(self) -> None:
        review = self._review
        for offer in self.ticked:
            review = offer.apply(review)
        self.accept()
        self.taken.emit(review)

    def done(self, result: int) -> None:
        """Stop what is being made and let the catalogue go."""
        self._stop = self._over = True
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)
