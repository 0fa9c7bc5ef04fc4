"""The index of a library: in step with the files, made anew when it is of no use, never more than a cache."""

import datetime as dt
import os
import shutil
import sqlite3
import sys
from dataclasses import replace

import pytest

from reviewer.library.index import VERSION, Index
from reviewer.library.listing import entry, find
from reviewer.library.searching import search
from reviewer.review.marks import BUILT_IN
from reviewer.review.query import parse
from tests.library.shelves import FILMS, TEXTS, make, put
from tests.library.test_killed import killed_at, points

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def index(library, folders):
    make(library)
    made = Index.open(folders, library, BUILT_IN)
    yield made
    made.close()


def step(index, today=TODAY):
    """Bring an index in step; the names of the reviews that were read and of those that went."""
    steps = list(index.sync(today))
    return {e.path.parent.name for s in steps for e in s.entries}, {path.parent.name for s in steps for path in s.gone}


def found(index, typed=""):
    return {path.parent.name for path in search(index, parse(typed, index.scales, TODAY)).paths}


def test_the_first_time_every_review_is_read(index):
    assert step(index) == (set(FILMS), set())


def test_what_has_not_changed_is_not_read_again(index):
    step(index)
    assert step(index) == (set(), set())


def test_what_changed_is_read_again(index, library):
    step(index)
    put(library, "gattaca", FILMS["gattaca"], "Nothing but rain.\n")
    assert step(index) == ({"gattaca"}, set())
    assert found(index, "rain") == {"gattaca"}
    assert found(index, "cousin") == set()


def test_what_is_gone_is_forgotten(index, library):
    step(index)
    shutil.rmtree(library / "gattaca")
    assert step(index) == (set(), {"gattaca"})
    assert found(index) == set(FILMS) - {"gattaca"}


def test_a_library_that_vanished_is_not_forgotten(index, library):
    step(index)
    library.rename(library.with_name("away"))
    assert step(index) == (set(), set())
    assert found(index) == set(FILMS)


def test_entries_come_out_as_they_went_in(index, library):
    step(index)
    fresh = {path: entry(path, TODAY) for path in find(library)}
    assert {one.path: one for one in index.entries()} == fresh


def test_a_review_that_cannot_be_read_is_listed_with_its_fault(index, library):
    put(library, "broken", "title: [\n", "Words all the same.\n")
    step(index)
    assert found(index, "has:fault") == {"broken"}
    assert found(index, "same") == {"broken"}


def test_what_could_not_be_read_is_tried_again(index, library):
    """A disk that failed for a moment leaves the file's size and time as they were."""
    step(index)
    (library / "gattaca" / "review.md").write_bytes(b"\0\0\0\0")
    assert step(index)[0] == {"gattaca"}
    assert step(index)[0] == {"gattaca"}


def test_odd_names_and_halves_of_letters_are_no_hindrance(index, library):
    path = put(library, "odd", 'title: "half \\uD800 a letter"\n', "x")
    os.rename(path.parent, os.fsencode(library) + b"/\xff\xfe")
    read, _ = step(index)
    assert len(read) == len(FILMS) + 1
    assert len(found(index)) == len(FILMS) + 1


def test_a_permission_that_ends_is_seen_on_the_day(index, library):
    put(library, "ends", FILMS["gattaca"] + "stills:\n  - {file: stills/a.jpg, lead: true, permission: {basis: permission, "
        "state: granted, holder: A, expires: 2026-11-24}}\n")  # fmt: skip
    step(index)
    assert found(index, "rights:expired") == set()
    assert step(index, TODAY + dt.timedelta(1)) == ({"ends", "never-let-me-go-2010"}, set())
    assert found(index, "rights:expired") == {"ends"}


def test_opened_again_it_knows_all(index, folders, library):
    step(index)
    index.close()
    again = Index.open(folders, library, BUILT_IN)
    assert found(again) == set(FILMS)
    again.close()


@pytest.mark.parametrize("damage", [b"", b"\0" * 5000, b"no database at all" * 300])
def test_a_damaged_index_is_made_anew(index, folders, library, damage):
    step(index)
    index.close()
    index.place.write_bytes(damage)
    again = Index.open(folders, library, BUILT_IN)
    assert step(again) == (set(FILMS), set())
    again.close()


def test_an_index_that_is_damaged_within_is_made_anew(index, folders, library):
    step(index)
    index.close()
    data = bytearray(index.place.read_bytes())
    data[100:4000] = bytes(3900)
    index.place.write_bytes(data)
    again = Index.open(folders, library, BUILT_IN)
    assert step(again)[0] in (set(FILMS), set())
    again.close()


def test_an_index_of_another_version_is_made_anew(index, folders, library):
    step(index)
    index.close()
    with sqlite3.connect(index.place) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    again = Index.open(folders, library, BUILT_IN)
    assert step(again) == (set(FILMS), set())
    again.close()


def test_a_folder_in_the_way_leaves_an_index_in_memory(folders, library):
    make(library)
    (folders.of("libraries", library) / "index.sqlite" / "x").mkdir(parents=True)
    index = Index.open(folders, library, BUILT_IN)
    assert step(index) == (set(FILMS), set())
    assert index.place is None
    index.close()


def test_other_scales_weigh_marks_anew_without_reading(index):
    step(index)
    letters = replace(
        BUILT_IN.get("letters"), table=(("B", 99.0), ("A", 99.5), ("A-", 99.2), ("B+", 99.1), ("A+", 100.0))
    )
    assert found(index, "mark:>=95%") == set()
    index.weigh(BUILT_IN.with_scale(letters))
    assert found(index, "mark:>=95%") == {"le-fabuleux-destin"}
    assert step(index) == (set(), set())


def test_two_at_once_do_not_hinder_each_other(index, folders, library):
    other = Index.open(folders, library, BUILT_IN)
    step(index)
    put(library, "moon", "title: Moon\n", TEXTS["gattaca"])
    step(other)
    assert found(index, "title:moon") == {"moon"}
    other.close()


@pytest.mark.faults
def test_killed_anywhere_the_next_search_finds_all(tmp_path, library, monkeypatch, reviewer):
    make(library, "gattaca", "never-let-me-go-2010")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    command = [sys.executable, "-m", "reviewer", "list", str(library), "genetic"]
    calls = points(command, home)
    assert len(calls) > 20
    for name, number in calls:
        shutil.rmtree(home)
        home.mkdir()
        killed_at(command, name, number)
        said = reviewer("list", library, "genetic")
        assert (said.status, said.out.count("\n"), said.err) == (0, 2, ""), (name, number)


def test_a_byte_that_is_no_utf8_hides_no_review(index, library):
    path = (
        library / "moon-2009" / "review.md" if (library / "moon-2009").is_dir() else next(library.glob("*/review.md"))
    )
    path.write_bytes(b"---\ntitle: Caf\xe9\n---\n\nWords.\n")
    list(index.sync(TODAY))
    assert len(index.entries()) == len(list(library.glob("*/review.md")))
