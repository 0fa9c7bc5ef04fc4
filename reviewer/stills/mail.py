"""A mail that came in: who wrote it, when, and its words. Whatever is in the file, nothing of it is run or fetched."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape

import nh3

MOST = 25_000_000
"""Bytes of a mail that is looked at."""
MOST_WORDS = 100_000
"""Characters of its text that are kept."""
_MOST_PARTS = 200
_LINES = {"p", "div", "br", "tr", "li", "blockquote", "h1", "h2", "h3"}
_SILENT = {"script", "style", "title", "template", "svg", "math"}


class NotAMail(ValueError):
    """A file that is no mail; the message says why."""


@dataclass(frozen=True)
class Mail:
    """A mail's sender as name and address, its day in the sender's own calendar, subject and plain words."""

    name: str
    address: str
    date: dt.date | None
    subject: str
    text: str

    @property
    def sender(self) -> str:
        return f"{self.name} <{self.address}>" if self.name and self.address else self.address or self.name


def read(data: bytes) -> Mail:
    """A mail from the bytes of an ``.eml`` file. Raises `NotAMail`."""
    if len(data) > MOST:
        raise NotAMail(f"it is larger than {MOST // 1_000_000} MB")
    try:
        message = BytesParser(policy=policy.default).parsebytes(_with_plain_head(data))
        name, address = parseaddr(_header(message, "From"))
        found = Mail(_one_line(name), _one_line(address), _day(message), _header(message, "Subject"), _text(message))
    except Exception as error:  # the standard library's parser meets hostile bytes: whatever it raises, this is no mail
        raise NotAMail("it cannot be read as a mail") from error
    if not (found.address or found.date) or not message.keys():
        raise NotAMail("it has neither a sender nor a date")
    return found


def _with_plain_head(data: bytes) -> bytes:
    """The mail with a head in UTF-8. RFC 5322 wants ASCII there, and old programs write their own charset all the same."""
    end = re.search(rb"\r?\n\r?\n", data)
    head = data[: end.start()] if end else data
    if head.isascii():
        return data
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        named = re.search(rb"charset=\"?([\w.:-]{1,40})", head, re.I)
        try:
            text = head.decode(named[1].decode() if named else "cp1252", "replace")
        except LookupError:
            text = head.decode("cp1252", "replace")
        return text.encode("utf-8", "replace") + data[len(head) :]
    return data


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _one_line(str(message.get(name, "")))
    except Exception:  # a header that its own parser cannot read is as good as absent
        return ""


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:500]


def _day(message: EmailMessage) -> dt.date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _text(message: EmailMessage) -> str:
    plain = rich = ""
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        words = _decoded(part)
        if kind == "text/plain" and not plain:
            plain = words
        elif kind == "text/html" and not rich:
            rich = words
    text = plain if plain.strip() else _without_tags(rich)
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\n\t" or c.isprintable())
    return re.sub(r"\n{3,}", "\n\n", kept)[:MOST_WORDS].strip()


def _decoded(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw[: 4 * MOST_WORDS].decode(charset, "replace")
    except (LookupError, ValueError):
        return raw[: 4 * MOST_WORDS].decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    """The words of a mail in HTML, a line for each block; a parser in which no input takes long does the reading."""
    plain = nh3.clean(html[: 4 * MOST_WORDS], tags=_LINES, attributes={}, clean_content_tags=_SILENT)
    lines = unescape(re.sub(r"<[^<>]{1,20}>", "\n", re.sub(r"\s+", " ", plain))).split("\n")
    return "\n".join(line.strip() for line in lines)
