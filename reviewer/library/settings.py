"""A library's own settings: the rule from mark to category, the usual author, the blogs its posts go to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path

from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.review.terms import MarkRule


@dataclass(frozen=True)
class LibrarySettings:
    """What the writer set for one library. `blogs` are folders, the last used first."""

    rule: MarkRule = MarkRule()
    author: str = ""
    language: str = "en"
    blogs: tuple[str, ...] = ()


def load(folders: UserFolders, library: Path) -> LibrarySettings:
    """The library's settings; what is missing or of the wrong type has its default."""
    content = read_json(_place(folders, library))
    rule = content.get("rule")
    known = {f.name for f in fields(MarkRule)}
    made = MarkRule(**{k: v for k, v in rule.items() if k in known}) if isinstance(rule, dict) else MarkRule()
    blogs = content.get("blogs")
    return LibrarySettings(
        made,
        str(content.get("author", "")),
        str(content.get("language", "en")),
        tuple(str(blog) for blog in blogs) if isinstance(blogs, list) else (),
    )


def store(folders: UserFolders, library: Path, settings: LibrarySettings) -> None:
    """Write the library's settings. Raises `OSError`."""
    content = asdict(settings) | {"path": str(library), "blogs": list(settings.blogs)}
    write_json(_place(folders, library), content)


def _place(folders: UserFolders, library: Path) -> Path:
    return folders.of("libraries", library) / "settings.json"
