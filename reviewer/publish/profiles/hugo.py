"""Hugo, 0.111 and newer: goldmark, page bundles, figures by Hugo's own shortcode.

Raw HTML is dropped by goldmark unless a site allows it, so none is written. Shortcode delimiters in code are written as
Hugo's comments; one without its partner cannot be written inside code at all and becomes plain text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from reviewer.publish.dialect import Image, Run, Writer, entities
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site, read_config, zone
from reviewer.review.values import Plain, PostDate

CONFIGS = tuple(f"{stem}.{ending}" for stem in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))
_SECTIONS = ("posts", "post", "reviews", "blog")
_PAIR = re.compile(r"\{\{([<%])(.*?)([>%])\}\}", re.S)


class Goldmark(Writer):
    """goldmark's dialect inside Hugo."""

    task_lists = True

    def figure(self, image: Image) -> str:
        words = [f'src="{image.src}"', f'alt="{_parameter(image.alt)}"']
        if line := " ".join(_emphasised(part) for part in (image.caption, image.credit) if part):
            words.append(f'caption="{line}"')
        return "{{< figure " + " ".join(words) + " >}}"

    def picture(self, image: Image) -> str:
        alt = re.sub(r"[\[\]\\`*_{}<>&|~$\"]", " ", image.alt)
        return f"![{' '.join(alt.split())}]({image.src})"

    def code(self, text: str) -> str | None:
        def comment(found: re.Match[str]) -> str:
            opening, inner, closing = found.groups()
            return (
                f"\0{opening}/*{inner}*/{closing}}}}}" if (opening, closing) in (("<", ">"), ("%", "%")) else found[0]
            )

        safe = _PAIR.sub(comment, text)
        return None if "{{<" in safe or "{{%" in safe or ("*/" in text and "\0" in safe) else safe.replace("\0", "{{")

    def cell_code(self, text: str) -> str:
        return text.replace("|", "\\|")

    def hidden_words(self, inner: str) -> str:
        return f"({self.escape('Spoiler')}: {inner})"  # Hugo leaves raw HTML out unless a site asks for it

    def separator(self, before: object) -> str:
        return "<!-- -->"


def _emphasised(words: Sequence[Run]) -> str:
    """A caption, which Hugo's figure takes as Markdown."""
    return "".join(f"*{entities(text)}*" if strong else entities(text, trim=False) for text, strong in words)


def _parameter(text: str) -> str:
    """A shortcode's quoted parameter: the theme escapes it for HTML, so it is written plainly."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def recognise(folder: Path) -> Site | None:
    """A folder with Hugo's configuration file or folder."""
    name = next((name for name in CONFIGS if (folder / name).is_file()), "")
    default = next((f"config/_default/{n}" for n in CONFIGS if (folder / "config" / "_default" / n).is_file()), "")
    name = name or default
    if not name or (name.startswith("config.") and not (folder / "content").is_dir() and not _is_hugo(folder / name)):
        return None
    config = {key.casefold(): value for key, value in read_config(folder / name).items()}
    content = str(config.get("contentdir") or "content").strip("/")
    section = next((s for s in _SECTIONS if (folder / content / s).is_dir()), "posts")
    reasons = [f"it has {name}", f"its posts are in {content}/{section}"]
    facts = {
        "own addresses": "yes" if config.get("permalinks") or str(config.get("uglyurls")).lower() == "true" else "",
        "content": content,
        "theme": str(config.get("theme") or ""),
        "address": str(config.get("baseurl") or "").rstrip("/"),
    }
    return Site(folder, "hugo", tuple(reasons), zone(config.get("timezone")), f"{content}/{section}", name, facts)


def _is_hugo(path: Path) -> bool:
    return any(key.casefold() in ("baseurl", "theme", "languagecode") for key in read_config(path))


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    bundle = f"{(settings.posts or site.posts or 'content/posts').strip('/')}/{slug}"
    return Place(f"{bundle}/index.md", bundle)


def date(site: Site, when: PostDate) -> Plain:
    """The author's clock with its own offset; without one, the site's zone or UTC, which is how Hugo reads it."""
    if isinstance(when, dt.datetime) and when.tzinfo is None:
        return when.replace(tzinfo=site.zone or dt.UTC)
    return when


def link(site: Site, here: Entry, there: Entry) -> str:
    """The other post's address: as Hugo finds it where the site has addresses of its own, else that of its neighbour.

    Hugo ends a build at a reference to a page that is not there, so it is asked only where that is needed.
    """
    if site.facts.get("own addresses"):
        page = there.post.removeprefix(site.facts.get("content", "content") + "/").removesuffix("/index.md")
        return f'{{{{< relref "/{page}" >}}}}'
    return f"../{there.slug}/"


def url(site: Site, entry: Entry) -> str:
    if site.facts.get("own addresses"):
        return ""
    section = (
        entry.post.removeprefix(site.facts.get("content", "content") + "/").removesuffix("/index.md").rpartition("/")[0]
    )
    return f"/{section}/{entry.slug}/"


def src(place: Place, name: str) -> str:
    return name


PROFILE = Profile(
    name="hugo",
    title="Hugo",
    about="Hugo 0.111 and newer: content/posts/slug/index.md with its pictures beside it",
    recognise=recognise,
    configs=CONFIGS,
    place=place,
    date=date,
    src=src,
    writer=Goldmark,
    keys={"excerpt": "summary", "updated": "lastmod"},
    link=link,
    url=url,
    aliases=lambda site: "aliases",
    holds_back_future=True,
    reserved=frozenset({"published", "modified", "pubdate", "publishDate", "expiryDate", "params", "build", "cascade",
                        "outputs", "markup", "url", "type", "layout", "resources", "aliases", "weight", "path", "kind",
                        "lang"}),
)  # fmt: skip
