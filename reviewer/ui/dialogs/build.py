"""Building and serving the blog with the writer's own command, and comparing the built pages with the reviews.

Nothing is run that she did not type here; the command is kept for this blog in her own settings, never in the blog's folder,
and ends with the program, together with whatever it started.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QColor, QDesktopServices, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.folders import UserFolders
from reviewer.publish import blogs, building, git, verify
from reviewer.publish.plan import NoBlog, site_for
from reviewer.publish.profiles import Site
from reviewer.publish.receipts import Receipts
from reviewer.ui import words
from reviewer.ui.icons import icon
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, MONO, Theme
from reviewer.ui.widgets.fields import Form, hairline, plain_label

_REVIEW = int(Qt.ItemDataRole.UserRole)
MOST_LINES = 5000
"""Lines of output that are kept; a server may run for days."""


class BuildDialog(QDialog):
    """A panel beside the window. `review_wanted` names the review that a complaint or a difference is about."""

    review_wanted = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, folders: UserFolders, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._folders = theme, tasks, folders
        self._site: Site | None = None
        self._process: QProcess | None = None
        self._reader = building.Reader(())
        self._rest = ""
        self._asked = 0
        self.address = ""
        self.setWindowTitle("Build and look")
        self.resize(900, 640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addWidget(self._form())
        layout.addLayout(self._buttons())
        layout.addWidget(hairline(self))
        layout.addWidget(self._below(), 1)
        self._say()

    # making

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        column = QVBoxLayout()
        self.title = plain_label("Build and look", self)
        self.title.setFont(self._theme.font(20, DISPLAY))
        self.about = plain_label("", self)
        column.addWidget(self.title)
        column.addWidget(self.about)
        row.addLayout(column, 1)
        self.blog = QComboBox(self)
        self.blog.setAccessibleName("Blog")
        self.blog.setMinimumWidth(180)
        self.blog.setPlaceholderText("No blog yet")
        self.blog.activated.connect(lambda _: self._use_blog())
        row.addWidget(self.blog)
        return row

    def _form(self) -> Form:
        form = Form(self)
        self.command, self.server, self.built = QLineEdit(form), QLineEdit(form), QLineEdit(form)
        for label, line, hint in (
            ("To build", self.command, "Your own command; it runs in the blog’s folder"),
            ("To serve", self.server, "Your own command that shows the blog while you write"),
            ("Built pages", self.built, "The folder of the built pages, below the blog’s"),
        ):
            line.setFont(self._theme.font(13, MONO))
            form.add(label, line, hint)
            line.textChanged.connect(self._say)
        self.command.returnPressed.connect(lambda: self._start(self.command.text()))
        self.server.returnPressed.connect(lambda: self._start(self.server.text()))
        self.built.returnPressed.connect(self._compare)
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.build = self._button("Build", lambda: self._start(self.command.text()), filled=True)
        self.serve = self._button("Serve", lambda: self._start(self.server.text()))
        self.stop = self._button("Stop", self.end)
        self.compare = self._button("Compare with the reviews", self._compare)
        self.browse = self._button("Open in the browser", self._open)
        for button in (self.build, self.serve, self.stop):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.compare)
        row.addWidget(self.browse)
        return row

    def _button(self, text: str, act: object, filled: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        if filled:
            button.setObjectName("filled")
        button.clicked.connect(act)
        return button

    def _below(self) -> QSplitter:
        parts = QSplitter(self)
        self.output = QPlainTextEdit(parts)
        self.output.setReadOnly(True)
        self.output.setMaximumBlockCount(MOST_LINES)
        self.output.setFont(self._theme.font(12, MONO))
        self.output.setAccessibleName("What the command says")
        self.output.setPlaceholderText("What the command says appears here.")
        right = QWidget(parts)
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        self.found = plain_label("", right)
        self.faults = QListWidget(right)
        self.faults.setWordWrap(True)
        self.faults.setAccessibleName("Complaints and differences")
        self.faults.itemActivated.connect(self._go)
        self.faults.itemClicked.connect(self._go)
        column.addWidget(self.found)
        column.addWidget(self.faults, 1)
        parts.addWidget(self.output)
        parts.addWidget(right)
        parts.setSizes([540, 320])
        parts.setChildrenCollapsible(False)
        return parts

    # the blog

    def show_blogs(self, known: Sequence[str]) -> None:
        """Offer these blogs, the last used first."""
        current = self.blog.currentData()
        self.blog.clear()
        for path in known:
            if Path(path).is_dir():
                self.blog.addItem(Path(path).name, path)
        self.blog.setCurrentIndex(max(0, self.blog.findData(current)) if self.blog.count() else -1)
        self._use_blog()

    @property
    def folder(self) -> Path | None:
        data = self.blog.currentData()
        return Path(data) if data else None

    def _use_blog(self) -> None:
        folder = self.folder
        self._site = None
        if folder is None:
            self.about.setText("Export a review into a blog first; then it can be built and looked at here.")
            self._say()
            return
        settings = blogs.load(self._folders, folder)
        try:
            self._site = site_for(folder, settings.profile)
        except NoBlog as error:
            self.about.setText(str(error))
        name = self._site.profile if self._site else ""
        for line, text, example in zip(
            (self.command, self.server),
            (settings.build, settings.serve),
            building.SUGGESTED.get(name, ("", "")),
            strict=True,
        ):
            line.setText(text)
            line.setPlaceholderText(f"for example {example}" if example else "")
        self.built.setText(building.OUTPUT.get(name, ""))
        if self._site is not None:
            self.about.setText(f"{words.place(folder)}. The commands run there, with your own rights.")
            self._asked += 1
            number = self._asked
            self._tasks.run(lambda: git.state(folder), lambda state: self._show_git(number, state))
        self._say()

    def _show_git(self, number: int, state: git.GitState | None) -> None:
        if number == self._asked and state is not None and self.folder is not None:
            self.about.setText(
                f"{words.place(self.folder)}, {state.words}. The commands run there, with your own rights."
            )

    def _keep(self) -> None:
        """Keep the commands for this blog, once they are used."""
        if self.folder is not None:
            settings = blogs.load(self._folders, self.folder)
            new = replace(settings, build=self.command.text().strip(), serve=self.server.text().strip())
            if new != settings:
                with contextlib.suppress(OSError):
                    blogs.store(self._folders, self.folder, new)

    # running

    @property
    def running(self) -> bool:
        return self._process is not None

    def _say(self) -> None:
        ready = self.folder is not None and not self.running
        self.build.setEnabled(ready and bool(self.command.text().strip()))
        self.serve.setEnabled(ready and bool(self.server.text().strip()))
        self.stop.setEnabled(self.running)
        self.blog.setEnabled(not self.running)
        self.compare.setEnabled(self._site is not None and bool(self.built.text().strip()))
        self.browse.setEnabled(bool(self.address) or self._site is not None)

    def _start(self, command: str) -> None:
        folder = self.folder
        if folder is None or self.running or not command.strip():
            return
        self._keep()
        self.output.clear()
        self.faults.clear()
        self.address = ""
        self._rest = ""
        self._reader = building.Reader(Receipts(self._folders, folder).all())
        process = QProcess(self)
        process.setWorkingDirectory(str(folder))
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("NO_COLOR", "1")
        process.setProcessEnvironment(environment)
        if hasattr(process, "setUnixProcessParameters"):  # so that what it starts ends with it
            process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self.output.appendPlainText(f"$ {command.strip()}\n")
        self.found.setText("Running…")
        if sys.platform == "win32":
            process.start("cmd", ["/c", command])
        else:
            process.start("/bin/sh", ["-c", command])
        self._say()

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        ).split("\n")
        for line in lines:
            self._line(line)

    def _line(self, raw: str) -> None:
        line = self._reader.line(raw)
        at_end = self.output.verticalScrollBar().value() >= self.output.verticalScrollBar().maximum() - 4
        cursor = QTextCursor(self.output.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        shape = QTextCharFormat()
        if line.complaint:
            shape.setForeground(QColor(self._theme.tokens.blocks))
        cursor.insertText(line.text + "\n", shape)
        if at_end:
            self.output.verticalScrollBar().setValue(self.output.verticalScrollBar().maximum())
        if line.complaint:
            self._fault(line.text.strip(), line.review)
        if not self.address and (found := building.address(raw)):
            self.address = found
            self._say()

    def _fault(self, text: str, review: Path | None) -> None:
        item = QListWidgetItem(icon("triangle-alert"), f"{review.parent.name}: {text}" if review else text)
        item.setData(_REVIEW, review)
        item.setToolTip("Open the review" if review else "")
        self.faults.addItem(item)

    def _ended(self, status: int, how: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read()
        if self._rest:
            self._line(self._rest)
            self._rest = ""
        self._process.deleteLater()
        self._process = None
        count = self.faults.count()
        complaints = (
            f"{count} {'line looks' if count == 1 else 'lines look'} like complaints." if count else "No complaint."
        )
        stopped = how == QProcess.ExitStatus.CrashExit
        self.found.setText(
            "Stopped." if stopped else f"Done. {complaints}" if status == 0 else f"It ended with {status}. {complaints}"
        )
        self._say()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process = None
            self.found.setText("The command could not be started. Is there a shell at /bin/sh?")
            self._say()

    def end(self) -> None:
        """End what runs, with all that it started."""
        process = self._process
        if process is None:
            return
        number = int(process.processId())
        if sys.platform != "win32" and number > 0:
            with contextlib.suppress(OSError):
                os.killpg(number, signal.SIGTERM)
        process.terminate()
        if not process.waitForFinished(1500):
            if sys.platform != "win32" and number > 0:
                with contextlib.suppress(OSError):
                    os.killpg(number, signal.SIGKILL)
            process.kill()
            process.waitForFinished(1500)

    # looking

    def _open(self) -> None:
        """Open the served blog, else the built page in front."""
        folder = self.folder
        if self.address:
            QDesktopServices.openUrl(QUrl(self.address))
        elif folder is not None:
            page = folder / self.built.text().strip() / "index.html"
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page if page.is_file() else page.parent)))

    def _compare(self) -> None:
        """Compare the built pages with what was typed, in a thread."""
        site, folders = self._site, self._folders
        if site is None:
            return
        built = site.folder / self.built.text().strip()
        if not built.is_dir():
            self.found.setText(
                f"{words.place(built)} is not there. Build first, or name the folder of the built pages."
            )
            return
        self.faults.clear()
        self.found.setText("Comparing…")
        self.compare.setEnabled(False)
        self._tasks.run(
            lambda: verify.verify(
                site, blogs.load(folders, site.folder), Receipts(folders, site.folder), built, folders
            ),
            self._compared,
            lambda error: self.found.setText(words.of(error, built)),
        )

    def _compared(self, found: Sequence[verify.Compared]) -> None:
        self._say()
        for one in found:
            for fault in one.faults:
                self._fault(fault.message, Path(one.source))
        wrong = sum(bool(one.faults) for one in found)
        pages = f"{len(found)} {'page' if len(found) == 1 else 'pages'}"
        self.found.setText(
            "No review was exported into this blog yet." if not found
            else f"{pages} compared: {wrong} {'differs' if wrong == 1 else 'differ'} from what was typed." if wrong
            else f"{pages} compared: all say what was typed."
        )  # fmt: skip

    def _go(self, item: QListWidgetItem) -> None:
        review = item.data(_REVIEW)
        if isinstance(review, Path):
            self.review_wanted.emit(review)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing hides the panel; a server goes on until it is stopped or the program ends."""
        self._keep()
        super().closeEvent(event)
