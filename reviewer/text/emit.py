"""Writing plain data as YAML that every generator and every YAML version reads alike."""

from __future__ import annotations

import datetime as dt
import re

import yaml

from reviewer.review.values import Plain

_RESOLVER = yaml.SafeLoader("")
_STR = "tag:yaml.org,2002:str"
# What YAML 1.2 or a lenient reader takes for something else than a text, beyond PyYAML's own (1.1) rules.
_OTHER = re.compile(
    r"[-+]?(\d[\d_,.:eExXoO+-]*|\.\d.*)|y|n|[-+.]?(inf|nan)|0[xo][0-9a-f]+|~|null|true|false|yes|no|on|off", re.I
)
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`=<~ \t")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_CONTROL = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"\\\\]')
WIDTH = 100
"""Characters up to which a group of values is written on one line."""


def text(value: str, *, flow: bool = False, style: str | None = None) -> str:
    """A text as a YAML scalar: plain where that is safe, else quoted. `style` is how it stood before (``'`` or ``"``)."""
    if style == "'" and not _CONTROL.search(value.replace('"', "").replace("\\", "")):
        return "'" + value.replace("'", "''") + "'"
    return value if style != '"' and is_plain(value, flow=flow) else quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes, with the escapes that all YAML readers share; emoji stand as they are."""
    return '"' + _CONTROL.sub(_escape, value) + '"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether a text may stand without quotes and still be read as that very text."""
    if not value or value != value.strip() or value.startswith((*_INDICATORS, "...")) or _CONTROL.search(value):
        return False
    if (
        ": " in value
        or " #" in value
        or value.endswith(":")
        or (flow and re.search(r"[,\[\]{}]|:(?=$|[\[\]{},])", value))
    ):
        return False
    return not _OTHER.fullmatch(value) and _RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) == _STR  # type: ignore[no-untyped-call]


def scalar(value: Plain, *, flow: bool = False, style: str | None = None) -> str:
    """Any single value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}" if value == float(f"{value:g}") else repr(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return text(str(value), flow=flow, style=style)


def inline(value: Plain) -> str:
    """A value on one line, in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text(key, flow=True)}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return scalar(value, flow=True)


def _is_short(value: Plain, indent: int) -> bool:
    """Whether a group reads well on one line: no group inside a mapping, and not too long."""
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    deep = any(isinstance(item, dict) for item in inner) or (isinstance(value, dict) and len(value) > 5)
    return not deep and len(inline(value)) + indent <= WIDTH


def after_key(value: Plain, indent: int, newline: str, *, block: bool = False) -> str:
    """What follows ``key:`` for a value whose key stands at column `indent`: a blank and one line, or lines below."""
    if not isinstance(value, (dict, list)) or not value or (_is_short(value, indent + 12) and not block):
        return f" {inline(value) if isinstance(value, (dict, list)) else scalar(value)}".rstrip()
    if isinstance(value, dict):
        return newline + newline.join(lines(value, indent + 2, newline))
    return newline + newline.join(item(entry, indent + 2, newline) for entry in value)


BLOCK_KEYS = frozenset({"film", "credits", "permission", "stills", "cast", "rating", "reuse", "requests"})
"""Keys whose groups are easier to read on lines of their own, however short."""


def lines(value: dict[str, Plain], indent: int, newline: str) -> list[str]:
    """A mapping as lines (each perhaps several lines long) at column `indent`."""
    pad = " " * indent
    return [
        f"{pad}{text(key)}:{after_key(item, indent, newline, block=key in BLOCK_KEYS)}" for key, item in value.items()
    ]


def item(value: Plain, indent: int, newline: str) -> str:
    """One item of a block list, its dash at column `indent`, without a last line end."""
    pad = " " * indent
    if isinstance(value, dict) and value and not (_is_short(value, indent) and "file" not in value):
        return f"{pad}- " + newline.join(lines(value, indent + 2, newline)).lstrip(" ")
    return f"{pad}- {inline(value) if isinstance(value, (dict, list)) else scalar(value)}"
