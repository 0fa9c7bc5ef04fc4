"""The window walked by a machine: what can be used has a name, and shows that it has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QWidget,
)

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
    return program.window.inspector.panel(request.param)


def test_what_can_be_used_has_a_name(panel):
    nameless = [widget for widget in reachable(panel) if not name_of(widget).strip()]
    assert [f"{type(widget).__name__} {widget.objectName()}" for widget in nameless] == []


@pytest.mark.parametrize(
    "dialog", ["settings", "versions", "trash", "diary", "figures", "terms", "scales", "film-list", "around"]
)
def test_what_can_be_used_in_a_dialog_has_a_name(program, qtbot, dialog):
    found: list[str] = []
    looked: list[bool] = []

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                looked.append(True)
                found.extend(
                    f"{type(w).__name__} {w.objectName()}" for w in reachable(window) if not name_of(w).strip()
                )
                window.reject()

    QTimer.singleShot(400, look)
    program.actions[dialog].trigger()
    qtbot.waitUntil(lambda: bool(looked), timeout=5000)
    assert found == []


def test_a_focused_line_looks_otherwise(program, qtbot):
    line = program.window.review.findChildren(QLineEdit)[0]
    program.window.editor.editor.setFocus()
    qtbot.waitUntil(lambda: not line.hasFocus())
    before = line.parentWidget().grab().toImage()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.hasFocus)
    assert line.parentWidget().grab().toImage() != before
