"""What Reviewer adds to Python-Markdown: stills as figures, mentions of films, spoilers, task lists."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from reviewer.text.asides import INLINE_SPOILER, NOTE, without_notes
from reviewer.text.blocks import Picture, still_path

OPEN, DONE = "☐", "☑"
"""The boxes of a task list's items."""
_REMOTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.I)


class Stills(Treeprocessor):
    """An image alone in its paragraph becomes a figure with caption and credit; any still gets its alternative text."""

    pictures: Mapping[str, Picture] = {}

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.asked: set[str] = set()

    def run(self, root: ET.Element) -> None:
        self.asked.update(still_path(image.get("src", "")) for image in root.iter("img"))
        for parent in root.iter():
            for place, child in enumerate(parent):
                if child.tag == "p" and (image := _alone(child)) is not None:
                    picture = self.pictures.get(still_path(image.get("src", "")))
                    if picture is not None:
                        parent[place] = self.figure(child, image, picture)
        for image in root.iter("img"):
            if _REMOTE.match(image.get("src", "")):
                image.set("alt", f"{image.get('alt') or 'A picture'}: {image.get('src')} is not loaded here.")
            picture = self.pictures.get(still_path(image.get("src", "")))
            if picture is not None and picture.alt and not image.get("alt"):
                image.set("alt", picture.alt)

    def figure(self, paragraph: ET.Element, image: ET.Element, picture: Picture) -> ET.Element:
        figure = ET.Element("figure", {"class": "still"})
        figure.tail = paragraph.tail
        image.tail = None
        image.attrib.pop("title", None)
        figure.append(image)
        if picture.caption or picture.credit or picture.badge:
            figure.append(caption(picture))
        return figure


def caption(picture: Picture) -> ET.Element:
    """The line under a figure."""
    line = ET.Element("figcaption")
    for name, words in (("caption", picture.caption), ("credit", picture.credit)):
        if words:
            span = ET.SubElement(line, "span", {"class": name})
            span.text = AtomicString(words)
            span.tail = " "
    if picture.badge:
        badge = ET.SubElement(line, "span", {"class": f"rights {picture.badge_kind}"})
        badge.text = AtomicString(picture.badge)
    return line


def _alone(paragraph: ET.Element) -> ET.Element | None:
    children = list(paragraph)
    if len(children) != 1 or children[0].tag != "img" or (paragraph.text or "").strip():
        return None
    return None if (children[0].tail or "").strip() else children[0]


class Tasks(Treeprocessor):
    """Items that begin with ``[ ]`` or ``[x]`` are tasks, as in GitHub Flavored Markdown 0.29, section 5.3."""

    MARK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")

    def run(self, root: ET.Element) -> None:
        for item in root.iter("li"):
            first = item if (item.text or "").strip() or not len(item) or item[0].tag != "p" else item[0]
            mark = self.MARK.match(first.text or "")
            if mark is None:
                continue
            item.set("class", "task")
            box = ET.Element("span", {"class": "box"})
            box.text = AtomicString(OPEN if mark[1] == " " else DONE)
            box.tail = " " + (first.text or "")[mark.end() :]
            first.text = ""
            first.insert(0, box)


class Mention(InlineProcessor):
    """``[[Gattaca (1997)]]`` names a film that the library may hold a review of."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]
        cite = ET.Element("cite", {"class": "mention"})
        cite.text = AtomicString(m[1].strip())
        return cite, m.start(0), m.end(0)


class Spoiler(BlockProcessor):
    """Lines that begin with ``>!`` are hidden until the reader opens them; inside is ordinary Markdown."""

    LINE = re.compile(r"(?m)^ {0,3}>! ?(?![^\n]*\S!<)")

    def test(self, parent: ET.Element, block: str) -> bool:
        return bool(self.LINE.match(block))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        inside = 0
        while inside < len(lines) and self.LINE.match(lines[inside]):
            inside += 1
        details = ET.SubElement(parent, "details", {"class": "spoiler"})
        ET.SubElement(details, "summary").text = "Spoiler"
        self.parser.parseChunk(details, "\n".join(self.LINE.sub("", line, count=1) for line in lines[:inside]))
        rest = "\n".join(lines[inside:])
        if rest.strip():
            blocks.insert(0, rest)


class HiddenWords(InlineProcessor):
    """``>!words!<`` inside a line are hidden until the reader opens them."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]
        span = ET.Element("span", {"class": "spoiler"})
        span.text = m[1]
        return span, m.start(0), m.end(0)


class NotesToOneself(Preprocessor):
    """``%% notes %%`` go nowhere: not into the preview, not into a post. In fenced code, which is gone by now, they stay."""

    def run(self, lines: list[str]) -> list[str]:
        return without_notes(lines) if any(NOTE in line for line in lines) else lines


class FilmExtension(Extension):
    """Stills, mentions, spoilers, notes and tasks, together."""

    def extendMarkdown(self, md: Markdown) -> None:
        self.stills = Stills(md)
        md.treeprocessors.register(self.stills, "stills", 5)
        md.treeprocessors.register(Tasks(md), "tasks", 21)  # before inline marks, where [x] could be a link
        md.inlinePatterns.register(Mention(r"\[\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,200})\]\]", md), "mention", 172)
        md.inlinePatterns.register(HiddenWords(INLINE_SPOILER, md), "hidden-words", 171)
        md.preprocessors.register(NotesToOneself(md), "notes", 24)
        md.parser.blockprocessors.register(Spoiler(md.parser), "spoiler", 25)


class TracingParser(BlockParser):
    """Parses like Python-Markdown's own parser and notes from which source line each top-level element came.

    Processors keep talking to the parser they were made with; only the outermost walk is done here.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        self.first_lines: list[tuple[str, ET.Element]] = []

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:
        self.first_lines = []
        while blocks:
            first = blocks[0].lstrip("\n").split("\n", 1)[0]
            before = len(parent)
            for processor in self.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
            self.first_lines += [(first, element) for element in parent[before:]]
