"""Another program writes at each moment of what else changes files: terms, stills, renaming, exports and their undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.library.files import is_temporary
from reviewer.library.history import History
from reviewer.library.reviews import open_review
from tests.library.test_killed import Kept, digest, program, tree
from tests.library.test_killed_elsewhere import RENAME, python
from tests.library.test_raced import (
    TAKE_AWAY,
    THEIRS,
    WRITE,
    append,
    delete,
    every_race,
    rename,
    replace,
    texts,
    truncate,
    versions,
    write,
)

pytestmark = [pytest.mark.faults, pytest.mark.nightly]
Act = Callable[[Path], None]


@pytest.fixture
def long(review: Path, reviewer) -> Path:
    reviewer("set", review, "tags=old,other")
    review.write_text(review.read_text() + "Ours. " * 500)
    return review


@pytest.fixture
def kept(tmp_path, library, blog, folders) -> Callable[[], Kept]:
    """What there is now can be had back."""
    return lambda: Kept(tmp_path / "kept", library, blog, folders.data)


def is_there(act: Act, review: Path, history: History, call: str) -> None:
    """What another program wrote is in a file that a person finds, or it is the version before; what it renamed is there."""
    found = [*texts(review.parent), *versions(history, review)]
    if act in WRITE:
        assert any(THEIRS in text for text in found), (call, found)
    if act is rename:
        assert any("Ours. " in text for text in found), (call, found)


@pytest.mark.parametrize("act", [*WRITE, *TAKE_AWAY])
def test_a_change_of_terms_takes_no_other_programs_text_away(long, library, reviewer, kept, history, tmp_path, act):
    for title in ("A", "B"):
        reviewer("set", reviewer("new", library, "--title", title).out.strip(), "tags=old,other")
    others = [path for path in library.glob("*/review.md") if path != long]
    command = program("terms", library, "rename", "tag", "old", "new")
    for call, status, said in every_race(command, long.parent, long, kept().back, act, tmp_path / "log"):
        assert "Traceback" not in said, (call, said)
        is_there(act, long, history, call)
        assert status in (0, 1), (call, said)
        assert all("new" in open_review(path).reading.review.tags for path in others), (call, said)
        assert status == 0 or str(long) in said, (call, said)


@pytest.mark.parametrize("act", [*WRITE, *TAKE_AWAY])
def test_a_still_is_taken_in_whole_and_no_other_programs_text_goes(long, picture, kept, history, tmp_path, act):
    boat = picture("boat.png", size=(300, 200))
    command = program("stills", "add", long, boat, "--basis", "own", "--alt", "A boat")
    for call, status, said in every_race(command, long.parent, long, kept().back, act, tmp_path / "log"):
        assert "Traceback" not in said, (call, said)
        is_there(act, long, history, call)
        stills = long.parent / "stills"
        found = [path for path in stills.iterdir() if not is_temporary(path.name, "")] if stills.is_dir() else []
        assert all(digest(path) == digest(boat) for path in found), call
        everywhere = [*texts(long.parent), *versions(history, long)]
        assert status != 0 or any("stills/boat.png" in text for text in everywhere), (call, said)


@pytest.mark.parametrize("act", [*WRITE, *TAKE_AWAY])
def test_a_renamed_folder_holds_another_programs_text(long, kept, history, tmp_path, act):
    library = long.parent.parent
    for call, _, said in every_race(python(RENAME, long), library, long, kept().back, act, tmp_path / "log"):
        assert "Traceback" not in said, (call, said)
        found = [text for folder in library.iterdir() for text in texts(folder)]
        assert act in (truncate, delete) or any("Ours. " in text or THEIRS in text for text in found), call
        assert act not in (append, rename) or any("Ours. " in text for text in found), call
        assert len([name for name in tree(library) if name.endswith("review.md")]) <= (
            2 if act in (replace, write) else 1
        ), call


@pytest.mark.parametrize("act", [*WRITE, *TAKE_AWAY])
def test_an_export_writes_over_no_other_programs_post(long, blog, reviewer, kept, tmp_path, act):
    reviewer("export", long, "--to", blog)
    (post,) = blog.rglob("*moon*.md")
    reviewer("set", long, "title=Second")
    command = program("export", long, "--to", blog)
    for call, _, said in every_race(command, blog, post, kept().back, act, tmp_path / "log"):
        assert "Traceback" not in said, (call, said)
        found = [
            text
            for folder in {blog, *(path.parent for path in blog.rglob("*.md"))}
            for text in texts(folder, post.name)
        ]
        assert act not in WRITE or any(THEIRS in text for text in found), (call, said)
        assert act is not rename or "theirs.md" in {Path(name).name for name in tree(blog)}, call


@pytest.mark.parametrize("act", [*WRITE, *TAKE_AWAY])
def test_taking_an_export_back_takes_no_other_programs_post_away(long, blog, reviewer, kept, tmp_path, act):
    reviewer("export", long, "--to", blog)
    (post,) = blog.rglob("*moon*.md")
    reviewer("set", long, "title=Second")
    reviewer("export", long, "--to", blog)
    command = program("undo-export", blog)
    for call, _, said in every_race(command, blog, post, kept().back, act, tmp_path / "log"):
        assert "Traceback" not in said, (call, said)
        found = [
            text
            for folder in {blog, *(path.parent for path in blog.rglob("*.md"))}
            for text in texts(folder, post.name)
        ]
        assert act not in WRITE or any(THEIRS in text for text in found), (call, said)
        assert act is not rename or "theirs.md" in {Path(name).name for name in tree(blog)}, call
