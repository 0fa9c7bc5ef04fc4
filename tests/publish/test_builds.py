"""Reviews made on the command line, exported, and built by the real generators: the page says what the critic wrote."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sites
from PIL import Image

from reviewer.library.reviews import open_review
from reviewer.stills.derive import publishable
from reviewer.text.markdown import Renderer

pytestmark = pytest.mark.builds


@dataclass(frozen=True)
class Made:
    """A review as it is typed on the command line, and what its page must show."""

    slug: str
    title: str
    date: str
    text: str
    year: int = 2010
    fields: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("Movies",)
    stills: tuple[dict[str, str], ...] = ()
    cast: tuple[tuple[str, str], ...] = ()
    own_slug: bool = False
    path: list[Path] = field(default_factory=list)


def seed() -> str:
    """The critic's text of the sample: its paragraphs from the first on the film to the verdict."""
    whole = (Path(__file__).parents[1] / "samples" / "never-let-me-go.txt").read_text("utf-8")
    start = whole.index("Never Let Me Go (2010) is one of")
    return whole[start : whole.index("It did for me.") + len("It did for me.")]


SIGNS = """\
{{ page.title }} and {% if %} and {{< figure >}} and {{% raw %}} and {# note #} and {.class} stand in the text. {{
"Straight" and 'single', “curly” and ‘so’: don't, rock 'n' roll, '90s. He said "no" -- then --- silence... Really?
<b>not bold</b> &amp; a < b > c & d; AT&T &copy 2011; x &lt; y.
4 | B+ | $5 and $$6$$; H~2~O, 10^3^, ==mark==, ~~not gone~~, C++ and ++i++, :smile: (c) (tm) -> 1/2.
snake_case_name, 2*3*4, *not* **bold\\** `code`, [Note]: this is my verdict. [^99] [TOC] [x] [ ] a@example.com
https://films.example/?a=1&b=2 www.example.com 50% %20 #hashtag @user back\\slash\\ end
""".replace("<b>not bold</b>", "\\<b\\>not bold\\</b\\>")

LINES = """\
\\#1 film of the year

1989\\. That was a year.

\\- a dash, \\+ a plus, \\* a star

!!! note this

: a colon begins this

=== and this

\\> no quote

*[Gattaca](https://films.example/gattaca_(film)?a=1&b=2 "A \\"title\\" {{ x }}")* was better. [Note]: so was *[Moon]: the film*.
"""

CODE = """\
Write `{{ page.title }}` or `{% raw %}` or `{{< figure src="x" >}}`, `a | b`, `` ` `` and `<b>&amp;"'--...`.

```liquid
{% for post in site.posts %}
  {{ post.title | escape }}  # "quotes" -- <b>
{% endfor %}
```

```
{{< figure src="x.jpg" >}}
\tif a < b && c > d:   # tab, | pipes |, `ticks`, \\ back

    indented, {: .cls}
```

The end.
"""

TABLE = """\
| Film | Mark | "Why" |
| :--- | :---: | ---: |
| Crash | 4 \\| B+ | `a \\| b` and *so* |
| {{ x }} | **9** | a < b |
| [Moon](https://films.example/moon) | | ¡olé! |
"""

NOTES = """\
A claim.[^1] Another, “quoted”.[^long] And the first again.[^1]

[^1]: With *stress*, "quotes" and {{ braces }}.
[^long]: A longer note: 4 | B+.
"""

BREAKS = """\
Roses are red,\x20\x20
*violets* are blue,\x20\x20
{{ x }} is a **sign**.

> A quotation,\x20\x20
> in two lines.
>
> — Somebody

>! He was dead\x20\x20
>! all along -- "really".

After it.
"""

TERMS = """\
Auteur
:   The one who is blamed. "Quoted", {{ x }}.

MacGuffin
:   What they are after.
:   Also: nothing at all.

Plain text.
"""

LISTS = """\
1. First *thing*
    - inner {{ x }}
    - inner "two"
        1. deep
        2. deeper
2. Second

    A paragraph in it.

    - and a list

* * *

- one
- two

1. ordered after unordered
2. so

#### A heading: {{ x }} {#not-an-id} "quoted"
"""

TASKS = """\
To do before it is *out*:

- [ ] see it again {{ x }}
- [x] **write** it
    - [x] the first page
    - [ ] "the rest"
- no task
- [x](https://films.example/) is a link

* * *

1. [x] one

2. [ ] two

    with a paragraph
"""

