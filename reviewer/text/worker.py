"""The process that renders beside the window: ``python -m reviewer.text.worker``.

It reads requests from standard input and writes answers to standard output, each as eight hexadecimal digits that give
the length in bytes, a line end, and that many bytes of JSON. A request is ``{"number", "text", "pictures"}``; the answer
repeats the number and holds the blocks as ``[line, html]``, the word count and the outline, or ``error``. Only what
differs from the last answer is sent: ``head`` and ``tail`` count the blocks at both ends that stayed.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from reviewer.text import counts
from reviewer.text.blocks import Block, Picture, receive, send
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import mentions

MEMORY = 512 * 1024 * 1024
"""Bytes of address space a worker may take; a text that needs more ends it."""


def main() -> None:
    """Serve until the input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    session = Session()
    while (request := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, session.answer(request))


class Session:
    """One window's renderer and what it showed last."""

    def __init__(self) -> None:
        self._renderer = Renderer()
        self._shown: list[Block] = []

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; an error is an answer too, and leaves what was shown as it was."""
        number, text = request["number"], request["text"]
        pictures = {file: Picture(*values) for file, values in request["pictures"].items()}
        try:
            blocks = self._renderer.render(text, pictures)
        except RecursionError:
            self._renderer = Renderer()
            return {"number": number, "error": "The text is nested too deeply to be shown."}
        except Exception as error:  # the library's own faults on odd input; the writer sees the last good preview
            self._renderer = Renderer()
            return {"number": number, "error": f"The text could not be shown ({type(error).__name__})."}
        if request.get("fresh"):
            self._shown = []
        head, tail = _same_ends(self._shown, blocks)
        kept, self._shown = len(self._shown), blocks
        return {
            "number": number,
            "kept": kept,
            "head": head,
            "tail": tail,
            "blocks": [[b.line, b.html] for b in blocks[head : len(blocks) - tail]],
            "lines": [b.line for b in blocks[len(blocks) - tail :]] if tail else [],
            "words": counts.words(text),
            "outline": counts.outline(text),
            "mentions": [[m.title, m.year, m.linked, m.line] for m in mentions(text)],
        }


def _same_ends(old: list[Block], new: list[Block]) -> tuple[int, int]:
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n].html != new[-1 - n].html), most - head)
    return head, tail


if __name__ == "__main__":
    main()
