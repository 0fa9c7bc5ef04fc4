"""CommonMark with raw HTML, tables and strikethrough, but neither footnotes nor definition lists: markdown-it and marked."""

from __future__ import annotations

from reviewer.publish.ashtml import AsHtml
from reviewer.publish.dialect import Image, entities

_SEPARATORS = {0x2028: "&#8232;", 0x2029: "&#8233;"}
"""Line ends to JavaScript's regular expressions, and to nobody else."""


class CommonMark(AsHtml):
    """Notes and definition lists are written as HTML, which these parsers let through."""

    def picture(self, image: Image) -> str:
        return f'<img src="{image.src}" alt="{entities(image.alt)}">'

    def escape(self, text: str) -> str:
        return super().escape(text).translate(_SEPARATORS)

    def cell_code(self, text: str) -> str:
        return text.replace("|", "\\|")

    def separator(self, before: object) -> str:
        return "<!-- -->"
