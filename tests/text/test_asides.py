"""Notes to oneself go nowhere; spoilers are hidden; checks say where either stands."""

import datetime as dt

import pytest

from reviewer.publish.check import Subject, check
from reviewer.review.values import Review
from reviewer.text import counts
from reviewer.text.asides import notes, spoilers
from reviewer.text.markdown import Renderer


def html(text: str) -> str:
    return "\n".join(block.html for block in Renderer().render(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A %%note%% b", "<p>A b</p>"),
        ("A\n\n%% note %%\n\nB", "<p>A</p>\n<p>B</p>"),
        ("A\n\n%%\nlong\n\nnote\n%%\n\nB", "<p>A</p>\n<p>B</p>"),
        ("100%% sure", "<p>100%% sure</p>"),
        ("%% not closed\n\nB", "<p>%% not closed</p>\n<p>B</p>"),
        ("`%%code%%`", "<p><code>%%code%%</code></p>"),
    ],
)
def test_a_note_is_not_rendered(text, shown):
    assert html(text) == shown


def test_a_note_in_fenced_code_is_code():
    assert "%% x %%" in html("```\n%% x %%\n```")


def test_hidden_words_are_marked_and_hold_markdown():
    assert html("He >!*dies*!< there") == '<p>He <span class="spoiler"><em>dies</em></span> there</p>'


def test_a_line_of_hidden_words_is_no_block():
    assert "<details" not in html(">!He dies!< there")


def test_notes_are_not_counted():
    assert counts.words("one %%two three%% four\n\n%%\nfive\n%%") == 2


def test_notes_are_found_with_comments_but_not_the_mark_of_an_excerpt():
    found = notes("a %%one%%\n\n%%\ntwo\n%%\n\n<!-- three -->\n\n<!--more-->\n\n`%%no%%`")
    assert [(note.words, note.line) for note in found] == [("one", 1), ("two", 3), ("three", 7)]


def test_spoilers_are_found():
    assert [(s.words, s.line) for s in spoilers("a >!one!<\n\n>! two\n>! three")] == [
        ("one", 1),
        ("two", 3),
        ("three", 4),
    ]


def codes(text: str, excerpt: str = "") -> set[str]:
    return {f.code for f in check(Subject(Review(title="T", excerpt=excerpt), text, 1, None, dt.date(2020, 1, 1)))}


def test_a_note_is_a_finding():
    assert "note-to-oneself" in codes("a %%b%%")


@pytest.mark.parametrize(
    ("text", "excerpt", "tells"),
    [(">! He dies.\n\nText", "At last he dies", True), ("a\n\n>! He dies", "", False), ("He >!dies at last!<\n\nb", "", True), ("a\n\n>! He dies", "Good", False)],
)  # fmt: skip
def test_an_excerpt_that_tells_a_spoiler_is_a_finding(text, excerpt, tells):
    assert ("excerpt-spoiler" in codes(text, excerpt)) is tells


@pytest.mark.parametrize(
    ("profile", "line"),
    [
        ("jekyll", 'He <span class="spoiler" style="background:currentColor">dies</span>.'),
        ("hugo", "He (Spoiler: dies)."),
    ],
)
def test_a_post_holds_no_note_and_hides_the_words_as_it_can(reviewer, tmp_path, profile, line):
    review = tmp_path / "r" / "review.md"
    review.parent.mkdir()
    review.write_text(
        "---\ntitle: T\ndate: 2020-01-01\nstatus: ready\n---\n\nHe >!dies!<. %%secret%%\n\n%%\nsecret\n%%\n\n<!-- secret -->\n"
    )
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / {"jekyll": "_config.yml", "hugo": "hugo.toml"}[profile]).write_text("")
    assert reviewer("export", review, "--to", tmp_path / "blog", "--profile", profile).status == 0
    (post,) = (tmp_path / "blog").rglob("*.md")
    assert line in post.read_text()
    assert "secret" not in post.read_text()
