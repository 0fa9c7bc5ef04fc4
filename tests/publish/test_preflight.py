"""The last look before a post goes out, and the levels that the writer gives to what is found."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from reviewer.publish import check as checks
from reviewer.publish.check import Subject, check
from reviewer.review.findings import Severity
from reviewer.review.values import Credits, Film, Mark, Review, Role, Still
from reviewer.text.spelling import speller

READY = Review(title="Moon", date=dt.date(2009, 7, 17), status="ready", excerpt="x", rating=(Mark("five-stars", 4),))
TODAY = dt.date(2020, 1, 1)
ROOT = Path(__file__).parents[2]


def codes(review, text="Words.", folder=None, levels=None):
    return {finding.code for finding in check(Subject(review, text, 1, folder, TODAY, levels=levels or {}))}


def changed(**values):
    from dataclasses import replace

    return replace(READY, **values)


def test_a_ready_review_that_has_all_is_left_alone():
    assert codes(READY) == set()


@pytest.mark.parametrize(
    ("code", "values"),
    [("mark-missing", {"rating": ()}), ("excerpt-missing", {"excerpt": " "}), ("title-long", {"title": "x" * 71})],
)
def test_what_a_ready_review_lacks_is_said(code, values):
    assert code in codes(changed(**values))


@pytest.mark.parametrize(
    ("code", "text"),
    [("name-differs", "Words.\n\nKeira Knightly runs."), ("role-differs", "Words.\n\nRuth (played by Jane Doe) runs.")],
)
def test_what_the_text_says_otherwise_than_the_credits_is_named_with_its_line(code, text):
    review = changed(credits=Credits(cast=(Role("Ruth", ("Keira Knightley",)),)))
    (finding,) = check(Subject(review, text, 11, None, TODAY))
    assert (finding.code, finding.severity, finding.line) == (code, Severity.WARNS, 13)


@pytest.mark.parametrize("status", ["idea", "draft", ""])
def test_a_draft_is_not_asked_for_what_it_lacks(status):
    assert codes(changed(status=status, rating=(), excerpt="", title="x" * 99)) == set()


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("# The end\n\n[there](#the-end)", False), ("[there](#the-end)", True), ("# What's *so* good?\n\n[a](#whats-so-good)", False),
        ("`[there](#nowhere)`", False), ("[^1] a [x](#fn:1)\n\n[^1]: b", False),
    ],
)  # fmt: skip
def test_a_link_to_a_heading_that_is_not_there_is_named(text, dead):
    assert ("link-anchor" in codes(READY, text)) == dead


@pytest.mark.parametrize(
    ("target", "dead"),
    [
        ("../moon-2009/review.md", True), ("there.txt", False), ("there.txt#part", False), ("not%20there.txt", True),
        ("https://x.example/", False), ("mailto:a@x.example", False), ("/about/", False), ("//x.example", False), ("?a=1", False),
    ],
)  # fmt: skip
def test_a_link_to_a_file_that_is_not_there_is_named(tmp_path, target, dead):
    (tmp_path / "there.txt").write_text("x")
    assert ("link-missing" in codes(READY, f"A [link]({target}).", tmp_path)) == dead


def test_the_line_of_a_dead_link_is_the_files(tmp_path):
    (found,) = check(Subject(READY, "One.\n\n[a](gone.md)", 10, tmp_path, TODAY))
    assert found.line == 12


def test_what_looks_like_a_template_is_said_to_be_shown_as_typed():
    assert "template-typed" in codes(READY, "A {{ page.title }} here.")
    assert "template-typed" not in codes(READY, "A `{{ page.title }}` here, and { one }.")


def test_a_very_large_still_is_named(tmp_path):
    (tmp_path / "stills").mkdir()
    with (tmp_path / "stills" / "a.png").open("wb") as file:
        file.truncate(30_000_000)
    assert "still-large" in codes(changed(stills=(Still("stills/a.png"),)), folder=tmp_path)


@pytest.mark.parametrize(
    ("level", "severity"), [("blocks", Severity.BLOCKS), ("warns", Severity.WARNS), ("advises", Severity.ADVISES)]
)
def test_the_writers_own_level_counts(level, severity):
    (found,) = check(Subject(changed(rating=()), "Words.", 1, None, TODAY, levels={"mark-missing": level}))
    assert found.severity is severity


def test_a_kind_that_she_leaves_out_is_not_said():
    assert codes(changed(rating=()), levels={"mark-missing": "off"}) == set()


@pytest.mark.parametrize("code", ["title-missing", "date-missing"])
def test_what_a_post_cannot_do_without_cannot_be_left_out(code):
    assert code in codes(Review(), levels={code: "off"})


def test_a_finding_that_she_lets_block_holds_the_export_back(reviewer, ready, blog, folders):
    from dataclasses import replace

    from reviewer.library import settings

    reviewer("set", ready, "status=ready", "excerpt=")
    library = ready.parent.parent
    settings.store(folders, library, replace(settings.load(folders, library), levels={"excerpt-missing": "blocks"}))
    assert reviewer("export", ready, "--to", blog).status == 1
    assert json.loads(reviewer("check", ready, "--json").out)["reviews"][0]["findings"][0]["code"] == "excerpt-missing"


def known_codes():
    """Every code that the program's own text gives to a finding."""
    found = set()
    for path in (ROOT / "reviewer").rglob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"Finding\(\s*f?\"([a-z]+(?:-[a-z]+)+)\"", text))
        found |= set(re.findall(r"(?:_about\(still|_dead\(|_about\(\s*still), f?\"([a-z]+(?:-[a-z]+)+)\"", text))
        found |= set(re.findall(r"_dead\(\"([a-z-]+)\"", text))
    return sorted(found)


