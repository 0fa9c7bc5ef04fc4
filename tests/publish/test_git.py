"""A blog's folder in Git: looked at without a trace, and a commit that holds what it was given and nothing else."""

import subprocess

import pytest

from reviewer.publish import git


def run(folder, *words):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(blog, home):
    run(blog, "init", "-q", "-b", "main")
    run(blog, "config", "user.email", "critic@films.example")
    run(blog, "config", "user.name", "A critic")
    run(blog, "add", ".")
    run(blog, "commit", "-qm", "First")
    return blog


def test_a_folder_without_git_has_no_state(blog):
    assert git.state(blog) is None


def test_without_the_program_there_is_no_state(repository, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert git.state(repository) is None


def test_branch_and_changes_are_told(repository):
    (repository / "_config.yml").write_text("title: Other\n")
    (repository / "new.md").write_text("x")
    assert git.state(repository) == git.GitState("main", 2)
    assert git.state(repository).words == "branch main, 2 files changed"


def test_what_is_to_be_pushed_and_pulled_is_told(repository, tmp_path):
    other = tmp_path / "other"
    run(repository, "clone", "-q", ".", other)
    run(other, "config", "user.email", "a@b.example")
    run(other, "config", "user.name", "a")
    run(repository, "commit", "-q", "--allow-empty", "-m", "there")
    run(other, "commit", "-q", "--allow-empty", "-m", "here")
    run(other, "fetch", "-q")
    found = git.state(other)
    assert (found.ahead, found.behind) == (1, 1)


def test_a_merge_under_way_is_told(repository):
    run(repository, "checkout", "-qb", "side")
    (repository / "_config.yml").write_text("title: Side\n")
    run(repository, "commit", "-qam", "side")
    run(repository, "checkout", "-q", "main")
    (repository / "_config.yml").write_text("title: Main\n")
    run(repository, "commit", "-qam", "main")
    subprocess.run(["git", "-C", repository, "merge", "-q", "side"], capture_output=True, check=False)
    assert git.state(repository).busy == "merge"


def test_looking_writes_nothing_into_the_repository(repository):
    (repository / "_config.yml").touch()
    index = repository / ".git" / "index"
    before = (index.stat().st_mtime_ns, index.read_bytes())
    git.state(repository)
    assert (index.stat().st_mtime_ns, index.read_bytes()) == before


def test_looking_runs_nothing_that_the_folder_names(repository, tmp_path):
    program = tmp_path / "spy"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    program.chmod(0o755)
    run(repository, "config", "core.fsmonitor", str(program))
    git.state(repository)
    assert not (tmp_path / "ran").exists()


def test_a_commit_holds_its_files_and_leaves_the_rest_as_it_was(repository):
    (repository / "mine.md").write_text("x")
    (repository / "staged.md").write_text("x")
    (repository / "_config.yml").write_text("title: Other\n")
    run(repository, "add", "staged.md")
    git.commit(repository, ["mine.md"], "Export: Moon")
    assert run(repository, "show", "--name-only", "--format=%s", "HEAD").split("\n") == ["Export: Moon", "", "mine.md"]
    assert run(repository, "status", "--porcelain") == "M _config.yml\nA  staged.md"


def test_a_commit_takes_removed_files_too_also_unknown_ones(repository):
    (repository / "old.md").write_text("x")
    run(repository, "add", ".")
    run(repository, "commit", "-qm", "old")
    (repository / "old.md").unlink()
    git.commit(repository, ["old.md", "never-known.md"], "Away")
    assert run(repository, "show", "--name-status", "--format=", "HEAD") == "D\told.md"


@pytest.mark.parametrize("message", ["", "  "])
def test_a_commit_without_a_message_is_refused(repository, message):
    with pytest.raises(git.GitFailed, match="needs a message"):
        git.commit(repository, ["_config.yml"], message)


def test_where_another_program_holds_the_lock_git_says_so(repository):
    (repository / ".git" / "index.lock").write_text("")
    (repository / "mine.md").write_text("x")
    with pytest.raises(git.GitFailed, match=r"index\.lock"):
        git.commit(repository, ["mine.md"], "x")
    assert (repository / ".git" / "index.lock").exists()
