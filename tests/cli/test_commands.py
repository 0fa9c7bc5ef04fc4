"""Each verb of the command line, as a critic would use it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer import __version__


def test_new_prints_the_path_of_the_review(reviewer, library):
    said = reviewer("new", library, "--title", "Never Let Me Go", "--year", "2010")
    assert Path(said.out.strip()) == library / "never-let-me-go-2010" / "review.md"


def test_two_films_of_one_name_get_two_folders(reviewer, library):
    paths = {reviewer("new", library, "--title", "Crash").out for _ in range(3)}
    assert len(paths) == 3


@pytest.mark.parametrize(
    ("field", "key", "shown"),
    [
        ("status=ready", "status", "ready"),
        ("film.year=2010", "film.year", "2010"),
        ("rating.five-stars=4", "rating.five-stars", "4"),
        ("rating.five-stars=3½", "rating.five-stars", "3.5"),
        ("rating.letters=b+", "rating.letters", "B+"),
        ("categories=Movies,4 star movies", "categories", "Movies\n4 star movies"),
        ("tags=A\\, B,C", "tags", "A, B\nC"),
        ("credits.director=Mark Romanek", "credits.director", "Mark Romanek"),
        ("film.ids.imdb=tt1334260", "film.ids.imdb", "tt1334260"),
        ("date=2011-02-03T23:30:00-05:00", "date", "2011-02-03T23:30:00-05:00"),
        ('title=It\'s "so": {{ x }} #1', "title", 'It\'s "so": {{ x }} #1'),
    ],
)
def test_what_set_writes_get_reads(reviewer, review, field, key, shown):
    assert reviewer("set", review, field).status == 0
    assert reviewer("get", review, key).out.rstrip("\n") == shown


def test_several_fields_are_one_write(reviewer, review):
    reviewer("set", review, "status=ready", "author=Ana Ruiz", "film.runtime=97")
    assert "status: ready" in review.read_text()
    assert "runtime: 97" in review.read_text()


def test_one_wrong_field_and_nothing_is_written(reviewer, review):
    before = review.read_bytes()
    said = reviewer("set", review, "status=ready", "film.year=soon")
    assert said.status == 2
    assert "year between" in said.err
    assert review.read_bytes() == before


def test_an_empty_value_takes_the_field_away(reviewer, review):
    reviewer("set", review, "author=Ana")
    reviewer("set", review, "author=")
    assert "author" not in review.read_text()


def test_the_category_follows_the_mark(reviewer, review):
    reviewer("set", review, "rating.five-stars=4")
    reviewer("set", review, "rating.five-stars=3")
    assert reviewer("get", review, "categories").out.split("\n")[0] == "3 star movies"


def test_a_cast_is_set_as_a_list(reviewer, review):
    reviewer("set", review, "credits.cast=Sam Rockwell as Sam; GERTY - Kevin Spacey")
    assert json.loads(reviewer("get", review, "credits.cast").out)[1] == {"role": "GERTY", "actors": ["Kevin Spacey"]}


def test_stills_are_copied_and_recorded(reviewer, review, picture):
    boat = picture("Boat in Fog.JPG")
    said = reviewer("stills", "add", review, boat, "--alt", "A boat", "--basis", "own", "--lead")
    assert said.out.strip() == "stills/boat-in-fog.jpg"
    assert (review.parent / "stills/boat-in-fog.jpg").read_bytes() == boat.read_bytes()
    assert reviewer("get", review, "stills").out.count("A boat") == 1


def test_a_still_is_named_by_its_file(reviewer, review, picture):
    reviewer("stills", "add", review, picture("boat.jpg"))
    assert reviewer("set", review, "stills.boat.jpg.permission.basis=own").status == 0
    assert "basis: own" in review.read_text()


def test_check_gives_json_of_the_promised_shape(reviewer, review):
    reviewer("set", review, "title=")
    said = reviewer("check", "--json", review.parent.parent)
    found = json.loads(said.out)["reviews"][0]
    assert set(found) == {"path", "title", "findings"}
    assert set(found["findings"][0]) == {"code", "severity", "message", "line", "fix"}
    assert said.status == 1


def test_render_is_one_page_with_its_stills_inside(reviewer, review, picture, tmp_path):
    reviewer("stills", "add", review, picture("boat.png"), "--place", "--basis", "own")
    reviewer("render", review, "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "data:image/png;base64," in page
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)


def test_render_takes_a_style_of_ones_own(reviewer, review, tmp_path):
    (tmp_path / "mine.css").write_text("body { color: teal }")
    reviewer("render", review, "-o", tmp_path / "page.html", "--style", tmp_path / "mine.css")
    assert "color: teal" in (tmp_path / "page.html").read_text()


def test_profiles_lists_them_all(reviewer):
    assert [line.split()[0] for line in reviewer("profiles").out.splitlines()] == [
        "jekyll",
        "hugo",
        "eleventy",
        "hexo",
        "astro",
        "pelican",
        "nikola",
        "mkdocs",
        "zola",
        "plain",
        "html",
        "wordpress",
    ]


def test_the_version_is_printed(reviewer_process):
    assert reviewer_process("--version").stdout.strip() == f"Reviewer {__version__}"


@pytest.mark.parametrize("verb", ["new", "set", "get", "stills add", "check", "render", "export", "profiles"])
def test_each_verb_has_help_with_an_example(reviewer, verb):
    said = reviewer(*verb.split(), "--help")
    assert said.status == 0
    assert "example: reviewer" in said.out


@pytest.mark.parametrize("words", [["get"], ["set", "x"], ["export", "x"], ["--nonsense"], ["a", "b"]])
def test_a_wrong_command_line_is_one_line_and_status_two(reviewer, words):
    said = reviewer(*words)
    assert said.status == 2
    assert len(said.err.strip().splitlines()) == 1


def test_the_verbs_import_no_qt(review):
    code = f"import sys; from reviewer import cli; cli.run(['check', {str(review)!r}]); print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_a_review_begins_with_a_template(library, reviewer):
    said = reviewer("new", library, "--title", "Two faces", "--film", "Gattaca", "--year", "1997", "--other", "Moon (2009)",
                    "--template", "Double Bill")  # fmt: skip
    text = Path(said.out.strip()).read_text()
    assert "      title: Moon\n      year: 2009\n" in text
    assert "## Moon\n" in text


def test_a_template_that_is_not_there_is_explained(library, reviewer):
    said = reviewer("new", library, "--title", "A", "--template", "poem")
    assert said.status == 2
    assert "long-essay" in said.err
    assert not library.exists() or not list(library.iterdir())


def test_a_further_film_is_set_by_its_number(review, reviewer):
    assert reviewer("set", review, "also.1.film.title=Moon", "also.1.film.year=2009", "also.1.rating.five-stars=4",
                    "also.1.credits.cast=Sam Rockwell as Sam").status == 0  # fmt: skip
    found = json.loads(reviewer("get", review, "also").out)
    assert found[0]["film"] == {"title": "Moon", "year": 2009}
    assert (found[0]["rating"], found[0]["credits"]["cast"]) == (
        [{"scale": "five-stars", "value": 4}], [{"role": "Sam", "actors": ["Sam Rockwell"]}],
    )  # fmt: skip
    reviewer(
        "set", review, "also.1.film.title=", "also.1.film.year=", "also.1.rating.five-stars=", "also.1.credits.cast="
    )
    assert reviewer("get", review, "also").out.strip() in ("", "[]", "null")


@pytest.mark.parametrize("key", ["also.2.film.title=X", "also.x.film.title=X", "also.1.tags=X", "also=X"])
def test_a_further_film_that_cannot_be_is_explained(review, reviewer, key):
    said = reviewer("set", review, key)
    assert said.status == 2
    assert "also.1.film.title" in said.err
