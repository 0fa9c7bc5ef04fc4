"""What the tests of publishing share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer import cli


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory):
    """The command line with a home that lasts for the module: ``command("set", path, "status=ready")``."""
    import contextlib
    import io

    home = tmp_path_factory.mktemp("critic")

    def run(*words: object) -> str:
        names = {"HOME": str(home)} | {
            f"XDG_{n}_HOME": str(home / n.lower()) for n in ("DATA", "CONFIG", "CACHE", "STATE")
        }
        before = {name: os.environ.get(name) for name in names}
        os.environ.update(names)
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = cli.run([str(word) for word in words])
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
        assert status == 0, f"{words}\n{out.getvalue()}{err.getvalue()}"
        return out.getvalue().strip()

    return run


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parents[1] / "samples"
