"""The saver: exchange, look, keep what is another's."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from reviewer.library import files
from reviewer.library.files import ChangedOutside, NotAFile, OnlyInPlace, read_regular, save
from tests.library.denied import denied


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "review.md"
    path.write_bytes(b"old")
    return path


def test_the_new_bytes_are_there(file):
    save(file, b"new", b"old")
    assert file.read_bytes() == b"new"


def test_nothing_is_left_beside_it(file):
    save(file, b"new", b"old")
    assert os.listdir(file.parent) == ["review.md"]


def test_a_change_before_the_save_is_named_and_nothing_written(file):
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedOutside) as changed:
        save(file, b"new", b"old")
    assert (changed.value.theirs, file.read_bytes()) == (b"theirs", b"theirs")


@pytest.mark.parametrize("theirs", [b"theirs", b"old."], ids=["other size", "other text"])
def test_a_change_between_the_look_and_the_exchange_is_kept(file, monkeypatch, theirs):
    really = files.exchange

    def after_another(one, other):
        other.write_bytes(theirs)
        really(one, other)

    monkeypatch.setattr(files, "exchange", after_another)
    saved = save(file, b"new", b"old")
    assert file.read_bytes() == b"new"
    assert saved.other is not None
    assert saved.other.read_bytes() == theirs


def test_a_file_deleted_meanwhile_is_written_anew(file):
    file.unlink()
    save(file, b"new", b"old")
    assert file.read_bytes() == b"new"


def test_a_new_file_never_overwrites(file):
    with pytest.raises(FileExistsError):
        save(file, b"new", None)
    assert file.read_bytes() == b"old"


def test_a_link_is_followed_and_stays(file):
    link = file.with_name("link.md")
    link.symlink_to(file)
    save(link, b"new", b"old")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_permission_bits_are_kept(file):
    file.chmod(0o640)
    save(file, b"new", b"old")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_hard_link_is_named(file):
    os.link(file, file.with_name("twin.md"))
    assert save(file, b"new", b"old").was_linked


def test_without_an_exchange_the_file_is_looked_at_once_more(file, monkeypatch):
    def cannot(one, other):
        file.write_bytes(b"theirs")
        raise OSError(errno.ENOSYS, "no")

    monkeypatch.setattr(files, "exchange", cannot)
    with pytest.raises(ChangedOutside):
        save(file, b"new", b"old")
    assert file.read_bytes() == b"theirs"


def test_a_pipe_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile):
        read_regular(tmp_path / "pipe", 100)


def test_a_file_that_is_too_large_is_not_read(file):
    with pytest.raises(NotAFile):
        read_regular(file, 2)


def test_a_folder_that_takes_no_new_file_is_told_before_anything_is_written(file):
    with denied(file.parent, mode=0o555), pytest.raises(OnlyInPlace) as refused:
        save(file, b"new", b"old")
    assert refused.value.filename == str(file.parent)
    assert file.read_bytes() == b"old"


def test_a_file_that_may_not_be_written_either_is_no_case_for_writing_over(file):
    file.chmod(0o444)
    with denied(file.parent, mode=0o555), pytest.raises(PermissionError) as refused:
        save(file, b"new", b"old", in_place=True)
    assert not isinstance(refused.value, OnlyInPlace)
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("new", [b"n", b"newer"], ids=["shorter", "longer"])
def test_a_file_is_written_over_where_it_lies_when_that_is_wanted(file, new):
    was = file.stat().st_ino
    with denied(file.parent, mode=0o555):
        save(file, new, b"old", in_place=True)
    assert (file.read_bytes(), file.stat().st_ino) == (new, was)


def test_where_the_folder_takes_files_it_is_replaced_all_the_same(file):
    was = file.stat().st_ino
    save(file, b"new", b"old", in_place=True)
    assert file.stat().st_ino != was


def test_another_programs_text_is_not_written_over(file):
    file.write_bytes(b"theirs")
    with denied(file.parent, mode=0o555), pytest.raises(ChangedOutside):
        save(file, b"new", b"old", in_place=True)
    assert file.read_bytes() == b"theirs"


def test_a_disk_that_fills_while_it_is_written_over_has_the_old_text_back(file):
    """The limit for files of a process stands for a full disk: the write ends in the middle."""
    file.write_bytes(b"old " * 100)
    program = (
        "import resource, signal, sys; from pathlib import Path; from reviewer.library.files import save;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600));"
        "path = Path(sys.argv[1]); save(path, b'new ' * 1000, path.read_bytes(), in_place=True)"
    )
    with denied(file.parent, mode=0o555):
        done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr
    assert file.read_bytes() == b"old " * 100
