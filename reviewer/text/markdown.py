"""Markdown to HTML in top-level blocks, each with the line of the source it came from.

The preview, the HTML export and the posts share this one renderer: Python-Markdown with its ``extra`` features, plain
lists and the program's own additions. The HTML comes out cleaned: no script, no style, no frame, no form, no event.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import nh3
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

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
_PLACEHOLDER = re.compile("^\x02wzxhzdk:(\\d+)\x03$")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_FAR = 4000


class Renderer:
    """Renders texts one after another; keeps cleaned pieces, so that what did not change costs little."""

    def __init__(self) -> None:
        self._film = FilmExtension()
        self._md = Markdown(
            extensions=[
                FencedCodeExtension(),
                FootnoteExtension(),
                AttrListExtension(),
                DefListExtension(),
                TableExtension(),
                AbbrExtension(),
                MarkdownInHtmlExtension(),
                SaneListExtension(),
                self._film,
            ],
            output_format="html",
        )
        self._cleaned: dict[str, str] = {}

    def render(self, text: str, pictures: Mapping[str, Picture] | None = None) -> list[Block]:
        """The text as cleaned blocks in order. Nesting beyond Python's own depth raises `RecursionError`."""
        self._md.reset()
        self._film.stills.pictures = pictures or {}
        source = text.replace("\x1d", " ")
        if not source.strip():
            return []
        lines = source.split("\n")
        for preprocessor in self._md.preprocessors:
            lines = preprocessor.run(lines)
        parser = TracingParser(self._md)
        root: ET.Element = parser.parseDocument(lines).getroot()  # type: ignore[assignment]
        places = self._places(source, parser)
        for treeprocessor in self._md.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        joined = _BETWEEN.join(self._md.serializer(child) for child in root)
        for postprocessor in self._md.postprocessors:
            joined = postprocessor.run(joined)
        pieces = joined.split(_BETWEEN)
        return self._blocks(pieces, places) if len(root) else []

    def _blocks(self, pieces: list[str], places: list[int]) -> list[Block]:
        last = places[-1] if places else 1
        places = places + [last] * (len(pieces) - len(places))
        kept: dict[str, str] = {}
        blocks = []
        for piece, line in zip(pieces, places, strict=False):
            html = kept[piece] = self._cleaned.get(piece) or clean(piece)
            if html:
                blocks.append(Block(line, html))
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


def clean(html: str) -> str:
    """HTML with what could run, load or look like the program itself taken out."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
        attribute_filter=_inside,
    ).strip()


def _inside(tag: str, name: str, value: str) -> str | None:
    """Images only from beside the text: an address with a scheme or a host is no still."""
    if tag == "img" and name == "src" and (re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", value.strip(), re.I)):
        return None
    return value
