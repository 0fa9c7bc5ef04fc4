"""Seeing what other programs do in a library."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

# It reports an error when a folder changes in the moment in which watching ends, which is none.
logging.getLogger("watchdog").setLevel(logging.CRITICAL)


class Watch(FileSystemEventHandler):
    """Calls `changed` with each path that another program wrote, made, moved or removed below a folder.

    The call comes from a thread of its own. A folder that cannot be watched is not an error: the window also looks when
    it is raised.
    """

    def __init__(self, folder: Path, changed: Callable[[Path], None]) -> None:
        self._changed = changed
        self._observer = Observer()
        with contextlib.suppress(OSError):
            self._observer.schedule(self, str(folder), recursive=True)
            self._observer.start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what changed; reading a file is no change."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):
            path = Path(name.decode() if isinstance(name, bytes) else name)
            if name and not path.name.endswith(".tmp"):
                self._changed(path)

    def stop(self) -> None:
        """End the watching thread."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join(2)
