"""What a check noticed: what, where, how bad, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a finding is. What blocks stands in the way of an export; the others do not."""

    BLOCKS = 0
    WARNS = 1
    ADVISES = 2


@dataclass(frozen=True)
class Finding:
    """One thing a check noticed.

    `code` is stable and names the check (``still-permission-unknown``). `message` is one sentence that names the thing;
    `reason` says what follows from it. `line` counts from 1 in the whole file. `place` is a front matter path
    (``film.year``, ``stills/boat.jpg``) or ``text``. `fix` says in words what mends it, `act` names the mending that the
    window can do itself.
    """

    code: str
    severity: Severity
    message: str
    reason: str = ""
    line: int | None = None
    place: str = ""
    fix: str = ""
    act: str = ""


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stand in the way of an export."""
    return tuple(finding for finding in findings if finding.severity is Severity.BLOCKS)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first, then by place in the file."""
    return tuple(sorted(findings, key=lambda f: (f.severity, f.line or 0)))
