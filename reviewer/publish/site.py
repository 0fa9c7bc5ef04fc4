"""What a blog's folder says about itself: its configuration, read and never written."""

from __future__ import annotations

import ast
import contextlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewer.library.files import read_regular
from reviewer.text.frontmatter import BrokenFrontMatter, compose_quick, entries


@dataclass(frozen=True)
class Site:
    """A blog's folder with the generator it was made for. `reasons` says how that is known; `zone` is the site's own
    time zone, None where its configuration names none; `facts` are what its profile found out besides."""

    folder: Path
    profile: str
    reasons: tuple[str, ...] = ()
    zone: ZoneInfo | None = None
    posts: str = ""
    config: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_config(path: Path) -> dict[str, Any]:
    """A configuration file as plain data; what cannot be read counts as empty. Only the top level and one below matter."""
    try:
        text = read_regular(path, 1_000_000).decode("utf-8-sig")
        if path.suffix == ".toml":
            return tomllib.loads(text)
        if path.suffix == ".json":
            found = json.loads(text)
            return found if isinstance(found, dict) else {}
        return _mapping(compose_quick(text).root, 0)
    except (OSError, ValueError, BrokenFrontMatter):
        return {}


def authors(folder: Path, *names: str) -> dict[str, str]:
    """The authors that a site's data file knows, as ``author NAME`` and the key it has for them; the first file counts.

    Such a file holds a key for each author, with a ``name`` and whatever the theme shows of them (Jekyll's and Material's guides).
    """
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    found = read_config(path) if path is not None else {}
    rows = found.get("authors") if isinstance(found.get("authors"), dict) else found
    return {
        f"author {row['name']}": str(key)
        for key, row in (rows.items() if isinstance(rows, dict) else ())
        if isinstance(row, dict) and isinstance(row.get("name"), str)
    }


def plain_yaml(text: str) -> dict[str, Any]:
    """YAML as plain data, every value a text; empty where it is none."""
    try:
        return _mapping(compose_quick(text).root, 0)
    except (ValueError, BrokenFrontMatter):
        return {}


def read_python(path: Path) -> dict[str, Any]:
    """The plain values that a Python file sets at its top level, by name. The file is parsed and never run."""
    try:
        tree = ast.parse(read_regular(path, 1_000_000).decode("utf-8-sig"))
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for statement in tree.body:
        if (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
        ):
            with contextlib.suppress(ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
    return found


def _mapping(node: Node | None, depth: int) -> dict[str, Any]:
    if node is None or depth > 4:
        return {}
    return {entry.name: _value(entry.value, depth + 1) for entry in entries(node)}


def _value(node: Node, depth: int) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MappingNode):
        return _mapping(node, depth)
    return [_value(child, depth + 1) for child in node.value] if isinstance(node, SequenceNode) and depth < 5 else []


def zone(name: object) -> ZoneInfo | None:
    """A time zone by its IANA name, or None where the name is none or the system has no zone data."""
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (OSError, ValueError, KeyError):
        return None
