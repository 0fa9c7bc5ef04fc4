"""Spelling: which dictionary, which words, which suggestions."""

from pathlib import Path

import pytest

from reviewer.text.spelling import Dictionary, Speller, choose, dictionaries, folders


@pytest.fixture(scope="module")
def english():  # as for a text in English of no country
    return Speller(choose("en", dictionaries(folders(Path("nowhere")))), any_english=True)


def wrong(speller, line):
    return [line[start:end] for start, end in speller.unknown(line)]


def test_english_comes_along():
    assert choose("en", dictionaries(folders(Path("nowhere")))).language.casefold().startswith("en")


@pytest.mark.parametrize(
    ("language", "names", "chosen"),
    [("en", ["en-GB", "en-US"], "en-US"), ("en-GB", ["en-US"], None), ("de", ["de-AT"], "de-AT"), ("de_AT", ["de-AT", "de-DE"], "de-AT"), ("", ["en-US"], None)],
)  # fmt: skip
def test_the_dictionary_is_that_of_the_language(language, names, chosen):
    found = choose(language, {name.casefold(): Dictionary(name, Path(name)) for name in names})
    assert (found and found.language) == chosen


def test_the_writers_own_dictionary_comes_first(tmp_path):
    for name in ("de_DE.dic", "de_DE.aff", "fr.dic"):
        (tmp_path / name).write_text("0\n")
    found = dictionaries([tmp_path])
    assert found == {"de-de": Dictionary("de-DE", tmp_path / "de_DE")}


@pytest.mark.parametrize(
    "line",
    [
        "A film about clones", "It’s Mark's", "`teh` code", "[film](https://exmple.org/teh)", "<span class='teh'>", "[[Teh Flim (2001)]]",
        "https://teh.example/flim", "name@teh.example", "[^flim]: A note", "    indented teh", "%% teh note %%", "2001 3rd", "&nbsp;", "![](stills/teh.jpg)",
    ],
)  # fmt: skip
def test_only_prose_is_looked_at(english, line):
    assert wrong(english, line.replace("3rd", "")) == []


def test_unknown_words_are_found_in_their_places(english):
    assert english.unknown("A flim and *teh* end") == [(2, 6), (12, 15)]


def test_names_and_own_words_are_known(english):
    assert wrong(english, "Romanek’s Hailsham") == ["Romanek’s", "Hailsham"]
    english.know(["Mark Romanek"], ["hailsham"])
    assert wrong(english, "Romanek’s Hailsham") == []


def test_a_name_that_is_nearly_one_of_the_cast_is_suggested_first(english):
    english.know(["Keira Knightley"], [])
    assert english.suggest("Knightly")[0] == "Knightley"


def test_a_dictionary_that_is_none_is_an_error(tmp_path):
    with pytest.raises(OSError, match="xx"):
        Speller(Dictionary("xx", tmp_path / "xx"))


def test_english_of_no_country_may_be_british(english):
    assert wrong(english, "A neighbour practises colour, realised in the theatre, travelled grey") == []


def test_american_english_may_not():
    speller = Speller(choose("en-US", dictionaries(folders(Path("nowhere")))))
    assert wrong(speller, "A neighbour") == ["neighbour"]
