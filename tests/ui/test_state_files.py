"""Each of the program's own files, damaged in each way: the window starts, says what was set aside, and no review is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from reviewer.library import settings, trash
from reviewer.library.folders import UserFolders
from reviewer.library.recovery import Recovery
from reviewer.library.resources import resource
from reviewer.library.runs import Runs
from reviewer.stills.cache import PictureCache
from reviewer.ui import preferences
from reviewer.ui.notices import Notices
from tests.conftest import live_in
from tests.library.test_killed import tree

pytestmark = pytest.mark.nightly
FILES = {
    "settings": "config/reviewer/settings.json",
    "library settings": "data/reviewer/libraries/*/settings.json",
    "index": "data/reviewer/libraries/*/index.sqlite",
    "way back": "data/reviewer/libraries/*/undo.zip",
    "trash": "data/reviewer/libraries/*/trash/*/about.json",
    "recovery": "data/reviewer/recovery/*.json",
    "older versions": "data/reviewer/history/*/about.json",
    "an older version": "data/reviewer/history/*/*.gz",
    "blog settings": "data/reviewer/blogs/*/settings.json",
    "receipt": "data/reviewer/blogs/*/receipts/*.json",
    "undo of an export": "data/reviewer/blogs/*/undo/undo.json",
    "exported text": "data/reviewer/blogs/*/texts/*",
    "thumbnails": "cache/reviewer/pictures.sqlite",
    "runs": "data/reviewer/running.json",
}
TOLD = {"settings", "library settings", "recovery"}
"""What holds something that the writer said, and is read at the start: she hears that it was set aside."""


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def future(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(
        data.replace(b'"version": 1', b'"version": 99').replace(b"SQLite format 3", b"SQLite format 9") + b"\n"
    )


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size or 9)),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a byte order mark": lambda path: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes()),
    "another type": lambda path: path.write_bytes(b'["a list", 1, null]'),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00\xd8" * 50),
    "a folder": folder,
    "from the future": future,
}


def live(library: Path, folders: UserFolders, blog: Path, reviewer) -> None:
    """A life that leaves one of each file behind."""
    shutil.copytree(resource("sample"), library)
    front = library / "never-let-me-go-2010" / "review.md"
    blog.mkdir()
    (blog / "_config.yml").write_text("title: x\n")
    chosen = preferences.Preferences(library=str(library), last_review=str(front), blog=str(blog), reviews_view=2)
    preferences.store(folders, chosen)
    settings.store(folders, library, settings.LibrarySettings(author="Ana"))
    for words in (
        ("blog", "add", blog), ("export", library / "moon-2009" / "review.md", "--to", blog),
        ("set", front, "excerpt=Seen twice."), ("list", library),
        ("terms", library, "rename", "tag", "memory", "remembering"),
    ):  # fmt: skip
        assert reviewer(*words).status == 0, words
    lost = Path(reviewer("new", library, "--title", "Thrown away").out.strip())
    trash.discard(lost, "Thrown away", folders, library)
    recovery = Recovery(folders.data / "recovery")
    recovery.keep(recovery.place(None), None, library, b"Never saved.\n", None)
    cache = PictureCache(folders.cache / "pictures.sqlite")
    cache.thumbnail(next(library.rglob("stills/*.jpg")), 80, 60)
    cache.close()
    Runs(folders.data).begin()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lived")


@pytest.fixture
def used(place: Path, monkeypatch: pytest.MonkeyPatch, reviewer) -> UserFolders:
    """All state files, as a life left them."""
    live_in(place / "now", monkeypatch)
    folders = UserFolders.standard()
    if not (place / "kept").exists():
        live(place / "now" / "library", folders, place / "now" / "blog", reviewer)
        (place / "now").rename(place / "kept")
    shutil.rmtree(place / "now", ignore_errors=True)
    shutil.copytree(place / "kept", place / "now")
    return folders


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window warns of from its start on."""
    texts: list[str] = []
    warn = Notices.warn

    def listening(self: Notices, text: str, *rest: object, **more: object) -> None:
        texts.append(text)
        warn(self, text, *rest, **more)

    monkeypatch.setattr(Notices, "warn", listening)
    return texts


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_the_window_starts_and_no_review_is_lost(name, damage, used, place, heard, start, qtbot):
    library = place / "now" / "library"
    damaged = sorted((place / "now").glob(FILES[name]))
    assert damaged, name
    for path in damaged:
        DAMAGES[damage](path)
    before = tree(library)
    program = start(None)
    qtbot.waitUntil(lambda: not program._offering.isActive() and program.window.preview._page is not None)
    if program.recovery.dialog is not None:
        program.recovery.dialog.reject()
    if name != "settings":
        qtbot.waitUntil(lambda: program.desk.library == library and not program.desk.scanning)
        assert len(program.desk.entries) == len(list(library.glob("*/review.md")))
    program.files.open_library(library)
    front = library / "never-let-me-go-2010" / "review.md"
    program.files.open(front)
    qtbot.waitUntil(lambda: program.desk.current is not None and program.desk.current.path == front)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    assert tree(library) == before
    aside = list((place / "now").rglob("*.bad-*"))
    if name in TOLD and damage != "a byte order mark":
        assert len(aside) == len(damaged)
        assert any(path.name in text for text in heard for path in aside), heard
    assert all(path.name.partition(".bad-")[0] in [one.name for one in damaged] for path in aside)
    QTest.keyClicks(program.window.editor.editor, "Typed. ")
    program.files.save()
    qtbot.waitUntil(lambda: not program.desk.current.dirty)
    assert "Typed. " in front.read_text()
