"""What a profile is: the data and the few functions that say what one kind of generator wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.publish import header
from reviewer.publish.dialect import Image, Writer
from reviewer.publish.entries import Entry
from reviewer.publish.site import Site
from reviewer.review.marks import BUILT_IN, Scales
from reviewer.review.values import Plain, PostDate, Review

FIELDS = ("title", "date", "updated", "author", "excerpt", "categories", "tags", "film", "credits", "also", "rating",
          "rating_scale", "grade", "stills")  # fmt: skip
"""The fields of a post that a profile names; a blog's settings may name them otherwise or leave them out."""


@dataclass(frozen=True)
class Pictures:
    """How a blog's copies of stills are made.

    `widths` are the most pixels across that the copies of one still have; a profile that can write only one address takes
    the largest. Empty: one copy, as large as the still. For `format`, `quality`, `first_frame` and `srgb` see
    `reviewer.stills.derive.Copy`.
    """

    widths: tuple[int, ...] = (800, 1600, 2400)
    format: str = ""
    quality: int = 82
    first_frame: bool = False
    srgb: bool = False


@dataclass(frozen=True)
class BlogSettings:
    """How posts go into one blog. `fields` maps a field to the blog's own key, or to an empty text to leave it out.

    `constants` are further keys for each post, `forms` and `tags_from` see `reviewer.publish.front`. The body parts can be switched off where a theme shows them itself.
    `rating` is a template for the line of marks (see `reviewer.publish.body`), `biography` what stands of the author under
    each post, `mentioned` and `see_also` ask for links to other posts. `address` is that of the blog in the web,
    `profile` the one that the writer named; `build` and `serve` are her own commands.
    `caption` and `credit` are templates (see `reviewer.publish.captions`); `stills_list` puts a list of credits at the end,
    `linked_data` says in JSON-LD whose the pictures are, where the generator lets such a script through. `scales` are the
    library's, of which each review's post is made; they are not kept with the blog.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    posts: str = ""
    rating_line: bool = True
    credits_box: bool = True
    figures: bool = True
    curl: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)
    tags_from: tuple[str, ...] = ()
    rating: str = ""
    updated_line: bool = False
    mentioned: bool = False
    see_also: bool = False
    biography: str = ""
    address: str = ""
    profile: str = ""
    build: str = ""
    serve: str = ""
    caption: str = "{caption}"
    credit: str = "{credit}"
    stills_list: bool = False
    linked_data: bool = False
    pictures: Pictures = Pictures()
    scales: Scales = BUILT_IN


@dataclass(frozen=True)
class Place:
    """Where a post and its pictures go, relative to the blog's folder, with forward slashes."""

    post: str
    pictures: str


@dataclass(frozen=True)
class Profile:
    """One kind of site generator. `configs` are the names of its configuration files; `specific`
    says that its folders look like another generator's, too, and have more; `named_only` that no folder is
    taken for its own unless the writer says so; `responsive` says that it shows pictures in several sizes, `scripts` that JSON-LD in the
    text reaches the page; `address` makes a picture's whole address for it out of what ``src`` says. `slug_key`
    is the key that always has the post's address, where its file's name does not give it; `needs_excerpt` says that a post without one is not built; `shape` brings the keys into the
    generator's form, `header` writes them, `page` makes the whole file where it is more than a header with a text; `together` makes files of all posts
    (a list, a feed), `former` those that stand at a post's former addresses; `link` is
    the address by which one post's text names another, `url` a post's address from the root of the built site, empty where
    the site alone knows it. `aliases` is the key that holds a post's former addresses, empty where the site has nothing to
    read it; `moved` then says what to write where. `notes` says what the generator cannot do with a review, and what is done instead.
    """

    name: str
    title: str
    about: str
    recognise: Callable[[Path], Site | None]
    place: Callable[[Site, BlogSettings, PostDate, str], Place]
    date: Callable[[Site, PostDate], Plain]
    src: Callable[[Place, str], str]
    writer: Callable[[Callable[[str], Image | None], bool, Mapping[str, str]], Writer]
    keys: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    holds_back_future: bool = False
    reserved: frozenset[str] = frozenset()
    configs: tuple[str, ...] = ()
    specific: bool = False
    named_only: bool = False
    responsive: bool = False
    scripts: bool = False
    address: Callable[[str], str] = lambda src: src
    slug_key: str = ""
    needs_excerpt: bool = False
    shape: Callable[[Site, dict[str, Plain]], dict[str, Plain]] = lambda site, front: front
    together: Callable[[Site, BlogSettings, Sequence[Entry]], Mapping[str, bytes]] = lambda site, settings, entries: {}
    former: Callable[[Site, Entry, Sequence[str]], Mapping[str, bytes]] = lambda site, entry, was: {}
    page: Callable[[Mapping[str, Plain], str, Review, Entry, Site, BlogSettings], str] | None = None
    header: Callable[[Site, Mapping[str, Plain]], str] = lambda site, front: header.yaml(front)
    link: Callable[[Site, Entry, Entry], str] = lambda site, here, there: f"../{there.slug}/"
    url: Callable[[Site, Entry], str] = lambda site, entry: ""
    aliases: Callable[[Site], str] = lambda site: ""
    moved: Callable[[Site, str, str], str] = lambda site, old, new: ""
    notes: Callable[[Site, Review, str], tuple[str, ...]] = lambda site, review, text: ()


def one_category(front: Mapping[str, Plain]) -> dict[str, Plain]:
    """The front matter for a generator that knows one ``category`` a post: further ones stand first among the tags."""
    made = dict(front)
    categories, tags = _texts(made.pop("categories", [])), _texts(made.pop("tags", []))
    if categories:
        made["category"] = categories[0]
    if tags := list(dict.fromkeys([*categories[1:], *tags])):
        made["tags"] = list[Plain](tags)
    return made


def _texts(value: Plain) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def known_author(site: Site, front: Mapping[str, Plain], key: str, as_list: bool = False) -> dict[str, Plain]:
    """The front matter with the author under the key that the site's own data file has, where it knows the name."""
    known = site.facts.get(f"author {front.get('author', '')}", "")
    if not known:
        return dict(front)
    value: Plain = [known] if as_list else known
    return {key if name == "author" else name: value if name == "author" else kept for name, kept in front.items()}


def calendar_day(date: PostDate) -> dt.date:
    """The author's calendar day, whatever the zone."""
    return date.date() if isinstance(date, dt.datetime) else date
