"""Signs as languages set them, tables, footnotes: the pure steps behind the keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text import notes
from reviewer.text.tables import Table, cell_at, is_table, step
from reviewer.text.typography import marks, quoted, typeset


def typed(text: str, language: str = "en") -> str:
    """A text typed sign by sign."""
    line = ""
    for sign in text:
        found = typeset(line, sign, language)
        line = line + sign if found is None else line[: len(line) - found[0]] + found[1]
    return line


@pytest.mark.parametrize(
    ("language", "plain", "set_"),
    [
        ("en", "\"It's\" a 'film'", "“It’s” a ‘film’"),
        ("en-GB", '("Moon")', "(“Moon”)"),
        ("de", "\"Sie sagt 'nein'\"", "„Sie sagt ‚nein‘“"),
        ("de-CH", '"Ja"', "«Ja»"),
        ("fr", '"Oui" !', "«\u202fOui\u202f»\u202f!"),
        ("fr", "Quoi ? Non : oui ;", "Quoi\u202f? Non\xa0: oui\u202f;"),
        ("es", '"Sí"', "«Sí»"),
        ("pl", '"Tak"', "„Tak”"),
        ("sv", "\"Ja\" och 'nej'", "”Ja” och ’nej’"),
        ("xx", '"a"', "“a”"),
    ],
)
def test_marks_are_those_of_the_language(language, plain, set_):
    assert typed(plain, language) == set_


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("a -- b", "a – b"),
        ("a --- b", "a — b"),
        ("Wait...", "Wait…"),
        ("---", "---"),
        ("| a | -- |", "| a | -- |"),
        ('`"a" -- b`', '`"a" -- b`'),
        ('<a title="b">', '<a title="b">'),
        ('[a](b "c")', '[a](b "c”)'[:6] + '"c")'),
        ("https://a.example/b--c", "https://a.example/b--c"),
        ('    code "a"', '    code "a"'),
        ('**"a"**', "**“a”**"),
        ("rock 'n' roll", "rock ‘n’ roll"),
    ],
)
def test_what_is_no_prose_stays(plain, set_):
    assert typed(plain) == set_


@given(st.text(alphabet="ab \"'-.*`[](<>", max_size=30), st.sampled_from(["en", "de", "fr", "pl"]))
def test_typing_loses_no_letter(text, language):
    assert [c for c in typed(text, language) if c in "ab*`[](<>"] == [c for c in text if c in "ab*`[](<>"]


def test_words_are_put_between_marks():
    assert quoted("Moon", '"', "de") == "„Moon“"
    assert marks("pt-PT").opening == "«"


# tables

LINES = ["Film | Year", "--- | ---:", "Moon | 2009", "*A* \\| B | `a|b`"]


def test_a_table_is_lined_up():
    assert Table.read(LINES).lines() == [
        "| Film     |  Year |",
        "| -------- | ----: |",
        "| Moon     |  2009 |",
        "| *A* \\| B | `a|b` |",
    ]


def test_lining_up_again_changes_nothing():
    once = Table.read(LINES).lines()
    assert Table.read(once).lines() == once


@pytest.mark.parametrize(
    ("lines", "is_one"), [(LINES, True), (["a", "---"], True), (["a | b"], False), (["a | b", "c | d"], False)]
)
def test_a_table_has_a_rule(lines, is_one):
    assert is_table(lines) is is_one


def test_a_cell_is_found_by_its_place():
    assert [cell_at("| a | b |", place) for place in (1, 3, 5, 7)] == [0, 0, 1, 1]


def test_the_walk_passes_the_rule_and_adds_a_row_at_the_end():
    table, places, line, cell = Table.read(LINES[:3]), [], 0, 0
    for _ in range(4):
        table, line, cell = step(table, line, cell, 1)
        places.append((line, cell))
    assert places == [(0, 1), (2, 0), (2, 1), (3, 0)]
    assert table.rows[-1] == ("", "")


def test_the_walk_back_ends_at_the_first_cell():
    assert step(Table.read(LINES), 0, 0, -1)[1:] == (0, 0)


def test_rows_and_columns_come_and_go():
    table = Table.read(LINES[:3])
    assert table.with_row(2).without_row(2) == table.with_column(1).without_column(1) == table


@pytest.mark.parametrize(("side", "rule"), [("left", ":---"), ("right", "---:"), ("middle", ":--:"), ("", "----")])
def test_a_column_is_set(side, rule):
    assert Table.read(["Film", "---", "Moon"]).aligned(0, side).lines()[1] == f"| {rule} |"


# footnotes

NOTED = "A[^2] and b[^1].\n\n[^1]: One\n[^2]: Two\n"


def test_from_a_reference_to_its_note_and_back():
    at = notes.other_end(NOTED, NOTED.index("[^2]") + 1)
    assert NOTED[at:].startswith("Two")
    assert notes.other_end(NOTED, at) == NOTED.index("[^2]") + 4


def test_elsewhere_there_is_no_other_end():
    assert notes.other_end(NOTED, 0) is None


def test_footnotes_are_numbered_in_the_order_of_the_text():
    assert notes.renumbered(NOTED) == "A[^1] and b[^2].\n\n[^1]: Two\n[^2]: One\n"


def test_named_footnotes_and_code_keep_their_names():
    text = "A[^n] `[^9]` b[^9]\n\n[^n]: N\n[^9]: Nine\n"
    assert notes.renumbered(text) == "A[^n] `[^9]` b[^1]\n\n[^n]: N\n[^1]: Nine\n"
