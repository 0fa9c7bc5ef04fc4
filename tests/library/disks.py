"""Disks of a test's own: one whose plug can be pulled, and one that is as small as the test says. They need root on Linux."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

_GOING_DOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN, linux/fs/ext4/ext4.h
_NO_LOG_FLUSH = 2


def run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


def needs_root() -> None:
    assert sys.platform == "linux", "these tests mount file systems of Linux"
    assert os.geteuid() == 0, "these tests mount file systems: run script/promises as root"


class Disk:
    """An ext4 file system in a file, mounted. What no sync has brought to it is gone once its plug was pulled.

    It is mounted with ``noauto_da_alloc``: with ext4's own help for programs that do not sync, such a program would pass.
    """

    def __init__(self, folder: Path, megabytes: int = 48) -> None:
        needs_root()
        folder.mkdir()
        self.root, self._image, self._kept = folder / "disk", folder / "image", folder / "kept"
        self.root.mkdir()
        with self._image.open("wb") as file:
            file.truncate(megabytes << 20)
        run("mkfs.ext4", "-q", self._image)
        self._mount()

    def _mount(self) -> None:
        run("mount", "-t", "ext4", "-o", "loop,noauto_da_alloc", self._image, self.root)

    def keep(self) -> None:
        """Remember the disk as it is now."""
        run("umount", self.root)
        run("cp", "--sparse=always", self._image, self._kept)
        self._mount()

    def back(self) -> None:
        """The disk as it was when it was kept."""
        run("umount", self.root)
        run("cp", "--sparse=always", self._kept, self._image)
        self._mount()

    def pull_the_plug(self, committed: bool) -> None:
        """Stop the disk at once and start it again. `committed`: another program's sync came just before, the worst moment:
        names are on the disk then, and what they stand for is not."""
        if committed:
            descriptor = os.open(self.root / "other program", os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, b"x")
            os.fsync(descriptor)
            os.close(descriptor)
        folder = os.open(self.root, os.O_RDONLY)
        fcntl.ioctl(folder, _GOING_DOWN, struct.pack("I", _NO_LOG_FLUSH))
        os.close(folder)
        run("umount", self.root)
        self._mount()
        (self.root / "other program").unlink(missing_ok=True)

    def end(self) -> None:
        run("umount", self.root)
        self._image.unlink()
        self._kept.unlink(missing_ok=True)


class SmallDisk:
    """A disk in memory that can be filled to the last byte. `thin`: an ext4 on a store that is full itself: each write is taken,
    and only the sync says that there was no room."""

    def __init__(self, folder: Path, megabytes: int = 24, thin: bool = False) -> None:
        needs_root()
        folder.mkdir()
        self._host, self.root, self._thin = folder / "host", folder / "disk", thin
        self._host.mkdir()
        self.root.mkdir()
        run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", self._host)
        if not thin:
            run("mount", "--bind", self._host, self.root)
            return
        image = self._host / "image"
        with image.open("wb") as file:
            file.truncate(4 * megabytes << 20)
        run("mkfs.ext4", "-q", "-O", "^has_journal", image)
        run("mount", "-t", "ext4", "-o", "loop,noauto_da_alloc", image, self.root)

    def fill(self, left: int) -> None:
        """Leave so many free bytes, to a page."""
        if self._thin:
            os.sync()
        free = shutil.disk_usage(self._host).free
        with (self._host / "filler").open("wb") as file:
            file.write(b"x" * max(0, free - left))

    def empty(self) -> None:
        """Make room again."""
        (self._host / "filler").unlink()

    def end(self) -> None:
        run("umount", self.root)
        run("umount", self._host)
