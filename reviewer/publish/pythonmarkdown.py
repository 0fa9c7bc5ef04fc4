"""Python-Markdown's dialect with its “extra” set, as Pelican and Nikola run it: the parser that the preview uses, too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.publish.dialect import Image, Run, Writer, entities
from reviewer.publish.tree import Node

_TRIMMED = re.compile(r"\A\n|\n\Z|[ \t](?=\n|\Z)")
"""Blanks of code that CodeHilite takes away: empty lines around it, and blanks at the end of a line."""


class PythonMarkdown(Writer):
    """Quotes cannot be escaped by a backslash, code stands fenced only outside lists and quotations, nesting takes four
    columns, and raw HTML reaches the page."""

    html_inline = frozenset(
        {"sup", "sub", "kbd", "abbr", "mark", "ins", "small", "u", "q", "samp", "var", "dfn", "del"}
    )
    indent = 4
    backslashed = "\\*_[]"
    strikes = False
    nested_fences = False
    loose_terms = True

    def source(self, address: str) -> str:
        """A picture's address as the generator wants it in the text."""
        return address

    def figure(self, image: Image) -> str:
        caption = "".join(
            f'<span class="{name}">{emphasised(words)}</span> '
            for name, words in (("caption", image.caption), ("credit", image.credit))
            if words
        ).rstrip()
        under = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure class="still">\n{self.picture(image)}{under}\n</figure>'

    def picture(self, image: Image) -> str:
        return f'<img alt="{entities(image.alt)}" src="{self.source(image.src)}">'

    def spoiler(self, summary: str, inner: str) -> str:
        return (
            f'<details class="spoiler" markdown="1">\n<summary>{entities(summary)}</summary>\n\n{inner}\n\n</details>'
        )

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


def emphasised(words: Sequence[Run]) -> str:
    """A caption in HTML."""
    return "".join(f"<em>{entities(text)}</em>" if strong else entities(text, trim=False) for text, strong in words)
