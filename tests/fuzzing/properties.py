"""What must hold for any bytes that are read: one function a reader, which raises where it does not.

`test_fuzzing.py` tries them with made-up bytes and with those that once were a fault; `guided.py` with bytes that a
coverage-guided fuzzer finds.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reviewer.interop import filmfacts
from reviewer.library import diary
from reviewer.library import settings as library_settings
from reviewer.library.folders import UserFolders
from reviewer.library.listing import describe
from reviewer.library.recovery import Recovery
from reviewer.library.settings import LibrarySettings
from reviewer.publish import blogs
from reviewer.publish.profiles import PROFILES, own
from reviewer.publish.receipts import Receipt
from reviewer.review.cast import parse_cast
from reviewer.review.marks import BUILT_IN
from reviewer.review.query import complete, parse
from reviewer.review.values import Still
from reviewer.stills import mail, metadata, presskit, xmp
from reviewer.stills.derive import Copy, copies, shape
from reviewer.stills.formats import Refused, check, facts
from reviewer.text import filmlist
from reviewer.text.comparing import differences
from reviewer.text.document import Document, NotText
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.incremental import Kept
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import mentions, placed
from reviewer.text.notes import renumbered
from reviewer.text.paste import markdown
from reviewer.text.patch import CannotPatch
from reviewer.text.reading import read_document, write_document
from reviewer.ui import preferences

_STILL = Still(file="stills/a.jpg", alt="A boat", credit="Fox")
TODAY = dt.date(2026, 11, 26)
MOST = 20_000
"""Bytes of an input: slow texts are held by the rendering process's deadline, and by tests of their own."""


def front_matter(data: bytes) -> None:
    """Read and written unchanged a file is the same; a changed title changes the title and nothing else that is read."""
    try:
        document = Document.read(data)
    except NotText:
        return
    reading = read_document(document)
    assert document.to_bytes() == data
    describe(Path("library/review/review.md"), reading.review, document.text, TODAY)
    if reading.broken is not None:
        return
    assert write_document(document, reading.review, document.text).to_bytes() == data
    changed = dataclasses.replace(reading.review, title="Fuzzed: #1")
    try:
        made = write_document(document, changed)
    except (CannotPatch, BrokenFrontMatter):
        return
    again = read_document(Document.read(made.to_bytes()))
    assert again.review == changed
    assert made.text == document.text


def splitting(data: bytes) -> None:
    """A text that is rendered part by part, with an edit, is what rendering the whole gives."""
    text = data[:3000].decode("utf-8", "replace").replace("\r", "\n")
    kept = Kept()
    kept.put(text)
    for _ in range(2):
        try:
            whole = [block.html for block in Renderer().render(kept.text, {})]
        except RecursionError:  # the process that renders answers with the place
            return
        assert kept.blocks({}).html == whole
        middle = len(kept.lines) // 2
        kept.edit((middle, 1, [kept.lines[middle] + "*x*"]))
    mentions(text)
    placed(text)
    renumbered(text)


def pictures(data: bytes) -> None:
    """A picture is taken or refused with a reason; what it says of itself is words; what is published of it is a whole picture
    of the same shape that names no place, or refused."""
    try:
        facts(data, "still")
    except Refused:
        return
    embedded = metadata.read(data)
    assert all(isinstance(value, (str, bool, int)) or value is None for value in vars_of(embedded).values())
    try:
        check(data, "still")
        full, small = copies(data, _STILL, [Copy(), Copy(width=4, format="WEBP")])
    except Refused:
        return
    upright = shape(data, _STILL)
    made = check(full, "copy")
    assert (made.width, made.height) == (upright.width, upright.height)
    assert check(small, "copy").width == min(4, upright.width) or upright.moves
    assert not metadata.read(full).place
    assert b"photoshop:Credit>Fox<" in full


def vars_of(value: Any) -> Mapping[str, object]:
    """A frozen value's fields."""
    return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}


def mails(data: bytes) -> None:
    """A mail is read or refused; its fields are single lines."""
    try:
        found = mail.read(data)
    except mail.NotAMail:
        return
    for name, value in vars_of(found).items():
        if isinstance(value, str) and name != "text":
            assert "\n" not in value, name
            assert "\r" not in value, name


