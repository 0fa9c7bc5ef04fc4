"""Reviews as Letterboxd imports them: columns, marks in halves, parts of a megabyte."""

import csv
import datetime as dt
import io

import pytest

from reviewer.interop import letterboxd
from reviewer.review.values import Credits, Crew, Film, Ids, Mark, Review, Seen

MOON = Review(
    title="Moon, again",
    film=Film(
        "Moon", year=2009, ids=Ids(imdb="tt1182345", tmdb="movie/17431"), seen=Seen(dt.date(2010, 1, 2), "", True)
    ),
    rating=(Mark("five-stars", 3.5),),
    tags=("space, outer", "clones"),
    credits=Credits((Crew("director", ("Duncan Jones",)),)),
)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_a_review_is_one_row_with_every_column():
    (part,) = letterboxd.parts([*letterboxd.rows(MOON)])
    assert rows(part) == [{
        "imdbID": "tt1182345", "tmdbID": "17431", "Title": "Moon", "Year": "2009", "Directors": "Duncan Jones", "Rating": "3.5",
        "WatchedDate": "2010-01-02", "Rewatch": "true", "Tags": "space  outer, clones", "Review": "",
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "stars"),
    [(Mark("five-stars", 0.5), 0.5), (Mark("five-stars", 5), 5), (Mark("five-stars", 0), None), (Mark("ten", 7), 3.5),
     (Mark("letters", "B+"), 4), (Mark("letters", "D-"), 1), (Mark("percent", 1), 0.5), (Mark("thumbs", "up"), 5),
     (Mark("thumbs", "down"), None), (Mark("four-stars", 3), 4)],
)  # fmt: skip
def test_marks_of_other_scales_are_rounded_to_halves(mark, stars):
    assert letterboxd.rating([mark]) == stars


def test_a_mark_in_five_stars_is_taken_before_others():
    assert letterboxd.rating([Mark("letters", "F"), Mark("five-stars", 4)]) == 4


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("One *two* **three**.\n\nFour & <five>.", "One <em>two</em> <strong>three</strong>.\n\nFour &amp; ."),
        ("> Said\n\nSo.", "<blockquote>Said</blockquote>\n\nSo."),
        ("[here](https://x.example/?a=1&b=2)", '<a href="https://x.example/?a=1&amp;b=2">here</a>'),
        ("- a\n- b", "a\n\nb"),
        ('[[Moon (2009)]] is, "so"', '<em>Moon (2009)</em> is, "so"'),
        ("A[^1].\n\n[^1]: note", "A1.\n\nnote"),
    ],
)
def test_a_text_keeps_what_letterboxd_shows(text, made):
    assert letterboxd.plain_html(text) == made


def test_commas_quotes_and_line_ends_come_back_as_they_were():
    text = 'He said, "so".\n\nThen\x00 left.'
    (part,) = letterboxd.parts([*letterboxd.rows(MOON, text)])
    assert rows(part)[0]["Review"] == 'He said, "so".\n\nThen left.'


def test_a_file_never_has_more_than_a_megabyte_and_no_row_is_lost():
    made = [letterboxd.rows(MOON, "word " * 20_000)[0] | {"Title": str(n)} for n in range(40)]
    parts = letterboxd.parts(made)
    assert len(parts) > 4
    assert all(len(part) <= letterboxd.MOST for part in parts)
    assert [row["Title"] for part in parts for row in rows(part)] == [str(n) for n in range(40)]


def test_the_command_line_writes_the_files_and_says_what_letterboxd_would_not_take(reviewer, review, tmp_path):
    reviewer("set", review, "rating.five-stars=0")
    said = reviewer("letterboxd", review.parent.parent, "-o", tmp_path / "import.csv")
    assert "has no mark for 0 stars" in said.out
    assert rows((tmp_path / "import.csv").read_bytes())[0]["Title"] == "Moon"
