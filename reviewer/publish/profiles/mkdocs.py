"""MkDocs with the blog of its theme Material: Python-Markdown with the extensions that the site names.

What an extension would be needed for is written as HTML where the site has it not. Titles are printed as HTML, so they are
written as HTML; pictures are only found where Markdown names them.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from reviewer.publish import dialect
from reviewer.publish.ashtml import AsHtml
from reviewer.publish.dialect import Image, entities
from reviewer.publish.entries import Entry
from reviewer.publish.permalinks import with_braces
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, calendar_day, known_author
from reviewer.publish.pythonmarkdown import PythonMarkdown
from reviewer.publish.site import Site, authors, read_config
from reviewer.publish.tree import Node
from reviewer.review.values import Plain, PostDate, Review

CONFIGS = ("mkdocs.yml", "mkdocs.yaml")
_EXTRA = ("footnotes", "def_list", "md_in_html", "abbr", "attr_list", "tables", "fenced_code")
_LINE_START = re.compile(r"(?m)^(\s*)(\?{3})")


class Writer(PythonMarkdown, AsHtml):
    """Python-Markdown with as much of “extra” as the site has."""

    def _has(self, extension: str) -> bool:
        return bool(self.facts.get(extension))

    def picture(self, image: Image) -> str:
        return f"![{entities(image.alt)}]({image.src})"

    def figure(self, image: Image) -> str:
        under = self.figcaption(image)
        if self._has("md_in_html"):
            opening = '<figure class="still" markdown="1">'
            return "\n\n".join(part for part in (opening, self.picture(image), under, "</figure>") if part)
        words = under.removeprefix("<figcaption>").removesuffix("</figcaption>")
        return self.picture(image) + (f'\n\n<p class="still">{words}</p>' if words else "")

    def paragraph(self, children: object) -> str:
        return _LINE_START.sub(r"\1&#63;??", super().paragraph(children))  # type: ignore[arg-type]

    def note(self, label: str) -> str:
        return PythonMarkdown.note(self, label) if self._has("footnotes") else AsHtml.note(self, label)

    def _footnotes(self) -> list[str]:
        if self._has("footnotes"):
            return PythonMarkdown._footnotes(self)
        items = "".join(
            f'<li id="fn-{label}">{self.raw([note])}</li>\n' for label, note in self._notes_without_arrows().items()
        )
        return [f'<section class="footnotes">\n<hr>\n<ol>\n{items}</ol>\n</section>'] if items else []

    def _definitions(self, node: Node) -> str:
        return PythonMarkdown._definitions(self, node) if self._has("def_list") else AsHtml._definitions(self, node)

    def _flows_on(self, before: Node, node: Node) -> bool:
        quoted = {"blockquote"} if self._has("md_in_html") else {"blockquote", "details"}
        return super()._flows_on(before, node) or {before.tag, node.tag} <= quoted

    def spoiler(self, summary: str, inner: str) -> str:
        if self._has("md_in_html"):
            return super().spoiler(summary, inner)
        return dialect.Writer.spoiler(self, summary, inner)


def recognise(folder: Path) -> Site | None:
    """A folder with MkDocs' configuration that names the plug-in ``blog``."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    if not name:
        return None
    config = read_config(folder / name)
    plugins = _named(config.get("plugins"))
    blog = next((value for key, value in plugins.items() if key in ("blog", "material/blog")), None)
    docs = str(config.get("docs_dir") or "docs").strip("./") or "docs"
    settings = blog if isinstance(blog, dict) else {}
    home = str(settings.get("blog_dir") or "blog").strip("./")
    posts = str(settings.get("post_dir") or "{blog}/posts").replace("{blog}", home).strip("./")
    extensions = {
        "tables",
        "fenced_code",
        *(name.rpartition(".")[2] for name in _named(config.get("markdown_extensions"))),
    }
    if "extra" in extensions:
        extensions |= set(_EXTRA)
    reasons = [f"it has {name}", f"its posts are in {docs}/{posts}"]
    facts = {extension: "yes" if extension in extensions else "" for extension in _EXTRA}
    facts["docs"] = docs
    facts["home"] = home
    facts["url"] = str(settings.get("post_url_format") or "{date}/{slug}")
    facts["address"] = str(config.get("site_url") or "").rstrip("/")
    facts["redirects"] = "yes" if "redirects" in plugins else ""
    facts["blog"] = "yes" if blog is not None else ""
    facts |= authors(folder / docs / home, ".authors.yml", ".authors.yaml")
    return Site(folder, "mkdocs", tuple(reasons), None, f"{docs}/{posts}", name, facts)


def _named(found: object) -> dict[str, object]:
    """Plug-ins or extensions as YAML may list them: names, or names with settings."""
    if isinstance(found, dict):
        return {str(key): value for key, value in found.items()}
    named: dict[str, object] = {}
    for item in found if isinstance(found, list) else ():
        named |= {str(key): value for key, value in item.items()} if isinstance(item, dict) else {str(item): {}}
    return named


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    posts = (settings.posts or site.posts or "docs/blog/posts").strip("/")
    return Place(f"{posts}/{slug}.md", f"{posts}/{slug}")


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """Titles as HTML, which is how the theme prints them; an author of the blog's own list by the key it has there."""
    made = {"author" if key == "by" else key: value for key, value in front.items()}
    made = known_author(site, made, "authors", as_list=True)
    made = {"by" if key == "author" else key: value for key, value in made.items()}
    return {**made, "title": escape(str(front.get("title", "")), quote=False)}


def url(site: Site, entry: Entry) -> str:
    made = with_braces(
        site.facts.get("url", "{date}/{slug}"), entry, {"date": f"{entry.day:%Y/%m/%d}", "file": entry.slug}
    )
    return f"/{site.facts.get('home', 'blog')}{made}/" if made else ""


def moved(site: Site, old: str, new: str) -> str:
    return f"Let the plug-in redirects send {old} on to {new}: under redirect_maps in {site.config}."


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    found = []
    if not site.facts.get("blog", "yes"):
        found.append(f"The site has no blog. Add to plugins in {site.config}: - blog")
    if review.stills and not site.facts.get("md_in_html", "yes"):
        found.append(
            f"Captions stand below stills as plain paragraphs. For figures add to markdown_extensions in {site.config}: - md_in_html"
        )
    return tuple(found)


PROFILE = Profile(
    name="mkdocs",
    title="MkDocs",
    about="MkDocs with Material’s blog: docs/blog/posts/slug.md, pictures in docs/blog/posts/slug/",
    recognise=recognise,
    configs=CONFIGS,
    place=place,
    date=lambda site, when: calendar_day(when),
    src=lambda place, name: place.pictures.rpartition("/")[2] + "/" + name,
    writer=Writer,
    keys={"excerpt": "description", "updated": "modified", "author": "by"},
    slug_key="slug",
    shape=shape,
    reserved=frozenset(
        {"slug", "draft", "template", "hide", "status", "search", "pin", "links", "authors", "readtime"}
    ),
    link=lambda site, here, there: there.post.rpartition("/")[2],
    url=url,
    moved=moved,
    notes=notes,
)
