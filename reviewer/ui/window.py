"""The window: places the columns and keeps their sizes. It does nothing else."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.resources import resource
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.editor.column import EditorColumn
from reviewer.ui.icons import icon
from reviewer.ui.notices import Notices
from reviewer.ui.panels.inspector import Inspector
from reviewer.ui.panels.library import LibraryPanel
from reviewer.ui.panels.review import ReviewPanel
from reviewer.ui.preferences import Preferences
from reviewer.ui.preview.column import PreviewColumn
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.fields import link_button
from reviewer.ui.widgets.thumbnails import Thumbnails
from reviewer.ui.words import tip

if TYPE_CHECKING:
    from reviewer.ui.panels.check import CheckPanel
    from reviewer.ui.panels.film import FilmPanel
    from reviewer.ui.panels.stills import StillsPanel

WIDE, MEDIUM = 1360, 1100
WIDTHS = {"wide": [230, 500, 436, 274], "medium": [230, 560, 0, 400], "narrow": [200, 600, 0, 380]}


class Window(QMainWindow):
    """Four columns and a foot. `closing` asks whether the window may close; `painted` says that it was drawn once."""

    painted = Signal()
    raised = Signal()
    layout_changed = Signal()

    def __init__(
        self, theme: Theme, actions: Actions, thumbnails: Thumbnails, preferences: Preferences, notices: Notices
    ) -> None:
        super().__init__()
        self.preferences, self._actions = preferences, actions
        self._class = ""
        self._drawn = self._folded = False
        self._kept: set[QWidget] = set()
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowIcon(QIcon(str(resource("icon/reviewer.svg"))))
        self.setWindowTitle("Reviewer")
        self.setMinimumSize(QSize(720, 480))
        self.library = LibraryPanel(theme, actions, thumbnails, self)
        self.editor = EditorColumn(theme, actions, self)
        self.preview = PreviewColumn(theme, self)
        self.thumbnails = thumbnails
        self.inspector = Inspector(
            {
                "Review": lambda: ReviewPanel(self),
                "Film": lambda: late.module("ui.panels.film").FilmPanel(self),
                "Stills": lambda: late.module("ui.panels.stills").StillsPanel(theme, actions, thumbnails, self),
                "Check": lambda: late.module("ui.panels.check").CheckPanel(theme, self),
            },
            self,
        )
        self._export_button()
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        self._preview_box = self._with_top(self.preview)
        for widget, least in ((self.library, 180), (self.editor, 420), (self._preview_box, 320), (self.inspector, 250)):
            widget.setMinimumWidth(least)
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 3)
        self.columns.setStretchFactor(2, 2)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.columns)
        middle = QWidget(self)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self._foot(notices))
        self.setCentralWidget(middle)
        self.inspector.tab_changed.connect(lambda _: self._arrange())
        self.columns.splitterMoved.connect(lambda *_: self._remember())

    # panels, made when they are first needed

    @property
    def review(self) -> ReviewPanel:
        return cast("ReviewPanel", self.inspector.panel("Review"))

    @property
    def film(self) -> FilmPanel:
        return cast("FilmPanel", self.inspector.panel("Film"))

    @property
    def stills(self) -> StillsPanel:
        return cast("StillsPanel", self.inspector.panel("Stills"))

    @property
    def check(self) -> CheckPanel:
        return cast("CheckPanel", self.inspector.panel("Check"))

    # making

    def _export_button(self) -> None:
        self.export = QPushButton("Export…", self)
        self.export.setObjectName("filled")
        self.export.setToolTip(self._actions["export"].toolTip())
        self.export.clicked.connect(self._actions["export"].trigger)
        self.inspector.corner.addWidget(self.export)

    def _with_top(self, preview: QWidget) -> QWidget:
        """The preview's column with its bar of widths."""
        box = QWidget(self)
        box.setObjectName("paper")
        self._preview_layout = QVBoxLayout(box)
        self._preview_layout.setContentsMargins(0, 0, 0, 0)
        self._preview_layout.setSpacing(0)
        top = QWidget(box)
        self._preview_top = QHBoxLayout(top)
        self._preview_top.setContentsMargins(16, 0, 10, 0)
        name = link_button("Preview", top)
        name.setObjectName("quiet")
        name.setEnabled(False)
        self._preview_top.addWidget(name)
        self._preview_top.addStretch(1)
        self.widths: dict[str, QToolButton] = {}
        for icon_name, hint, width in (
            ("smartphone", "As on a telephone, 390 pixels wide", 390),
            ("tablet", "As on a tablet, 768 pixels wide", 768),
            ("monitor", "As on a desk, 1200 pixels wide", 1200),
        ):
            button = QToolButton(top)
            button.setIcon(icon(icon_name))
            button.setIconSize(QSize(18, 18))
            button.setCheckable(True)
            button.setAccessibleName(hint)
            button.setToolTip(hint)
            button.clicked.connect(lambda on, name=icon_name, width=width: self._show_device(name, width if on else 0))
            self._preview_top.addWidget(button)
            self.widths[icon_name] = button
        top.setFixedHeight(44)
        self._preview_layout.addWidget(top)
        self._preview_layout.addWidget(preview, 1)
        return box

    def _show_device(self, name: str, width: int) -> None:
        for other, button in self.widths.items():
            button.setChecked(other == name and width > 0)
        self.preview.show_device(width)

    def _foot(self, notices: Notices) -> QWidget:
        foot = QWidget(self)
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(max(26, self.fontMetrics().height() + 8))
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(18)
        self.place, self.words, self.state = QLabel(foot), QLabel(foot), QLabel(foot)
        for label, name in ((self.place, "Library"), (self.words, "Words"), (self.state, "State")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAccessibleName(name)
        self.notice = QLabel(foot)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice_act = link_button("", foot, notices.act)
        self.notice_act.hide()
        self.notice_close = QToolButton(foot)
        self.notice_close.setText("✕")
        self.notice_close.setAccessibleName("Close the notice")
        self.notice_close.clicked.connect(notices.clear)
        self.notice_close.hide()
        self.progress = QProgressBar(foot)
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.findings = link_button("", foot, self._actions["tab-check"].trigger)
        self.findings.setProperty("blocks", True)
        self.findings.hide()
        row.addWidget(self.place)
        row.addWidget(self.words)
        row.addWidget(self.notice, 1)
        for widget in (self.notice_act, self.notice_close, self.progress, self.findings, self.state):
            row.addWidget(widget)
        notices.shown.connect(self._show_notice)
        notices.cleared.connect(self._clear_notice)
        return foot

    def _show_notice(self, text: str, bad: bool, act: str) -> None:
        self.notice.setText(text)
        self.notice.setToolTip(tip(text))
        self.notice.setStyleSheet("font-weight: 600" if bad else "")
        self.notice_act.setText(act)
        self.notice_act.setVisible(bool(act))
        self.notice_close.setVisible(bad)

    def _clear_notice(self) -> None:
        self.notice.clear()
        self.notice_act.hide()
        self.notice_close.hide()

    # placing

    @property
    def front(self) -> QWidget | None:
        """The view over the columns, or None."""
        return self.stack.currentWidget() if self.stack.currentIndex() > 0 else None

    def show_front(self, widget: QWidget | None, keep: bool = False) -> None:
        """Show a view over the columns, such as the first one; None shows the columns. `keep` lets it live when it goes."""
        while self.stack.count() > 1:
            old = self.stack.widget(1)
            if old is None:
                break
            self.stack.removeWidget(old)
            if old in self._kept:
                old.hide()
            else:
                old.deleteLater()
        if keep and widget is not None:
            self._kept.add(widget)
        if widget is not None:
            self.stack.addWidget(widget)
            self.stack.setCurrentWidget(widget)
            widget.setFocus()
        else:
            self.stack.setCurrentIndex(0)
        for label in (self.words, self.state):
            label.setVisible(widget is None)

    @property
    def width_class(self) -> str:
        return "wide" if self.width() >= WIDE else "medium" if self.width() >= MEDIUM else "narrow"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width_class != self._class:
            self._class = self.width_class
            self._fold_library(self._class == "narrow")
            self._arrange()

    def _fold_library(self, narrow: bool) -> None:
        """The library makes room in a narrow window, and comes back with the room."""
        show = self._actions["show-library"]
        if narrow and show.isChecked():
            show.setChecked(False)
            self._folded = True
        elif not narrow and self._folded:
            show.setChecked(True)
            self._folded = False

    def _arrange(self) -> None:
        """Show and hide columns for this width, these wishes and this tab."""
        if not self._class:
            return
        show, wide = self._actions, self._class == "wide"
        preview = show["show-preview"].isChecked()
        inspector = show["show-inspector"].isChecked()
        self.library.setVisible(show["show-library"].isChecked())
        as_tab = preview and not wide and inspector
        if as_tab:
            self.inspector.take_preview(self.preview)
        else:
            self.inspector.give_preview()
            if self.preview.parentWidget() is not self._preview_box:
                self._preview_layout.addWidget(self.preview, 1)
            self.preview.show()
        stills = inspector and self.inspector.current == "Stills"
        column = preview and not as_tab and not (stills and wide)
        self._preview_box.setVisible(column)
        self.inspector.setVisible(inspector)
        if "Stills" in self.inspector.panels:
            self.stills.tall(not wide)
        (self._preview_top if column or not inspector else self.inspector.corner).addWidget(self.export)
        self.export.setVisible(True)
        self._restore(stills and wide)
        self.layout_changed.emit()

    def _key(self, stills: bool) -> str:
        return f"{self._class}{' stills' if stills else ''}"

    def _restore(self, stills: bool) -> None:
        saved = (self.preferences.columns or {}).get(self._key(stills))
        sizes = saved if saved and len(saved) == 4 else WIDTHS[self._class]
        if stills and not saved:
            sizes = [sizes[0], sizes[1], 0, sizes[2] + sizes[3]]
        self.columns.setSizes(sizes)

    def _remember(self) -> None:
        stills = self.inspector.isVisible() and self.inspector.current == "Stills" and self._class == "wide"
        columns = dict(self.preferences.columns or {})
        columns[self._key(stills)] = self.columns.sizes()
        self.preferences.columns = columns

    def arrange(self) -> None:
        """Place the columns anew after a wish changed."""
        self._arrange()

    def walk(self, step: int) -> None:
        """Move the focus to the next column that can take it."""
        page = self.preview.page
        columns: list[tuple[QWidget, QWidget | None]] = [
            (self.library, self.library.view), (self.editor, self.editor.editor),
            (self.preview, getattr(page, "view", page)), (self.inspector, self.inspector.tabs),
        ]  # fmt: skip
        shown = [(column, place) for column, place in columns if place is not None and place.isVisible()]
        focus = self.focusWidget()
        at = next((n for n, (column, _) in enumerate(shown) if focus is not None and column.isAncestorOf(focus)), 0)
        shown[(at + step) % len(shown)][1].setFocus(Qt.FocusReason.TabFocusReason)

    # the window's own life

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.raised.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            if self._folded:
                self.preferences.show_library = True
            self.preferences.geometry = base64.b64encode(self.saveGeometry().data()).decode()
            event.accept()
        else:
            event.ignore()

    def restore_place(self) -> None:
        """Stand where the window stood last."""
        known = QByteArray.fromBase64(QByteArray(self.preferences.geometry.encode("ascii", "replace")))
        if known.isEmpty() or not self.restoreGeometry(known):
            room = self.screen().availableGeometry()
            self.resize(min(1440, room.width()), min(900, room.height() - 40))
