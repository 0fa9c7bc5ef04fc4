"""A blog's own settings: which profile, which names for fields, which parts of the body."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.publish.profiles.base import BlogSettings


def load(folders: UserFolders, blog: Path) -> BlogSettings:
    """The settings for posts into one blog; what is missing or of the wrong type has its default."""
    content = read_json(folders.of("blogs", blog) / "settings.json")

    def words(name: str) -> dict[str, str]:
        found = content.get(name)
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def flag(name: str, default: bool) -> bool:
        return content[name] if isinstance(content.get(name), bool) else default

    return BlogSettings(
        words("fields"),
        words("constants"),
        str(content.get("posts", "")),
        flag("rating_line", True),
        flag("credits_box", True),
        flag("figures", True),
        flag("curl", False),
    )


def store(folders: UserFolders, blog: Path, settings: BlogSettings) -> None:
    """Write a blog's settings. Raises `OSError`."""
    content = asdict(settings) | {
        "path": str(blog),
        "fields": dict(settings.fields),
        "constants": dict(settings.constants),
    }
    write_json(folders.of("blogs", blog) / "settings.json", content)
