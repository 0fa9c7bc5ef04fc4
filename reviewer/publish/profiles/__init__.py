"""The generators Reviewer writes for, one small file each."""

from __future__ import annotations

from pathlib import Path

from reviewer.publish.profiles import (
    astro,
    eleventy,
    hexo,
    html,
    hugo,
    jekyll,
    mkdocs,
    nikola,
    pelican,
    plain,
    wordpress,
    zola,
)
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site

_ALL = (jekyll, hugo, eleventy, hexo, astro, pelican, nikola, mkdocs, zola, plain, html, wordpress)
PROFILES: dict[str, Profile] = {module.PROFILE.name: module.PROFILE for module in _ALL}
"""By name, in the order in which they are listed."""

__all__ = ["PROFILES", "BlogSettings", "Place", "Profile", "Site", "recognise"]


def recognise(folder: Path) -> Site | None:
    """The site that a folder holds, or None where no profile knows it; those that share another's marks are asked first."""
    known = (profile for profile in PROFILES.values() if not profile.named_only)
    for profile in sorted(known, key=lambda one: not one.specific):
        if (site := profile.recognise(folder)) is not None:
            return site
    return None
