"""Spelling without a network: Hunspell with the dictionaries that the system has, that the writer added, or that come along."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.text.prose import prose
from reviewer.text.spans import without_code

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BRITISH_ENDS = (
    ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"), ("isation", "ization"), ("isations", "izations"),
    ("yse", "yze"), ("ysed", "yzed"), ("ysing", "yzing"), ("tre", "ter"), ("tres", "ters"), ("lled", "led"), ("lling", "ling"),
    ("ller", "ler"), ("ogue", "og"), ("ence", "ense"), ("wards", "ward"),
)  # fmt: skip
_BRITISH_PARTS = (
    ("practis", "practic"),
    ("our", "or"),
    ("grey", "gray"),
    ("ae", "e"),
    ("oe", "e"),
    ("ll", "l"),
    ("l", "ll"),
    ("programme", "program"),
)
_MOST_LINE = 10_000
_MOST_KNOWN = 50_000
DICTIONARIES = "dictionaries"
"""The writer's own folder of dictionaries, in the folder of the program's data."""
WORDS = "words.txt"


@dataclass(frozen=True)
class Dictionary:
    """A pair of ``.aff`` and ``.dic`` files; `language` is their name as a tag, such as ``en-US``."""

    language: str
    stem: Path


def folders(own: Path) -> list[Path]:
    """Where dictionaries may lie, the writer's own folder first."""
    named = [Path(part) for part in os.environ.get("DICPATH", "").split(os.pathsep) if part]
    system = {
        "darwin": [Path(os.path.expanduser("~/Library/Spelling")), Path("/Library/Spelling")],
        "win32": [Path(os.environ.get("APPDATA", "")) / "hunspell"],
    }.get(sys.platform, [Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/usr/share/myspell")])
    found = importlib.util.find_spec("hunspell")
    bundled = [Path(found.origin).parent / "dictionaries"] if found and found.origin else []
    return [own, *named, *system, *bundled]


def dictionaries(places: Iterable[Path]) -> dict[str, Dictionary]:
    """All dictionaries in some folders by their language; of two for one language the first counts."""
    found: dict[str, Dictionary] = {}
    for place in places:
        for words in sorted(place.glob("*.dic")) if place.is_dir() else ():
            if words.with_suffix(".aff").is_file():
                language = words.stem.replace("_", "-")
                found.setdefault(language.casefold(), Dictionary(language, words.with_suffix("")))
    return found


def choose(language: str, found: dict[str, Dictionary]) -> Dictionary | None:
    """The dictionary for a language tag: the very one, else one of the same language where the tag names no country.

    ``en`` takes ``en-US`` before others; a text in ``en-GB`` is not judged by American spelling.
    """
    tag = language.replace("_", "-").casefold()
    if tag in found:
        return found[tag]
    same = sorted(name for name in found if name.split("-")[0] == tag)
    usual = f"{tag}-{ {'en': 'us', 'pt': 'pt', 'sv': 'se', 'da': 'dk', 'cs': 'cz'}.get(tag, tag) }".replace(" ", "")
    return found[usual if usual in found else same[0]] if same else None


class Speller:
    """Looks words up in one dictionary, and in lists of names and of the writer's own words.

    Raises `ImportError` where Hunspell is not installed and `OSError` where the dictionary cannot be read.
    """

    def __init__(self, dictionary: Dictionary, any_english: bool = False) -> None:
        """`any_english` takes British spelling as well as American."""
        from hunspell import Hunspell, HunspellFilePathError

        self.language, self.any_english = dictionary.language, any_english
        try:
            self._words: Any = Hunspell(dictionary.stem.name, hunspell_data_dir=str(dictionary.stem.parent))
        except HunspellFilePathError as error:
            raise OSError(f"{dictionary.stem}: {error}") from error
        self._known: dict[str, bool] = {}
        self._names: frozenset[str] = frozenset()
        self._own: frozenset[str] = frozenset()

    def know(self, names: Iterable[str], own: Iterable[str]) -> bool:
        """Take other names (each word of them is known) and own words; True where that changes anything."""
        parts = frozenset(part.casefold() for name in names for part in _WORD.findall(name))
        words = frozenset(word.casefold() for word in own)
        if (parts, words) == (self._names, self._own):
            return False
        self._names, self._own = parts, words
        self._known.clear()
        return True

    def is_known(self, word: str) -> bool:
        """Whether a word stands in the dictionary, is a known name, or is the writer's own."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _is_british(self, plain: str) -> bool:
        """Whether a word is known in American spelling; asked for texts that are in English of no country."""
        lower = plain.casefold()
        made = (lower[: -len(end)] + other for end, other in _BRITISH_ENDS if lower.endswith(end))
        inner = (lower.replace(part, other, 1) for part, other in _BRITISH_PARTS if part in lower)
        return any(self._spell(other) for other in (*made, *inner))

    def _look_up(self, word: str) -> bool:
        plain = word.replace("’", "'")
        bare = plain.removesuffix("'s").removesuffix("'").casefold()
        if {plain.casefold(), bare} & (self._names | self._own) or len(word) < 2 or len(word) > 60:
            return True
        if self.any_english and self._is_british(plain.removesuffix("'s")):
            return True
        if self._spell(plain) or (plain != word and self._can_judge(word) and self._spell(word)):
            return True
        return self.language.casefold().startswith("en") and self._is_known_bare(plain)

    def _is_known_bare(self, plain: str) -> bool:
        """Whether a word is known without its accents: English dictionaries have ``cafe`` and ``naive``."""
        bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        return bare != plain and self._spell(bare)

    def _spell(self, word: str) -> bool:
        """Whether the dictionary has a word; a word in letters that the dictionary's encoding lacks is not judged."""
        try:
            return bool(self._words.spell(word))
        except UnicodeError:
            return True

    def _can_judge(self, word: str) -> bool:
        try:
            self._words.spell(word)
        except UnicodeError:
            return False
        return True

    def unknown(self, line: str) -> list[tuple[int, int]]:
        """The places of words in a line of Markdown that are not known; code, addresses and markup are left out."""
        if len(line) > _MOST_LINE or line.startswith(("    ", "\t")):
            return []
        return [m.span() for m in _WORD.finditer(prose(line)) if not self.is_known(m[0])]

    def open_words(self, text: str, names: Iterable[str] = ()) -> dict[str, int]:
        """Words of a whole Markdown text that are not known, each with the line where it comes first, counted from 1.

        `names` are known besides.
        """
        known = {part.casefold() for name in names for part in _WORD.findall(name)}
        found: dict[str, int] = {}
        for number, line in enumerate(without_code(text).split("\n"), 1):
            for start, end in self.unknown(line):
                word = line[start:end]
                plain = word.replace("’", "'").casefold()
                if not {plain, plain.removesuffix("'s").removesuffix("'")} & known:
                    found.setdefault(word, number)
        return found

    def suggest(self, word: str, most: int = 6) -> Sequence[str]:
        """Words that were perhaps meant, the likeliest first; names before others."""
        wanted = word.casefold()
        near = [name.capitalize() for name in sorted(self._names) if _is_near(name, wanted)]
        try:
            found = [*near, *self._words.suggest(word.replace("’", "'"))]
        except UnicodeError:
            found = near
        return list(dict.fromkeys(found))[:most]


def own_words(folder: Path) -> list[str]:
    """The writer's own words, one a line in ``words.txt`` of her folder of dictionaries; none where it cannot be read."""
    try:
        lines = (folder / WORDS).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    return [word for word in lines if word.strip()]


def speller(language: str, own: Path, names: Iterable[str] = ()) -> Speller | None:
    """What looks words of a language up, with the dictionaries and words in the writer's own folder; None where there is none."""
    chosen = choose(language, dictionaries(folders(own)))
    try:
        made = Speller(chosen, language.casefold() == "en") if chosen else None
    except (ImportError, OSError):
        return None
    if made is not None:
        made.know(names, own_words(own))
    return made


def _is_near(name: str, word: str) -> bool:
    """Whether two words differ by one letter: one more, one less, or another one."""
    if abs(len(name) - len(word)) > 1 or name == word or len(name) < 4:
        return False
    head = next((n for n, (a, b) in enumerate(zip(name, word, strict=False)) if a != b), min(len(name), len(word)))
    return any(name[head + a :] == word[head + b :] for a, b in ((1, 1), (1, 0), (0, 1)))
