"""The reviews of a library as a Qt model over plain entries, grouped by status and filtered as one types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.library.listing import Entry
from reviewer.review.folding import folded
from reviewer.review.marks import BUILT_IN
from reviewer.review.rights import Verdict
from reviewer.ui.words import tip

ENTRY, HEADING, COUNT, UNSAVED, STATE = (int(Qt.ItemDataRole.UserRole) + n for n in range(5))
_GROUPS = (("draft", "Drafts"), ("idea", "Ideas"), ("ready", "Ready"), ("published", "Published"), ("", "Other texts"))
_VERDICTS = {
    Verdict.UNKNOWN: "a still whose permission is unknown",
    Verdict.WAITING: "a still that waits for an answer",
    Verdict.REFUSED: "a still that was refused",
    Verdict.EXPIRED: "a still whose permission has run out",
}


@dataclass(frozen=True)
class Heading:
    """A group's title in the list."""

    title: str
    count: int


class LibraryModel(QAbstractListModel):
    """Rows are headings and entries. The entries are set whole or one by one; the view stays dumb."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[Path, Entry] = {}
        self._rows: list[Heading | Entry] = []
        self._words: tuple[str, ...] = ()
        self._also: frozenset[Path] = frozenset()
        self._unsaved: frozenset[Path] = frozenset()
        self.states: dict[Path, str] = {}
        self.blog = ""
        self.scales = BUILT_IN

    # what is in it

    @property
    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """All entries anew."""
        self._entries = {entry.path: entry for entry in entries}
        self._arrange()

    def put(self, entries: Iterable[Entry]) -> None:
        """New or changed entries; the list is arranged anew only where something a row shows has changed."""
        changed = [entry for entry in entries if self._entries.get(entry.path) != entry]
        if changed:
            self._entries.update({entry.path: entry for entry in changed})
            self._arrange()

    def remove(self, paths: Iterable[Path]) -> None:
        gone = [path for path in paths if self._entries.pop(path, None) is not None]
        if gone:
            self._arrange()

    def filter(self, text: str) -> None:
        """Show only entries that hold every word, in any of what a row knows; accents and case are forgiven."""
        words = tuple(folded(text).split())
        if words != self._words:
            self._words = words
            self._arrange()

    def also(self, paths: frozenset[Path]) -> None:
        """Show these too while there is a filter: what a search in the texts has found."""
        if paths != self._also:
            self._also = paths
            self._arrange()

    def set_unsaved(self, paths: frozenset[Path]) -> None:
        """Mark the reviews that hold unsaved changes."""
        if paths != self._unsaved:
            changed = paths ^ self._unsaved
            self._unsaved = paths
            for path in changed:
                index = self.index_of(path)
                self.dataChanged.emit(index, index)

    def state_of(self, entry: Entry) -> str:
        """How a review stands in the blog, in a word or two; empty where there is no blog, or where it is not meant for one."""
        if not self.blog or entry.fault:
            return ""
        state = self.states.get(entry.path, "")
        if not state or state == "not exported":
            return "not in the blog" if entry.status in ("ready", "published") else ""
        return {"up to date": "in the blog", "edited in the blog": "edited there"}.get(state, state)

    def set_states(self, states: dict[Path, str], blog: str) -> None:
        """How reviews stand in the blog of that name; those that are not named were never exported into it."""
        if (states, blog) != (self.states, self.blog):
            self.states, self.blog = states, blog
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _arrange(self) -> None:
        shown = [entry for entry in self._entries.values() if self._fits(entry)]
        known = {status for status, _ in _GROUPS}
        rows: list[Heading | Entry] = []
        for status, title in _GROUPS:
            group = [e for e in shown if e.status == status or (not status and e.status not in known)]
            if group:
                group.sort(key=lambda e: (-_ordinal(e), folded(e.title)))
                rows += [Heading(title, len(group)), *group]
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _fits(self, entry: Entry) -> bool:
        if entry.path in self._also:
            return True
        if entry.archived or not self._words:
            return not entry.archived
        known = folded(
            " ".join((entry.title, entry.film, str(entry.year or ""), entry.status, *entry.categories, *entry.tags))
        )
        return all(word in known for word in self._words)

    # what Qt asks

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return {int(Qt.ItemDataRole.DisplayRole): row.title, HEADING: True, COUNT: row.count}.get(role)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return tip(self._spoken(row)) if role == Qt.ItemDataRole.ToolTipRole else self._spoken(row)
        return {ENTRY: row, HEADING: False, UNSAVED: row.path in self._unsaved, STATE: self.state_of(row)}.get(role)

    def _spoken(self, entry: Entry) -> str:
        """A row in words."""
        parts = [entry.title, str(entry.year or ""), self.scales.line(entry.rating), entry.status]
        if entry.date:
            parts.append(f"{entry.date:%Y-%m-%d}")
        parts.append(self.state_of(entry))
        if entry.path in self._unsaved:
            parts.append("not saved")
        if entry.worst:
            parts.append(_VERDICTS.get(entry.worst, ""))
        if entry.fault:
            parts.append(f"cannot be read: {entry.fault}")
        return ", ".join(part for part in parts if part)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.data(HEADING):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def index_of(self, path: Path | None) -> QModelIndex:
        """The row of a review, or an invalid index."""
        row = next((n for n, r in enumerate(self._rows) if isinstance(r, Entry) and r.path == path), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def shown(self) -> list[Entry]:
        """The entries that the filter lets through, in order."""
        return [row for row in self._rows if isinstance(row, Entry)]


def _ordinal(entry: Entry) -> int:
    return entry.date.toordinal() if entry.date else 0