@pytest.mark.parametrize("code", known_codes())
def test_each_finding_has_its_line_in_the_docs(code):
    assert f"`{code}`" in (ROOT / "docs" / "findings.md").read_text("utf-8")


def test_the_count_of_the_checks_is_right():
    text = (ROOT / "reviewer" / "publish" / "check.py").read_text("utf-8") + (
        ROOT / "reviewer" / "publish" / "preflight.py"
    ).read_text("utf-8")
    made = set(re.findall(r"\"([a-z]+(?:-[a-z]+)+)\", (?:BLOCKS|WARNS|ADVISES|Severity)", text)) | set(
        re.findall(r"_dead\(\"([a-z-]+)\"", text)
    )
    verdicts = {f"permission-{verdict}" for verdict in ("unknown", "waiting", "refused", "expired")}
    assert len(made | verdicts) == checks.COUNT


@pytest.fixture(scope="module")
def english():
    return speller("en", Path("nowhere"))


def spelt(review, text, speller):
    found = check(Subject(review, text, 5, None, TODAY, speller=speller))
    return next((finding for finding in found if finding.code == "spelling-open"), None)


def test_words_that_no_dictionary_knows_are_named_with_the_first_line(english):
    finding = spelt(READY, "A film.\n\nTeh end of teh wrold, teh end.", english)
    assert (finding.message, finding.line) == ("3 words are in no dictionary: “Teh”, “teh”, “wrold”.", 7)


def test_spelling_of_a_draft_is_left_alone(english):
    assert spelt(changed(status="draft"), "Teh film.", english) is None


@pytest.mark.parametrize(
    "text", ["Clint Mansell’s score.", "As in Stroszek (1977).", "[[Qatsi (1982)]] again.", "`teh`", "```\nteh\n```"]
)
def test_names_of_the_review_films_it_mentions_and_code_are_no_open_words(english, text):
    assert spelt(changed(film=Film(title="Mansell")), text, english) is None


def test_without_a_dictionary_nothing_is_said_of_words():
    assert spelt(READY, "Teh film.", speller("tlh", Path("nowhere"))) is None


def test_the_writers_own_words_are_known(tmp_path):
    (tmp_path / "words.txt").write_text("blorp\n\n", "utf-8")
    assert spelt(READY, "Blorp, a blorp.", speller("en", tmp_path)) is None
