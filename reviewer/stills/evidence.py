"""What was kept as evidence of a permission, made readable: mails, texts, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.review.rights import day
from reviewer.stills.formats import sniff
from reviewer.stills.intake import MOST_EVIDENCE
from reviewer.stills.mail import NotAMail, read

MOST_TEXT = 200_000
"""Characters of a text that are shown."""


@dataclass(frozen=True)
class Evidence:
    """A file as it is shown: its head (``From``, ``Date``, ``Subject`` of a mail), its words, or the bytes of its picture."""

    name: str
    head: tuple[tuple[str, str], ...] = ()
    text: str = ""
    picture: bytes = b""


def read_evidence(folder: Path, file: str) -> Evidence:
    """The evidence at `file`, a path relative to the review's folder. Raises `OSError`, also for one that lies elsewhere."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PermissionError(1, "it lies outside the review’s folder", str(path))
    data = read_regular(path, MOST_EVIDENCE)
    if sniff(data) is not None:
        return Evidence(path.name, picture=data)
    if path.suffix.lower() == ".eml":
        try:
            mail = read(data)
        except NotAMail:
            return Evidence(path.name, text=_words(data))
        head = (("From", mail.sender), ("Date", day(mail.date) if mail.date else ""), ("Subject", mail.subject))
        return Evidence(path.name, tuple(row for row in head if row[1]), mail.text[:MOST_TEXT])
    return Evidence(path.name, text="" if b"\0" in data[:4096] or data.startswith(b"%PDF") else _words(data))


def _words(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return "".join(c for c in text[:MOST_TEXT].replace("\r\n", "\n") if c in "\n\t" or c.isprintable())
