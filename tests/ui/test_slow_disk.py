"""On a disk that takes its time with each call the window answers, the text stays, and what was asked for comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
SECONDS = 0.4
ANSWERS = 0.3
"""Far below one call of that disk, and above what this machine takes for a turn of the window's loop when it is busy."""
CALLS = "openat,newfstatat,statx,stat,lstat,getdents64,fsync,renameat2,rename,unlink,mkdir,access,faccessat2,readlink"


@pytest.fixture(scope="module")
def answered(tmp_path_factory, qapp):
    """The longest time without an answer in each step of a critic's work, in seconds."""
    from reviewer.library.resources import resource  # once for all tests here

    folder = tmp_path_factory.mktemp("slow")
    library = folder / "library"
    subprocess.run(["cp", "-r", str(resource("sample")), str(library)], check=True)
    touched = [word for path in (library, *sorted(library.rglob("*"))) for word in ("-P", str(path))]
    slow = ["-e", f"inject={CALLS}:delay_enter={int(SECONDS * 1e6)}"]
    program = [sys.executable, "-m", "tests.ui.slow_disk", str(library)]
    home = {f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG", "CACHE")} | {"HOME": str(folder)}
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, *touched, "-e", "trace=file,desc", *slow, *program],
        capture_output=True, text=True, check=False, env=os.environ | home, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    (review,) = library.glob("never*/review.md")
    return json.loads(done.stdout) | {"text": review.read_text()}


@pytest.mark.parametrize("step", ["open the library", "open a review", "list the library", "type", "save", "open another",
                                  "look at the stills", "rename", "look outside"])  # fmt: skip
def test_the_window_answers(answered, step):
    assert answered[step] < ANSWERS


def test_what_was_typed_is_saved(answered):
    assert "Typed on a slow disk." in answered["text"]
