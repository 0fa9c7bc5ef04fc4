"""A blog's own settings: which profile, which names for fields, which parts of the body."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.publish.profiles.base import BlogSettings, Pictures
from reviewer.stills.derive import FORMATS
from reviewer.stills.formats import MOST_SIDE


def load(folders: UserFolders, blog: Path) -> BlogSettings:
    """The settings for posts into one blog; what is missing or of the wrong type has its default."""
    content = read_json(folders.of("blogs", blog) / "settings.json")

    def words(name: str) -> dict[str, str]:
        found = content.get(name)
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def flag(name: str, default: bool) -> bool:
        return content[name] if isinstance(content.get(name), bool) else default

    plain = BlogSettings()
    return BlogSettings(
        words("fields"),
        words("constants"),
        str(content.get("posts", "")),
        flag("rating_line", True),
        flag("credits_box", True),
        flag("figures", True),
        flag("curl", False),
        str(content.get("caption", plain.caption)),
        str(content.get("credit", plain.credit)),
        flag("stills_list", False),
        flag("linked_data", False),
        _pictures(content.get("pictures")),
    )


def _pictures(found: object) -> Pictures:
    content = found if isinstance(found, dict) else {}
    plain = Pictures()
    widths, quality, form = content.get("widths"), content.get("quality"), content.get("format")
    return Pictures(
        tuple(w for w in widths if isinstance(w, int) and 0 < w <= MOST_SIDE)
        if isinstance(widths, list)
        else plain.widths,
        form if form in FORMATS else "",
        quality if isinstance(quality, int) and 1 <= quality <= 100 else plain.quality,
        content.get("first_frame") is True,
        content.get("srgb") is True,
    )


def store(folders: UserFolders, blog: Path, settings: BlogSettings) -> None:
    """Write a blog's settings. Raises `OSError`."""
    content = asdict(settings) | {
        "path": str(blog),
        "fields": dict(settings.fields),
        "constants": dict(settings.constants),
    }
    write_json(folders.of("blogs", blog) / "settings.json", content)
