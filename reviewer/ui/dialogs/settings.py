"""Settings: few, searchable, each in effect at once, with a sample of the type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFontComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.folders import home
from reviewer.library.settings import LibrarySettings
from reviewer.review.terms import MarkRule
from reviewer.ui.icons import icon
from reviewer.ui.preferences import Preferences
from reviewer.ui.theme import Theme
from reviewer.ui.typefaces import spaced
from reviewer.ui.widgets.fields import Form, Line, Section, plain_label

SAMPLE = (
    "Mark Romanek’s film begins with a woman behind glass. She watches a man being made ready for an operation, and in the "
    "voice of someone who has gone over her words she tells us that she is proud of her work."
)


class Sample(QPlainTextEdit):
    """Some lines of text as the editor would set them."""

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(SAMPLE, parent)
        self._theme, self._preferences = theme, preferences
        self.setObjectName("sample")
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("A sample of the type")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.follow()

    def follow(self) -> None:
        """Take the type that is set now."""
        wanted = self._preferences
        font = self._theme.font(wanted.editor_size, spaced(wanted.editor_font, wanted.line_height))
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setFixedHeight(4 * self.fontMetrics().lineSpacing() + 12)
        self._set_margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        column = self.fontMetrics().averageCharWidth() * self._preferences.line_length
        side = max(self._preferences.margin, (self.width() - column) // 2)
        self.setViewportMargins(side, 0, side, 0)


class SettingsDialog(QDialog):
    """A few settings, each searchable by its words; every one takes effect at once."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        library: LibrarySettings,
        changed: Callable[[LibrarySettings], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences, self._library, self._changed = preferences, library, changed
        self._rows: list[tuple[str, QWidget, QWidget]] = []
        self.setWindowTitle("Settings")
        self.resize(580, min(760, parent.height() - 40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search the settings")
        self.search.setAccessibleName("Search the settings")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)
        layout.addWidget(self.search)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 14, 0)
        column.setSpacing(14)
        self._sections = [self._looks(), self._type(), self._typing(), self._marks(), self._writer(), self._readers()]
        for section in self._sections:
            column.addWidget(section)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        area.setWidgetResizable(True)
        area.setWidget(inner)
        layout.addWidget(area, 1)
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
        self._row(
            form,
            "Preview style",
            self._style_box(form),
            "How the page looks; a CSS file of your blog is followed while you edit it",
        )
        return section

    def _type(self) -> QWidget:
        section = Section("Type of the text", self)
        form = Form(section)
        section.add(form)
        font = QFontComboBox(form)
        font.setCurrentText(self._preferences.editor_font)
        font.currentFontChanged.connect(lambda chosen: self._prefer(editor_font=chosen.family()))
        self._row(form, "Typeface", font, "The typeface of the text that you write")
        size = QSpinBox(form)
        size.setRange(9, 48)
        size.setValue(round(self._preferences.editor_size))
        size.valueChanged.connect(lambda value: self._prefer(editor_size=float(value)))
        self._row(form, "Type size", size, "The size of the text that you write")
        height = QDoubleSpinBox(form)
        height.setRange(1.0, 2.6)
        height.setSingleStep(0.1)
        height.setDecimals(1)
        height.setValue(self._preferences.line_height)
        height.valueChanged.connect(lambda value: self._prefer(line_height=round(value, 1)))
        self._row(form, "Line height", height, "From line to line, in type sizes")
        length = QSpinBox(form)
        length.setRange(30, 200)
        length.setSuffix(" characters")
        length.setValue(self._preferences.line_length)
        length.valueChanged.connect(lambda value: self._prefer(line_length=value))
        self._row(form, "Line length", length, "The longest lines; 60 to 70 characters read best")
        margin = QSpinBox(form)
        margin.setRange(8, 200)
        margin.setSuffix(" pixels")
        margin.setValue(self._preferences.margin)
        margin.valueChanged.connect(lambda value: self._prefer(margin=value))
        self._row(form, "Margins", margin, "The least room beside the lines")
        self.sample = Sample(self._theme, self._preferences, section)
        section.add(self.sample)
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
        name, _ = QFileDialog.getOpenFileName(self, "A style sheet", str(home()), "Style sheets (*.css)")
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
            ("Tab", "tab_spaces", "Four spaces instead of a tab", "Blogs read both alike"),
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
        section.add(plain_label("A category that follows from the mark. What you chose yourself stays.", section))
        for scale in self._library.scales:
            rule = self._library.rules.of(scale.name)
            line = Line(form)
            line.setText(rule.template if rule.on else "")
            line.editingFinished.connect(
                lambda name=scale.name, line=line: self._rule(
                    MarkRule(bool(line.text().strip()), name, line.text().strip())
                )
            )
            hint = (
                "{letter} is the grade without its sign: B, {mark} with it: B+"
                if not scale.numeric
                else "{mark} is the mark: 4, 3½"
            )
            usual = {"five-stars": "{mark} star movies", "letters": "{letter} movies"}.get(scale.name, "none")
            self._row(form, scale.title, line, f"A category for marks on this scale. {hint}", usual)
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

    def _readers(self) -> QWidget:
        section = Section("Readers who ask for a still", self)
        form = Form(section)
        section.add(form)
        for name, label, hint in (
            ("own", "My pictures", "What others may do with pictures of your own"),
            ("frames", "Frames", "What others may do with frames of films and trailers, as far as it is yours to say"),
            ("others", "Others", "What you answer about all other stills"),
        ):
            line = Line(form)
            line.setText(getattr(self._library.reuse, name))
            line.editingFinished.connect(
                lambda name=name, line=line: self._keep(
                    reuse=replace(self._library.reuse, **{name: line.text().strip()})
                )
            )
            self._row(form, label, line, hint + "; a still’s own record comes first", "Ask me")
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
        for section in self._sections:
            rows = [field for _, _, field in self._rows if section.isAncestorOf(field)]
            section.setVisible(any(not field.isHidden() for field in rows))

    def _prefer(self, **change: object) -> None:
        for name, value in change.items():
            setattr(self._preferences, name, value)
        self._changed(self._library)
        self.sample.follow()

    def _rule(self, rule: MarkRule) -> None:
        if rule != self._library.rules.of(rule.scale):
            self._keep(rules=self._library.rules.with_rule(rule))

    def _keep(self, **change: Any) -> None:
        self._library = LibrarySettings(**{**vars(self._library), **change})
        self._changed(self._library)
