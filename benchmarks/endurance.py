"""A monkey at the window: keys, mouse, drops and other programs' edits for as long as asked, with a model of each text beside it.

usage: QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/endurance.py [--minutes 60] [--seed 1] [--reviews 500]

The same seed does the same. After each act the text in front has to be what the model says, no warning may have been printed and no
fault told; at the end every file has to hold its text. Memory (of all its processes), threads, open files and processes are noted each
minute. Exit status 0: nothing was lost.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QDropEvent, QImage, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QStyleFactory, QWidget

from benchmarks.library import write
from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import open_review
from reviewer.text.comparing import differences
from reviewer.ui.preview.scheme import prepare, register

UNSAVED = 10
"""Unsaved reviews that the monkey leaves open; then it saves them."""
SETTLED = 120.0
"""Seconds after which what is awaited is a fault."""
WORDS = (
    "light",
    "Kathy",
    "sea",
    "the",
    "a",
    "boat",
    "never",
    "clone",
    "Gattaca (1997)",
    "and",
    "café",
    "—",
    "“so”",
    "日本",
    "😀",
)
ALLOWED = (
    "This plugin does not support",
    "propagateSizeHints",
    "QFont::",
    "Failed to create",
    "GPUInfo",
    "Failed to connect to the bus",
)
QUIET_ACTS = (
    "tab-check",
    "tab-film",
    "tab-review",
    "tab-stills",
    "theme",
    "focus",
    "typewriter",
    "pencil",
    "zoom-in",
    "zoom-out",
    "zoom-reset",
)
DIALOGS = (
    "settings",
    "keys",
    "about",
    "versions",
    "trash",
    "diary",
    "figures",
    "around",
    "film-list",
    "palette",
    "scales",
    "terms",
)


class Monkey:
    """Does one act after the other, and knows what every text has to be."""

    def __init__(self, seed: int, library: Path, app: QApplication, folder: Path) -> None:
        self.chance, self.library, self.app, self.folder = random.Random(seed), library, app, folder
        self.complaints: list[str] = []
        self.program = Program(app, UserFolders.standard(), web=register())
        for name in ("smart_quotes", "auto_pairs", "continue_lists"):  # what is typed is what has to be there
            setattr(self.program.preferences, name, False)
        sys.excepthook = self._fault
        self.program.start(library)
        self.window, self.desk = self.program.window, self.program.desk
        self.window.resize(1440, 900)
        self.editor = self.window.editor.editor
        self.until(lambda: not self.desk.scanning)
        self.paths = sorted(self.desk.entries)
        self.model: dict[Path, str] = {}
        self.done: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=8)

    def _fault(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        self.complaints.append("".join(traceback.format_exception(kind, error, trace)))  # type: ignore[arg-type]
        print(self.complaints[-1], file=sys.stderr, flush=True)

    def until(self, true: Callable[[], bool]) -> None:
        """Let the program go on until something is so."""
        end = time.monotonic() + SETTLED
        while not true():
            self.app.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.001)
            if time.monotonic() > end:
                raise TimeoutError(f"after {sum(self.done.values())} acts: {dict(self.done)}")

    # what has to be

    @property
    def session(self):
        return self.desk.current

    def look(self, act: str) -> None:
        """The text in front is what the model says."""
        session = self.session
        if session is None or session.path is None:
            return
        known = self.model.setdefault(session.path, session.text)
        if session.text == known.lstrip("\n"):  # opened anew
            self.model[session.path] = session.text
        elif session.text != known:
            raise AssertionError(f"{act}: {session.path}: {told(known, session.text)}")

    def took(self) -> None:
        """What the act just did is what has to be."""
        if self.session is not None and self.session.path is not None:
            self.model[self.session.path] = self.session.text

    # acts

    def key(self, widget: QWidget, letter: str) -> None:
        """Type a letter: by its key, or as an input method does where no key of this keyboard has it."""
        if letter.isascii():
            QTest.keyClicks(widget, letter)
            return
        composed = QInputMethodEvent()
        composed.setCommitString(letter)
        QApplication.sendEvent(widget, composed)

    def type_words(self) -> None:
        before, cursor = self.session.text, self.editor.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.editor.setTextCursor(cursor)
        words = " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, 8)))
        place = there = cursor.position()
        for letter in words:
            self.key(self.editor, letter)
            if self.editor.completion.isVisible():
                QTest.keyClick(self.editor, Qt.Key.Key_Escape)
            there += len(letter.encode("utf-16-le")) // 2
            if self.editor.textCursor().position() != there:
                raise AssertionError(
                    f"after {letter!r} the caret is at {self.editor.textCursor().position()}, not {there}: {self.last}"
                )
        raw = before.encode("utf-16-le")
        wanted = (raw[: 2 * place] + words.encode("utf-16-le") + raw[2 * place :]).decode("utf-16-le")
        if self.session.text != wanted:
            raise AssertionError(f"typed {words!r}: {told(wanted, self.session.text)}")
        self.took()

    def enter(self) -> None:
        QTest.keyClick(self.editor, Qt.Key.Key_Return)
        self.took()

    def erase(self) -> None:
        for _ in range(self.chance.randint(1, 6)):
            QTest.keyClick(self.editor, Qt.Key.Key_Backspace)
        self.took()

    def click_into_text(self) -> None:
        view = self.editor.viewport()
        spot = QPoint(self.chance.randrange(view.width()), self.chance.randrange(view.height()))
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)

    def select_and_type(self) -> None:
        cursor, length = self.editor.textCursor(), self.editor.document().characterCount() - 1
        start = self.chance.randint(0, length)
        cursor.setPosition(start)
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter
        )  # never into the middle of a character of two units
        start = cursor.position()
        for _ in range(self.chance.randint(0, 20)):
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        QTest.keyClicks(self.editor, "x")
        self.took()

    def undo_and_redo(self) -> None:
        before, steps = self.session.text, 0
        for _ in range(self.chance.randint(1, 5)):
            if self.editor.document().isUndoAvailable():
                self.editor.undo()
                steps += 1
        for _ in range(steps):
            self.editor.redo()
        if self.session.text != before:
            raise AssertionError("undone and done again the text is another")

    def save(self) -> None:
        session = self.session
        if session.path is None or session.theirs is not None:
            return
        self.program.actions["save"].trigger()
        self.until(lambda: not session.saving and not session.dirty)
        on_disk = read(session.path)
        if on_disk != self.model.get(session.path, on_disk).lstrip("\n"):
            raise AssertionError(f"saved {session.path}: {told(self.model[session.path], on_disk)}")

    def open_another(self) -> None:
        if len(self.desk.unsaved) > UNSAVED:  # each stays open with its undo: that is wanted, and no leak
            for session in self.desk.unsaved:
                if session.path is not None and session.theirs is None:
                    session.save()
            self.until(lambda: not any(session.saving for session in self.desk.sessions))
        path = self.chance.choice(self.paths)
        self.program.files.open(path)
        self.until(lambda: self.desk.current is not None and self.desk.current.path == path)
        self.editor.setFocus()

    def search(self) -> None:
        field = self.window.library.filter
        field.setFocus()
        QTest.keyClicks(field, self.chance.choice(("sea", "year:1990", "mark:>=4", '"', "director:", "zzz")))
        self.until(lambda: True)
        field.clear()
        self.editor.setFocus()

    def change_title(self) -> None:
        self.program.actions["tab-review"].trigger()
        title = self.window.review.title
        title.setFocus()
        self.key(title, self.chance.choice(("A", "B", "é")))
        self.editor.setFocus()

    def edit_outside(self) -> None:
        """Another program writes a review that is not in front."""
        path = self.chance.choice(self.paths)
        if any(session.path == path for session in self.desk.sessions):
            return
        path.write_bytes(path.read_bytes() + b"\nWritten outside.\n")
        self.model[path] = read(path)

    def edit_outside_in_front(self) -> None:
        """Another program writes the review in front: a clean one takes it, a changed one asks, and keeps both."""
        session = self.session
        if session.path is None or session.saving or session.theirs is not None:
            return
        was_dirty, mine = session.dirty, session.text
        theirs = session.path.read_bytes() + f"\nOutside {self.chance.random()}.\n".encode()
        session.path.write_bytes(theirs)
        self.until(lambda: session.theirs is not None or session.opened.data == theirs)
        if not was_dirty:
            self.took()
            return
        self._keep_mine()
        if session.text != mine:
            raise AssertionError("what was typed went with the other program's version")
        while not any(other.read_bytes() == theirs for other in session.path.parent.glob("*other version*")):
            # What was read was not yet all that the other program wrote: the rest is on the disk, and is asked about too.
            if session.path.read_bytes() != theirs:
                raise AssertionError(f"the other program's version is nowhere; {self.program.notices.text}")
            self.until(lambda: session.theirs is not None)
            self._keep_mine()
        for other in session.path.parent.glob("*other version*"):
            other.unlink()

    def _keep_mine(self) -> None:
        buttons = {button.text(): button for button in self.window.editor.bar._buttons}
        QTest.mouseClick(buttons["Keep mine"], Qt.MouseButton.LeftButton)

    def drop_picture(self) -> None:
        session = self.session
        if session.path is None or len(session.review.stills) > 20:
            return
        file = self.folder / f"dropped-{self.chance.randrange(5)}.png"
        if not file.exists():
            image = QImage(64, 48, QImage.Format.Format_RGB32)
            image.fill(self.chance.randrange(0xFFFFFF))
            image.save(str(file))
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        view = self.editor.viewport()
        spot = QPointF(view.width() / 2, 30)
        event = QDropEvent(
            spot, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view, event)
        self.until(lambda: not self.program.tasks.busy)
        self.took()

    def quiet_act(self) -> None:
        self.program.actions[self.chance.choice(QUIET_ACTS)].trigger()
        self.editor.setFocus()

    def open_a_dialog(self) -> None:

        QTimer.singleShot(0, self._close_dialogs)
        QTimer.singleShot(300, self._close_dialogs)
        self.program.actions[self.chance.choice(DIALOGS)].trigger()
        self.until(lambda: not self.program.tasks.busy)
        self._close_dialogs()
        self.editor.setFocus()

    def _close_dialogs(self) -> None:
        for widget in self.app.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        popup = self.app.activePopupWidget()
        if popup is not None:
            popup.close()

    def views(self) -> None:
        for name in ("stills-desk", "reviews-desk"):
            if name in self.program.actions._made:
                self.program.actions[name].trigger()
                self.until(lambda: not self.program.tasks.busy)
        self.window.show_front(None)
        self.editor.setFocus()

    def resize(self) -> None:
        self.window.resize(self.chance.randint(720, 1600), self.chance.randint(480, 1000))

    def kill_the_web_process(self) -> None:
        """The preview's process dies; typing goes on."""
        for process in descendants(os.getpid()):
            if "--type=renderer" in command_line(process):
                os.kill(process, 9)
        self.type_words()

    ACTS = (
        (type_words, 30), (enter, 6), (erase, 6), (click_into_text, 8), (select_and_type, 4), (undo_and_redo, 5), (save, 8),
        (open_another, 8), (search, 3), (change_title, 3), (edit_outside, 4), (edit_outside_in_front, 3), (drop_picture, 1),
        (quiet_act, 4), (open_a_dialog, 2), (views, 1), (resize, 2), (kill_the_web_process, 0.05),
    )  # fmt: skip

    def act(self) -> None:
        """One act, and a look at what came of it."""
        acts, weights = zip(*self.ACTS, strict=True)
        act = self.chance.choices(acts, weights)[0]
        if self.session is None:
            act = Monkey.open_another
        self.look("before " + act.__name__)
        act(self)
        self.done[act.__name__] += 1
        self.last.append(act.__name__)
        self.app.processEvents()
        self.look(act.__name__)
        if self.complaints:
            raise AssertionError(f"{act.__name__}: {self.complaints[0]}")

    def end(self) -> None:
        """Save all, close, and hold every file against the model."""
        for session in list(self.desk.sessions):
            if session.dirty and session.path is not None:
                session.save()
        self.until(lambda: not any(session.saving for session in self.desk.sessions))
        wrong = [path for path, text in self.model.items() if read(path) != text.lstrip("\n")]
        if wrong:
            raise AssertionError(f"{len(wrong)} texts are not what they have to be: {wrong[0]}")
        self.window.may_close = lambda: True
        self.window.close()
        self.program.end()


