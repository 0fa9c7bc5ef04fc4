"""Replacing in a whole library: only texts change, and only where they are what was looked at."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as some

from reviewer.library.files import ChangedOutside
from reviewer.library.replacing import look, put_back, rewrite
from reviewer.text.search import BadPattern, Query, Search, TooSlow

HEAD = b"---\r\ntitle: Moon  # Carrie\r\n---\r\n\r\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "moon" / "review.md"
    path.parent.mkdir()
    path.write_bytes(HEAD + b"Carrie Mulligan.\r\n\r\nAnd Carrie again, carrie.\r\n")
    return path


def found(file, words="carrie", by="Carey", **options):
    return next(look([file], {}, Search(Query(words, **options)), by))


def test_each_place_has_its_line_and_what_stands_around_it(file):
    place = found(file).places[1]
    assert (place.number, place.line, place.before, place.found, place.by, place.after) == (
        1, 3, "And ", "Carrie", "Carey", " again, carrie.",
    )  # fmt: skip


def test_front_matter_is_not_looked_at(file):
    assert len(found(file).places) == 3


def test_capitals_matter_where_they_are_to(file):
    assert len(found(file, "carrie", case=True).places) == 1


def test_an_open_review_is_looked_at_as_it_is_in_the_window(file):
    hits = next(look([file], {file: "Carrie"}, Search(Query("carrie")), ""))
    assert hits.text == "Carrie"


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00a")
    assert "UTF" in found(tmp_path / "a.md").fault


def test_only_accepted_places_change_and_the_rest_of_the_file_stays_byte_for_byte(file, history):
    hits, search = found(file), Search(Query("carrie"))
    rewrite(file, hits.text, search.replaced(hits.text, "Carey", {0, 2}), history)
    assert file.read_bytes() == HEAD + b"Carey Mulligan.\r\n\r\nAnd Carrie again, Carey.\r\n"


def test_a_text_that_changed_meanwhile_is_not_written(file, history):
    hits = found(file)
    file.write_bytes(HEAD + b"Something else, Carrie.")
    with pytest.raises(ChangedOutside):
        rewrite(file, hits.text, "x", history)
    assert file.read_bytes() == HEAD + b"Something else, Carrie."


def test_what_was_replaced_can_be_put_back(file, history):
    before, hits = file.read_bytes(), found(file)
    put_back(rewrite(file, hits.text, "x", history), history)
    assert file.read_bytes() == before


def test_what_was_changed_since_is_not_put_back(file, history):
    done = rewrite(file, found(file).text, "x", history)
    file.write_bytes(b"newer")
    with pytest.raises(ChangedOutside):
        put_back(done, history)
    assert file.read_bytes() == b"newer"


def test_groups_of_a_pattern_stand_in_the_replacement(file):
    assert found(file, r"(\w+) Mulligan", r"\1 M.", pattern=True).places[0].by == "Carrie M."


def test_a_bad_pattern_says_why_and_where():
    with pytest.raises(BadPattern, match="at 3"):
        Search(Query("(a", pattern=True))


def test_a_pattern_that_runs_away_is_ended():
    with pytest.raises(TooSlow):
        Search(Query(r"(a+)+b", pattern=True)).matches("a" * 5000)


@given(some.text("ab\n", max_size=40), some.text("ab", min_size=1, max_size=2), some.text("xy", max_size=2))
def test_replacing_all_is_what_the_language_says(text, words, by):
    search = Search(Query(words, case=True))
    assert search.replaced(text, by, range(len(search.matches(text)))) == text.replace(words, by)


@given(some.text("ab c", max_size=40), some.sets(some.integers(0, 12)))
def test_as_many_places_change_as_were_accepted(text, numbers):
    search = Search(Query("a"))
    wanted = len([n for n in numbers if n < len(search.matches(text))])
    assert search.replaced(text, "Z", numbers).count("Z") == wanted
    assert regex.sub("Z", "a", search.replaced(text, "Z", numbers)) == text
