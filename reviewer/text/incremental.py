"""The text of one window, kept rendered: after an edit only the chunks that it touched are rendered anew.

The blocks are byte for byte those of `Renderer.render`, which stays the judge: see `Kept.judge`. Where chunks cannot be
rendered by themselves (a footnote that is referred to twice, HTML that reaches over chunks) the whole is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from reviewer.text import counts
from reviewer.text.blocks import Edit, Picture
from reviewer.text.chunks import chunk_end, is_fence
from reviewer.text.markdown import Definitions, Part, Renderer
from reviewer.text.mentions import Mention, each_once, mentions

_MOST_KEPT = 4000
_LONG = 2000
_ODD = re.compile("[\x02\x03\x1d\r]")
_TAG_OPEN = re.compile(r"""<[a-zA-Z/!?](?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+\Z|&#(?!\d+;|[xX][0-9a-fA-F]+;)""")
_COMMENT_OPEN = re.compile(r"<!--(?!.*?--!?>)", re.S)
_HTML = re.compile(r"<[a-zA-Z/!?]|--!?>")


@dataclass(slots=True)
class Chunk:
    """A part of the text that renders by itself, and what is known of it. `line` counts from 0."""

    source: str
    lines: int
    last: bool
    defines: Definitions
    part: Part | None = None
    words: int = 0
    outline: list[tuple[int, int, str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    reaches_out: bool = False
    has_html: bool = False
    seen: int = -1


@dataclass(slots=True)
class Rendered:
    """A rendered text: its blocks in order, and the line of the text, counted from 1, that each came from."""

    html: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class Kept:
    """A text, its chunks and their rendering."""

    def __init__(self, begins: Callable[[int, bool], None] = lambda line, long: None) -> None:
        """`begins` is told the line of the text, counted from 1, at which work begins, and whether it may be long."""
        self._begins = begins
        self._renderer = Renderer()
        self.lines: list[str] = [""]
        self.size = 0
        self._chunks: list[Chunk] = []
        self._known: dict[tuple[str, bool], Chunk] = {}
        self._given = Definitions()
        self._pictures: Mapping[str, Picture] = {}
        self._around = 0
        self._notes: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None
        self._split_all = True
        self._avoided: set[str] = set()
        self.whole = False

    # the text

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def put(self, text: str) -> None:
        """Take another text."""
        self.lines = text.split("\n")
        self.size = _units(self.lines)
        self._split_all = True

    @property
    def by_parts_only(self) -> bool:
        """Whether some of the text is shown as it is typed, so that rendering the whole would take too long."""
        return any(chunk.source in self._avoided for chunk in self._chunks)

    def avoid(self, lines: list[int]) -> None:
        """Show the chunks that hold these lines, counted from 1, as they are typed: they take too long to render."""
        begin = 0
        while begin < len(self.lines):
            end = chunk_end(self.lines, begin, lambda _: False)
            if any(begin < line <= end for line in lines):
                self._avoided.add("\n".join(self.lines[begin:end]))
            begin = end

    def edit(self, edit: Edit) -> None:
        """Take out lines and put others in."""
        first, gone, new = edit
        old = self.lines[first : first + gone]
        self.lines[first : first + gone] = new
        self.size += _units(new) - _units(old)
        if self._split_all or any(map(is_fence, old)) or any(map(is_fence, new)):
            self._split_all = True
        else:
            self._split_around(first, gone, len(new))

    def _split_around(self, first: int, gone: int, came: int) -> None:
        """Take the text apart anew from the chunk before an edit until a chunk begins where one began before."""
        begin, starts = 0, []
        for chunk in self._chunks:
            starts.append(begin)
            begin += chunk.lines
        place = next((n for n in reversed(range(len(starts))) if starts[n] <= first), 0)
        place = max(0, place - 1)
        shift = came - gone
        ends = {start + shift: n for n, start in enumerate(starts) if n > place and start >= first + gone}
        made, at = [], starts[place] if starts else 0
        goal = len(self._chunks)
        while at < len(self.lines):
            end = self._end(at)
            made.append(self._chunk(at, end))
            at = end
            if at in ends:
                goal = ends[at]
                break
        self._chunks[place:goal] = made
        self._mark_last()

    def _split(self) -> None:
        self._chunks, at = [], 0
        while at < len(self.lines):
            end = self._end(at)
            self._chunks.append(self._chunk(at, end))
            at = end
        self._split_all = False

    def _end(self, at: int) -> int:
        self._begins(at + 1, False)
        return chunk_end(self.lines, at, self._is_open)

    def _is_open(self, source: str) -> bool:
        return source not in self._avoided and self._renderer.is_open(source)

    def _mark_last(self) -> None:
        """Only the last chunk is rendered as one that nothing follows."""
        for n, chunk in enumerate(self._chunks):
            if chunk.last != (n == len(self._chunks) - 1):
                self._chunks[n] = self._find(chunk.source, chunk.lines, not chunk.last)

    def _chunk(self, start: int, end: int) -> Chunk:
        source = "\n".join(self.lines[start:end])
        self._begins(start + 1, len(source) > _LONG)
        return self._find(source, end - start, end == len(self.lines))

    def _find(self, source: str, lines: int, last: bool) -> Chunk:
        key = source, last
        chunk = self._known.get(key)
        if chunk is None:
            if len(self._known) > _MOST_KEPT + len(self._chunks):
                self._known = {(c.source, c.last): c for c in self._chunks}
            chunk = self._known[key] = self._look(source, lines, last)
        return chunk

    def _look(self, source: str, lines: int, last: bool) -> Chunk:
        if source in self._avoided:
            return Chunk(source, lines, last, Definitions())
        return Chunk(
            source,
            lines,
            last,
            self._renderer.definitions(source, last) if "]:" in source or "] :" in source else Definitions(),
            words=counts.words(source),
            outline=counts.outline(source),
            mentions=mentions(source),
            reaches_out=bool(_TAG_OPEN.search(source) or _COMMENT_OPEN.search(source)),
            has_html=bool(_HTML.search(source)),
        )

    # the blocks

    def blocks(self, pictures: Mapping[str, Picture]) -> Rendered:
        """The whole text as blocks, rendered where it has to be."""
        if self._split_all:
            self._split()
        given = self._gather()
        around = (given, tuple(given.footnotes), pictures)
        if around != (self._given, tuple(self._given.footnotes), self._pictures):
            self._given, self._pictures = given, dict(pictures)
            self._around += 1
        if len(self._chunks) == 1 and not self._chunks[0].source.strip():
            return Rendered()
        found = self._assemble()
        self.whole = found is None
        self._begins(1, True)
        return self.judge() if found is None else found

    def judge(self) -> Rendered:
        """The whole text rendered in one piece."""
        blocks = self._renderer.render(self.text, self._pictures)
        return Rendered([block.html for block in blocks], [block.line for block in blocks])

    def _gather(self) -> Definitions:
        """The definitions of all chunks, later ones over earlier ones, in the order of their first appearance."""
        given = Definitions()
        for chunk in self._chunks:
            if chunk.defines:
                given.references.update(chunk.defines.references)
                given.footnotes.update(chunk.defines.footnotes)
                given.abbreviations.update(chunk.defines.abbreviations)
        return given

    def _assemble(self) -> Rendered | None:
        """All blocks with their lines; None where the text has to be rendered whole."""
        if self._reaches_over():
            return None
        found = Rendered()
        cited: list[str] = []
        line, around = 0, self._around
        for chunk in self._chunks:
            part = chunk.part if chunk.seen == around else self._part(chunk, line)
            if part is None or not part.plain:
                return None
            found.html += part.html
            if len(part.lines) == 1:
                found.lines.append(line + part.lines[0])
            else:
                found.lines += [line + at for at in part.lines]
            if part.notes:
                cited += part.notes
            line += chunk.lines
        notes, inner = self._footnotes()
        cited += inner
        if len(set(cited)) < len(cited):
            return None
        found.lines += [found.lines[-1] if found.lines else 1] * len(notes)
        found.html += notes
        return found

    def _part(self, chunk: Chunk, line: int) -> Part | None:
        """A chunk's rendering among the definitions and pictures of now; None where it holds signs of the renderer's own."""
        if _ODD.search(chunk.source):
            return None
        part = chunk.part
        if chunk.source in self._avoided:
            part = chunk.part = _as_typed(chunk.source)
        elif part is None or part.used != part.needs(self._given, self._pictures, chunk.source):
            self._begins(line + 1, len(chunk.source) > _LONG)
            part = chunk.part = self._renderer.part(chunk.source, chunk.last, self._given, self._pictures)
        chunk.seen = self._around
        return part

    def _reaches_over(self) -> bool:
        """Whether a tag or comment that one chunk leaves open meets HTML in a later one."""
        open_ = False
        for chunk in self._chunks:
            if open_ and chunk.has_html:
                return True
            open_ = open_ or chunk.reaches_out
        return False

    def _footnotes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not self._given.footnotes:
            return (), ()
        if self._notes is None or self._notes[0] != self._around:
            self._notes = (self._around, *self._renderer.footnotes(self._given, self._pictures))
        return self._notes[1], self._notes[2]

    # figures

    def words(self) -> int:
        return sum(chunk.words for chunk in self._chunks)

    def outline(self) -> list[tuple[int, int, str]]:
        """Headings as (line counted from 1, level, words)."""
        found, line = [], 0
        for chunk in self._chunks:
            if chunk.outline:
                found += [(line + at, level, words) for at, level, words in chunk.outline]
            line += chunk.lines
        return found

    def mentions(self) -> list[Mention]:
        """Films named in the text, each once."""
        found, line = [], 0
        for chunk in self._chunks:
            found += [replace(one, line=line + one.line) for one in chunk.mentions]
            line += chunk.lines
        return each_once(found)


def _as_typed(source: str) -> Part:
    """A chunk that is not rendered."""
    nothing = ((), (), ())
    return Part((f'<pre class="as-typed">{escape(source)}</pre>',), (1,), Definitions(), nothing, (*nothing, ()))


def _units(lines: list[str]) -> int:
    """Characters as Qt counts them, with one for each line end."""
    return len(lines) + sum(
        len(line) if line.isascii() else len(line.encode("utf-16-le", "replace")) // 2 for line in lines
    )