def read(path: Path) -> str:
    """The text of a file; blank lines before it belong to the front matter."""
    return open_review(path).reading.document.text


def told(wanted: str, found: str) -> str:
    """Where two texts differ, in few words."""
    found_ = [(wanted[slice(*one.then)], found[slice(*one.now)]) for one in differences(wanted, found)]
    return f"wanted and found: {found_[:5]}"


def descendants(process: int) -> list[int]:
    """All processes that came from one."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def held() -> dict[str, float]:
    """What the program holds now: megabytes of this process and of all, threads, open files, processes."""
    everyone = [os.getpid(), *descendants(os.getpid())]
    total = 0.0
    for process in everyone:
        try:
            rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1000
        except (OSError, StopIteration):
            continue
    own = Path("/proc/self/status").read_text()
    resident = next(int(row.split()[1]) for row in own.splitlines() if row.startswith("VmRSS:")) / 1000
    return {
        "own_mb": round(resident, 1), "all_mb": round(total, 1), "threads": len(list(Path("/proc/self/task").iterdir())),
        "files": len(list(Path("/proc/self/fd").iterdir())), "processes": len(everyone),
    }  # fmt: skip


def main() -> int:
    """Let the monkey go."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--reviews", type=int, default=500)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="reviewer-endurance-") as name:
        folder = Path(name)
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(folder / kind)
        library = folder / "library"
        write(library, options.reviews)
        prepare()
        app = QApplication([])
        app.setStyle(QStyleFactory.create("Fusion"))
        monkey = Monkey(options.seed, library, app, folder)

        def complained(kind: QtMsgType, _: object, text: str) -> None:
            if (
                kind != QtMsgType.QtInfoMsg
                and kind != QtMsgType.QtDebugMsg
                and not any(word in text for word in ALLOWED)
            ):
                monkey.complaints.append(text)

        qInstallMessageHandler(complained)
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: monkey.complaints.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger().addHandler(handler)
        begun = said = time.monotonic()
        rows = [held()]
        while time.monotonic() - begun < 60 * options.minutes:
            try:
                monkey.act()
            except (AssertionError, TimeoutError) as error:
                print(f"LOST after {sum(monkey.done.values())} acts: {error}", file=sys.stderr, flush=True)
                os._exit(1)  # nothing more of the program may run
            if time.monotonic() - said > 60:
                said = time.monotonic()
                rows.append(held())
                rows[-1]["open"] = len(monkey.desk.sessions)
                print(f"{(said - begun) / 60:5.1f} min, {sum(monkey.done.values()):,} acts: {rows[-1]}", flush=True)
        monkey.end()
        print(
            json.dumps(
                {
                    "seed": options.seed,
                    "acts": dict(monkey.done),
                    "texts": len(monkey.model),
                    "held": [rows[0], rows[min(10, len(rows) - 1)], rows[-1]],
                }
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
