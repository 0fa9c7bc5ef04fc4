"""The export dialog: what will change, file by file, with the gate of permissions above it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.folders import UserFolders
from reviewer.library.reviews import Opened
from reviewer.publish import blogs
from reviewer.publish.carry_out import carry_out, recover
from reviewer.publish.plan import Change, NoBlog, Plan, PlannedFile, site_for
from reviewer.publish.planner import make_plan
from reviewer.review.findings import Finding
from reviewer.ui import words
from reviewer.ui.dialogs.fields import FieldsDialog
from reviewer.ui.icons import icon
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, MONO, Theme
from reviewer.ui.widgets.fields import hairline, link_button, plain_label

_FILE = int(Qt.ItemDataRole.UserRole)
_WORDS = {
    Change.NEW: "New", Change.CHANGED: "Changed", Change.UNCHANGED: "Unchanged", Change.REMOVED: "Removed",
    Change.IN_THE_WAY: "In the way", Change.KEPT: "Kept",
}  # fmt: skip


class _Superseded(Exception):
    """A newer plan is being made, or the dialog is closed."""


class ExportDialog(QDialog):
    """Shows the plan for one review and carries it out. `exported` carries how many files were written and where.

    `mend` is asked for when the writer wants to see to a finding; `reasoned` carries a reason for publishing all the same.
    """

    exported = Signal(int, object)
    mend = Signal(object)
    reasoned = Signal(str)
    blog_chosen = Signal(str)
    _prepared = Signal(int, int, int)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        folders: UserFolders,
        review: Opened,
        known: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._folders, self._review = theme, tasks, folders, review
        self._plan: Plan | None = None
        self._replacing: set[str] = set()
        self._asked = 0
        self.planning = False
        self._prepared.connect(self._show_progress)
        self.setWindowTitle("Export")
        self.resize(1160, 740)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(hairline(self))
        middle = QSplitter(Qt.Orientation.Horizontal, self)
        middle.addWidget(self._left())
        middle.addWidget(self._right())
        middle.setSizes([400, 760])
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(1)
        layout.addWidget(middle, 1)
        layout.addWidget(hairline(self))
        layout.addLayout(self._foot())
        for blog in known:
            self._add_blog(blog)
        self.blog.setCurrentIndex(0 if known else -1)
        self.plan()

    # making

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 14, 20, 14)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = plain_label("Export", self)
        self.title.setFont(self._theme.font(20, DISPLAY))
        self.about = plain_label("", self)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row.addLayout(words, 1)
        self.blog = QComboBox(self)
        self.blog.setAccessibleName("Blog")
        self.blog.setMinimumWidth(200)
        self.blog.setPlaceholderText("No blog chosen")
        self.blog.activated.connect(lambda _: self.plan())
        row.addWidget(self.blog)
        choose = QPushButton("Choose a blog…", self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row.addWidget(choose)
        self.fields = QPushButton("Settings…", self)
        self.fields.setAutoDefault(False)
        self.fields.clicked.connect(self._edit_fields)
        row.addWidget(self.fields)
        return row

    def _left(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(8, 10, 8, 10)
        heading = plain_label("What will change", box)
        heading.setFont(self._theme.font(12, semibold=True))
        heading.setContentsMargins(8, 0, 8, 4)
        column.addWidget(heading)
        self.tree = QTreeWidget(box)
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(18)
        self.tree.setIconSize(QSize(16, 16))
        self.tree.setAccessibleName("Files of the post")
        self.tree.currentItemChanged.connect(lambda item, _: self._show_file(item))
        self.tree.itemChanged.connect(self._ticked)
        column.addWidget(self.tree, 1)
        self.warning = plain_label("", box)
        self.warning.setObjectName("warning")
        self.warning.setContentsMargins(12, 10, 12, 10)
        self.warning.hide()
        column.addWidget(self.warning)
        return box

    def _right(self) -> QWidget:
        box = QWidget(self)
        box.setObjectName("page")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(box)
        column.setContentsMargins(20, 16, 20, 0)
        self.gate = QWidget(box)
        self.gate.setObjectName("gate")
        self.gate.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(self.gate)
        inner.setContentsMargins(16, 12, 16, 12)
        self.gate_title = plain_label("", self.gate)
        self.gate_title.setStyleSheet(f"font-weight: 600; color: {self._theme.tokens.blocks}")
        self.gate_words = plain_label("", self.gate)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        self.gate_act = QPushButton("Say why it may appear…", self.gate)
        self.gate_act.setObjectName("filled")
        self.gate_act.setAutoDefault(False)
        self.gate_act.clicked.connect(self._mend)
        self.anyway = link_button("Publish all the same…", self.gate, self._ask_reason)
        acts.addWidget(self.gate_act)
        acts.addWidget(self.anyway)
        acts.addStretch(1)
        self.reason = QLineEdit(self.gate)
        self.reason.setPlaceholderText("The reason, kept in the still’s record")
        self.reason.setAccessibleName("Reason for publishing all the same")
        self.reason.returnPressed.connect(self._take_reason)
        self.reason.hide()
        for widget in (self.gate_title, self.gate_words):
            inner.addWidget(widget)
        inner.addLayout(acts)
        inner.addWidget(self.reason)
        column.addWidget(self.gate)
        self.path = plain_label("", box)
        self.path.setFont(self._theme.font(13, MONO))
        self.path.setContentsMargins(0, 8, 0, 6)
        column.addWidget(self.path)
        column.addWidget(hairline(box))
        self.diff = QPlainTextEdit(box)
        self.diff.setReadOnly(True)
        self.diff.setFont(self._theme.font(13, MONO))
        self.diff.setAccessibleName("What changes in the file")
        column.addWidget(self.diff, 1)
        return box

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(10)
        self.summary = plain_label("", self)
        row.addWidget(self.summary, 1)
        row.addWidget(plain_label("All or nothing.", self, wrap=False))
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self.go = QPushButton("Export", self)
        self.go.setObjectName("filled")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._carry_out)
        row.addWidget(self.go)
        return row

    # the blog

    def _add_blog(self, path: str) -> None:
        if self.blog.findData(path) < 0:
            self.blog.insertItem(0, Path(path).name, path)
            self.blog.setItemData(0, path, int(Qt.ItemDataRole.ToolTipRole))
        self.blog.setCurrentIndex(self.blog.findData(path))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The folder of your blog")
        if folder:
            self.use_blog(folder)

    def use_blog(self, folder: str) -> None:
        """Plan for another blog."""
        self._add_blog(folder)
        self.plan()

    @property
    def current_blog(self) -> Path | None:
        data = self.blog.currentData()
        return Path(data) if data else None

    def _edit_fields(self) -> None:
        if self._plan is None:
            return
        folder = self._plan.site.folder
        review = self._review.reading.review
        dialog = FieldsDialog(blogs.load(self._folders, folder), self._plan, review, self)
        if dialog.exec():
            blogs.store(self._folders, folder, dialog.settings())
            self.plan()

    # the plan

    def show_review(self, review: Opened) -> None:
        """Plan for a newer version of the review."""
        self._review = review
        self.plan()

    def plan(self, reason: str = "") -> None:
        """Make the plan in a thread; the newest wins."""
        blog = self.current_blog
        self.fields.setEnabled(False)
        self.go.setEnabled(False)
        if blog is None:
            self._clear(
                "Choose the folder of your blog. Reviewer looks what it was made for and changes nothing there yet."
            )
            return
        self._asked += 1
        number, review, folders, replacing = self._asked, self._review, self._folders, set(self._replacing)

        def work() -> Plan:
            site = site_for(blog)
            recover(folders, site.folder)
            settings = blogs.load(folders, site.folder)
            return make_plan([review], site, settings, folders, dt.date.today(), replacing, reason, progress)

        def progress(done: int, of: int) -> None:
            if number != self._asked:
                raise _Superseded
            self._prepared.emit(number, done, of)

        self.planning = True
        self.summary.setText("Looking what would change…")
        self._tasks.run(work, lambda plan: self._planned(number, plan), lambda error: self._failed(number, error))

    def _show_progress(self, number: int, done: int, of: int) -> None:
        if number == self._asked and done < of:
            self.summary.setText(f"Preparing the stills, {done} of {of}…")

    def done(self, result: int) -> None:
        """Close; a plan that is still being made is given up."""
        self._asked += 1
        super().done(result)

    def _clear(self, words: str) -> None:
        self._plan = None
        self.tree.clear()
        self.gate.hide()
        self.warning.hide()
        self.path.setText("")
        self.diff.setPlainText("")
        self.about.setText(words)
        self.summary.setText("")

    def _failed(self, number: int, error: Exception) -> None:
        if number == self._asked:
            self.planning = False
            self._clear(str(error) if isinstance(error, NoBlog) else f"The plan could not be made: {error}")

    def _planned(self, number: int, plan: Plan) -> None:
        if number != self._asked:
            return
        self.planning = False
        self._plan = plan
        self.fields.setEnabled(True)
        self.title.setText(f"Export to {plan.site.folder.name}")
        zone = f", {plan.site.zone.key}" if plan.site.zone else ""
        self.about.setText(
            f"{plan.profile.title}, in {words.place(plan.site.folder)}{zone}: {'; '.join(plan.site.reasons)}."
        )
        self.blog_chosen.emit(str(plan.site.folder))
        self._fill(plan)
        self._show_gate(plan)
        in_way = [f for f in plan.files if f.change in (Change.IN_THE_WAY, Change.KEPT)]
        self.warning.setVisible(bool(in_way))
        self.warning.setText(
            "\n".join(f"{f.path} stays as it is: {f.why}." for f in in_way)
            + ("\nTick it to overwrite it." if in_way else "")
        )
        counts = [(plan.count(change), _WORDS[change].lower()) for change in Change]
        said = ", ".join(f"{n} {word}" for n, word in counts if n) or "nothing to write"
        blocked = len(plan.blocked)
        self.summary.setText(
            f"{said[:1].upper()}{said[1:]}."
            + (f" {blocked} {'finding blocks' if blocked == 1 else 'findings block'}." if blocked else "")
        )
        files = len(plan.writes)
        self.go.setText(f"Export {files} {'file' if files == 1 else 'files'}" if files else "Nothing to export")
        self.go.setEnabled(bool(files) and not plan.blocked)

    def _fill(self, plan: Plan) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        first = None
        for file in plan.files:
            folder, _, name = file.path.rpartition("/")
            if folder not in folders:
                item = folders[folder] = QTreeWidgetItem(self.tree, [folder or plan.site.folder.name])
                item.setIcon(0, icon("folder"))
                item.setFirstColumnSpanned(True)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = self._item(folders[folder], name, file)
            first = first or item
        self.tree.expandAll()
        self.tree.resizeColumnToContents(1)
        self.tree.setColumnWidth(0, max(200, self.tree.viewport().width() - self.tree.columnWidth(1) - 16))
        self.tree.blockSignals(False)
        if first is not None:
            self.tree.setCurrentItem(first)
        self._show_file(first)

    def _item(self, parent: QTreeWidgetItem, name: str, file: PlannedFile) -> QTreeWidgetItem:
        size = f", {max(1, len(file.new) // 1000)} KB" if file.new and not file.is_text else ""
        item = QTreeWidgetItem(parent, [name, f"{_WORDS[file.change]}{size}"])
        item.setIcon(0, icon("file-text" if file.is_text else "image"))
        item.setData(0, _FILE, file)
        item.setToolTip(0, file.path)
        item.setToolTip(1, file.why)
        token = {Change.IN_THE_WAY: "waits", Change.KEPT: "waits", Change.UNCHANGED: "third"}.get(file.change, "second")
        item.setForeground(1, self._theme.colour(token))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if file.change is Change.IN_THE_WAY or file.path in self._replacing:
            item.setCheckState(0, Qt.CheckState.Checked if file.path in self._replacing else Qt.CheckState.Unchecked)
        return item

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        file = item.data(0, _FILE)
        if isinstance(file, PlannedFile) and column == 0:
            on = item.checkState(0) == Qt.CheckState.Checked
            (self._replacing.add if on else self._replacing.discard)(file.path)
            self.plan()

    def _show_file(self, item: QTreeWidgetItem | None) -> None:
        file = item.data(0, _FILE) if item is not None else None
        if not isinstance(file, PlannedFile):
            self.path.setText("")
            self.diff.setPlainText("")
            return
        self.path.setText(file.path)
        if file.is_text:
            self.diff.setPlainText(
                file.diff() if file.old is not None else (file.new or b"").decode("utf-8", "replace")
            )
            self._paint_diff(file.old is not None)
        else:
            words = {
                Change.UNCHANGED: "The same picture is there already.",
                Change.REMOVED: "The picture goes: the post no longer shows it.",
            }
            self.diff.setPlainText(
                words.get(
                    file.change,
                    f"A picture of {max(1, len(file.new or b'') // 1000)} KB, upright, without position, with credit and rights.",
                )
            )

    def _paint_diff(self, is_diff: bool) -> None:
        if not is_diff:
            return
        block = self.diff.document().firstBlock()
        while block.isValid():
            line = block.text()
            token = "chosen" if line.startswith("+") else "removed" if line.startswith("-") else ""
            if token and not line.startswith(("+++", "---")):
                shape = QTextCharFormat()
                shape.setBackground(self._theme.colour(token))
                shape.setFontStrikeOut(line.startswith("-"))
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.LineUnderCursor)
                cursor.mergeCharFormat(shape)
            block = block.next()

    # the gate

    def _show_gate(self, plan: Plan) -> None:
        blocked = plan.blocked
        self.gate.setVisible(bool(blocked))
        if not blocked:
            return
        first = blocked[0]
        self.gate_title.setText(first.message)
        more = f" {len(blocked) - 1} more stand in the way." if len(blocked) > 1 else ""
        self.gate_words.setText(f"{first.reason} {more}".strip())
        rights = [f for f in blocked if f.code.startswith("permission-")]
        self.gate_act.setText(f"{first.fix.rstrip('.')}…" if first.fix else "Show it")
        self.anyway.setVisible(len(rights) == len(blocked))
        self.reason.hide()

    def _mend(self) -> None:
        if self._plan is not None and self._plan.blocked:
            finding: Finding = self._plan.blocked[0]
            self.reject()
            self.mend.emit(finding)

    def _ask_reason(self) -> None:
        self.reason.show()
        self.reason.setFocus()

    def _take_reason(self) -> None:
        if self.reason.text().strip():
            self.reasoned.emit(self.reason.text().strip())

    # carrying out

    def _carry_out(self) -> None:
        plan, folders = self._plan, self._folders
        if plan is None:
            return
        self.go.setEnabled(False)
        self.summary.setText("Exporting…")
        self._tasks.run(lambda: carry_out(plan, folders), lambda n: self._done(n, plan), self._not_done)

    def _done(self, written: int, plan: Plan) -> None:
        self.exported.emit(written, plan.site.folder)
        self.accept()

    def _not_done(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        self.summary.setText(f"Nothing was exported. {reason}.")
        self.go.setEnabled(True)
