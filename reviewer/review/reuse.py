"""When others ask this blog for a still: whose it is to give, and what was asked and answered."""

from __future__ import annotations

import dataclasses

from reviewer.review.licences import licence
from reviewer.review.rights import day
from reviewer.review.values import Event, ReuseRequest, Still

ANSWERS = ("granted", "refused", "sent on to the holder")
"""What a request may be answered, in the record's words; an empty answer is still to come."""


@dataclasses.dataclass(frozen=True)
class ReuseRule:
    """What this blog lets others do with stills whose own record says nothing: the writer's own, frames, and all others."""

    own: str = ""
    frames: str = ""
    others: str = ""

    def terms(self, still: Still) -> str:
        """What the rule says of a still; empty where it says nothing."""
        if still.permission.basis == "own":
            return self.own
        return self.frames if still.kind in ("frame", "trailer-frame") else self.others

    def applied(self, still: Still) -> Still:
        """The still with the terms that hold for it: its own, else the rule's."""
        terms = still.reuse.terms or self.terms(still)
        return dataclasses.replace(still, reuse=dataclasses.replace(still.reuse, terms=terms))


def whose_to_give(still: Still) -> str:
    """Whether the writer may let others use a still, in one sentence that names the holder where she may not."""
    permission = still.permission
    holder = permission.holder or still.credit
    if permission.basis == "own":
        return "It is yours to give."
    if permission.basis == "public-domain":
        return "Nobody’s permission is needed: no rights remain."
    if permission.basis == "licence" and (found := licence(permission.licence)) is not None:
        return f"Anybody may use it under {found.name}; that is the owner’s word, not yours."
    if holder:
        return f"It is not yours to give: who wants it has to ask {holder}."
    return "It is not yours to give, and nobody has written down who holds it."


def answer_letter(still: Still, answer: str) -> str:
    """The letter that answers a reader, by its file's name: yes, a frame of a trailer, or not the writer's to give."""
    if still.permission.basis == "own":
        return "reuse-yes"
    if answer == "granted" and still.kind in ("trailer-frame", "frame"):
        return "reuse-trailer"
    return "reuse-yes" if answer == "granted" and still.reuse.terms else "reuse-not-mine"


def request_words(request: ReuseRequest) -> str:
    """A request in one line."""
    parts = [f"{day(request.date)}: " if request.date else "", request.from_ or "Somebody"]
    parts.append(f", for {request.for_}" if request.for_ else "")
    parts.append(f". Answered: {request.answer}." if request.answer else ". Not answered yet.")
    return "".join(parts) + (f" {request.note}" if request.note else "")


def requested(still: Still, request: ReuseRequest) -> Still:
    """The still with a request in its list and in its permission’s log.

    The same person’s request of the same day is the same request: its answer is written into it.
    """
    same = next((r for r in still.reuse.requests if (r.date, r.from_) == (request.date, request.from_)), None)
    requests = (
        tuple(request if r is same else r for r in still.reuse.requests) if same else (*still.reuse.requests, request)
    )
    event = Event(request.date, "reuse", request.from_, "", request_words(request).partition(": ")[2])
    log = still.permission.log if same else (*still.permission.log, event)
    return dataclasses.replace(
        still,
        reuse=dataclasses.replace(still.reuse, requests=requests),
        permission=dataclasses.replace(still.permission, log=log),
    )
