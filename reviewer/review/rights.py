"""May this still appear? The rules that turn a permission record into a verdict.

Facts and the writer's own records, never legal advice. Unknown is restricted: a class that merely feels safe is the one
people choose when they are not sure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from reviewer.review.values import Still


class Verdict(Enum):
    """What the record says about publishing a still."""

    MAY = "may"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    REFUSED = "refused"
    EXPIRED = "expired"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Standing:
    """A verdict with the words for it. `override` is the writer's reason for publishing all the same."""

    verdict: Verdict
    words: str
    override: str = ""

    @property
    def blocks(self) -> bool:
        return self.verdict not in (Verdict.MAY, Verdict.INCOMPLETE) and not self.override


BASIS_WORDS = {
    "permission": ("The holder said yes", "A letter or mail from whoever owns it. Needs: holder, date, the reply."),
    "press-terms": ("Press terms", "The distributor’s press page allows it. Needs: the address, the terms."),
    "licence": ("A licence", "For example CC BY 4.0. Needs: licence, author, link."),
    "quotation": ("Quotation", "Shown because the text discusses it. Needs: one sentence on what it shows."),
    "public-domain": ("Public domain", "No rights remain. Needs: why, and where you know it from."),
    "own": ("My own picture", "You took or drew it. Needs nothing more."),
}


def standing(still: Still, today: dt.date) -> Standing:
    """What the still's record says on that day."""
    verdict, words = _verdict(still, today)
    return Standing(verdict, words, still.permission.override.reason)


def _verdict(still: Still, today: dt.date) -> tuple[Verdict, str]:
    permission = still.permission
    if permission.basis in ("", "unknown"):
        return Verdict.UNKNOWN, "Unknown"
    if permission.state in ("refused", "withdrawn"):
        return Verdict.REFUSED, permission.state.capitalize()
    if permission.expires is not None and permission.expires < today:
        return Verdict.EXPIRED, f"Expired {day(permission.expires)}"
    if permission.basis == "permission":
        return _asked(still, today)
    missing = _missing(still)
    if missing:
        are = "are" if " and " in missing else "is"
        return Verdict.INCOMPLETE, f"May appear, but {missing} {are} not written down"
    return Verdict.MAY, BASIS_WORDS[permission.basis][0]


def _asked(still: Still, today: dt.date) -> tuple[Verdict, str]:
    permission = still.permission
    if permission.state == "granted":
        return Verdict.MAY, f"Granted {day(permission.answered)}" if permission.answered else "Granted"
    if permission.state == "asked":
        return Verdict.WAITING, f"Asked {ago(permission.asked, today)}".strip()
    return Verdict.UNKNOWN, "Not asked yet"


def ago(date: dt.date | None, today: dt.date) -> str:
    """How long ago a day was: ``today``, ``yesterday``, ``32 days ago``, ``3 years ago``; nothing for no day."""
    if date is None:
        return ""
    days = (today - date).days
    if days >= 2 * 365:
        return f"{days // 365} years ago"
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _missing(still: Still) -> str:
    permission, source = still.permission, still.source
    wants = {
        "press-terms": (("terms", permission.terms), ("address", source.url)),
        "licence": (
            ("licence", permission.licence),
            ("holder", permission.holder or still.credit),
            ("address", source.url),
        ),
        "quotation": (("what it shows", permission.note or still.caption),),
        "public-domain": (("why", permission.note or source.url or source.name),),
    }
    missing = [name for name, value in wants.get(permission.basis, ()) if not value]
    listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else "".join(missing)
    return f"the {listed}" if missing and missing[0] not in ("why", "what it shows") else listed


def day(date: dt.date | None) -> str:
    """A date as people write it: ``1 Oct 2011``; without a date, nothing."""
    return f"{date.day} {date:%b %Y}" if date else ""
