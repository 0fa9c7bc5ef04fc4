"""Folders that may not be read or written, by root neither: the thread gives up the right to pass over permissions for a while."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION_3 = 0x20080522
_OVERRIDE = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, see capabilities(7)."""


@contextmanager
def denied(*folders: Path, mode: int = 0) -> Iterator[None]:
    """Folders without any permission, or with these, for this thread and those that it starts."""
    modes = [folder.stat().st_mode for folder in folders]
    had = _effective()
    _set(had & ~_OVERRIDE)
    for folder in folders:
        folder.chmod(mode)
    try:
        yield
    finally:
        for folder, mode in zip(folders, modes, strict=True):
            folder.chmod(mode)
        _set(had)


def _call(name: str, sets: ctypes.Array[ctypes.c_uint32]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)((ctypes.c_uint32 * 2)(_VERSION_3, 0), sets):
        raise OSError(ctypes.get_errno(), name)


def _sets() -> ctypes.Array[ctypes.c_uint32]:
    """Effective, permitted and inheritable ones, the first 32 and the rest."""
    sets = (ctypes.c_uint32 * 6)()
    _call("capget", sets)
    return sets


def _effective() -> int:
    return _sets()[0]


def _set(effective: int) -> None:
    sets = _sets()
    sets[0] = effective
    _call("capset", sets)
