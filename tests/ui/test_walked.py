"""The window walked by a machine: what can be used has a name, and shows that it has the focus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

SAME_LINE = 40
"""Pixels between the middles of controls of different heights that stand in one line."""
SHARP = 4
TABS = ("Review", "Film", "Stills", "Check")


def reachable(area: QWidget) -> list[QWidget]:
    """What the keyboard reaches: visible, enabled, and no part of another control."""
    found = []
    for widget in area.findChildren(QWidget):
        inside = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)) or (
            isinstance(widget.parent(), QAbstractScrollArea) and widget is widget.parent().viewport()
        )
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not inside:
            found.append(widget)
    return found


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.fixture(params=TABS)
def panel(request, program, qtbot):
    program.actions[f"tab-{request.param.lower()}"].trigger()
    qtbot.waitUntil(lambda: not program.tasks.busy)
    made = program.window.inspector.panel(request.param)
    qtbot.waitUntil(lambda: bool(reachable(made)))
    return made


def test_what_can_be_used_has_a_name(panel):
    nameless = [widget for widget in reachable(panel) if not name_of(widget).strip()]
    assert [f"{type(widget).__name__} {widget.objectName()}" for widget in nameless] == []


def walked(area: QWidget, first: QWidget) -> set[QWidget]:
    """What gets the focus from a control on, by Tab, by Shift+Tab, and by the arrows where buttons stand in a group."""
    seen: set[QWidget] = set()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        first.setFocus(Qt.FocusReason.TabFocusReason)
        here: set[QWidget] = set()
        while (widget := QApplication.focusWidget()) is not None and area.isAncestorOf(widget) and widget not in here:
            here.add(widget)
            if isinstance(widget, QAbstractButton) and (widget.group() or widget.autoExclusive()):
                here |= _by_arrows(widget)
                widget.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(QApplication.focusWidget(), key)
        seen |= here
    return seen


def _by_arrows(start: QWidget) -> set[QWidget]:
    seen: set[QWidget] = set()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
        widget = start
        start.setFocus(Qt.FocusReason.TabFocusReason)
        while widget is not None and widget not in seen - {start}:
            seen.add(widget)
            QTest.keyClick(widget, key)
            widget = QApplication.focusWidget()
            if widget is start:
                break
    return seen


def called(widgets) -> list[str]:
    return sorted(f"{type(widget).__name__} {name_of(widget)}" for widget in widgets)


def test_the_keyboard_reaches_every_control_of_a_panel(panel, program):
    controls = reachable(panel)
    assert controls
    assert called(set(controls) - walked(panel, controls[0])) == []


def test_tab_walks_a_panel_as_it_is_read(panel):
    """From line to line, also through rows that were made later than what stands below them."""
    panel = getattr(panel, "record", panel)  # the list of stills stands beside their record
    controls = reachable(panel)
    top = min(controls, key=lambda one: one.mapTo(panel, QPoint(0, 0)).y())
    top.setFocus(Qt.FocusReason.TabFocusReason)
    heights: list[int] = []
    while (widget := QApplication.focusWidget()) is not None and panel.isAncestorOf(widget):
        heights.append(widget.mapTo(panel, QPoint(0, widget.height() // 2)).y())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert heights
    assert all(below > above - SAME_LINE for above, below in pairwise(heights)), heights


def test_the_keyboard_reaches_every_column(program, qtbot):
    window = program.window
    window.editor.editor.setFocus()
    qtbot.waitUntil(lambda: window.library.isVisible() and window.preview.page is not None)
    qtbot.waitUntil(window.preview.page.isVisible)
    assert walked_columns(program) == {window.library, window.editor, window.preview, window.inspector}


def walked_columns(program) -> set[QWidget]:
    window = program.window
    columns = (window.library, window.editor, window.preview, window.inspector)
    reached = set()
    for _ in range(2 * len(columns) + 2):
        program.actions["next-column"].trigger()
        reached |= {column for column in columns if column.isAncestorOf(QApplication.focusWidget())}
    return reached


def test_the_keyboard_passes_a_page_that_is_not_on_the_screen_yet(program, qtbot):
    window = program.window
    window.editor.editor.setFocus()
    qtbot.waitUntil(lambda: window.library.isVisible() and window.preview.page is not None)
    window.preview.page.hide()
    assert walked_columns(program) == {window.library, window.editor, window.inspector}


DIALOGS = [
    "settings", "versions", "trash", "diary", "figures", "terms", "scales", "film-list", "around", "export", "export-changed",
    "new-from", "short-form", "replace-everywhere", "crop-still", "letter", "happened", "report", "request", "waiting",
    "look-up-film", "rule-of-marks", "convert-marks", "lists-in-step", "link-all-mentions", "mend-links",
    "keys", "about", "rename", "delete", "build", "unpublish", "keep-template",
]  # fmt: skip


@pytest.fixture(params=DIALOGS)
def in_dialog(request, program, qtbot):
    """Do something in a dialog while it is open: ``in_dialog(look)``; also in one that holds the program until it is closed."""

    def do(look) -> None:
        done: list[bool] = []
        timer = QTimer(program.window, interval=50)

        def turn() -> None:
            found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
            if not found or program.tasks.busy or not found[0].isActiveWindow():
                return
            timer.stop()
            try:
                look(found[0])
            finally:
                done.append(True)
                for window in found:
                    window.reject()

        timer.timeout.connect(turn)
        timer.start()
        program.actions[request.param].trigger()
        qtbot.waitUntil(lambda: bool(done), timeout=5000)

    return do


def test_what_can_be_used_in_a_dialog_has_a_name(in_dialog):
    found: list[str] = []
    in_dialog(
        lambda window: found.extend(
            f"{type(w).__name__} {w.objectName()}" for w in reachable(window) if not name_of(w).strip()
        )
    )
    assert found == []


def test_the_keyboard_reaches_every_control_of_a_dialog(in_dialog):
    missed: list[str] = []

    def look(window: QDialog) -> None:
        controls = reachable(window)
        missed.extend(called(set(controls) - walked(window, controls[0])))

    in_dialog(look)
    assert missed == []


def test_a_focused_line_looks_otherwise(program, qtbot):
    line = program.window.review.findChildren(QLineEdit)[0]
    program.window.editor.editor.setFocus()
    qtbot.waitUntil(lambda: not line.hasFocus())
    before = line.parentWidget().grab().toImage()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.hasFocus)
    assert line.parentWidget().grab().toImage() != before


def luminance(colour: QColor) -> float:
    """Relative luminance (W3C, WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def drawn(window: QWidget) -> QImage:
    """The window at four times its size, so that the middle of a stroke has the colour that it is meant to have."""
    picture = QImage(window.size() * SHARP, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(SHARP)
    window.render(picture)
    return picture


def contrast(picture: QImage, area: QRect) -> float:
    """Between the ground of an area, its commonest colour, and what stands out most from it there."""
    part = picture.copy(QRect(area.topLeft() * SHARP, area.size() * SHARP))
    pixels = Counter(part.constBits().cast("I"))
    ground = luminance(QColor(pixels.most_common(1)[0][0]))
    return max((max(one, ground) + 0.05) / (min(one, ground) + 0.05) for one in (luminance(QColor(p)) for p in pixels))


def written(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """What can be read, with its place in the window. A button with an icon alone shows no text."""
    for widget in window.findChildren(QWidget):
        text = widget.text() if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) else ""
        icon = isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        region = widget.visibleRegion()
        if text.strip() and not icon and widget.isVisible() and widget.isEnabled() and not region.isEmpty():
            area = region.boundingRect()
            yield (
                f"{type(widget).__name__} {widget.objectName()} {text[:30]!r}",
                QRect(widget.mapTo(window, area.topLeft()), area.size()),
            )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_what_is_written_can_be_read(program, qtbot, theme, tab):
    """Contrast as it is drawn: 4.5 to 1 (W3C, WCAG 2.2, 1.4.3); what cannot be used now may be paler."""
    program.theme.choose(theme)
    program.actions[f"tab-{tab.lower()}"].trigger()
    qtbot.waitUntil(lambda: not program.tasks.busy)
    picture = drawn(program.window)
    found = {name: contrast(picture, area) for name, area in written(program.window) if area.height() > 8}
    assert len(found) > 4
    assert {name: round(ratio, 1) for name, ratio in found.items() if ratio < 4.5} == {}
