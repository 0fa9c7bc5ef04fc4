"""Long sentences, words that come again, and words as they are spoken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.prose import LONG, marks, prose, sentences, spoken


def marked(line, why, language="en", names=()):
    return [line[mark.start : mark.end] for mark in marks([line], language, names)[0] if mark.why == why]


def words(count):
    return " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26)}x" for n in range(count))


def test_a_sentence_of_more_words_than_that_is_long():
    line = f"Short. {words(LONG + 1).capitalize()}. Short again."
    assert marked(line, "long") == [f"{words(LONG + 1).capitalize()}."]


def test_a_sentence_of_just_so_many_words_is_not():
    assert not marked(f"{words(LONG).capitalize()}.", "long")


def test_addresses_and_notes_do_not_make_a_sentence_long():
    line = f"Words [of a link](https://example.org/{'a/' * 60}) and %%{words(60)}%% a note."
    assert not marked(line, "long")


def test_a_word_that_comes_again_soon_is_marked_at_both_places():
    assert marked("A strange film with a strange light.", "again") == ["strange", "strange"]


def test_it_is_the_same_word_in_the_plural_and_with_an_s():
    assert marked("The camera looks at other cameras.", "again") == ["camera", "cameras"]


def test_a_word_that_comes_again_later_is_let_be():
    assert not marked(f"A strange film. {words(40)}. So strange.", "again")


def test_a_word_comes_again_across_paragraphs():
    first, _, second = marks(["A strange film.", "", "So strange."])
    assert first
    assert second


@pytest.mark.parametrize(
    "line", ["They would say that they would.", "Perhaps so, perhaps not.", "Don’t, he said, don’t."]
)
def test_the_commonest_words_may_come_as_often_as_they_like(line):
    assert not marked(line, "again")


def test_names_may_come_again():
    assert not marked("Here Mulligan waits, and Mulligan knows.", "again")
    assert not marked("Kathy waits. Kathy knows.", "again", names=["Kathy"])


def test_german_nouns_are_no_names():
    assert marked("Die Kamera sucht, und eine Kamera findet.", "again", "de") == ["Kamera", "Kamera"]


def test_code_headings_and_tables_are_not_looked_at():
    lines = ["# Strange strange", "| strange | strange |", "    strange strange", "`strange` `strange`"]
    assert marks(lines) == [[], [], [], []]


@given(st.lists(st.text("ab. !%*[]()`é😀’", max_size=60), max_size=5))
def test_marks_lie_within_their_lines(lines):
    for line, row in zip(lines, marks(lines), strict=True):
        assert all(0 <= mark.start < mark.end <= len(line) for mark in row)


@given(st.text('ab. !?A"”(', max_size=80))
def test_sentences_make_up_the_paragraph(line):
    assert "".join(line[start:end] for start, end in sentences(line)) == line


@given(st.text("ab`[]()%<>h:/.", max_size=60))
def test_prose_keeps_every_place(line):
    assert len(prose(line)) == len(line)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("*Never* **Let** `Me` Go", "Never Let Me Go"),
        ("See [[Gattaca (1997)]].", "See Gattaca (1997)."),
        ("A [link](https://example.org) here", "A link here"),
        ("![](stills/a.jpg)", ""),
        ("## A heading", "A heading"),
        ("- an item", "an item"),
        ("> a quotation", "a quotation"),
        ("A note[^1].", "A note."),
        ("Mine %%not yours%% only", "Mine only"),
        ("He >!dies!< at last", "He dies at last"),
        (r"Two \* three", "Two * three"),
        ("an <em>odd</em> one", "an odd one"),
    ],
)
def test_what_is_read_aloud_has_no_marks(markdown, said):
    assert spoken(markdown) == said


def test_a_line_of_ten_thousand_blanks_is_spoken_at_once():
    assert spoken("a" + " " * 10_000 + ". b") == "a. b"
