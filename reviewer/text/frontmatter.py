"""YAML front matter as a tree of nodes that know their place, read under limits that no honest file reaches.

PyYAML composes the nodes; it is never asked to construct a value, so no tag of a file can do anything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MOST_BYTES, MOST_ALIASES, MOST_DEPTH, MOST_KEYS = 512 * 1024, 50, 20, 10_000
REMEMBERED = 32 * 1024
"""Letters of a front matter up to which its tree is kept for the next look."""
NULL, MERGE = "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"


class BrokenFrontMatter(ValueError):
    """The front matter cannot be read. `line` counts from 1 in the file; `fix` says what would mend it."""

    def __init__(self, line: int, reason: str, fix: str = "") -> None:
        super().__init__(reason)
        self.line, self.reason, self.fix = line, reason, fix


@dataclass(frozen=True)
class Entry:
    """A key of a mapping and its value. `merged` says that it came in through ``<<``."""

    name: str
    key: ScalarNode
    value: Node
    merged: bool = False


@dataclass
class Tree:
    """A composed front matter. `anchored` holds the nodes that others refer to, by identity; `refs` the places
    (character indices) of anchors and aliases."""

    source: str
    root: Node | None = None
    anchored: set[int] = field(default_factory=set)
    refs: list[tuple[int, str, str]] = field(default_factory=list)

    def line(self, node: Node) -> int:
        """The node's line in the file, counted from 1; the opening fence is line 1."""
        return int(node.start_mark.line) + 2

    def text(self, node: Node) -> str:
        """The node as it stands in the file, without surrounding blanks."""
        return self.source[node.start_mark.index : node.end_mark.index].strip()


class _Loader(yaml.SafeLoader):
    """A loader that counts while it composes, and notes where anchors and aliases stand."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.tree = Tree(source)
        self._depth = self._aliases = self._keys = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        alias = isinstance(event, yaml.AliasEvent)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self.tree.refs.append((event.start_mark.index, "alias" if alias else "anchor", anchor))
        self._aliases += alias
        self._keys += isinstance(parent, MappingNode) and index is None
        self._depth += 1
        self._check(event.start_mark.line + 2)
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        if anchor is not None and not alias:
            self.tree.anchored.add(id(node))
        return node

    def _check(self, line: int) -> None:
        for count, most, what in (
            (self._aliases, MOST_ALIASES, "aliases"),
            (self._depth, MOST_DEPTH, "levels"),
            (self._keys, MOST_KEYS, "keys"),
        ):
            if count > most:
                raise BrokenFrontMatter(
                    line, f"there are more than {most} {what}", "Take some of it out in a text editor."
                )


def compose(source: str) -> Tree:
    """The tree of a front matter, which nobody changes. Raises `BrokenFrontMatter` with line, reason and way out.

    A change to a review reads the same few lines several times: to plan it, to splice it, to see what came out.
    """
    return _remembered(source) if len(source) <= REMEMBERED else _composed(source)


def _composed(source: str) -> Tree:
    if len(source.encode("utf-8", "surrogateescape")) > MOST_BYTES:
        raise BrokenFrontMatter(
            2, f"the front matter is larger than {MOST_BYTES // 1024} KB", "Move text below the --- line."
        )
    try:
        loader = _Loader(source)
        loader.tree.root = loader.get_single_node()
    except yaml.YAMLError as error:
        raise _explained(source, error) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, BrokenFrontMatter):
            raise
        raise BrokenFrontMatter(2, f"it cannot be read ({error})") from error
    root = loader.tree.root
    if isinstance(root, ScalarNode) and root.tag == NULL:
        loader.tree.root = root = None
    if root is not None and not isinstance(root, MappingNode):
        raise BrokenFrontMatter(2, "it is no list of “key: value” lines", "Write each field as “key: value”.")
    return loader.tree


_remembered = functools.lru_cache(maxsize=4)(_composed)
_DEEP = re.compile(r"(?:[-?:][ \t]+){20}|\t")


def compose_quick(source: str) -> Tree:
    """The same tree by PyYAML's C parser where it is there, ten times as fast; it knows no anchors, so it is for reading.

    The C parser recurses on the C stack, so whatever might nest deeply goes the slow way with its limits.
    """
    loader = getattr(yaml, "CSafeLoader", None)
    if (
        loader is None
        or len(source) > MOST_BYTES
        or source.count("[") + source.count("{") > 200
        or _DEEP.search(source)
    ):
        return compose(source)
    try:
        root = yaml.compose(source, Loader=loader)
    except (yaml.YAMLError, ValueError):  # the C parser does not take stray bytes
        return compose(source)
    if root is not None and not isinstance(root, MappingNode):
        return compose(source)
    return Tree(source, root)


def entries(node: Node) -> Iterator[Entry]:
    """The entries of a mapping in order, and after them those merged in through ``<<`` that it does not have itself."""
    if not isinstance(node, MappingNode):
        return
    own: set[str] = set()
    merges: list[Node] = []
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            continue
        if key.tag == MERGE:
            merges += value.value if isinstance(value, SequenceNode) else [value]
        else:
            own.add(key.value)
            yield Entry(key.value, key, value)
    for merged in merges[:MOST_ALIASES]:
        for key, value in merged.value if isinstance(merged, MappingNode) else ():
            if isinstance(key, ScalarNode) and key.tag != MERGE and key.value not in own:
                own.add(key.value)
                yield Entry(key.value, key, value, merged=True)


def merges(node: Node) -> bool:
    """Whether a mapping takes entries from elsewhere through ``<<``."""
    return isinstance(node, MappingNode) and any(key.tag == MERGE for key, _ in node.value)


_TAB = re.compile(r"found character '\\t'|found a tab")


def _explained(source: str, error: yaml.YAMLError) -> BrokenFrontMatter:
    """PyYAML's error in words that a writer can act on."""
    if isinstance(error, yaml.reader.ReaderError):
        line = source.count("\n", 0, int(error.position)) + 2
        return BrokenFrontMatter(
            line, "a character stands there that YAML does not allow", "Take it out in a text editor."
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "flow" in str(getattr(error, "context", "")):
        # An unclosed bracket is noticed at the end; it stands where the group begins.
        mark = error.context_mark  # type: ignore[attr-defined]
    line = (mark.line if mark else 0) + 2
    problem = str(getattr(error, "problem", "") or error)
    lines = source.splitlines()
    here = lines[line - 2] if 0 <= line - 2 < len(lines) else ""
    if _TAB.search(problem):
        return BrokenFrontMatter(line, f"a tab stands before {here.strip()[:30] or 'the value'}", "YAML wants spaces.")
    if "mapping values are not allowed" in problem:
        return BrokenFrontMatter(line, "a colon stands inside a value", f"Put quotes around it: {_quoted(here)}")
    if "expected <block end>" in problem or "expected ':'" in problem:
        return BrokenFrontMatter(
            line, "the line does not fit the ones above it", "Look at its indentation and its colon."
        )
    if "',' or ']'" in problem or "',' or '}'" in problem:
        return BrokenFrontMatter(line, "a bracket is not closed", "Close it, or put quotes around the value.")
    if "undefined alias" in problem:
        return BrokenFrontMatter(line, problem.replace("found ", ""), "Define it, or put quotes around the value.")
    return BrokenFrontMatter(line, problem, "Mend the line in a text editor, or in the raw view.")


def _quoted(line: str) -> str:
    key, _, value = line.strip().partition(":")
    escaped = value.strip().replace('"', '\\"')
    return f'{key}: "{escaped}"'
