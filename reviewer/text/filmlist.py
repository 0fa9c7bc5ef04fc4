"""A list post's films: headings of its text, each with a mark, a still and words of the writer's below it.

```
Words before.

## 1. [[Gattaca (1997)]]

*4 stars (B+)*

![](stills/gattaca.jpg)

What the writer says about it.

---

Words after.
```

The films are the run of headings of one level that name a film in double brackets; the run ends at another heading of that level
or above it, or at a line across the page. Only headings and lines of marks are ever written anew; all other words are the
writer's and go where their film goes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviewer.review.folding import folded
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.text.mentions import film, film_name, image_markup
from reviewer.text.spans import without_fences

LEVEL = 2
"""The level of the headings of a new list."""
_HEADING = re.compile(r"^(?P<signs>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$")
_FILM = re.compile(r"^(?:\d{1,4}[.)][ \t]+)?\[\[(?P<name>(?:[^\]\[\n]|\[[^\]\[\n]*\]){1,200})\]\]$")
_PICTURE = re.compile(r"^!\[[^\]]*\]\((?:<[^>]*>|[^)\s]*)\)[ \t]*$")
_ACROSS = re.compile(r"^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$")
_MARK = re.compile(r"^(?P<sign>[*_])(?P<words>[^*_\n]{1,200})(?P=sign)$")
_TWO_MARKS = re.compile(r"^(?P<first>.{1,80}?) \((?P<second>.{1,80})\)$")
GONE = "No longer found by the search:"
"""What stands above the words about films that left the list."""


@dataclass(frozen=True)
class Item:
    """A film of a list: its title and year, its marks as a line of words, and what the writer says about it, in Markdown."""

    title: str
    year: int | None = None
    mark: str = ""
    words: str = ""

    @property
    def name(self) -> str:
        """As the heading names it."""
        return film_name(self.title, self.year)

    @property
    def key(self) -> tuple[str, int | None]:
        """What tells it from other films, as its heading is read back."""
        title, year = film(self.name)
        return folded(title), year

    @property
    def blurb(self) -> str:
        """Its words without pictures."""
        return "\n".join(line for line in self.words.split("\n") if not _PICTURE.match(line)).strip()


@dataclass(frozen=True)
class Listing:
    """A text taken apart: the words before its films, the films in the order in which they stand, the words after."""

    before: str = ""
    items: tuple[Item, ...] = ()
    after: str = ""
    level: int = LEVEL

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items)


def take_apart(text: str, scales: Scales = BUILT_IN) -> Listing:
    """The films of a text with what stands around them. A text without any is all words before."""
    lines = text.split("\n")
    heads = _heads(lines)
    first = next((n for n, (_, _, name) in enumerate(heads) if name), None)
    if first is None:
        return Listing(text.strip("\n"))
    level, end, run = heads[first][1], len(lines), []
    for line, its_level, name in heads[first:]:
        if its_level < level or (its_level == level and not name):
            end = line
            break
        if its_level == level:
            run.append((line, name))
    end = _across(lines, run[-1][0], end)
    marks = _known(scales)
    ends = [*(line for line, _ in run[1:]), end]
    items = tuple(_item(name, lines[line + 1 : stop], marks) for (line, name), stop in zip(run, ends, strict=True))
    return Listing(_joined(lines[: run[0][0]]), items, _joined(lines[end:]), level)


def _heads(lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Headings: their line from 0, their level, and the film that they name; empty where they name none."""
    found = []
    for number, line in enumerate(without_fences(list(lines))):
        if (head := _HEADING.match(line)) is not None:
            named = _FILM.match(head["words"])
            found.append((number, len(head["signs"]), named["name"] if named else ""))
    return found


def _across(lines: Sequence[str], start: int, end: int) -> int:
    """Where the last film ends: at a line across the page below it, else with the run."""
    plain = without_fences(list(lines))
    return next((n for n in range(start + 1, end) if _ACROSS.match(plain[n]) and not plain[n - 1].strip()), end)


