"""The docs say what is there."""

import re
from pathlib import Path

import pytest

from reviewer.cli import VERBS
from reviewer.publish.profiles import PROFILES
from reviewer.review.marks import BUILT_IN
from reviewer.text.schema import REVIEW, STILL

ROOT = Path(__file__).parent.parent


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_readme_shows_each_verb(verb):
    assert f"reviewer {verb}" in page("README.md")


@pytest.mark.parametrize("key", [*REVIEW.keys, *STILL.keys, *BUILT_IN.names])
def test_the_file_format_names_each_key(key):
    assert f"`{key}`" in page("docs/file-format.md")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_the_profiles_are_described(profile):
    assert profile.title in page("docs/profiles.md")


def test_each_promise_names_tests_that_are_there():
    named = re.findall(r"`(tests/[^`]+)`", page("docs/promises.md"))
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_each_picture_of_the_readme_is_there():
    assert not [
        name for name in re.findall(r"\]\((docs/pictures/[^)]+)\)", page("README.md")) if not (ROOT / name).is_file()
    ]


def test_no_file_holds_a_registrys_address():
    held = [
        p
        for p in (*ROOT.glob("*.toml"), *(ROOT / "script").iterdir(), *(ROOT / ".ci").iterdir())
        if re.search(r"https?://[^\s]*(pypi|simple)", p.read_text())
    ]
    assert not held