def queries(data: bytes) -> None:
    """Any query is understood or says where it is not; completion never fails."""
    typed = data.decode("utf-8", "replace")
    parse(typed, BUILT_IN, TODAY)
    parse(typed, BUILT_IN, TODAY, typing=True)
    complete(typed, len(typed) // 2, lambda key: ["a b", '"', key])


def diaries(data: bytes) -> None:
    """A diary is read or refused; a viewing that is added leaves the other lines as they are."""
    try:
        read = diary.parse(Path("diary.csv"), data)
    except diary.NoDiary:
        return
    viewing = diary.Viewing(date=TODAY, title="Fuzzed, “1”", year=2026)
    made = diary.added(read, [viewing])
    assert made.startswith(data.rstrip(b"\r\n")) or not data.strip()
    again = diary.parse(Path("diary.csv"), made)
    assert viewing.title in [one.title for one in again.viewings.values()]


def lists(data: bytes) -> None:
    """A list post that is taken apart and put together says the same when it is taken apart again."""
    text = data.decode("utf-8", "replace").replace("\r", "\n")
    taken = filmlist.take_apart(text)
    again = filmlist.take_apart(filmlist.put_together(taken))
    assert again.names == taken.names


def casts(data: bytes) -> None:
    """Any pasted cast is a list of roles."""
    for role in parse_cast(data.decode("utf-8", "replace")):
        assert role.actors or role.role


def film_facts(data: bytes) -> None:
    """A file of film facts is read or refused."""
    for name in ("a.nfo", "a.json"):
        try:
            found = filmfacts.read(name, data)
        except filmfacts.NoFacts:
            continue
        assert all(isinstance(one.film.title, str) for one in found)


def pasted(data: bytes) -> None:
    """Any HTML from the clipboard is Markdown or nothing, and no script of it is left."""
    made = markdown(data.decode("utf-8", "replace"))
    assert made is None or "javascript:" not in made.casefold().replace("\\", "") or b"javascript" in data.lower()


def packets(data: bytes) -> None:
    """An XMP packet is read or is none."""
    xmp.parse(data)


def texts(data: bytes) -> None:
    """Two versions of any text are compared."""
    text = data.decode("utf-8", "replace")
    half = len(text) // 2
    made, end = "", 0
    for one in differences(text[:half], text[half:]):
        made += text[:half][end : one.then[0]] + text[half:][slice(*one.now)]
        end = one.then[1]
    assert made + text[:half][end:] == text[half:]


def _in_folders(check_: Callable[[UserFolders, Path], None]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="reviewer-fuzz-"))
    try:
        check_(UserFolders(folder / "data", folder / "config", folder / "cache"), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def state_files(data: bytes) -> None:
    """Whatever stands in the program's own files, they are read; what is damaged is set aside and not lost."""

    def check_(folders: UserFolders, folder: Path) -> None:
        library = folder / "library"
        kept = Recovery(folders.data / "recovery")
        of_library, of_blog = folders.of("libraries", library), folders.of("blogs", folder)
        places = (folders.config / "settings.json", of_library / "settings.json", of_blog / "settings.json",
                  kept.folder / "new-1.json")  # fmt: skip
        for place in places:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        preferences.store(folders, preferences.load(folders))
        settings = library_settings.load(folders, library)
        assert isinstance(settings, LibrarySettings)
        library_settings.store(folders, library, settings)
        blogs.load(folders, folder)
        kept.copies()
        assert any(path.read_bytes() == data for path in kept.folder.iterdir())

    _in_folders(check_)


def receipts(data: bytes) -> None:
    """Any group of values is a receipt, with what is understood of it."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict):
        Receipt.of(found, "review")


def profiles(data: bytes) -> None:
    """A profile of the writer's own is read, or refused with its file and line."""

    def check_(folders: UserFolders, folder: Path) -> None:
        path = folder / "mine.toml"
        path.write_bytes(data)
        said = ""
        try:
            own.read(path, PROFILES)
        except own.BadProfile as error:
            said = str(error)
        assert not said or "mine.toml" in said

    _in_folders(check_)


def press_kits(data: bytes) -> None:
    """A zip is read as a press kit or refused; nothing of it is written."""

    def check_(folders: UserFolders, folder: Path) -> None:
        path = folder / "kit.zip"
        path.write_bytes(data)
        with contextlib.suppress(Refused):
            presskit.open_kit(path)
        assert [one.name for one in folder.iterdir()] == ["kit.zip"]

    _in_folders(check_)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "front_matter": front_matter, "splitting": splitting, "pictures": pictures, "mails": mails, "queries": queries,
    "diaries": diaries, "lists": lists, "casts": casts, "film_facts": film_facts, "pasted": pasted, "packets": packets,
    "texts": texts, "state_files": state_files, "receipts": receipts, "profiles": profiles, "press_kits": press_kits,
}  # fmt: skip
