"""Python-Markdown's dialect with its “extra” set, as Pelican and Nikola run it: the parser that the preview uses, too."""

from __future__ import annotations

import re

from reviewer.publish.dialect import Image, entities
from reviewer.publish.figures import HtmlFigures
from reviewer.publish.tree import Node

_TRIMMED = re.compile(r"\A\n|\n\Z|[ \t](?=\n|\Z)")
"""Blanks of code that CodeHilite takes away: empty lines around it, and blanks at the end of a line."""


class PythonMarkdown(HtmlFigures):
    """Quotes cannot be escaped by a backslash, code stands fenced only outside lists and quotations, nesting takes four
    columns, and raw HTML reaches the page."""

    html_inline = HtmlFigures.html_inline | {"del"}
    inner_markdown = ' markdown="1"'
    indent = 4
    backslashed = "\\*_[]"
    strikes = False
    nested_fences = False
    loose_terms = True

    def source(self, address: str) -> str:
        """A picture's address as the generator wants it in the text."""
        return address

    def picture(self, image: Image) -> str:
        return f'<img alt="{entities(image.alt)}" src="{self.source(image.src)}">'

    def separator(self, before: object) -> str:
        return "<!-- -->"

    def _pre(self, node: Node) -> str:
        text = node.text().removesuffix("\n")
        if not self._nested and _TRIMMED.search(text):
            return f"<pre><code>{code_entities(text)}</code></pre>"
        return super()._pre(node)

    def _code_span(self, node: Node) -> str:
        text = node.text()
        if "`" in text or text != text.strip() or "\\" in text:  # a fence of two signs keeps neither blanks nor ends
            return f"<code>{entities(text, trim=False)}</code>"
        return super()._code_span(node)


def code_entities(text: str) -> str:
    """Code for raw HTML: what means anything to Markdown, HTML or a template as a numeric entity, line ends kept."""
    return "".join(f"&#{ord(c)};" if c.isascii() and not c.isalnum() and c not in " \n" else c for c in text)
