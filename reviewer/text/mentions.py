"""Films named in a text, and stills placed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.text.blocks import still_path

_LINKED = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_TITLE = re.compile(r"^(?P<title>.+?)\s*\((?P<year>(?:18|19|20|21)\d\d)\)$")
_PLAIN = re.compile(
    r"(?P<title>(?:[A-Z0-9À-Þ][\w’'&.:-]*)(?:[ ,]+(?:[A-Z0-9À-Þ][\w’'&.:-]*|of|the|a|an|and|in|on|for|to|with|de|la|le|du|des|el|y|et))*)"
    r"\s\((?P<year>(?:18|19|20|21)\d\d)\)"
)
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]\n]*)\]\(\s*(?:<(?P<angled>[^>\n]+)>|(?P<plain>[^\s)]+))(?:\s+[\"'][^\n]*?[\"'])?\s*\)"
)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Mention:
    """A film named in the text. `linked` says that it stands in double brackets. `line` counts from 1 in the text."""

    title: str
    year: int | None
    linked: bool
    line: int


@dataclass(frozen=True)
class Placed:
    """An image in the text: the still's path as a record has it, its place and its line, counted from 1."""

    file: str
    start: int
    end: int
    line: int


def without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    return _SPAN.sub(blank, _FENCED.sub(blank, text))


def film(name: str) -> tuple[str, int | None]:
    """``Gattaca (1997)`` as title and year; the year is None where there is none."""
    found = _TITLE.match(name.strip())
    return (found["title"], int(found["year"])) if found else (name.strip(), None)


def mentions(text: str) -> list[Mention]:
    """Films named in double brackets or as ``Title (Year)``, each once, in order."""
    plain = without_code(text)
    found: dict[tuple[str, int | None], Mention] = {}
    for match in sorted((*_LINKED.finditer(plain), *_PLAIN.finditer(plain)), key=lambda m: m.start()):
        linked = match.re is _LINKED
        title, year = film(match[1] if linked else f"{match['title']} ({match['year']})")
        key = (title.casefold(), year)
        line = plain.count("\n", 0, match.start()) + 1
        if key not in found or (linked and not found[key].linked):
            found[key] = Mention(title, year, linked, found[key].line if key in found else line)
    return list(found.values())


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
