"""Code in a text, found in one pass however the text is made."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

_TICKS = re.compile(r"`+")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def code_spans(line: str) -> list[tuple[int, int]]:
    """Code between backticks in one line, marks included: a run of backticks ends at the next run of the same length."""
    if "`" not in line:
        return []
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(line)]
    places: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        places[end - start].append(start)
    found, at = [], 0
    for start, end in runs:
        if start < at or (start and line[start - 1] == "\\"):
            continue
        same = places[end - start]
        following = bisect_right(same, start)
        if following < len(same):
            at = same[following] + end - start
            found.append((start, at))
    return found


def blanked(line: str, spans: list[tuple[int, int]]) -> str:
    """A line with some spans blanked out, every other character in its place."""
    parts, at = [], 0
    for start, end in spans:
        parts += [line[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, line[at:]])


def without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""
    if "`" not in text and "~~~" not in text:
        return text
    return "\n".join(blanked(line, code_spans(line)) for line in without_fences(text.split("\n")))


def without_fences(lines: list[str]) -> list[str]:
    """The lines with fenced code blanked out, marks included."""
    kept, fence = [], ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence or mark:
            closes = mark is not None and mark[1].startswith(fence) and line.strip() == mark[1]
            fence = ("" if closes else fence) if fence else mark[1] if mark else ""
            kept.append(" " * len(line))
        else:
            kept.append(line)
    return kept
