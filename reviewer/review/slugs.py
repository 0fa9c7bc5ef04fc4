"""Names that are safe in an address and in a file system, made from what people type."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

LONGEST = 80
"""Characters; every common file system takes 255 bytes a name, and posts add a date and an ending."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
_SPELLED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "œ": "oe",
        "Œ": "oe",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "þ": "th",
        "Þ": "th",
        "ð": "d",
        "ı": "i",
        "&": " and ",
        "½": " 1-2 ",
    }
)


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; accents are dropped. Empty where nothing remains.

    Letters of other scripts have no agreed spelling in ASCII, so a title in them gives ``film-`` and eight hexadecimal
    digits of its SHA-256: always the same for the same title, and never two titles' the same by accident.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold().replace("’", "").replace("'", "")
    made = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode() if plain.isascii() else _ascii(plain))
    made = made.strip("-")[:LONGEST].strip("-")
    if made in _RESERVED:
        return f"{made}-film"
    if not made and any(c.isalnum() for c in text):
        return "film-" + hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
    return made


def _ascii(text: str) -> str:
    return "".join(c if c.isascii() else "-" for c in text)


def is_slug(text: str) -> bool:
    """Whether `text` may stand as an address as it is: no dots, slashes, blanks or reserved names."""
    return bool(re.fullmatch(r"[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?", text)) and text not in _RESERVED


def free(name: str, taken: Container[str], ending: str = "") -> str:
    """`name` + `ending`, or with ``-2``, ``-3``, ... before the ending until it is not in `taken`.

    `taken` must answer for names as the file system compares them; pass names through `fold` on both sides.
    """
    candidate, number = f"{name}{ending}", 1
    while fold(candidate) in taken:
        number += 1
        candidate = f"{name}-{number}{ending}"
    return candidate


def fold(name: str) -> str:
    """A file name as the least careful file system compares it: without case and without composition."""
    return unicodedata.normalize("NFC", name).casefold()
