"""Links between reviews are links between posts, and a post that moved is found where it was."""

import shutil

import pytest
import sites

from reviewer.publish.entries import Entry
from reviewer.publish.profiles import PROFILES, recognise

KINDS = {
    "jekyll under /blog": lambda folder: sites.jekyll_site(folder, 'baseurl: "/blog"\npermalink: /:year/:title/\n'),
    "hugo": sites.hugo_site,
    "hugo with addresses of its own": lambda folder: _own_addresses(sites.hugo_site(folder)),
    "pelican": lambda folder: sites.pelican_site(folder, yaml=True),
    "eleventy": sites.eleventy_site,
    "hexo": sites.hexo_site,
    "nikola": sites.nikola_site,
    "mkdocs": lambda folder: sites.mkdocs_site(folder, extensions=True),
    "astro": sites.astro_site,
}
BUILDS = {
    "jekyll": sites.build_jekyll, "hugo": lambda site: sites.build_hugo(site, sites.new_hugo()), "pelican": sites.build_pelican,
    "eleventy": sites.build_eleventy, "hexo": sites.build_hexo, "nikola": sites.build_nikola, "mkdocs": sites.build_mkdocs,
    "astro": sites.build_astro,
}  # fmt: skip


def _own_addresses(site):
    config = site / "hugo.toml"
    config.write_text(config.read_text() + '[permalinks]\nposts = "/:year/:month/:slug/"\n')
    return site


@pytest.fixture(scope="module")
def pair(tmp_path_factory, command):
    """A review of Moon, and one of Gattaca that links to it: by its file, and by its film's name."""
    base = tmp_path_factory.mktemp("pair")
    made = []
    for title, year, text in (
        ("Moon", 2009, "Words."),
        ("Gattaca", 1997, "See [my *review*](../moon-2009/review.md) of [[Moon (2009)]], and [[Solaris (1972)]]."),
    ):
        (base / "text.md").write_text(text)
        path = command("new", base / "Reviews", "--title", title, "--year", year, "--text", base / "text.md")
        command("set", path, "date=2011-10-06", "status=ready", f"slug={title.lower()}")
        made.append(path)
    return made


@pytest.mark.builds
@pytest.mark.parametrize("kind", KINDS)
def test_links_between_reviews_lead_to_the_built_pages(kind, pair, tmp_path, command):
    site = KINDS[kind](tmp_path / "site")
    command("export", *pair, "--to", site)
    built = BUILDS[kind.split()[0]](site)
    assert built.status == 0, built.said
    links = list(built.page("gattaca").content.all("a"))
    assert [" ".join(link.text().split()) for link in links] == ["my review", "Moon"] or [
        link.text() for link in links
    ] == ["my review", "Moon (2009)"]
    target = built.path("moon").resolve()
    for link in links:
        assert _file(built, built.path("gattaca"), link.attributes["href"]) == target


def _file(built, page, href):
    """The file that a browser would be given for an address on a page."""
    root = built.out
    for base in ("https://films.example/blog/", "https://films.example/", "/blog/"):
        href = href.removeprefix(base) if not href.startswith(base) else "/" + href.removeprefix(base)
    path = (root / href.lstrip("/")) if href.startswith("/") else page.parent / href
    return (path / "index.html" if path.is_dir() else path).resolve()


def test_a_link_to_a_review_that_is_not_in_the_blog_is_named_and_its_words_stay(pair, blog, reviewer):
    said = reviewer("export", pair[1], "--to", blog)
    (post,) = (blog / "_posts").iterdir()
    assert "The link “my review” leads to a review that is not in this blog" in said.out
    assert "See my *review* of *Moon* (2009), and *Solaris* (1972)." in post.read_text()


def test_a_film_is_linked_once_its_review_is_in_the_blog(pair, blog, reviewer):
    reviewer("export", pair[0], "--to", blog)
    reviewer("export", pair[1], "--to", blog)
    assert "[*Moon* (2009)]({{ site.posts | where:" in (blog / "_posts" / "2011-10-06-gattaca.md").read_text()


def test_taking_a_post_away_names_those_that_link_to_it(pair, blog, reviewer):
    reviewer("export", *pair, "--to", blog)
    assert "“Gattaca” links to this post" in reviewer("unpublish", pair[0], "--from", blog).out


