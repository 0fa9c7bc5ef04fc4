"""What a blog's settings make of a review: its front matter, for an example or for the review at hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from reviewer.publish.merge import parts
from reviewer.publish.post import make
from reviewer.publish.profiles import PROFILES, BlogSettings, Profile, Site
from reviewer.review.values import Credits, Crew, Film, Mark, Review, Role, Seen, Still

EXAMPLE = Review(
    id="example",
    title="Never Let Me Go",
    date=dt.date(2011, 2, 3),
    updated=dt.date(2011, 10, 6),
    author="A. Critic",
    excerpt="Love, death, and a boat on the sand.",
    film=Film(
        "Never Let Me Go",
        year=2010,
        runtime=103,
        countries=("United Kingdom",),
        genres=("Drama",),
        seen=Seen(dt.date(2011, 2, 1)),
    ),
    rating=(Mark("five-stars", 4), Mark("letters", "B+")),
    categories=("Movies", "4 star movies"),
    tags=("clones",),
    credits=Credits((Crew("director", ("Mark Romanek",)),), (Role("Kathy", ("Carey Mulligan",)),)),
    stills=(Still("stills/boat.jpg", alt="A boat", caption="The boat", credit="Press office", lead=True),),
)
"""A review with something in every field."""


def front_matter(site: Site, settings: BlogSettings, review: Review = EXAMPLE, text: str = "Words.\n") -> str:
    """The front matter that a review would get with these settings; empty where it has no date yet."""
    if review.date is None:
        return ""
    profile = PROFILES[site.profile]
    post = make(review, text, profile, site, settings, source=Path("review.md")).text.decode("utf-8", "replace")
    if profile.page is not None:
        return ""
    found = parts(post)
    return found.opening + "".join(f"{line}\n" for line in found.header) + (found.closing if found.opening else "")


def describe(profile: Profile) -> dict[str, Any]:
    """A profile as plain data: what it is, what it can, where it puts a post."""
    site = Site(Path("."), profile.name)
    place = profile.place(site, BlogSettings(), dt.date(2011, 2, 3), "slug")
    return {
        "name": profile.name,
        "title": profile.title,
        "about": profile.about,
        "recognised_by": list(profile.configs),
        "post": place.post.replace("2011-02-03", "YYYY-MM-DD"),
        "pictures": place.pictures,
        "keys": dict(profile.keys),
        "constants": dict(profile.constants),
        "reserved": sorted(profile.reserved),
        "holds_back_future_posts": profile.holds_back_future,
        "several_sizes": profile.responsive,
        "json_ld": profile.scripts,
        "aliases": profile.aliases(site),
    }
