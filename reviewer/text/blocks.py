"""What goes between a text and its rendering, apart from the renderer itself, which takes long to import."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote

MOST_TEXT = 3_000_000
"""Characters; a longer text is edited and exported, not previewed as it is typed."""
Edit = tuple[int, int, list[str]]
"""Lines taken out and put in: the first line, counted from 0, how many go, and the lines that come."""


@dataclass(frozen=True)
class Block:
    """A top-level piece of the rendered text. `line` counts from 1 in the text."""

    line: int
    html: str


@dataclass(frozen=True)
class Picture:
    """What the renderer knows of a still: the words under it, and in the preview a word on its permission."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    badge: str = ""
    badge_kind: str = ""


def still_path(src: str) -> str:
    """An image address as a still's path: percent-encoding undone and a leading ``./`` taken off."""
    return unquote(src).removeprefix("./")


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message of a stream, or None at its end."""
    size = stream.readline()
    return json.loads(stream.read(int(size, 16))) if size else None


def send(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message."""
    stream.write(packed(message))
    stream.flush()


def packed(message: dict[str, Any]) -> bytes:
    """A message as it goes over the pipe."""
    data = json.dumps(message).encode()
    return b"%08x\n" % len(data) + data
