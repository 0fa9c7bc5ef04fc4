"""A blog's own settings: which profile, which names for fields, which parts of the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from reviewer.library.folders import UserFolders, read_json, write_json
from reviewer.publish.profiles.base import BlogSettings, Pictures
from reviewer.stills.derive import FORMATS
from reviewer.stills.formats import MOST_SIDE

OWN = tuple(one for one in fields(BlogSettings) if one.name != "scales")
"""The settings that are the blog's own, and are kept with it."""


def load(folders: UserFolders, blog: Path) -> BlogSettings:
    """The settings for posts into one blog; what is missing or of the wrong type has its default."""
    content = read_json(folders.of("blogs", blog) / "settings.json")
    made: dict[str, Any] = {}
    for one in OWN:
        value, usual = content.get(one.name), getattr(BlogSettings(), one.name)
        if isinstance(usual, Pictures):
            made[one.name] = _pictures(value)
        elif isinstance(usual, Mapping):
            made[one.name] = {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else usual
        elif isinstance(usual, tuple):
            made[one.name] = tuple(map(str, value)) if isinstance(value, list) else usual
        else:
            made[one.name] = value if isinstance(value, type(usual)) else usual
    return BlogSettings(**made)


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


def plain(settings: BlogSettings) -> dict[str, Any]:
    """Settings as plain data for JSON."""
    made: dict[str, Any] = {}
    for one in OWN:
        value = getattr(settings, one.name)
        if isinstance(value, Pictures):
            value = asdict(value) | {"widths": list(value.widths)}
        made[one.name] = (
            dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
        )
    return made


def changed(settings: BlogSettings, key: str, value: str) -> BlogSettings:
    """Settings with one changed by its dotted name (``fields.rating``, ``credits_box``). Raises `ValueError` with the reason."""
    name, _, rest = key.partition(".")
    usual = getattr(BlogSettings(), name, None) if any(one.name == name for one in OWN) else None
    new: Any = None
    if isinstance(usual, Mapping) and rest:
        new = {**getattr(settings, name), rest: value}
    elif rest:
        pass
    elif isinstance(usual, bool):
        new = {"true": True, "false": False}.get(value)
    elif isinstance(usual, str):
        new = value
    elif isinstance(usual, tuple):
        new = tuple(part.strip() for part in value.split(",") if part.strip())
    if new is not None:
        return replace(settings, **{name: new})
    if isinstance(usual, bool):
        raise ValueError(f"{key}: write true or false.")
    if isinstance(usual, Mapping):
        raise ValueError(f"{key}: name what in it, such as {name}.title.")
    names = ", ".join(one.name for one in OWN if one.name != "pictures")
    raise ValueError(f"{key}: there is no such setting. The settings are {names}.")


def store(folders: UserFolders, blog: Path, settings: BlogSettings) -> None:
    """Write a blog's settings. Raises `OSError`."""
    write_json(folders.of("blogs", blog) / "settings.json", {**plain(settings), "path": str(blog)})


def known(folders: UserFolders) -> list[Path]:
    """The folders of all blogs that were set up or exported into, and are still there."""
    found: dict[str, Path] = {}
    for place in sorted((folders.data / "blogs").glob("*")):
        receipt = next(iter(sorted((place / "receipts").glob("*.json"))), None)
        path = str(
            read_json(place / "settings.json").get("path", "")
            or (read_json(receipt).get("blog", "") if receipt else "")
        )
        if path and Path(path).is_dir():
            found[path] = Path(path)
    return list(found.values())
