"""Scales and marks: what a mark may be, how it reads, and what it is worth beside one on another scale.

Marks are kept as typed. The common value (0 to 100) only sorts, compares and suggests; it is never written to a file.
Letters are worth what Metacritic's published conversion gives them (A+ and A 100, B+ 83, ... F 0).
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.review.values import Mark, Review

LETTERS = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F")
_LETTER_WORTH = dict(zip(LETTERS, (100, 100, 91, 83, 75, 67, 58, 50, 42, 33, 25, 17, 0), strict=True))
_THUMB_WORTH = {"up": 100, "down": 0}


class BadMark(ValueError):
    """A value that its scale does not have; the message says what it does have."""


@dataclass(frozen=True)
class Scale:
    """What marks may be. A numeric scale runs from 0 to `best` in steps of `step`; others list their `labels`."""

    name: str
    title: str
    best: float = 0
    step: float = 0
    labels: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        return not self.labels

    def read(self, text: str) -> Mark:
        """The mark that `text` names (``4``, ``3,5``, ``3½``, ``b+``). Raises `BadMark` with what is allowed."""
        plain = text.strip().replace("−", "-").replace("–", "-")
        if not self.numeric:
            label = next((label for label in self.labels if label.casefold() == plain.casefold()), None)
            if label is None:
                raise BadMark(f"{self.title} are {', '.join(self.labels)}; “{text}” is none of them")
            return Mark(self.name, label)
        try:
            number = float(plain.replace("½", ".5").replace(",", "."))
        except ValueError:
            raise BadMark(f"{self.title} go from 0 to {self.best:g}; “{text}” is no number") from None
        return Mark(self.name, self.checked(number))

    def checked(self, number: float) -> float | int:
        """`number` as this scale writes it. Raises `BadMark` outside the scale or between two steps."""
        if not 0 <= number <= self.best or (number / self.step) % 1:
            raise BadMark(
                f"{self.title} go from 0 to {self.best:g} in steps of {self.step:g}; {number:g} is none of them"
            )
        return int(number) if number == int(number) else number

    def text(self, value: float | int | str) -> str:
        """The mark in words: ``4 stars``, ``3½ stars``, ``B+``, ``8/10``, ``76 %``."""
        if isinstance(value, str):
            return {"up": "Thumbs up", "down": "Thumbs down"}.get(value, value)
        if self.name == "percent":
            return f"{value:g} %"
        if self.name == "ten":
            return f"{value:g}/10"
        return f"{halves(value)} {'star' if 0 < value <= 1 else 'stars'}"


FIVE_STARS = Scale("five-stars", "Five stars", 5, 0.5)
SCALES = {
    scale.name: scale
    for scale in (
        FIVE_STARS,
        Scale("four-stars", "Four stars", 4, 0.5),
        Scale("ten", "Marks of ten", 10, 0.5),
        Scale("percent", "Per cent", 100, 1),
        Scale("letters", "Letters", labels=LETTERS),
        Scale("thumbs", "Thumbs", labels=("up", "down")),
    )
}
USUAL = "five-stars"
"""The scale that a review without a mark is offered."""


def halves(value: float) -> str:
    """A number in halves with the typographic half: 3.5 is ``3½``, 0.5 is ``½``."""
    whole = int(value)
    return f"{whole or ''}½" if value - whole == 0.5 else f"{value:g}"


def fault(mark: Mark) -> str:
    """What is wrong with a mark as read from a file; an empty string where nothing is."""
    scale = SCALES.get(mark.scale)
    if scale is None:
        return f"there is no scale “{mark.scale}”; the scales are {', '.join(SCALES)}"
    try:
        scale.read(str(mark.value))
    except BadMark as bad:
        return str(bad)
    return ""


def worth(mark: Mark) -> float | None:
    """The common value of a mark, 0 to 100, or None where the mark is not on its scale."""
    scale = SCALES.get(mark.scale)
    if scale is None or fault(mark):
        return None
    if scale.numeric:
        return 100 * float(scale.read(str(mark.value)).value) / scale.best
    table = _LETTER_WORTH if mark.scale == "letters" else _THUMB_WORTH
    return float(table[str(scale.read(str(mark.value)).value)])


def mark_on(review: Review, scale: str) -> Mark | None:
    """The review's mark on that scale, or None where it has none: not rated is not 0."""
    return next((mark for mark in review.rating if mark.scale == scale), None)


def with_mark(rating: tuple[Mark, ...], scale: str, value: float | int | str | None) -> tuple[Mark, ...]:
    """The rating with one scale's mark set, or taken away with None; a new mark comes last."""
    if value is None:
        return tuple(mark for mark in rating if mark.scale != scale)
    new = Mark(scale, value)
    if any(mark.scale == scale for mark in rating):
        return tuple(new if mark.scale == scale else mark for mark in rating)
    return (*rating, new)


def text(mark: Mark) -> str:
    """The mark in words, also when it is not on its scale."""
    scale = SCALES.get(mark.scale)
    return scale.text(mark.value) if scale else f"{mark.value} ({mark.scale})"


def line(rating: tuple[Mark, ...]) -> str:
    """All marks as one line, the second in brackets: ``4 stars (B+)``; empty where there is none."""
    words = [text(mark) for mark in rating]
    return words[0] + "".join(f" ({word})" for word in words[1:]) if words else ""


def stars(mark: Mark) -> str:
    """A star mark as signs, ``★★★½☆``-like but without the half-empty glyph that fonts lack; empty on other scales."""
    scale = SCALES.get(mark.scale)
    if scale is None or not scale.name.endswith("stars") or fault(mark):
        return ""
    value = float(mark.value)
    whole, half = int(value), value % 1 == 0.5
    return "★" * whole + "½" * half + "☆" * (int(scale.best) - whole - half)
