"""First mentions of films put into double brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.mentions import linked_first, mentions


def link(text, *known):
    return linked_first(text, lambda title, year: f"{title} ({year})" in known)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("As in Gattaca (1997), so.", "As in [[Gattaca (1997)]], so."),
        ("Gattaca (1997) and Gattaca (1997)", "[[Gattaca (1997)]] and Gattaca (1997)"),
        ("Gattaca (1997) or [[gattaca (1997)]]", "Gattaca (1997) or [[gattaca (1997)]]"),
        ("[Gattaca (1997)](a.md), later Gattaca (1997)", "[Gattaca (1997)](a.md), later [[Gattaca (1997)]]"),
        ("![Gattaca (1997)](a.jpg)", "![Gattaca (1997)](a.jpg)"),
        ("`Gattaca (1997)`", "`Gattaca (1997)`"),
        ("```\nGattaca (1997)\n```\n", "```\nGattaca (1997)\n```\n"),
        ("Moon (2009), Gattaca (1997)", "Moon (2009), [[Gattaca (1997)]]"),
        ("Gattaca (1998)", "Gattaca (1998)"),
        ("<!--\nGattaca (1997)\n-->", "<!--\nGattaca (1997)\n-->"),
        ('[x]: http://a.org "Gattaca (1997)"', '[x]: http://a.org "Gattaca (1997)"'),
        ("😀 Gattaca (1997)", "😀 [[Gattaca (1997)]]"),
    ],
)
def test_the_first_mention_is_linked_where_it_may_be(text, made):
    assert link(text, "Gattaca (1997)") == made


WORDS = st.lists(
    st.sampled_from(["Gattaca (1997)", "[[", "]]", "Moon (2009)", "`", "\n", " and ", "[x](y)", "("]), max_size=12
)


@given(WORDS)
def test_linking_twice_changes_nothing_and_no_word_is_lost(parts):
    text = "".join(parts)
    once = linked_first(text, lambda *_: True)
    assert linked_first(once, lambda *_: True) == once
    assert once.replace("[[", "").replace("]]", "") == text.replace("[[", "").replace("]]", "")
    assert {one.name for one in mentions(text)} <= {one.name for one in mentions(once)}
