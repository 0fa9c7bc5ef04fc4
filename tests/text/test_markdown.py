"""The renderer: figures, mentions, spoilers, places, and nothing that could run or load."""

import re

import pytest

from reviewer.text import counts
from reviewer.text.blocks import Picture
from reviewer.text.markdown import Renderer
from reviewer.text.mentions import mentions, placed
from reviewer.text.worker import Session


@pytest.fixture(scope="module")
def renderer():
    return Renderer()


def html(renderer, text, **pictures):
    return "\n".join(block.html for block in renderer.render(text, pictures.get("pictures")))


def test_a_still_alone_is_a_figure_with_its_records_words(renderer):
    made = html(renderer, "![](stills/a.jpg)", pictures={"stills/a.jpg": Picture("Alt", "Cap <b>", "Fox")})
    assert '<img alt="Alt" src="stills/a.jpg">' in made or '<img src="stills/a.jpg" alt="Alt">' in made
    assert "Cap &lt;b&gt;" in made


def test_a_path_with_blanks_finds_its_record(renderer):
    made = html(renderer, "![](<stills/a b.jpg>)", pictures={"stills/a b.jpg": Picture("Alt", "Cap")})
    assert "<figcaption>" in made


def test_a_mention_is_marked(renderer):
    assert '<cite class="mention">Gattaca (1997)</cite>' in html(renderer, "See [[Gattaca (1997)]].")


def test_a_mention_in_code_is_code(renderer):
    assert "<cite" not in html(renderer, "`[[Gattaca (1997)]]`")


def test_a_spoiler_holds_markdown(renderer):
    made = html(renderer, ">! He *dies*.\n>! Or not.")
    assert made.startswith("<details")
    assert "<em>dies</em>" in made


def test_each_block_knows_its_line(renderer):
    text = "# A\n\nb\n\n```\nc\n\nd\n```\n\n<div>\ne\n\nf</div>\n\n- g\n- h\n\ni[^1]\n\n[^1]: j\n"
    assert [block.line for block in renderer.render(text)][:6] == [1, 3, 5, 11, 16, 19]


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "[x](javascript:alert(1))",
    "<iframe src=file:///etc/passwd></iframe>", "<a href='vbscript:x'>x</a>", "<object data=x></object>",
    "<style>@import 'http://x'</style>", "<form action=http://x><input></form>", "<meta http-equiv=refresh content=0>",
    "<base href=http://x>", "<div style='background:url(http://x)'>x</div>", "![x](http://tracker.example/x.png)",
    "![x](//host/x.png)", "![x](file:///etc/passwd)", "<math><mtext><img src=x onerror=alert(1)></math>", "<video src=http://x>",
    "<link rel=stylesheet href=http://x>", "[x]: javascript:alert(1)\n\n[x]",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nothing_is_loaded(renderer, attack):
    made = html(renderer, f"Before\n\n{attack}\n\nAfter").lower()
    made = re.sub(r'alt="[^"]*"', "", made)  # where the address of a remote picture is named
    for word in ("<script", "onerror", "onload", "javascript:", "vbscript:", "<iframe", "<object", "<style", "<form", "<meta",
                 "<base", "url(", "<svg", "<video", "<link", "tracker.example", "//host", "file:"):  # fmt: skip
        assert word not in made
    assert "after" in made


def test_only_what_changed_is_sent():
    session = Session()
    session.answer({"number": 1, "text": "a\n\nb\n\nc", "pictures": {}})
    answer = session.answer({"number": 2, "text": "a\n\nbb\n\nc", "pictures": {}})
    assert (answer["head"], answer["tail"], len(answer["blocks"])) == (1, 1, 1)


def test_a_text_that_breaks_the_renderer_is_an_answer_too():
    answer = Session().answer({"number": 1, "text": "- " * 600 + "x", "pictures": {}})
    assert "error" in answer or answer["blocks"]


def test_films_are_found_in_the_text():
    found = mentions("He liked [[Gattaca (1997)]], Dead Poets Society (1989) and `A Film (2000)`.")
    assert [(m.title, m.year, m.linked) for m in found] == [
        ("Gattaca", 1997, True),
        ("Dead Poets Society", 1989, False),
    ]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("As in Gattaca (1997)", "Gattaca"),
        ("Unlike Moon (2009), it", "Moon"),
        ("In the Mood for Love (2000)", "In the Mood for Love"),
        ("As Good as It Gets (1997)", "As Good as It Gets"),
        ("Like Father, Like Son (2013)", "Like Father, Like Son"),
    ],
)
def test_how_a_sentence_begins_is_no_part_of_the_title(words, title):
    assert [m.title for m in mentions(words)] == [title]


def test_images_in_code_are_not_placed():
    assert [p.file for p in placed("![](stills/a.jpg)\n\n```\n![](stills/b.jpg)\n```\n")] == ["stills/a.jpg"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("one two", 2), ("it's well-made", 2), ("![alt](x.jpg)", 1), ("千と千尋", 4), ("", 0), ("[a b](http://x.y/z)", 2)],
)
def test_words_are_counted_as_a_reader_counts(text, count):
    assert counts.words(text) == count


@pytest.mark.parametrize(("mark", "box"), [("[ ]", "☐"), ("[x]", "☑"), ("[X]", "☑")])
def test_an_item_with_a_box_is_a_task(mark, box):
    (block,) = Renderer().render(f"- {mark} see it *again*")
    assert f'<li class="task"><span class="box">{box}</span> see it <em>again</em></li>' in block.html


@pytest.mark.parametrize("item", ["[]x", "[ ]", "[x]now", "[x](https://films.example/)", "before [x] it", "\\[x] it"])
def test_other_brackets_are_no_task(item):
    assert "task" not in "".join(block.html for block in Renderer().render(f"- {item}"))
