"""List posts: their films are headings of the text, and what the writer wrote goes where its film goes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.filmlist import Item, Listing, brought_in_step, new_item, put_together, rewritten, take_apart

TEXT = """Ten years, two films.

## 1. [[Gattaca (1997)]]

*4 stars (B+)*

![](stills/g.jpg)

Clean rooms, *dirty* hands.

### A word on the score

Nyman.

## 2. [[Moon (2009)]]

*5 stars*

One man.

---

Next year more.
"""


def test_a_text_is_taken_apart():
    listing = take_apart(TEXT)
    assert listing.before == "Ten years, two films."
    assert listing.names == ("Gattaca (1997)", "Moon (2009)")
    assert [item.mark for item in listing.items] == ["4 stars (B+)", "5 stars"]
    assert listing.items[0].words.endswith("### A word on the score\n\nNyman.")
    assert listing.after == "---\n\nNext year more."


def test_what_is_put_together_again_is_the_same():
    assert put_together(take_apart(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("order", "heads"),
    [("ranked", ["1. ", "2. "]), ("countdown", ["2. ", "1. "]), ("plain", ["", ""])],
)
def test_films_are_numbered_as_the_order_says(order, heads):
    made = put_together(take_apart(TEXT), order)
    assert [line for line in made.splitlines() if line.startswith("## ")] == [
        f"## {heads[0]}[[Gattaca (1997)]]", f"## {heads[1]}[[Moon (2009)]]",
    ]  # fmt: skip


def test_a_text_that_says_it_all_already_stays_byte_for_byte():
    loose = TEXT.replace("One man.\n", "One man.\n\n\n\n")
    assert rewritten(loose, take_apart(loose), "ranked") == loose


def test_the_words_go_where_their_film_goes():
    listing = take_apart(TEXT)
    moved = Listing(listing.before, listing.items[::-1], listing.after)
    assert "## 2. [[Gattaca (1997)]]\n\n*4 stars (B+)*\n\n![](stills/g.jpg)\n\nClean rooms" in put_together(moved)


def test_a_list_is_brought_in_step():
    found = [Item("Her", 2013, "3 stars", "A voice."), Item("GATTACA", 1997, "5 stars")]
    made, came, went = brought_in_step(take_apart(TEXT), found)
    assert [(item.title, item.mark) for item in made.items] == [("Her", "3 stars"), ("GATTACA", "5 stars")]
    assert made.items[1].blurb.startswith("Clean rooms, *dirty* hands.")
    assert ([item.title for item in came], [item.title for item in went]) == (["Her"], ["Moon"])


def test_words_about_a_film_that_goes_are_kept_as_a_note():
    made, _, _ = brought_in_step(take_apart(TEXT), [Item("Gattaca", 1997)])
    assert made.after.endswith("\n\n%% No longer found by the search: Moon (2009)\n\nOne man.\n\n%%")


def test_a_line_of_marks_that_was_taken_out_stays_out():
    without = TEXT.replace("*5 stars*\n\n", "")
    made, _, _ = brought_in_step(take_apart(without), [Item("Moon", 2009, "1 star")])
    assert made.items[0].mark == ""


def test_an_emphasised_first_sentence_is_no_mark():
    (item,) = take_apart("## [[Moon (2009)]]\n\n*Alone.*\n").items
    assert (item.mark, item.words) == ("", "*Alone.*")


@pytest.mark.parametrize(
    "text", ["", "No films.\n", "## Cast\n\nWords.\n", "```\n## [[Moon (2009)]]\n```\n", "Of [[Moon (2009)]].\n"]
)
def test_a_text_without_films_is_all_words(text):
    assert take_apart(text).items == ()


def test_the_list_ends_at_a_heading_that_names_no_film():
    listing = take_apart("## [[Moon (2009)]]\n\nA.\n\n## Notes\n\n## [[Her (2013)]]\n\nB.\n")
    assert listing.names == ("Moon (2009)",)
    assert listing.after.startswith("## Notes")


def test_a_new_film_has_its_still_and_first_sentence():
    assert new_item("Moon", 2009, "5 stars", "One man.", "stills/a b.jpg").words == "![](<stills/a b.jpg>)\n\nOne man."


WORDS = st.text(st.sampled_from("ab *#[]()%-\n`é1."), max_size=40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Moon", "Her", "Gattaca", "Żywot"]), WORDS), max_size=4, unique_by=lambda row: row[0]
    ),
    WORDS,
)
def test_no_word_is_lost_whatever_stands_there(films, words):  # fmt: skip
    text = words + "\n\n" + "\n\n".join(f"## [[{name} (2000)]]\n\n{said}" for name, said in films)
    made, _, _ = brought_in_step(take_apart(text), take_apart(text).items[::-1])
    again = put_together(made, "plain")
    # Marks of notes and of code that was left open may come or go; words may not.
    assert sorted(re.sub("%%|`", "", again).split()) == sorted(re.sub("%%|`", "", text).split())


def test_the_same_film_twice_keeps_the_words_of_both():
    listing = take_apart("## 1. [[Hamlet]]\n\nOlivier.\n\n## 2. [[Hamlet]]\n\nBranagh.\n")
    made, came, went = brought_in_step(listing, listing.items[::-1])
    assert [item.words for item in made.items] == ["Branagh.", "Olivier."]
    assert (came, went) == ((), ())
    made, _, (gone,) = brought_in_step(listing, listing.items[:1])
    assert gone.words == "Branagh."


def test_a_picture_with_words_beside_it_is_kept_with_them():
    listing = take_apart("## [[Moon (2009)]]\n\n![](stills/a.jpg) Words beside it.\n\n- one\n- two\n")
    made, _, _ = brought_in_step(listing, [Item("Her", 2013)])
    assert "![](stills/a.jpg) Words beside it.\n\n- one\n- two" in made.after


@pytest.mark.parametrize("film", [Item("[REC]", 2007), Item("Made in (2017)"), Item("Blade Runner (Final Cut)", 1982)])
def test_a_title_with_brackets_is_found_again(film):
    listing = take_apart(put_together(Listing(items=(Item("Moon", 2009), film))))
    made, came, went = brought_in_step(listing, [Item("Moon", 2009), film])
    assert (made, came, went) == (listing, (), ()) or (made.names, came, went) == (listing.names, (), ())


def test_code_that_was_left_open_swallows_no_other_film():
    listing = take_apart("## [[A (2001)]]\n\na\n\n## [[B (2002)]]\n\n```\nopen\n")
    turned = put_together(Listing(items=listing.items[::-1]), "plain")
    assert take_apart(turned).names == ("B (2002)", "A (2001)")
