"""Small windows: all keys, the raw file, about."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer import __version__
from reviewer.library.resources import resource
from reviewer.ui.actions import MENUS, Actions
from reviewer.ui.theme import DISPLAY, MONO, Theme
from reviewer.ui.widgets.fields import Section, link_button, plain_label


def _frame(parent: QWidget, title: str, width: int, height: int) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowTitle(title)
    dialog.resize(width, height)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 16)
    layout.setSpacing(12)
    return dialog, layout


def keys_dialog(actions: Actions, theme: Theme, parent: QWidget) -> QDialog:
    """Every action with its keys, by menu."""
    dialog, layout = _frame(parent, "All keys", 680, 640)
    area = QScrollArea(dialog)
    area.setAccessibleName(dialog.windowTitle())
    area.setWidgetResizable(True)
    inner = QWidget(area)
    column = QVBoxLayout(inner)
    for group in MENUS:
        rows = [(spec, action) for spec, action in actions.all() if spec.group == group]
        section = Section(group, inner, line=group != MENUS[0])
        for spec, action in rows:
            row = QHBoxLayout()
            name = plain_label(spec.text.rstrip("…"), section, wrap=False)
            name.setMinimumWidth(230)
            keys = [QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in spec.keys]
            key = plain_label("  or  ".join(keys) or "by the palette", section, wrap=False)
            key.setMinimumWidth(150)
            row.addWidget(name)
            row.addWidget(key)
            row.addWidget(plain_label(action.statusTip(), section), 1)
            section.column.addLayout(row)
        column.addWidget(section)
    area.setWidget(inner)
    layout.addWidget(area)
    return dialog


def raw_dialog(
    title: str,
    content: str,
    line: int,
    path: Path | None,
    theme: Theme,
    open_folder: Callable[[], object],
    parent: QWidget,
) -> QDialog:
    """The whole file as it stands, read-only, at a line."""
    dialog, layout = _frame(parent, title, 820, 680)
    layout.addWidget(plain_label(f"{path or 'Not saved yet'}: as it would be saved now.", dialog))
    view = QPlainTextEdit(content, dialog)
    view.setReadOnly(True)
    view.setFont(theme.font(13, MONO))
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setAccessibleName("The raw file")
    cursor = view.textCursor()
    cursor.setPosition(view.document().findBlockByNumber(max(0, line - 1)).position())
    view.setTextCursor(cursor)
    layout.addWidget(view, 1)
    row = QHBoxLayout()
    if path is not None:
        row.addWidget(link_button("Open its folder", dialog, open_folder))
    row.addStretch(1)
    close = QPushButton("Close", dialog)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    layout.addLayout(row)
    return dialog


_USED = (("PySide6", "LGPL-3.0"), ("Markdown", "BSD-3-Clause"), ("PyYAML", "MIT"), ("Pillow", "MIT-CMU"), ("nh3", "MIT"),
         ("platformdirs", "MIT"), ("watchdog", "Apache-2.0"))  # fmt: skip


def about_dialog(theme: Theme, parent: QWidget) -> QDialog:
    """Version and licences."""
    dialog, layout = _frame(parent, "About Reviewer", 520, 460)
    top = QHBoxLayout()
    picture = QLabel(dialog)
    picture.setPixmap(QIcon(str(resource("icon/reviewer.svg"))).pixmap(64, 64))
    top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    name = plain_label(f"Reviewer {__version__}", dialog)
    name.setFont(theme.font(22, DISPLAY))
    words.addWidget(name)
    words.addWidget(
        plain_label(
            "A desktop editor for people who write about films. Free software under the MIT licence. It never uses the network.",
            dialog,
        )
    )
    top.addLayout(words, 1)
    layout.addLayout(top)
    lines = [f"Qt {qVersion()}, LGPL-3.0"] + [f"{package} {_version(package)}, {licence}" for package, licence in _USED]
    lines += ["Source Serif, Source Sans, Source Code Pro, SIL Open Font License 1.1", "Lucide icons, ISC"]
    layout.addWidget(plain_label("\n".join(lines), dialog))
    layout.addStretch(1)
    close = QPushButton("Close", dialog)
    close.clicked.connect(dialog.accept)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(close)
    layout.addLayout(row)
    return dialog


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
