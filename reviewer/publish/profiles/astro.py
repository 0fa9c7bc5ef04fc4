"""Astro 5 to 7 with a content collection: remark (or its successor), a folder for each post with its pictures beside it.

Pictures are only found where Markdown names them. What the collection's schema asks for is read from its file, which is
looked through and never run; what a strict schema does not name never reaches the page.
"""

from __future__ import annotations

import re
from pathlib import Path

from reviewer.library.files import read_regular
from reviewer.publish.commonmark import CommonMark
from reviewer.publish.dialect import Image, Writer, entities
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site, read_config
from reviewer.publish.tree import Node
from reviewer.review.values import Plain, PostDate, Review

CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs"))
_SCHEMAS = ("src/content.config.ts", "src/content.config.js", "src/content.config.mjs", "src/content/config.ts", "src/content/config.js")  # fmt: skip
_LINKED = re.compile(r"&#58;(?=//)|w(?=ww&#46;)|&#64;")
_ALT_BEFORE_7 = str.maketrans({"&": "+", "'": "’"})
"""Signs that Astro 5 shows as entities in an alternative text, and what is written instead."""
_FOLDERS = ("reviews", "blog", "posts", "post")
_OURS = {"title", "description", "pubDate", "date", "updatedDate", "updated", "author", "categories", "tags", "rating",
         "rating_scale", "grade", "film", "credits", "stills", "draft"}  # fmt: skip


class Remark(CommonMark):
    """GitHub's Markdown, which has notes of its own."""

    task_lists = True

    def escape(self, text: str) -> str:
        """Addresses are made links after entities are read; a comment keeps their parts apart."""
        return _LINKED.sub(lambda found: f"{found[0]}<!-- -->", super().escape(text))

    def _code_span(self, node: Node) -> str:
        text = node.text()
        if self._in_cell and "\\|" in text:  # the bar would end the cell
            return f"<code>{entities(text, trim=False)}</code>"
        return super()._code_span(node)

    def note(self, label: str) -> str:
        return Writer.note(self, label)

    def _footnotes(self) -> list[str]:
        return Writer._footnotes(self)

    def figure(self, image: Image) -> str:
        under = self.figcaption(image)
        return f'<figure class="still">\n\n{self.picture(image)}\n\n{under and under + chr(10)}</figure>'

    def picture(self, image: Image) -> str:
        alt = image.alt.translate(_ALT_BEFORE_7) if self.facts.get("old") else image.alt
        return f"![{entities(alt)}]({image.src})"


def recognise(folder: Path) -> Site | None:
    """A folder with Astro's configuration; its collection of posts is the first of some usual names."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    if not name:
        return None
    inner = next((one for one in _FOLDERS if (folder / "src" / "content" / one).is_dir()), "")
    schema = next((one for one in _SCHEMAS if (folder / one).is_file()), "")
    keys = schema_keys(_text(folder / schema)) if schema else {}
    posts = f"src/content/{inner or 'blog'}"
    reasons = [f"it has {name}", f"its posts are in {posts}"]
    if keys:
        reasons.append(f"{schema} asks for {', '.join(key for key, needed in keys.items() if needed) or 'nothing'}")
    package = read_config(folder / "package.json") if (folder / "package.json").is_file() else {}
    needs = package.get("dependencies")
    version = re.search(r"\d+", str(needs.get("astro", ""))) if isinstance(needs, dict) else None
    own = re.search(r"smartypants\s*:\s*false", _text(folder / name))
    old = "yes" if version and int(version[0]) < 7 else ""
    facts = {
        "old": old,
        "curls": old if not own else "",
        "schema": schema,
        "keys": " ".join(keys),
        "required": " ".join(key for key, needed in keys.items() if needed),
    }
    return Site(folder, "astro", tuple(reasons), None, posts, name, facts)


def _text(path: Path) -> str:
    try:
        return read_regular(path, 1_000_000).decode("utf-8", "replace")
    except OSError:
        return ""


def schema_keys(text: str) -> dict[str, bool]:
    """The keys of the first ``z.object({...})`` in a schema's file, each with whether it is required (Zod: neither
    ``optional`` nor ``nullish`` nor ``default``)."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.S)
    start = re.search(r"z\s*\.\s*(?:strictObject|looseObject|object)\(\s*\{", text)
    if start is None:
        return {}
    found: dict[str, bool] = {}
    depth, piece = 0, ""
    for char in text[start.end() :]:
        if depth == 0 and char in ",}":
            key = re.match(r"""\s*["']?([\w$-]+)["']?\s*:""", piece)
            if key is not None:
                found[key[1]] = not re.search(r"\.\s*(?:optional|nullish|default|catch)\(", piece)
            piece = ""
            if char == "}":
                break
            continue
        depth -= char in ")]}"
        piece += char if depth == 0 else ""
        depth += char in "([{"
    return found


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    folder = f"{(settings.posts or site.posts or 'src/content/blog').strip('/')}/{slug}"
    return Place(f"{folder}/index.md", folder)


def shape(site: Site, front: dict[str, Plain]) -> dict[str, Plain]:
    """Under the names that the schema knows; a description is always there, since most schemas ask for one."""
    known = site.facts.get("keys", "").split()
    made = dict(front)
    for ours, theirs in (
        ("pubDate", ("pubDate", "date", "publishDate", "published")),
        ("updatedDate", ("updatedDate", "updated", "modDate")),
    ):
        better = next((key for key in theirs if key in known), ours)
        if ours in made and better != ours:
            made = {better if key == ours else key: value for key, value in made.items()}
    return made


def moved(site: Site, old: str, new: str) -> str:
    return f"Add to {site.config}: redirects: {{ '{old}': '{new}' }}"


def url(site: Site, entry: Entry) -> str:
    """Where Astro's own starter puts a collection's posts."""
    return "/" + entry.post.removeprefix("src/content/").removesuffix("/index.md") + "/"


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    known, found = site.facts.get("keys", "").split(), []
    if site.facts.get("curls") and re.search("[\"']|--|\\.\\.\\.", text):
        found.append(
            "Astro before 7 makes straight quotes, double hyphens and three dots typographic. To keep them as typed, add to"
            f" {site.config}: markdown: {{ smartypants: false }}"
        )
    if site.facts.get("old") and any(sign in still.alt for still in review.stills for sign in "&'"):
        found.append("Astro before 7 garbles & and ' in alternative texts, so + and ’ are written there.")
    if missing := [key for key in site.facts.get("required", "").split() if key not in _OURS]:
        found.append(
            f"The schema in {site.facts['schema']} asks for {', '.join(missing)}, which a review does not have. Give a"
            " constant in the blog’s settings, or make it optional there."
        )
    if known and "rating" not in known and review.rating:
        found.append(
            f"The schema in {site.facts['schema']} names no rating, film or credits, so they reach the page in its text only."
        )
    return tuple(found)


PROFILE = Profile(
    name="astro",
    title="Astro",
    about="Astro 5 to 7: src/content/blog/slug/index.md with its pictures beside it",
    recognise=recognise,
    configs=CONFIGS,
    place=place,
    date=lambda site, when: calendar_day(when),
    src=lambda place, name: f"./{name}",
    writer=Remark,
    keys={"excerpt": "description", "date": "pubDate", "updated": "updatedDate"},
    needs_excerpt=True,
    scripts=True,
    shape=shape,
    reserved=frozenset({"slug", "draft"}),
    url=url,
    moved=moved,
    notes=notes,
)
