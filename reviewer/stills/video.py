"""Which videos are opened to take frames from, told by what is in the file and never by its name."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from reviewer.stills.formats import Refused

ENDINGS = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".vob", ".ts", ".m2ts", ".ogv")
_KINDS = (
    re.compile(rb"....(ftyp|moov|mdat|wide|free|skip)", re.S),
    re.compile(rb"\x1aE\xdf\xa3"),
    re.compile(rb"RIFF....AVI ", re.S),
    re.compile(rb"\0\0\x01[\xba\xb3]"),
    re.compile(rb"OggS"),
    re.compile(rb"G.{187}G|.{4}G.{191}G", re.S),
)
"""How MP4 and MOV, Matroska and WebM, AVI, MPEG programme streams, Ogg and MPEG transport streams begin. Lists of addresses
(HLS, DASH, concat), which a decoder would follow onto the network, are none of them."""


def is_video(path: Path) -> bool:
    """Whether a name says that a file is a video."""
    return path.suffix.lower() in ENDINGS


def check_video(path: Path) -> None:
    """Let through a file that begins like a video. Raises `Refused` with the reason for any other."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Refused(path.name, "It is no plain file.")
            start = file.read(1024)
    except OSError as error:
        raise Refused(path.name, f"It cannot be read: {error.strerror}.") from error
    if not start:
        raise Refused(path.name, "It is empty.")
    if not any(kind.match(start) for kind in _KINDS):
        raise Refused(
            path.name, "It is no video that is known here. Frames are taken from MP4, MOV, WebM, MKV, AVI and MPEG."
        )
