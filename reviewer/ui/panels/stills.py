"""The Stills tab: the review's pictures in a list, and the record of the chosen one beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.rights import Standing, Verdict, standing
from reviewer.review.values import Review, Still
from reviewer.text.mentions import image_markup, placed
from reviewer.ui.actions import Actions
from reviewer.ui.panels.still_record import Change, StillRecord
from reviewer.ui.session import Session, today
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.badges import TOKENS, paint_badge, paint_picture
from reviewer.ui.widgets.fields import link_button, plain_label
from reviewer.ui.widgets.incoming import incoming
from reviewer.ui.widgets.readingorder import ReadingOrder
from reviewer.ui.widgets.thumbnails import Thumbnails
from reviewer.ui.words import tip

STILL = int(Qt.ItemDataRole.UserRole)
MIME = "application/x-reviewer-still"
ROW = 68
_SHORT = {Verdict.INCOMPLETE: "May appear, incomplete"}


class StillsModel(QAbstractListModel):
    """The stills of a review, in its order. `order_wanted` carries those that were dragged, and before which row they come."""

    order_wanted = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dragged: tuple[str, ...] = ()
        self.stills: tuple[Still, ...] = ()
        self.placed: frozenset[str] = frozenset()

    def show(self, stills: tuple[Still, ...], where: frozenset[str]) -> None:
        """Show these; rows are only made anew where their number or names change."""
        same = [s.file for s in stills] == [s.file for s in self.stills]
        if not same:
            self.beginResetModel()
        self.stills, self.placed = stills, where
        if not same:
            self.endResetModel()
        elif stills:
            self.dataChanged.emit(self.index(0), self.index(len(stills) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.stills)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.stills):
            return None
        still = self.stills[index.row()]
        if role == STILL:
            return still
        if role == Qt.ItemDataRole.DisplayRole:
            return still.caption or still.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            where = "" if still.file in self.placed or still.lead else ", not placed"
            said = f"{still.name}: {standing(still, today()).words}{', the lead' if still.lead else ''}{where}\n{still.caption}"
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:  # fmt: skip
        """Stills that were dragged within the list come before that row."""
        if self.dragged and data.hasFormat(MIME):
            self.order_wanted.emit(self.dragged, len(self.stills) if row < 0 else row)
            self.dragged = ()
            return True
        return False

    def mimeData(self, indexes: Any) -> QMimeData:
        data = QMimeData()
        self.dragged = tuple(self.stills[row].file for row in sorted(index.row() for index in indexes))
        markup = "\n\n".join(image_markup(self.stills[index.row()].file) for index in indexes)
        data.setText(f"\n\n{markup}\n\n")
        data.setData(MIME, QByteArray(markup.encode()))
        return data


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, thumbnails: Thumbnails, panel: StillsPanel) -> None:
        super().__init__(panel)
        self._theme, self._thumbnails, self._panel = theme, thumbnails, panel

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, round(ROW * max(1.0, option.fontMetrics.height() / 18)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, still = self._theme, index.data(STILL)
        painter.save()
        rect = option.rect.adjusted(6, 1, -6, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "chosen" if chosen else "hover" if option.state & QStyle.StateFlag.State_MouseOver else "chrome"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(8, 8, -8, -8)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        place = QRectF(inner.right() - 89 if mirrored else inner.left(), inner.top(), 90, 50)
        paint_picture(painter, place, self._panel.picture(still), theme)
        now = standing(still, today())
        paint_badge(
            painter,
            place.left() if mirrored else place.right(),
            place.bottom() - 2,
            now.verdict,
            theme,
            theme.colour(ground),
            17,
        )
        words = inner.adjusted(0 if mirrored else 104, 0, -104 if mirrored else 0, 0)
        self._words(painter, words, still, now)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, still: Still, now: Standing) -> None:
        theme = self._theme
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink"))
        lead = "★ " if still.lead else ""
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        title = painter.fontMetrics().elidedText(
            lead + (still.caption or still.name), Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect, flags, title)
        step = painter.fontMetrics().height()
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(TOKENS[now.verdict]))
        words = "Published all the same" if now.override else _SHORT.get(now.verdict, now.words)
        line = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect.adjusted(0, step, 0, 0), flags, line)
        if still.file not in self._panel.model.placed and not still.lead:
            painter.setPen(theme.colour("third"))
            painter.drawText(rect.adjusted(0, 2 * step - 1, 0, 4), flags, "Not in the text")


class _List(QListView):
    """A list whose chosen row Alt and an arrow move; `moved` says by how much. No other command may have the keys there."""

    moved = Signal(int)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := _step(event):
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


def _step(event: QKeyEvent) -> int:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)


ANSWERS = (".eml", ".pdf")
"""Files that are no pictures when they are dropped, but an answer about the chosen still."""


class StillsPanel(QWidget):
    """List and record. Wishes that touch files are signals."""

    add_requested = Signal(object)
    paste_requested = Signal()
    place_requested = Signal(str)
    evidence_requested = Signal(str)
    letter_requested = Signal(str)
    note_requested = Signal(str)
    answer_dropped = Signal(str, object)

    def __init__(self, theme: Theme, actions: Actions, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails, self._actions = theme, thumbnails, actions
        self._session: Session | None = None
        self.setAcceptDrops(True)
        self.model = StillsModel(self)
        self.layout_ = QHBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        self.layout_.addWidget(self._list(), 2)
        self.record = StillRecord(theme, self)
        ReadingOrder(self.record)
        self.record.changed.connect(self._changed)
        self.record.evidence_requested.connect(self.evidence_requested)
        self.record.letter_requested.connect(self.letter_requested)
        self.record.note_requested.connect(self.note_requested)
        self.record.take_out.clicked.connect(self.take_out)
        self.record_area = QScrollArea(self)
        self.record_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        self.record_area.setWidgetResizable(True)
        self.record_area.setWidget(self.record)
        self.record_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.layout_.addWidget(self.record_area, 3)
        thumbnails.arrived.connect(self._arrived)
        theme.changed.connect(self.view.viewport().update)
        self.refresh()

    def _list(self) -> QWidget:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 8, 0, 8)
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 4)
        self.count = plain_label("", box, wrap=False)
        add = link_button("+ Add", box, self._actions["add-still"].trigger)
        add.setAccessibleName("Add stills")
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(add)
        layout.addLayout(top)
        self.empty = plain_label(
            "No stills. Drop pictures or a press kit here, paste one, or take a frame from a trailer.",
            box,
        )
        self.empty.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self.empty)
        self.view = _List(box)
        self.view.moved.connect(self._move_by)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Stills")
        self.view.setMouseTracking(True)
        self.view.setDragEnabled(True)
        self.view.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.view.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.view.setDropIndicatorShown(True)
        self.model.order_wanted.connect(self.reorder)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(_Delegate(self._theme, self._thumbnails, self))
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_record())
        self.view.doubleClicked.connect(lambda _: self._place())
        self.model.modelReset.connect(self._reselect)
        layout.addWidget(self.view, 1)
        return box

    # showing

    def show_session(self, session: Session | None) -> None:
        if self._session is not None:
            self._session.review_changed.disconnect(self.refresh)
        self._session = session
        if session is not None:
            session.review_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the stills as they are now."""
        self.setEnabled(self._session is not None and self._session.readable)
        review = self._session.review if self._session else Review()
        where = (
            frozenset(p.file for p in placed(self._session.text)) if self._session and review.stills else frozenset()
        )
        self.model.show(review.stills, where)
        unplaced = sum(not still.lead and still.file not in where for still in review.stills)
        count = len(review.stills)
        self.count.setText(
            f"{count} {'still' if count == 1 else 'stills'}{f', {unplaced} not placed' if unplaced else ''}"
        )
        self.count.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self._show_record()

    def tall(self, tall: bool) -> None:
        """Record below the list where the column is narrow, beside it where it is wide."""
        self.layout_.setDirection(QHBoxLayout.Direction.TopToBottom if tall else QHBoxLayout.Direction.LeftToRight)

    @property
    def current(self) -> Still | None:
        still: Still | None = self.view.currentIndex().data(STILL)
        return still

    @property
    def chosen(self) -> list[Still]:
        """The chosen stills, in the review's order; the current one first where it is among them."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        stills = [self.model.stills[row] for row in rows if row < len(self.model.stills)]
        current = self.current
        return sorted(stills, key=lambda still: still is not current) or ([current] if current is not None else [])

    def choose(self, file: str) -> None:
        """Choose a still by its path."""
        row = next((n for n, still in enumerate(self.model.stills) if still.file == file), -1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))

    def _reselect(self) -> None:
        if self.model.stills and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    def picture(self, still: Still) -> QImage | None:
        folder = self._session.folder if self._session else None
        return self._thumbnails.get(folder / still.file) if folder and still.file else None

    def _arrived(self, path: Path) -> None:
        self.view.viewport().update()
        self._show_picture()

    def _show_picture(self) -> None:
        still = self.current
        self.record.picture.image = self.picture(still) if still else None
        self.record.picture.update()

    def _show_record(self) -> None:
        self._reselect()
        chosen = self.chosen
        self.record_area.setVisible(bool(chosen))
        if chosen:
            still = chosen[0]
            self.record.show_stills(chosen, still.file in self.model.placed or bool(still.lead))
            self._show_picture()

    # changing

    def _changed(self, change: Change, label: str, key: str) -> None:
        """Change all that are chosen, as one step of undo."""
        if self._session is not None and (chosen := self.chosen):
            review = self._session.review
            for still in chosen:
                review = review.with_still(change(still))
            self._session.change(label, review, key=f"{' '.join(still.file for still in chosen)}.{key}")

    def _place(self) -> None:
        if (still := self.current) is not None:
            self.place_requested.emit(still.file)

    def make_lead(self) -> None:
        """Make the chosen still the lead; it is the only one then."""
        if self._session is not None and (still := self.current) is not None:
            stills = tuple(
                dataclasses.replace(s, lead=(True if not still.lead else None) if s.file == still.file else None)
                for s in self._session.review.stills
            )
            self._session.change("Lead still", dataclasses.replace(self._session.review, stills=stills))

    def reorder(self, files: Sequence[str], row: int) -> None:
        """Put stills before the one in that row, as one step of undo."""
        if self._session is None:
            return
        stills = self._session.review.stills
        moved = tuple(still for still in stills if still.file in files)
        before = tuple(still for still in stills[:row] if still.file not in files)
        after = tuple(still for still in stills[row:] if still.file not in files)
        if (*before, *moved, *after) != stills:
            chosen = self.current
            self._session.change(
                "Order of the stills", dataclasses.replace(self._session.review, stills=(*before, *moved, *after))
            )
            if chosen is not None:
                self.choose(chosen.file)

    def _move_by(self, rows: int) -> None:
        place = self.view.currentIndex().row()
        if (still := self.current) is not None and 0 <= place + rows < len(self.model.stills):
            self.reorder([still.file], place + rows + (1 if rows > 0 else 0))

    def remove(self) -> Still | None:
        """Take the chosen record out of the review; the file stays, and undo brings the record back."""
        still = self.current
        if self._session is not None and still is not None:
            kept = tuple(s for s in self._session.review.stills if s.file != still.file)
            self._session.change(f"Remove {still.name}", dataclasses.replace(self._session.review, stills=kept))
        return still

    def take_out(self) -> None:
        """Let the text no longer show the chosen still."""
        if self._session is None or (still := self.current) is None:
            return
        if still.lead:
            self.make_lead()
        self.place_requested.emit(f"-{still.file}")

    # taking in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and incoming(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        what = incoming(event.mimeData())
        answers = [path for path in what.files if path.suffix.lower() in ANSWERS]
        if answers and (still := self.current) is not None:
            self.answer_dropped.emit(still.file, answers[0])
            event.acceptProposedAction()
        elif what:
            self.add_requested.emit(what)
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self._actions["remove-still"].trigger()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._place()
        else:
            super().keyPressEvent(event)
