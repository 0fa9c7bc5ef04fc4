"""A program under test: how it is started, where it writes, what it uses."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from desktop import CARET, Box, Desktop

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
SHADES = 20
"""A box with more colours than this holds text."""


@dataclass(frozen=True)
class Kind:
    """A program: its command, and where its text, its preview and its foot stand on the screen."""

    name: str
    command: tuple[str, ...]
    editor: Box
    preview: Box | None = None
    foot: Box | None = None
    files: tuple[tuple[str, str], ...] = ()
    """Settings to find in the home folder: a path and its content."""

    @property
    def is_there(self) -> bool:
        """Whether the program is installed."""
        return shutil.which(self.command[0]) is not None


BARE = Kind("bare", (sys.executable, str(Path(__file__).with_name("bare.py"))), Box(2, 2, 1570, 996))
REVIEWER = Kind(
    "reviewer", (sys.executable, "-m", "reviewer"),
    Box(250, 150, 798, 966), Box(830, 60, 1310, 966), Box(12, 976, 86, 999),
)  # fmt: skip

GHOSTWRITER = Kind(
    "ghostwriter", ("ghostwriter",), Box(2, 30, 792, 960), Box(816, 30, 1568, 960),
    files=((
        ".config/ghostwriter/ghostwriter.conf",
        "[Preview]\nhtmlPreviewOpen=true\n[Save]\nautoSave=false\n[Window]\nsidebarOpen=false\n",
    ),),
)  # fmt: skip
RETEXT = Kind(
    "ReText", ("retext",), Box(2, 90, 704, 996), Box(816, 90, 1568, 960),
    files=((
        ".config/ReText project/ReText.conf",
        "[General]\ndefaultPreviewState=live-preview\nuseWebEngine=true\nrightMargin=80\nrightMarginWrap=true\n",
    ),),
)  # fmt: skip


class Run:
    """One start of a program, in a home folder of its own; leaving the block ends it with all its children."""

    def __init__(self, kind: Kind, desktop: Desktop, path: Path, home: Path) -> None:
        self.kind, self.desktop = kind, desktop
        names = {"HOME": "", "XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache",
                 "XDG_STATE_HOME": ".local/state", "XDG_RUNTIME_DIR": ".run", "TMPDIR": ".tmp"}  # fmt: skip
        own = {name: str(home / place) for name, place in names.items()}
        for place in own.values():
            Path(place).mkdir(parents=True, exist_ok=True, mode=0o700)
        own |= {
            "DISPLAY": desktop.name,
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "PYTHONPATH": str(CHECKOUT),
            "LC_ALL": "C.UTF-8",
        }
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [*kind.command, str(path)], env=os.environ | own, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(home / "errors").open("w"),
        )  # fmt: skip

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        while self.desktop.windows:
            time.sleep(0.01)

    def close(self) -> None:
        """Ask it to end, and wait until it has."""
        self.desktop.close_windows()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)

    # what is seen

    def wait_window(self) -> float:
        """Seconds from the start until the window is mapped."""
        while not self.desktop.windows:
            if self._process.poll() is not None or time.perf_counter() - self.started > PATIENCE:
                raise RuntimeError(f"{self.kind.name} shows no window")
            time.sleep(0.002)
        return time.perf_counter() - self.started

    def wait_text(self, box: Box) -> float:
        """Seconds from the start until there is text in a box."""
        while self.desktop.colours(box) <= SHADES:
            if time.perf_counter() - self.started > PATIENCE:
                raise RuntimeError(f"{self.kind.name} shows no text")
            time.sleep(0.002)
        return time.perf_counter() - self.started

    def first_key(self) -> float:
        """Seconds from the start until a key shows; it is pressed once the text has stood still for 30 ms."""
        head = Box(self.kind.editor.left, self.kind.editor.top, self.kind.editor.right, self.kind.editor.top + 200)
        self.wait_text(head)
        for _ in range(30):
            self.desktop.wait_still(head, 0.03, 5)
            before = self.desktop.look(head)
            self.desktop.press("x")
            moment = self.desktop.wait_change(head, before, 0.3, CARET)
            if moment is not None:
                return moment - self.started
        raise RuntimeError(f"{self.kind.name} shows no key")

    def settle(self) -> None:
        """Wait until text and preview rest; shorter than half a blink of the caret."""
        for box in filter(None, (self.kind.editor, self.kind.preview)):
            self.desktop.wait_still(box, 0.4, PATIENCE)

    # what it uses

    def _tree(self) -> list[Path]:
        """The process and its descendants."""
        found = [self._process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    found += map(int, task.read_text().split())
        return [Path(f"/proc/{pid}") for pid in found]

    def processor(self) -> float:
        """Milliseconds of processor time so far."""
        ticks = 0
        for process in self._tree():
            with contextlib.suppress(OSError):
                ticks += sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:15]))
        return 1000 * ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes, pages that are shared counted by share."""
        total = 0
        for process in self._tree():
            with contextlib.suppress(OSError):
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024


class Home:
    """The home folder that a first start, not measured, leaves behind; each measured start gets a copy."""

    def __init__(self, kind: Kind, desktop: Desktop, path: Path, folder: Path) -> None:
        self._template, self._copies = folder / f"{kind.name}.home", folder / f"{kind.name}.copies"
        self._count, self._kind, self._desktop = 0, kind, desktop
        for name, content in kind.files:
            (self._template / name).parent.mkdir(parents=True, exist_ok=True)
            (self._template / name).write_text(content)
        with Run(kind, desktop, path, self._template) as run:
            run.wait_window()
            for box in filter(None, (kind.editor, kind.preview)):
                run.wait_text(box)
            run.close()

    def start(self, path: Path) -> Run:
        """Start the program as on its second day."""
        self._count += 1
        home = self._copies / str(self._count)
        shutil.copytree(self._template, home, symlinks=True, ignore=shutil.ignore_patterns("Singleton*"))
        return Run(self._kind, self._desktop, path, home)
