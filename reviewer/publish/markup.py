"""The text as HTML, for posts that no generator will touch."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from reviewer.publish.dialect import POST, Image, Run, Writer
from reviewer.publish.tree import VOID, Node

_KEPT = {"em", "strong", "del", "code", "br", "sup", "sub", "kbd", "abbr", "mark", "ins", "small", "u", "q", "samp", "var", "dfn",
         "p", "ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "hr",
         "h1", "h2", "h3", "h4", "h5", "h6", "a", "cite", "section", "details", "summary", "span", "div", "i", "b", "s"}  # fmt: skip
_ATTRIBUTES = ("id", "class", "href", "title", "start", "role", "lang", "dir", "style")
_APART = {"p", "ul", "ol", "blockquote", "pre", "dl", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "details", "div", "section"}  # fmt: skip


class Markup(Writer):
    """Writes the tree as HTML 5, one block a line; the preview's own classes stay, so that its style sheet fits."""

    def document(self, root: Node) -> str:
        return self._all(root.children).strip() + "\n"

    def picture(self, image: Image) -> str:
        sizes = ", ".join(f"{quote(src, safe='/:')} {width}w" for src, width in image.sizes)
        more = f' srcset="{sizes}" sizes="(min-width: 50em) 50em, 100vw"' if sizes else ""
        return f'<img src="{escape(image.src)}"{more} alt="{escape(image.alt)}">'

    def figure(self, image: Image) -> str:
        words = " ".join(
            f'<span class="{name}">{_emphasised(words)}</span>'
            for name, words in (("caption", image.caption), ("credit", image.credit))
            if words
        )
        under = f"<figcaption>{words}</figcaption>" if words else ""
        return f'<figure class="still">{self.picture(image)}{under}</figure>'

    def _all(self, children: Sequence[Node | str], exact: bool = False) -> str:
        return "".join(self._one(child, exact) for child in children)

    def _one(self, child: Node | str, exact: bool) -> str:
        if isinstance(child, str):
            return escape(child, quote=False) if exact else " ".join(escape(child, quote=False).split("\n"))
        if child.tag == "figure" or (child.tag == "p" and self._is_picture(child)):
            return self._figure(child) + "\n"
        if child.tag == "img":
            image = self._image(child.attributes.get("src", ""))
            return self.picture(image) if image else ""
        inner = self._all(child.children, exact or child.tag == "pre")
        if child.tag not in _KEPT:
            return inner
        words = "".join(
            f' {name}="{escape(child.attributes[name].removeprefix(POST))}"'
            for name in _ATTRIBUTES
            if name in child.attributes
        )
        end = "" if child.tag in VOID else f"</{child.tag}>"
        return f"<{child.tag}{words}>{inner}{end}" + ("\n" if child.tag in _APART and not exact else "")

    @staticmethod
    def _is_picture(node: Node) -> bool:
        return len(node.elements("img")) == len(node.elements()) == 1 and not node.text().strip()


def _emphasised(words: Sequence[Run]) -> str:
    return "".join(f"<em>{escape(text)}</em>" if strong else escape(text) for text, strong in words)
