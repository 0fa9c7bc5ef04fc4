"""The writing surface: a plain text widget that keeps to one column and hands keys to small behaviours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from reviewer.text.mentions import placed
from reviewer.text.prose import sentences
from reviewer.text.spelling import Speller
from reviewer.ui.editor import formatting
from reviewer.ui.editor.bar import MarkedBar
from reviewer.ui.editor.completion import Completion
from reviewer.ui.editor.highlighter import Highlighter
from reviewer.ui.editor.signs import Pairs, Typography
from reviewer.ui.editor.table import Tables
from reviewer.ui.editor.typing import Behaviour, Continuation, Indentation, TypingEditor, Wishes
from reviewer.ui.text import characters, units
from reviewer.ui.theme import MONO, SERIF, Theme
from reviewer.ui.typefaces import spaced
from reviewer.ui.widgets.incoming import incoming
from reviewer.ui.widgets.thumbnails import crop

SLICE = 0.004
"""Seconds of highlighting between two looks at the keys."""
THUMBNAIL = (40, 23)


@dataclass(frozen=True)
class Type:
    """How the text is set: typeface, size in pixels at 100 %, the way from line to line in sizes, the longest line in
    characters, the least margin in pixels."""

    family: str = SERIF
    pixels: float = 17
    height: float = 1.6
    length: int = 66
    margin: int = 28


BEHAVIOURS: tuple[Callable[[], Behaviour], ...] = (Tables, Continuation, Indentation, Typography, Pairs)


class Editor(TypingEditor):
    """Shows a session's text. Pictures that are dropped or pasted are passed on, never put in as text."""

    pictures_dropped = Signal(object)
    scrolled_by_user = Signal()
    margins_changed = Signal()
    zoomed = Signal(int)
    menu_wanted = Signal(object, object)
    pasted = Signal(str)
    speller_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._type = Type()
        self.wishes = Wishes()
        self.completion = Completion(self)
        self._behaviours: list[Behaviour] = [self.completion, *(make() for make in BEHAVIOURS)]
        self._highlighters: dict[QTextDocument, Highlighter] = {}
        self.rich: Callable[[str], str | None] = lambda html: None
        self.thumbnail: Callable[[str], QImage | None] = lambda file: None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("paper")
        self.setAccessibleName("Text of the review")
        self.setPlaceholderText("Write here.")
        self.setCursorWidth(2)
        self.setTabChangesFocus(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._marks = MarkedBar(theme, self)
        self.setVerticalScrollBar(self._marks)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._focus_on, self._typewriter = "", False
        self.cursorPositionChanged.connect(self._focus_moved)
        self._speller: Speller | None = None
        self._no_films: frozenset[str] = frozenset()
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._highlight_slice)
        self._slice = QTextBlock()
        self._half_done: set[QTextDocument] = set()
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.cursorPositionChanged.connect(self._caret_moved)
        theme.changed.connect(self._recolour)

    def show_document(self, document: QTextDocument) -> None:
        """Show another text; its highlighter is made once and kept with it."""
        document.setDefaultFont(self._font())
        if document not in self._highlighters:
            self._highlighters[document] = Highlighter(document, self._theme, self._mono)
            self._highlighters[document].speller = self._speller
            self._highlighters[document].no_films = self._no_films
        if self._slices.isActive():  # what is left of the text that goes is done when it comes back
            self._half_done.add(self.document())
            self._slices.stop()
            self._slice = QTextBlock()
        self._layers.clear()
        self.setExtraSelections([])
        self.setDocument(document)
        self.setCursorWidth(2)
        if document in self._half_done:
            self._half_done.discard(document)
            self._highlight_all(self._highlighters[document])

    def forget(self, document: QTextDocument) -> None:
        """Let go of a text that is closed."""
        self._highlighters.pop(document, None)
        self._half_done.discard(document)

    def set_type(self, wanted: Type) -> None:
        """Set the text in another way."""
        taller = wanted.height != self._type.height
        self._type = wanted
        self._take_type()
        self._set_margins()
        if taller:
            self._recolour()

    def _font(self) -> QFont:
        return self._theme.font(self._type.pixels, spaced(self._type.family, self._type.height))

    def _mono(self) -> str:
        return spaced(MONO, self._type.height)

    def _take_type(self) -> None:
        """Qt gives a widget the application's font when a style sheet is applied to it, so this is done after each."""
        font = self._font()
        if self.font() != font or self.document().defaultFont() != font:
            self.setFont(font)
            self.document().setDefaultFont(font)
            self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
            self._set_margins()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_type()

    def _recolour(self) -> None:
        """Take the theme's colours: the lines in sight first, so that a long text does not wait for all of them."""
        self._take_type()
        for document, highlighter in self._highlighters.items():
            highlighter.take_colours()
            if document is self.document():
                self._highlight_all(highlighter)

    def _highlight_all(self, highlighter: Highlighter) -> None:
        """Highlight the lines in sight now, and all others bit by bit, so that no key waits."""
        block = self.firstVisibleBlock()
        for _ in range(80):
            if block.isValid():
                highlighter.rehighlightBlock(block)
                block = block.next()
        self._slice = self.document().firstBlock()
        self._slices.start()

    def _highlight_slice(self) -> None:
        highlighter = self._highlighters.get(self.document())
        end = time.monotonic() + SLICE
        while highlighter is not None and self._slice.isValid() and time.monotonic() < end:
            highlighter.rehighlightBlock(self._slice)
            self._slice = self._slice.next()
        if highlighter is None or not self._slice.isValid():
            self._slices.stop()
            self._slice = QTextBlock()

    def mark(self, layer: str, spans: Iterable[tuple[int, int, QTextCharFormat]]) -> None:
        """Lay colours over parts of the text, counted as Qt counts; each layer has its own, which these replace."""
        made = []
        for start, end, shape in spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(self.document())
            selection.cursor.setPosition(start)
            selection.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.format = shape
            made.append(selection)
        if made or self._layers.get(layer):
            self._layers[layer] = made
            self.setExtraSelections([one for each in self._layers.values() for one in each])

    def mark_places(self, places: Sequence[float]) -> None:
        """Mark places on the scroll bar, each a part of the text from 0 to 1."""
        self._marks.show_marks(places)

    # spelling

    def use_speller(self, speller: Speller | None) -> None:
        """Underline what a speller does not know; None underlines nothing. The same one again looks at all words anew."""
        if speller is None and self._speller is None:
            return
        self._speller = speller
        for document, highlighter in self._highlighters.items():
            highlighter.speller = speller
            if document is self.document():
                self._highlight_all(highlighter)
        self.speller_changed.emit()

    def know_no_films(self, names: Iterable[str]) -> None:
        """Words with a year that look like a film and are none; they are no longer shown as one."""
        folded = frozenset(name.casefold() for name in names)
        if folded == self._no_films:
            return
        self._no_films = folded
        for document, highlighter in self._highlighters.items():
            highlighter.no_films = folded
            if document is self.document():
                self._highlight_all(highlighter)

    def _word_is_typed(self) -> None:
        """Let the word at the caret alone until the caret leaves it."""
        highlighter = self._highlighters.get(self.document())
        if highlighter is not None and self._speller is not None:
            cursor = self.textCursor()
            highlighter.typing = (cursor.blockNumber(), cursor.positionInBlock())

    def _caret_moved(self) -> None:
        highlighter = self._highlighters.get(self.document())
        if highlighter is None or highlighter.typing is None:
            return
        line, place = highlighter.typing
        cursor = self.textCursor()
        block = self.document().findBlockByNumber(line)
        between = block.text()[min(place, cursor.positionInBlock()) : max(place, cursor.positionInBlock())]
        if cursor.blockNumber() == line and (not between or between.isalpha()):
            return
        highlighter.typing = None
        if block.isValid():
            highlighter.rehighlightBlock(block)

    @property
    def speller(self) -> Speller | None:
        return self._speller

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        self.menu_wanted.emit(menu, self.cursorForPosition(event.pos()))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def misspelt_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """The unknown word at a place, selected; None where there is none."""
        if self._speller is None:
            return None
        text = cursor.block().text()
        at = cursor.positionInBlock()
        for start, end in self._speller.unknown(text):
            first, last = units(text, start), units(text, end)
            if first <= at <= last:
                found = QTextCursor(cursor.block())
                found.setPosition(cursor.block().position() + first)
                found.setPosition(cursor.block().position() + last, QTextCursor.MoveMode.KeepAnchor)
                return found
        return None

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text():
            self._word_is_typed()
        if not any(behaviour.key(self, event) for behaviour in self._behaviours):
            super().keyPressEvent(event)
        self.completion.look(event)
        if self._typewriter and event.text():
            self.centerCursor()

    def set_typewriter(self, on: bool) -> None:
        """Keep the line that is written in the middle of the window."""
        self._typewriter = on
        self.setCenterOnScroll(on)
        if on:
            self.centerCursor()

    def set_focus_on(self, what: str) -> None:
        """Show only the caret's ``paragraph`` or ``sentence`` in full ink; an empty word shows all of the text so."""
        if what != self._focus_on:
            self._focus_on = what
            self.viewport().update()

    def _focus_moved(self) -> None:
        if self._focus_on:
            self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.completion.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.completion.hide()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
        self.scrolled_by_user.emit()

    # commands

    def wrap_selection(self, mark: str, placeholder: str, closing: str = "") -> None:
        """Put marks around the selected words, or take them away; `closing` where it is not the same mark again."""
        self.setTextCursor(formatting.wrap(self.textCursor(), mark, placeholder, closing or mark))

    def go_to(self, line: int) -> None:
        """Put the caret on a line of the text, counted from 1, and show it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        self.setTextCursor(QTextCursor(block if block.isValid() else self.document().lastBlock()))
        self.centerCursor()
        self.setFocus()

    def select_range(self, start: int, end: int) -> None:
        """Select characters, counted as Qt counts them, and show them."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @property
    def line(self) -> int:
        """The caret's line in the text, counted from 1."""
        return self.textCursor().blockNumber() + 1

    @property
    def top_line(self) -> float:
        """The line at the top, counted from 1, with the part of it that is scrolled away."""
        block = self.firstVisibleBlock()
        rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return block.blockNumber() + 1 + max(0.0, -rect.top()) / max(1.0, rect.height())

    def scroll_to(self, line: float) -> None:
        """Bring a line, with its fraction, to the top, 0 for the very top; the caret stays where it is."""
        block = self.document().findBlockByNumber(max(0, int(line) - 1))
        if not block.isValid():
            return
        self.blockBoundingRect(block)  # lays it out, if it was not shown yet
        rows = block.lineCount()
        inside = min(max(1, rows) - 1, round((line - int(line)) * rows)) if line >= 1 else 0
        self.verticalScrollBar().setValue(block.firstLineNumber() + inside)

    # pictures

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        what = incoming(source)
        if what.files or (what.data and (what.address or not source.hasText())):
            self.pictures_dropped.emit(what)
        elif source.hasText():
            rich = self.rich(source.html()) if source.hasHtml() else None
            self._put(rich if rich is not None else source.text())

    def paste_plain(self) -> None:
        """Paste the clipboard's words without what other programs put around them."""
        self._put(QGuiApplication.clipboard().text())

    def _put(self, text: str) -> None:
        self.textCursor().insertText(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.ensureCursorVisible()
        self.pasted.emit(text)

    # the column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        """Lines of so many characters at the most, in the middle where there is more room."""
        column = self.fontMetrics().averageCharWidth() * self._type.length
        side = max(self._type.margin, (self.width() - column) // 2) - int(self.document().documentMargin())
        self.setViewportMargins(side, 0, max(0, side - self.verticalScrollBar().sizeHint().width()), 0)
        self.margins_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        block = self.cursorForPosition(QPoint(0, event.rect().top())).block()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        painter: QPainter | None = None
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            text = block.text()
            if text.startswith("![") and (found := placed(text)) and (image := self.thumbnail(found[0].file)):
                painter = painter or QPainter(self.viewport())
                self._paint_thumbnail(painter, image, top, height)
            block, top = block.next(), top + height
        if self._focus_on:
            painter = painter or QPainter(self.viewport())
            self._veil(painter, event.rect())
        if painter is not None:
            painter.end()

    def _veil(self, painter: QPainter, area: QRect) -> None:
        """Paper over what is not in focus, thin enough to be read through."""
        paper = self._theme.colour("paper")
        paper.setAlphaF(0.68)
        cursor = self.textCursor()
        here = cursor.block()
        place = self.blockBoundingGeometry(here).translated(self.contentOffset())
        wide = float(self.viewport().width())
        painter.fillRect(QRectF(0, area.top(), wide, min(area.bottom() + 1.0, place.top()) - area.top()), paper)
        painter.fillRect(QRectF(0, place.bottom(), wide, max(0.0, area.bottom() + 1 - place.bottom())), paper)
        if self._focus_on != "sentence":
            return
        start, end = sentence(here.text(), cursor.positionInBlock())
        for number in range(here.layout().lineCount()):
            line = here.layout().lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            row = QRectF(0, place.top() + line.y(), wide, line.height())
            if end <= first or start >= last:
                painter.fillRect(row, paper)
                continue
            left = place.left() + _x(line, max(first, start))
            right = place.left() + _x(line, min(end, last))
            painter.fillRect(QRectF(0, row.top(), left, row.height()), paper)
            painter.fillRect(QRectF(right, row.top(), wide - right, row.height()), paper)

    def _paint_thumbnail(self, painter: QPainter, image: QImage, top: float, height: float) -> None:
        width, tall = THUMBNAIL
        place = QRectF(self.viewport().width() - width - 4, top + (height - tall) / 2, width, tall)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image, crop(image, width / tall))


def sentence(text: str, place: int) -> tuple[int, int]:
    """The sentence of a paragraph in which a place lies, as its first unit, in Qt's count, and the one after its last."""
    at = characters(text, place)
    found = sentences(text)
    start, end = next((span for span in found if span[0] <= at < span[1]), found[-1] if found else (0, 0))
    return units(text, start), units(text, end)


def _x(line: QTextLine, place: int) -> float:
    found: Any = line.cursorToX(place)  # with some versions of Qt's bindings the place comes back too
    return float(found[0] if isinstance(found, tuple) else found)
