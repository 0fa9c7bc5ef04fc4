"""RSS 2.0 and Atom (RFC 4287) of a blog's posts."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from email.utils import format_datetime

from reviewer.publish.entries import Entry

MOST = 30
"""Posts in a feed, the newest first."""
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM = "http://www.w3.org/2005/Atom"


def rss(entries: Sequence[Entry], urls: Sequence[str], title: str, home: str, own: str) -> bytes:
    """RSS 2.0 (rssboard.org). `urls` are the posts' whole addresses, `home` the list's, `own` the feed's."""
    ET.register_namespace("atom", _ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", home)
    _add(channel, "description", title)
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=own, rel="self", type="application/rss+xml")
    for entry, url in list(zip(entries, urls, strict=True))[:MOST]:
        item = ET.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", url)
        _add(item, "guid", url, isPermaLink="true")
        _add(item, "pubDate", format_datetime(_moment(entry.date)))
        _add(item, "description", entry.excerpt)
        for word in entry.categories:
            _add(item, "category", word)
    return _written(root)


def atom(entries: Sequence[Entry], urls: Sequence[str], title: str, home: str, own: str) -> bytes:
    """Atom; a post's address is its identity."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, f"{{{_ATOM}}}title", title)
    _add(root, f"{{{_ATOM}}}id", home)
    ET.SubElement(root, f"{{{_ATOM}}}link", href=home)
    ET.SubElement(root, f"{{{_ATOM}}}link", href=own, rel="self")
    newest = max((_moment(entry.updated or entry.date) for entry in entries), default=_moment("1970-01-01"))
    _add(root, f"{{{_ATOM}}}updated", newest.isoformat())
    for entry, url in list(zip(entries, urls, strict=True))[:MOST]:
        item = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _add(item, f"{{{_ATOM}}}title", entry.title)
        _add(item, f"{{{_ATOM}}}id", url)
        ET.SubElement(item, f"{{{_ATOM}}}link", href=url)
        _add(item, f"{{{_ATOM}}}published", _moment(entry.date).isoformat())
        _add(item, f"{{{_ATOM}}}updated", _moment(entry.updated or entry.date).isoformat())
        author = ET.SubElement(item, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", entry.author or title)
        _add(item, f"{{{_ATOM}}}summary", entry.excerpt)
        for word in entry.categories:
            ET.SubElement(item, f"{{{_ATOM}}}category", term=word)
    return _written(root)


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = "".join(c for c in text if c >= " " or c in "\t\n")


def _moment(date: str) -> dt.datetime:
    """A date as a moment: a day alone is its noon in UTC, which is the same day nearly everywhere."""
    if "T" not in date:
        return dt.datetime.combine(dt.date.fromisoformat(date), dt.time(12), dt.UTC)
    found = dt.datetime.fromisoformat(date)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    return str(ET.tostring(root, encoding="unicode", xml_declaration=False)).join((_DECLARATION, "\n")).encode()
