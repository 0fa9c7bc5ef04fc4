"""The details column: tabs of panels, each in its own scroll area; below a certain width the preview is the first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from reviewer.ui.widgets.readingorder import ReadingOrder

TABS = ("Review", "Film", "Stills", "Check")


class Inspector(QWidget):
    """Tabs over a stack. A panel is made when it is first needed.

    `tab_changed` carries the name of the tab that is shown, `made` the name and the panel that was made.
    """

    tab_changed = Signal(str)
    made = Signal(str, object)

    def __init__(self, makers: dict[str, Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = makers
        self._panels: dict[str, QWidget] = {}
        self.setAccessibleName("Details")
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.stack = QStackedWidget(self)
        self._names: list[str] = []
        for name in makers:
            self._add(len(self._names), name, QWidget(self))
        top = QHBoxLayout()
        top.setContentsMargins(5, 0, 8, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        self.corner = QHBoxLayout()
        top.addLayout(self.corner)
        box = QWidget(self)
        box.setLayout(top)
        box.setFixedHeight(44)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(box)
        layout.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._changed)

    def _scrolling(self, panel: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the control that has the focus
        area.setWidget(panel)
        return area

    def panel(self, name: str) -> QWidget:
        """A panel by its tab's name, made now if it was not needed before."""
        if name not in self._panels:
            panel = self._panels[name] = self._makers[name]()
            if name != "Stills":  # two columns, which are read one after the other
                ReadingOrder(panel)
            place = self._names.index(name)
            if (holder := self.stack.widget(place)) is not None:
                self.stack.removeWidget(holder)
                holder.deleteLater()
            self.stack.insertWidget(place, panel if name == "Stills" else self._scrolling(panel))
            self.stack.setCurrentIndex(self.tabs.currentIndex())
            self.made.emit(name, panel)
        return self._panels[name]

    @property
    def panels(self) -> dict[str, QWidget]:
        """The panels that were made so far, by their names."""
        return self._panels

    def _add(self, place: int, name: str, widget: QWidget) -> None:
        self._names.insert(place, name)
        self.stack.insertWidget(place, widget)
        self.tabs.insertTab(place, name)

    def _changed(self, place: int) -> None:
        if 0 <= place < len(self._names):
            self.make_current()
            self.stack.setCurrentIndex(place)
            self.tab_changed.emit(self._names[place])

    def make_current(self) -> None:
        """Make the panel in front now, if it was not needed before."""
        if self.current in self._makers:
            self.panel(self.current)

    @property
    def current(self) -> str:
        place = self.tabs.currentIndex()
        return self._names[place] if 0 <= place < len(self._names) else ""

    def show_tab(self, name: str) -> None:
        """Show a tab by its name."""
        if name in self._names:
            self.tabs.setCurrentIndex(self._names.index(name))

    def set_count(self, blocking: int) -> None:
        """Say beside Check how many findings block."""
        self.tabs.setTabText(self._names.index("Check"), f"Check {blocking}" if blocking else "Check")

    def take_preview(self, preview: QWidget) -> None:
        """Make the preview the first tab."""
        if "Preview" not in self._names:
            current = self.current
            self.tabs.blockSignals(True)
            self._add(0, "Preview", preview)
            self.tabs.blockSignals(False)
            preview.show()
            self.show_tab("Preview" if current == "Review" else current)
            self._changed(self.tabs.currentIndex())

    def give_preview(self) -> None:
        """Let go of the preview's tab; the caller puts the widget elsewhere."""
        if "Preview" in self._names:
            widget = self.stack.widget(0)
            self.tabs.blockSignals(True)
            self.tabs.removeTab(0)
            self._names.pop(0)
            if widget is not None:
                self.stack.removeWidget(widget)
            self.tabs.blockSignals(False)
            self._changed(self.tabs.currentIndex())
