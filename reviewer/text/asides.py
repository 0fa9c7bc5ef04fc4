"""What is not for every reader: notes to oneself between ``%%``, and spoilers in a block (``>!``) or a line (``>!…!<``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.text.spans import blanked, code_spans, without_code

NOTE = "%%"
_INLINE = re.compile(r"%%[^\n]{1,2000}?%%")
INLINE_SPOILER = r">!(?=\S)([^\n]{1,2000}?)(?<=\S)!<"
_SPOILER_LINE = re.compile(r"^ {0,3}>! ?(.*)$", re.M)
_COMMENT = re.compile(r"<!--(?!more-->|\s*more\s*-->).{0,5000}?-->", re.S)


@dataclass(frozen=True)
class Aside:
    """A note or a spoiler: its words and its line, counted from 1."""

    words: str
    line: int


def note_end(lines: Sequence[str], at: int) -> int | None:
    """The line after a note that fills the lines from `at` on; None where none begins there, or it is never closed."""
    first = lines[at].rstrip()
    if not first.startswith(NOTE):
        return None
    if len(first) > 2 * len(NOTE) and first.endswith(NOTE):
        return at + 1 if NOTE not in first[2:-2] else None
    if NOTE in first[2:]:
        return None
    return next((n + 1 for n in range(at + 1, len(lines)) if lines[n].rstrip().endswith(NOTE)), None)


def without_notes(lines: Sequence[str]) -> list[str]:
    """Lines without the notes in them; a line that held nothing else is empty."""
    out, at = [], 0
    while at < len(lines):
        end = note_end(lines, at)
        if end is not None:
            out += [""] * (end - at)
            at = end
            continue
        out.append(_without_inline(lines[at]))
        at += 1
    return out


def _without_inline(line: str) -> str:
    if NOTE not in line:
        return line
    for found in reversed(list(_INLINE.finditer(blanked(line, code_spans(line))))):
        before, after = line[: found.start()], line[found.end() :]
        line = before + (after[1:] if before.endswith(" ") and after.startswith(" ") else after)
    return line


def notes(text: str) -> list[Aside]:
    """Notes to oneself, comments included, but for the mark ``<!--more-->`` that parts an excerpt from the rest."""
    plain = without_code(text)
    lines, found, at = plain.split("\n"), [], 0
    while at < len(lines):
        end = note_end(lines, at)
        if end is not None:
            found.append(Aside(" ".join("\n".join(lines[at:end]).strip("% \n").split()), at + 1))
            at = end
            continue
        found += [Aside(m[0].strip("% "), at + 1) for m in _INLINE.finditer(lines[at])]
        at += 1
    found += [Aside(m[0][4:-3].strip(), plain.count("\n", 0, m.start()) + 1) for m in _COMMENT.finditer(plain)]
    return sorted(found, key=lambda note: note.line)


def spoilers(text: str) -> list[Aside]:
    """What is hidden from readers until they open it, a line or a place at a time."""
    plain = without_code(text)
    places = [(m.start(), m[1]) for m in (*_SPOILER_LINE.finditer(plain), *re.finditer(INLINE_SPOILER, plain))]
    return [Aside(words.removesuffix("!<").strip(), plain.count("\n", 0, at) + 1) for at, words in sorted(places)]
