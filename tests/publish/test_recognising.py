"""What a blog's folder says about its generator, and what each generator cannot do with a review."""

import datetime as dt

import pytest

from reviewer.publish.plan import NoBlog, site_for
from reviewer.publish.post import make
from reviewer.publish.profiles import PROFILES, BlogSettings, recognise
from reviewer.publish.site import read_python
from reviewer.review.values import Review, Still

WITH_STILL = Review(stills=(Still("stills/a.jpg"),))


def made(tmp_path, files: dict[str, str]):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "profile", "posts"),
    [
        ({"_config.yml": "title: x"}, "jekyll", "_posts"),
        ({"hugo.toml": ""}, "hugo", "content/posts"),
        ({"eleventy.config.js": ""}, "eleventy", "posts"),
        ({".eleventy.js": 'return { dir: { input: "src" } }', "src/blog/a.md": ""}, "eleventy", "src/blog"),
        (
            {"package.json": '{"devDependencies": {"@11ty/eleventy": "3"}}', "content/blog/a.md": ""},
            "eleventy",
            "content/blog",
        ),
        ({"_config.yml": "title: x", "package.json": '{"dependencies": {"hexo": "8"}}'}, "hexo", "source/_posts"),
        ({"_config.yml": "source_dir: src", "source/_posts/a.md": ""}, "hexo", "src/_posts"),
        ({"pelicanconf.py": "PATH = 'content'"}, "pelican", "content"),
        ({"pelicanconf.py": "PATH = 'texts'", "texts/articles/a.md": ""}, "pelican", "texts/articles"),
        ({"conf.py": "POSTS = (('blog/*.md', 'blog', 'post.tmpl'),)"}, "nikola", "blog"),
        ({"conf.py": "BLOG_TITLE = 'x'"}, "nikola", "posts"),
        ({"mkdocs.yml": "plugins:\n  - blog"}, "mkdocs", "docs/blog/posts"),
        (
            {"mkdocs.yml": "docs_dir: texts\nplugins:\n  - blog:\n      blog_dir: films\n      post_dir: '{blog}/all'"},
            "mkdocs",
            "texts/films/all",
        ),
        ({"astro.config.mjs": "", "src/content/reviews/a.md": ""}, "astro", "src/content/reviews"),
    ],
)
def test_a_folder_is_known_by_what_is_in_it(tmp_path, files, profile, posts):
    site = recognise(made(tmp_path, files))
    assert (site.profile, site.posts) == (profile, posts)


def test_a_configuration_that_is_a_program_is_never_run(tmp_path):
    made(
        tmp_path,
        {"pelicanconf.py": f"open({str(tmp_path / 'ran')!r}, 'w')\nPATH = 'content'\nTIMEZONE = 'Asia/Tokyo'\n"},
    )
    assert str(recognise(tmp_path).zone) == "Asia/Tokyo"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "text", ["PATH = ", "\0", "x = " + "(" * 5000, "PATH = open('x')", "PATH, B = 1, 2", "a: int = 3"]
)
def test_a_broken_python_file_says_nothing(tmp_path, text):
    path = tmp_path / "conf.py"
    path.write_text(text)
    assert "PATH" not in read_python(path)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"eleventy.config.js": "export default () => {}"}, 'addPassthroughCopy("posts/**/*.{jpg'),
        ({"_config.yml": "", "source/_posts/a.md": ""}, "post_asset_folder: true"),
        ({"conf.py": "BLOG_TITLE = 'x'\nFILES_FOLDERS = {}"}, 'FILES_FOLDERS = {"files": ""}'),
        ({"conf.py": "POSTS = (('posts/*.rst', 'posts', 'post.tmpl'),)"}, '("posts/*.md", "posts", "post.tmpl")'),
        ({"mkdocs.yml": "plugins: [search]"}, "- blog"),
        ({"mkdocs.yml": "plugins: [blog]"}, "- md_in_html"),
    ],
)
def test_what_a_site_lacks_for_pictures_is_said_with_the_line_to_add(tmp_path, files, words):
    site = recognise(made(tmp_path, files))
    assert words in " ".join(PROFILES[site.profile].notes(site, WITH_STILL, ""))


