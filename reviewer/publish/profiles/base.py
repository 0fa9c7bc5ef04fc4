"""What a profile is: the data and the few functions that say what one kind of generator wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.publish import header
from reviewer.publish.dialect import Image, Writer
from reviewer.publish.site import Site
from reviewer.review.values import Plain, PostDate, Review

FIELDS = ("title", "date", "updated", "author", "excerpt", "categories", "tags", "film", "credits", "rating",
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

    `constants` are further keys for each post. The body parts can be switched off where a theme shows them itself.
    `caption` and `credit` are templates (see `reviewer.publish.captions`); `stills_list` puts a list of credits at the end,
    `linked_data` says in JSON-LD whose the pictures are, where the generator lets such a script through.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    posts: str = ""
    rating_line: bool = True
    credits_box: bool = True
    figures: bool = True
    curl: bool = False
    caption: str = "{caption}"
    credit: str = "{credit}"
    stills_list: bool = False
    linked_data: bool = False
    pictures: Pictures = Pictures()


@dataclass(frozen=True)
class Place:
    """Where a post and its pictures go, relative to the blog's folder, with forward slashes."""

    post: str
    pictures: str


@dataclass(frozen=True)
class Profile:
    """One kind of site generator. `configs` are the names of its configuration files; `specific`
    says that its folders look like another generator's, too, and have more; `responsive` says that it shows pictures in several sizes, `scripts` that JSON-LD in the
    text reaches the page; `address` makes a picture's whole address for it out of what ``src`` says. `slug_key`
    is the key that always has the post's address, where its file's name does not give it; `needs_excerpt` says that a post without one is not built; `shape` brings the keys into the
    generator's form, `header` writes them; `notes` says what the generator cannot do with a review, and what is done instead.
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
    responsive: bool = False
    scripts: bool = False
    address: Callable[[str], str] = lambda src: src
    slug_key: str = ""
    needs_excerpt: bool = False
    shape: Callable[[Site, dict[str, Plain]], dict[str, Plain]] = lambda site, front: front
    header: Callable[[Site, Mapping[str, Plain]], str] = lambda site, front: header.yaml(front)
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


def calendar_day(date: PostDate) -> dt.date:
    """The author's calendar day, whatever the zone."""
    return date.date() if isinstance(date, dt.datetime) else date
