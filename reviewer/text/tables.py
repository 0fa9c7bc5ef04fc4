"""Tables in Markdown as rows of cells: read, lined up, walked through, with rows and columns added and taken out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from reviewer.text.spans import blanked, code_spans

_RULE = re.compile(r"^[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
RULE_ROW = 1


@dataclass(frozen=True)
class Table:
    """Cells by rows, the first the heading; `sides` says of each column whether it stands left, right, in the middle, or
    as it comes (empty). The rule between heading and rows is no row."""

    rows: tuple[tuple[str, ...], ...]
    sides: tuple[str, ...]

    @classmethod
    def read(cls, lines: list[str]) -> Table:
        """The table that some lines are; rows that are too short are filled up."""
        rows = [_cells(line) for number, line in enumerate(lines) if number != RULE_ROW]
        sides = [_side(cell) for cell in _cells(lines[RULE_ROW])]
        width = max(len(sides), *map(len, rows))
        return cls(tuple((*row, *[""] * (width - len(row))) for row in rows), (*sides, *[""] * (width - len(sides))))

    def lines(self) -> list[str]:
        """The table with its columns lined up."""
        widths = [max(3, *(_width(row[n]) for row in self.rows)) for n in range(len(self.sides))]
        rule = [_rule(side, width) for side, width in zip(self.sides, widths, strict=True)]
        made = [_line(row, self.sides, widths) for row in self.rows]
        return [made[0], f"| {' | '.join(rule)} |", *made[1:]]

    def with_row(self, place: int) -> Table:
        """An empty row before a row; the heading stays the first."""
        place = max(1, place)
        empty = ("",) * len(self.sides)
        return replace(self, rows=(*self.rows[:place], empty, *self.rows[place:]))

    def without_row(self, place: int) -> Table:
        """A row taken out; the heading stays."""
        return replace(self, rows=self.rows[:place] + self.rows[place + 1 :]) if place > 0 else self

    def with_column(self, place: int) -> Table:
        """An empty column before a column."""
        rows = tuple((*row[:place], "", *row[place:]) for row in self.rows)
        return Table(rows, (*self.sides[:place], "", *self.sides[place:]))

    def without_column(self, place: int) -> Table:
        """A column taken out; the last one stays."""
        if len(self.sides) < 2:
            return self
        rows = tuple(row[:place] + row[place + 1 :] for row in self.rows)
        return Table(rows, self.sides[:place] + self.sides[place + 1 :])

    def aligned(self, place: int, side: str) -> Table:
        """A column set ``left``, ``right``, ``middle`` or, with an empty word, as it comes."""
        return replace(self, sides=(*self.sides[:place], side, *self.sides[place + 1 :]))


def is_table(lines: list[str]) -> bool:
    """Whether lines are a table as Python-Markdown reads one: a heading, and below it the rule with as many columns."""
    return (
        len(lines) > 1 and bool(_RULE.match(lines[RULE_ROW])) and len(_cells(lines[0])) == len(_cells(lines[RULE_ROW]))
    )


def cell_at(line: str, place: int) -> int:
    """The cell in which a place of a line lies."""
    bars = _bars(line)
    inner = bars[1:] if bars and not line[: bars[0]].strip() else bars
    return sum(bar < place for bar in inner)


def cell_span(line: str, cell: int) -> tuple[int, int]:
    """The words of a cell in a line as `Table.lines` writes it."""
    bars = _bars(line)
    start, end = bars[cell] + 1, bars[cell + 1]
    words = line[start:end]
    left = len(words) - len(words.lstrip())
    return (start + left, start + len(words.rstrip())) if words.strip() else (start + 1, start + 1)


def step(table: Table, line: int, cell: int, by: int) -> tuple[Table, int, int]:
    """The next cell from a line of a table (or the one before): the table, with a row more where it ended, line and cell."""
    row = line if line < RULE_ROW else line - 1
    cell = min(cell, len(table.sides) - 1)
    at = row * len(table.sides) + cell + by if line != RULE_ROW else len(table.sides) - (by < 0)
    at = max(0, at)
    if at >= len(table.rows) * len(table.sides):
        table = table.with_row(len(table.rows))
    row, cell = divmod(at, len(table.sides))
    return table, row + (row >= RULE_ROW), cell


def _bars(line: str) -> list[int]:
    plain = blanked(line, code_spans(line))
    return [n for n, sign in enumerate(plain) if sign == "|" and (n == 0 or plain[n - 1] != "\\")]


def _cells(line: str) -> tuple[str, ...]:
    bars = _bars(line)
    edges = [-1, *bars, len(line)]
    cells = [line[start + 1 : end].strip() for start, end in pairwise(edges)]
    if bars and not line[: bars[0]].strip():
        cells = cells[1:]
    if len(bars) > 1 and not line[bars[-1] + 1 :].strip():
        cells = cells[:-1]
    return tuple(cells) or ("",)


def _side(rule: str) -> str:
    left, right = rule.startswith(":"), rule.endswith(":") and len(rule) > 1
    return "middle" if left and right else "left" if left else "right" if right else ""


def _rule(side: str, width: int) -> str:
    left, right = side in ("left", "middle"), side in ("right", "middle")
    return f"{':' if left else ''}{'-' * (width - left - right)}{':' if right else ''}"


def _line(cells: tuple[str, ...], sides: tuple[str, ...], widths: list[int]) -> str:
    made = []
    for cell, side, width in zip(cells, sides, widths, strict=True):
        room = width - _width(cell)
        left = room if side == "right" else room // 2 if side == "middle" else 0
        made.append(" " * left + cell + " " * (room - left))
    return f"| {' | '.join(made)} |"


def _width(text: str) -> int:
    """How many columns a text takes in a type of fixed width."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
