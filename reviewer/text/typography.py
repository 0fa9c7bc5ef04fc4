"""Quotation marks, apostrophes and dashes as a language sets them.

The marks are those of the Unicode CLDR (``common/main/*.xml``, delimiters); the blanks inside French marks and before
its high punctuation are those of the Lexique des règles typographiques of the Imprimerie nationale.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.text.spans import code_spans

NARROW, NO_BREAK = "\u202f", "\xa0"
_GENERAL, _LOW, _ANGLED = ("“", "”", "‘", "’"), ("„", "“", "‚", "‘"), ("«", "»", "“", "”")
_MARKS: dict[str, tuple[str, str, str, str]] = {
    "en": _GENERAL, "da": _GENERAL, "pt": _GENERAL, "tr": _GENERAL, "ga": _GENERAL, "cy": ("‘", "’", "“", "”"),
    "lv": _GENERAL, "id": _GENERAL, "ms": _GENERAL, "vi": _GENERAL,
    "de": _LOW, "cs": _LOW, "sk": _LOW, "sl": _LOW, "is": _LOW, "bg": ("„", "“", "‘", "’"), "de-ch": ("«", "»", "‹", "›"),
    "fr": ("«", "»", "“", "”"), "fr-ch": ("«", "»", "‹", "›"), "es": _ANGLED, "it": _ANGLED, "ca": _ANGLED, "el": _ANGLED,
    "pt-pt": _ANGLED, "nb": ("«", "»", "‘", "’"), "nn": ("«", "»", "‘", "’"), "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"), "ro": ("„", "”", "«", "»"), "hu": ("„", "”", "»", "«"), "hr": ("„", "”", "‚", "’"),
    "sr": ("„", "”", "’", "’"), "nl": ("‘", "’", "“", "”"), "lt": _LOW, "et": ("„", "“", "‚", "‘"),
    "sv": ("”", "”", "’", "’"), "fi": ("”", "”", "’", "’"), "he": ("”", "”", "’", "’"),
    "ru": ("«", "»", "„", "“"), "uk": ("«", "»", "„", "“"), "be": ("«", "»", "„", "“"),
}  # fmt: skip
_OPENS_AFTER = "([{-–—/*_>" + NARROW + NO_BREAK
_HIGH = {";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK}


@dataclass(frozen=True)
class Marks:
    """Opening and closing marks, the outer and the inner pair, with the blanks that stand inside them."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def marks(language: str) -> Marks:
    """The marks of a language, by its BCP 47 tag; those of English where it is not known."""
    tag = language.strip().replace("_", "-").casefold()
    found = _MARKS.get(tag) or _MARKS.get("-".join(tag.split("-")[:2])) or _MARKS.get(tag.split("-")[0], _GENERAL)
    if tag.split("-")[0] == "fr" and tag != "fr-ch":
        return Marks(f"«{NARROW}", f"{NARROW}»", *found[2:])
    return Marks(*found)


def quoted(text: str, sign: str, language: str) -> str:
    """A text between the marks that a plain sign stands for."""
    of = marks(language)
    return f"{of.opening}{text}{of.closing}" if sign == '"' else f"{of.inner_opening}{text}{of.inner_closing}"


def typeset(before: str, sign: str, language: str) -> tuple[int, str] | None:
    """What becomes of a sign typed after `before`, the line so far: how many signs before it go, and what comes.

    None where the sign stays as it is: in code, addresses and HTML, in rules and tables, and any sign but quotation marks,
    apostrophe, hyphen, full stop and the French high punctuation.
    """
    if sign not in "\"'-.;!?:" or _is_plain(before):
        return None
    if sign in "\"'":
        return 0, _quotation(before, sign, marks(language))
    if sign == "-":
        return _dash(before)
    if sign == ".":
        return (2, "…") if before.endswith("..") and not before.endswith("...") else None
    if language.casefold().startswith("fr") and before.endswith(" ") and before.strip():
        return 1, _HIGH[sign] + sign
    return None


def _quotation(before: str, sign: str, of: Marks) -> str:
    last = before[-1:]
    before_it = {
        pair[0] for pair in ((of.opening, of.closing), (of.inner_opening, of.inner_closing)) if pair[0] != pair[1]
    }
    opens = not last or last.isspace() or last in _OPENS_AFTER or last in before_it
    if sign == '"':
        return of.opening if opens and last != of.opening.strip() else of.closing
    if opens:
        return of.inner_opening
    is_open = before.count(of.inner_opening) > before.count(of.inner_closing)
    return of.inner_closing if is_open or not last.isalnum() else "’"


def _dash(before: str) -> tuple[int, str] | None:
    if before.endswith("–"):
        return 1, "—"
    if before.endswith("-") and not before.endswith("--") and any(sign.isalnum() for sign in before):
        return 1, "–"
    return None


def _is_plain(before: str) -> bool:
    """Whether the end of a line is code, an address, a tag, or the rule of a table."""
    if before.startswith("    ") or before.lstrip().startswith("|"):
        return True
    spans = code_spans(before)
    rest = before[spans[-1][1] :] if spans else before
    if "`" in rest:
        return True
    address = rest.rfind("](")
    if address >= 0 and ")" not in rest[address:]:
        return True
    tag = rest.rfind("<")
    if tag >= 0 and ">" not in rest[tag:] and rest[tag + 1 : tag + 2].isalpha():
        return True
    word = rest.rsplit(None, 1)[-1] if rest and not rest[-1].isspace() else ""
    return "://" in word or word.startswith("www.")
