"""Writes a rendered text as Markdown that one generator's parser reads back as the very same page.

One tree goes in; a dialect is a subclass with the few things that differ. Everything that could mean something to any
Markdown parser or template engine is escaped where it stands: the rules were measured against the real generators.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reviewer.publish.tree import Node, element
from reviewer.text.extensions import DONE, OPEN

# Numeric entities where a backslash is not understood everywhere, or would not stop a template engine.
_ENTITIES = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "{": "&#123;",
    "|": "&#124;",
    "~": "&#126;",
    "$": "&#36;",
    "^": "&#94;",
    "`": "&#96;",
}
_BACKSLASHED = "\\*_[]\"'"
_INLINE = re.compile(
    r"[\\`*_\[\]\"'<>&{|~$^]|--+|\.\.\.+|==+|\+\++|:(?=[\w+-]+:|//)|(?<=\]):|(?<=www)\.(?=\w)|@(?=\w)|\xa0"
)
_LINE_START = re.compile(r"^(\s*)(?:([#+\-])|([=:])|(\d{1,9})([.)])(?=\s|$)|(!{3}))")
_PUNCTUATION = re.compile(r"[^\w\s]", re.UNICODE)
_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr", "table", "dl", "figure"),
    *("div", "section", "details"),
}


POST = "reviewer-post:"
"""Stands before the address of a link to another post: the rest is the generator's own and written as it is. No text that
was typed can hold it, since links are cleaned of schemes that are not known."""

Run = tuple[str, bool]
"""Some words of a caption, and whether they are emphasised."""


@dataclass(frozen=True)
class Image:
    """A still as the post shows it; `sizes` are the addresses of all its copies with their widths in pixels."""

    src: str
    alt: str = ""
    caption: tuple[Run, ...] = ()
    credit: tuple[Run, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()


class Writer:
    """Writes blocks and inline text. `image` gives the published picture for a source address, or None.

    `facts` are what the site's profile found out about it, where the dialect depends on that. `lost` collects the tags whose styling the dialect cannot say; the words inside stay. `curl` leaves straight quotes,
    double hyphens and three dots to the blog's own typography.
    """

    html_inline: frozenset[str] = frozenset()
    task_lists = False
    indent = 0
    """Columns that what belongs to a list's item is moved right; 0 for as many as its mark has."""
    backslashed = _BACKSLASHED
    """Signs before which a backslash is understood; the others are written as entities."""
    strikes = True
    """Whether ``~~`` strikes out; else the tag is written."""
    joins_lines = False
    """Whether a paragraph's lines are joined, since the parser would break them."""
    loose_terms = False
    """Whether a definition that holds paragraphs stands a blank line below its term."""
    nested_fences = True
    """Whether code inside a list or a quotation may stand between fences; else it is moved right."""

    def __init__(
        self,
        image: Callable[[str], Image | None],
        curl: bool = False,
        facts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._image = image
        self._curl = curl
        self.facts = facts
        self.lost: set[str] = set()
        self._notes: dict[str, Node] = {}
        self._used: set[str] = set()

    # what a dialect says its own way

    def figure(self, image: Image) -> str:
        """A picture in a block of its own, with caption and credit."""
        raise NotImplementedError

    def picture(self, image: Image) -> str:
        """A picture inside a line."""
        raise NotImplementedError

    def code(self, text: str) -> str | None:
        """Code made safe from the template engine; None where that cannot be done, and it is written as text."""
        return text

    def cell_code(self, text: str) -> str:
        """Code inside a table's cell."""
        return text

    def spoiler(self, summary: str, inner: str) -> str:
        """A block that is hidden until it is opened; without HTML, a quotation that begins with a warning."""
        words = f"**{self.escape(summary)}**\n\n{inner}"
        return "\n".join(f"> {line}" if line else ">" for line in words.split("\n"))

    def hidden_words(self, inner: str) -> str:
        """Words inside a line that are hidden: as dark as their ground until they are selected, whatever the theme."""
        return f'<span class="spoiler" style="background:currentColor">{inner}</span>'

    def box(self, done: bool) -> str:
        """What an item of a task list begins with."""
        if self.task_lists:
            return "[x]" if done else "[ ]"
        return DONE if done else OPEN

    def note(self, label: str) -> str:
        """A reference to a footnote."""
        return f"[^{label}]"

    def separator(self, before: Node) -> str:
        """What stands between two lists that follow each other."""
        raise NotImplementedError

    # blocks

    def document(self, root: Node) -> str:
        """The whole text, ending in a line end."""
        for node in root.walk():
            if "footnote" in node.classes and node.tag == "div":
                self._notes = {self._label(item.attributes.get("id", "")): item for item in _items(node)}
        parts = [self.blocks(root.children)]
        parts += self._footnotes()
        return "\n\n".join(part for part in parts if part.strip()) + "\n"

    def _footnotes(self) -> list[str]:
        """Definitions of the notes that the text refers to; a note nobody refers to is kept as a paragraph."""
        written = []
        for label, item in self._notes.items():
            self._nested += 1
            inner = self.blocks(without_backrefs(item).children)
            self._nested -= 1
            if label in self._used:
                written.append(f"[^{label}]: " + _indented(inner, 4))
            else:
                written.append(inner)
        return written

    def blocks(self, children: Sequence[Node | str]) -> str:
        """Blocks with blank lines between; stray text between blocks is a paragraph."""
        parts: list[str] = []
        loose: list[Node | str] = []
        before: Node | None = None

        def flush() -> None:
            if text := self.paragraph(loose).strip():
                parts.append(text)
            loose.clear()

        for child in children:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                loose.append(child)
                continue
            flush()
            if before is not None and parts and self._flows_on(before, child):
                parts.append(self.separator(before))
            if text := self.block(child).strip("\n"):
                parts.append(text)
                before = child
        flush()
        return "\n\n".join(part for part in parts if part)

    def _flows_on(self, before: Node, node: Node) -> bool:
        """Whether a parser would take a block for a part of the one before it."""
        return before.tag in ("ul", "ol") and node.tag in ("ul", "ol")

    def block(self, node: Node) -> str:
        """One block."""
        if node.tag[0] == "h" and node.tag[1:].isdigit():
            words = self.line(node.children)
            return "#" * self.heading(node) + " " + words if words else ""
        method = {
            "p": self._paragraph, "ul": self._list, "ol": self._list, "blockquote": self._quote, "pre": self._pre,
            "hr": self._rule, "table": self._table, "dl": self._definitions, "figure": self._figure,
            "details": self._details,
        }.get(node.tag)  # fmt: skip
        if method is not None:
            return method(node)
        return "" if "footnote" in node.classes else self.blocks(node.children)

    def heading(self, node: Node) -> int:
        """The level of a heading, 1 to 6."""
        return int(node.tag[1])

    def _rule(self, node: Node) -> str:
        return "* * *"

    def _paragraph(self, node: Node) -> str:
        images = list(node.elements("img"))
        if len(images) == 1 and len(node.elements()) == 1 and not node.text().strip():
            return self._figure(node)
        return self.paragraph(node.children)

    def paragraph(self, children: Sequence[Node | str]) -> str:
        """Inline text in which no line begins like a block."""
        text = re.sub(r"[ \t]+\n", "\n", self.inline(children)).replace("\x1e\n", "  \n")
        if self.joins_lines:
            text = re.sub(r"(?<!  )\n", " ", text)
        lines = text.split("\n")
        return "\n".join(_LINE_START.sub(_safe_start, line.lstrip(" \t")) for line in lines).strip()

    def line(self, children: Sequence[Node | str]) -> str:
        """Inline text on one line."""
        return " ".join(self.paragraph(children).replace("  \n", " ").split("\n")).strip()

    def _quote(self, node: Node) -> str:
        self._nested += 1
        inner = self.blocks(node.children)
        self._nested -= 1
        return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))

    def _list(self, node: Node) -> str:
        number = int(node.attributes.get("start", "1")) if node.attributes.get("start", "1").isdigit() else 1
        items = list(node.elements("li"))
        loose = any(item.elements("p") for item in items)
        written = []
        for item in items:
            mark = f"{number}. " if node.tag == "ol" else "- "
            self._nested += 1
            inner = self.blocks(item.children) or "<!-- -->"
            self._nested -= 1
            if not loose:
                inner = re.sub(r"\n\n(?=(?:[-*]|\d+\.) )", "\n", inner, count=1)
            written.append((mark.ljust(self.indent) + _indented(inner, max(self.indent, len(mark)))).rstrip())
            number += 1
        return ("\n\n" if loose else "\n").join(written)

    def _pre(self, node: Node) -> str:
        code = node.elements("code")
        language = next((c[9:] for n in code for c in n.classes if c.startswith("language-")), "")
        text = node.text().removesuffix("\n")
        safe = self.code(text)
        if safe is None:
            return self.paragraph([part for line in text.split("\n") for part in (line, element("br"))][:-1])
        if self._nested and not self.nested_fences:
            return "\n".join("    " + line if line.strip() else "" for line in safe.split("\n"))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        return f"{fence}{language}\n{safe}\n{fence}"

    def _table(self, node: Node) -> str:
        rows = [row for row in node.walk() if row.tag == "tr"]
        cells = [list(row.elements("th", "td")) for row in rows]
        if not cells or not cells[0]:
            return ""
        marks = {"left": ":---", "right": "---:", "center": ":---:"}
        aligned = [marks.get(_alignment(cell), "---") for cell in cells[0]]
        lines = [" | ".join(self._cell(cell) for cell in row) for row in cells]
        lines.insert(1, " | ".join(aligned))
        return "\n".join(f"| {line} |" for line in lines)

    def _cell(self, cell: Node) -> str:
        self._in_cell = True
        try:
            return self.line(cell.children) or " "
        finally:
            self._in_cell = False

    _in_cell = False
    _nested = 0

    def _definitions(self, node: Node) -> str:
        parts: list[str] = []
        loose: list[str] = []
        for child in node.elements("dt", "dd"):
            if child.tag == "dt" and not child.text().strip():
                continue
            if child.tag == "dt":
                parts.append(("\n" if parts else "") + self.line(child.children))
            elif parts:
                self._nested += 1
                apart = "\n" if self.loose_terms and child.elements("p") else ""
                parts.append(apart + ": ".ljust(self.indent) + _indented(self.blocks(child.children), 4))
                self._nested -= 1
            else:
                loose.append(self.blocks(child.children))
        return "\n\n".join([*loose, "\n".join(parts)])

    def _figure(self, node: Node) -> str:
        source = next((n.attributes for n in node.walk() if n.tag == "img"), None)
        image = self._image(source.get("src", "")) if source else None
        return self.figure(image) if image else self.blocks([n for n in node.elements() if n.tag != "img"])

    def _details(self, node: Node) -> str:
        summary = next((n.text().strip() for n in node.elements("summary")), "Spoiler")
        inner = [child for child in node.children if isinstance(child, str) or child.tag != "summary"]
        return self.spoiler(summary, self.blocks(inner))

    # inline

    def inline(self, children: Sequence[Node | str]) -> str:
        """Inline text; hard breaks end in two blanks."""
        flat = self._flat(children, frozenset(self._marks))
        out, before, opened = "", "", False
        for child in flat:
            if isinstance(child, str):
                text = self.escape(child.lstrip("\n") if out.endswith("\x1e\n") else child)
                if opened and text and not _ends_word(text[0]):
                    text = f"&#{ord(text[0])};" + text[1:]
                out, before, opened = out + text, "", False
                continue
            if child.tag not in _DELIMITERS:
                out, before, opened = out + self.span(child), "", False
                continue
            written, delimiter = self._emphasis(child, before)
            if not delimiter:
                out += written
                continue
            width = _DELIMITERS[child.tag]
            tight = delimiter in "_~" or not (written[width].isalnum() and written[-1 - width].isalnum())
            if tight and written[0] == delimiter and out and not _ends_word(out[-1]):
                out = out[:-1] + f"&#{ord(out[-1])};"
            opened = tight and written[-1] == delimiter
            before = delimiter if written[-1] == delimiter else ""
            out += written
        return out

    def _flat(self, children: Sequence[Node | str], marks: frozenset[str]) -> list[Node | str]:
        """The same text with no emphasis inside its own kind, none that is empty, and no two of a kind side by side."""
        out: list[Node | str] = []
        for child in children:
            for piece in self._pieces(child, marks):
                last = out[-1] if out else None
                if isinstance(piece, str) and isinstance(last, str):
                    out[-1] = last + piece
                elif isinstance(piece, Node) and isinstance(last, Node) and piece.tag == last.tag == "code":
                    out[-1] = Node("code", {}, [last.text() + piece.text()])
                elif isinstance(piece, Node) and isinstance(last, Node) and piece.tag == last.tag in _DELIMITERS:
                    out[-1] = Node(last.tag, {}, self._flat([*last.children, *piece.children], marks | {last.tag}))
                else:
                    out.append(piece)
        return out

    def _pieces(self, child: Node | str, marks: frozenset[str]) -> list[Node | str]:
        if isinstance(child, str):
            return [child]
        tag = {"i": "em", "b": "strong", "s": "del"}.get(child.tag, child.tag)
        if tag == "cite" and "mention" in child.classes:
            title, bracket, year = child.text().partition(" (")
            return self._flat([element("em", title), bracket + year], marks)
        if tag in _DELIMITERS:
            inner = self._flat(child.children, marks | {tag})
            bare = "".join(
                c if isinstance(c, str) else c.text() + c.tag for c in inner if not isinstance(c, Node) or c.tag != "br"
            )
            return [Node(tag, {}, inner)] if tag not in marks and bare.strip() else inner
        if tag == "span" and ("spoiler" in child.classes or _is_box(child)):
            return [child]
        if tag in ("span", "cite"):
            return self._flat(child.children, marks)
        return [child]

    def span(self, node: Node) -> str:
        """One inline element that is no emphasis."""
        tag = node.tag
        if tag == "br":
            return "\x1e\n" if not self._in_cell else " "
        if tag == "code":
            return self._code_span(node)
        if tag == "a":
            return self._link(node)
        if tag == "img":
            image = self._image(node.attributes.get("src", ""))
            return self.picture(image) if image else ""
        if tag == "sup" and (label := self._note_label(node)):
            return self.note(label)
        if _is_box(node):
            return self.box(node.text() == DONE)
        inner = self.inline(node.children)
        if tag == "span" and "spoiler" in node.classes:
            return self.hidden_words(inner)
        if tag in self.html_inline:
            title = f' title="{entities(node.attributes["title"])}"' if node.attributes.get("title") else ""
            return f"<{tag}{title}>{inner}</{tag}>"
        if tag not in ("span", "p", "li", "dd", "wbr", "cite", "div"):
            self.lost.add(tag)
        return inner

    _marks: tuple[str, ...] = ()
    _delimiters: tuple[str, ...] = ()

    def _emphasis(self, node: Node, before: str) -> tuple[str, str]:
        """Emphasis and its delimiter: never the one around it, nor that of a neighbour it touches."""
        taken = before or next((d for d in reversed(self._delimiters) if d != "~"), "")
        if node.tag == "del" and not self.strikes:
            return f"<del>{self.inline(node.children)}</del>", ""
        sign = "~" if node.tag == "del" else "_" if taken == "*" else "*"
        was = self._marks, self._delimiters
        self._marks, self._delimiters = (*self._marks, node.tag), (*self._delimiters, sign)
        try:
            inner = self.inline(node.children)
        finally:
            self._marks, self._delimiters = was
        bare = inner.strip(_EDGE)
        mark = sign * _DELIMITERS[node.tag]
        left = inner[: len(inner) - len(inner.lstrip(_EDGE))]
        right = inner[len(inner.rstrip(_EDGE)) :]
        return (f"{left}{mark}{bare}{mark}{right}", sign) if bare else (inner, "")

    def _code_span(self, node: Node) -> str:
        text = " ".join(node.text().split("\n"))
        safe = self.code(text)
        if safe is None or not text.strip():
            return self.escape(text)
        if self._in_cell:
            safe = self.cell_code(safe)
        fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", safe)), default=0))
        pad = " " if text[:1] == "`" or text[-1:] == "`" or (text[0] == text[-1] == " ") else ""
        return f"{fence}{pad}{safe}{pad}{fence}"

    def _link(self, node: Node) -> str:
        if "footnote-backref" in node.classes:
            return ""
        inner, target = self.inline(node.children), node.attributes.get("href", "")
        if not target:
            return inner
        if inner in ("x", "X"):
            inner = f"&#{ord(inner)};"
        title = node.attributes.get("title", "")
        words = f' "{entities(title)}"' if title else ""
        address = target.removeprefix(POST) if target.startswith(POST) else destination(target)
        return f"[{inner}]({address}{words})"

    def _note_label(self, node: Node) -> str:
        link = next((n for n in node.elements("a") if "footnote-ref" in n.classes), None)
        if link is None:
            return ""
        label = self._label(link.attributes.get("href", "").removeprefix("#"))
        self._used.add(label)
        return label

    def _label(self, identity: str) -> str:
        return re.sub(r"[^A-Za-z0-9]+", "-", identity.removeprefix("fn:")).strip("-") or "note"

    def escape(self, text: str) -> str:
        """Text in which nothing means anything to a Markdown parser or a template engine."""

        def swap(found: re.Match[str]) -> str:
            piece = found[0]
            if piece in _ENTITIES:
                return _ENTITIES[piece]
            if piece == "\xa0":
                return "&nbsp;"
            if piece in "\"'" and self._curl:
                return piece
            if piece in self.backslashed:
                return "\\" + piece
            if piece in "\"'":
                return f"&#{ord(piece)};"
            if piece == ":":
                return "&#58;"
            if piece[0] == "-":
                return piece if self._curl else "\\-" * len(piece)
            if piece in ".@":
                return f"&#{ord(piece)};"
            if piece[0] == ".":
                return piece if self._curl else "\\." * len(piece)
            return f"&#{ord(piece[0])};" * len(piece)

        return _INLINE.sub(swap, text)


