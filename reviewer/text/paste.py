"""Rich text from other programs as Markdown: browsers, word processors, mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MOST = 2_000_000
"""Characters of HTML; what is longer is pasted as plain text."""
_RICH = re.compile(
    r"<(?:a\s[^>]{0,2000}href|b|strong|i|em|h[1-6]|ul|ol|table|blockquote|del|s|code|pre)\b|font-(?:weight|style):\s*(?:bold|[6-9]00|italic)",
    re.I,
)
_HEAVY = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.I)
_LIGHT = re.compile(r"font-weight:\s*(?:normal|[1-5]00)", re.I)
_SLANTED = re.compile(r"font-style:\s*italic", re.I)
_WORD_LIST = re.compile(r"mso-list:\s*l\d+ level(\d)", re.I)
_BULLET = re.compile(r"^\s*(?:[·•▪§o\uf0b7-]|(\d+|[a-z])[.)])\s+", re.I)


def markdown(html: str) -> str | None:
    """HTML from the clipboard as Markdown; None where it holds nothing that plain text lacks, or is too long."""
    if len(html) > MOST or not _RICH.search(html):
        return None
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    fragment = re.search(r"<!--StartFragment-->(.*?)<!--EndFragment-->", html, re.S)
    soup = BeautifulSoup(fragment[1] if fragment else html, "html.parser")
    for gone in soup(
        ["script", "style", "head", "title", "meta", "iframe", "object", "svg", "form", "input", "button"]
    ):
        gone.decompose()
    for node in soup(["o:p"]):
        node.decompose() if not node.get_text(strip=True) else node.unwrap()
    _word_lists(soup)
    for node in soup(["b", "strong", "span", "font", "i", "em"]):
        _plain_styles(soup, node)
    _tables(soup)
    for link in soup("a"):
        if not re.match(r"(?:https?|mailto):", str(link.get("href", "")), re.I):
            link.unwrap()
    for image in soup("img"):
        image.replace_with(str(image.get("alt", "")))
    converter: Any = MarkdownConverter(
        heading_style="ATX", bullets="-", strong_em_symbol="*", escape_misc=False, newline_style="BACKSLASH"
    )
    text: str = converter.convert_soup(soup)
    text = text.replace("\xa0", " ").replace("\r", "")
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") or None


def _plain_styles(soup: BeautifulSoup, node: Tag) -> None:
    """Bold and italic said by style as elements, and elements that a style takes back as nothing."""
    style = str(node.get("style", ""))
    if node.name in ("b", "strong") and (_LIGHT.search(style) or node.find(["p", "div", "ul", "ol", "table"])):
        node.unwrap()
    elif node.name in ("span", "font"):
        if not node.get_text(strip=True):
            node.unwrap()
            return
        if _SLANTED.search(style):
            node.wrap(soup.new_tag("em"))
        if _HEAVY.search(style):
            node.wrap(soup.new_tag("strong"))
        node.unwrap()


def _word_lists(soup: BeautifulSoup) -> None:
    """Word's paragraphs that look like a list as a list."""
    current: Tag | None = None
    for paragraph in soup("p"):
        style, classes = str(paragraph.get("style", "")), " ".join(paragraph.get("class") or [])
        if not _WORD_LIST.search(style) and "MsoListParagraph" not in classes:
            current = None
            continue
        text = paragraph.get_text()
        mark = _BULLET.match(text.replace("\xa0", " "))
        kind = "ol" if mark and mark[1] else "ul"
        if current is None or current.name != kind:
            current = soup.new_tag(kind)
            paragraph.insert_before(current)
        for node in paragraph.find_all(style=re.compile("mso-list:\\s*Ignore", re.I)):
            node.decompose()
        item = soup.new_tag("li")
        first = next((s for s in paragraph.find_all(string=True) if s.strip()), None)
        if first is not None and (left := _BULLET.match(str(first).replace("\xa0", " "))):
            first.replace_with(str(first)[left.end() :])
        item.extend(list(paragraph.contents))
        current.append(item)
        paragraph.decompose()


def _tables(soup: BeautifulSoup) -> None:
    """A table's first row is its heading: Markdown has no table without one."""
    for table in soup("table"):
        first = table.find("tr")
        for paragraph in table(["p", "div"]):
            paragraph.unwrap()
        if first is not None and not table.find("th"):
            for cell in first.find_all("td"):
                cell.name = "th"