SCRIPTS = """\
🎬👩‍👩‍👧 *映画*は**素晴らしい**。 “Ça va?” naïve façade… – — ﬁ Å Å

שלום *עולם* (1997) "ציטוט". مرحبا **بالعالم**: 50%.

\u200fمن اليمين\u200f and [[זהב (2001)]] or [[Gattaca (1997)]].
"""

STRESS = """\
*Gattaca*'s gene. *"Quoted"* and **(bracketed)**word, un*frigging*believable, **“So?”**he asked.

***All*** of it; **bold with *stress* inside**; *stress with **bold** inside*; *a***b**; [*linked*](https://films.example/~x)s.

*Crash* (*1996*) and [a [bracket] link](https://films.example/a_b*c?x={{y}}&z=|). <https://films.example/?a=1&copy=2>
"""

BOAT = {"alt": 'Three "friends" & a {{ boat }}', "caption": "Kathy, Tommy & Ruth find the <boat>: *really* {% x %}",
        "credit": "Fox Searchlight | “Pictures”"}  # fmt: skip
PIER = {"alt": "A pier", "caption": "The pier at dusk", "credit": "Press office"}

REVIEWS = (
    Made("never-let-me-go", "Never Let Me Go", "2011-02-03", seed(), 2010,
         ("updated=2011-10-06", "rating.five-stars=4", "rating.letters=B+", "credits.director=Mark Romanek"),
         ("Movies", "4 star movies"), (BOAT, PIER),
         (("Kathy", "Carey Mulligan, Izzy Meikle-Small"), ("Tommy", "Andrew Garfield, Charlie Rowe"))),
    Made("signs", 'Signs: "{{ x }}" <b> & #1 \'s | 3:10 — \\n', "2011-12-31T23:30:00-05:00", SIGNS, 2002,
         categories=("{{ x }}", 'A "quoted": #1', "4 star movies"), own_slug=True),
    Made("lines", "#1: no, yes", "2012-02-29T23:30:00+09:00", LINES, 2003, own_slug=True),
    Made("code", "Code {% raw %}", "2012-01-01T00:15:00+09:00", CODE, 2004, own_slug=True),
    Made("table", "3:10 to Yuma", "2013-07-04T23:30:00-05:00", TABLE, 2007, own_slug=True),
    Made("notes", "null", "2014-01-01", NOTES, 2005, ("rating.five-stars=0",), own_slug=True),
    Made("breaks", "1917", "2019-12-31T23:30:00+09:00", BREAKS, 2019, own_slug=True),
    Made("terms", "No: Really?", "2015-06-30T23:30:00-05:00", TERMS, 2006, own_slug=True),
    Made("crash-1996", "Crash", "2016-03-03", LISTS, 1996, own_slug=True),
    Made("crash-2004", "Crash", "2016-03-03", STRESS, 2004, own_slug=True, stills=(PIER,)),
    Made("tasks", "Tasks", "2018-05-05", TASKS, 2008, own_slug=True),
    Made("scripts", "映画 🎬 שלום", "2017-10-29T23:30:00+09:00", SCRIPTS, 2001, categories=("映画", "Élan"), own_slug=True),
)  # fmt: skip
NAMES = [made.slug for made in REVIEWS]
BY_NAME = {made.slug: made for made in REVIEWS}
KINDS = [
    "jekyll under /blog in New York",
    "jekyll without a zone",
    "old hugo",
    "new hugo",
    "pelican",
    "pelican with YAML",
    "eleventy",
    "hexo",
    "nikola",
    "mkdocs with extensions",
    "mkdocs without extensions",
    "astro 7",
    "astro 5",
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, command) -> dict[str, Path]:
    """Every review, made on the command line: its ``review.md`` by name."""
    base = tmp_path_factory.mktemp("work")
    return {made.slug: _write(made, base, command) for made in REVIEWS}


def _write(made: Made, base: Path, command) -> Path:
    (base / "text.md").write_text(made.text, "utf-8")
    path = Path(
        command("new", base / "Reviews", "--title", made.title, "--year", made.year, "--text", base / "text.md")
    )
    categories = ",".join(word.replace(",", "\\,") for word in made.categories)
    slug = [f"slug={made.slug}"] if made.own_slug else []
    command("set", path, f"date={made.date}", f"categories={categories}", "status=ready", *made.fields, *slug)
    for number, still in enumerate(made.stills):
        picture = base / f"{made.slug} still {number}.{'jpg' if number % 2 == 0 else 'png'}"
        _draw(picture, number)
        command("stills", "add", path, picture, *(f"--{key}={words}" for key, words in still.items()), "--basis=permission",
                "--state=granted", "--holder=Fox Searchlight", *(["--lead"] if number == 0 else ["--place"]))  # fmt: skip
    if made.cast:
        roles = "".join(f"    - {{role: {role}, actors: [{actors}]}}\n" for role, actors in made.cast)
        text = path.read_text("utf-8")
        assert "credits:\n" in text
        path.write_text(text.replace("credits:\n", f"credits:\n  cast:\n{roles}", 1), "utf-8")
    return path


