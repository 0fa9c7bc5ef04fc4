"""Reports of faults of the program itself, for the writer to read, copy and save. Nothing is sent, and no text of a review is in one."""

from __future__ import annotations

import contextlib
import datetime as dt
import platform
import sys
import traceback
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from types import TracebackType

from reviewer import __version__
from reviewer.library.files import replace

PACKAGES = ("PySide6", "Markdown", "PyYAML", "Pillow", "nh3", "watchdog")
MOST_REPORTS = 20
_HEAD = (
    "Reviewer stopped doing what it was asked. This report says where in the program; it holds no text of your reviews,\n"
    "and nothing is sent unless you send it.\n"
)
_HARD = "stopped.log"


def report(error: BaseException, trace: TracebackType | None, more: Mapping[str, str] = {}) -> str:
    """What happened and where, in plain text: versions, the kind of the error, and the program's lines that led there.

    An error's message may quote a text or name a file, so it is left out; of an error of the system its number and name stay.
    """
    lines = [
        _HEAD,
        f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}",
        *_versions(more),
        "",
        "The lines that led there:",
    ]
    lines += [
        f"  {_short(frame.filename)}, line {frame.lineno}, in {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    said = f" {error.errno}, {error.strerror}" if isinstance(error, OSError) and error.errno else ""
    lines.append(
        f"{type(error).__module__}.{type(error).__qualname__}{said} (its message is left out: it may quote your text)"
    )
    return "\n".join(lines) + "\n"


def _versions(more: Mapping[str, str]) -> list[str]:
    rows = {"Reviewer": __version__, "Python": platform.python_version(), "System": platform.platform()}
    for name in PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            rows[name] = metadata.version(name)
    return [f"{name} {value}" for name, value in (rows | dict(more)).items()]


def _short(name: str) -> str:
    """A file's name from the package on, without the writer's folders."""
    path = Path(name)
    parts = path.parts
    for base in ("site-packages", "reviewer"):
        if base in parts:
            at = len(parts) - 1 - parts[::-1].index(base)
            return "/".join(parts[at + (base == "site-packages") :])
    return path.name


def keep(folder: Path, text: str) -> Path:
    """Write a report into the folder of reports, and remove all but the newest. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"report-{dt.datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    replace(place, text.encode())
    for old in sorted(folder.glob("report-*.txt"))[:-MOST_REPORTS]:
        with contextlib.suppress(OSError):
            old.unlink()
    return place


def hard_log(folder: Path) -> Path:
    """Where Python writes its last lines when the process dies of a signal."""
    return folder / _HARD


def left_by_last_run(folder: Path) -> str:
    """What the last run wrote when it died of a signal, as a report; empty where it did not. It is told once."""
    place = hard_log(folder)
    try:
        text = place.read_text(errors="replace").strip()
        place.unlink()
    except OSError:
        return ""
    if not text:
        return ""
    kept = [_told(line) for line in text.splitlines()]
    said = "\n".join([_HEAD, *_versions({}), "", *kept]) + "\n"
    with contextlib.suppress(OSError):
        keep(folder, said)
    return said


def _told(line: str) -> str:
    """A line of Python's with the writer's folders taken out of it."""
    if line.lstrip().startswith('File "'):
        name, _, rest = line.strip().removeprefix('File "').partition('"')
        return f"  {_short(name)}{rest}"
    return line


def print_error(error: BaseException, trace: TracebackType | None) -> None:
    """Say the whole on standard error, for whoever started the program there."""
    if sys.stderr is not None:
        traceback.print_exception(type(error), error, trace)
