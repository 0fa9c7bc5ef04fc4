"""Licences that pictures come under: their ids, names and addresses, and the attribution that they ask for.

Ids are those of the SPDX licence list 3.25 where it has them; the addresses are Creative Commons' own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.review.values import Still


@dataclass(frozen=True)
class Licence:
    """A public licence. `names` says whether the author has to be named."""

    id: str
    name: str
    url: str
    names: bool = True


_CC0 = Licence("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", False)
_MARK = Licence("CC-PDM-1.0", "Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/", False)
LICENCES = {
    made.id: made
    for made in (
        _CC0,
        _MARK,
        *(
            Licence(f"CC-{terms}-{v}", f"CC {terms} {v}", f"https://creativecommons.org/licenses/{terms.lower()}/{v}/")
            for terms in ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")
            for v in ("4.0", "3.0", "2.5", "2.0", "1.0")
            if (terms, v) != ("BY-NC-ND", "1.0")
        ),
    )
}
"""The licences that are known, by their ids; the newest version of each first."""


def licence(words: str) -> Licence | None:
    """A licence by its id, its name or its address, as people write them: ``cc by-sa 3.0``; None for any other."""
    plain = words.strip()
    if found := re.match(
        r"https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", plain, re.I
    ):
        kind = {"zero": "CC0", "mark": "CC-PDM"}.get(found[2].lower(), f"CC-{found[2].upper()}")
        return LICENCES.get(f"{kind}-{found[3]}")
    folded = re.sub(r"[\s_-]+", "-", plain).upper().removeprefix("CC-")
    number = folded if re.search(r"\d\.\d$", folded) else f"{folded}-{'1.0' if folded in ('0', 'CC0') else '4.0'}"
    return LICENCES.get(f"CC-{number}") or LICENCES.get({"0-1.0": "CC0-1.0", "CC0-1.0": "CC0-1.0"}.get(number, ""))


def attribution(still: Still) -> str:
    """What a Creative Commons licence asks to be printed: title, author, source and licence, each where it is known.

    The rule is Creative Commons' “Best practices for attribution”. Empty where the still is under no licence known here.
    """
    found = licence(still.permission.licence) if still.permission.basis == "licence" else None
    if found is None:
        return ""
    title = f"“{still.source.name}”" if still.source.name else ""
    author = still.permission.holder or still.credit
    first = " by ".join(part for part in (title, author) if part)
    return ", ".join(part for part in (first, still.source.url, f"{found.name} ({found.url})") if part)
