"""Front matter changed by splicing: only the lines of what changed are written anew.

The tree says where each value stands; an edit replaces that piece of the source. What cannot be spliced safely
(anchors, aliases, merge keys, flow groups over several lines) raises `CannotPatch`, and the caller may ask for that one
key to be rewritten as a whole. Whatever was done, the result is read again and compared before it is given out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewer.review.values import Plain
from reviewer.text import emit
from reviewer.text.frontmatter import BrokenFrontMatter, Entry, Tree, compose, entries, merges
from reviewer.text.schema import IDENTITY, REVIEW, Kind, ListOf, Report, Table

EMPTY: tuple[Plain, ...] = (None, "", [], {})


class CannotPatch(ValueError):
    """A key's lines cannot be changed piecemeal. `rewritable` says whether the whole key may be written anew."""

    def __init__(self, key: str, line: int, why: str, rewritable: bool = True) -> None:
        super().__init__(f"{key} (line {line}) {why}")
        self.key, self.line, self.why, self.rewritable = key, line, why, rewritable


@dataclass(frozen=True)
class Edit:
    """Replace the source from `start` to `end` (character indices) by `text`."""

    start: int
    end: int
    text: str


def read(tree: Tree) -> tuple[dict[str, Plain], Report]:
    """The plain data of a front matter and what reading noticed."""
    report = Report(tree)
    return (REVIEW.values(tree.root, "", report) if tree.root is not None else {}), report


def patched(source: str, new: dict[str, Plain], newline: str = "\n", rewrite: Collection[str] = ()) -> str:
    """The front matter with the values of `new`, a whole review as plain data.

    Keys named in `rewrite` are written anew as a whole where they changed. Raises `BrokenFrontMatter` where the source
    cannot be read, and `CannotPatch` where a change cannot be made without touching something else.
    """
    tree = compose(source)
    old, _ = read(tree)
    if old == new:
        return source
    made = _spliced(source, _Patcher(tree, newline, rewrite).root(old, new))
    _verify(tree, made, old, new)
    return made


def _spliced(source: str, edits: list[Edit], offset: int = 0) -> str:
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        source = source[: edit.start - offset] + edit.text + source[edit.end - offset :]
    return source


