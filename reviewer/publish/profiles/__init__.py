"""The generators Reviewer writes for, one small file each."""

from __future__ import annotations

from pathlib import Path

from reviewer.publish.profiles import astro, eleventy, hexo, hugo, jekyll, mkdocs, nikola, pelican
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        jekyll.PROFILE,
        hugo.PROFILE,
        eleventy.PROFILE,
        hexo.PROFILE,
        astro.PROFILE,
        pelican.PROFILE,
        nikola.PROFILE,
        mkdocs.PROFILE,
    )
}
"""By name, in the order in which they are listed."""

__all__ = ["PROFILES", "BlogSettings", "Place", "Profile", "Site", "recognise"]


def recognise(folder: Path) -> Site | None:
    """The site that a folder holds, or None where no profile knows it; those that share another's marks are asked first."""
    for profile in sorted(PROFILES.values(), key=lambda one: not one.specific):
        if (site := profile.recognise(folder)) is not None:
            return site
    return None
