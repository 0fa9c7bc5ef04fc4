"""The state of a blog's folder in Git, and a commit of what an export wrote, where the writer asks for one.

Looking takes no lock and runs nothing that the folder's own configuration names. A commit holds the files it is given and
no others, whatever else is staged or changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 20
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false")
"""What keeps a look at a folder from running a program that its configuration names."""


class GitFailed(OSError):
    """Git could not do it; the message is Git's own."""


@dataclass(frozen=True)
class GitState:
    """Where a folder stands: its branch (empty where none is checked out), how many files are changed, and how many commits
    it is before and behind the branch it follows; `busy` names a merge or rebase that is under way."""

    branch: str = ""
    changed: int = 0
    ahead: int = 0
    behind: int = 0
    busy: str = ""

    @property
    def words(self) -> str:
        """In one line."""
        parts = [f"branch {self.branch}" if self.branch else "no branch"]
        parts.append(f"{self.changed} {'file' if self.changed == 1 else 'files'} changed" if self.changed else "clean")
        if self.ahead:
            parts.append(f"{self.ahead} to push")
        if self.behind:
            parts.append(f"{self.behind} to pull")
        if self.busy:
            parts.append(f"a {self.busy} is under way")
        return ", ".join(parts)


def state(folder: Path) -> GitState | None:
    """A folder's state; None where it is in no work tree, or where there is no Git."""
    program = shutil.which("git")
    if program is None:
        return None
    try:
        said = _run(folder, [*_QUIET, "status", "--porcelain=v2", "--branch", "--untracked-files=normal", "--", "."])
        inside = Path(_run(folder, ["rev-parse", "--absolute-git-dir"]).strip())
    except (OSError, subprocess.SubprocessError):
        return None
    branch, ahead, behind, changed = "", 0, 0, 0
    for line in said.splitlines():
        if line.startswith("# branch.head "):
            branch = line.removeprefix("# branch.head ").removeprefix("(detached)")
        elif line.startswith("# branch.ab "):
            up, down = line.removeprefix("# branch.ab ").split()
            ahead, behind = int(up), -int(down)
        elif not line.startswith("#"):
            changed += 1
    busy = next((words for name, words in (("MERGE_HEAD", "merge"), ("rebase-merge", "rebase"), ("rebase-apply", "rebase"),
                                           ("CHERRY_PICK_HEAD", "cherry-pick")) if (inside / name).exists()), "")  # fmt: skip
    return GitState(branch, changed, ahead, behind, busy)


def commit(folder: Path, paths: Sequence[str], message: str) -> str:
    """Commit these files and no others; returns the new commit's short name. Paths are relative to `folder`.

    Raises `GitFailed` with what Git says, also where a merge is under way or another program holds Git's lock.
    """
    if not message.strip():
        raise GitFailed("A commit needs a message.")
    try:
        tracked = set(_run(folder, ["ls-files", "-z", "--", *paths]).split("\0"))
        known = [path for path in paths if path in tracked or (folder / path).exists()]
        _run(folder, ["add", "--all", "--", *known])
        _run(folder, ["commit", "--quiet", "--only", "-m", message, "--", *known])
        return _run(folder, ["rev-parse", "--short", "HEAD"]).strip()
    except subprocess.TimeoutExpired as error:
        raise GitFailed(f"Git did not answer within {_SECONDS} seconds.") from error


def _run(folder: Path, words: Sequence[str]) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        env=environment, capture_output=True, text=True, errors="replace", check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise GitFailed(" ".join((done.stderr or done.stdout).split())[:300] or "Git failed.")
    return done.stdout
