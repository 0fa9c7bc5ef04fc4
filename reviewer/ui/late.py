"""The one place for imports that may come late: what a window does not need before the writer can type."""

from __future__ import annotations

import importlib
from types import ModuleType


def module(name: str) -> ModuleType:
    """A module of the program, imported when it is first asked for: the web view, dialogs, the watcher, pages."""
    return importlib.import_module(f"reviewer.{name}")