class _Patcher:
    def __init__(self, tree: Tree, newline: str, rewrite: Collection[str]) -> None:
        self.tree, self.source, self.newline, self.rewrite = tree, tree.source, newline, rewrite
        self.top, self.top_line = "", 2

    def root(self, old: dict[str, Plain], new: dict[str, Plain]) -> list[Edit]:
        if self.tree.root is None:
            end = len(self.source)
            start = "" if not self.source or self.source.endswith(("\n", "\r")) else self.newline
            return [Edit(end, end, start + self.newline.join(emit.lines(new, 0, self.newline)) + self.newline)]
        assert isinstance(self.tree.root, MappingNode)
        return self.mapping(self.tree.root, REVIEW, old, new, top=True)

    def stop(self, why: str, rewritable: bool = True) -> CannotPatch:
        return CannotPatch(self.top, self.top_line, why, rewritable)

    # mappings

    def mapping(self, node: MappingNode, table: Table, old: Plain, new: Plain, top: bool = False) -> list[Edit]:
        found = {entry.name: entry for entry in entries(node)}
        names = [key for key in (*table.keys, *new, *old) if old.get(key) != new.get(key)]
        edits: list[Edit] = []
        adding: dict[str, Plain] = {}
        for name in dict.fromkeys(names):
            entry, value = found.get(name), new.get(name)
            if top:
                self.top, self.top_line = name, self.tree.line(entry.key if entry else node)
            self._guard_mapping(node, name)
            if entry is None:
                adding[name] = value
            elif top and name in self.rewrite:
                edits.append(self.rewritten(entry, value))
            elif value in EMPTY:
                edits.append(self.removed(node, entry))
            else:
                kind = table.kind(name)
                assert kind is not None
                edits += self.entry(entry, kind, old.get(name), value)
        if not adding:
            return edits
        return edits + self.added(node, table, adding)

    def _guard_mapping(self, node: MappingNode, name: str) -> None:
        if merges(node):
            raise self.stop("takes values from elsewhere through “<<”")
        if sum(isinstance(key, ScalarNode) and key.value == name for key, _ in node.value) > 1:
            raise self.stop("stands there twice", rewritable=False)

    def entry(self, entry: Entry, kind: Kind, old: Plain, new: Plain) -> list[Edit]:
        """The edits that give an existing entry another value."""
        node = entry.value
        if node.start_mark.index < entry.key.end_mark.index:
            raise self.stop("is an alias of another value")
        self._guard_refs(entry.key.start_mark.index, self.end(node))
        if isinstance(kind, Table) and isinstance(node, MappingNode) and node.value:
            return self.mapping(node, kind, old or {}, new)
        if isinstance(kind, ListOf) and isinstance(node, SequenceNode) and node.value:
            return self.sequence(node, kind, new)
        if isinstance(node, ScalarNode) and not isinstance(new, (dict, list)):
            return [self.scalar(entry, node, new)]
        return [self.replaced(entry, new)]

    def _guard_refs(self, start: int, end: int) -> None:
        for place, what, name in self.tree.refs:
            if start <= place < end:
                mark = "&" if what == "anchor" else "*"
                raise self.stop(f"holds the {what} {mark}{name}")

    def rewritten(self, entry: Entry, value: Plain) -> Edit:
        """The whole entry written anew. Refused where something outside it refers to an anchor inside it."""
        start, end = self._line_start(entry.key.start_mark.index), self._line_end(self.end(entry.value))
        inside = {name for place, what, name in self.tree.refs if start <= place < end and what == "anchor"}
        if any(what == "alias" and name in inside and not start <= place < end for place, what, name in self.tree.refs):
            raise self.stop("holds an anchor that is used elsewhere", rewritable=False)
        if value in EMPTY:
            return Edit(start, end, "")
        lines = emit.lines({entry.name: value}, entry.key.start_mark.column, self.newline)
        return Edit(start, end, self.newline.join(lines) + self.newline)

    def removed(self, node: MappingNode, entry: Entry) -> Edit:
        start, end = entry.key.start_mark.index, self.end(entry.value)
        if entry.value.start_mark.index < entry.key.end_mark.index:
            raise self.stop("is an alias of another value")
        self._guard_refs(start, end)
        if node.flow_style:
            return self._flow_without(node, entry)
        line = self._line_start(start)
        if not self.source[line:start].strip():
            return Edit(line, self._line_end(end), "")
        following = [key for key, _ in node.value if key.start_mark.index > start]
        if not following or "#" in self.source[end : following[0].start_mark.index]:
            raise self.stop("shares its line with another value")
        return Edit(start, following[0].start_mark.index, "")

    def added(self, node: MappingNode, table: Table, adding: dict[str, Plain]) -> list[Edit]:
        """New entries after those that come before them in the usual order."""
        if node.flow_style:
            return [self._flow_with(node, adding)]
        order = list(table.keys)
        column = node.value[0][0].start_mark.column
        edits: list[Edit] = []
        for name, value in adding.items():
            rank = order.index(name) if name in order else len(order)
            before = [pair for pair in node.value if self._rank(pair[0], order) <= rank] or node.value[:1]
            place = self._line_end(self.end(before[-1][1]))
            lines = emit.lines({name: value}, column, self.newline)
            edits.append(Edit(place, place, self.newline.join(lines) + self.newline))
        return [
            Edit(start, start, "".join(e.text for e in edits if e.start == start)) for start in {e.start for e in edits}
        ]

    def _rank(self, key: Node, order: list[str]) -> int:
        return order.index(key.value) if isinstance(key, ScalarNode) and key.value in order else len(order)

    # flow groups, on one line only

    def _flow_span(self, node: Node) -> tuple[int, int]:
        start, end = node.start_mark.index, node.end_mark.index
        if "\n" in self.source[start:end] or "\r" in self.source[start:end]:
            raise self.stop("is a group in braces over several lines")
        self._guard_refs(start, end)
        return start, end

    def _flow_with(self, node: MappingNode, adding: dict[str, Plain]) -> Edit:
        _, end = self._flow_span(node)
        more = emit.inline(adding)[1:-1]
        place = len(self.source[: end - 1].rstrip(" \t"))
        comma = "" if not node.value else " " if self.source[place - 1] == "," else ", "
        return Edit(place, place, comma + more)

    def _flow_without(self, node: MappingNode, entry: Entry) -> Edit:
        self._flow_span(node)
        keys = [key for key, _ in node.value]
        place = next(n for n, key in enumerate(keys) if key is entry.key)
        if place + 1 < len(keys):
            return Edit(keys[place].start_mark.index, keys[place + 1].start_mark.index, "")
        start = self.end(node.value[place - 1][1]) if place else entry.key.start_mark.index
        return Edit(start, max(self.end(entry.value), entry.key.end_mark.index + 1), "")

    # scalars

    def scalar(self, entry: Entry, node: ScalarNode, new: Plain) -> Edit:
        """One value in the style it stands in."""
        start, end = node.start_mark.index, self.end(node)
        flow = self._in_flow(entry)
        if node.style in ("|", ">"):
            return Edit(start, end, self._block_text(new, node, entry))
        written = emit.scalar(new, flow=flow, style=node.style)
        if start == end:
            start = end = self._after_colon(entry)
            return Edit(start, end, f" {written}")
        gap = "" if self.source[start - 1] in " \t\r\n" else " "
        return Edit(start, end, gap + written)

    def _in_flow(self, entry: Entry) -> bool:
        line = self.source[self._line_start(entry.key.start_mark.index) : entry.key.start_mark.index]
        return bool(re.search(r"[\[{,]", line)) or self.source[self.end(entry.value) :].lstrip(" \t\r\n")[:1] in "},]"

    def _block_text(self, new: Plain, node: ScalarNode, entry: Entry) -> str:
        text = str(new)
        body = text.removesuffix("\n")
        plain = all(line == line.rstrip() and (not line or line[0] not in " \t") for line in body.split("\n"))
        if (
            node.style == ">"
            or not plain
            or not body
            or emit._CONTROL.search(re.sub(r'[\n"\\]', "", body))
            or body.endswith("\n")
        ):
            return emit.scalar(new, style='"')
        pad = " " * (entry.key.start_mark.column + 2)
        lines = (pad + line if line else "" for line in body.split("\n"))
        return ("|" if text.endswith("\n") else "|-") + self.newline + self.newline.join(lines)

    def replaced(self, entry: Entry, new: Plain) -> Edit:
        """Whatever stands after the key, replaced as a whole."""
        start, end = self._after_colon(entry), self.end(entry.value)
        if self._in_flow(entry):
            return Edit(start, max(start, end), " " + (emit.inline(new)))
        column = entry.key.start_mark.column
        return Edit(
            start, max(start, end), emit.after_key(new, column, self.newline, block=entry.name in emit.BLOCK_KEYS)
        )

    def _after_colon(self, entry: Entry) -> int:
        return self.source.index(":", entry.key.end_mark.index) + 1

    # sequences

    def sequence(self, node: SequenceNode, kind: ListOf, new: list[Plain]) -> list[Edit]:
        items = kind.items(node, "", Report(self.tree))
        pairs = _pairs([value for value, _ in items], new)
        kept = [pair for pair in pairs if pair[0] is not None]
        if kept == pairs and [at for at, _ in pairs] == list(range(len(items))):
            return [e for at, value in pairs if value is not None for e in self.item(items[at or 0], kind.item, value)]
        if node.flow_style:
            return [self._flow_items(node, items, pairs)]
        return [self._block_items(node, items, pairs, kind.item)]

    def item(self, item: tuple[Plain, Node], kind: Kind, new: Plain) -> list[Edit]:
        """The edits that give one item of a list another value."""
        old, node = item
        if old == new:
            return []
        self._guard_refs(node.start_mark.index, self.end(node))
        if isinstance(kind, Table) and isinstance(node, MappingNode) and node.value:
            return self.mapping(node, kind, old or {}, new)
        flow = "\n" not in self.source[node.start_mark.index : self.end(node)] and not isinstance(node, ScalarNode)
        style = node.style if isinstance(node, ScalarNode) else None
        if not flow and not isinstance(node, ScalarNode):
            raise self.stop("is a group over several lines")
        written = emit.scalar(new, flow=True, style=style) if not isinstance(new, (dict, list)) else emit.inline(new)
        return [Edit(node.start_mark.index, self.end(node), written)]

    def _flow_items(self, node: Node, items: list[tuple[Plain, Node]], pairs: list[tuple[int | None, Plain]]) -> Edit:
        start, end = self._flow_span(node)
        inner = self.source[start + 1 : end - 1]
        pad = " " if inner.startswith(" ") and inner.endswith(" ") else ""
        parts = []
        for at, value in pairs:
            old, child = items[at] if at is not None else (None, None)
            same = child is not None and (value is None or old == value)
            parts.append(
                self.source[child.start_mark.index : self.end(child)] if same and child else emit.inline(value)
            )
        return Edit(start, end, f"[{pad}{', '.join(parts)}{pad}]")

    def _block_items(
        self, node: SequenceNode, items: list[tuple[Plain, Node]], pairs: list[tuple[int | None, Plain]], kind: Kind
    ) -> Edit:
        ends = [self._line_end(self.end(child)) for _, child in items]
        dashes = [self.source.rfind("-", 0, child.start_mark.index) for _, child in items]
        first = self._line_start(dashes[0])
        column = dashes[0] - first
        if any(self.source[self._line_start(dash) : dash].strip() for dash in dashes):
            raise self.stop("has lists inside lists on one line")
        self._guard_refs(first, ends[-1])
        starts = [first, *ends[:-1]]
        parts = []
        for at, value in pairs:
            if at is None:
                parts.append(emit.item(value, column, self.newline) + self.newline)
                continue
            chunk = self.source[starts[at] : ends[at]]
            edits = self.item(items[at], kind, value) if value is not None else []
            parts.append(_spliced(chunk, edits, starts[at]))
        return Edit(first, ends[-1], "".join(parts))

    # places

    def end(self, node: Node) -> int:
        """The end of a node's own text, without the blank lines and comments that PyYAML counts in."""
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
            last = node.value[-1]
            key, value = last if isinstance(last, tuple) else (None, last)
            end = self.end(value)
            return max(end, self.source.index(":", key.end_mark.index) + 1) if key is not None else end
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(self.source[start:end].rstrip(" \t\r\n"))

    def _line_start(self, place: int) -> int:
        return max(self.source.rfind("\n", 0, place), self.source.rfind("\r", 0, place)) + 1

    def _line_end(self, place: int) -> int:
        found = re.compile(r"\r\n|\n|\r").search(self.source, place)
        return found.end() if found else len(self.source)


