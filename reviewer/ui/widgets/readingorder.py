"""Tab walks a panel as it is read, also where rows are made while the program runs."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class ReadingOrder(QObject):
    """Puts the controls of a panel into the order of their places, line by line, each time its layout has changed.

    Qt's own order is that in which they were made (W3C, WCAG 2.2, 2.4.3: the order of focus keeps the meaning).
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._known: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._order)
        panel.installEventFilter(self)
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._soon.start()
        return False

    def _order(self) -> None:
        controls = self._by_lines([w for w in self._panel.findChildren(QWidget) if self._takes_part(w)])
        if controls != self._known:
            self._known = controls
            for one, following in pairwise(controls):
                QWidget.setTabOrder(one, following)

    def _takes_part(self, widget: QWidget) -> bool:
        inside = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox))
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(tab) and not inside and widget.isVisibleTo(self._panel)

    def _by_lines(self, controls: list[QWidget]) -> list[QWidget]:
        """What overlaps in height by half stands in one line."""
        places = {control: control.mapTo(self._panel, QPoint(0, 0)) for control in controls}
        ahead = -1 if self._panel.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        lines: list[list[QWidget]] = []
        bottom = -1
        for control in sorted(controls, key=lambda one: places[one].y()):
            top = places[control].y()
            if not lines or top > bottom:
                lines.append([])
                bottom = top + control.height() // 2
            lines[-1].append(control)
        return [control for line in lines for control in sorted(line, key=lambda one: ahead * places[one].x())]
