"""The diary: a file in Letterboxd's columns of which only the lines that change are written."""

import csv
import dataclasses
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.library import diary
from reviewer.library.diary import Viewing
from reviewer.library.listing import Entry
from reviewer.review.marks import BUILT_IN
from reviewer.review.values import Mark, Review

LETTERBOXD = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\r\n"
    '2020-01-02,"Me, You",2005,https://boxd.it/a,3.5,Yes,"a, b",2020-01-01\r\n'
    "2020-02-03,Moon,2009,https://boxd.it/b,,,,2020-02-02\r\n"
)
DAY = dt.date(2026, 11, 25)


@pytest.fixture
def library(tmp_path):
    return tmp_path


def put(library, text):
    (library / "diary.csv").write_bytes(text.encode())


def content(library):
    return (library / "diary.csv").read_bytes().decode()


def viewings(library):
    return list(diary.read(library).viewings.values())


def test_without_a_diary_there_are_no_viewings(library):
    assert viewings(library) == []
    assert not (library / "diary.csv").exists()


def test_letterboxds_diary_is_one(library):
    put(library, LETTERBOXD)
    assert viewings(library) == [
        Viewing(dt.date(2020, 1, 1), "Me, You", 2005, "", True, "3.5"),
        Viewing(dt.date(2020, 2, 2), "Moon", 2009),
    ]


def test_the_first_viewing_makes_the_file(library):
    diary.append(library, [Viewing(DAY, "Moon", 2009, "cinema", False, "4", "Good.")])
    assert content(library) == (
        "Watched Date,Name,Year,Where,Rewatch,Rating,Note\n2026-11-25,Moon,2009,cinema,,4,Good.\n"
    )


def test_a_viewing_comes_at_the_end_and_all_else_stays(library):
    put(library, LETTERBOXD)
    diary.append(library, [Viewing(DAY, "Her", 2013, again=True)])
    assert content(library) == LETTERBOXD + ",Her,2013,,,Yes,,2026-11-25\r\n"


def test_a_column_that_is_missing_is_added_where_it_is_needed(library):
    put(library, LETTERBOXD)
    diary.append(library, [Viewing(DAY, "Her", 2013, where="cinema")])
    lines = content(library).splitlines()
    assert lines[0].endswith("Watched Date,Where")
    assert lines[1:3] == LETTERBOXD.splitlines()[1:]
    assert viewings(library)[-1].where == "cinema"


def test_the_same_film_is_written_down_once_a_day(library):
    assert diary.append(library, [Viewing(DAY, "Moon", 2009)]) == 1
    assert diary.append(library, [Viewing(DAY, "MOON", 2009)]) == 0
    assert diary.append(library, [Viewing(DAY + dt.timedelta(1), "Moon", 2009)]) == 1


def test_one_line_is_changed_and_its_other_columns_stay(library):
    put(library, LETTERBOXD)
    was = viewings(library)[0]
    diary.replaced(library, 1, was, Viewing(was.date, was.title, was.year, "", False, "4"))
    assert content(library) == LETTERBOXD.replace("3.5,Yes", "4,")


def test_a_line_is_taken_out(library):
    put(library, LETTERBOXD)
    diary.replaced(library, 2, viewings(library)[1], None)
    assert content(library) == "".join(LETTERBOXD.splitlines(keepends=True)[:2])


def test_a_line_that_changed_meanwhile_is_left(library):
    put(library, LETTERBOXD)
    was = viewings(library)[0]
    put(library, LETTERBOXD.replace("3.5", "5"))
    with pytest.raises(diary.Elsewhere, match="Me, You"):
        diary.replaced(library, 1, was, None)
    assert content(library) == LETTERBOXD.replace("3.5", "5")