def _pairs(old: list[Plain], new: list[Plain]) -> list[tuple[int | None, Plain]]:
    """Each item of the list to be: (place in the old list or None, value). Odd old items (value None) stay in place."""
    free = [n for n, value in enumerate(old) if value is not None]

    def take(matches: list[int], at: int) -> int | None:
        place = at if at in matches else matches[0] if matches else None
        if place is not None:
            free.remove(place)
        return place

    places: list[int | None] = [take([f for f in free if old[f] == value], n) for n, value in enumerate(new)]
    for n, value in enumerate(new):
        if places[n] is None and isinstance(value, dict):
            same = [f for f in free if any(k in value and value[k] == old[f].get(k) for k in IDENTITY)]
            places[n] = take(same, n)
    for n in range(len(new)):
        if places[n] is None and len(old) == len(new) and n in free:
            places[n] = take([n], n)
    pairs = list(zip(places, new, strict=True))
    for n in (n for n, value in enumerate(old) if value is None):
        at = next((i + 1 for i, (place, _) in enumerate(pairs) if place == n - 1), 0)
        pairs.insert(at, (n, None))
    return pairs


def _verify(before: Tree, made: str, old: dict[str, Plain], new: dict[str, Plain]) -> None:
    """Raise `CannotPatch` unless the made source reads as `new` and says the same as before everywhere else."""
    changed = [key for key in (*REVIEW.keys, *new) if old.get(key) != new.get(key)]
    failed = CannotPatch(changed[0] if changed else "", 2, "is written in a way that cannot be changed piecemeal")
    try:
        after = compose(made)
    except BrokenFrontMatter as broken:
        raise failed from broken
    if read(after)[0] != new:
        raise failed
    kept = {entry.name: entry.value for entry in entries(before.root)} if before.root is not None else {}
    there = {entry.name: entry.value for entry in entries(after.root)} if after.root is not None else {}
    for name, node in kept.items():
        if name not in changed and not (name in there and _alike(node, there[name], 0)):
            raise failed


def _alike(one: Node, other: Node, depth: int) -> bool:
    if type(one) is not type(other) or one.tag != other.tag or depth > 20:
        return depth > 20
    if isinstance(one, ScalarNode):
        return bool(one.value == other.value)
    if len(one.value) != len(other.value):
        return False
    mapping = isinstance(one, MappingNode)
    pairs = zip(one.value, other.value, strict=True)
    if mapping:
        return all(_alike(a[0], b[0], depth + 1) and _alike(a[1], b[1], depth + 1) for a, b in pairs)
    return all(_alike(a, b, depth + 1) for a, b in pairs)
