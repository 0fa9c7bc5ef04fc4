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
    own,
    pelican,
    plain,
    wordpress,
    zola,
)
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site

_ALL = (jekyll, hugo, eleventy, hexo, astro, pelican, nikola, mkdocs, zola, plain, html, wordpress)
PROFILES: dict[str, Profile] = {module.PROFILE.name: module.PROFILE for module in _ALL}
"""By name, in the order in which they are listed; the writer's own come last, once they are taken in."""
_BUILT_IN = dict(PROFILES)

__all__ = ["PROFILES", "BlogSettings", "Place", "Profile", "Site", "recognise", "take_in"]


def recognise(folder: Path) -> Site | None:
    """The site that a folder holds, or None where no profile knows it; those that share another's marks are asked first."""
    known = (profile for profile in PROFILES.values() if not profile.named_only)
    for profile in sorted(known, key=lambda one: not one.specific):
        if (site := profile.recognise(folder)) is not None:
            return site
    return None


def take_in(settings: Path) -> list[str]:
    """Read the writer's own profiles from her settings folder; returns what is wrong with those that cannot be used."""
    found, faults = own.read_all(settings / own.FOLDER, _BUILT_IN)
    for name in [name for name in PROFILES if name not in _BUILT_IN and name not in found]:
        del PROFILES[name]
    PROFILES.update(found)
    return faults
