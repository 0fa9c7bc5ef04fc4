"""A screen of one's own: Xvfb with openbox, keys by XTEST, pixels straight from the server's frame buffer.

Xvfb keeps what it shows in a mapped file, so that a look costs some microseconds and disturbs no program under test.
Every window is maximised and has no frame, so that all programs draw the same area.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from Xlib import XK, X, display
from Xlib.ext import xtest

WIDTH, HEIGHT = 1600, 1000
LOOK = 0.0002
"""Seconds between two looks."""
CARET = 4
"""Columns: a change that is no wider may be a caret that blinks."""
MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L"}
MANAGER = """<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application type="normal"><decor>no</decor><maximized>yes</maximized></application></applications></openbox_config>"""


@dataclass(frozen=True)
class Box:
    """A part of the screen in pixels."""

    left: int
    top: int
    right: int
    bottom: int


class Desktop:
    """One screen; a context manager."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder),
             "-nolisten", "tcp"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as answer:
            self.name = f":{int(answer.readline())}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self._memory[:100])
        self._start, self._row = head[0] + 12 * head[19], head[12]
        self._display = display.Display(self.name)
        self._display.set_error_handler(lambda *_: None)
        rules = folder / "openbox.xml"
        rules.write_text(MANAGER)
        self._manager = subprocess.Popen(
            ["openbox", "--config-file", str(rules)],
            env=os.environ | {"DISPLAY": self.name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._root("_NET_SUPPORTING_WM_CHECK"):
            time.sleep(0.02)
        xtest.fake_input(self._display, X.MotionNotify, x=WIDTH - 2, y=HEIGHT - 2)
        self._display.sync()

    def __enter__(self) -> Desktop:
        return self

    def __exit__(self, *_: object) -> None:
        self._display.close()
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()

    def _root(self, name: str) -> list[int]:
        found = self._display.screen().root.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        return list(found.value) if found else []

    # windows and keys

    @property
    def windows(self) -> int:
        """How many windows are mapped and managed."""
        return len(self._root("_NET_CLIENT_LIST"))

    def close_windows(self) -> None:
        """Ask each window to close, as its frame's button would."""
        from Xlib.protocol import event

        atoms = [self._display.intern_atom(name) for name in ("WM_PROTOCOLS", "WM_DELETE_WINDOW")]
        for number in self._root("_NET_CLIENT_LIST"):
            window = self._display.create_resource_object("window", number)
            data = (32, [atoms[1], X.CurrentTime, 0, 0, 0])
            window.send_event(event.ClientMessage(window=window, client_type=atoms[0], data=data))
        self._display.sync()

    def press(self, keys: str) -> float:
        """Press and let go of "a" or "ctrl+End"; returns the moment at which the last key went down."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(MODIFIERS.get(k, k))) for k in keys.split("+")]
        for code in codes[:-1]:
            xtest.fake_input(self._display, X.KeyPress, code)
        moment = time.perf_counter()
        xtest.fake_input(self._display, X.KeyPress, codes[-1])
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.flush()
        return moment

    # pixels

    def look(self, box: Box) -> list[bytes]:
        """The pixels in a box, row by row."""
        start, row, memory = self._start, self._row, self._memory
        return [
            memory[start + y * row + 4 * box.left : start + y * row + 4 * box.right] for y in range(box.top, box.bottom)
        ]

    def colours(self, box: Box) -> int:
        """How many colours a sample of the box has: many where there is smoothed text."""
        rows = self.look(box)[::3]
        return len({colour for row in rows for colour in memoryview(row).cast("I")[::2].tolist()})

    def wait_change(self, box: Box, before: list[bytes], limit: float, least: int = 0) -> float | None:
        """The moment at which more than `least` columns differ from before; None after `limit` seconds."""
        end = time.perf_counter() + limit
        while (now := time.perf_counter()) < end:
            seen = self.look(box)
            if seen != before and (not least or columns(seen, before) > least):
                return now
            time.sleep(LOOK)
        return None

    def wait_still(self, box: Box, quiet: float, limit: float) -> None:
        """Wait until nothing in the box has changed for so many seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if self.wait_change(box, self.look(box), quiet) is None:
                return


def changed_rows(now: list[bytes], before: list[bytes]) -> list[int]:
    """Which rows differ."""
    return [y for y, (a, b) in enumerate(zip(now, before, strict=True)) if a != b]


def columns(now: list[bytes], before: list[bytes]) -> int:
    """How many columns differ in one row or another; stops to count where there are many."""
    found: set[int] = set()
    for y in changed_rows(now, before):
        pairs = zip(memoryview(now[y]).cast("I"), memoryview(before[y]).cast("I"), strict=True)
        found.update(x for x, (a, b) in enumerate(pairs) if a != b)
        if len(found) > 20:
            break
    return len(found)
