"""Posts for hosts without a generator: plain Markdown, HTML pages with feeds, files for WordPress; and Zola, by its documentation."""

import re
import tomllib
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

import pytest
import sites
import test_builds
from hypothesis import given
from hypothesis import strategies as st

from reviewer.publish import header
from reviewer.publish.profiles import PROFILES, recognise
from reviewer.publish.profiles.wordpress import _cdata
from reviewer.text.markdown import Renderer

NAMES = test_builds.NAMES
written = test_builds.written  # the hard reviews, made on the command line
WP = {"wp": "http://wordpress.org/export/1.2/", "content": "http://purl.org/rss/1.0/modules/content/",
      "excerpt": "http://wordpress.org/export/1.2/excerpt/", "dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip


@pytest.fixture(scope="module")
def posted(written, tmp_path_factory, command):
    """A folder for each of these profiles with the hard reviews in it."""
    folders = {}
    for name in ("html", "wordpress", "plain"):
        folders[name] = tmp_path_factory.mktemp(name)
        command("export", *written.values(), "--to", folders[name], "--profile", name)
    return folders


def content(posted, profile, name):
    """The text of a post as a browser shows it."""
    if profile == "html":
        return sites.parse((posted["html"] / "reviews" / name / "index.html").read_text("utf-8")).one("article")
    root = ET.parse(posted["wordpress"] / f"{name}.xml").getroot()
    return sites.parse(root.find("channel/item/content:encoded", WP).text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["html", "wordpress"])
def test_the_text_is_the_same_sentence_by_sentence(posted, written, profile, name):
    ours = sites.sentences(test_builds.rendered(written[name]))
    page = sites.sentences(test_builds.without_figures(content(posted, profile, name)))
    if profile == "html":
        page = page[: page.index("All reviews")]
    assert page[-len(ours) :] == ours


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["html", "wordpress"])
def test_marks_mean_what_they_meant(posted, written, profile, name):
    shape = sites.shape(test_builds.without_figures(content(posted, profile, name)))
    shape = shape.replace("<a ../index.html>All reviews</a>", "").strip()
    assert shape.endswith(sites.shape(test_builds.rendered(written[name])))


def test_plain_markdown_reads_back_as_the_same_text(posted, written):
    text = (posted["plain"] / "never-let-me-go" / "index.md").read_text("utf-8").split("\n---\n", 1)[1]
    back = sites.parse("\n".join(block.html for block in Renderer().render(text)))
    ours = sites.sentences(test_builds.rendered(written["never-let-me-go"]))
    captions = [f"{still['caption']} {still['credit']}" for still in (test_builds.BOAT, test_builds.PIER)]
    page = [line for line in sites.sentences(test_builds.without_figures(back)) if line not in captions]
    assert page[-len(ours) :] == ours


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(posted):
    for page in posted["html"].rglob("*.html"):
        text = page.read_text("utf-8")
        assert "default-src 'none'" in text
        assert not re.search(r"<script(?! type=\"application/ld)|<link rel=.stylesheet|src=\"(?:https?:)?//", text)


def test_a_page_has_its_stills_beside_it_with_alt_caption_and_credit(posted):
    page = posted["html"] / "reviews" / "never-let-me-go"
    root = sites.parse((page / "index.html").read_text("utf-8"))
    images = list(root.all("img"))
    assert [image.attributes["alt"] for image in images] == [test_builds.BOAT["alt"], test_builds.PIER["alt"]]
    assert all((page / image.attributes["src"]).is_file() for image in images)
    assert [caption.text() for caption in root.all("figcaption")] == [
        f"{still['caption']} {still['credit']}" for still in (test_builds.BOAT, test_builds.PIER)
    ]


def test_the_list_names_every_post_the_newest_first(posted):
    text = (posted["html"] / "reviews" / "index.html").read_text("utf-8")
    links = [link.attributes["href"] for link in sites.parse(text).all("a")]
    days = [test_builds.BY_NAME[link.removesuffix("/index.html")].date[:10] for link in links]
    assert len(links) == len(NAMES)
    assert days == sorted(days, reverse=True)


def test_without_an_address_there_are_no_feeds(posted):
    assert not list(posted["html"].rglob("*.xml"))


@pytest.fixture
def fed(reviewer, ready, tmp_path, blog_settings):
    """A folder of pages whose address in the web is known."""
    folder = tmp_path / "host"
    folder.mkdir()
    blog_settings(folder, address="https://films.example/")
    reviewer(
        "set",
        ready,
        "title=Moon & <Sun>",
        "slug=moon",
        "date=2011-02-03T23:30:00-05:00",
        "author=Ana",
        "categories=A & B",
    )
    reviewer("export", ready, "--to", folder, "--profile", "html")
    return folder / "reviews"


def test_rss_names_the_post_with_its_whole_address_and_moment(fed):
    item = ET.parse(fed / "feed.xml").getroot().find("channel/item")
    assert (item.findtext("title"), item.findtext("link")) == ("Moon & <Sun>", "https://films.example/reviews/moon/")
    assert parsedate_to_datetime(item.findtext("pubDate")).isoformat() == "2011-02-03T23:30:00-05:00"


def test_atom_has_all_that_its_rfc_asks_for(fed):
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.parse(fed / "atom.xml").getroot()
    for path in (
        "a:id",
        "a:title",
        "a:updated",
        "a:entry/a:id",
        "a:entry/a:title",
        "a:entry/a:updated",
        "a:entry/a:author/a:name",
    ):
        assert feed.findtext(path, namespaces=space), path
    assert feed.findtext("a:entry/a:summary", namespaces=space) == "Words."


