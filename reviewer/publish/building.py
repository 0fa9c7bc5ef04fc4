"""What a generator says while it builds: which of its lines are complaints, and which review they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reviewer.publish.receipts import Receipt

SUGGESTED = {
    "jekyll": ("bundle exec jekyll build", "bundle exec jekyll serve"),
    "hugo": ("hugo", "hugo server"),
    "eleventy": ("npx @11ty/eleventy", "npx @11ty/eleventy --serve"),
    "hexo": ("npx hexo generate", "npx hexo server"),
    "astro": ("npm run build", "npm run dev"),
    "pelican": ("pelican content", "pelican --autoreload --listen"),
    "nikola": ("nikola build", "nikola auto"),
    "mkdocs": ("mkdocs build", "mkdocs serve"),
    "zola": ("zola build", "zola serve"),
}
"""The usual commands, shown as an example; what is run is what the writer typed."""
OUTPUT = {"jekyll": "_site", "hugo": "public", "eleventy": "_site", "hexo": "public", "astro": "dist", "pelican": "output",
          "nikola": "output", "mkdocs": "site", "zola": "public", "html": ".", "plain": ".", "wordpress": "."}  # fmt: skip
"""Where each generator puts the built pages unless a site says otherwise."""
_COMPLAINT = re.compile(r"\b(?:error|fatal|exception|failed|failure|conflict|warn(?:ing)?)\b|traceback", re.IGNORECASE)
_FINE = re.compile(r"\b(?:0|no) (?:errors?|warnings?|failures?)\b|^.{0,20}\bdebug\b", re.IGNORECASE)
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ADDRESS = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):\d{2,5}[^\s\x1b\"'<>)]*")


@dataclass(frozen=True)
class Line:
    """A line of a generator's output without colours; `review` is the file of the review that it names."""

    text: str
    complaint: bool = False
    review: Path | None = None


class Reader:
    """Reads a generator's output line by line and knows the posts that reviews made."""

    def __init__(self, receipts: Iterable[Receipt]) -> None:
        self._posts = [(r.entry, Path(r.source)) for r in receipts if r.entry is not None]

    def line(self, raw: str) -> Line:
        """One line; control signs are left out."""
        text = "".join(c for c in _ESCAPES.sub("", raw).rstrip() if c >= " " or c == "\t")
        return Line(text, bool(_COMPLAINT.search(text)) and not _FINE.search(text), self._review(text))

    def _review(self, text: str) -> Path | None:
        for entry, source in self._posts:
            folder = entry.post.rpartition("/")[0]
            places = [entry.post] + ([folder] if folder.endswith("/" + entry.slug) else [])
            if any(re.search(re.escape(place) + r"(?![\w-])", text) for place in places if place in text):
                return source
        return None


def address(text: str) -> str:
    """The local address at which a server says it can be seen; empty where the line names none."""
    found = _ADDRESS.search(_ESCAPES.sub("", text))
    return found[0].replace("0.0.0.0", "localhost").rstrip(".,;") if found else ""
