"""Footnotes in a text: from a reference to its note and back, and numbers in the order in which they are referred to."""

from __future__ import annotations

import re

from reviewer.text.spans import without_code

_ANY = re.compile(r"\[\^(?P<name>[^\]\[\n]{1,100})\](?P<note>:)?")


def other_end(text: str, place: int) -> int | None:
    """From a place in a reference, its note's words; from a place in a note, the first reference to it; else None."""
    found = list(_ANY.finditer(without_code(text)))
    here = next((m for m in found if m.start() <= place <= m.end() and not _is_note(text, m)), None)
    if here is not None:
        note = next((m for m in found if _is_note(text, m) and m["name"] == here["name"]), None)
        return None if note is None else min(len(text), note.end() + (text[note.end() : note.end() + 1] == " "))
    note = next((m for m in reversed(found) if _is_note(text, m) and m.start() <= place), None)
    if note is None or not _holds(text, note, place):
        return None
    back = next((m for m in found if not _is_note(text, m) and m["name"] == note["name"]), None)
    return None if back is None else back.end()


def _is_note(text: str, found: re.Match[str]) -> bool:
    """Whether a mark begins a note: a colon after it, and nothing but blanks before it in its line."""
    return found["note"] is not None and not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()


def _holds(text: str, note: re.Match[str], place: int) -> bool:
    """Whether a place lies in a note: in its paragraph, or in indented ones after it."""
    between = text[note.start() : place]
    return all(not part.strip() or part.startswith("    ") for part in re.split(r"\n[ \t]*\n", between)[1:])


def renumbered(text: str) -> str:
    """The text with numbered footnotes counted from 1 in the order of their references; named ones keep their names.

    The notes stand in the order of their numbers where they follow one another at the end.
    """
    found = [m for m in _ANY.finditer(without_code(text)) if m["name"].isdecimal()]
    order: dict[str, str] = {}
    for mark in (*[m for m in found if not _is_note(text, m)], *[m for m in found if _is_note(text, m)]):
        order.setdefault(mark["name"], str(len(order) + 1))
    for mark in reversed(found):
        start, end = mark.start("name"), mark.end("name")
        text = text[:start] + order[mark["name"]] + text[end:]
    return _sorted(text)


def _sorted(text: str) -> str:
    """Notes of one line each that end the text, in the order of their numbers."""
    ending = re.search(r"(?:^\[\^\d+\]:[^\n]*(?:\n+|\Z))+\Z", text, re.M)
    if ending is None:
        return text
    lines = [line for line in ending[0].split("\n") if line]
    between = "\n\n" if "\n\n" in ending[0].rstrip("\n") else "\n"
    tail = ending[0][len(ending[0].rstrip("\n")) :]
    ordered = sorted(lines, key=lambda line: int(re.match(r"\[\^(\d+)", line)[1]))  # type: ignore[index]
    return text[: ending.start()] + between.join(ordered) + tail
