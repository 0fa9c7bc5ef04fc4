"""The Check tab: what the checks noticed, worst first; a click goes to the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from reviewer.publish.check import COUNT, FIXED
from reviewer.review.findings import Finding, Severity
from reviewer.ui import icons
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import bold, hairline, link_button, plain_label
from reviewer.ui.words import command

_LEVELS = (("blocks", "Block the export"), ("warns", "Warn"), ("advises", "Advise"), ("off", "Leave them out"), ("", "As it was meant"))  # fmt: skip
SIGNS = {
    Severity.BLOCKS: ("circle-x", "blocks"),
    Severity.WARNS: ("triangle-alert", "waits"),
    Severity.ADVISES: ("info", "second"),
}


class Sign(QWidget):
    """A finding's shape in its colour."""

    def __init__(self, theme: Theme, severity: Severity, parent: QWidget, side: int = 18) -> None:
        super().__init__(parent)
        self._theme, self._severity = theme, severity
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        name, token = SIGNS[self._severity]
        icons.draw(QPainter(self), name, QRectF(self.rect()), self._theme.colour(token))


class FindingRow(QWidget):
    """One finding: shape, sentence, reason, one act. Enter and a click go to the place."""

    chosen = Signal(object)
    level_chosen = Signal(str, str)

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{finding.severity.name.capitalize()}: {finding.message}")
        self.setAccessibleDescription(finding.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(Sign(theme, finding.severity, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        message = plain_label(finding.message, self)
        bold(message)
        words.addWidget(message)
        if finding.reason:
            words.addWidget(plain_label(finding.reason, self))
        if finding.fix:
            act = link_button(command(finding.fix), self, lambda: self.chosen.emit(finding))
            act.setStyleSheet("padding-left: 0")
            words.addWidget(act, 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(words, 1)
        where = finding.place.split(".")[0].split("/")[0].capitalize() or "File"
        place = plain_label(
            f"Line {finding.line}" if finding.line and finding.place == "text" else where, self, wrap=False
        )
        place.setProperty("second", True)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)

        self.setToolTip(finding.code)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.finding)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """The levels that findings of this kind may have in this library."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fixed = self.finding.code.startswith(FIXED)
        title = menu.addAction(f"Findings of this kind ({self.finding.code})")
        title.setEnabled(False)
        for level, words in _LEVELS:
            act = menu.addAction(words)
            act.setEnabled(not fixed)
            act.triggered.connect(lambda _=False, level=level: self.level_chosen.emit(self.finding.code, level))
        return menu


class CheckPanel(QWidget):
    """The findings of the open review."""

    chosen = Signal(object)
    level_chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.findings: tuple[Finding, ...] = ()
        self._rows: list[QWidget] = []
        self._next = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 16)
        self._column.setSpacing(0)
        self.summary = plain_label("", self)
        self.summary.setContentsMargins(16, 14, 16, 14)
        self._column.addWidget(self.summary)
        self._column.addStretch(1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; nothing moves where they are the same as before."""
        if tuple(findings) == self.findings and self._rows:
            return
        self.findings = tuple(findings)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        place = 0
        for finding in self.findings:
            row = FindingRow(self._theme, finding, self)
            row.chosen.connect(self.chosen)
            row.level_chosen.connect(self.level_chosen)
            for widget in (row, hairline(self)):
                self._column.insertWidget(place, widget)
                self._rows.append(widget)
                place += 1
        counts = [sum(f.severity is s for f in self.findings) for s in Severity]
        quiet = COUNT - len({finding.code for finding in self.findings})
        said = [f"{n} {word}" for n, word in zip(counts, ("blocks", "warns", "advises"), strict=True) if n]
        self.summary.setText(
            f"{', '.join(said)}. {quiet} checks found nothing." if said else f"{COUNT} checks found nothing."
        )

    @property
    def blocking(self) -> int:
        return sum(finding.severity is Severity.BLOCKS for finding in self.findings)

    def next(self) -> Finding | None:
        """The finding after the one that was last asked for, from the start again after the last."""
        if not self.findings:
            return None
        self._next %= len(self.findings)
        found = self.findings[self._next]
        self._next += 1
        return found