def _draw(path: Path, number: int) -> None:
    image = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    exif = Image.Exif()
    exif[0x0110] = "A camera that nobody needs to know of"
    image.rotate(90 * number).save(path, exif=exif)


@pytest.fixture(scope="module", params=KINDS)
def built(request, written, tmp_path_factory: pytest.TempPathFactory, command) -> sites.Build:
    kind = request.param
    folder = tmp_path_factory.mktemp("blog") / "site"
    if kind.startswith("jekyll under"):
        site = sites.jekyll_site(folder, 'baseurl: "/blog"\ntimezone: America/New_York\n')
    elif kind.startswith("jekyll"):
        site = sites.jekyll_site(folder)
    elif kind.startswith("pelican"):
        site = sites.pelican_site(folder, yaml="YAML" in kind)
    elif kind in ("eleventy", "hexo"):
        site = sites.eleventy_site(folder) if kind == "eleventy" else sites.hexo_site(folder)
    elif kind == "nikola":
        site = sites.nikola_site(folder)
    elif kind.startswith("mkdocs"):
        site = sites.mkdocs_site(folder, extensions="without" not in kind)
    elif kind.startswith("astro"):
        site = sites.astro_site(folder, int(kind[-1]))
    else:
        site = sites.hugo_site(folder, "config.toml" if kind == "old hugo" else "hugo.toml")
    command("export", *written.values(), "--to", site)
    if kind.startswith("jekyll"):
        return sites.build_jekyll(site, "UTC" if "New York" in kind else "Pacific/Kiritimati")
    if kind.startswith("pelican"):
        return sites.build_pelican(site)
    if kind == "nikola" or kind.startswith(("mkdocs", "astro")):
        return {"n": sites.build_nikola, "m": sites.build_mkdocs, "a": sites.build_astro}[kind[0]](site)
    if kind in ("eleventy", "hexo"):
        return sites.build_eleventy(site) if kind == "eleventy" else sites.build_hexo(site)
    return sites.build_hugo(site, sites.old_hugo() if kind == "old hugo" else sites.new_hugo())


def rendered(path: Path) -> sites.Element:
    """The review's text by the program's own renderer, without its figures."""
    text = re.sub(r"(?m)^!\[\]\(.*\)$", "", open_review(path).reading.document.text)
    return sites.parse("\n".join(block.html for block in Renderer().render(text)))


def without_figures(element: sites.Element) -> sites.Element:
    kept = [without_figures(c) if isinstance(c, sites.Element) else c for c in element.children
            if not (isinstance(c, sites.Element) and (c.tag == "figure" or _is_caption(c) or _is_picture(c)))]  # fmt: skip
    return sites.Element(element.tag, element.attributes, kept)


def _is_caption(element: sites.Element) -> bool:
    """Whether it is a paragraph that stands for a caption, where a site lets no figures through."""
    return element.tag == "p" and element.attributes.get("class") == "still"


def _is_picture(element: sites.Element) -> bool:
    return element.tag == "p" and bool(list(element.all("img"))) and not element.text().strip()


def test_the_generator_builds_without_a_word_of_warning(built):
    assert built.status == 0, built.said
    assert built.complaints() == []


@pytest.mark.parametrize("name", NAMES)
def test_the_title_is_the_critics(built, name):
    assert (built.page(name).heading, built.page(name).title) == (BY_NAME[name].title,) * 2


@pytest.mark.parametrize("name", NAMES)
def test_the_day_is_the_critics_calendar_day(built, name):
    assert built.page(name).day == BY_NAME[name].date[:10]


