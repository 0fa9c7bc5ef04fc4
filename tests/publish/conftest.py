"""What the tests of publishing share."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer import cli
from reviewer.library.folders import UserFolders
from reviewer.publish import blogs


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


@pytest.fixture
def ready(reviewer, review: Path, picture) -> Path:
    """A review with a text and a lead still that may appear."""
    reviewer("set", review, "date=2011-02-03", "rating.five-stars=4")
    reviewer("stills", "add", review, picture("boat.png"), "--lead", "--basis", "own", "--alt", "A boat")
    review.write_text(review.read_text() + "\nWords.\n")
    return review


@pytest.fixture
def blog_settings(folders: UserFolders):
    """Change a blog's settings: ``blog_settings(blog, mentioned=True)``."""

    def change(blog: Path, **values: object) -> None:
        blogs.store(folders, blog, replace(blogs.load(folders, blog), **values))

    return change
