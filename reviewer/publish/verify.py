"""The built pages of a blog beside what was typed: title, day, text, marks, stills, alternative texts, credits.

Words are compared in their order with quotes, dashes and dots folded, since many sites make them typographic.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reviewer.library.files import read_regular
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import CannotRead, open_review
from reviewer.library.settings import load as load_settings
from reviewer.publish import captions, tree
from reviewer.publish.body import rating
from reviewer.publish.entries import Entry
from reviewer.publish.post import published
from reviewer.publish.profiles import PROFILES, BlogSettings, Site
from reviewer.publish.receipts import Receipt, Receipts
from reviewer.review.values import Review, Still
from reviewer.text.markdown import Renderer

MOST = 20_000_000
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "tr", "td", "th", "dl",
           "dt", "dd", "figure", "figcaption", "div", "section", "details", "summary", "main", "article", "br", "header", "footer",
           "nav", "aside", "body", "head", "title", "html"}  # fmt: skip
_UNSEEN = {"script", "style", "template", "noscript"}
_FOLDED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "…": "...", "\xa0": " "})  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Something that a page says otherwise: a code, and a sentence for the writer."""

    code: str
    message: str


@dataclass(frozen=True)
class Compared:
    """A review and its built page, by its path in the folder of pages; empty where there is none."""

    title: str
    source: str
    page: str = ""
    faults: tuple[Fault, ...] = ()


def verify(site: Site, settings: BlogSettings, receipts: Receipts, built: Path, folders: UserFolders) -> list[Compared]:
    """Compare all posts that were exported into a blog with the pages that its generator built."""
    found = [one for one in receipts.all() if one.entry is not None]
    pages = _Pages(built) if found else None
    scales = functools.cache(lambda library: load_settings(folders, library).scales)
    return [
        _compare(one, one.entry, site, replace(settings, scales=scales(Path(one.source).parent.parent)), built, pages)
        for one in found
        if one.entry and pages
    ]


class _Pages:
    """The built pages by the names that a post's page may have."""

    def __init__(self, built: Path) -> None:
        self.built = built
        self._by_name: dict[str, list[Path]] = {}
        for path in sorted(built.rglob("*.html")):
            name = path.parent.name if path.name == "index.html" else path.stem
            self._by_name.setdefault(name, []).append(path)

    def of(self, entry: Entry, url: str) -> Path | None:
        """The page of a post: at its address where that is known, else the one with its name and title."""
        for candidate in (f"{url}index.html", url, f"{url.rstrip('/')}.html") if url else ():
            path = self.built / unquote(candidate).lstrip("/")
            if path.is_file():
                return path
        named = self._by_name.get(entry.slug, [])
        return next(
            (path for path in named if _folded(entry.title) in _folded(_text(path))), named[0] if named else None
        )


def _compare(
    receipt: Receipt, entry: Entry, site: Site, settings: BlogSettings, built: Path, pages: _Pages
) -> Compared:
    profile = PROFILES[site.profile]
    path = pages.of(entry, profile.url(site, entry))
    if path is None:
        fault = Fault(
            "page-missing", f"No page was built for “{entry.title}”. Is it a draft, or does its day lie in the future?"
        )
        return Compared(entry.title, receipt.source, "", (fault,))
    try:
        was = open_review(Path(receipt.source))
    except (OSError, CannotRead) as error:
        return Compared(
            entry.title,
            receipt.source,
            _name(path, built),
            (Fault("review-missing", f"The review cannot be read: {error}"),),
        )
    root = tree.parse([_text(path)])
    review, text = was.reading.review, was.reading.document.text
    faults = [
        *_head(review, entry, root, settings),
        *_words(text, root),
        *_stills(review, text, receipt, root, path, settings),
    ]
    return Compared(entry.title, receipt.source, _name(path, built), tuple(faults))


def _name(path: Path, built: Path) -> str:
    return path.relative_to(built).as_posix()