def _known(scales: Scales) -> frozenset[str]:
    return frozenset(scale.text(value) for scale in scales for value in scale.values)


def _item(name: str, lines: Sequence[str], marks: Collection[str]) -> Item:
    title, year = film(name)
    rest = _joined(lines)
    top, _, below = rest.partition("\n")
    found = _MARK.match(top.strip())
    if found is not None and not below.split("\n")[0].strip() and _is_mark(found["words"], marks):
        return Item(title, year, found["words"], below.strip("\n"))
    return Item(title, year, "", rest)


def _is_mark(words: str, marks: Collection[str]) -> bool:
    two = _TWO_MARKS.match(words)
    return words in marks or (two is not None and two["first"] in marks and two["second"] in marks)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


def put_together(listing: Listing, order: str = "ranked") -> str:
    """The text of a list whose films count as `order` says: ``ranked`` from 1, ``countdown`` to 1, ``plain`` not at all."""
    count, signs = len(listing.items), "#" * listing.level
    parts = [listing.before]
    for place, item in enumerate(listing.items):
        number = {"ranked": f"{place + 1}. ", "countdown": f"{count - place}. "}.get(order, "")
        parts += [f"{signs} {number}[[{item.name}]]", f"*{item.mark}*" if item.mark else "", _closed(item.words)]
    parts.append(listing.after)
    return "\n\n".join(part for part in parts if part) + "\n"


def _closed(words: str) -> str:
    """Words whose code is closed, so that it does not swallow the film that comes after them."""
    fence = ""
    for line in words.split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
    return f"{words}\n{fence}" if fence else words


def rewritten(text: str, listing: Listing, order: str, scales: Scales = BUILT_IN) -> str:
    """The text with these films. Where it says all that already, it stays as it is, byte for byte."""
    made = put_together(listing, order)
    now = take_apart(text, scales)
    return text if now.items and made == put_together(now, order) and _numbers(text) == _numbers(made) else made


def _numbers(text: str) -> list[str]:
    lines = text.split("\n")
    return [lines[line] for line, _, name in _heads(lines) if name]


def brought_in_step(listing: Listing, found: Sequence[Item]) -> tuple[Listing, tuple[Item, ...], tuple[Item, ...]]:
    """The list with the films that were found, in their order, with the films that came and those that went.

    What the writer said about a film stays with it; words about films that went are kept as a note to oneself after the list. A
    film whose line of marks she took out has none afterwards either.
    """
    there: dict[tuple[str, int | None], list[Item]] = {}
    for item in listing.items:
        there.setdefault(item.key, []).append(item)
    items, came = [], []
    for new in found:
        twins = there.get(new.key, [])
        old = next((one for one in twins if one.words == new.words), twins[0] if twins else None)
        if old is None:
            came.append(new)
            items.append(new)
        else:
            twins.remove(old)
            mark = new.mark if old.mark and new.mark else old.mark
            items.append(dataclasses.replace(old, title=new.title, year=new.year, mark=mark))
    left = {id(item) for twins in there.values() for item in twins}
    went = tuple(item for item in listing.items if id(item) in left)
    return (
        dataclasses.replace(listing, items=tuple(items), after=_with_words_of(went, listing.after)),
        tuple(came),
        went,
    )


def _with_words_of(went: Sequence[Item], after: str) -> str:
    """The words after the list with notes to oneself about films that went, line by line as they were."""
    notes = [f"%% {GONE} {item.name}\n\n{item.blurb.replace('%%', '%')}\n\n%%" for item in went if item.blurb]
    return "\n\n".join([after or "---", *notes]) if notes else after


def new_item(title: str, year: int | None, mark: str, excerpt: str, still: str = "") -> Item:
    """A film as it comes into a list: its marks, the still of a path beside the list post, and a first sentence."""
    words = "\n\n".join(part for part in (image_markup(still) if still else "", excerpt.strip()) if part)
    return Item(title, year, mark, words)
