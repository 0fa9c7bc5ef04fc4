"""Where a Markdown text can be taken apart so that each part renders as it does inside the whole.

A part, called a chunk, begins after a blank line with a line that nothing before it can draw in: no indentation, list
mark, quotation, definition. Fenced code and raw HTML that is still open are never cut. A chunk may be larger than it
need be, never smaller; so whether a chunk begins at a line depends on that line and on the chunk before it alone, and
after an edit only the text around it has to be taken apart anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown.extensions.attr_list import get_attrs_and_remainder

from reviewer.text.asides import NOTE, note_end

_DRAWN_IN = re.compile(r"[ \t:>]|[*+-](?:[ \t]|$)|\d+\.(?:[ \t]|$)|\*\[|%%")
_DEFINITION = re.compile(r" {0,3}:[ \t]")
_FENCE = re.compile(
    r"(?P<fence>~{3,}|`{3,})[ ]*(?:\{(?P<attrs>.*)\}|(?:\.?[\w#.+-]*[ ]*)?(?:hl_lines=(?P<q>[\"']).*?(?P=q)[ ]*)?)$"
)
_MOST_TRIES = 8

IsOpen = Callable[[str], bool]
"""Whether raw HTML is still open at the end of a text."""


def is_blank(line: str) -> bool:
    """Whether a line parts blocks; a no-break space is no blank."""
    return not line.strip(" \t")


def is_fence(line: str) -> bool:
    """Whether a line could open or close fenced code or a note to oneself."""
    return line.startswith(("```", "~~~", NOTE)) or (NOTE in line and line.rstrip().endswith(NOTE))


def chunk_end(lines: Sequence[str], start: int, is_open: IsOpen) -> int:
    """The line after the chunk that begins at `start`; blank lines after a chunk belong to it."""
    count, at = len(lines), start
    while at < count and is_blank(lines[at]):
        at += 1
    asked, tries = start, 0
    while at < count:
        if is_fence(lines[at]) and (end := _fence_end(lines, at)):
            at = end
            continue
        if not is_blank(lines[at]):
            at += 1
            continue
        while at < count and is_blank(lines[at]):
            at += 1
        if at == count or not _begins(lines, at):
            continue
        if any("<" in line for line in lines[start:at]):
            if tries and not any(">" in line for line in lines[asked:at]):
                continue
            if tries > _MOST_TRIES:
                return count
            asked = at
            if is_open("\n".join(lines[start:at])):
                tries += 1
                continue
        return at
    return count


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether nothing before a line that follows a blank one can draw it in."""
    first = lines[at]
    if _DRAWN_IN.match(first) or not first.strip():
        return False
    defines = first.startswith("[")
    while at < len(lines) and not is_blank(lines[at]):
        if (defines and "]:" in lines[at]) or _DEFINITION.match(lines[at]):
            return False
        at += 1
    return True


def _fence_end(lines: Sequence[str], at: int) -> int | None:
    """The line after fenced code, or a note, that begins at a line; None where it is never closed or no fence."""
    if lines[at].startswith(NOTE):
        return note_end(lines, at)
    found = _FENCE.match(lines[at].expandtabs(4))
    if found is None or (found["attrs"] is not None and get_attrs_and_remainder(found["attrs"])[1]):
        return None
    fence = found["fence"]
    for n in range(at + 1, len(lines)):
        if lines[n].startswith(fence) and lines[n].expandtabs(4).rstrip(" ") == fence:
            return n + 1
    return None
