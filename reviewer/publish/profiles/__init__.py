"""The generators Reviewer writes for, one small file each."""

from __future__ import annotations

from pathlib import Path

from reviewer.publish.profiles import hugo, jekyll
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site

PROFILES: dict[str, Profile] = {profile.name: profile for profile in (jekyll.PROFILE, hugo.PROFILE)}
"""By name, in the order in which a folder is asked."""

__all__ = ["PROFILES", "BlogSettings", "Place", "Profile", "Site", "recognise"]


def recognise(folder: Path) -> Site | None:
    """The site that a folder holds, or None where no profile knows it."""
    for profile in PROFILES.values():
        if (site := profile.recognise(folder)) is not None:
            return site
    return None
