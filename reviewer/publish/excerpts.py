"""What a page says of itself in one line, where the writer wrote no excerpt."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.publish import tree
from reviewer.text.blocks import Block

MOST = 160
"""Letters that search engines show of a page's description."""


def opening(blocks: Iterable[Block], most: int = MOST) -> str:
    """A rendered text's first paragraph without its marks, cut at a word's end; no word that is a spoiler."""
    for block in blocks:
        if not block.html.startswith("<p>"):
            continue
        if words := " ".join(_plain(tree.parse([block.html])).split()):
            return words if len(words) <= most else words[:most].rpartition(" ")[0].rstrip(" ,;:—–-") + "…"
    return ""


def _plain(node: tree.Node) -> str:
    if "spoiler" in node.classes or "footnote-ref" in node.classes:
        return ""
    return "".join(child if isinstance(child, str) else _plain(child) for child in node.children)
