"""Words, reading time, outline: figures about a text that cost one pass over it."""

from __future__ import annotations

import re

from reviewer.text.asides import NOTE, without_notes
from reviewer.text.spans import without_fences

WORDS_A_MINUTE = 230
_MARKUP = re.compile(
    r"!?\[([^\]\[\n]{0,1000})\]\((?:<[^<>\n]{0,1000}>|[^()\n]{0,1000})\)|<[^<>\n]{1,200}>|^[ \t]{0,3}(?:`{3,}|~{3,}).*$"
    r"|\[\^[^\]\[\n]{1,100}\]",
    re.M,
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:[’'.\-][^\W_]+)*")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")


def words(text: str) -> int:
    """Words as a reader counts them: notes to oneself, link addresses and images do not count, each Han or Kana character is one."""
    if NOTE in text:
        text = "\n".join(without_notes(text.split("\n")))
    return sum(1 for _ in _WORD.finditer(_MARKUP.sub(r"\1", text)))


def minutes(count: int) -> int:
    """Reading time in whole minutes, at least one for any text."""
    return -(-count // WORDS_A_MINUTE)


def outline(text: str) -> list[tuple[int, int, str]]:
    """Headings as (line counted from 1, level, words); those inside code fences are none."""
    return [
        (number, len(heading[1]), heading[2].rstrip().rstrip("#").rstrip())
        for number, line in enumerate(without_fences(text.split("\n")), 1)
        if (heading := _HEADING.match(line))
    ]
