"""Scales and marks: what a mark may be, how it reads, and what it is worth beside one on another scale.

Marks are kept as typed. The common value (0 to 100) only sorts, compares and suggests; it is never written to a file.
Letters are worth what Metacritic's published conversion gives them (A+ and A 100, B+ 83, ... F 0); each table is the writer's
to edit.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reviewer.review.values import Mark, Review

LETTER_SCALE = "letters"
LETTERS = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F")
_LETTER_WORTH = tuple(
    zip(LETTERS, (100.0, 100.0, 91.0, 83.0, 75.0, 67.0, 58.0, 50.0, 42.0, 33.0, 25.0, 17.0, 0.0), strict=True)
)
MOST_DRAWN = 10
"""Signs that a mark is drawn with at the most."""
APART = 10.0
"""Points of the common value by which two marks may differ before it is worth a word: what half a star is worth."""


class BadMark(ValueError):
    """A value that its scale does not have; the message says what it does have."""


class BadScale(ValueError):
    """A scale that cannot be; the message says why, and what to write instead."""


@dataclass(frozen=True)
class Scale:
    """What marks may be. A numeric scale runs from `worst` to `best` in steps of `step`; others list their `labels`, the best
    first.

    `symbol` is the sign that a mark is drawn with, one a whole. `form` is how it reads: ``{n}`` the number with halves as
    ``½``, ``{value}`` as typed, ``{best}``, ``{signs}``; after a ``|`` stands the form for more than one. `table` gives
    common values (0 to 100): for each label, or for some numbers, between which it is even.
    """

    name: str
    title: str
    best: float = 0
    step: float = 0
    labels: tuple[str, ...] = ()
    worst: float = 0
    symbol: str = ""
    form: str = "{value}"
    table: tuple[tuple[str, float], ...] = ()

    @property
    def numeric(self) -> bool:
        return not self.labels

    @property
    def starred(self) -> bool:
        """Whether marks can be drawn as stars and picked by clicking them."""
        return (
            self.symbol == "★" and self.numeric and not self.worst and self.best <= MOST_DRAWN and self.step in (0.5, 1)
        )

    @property
    def values(self) -> tuple[float | int | str, ...]:
        """Every mark of the scale, the worst first."""
        if not self.numeric:
            return tuple(reversed(self.labels))
        return tuple(
            self._written(self.worst + n * self.step) for n in range(round((self.best - self.worst) / self.step) + 1)
        )

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
            raise BadMark(f"{self.title} go from {self.worst:g} to {self.best:g}; “{text}” is no number") from None
        return Mark(self.name, self.checked(number))

    def checked(self, number: float) -> float | int:
        """`number` as this scale writes it. Raises `BadMark` outside the scale or between two steps."""
        steps = (number - self.worst) / self.step
        if not self.worst <= number <= self.best or abs(steps - round(steps)) > 1e-9:
            raise BadMark(
                f"{self.title} go from {self.worst:g} to {self.best:g} in steps of {self.step:g}; {number:g} is none of them"
            )
        return self._written(number)

    def _written(self, number: float) -> float | int:
        plain = round(number, 6)
        return int(plain) if plain == int(plain) else plain

    def text(self, value: float | int | str) -> str:
        """The mark in words: ``4 stars``, ``3½ stars``, ``B+``, ``8/10``, ``76 %``."""
        one, _, more = self.form.partition("|")
        number = value if isinstance(value, (int, float)) else None
        known = {
            "value": f"{value:g}" if number is not None else str(value),
            "n": halves(number) if number is not None else str(value),
            "best": f"{self.best:g}",
            "signs": self.signs(number) if number is not None else str(value),
        }
        form = one if not more or (number is not None and 0 < number <= 1) else more
        return re.sub(r"\{(value|n|best|signs)\}", lambda found: known[found[1]], form) or str(value)

    def signs(self, value: float) -> str:
        """The mark as signs: 3.5 is ``★★★½``; its number where the scale has no sign."""
        if not self.symbol or self.best > MOST_DRAWN or value < 0:
            return f"{value:g}"
        return self.symbol * int(value) + ("½" if value % 1 >= 0.5 else "") or "0"

    def worth(self, value: float | int | str) -> float:
        """The common value of a mark that is on the scale, 0 to 100."""
        points = dict(self.table)
        if not self.numeric:
            even = 100 * (1 - self.labels.index(str(value)) / max(1, len(self.labels) - 1))
            return points.get(str(value), even)
        ends = {self.worst: 0.0, self.best: 100.0} | {float(key): worth for key, worth in points.items()}
        known, number = sorted(ends.items()), float(value)
        for (low, a), (high, b) in itertools.pairwise(known):
            if number <= high:
                return a + (b - a) * (number - low) / (high - low)
        return known[-1][1]

    def nearest(self, worth: float) -> float | int | str:
        """The mark whose common value is nearest; of two that are as near the lower one."""
        return min(self.values, key=lambda value: (round(abs(self.worth(value) - worth), 9), self.worth(value)))

    def reach(self, value: float | int | str) -> tuple[float, float] | None:
        """The common values to which this mark is the nearest: more than the first, up to the second. None where it is to none,
        because another mark counts for the same."""
        worth = self.worth(value)
        if self.nearest(worth) != value:
            return None
        worths = sorted({self.worth(other) for other in self.values})
        at = worths.index(worth)
        low = (worths[at - 1] + worth) / 2 if at else -1.0
        return low, (worth + worths[at + 1]) / 2 if at + 1 < len(worths) else 100.0


FIVE_STARS = Scale("five-stars", "Five stars", 5, 0.5, symbol="★", form="{n} star|{n} stars")


def halves(value: float) -> str:
    """A number in halves with the typographic half: 3.5 is ``3½``, 0.5 is ``½``."""
    whole = int(value)
    return f"{whole or ''}½" if value - whole == 0.5 else f"{value:g}"


@dataclass(frozen=True)
class Scales:
    """The scales of a library: those that come along, as the writer changed them, and her own.

    `main` is the one in which numbers without a scale count; `apart` are the points of the common value by which two
    marks of one review may differ.
    """

    each: tuple[Scale, ...]
    main: str = FIVE_STARS.name
    apart: float = APART

    def __iter__(self) -> Iterator[Scale]:
        return iter(self.each)

    def __contains__(self, name: object) -> bool:
        return any(scale.name == name for scale in self.each)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(scale.name for scale in self.each)

    @property
    def usual(self) -> Scale:
        """The scale that a review without a mark is offered."""
        return self.get(self.main) or self.each[0]

    def get(self, name: str) -> Scale | None:
        """The scale of that name, or None."""
        return next((scale for scale in self.each if scale.name == name), None)

    def with_scale(self, scale: Scale) -> Scales:
        """The same scales with one put in the place of that of its name, or at the end."""
        if scale.name in self:
            return replace(self, each=tuple(scale if one.name == scale.name else one for one in self.each))
        return replace(self, each=(*self.each, scale))

    def without(self, name: str) -> Scales:
        """The same scales but for one; the last is kept, and one that came along comes back as it was."""
        usual = BUILT_IN.get(name)
        if usual is not None:
            return self.with_scale(usual)
        kept = tuple(one for one in self.each if one.name != name)
        return replace(self, each=kept or self.each, main=FIVE_STARS.name if self.main == name else self.main)

    def fault(self, mark: Mark) -> str:
        """What is wrong with a mark as read from a file; an empty string where nothing is."""
        scale = self.get(mark.scale)
        if scale is None:
            return f"there is no scale “{mark.scale}”; the scales are {', '.join(self.names)}"
        try:
            scale.read(str(mark.value))
        except BadMark as bad:
            return str(bad)
        return ""

    def worth(self, mark: Mark) -> float | None:
        """The common value of a mark, 0 to 100, or None where the mark is not on its scale."""
        scale = self.get(mark.scale)
        if scale is None or self.fault(mark):
            return None
        return scale.worth(scale.read(str(mark.value)).value)

    def worth_of(self, rating: Iterable[Mark], scale: str = "") -> float | None:
        """What a rating is worth, seen from a scale: its mark there, else its first mark that is on its scale."""
        known = {mark.scale: worth for mark in reversed(list(rating)) if (worth := self.worth(mark)) is not None}
        return known.get(scale, next(reversed(known.values()), None)) if known else None

    def counts_as(self, rating: Iterable[Mark], scale: Scale) -> float | int | str | None:
        """The mark on a scale as which a rating counts there: its own, else the nearest to its first; None without one."""
        marks = list(rating)
        own = next((mark for mark in marks if mark.scale == scale.name and not self.fault(mark)), None)
        if own is not None:
            return scale.read(str(own.value)).value
        worth = self.worth_of(marks)
        return None if worth is None else scale.nearest(worth)

    def text(self, mark: Mark) -> str:
        """The mark in words, also when it is not on its scale."""
        scale = self.get(mark.scale)
        return scale.text(mark.value) if scale else f"{mark.value} ({mark.scale})"

    def line(self, rating: tuple[Mark, ...]) -> str:
        """All marks as one line, the second in brackets: ``4 stars (B+)``; empty where there is none."""
        words = [self.text(mark) for mark in rating]
        return words[0] + "".join(f" ({word})" for word in words[1:]) if words else ""

    def starred(self, mark: Mark) -> Scale | None:
        """The scale of a mark that can be drawn as stars; None for any other."""
        scale = self.get(mark.scale)
        return scale if scale is not None and scale.starred and not self.fault(mark) else None


BUILT_IN = Scales(
    (
        FIVE_STARS,
        Scale("four-stars", "Four stars", 4, 0.5, symbol="★", form="{n} star|{n} stars"),
        Scale("ten", "Marks of ten", 10, 0.5, form="{value}/10"),
        Scale("percent", "Per cent", 100, 1, form="{value} %"),
        Scale(LETTER_SCALE, "Letters", labels=LETTERS, table=_LETTER_WORTH),
        Scale("thumbs", "Thumbs", labels=("up", "down"), form="Thumbs {value}"),
    )
)
"""The scales that come along."""


def sound(scale: Scale) -> Scale:
    """A scale that the writer made, tidied. Raises `BadScale` where marks could not be read, compared or told apart."""
    name = re.sub(r"[^a-z0-9]+", "-", scale.name.strip().casefold()).strip("-")
    if not name:
        raise BadScale("The scale has no name. Give it one of letters and digits, such as ten-hearts.")
    labels = tuple(dict.fromkeys(label.strip() for label in scale.labels if label.strip()))
    if scale.labels and len(labels) < 2:
        raise BadScale("A scale of words needs two at least, the best first.")
    if len({label.casefold() for label in labels}) < len(labels):
        raise BadScale("Two words of the scale differ by capitals only. Write others.")
    if not labels:
        if not scale.step > 0:
            raise BadScale("The step has to be more than nothing, such as 0.5.")
        if not scale.best > scale.worst:
            raise BadScale(
                f"The best mark has to be higher than the worst; {scale.best:g} is not more than {scale.worst:g}."
            )
        steps = (scale.best - scale.worst) / scale.step
        if abs(steps - round(steps)) > 1e-9:
            raise BadScale(f"Steps of {scale.step:g} from {scale.worst:g} do not reach {scale.best:g}.")
        if steps > 1000:
            raise BadScale(f"{round(steps)} steps are too many; 1,000 are the most.")
    made = replace(scale, name=name, title=scale.title.strip() or name, labels=labels, symbol=scale.symbol.strip()[:2])
    made = replace(made, form=made.form.strip() or "{value}", table=_sound_table(made))
    worths = [made.worth(value) for value in made.values]
    if any(a > b for a, b in itertools.pairwise(worths)):
        raise BadScale("In the table of common values a better mark counts for less than a worse one. Let them rise.")
    return made


def _sound_table(scale: Scale) -> tuple[tuple[str, float], ...]:
    kept = []
    for key, worth in scale.table:
        if not 0 <= worth <= 100:
            raise BadScale(f"{key} counts as {worth:g}. Common values go from 0 to 100.")
        try:
            kept.append((f"{scale.read(key).value}", float(worth)))
        except BadMark as bad:
            raise BadScale(f"The table of common values holds {key}, but {bad}.") from None
    return tuple(kept)


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


def converted(review: Review, scales: Scales, source: Scale, target: Scale, keep: bool = False) -> Review:
    """The review with its mark on one scale turned into the nearest on another, in its place, or beside it with `keep`.

    A review that has a mark on the other scale already keeps that one, and one without a mark on the first is as it was.
    """
    mark = mark_on(review, source.name)
    worth = scales.worth(mark) if mark is not None else None
    if mark is None or worth is None:
        return review
    rating = review.rating if keep else tuple(one for one in review.rating if one.scale != source.name)
    if mark_on(review, target.name) is None:
        new, at = Mark(target.name, target.nearest(worth)), review.rating.index(mark) + keep
        rating = (*rating[:at], new, *rating[at:])
    return replace(review, rating=rating)


def to_plain(scales: Scales) -> dict[str, object]:
    """What of a library's scales is not as it comes along, as plain data for settings."""
    own = [scale for scale in scales if scale != BUILT_IN.get(scale.name)]
    rows = [
        {"name": one.name, "title": one.title, "best": one.best, "step": one.step, "labels": list(one.labels), "worst": one.worst,
         "symbol": one.symbol, "form": one.form, "table": dict(one.table)}
        for one in own
    ]  # fmt: skip
    return {"each": rows, "main": scales.main, "apart": scales.apart}


