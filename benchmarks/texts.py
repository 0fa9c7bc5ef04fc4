"""The texts and the library that are measured; the same ones in every run."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = str.split(
    "the film and a woman stands before light that no one saw again in house of glass by sea slowly camera "
    "waits while her brother talks until evening comes with rain on every window he never opened for anyone else"
)

FRONT = """---
id: {id:08x}
title: {title}
status: published
date: 20{decade:02}-0{month}-11
film: {{title: {title}, year: {year}}}
rating:
  - {{scale: five-stars, value: 4}}
categories: [Movies, 4 star movies]
tags: [sea, glass]
credits:
  director: [Someone Else]
  cast:
    - {{role: Kathy, actors: [Carey Mulligan]}}
---

"""


def front(number: int) -> str:
    """The head of a review."""
    return FRONT.format(
        id=number + 1,
        title=f"Film {number}",
        decade=number % 20,
        month=number % 9 + 1,
        year=1950 + number % 70,
    )


def body(words: int) -> str:
    """So many words in paragraphs of eighty, with headings, emphasis, links and film names as reviews have them."""
    chance = random.Random(words)
    blocks, left = [], words
    while left > 0:
        part = [chance.choice(WORDS) for _ in range(min(80, left))]
        left -= len(part)
        if len(part) > 60:
            part[9], part[30], part[50] = f"*{part[9]}*", f"[{part[30]}](https://example.org/)", "[[Gattaca (1997)]]"
        if len(blocks) % 9 == 8:
            blocks.append("## " + " ".join(part[:3]).capitalize())
        blocks.append(" ".join(part).capitalize() + ".")
    return "\n\n".join(blocks) + "\n"


def review(folder: Path, words: int) -> tuple[Path, Path]:
    """Write a text twice: as a plain file for the bare program and as a review in a library of its own."""
    plain, made = folder / "plain.md", folder / "library" / "film" / "review.md"
    made.parent.mkdir(parents=True)
    plain.write_text(body(words), "utf-8")
    made.write_text(front(0) + body(words), "utf-8")
    return plain, made


def library(folder: Path, count: int) -> Path:
    """Write a library of so many reviews, 400 words each."""
    text = body(400)
    for number in range(count):
        own = folder / f"film-{number:04}"
        own.mkdir(parents=True)
        (own / "review.md").write_text(front(number) + text, "utf-8")
    return folder
