"""A text by its headings: where sections begin and end, and how one changes its place with all that is in it."""

from __future__ import annotations

from collections.abc import Sequence

Heading = tuple[int, int, str]
"""The line, counted from 1, the level from 1 to 6, and the words."""


def section(headings: Sequence[Heading], number: int, count: int) -> tuple[int, int]:
    """The lines of a section with those below it, as the first and the one after the last, counted from 0."""
    line, level, _ = headings[number]
    following = next((at for at, other, _ in headings[number + 1 :] if other <= level), count + 1)
    return line - 1, following - 1


def moved(lines: Sequence[str], headings: Sequence[Heading], number: int, before: int) -> list[str]:
    """The lines with a section put before another heading, by their numbers; `before` past the last puts it at the end.

    Nothing changes where a section would go into itself. A blank line parts sections that follow each other.
    """
    start, end = section(headings, number, len(lines))
    goal = headings[before][0] - 1 if before < len(headings) else len(lines)
    if start <= goal <= end:
        return list(lines)
    taken, rest = list(lines[start:end]), [*lines[:start], *lines[end:]]
    goal -= len(taken) if goal > start else 0
    ending = [""] if lines and not lines[-1] else []
    parts = [part for part in map(_trimmed, (rest[:goal], taken, rest[goal:])) if part]
    made: list[str] = []
    for part in parts:
        made += ([""] if made else []) + part
    return made + ending


def _trimmed(lines: list[str]) -> list[str]:
    """Lines without blank ones at their ends."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []
