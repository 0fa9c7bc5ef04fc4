"""A section changes its place with all that is in it."""

import pytest

from reviewer.text import counts
from reviewer.text.outline import moved, section

TEXT = "Start\n\n# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n"


def move(text: str, number: int, before: int) -> str:
    return "\n".join(moved(text.split("\n"), counts.outline(text), number, before))


@pytest.mark.parametrize(
    ("number", "before", "made"),
    [
        (2, 0, "Start\n\n# C\n\nc\n\n# A\n\na\n\n## B\n\nb\n"),
        (0, 3, "Start\n\n# C\n\nc\n\n# A\n\na\n\n## B\n\nb\n"),
        (1, 3, "Start\n\n# A\n\na\n\n# C\n\nc\n\n## B\n\nb\n"),
        (0, 1, TEXT),
        (0, 2, TEXT),
    ],
)
def test_a_section_moves(number, before, made):
    assert move(TEXT, number, before) == made


def test_there_and_back_is_the_same_text():
    assert move(move(TEXT, 2, 0), 0, 3) == TEXT


def test_a_section_holds_those_below_it():
    assert section(counts.outline(TEXT), 0, 14) == (2, 10)
