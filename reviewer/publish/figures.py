"""Figures and spoilers as HTML, for the dialects whose parsers let it through."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.publish.dialect import Image, Run, Writer, entities


class HtmlFigures(Writer):
    """A picture with its caption and credit as ``<figure>``; `inner_markdown` is what lets a block's inside be Markdown."""

    html_inline = frozenset({"sup", "sub", "kbd", "abbr", "mark", "ins", "small", "u", "q", "samp", "var", "dfn"})
    inner_markdown = ""

    def figure(self, image: Image) -> str:
        under = self.figcaption(image)
        return "\n".join(part for part in ('<figure class="still">', self.picture(image), under, "</figure>") if part)

    def figcaption(self, image: Image) -> str:
        """Caption and credit; empty where there is neither."""
        words = " ".join(
            f'<span class="{name}">{emphasised(words)}</span>'
            for name, words in (("caption", image.caption), ("credit", image.credit))
            if words
        )
        return f"<figcaption>{words}</figcaption>" if words else ""

    def spoiler(self, summary: str, inner: str) -> str:
        opening = f'<details class="spoiler"{self.inner_markdown}>\n<summary>{entities(summary)}</summary>'
        return f"{opening}\n\n{inner}\n\n</details>"


def emphasised(words: Sequence[Run]) -> str:
    """A caption in HTML."""
    return "".join(f"<em>{entities(text)}</em>" if strong else entities(text, trim=False) for text, strong in words)
