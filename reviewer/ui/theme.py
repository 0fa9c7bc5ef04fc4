"""Colours, type and the short style sheet, all from one table of tokens.

`TOKENS` is the design's colour table; a test computes its contrasts. Everything else in the window takes its colours from
the palette or from here, so light, dark and the system's own high-contrast palette stay whole.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reviewer.library.resources import resource

SERIF, DISPLAY, SANS, MONO = "Source Serif 4", "Source Serif 4 Display", "Source Sans 3", "Source Code Pro"


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, by what they are for."""

    paper: str
    chrome: str
    hover: str
    chosen: str
    hairline: str
    edge: str
    ink: str
    second: str
    third: str
    accent: str
    blocks: str
    blocks_wash: str
    waits: str
    waits_wash: str
    may: str
    added: str
    removed: str


LIGHT = Tokens(
    paper="#FCFCFA", chrome="#F2F2EF", hover="#E8E8E4", chosen="#DDE8F0", hairline="#DCDCD7", edge="#868A8D",
    ink="#1A1B1D", second="#505356", third="#65686C", accent="#1D5C88", blocks="#A3241C", blocks_wash="#F7E6E2",
    waits="#7A4D00", waits_wash="#F5EBD3", may="#23603A", added="#B7D2E5", removed="#E8E8E4",
)  # fmt: skip
DARK = Tokens(
    paper="#17191C", chrome="#101214", hover="#24282C", chosen="#1E3342", hairline="#2C3035", edge="#878B8C",
    ink="#E9E7E2", second="#B1B4B8", third="#979CA2", accent="#86BCE3", blocks="#F1887D", blocks_wash="#3A1F1D",
    waits="#E2B163", waits_wash="#362A14", may="#7CC494", added="#1E4A63", removed="#2C3035",
)  # fmt: skip


class Theme(QObject):
    """The theme in force. `changed` is sent when light and dark change places, by choice or with the system."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system", text_scale: float = 1.0) -> None:
        super().__init__(app)
        self._app, self._choice, self._scale = app, choice, text_scale
        self.tokens = LIGHT
        for cut in sorted(resource("fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(cut))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._dressed = False
        self.apply()

    def dress(self) -> None:
        """Give the application its style sheet. Done when the window is built: Qt polishes each widget anew whenever it
        gets a parent, which costs a window of this size a tenth of a second."""
        self._dressed = True
        self._app.setStyleSheet(style_sheet(self.tokens))

    @property
    def dark(self) -> bool:
        return self.tokens is DARK

    @property
    def choice(self) -> str:
        """``light``, ``dark`` or ``system``."""
        return self._choice

    def choose(self, choice: str, text_scale: float | None = None) -> None:
        """Take a theme, and a size for the program's own text (1.0 is as designed)."""
        self._choice, self._scale = choice, text_scale or self._scale
        self.apply()

    def _follow(self) -> None:
        if self._choice == "system":
            self.apply()

    def apply(self) -> None:
        """Give the application palette, font and style sheet."""
        system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.tokens = DARK if self._choice == "dark" or (self._choice == "system" and system_dark) else LIGHT
        self._app.setPalette(palette(self.tokens))
        self._app.setFont(self.font())
        if self._dressed:
            self._app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()

    def font(self, pixels: float = 13, family: str = SANS, semibold: bool = False) -> QFont:
        """A font at a size given in pixels at 100 %, scaled with the writer's text size."""
        font = QFont(family)
        font.setPointSizeF(pixels * 0.75 * self._scale)
        if semibold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def colour(self, name: str) -> QColor:
        """A token's colour."""
        return QColor(getattr(self.tokens, name))


def palette(tokens: Tokens) -> QPalette:
    """Qt's palette in these colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, tokens.chrome), (role.WindowText, tokens.ink), (role.Base, tokens.paper), (role.Text, tokens.ink),
        (role.AlternateBase, tokens.chrome), (role.Button, tokens.chrome), (role.ButtonText, tokens.ink),
        (role.Highlight, tokens.chosen), (role.HighlightedText, tokens.ink), (role.Link, tokens.accent),
        (role.PlaceholderText, tokens.third), (role.ToolTipBase, tokens.paper), (role.ToolTipText, tokens.ink),
        (role.Mid, tokens.hairline), (role.Dark, tokens.edge), (role.Light, tokens.hover), (role.BrightText, tokens.blocks),
        (role.Accent, tokens.accent), (role.Shadow, tokens.hairline), (role.Midlight, tokens.hover),
    ):  # fmt: skip
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.third))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet: hairlines, field lines, buttons, lists."""
    arrow = resource(f"icons/menu-{'dark' if tokens is DARK else 'light'}.svg")
    tick = resource(f"icons/tick-{'dark' if tokens is DARK else 'light'}.svg")
    sheet = _SHEET.replace("@arrow", arrow.as_posix()).replace("@tick", tick.as_posix())
    for token in sorted((field.name for field in fields(tokens)), key=len, reverse=True):
        sheet = sheet.replace(f"@{token}", getattr(tokens, token))
    return sheet


