"""What an errand to a blog would change, file by file, with the gate of permissions above it; and then its doing.

Exporting one review or several, taking posts out again, and undoing the last export all show their plan here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.library.folders import UserFolders
from reviewer.library.reviews import Opened
from reviewer.publish import blogs, git, undo
from reviewer.publish.carry_out import carry_out, recover
from reviewer.publish.plan import CHANGED_BY_HAND, Change, NoBlog, Plan, PlannedFile, Subplan, site_for
from reviewer.publish.planner import make_plan, plan_unpublish
from reviewer.publish.profiles import PROFILES, BlogSettings, Site
from reviewer.publish.receipts import Receipts, review_key
from reviewer.publish.takeback import take_back
from reviewer.review.findings import Finding, blocking
from reviewer.ui import words
from reviewer.ui.dialogs.changes import ChangeView
from reviewer.ui.dialogs.fields import FieldsDialog
from reviewer.ui.icons import icon
from reviewer.ui.tasks import Tasks
from reviewer.ui.theme import DISPLAY, Theme
from reviewer.ui.widgets.fields import hairline, link_button, plain_label

_FILE, _REVIEW = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
_OF_THE_BLOG = ("profile-note", "html-lost", "link-unpublished", "link-dead", "address-changed")
"""Findings that only a plan for a blog can make; the others stand in the list of findings all the time."""
_WORDS = {
    Change.NEW: "New", Change.CHANGED: "Changed", Change.UNCHANGED: "Unchanged", Change.REMOVED: "Removed",
    Change.IN_THE_WAY: "In the way", Change.KEPT: "Kept",
}  # fmt: skip


class _Superseded(Exception):
    """A newer plan is being made, or the dialog is closed."""


Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Errand:
    """What is to be done in a blog. `make` plans it; `done` is the word for having done it, `button` for doing it."""

    title: str
    button: str
    done: str
    make: Callable[[Sequence[Opened], Site, BlogSettings, UserFolders, Collection[str], str, Progress], Plan]


def _export(
    reviews: Sequence[Opened], site: Site, settings: BlogSettings, folders: UserFolders, replacing: Collection[str],
    reason: str, progress: Progress,
) -> Plan:  # fmt: skip
    return make_plan(reviews, site, settings, folders, dt.date.today(), replacing, reason, progress)


def _unpublish(
    reviews: Sequence[Opened], site: Site, settings: BlogSettings, folders: UserFolders, replacing: Collection[str],
    reason: str, progress: Progress,
) -> Plan:  # fmt: skip
    named = [(review_key(r.reading.review.id, r.path), r.path, r.reading.review.title) for r in reviews]
    return plan_unpublish(named, site, settings, folders)


def _undo(
    reviews: Sequence[Opened], site: Site, settings: BlogSettings, folders: UserFolders, replacing: Collection[str],
    reason: str, progress: Progress,
) -> Plan:  # fmt: skip
    return undo.plan_undo(site, folders)


EXPORT = Errand("Export to", "Export", "exported to", _export)
UNPUBLISH = Errand("Take out of", "Take out", "taken out of", _unpublish)
UNDO = Errand("Undo the last export to", "Undo", "put back in", _undo)


class ExportDialog(QDialog):
    """Shows the plan of an errand for some reviews and carries it out. `exported` carries how many files were written and
    where.

    `mend` is asked for when the writer wants to see to a finding, with the review's file; `reasoned` carries a reason for
    publishing all the same.
    """

    exported = Signal(int, object)
    mend = Signal(object, object)
    reasoned = Signal(str)
    blog_chosen = Signal(str)
    taken = Signal(object, object, str)
    _prepared = Signal(int, int, int)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        folders: UserFolders,
        reviews: Sequence[Opened],
        known: tuple[str, ...],
        parent: QWidget | None = None,
        errand: Errand = EXPORT,
    ) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._folders, self._errand = theme, tasks, folders, errand
        self._reviews = list(reviews)
        self._left_out: set[Path] = set()
        self._git: git.GitState | None = None
        self._plan: Plan | None = None
        self._replacing: set[str] = set()
        self._asked = 0
        self.planning = False
        self._prepared.connect(self._show_progress)
        self.setWindowTitle(errand.button)
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
        self.title = plain_label(self._errand.button, self)
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
        self.profile = QComboBox(self)
        self.profile.setAccessibleName("Site generator")
        self.profile.setToolTip("The site generator; most are told from the blog’s folder")
        self.profile.addItem("As the folder says", "")
        for name, profile in PROFILES.items():
            self.profile.addItem(profile.title, name)
        self.profile.activated.connect(lambda _: self._use_profile())
        row.addWidget(self.profile)
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
        self.take = QPushButton("Take the change into the review…", box)
        self.take.setAutoDefault(False)
        self.take.setToolTip(
            "What was changed by hand in the blog’s post goes into the review, as far as its place there is sure"
        )
        self.take.clicked.connect(self._take_back)
        self.take.hide()
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
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
        self.view = ChangeView(self._theme, box)
        column.addWidget(self.view, 1)
        return box

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(10)
        self.summary = plain_label("", self)
        row.addWidget(self.summary, 1)
        self.commits = QCheckBox("Commit", self)
        self.commits.setToolTip("Commit what is written to the blog’s Git, these files and no others")
        self.message = QLineEdit(self)
        self.message.setAccessibleName("Message of the commit")
        self.message.setMinimumWidth(220)
        self.commits.toggled.connect(self.message.setVisible)
        for widget in (self.commits, self.message):
            widget.hide()
            row.addWidget(widget)
        row.addWidget(plain_label("All or nothing.", self, wrap=False))
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self.go = QPushButton(self._errand.button, self)
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
            self.blog.setItemData(0, words.tip(str(path)), int(Qt.ItemDataRole.ToolTipRole))
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
        review = self._reviews[0].reading.review if self._reviews else None
        dialog = FieldsDialog(blogs.load(self._folders, folder), self._plan, review, self)
        if dialog.exec():
            blogs.store(self._folders, folder, dialog.settings())
            self.plan()

    def _use_profile(self) -> None:
        blog = self.current_blog
        if blog is not None:
            settings = replace(blogs.load(self._folders, blog), profile=self.profile.currentData())
            blogs.store(self._folders, blog, settings)
            self.plan()

    # the plan

    def show_review(self, review: Opened) -> None:
        """Plan for a newer version of one of the reviews."""
        self._reviews = [review if one.path == review.path else one for one in self._reviews]
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
        number, folders, replacing, errand = self._asked, self._folders, set(self._replacing), self._errand
        reviews = [one for one in self._reviews if one.path not in self._left_out]

        def work() -> tuple[Plan, git.GitState | None]:
            settings = blogs.load(folders, blog)
            site = site_for(blog, settings.profile)
            recover(folders, site.folder)
            plan = errand.make(reviews, site, settings, folders, replacing, reason, progress)
            return plan, git.state(site.folder)

        def progress(done: int, of: int) -> None:
            if number != self._asked:
                raise _Superseded
            self._prepared.emit(number, done, of)

        self.planning = True
        self.summary.setText("Looking what would change…")
        self.profile.setCurrentIndex(max(0, self.profile.findData(blogs.load(folders, blog).profile)))
        self._tasks.run(work, lambda made: self._planned(number, *made), lambda error: self._failed(number, error))

    def _show_progress(self, number: int, done: int, of: int) -> None:
        if number == self._asked and done < of:
            what = "stills" if len(self._reviews) == 1 else "reviews"
            self.summary.setText(f"Preparing the {what}, {done} of {of}…")

    def done(self, result: int) -> None:
        """Close; a plan that is still being made is given up."""
        self._asked += 1
        super().done(result)

    def _clear(self, words: str) -> None:
        self._plan = None
        self.tree.clear()
        self.gate.hide()
        self.warning.hide()
        self.view.show_file(None)
        self.take.hide()
        self.commits.hide()
        self.message.hide()
        self.about.setText(words)
        self.summary.setText("")

    def _failed(self, number: int, error: Exception) -> None:
        if number == self._asked:
            self.planning = False
            known = isinstance(error, (NoBlog, undo.NothingToUndo))
            self._clear(str(error) if known else f"The plan could not be made: {error}")

    def _planned(self, number: int, plan: Plan, state: git.GitState | None) -> None:
        if number != self._asked:
            return
        self.planning = False
        self._plan, self._git = plan, state
        self.fields.setEnabled(not plan.undoes)
        self.title.setText(f"{self._errand.title} {plan.site.folder.name}")
        zone = f", {plan.site.zone.key}" if plan.site.zone else ""
        self.about.setText(
            f"{plan.profile.title}, in {words.place(plan.site.folder)}{zone}: {'; '.join(plan.site.reasons)}."
            + (f" Git: {state.words}." if state else "")
        )
        self._offer_commit(plan)
        self.blog_chosen.emit(str(plan.site.folder))
        self._fill(plan)
        self._show_gate(plan)
        self._warn(plan)
        self.take.setVisible(len(self._reviews) == 1 and self._edited(plan) is not None)
        counts = [(plan.count(change), _WORDS[change].lower()) for change in Change]
        said = ", ".join(f"{n} {word}" for n, word in counts if n) or "nothing to write"
        blocked = len(plan.blocked)
        self.summary.setText(
            f"{said[:1].upper()}{said[1:]}."
            + (f" {blocked} {'finding blocks' if blocked == 1 else 'findings block'}." if blocked else "")
        )
        files = len(plan.writes)
        word = self._errand.button
        self.go.setText(f"{word} {files} {'file' if files == 1 else 'files'}" if files else "Nothing to do")
        self.go.setEnabled(bool(files) and not plan.blocked)

    def _warn(self, plan: Plan) -> None:
        """Say what stays as it is, and what else there is to say of each post."""
        in_way = [f for f in plan.files if f.change in (Change.IN_THE_WAY, Change.KEPT)]
        said = [f"{f.path} stays as it is: {f.why}." for f in in_way[:4]]
        said += [f"{len(in_way) - 4} more stay."] if len(in_way) > 4 else []
        if any(f.change is Change.IN_THE_WAY for f in in_way):
            said.append("Tick it to overwrite it.")
        notes = dict.fromkeys(
            f"{finding.message} {finding.reason}".strip()
            for review in plan.reviews
            for finding in review.findings
            if finding.code in _OF_THE_BLOG
        )
        said += list(notes)[:5]
        self.warning.setVisible(bool(said))
        self.warning.setText("\n".join(said))

    def _edited(self, plan: Plan) -> PlannedFile | None:
        """The post, where it was changed by hand in the blog."""
        return next((f for f in plan.files if f.is_text and f.before and f.why.startswith(CHANGED_BY_HAND)), None)

    def _take_back(self) -> None:
        """Show what of the change made in the blog can go into the review, and let it go there."""
        plan, was = self._plan, self._reviews[0]
        file = self._edited(plan) if plan is not None else None
        base = (
            Receipts(self._folders, plan.site.folder).text(file.review)
            if plan is not None and file is not None
            else None
        )
        if plan is None or file is None or base is None or file.old is None:
            return
        made = take_back(
            was.reading.review, was.reading.document.text, base.decode("utf-8", "replace"),
            file.old.decode("utf-8", "replace"), plan.profile, blogs.load(self._folders, plan.site.folder),
        )  # fmt: skip
        question = QMessageBox(self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle("Take the change into the review")
        question.setText(
            f"{len(made.taken)} {'change goes' if len(made.taken) == 1 else 'changes go'} into the review"
            f"{f', {len(made.left)} cannot' if made.left else ''}."
        )
        said = [f"Into the review: {words}" for words in made.taken[:6]]
        said += [f"Its place is not sure, it stays in the blog: {words}" for words in made.left[:6]]
        question.setInformativeText("\n".join(said))
        go = question.addButton("Take it in", QMessageBox.ButtonRole.AcceptRole)
        go.setEnabled(bool(made.taken))
        question.addButton("Leave it", QMessageBox.ButtonRole.RejectRole)
        question.exec()
        if question.clickedButton() is go:
            self.taken.emit(was.path, made.review, made.text)

    def _offer_commit(self, plan: Plan) -> None:
        offered = self._git is not None and not self._git.busy and bool(plan.writes)
        self.commits.setVisible(offered)
        self.message.setVisible(offered and self.commits.isChecked())
        if offered and not self.message.isModified():
            titles = [review.title for review in plan.reviews if review.title]
            what = titles[0] if len(titles) == 1 else f"{len(titles)} reviews"
            self.message.setText(f"{self._errand.button}: {what}")

    def _fill(self, plan: Plan) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        first = None
        if len(self._reviews) > 1:
            for path, review in self._by_review(plan):
                group = self._group(path, review)
                for file in plan.files if review is not None else ():
                    if review is not None and file.review == review.review:
                        item = self._item(group, file.path.rpartition("/")[2], file)
                        first = first or (item if file in plan.writes else None)
            rest = [f for f in plan.files if f.review not in {review.review for review in plan.reviews}]
            first = self._by_folder(plan, rest) or first
        else:
            first = self._by_folder(plan, plan.files)
            self.tree.expandAll()
        self.tree.resizeColumnToContents(1)
        self.tree.setColumnWidth(0, max(200, self.tree.viewport().width() - self.tree.columnWidth(1) - 16))
        self.tree.blockSignals(False)
        if first is not None:
            self.tree.setCurrentItem(first)
        self._show_file(first)

    def _by_review(self, plan: Plan) -> list[tuple[Path, Subplan | None]]:
        """Each review with its part of the plan; those that are left out have none."""
        known = {review.source: review for review in plan.reviews}
        return [(one.path, known.get(one.path)) for one in self._reviews]

    def _group(self, path: Path, review: Subplan | None) -> QTreeWidgetItem:
        """A review's line in the list, to be ticked off where it should not go with the others."""
        title = next(one.reading.review.title for one in self._reviews if one.path == path) or path.parent.name
        stops = blocking(review.findings) if review is not None else ()
        item = QTreeWidgetItem(
            self.tree, [title, "Left out" if review is None else "Blocked" if stops else self._word(review)]
        )
        item.setIcon(0, icon("circle-x" if stops else "file-text"))
        item.setData(0, _REVIEW, path)
        item.setToolTip(0, words.tip(stops[0].message if stops else str(path)))
        item.setCheckState(0, Qt.CheckState.Unchecked if review is None else Qt.CheckState.Checked)
        item.setForeground(1, self._theme.colour("blocks" if stops else "third"))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _word(self, review: Subplan) -> str:
        """What happens to a review's post, in a word."""
        changes = [file.change for file in (self._plan.files if self._plan else ()) if file.review == review.review]
        order = (Change.IN_THE_WAY, Change.NEW, Change.CHANGED, Change.REMOVED, Change.KEPT, Change.UNCHANGED)
        return next((_WORDS[change] for change in order if change in changes), "")

    def _by_folder(self, plan: Plan, files: Sequence[PlannedFile]) -> QTreeWidgetItem | None:
        folders: dict[str, QTreeWidgetItem] = {}
        first = None
        for file in files:
            folder, _, name = file.path.rpartition("/")
            if folder not in folders:
                item = folders[folder] = QTreeWidgetItem(self.tree, [folder or plan.site.folder.name])
                item.setIcon(0, icon("folder"))
                item.setFirstColumnSpanned(True)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setExpanded(True)
            item = self._item(folders[folder], name, file)
            first = first or item
        return first

    def _item(self, parent: QTreeWidgetItem, name: str, file: PlannedFile) -> QTreeWidgetItem:
        size = f", {max(1, file.after.size // 1000)} KB" if file.after and not file.is_text else ""
        item = QTreeWidgetItem(parent, [name, f"{_WORDS[file.change]}{size}"])
        item.setIcon(0, icon("file-text" if file.is_text else "image"))
        item.setData(0, _FILE, file)
        item.setToolTip(0, words.tip(file.path))
        item.setToolTip(1, words.tip(file.why))
        token = {Change.IN_THE_WAY: "waits", Change.KEPT: "waits", Change.UNCHANGED: "third"}.get(file.change, "second")
        item.setForeground(1, self._theme.colour(token))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if file.change is Change.IN_THE_WAY or file.path in self._replacing:
            item.setCheckState(0, Qt.CheckState.Checked if file.path in self._replacing else Qt.CheckState.Unchecked)
        return item

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        file, review = item.data(0, _FILE), item.data(0, _REVIEW)
        if isinstance(review, Path) and column == 0:
            on = item.checkState(0) == Qt.CheckState.Checked
            (self._left_out.discard if on else self._left_out.add)(review)
            self.plan()
        if isinstance(file, PlannedFile) and column == 0:
            on = item.checkState(0) == Qt.CheckState.Checked
            (self._replacing.add if on else self._replacing.discard)(file.path)
            self.plan()

    def _show_file(self, item: QTreeWidgetItem | None) -> None:
        file = item.data(0, _FILE) if item is not None else None
        self.view.show_file(file if isinstance(file, PlannedFile) else None)

    # the gate

    def _show_gate(self, plan: Plan) -> None:
        blocked = plan.blocked
        self.gate.setVisible(bool(blocked))
        if not blocked:
            return
        first = blocked[0]
        of = next((review.title for review in plan.reviews if first in review.findings), "")
        self.gate_title.setText(f"{of}: {first.message}" if len(self._reviews) > 1 else first.message)
        more = f" {len(blocked) - 1} more stand in the way." if len(blocked) > 1 else ""
        self.gate_words.setText(f"{first.reason} {more}".strip())
        rights = [f for f in blocked if f.code.startswith("permission-")]
        self.gate_act.setText(f"{first.fix.rstrip('.')}…" if first.fix else "Show it")
        self.anyway.setVisible(len(rights) == len(blocked) and len(self._reviews) == 1)
        self.reason.hide()

    def _mend(self) -> None:
        if self._plan is not None and self._plan.blocked:
            finding: Finding = self._plan.blocked[0]
            path = next(review.source for review in self._plan.reviews if finding in review.findings)
            self.reject()
            self.mend.emit(finding, path)

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
        self.summary.setText("Writing…")
        message = self.message.text().strip() if self.commits.isChecked() and not self.commits.isHidden() else ""

        def work() -> tuple[int, str]:
            written = carry_out(plan, folders)
            return written, _commit(plan, message) if message else ""

        self._tasks.run(work, lambda made: self._done(*made, plan), self._not_done)

    def _done(self, written: int, commit: str, plan: Plan) -> None:
        if commit:
            QMessageBox.warning(self, "Not committed", f"The files are written, and not committed. Git says: {commit}")
        self.exported.emit(written, plan.site.folder)
        self.accept()

    def _not_done(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        self.summary.setText(f"Nothing was written. {reason}.")
        self.go.setEnabled(True)


def _commit(plan: Plan, message: str) -> str:
    """Commit what a plan wrote; returns why it could not be done, empty where it was."""
    try:
        git.commit(plan.site.folder, [file.path for file in plan.writes], message)
    except OSError as error:
        return str(error)
    return ""
