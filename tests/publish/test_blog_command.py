"""Blogs set up on the command line: names of fields, their forms, presets of themes, and profiles said in full."""

import json

import pytest

from reviewer.publish import presets
from reviewer.publish.entries import Entry
from reviewer.publish.front import constant, in_form
from reviewer.publish.linked import review as review_thing
from reviewer.publish.profiles import PROFILES
from reviewer.publish.sample import EXAMPLE
from reviewer.review.values import Mark, Review
from reviewer.text.frontmatter import compose_quick


@pytest.fixture
def sample(reviewer, blog):
    """Set a blog up with these words and give the sample of its front matter."""

    def add(*words):
        said = reviewer("blog", "add", blog, *words)
        assert said.status == 0, said.err
        return json.loads(reviewer("blog", "show", blog, "--json").out)["sample"]

    return add


def test_a_field_has_the_blogs_own_name(sample):
    assert "\nstars: 4\n" in sample("--set", "fields.rating=stars")


def test_an_empty_name_leaves_a_field_out(sample):
    assert "credits:" not in sample("--set", "fields.credits=")


def test_dots_in_a_name_nest_it(sample):
    assert "\nmovie:\n  score: 4\n  out_of: 5\n" in sample(
        "--set", "fields.rating=movie.score", "--set", "fields.rating_scale=movie.out_of"
    )


def test_a_number_may_be_written_as_a_text(sample):
    assert '\nrating: "4"\n' in sample("--set", "forms.rating=text")


def test_a_list_may_be_its_first_alone(sample):
    assert '\ncategories: "Movies"\n' in sample("--set", "forms.categories=one")


def test_constants_are_flags_numbers_or_texts(sample):
    text = sample(
        "--set",
        "constants.toc=true",
        "--set",
        "constants.weight=3",
        "--set",
        'constants.code="7"',
        "--set",
        "constants.seo.type=Review",
    )
    for line in ("toc: true", "weight: 3", 'code: "7"', 'seo:\n  type: "Review"'):
        assert f"\n{line}\n" in text


def test_facts_of_the_film_become_tags(sample):
    assert '\ntags: ["clones", "Mark Romanek", "2010s", "Drama"]\n' in sample(
        "--set", "tags_from=director,decade,genre"
    )


def test_facts_of_the_film_have_keys_of_their_own(sample):
    text = sample(
        "--set",
        "fields.directors=director",
        "--set",
        "fields.year=year",
        "--set",
        "fields.seen=watched_date",
        "--set",
        "fields.lead=image",
    )
    assert (
        '\ndirector: ["Mark Romanek"]\nyear: 2010\nwatched_date: 2011-02-01\nimage: "/assets/images/never-let-me-go/never-let-me-go-boat.jpg"\n'
        in text
    )


@pytest.mark.parametrize("name", presets.PRESETS)
def test_each_preset_gives_front_matter_that_can_be_read(reviewer, tmp_path, name):
    profile = presets.PRESETS[name].profile or "plain"
    reviewer(
        "blog", "add", tmp_path, "--profile", profile if PROFILES[profile].named_only else "plain", "--preset", name
    )
    text = json.loads(reviewer("blog", "show", tmp_path, "--json").out)["sample"]
    assert compose_quick(text.strip().strip("-")).root is not None
    for key in presets.PRESETS[name].fields.values():
        assert not key or f"{key.split('.')[0]}:" in text or key in ("tmdb_id", "imdb_id", "letterboxd_url")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--set", "rating_line=perhaps"), "write true or false"),
        (("--set", "fields=x"), "name what in it"),
        (("--set", "colour=blue"), "there is no such setting"),
        (("--set", "rating_line"), "write key=value"),
        (("--preset", "hyde"), "There is no preset “hyde”"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_way_out(reviewer, blog, words, reason):
    said = reviewer("blog", "add", blog, *words)
    assert said.status == 2
    assert reason in said.err


def test_a_blog_keeps_the_profile_that_it_was_added_with(reviewer, ready, tmp_path):
    (tmp_path / "pages").mkdir()
    reviewer("blog", "add", tmp_path / "pages", "--profile", "html")
    reviewer("export", ready, "--to", tmp_path / "pages")
    assert (tmp_path / "pages" / "reviews" / "moon" / "index.html").is_file()


def test_blogs_are_listed_with_profile_and_posts(reviewer, ready, blog):
    reviewer("blog", "add", blog)
    reviewer("export", ready, "--to", blog)
    assert json.loads(reviewer("blog", "list", "--json").out)["blogs"] == [
        {"blog": str(blog), "profile": "jekyll", "posts": 1}
    ]


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_says_all_about_itself(reviewer, name):
    found = json.loads(reviewer("profiles", name, "--json").out)["profiles"][0]
    assert found["name"] == name
    assert "slug" in found["post"]


def test_an_unknown_profile_is_refused_with_those_there_are(reviewer):
    assert "The profiles are jekyll, hugo" in reviewer("profiles", "ghost").err


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("07", 7), ("1.5", 1.5), ('"true"', "true"), ("yes", "yes"), ("", "")]
)
def test_a_constant_means_what_it_looks_like(text, value):
    assert constant(text) == value


@pytest.mark.parametrize(
    ("value", "form", "made"),
    [(4, "text", "4"), (3.5, "text", "3.5"), ("4", "number", 4), ("B+", "number", "B+"), (["a", "b"], "one", "a"), ("a", "list", ["a"]),
     (["a", "b"], "text", "a, b"), ([], "one", []), ("x", "", "x")],
)  # fmt: skip
def test_a_value_is_brought_into_the_form_that_is_wanted(value, form, made):
    assert in_form(value, form) == made


# JSON-LD


def test_a_review_is_told_to_search_engines_with_its_film_and_mark():
    thing = review_thing(EXAMPLE, Entry("r", "", "p", "s", "2011-02-03", excerpt="x"))
    assert thing["reviewRating"] == {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 0}
    assert thing["itemReviewed"]["director"] == [{"@type": "Person", "name": "Mark Romanek"}]
    assert (thing["datePublished"], thing["itemReviewed"]["duration"]) == ("2011-02-03", "PT103M")


@pytest.mark.parametrize(
    ("mark", "value", "best"),
    [(Mark("letters", "B+"), 83, 100), (Mark("ten", 8.5), 8.5, 10), (Mark("percent", 76), 76, 100), (Mark("thumbs", "down"), 0, 100),
     (Mark("four-stars", 3.5), 3.5, 4)],
)  # fmt: skip
def test_a_mark_of_each_scale_has_its_own_ends(mark, value, best):
    rating = review_thing(Review(title="x", rating=(mark,)), Entry())["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (value, best, 0)


def test_a_review_without_a_mark_claims_none():
    assert "reviewRating" not in review_thing(Review(title="x"), Entry())