def from_plain(found: object) -> Scales:
    """Scales from settings: what is missing, of the wrong type or cannot be is as it comes along."""
    content = found if isinstance(found, Mapping) else {}
    made = BUILT_IN
    rows = content.get("each")
    for row in rows if isinstance(rows, list) else ():
        scale = _from_row(row) if isinstance(row, Mapping) else None
        made = made.with_scale(scale) if scale is not None else made
    main, apart = content.get("main"), content.get("apart")
    return replace(
        made,
        main=main if isinstance(main, str) and main in made else made.main,
        apart=float(apart) if isinstance(apart, (int, float)) and 0 <= apart <= 100 else APART,
    )


def _from_row(row: Mapping[str, object]) -> Scale | None:
    labels, table = row.get("labels"), row.get("table")
    try:
        best, step, worst = (float(str(row.get(key, 0))) for key in ("best", "step", "worst"))
        name, title, symbol, form = (str(row.get(key, "")) for key in ("name", "title", "symbol", "form"))
        return sound(
            Scale(
                name,
                title,
                best,
                step,
                worst=worst,
                symbol=symbol,
                form=form,
                labels=tuple(map(str, labels)) if isinstance(labels, list) else (),
                table=tuple((str(k), float(v)) for k, v in table.items()) if isinstance(table, Mapping) else (),
            )
        )
    except (ValueError, TypeError):
        return None
