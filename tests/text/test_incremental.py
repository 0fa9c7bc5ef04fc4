"""The incremental renderer gives byte for byte what rendering the whole gives, whatever is typed where."""

import random

import pytest

from reviewer.text.blocks import Picture
from reviewer.text.incremental import Kept
from reviewer.text.markdown import Renderer
from reviewer.text.worker import Session

CONSTRUCTS = [
    "Para one two three.", "# Head", "## Head two ##", "Text with *em* and **strong** and `code`.", "- item", "* star\n\n* loose star",
    "- item two\n- item three", "1. one\n2. two", "    code line\n    more", "```\nfenced\n\ncode\n```", "~~~ python\nx = 1\n~~~",
    "> quote", "> quote\n> more\n\n> again", ">! spoiler here", "A [link](http://x.y) and [ref].", '[ref]: http://ref.example "T"',
    "[other]: <http://o.example>", "See [other][] and [x][ref].", "Note[^1].", "[^1]: The note.", "[^b]: Note b\n\n    with more",
    "Again[^b] here.", "*[HTML]: Hyper Text", "*[HTML]: ''", "The HTML is here.", "Term\n: Definition", ": Second def", "a | b\n--|--\n1 | 2",
    "<div>\nraw\n</div>", '<div markdown="1">\n\n*in* html\n\n</div>', "<p>one</p>", "text <em>inline</em> html", "<!-- comment -->",
    "<!-- long\n\ncomment -->", "![](stills/a.jpg)", "![alt](stills/b.jpg)", "See [[Gattaca (1997)]].", "Gattaca (1997) too.", "---",
    "***", "Setext\n===", "hard  \nbreak", "&amp; &#8217; & x", "{: .cls }", "Para\n{: #id }", "   three spaces", "  - two space item",
    "\ttab code", "<http://auto.link>", "a < b > c", "x <b", "`<div>`", "<hr>", "<br>", "+ plus", "Line\n- not list",
    "**bold\nover lines**", "\\*escaped\\*", "1986. A year", "[^1]", "![x][ref]", "[link\ntext](u)", "https://plain.example",
    "“Quotes” – dash", "日本語", "emoji 😀 text", "\xa0", "***both***", "_a_ __b__", "HTML HTML", "[a]: /u 'x'\n[b]: /v", "[b] [a] [c]",
    '<span markdown="1">*x*</span>', "<details>\n<summary>s</summary>\n\n*x*\n\n</details>", "</div>", "<div>", "///Footnotes Go Here///",
    "[^n]: see [in]\n[in]: /inner", "%% note %%", "%%\nlong\n\nnote\n%%", "a %%b%% c", "%%", ">!hidden!< words", "x >!y z!< w", "&#", "{{< fig >}}", '<v r=">"', "<html><", "- a\n\n    - deep\n\n    para", "1. one\n\n2. two\n\n    code",
]  # fmt: skip
GAPS = ["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n\n\n\n", "\n \n", "\n\t\n"]
TYPED = ["x", " ", "*", "`", "<", ">", "[", "]", ":", "-", "#", "\t", "&", "|", "1."]
PICTURES = {"stills/a.jpg": Picture("Alt", "Cap", "Credit")}


def document(chance: random.Random) -> str:
    parts = [part for _ in range(chance.randint(1, 12)) for part in (chance.choice(CONSTRUCTS), chance.choice(GAPS))]
    return "".join(parts[:-1] if chance.random() < 0.7 else parts)


def edit(chance: random.Random, lines: list[str]) -> tuple[int, int, list[str]]:
    """A key, a pasted construct, a blank line, or a cut."""
    at = chance.randrange(len(lines))
    way = chance.random()
    if way < 0.5:
        place = chance.randint(0, len(lines[at]))
        return at, 1, [lines[at][:place] + chance.choice(TYPED) + lines[at][place:]]
    gone = min(chance.choice([0, 1, 1, 2, 3]), len(lines) - at)
    new = chance.choice(CONSTRUCTS).split("\n") if way < 0.75 else [""] if way < 0.85 else []
    return at, gone, new if new or gone < len(lines) else [""]


