"""Waiting in programs of the tests' own, which have no qtbot."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication


def until(app: QApplication, true: Callable[[], bool], seconds: float = 120) -> None:
    """Let the program go on until something is so. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not true():
        app.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise TimeoutError
