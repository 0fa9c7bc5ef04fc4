"""Reading a pasted cast list, in the forms that web pages and data bases print."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.review.values import Role

_AS = re.compile(r"\s+(?:as|\.{2,}|…)\s+", re.IGNORECASE)
_PLAYED = re.compile(r"\s*\((?:played|voiced) by\s+(?P<actors>.+)\)\s*$", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—:]\s+|\s*:\s+")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d+[.)])\s+")
_AND = re.compile(r"\s*(?:,|/|;|&|\band\b)\s*")


def parse_cast(text: str) -> tuple[Role, ...]:
    """Roles and actors from a pasted list, one a line.

    Understood: ``Carey Mulligan as Kathy``, ``Carey Mulligan ... Kathy``, ``Kathy - Carey Mulligan``, ``Kathy: A, B``,
    ``Kathy (played by A and B)``, and actor, tab, role as data bases copy it. A line with no sign between is an actor
    whose role is not known. Lines of one role are joined; the order is kept.
    """
    lines = (_line(line) for line in text.splitlines())
    return merged(role for role in lines if role is not None and (role.role or role.actors))


def merged(roles: Iterable[Role]) -> tuple[Role, ...]:
    """One entry a role, with all its actors; entries without a role stay apart."""
    found: dict[object, Role] = {}
    for number, role in enumerate(roles):
        key: object = role.role.casefold() or number
        if key in found:
            actors = dict.fromkeys((*found[key].actors, *role.actors))
            found[key] = Role(found[key].role, tuple(actors))
        else:
            found[key] = role
    return tuple(found.values())


def names(text: str) -> tuple[str, ...]:
    """Several people in one field: separated by commas, semicolons, slashes, ``&`` or ``and``."""
    return tuple(name for name in (part.strip() for part in _AND.split(text)) if name)


def _line(line: str) -> Role | None:
    cells = [cell.strip(" .…") for cell in line.split("\t")]
    cells = [cell for cell in cells if cell]
    if len(cells) >= 2:
        return Role(cells[-1], names(cells[0]))
    plain = _BULLET.sub("", line.replace("\t", " ")).strip()
    if not plain:
        return None
    if played := _PLAYED.search(plain):
        return Role(plain[: played.start()].strip(), names(played["actors"]))
    if (parts := _AS.split(plain, maxsplit=1))[1:]:
        return Role(parts[1].strip(), names(parts[0]))
    if (parts := _DASH.split(plain, maxsplit=1))[1:]:
        return Role(parts[0].strip(), names(parts[1]))
    return Role("", (plain,))
