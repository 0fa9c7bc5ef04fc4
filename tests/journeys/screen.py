"""A screen of the test's own, with a window manager, and hands on its keyboard, mouse and clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops
from Xlib import X
from Xlib.display import Display

CLIPBOARD = Path(__file__).with_name("clipboard.py")
BROWSER_NEEDS = {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}


def until(condition: Callable[[], object], what: str, limit: float = 30.0, pause: float = 0.05) -> None:
    """Wait for a condition, not for a time."""
    end, waiting = time.monotonic() + limit, threading.Event()
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        waiting.wait(pause)


class Screen:
    """A screen of the test's own, with a window manager, and hands on its keyboard."""

    def __init__(self, home: Path) -> None:
        for tool in ("Xvfb", "openbox", "xdotool"):
            assert shutil.which(tool), f"apt-get install xvfb openbox xdotool ({tool} is missing)"
        read, write = os.pipe()
        self._server = subprocess.Popen(
            # A server that resets when its last client leaves drops whoever is just connecting.
            ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1600x1000x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.environment = {**os.environ, **BROWSER_NEEDS, "DISPLAY": self.display, "HOME": str(home)}
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        until(self._managed, "the window manager")
        self.program: subprocess.Popen[bytes] | None = None
        self._clipboard: subprocess.Popen[str] | None = None

    def _managed(self) -> bool:
        """Whether a window manager has taken the screen (EWMH, _NET_SUPPORTING_WM_CHECK)."""
        display = Display(self.display)
        try:
            atom = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
            return display.screen().root.get_full_property(atom, X.AnyPropertyType) is not None
        finally:
            display.close()

    def start(self, *arguments: object) -> None:
        """Start the program and wait for its window."""
        command = [sys.executable, "-m", "reviewer", *map(str, arguments)]
        self.program = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        until(lambda: self.windows("Reviewer"), "the window")
        subprocess.run(
            ["xdotool", "windowactivate", "--sync", self.windows("Reviewer")[-1]], env=self.environment, check=True
        )

    def windows(self, name: str) -> list[str]:
        """The visible windows whose title holds a name."""
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.split()

    def keys(self, *names: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "30", *names], env=self.environment, check=True)

    def new_review(self, title: str) -> None:
        """Begin a review and type its title; the caret is in the text then."""
        self.keys("ctrl+n")
        until(lambda: self.windows("^Untitled.* — Reviewer"), "the new review")
        self.type(title)
        until(lambda: self.windows(f"^{title}.* — Reviewer"), "the title in the window's frame")
        self.keys("ctrl+1")

    def type(self, text: str) -> None:
        subprocess.run(
            ["xdotool", "type", "--delay", "12", "--file", "-"], env=self.environment, input=text.encode(), check=True
        )

    def click(self, x: int, y: int) -> None:
        """Click into the program's window, so many pixels from its corner."""
        window = self.windows("Reviewer")[-1]
        self._do("mousemove", "--sync", "--window", window, str(x), str(y))
        self._do("click", "1")

    def command(self, words: str) -> None:
        """Choose a command by its words, as in the list of all commands."""
        self.keys("ctrl+k")
        self.type(words)
        self.keys("Return")

    def save(self, path: Path) -> str:
        """Save, and give what the file holds then."""
        before = path.read_bytes() if path.is_file() else b""
        self.keys("ctrl+s")
        until(lambda: path.is_file() and path.read_bytes() != before, "the saved file")
        return path.read_text("utf-8")

    def put_on_clipboard(self, text: str, html: str) -> None:
        """Let another program offer words to be pasted, plain and rich."""
        self._clipboard = subprocess.Popen(
            [sys.executable, str(CLIPBOARD), text, html],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._clipboard.stdout is not None
        assert self._clipboard.stdout.readline() == "offered\n"

    def clipboard(self, kind: str) -> str:
        """What the program put on the clipboard, as another program is given it."""
        done = subprocess.run(
            [sys.executable, str(CLIPBOARD), "--read", kind],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def settle(self) -> None:
        """Wait until four pictures of the screen, one after the other, differ by no more than a caret."""
        seen, alike = self._picture(), 0

        def same() -> bool:
            nonlocal seen, alike
            before, seen = seen, self._picture()
            changed = ImageChops.difference(before, seen).getbbox()
            alike = alike + 1 if changed is None or changed[2] - changed[0] <= 3 else 0
            return alike == 4

        until(same, "a picture that stands still", pause=0.3)

    def _picture(self) -> Image.Image:
        display = Display(self.display)
        try:
            root = display.screen().root
            size = root.get_geometry()
            raw = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
            return Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX")
        finally:
            display.close()

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def kill(self) -> None:
        assert self.program is not None
        self.program.kill()
        self.program.wait()

    def close(self) -> None:
        if self._clipboard is not None and self._clipboard.stdout is not None:
            self._clipboard.stdout.close()
        for process in (self.program, self._clipboard, self._manager, self._server):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
