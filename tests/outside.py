"""Runs tests and watches every connection and every opened file of all their processes: none leaves the machine, none is a stranger's.

usage: python tests/outside.py [pytest's own arguments]

Leaves out the tests that trace system calls themselves, and the site generators' builds and the journeys, whose other programs open
what they like. Needs strace. Exit status 1: something was opened or asked that should not be; it is printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
CALLS = "connect,sendto,sendmsg,sendmmsg,open,openat,openat2,creat,execve"
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/lib32",
    "/bin",
    "/sbin",
    "/etc",
    "/proc",
    "/sys",
    "/dev",
    "/run",
    "/var/lib",
    "/var/cache",
    "/opt",
    "/selinux",
)
"""What a program of the system reads: libraries, fonts, dictionaries, time zones, devices."""
OWN = ("/dev", "/proc", "/var/cache/fontconfig")
"""What may be written beside the tests' own folders: the terminal, shared memory, a process's own settings, what fontconfig keeps for root."""
_CALL = re.compile(r"^(?:\d+ +)?(?:<\.\.\. )?(?P<name>\w+)[( ]")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NET = re.compile(r"sa_family=AF_INET6?\b.*")
_LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
_AT = re.compile(r"^(?:\d+ +)?\w+\((?:AT_FDCWD<(?P<cwd>[^>]*)>|\d+<(?P<fd>[^>]*)>)")


class Watch:
    """What was seen outside of what may be, each once with how often."""

    def __init__(self, own: tuple[str, ...]) -> None:
        self._own = own
        self._read = (*own, *SYSTEM, str(Path(sys.base_prefix).resolve()), str(ROOT))
        self._written = (*own, *OWN, *(str(ROOT / name) for name in (".pytest_cache", ".hypothesis")))
        self.calls = 0
        self.outside: Counter[str] = Counter()

    def take(self, line: str) -> None:
        call = _CALL.match(line)
        if call is None:
            return
        self.calls += 1
        name = call["name"]
        if name in ("connect", "sendto", "sendmsg", "sendmmsg"):
            found = _NET.search(line)
            if found is not None and not _LOOPBACK.search(found[0]):
                self.outside[f"{name} {found[0][:120]}"] += 1
        elif name.startswith("open") or name == "creat":
            self._opened(line)

    def _opened(self, line: str) -> None:
        if " = -1 " in line:
            return  # not there, or not allowed: looked for by the system's libraries along their paths
        path = _PATH.search(line)
        if path is None:
            return
        place = (
            path[1].encode().decode("unicode_escape", "replace").encode("latin-1", "replace").decode("utf-8", "replace")
        )
        at = _AT.match(line)
        if not place.startswith("/"):
            base = (at["cwd"] or at["fd"]) if at is not None else None
            if base is None or not base.startswith("/"):
                return
            place = os.path.join(base, place)
        place = os.path.normpath(place)
        writes = any(flag in line for flag in ("O_WRONLY", "O_RDWR", "O_CREAT"))
        if not _is_below(place, self._written if writes else self._read):
            self.outside[f"{'written' if writes else 'read'} {place}"] += 1


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return path == "/" or any(path == folder or path.startswith(folder + "/") for folder in folders)


def main() -> int:
    assert shutil.which("strace"), "apt-get install strace"
    chosen = ["-m", "not faults and not journey and not builds and not nightly", *sys.argv[1:]]
    with tempfile.TemporaryDirectory(prefix="outside-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        environment = os.environ | {"HOME": str(home), "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        pipe, end = os.pipe()
        tests = subprocess.Popen(
            ["strace", "-f", "--seccomp-bpf", "-qqq", "-y", "-s", "4000", "-o", f"/dev/fd/{end}", "-e", f"trace={CALLS}",
             "-e", "signal=none", sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--basetemp", f"{folder}/tests", *chosen],
            cwd=ROOT, env=environment, pass_fds=[end],
        )  # fmt: skip
        os.close(end)
        watch = Watch((folder,))
        with os.fdopen(pipe, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                watch.take(line)
        status = tests.wait()
    for what, times in watch.outside.most_common(60):
        print(f"{times:6} × {what}")
    print(f"{watch.calls} calls seen, {sum(watch.outside.values())} outside")
    return status or bool(watch.outside)


if __name__ == "__main__":
    sys.exit(main())
