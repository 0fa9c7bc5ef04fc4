"""Opens the program on a folder and grabs its window: called by script/screenshots."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from reviewer.app import Program
from reviewer.library.filmlists import Candidate, candidates
from reviewer.library.folders import UserFolders
from reviewer.review.values import FilmList
from reviewer.ui.dialogs.export import ExportDialog
from reviewer.ui.preview.scheme import register
from reviewer.ui.session import today


def wait(until: Callable[[], bool], then: int = 900) -> None:
    """Let the program work until a condition holds, and a little longer for the last frame."""
    loop = QEventLoop()
    timer = QTimer(interval=50)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    timer.stop()
    QTimer.singleShot(then, loop.quit)
    loop.exec()


def films(program: Program) -> list[Candidate]:
    """The films of the sample library, the best first."""
    assert program.desk.index is not None
    return candidates(program.desk.index, FilmList("in-step"), today())


def main() -> None:
    home, out = Path(sys.argv[1]), Path(sys.argv[2])
    web = register()
    QCoreApplication.setApplicationName("Reviewer")
    app = QApplication([sys.argv[0]])
    app.setStyle(QStyleFactory.create("Fusion"))
    program = Program(app, UserFolders.standard(), web)
    program.preferences.theme = "light"
    program.theme.choose("light")
    program.start(home / "My reviews" / "never-let-me-go-2010" / "review.md")
    window = program.window
    window.resize(1440, 900)
    wait(lambda: window.preview.page is not None and window.preview.page.loaded)

    def grab(widget: QWidget, name: str) -> None:
        widget.grab().save(str(out / f"{name}.png"))

    grab(window, "main-light")
    program.theme.choose("dark")
    wait(lambda: True)
    grab(window, "main-dark")
    program.theme.choose("light")
    window.inspector.show_tab("Stills")
    window.stills.choose("stills/corridor.jpg")
    wait(lambda: True)
    grab(window, "stills")
    session = program.desk.current
    assert session is not None
    assert session.opened is not None
    dialog = ExportDialog(
        program.theme, program.tasks, program.folders, [session.opened], (str(home / "film-notes"),), window
    )
    dialog.show()
    wait(lambda: not dialog.planning)
    grab(dialog, "export")
    dialog.close()
    program.actions["stills-desk"].trigger()
    desk = program.stills.view
    wait(lambda: len(desk.model.rows) > 0)
    desk.grid.setCurrentIndex(desk.model.index(0, 0))
    wait(lambda: True)
    grab(window, "desk")
    program.actions["reviews-desk"].trigger()
    wait(lambda: len(program.reviews.view.model.rows) == 3)
    grab(window, "reviews")
    program.lists.make(FilmList("in-step", "countdown"), films(program), "Three that stay", True)
    wait(lambda: program.desk.current is not None and program.desk.current.review.title == "Three that stay")
    window.inspector.show_tab("Film")
    wait(lambda: True)
    grab(window, "list")
    program.end()


main()
