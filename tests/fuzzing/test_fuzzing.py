"""Every reader and writer holds its properties for whatever it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.pictures import seeds
from tests.fuzzing.properties import TARGETS

FOUND = Path(__file__).parent / "found"
WORDS = [
    "---\n", "title: ", "film:\n  year: ", "rating:\n  - {scale: ", "stills:\n  - file: ", "\n", "\r\n", ": ", "- ", "{", "}", "[", "]", "'", '"', "#", "&a ",
    "*a", "!!int ", "!!python/object:os.system ", "| \n", "> \n", "é", "\u2028", "\u202e", "\ufeff", "\x00", "1e999", "0000-00-00", "99999999999999999999", "~", "null",
    "**", "`", "```\n", "> ", ">! ", "[[Gattaca (1997)]]", "![](stills/a.jpg)", "<div>", "</div>", "[^1]", "[^1]: ", "| a | b |\n|--|--|\n", "%%", "## 1. Moon (2009)\n",
    "mark:>=4 ", "director:", "year:2005..2012 ", "-tag:", "OR ", "(", ")", "Watched Date,Name,Year\n", "2026-11-26,", "Name,", "From: ", "Subject: ", "=?utf-8?q?",
    "Content-Type: text/html\n", "\n\n", "<movie><title>", '{"title": ', '"version": 9', "true", "-1", "NaN", "{}", "[]", "name = ", "[post]\n", "<script>", "javascript:",
    "PK\x03\x04", "GIF89a", "<x:xmpmeta xmlns:x='adobe:ns:meta/'>", "Kathy", " as ", " ... ", ";", "/", "\\", "\t",
]  # fmt: skip
MADE = st.one_of(
    st.binary(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(lambda w: "".join(w).encode())
)


@pytest.mark.parametrize("target", sorted(TARGETS))
@given(data=MADE)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_it_holds_for_anything(target, data):
    TARGETS[target](data)


@given(
    st.sampled_from(list(seeds())),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), max_size=4),
    st.integers(0, 5000),
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_picture_is_taken_or_refused(picture, changes, cut):
    """Bytes changed anywhere, and the end missing."""
    damaged = bytearray(picture)
    for place, changed in changes:
        at = place % len(damaged)
        damaged[at : at + len(changed)] = changed
    TARGETS["pictures"](bytes(damaged[: cut % len(damaged) + 1]) if cut % 3 == 0 else bytes(damaged))


@pytest.mark.parametrize("sample", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_was_a_fault_is_none(sample):
    TARGETS[sample.parent.name](sample.read_bytes())