@pytest.mark.parametrize(
    "files",
    [
        {"eleventy.config.js": 'eleventyConfig.addPassthroughCopy("posts/**/*.jpg")'},
        {
            "_config.yml": "post_asset_folder: true\nmarked:\n  prependRoot: true\n  postAsset: true\n",
            "source/_posts/a": "",
        },
    ],
)
def test_a_site_that_lacks_nothing_is_not_told_so(tmp_path, files):
    site = recognise(made(tmp_path, files))
    assert PROFILES[site.profile].notes(site, WITH_STILL, "") == ()


ASTRO_SCHEMA = """
const blog = defineCollection({
  // z.object({ title: z.number() })
  schema: ({ image }) => z.object({
    title: z.string(),
    'date': z.coerce.date(),
    tags: z.array(z.string()).default([]),
    hero: z.object({ src: image(), alt: z.string().optional() }),
    note: z.string().nullish(), /* film: z.string(), */
  }),
});
"""


def test_an_astro_schema_is_read_for_what_it_asks(tmp_path):
    site = recognise(made(tmp_path, {"astro.config.mjs": "", "src/content.config.ts": ASTRO_SCHEMA}))
    assert (site.facts["keys"], site.facts["required"]) == ("title date tags hero note", "title date hero")


def test_what_an_astro_schema_asks_for_and_no_review_has_is_said(tmp_path):
    site = recognise(made(tmp_path, {"astro.config.mjs": "", "src/content.config.ts": ASTRO_SCHEMA}))
    assert "asks for hero" in PROFILES["astro"].notes(site, Review(), "")[0]


def test_an_astro_post_has_the_names_of_its_schema_and_a_description(tmp_path):
    site = recognise(made(tmp_path, {"astro.config.mjs": "", "src/content.config.ts": ASTRO_SCHEMA}))
    review = Review(title="Moon", date=dt.date(2009, 7, 17))
    text = make(review, "# Heading\n\nA *quiet* film.", PROFILES["astro"], site, BlogSettings()).text.decode()
    assert 'description: "A quiet film."\n' in text
    assert "\ndate: 2009-07-17\n" in text


def test_nikola_gets_one_tag_where_two_would_have_one_address(tmp_path):
    site = recognise(made(tmp_path, {"conf.py": "BLOG_TITLE = 'x'"}))
    front = PROFILES["nikola"].shape(site, {"categories": ["A", "Élan"], "tags": ["élan", "..", "noir"]})
    assert (front["category"], front["tags"]) == ("A", ["Élan", "noir"])


def test_pelican_says_that_it_knows_one_category(tmp_path):
    site = recognise(made(tmp_path, {"pelicanconf.py": ""}))
    assert "Movies" in PROFILES["pelican"].notes(site, Review(categories=("Movies", "4 star movies")), "")[0]


def test_a_post_of_the_future_is_said_to_appear_at_once(reviewer, review, tmp_path):
    made(tmp_path / "site", {"pelicanconf.py": ""})
    reviewer("set", review, f"date={dt.date.today().year + 2}-01-01")
    assert "publishes a post of the future at once" in reviewer("export", review, "--to", tmp_path / "site").out


def test_a_folder_that_nobody_knows_names_the_files_to_look_for(tmp_path):
    with pytest.raises(
        NoBlog,
        match=r"_config\.yml, hugo\.toml, eleventy\.config\.js, .*pelicanconf\.py, conf\.py, mkdocs\.yml or zola\.toml .*plain, html or wordpress",
    ):
        site_for(tmp_path)


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"_config.yml": "", "_data/authors.yml": "ana:\n  name: Ana Ruiz\n  web: https://a.example"}, 'author: "ana"'),
        ({"_config.yml": "", "_data/authors.yml": "bo:\n  name: Bo\n"}, 'author: "Ana Ruiz"'),
        ({"_config.yml": "", "_data/authors.yml": "- broken: ["}, 'author: "Ana Ruiz"'),
        (
            {"mkdocs.yml": "plugins: [blog]", "docs/blog/.authors.yml": "authors:\n  ana:\n    name: Ana Ruiz\n"},
            'authors: ["ana"]',
        ),
        ({"mkdocs.yml": "plugins: [blog]"}, 'by: "Ana Ruiz"'),
    ],
)
def test_an_author_whom_the_site_knows_goes_by_the_key_she_has_there(tmp_path, files, line):
    site = recognise(made(tmp_path, files))
    review = Review(title="Moon", date=dt.date(2009, 7, 17), author="Ana Ruiz")
    assert f"\n{line}\n" in make(review, "Words.", PROFILES[site.profile], site, BlogSettings()).text.decode()