def _head(review: Review, entry: Entry, root: tree.Node, settings: BlogSettings) -> Iterator[Fault]:
    words = _folded(review.title)
    if not any(words in _folded(node.text()) for node in root.walk() if node.tag in ("title", "h1", "h2", "h3")):
        yield Fault("title", f"The title “{review.title}” is not on the page.")
    days = [
        day
        for node in root.walk()
        if node.tag == "time"
        for day in re.findall(r"\d{4}-\d\d-\d\d", node.attributes.get("datetime", "") + " " + node.text())
    ]
    if days and f"{entry.day}" not in days:
        yield Fault("day", f"The page names {days[0]} as its day, the review {entry.day}.")
    line = rating(review, settings.rating, settings.scales) if settings.rating_line else ""
    if line and _folded(line) not in _folded(" ".join(_lines(root))):
        yield Fault("marks", f"The mark “{line}” is not on the page.")


def _words(text: str, root: tree.Node) -> Iterator[Fault]:
    """Each line of the text, looked for in its order."""
    page = [_folded(line) for line in _lines(root)]
    typed = [_folded(line) for line in _lines(tree.parse(block.html for block in Renderer().render(text)))]
    missing, at = [], 0
    for line in typed:
        if not line:
            continue
        place = next((n for n in range(at, len(page)) if line in page[n]), None)
        if place is None:
            missing.append(line)
        else:
            at = place
    if missing:
        more = f", and {len(missing) - 1} lines more" if len(missing) > 1 else ""
        yield Fault("text", f"“{missing[0][:80]}” is not on the page as it was typed{more}.")


def _stills(
    review: Review, text: str, receipt: Receipt, root: tree.Node, path: Path, settings: BlogSettings
) -> Iterator[Fault]:
    images = [node for node in root.walk() if node.tag == "img"]
    page = _folded(" ".join(_lines(root)))
    for still in published(review, text) if settings.figures else ():
        known = receipt.stills.get(still.file)
        stem = PurePosixPath(known.path).stem if known else ""
        image = next((one for one in images if stem and stem in unquote(one.attributes.get("src", ""))), None)
        if image is None:
            yield Fault("still", f"{still.name} is not shown.")
            continue
        src = urlsplit(image.attributes["src"])
        if not src.netloc and not _there(unquote(src.path), path):
            yield Fault("still-file", f"{still.name} is named on the page, and its file {src.path} is not there.")
        if _folded(image.attributes.get("alt", "")) != _folded(still.alt):
            yield Fault("alt", f"The alternative text of {still.name} is “{image.attributes.get('alt', '')}”.")
        yield from _captions(review, still, page, settings)


def _captions(review: Review, still: Still, page: str, settings: BlogSettings) -> Iterator[Fault]:
    words = captions.words(review, still, settings.caption, settings.credit)
    for name, runs in (("caption", words.caption), ("credit", words.credit)):
        if _folded(captions.plain(runs)) not in page:
            yield Fault(name, f"The {name} of {still.name} is not on the page.")


def _there(src: str, page: Path) -> bool:
    """Whether a picture's file was built: beside the page, or below one of the folders above it."""
    if not src.startswith("/"):
        return (page.parent / src).is_file()
    names = [name for name in src.split("/") if name]
    return any(
        (folder / "/".join(names[start:])).is_file() for folder in page.parents for start in (0, 1) if names[start:]
    )


def _text(path: Path) -> str:
    try:
        return read_regular(path, MOST).decode("utf-8", "replace")
    except OSError:
        return ""


def _lines(node: tree.Node) -> list[str]:
    """The words of a page, block by block."""
    out = [""]
    _collect(node, out)
    return [line for line in (" ".join(line.split()) for line in out) if line]


def _collect(node: tree.Node, out: list[str]) -> None:
    if node.tag in _UNSEEN or "backref" in " ".join(node.classes) or "reversefootnote" in node.classes:
        return
    if node.tag in _BLOCKS:
        out.append("")
    for child in node.children:
        if isinstance(child, str):
            out[-1] += child
        elif child.attributes.get("type") == "checkbox":
            out[-1] += "☑ " if "checked" in child.attributes else "☐ "
        else:
            _collect(child, out)
    if node.tag in _BLOCKS:
        out.append("")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return " ".join(re.sub(r"-{2,}", "-", plain).split())
