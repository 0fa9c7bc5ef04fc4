"""Which completions come for which words."""

import pytest

from reviewer.text.completion import Source, offers

KNOWN = Source(
    people=("Mark Romanek", "Carey Mulligan", "Keira Knightley", "Zoë Kravitz", "Kathy H"),
    roles=(("Kathy H", ("Carey Mulligan", "Izzy Meikle-Small")), ("Tommy", ("Andrew Garfield",))),
    films=(("Gattaca", 1997), ("Never Let Me Go", 2010), ("The Island", None)),
)


def words(before: str, after: str = "") -> list[str]:
    return [offer.words for offer in offers(before, after, KNOWN)]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("With Carey", "", ["Carey Mulligan"]),
        ("and Mull", "", ["Carey Mulligan"]),
        ("Zoe", "", ["Zoë Kravitz"]),
        ("carey", "", []),
        ("Carey Mulligan", "", []),
        ("Carey", "x", []),
        ("Like Gatt", "", ["Gattaca (1997)"]),
        ("Never Let", "", ["Never Let Me Go (2010)"]),
        ("Gat", "", []),
        ("[[", "", ["Gattaca (1997)]]", "Never Let Me Go (2010)]]", "The Island]]"]),
        ("See [[isl", "]]", ["The Island"]),
        ("Tommy (", "", ["played by Andrew Garfield)"]),
        ("Poor Tommy (pl", ")", ["played by Andrew Garfield"]),
        ("Tommy (in", "", []),
        ("Kathy H (", "", ["played by Carey Mulligan and Izzy Meikle-Small)"]),
    ],
)
def test_what_is_offered(before, after, found):
    assert words(before, after) == found


def test_what_was_typed_goes():
    (offer,) = offers("and Mull", "", KNOWN)
    assert offer.gone == 4
