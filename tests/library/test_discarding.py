"""The trash: a review goes whole and comes back whole, whatever is in its place by then."""

import errno
import os

import pytest

from reviewer.library import trash
from reviewer.library.folders import UserFolders
from tests.library.shelves import put


@pytest.fixture
def library(tmp_path):
    return tmp_path / "films"


@pytest.fixture
def path(library):
    path = put(library, "moon-2009", "title: Moon\n", "Words.\n")
    (path.parent / "stills").mkdir()
    (path.parent / "stills" / "boat.jpg").write_bytes(b"\xff\xd8 boat")
    return path


@pytest.fixture
def folders(tmp_path):
    return UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e")


def content(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_review_goes_with_all_that_lies_beside_it(path, folders, library):
    before = content(path.parent)
    one = trash.discard(path, "Moon", folders, library)
    assert not path.parent.exists()
    assert content(one.kept) == before


def test_what_is_in_the_trash_is_listed_the_last_first(path, folders, library):
    other = put(library, "her", "title: Her\n", "")
    size = sum(map(len, content(path.parent).values()))
    trash.discard(path, "Moon", folders, library)
    trash.discard(other, "Her", folders, library)
    rows = trash.discarded(folders, library)
    assert [row.title for row in rows] == ["Her", "Moon"]
    assert (rows[1].was, rows[1].size) == (path.parent, size)


def test_a_review_comes_back_where_it_was(path, folders, library):
    before = content(path.parent)
    assert trash.restore(trash.discard(path, "Moon", folders, library), library) == path
    assert content(path.parent) == before
    assert trash.discarded(folders, library) == []


def test_what_is_in_its_place_by_then_stays(path, folders, library):
    one = trash.discard(path, "Moon", folders, library)
    new = put(library, "moon-2009", "title: Another\n", "")
    back = trash.restore(one, library)
    assert back.parent.name == "moon-2009-2"
    assert "Another" in new.read_text()


def test_a_lone_file_goes_and_comes_back_too(folders, library):
    library.mkdir()
    file = library / "note.md"
    file.write_text("A note.\n")
    one = trash.discard(file, "note", folders, library)
    assert not file.exists()
    assert trash.restore(one, library) == file
    assert file.read_text() == "A note.\n"


def test_into_a_library_that_is_gone_nothing_is_put_back(path, folders, library):
    one = trash.discard(path, "Moon", folders, library)
    library.rmdir()
    with pytest.raises(FileNotFoundError):
        trash.restore(one, library)
    assert not library.exists()
    assert trash.discarded(folders, library) == [one]


@pytest.mark.parametrize("name", ["review.md", "group/review.md"])
def test_a_folder_that_holds_other_reviews_stays(path, folders, library, name):
    outer = library / name
    outer.parent.mkdir(exist_ok=True)
    outer.write_text("---\ntitle: Outer\n---\n")
    inner = outer.parent / "inner" / "review.md"
    inner.parent.mkdir()
    inner.write_text("---\ntitle: Inner\n---\n")
    one = trash.discard(outer, "Outer", folders, library)
    assert not outer.exists()
    assert inner.is_file()
    assert path.is_file()
    assert trash.restore(one, library) == outer


def test_outside_a_library_only_what_belongs_to_the_review_goes(tmp_path, library):
    lone = tmp_path / "Documents" / "review.md"
    lone.parent.mkdir()
    lone.write_text("Words.\n")
    assert trash.what_goes(lone, library) == lone.parent
    (lone.parent / "taxes.pdf").write_bytes(b"%PDF")
    assert trash.what_goes(lone, library) == lone


def test_a_disk_that_fails_after_the_move_loses_nothing(path, folders, library, monkeypatch):
    def fails(folder):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(trash, "sync_folder", fails)
    one = trash.discard(path, "Moon", folders, library)
    assert (one.kept / "review.md").is_file()


@pytest.fixture
def two_drives(monkeypatch):
    """Renaming between the library and the trash is refused, as between two drives."""
    real = os.rename

    def rename(source, target):
        if ("films" in str(source)) != ("films" in str(target)):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)


def test_between_two_drives_it_is_copied_first(path, folders, library, two_drives):
    before = content(path.parent)
    one = trash.discard(path, "Moon", folders, library)
    assert content(one.kept) == before
    assert not path.parent.exists()
    assert content(trash.restore(one, library).parent) == before


def test_where_there_is_no_room_it_stays_where_it_is(path, folders, library, two_drives, monkeypatch):
    before = content(path.parent)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(trash.shutil, "copytree", full)
    with pytest.raises(OSError, match="No space"):
        trash.discard(path, "Moon", folders, library)
    assert content(path.parent) == before
    assert trash.discarded(folders, library) == []


def test_a_damaged_record_hides_no_other(path, folders, library):
    trash.discard(path, "Moon", folders, library)
    one = trash.discard(put(library, "her", "title: Her\n", ""), "Her", folders, library)
    (one.place / "about.json").write_bytes(b"{")
    assert [row.title for row in trash.discarded(folders, library)] == ["Moon"]


def test_what_is_erased_is_gone(path, folders, library):
    one = trash.discard(path, "Moon", folders, library)
    trash.erase(one)
    assert not one.kept.exists()
