"""Where a generator puts the page of a post: its pattern of addresses, filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from reviewer.publish.entries import Entry

_COLON = re.compile(r":([a-z_]+)")
_BRACES = re.compile(r"\{(\w+)(?:!\w)?(?::%([A-Za-z]))?\}")


def with_colons(pattern: str, entry: Entry, more: Mapping[str, str]) -> str:
    """``/:year/:month/:title/`` filled, as Jekyll, Hugo and Hexo write it; empty where it has a blank that is not known."""
    return _filled(_COLON, pattern, {**_parts(entry), **more})


def with_braces(pattern: str, entry: Entry, more: Mapping[str, str]) -> str:
    """``{date:%Y}/{slug}.html`` filled, as Pelican and Material write it; empty where it has a blank that is not known."""
    known = {**_parts(entry), **more}
    known |= {f"date%{letter}": f"{entry.day:%{letter}}" for letter in "YmdbBjy"}
    return _filled(_BRACES, pattern, known)


def _parts(entry: Entry) -> dict[str, str]:
    day = entry.day
    return {
        "year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}", "i_month": str(day.month), "i_day": str(day.day),
        "short_year": f"{day:%y}", "y_day": f"{day:%j}", "short_month": f"{day:%b}", "long_month": f"{day:%B}",
        "slug": entry.slug, "title": entry.slug, "name": entry.slug,
    }  # fmt: skip


def _filled(blank: re.Pattern[str], pattern: str, known: Mapping[str, str]) -> str:
    missing = False

    def fill(found: re.Match[str]) -> str:
        nonlocal missing
        name = found[1] + (f"%{found[2]}" if found.lastindex == 2 else "")
        missing = missing or name not in known
        return known.get(name, "")

    made = blank.sub(fill, pattern)
    return "" if missing else re.sub(r"/{2,}", "/", "/" + quote(made, safe="/%:@!$&'()*+,;=-._~").lstrip("/"))