@pytest.mark.parametrize(
    ("profile", "config", "expected"),
    [
        ("jekyll", {"_config.yml": "title: x"}, "/movies/2011/10/06/moon.html"),
        ("jekyll", {"_config.yml": "permalink: pretty"}, "/movies/2011/10/06/moon/"),
        ("jekyll", {"_config.yml": "permalink: /:year/:i_month/:slug"}, "/2011/10/moon"),
        ("jekyll", {"_config.yml": "permalink: /:output_name/:title"}, ""),
        ("hugo", {"hugo.toml": ""}, "/posts/moon/"),
        ("hugo", {"hugo.toml": "[permalinks]\nposts = '/:year/'"}, ""),
        ("pelican", {"pelicanconf.py": "ARTICLE_URL = '{date:%Y}/{date:%b}/{slug}/'"}, "/2011/Oct/moon/"),
        ("pelican", {"pelicanconf.py": "ARTICLE_URL = '{category}/{slug}.html'"}, "/movies/moon.html"),
        ("hexo", {"_config.yml": "", "source/_posts/a.md": ""}, "/2011/10/06/moon/"),
        ("nikola", {"conf.py": "BLOG_TITLE = 'x'\nPRETTY_URLS = False"}, "/posts/moon.html"),
        ("mkdocs", {"mkdocs.yml": "plugins: [blog]"}, "/blog/2011/10/06/moon/"),
        ("astro", {"astro.config.mjs": ""}, "/blog/moon/"),
        ("eleventy", {".eleventy.js": 'dir: { input: "src" }'}, "/posts/moon/"),
        ("zola", {"zola.toml": ""}, "/posts/moon/"),
    ],
)
def test_the_address_of_a_post_is_that_of_its_generator(tmp_path, profile, config, expected):
    for name, text in config.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    site = recognise(tmp_path)
    posts = {
        "jekyll": "_posts/2011-10-06-moon.md",
        "eleventy": "src/posts/moon/index.md",
        "astro": "src/content/blog/moon/index.md",
    }
    post = posts.get(profile, "content/posts/moon/index.md")
    entry = Entry("r", "", post, "moon", "2011-10-06T23:30:00-05:00", categories=("Movies",))
    assert (site.profile, PROFILES[profile].url(site, entry)) == (profile, expected)


@pytest.mark.builds
def test_a_post_of_hugo_that_moved_sends_its_readers_on(pair, tmp_path, command):
    site = sites.hugo_site(tmp_path / "site")
    copy = shutil.copytree(str(pair[0]).rpartition("/")[0], tmp_path / "moon") / "review.md"
    command("export", copy, "--to", site)
    command("set", copy, "slug=moon-again")
    command("export", copy, "--to", site)
    built = sites.build_hugo(site, sites.new_hugo())
    assert "/posts/moon-again/" in (built.out / "posts" / "moon" / "index.html").read_text()
    assert not (site / "content" / "posts" / "moon").exists()


def test_an_old_address_is_kept_through_further_moves(reviewer, ready, blog):
    (blog / "_config.yml").write_text("plugins: [jekyll-redirect-from]\n")
    reviewer("set", ready, "categories=")
    reviewer("export", ready, "--to", blog)
    for slug in ("second", "third"):
        reviewer("set", ready, f"slug={slug}")
        reviewer("export", ready, "--to", blog)
    (post,) = (blog / "_posts").iterdir()
    assert 'redirect_from: ["/2011/02/03/moon.html", "/2011/02/03/second.html"]' in post.read_text()


def test_where_nothing_redirects_the_writer_is_told_what_to_add(reviewer, ready, blog):
    reviewer("set", ready, "categories=")
    reviewer("export", ready, "--to", blog)
    reviewer("set", ready, "slug=second")
    said = reviewer("export", ready, "--to", blog).out
    assert "The post moves from /2011/02/03/moon.html to /2011/02/03/second.html" in said
    assert "Add jekyll-redirect-from to plugins in _config.yml" in said


def test_the_mentions_of_a_film_are_listed_under_its_review(pair, blog, reviewer, blog_settings):
    blog_settings(blog, mentioned=True)
    reviewer("export", *pair, "--to", blog)
    assert "**Mentioned in**\n\n- [Gattaca]({{ site.posts" in (blog / "_posts" / "2011-10-06-moon.md").read_text()
