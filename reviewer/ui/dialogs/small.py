"""Small windows: settings, all keys, the raw file, about."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFontComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer import __version__
from reviewer.library.resources import resource
from reviewer.library.settings import LibrarySettings
from reviewer.review.terms import MarkRule
from reviewer.ui.actions import MENUS, Actions
from reviewer.ui.icons import icon
from reviewer.ui.preferences import Preferences
from reviewer.ui.theme import DISPLAY, MONO, Theme
from reviewer.ui.widgets.fields import Form, Line, Section, link_button, plain_label


def _frame(parent: QWidget, title: str, width: int, height: int) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(width, height)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 16)
    layout.setSpacing(12)
    return dialog, layout


class SettingsDialog(QDialog):
    """A few settings, each searchable by its words; every one takes effect at once."""

    def __init__(
        self,
        preferences: Preferences,
        library: LibrarySettings,
        changed: Callable[[LibrarySettings], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._library, self._changed = preferences, library, changed
        self._rows: list[tuple[str, QWidget, QWidget]] = []
        self.setWindowTitle("Settings")
        self.resize(520, 640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search the settings")
        self.search.setAccessibleName("Search the settings")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)
        layout.addWidget(self.search)
        layout.addWidget(self._looks())
        layout.addWidget(self._typing())
        layout.addWidget(self._marks())
        layout.addWidget(self._writer())
        layout.addStretch(1)
        close = QPushButton("Close", self)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def _looks(self) -> QWidget:
        section = Section("Looks", self, line=False)
        form = Form(section)
        section.add(form)
        theme = QComboBox(form)
        for name, text in (("system", "As the system"), ("light", "Light"), ("dark", "Dark")):
            theme.addItem(text, name)
        theme.setCurrentIndex(theme.findData(self._preferences.theme))
        theme.activated.connect(lambda _: self._prefer(theme=theme.currentData()))
        self._row(form, "Theme", theme, "Light, dark, or as the system says")
        scale = QSpinBox(form)
        scale.setRange(80, 200)
        scale.setSingleStep(10)
        scale.setSuffix(" %")
        scale.setValue(round(self._preferences.text_scale * 100))
        scale.valueChanged.connect(lambda value: self._prefer(text_scale=value / 100))
        self._row(form, "Text size", scale, "The size of the program’s own words")
        font = QFontComboBox(form)
        font.setCurrentText(self._preferences.editor_font)
        font.currentFontChanged.connect(lambda chosen: self._prefer(editor_font=chosen.family()))
        self._row(form, "Typeface", font, "The typeface of the text that you write")
        size = QSpinBox(form)
        size.setRange(9, 48)
        size.setValue(round(self._preferences.editor_size))
        size.valueChanged.connect(lambda value: self._prefer(editor_size=float(value)))
        self._row(form, "Type size", size, "The size of the text that you write")
        self._row(
            form,
            "Preview style",
            self._style_box(form),
            "How the page looks; a CSS file of your blog is followed while you edit it",
        )
        return section

    def _style_box(self, form: Form) -> QComboBox:
        """The page's styles: those that come along, and a file of one's own."""
        box, now = QComboBox(form), self._preferences.preview_style
        for name, text in (("", "A plain page"), ("magazine", "A magazine’s page"), ("night", "A dark page")):
            box.addItem(text, name)
        if now and box.findData(now) < 0:
            box.addItem(Path(now).name, now)
        box.addItem("A file of your own…", None)
        box.setCurrentIndex(box.findData(now))
        box.activated.connect(lambda _: self._style_chosen(box))
        return box

    def _style_chosen(self, box: QComboBox) -> None:
        if box.currentData() is not None:
            self._prefer(preview_style=box.currentData())
            return
        name, _ = QFileDialog.getOpenFileName(self, "A style sheet", str(Path.home()), "Style sheets (*.css)")
        if name:
            box.insertItem(3, Path(name).name, name)
            self._prefer(preview_style=name)
        box.setCurrentIndex(max(0, box.findData(self._preferences.preview_style)))

    def _typing(self) -> QWidget:
        section = Section("Typing", self)
        form = Form(section)
        section.add(form)
        for label, name, words, hint in (
            ("Quotes", "smart_quotes", "“Quotation marks” and dashes of the review’s language", "Backspace gives back the plain sign"),
            ("Pairs", "auto_pairs", "Brackets in pairs", "A mark typed over a selection stands around it"),
            ("Spelling", "spelling", "Underline words that no dictionary has", "Names of the review’s film, cast and crew are known"),
            ("Lists", "continue_lists", "Enter goes on with a list", "Enter on an empty item ends it"),
        ):  # fmt: skip
            box = QCheckBox(words, form)
            box.setChecked(getattr(self._preferences, name))
            box.toggled.connect(lambda on, name=name: self._prefer(**{name: on}))
            self._row(form, label, box, hint)
        goal = QSpinBox(form)
        goal.setRange(0, 100_000)
        goal.setSingleStep(100)
        goal.setSpecialValueText("None")
        goal.setValue(self._preferences.word_goal)
        goal.valueChanged.connect(lambda value: self._prefer(word_goal=value))
        self._row(form, "Word goal", goal, "How long a review is to be; the foot shows how far it is")
        return section

    def _marks(self) -> QWidget:
        section = Section("Marks in this library", self)
        form = Form(section)
        section.add(form)
        on = QCheckBox("A category follows from the mark", form)
        on.setChecked(self._library.rule.on)
        on.toggled.connect(lambda value: self._rule(on=value))
        self._row(form, "Category", on, "For example “4 star movies” for four stars; what you chose yourself stays")
        template = Line(form)
        template.setText(self._library.rule.template)
        template.editingFinished.connect(lambda: self._rule(template=template.text() or MarkRule().template))
        self._row(form, "Its words", template, "{stars} is the mark: 4, 3½")
        return section

    def _writer(self) -> QWidget:
        section = Section("New reviews in this library", self)
        form = Form(section)
        section.add(form)
        author = Line(form)
        author.setText(self._library.author)
        author.editingFinished.connect(lambda: self._keep(author=author.text().strip()))
        self._row(form, "Author", author, "Written into each new review")
        language = Line(form)
        language.setText(self._library.language)
        language.editingFinished.connect(lambda: self._keep(language=language.text().strip() or "en"))
        self._row(form, "Language", language, "The code of the language you write in: en, de, fr …")
        return section

    def _row(self, form: Form, label: str, field: QWidget, hint: str, placeholder: str = "") -> None:
        form.add(label, field, hint, placeholder)
        place = form.grid.getItemPosition(form.grid.indexOf(field))
        item = form.grid.itemAtPosition(place[0], 0)  # type: ignore[index]
        name = item.widget() if item is not None else None
        if name is not None:
            self._rows.append((f"{label} {hint}".casefold(), name, field))

    def _filter(self, text: str) -> None:
        for words, label, field in self._rows:
            for widget in (label, field):
                widget.setVisible(text.casefold() in words)

    def _prefer(self, **change: object) -> None:
        for name, value in change.items():
            setattr(self._preferences, name, value)
        self._changed(self._library)

    def _rule(self, **change: Any) -> None:
        rule = MarkRule(**{**vars(self._library.rule), **change})
        self._keep(rule=rule)

    def _keep(self, **change: Any) -> None:
        self._library = LibrarySettings(**{**vars(self._library), **change})
        self._changed(self._library)


def keys_dialog(actions: Actions, theme: Theme, parent: QWidget) -> QDialog:
    """Every action with its keys, by menu."""
    dialog, layout = _frame(parent, "All keys", 680, 640)
    area = QScrollArea(dialog)
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
