"""The report on a library's stills: a chart of states, and what has to be done, each line leading to its still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.files import overwrite
from reviewer.library.folders import UserFolders
from reviewer.publish import audit
from reviewer.publish.audit import Audit, Row, State
from reviewer.review.correspondence import AHEAD
from reviewer.review.rights import Verdict, day
from reviewer.ui import words
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import SERIF, Theme
from reviewer.ui.widgets.badges import TOKENS, paint_badge
from reviewer.ui.widgets.fields import hairline, plain_label

_ROW = int(Qt.ItemDataRole.UserRole)
BAR = 26
"""Pixels that a bar of the chart takes at 100 %."""
FORMS = {".html": ("Web page", audit.as_html), ".csv": ("Table", audit.as_csv), ".json": ("JSON", audit.as_json)}


class Chart(QWidget):
    """The states as bars; the full part is published. Arrows and clicks choose one, and `chosen` says which, or None."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.states: tuple[State, ...] = ()
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chart of states")

    def show_states(self, states: tuple[State, ...]) -> None:
        self.states, self.current = states, -1
        self.setAccessibleDescription("; ".join(f"{state.words}: {audit.counted(state)}" for state in states))
        self.updateGeometry()
        self.update()

    @property
    def _step(self) -> int:
        return max(BAR, round(self.fontMetrics().height() * 1.5))

    def sizeHint(self) -> QSize:
        return QSize(400, self._step * len(self.states) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(13))
        metrics, step, theme = painter.fontMetrics(), self._step, self._theme
        label = max((metrics.horizontalAdvance(state.words) for state in self.states), default=0) + 48
        room = self.width() - label - metrics.horizontalAdvance("0,000, 0,000 published") - 24
        most = max((state.count for state in self.states), default=1)
        for place, state in enumerate(self.states):
            top = place * step + 2
            if place == self.current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("chosen" if self.hasFocus() else "hover"))
                painter.drawRoundedRect(QRectF(0, top, self.width(), step), 4, 4)
            around = theme.colour(
                "chosen"
                if place == self.current and self.hasFocus()
                else "hover"
                if place == self.current
                else "chrome"
            )
            paint_badge(painter, 18, top + step / 2, state.verdict, theme, around)
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRectF(36, top, label, step), Qt.AlignmentFlag.AlignVCenter, state.words)
            painter.setPen(Qt.PenStyle.NoPen)
            width, height = max(2.0, room * state.count / most), step * 0.46
            bar = QRectF(label, top + (step - height) / 2, width, height)
            painter.setBrush(theme.colour("hairline"))
            painter.drawRoundedRect(bar, 2, 2)
            if state.published:
                bar.setWidth(max(2.0, width * state.published / state.count))
                painter.setBrush(theme.colour(TOKENS[state.verdict]))
                painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(theme.colour("second"))
            painter.drawText(
                QRectF(label + width + 10, top, self.width(), step), Qt.AlignmentFlag.AlignVCenter, audit.counted(state)
            )

    def _choose(self, place: int) -> None:
        self.current = place if 0 <= place < len(self.states) else -1
        self.update()
        self.chosen.emit(self.states[self.current].verdict if self.current >= 0 else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - 2) // self._step)
        self._choose(-1 if place == self.current else place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves and self.states:
            self._choose(max(0, min(len(self.states) - 1, self.current + moves[Qt.Key(event.key())])))
        elif event.key() == Qt.Key.Key_Escape and self.current >= 0:
            self._choose(-1)
        else:
            super().keyPressEvent(event)


class AuditDialog(QDialog):
    """What the audit found. `chosen` carries a review's path and the still that a line leads to."""

    chosen = Signal(object, str)

    def __init__(
        self, theme: Theme, tasks: Tasks, library: Path, folders: UserFolders, today: dt.date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._library, self._folders, self._today = theme, tasks, library, folders, today
        self.found: Audit | None = None
        self._asked = 0
        self._only: Verdict | None = None
        self.setWindowTitle("Report on stills")
        self.resize(min(900, parent.width() - 40), min(740, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(12)
        self.summary = plain_label("Reading the library…", self)
        self.summary.setFont(theme.font(17, SERIF))
        layout.addWidget(self.summary)
        self.chart = Chart(theme, self)
        self.chart.chosen.connect(self._filter)
        layout.addWidget(self.chart)
        key = plain_label("The coloured part is published. A click on a bar shows its stills alone.", self)
        key.setProperty("second", True)
        layout.addWidget(key)
        layout.addWidget(hairline(self))
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setAccessibleName("What was found")
        self.tree.setIndentation(14)
        self.tree.setUniformRowHeights(True)
        self.tree.itemActivated.connect(lambda item, _: self._go(item))
        layout.addWidget(self.tree, 1)
        layout.addLayout(self._foot())
        self.make()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(plain_label("Ends within", self, wrap=False))
        self.within = QSpinBox(self)
        self.within.setRange(1, 3650)
        self.within.setValue(AHEAD)
        self.within.setSuffix(" days")
        self.within.setAccessibleName("Name permissions that end within so many days")
        self.within.setKeyboardTracking(False)
        self.within.valueChanged.connect(lambda _: self.make())
        row.addWidget(self.within)
        row.addStretch(1)
        self.save = QPushButton("Save the report…", self)
        self.save.setEnabled(False)
        self.save.clicked.connect(self._ask_file)
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        for button in (self.save, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    # making

    def make(self) -> None:
        """Audit the library in a thread."""
        self._asked += 1
        number, library, folders, today, within = (
            self._asked,
            self._library,
            self._folders,
            self._today,
            self.within.value(),
        )
        self._tasks.run(
            lambda: audit.make(library, folders, today, within),
            lambda found: self._show(number, found),
            lambda error: self._fail(number, error),
        )

    def done(self, result: int) -> None:
        """Close; an audit that is still being made is given up."""
        self._asked += 1
        super().done(result)

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._asked:
            self.summary.setText(f"The report could not be made. {words.of(error, self._library)}")

    def _show(self, number: int, found: Audit) -> None:
        if number != self._asked:
            return
        self.found, self._only = found, None
        self.save.setEnabled(True)
        self.summary.setText(audit.summary(found))
        self.chart.show_states(found.states)
        self._fill()

    def _filter(self, only: Verdict | None) -> None:
        self._only = only
        self._fill()

    def _fill(self) -> None:
        self.tree.clear()
        if self.found is None:
            return
        for title, lines in self._sections(self.found):
            rows = [(words, why, row) for words, why, row in lines]
            if not rows:
                continue
            top = QTreeWidgetItem(self.tree, [f"{title}   {len(rows)}"])
            top.setFirstColumnSpanned(True)
            top.setFont(0, self._theme.font(13, semibold=True))
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for words_, why, row in rows:
                item = QTreeWidgetItem(top, [words_, why])
                item.setData(0, _ROW, row)
                item.setToolTip(0, words.tip(words_))
                item.setToolTip(1, words.tip(why))
                item.setForeground(1, self._theme.colour("second"))
        if self.tree.topLevelItemCount() == 0:
            QTreeWidgetItem(self.tree, ["Nothing has to be done." if self._only is None else "None."])
        self.tree.expandAll()
        self.tree.setColumnWidth(0, max(240, self.tree.viewport().width() * 2 // 5))

    def _sections(self, found: Audit) -> Iterable[tuple[str, list[tuple[str, str, Row | None]]]]:
        def lines(rows: Iterable[Row], why: bool = True) -> list[tuple[str, str, Row | None]]:
            return [(_name(row), row.reason if why else row.due, row) for row in rows]

        if self._only is not None:
            verdict = self._only
            yield audit.STATE_WORDS[verdict], lines(row for row in found.rows if row.verdict is verdict)
            return
        mend = found.to_mend
        yield "Published, and may not appear", [(_name(row), f"{row.reason}; in {row.where}", row) for row in mend]
        yield "Waits for you", lines((row for row in found.rows if row.due and row not in mend), why=False)
        yield (
            "Published all the same, at your word",
            lines(row for row in found.rows if row.publishable and row.still.permission.override.reason),
        )
        gaps = [row for row in found.rows if row.verdict is Verdict.INCOMPLETE]
        yield "May appear, but something is not written down", lines(gaps)
        yield "In a blog without a record", [(Path(name).name, name, None) for name in found.strangers]
        yield "Not read", [(name.partition(": ")[0], name.partition(": ")[2], None) for name in found.unread]

    def _go(self, item: QTreeWidgetItem) -> None:
        row = item.data(0, _ROW)
        if isinstance(row, Row):
            self.accept()
            self.chosen.emit(row.review, row.still.file)

    # saving

    def _ask_file(self) -> None:
        start = self._library / f"stills-{self._today.isoformat()}.html"
        kinds = ";;".join(f"{name} (*{ending})" for ending, (name, _) in FORMS.items())
        name, kind = QFileDialog.getSaveFileName(self, "Save the report", str(start), kinds)
        if name:
            path = Path(name)
            ending = path.suffix.lower() if path.suffix.lower() in FORMS else kind.partition("*")[2].rstrip(")")
            self.write(path if path.suffix else path.with_suffix(ending), ending or ".html")

    def write(self, path: Path, ending: str) -> None:
        """Write the report as a page, a table or JSON, by the ending."""
        if self.found is None:
            return
        data = FORMS[ending][1](self.found).encode("utf-8", "replace")
        number = self._asked

        def say(text: str) -> None:
            if number == self._asked:
                self.summary.setText(text)

        self._tasks.run(
            lambda: overwrite(path, data),
            lambda _: say(f"Wrote {path.name}."),
            lambda error: say(f"Not written. {words.of(error, path)}"),
        )


def _name(row: Row) -> str:
    until = f", until {day(row.still.permission.expires)}" if row.still.permission.expires else ""
    return f"{row.title}: {row.still.caption or row.still.name}{until}"