@pytest.mark.parametrize("name", NAMES)
def test_the_categories_are_whole(built, name):
    words = list(BY_NAME[name].categories)
    shown = built.page(name).categories
    assert (sorted(shown) if built.by_name else shown) == (
        words[:1] if built.one_category else sorted(words) if built.by_name else words
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_same_sentence_by_sentence(built, written, name):
    ours = sites.sentences(rendered(written[name]))
    page = sites.sentences(without_figures(built.page(name).content))
    assert ours
    assert page[-len(ours) :] == ours


@pytest.mark.parametrize("name", NAMES)
def test_emphasis_links_and_lists_mean_the_same(built, written, name):
    assert sites.shape(without_figures(built.page(name).content)).endswith(sites.shape(rendered(written[name])))


@pytest.mark.parametrize("name", NAMES)
def test_code_is_exact(built, written, name):
    page, ours = (_codes(element) for element in (built.page(name).content, rendered(written[name])))
    assert page == ours


def _codes(element: sites.Element) -> list[str]:
    """Code in lines and blocks; Nikola writes a block's without ``code`` inside ``pre``."""
    found = [code for code in element.all("code", "pre") if code.tag == "code" or not list(code.all("code"))]
    return [code.text().rstrip("\n") for code in found]


@pytest.mark.parametrize("name", [made.slug for made in REVIEWS if made.stills])
def test_stills_are_published_byte_for_byte_as_prepared(built, written, name):
    was = open_review(written[name])
    made = [publishable((was.folder / still.file).read_bytes(), still) for still in was.reading.review.stills]
    assert [path.read_bytes() for path in _pictures(built, name)] == made


@pytest.mark.parametrize("name", [made.slug for made in REVIEWS if made.stills])
def test_stills_have_the_pixels_of_the_originals(built, written, name):
    was = open_review(written[name])
    for path, still in zip(_pictures(built, name), was.reading.review.stills, strict=True):
        with Image.open(path) as published, Image.open(was.folder / still.file) as original:
            assert (published.size, published.tobytes()) == (original.size, original.tobytes())


@pytest.mark.parametrize("name", [made.slug for made in REVIEWS if made.stills])
def test_stills_have_their_alternative_text(built, name):
    images = list(built.page(name).content.all("img"))
    words = [still["alt"] for still in BY_NAME[name].stills]
    if '"astro": "5' in (built.site / "package.json").read_text() if (built.site / "package.json").exists() else "":
        words = [alt.replace("&", "+").replace("'", "’") for alt in words]  # which Astro 5 cannot say
    assert [image.attributes["alt"] for image in images] == words


@pytest.mark.parametrize("name", [made.slug for made in REVIEWS if made.stills])
def test_stills_have_caption_and_credit(built, name):
    found = [e for e in built.page(name).content.all("figcaption", "p") if e.tag == "figcaption" or _is_caption(e)]
    captions = [" ".join(line for line in sites.lines(caption)) for caption in found]
    assert captions == [f"{still['caption']} {still['credit']}" for still in BY_NAME[name].stills]


def test_the_head_shows_marks_and_cast(built):
    page = built.page("never-let-me-go")
    top = sites.lines(without_figures(page.content))[:3]
    assert top == ["4 stars (B+)", "With: Carey Mulligan, Andrew Garfield", "Director: Mark Romanek"] or top == [
        "4 stars (B+)", "Director: Mark Romanek", "With: Carey Mulligan, Andrew Garfield"
    ]  # fmt: skip
    assert page.marks == "4/5 B+"
    assert page.cast == ["Kathy: Carey Mulligan, Izzy Meikle-Small", "Tommy: Andrew Garfield, Charlie Rowe"]


def test_two_films_of_one_name_have_two_pages(built):
    assert built.path("crash-1996") != built.path("crash-2004")


def test_the_address_in_jekyll_holds_the_critics_day(built):
    if not (built.site / "_layouts").exists():
        return
    for made in REVIEWS:
        day = dt.date.fromisoformat(made.date[:10])
        assert f"/{day:%Y/%m/%d}/" in built.path(made.slug).as_posix()


def test_no_picture_tells_of_the_camera(built):
    for path in built.out.rglob("*"):
        if path.suffix in (".jpg", ".png"):
            assert b"nobody needs to know" not in path.read_bytes()


def _pictures(built: sites.Build, name: str) -> list[Path]:
    """The files that the page's images load, in the page's order."""
    page = built.path(name)
    files = []
    for image in built.page(name).content.all("img"):
        src = image.attributes["src"]
        base = "/blog/" if re.search(r"baseurl|base: ./blog", built.config) else "/"
        assert not src.startswith("/") or src.startswith(base)
        files.append(built.out / src.removeprefix(base) if src.startswith("/") else page.parent / src)
    return files
