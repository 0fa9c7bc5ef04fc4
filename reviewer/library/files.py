"""Reading and replacing files so that nothing is lost: not by a crash, a full disk, a power cut, or another program.

The saver writes a temporary file beside the target, syncs it, *exchanges* the two names in one step of the file system,
and then looks at what came out. If that is not the version the save started from, somebody else wrote in between: their
text is kept beside ours. The folder is synced last; only then is a file saved. Qt's QSaveFile does none of the last
three, and goes on after a failed sync.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP}
_CANNOT_SWAP = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV}
MOST_FINGERPRINT = 100_000_000
"""Bytes of a file whose fingerprint is taken."""
_MOST_NAME = 60
_TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{8}\.tmp")
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class ChangedOutside(Exception):
    """The file is no longer the version the change started from. `theirs` holds its bytes; nothing was written."""

    def __init__(self, path: Path, theirs: bytes) -> None:
        super().__init__(f"{path} was changed by another program")
        self.path, self.theirs = path, theirs


class NotAFile(OSError):
    """The path is a folder, a pipe or a device, or the file is larger than may be read."""


class OnlyInPlace(PermissionError):
    """The folder takes no file beside the one that is to be replaced, which could be written itself. Nothing was written."""


@dataclass(frozen=True)
class Saved:
    """What a save left behind: the real path, where another program's version was kept, if one got in between, whether the file
    had a second name, and why no older version could be kept, if so."""

    path: Path
    other: Path | None = None
    was_linked: bool = False
    unkept: OSError | None = None


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file. A pipe or device is never waited for. Raises `NotAFile` and `OSError`."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
        if status.st_size > most:
            size = f"it has {status.st_size / 1e6:.0f} MB; up to {most / 1e6:.0f} MB are read"
            raise NotAFile(errno.EFBIG, size, str(path))
        return file.read(most + 1)


def save(path: Path, data: bytes, base: bytes | None, in_place: bool = False) -> Saved:
    """Replace the file by `data`, given the bytes `base` it was read as (None: it must not exist yet).

    Returns after file and folder are on the disk. Raises `ChangedOutside` where the file differs from `base` beforehand,
    `FileExistsError` where a new file's name is taken, and `OSError` for everything the disk refuses; the file is then
    what it was. A file deleted meanwhile is written anew. Links are followed; permission bits are kept. Where only the file
    itself may be written, it raises `OnlyInPlace`; `in_place` writes into it then, which a crash could cut off: keep `data`
    elsewhere before.
    """
    real = Path(os.path.realpath(path))
    status = _status(real)
    if status is not None and base is None:
        raise FileExistsError(errno.EEXIST, "the name is taken", str(real))
    if status is not None and base is not None and (disk := read_regular(real, 1 << 30)) != base:
        raise ChangedOutside(real, disk)
    try:
        other = _saved(real, data, base, status)
    except OSError as error:
        if error.errno not in _REFUSED or base is None or not os.access(real, os.W_OK):
            raise
        if not in_place:
            raise OnlyInPlace(error.errno, error.strerror, str(real.parent)) from error
        _write_into(real, data, base)
        return Saved(real)
    sync_folder(real.parent)
    return Saved(real, other, status is not None and status.st_nlink > 1)


def replace(path: Path, data: bytes) -> None:
    """Replace one of the program's own files in one step, whole and synced. Raises `OSError`."""
    temporary = _written(path, data, _status(path))
    try:
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(path.parent)


def overwrite(path: Path, data: bytes) -> None:
    """Replace a file that the writer chose, as `replace` does; a link is followed. Raises `OSError`."""
    replace(Path(os.path.realpath(path)), data)


def temporary_name(path: Path) -> Path:
    """A free name for a temporary file beside `path`; hidden, so that no listing and no generator takes it up."""
    return path.with_name(f".{path.name[:_MOST_NAME]}.{os.urandom(4).hex()}.tmp")


def is_temporary(name: str, of: str) -> bool:
    """Whether a name is one that `temporary_name` gives beside the file of the other name."""
    match = _TEMPORARY.fullmatch(name)
    return match is not None and match[1] == of[:_MOST_NAME]


