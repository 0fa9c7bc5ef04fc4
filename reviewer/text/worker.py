"""The process that renders beside the window: ``python -m reviewer.text.worker``.

It reads requests from standard input and writes messages to standard output, each as eight hexadecimal digits that give
the length in bytes, a line end, and that many bytes of JSON.

A request holds its ``number`` and either ``text``, the whole, or ``edits`` of the text it has, as `Edit`, with the ``size``
that the text must then have. ``pictures`` are given when they changed, ``avoid`` names lines whose blocks are not rendered,
``trace`` asks for the line of every step, ``fresh`` says that the page is empty.

Messages: ``at``, the line at which work begins; the answer, with the request's number and the blocks that differ from the
last answer (``head`` and ``tail`` count those that stayed, ``shift`` or ``lines`` says where the tail stands now), words,
and outline and mentions where they changed; ``resend``, where the sizes differ; ``error``; and, some time after an answer,
``differs`` where the whole text, rendered in one piece, is not what was shown. The next request is then answered with it.
"""

from __future__ import annotations

import _thread
import contextlib
import queue
import sys
import threading
import time
from typing import Any

if __name__ == "__main__":
    # Python-Markdown loads Pygments where it happens to be installed, to colour code. The theme of the blog does that; here it only
    # costs time, in this process alone.
    sys.modules.setdefault("pygments", None)  # type: ignore[arg-type]

from reviewer.text.blocks import Picture, receive, send
from reviewer.text.incremental import Kept, Rendered

MEMORY = 512 * 1024 * 1024
"""Bytes of address space a worker may take; a text that needs more ends it."""
PAUSE = 1.0
"""Seconds without a request after which the whole is rendered and compared."""
OFTEN = 0.02
"""Seconds between two messages that say where the work is."""


def main() -> None:
    """Serve until the input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    session = Session(lambda message: send(sys.stdout.buffer, message))
    requests = _Requests()
    while (request := requests.next(PAUSE if session.unjudged else None)) is not None:
        if request:
            send(sys.stdout.buffer, session.answer(request))
        elif (message := requests.unless_interrupted(session.judge)) is not None:
            send(sys.stdout.buffer, message)


class _Requests:
    """Requests as they come in, read by a thread, so that one can interrupt what is done in a pause."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._lock, self._pausing = threading.Lock(), False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            request = receive(sys.stdin.buffer)
            self._queue.put(request)
            with self._lock:
                if self._pausing:
                    self._pausing = False
                    _thread.interrupt_main()
            if request is None:
                return

    def next(self, pause: float | None) -> dict[str, Any] | None:
        """The next request; an empty one after a pause, None at the end."""
        try:
            return self._queue.get(timeout=pause)
        except queue.Empty:
            return {}

    def unless_interrupted(self, work: Any) -> Any:
        """What some work gives, or None where a request came in between."""
        try:
            with self._lock:
                self._pausing = self._queue.empty()
            result = work() if self._pausing else None
            with self._lock:
                self._pausing = False
            for _ in range(100):  # an interruption that was sent arrives here at the latest
                pass
            return result
        except KeyboardInterrupt:
            return None


class Session:
    """One window's text and what it showed last. `tell` takes messages that are sent before the answer."""

    def __init__(self, tell: Any = lambda message: None) -> None:
        self._tell = tell
        self._kept = Kept(self._begins)
        self._shown = Rendered()
        self._pictures: dict[str, Picture] = {}
        self._sent: dict[str, Any] = {}
        self._number, self._told, self._trace, self._at = 0, 0.0, False, 1
        self._whole: Rendered | None = None
        self._empty = True
        self.unjudged = False

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; an error is an answer too, and leaves what was shown as it was."""
        self._number = request["number"]
        self._told, self._trace = 0.0, request.get("trace", False)
        self._at = 1
        try:
            if not self._take(request):
                return {"number": self._number, "resend": True}
            now = self._whole or self._kept.blocks(self._pictures)
            figures = self._figures()
        except RecursionError:
            return self._failed("is nested too deeply to be shown")
        except MemoryError:
            return self._failed("takes too much memory to be shown")
        except Exception as error:  # the library's own faults on odd input; the writer sees the last good preview
            return self._failed(f"could not be shown ({type(error).__name__})")
        self.unjudged = self._whole is None and not self._kept.whole and not self._kept.by_parts_only
        return self._difference(now, request.get("fresh", False)) | figures

    def _take(self, request: dict[str, Any]) -> bool:
        """Bring the text up to date; False where it is not the window's."""
        if "pictures" in request:
            self._pictures = {file: Picture(*values) for file, values in request["pictures"].items()}
        if "text" in request:
            self._kept.put(request["text"])
            self._kept.avoid(request.get("avoid", []))
            self._whole, self._empty = None, False
            self._sent.clear()
        elif self._empty:
            return False
        for edit in request.get("edits", ()):
            self._kept.edit(edit)
            self._whole = None
        return "size" not in request or request["size"] == self._kept.size

    def _failed(self, why: str) -> dict[str, Any]:
        self._kept, self._empty = Kept(self._begins), True
        self.unjudged = False
        return {"number": self._number, "error": why, "line": self._at}

    def _begins(self, line: int, long: bool) -> None:
        self._at = line
        now = time.monotonic()
        if long or self._trace or now - self._told > OFTEN:
            self._told = now
            self._tell({"at": line, "number": self._number})

    def _figures(self) -> dict[str, Any]:
        """Words, and outline and mentions where they are not what was sent last."""
        found = {
            "outline": self._kept.outline(),
            "mentions": [[m.title, m.year, m.linked, m.line] for m in self._kept.mentions()],
        }
        changed = {name: value for name, value in found.items() if self._sent.get(name) != value}
        self._sent.update(changed)
        return {"words": self._kept.words()} | changed

    def _difference(self, now: Rendered, fresh: bool) -> dict[str, Any]:
        if fresh:
            self._shown = Rendered()
        before, self._shown = self._shown, now
        head, tail = _same_ends(before.html, now.html)
        end, was_end = len(now.html) - tail, len(before.html) - tail
        answer = {
            "number": self._number,
            "kept": len(before.html),
            "head": head,
            "tail": tail,
            "blocks": [[line, html] for line, html in zip(now.lines[head:end], now.html[head:end], strict=True)],
        }
        old, new = before.lines[was_end:], now.lines[end:]
        shift = new[-1] - old[-1] if tail else 0
        if [line + shift for line in old] == new:
            return answer | {"shift": shift}
        return answer | {"lines": new}

    def judge(self) -> dict[str, Any] | None:
        """Render the whole in one piece; a message where it is not what was shown."""
        self.unjudged = False
        try:
            whole = self._kept.judge()
        except (RecursionError, MemoryError, ValueError, TypeError, IndexError, AttributeError):
            return None
        if whole.html == self._shown.html:
            return None
        self._whole = whole
        head, _ = _same_ends(self._shown.html, whole.html)
        return {
            "number": self._number,
            "differs": True,
            "line": [*whole.lines, 0][min(head, len(whole.lines))],
            "shown": self._shown.html[head : head + 1],
            "whole": whole.html[head : head + 1],
        }


def _same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    return head, tail


if __name__ == "__main__":
    main()
