"""A change made by hand in the blog goes into the review where its place is sure, and is left where it is not."""

import datetime as dt

import pytest
import sites

from reviewer.publish.post import make
from reviewer.publish.profiles import PROFILES, BlogSettings, recognise
from reviewer.publish.takeback import take_back
from reviewer.review.values import Review

TEXT = """\
It isn't "good" -- it is *quiet*. A film of {{ braces }} and a | bar.

The second paragraph says so again, and so again, and so again, and so again. It ends.

- one thing
- another thing
"""
REVIEW = Review(title="Moon", date=dt.date(2011, 2, 3), excerpt="Quiet.", tags=("space",), categories=("Movies",))


@pytest.fixture(params=["jekyll", "hugo", "pelican", "eleventy"])
def back(request, tmp_path):
    """Change the post of a generator by hand: ``back("quiet", "loud")`` gives what is taken into the review."""
    site = {"jekyll": sites.jekyll_site, "hugo": sites.hugo_site, "pelican": lambda f: sites.pelican_site(f, yaml=True),
            "eleventy": sites.eleventy_site}[request.param](tmp_path / "site")  # fmt: skip
    known, profile = recognise(site), PROFILES[request.param]

    def change(old, new):
        post = make(REVIEW, TEXT, profile, known, BlogSettings()).text.decode()
        assert old in post
        return take_back(REVIEW, TEXT, post, post.replace(old, new, 1), profile, BlogSettings())

    return change


def test_a_changed_word_is_changed_in_the_review(back):
    made = back("quiet", "loud")
    assert (made.text, made.left) == (TEXT.replace("quiet", "loud"), ())


def test_a_word_beside_signs_that_the_post_writes_otherwise_is_found(back):
    assert back(" bar.", " long bar.").text == TEXT.replace(" bar.", " long bar.")


def test_a_new_paragraph_goes_to_its_place(back):
    assert back("It ends.", "It ends.\n\nOne more.").text == TEXT.replace("It ends.", "It ends.\n\nOne more.")


def test_words_that_were_taken_away_go(back):
    assert back(" It ends.", "").text == TEXT.replace(" It ends.", "")


def test_a_change_in_a_list_is_found(back):
    assert back("another thing", "a third thing").text == TEXT.replace("another thing", "a third thing")


def test_a_change_whose_place_is_not_sure_is_left_and_named(back):
    made = back("again, and so again, and so again, and", "again, and so twice, and so again, and")
    assert made.text == TEXT or made.text.count("twice") == 1
    assert bool(made.left) != bool(made.taken)


def test_what_the_front_matter_says_is_taken_into_its_field(back):
    assert back('title: "Moon"', 'title: "Moon, again"').review.title == "Moon, again"


def test_tags_are_taken_as_a_list(back):
    assert back('tags: ["space"]', 'tags: ["space", "clones"]').review.tags == ("space", "clones")


def test_a_key_that_is_no_field_of_a_review_is_not_touched(back):
    made = back('title: "Moon"', 'title: "Moon"\ncomments: true')
    assert (made.review, made.text, made.left) == (REVIEW, TEXT, ())