_SHEET = """
QWidget { outline: none; }
#completion { background: @paper; border: 1px solid @edge; border-radius: 6px; padding: 2px; }
#completion::item { padding: 4px 8px; border-radius: 4px; }
#completion::item:selected { background: @chosen; color: @ink; }
QToolTip { background: @paper; color: @ink; border: 1px solid @edge; padding: 4px 6px; }
QMainWindow, QDialog { background: @chrome; }
QSplitter::handle { background: @hairline; }
QSplitter::handle:horizontal { width: 1px; }
#paper, #page, #paper QScrollArea, #paper > QWidget { background: @paper; }
#page QPlainTextEdit { background: @paper; }
#foot { border-top: 1px solid @hairline; background: @chrome; }
#foot QLabel, #foot QPushButton { color: @second; }
#foot QPushButton[blocks="true"] { color: @blocks; }
#line { background: @hairline; }
QPlainTextEdit, QTextEdit, QListView, QTreeView, QScrollArea { border: 0; }
QListView, QTreeView { background: transparent; selection-background-color: @hover; selection-color: @ink; }
QListView:focus, QTreeView:focus { selection-background-color: @chosen; }
QTreeView::item { height: 29px; }
QDialog QTreeView { background: @chrome; }
QTableView { border: 0; background: transparent; selection-background-color: @chosen; selection-color: @ink; }
QTableView::item { padding: 0 8px; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: @chrome; color: @second; border: 0; border-bottom: 1px solid @hairline; padding: 5px 8px 5px 4px; }
QTableView QHeaderView::section { padding-left: 10px; }
#sample, #sample QWidget { background: @paper; }
#places { background: @paper; border-radius: 6px; padding: 4px; }
QLineEdit, QComboBox, QAbstractSpinBox, #field { background: transparent; border: 0; border-bottom: 1px solid @edge;
  padding: 3px 0 4px 0; selection-background-color: @chosen; selection-color: @ink; color: @ink; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, #field:focus { border-bottom: 2px solid @accent; padding-bottom: 3px; }
QLineEdit[wrong="true"], #field[wrong="true"] { border-bottom: 2px solid @blocks; }
QLineEdit:disabled, QComboBox:disabled { color: @third; border-bottom-color: @hairline; }
QLabel[second="true"] { color: @second; }
QLabel[third="true"] { color: @third; }
#field { padding-left: 2px; }
QLineEdit#bare, QLineEdit#bare:focus { border: 0; padding: 3px 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url("@arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @paper; border: 1px solid @edge; padding: 4px; selection-background-color: @chosen; }
QPushButton { background: transparent; color: @ink; border: 1px solid @edge; border-radius: 6px; padding: 5px 13px; min-height: 18px; font-weight: 600; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @hairline; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 12px; }
QPushButton:disabled { color: @third; border-color: @hairline; }
QPushButton#filled { background: @ink; color: @paper; border-color: @ink; }
QPushButton#filled:hover { background: @second; border-color: @second; }
QPushButton#filled:focus { border: 2px solid @accent; }
QPushButton#filled:disabled { background: @hairline; color: @third; border-color: @hairline; }
QPushButton#link { border: 1px solid transparent; color: @accent; padding: 3px 4px; font-weight: 600; text-align: left; }
QPushButton#link:hover { background: @hover; }
QPushButton#link:focus { border: 1px solid @accent; }
QPushButton#link:disabled { color: @third; }
QPushButton#quiet { border: 1px solid transparent; padding: 3px 6px; font-weight: 400; color: @second; }
QPushButton#quiet:hover { background: @hover; }
QPushButton#quiet:focus { border-color: @accent; }
QPushButton#segment { border: 1px solid transparent; padding: 3px 8px; font-weight: 400; color: @second; }
QPushButton#segment:hover { background: @hover; }
QPushButton#segment:checked { background: @ink; color: @paper; font-weight: 600; }
QPushButton#segment:focus { border: 1px solid @accent; }
QPushButton#grade { border: 1px solid transparent; padding: 3px 0; font-weight: 400; color: @second; min-width: 15px; border-radius: 4px; }
QPushButton#grade:hover { background: @hover; }
QPushButton#grade:checked { background: @ink; color: @paper; font-weight: 600; }
QPushButton#grade:focus { border: 1px solid @accent; }
QPushButton#chip { border: 1px solid @edge; border-radius: 10px; padding: 1px 9px; font-weight: 400; }
QPushButton#chip[ruled="true"] { border-style: dashed; }
QPushButton#chip:focus { border: 2px solid @accent; padding: 0 8px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: @ink; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @hairline; }
QToolButton#plain:checked { background: transparent; }
QToolButton#plain:checked:hover { background: @hover; }
QToolButton:focus { border: 1px solid @accent; }
QToolButton::menu-indicator { image: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @second; padding: 11px 2px 9px 2px; margin: 0 9px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @ink; font-weight: 600; border-bottom: 2px solid @ink; }
QTabBar::tab:hover { color: @ink; }
QTabBar::tab:focus { color: @accent; }
QMenu { background: @paper; border: 1px solid @edge; padding: 5px 0; }
QMenu::item { padding: 5px 26px 5px 20px; }
QMenu::item:selected { background: @chosen; color: @ink; }
QMenu::item:disabled { color: @third; }
QMenu::separator { height: 1px; background: @hairline; margin: 5px 0; }
QMenuBar { background: @chrome; }
QCheckBox, QRadioButton { spacing: 10px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator { width: 13px; height: 13px; border: 1px solid @edge; border-radius: 3px; background: @paper; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked { background: @accent; border-color: @accent; image: url("@tick"); }
QTreeView::indicator:indeterminate { background: @edge; }
QRadioButton::indicator { width: 13px; height: 13px; border: 1px solid @edge; border-radius: 7px; background: @paper; }
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @hairline; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @hairline; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
#bar { background: @waits_wash; border-bottom: 1px solid @hairline; }
#gate { background: @blocks_wash; border-radius: 6px; }
#warning { background: @waits_wash; border-radius: 6px; }
#palette { background: @paper; border: 1px solid @edge; border-radius: 6px; }
QProgressBar { border: 0; background: @hairline; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @second; border-radius: 2px; }
"""
