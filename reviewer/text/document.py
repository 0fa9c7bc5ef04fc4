"""A Markdown file taken apart without losing a byte: mark, front matter, text.

Putting an untouched `Document` together again gives the very bytes it was read from: byte order mark, mixed line ends,
a missing last newline and bytes that are no UTF-8 included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

BOM = b"\xef\xbb\xbf"
_FENCE = re.compile(r"(---|\+\+\+)[ \t]*(\r\n|\n|\r)")
_LINES = re.compile(r"[^\r\n\u2029]*(?:\r\n|\r|\n|\u2029)|[^\r\n\u2029]+")
_END = re.compile(r"(?:\r\n|\r|\n|\u2029)$")

# Bytes that are no UTF-8 are held as lone surrogates, which no text widget takes. On their way to one they become
# characters from the end of the last private plane, which no font and no script uses.
_STRAY, _SHOWN = 0xDC80, 0x10FE80
# The two characters in which Qt's text document marks the bounds of a frame, which it takes for line ends, go the same way.
_TO_SHOWN = {_STRAY + n: chr(_SHOWN + n) for n in range(128)} | {0xFDD0: "\U0010fe7e", 0xFDD1: "\U0010fe7f"}
_TO_STRAY = {ord(shown): chr(kept) for kept, shown in _TO_SHOWN.items()}


class NotText(ValueError):
    """The bytes are not a text that could be shown and written back; the message says what they seem to be."""


@dataclass(frozen=True)
class Document:
    """The parts of a file, as text in which bytes that are no UTF-8 stand as lone surrogates.

    `opener` and `closer` are the fence lines with their line ends, empty where there is no front matter. `gap` holds the
    blank lines between front matter and text, so that the text a writer sees begins with words.
    """

    bom: bool = False
    opener: str = ""
    front: str = ""
    closer: str = ""
    gap: str = ""
    body: str = ""

    @classmethod
    def read(cls, data: bytes) -> Document:
        """Take bytes apart. Raises `NotText` for UTF-16 and for bytes that hold NUL."""
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotText("it is UTF-16; Reviewer reads and writes UTF-8")
        if b"\0" in data:
            raise NotText("it holds NUL bytes, so it is no text file")
        bom = data.startswith(BOM)
        text = data[len(BOM) if bom else 0 :].decode("utf-8", "surrogateescape")
        opener, front, closer, rest = _split(text)
        gap = rest[: len(rest) - len(rest.lstrip("\r\n"))] if opener else ""
        return cls(bom, opener, front, closer, gap, rest[len(gap) :])

    def to_bytes(self) -> bytes:
        """The file, byte for byte."""
        text = self.opener + self.front + self.closer + self.gap + self.body
        return (BOM if self.bom else b"") + text.encode("utf-8", "surrogateescape")

    @property
    def toml(self) -> bool:
        """Whether the front matter is TOML, which is kept and not read."""
        return self.opener.startswith("+")

    @property
    def newline(self) -> str:
        """The line end that new lines get: the file's most frequent one."""
        ends = [m[0] for m in re.finditer(r"\r\n|\n|\r", self.opener + self.front + self.closer + self.gap + self.body)]
        return max(("\n", "\r\n", "\r"), key=ends.count)

    @property
    def front_newline(self) -> str:
        """The line end that new lines of the front matter get: its first one, because the closing fence is found by it."""
        return _END.findall(self.opener)[0] if self.opener else self.newline

    @property
    def text(self) -> str:
        """The body as an editor holds it: line ends as ``\\n``, stray bytes as private characters."""
        return re.sub(r"\r\n|\r|\u2029", "\n", self.body).translate(_TO_SHOWN)

    @property
    def text_line(self) -> int:
        """The line of the file, counted from 1, on which the text begins."""
        return 1 + len(re.findall(r"\r\n|\n|\r", self.opener + self.front + self.closer + self.gap))

    def with_text(self, text: str) -> Document:
        """The document with another text; lines that stayed keep their line ends, new ones get the usual one."""
        if text == self.text:
            return self
        return replace(self, body=_with_ends(text.translate(_TO_STRAY), self.body, self.newline))

    def with_front(self, front: str) -> Document:
        """The document with another front matter (whole lines); fences are made where there were none."""
        if self.opener:
            return replace(self, front=front)
        end = self.newline
        return replace(self, opener=f"---{end}", front=front, closer=f"---{end}", gap=end)


def _split(text: str) -> tuple[str, str, str, str]:
    opening = _FENCE.match(text)
    if opening is None:
        return "", "", "", text
    mark = opening[1]
    ends = r"(?:---|\.\.\.)" if mark == "---" else r"\+\+\+"
    begins = r"(?<=[\r\n])" if opening[2] == "\r" else "^"  # a file with the old Mac's line ends closes with one too
    closing = re.compile(rf"{begins}{ends}[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE).search(text, opening.end())
    if closing is None:
        return "", "", "", text
    return opening[0], text[opening.end() : closing.start()], closing[0], text[closing.end() :]


def _with_ends(text: str, before: str, newline: str) -> str:
    """`text` with line ends taken from the lines of `before` that it still has."""
    if "\r" not in before and "\u2029" not in before and newline == "\n":
        return text
    old = _LINES.findall(before)
    bare = [_END.sub("", line) for line in old]
    new = text.split("\n")
    ends = [newline] * (len(new) - 1) + [""]
    for start, there, length in _matches(bare, new):
        for n in range(length):
            if there + n < len(new) - 1:
                ends[there + n] = old[start + n][len(bare[start + n]) :] or newline
    return "".join(line + end for line, end in zip(new, ends, strict=True))


def _matches(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Runs of equal lines as (place in old, place in new, length): both ends exactly, the middle where it is small."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    runs = [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle_old) * len(middle_new) <= 4_000_000:
        import difflib  # late: only a save needs it

        matcher = difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        runs += [(head + m.a, head + m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    return runs
