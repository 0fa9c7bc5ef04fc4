"""A rendered text as a small tree, from which each dialect of Markdown is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "col", "wbr", "input", "meta", "link", "source", "area", "base", "embed", "track", "param"}
"""Elements without an end tag (HTML Standard, 13.1.2)."""


@dataclass
class Node:
    """An element with its attributes and children; a child is another element or a piece of text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def elements(self, *tags: str) -> list[Node]:
        """Child elements, of these tags where any are named."""
        return [child for child in self.children if isinstance(child, Node) and (not tags or child.tag in tags)]

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def text(self) -> str:
        """All text inside."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(html: Iterable[str]) -> Node:
    """Cleaned, well-formed HTML (what the renderer gives) as a tree under one root."""
    builder = _Builder()
    for piece in html:
        builder.feed(piece)
        builder.feed("\n")
    builder.close()
    return builder.root


def element(tag: str, *children: Node | str, **attributes: str) -> Node:
    """A new element; ``class_`` is written ``class``."""
    return Node(tag, {name.rstrip("_"): value for name, value in attributes.items()}, list(children))
