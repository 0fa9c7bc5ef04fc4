"""Notes, definition lists and what is nested in them as HTML, for parsers that know no marks of their own for them."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.publish.dialect import POST, entities, without_backrefs
from reviewer.publish.figures import HtmlFigures
from reviewer.publish.tree import Node

_KEPT = {"em", "strong", "del", "code", "br", "sup", "sub", "kbd", "abbr", "mark", "ins", "small", "u", "q", "samp", "var",
         "dfn", "p", "ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td",
         "hr", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip


class AsHtml(HtmlFigures):
    """Writes footnotes and definition lists as HTML."""

    def note(self, label: str) -> str:
        number = list(self._notes).index(label) + 1 if label in self._notes else label
        return f'<sup id="fnref-{label}"><a href="#fn-{label}">{number}</a></sup>'

    def _footnotes(self) -> list[str]:
        items = []
        for label, item in self._notes_without_arrows().items():
            self._nested += 1
            inner = self.blocks(item.children)
            self._nested -= 1
            items.append(f'<li id="fn-{label}">\n\n{inner}\n\n</li>')
        if not items:
            return []
        return ['<section class="footnotes">\n<hr>\n<ol>\n' + "\n".join(items) + "\n</ol>\n</section>"]

    def _notes_without_arrows(self) -> dict[str, Node]:
        return {label: without_backrefs(item) for label, item in self._notes.items()}

    def _definitions(self, node: Node) -> str:
        return self.raw([node])

    def raw(self, children: Sequence[Node | str]) -> str:
        """Nodes as HTML in which nothing means anything to a Markdown parser or a template; no line of it is empty."""
        made = []
        for child in children:
            if isinstance(child, str):
                made.append(raw_text(child))
            elif child.tag == "img":
                image = self._image(child.attributes.get("src", ""))
                made.append(self.picture(image) if image else "")
            elif child.tag == "a" and child.attributes.get("href") and "footnote-backref" not in child.classes:
                title = child.attributes.get("title", "")
                words = f' title="{entities(title)}"' if title else ""
                made.append(f'<a href="{_address(child.attributes["href"])}"{words}>{self.raw(child.children)}</a>')
            elif child.tag == "cite" and "mention" in child.classes:
                title, bracket, year = child.text().partition(" (")
                made.append(f"<em>{raw_text(title)}</em>{raw_text(bracket + year)}")
            elif child.tag in ("br", "hr"):
                made.append(f"<{child.tag}>")
            elif child.tag in _KEPT:
                made.append(f"<{child.tag}>{self.raw(child.children)}</{child.tag}>")
            elif "footnote-backref" not in child.classes:
                made.append(self.raw(child.children))
        return "".join(made)


def _address(target: str) -> str:
    return target.removeprefix(POST) if target.startswith(POST) else entities(target)


def raw_text(text: str) -> str:
    """A text for HTML: every ASCII sign that is no letter, digit or blank as a numeric entity, line ends too."""
    return "".join(
        f"&#{ord(c)};" if c == "\xa0" or (c.isascii() and not c.isalnum() and c not in " \n") else c for c in text
    ).replace("\n", "&#10;")
