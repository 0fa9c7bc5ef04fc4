"""What stands above a post's text: YAML front matter, and Pelican's plain header."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from reviewer.review.values import Plain
from reviewer.text import emit
from reviewer.text.mentions import film_name

_BARE_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d( [+-]\d{4})?")


def yaml(front: Mapping[str, Plain]) -> str:
    """Front matter that every reader of YAML takes alike: every text in double quotes, lists in brackets, one level of nesting a
    line."""
    return "---\n" + "\n".join(_lines(front)) + "\n---\n\n"


def plain(front: Mapping[str, Plain]) -> str:
    """Lines of ``Key: value`` (Python-Markdown's meta-data): no quotes, no nesting, lists parted by semicolons."""
    return "".join(f"{key.capitalize()}: {value}\n" for key, value in _flat(front).items()) + "\n"


def toml(front: Mapping[str, Plain]) -> str:
    """TOML between ``+++``: plain keys first, then each table, every list in one line (toml.io, 1.0)."""
    plainly = [f"{_bare(key)} = {_toml(value)}" for key, value in front.items() if not isinstance(value, dict)]
    tables = [
        line
        for key, value in front.items()
        if isinstance(value, dict)
        for line in ("", f"[{_bare(key)}]", *(f"{_bare(name)} = {_toml(inner)}" for name, inner in value.items()))
    ]
    return "+++\n" + "\n".join([*plainly, *tables]) + "\n+++\n\n"


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


def _toml(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) and value % 1 else f"{int(value)}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_bare(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    signs = re.sub(r'[\\"]', lambda found: "\\" + found[0], str(value))
    return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", signs) + '"'


def _flat(front: Mapping[str, Plain], before: str = "") -> dict[str, str]:
    made: dict[str, str] = {}
    for name, value in front.items():
        key = f"{before}{name}"
        if isinstance(value, dict):
            made |= _flat(value, f"{key}_")
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            rows = [_row(item) for item in value if isinstance(item, dict)]
            made |= {key: "; ".join(row for row in rows if row)}
        elif isinstance(value, list):
            made[key] = "; ".join(_words(item) for item in value)
        else:
            made[key] = _words(value)
    return {key: value for key, value in made.items() if value}


def _row(item: Mapping[str, Plain]) -> str:
    """A role with its actors, a film, or a still, in one line."""
    if "title" in item:
        return film_name(_words(item["title"]), year if isinstance(year := item.get("year"), int) else None)
    if "actors" in item:
        actors = item["actors"]
        return f"{_words(item.get('role', ''))}: {', '.join(map(_words, actors)) if isinstance(actors, list) else ''}"
    return _words(item.get("src", ""))


def _words(value: Plain) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return " ".join(str(value).split())


def _lines(front: Mapping[str, Plain], pad: str = "") -> list[str]:
    lines: list[str] = []
    for key, value in front.items():
        if isinstance(value, dict) and not pad:
            lines += [f"{pad}{emit.text(key)}:", *_lines(value, pad + "  ")]
        elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
            lines += [f"{pad}{emit.text(key)}:", *(f"{pad}  - {_inline(item)}" for item in value)]
        else:
            lines.append(f"{pad}{emit.text(key)}: {_inline(value)}")
    return lines


def _inline(value: Plain) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{emit.text(key, flow=True)}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, str):
        return value if _BARE_DATE.fullmatch(value) or value == "post" else emit.quoted(value)
    return emit.scalar(value, flow=True)