@pytest.mark.parametrize("seed", range(8))
def test_the_blocks_are_those_of_the_whole(seed):
    """500 documents with some edits each, one cache for all of them."""
    chance, kept, whole = random.Random(seed), Kept(), Renderer()
    for _ in range(500):
        kept.put(document(chance))
        for _ in range(chance.randint(1, 5)):
            assert kept.blocks(PICTURES).html == [block.html for block in whole.render(kept.text, PICTURES)], kept.text
            kept.edit(edit(chance, kept.lines))


def test_typing_renders_one_chunk(monkeypatch):
    kept = Kept()
    kept.put("\n\n".join(f"Paragraph {n} with *words*." for n in range(50)))
    kept.blocks({})
    rendered = []
    part = Renderer.part
    monkeypatch.setattr(
        Renderer, "part", lambda self, source, *rest: rendered.append(source) or part(self, source, *rest)
    )
    kept.edit((20, 1, ["Another one."]))
    kept.blocks({})
    assert rendered == ["Another one.\n"]


def test_a_changed_definition_renders_what_uses_it():
    kept = Kept()
    kept.put("See [a].\n\nNo link.\n\nEnd.\n\n[a]: /one\n")
    kept.blocks({})
    kept.edit((6, 1, ["[a]: /two"]))
    assert kept.blocks({}).html[0] == '<p>See <a href="/two">a</a>.</p>'


def test_a_changed_picture_is_seen():
    kept = Kept()
    kept.put("![](stills/a.jpg)\n\nText")
    kept.blocks({})
    assert "Cap" in kept.blocks(PICTURES).html[0]


def test_lines_follow_what_is_typed_above():
    kept = Kept()
    kept.put("a\n\nb\n\nc")
    kept.blocks({})
    kept.edit((0, 0, ["new", ""]))
    assert kept.blocks({}).lines == [1, 3, 5, 7]


@pytest.mark.parametrize(
    "text", ["a\n\n```\nb\n\nc\n```\n\nd", "Word [[Gattaca (1997)]]\n\n# Head\n\nMoon (2009)\n\n## Two", "\n\n"]
)
def test_figures_are_those_of_the_whole(text):
    from reviewer.text import counts
    from reviewer.text.mentions import mentions

    kept = Kept()
    kept.put(text)
    kept.blocks({})
    assert (kept.words(), kept.outline(), kept.mentions()) == (counts.words(text), counts.outline(text), mentions(text))


# the worker's side


def ask(session: Session, **request):
    return session.answer({"number": 1, **request})


def test_a_text_of_another_size_is_asked_for_again():
    session = Session()
    ask(session, text="ab")
    assert ask(session, edits=[[0, 1, ["abc"]]], size=3).get("resend")


def test_edits_without_a_text_are_asked_for_again():
    assert ask(Session(), edits=[[0, 1, ["a"]]], size=2).get("resend")


def test_the_judge_agrees_in_silence():
    session = Session()
    ask(session, text="a\n\nb[^1]\n\n[^1]: c")
    assert session.judge() is None


def test_where_the_judge_differs_the_whole_is_shown():
    session = Session()
    ask(session, text="a\n\nb")
    session._shown.html[1] = "<p>wrong</p>"
    assert session.judge()["shown"] == ["<p>wrong</p>"]
    assert ask(session, edits=[], size=5)["blocks"] == [[3, "<p>b</p>"]]


def test_a_text_with_a_block_as_typed_is_not_judged_after_a_key_either():
    session = Session()
    ask(session, text="a\n\nslow\n\nb", avoid=[3])
    ask(session, edits=[[0, 1, ["ab"]]], size=12)
    assert not session.unjudged
    ask(session, edits=[[2, 1, ["quick"]]], size=13)
    assert session.unjudged
