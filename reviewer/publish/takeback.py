"""What was changed by hand in a blog's post, taken into the review it came from, as far as its place there is sure.

A change is looked for in the review by the words around it, since the post writes some signs otherwise than the review. What
stands there more than once, or not at all, is left and named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from reviewer.publish.merge import PIECES, alike, parts
from reviewer.publish.profiles.base import BlogSettings, Profile
from reviewer.publish.site import plain_yaml
from reviewer.review.values import Review

_AROUND = (8, 4, 2)
"""Words before and after a change by which its place is looked for: first many, then fewer."""
_TEXTS = ("title", "author", "excerpt")
_LISTS = ("categories", "tags")


@dataclass(frozen=True)
class Taken:
    """The review with what could be taken in; `taken` and `left` name the changes in a few words each."""

    review: Review
    text: str
    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def take_back(review: Review, text: str, base: str, theirs: str, profile: Profile, settings: BlogSettings) -> Taken:
    """`base` is the post as the last export made it, `theirs` as it stands in the blog."""
    was, there = parts(base), parts(theirs)
    review, taken, left = _fields(review, was.header, there.header, profile, settings)
    old, new = PIECES.findall(was.text), PIECES.findall(there.text)
    for a, b, c, d in _changes(old, new):
        words = " ".join("".join(new[c:d] or old[a:b]).split())[:60] or "a blank line"
        made = _placed(text, old, a, b, new[c:d])
        if made is None:
            left.append(words)
        else:
            text = made
            taken.append(words)
    return Taken(review, text, tuple(taken), tuple(left))


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """What differs between two sequences: from and to in the old, from and to in the new."""
    found, a, c = [], 0, 0
    for start, begin, size in (*alike(old, new), (len(old), len(new), 0)):
        if start > a or begin > c:
            found.append((a, start, c, begin))
        a, c = start + size, begin + size
    return found


def _placed(text: str, old: Sequence[str], start: int, end: int, new: Sequence[str]) -> str | None:
    """The text with one change made in it; None where its place is not sure."""
    for width in _AROUND:
        before, after = old[max(0, start - width) : start], old[end : end + width]
        if not any(piece.strip() for piece in (*before, *after)):
            return None
        pattern = f"({_pattern(before)})({_pattern(old[start:end])})({_pattern(after)})"
        found = list(re.finditer(pattern, text))
        if len(found) == 1:
            one = found[0]
            return text[: one.end(1)] + "".join(_bare(piece) for piece in new) + text[one.start(3) :]
    return None


def _pattern(pieces: Sequence[str]) -> str:
    return "".join(re.escape(_bare(piece.rstrip())) + (r"\s+" if piece[-1:].isspace() else "") for piece in pieces)


def _bare(piece: str) -> str:
    """A word as the writer types it, without what a dialect needs to protect it."""
    return unescape(re.sub(r"\\([^\w\s])", r"\1", piece))


def _fields(
    review: Review, was: Sequence[str], there: Sequence[str], profile: Profile, settings: BlogSettings
) -> tuple[Review, list[str], list[str]]:
    """What was changed in the front matter under the keys of texts and lists."""
    before, now = plain_yaml("\n".join(was)), plain_yaml("\n".join(there))
    taken: list[str] = []
    left: list[str] = []
    ours = {settings.fields.get(name, profile.keys.get(name, name)): name for name in (*_TEXTS, *_LISTS)}
    for key in dict.fromkeys([*before, *now]):
        value = now.get(key)
        if value == before.get(key):
            continue
        name = ours.get(key, "")
        if name in _TEXTS and isinstance(value, str):
            changes: dict[str, Any] = {name: unescape(value)}
            review = replace(review, **changes)
            taken.append(f"{key}: {value}"[:60])
        elif name in _LISTS and isinstance(value, list) and name not in settings.forms:
            changes = {name: tuple(str(item) for item in value if isinstance(item, str))}
            review = replace(review, **changes)
            taken.append(f"{key}: {', '.join(map(str, value))}"[:60])
        elif key in before:
            left.append(key)
    return review, taken, left
