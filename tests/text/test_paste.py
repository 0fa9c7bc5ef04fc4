"""Rich text as each program puts it on the clipboard, as Markdown."""

import pytest

from reviewer.review.addresses import film_id
from reviewer.text.paste import markdown

BROWSER = '<meta charset="utf-8"><p>See <a href="https://a.example/x">this <em>film</em></a> &amp; <strong>more</strong>.</p><h2>Head</h2>'
DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Bold</span>'
    '<span style="font-weight:400"> and </span><span style="font-style:italic">slanted</span></p><ul><li dir="ltr"><p>one</p></li>'
    '<li dir="ltr"><p>two</p></li></ul></b>'
)
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {mso-style-parent:""} --></style></head><body>'
    '<!--StartFragment--><p class=MsoNormal>Hello <b>bold</b> <a href="http://x.example">link</a><o:p></o:p></p>'
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>one</p>"
    "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>two</p>"
    "<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td>1</td><td>2</td></tr></table><!--EndFragment--></body></html>"
)
OFFICE = (
    '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title></head><body lang="en-GB">'
    '<p style="line-height: 100%; margin-bottom: 0cm"><font size="2"><b>Bold</b> <i>slanted</i></font></p><ol><li><p>one</p></li></ol></body></html>'
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "made"),
    [
        (BROWSER, "See [this *film*](https://a.example/x) & **more**.\n\n## Head"),
        (DOCS, "**Bold** and *slanted*\n\n- one\n- two"),
        (WORD, "Hello **bold** [link](http://x.example)\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
        (OFFICE, "**Bold** *slanted*\n\n1. one"),
    ],
    ids=["browser", "google docs", "word", "libreoffice"],
)
def test_what_a_program_copies_becomes_markdown(html, made):
    assert markdown(html) == made


def test_what_is_plain_stays_plain():
    assert markdown("<div><span style='color: red'>x * y</span></div>") is None


@pytest.mark.parametrize(
    "html",
    [
        "<b>a</b><script>alert(1)</script>",
        '<b>a</b><a href="javascript:alert(1)"></a>',
        "<b>a</b><img src=x onerror=y>",
    ],
)
def test_nothing_that_runs_comes_along(html):
    assert markdown(html) == "**a**"


def test_too_much_is_pasted_plain():
    assert markdown("<b>" + "a" * 3_000_000) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://www.imdb.com/title/tt1334260/?ref_=x", ("imdb", "tt1334260")),
        ("letterboxd.com/film/never-let-me-go-2010/", ("letterboxd", "never-let-me-go-2010")),
        ("https://www.themoviedb.org/movie/42188-never-let-me-go", ("tmdb", "42188")),
        ("https://www.wikidata.org/wiki/Q162182", ("wikidata", "Q162182")),
        ("https://imdb.com/name/nm1", None),
        ("see https://www.imdb.com/title/tt1334260/", None),
    ],
)
def test_a_films_number_is_read_from_its_address(address, found):
    assert film_id(address) == found
