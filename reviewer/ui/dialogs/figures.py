"""The figures of a library as charts: one at a time, read with the arrows, exported as SVG, PNG or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reviewer.library import diary, figures
from reviewer.library.figures import Figures, Group
from reviewer.library.files import overwrite
from reviewer.library.folders import home
from reviewer.review.cells import cell
from reviewer.review.marks import Scales
from reviewer.review.query import quoted
from reviewer.ui import words
from reviewer.ui.desk import Desk
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import plain_label

ROW = 26
MOST = 40
"""Bars of a chart of people; the rest are in the exported table."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value, what else is said of it, and the query that finds its reviews."""

    label: str
    value: float
    note: str = ""
    query: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars of one kind. `unit` stands behind each value."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""

    def rows(self) -> str:
        """The chart as a table (CSV, RFC 4180)."""
        made = io.StringIO()
        table = csv.writer(made)
        table.writerow([self.title, self.unit or "count", "note"])
        table.writerows([cell(bar.label), f"{bar.value:g}", cell(bar.note)] for bar in self.bars)
        return made.getvalue()


def charts(found: Figures, scales: Scales) -> list[Chart]:
    """All charts that the figures fill."""
    made = []
    for name, rows in found.marks.items():
        scale = scales.get(name)
        if scale is not None:
            bars = (
                Bar(
                    _mark_text(scales, name, value), count, query=f"mark:{quoted(value)}" if name == scales.main else ""
                )
                for value, count in rows
            )
            made.append(Chart(f"Marks: {scale.title}", tuple(bars), "reviews"))
    made.append(
        Chart(
            "Reviews by year", tuple(Bar(g.name, g.count, _mean(g), f"date:{g.name}") for g in found.years), "reviews"
        )
    )
    made.append(
        Chart(
            "Mean of marks by year",
            tuple(
                Bar(g.name, round(g.mean, 1), f"{g.count:,} reviews", f"date:{g.name}")
                for g in found.years
                if g.mean is not None
            ),
            "of 100",
        )
    )
    made.append(
        Chart(
            "Words written by year",
            tuple(Bar(year, count, query=f"date:{year}") for year, count in found.words),
            "words",
        )
    )
    made.append(
        Chart(
            "Films by decade", tuple(Bar(g.name, g.count, _mean(g), f"year:{g.name}") for g in found.films), "reviews"
        )
    )
    for kind, groups in found.groups.items():
        bars = (Bar(g.name, g.count, _mean(g), f"{kind}:{quoted(g.name)}") for g in groups)
        made.append(Chart(figures.GROUPS[kind], tuple(bars), "reviews"))
    months: dict[str, int] = {}
    for day, count in found.seen.items():
        months[day[:7]] = months.get(day[:7], 0) + count
    made.append(
        Chart(
            "Films seen by month",
            tuple(Bar(month, count, query=f"seen:{month}") for month, count in months.items()),
            "films",
        )
    )
    return [chart for chart in made if chart.bars]


def _mark_text(scales: Scales, name: str, value: str) -> str:
    scale = scales.get(name)
    known = next((one for one in scale.values if f"{one}" == value), None) if scale else None
    return scale.text(known) if scale is not None and known is not None else value


def _mean(group: Group) -> str:
    return "" if group.mean is None else f"mean {group.mean:.0f} of 100"