def test_a_page_names_its_feeds_and_its_own_address(fed):
    text = (fed / "moon" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://films.example/reviews/moon/">' in text
    assert 'href="../atom.xml"' in text


def test_a_page_that_moved_sends_its_readers_on(fed, reviewer, ready):
    reviewer("set", ready, "slug=moon-2009")
    reviewer("export", ready, "--to", fed.parent, "--profile", "html")
    assert "url=../moon-2009/index.html" in (fed / "moon" / "index.html").read_text("utf-8")
    assert not list((fed / "moon").glob("*.png"))


def test_the_list_forgets_a_post_that_was_taken_away(fed, reviewer, ready):
    reviewer("unpublish", ready, "--from", fed.parent, "--profile", "html")
    assert not fed.exists()


# WordPress


def test_wordpress_gets_the_post_its_terms_and_its_moment(posted):
    item = ET.parse(posted["wordpress"] / "signs.xml").getroot().find("channel/item")
    made = test_builds.BY_NAME["signs"]
    assert item.findtext("title") == made.title
    assert item.findtext("wp:post_name", namespaces=WP) == "signs"
    assert item.findtext("wp:post_date", namespaces=WP) == "2011-12-31 23:30:00"
    assert item.findtext("wp:post_date_gmt", namespaces=WP) == "2012-01-01 04:30:00"
    assert [sites.parse(one.text).text() for one in item.findall("category")] == list(made.categories)


def test_wordpress_gets_each_still_as_an_attachment_of_the_post(posted):
    post, *stills = ET.parse(posted["wordpress"] / "never-let-me-go.xml").getroot().findall("channel/item")
    number = post.findtext("wp:post_id", namespaces=WP)
    assert [one.findtext("wp:post_type", namespaces=WP) for one in stills] == ["attachment"] * 2
    assert {one.findtext("wp:post_parent", namespaces=WP) for one in stills} == {number}
    shown = [image.attributes["src"] for image in content(posted, "wordpress", "never-let-me-go").all("img")]
    assert [one.findtext("wp:attachment_url", namespaces=WP) for one in stills] == shown
    assert all((posted["wordpress"] / src.removeprefix("https://example.com/")).is_file() for src in shown)


def test_the_lead_still_is_the_featured_image(posted):
    post, lead, *_ = ET.parse(posted["wordpress"] / "never-let-me-go.xml").getroot().findall("channel/item")
    meta = {one.findtext("wp:meta_key", namespaces=WP): one.findtext("wp:meta_value", namespaces=WP)
            for one in post.findall("wp:postmeta", WP)}  # fmt: skip
    assert meta["_thumbnail_id"] == lead.findtext("wp:post_id", namespaces=WP)


def test_no_bracket_is_left_that_a_shortcode_could_begin_with(posted):
    for name in NAMES:
        text = (
            ET.parse(posted["wordpress"] / f"{name}.xml")
            .getroot()
            .findtext("channel/item/content:encoded", namespaces=WP)
        )
        assert not re.search(r"\[\w", text)


@given(st.text())
def test_any_text_comes_back_out_of_its_cdata(text):
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")  # XML 1.0, 2.11
    assert (ET.fromstring(f"<a>{_cdata(text)}</a>").text or "") == plain


# Zola


def test_zola_gets_toml_with_its_own_keys_on_top(tmp_path, reviewer, ready):
    (tmp_path / "site" / "content").mkdir(parents=True)
    (tmp_path / "site" / "config.toml").write_text('base_url = "https://films.example"\n')
    reviewer("set", ready, 'title=A "quoted": #1 \\ 映画', "slug=moon", "categories=A,B", "author=Ana")
    assert recognise(tmp_path / "site").profile == "zola"
    said = reviewer("export", ready, "--to", tmp_path / "site")
    assert "was never built with it" in said.out
    front = tomllib.loads((tmp_path / "site/content/posts/moon/index.md").read_text("utf-8").split("+++")[1])
    assert front["title"] == 'A "quoted": #1 \\ 映画'
    assert (front["taxonomies"], front["authors"], front["extra"]["rating"]) == ({"categories": ["A", "B"]}, ["Ana"], 4)


@given(st.text(st.characters(codec="utf-8")), st.floats(allow_nan=False, allow_infinity=False, width=16), st.booleans())
def test_toml_says_what_it_was_given(text, number, flag):
    front = {"a": text, "b": [text, {"c d": text}], "t": {"n": number, "f": flag}}
    found = tomllib.loads(header.toml(front).split("+++\n")[1] if "+++" not in text else header.toml(front)[4:-6])
    assert found["a"] == text
    assert found["b"] == [text, {"c d": text}]
    assert found["t"] == {"n": pytest.approx(number, rel=1e-4), "f": flag}


def test_shortcodes_in_code_are_written_as_zolas_comments():
    writer = PROFILES["zola"].writer(lambda src: None, False, {})
    assert (
        writer.code("{{ youtube(id=1) }} {% x() %} {{ page.title }}")
        == "{{/* youtube(id=1) */}} {%/* x() */%} {{ page.title }}"
    )


def test_a_folder_is_no_such_blog_by_itself(tmp_path):
    (tmp_path / "index.html").write_text("")
    assert recognise(tmp_path) is None
