"""What was changed in the blog by hand is kept, merged, or asked about; never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.publish.merge import merge, merge_pieces, parts

POST = "_posts/2011-02-03-moon.md"
BASE = """---
title: "Moon"
tags: ["space", "clone"]
rating: 4
---

First paragraph.

Second paragraph.
"""


def test_what_only_one_side_changed_is_taken():
    ours = BASE.replace("First", "My first")
    theirs = BASE.replace("Second", "Her second").replace("rating: 4", "rating: 5")
    assert merge(BASE, ours, theirs).text == theirs.replace("First", "My first")


def test_words_that_each_side_changed_in_one_line_are_both_taken():
    text = "The film is quiet and long and good.\n"
    merged = merge(text, text.replace("quiet", "loud"), text.replace("good", "great"))
    assert merged.text == "The film is loud and long and great.\n"


def test_one_word_that_both_changed_is_a_conflict_and_is_named():
    merged = merge("It is quiet.\n", "It is loud.\n", "It is silent.\n")
    assert (merged.text, merged.conflicts) == (None, ("silent.",))


def test_a_key_that_another_program_added_stays_where_it_was():
    theirs = BASE.replace("rating: 4", "comments: true\nrating: 4")
    ours = BASE.replace("Moon", "Moon again")
    assert merge(BASE, ours, theirs).text == theirs.replace("Moon", "Moon again")


def test_a_key_with_its_nested_lines_stays_whole():
    theirs = BASE.replace("rating: 4", "seo:\n  title: x\n  robots:\n    - none\nrating: 4")
    assert merge(BASE, BASE.replace("Moon", "Sun"), theirs).text == theirs.replace("Moon", "Sun")


def test_a_header_that_was_only_written_in_another_way_is_no_change_of_hers():
    theirs = BASE.replace('tags: ["space", "clone"]', "tags:\n- space\n- clone")
    ours = BASE.replace('"clone"]', '"clone", "noir"]')
    assert 'tags: ["space", "clone", "noir"]' in merge(BASE, ours, theirs).text


def test_a_key_that_both_changed_is_a_conflict():
    merged = merge(BASE, BASE.replace("rating: 4", "rating: 3"), BASE.replace("rating: 4", "rating: 5"))
    assert merged.conflicts == ("rating",)


def test_a_key_taken_away_there_and_unchanged_here_stays_away():
    theirs = BASE.replace("rating: 4\n", "")
    assert merge(BASE, BASE.replace("Moon", "Sun"), theirs).text == theirs.replace("Moon", "Sun")


def test_a_key_taken_away_there_and_changed_here_is_a_conflict():
    merged = merge(BASE, BASE.replace("rating: 4", "rating: 3"), BASE.replace("rating: 4\n", ""))
    assert merged.conflicts == ("rating",)


@pytest.mark.parametrize(
    ("post", "header", "text"),
    [
        ("---\na: 1\n---\n\nx\n", ("a: 1",), "\nx\n"),
        ('+++\na = 1\n\n[extra]\nb = "2"\n+++\nx', ("a = 1", "", "[extra]", 'b = "2"'), "x"),
        ("Title: Moon\nTags: a; b\n\nx\n\ny\n", ("Title: Moon", "Tags: a; b"), "x\n\ny\n"),
        ("no header: here\n", (), "no header: here\n"),
        ("---\n---\nx", (), "x"),
    ],
)
def test_a_post_is_taken_apart(post, header, text):
    found = parts(post)
    assert (found.header, found.text) == (header, text)


lines = st.lists(st.sampled_from("abcde"), max_size=8)


@given(lines, lines)
def test_a_side_that_changed_nothing_never_matters(base, other):
    assert merge_pieces(base, base, other) == (other, [])
    assert merge_pieces(base, other, base) == (other, [])


@given(lines, lines, lines)
def test_what_merges_holds_every_line_that_a_side_added(base, ours, theirs):
    merged, conflicts = merge_pieces(base, ours, theirs)
    if not conflicts:
        for side in (ours, theirs):
            for line in set(side) - set(base):
                assert line in merged


# through the export


def test_a_change_in_the_blog_is_kept_by_the_next_export(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / POST
    post.write_text(
        post.read_text()
        .replace("Words.", "Words.\n\nAdded in the blog.")
        .replace("layout: post", "layout: post\ncomments: true")
    )
    ready.write_text(ready.read_text().replace("Words.", "First.\n\nWords."))
    said = reviewer("export", ready, "--to", blog)
    assert said.status == 0
    assert post.read_text().endswith("First.\n\nWords.\n\nAdded in the blog.\n")
    assert "comments: true" in post.read_text()


def test_what_was_merged_once_stays_through_further_exports(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / POST
    post.write_text(post.read_text().replace("Words.", "Words.\n\nAdded in the blog."))
    for words in ("One.", "Two."):
        ready.write_text(ready.read_text().replace("Words.", f"{words}\n\nWords."))
        reviewer("export", ready, "--to", blog)
    assert post.read_text().endswith("One.\n\nTwo.\n\nWords.\n\nAdded in the blog.\n")


def test_a_merged_post_is_not_written_again(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / POST
    post.write_text(post.read_text().replace("Words.", "Words.\n\nAdded in the blog."))
    reviewer("export", ready, "--to", blog)
    before = post.stat()
    reviewer("export", ready, "--to", blog)
    assert (post.stat().st_mtime_ns, post.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_conflict_after_a_merge_is_in_the_way_too(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / POST
    post.write_text(post.read_text().replace("Words.", "Her words."))
    reviewer("export", ready, "--to", blog)
    ready.write_text(ready.read_text().replace("Words.", "My words."))
    assert reviewer("export", ready, "--to", blog).status == 1
    assert post.read_text().endswith("Her words.\n")


def test_replacing_at_the_writers_word_takes_the_review(reviewer, ready, blog):
    reviewer("export", ready, "--to", blog)
    post = blog / POST
    post.write_text(post.read_text().replace("Words.", "Her words."))
    reviewer("export", ready, "--to", blog, "--replace", POST)
    assert post.read_text().endswith("\nWords.\n")
