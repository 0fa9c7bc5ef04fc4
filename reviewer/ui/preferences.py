"""All settings of the window, as one typed value with its defaults."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from reviewer.library.folders import UserFolders, read_json, write_json


@dataclass
class Preferences:
    """What the writer chose. Sizes are in pixels at 100 %, `line_height` in type sizes, `line_length` in
    characters, `columns` the widths of the window's columns by its width."""

    theme: str = "system"
    text_scale: float = 1.0
    editor_font: str = "Source Serif 4"
    editor_size: float = 17.0
    line_height: float = 1.6
    line_length: int = 66
    margin: int = 28
    tab_spaces: bool = True
    continue_lists: bool = True
    auto_pairs: bool = True
    smart_quotes: bool = True
    spelling: bool = True
    focus: str = ""
    typewriter: bool = False
    word_goal: int = 0
    preview: bool = True
    preview_style: str = ""
    show_library: bool = True
    show_inspector: bool = True
    library: str = ""
    last_review: str = ""
    recent: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    columns: dict[str, list[int]] | None = None
    geometry: str = ""
    blog: str = ""
    reviews_view: int = 1
    reviews_columns: tuple[str, ...] = ()


_SENSIBLE = {
    "text_scale": (0.5, 4.0), "editor_size": (6.0, 96.0), "line_height": (1.0, 4.0), "line_length": (20, 400),
    "margin": (0, 400), "word_goal": (0, 10_000_000), "reviews_view": (0, 9),
}  # fmt: skip
"""Bounds of numbers; one outside, as from a damaged file, has its default."""


def load(folders: UserFolders) -> Preferences:
    """The settings on the disk; what is missing or of the wrong type has its default."""
    content, made = read_json(_place(folders)), Preferences()
    for field in fields(Preferences):
        value, default = content.get(field.name), getattr(made, field.name)
        if isinstance(default, tuple) and isinstance(value, list):
            setattr(made, field.name, tuple(str(item) for item in value))
        elif field.name == "columns" and isinstance(value, dict):
            made.columns = {
                str(name): widths for name, widths in value.items()
                if isinstance(widths, list) and all(type(n) is int and 0 <= n < 100_000 for n in widths)
            }  # fmt: skip
        elif type(value) is type(default) or (isinstance(default, float) and type(value) is int):
            least, most = _SENSIBLE.get(field.name, (-math.inf, math.inf))
            if not isinstance(value, (int, float)) or least <= value <= most:  # false for what is no number (NaN)
                setattr(made, field.name, value)
    return made


def store(folders: UserFolders, preferences: Preferences) -> None:
    """Write the settings. Raises `OSError`."""
    write_json(_place(folders), asdict(preferences))


def _place(folders: UserFolders) -> Path:
    return folders.config / "settings.json"