def write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write and sync a file that must not exist. Raises `FileExistsError` and `OSError`; then nothing is left behind."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), mode)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def place_new(path: Path, data: bytes) -> None:
    """Give `data` a name that must be free, in one step: the name never stands for half a file. Raises as `write_new`."""
    temporary = temporary_name(path)
    write_new(temporary, data)
    try:
        _link(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def exchange(one: Path, other: Path) -> None:
    """Let two files change names in one step. Raises `OSError`, with EINVAL, ENOSYS or ENOTSUP where it cannot be done."""
    if sys.platform == "win32":
        raise OSError(errno.ENOTSUP, "names cannot be exchanged in one step", str(other))
    import ctypes  # late: only a save needs it

    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2", None) or getattr(library, "renamex_np", None)
    if call is None:
        raise OSError(errno.ENOSYS, "names cannot be exchanged in one step", str(other))
    a, b = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = call(a, b, _RENAME_SWAP)
    else:
        failed = call(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE)
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))


def sync_folder(folder: Path) -> None:
    """Make names in a folder last through a power cut. Forgives only file systems that cannot."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(copy: Path) -> None:
    """Make a file, or a folder with all that is in it, last through a power cut. Raises `OSError`."""
    for path in (copy, *copy.rglob("*")) if copy.is_dir() else (copy,):
        if path.is_symlink():
            continue
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                _sync(file.fileno())


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _written(target: Path, data: bytes, status: os.stat_result | None) -> Path:
    """A synced temporary file beside the target, with the target's permission bits."""
    temporary = temporary_name(target)
    write_new(temporary, data)
    if status is not None:
        with contextlib.suppress(OSError):
            os.chmod(temporary, stat.S_IMODE(status.st_mode))
            if hasattr(os, "chown"):
                os.chown(temporary, status.st_uid, status.st_gid)
    return temporary


def _saved(real: Path, data: bytes, base: bytes | None, status: os.stat_result | None) -> Path | None:
    """The file under its name, by way of one beside it; returns where another's version was kept."""
    temporary = _written(real, data, status)
    try:
        return _put(temporary, real, data, base)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _write_into(real: Path, data: bytes, base: bytes) -> None:
    """Write over a file where it lies; where that fails, what it held is put back as far as the disk lets it."""
    with real.open("r+b", buffering=0) as file:
        if (disk := file.read()) != base:
            raise ChangedOutside(real, disk)
        try:
            _fill(file, data)
        except OSError:
            with contextlib.suppress(OSError):
                _fill(file, base)
            raise


def _fill(file: io.FileIO, data: bytes) -> None:
    file.seek(0)
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
    file.truncate()
    _sync(file.fileno())


def _put(temporary: Path, real: Path, data: bytes, base: bytes | None) -> Path | None:
    """Give the temporary file the real name; returns where another's version was kept."""
    if base is None:
        _link(temporary, real)
        return None
    try:
        exchange(temporary, real)
    except OSError as error:
        if error.errno == errno.ENOENT and temporary.exists():
            _link(temporary, real)
            return None
        if error.errno not in _CANNOT_SWAP:
            raise
        return _put_without_exchange(temporary, real, base)
    return _look(temporary, real, (base, data))


def _look(came_out: Path, real: Path, ours: tuple[bytes, bytes]) -> Path | None:
    """Look at what the exchange brought out, and keep it where it is not ours."""
    if came_out.read_bytes() in ours:
        os.unlink(came_out)
        return None
    for other in _other_names(real):
        with contextlib.suppress(FileExistsError):
            _link(came_out, other)
            return other
    return came_out


def keep_beside(path: Path, data: bytes) -> Path:
    """Keep another version of a file beside it, under a name that says so. Raises `OSError`."""
    for other in _other_names(path):
        with contextlib.suppress(FileExistsError):
            place_new(other, data)
            sync_folder(other.parent)
            return other
    raise FileExistsError(errno.EEXIST, "too many other versions are there", str(path))


def _other_names(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem} (other version {number}){path.suffix}") for number in range(1, 1000))


def _put_without_exchange(temporary: Path, real: Path, base: bytes) -> Path | None:
    """For file systems without an exchange: look once more, then rename. The gap is short, and it is there."""
    try:
        disk = real.read_bytes()
    except FileNotFoundError:
        disk = base
    if disk != base:
        raise ChangedOutside(real, disk)
    os.replace(temporary, real)
    return None


def _link(temporary: Path, real: Path) -> None:
    """Give a file its name only if the name is free."""
    try:
        os.link(temporary, real)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK) or real.exists():
            raise
        os.rename(temporary, real)
    else:
        os.unlink(temporary)


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, empty where it cannot be read; asked again, only a changed file is read again."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_FINGERPRINT:
            return ""
        return _digest(path, status.st_ino, status.st_size, status.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _digest(path: Path, *_unchanged: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
