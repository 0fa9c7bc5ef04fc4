"""What happened about a still's permission, and what is due: asked, answered, ended."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.review.rights import day
from reviewer.review.values import Event, Still

PATIENCE = 14
"""Days without an answer after which a reminder is due."""
AHEAD = 30
"""Days before a permission ends in which that is said."""

_STATES = {"asked": "asked", "granted": "granted", "refused": "refused", "withdrawn": "withdrawn"}


def happened(still: Still, event: Event) -> Still:
    """The still with an event in its log, and its permission as it stands after it.

    An answer answers the permission; asking for it makes it the basis where none was known, and whom was asked the contact.
    A reminder, thanks and notes change nothing but the log.
    """
    permission = still.permission
    change: dict[str, object] = {"log": (*permission.log, event)}
    if event.what in _STATES:
        change["state"] = _STATES[event.what]
        if permission.basis in ("", "unknown"):
            change["basis"] = "permission"
    if event.what == "asked":
        change |= {"asked": event.date, "answered": None, "contact": permission.contact or event.who}
    elif event.what in _STATES:
        change["answered"] = event.date
    if event.evidence and event.evidence not in permission.evidence:
        change["evidence"] = (*permission.evidence, event.evidence)
    return dataclasses.replace(still, permission=dataclasses.replace(permission, **change))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Due:
    """Something about a still that waits for the writer: why, in words, and since or until when."""

    still: Still
    why: str
    words: str
    date: dt.date


def due(stills: Iterable[Still], today: dt.date, ahead: int = AHEAD) -> list[Due]:
    """What is due, the most urgent first: permissions that ended or end in `ahead` days, questions without an answer."""
    found = [one for still in stills if (one := _due(still, today, ahead)) is not None]
    order = {"ended": 0, "ends": 1, "unanswered": 2}
    return sorted(found, key=lambda one: (order[one.why], one.date))


def _due(still: Still, today: dt.date, ahead: int) -> Due | None:
    permission = still.permission
    ends = permission.expires
    if (
        ends is not None
        and permission.state not in ("refused", "withdrawn")
        and permission.basis not in ("", "unknown")
    ):
        if ends < today:
            return Due(still, "ended", f"Ended {day(ends)}", ends)
        if (ends - today).days <= ahead:
            left = (ends - today).days
            when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
            return Due(still, "ends", f"Ends {when}", ends)
    if permission.basis == "permission" and permission.state == "asked":
        asked = [event.date for event in permission.log if event.what in ("asked", "reminded") and event.date]
        last = max([*asked, *([permission.asked] if permission.asked else [])], default=None)
        if last is not None and (today - last).days >= PATIENCE:
            return Due(still, "unanswered", f"Asked {(today - last).days} days ago, no answer", last)
    return None
