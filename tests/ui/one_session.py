"""A critic's short session in a process of its own, for test_odd_places.py: opens a library, types, saves, types on, and says how it went.

usage: one_session.py LIBRARY REVIEW
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleFactory

from reviewer.app import Program
from reviewer.library.folders import UserFolders
from reviewer.ui.preview.scheme import prepare
from tests.ui.waiting import until

HARMLESS = ("propagateSizeHints", "Detected locale")
"""What Qt says of the offscreen platform, and of a locale that is none; it takes UTF-8 then."""


def main(library: Path, review: Path) -> None:
    complaints: list[str] = []
    logging.basicConfig(level=logging.WARNING)
    qInstallMessageHandler(lambda kind, _, text: complaints.append(text))
    prepare()
    app = QApplication([])
    app.setStyle(QStyleFactory.create("Fusion"))
    program = Program(app, UserFolders.standard(), web=False)
    warned: list[str] = []
    program.notices.shown.connect(lambda text, bad, _: warned.append(text) if bad else None)
    sys.excepthook = lambda kind, error, trace: complaints.append(repr(error)) or sys.__excepthook__(kind, error, trace)
    program.start(library)
    until(app, lambda: program.window.preview._page is not None and not program._offering.isActive())
    program.files.open(review)
    until(app, lambda: program.desk.current is not None and program.desk.current.path == review)
    until(app, lambda: not program.desk.scanning and not program.tasks.busy)
    session, editor = program.desk.current, program.window.editor.editor
    QTest.keyClicks(editor, "Typed and saved. ")
    program.files.save()
    until(app, lambda: not session.saving)
    QTest.keyClicks(editor, "Typed and not saved. ")
    refused: list[object] = []
    session.keep_failed.connect(refused.append)
    until(app, lambda: bool(refused) or (session.kept_at.exists() and b"not saved" in session.kept_at.read_bytes()))
    until(app, lambda: not program.tasks.busy)
    kept = [copy for copy in program.desk.recovery.copies() if b"Typed and not saved. " in copy.content]
    found = {
        "entries": len(program.desk.entries),
        "shown": "Typed and not saved. " in session.text,
        "saved": "Typed and saved. " in review.read_text(),
        "kept": len(kept),
        "warned": warned,
        "complaints": [text for text in complaints if not any(harmless in text for harmless in HARMLESS)],
    }
    program.window.may_close = lambda: True
    program.window.close()
    program.end()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
