"""What stands under a still in a blog: the blog's own templates filled from still, film and permission.

A template is text with blanks such as ``{caption}``. What stands in square brackets is left out where one of its blanks is
empty, and words between asterisks are emphasised: ``{caption} in *{film}*[. © {year} {holder}]``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from reviewer.publish.dialect import Run
from reviewer.review.licences import licence
from reviewer.review.values import Review, Still

BLANKS = ("caption", "credit", "alt", "film", "original", "year", "director", "holder", "licence", "source", "author")
_PIECE = re.compile(r"\[([^\[\]]*)\]|([^\[]+|\[)")
_BLANK = re.compile(r"\{([a-z]+)\}")


@dataclasses.dataclass(frozen=True)
class Words:
    """Caption and credit of a still as the post prints them."""

    caption: tuple[Run, ...] = ()
    credit: tuple[Run, ...] = ()


def words(review: Review, still: Still, caption: str = "{caption}", credit: str = "{credit}") -> Words:
    """A still's caption and credit by a blog's templates."""
    known = _known(review, still)
    return Words(fill(caption, known), fill(credit, known))


def fill(template: str, known: Mapping[str, str]) -> tuple[Run, ...]:
    """A template with its blanks filled. Empty where every blank of it is, and where it has an unknown one, that stays."""
    if _BLANK.search(template) and not any(known.get(name, "?") for name in _BLANK.findall(template)):
        return ()
    runs: list[Run] = []
    for found in _PIECE.finditer(template):
        piece = found[1] if found[1] is not None else found[2]
        if found[1] is not None and not all(known.get(name, "?") for name in _BLANK.findall(piece)):
            continue
        for place, part in enumerate(piece.split("*")):
            text = _BLANK.sub(lambda blank: known.get(blank[1], blank[0]), part)
            if text:
                runs.append((text, place % 2 == 1))
    return _trimmed(runs)


def plain(runs: Sequence[Run]) -> str:
    """The words alone."""
    return "".join(text for text, _ in runs)


def with_words(still: Still, made: Words) -> Still:
    """The still as exported copies name it: with the caption and credit that the post prints."""
    return dataclasses.replace(still, caption=plain(made.caption), credit=plain(made.credit))


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    while runs and not runs[0][0].strip():
        runs.pop(0)
    while runs and not runs[-1][0].strip():
        runs.pop()
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return tuple(runs)


def _known(review: Review, still: Still) -> dict[str, str]:
    permission = still.permission
    found = licence(permission.licence) if permission.basis == "licence" else None
    return {
        "caption": still.caption,
        "credit": still.credit,
        "alt": still.alt,
        "film": review.film.title,
        "original": review.film.original_title or review.film.title,
        "year": str(review.film.year or ""),
        "director": " and ".join(review.credits.people("director")),
        "holder": permission.holder or still.credit,
        "licence": found.name if found else permission.licence,
        "source": still.source.name,
        "author": review.author,
    }
