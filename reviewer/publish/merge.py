"""Three versions of a post brought together: what the last export wrote, what the next would write, what stands in the blog.

The front matter is compared key by key, so that keys which a theme or another program added stay; the text is compared
line by line, and where both changed a line, word by word (diff3, as in Khanna, Kunal and Pierce, 2007).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewer.publish.site import plain_yaml

_KEY = re.compile(r"""["']?([\w.-]+)["']?\s*[:=](?:\s|$)""")
_SECTION = re.compile(r"\[+[^\]]+\]+\s*$")
PIECES = re.compile(r"\S+\s*|\s+")
"""Words with the blanks after them: blanks alone are so many that finding their like would take minutes."""


@dataclass(frozen=True)
class Merged:
    """The three brought together; `conflicts` names what both sides changed, and then `text` is None."""

    text: str | None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """A post taken apart: the mark above its header, the header's lines, the mark below it, and the text."""

    opening: str
    header: tuple[str, ...]
    closing: str
    text: str


def parts(post: str) -> Parts:
    """Front matter in YAML or TOML, or Pelican's plain header, and the text below it."""
    for fence in ("---", "+++"):
        found = re.match(rf"{re.escape(fence)}[ \t]*\n(.*?\n|){re.escape(fence)}[ \t]*(?:\n|\Z)", post, re.S)
        if found is not None:
            return Parts(f"{fence}\n", tuple(found[1].splitlines()), f"{fence}\n", post[found.end() :])
    if re.match(r"[A-Z][\w-]*: ", post):
        header, blank, text = post.partition("\n\n")
        return Parts("", tuple(header.splitlines()), "\n" if blank else "", text)
    return Parts("", (), "", post)


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Bring three versions of a post together."""
    was, new, there = parts(base), parts(ours), parts(theirs)
    header, conflicts = _headers(was.header, new.header, there.header)
    lines, apart = merge_pieces(*(part.text.splitlines(keepends=True) for part in (was, new, there)))
    text = lines
    if apart:
        text, apart = merge_pieces(*(PIECES.findall(part.text) for part in (was, new, there)))
    conflicts += tuple(apart)
    if conflicts:
        return Merged(None, conflicts)
    frame = new if header else there
    above = frame.opening + "".join(f"{line}\n" for line in header) + frame.closing
    return Merged(above + "".join(text))


def merge_pieces(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Three versions of a sequence merged, and what both sides changed differently (then the merged one is not whole)."""
    mine, yours = _pairs(base, ours), _pairs(base, theirs)
    merged: list[str] = []
    conflicts: list[str] = []
    at = (0, 0, 0)
    stable = [(n, mine[n], yours[n]) for n in range(len(base)) if n in mine and n in yours]
    for then in [*stable, (len(base), len(ours), len(theirs))]:
        was, new, there = (list(side[a:b]) for side, a, b in zip((base, ours, theirs), at, then, strict=True))
        if new in (was, there):
            merged += there
        elif there == was:
            merged += new
        else:
            conflicts.append(" ".join("".join(there or was).split())[:80])
        if then[0] < len(base):
            merged.append(base[then[0]])
        at = (then[0] + 1, then[1] + 1, then[2] + 1)
    return merged, conflicts


def _pairs(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    return {a + n: b + n for a, b, size in alike(one, other) for n in range(size)}


def alike(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs that two sequences share, in order: where in the one, where in the other, how long. Most edits are local, so what
    is the same at both ends is not searched."""
    most = min(len(one), len(other))
    head = next((n for n in range(most) if one[n] != other[n]), most)
    tail = next((n for n in range(most - head) if one[-1 - n] != other[-1 - n]), most - head)
    middle = SequenceMatcher(None, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False)
    found = [(0, 0, head), *((head + m.a, head + m.b, m.size) for m in middle.get_matching_blocks())]
    return [run for run in (*found, (len(one) - tail, len(other) - tail, tail)) if run[2]]


# front matter


def _headers(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    was, new, there = _keyed(base), _keyed(ours), _keyed(theirs)
    made: dict[str, list[str]] = {}
    conflicts: list[str] = []
    for key in new:
        chosen = _chosen(was.get(key), new[key], there.get(key))
        if chosen is None:
            conflicts.append(key)
        elif chosen:
            made[key] = chosen
    order = list(made)
    before = ""
    for key, lines in there.items():
        if key not in new and key not in was:
            order.insert(order.index(before) + 1 if before in order else len(order), key)
            made[key] = lines
        elif key not in new and not _same(lines, was[key]):
            conflicts.append(key)
        before = key
    return [line for key in order for line in made[key]], tuple(conflicts)


def _chosen(was: list[str] | None, new: list[str], there: list[str] | None) -> list[str] | None:
    """One key's lines out of three versions: empty where it was taken away, None where both sides changed it."""
    if there is None:
        return new if was is None else [] if _same(new, was) else None
    if was is not None and _same(new, was):
        return there
    if _same(new, there):
        return there
    if was is not None and _same(there, was):
        return new
    return None


def _keyed(lines: Sequence[str]) -> dict[str, list[str]]:
    """A header by its keys at the first level; a comment is a key of its own, a TOML table holds its lines."""
    found: dict[str, list[str]] = {}
    key, table = "", False
    for line in lines:
        if _SECTION.match(line):
            key, table = line.strip(), True
        elif not table and (name := _KEY.match(line)):
            key = name[1]
        elif line.startswith("#"):
            key = line
        found.setdefault(key, []).append(line)
    return found


def _same(one: list[str], other: list[str]) -> bool:
    """Whether two versions of a key say the same, however they are written."""
    if one == other:
        return True
    values = [plain_yaml("\n".join(lines)) for lines in (one, other)]
    return bool(values[0]) and values[0] == values[1]
