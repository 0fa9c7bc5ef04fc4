"""Markdown shown as what it means: headings bold, marks pale, code in its own type. One pass a line, no look-ahead."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reviewer.text.asides import NOTE
from reviewer.text.mentions import named_spans
from reviewer.text.spans import blanked, code_spans
from reviewer.text.spelling import Speller
from reviewer.ui.text import units
from reviewer.ui.theme import Theme

_INLINE = re.compile(
    r"(?P<aside>%%.{1,2000}?%%)|(?P<hidden>>!(?=\S).{1,2000}?(?<=\S)!<)"
    r"|(?P<image>!\[[^\]\[]{0,500}\]\([^()]{0,500}\))"
    r"|(?P<mention>\[\[[^\[\]]{1,200}\]\])"
    r"|(?P<note>\[\^[^\]\[]{1,100}\]:?)"
    r"|(?P<link>\[[^\]\[]{0,500}\](?:\([^()]{0,500}\)|\[[^\]\[]{0,200}\]))"
    r"|(?P<strong>(?P<s>\*\*|__)(?=[^\s*_]).{1,500}?(?<=\S)(?P=s))"
    r"|(?P<em>(?P<e>\*|(?<!\w)_)(?=[^\s*_]).{1,500}?(?<=[^\s*_])(?P=e)(?![\w*]))"
    r"|(?P<html></?[a-zA-Z][^<>]{0,500}>|<!--.{0,500}?-->)"
    r"|(?P<escape>\\[\\`*_{}\[\]()#+\-.!|~])"
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+\S")
_MARK = re.compile(r"^[ \t]*(?:>!?[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|:[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_QUICK = re.compile(r"[`*_\[<\\!%]")
MOST = 10_000
"""Characters; in a longer line only what it begins with is shown."""
NONE, FENCED_TICKS, FENCED_TILDES, NOTED = -1, 1, 2, 3


class Highlighter(QSyntaxHighlighter):
    """Highlights one document, line by line.

    `mono` names the typeface of code and tables when there is some. `speller` underlines words that it does not know, but
    for the one at `typing`: a line, counted from 0, and the caret's place in it. `no_films` are names, without capitals,
    that look like a film's.
    """

    def __init__(self, document: QTextDocument, theme: Theme, mono: Callable[[], str]) -> None:
        super().__init__(document)
        self._theme, self._mono = theme, mono
        self.speller: Speller | None = None
        self.no_films: frozenset[str] = frozenset()
        self.typing: tuple[int, int] | None = None
        self.take_colours()

    def take_colours(self) -> None:
        """Build the formats anew from the theme; does not touch the text."""
        self._pale = self._format("third")
        self._link = self._format("accent")
        self._bold = QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.DemiBold)
        self._italic = QTextCharFormat()
        self._italic.setFontItalic(True)
        self._film = QTextCharFormat()
        self._film.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._film.setUnderlineColor(self._theme.colour("edge"))
        self._aside = self._format("third")
        self._aside.setFontItalic(True)
        self._hidden = QTextCharFormat()
        self._hidden.setBackground(self._theme.colour("hover"))
        self._misspelt = QTextCharFormat()
        self._misspelt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._misspelt.setUnderlineColor(self._theme.colour("blocks"))
        for made_late in ("_table", "_code"):
            self.__dict__.pop(made_late, None)

    @cached_property
    def _table(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFontFamilies([self._mono()])
        return made

    @cached_property
    def _code(self) -> QTextCharFormat:
        made = self._format("second")
        made.setFontFamilies([self._mono()])
        made.setFontFixedPitch(True)
        return made

    def _format(self, token: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour(token))
        return made

    def highlightBlock(self, text: str) -> None:
        if self._noted(text) or self._fenced(text) or not text:
            return
        if text.startswith("|"):
            self.setFormat(0, len(text), self._table)
        heading = _HEADING.match(text)
        if heading:
            self.setFormat(0, len(text), self._bold)
            self.setFormat(0, len(heading[1]), self._pale)
        elif mark := _MARK.match(text):
            self.setFormat(0, mark.end(), self._pale)
        if len(text) <= MOST:
            if _QUICK.search(text):
                self._inline(text)
            films = self._named(text)
        else:
            films = []
        if self.speller is not None:
            self._spell(text, self.speller, films)

    def _named(self, text: str) -> list[tuple[int, int]]:
        """Films that the line names with their year, softly: Ctrl+M links them."""
        films = [span for span in named_spans(text) if text[slice(*span)].casefold() not in self.no_films]
        for start, end in films:
            self._overlay(units(text, start), units(text, end), self._film)
        return films

    def _spell(self, text: str, speller: Speller, films: list[tuple[int, int]]) -> None:
        """Words that no dictionary has; in a film's title any word may stand."""
        line, caret = self.typing if self.typing is not None else (-1, 0)
        here = line == self.currentBlock().blockNumber()
        wide = not text.isascii()
        for start, end in speller.unknown(text):
            if any(start < stop and begin < end for begin, stop in films):
                continue
            if wide:
                start, end = units(text, start), units(text, end)
            if here and start <= caret <= end:
                continue
            self._overlay(start, end, self._misspelt)

    def _overlay(self, start: int, end: int, over: QTextCharFormat) -> None:
        """Add to the formats of a range, run by run."""
        while start < end:
            under = self.format(start)
            stop = start + 1
            while stop < end and self.format(stop) == under:
                stop += 1
            if not under.isEmpty():
                under = QTextCharFormat(under)
                under.merge(over)
                self.setFormat(start, stop - start, under)
            else:
                self.setFormat(start, stop - start, over)
            start = stop

    def _noted(self, text: str) -> bool:
        """Whether the line belongs to a note to oneself that fills lines."""
        if self.previousBlockState() == NOTED:
            self.setCurrentBlockState(NONE if text.rstrip().endswith(NOTE) else NOTED)
        elif text.startswith(NOTE) and NOTE not in text[2:] and self.previousBlockState() == NONE:
            self.setCurrentBlockState(NOTED)
        else:
            return False
        self.setFormat(0, len(text), self._aside)
        return True

    def _fenced(self, text: str) -> bool:
        """Whether the line belongs to fenced code; the state of the line before says so."""
        state = self.previousBlockState()
        fence = _FENCE.match(text) if text[:4].lstrip(" ")[:1] in ("`", "~") else None
        kind = NONE if fence is None else FENCED_TICKS if fence[1][0] == "`" else FENCED_TILDES
        if state in (FENCED_TICKS, FENCED_TILDES):
            self.setCurrentBlockState(NONE if kind == state else state)
        elif kind != NONE:
            self.setCurrentBlockState(kind)
        else:
            self.setCurrentBlockState(NONE)
            return False
        self.setFormat(0, len(text), self._code)
        return True

    def _inline(self, text: str) -> None:
        code = code_spans(text)
        for start, end in code:
            self.setFormat(start, end - start, self._code)
        for found in _INLINE.finditer(blanked(text, code) if code else text):
            start, end, kind = found.start(), found.end(), found.lastgroup
            if found["aside"]:
                self.setFormat(start, end - start, self._aside)
            elif found["hidden"]:
                self._wrap(start, end, 2, self._hidden)
            elif found["image"] or found["html"]:
                self.setFormat(start, end - start, self._code)
            elif found["mention"]:
                self.setFormat(start, end - start, self._link)
                self.setFormat(start, 2, self._pale)
                self.setFormat(end - 2, 2, self._pale)
            elif found["link"]:
                words = text.index("]", start)
                self.setFormat(start, words - start, self._link)
                self.setFormat(start, 1, self._pale)
                self.setFormat(words, end - words, self._pale)
            elif found["strong"]:
                self._wrap(start, end, 2, self._bold)
            elif found["em"]:
                self._wrap(start, end, 1, self._italic)
            elif kind in ("note", "escape"):
                self.setFormat(start, end - start, self._pale)

    def _wrap(self, start: int, end: int, marks: int, inner: QTextCharFormat) -> None:
        self._overlay(start + marks, end - marks, inner)
        self.setFormat(start, marks, self._pale)
        self.setFormat(end - marks, marks, self._pale)
