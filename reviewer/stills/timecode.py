"""Where in a film a frame stands: hours, minutes, seconds as a clock says them, and the frame within that second."""

from __future__ import annotations

import re
from math import ceil

_PART = re.compile(r"\d{1,5}")
_LAST = re.compile(r"(\d{1,5})(?:[.,](\d{1,6}))?")


def written(microseconds: int, rate: float) -> str:
    """A moment as ``01:02:03:04``; `rate` is frames in a second. Real time is told, not the count of a tape: in films of
    23.976 frames a second the two part by 3.6 seconds an hour."""
    second, rest = divmod(max(0, microseconds), 1_000_000)
    frame = min(int(rest * rate / 1_000_000 + 0.01), max(0, ceil(rate) - 1))
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}:{frame:02}"


def read(text: str, rate: float) -> int | None:
    """The microsecond that a time code means, as people type it: ``3.5``, ``2:03``, ``1:02:03``, and with the frame
    ``01:02:03:04``; None for no time code."""
    parts = re.split(r"[:;]", text.strip())
    frame = parts.pop() if len(parts) == 4 else ""
    last = _LAST.fullmatch(parts[-1])
    if last is None or len(parts) > 3 or not all(map(_PART.fullmatch, [*parts[:-1], *([frame] if frame else [])])):
        return None
    seconds = int(last[1])
    for place, part in enumerate(reversed(parts[:-1]), 1):
        seconds += int(part) * 60**place
    within = (int(frame) + 0.5) / (rate or 25) if frame else float(f"0.{last[2] or 0}")
    return seconds * 1_000_000 + round(within * 1_000_000)
