"""Older versions: what is kept, for how long, and how it is found again."""

import datetime as dt
import itertools
import shutil
from pathlib import Path

import pytest

from reviewer.library.history import BEFORE, FOUND, KEPT_COUNT, SAVED, Damaged, History
from reviewer.library.reviews import open_review, rename, save_review
from reviewer.text.fields import assign

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(tmp_path: Path, clock: Clock) -> History:
    return History(tmp_path / "history", clock)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library" / "moon" / "review.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(text(0))
    return file


def text(number: int) -> bytes:
    return f"---\nid: abc123\ntitle: Moon\n---\n\nVersion {number}, Rockwell am Ende, café.\n".encode()


def contents(history: History, path: Path, identity: str = "") -> list[bytes]:
    return [history.read(version) for version in history.versions(path, identity)]


def test_both_the_former_and_the_saved_version_are_kept(history, path):
    was = open_review(path)
    save_review(was, assign(was.reading.review, "title", "The Moon"), history=history)
    assert contents(history, path) == [path.read_bytes(), text(0)]
    assert [version.why for version in history.versions(path)] == [SAVED, FOUND]


def test_of_what_is_saved_within_five_minutes_the_last_stays(history, path, clock):
    for number in range(1, 5):
        clock.later(minutes=1)
        history.write(path, text(number), text(number - 1))
    assert contents(history, path) == [text(4), text(0)]


def test_each_five_minutes_have_a_version(history, path, clock):
    for number in range(1, 31):
        clock.later(minutes=1)
        history.write(path, text(number), text(number - 1))
    kept = history.versions(path)
    apart = [later.when - earlier.when for later, earlier in itertools.pairwise(kept)]
    assert len(kept) == 1 + 6 + 1 - 1
    assert min(apart[1:]) >= dt.timedelta(minutes=5)
    assert history.read(kept[0]) == text(30)


def test_what_a_change_to_several_replaced_is_kept_whatever_the_time(history, path):
    history.write(path, text(1), text(0))
    history.write(path, text(2), text(1), BEFORE)
    history.write(path, text(3), text(2), BEFORE)
    assert contents(history, path)[-1] == text(0)
    assert {text(1), text(2), text(3)} <= set(contents(history, path))


def test_the_same_bytes_are_kept_once(history, path):
    history.keep(path, text(0))
    history.keep(path, text(0))
    assert contents(history, path) == [text(0)]


def test_a_clock_set_back_does_not_change_the_order(history, path, clock):
    history.keep(path, text(1))
    clock.later(days=-400)
    history.keep(path, text(2), BEFORE)
    assert contents(history, path) == [text(2), text(1)]


def test_behind_a_clock_that_was_set_back_every_version_stays(history, path, clock):
    history.keep(path, text(1))
    clock.later(days=-400)
    for number in range(2, 6):
        clock.later(hours=1)
        history.keep(path, text(number))
    assert contents(history, path) == [text(n) for n in (5, 4, 3, 2, 1)]


def test_a_renamed_review_has_its_versions(history, path):
    history.keep(path, text(1))
    new = rename(path, "the moon", history)
    assert contents(history, new) == [text(1)]
    assert history.versions(path) == []


def test_a_review_moved_by_another_program_is_found_by_its_identity(history, path):
    history.keep(path, text(1))
    new = path.parent.with_name("elsewhere") / path.name
    path.parent.rename(new.parent)
    assert contents(history, new, "abc123") == [text(1)]


def test_a_copy_beside_its_original_does_not_share_its_versions(history, path):
    history.keep(path, text(1))
    twin = path.parent.with_name("twin") / path.name
    shutil.copytree(path.parent, twin.parent)
    assert history.versions(twin, "abc123") == []


def test_a_deleted_review_comes_back(history, path):
    history.keep(path, text(1))
    shutil.rmtree(path.parent)
    (gone,) = history.gone(path.parent.parent)
    assert (gone.was, gone.title, history.read(gone.newest)) == (path, "Moon", text(1))


def test_a_review_that_was_only_moved_is_not_gone(history, path):
    history.keep(path, text(1))
    path.parent.rename(path.parent.with_name("elsewhere"))
    moved = path.parent.with_name("elsewhere") / path.name
    history.keep(moved, text(2))
    assert history.gone(path.parent.parent) == []


def test_a_damaged_version_is_told_and_the_others_stay(history, path):
    history.keep(path, text(1))
    history.keep(path, text(2), BEFORE)
    newest, oldest = history.versions(path)
    newest.place.write_bytes(newest.place.read_bytes()[:40])
    with pytest.raises(Damaged, match="damaged"):
        history.read(newest)
    assert history.read(oldest) == text(1)


def test_versions_are_searched_without_accents_and_case(history, path):
    history.keep(path, text(1))
    history.keep(path, text(2), BEFORE)
    found = list(history.search("CAFE version 1,", history.versions(path)))
    assert [history.read(one.version) for one in found] == [text(1)]
    assert found[0].around == "Version 1, Rockwell am Ende, café."


def test_old_versions_go_but_the_last_twenty_stay(history, path, clock):
    for number in range(KEPT_COUNT + 10):
        history.keep(path, text(number), BEFORE)
        clock.later(days=1)
    clock.later(days=200)
    history.keep(path.with_name("other.md"), b"other\n")
    assert history.prune() == 10
    assert len(history.versions(path)) == KEPT_COUNT


def test_a_clock_that_jumps_ahead_makes_nothing_old(history, path, clock):
    for number in range(KEPT_COUNT + 10):
        history.keep(path, text(number), BEFORE)
    clock.later(days=40_000)
    assert history.prune() == 0


def test_no_version_of_the_last_ninety_days_goes_for_its_age(history, path, clock):
    for number in range(80):
        history.keep(path, text(number), BEFORE)
        clock.later(days=1)
    assert history.prune() == 0


def test_where_all_are_too_much_the_oldest_go_and_the_newest_of_each_review_stays(history, path, clock):
    other = path.with_name("other.md")
    history.keep(other, b"other\n")
    for number in range(10):
        clock.later(hours=1)
        history.keep(path, text(number), BEFORE)
    history.prune(most=1)
    assert contents(history, path) == [text(9)]
    assert contents(history, other) == [b"other\n"]


def test_a_review_is_saved_also_where_no_version_can_be_kept(tmp_path, path):
    (tmp_path / "history").write_text("a file where the folder should be")
    saved = History(tmp_path / "history").write(path, text(1), text(0))
    assert path.read_bytes() == text(1)
    assert isinstance(saved.unkept, OSError)