def entities(text: str, trim: bool = True) -> str:
    """Text for an HTML attribute or a caption: every ASCII sign as a numeric entity, line ends as blanks."""
    plain = " ".join(text.split()) if trim else re.sub(r"[ \t\r\n\f\v]+", " ", text)
    return "".join(f"&#{ord(c)};" if c.isascii() and not c.isalnum() and c != " " else c for c in plain)


def destination(address: str) -> str:
    """A link's target, percent-encoded where Markdown or a template engine would stop or start at it, and no further."""
    depth, lowest = 0, 0
    for char in address:
        depth += (char == "(") - (char == ")")
        lowest = min(lowest, depth)
    brackets = "" if depth == lowest == 0 else "()"
    stops = re.escape('<>\\{}|"`[]' + brackets)
    encoded = re.sub(rf"[\s{stops}]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), address)
    return encoded.replace("&", "&amp;")


def _safe_start(found: re.Match[str]) -> str:
    blank, backslash, entity, number, dot, bangs = found.groups()
    if backslash:
        return f"{blank}\\{backslash}"
    if entity:
        return f"{blank}&#{ord(entity)};"
    return f"{blank}&#33;!!" if bangs else f"{blank}{number}\\{dot}"


_EDGE = " \t\n\r\f\v\x1e\u2028\u2029"
_DELIMITERS = {"em": 1, "strong": 2, "del": 2}


def _ends_word(char: str) -> bool:
    """Whether emphasis may begin or end beside that character, whatever is inside."""
    return char.isspace() or (char.isascii() and not char.isalnum()) or unicodedata.category(char)[0] == "P"


def _is_box(node: Node) -> bool:
    return "box" in node.classes and node.text() in (OPEN, DONE)


def _items(node: Node) -> list[Node]:
    return [item for inner in node.elements("ol") for item in inner.elements("li")]


def without_backrefs(node: Node) -> Node:
    """A note without the arrow that leads back to its place, and the blank before it."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            if "footnote-backref" in child.classes:
                if kept and isinstance(kept[-1], str):
                    kept[-1] = kept[-1].rstrip("\xa0 ")
                continue
            kept.append(without_backrefs(child))
        else:
            kept.append(child)
    return Node(node.tag, node.attributes, kept)


def _indented(text: str, columns: int) -> str:
    """All lines but the first moved right; empty lines stay empty."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * columns + line if line.strip() else "" for line in rest)])


def _alignment(cell: Node) -> str:
    found = re.search(r"text-align:\s*(\w+)", cell.attributes.get("style", ""))
    return found[1] if found else cell.attributes.get("align", "")