@pytest.mark.parametrize(
    ("text", "says"),
    [("A,B\n1,2\n", "line 1 names no columns"), ("\udcff", "no UTF-8")],
)
def test_what_is_no_diary_is_said_and_left(library, text, says):
    (library / "diary.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(diary.NoDiary, match=says):
        diary.append(library, [Viewing(DAY, "Moon")])


def test_lines_that_cannot_be_read_are_named_and_kept(library):
    put(library, 'Name,Watched Date,Note\nMoon,2020-13-01,"two\nlines"\nHer,2020-01-01,\n,2020-01-01,\n')
    found = diary.read(library)
    assert [one.title for one in found.viewings.values()] == ["Her"]
    assert [fault.split(":")[0] for fault in found.faults] == ["line 2", "line 5"]
    diary.append(library, [Viewing(DAY, "Gattaca")])
    assert content(library).startswith('Name,Watched Date,Note\nMoon,2020-13-01,"two\nlines"\n')


TEXT = st.text(st.sampled_from('ab,"\n é;'), max_size=8)


@given(st.lists(st.tuples(TEXT.filter(str.strip), TEXT, TEXT), min_size=1, max_size=5))
def test_what_is_written_down_is_read_again(tmp_path_factory, rows):
    library = tmp_path_factory.mktemp("diary")
    wanted = [Viewing(DAY + dt.timedelta(n), title.strip(), 2000, where.strip(), False, "", note.strip())
              for n, (title, where, note) in enumerate(rows)]  # fmt: skip
    for one in wanted:
        diary.append(library, [one])
    assert viewings(library) == wanted
    assert len(list(csv.reader(io.StringIO(content(library), newline="")))) == len(rows) + 1


# with the reviews

PATH = Path("/l/moon/review.md")
MOON = Entry(PATH, "About the Moon", 2009, film="Moon",
             viewings=(("Moon", 2009, "2020-02-02", "cinema", False), ("Moon", 2009, "2021-01-01", "", True)))  # fmt: skip


def test_a_viewing_knows_the_review_of_its_film(library):
    put(library, LETTERBOXD)
    rows = diary.seen(diary.read(library), [MOON])
    assert [(one.viewing.film, one.review, one.record) for one in rows] == [
        ("Moon (2009)", PATH, None), ("Moon (2009)", PATH, 2), ("Me, You (2005)", None, 1),
    ]  # fmt: skip


def test_what_was_not_written_about_is_named_once(library):
    put(library, LETTERBOXD + ",me you,2005,,,Yes,,2022-01-01\r\n" + ',"Me, You",2005,,,Yes,,2023-01-01\r\n')
    rows = diary.unwritten(diary.seen(diary.read(library), [MOON]))
    assert [(one.viewing.film, one.viewing.date.year) for one in rows] == [
        ("Me, You (2005)", 2023),
        ("me you (2005)", 2022),
    ]


def test_a_list_post_is_no_review_of_its_films(library):
    put(library, LETTERBOXD)
    rows = diary.seen(diary.read(library), [Entry(PATH, "Moon", 2009, is_list=True)])
    assert all(one.review is None for one in rows)


@pytest.mark.parametrize(
    ("title", "year", "day", "before"),
    [("moon", 2009, DAY, True), ("moon", None, DAY, True), ("moon", 1950, DAY, False), ("moon", 2009, dt.date(2020, 2, 2), False),
     ("Her", None, DAY, False)],
)  # fmt: skip
def test_a_film_that_was_seen_before_is_seen_again(library, title, year, day, before):
    put(library, LETTERBOXD)
    assert diary.seen_before(diary.seen(diary.read(library), []), title, year, day) is before


@pytest.mark.parametrize(
    ("mark", "rating"),
    [("3.5", (Mark("five-stars", 3.5),)), ("B+", (Mark("letters", "B+"),)), ("", ()), ("lovely", ())],
)
def test_a_review_begins_with_what_the_diary_says(mark, rating):
    review = diary.review_of(Viewing(DAY, "Moon", 2009, "cinema", True, mark), BUILT_IN, Review(id="1", status="draft"))
    assert (review.id, review.title, review.film.year, review.rating) == ("1", "Moon", 2009, rating)
    assert (review.film.seen.date, review.film.seen.where, review.film.seen.again) == (DAY, "cinema", True)


# from Letterboxd


def zipped(path, **files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def test_an_export_is_taken_in_but_for_what_was_deleted(library):
    path = zipped(
        library / "l.zip", **{"deleted__diary.csv": LETTERBOXD, "top__diary.csv": LETTERBOXD.replace("Moon", "Sun")}
    )
    assert [one.title for one in diary.from_letterboxd(path)] == ["Me, You", "Sun"]


@pytest.mark.parametrize(("files", "says"), [({}, "holds no diary.csv"), ({"diary.csv": "A,B\n"}, "no columns")])
def test_an_export_without_a_diary_is_said(library, files, says):
    with pytest.raises(diary.NoDiary, match=says):
        diary.from_letterboxd(zipped(library / "l.zip", **files))


def test_a_damaged_zip_is_said(library):
    path = zipped(library / "l.zip", **{"diary.csv": LETTERBOXD})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(diary.NoDiary, match="cannot be unpacked"):
        diary.from_letterboxd(path)


# hostile tables


def test_a_mark_inside_a_cell_swallows_no_other_line(library):
    put(library, 'Watched Date,Name,Year,Note\n2010-01-01,Foo,1999,on a 6" screen\n2010-01-02,Bar,2000,\n')
    found = diary.read(library)
    assert [one.title for one in found.viewings.values()] == ["Foo", "Bar"]
    diary.replaced(library, 1, found.viewings[1], dataclasses.replace(found.viewings[1], year=1998))
    assert content(library).endswith("2010-01-02,Bar,2000,\n")


def test_lines_that_end_by_cr_alone_are_lines(library):
    put(library, "Watched Date,Name,Year\r2010-01-01,Foo,1999\r")
    diary.append(library, [Viewing(DAY, "Her", 2013, where="Kino")])
    assert content(library) == "Watched Date,Name,Year,Where\r2010-01-01,Foo,1999\r2026-11-25,Her,2013,Kino\r"


def test_what_is_taken_out_is_put_back_with_all_its_columns(library):
    put(library, LETTERBOXD)
    line = diary.replaced(library, 1, viewings(library)[0], None)
    diary.put_back(library, 1, line)
    assert content(library) == LETTERBOXD


def test_places_under_another_head_stay_where_they_are(library):
    put(library, "Watched Date,Name,Place,Notes\n2010-01-01,Foo,Kino,Good\n")
    diary.append(library, [Viewing(DAY, "Her", 2013, where="home", note="x")])
    assert content(library).splitlines()[0] == "Watched Date,Name,Place,Notes"
    assert [one.where for one in viewings(library)] == ["Kino", "home"]
