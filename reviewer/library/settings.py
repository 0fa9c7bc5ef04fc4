"""A library's own settings: the rules from mark to category, the usual author, the blogs its posts go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.review import marks
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.reuse import ReuseRule
from reviewer.review.terms import MarkRule, MarkRules


@dataclass(frozen=True)
class LibrarySettings:
    """What the writer set for one library. `blogs` are folders, the last used first; `not_films` are words that look like
    a film with its year and are none, such as ``Room 12 (1999)``; `filters` are saved filters of the stills: names and lines;
    `reuse` is what this blog lets others do with its stills; `levels` are her own for kinds of findings, by their codes; `scales` what marks may be; `searches` are saved searches of the reviews: names and queries."""

    rules: MarkRules = MarkRules()
    author: str = ""
    language: str = "en"
    blogs: tuple[str, ...] = ()
    not_films: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    reuse: ReuseRule = ReuseRule()
    levels: Mapping[str, str] = field(default_factory=dict)
    scales: Scales = BUILT_IN
    searches: tuple[tuple[str, str], ...] = ()

    def is_film(self, name: str) -> bool:
        """Whether a name with a year may be a film: the writer did not say that it is none."""
        return name.casefold() not in (other.casefold() for other in self.not_films)


def load(folders: UserFolders, library: Path) -> LibrarySettings:
    """The library's settings; what is missing or of the wrong type has its default."""
    content = read_json(_place(folders, library))
    reuse = content.get("reuse")
    parts = [f.name for f in fields(ReuseRule)]
    allowed = ReuseRule(**{n: str(reuse.get(n, "")) for n in parts}) if isinstance(reuse, dict) else ReuseRule()
    return LibrarySettings(
        _rules(content),
        str(content.get("author", "")),
        str(content.get("language", "en")),
        _words(content.get("blogs")),
        _words(content.get("not_films")),
        _pairs(content.get("filters")),
        allowed,
        {str(k): str(v) for k, v in levels.items()} if isinstance(levels := content.get("levels"), dict) else {},
        marks.from_plain(content.get("scales")),
        _pairs(content.get("searches")),
    )


def store(folders: UserFolders, library: Path, settings: LibrarySettings) -> None:
    """Write the library's settings. Raises `OSError`."""
    plain = {one.name: getattr(settings, one.name) for one in fields(settings)}
    plain |= {
        "rules": [asdict(rule) for rule in settings.rules.each],
        "reuse": asdict(settings.reuse),
        "levels": dict(settings.levels),
    }
    write_json(_place(folders, library), plain | {"scales": marks.to_plain(settings.scales), "path": str(library)})


def _rules(content: Mapping[str, object]) -> MarkRules:
    """The rules from marks to categories; version 0.4 kept a single one."""
    found = content.get("rules", [content["rule"]] if "rule" in content else None)
    if not isinstance(found, list):
        return MarkRules()
    known = {f.name for f in fields(MarkRule)}
    rows = [{k: v for k, v in row.items() if k in known} for row in found if isinstance(row, dict)]
    sound = [row for row in rows if all(isinstance(v, bool if k == "on" else str) for k, v in row.items())]
    return MarkRules(tuple(MarkRule(**row) for row in sound))


def _words(found: object) -> tuple[str, ...]:
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


def _pairs(found: object) -> tuple[tuple[str, str], ...]:
    rows = found if isinstance(found, list) else ()
    return tuple((str(row[0]), str(row[1])) for row in rows if isinstance(row, list) and len(row) == 2)


def _place(folders: UserFolders, library: Path) -> Path:
    return folders.of("libraries", library) / "settings.json"
