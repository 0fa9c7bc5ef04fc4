"""What was typed into a document since it was last asked for, as lines: nobody has to read the whole text for a key."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from reviewer.text.blocks import Edit

MOST_EDITS, MOST_LINES = 200, 2000


class Edits(QObject):
    """Follows one document, which needs a layout to tell of its changes. The edits it gives, done in order on the text as it was, make the text as it is.

    `count` counts them all; Qt's own revision of a document counts new colours too.
    """

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._blocks = document.blockCount()
        self._found: list[Edit] | None = None
        self.count = 0
        document.contentsChange.connect(self._changed)

    def take(self) -> list[Edit] | None:
        """The edits since the last call; None where the whole text has to be read."""
        found, self._found = self._found, []
        return found

    def lose(self) -> None:
        """Ask for the whole text next time."""
        self._found = None

    def _changed(self, place: int, _gone: int, came: int) -> None:
        self.count += 1
        blocks, self._blocks = self._blocks, self.document.blockCount()
        if self._found is None:
            return
        first = self.document.findBlock(place)
        last = self.document.findBlock(min(place + came, self.document.characterCount() - 1))
        count = last.blockNumber() - first.blockNumber() + 1
        gone = count - (self._blocks - blocks)
        if not first.isValid() or gone < 0 or count > MOST_LINES or len(self._found) >= MOST_EDITS:
            self._found = None
            return
        lines, block = [], first
        for _ in range(count):
            lines.append(sendable(block.text()))
            block = block.next()
        self._found.append((first.blockNumber(), gone, lines))


def sendable(text: str) -> str:
    """Half characters cannot be sent; they are shown as a mark of replacement."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