class ChartView(QWidget):
    """Draws a chart. Up and Down go from bar to bar and speak it, Enter asks for its reviews."""

    chosen = Signal(str)
    reached = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chart = Chart("", ())
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, its first bar in front."""
        self.chart, self.at = chart, 0
        self.updateGeometry()
        self._say()
        self.update()

    @property
    def bars(self) -> Sequence[Bar]:
        return self.chart.bars[:MOST]

    def spoken(self) -> str:
        """The bar in front in words."""
        if not self.bars:
            return self.chart.title
        bar = self.bars[self.at]
        note = f", {bar.note}" if bar.note else ""
        unit = self.chart.unit.removesuffix("s") if bar.value == 1 else self.chart.unit
        return f"{bar.label}: {bar.value:,g} {unit}{note}. {self.at + 1} of {len(self.bars)}"

    def _say(self) -> None:
        self.setAccessibleName(self.chart.title)
        self.setAccessibleDescription(self.spoken())
        self.setToolTip(words.tip(self.spoken()))
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _row(self) -> int:
        return round(ROW * max(1.0, self.fontMetrics().height() / 18))

    def sizeHint(self) -> QSize:
        return QSize(520, self._row() * len(self.bars) + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, self.rect(), marked=self.hasFocus())

    def draw(self, painter: QPainter, area: QRect, marked: bool = False) -> None:
        """Paint the chart into an area; `marked` shows which bar is in front."""
        theme, row = self._theme, self._row()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        metrics = painter.fontMetrics()
        wide = min(area.width() // 3, max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0) + 16)
        figures_width = max((metrics.horizontalAdvance(self._figure(bar)) for bar in self.bars), default=0) + 12
        most = max((bar.value for bar in self.bars), default=0) or 1
        for number, bar in enumerate(self.bars):
            top = area.top() + 8 + number * row
            line = QRect(area.left() + 8, top, area.width() - 16, row)
            if marked and number == self.at:
                painter.setPen(theme.colour("accent"))
                painter.setBrush(theme.colour("chosen"))
                painter.drawRoundedRect(QRectF(line).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
            painter.setPen(theme.colour("ink"))
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, wide - 12)
            painter.drawText(
                line.adjusted(8, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), label
            )
            room = line.width() - wide - figures_width - 16
            length = max(1.0, room * max(0.0, bar.value) / most)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(line.left() + wide, top + row * 0.25, length, row * 0.5), 2, 2)
            painter.setPen(theme.colour("second"))
            place = QRect(round(line.left() + wide + length + 8), top, line.width(), row)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._figure(bar))

    def _figure(self, bar: Bar) -> str:
        return f"{bar.value:,g}" + (f"   {bar.note}" if bar.note else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.bars) - 1
        to = {
            Qt.Key.Key_Down: self.at + 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Up: self.at - 1, Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if to is not None and self.bars:
            self.at = max(0, min(last, to))
            self._say()
            self.update()
            self.reached.emit(8 + self.at * self._row() + self._row() // 2)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.bars and self.bars[self.at].query:
            self.chosen.emit(self.bars[self.at].query)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().y() - 8) // self._row()
        if 0 <= number < len(self.bars):
            self.at = number
            self._say()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.bars and self.bars[self.at].query:
            self.chosen.emit(self.bars[self.at].query)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()


class FiguresDialog(QDialog):
    """A chart, chosen from a list of those that the library fills. `search_wanted` asks for the reviews of a bar."""

    search_wanted = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, False
        self.charts: list[Chart] = []
        self.setWindowTitle("Figures of the library")
        self.resize(min(760, parent.width() - 40), min(640, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = plain_label("Figures of the library", self)
        heading.setFont(theme.font(20, DISPLAY))
        layout.addWidget(heading)
        self.said = plain_label("Reading…", self)
        layout.addWidget(self.said)
        self.which = QComboBox(self)
        self.which.setAccessibleName("Chart")
        self.which.currentIndexChanged.connect(self._show)
        layout.addWidget(self.which)
        self.view = ChartView(theme)
        self.view.chosen.connect(self._search)
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.setWidgetResizable(True)
        area.setWidget(self.view)
        self.view.reached.connect(lambda y: area.ensureVisible(0, y))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(area, 1)
        row = QHBoxLayout()
        for kind in ("SVG", "PNG", "CSV"):
            button = QPushButton(f"Save as {kind}…", self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, kind=kind: self._ask(kind))
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton("Close", self)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        layout.addLayout(row)
        index = desk.index
        if index is not None:
            tasks.run(lambda: figures.figures(index, diary.days(index)), self._fill, self._fail)

    def _fill(self, found: Figures) -> None:
        if self._over:
            return
        mean = f", on the average {found.mean:.0f} of 100" if found.mean is not None else ""
        self.said.setText(f"{found.reviews:,} reviews, {found.rated:,} with a mark{mean}; {found.total_words:,} words.")
        self.charts = charts(found, self._desk.settings.scales)
        self.which.addItems([chart.title for chart in self.charts])
        self.view.setFocus()

    def _fail(self, error: Exception) -> None:
        if not self._over:
            self.said.setText(f"The figures cannot be read. {words.of(error)}")

    def _show(self, number: int) -> None:
        if 0 <= number < len(self.charts):
            self.view.show_chart(self.charts[number])

    def _search(self, query: str) -> None:
        self.accept()
        self.search_wanted.emit(query)

    def _ask(self, kind: str) -> None:
        start = home() / f"{self.view.chart.title.replace(':', '')}.{kind.lower()}"
        name, _ = QFileDialog.getSaveFileName(self, f"Save as {kind}", str(start), f"{kind} (*.{kind.lower()})")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the chart in front; the file's ending says in which form."""
        try:
            if path.suffix.lower() == ".csv":
                overwrite(path, self.view.chart.rows().encode())
            elif path.suffix.lower() == ".svg":
                self._save_svg(path)
            else:
                self._save_png(path)
        except OSError as error:
            self.said.setText(f"Not saved. {words.of(error, path)}")
        else:
            self.said.setText(f"Saved as {path.name}.")

    def _save_svg(self, path: Path) -> None:
        size = QSize(720, self.view.sizeHint().height())
        maker = QSvgGenerator()
        maker.setTitle(self.view.chart.title)
        maker.setSize(size)
        maker.setViewBox(QRect(0, 0, size.width(), size.height()))
        maker.setFileName(str(path))
        painter = QPainter()
        if not painter.begin(maker):
            raise OSError(13, "it cannot be written there", str(path))
        self.view.draw(painter, QRect(0, 0, size.width(), size.height()))
        painter.end()

    def _save_png(self, path: Path) -> None:
        size = QSize(720, self.view.sizeHint().height())
        image = QImage(size * 2, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(2)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.view.draw(painter, QRect(0, 0, size.width(), size.height()))
        painter.end()
        if not image.save(str(path)):
            raise OSError(13, "it cannot be written there", str(path))

    def done(self, result: int) -> None:
        """What is still being read is nobody's from now on."""
        self._over = True
        super().done(result)
