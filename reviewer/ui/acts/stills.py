"""Stills into a review and into its text: files, folders, press kits, drops, pastes, addresses from a browser."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QFileDialog

from reviewer.library.folders import home
from reviewer.review.values import Source, Still
from reviewer.stills import metadata, timecode
from reviewer.stills.formats import Refused
from reviewer.stills.intake import Taken, put_evidence, read_picture, record, take_in
from reviewer.stills.metadata import Embedded, offered
from reviewer.stills.presskit import Choice, Kit, is_kit, kit_still, open_kit
from reviewer.stills.video import is_video
from reviewer.text.mentions import image_markup, placed
from reviewer.ui import late, words
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.editor import formatting
from reviewer.ui.notices import Notices
from reviewer.ui.session import Session, today
from reviewer.ui.tasks import Tasks
from reviewer.ui.text import units
from reviewer.ui.theme import Theme
from reviewer.ui.widgets.incoming import Incoming, incoming
from reviewer.ui.window import Window

PICTURES = "Pictures (*.jpg *.jpeg *.png *.webp *.gif *.avif);;All files (*)"
KITS = "Press kits (*.zip);;All files (*)"


@dataclass
class _Added:
    """What was taken in: the records, what the pictures say of themselves by their files, and what was refused."""

    stills: list[Still] = field(default_factory=list)
    says: dict[str, Embedded] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def take(self, folder: Path, name: str, read: Callable[[], bytes], made: Callable[[Taken], Still]) -> None:
        """Copy one picture into the review; what is refused is kept with its reason."""
        try:
            picture = read()
            taken = take_in(folder, picture, name)
            self.says[taken.file] = metadata.read(picture)
            self.stills.append(made(taken))
        except (Refused, OSError) as error:
            self.refused.append(words.of(error, Path(name)))


class StillActs:
    """What the commands do to the pictures of a review."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, tasks: Tasks, theme: Theme
    ) -> None:
        self._window, self._desk, self._notices, self._tasks, self._theme = window, desk, notices, tasks, theme
        self._editor = editor = window.editor.editor
        self.dialog: Any = None
        actions.join({
            "add-still": self.ask_stills, "press-kit": self.ask_kit, "still-folder": self.ask_folder,
            "frame": self.ask_video, "place-still": self._place_chosen, "lead-still": self._make_lead, "remove-still": self.remove_still,
        })  # fmt: skip
        editor.pictures_dropped.connect(self.dropped)
        editor.thumbnail = self._thumbnail
        window.inspector.made.connect(self._panel_made)
        window.thumbnails.arrived.connect(lambda _: editor.viewport().update())

    def _panel_made(self, name: str, panel: Any) -> None:
        if name == "Stills":
            panel.add_requested.connect(self.dropped)
            panel.paste_requested.connect(self.paste)
            panel.place_requested.connect(self.place)

    def _refresh_stills(self) -> None:
        if "Stills" in self._window.inspector.panels:
            self._window.stills.refresh()

    def _thumbnail(self, file: str) -> QImage | None:
        session = self._desk.current
        if session is None or session.folder is None or session.review.still(file) is None:
            return None
        return self._window.thumbnails.get(session.folder / file)

    # taking in

    def ask_stills(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add stills", str(home()), PICTURES)
        if names:
            self.add([Path(name) for name in names])

    def ask_kit(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Add a press kit", str(home()), KITS)
        if name:
            self.add([Path(name)])

    def ask_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._window, "Add a folder of stills", str(home())):
            self.add([Path(name)])

    def paste(self) -> None:
        """Take what the clipboard holds for a still."""
        if what := incoming(QGuiApplication.clipboard().mimeData()):
            self.dropped(what)
        else:
            self._notices.say("The clipboard holds no picture and no address of one.")

    def dropped(self, what: Incoming) -> None:
        """Take what was dropped: pictures and kits into the review, a text to be opened, an address into a record."""
        texts = [path for path in what.files if path.suffix.lower() in (".md", ".markdown")]
        if texts and len(texts) == len(what.files):
            self._desk.open(texts[0])
        elif len(what.files) == 1 and is_video(what.files[0]):
            self.frames(what.files[0])
        elif what.files or what.data:
            self.add(list(what.files), what.data, what.address, place=True)
        elif what.address:
            self.note_address(what.address)

    def note_address(self, address: str) -> None:
        """Write down where the chosen still comes from. Nothing is fetched."""
        session = self._desk.current
        still = self._window.stills.current if session is not None else None
        if session is None or still is None:
            self._notices.say(
                "An address alone is no picture, and nothing is fetched. Add the saved picture, then drop the address on it."
            )
            return
        source = dataclasses.replace(still.source, url=address, fetched=still.source.fetched or today())
        changed = dataclasses.replace(still, source=source)
        session.change("Source address", session.review.with_still(changed))
        instead = f", instead of {still.source.url}" if still.source.url not in ("", address) else ""
        self._notices.say(
            f"{address} is where {still.name} comes from{instead}. Nothing was fetched.", "Undo", session.undo_field
        )

    def add(self, files: list[Path], data: bytes = b"", address: str = "", place: bool = False) -> None:
        """Copy pictures into the review in a thread; those that are refused are named with their reason.

        Folders and zips are press kits: where texts came with the pictures, the writer is asked what to take of them.
        """
        session = self._desk.current
        if session is None:
            return
        if session.folder is None:
            self._notices.warn("Save the review first: its stills go into its folder.")
            return
        folder = session.folder
        placing = place and self._window.focusWidget() is self._editor
        pasted, day = f"pasted-{today().isoformat()}.png", today()

        def from_address(taken: Taken) -> Still:
            made = record(taken)
            source = dataclasses.replace(made.source, url=address, fetched=day if address else None)
            return dataclasses.replace(made, source=source)

        def work() -> tuple[_Added, list[Kit]]:
            added, kits = _Added(), []
            for path in files:
                if not is_kit(path):
                    added.take(folder, path.name, _reading(path), record)
                    continue
                try:
                    kit = open_kit(path)
                except Refused as error:
                    added.refused.append(str(error))
                    continue
                if kit.says:
                    kits.append(kit)
                else:
                    for item in kit.items:
                        added.take(folder, Path(item.name).name, item.read, record)
                    if not kit.items:
                        added.refused.append(f"There is no picture in {kit.name}.")
            if data:
                added.take(folder, pasted, lambda: data, from_address)
            return added, kits

        def done(result: tuple[_Added, list[Kit]]) -> None:
            added, kits = result
            if added.stills or added.refused:
                self._added(session, added, placing)
            for kit in kits:
                self._ask_kit(session, folder, kit)

        self._tasks.run(work, done, lambda e: self._notices.warn(words.of(e, folder)))

    # frames of a video

    def ask_video(self) -> None:
        frames = late.module("ui.dialogs.frames")
        session = self._desk.current
        if session is None or session.folder is None:
            self._notices.warn("Save the review first: its stills go into its folder.")
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "A video to take frames from", str(home()), frames.VIDEOS)
        if name:
            self.frames(Path(name))

    def frames(self, path: Path) -> None:
        """Show a video from which frames can be taken into the review."""
        session = self._desk.current
        if session is None or session.folder is None:
            self._notices.warn("Save the review first: its stills go into its folder.")
            return
        dialog = self.dialog = late.module("ui.dialogs.frames").FramesDialog(self._theme, path, self._window)
        dialog.frame_taken.connect(lambda *frame: self._take_frame(session, *frame))
        dialog.open()

    def _take_frame(self, session: Session, data: bytes, moment: int, rate: float, kind: str, video: Path) -> None:
        """A frame becomes a still: named by the film and its time code, with the file it came from."""
        folder, code = session.folder, timecode.written(moment, rate)
        if folder is None:
            return
        film, day = session.review.film, today()
        name = f"{film.title or session.review.title} {code.replace(':', '-')}.jpg"
        year = f" ({film.year})" if film.year else ""
        source = f"{film.title}{year}, {video.name}" if film.title else video.name
        by = session.review.author

        def made(taken: Taken) -> Still:
            return Still(taken.file, kind=kind, timecode=code,
                         source=Source(source, by, fetched=day, sha256=taken.sha256))  # fmt: skip

        def work() -> _Added:
            added = _Added()
            added.take(folder, name, lambda: data, made)
            return added

        self._tasks.run(
            work, lambda added: self._added(session, added, False), lambda e: self._notices.warn(words.of(e, folder))
        )

    # press kits

    def _ask_kit(self, session: Session, folder: Path, kit: Kit) -> None:
        """Show what a kit's texts say; its pictures come in as the writer wants them."""
        dialog = self.dialog = late.module("ui.dialogs.kit").KitDialog(kit, self._window)
        dialog.taken.connect(lambda choice: self._take_kit(session, folder, kit, choice))
        dialog.open()

    def _take_kit(self, session: Session, folder: Path, kit: Kit, choice: Choice) -> None:
        day = today()

        def work() -> _Added:
            added = _Added()
            evidence = tuple(put_evidence(folder, data, Path(name).name)[0] for name, data in sorted(kit.texts.items()))
            for item, said in choice.items:
                added.take(folder, Path(item.name).name, item.read,
                           lambda taken, said=said: kit_still(taken, said, choice, evidence, day))  # type: ignore[misc]  # fmt: skip
            return added

        self._tasks.run(
            work, lambda added: self._added(session, added, False), lambda e: self._notices.warn(words.of(e, folder))
        )

    def _added(self, session: Session, added: _Added, placing: bool) -> None:
        new = [still for still in added.stills if session.review.still(still.file) is None]
        if new:
            session.add_stills(new)
        if placing:
            for still in added.stills:
                self.place(still.file)
        if added.stills:
            self._window.inspector.show_tab("Stills")
            self._window.stills.choose(added.stills[-1].file)
        if added.refused:
            count = len(added.refused) - 1
            more = f" {count} more {'was' if count == 1 else 'were'} refused." if count else ""
            self._notices.warn(added.refused[0] + more)
        elif added.stills:
            again = len(added.stills) - len(new)
            said = f"{len(new)} {'still' if len(new) == 1 else 'stills'} added."
            said += f" {again} already there." if again else ""
            self._offer(session, said, {still.file: added.says[still.file] for still in new})

    def _offer(self, session: Session, said: str, says: dict[str, Embedded]) -> None:
        """Offer what pictures say about themselves for their records."""
        now = session.review
        offers = [(s, offered(s, says[s.file])) for s in now.stills if s.file in says]
        changed = [after for before, after in offers if after != before]
        if any(one.place for one in says.values()):
            said += " Where it was taken stands in the file; exported copies leave it out."
        if not changed:
            self._notices.say(said)
            return

        def take() -> None:
            review = session.review
            for still in changed:
                if review.still(still.file) is not None:
                    review = review.with_still(offered(review.still(still.file) or still, says[still.file]))
            session.change("What the pictures say", review)

        who = changed[0].name if len(changed) == 1 else f"{len(changed)} of them"
        self._notices.say(f"{said} {who} {'says' if len(changed) == 1 else 'say'} whose it is.", "Take it over", take)

    # in the review and in its text

    def _make_lead(self) -> None:
        self._window.stills.make_lead()

    def _place_chosen(self) -> None:
        if (still := self._window.stills.current) is not None:
            self.place(still.file)

    def place(self, file: str) -> None:
        """Put a still into the text at the caret; a path with a minus before it is taken out of the text."""
        session = self._desk.current
        if session is None:
            return
        if file.startswith("-"):
            self._take_out(session, file[1:])
            return
        cursor = formatting.paragraph_place(self._editor.textCursor(), image_markup(file))
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._refresh_stills()

    def _take_out(self, session: Session, file: str) -> list[tuple[QTextCursor, str]]:
        """Remove a still's markup; returns what stood where, as cursors that move with the text."""
        text, taken = session.text, []
        cursor = QTextCursor(session.document)
        cursor.beginEditBlock()
        for place in reversed([p for p in placed(text) if p.file == file]):
            start, end = place.start, place.end
            alone = text[:start].endswith("\n") or start == 0
            if alone and text[end : end + 2] in ("\n\n", "\n"):
                end += len(text[end : end + 2])
            cursor.setPosition(units(text, start))
            cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            taken.append((QTextCursor(cursor), text[start:end]))
        cursor.endEditBlock()
        self._refresh_stills()
        return taken

    def remove_still(self) -> None:
        """Take a record out, and out of the text; one undo for each brings them back. The file stays."""
        session = self._desk.current
        if session is None:
            return
        still = self._window.stills.remove()
        change = session.last_change
        if still is None or change is None or session.review.still(still.file) is not None:
            return
        taken = self._take_out(session, still.file)

        def back() -> None:
            session.add_stills([still])
            if session.review.stills != change.before.stills:
                order = [one.file for one in change.before.stills]
                stills = sorted(session.review.stills, key=lambda s: order.index(s.file) if s.file in order else 99_999)
                session.change("Stills", dataclasses.replace(session.review, stills=tuple(stills)))
            edit = QTextCursor(session.document)
            edit.beginEditBlock()
            for place, markup in taken:
                place.insertText(markup)
            edit.endEditBlock()
            self._refresh_stills()

        self._notices.say(f"{still.name} is no longer part of the review. Its file stays.", "Undo", back)


def _reading(path: Path) -> Callable[[], bytes]:
    return lambda: read_picture(path)
