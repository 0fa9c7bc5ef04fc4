"""All settings of the window, as one typed value with its defaults."""

from __future__ import annotations

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


def load(folders: UserFolders) -> Preferences:
    """The settings on the disk; what is missing or of the wrong type has its default."""
    content, made = read_json(_place(folders)), Preferences()
    for field in fields(Preferences):
        value, default = content.get(field.name), getattr(made, field.name)
        if isinstance(default, tuple) and isinstance(value, list):
            setattr(made, field.name, tuple(str(item) for item in value))
        elif field.name == "columns" and isinstance(value, dict):
            made.columns = {str(k): [int(n) for n in v] for k, v in value.items() if isinstance(v, list)}
        elif value is not None and (
            type(value) is type(default) or (isinstance(default, float) and isinstance(value, int))
        ):
            setattr(made, field.name, value)
    return made


def store(folders: UserFolders, preferences: Preferences) -> None:
    """Write the settings. Raises `OSError`."""
    write_json(_place(folders), asdict(preferences) | {"version": 1})


def _place(folders: UserFolders) -> Path:
    return folders.config / "settings.json"
