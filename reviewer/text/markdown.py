"""Markdown to HTML in top-level blocks, each with the line of the source it came from.

The preview, the HTML export and the posts share this one renderer: Python-Markdown with its ``extra`` features, plain
lists and the program's own additions. The HTML comes out cleaned: no script, no style, no frame, no form, no event.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import nh3
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension, FootnotePostTreeprocessor, FootnoteTreeprocessor
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from reviewer.text.blocks import Block, Picture
from reviewer.text.extensions import FilmExtension, TracingParser

_BETWEEN = "\n\x1d\n"
_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
    ),
    *("div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
    *("kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr"),
}
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align", "style"},
    "th": {"colspan", "rowspan", "align", "scope", "style"},
    "col": {"span"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto"}
_TAKEN_BACK = re.compile(r"^\*\[[^\]]*\][ ]?:[ ]*\n?[ ]*(?:''|\"\")[ ]*$", re.M)
_LOOSE = re.compile(r"^(?:.*>)?[ \t]*\n[ ]{0,3}:[ \t]", re.M)
_PLACEHOLDER = re.compile("^\x02wzxhzdk:(\\d+)\x03$")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_NOTE = re.compile(r"\[\^([^\]]*)\]")
_FAR = 4000
_SENTINEL = "Hereafter"
_AFTER = f"\n\n{_SENTINEL}"
"""Stands in for what follows a chunk, since blank lines and raw HTML look at it."""


@dataclass(frozen=True)
class Definitions:
    """What a text defines for its other parts: link references, footnotes and abbreviations, in their order."""

    references: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.references or self.footnotes or self.abbreviations)


@dataclass(frozen=True)
class Part:
    """A part of a text, rendered: its blocks with their lines, and all that these hang on outside of it.

    `needs` answers for other `Definitions` and pictures what this part would use of them: where the answer is the one it
    was rendered with, it need not be rendered again. `plain` is False where the part cannot be rendered by itself.
    """

    html: tuple[str, ...]
    lines: tuple[int, ...]
    defines: Definitions
    uses: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    used: tuple[object, ...]
    notes: tuple[str, ...] = ()
    plain: bool = True

    def needs(self, given: Definitions, pictures: Mapping[str, Picture], source: str) -> tuple[object, ...]:
        """What the part uses of definitions and pictures."""
        return _needs(given, pictures, source, *self.uses)


def _needs(
    given: Definitions,
    pictures: Mapping[str, Picture],
    source: str,
    references: Iterable[str],
    notes: Iterable[str],
    images: Iterable[str],
) -> tuple[object, ...]:
    order = {name: number for number, name in enumerate(given.footnotes)} if notes else {}
    return (
        tuple(given.references.get(name) for name in references),
        tuple(order.get(name) for name in notes),
        tuple(pair for pair in given.abbreviations.items() if pair[0] in source),
        tuple(pictures.get(path) for path in images),
    )


class _Looked(dict[str, tuple[str, str | None]]):
    """References that remember which of them were asked for."""

    asked: set[str]

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


class Renderer:
    """Renders texts one after another; keeps cleaned pieces, so that what did not change costs little."""

    def __init__(self) -> None:
        self._film = FilmExtension()
        self._notes, self._abbreviations = FootnoteExtension(), AbbrExtension()
        self._md = Markdown(
            extensions=[
                FencedCodeExtension(),
                self._notes,
                AttrListExtension(),
                DefListExtension(),
                TableExtension(),
                self._abbreviations,
                MarkdownInHtmlExtension(),
                SaneListExtension(),
                self._film,
            ],
            output_format="html",
        )
        own = (FootnoteTreeprocessor, FootnotePostTreeprocessor)
        self._inner = [step for step in self._md.treeprocessors if not isinstance(step, own)]
        self._cleaned: dict[str, str] = {}

    # the whole

    def render(self, text: str, pictures: Mapping[str, Picture] | None = None) -> list[Block]:
        """The text as cleaned blocks in order. Nesting beyond Python's own depth raises `RecursionError`."""
        self._film.stills.pictures = pictures or {}
        source = text.replace("\x1d", " ")
        if not source.strip():
            self._md.reset()
            return []
        root, places = self._parse(source)
        return self._blocks(self._pieces(root, self._md.treeprocessors), places)

    def _parse(self, source: str) -> tuple[ET.Element, list[int]]:
        self._md.reset()
        lines = source.split("\n")
        for preprocessor in self._md.preprocessors:
            lines = preprocessor.run(lines)
        parser = TracingParser(self._md)
        root: ET.Element = parser.parseDocument(lines).getroot()  # type: ignore[assignment]
        return root, self._places(source, parser)

    def _pieces(self, root: ET.Element, steps: Iterable[Treeprocessor]) -> list[str]:
        for treeprocessor in steps:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        joined = _BETWEEN.join(self._md.serializer(child) for child in root)
        for postprocessor in self._md.postprocessors:
            joined = postprocessor.run(joined)
        return joined.split(_BETWEEN)

    # a part

    def definitions(self, source: str, last: bool) -> Definitions:
        """What a chunk of a text defines."""
        self._parse(source if last else source + _AFTER)
        return self._defined()

    def _defined(self) -> Definitions:
        return Definitions(dict(self._md.references), dict(self._notes.footnotes), dict(self._abbrs()))

    def part(self, source: str, last: bool, given: Definitions, pictures: Mapping[str, Picture]) -> Part:
        """A chunk as it is rendered inside a text with these definitions; `last` says that nothing follows it."""
        self._film.stills.pictures = pictures
        root, places = self._parse(source if last else source + _AFTER)
        defined = self._defined()
        plain = _is_plain(source, defined)
        if not last:
            plain = plain and len(root) > 0 and root[-1].tag == "p" and root[-1].text == _SENTINEL
            if len(root):
                root.remove(root[-1])
                places.pop()
        looked = self._give(given)
        pieces = self._pieces(root, self._inner) if len(root) else []
        notes = tuple(dict.fromkeys(_NOTE.findall(source)))
        references, images = tuple(looked.asked), tuple(self._film.stills.asked)
        blocks = self._blocks(pieces, places, keep=False)
        return Part(
            tuple(block.html for block in blocks),
            tuple(block.line for block in blocks),
            defined,
            (references, notes, images),
            _needs(given, pictures, source, references, notes, images),
            self._counted_notes(),
            plain,
        )

    def footnotes(self, given: Definitions, pictures: Mapping[str, Picture]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The footnotes at the end of a text with these definitions as HTML, and the notes they refer to themselves."""
        self._film.stills.pictures = pictures
        self._md.reset()
        self._give(given)
        pieces = self._pieces(ET.Element("div"), self._md.treeprocessors)
        return tuple(html for html in map(clean, pieces) if html), self._counted_notes()

    def _give(self, given: Definitions) -> _Looked:
        looked = _Looked(given.references)
        looked.asked = set()
        self._md.references = looked  # type: ignore[assignment]
        self._notes.footnotes = OrderedDict(given.footnotes)
        self._abbrs().clear()
        self._abbrs().update(given.abbreviations)
        self._film.stills.asked.clear()
        return looked

    def _abbrs(self) -> dict[str, str]:
        found: dict[str, str] = self._abbreviations.abbrs  # type: ignore[attr-defined]
        return found

    def _counted_notes(self) -> tuple[str, ...]:
        """Each reference to a footnote, as often as it was made."""
        return tuple(name for name, count in self._notes.found_refs.items() for _ in range(count))

    def is_open(self, source: str) -> bool:
        """Whether raw HTML in a text goes on after its end."""
        self._md.reset()
        lines = (source + _AFTER).split("\n")
        for preprocessor in self._md.preprocessors:
            lines = preprocessor.run(lines)
        return next((line for line in reversed(lines) if line.strip()), "") != _SENTINEL

    # blocks and their places

    def _blocks(self, pieces: list[str], places: list[int], keep: bool = True) -> list[Block]:
        last = places[-1] if places else 1
        places = places + [last] * (len(pieces) - len(places))
        kept: dict[str, str] = {}
        blocks = []
        for piece, line in zip(pieces, places, strict=False):
            html = kept[piece] = self._cleaned.get(piece) or clean(piece)
            if html:
                blocks.append(Block(line, html))
        if keep:
            self._cleaned = kept
        return blocks

    def _places(self, source: str, parser: TracingParser) -> list[int]:
        """The source line of each top-level element, found by looking for its first line from the last place on."""
        lines = [line.strip() for line in source.expandtabs(self._md.tab_length).split("\n")]
        at, places = 0, []
        for first, _ in parser.first_lines:
            at = self._find(lines, first.strip(), at)
            places.append(at + 1)
        return places

    def _find(self, lines: list[str], first: str, at: int) -> int:
        placeholder = _PLACEHOLDER.match(first)
        wanted = first
        if placeholder:
            stashed = self._md.htmlStash.rawHtmlBlocks[int(placeholder[1])]
            wanted = stashed.lstrip().split("\n", 1)[0].strip() if isinstance(stashed, str) else ""
        fenced = placeholder and wanted.startswith("<pre")
        for n in range(at, min(len(lines), at + _FAR)):
            if (
                lines[n] == wanted
                or (fenced and _FENCE.match(lines[n]))
                or (placeholder and wanted and lines[n].startswith(wanted))
            ):
                return n
        return at


def _is_plain(source: str, defined: Definitions) -> bool:
    """Whether a chunk keeps to itself.

    Not where notes hold stashed HTML or definitions of their own, where an abbreviation is taken back, and where a
    definition stands after a blank line: it draws in the paragraph before it, and that the list before it.
    """
    held = (*defined.footnotes.values(), *(part or "" for pair in defined.references.values() for part in pair))
    return (
        "///Footnotes" not in source
        and not _TAKEN_BACK.search(source)
        and not _LOOSE.search(source)
        and not any("]:" in text for text in defined.footnotes.values())
        and not any(STX in text for text in (*held, *defined.abbreviations.values()))
    )


_STASHED = {2: None, 3: None}
"""Python-Markdown marks what it has put aside with these two; in odd texts it forgets to take them away."""


def clean(html: str) -> str:
    """HTML with what could run, load or look like the program itself taken out."""
    return nh3.clean(
        html.translate(_STASHED),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
        attribute_filter=_inside,
    ).strip()


def _inside(tag: str, name: str, value: str) -> str | None:
    """Images only from beside the text: an address with a scheme or a host is no still. No link to another computer's files."""
    if tag == "a" and name == "href" and value.strip().startswith("\\\\"):
        return None
    if tag == "img" and name == "src" and (re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", value.strip(), re.I)):
        return None
    return value
