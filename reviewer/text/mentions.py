"""Films named in a text, and stills placed in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from reviewer.text.blocks import still_path
from reviewer.text.spans import without_code

_LINKED = re.compile(r"\[\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,200})\]\]")
_TITLE = re.compile(r"^(?P<title>.+?)\s*\((?P<year>(?:18|19|20|21)\d\d)\)$")
_YEAR = re.compile(r"\s\((?P<year>(?:18|19|20|21)\d\d)\)")
_BEFORE = re.compile(
    r"(?:[A-Z0-9À-Þ][\w’'&.:-]*)(?:[ ,]{1,3}(?:[A-Z0-9À-Þ][\w’'&.:-]*|of|the|a|an|and|as|at|by|from|in|on|or|for|to|with|de|la|le|du|des|el|y|et))*$"
)
_STARTS = re.compile(r"(?<![\w’'&.:-])[A-Z0-9À-Þ]")
_OPENS_SENTENCE = re.compile(
    r"(?:As|Like|Just|Even|Not|So|Much) (?:in|with|of|for|like|did)\b|(?:Unlike|Although|Though|Compared|Whereas|Besides|Despite|Cf)\b"
)
"""Words with a capital that begin a sentence and hardly a title: “As in Gattaca (1997)”."""
_BRACKETED = re.compile(
    r"^ {0,3}\[[^\]\n]{1,500}\]:.*$|\[[^\]\n]{0,500}\](?:[(\[][^)\]\n]{0,1000}[)\]])?|<!--[\s\S]*?-->|<[^<>\n]{1,500}>",
    re.M,
)
"""Definitions, words of links, comments and HTML, in which no mention is linked."""
_MOST_TITLE = 120
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]\[\n]{0,1000})\]\(\s{0,9}(?:<(?P<angled>[^<>\n]{1,1000})>|(?P<plain>[^\s)]{1,1000}))"
    r"(?:\s{1,9}[\"'][^\n]{0,500}?[\"'])?\s{0,9}\)"
)


@dataclass(frozen=True)
class Mention:
    """A film named in the text. `linked` says that it stands in double brackets. `line` counts from 1 in the text."""

    title: str
    year: int | None
    linked: bool
    line: int

    @property
    def name(self) -> str:
        """As a text names it."""
        return film_name(self.title, self.year)


@dataclass(frozen=True)
class Placed:
    """An image in the text: the still's path as a record has it, its place and its line, counted from 1."""

    file: str
    start: int
    end: int
    line: int


def film(name: str) -> tuple[str, int | None]:
    """``Gattaca (1997)`` as title and year; the year is None where there is none."""
    found = _TITLE.match(name.strip())
    return (found["title"], int(found["year"])) if found else (name.strip(), None)


def film_name(title: str, year: int | None) -> str:
    """A film as reviews name it: ``Gattaca (1997)``."""
    return f"{title} ({year})" if year else title


def mentions(text: str) -> list[Mention]:
    """Films named in double brackets or as ``Title (Year)``, each once, in order."""
    plain = without_code(text)
    starts = [0, *(found.end() for found in re.finditer("\n", plain))]
    return each_once(
        Mention(*film(name), linked, bisect_right(starts, place))
        for place, name, linked in sorted((*_linked(plain), *_named(plain)))
    )


def each_once(mentions: Iterable[Mention]) -> list[Mention]:
    """Each film once, with its first line; linked where one of its mentions is."""
    found: dict[tuple[str, int | None], Mention] = {}
    for one in mentions:
        key = (one.title.casefold(), one.year)
        if key not in found:
            found[key] = one
        elif one.linked and not found[key].linked:
            found[key] = replace(one, line=found[key].line)
    return list(found.values())


def _linked(text: str) -> Iterator[tuple[int, str, bool]]:
    for found in _LINKED.finditer(text):
        yield found.start(), found[1], True


def _named(text: str) -> Iterator[tuple[int, str, bool]]:
    """Capitalised words before a year in brackets, looked for from the year back."""
    for year in _YEAR.finditer(text):
        begin = max(0, year.start() - _MOST_TITLE, text.rfind("\n", 0, year.start()) + 1)
        near = text[begin : year.start()]
        for start in _STARTS.finditer(near):
            if _OPENS_SENTENCE.match(near, start.start()):
                continue
            if (words := _BEFORE.match(near, start.start())) is not None:
                yield begin + words.start(), f"{words[0]} ({year['year']})", False
                break


def linked_first(text: str, known: Callable[[str, int | None], bool]) -> str:
    """The text with double brackets around the first mention of each film that is `known` and stands in none yet.

    Words of links and pictures, headings' own brackets, code and HTML are left as they are.
    """
    plain = without_code(text)
    there = {(title.casefold(), year) for _, name, _ in _linked(plain) for title, year in (film(name),)}
    taken = [found.span() for pattern in (_BRACKETED, _LINKED) for found in pattern.finditer(plain)]
    made, at = [], 0
    for start, name, _ in sorted(_named(plain)):
        title, year = film(name)
        key = (title.casefold(), year)
        if key in there or start < at or any(a <= start < b for a, b in taken) or not known(title, year):
            continue
        there.add(key)
        end = start + len(name)
        made += [text[at:start], "[[", text[start:end], "]]"]
        at = end
    return "".join([*made, text[at:]])


def named_spans(line: str) -> list[tuple[int, int]]:
    """Where a line names films as ``Title (Year)`` without brackets around them."""
    if "(" not in line:
        return []
    plain = without_code(line)
    spans = [(start, start + len(name)) for start, name, _ in _named(plain)]
    linked = [found.span() for found in _LINKED.finditer(plain)]
    return [(start, end) for start, end in spans if not any(a <= start < b for a, b in linked)]


def placed(text: str) -> list[Placed]:
    """Images in the text, in order."""
    plain = without_code(text)
    return [
        Placed(still_path(m["angled"] or m["plain"]), m.start(), m.end(), plain.count("\n", 0, m.start()) + 1)
        for m in _IMAGE.finditer(plain)
    ]


def image_markup(file: str) -> str:
    """The Markdown that places a still: angle brackets where the path has blanks or brackets."""
    return f"![](<{file}>)" if re.search(r"[\s()<>]", file) else f"![]({file})"
