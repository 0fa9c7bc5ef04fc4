"""Documents made at random from what is hard to write, built with the real generators: the page says what was typed.

The judge is the program's own renderer. All documents go into one site of each kind, which is built once. To look at
more of them: ``REVIEWER_DOCUMENTS=600``, and another ``REVIEWER_SEED``.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
import sites
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reviewer.publish.post import make
from reviewer.publish.profiles import PROFILES, BlogSettings, recognise
from reviewer.review.values import Review
from reviewer.text.markdown import Renderer

pytestmark = pytest.mark.builds

COUNT = int(os.environ.get("REVIEWER_DOCUMENTS", "150"))
SEED = int(os.environ.get("REVIEWER_SEED", "2011"))

WORDS = ["film", "a", "Crash", "The end", "don't", "naïve", "映画", "שלום", "🎬", "1996", "I", "x", "e.g."]
SIGNS = [
    *("{{ x }}", "{% if %}", "{{< fig >}}", "{{% raw %}}", "{# c #}", "{.cls}", "{: .cls}", "{::nomarkdown}", "{{", "%}"),
    *('"quoted"', "'single'", "--", "---", "...", "…", "–", "<<x>>", "->", "(c)", "(tm)", "1/2", "^2^", "~2~", "==x=="),
    *("&amp;", "&lt;b&gt;", "AT&T", "&", "&#35;", "\\<b\\>", "a < b", "a > b", "\\*", "\\_", "\\`", "\\\\", "\\#"),
    *("snake_case_name", "2*3*4", "**", "* ", "__init__", "_x", "x_", "~~", "~~gone~~", "$x$", "$$y$$", "|", "a | b", "||"),
    *("#1", "#tag", "# ", "+ ", "- ", "1. ", "1) ", "2011. ", ": ", "= ", "=== ", "!!! ", "> ", "!", "!x", "[x]", "[x] ", "[ ]"),
    *("[Note]: x", "*[HTML]: y", "[TOC]", "[^9]", "](", "![", "http://a.example/b_c_d", "www.example.com", "a@example.com"),
    *(":smile:", ":", "::", "key: value", "https://x.example/?a=1&b=2*", "\\", "%", "%20", "@user", "<!-- x -->"),
    *("\u00a0", "\u200f", "\u202e", "é", "\u2028", "&nbsp;", "&copy;", ";", "(", ")", "''", '""', "``", "'90s", "rock 'n' roll"),
]  # fmt: skip
LINE_STARTS = [
    "",
    "",
    "",
    "",
    "#1 ",
    "+ ",
    "- ",
    "1. ",
    "1) ",
    ": ",
    "> ",
    "=== ",
    "--- ",
    "| ",
    "!!! note ",
    "~~~ ",
    "[x]: ",
    "* ",
]

word = st.sampled_from(WORDS)
sign = st.sampled_from(SIGNS)
glue = st.sampled_from([" ", " ", " ", ""])
plain = st.one_of(word, word, sign)


def joined(parts: list[tuple[str, str]]) -> str:
    return "".join(part + between for part, between in parts).strip() or "x"


some = st.lists(st.tuples(plain, glue), min_size=1, max_size=4).map(joined)


def in_code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda t: f"*{t}*"), inner.map(lambda t: f"**{t}**"), inner.map(lambda t: f"_{t}_"),
        inner.map(lambda t: f"***{t}***"), inner.map(lambda t: f"[{t}](https://x.example/a_b*c~d?c=1&copy=(2))"),
        inner.map(lambda t: f'[{t}](https://x.example "A {{title}}")'), inner.map(lambda t: f"[[{t} (1996)]]"),
    )  # fmt: skip


code = st.lists(st.tuples(plain, glue), min_size=1, max_size=3).map(joined).map(in_code)
span = st.one_of(plain, plain, code, wrapped(some), wrapped(wrapped(some)), wrapped(code))
between = st.sampled_from([" ", " ", "", "\n", "  \n"])
inline = st.lists(st.tuples(span, between), min_size=1, max_size=5).map(joined)
one_line = inline.map(lambda text: " ".join(text.split("\n")))

paragraph = st.tuples(st.sampled_from(LINE_STARTS), inline).map("".join)
heading = st.tuples(st.sampled_from(["# ", "## ", "### ", "#### "]), one_line).map("".join)
fence = st.tuples(st.sampled_from(["", "html", "python"]), st.lists(st.one_of(inline, st.just("")), min_size=1, max_size=3)).map(
    lambda p: "````" + p[0] + "\n" + "\n".join(p[1]) + "\n````"
)  # fmt: skip
indented_code = inline.map(lambda text: "\n".join("    " + line for line in text.split("\n")))


def indent(text: str, first: str) -> str:
    return first + text.replace("\n", "\n    ").replace("\n    \n", "\n\n")


def list_of(mark: str, items: list[str], apart: bool) -> str:
    marks = [f"{n}. " if mark == "1" else f"{mark} " for n in range(1, len(items) + 1)]
    return ("\n\n" if apart else "\n").join(indent(item, m.ljust(4)) for m, item in zip(marks, items, strict=True))


def lists(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(list_of, st.sampled_from(["-", "*", "1"]), st.lists(inner, min_size=1, max_size=3), st.booleans())


item = st.one_of(
    one_line,
    one_line,
    st.tuples(one_line, lists(one_line)).map("\n".join),
    st.tuples(one_line, paragraph).map("\n\n".join),
    st.tuples(one_line, fence).map("\n\n".join),
)
cell = one_line.map(lambda text: text.replace("|", "\\|"))
table = st.lists(st.tuples(cell, cell), min_size=2, max_size=3).map(
    lambda rows: "\n".join(f"| {a} | {b} |" for a, b in [rows[0], (":---", "---:"), *rows[1:]])
)
quote = st.lists(st.one_of(paragraph, lists(one_line), fence), min_size=1, max_size=2).map(
    lambda parts: "\n".join("> " + line for line in "\n\n".join(parts).split("\n"))
)
spoiler = st.lists(paragraph, min_size=1, max_size=2).map(
    lambda parts: "\n".join(">! " + line for line in "\n\n".join(parts).split("\n"))
)
definitions = st.tuples(one_line, one_line).map(lambda p: f"{p[0]}\n:   {p[1]}")
footnote = st.tuples(one_line, one_line, one_line).map(lambda p: f"{p[0]}[^1] {p[1]}\n\n[^1]: {p[2]}")
block = st.one_of(paragraph, paragraph, heading, fence, indented_code, lists(item), table, quote, spoiler, definitions,
                  st.just("* * *"), footnote)  # fmt: skip
document = st.lists(block, min_size=1, max_size=3).map("\n\n".join)


def documents(count: int, start: int) -> list[str]:
    """The same `count` documents for the same `start`; few from each seed, as later ones are much like earlier ones."""
    made: dict[str, None] = {}

    @settings(
        max_examples=3, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None
    )
    @given(document)
    def collect(text: str) -> None:
        if Renderer().render(text):
            made[text] = None

    number = start * 100_000
    while len(made) < count:
        seed(number)(collect)()
        number += 1
    return list(made)[:count]


DOCUMENTS = documents(COUNT, SEED)


KINDS = ["jekyll", "old hugo", "new hugo", "pelican", "eleventy", "hexo", "nikola", "mkdocs", "bare mkdocs", "astro"]


def filled(site: Path) -> Path:
    """The site with a post of each document."""
    known = recognise(site)
    assert known is not None
    for number, text in enumerate(DOCUMENTS):
        review = Review(title=f"Film {number}", slug=f"film-{number}", date=dt.date(2011, 2, 3))
        post = make(review, text, PROFILES[known.profile], known, BlogSettings())
        path = site / post.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(post.text)
    return site


@pytest.fixture(scope="module", params=KINDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> sites.Build:
    folder = tmp_path_factory.mktemp("documents") / "site"
    if request.param == "jekyll":
        return sites.build_jekyll(filled(sites.jekyll_site(folder, "timezone: Europe/Berlin\n")))
    if request.param == "eleventy":
        return sites.build_eleventy(filled(sites.eleventy_site(folder)))
    if request.param == "hexo":
        return sites.build_hexo(filled(sites.hexo_site(folder)))
    if request.param == "nikola":
        return sites.build_nikola(filled(sites.nikola_site(folder)))
    if "mkdocs" in request.param:
        return sites.build_mkdocs(filled(sites.mkdocs_site(folder, extensions="bare" not in request.param)))
    if request.param == "astro":
        return sites.build_astro(filled(sites.astro_site(folder)))
    if request.param == "pelican":
        return sites.build_pelican(filled(sites.pelican_site(folder, yaml=False)))
    if request.param == "old hugo":
        return sites.build_hugo(filled(sites.hugo_site(folder, "config.toml")), sites.old_hugo())
    return sites.build_hugo(filled(sites.hugo_site(folder)), sites.new_hugo())


def differing(built: sites.Build, see, notes: bool = True) -> list[str]:
    """Each document of which the page shows something else than our renderer, with both."""
    found = []
    demotes = (built.site / "conf.py").exists()  # Nikola has no headings of the first level inside a post
    for number, text in enumerate(DOCUMENTS):
        if not notes and "[^1]: " in text:
            continue
        page = built.page(f"film-{number}").content
        ours = sites.parse("\n".join(b.html for b in Renderer().render(text)))
        expected = re.sub("h1>", "h2>", see(ours)) if demotes and see is sites.shape else see(ours)
        if see(page) != expected:
            post = next(
                p
                for p in built.site.rglob("*.md")
                if p.stem.endswith(f"-film-{number}") or f"film-{number}" in (p.stem, p.parent.name)
            )
            written = post.read_text("utf-8").split("\n---\n\n", 1)[-1]
            found.append(f"typed:\n{text}\nwritten:\n{written}ours:\n{see(ours)}\npage:\n{see(page)}\n")
    return found


def test_a_site_of_such_documents_is_built(built):
    assert built.status == 0, built.said[-4000:]
    assert built.complaints() == []


def test_each_page_says_what_was_typed(built):
    found = differing(built, sites.lines)
    assert not found, f"{len(found)} of {len(DOCUMENTS)}\n" + "\n".join(found[:5])


def test_marks_mean_on_the_page_what_they_meant(built):
    """Where notes stand, each generator arranges them its own way; their words are judged above."""
    found = differing(built, sites.shape, notes=False)
    assert not found, f"{len(found)} of {len(DOCUMENTS)}\n" + "\n".join(found[:5])
