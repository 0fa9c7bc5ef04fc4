"""Names and constants that well-known themes expect, to be taken into a blog's settings and changed there at will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reviewer.publish.profiles.base import BlogSettings
from reviewer.publish.site import Site


@dataclass(frozen=True)
class Preset:
    """A theme's wishes. `title` is for people, `profile` the generator's; `marks` are words of the site's configuration by which it is known."""

    name: str
    title: str
    profile: str
    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    tags_from: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


PRESETS: dict[str, Preset] = {
    one.name: one
    for one in (
        Preset("minima", "Minima (Jekyll)", "jekyll", {"excerpt": "description", "lead": "image"}, marks=("minima",)),
        Preset(
            "chirpy", "Chirpy (Jekyll)", "jekyll",
            {"excerpt": "description", "lead": "image.path", "lead_alt": "image.alt"}, marks=("jekyll-theme-chirpy",),
        ),
        Preset(
            "minimal-mistakes", "Minimal Mistakes (Jekyll)", "jekyll",
            {"excerpt": "excerpt", "lead": "header.teaser", "lead_alt": "header.image_description"},
            {"layout": "single"}, marks=("minimal-mistakes",),
        ),
        Preset(
            "papermod", "PaperMod (Hugo)", "hugo",
            {"excerpt": "summary", "lead": "cover.image", "lead_alt": "cover.alt", "lead_caption": "cover.caption"},
            {"cover.relative": "true", "cover.hidden": "true"}, marks=("PaperMod", "papermod"),
        ),
        Preset(
            "astro-blog", "Astro’s blog starter", "astro",
            {"date": "pubDate", "updated": "updatedDate", "excerpt": "description", "lead": "heroImage", "film": "", "credits": "",
             "stills": "", "rating": "", "rating_scale": "", "grade": "", "categories": "", "author": ""},
        ),
        Preset("notmyidea", "notmyidea (Pelican)", "pelican", {"excerpt": "summary"}, marks=("notmyidea",)),
        Preset(
            "film-blog", "Keys of film blogs: director, year, rating, watched, poster", "",
            {"film": "", "credits": "", "directors": "director", "year": "year", "runtime": "runtime", "genres": "genres",
             "seen": "watched_date", "imdb": "imdb_id", "tmdb": "tmdb_id", "letterboxd": "letterboxd_url", "lead": "poster"},
            tags_from=("director", "decade"),
        ),
    )
}  # fmt: skip
"""By name. The keys are those of the themes' own guides (2026)."""


def applied(settings: BlogSettings, name: str) -> BlogSettings:
    """Settings with a preset's names in them; what the writer set besides stays. Raises `ValueError` for an unknown name."""
    if name not in PRESETS:
        raise ValueError(f"There is no preset “{name}”. The presets are {', '.join(PRESETS)}.")
    preset = PRESETS[name]
    return replace(
        settings,
        fields={**settings.fields, **preset.fields},
        constants={**settings.constants, **preset.constants},
        forms={**settings.forms, **preset.forms},
        tags_from=tuple(dict.fromkeys([*settings.tags_from, *preset.tags_from])),
    )


def fitting(site: Site) -> list[Preset]:
    """The presets for a site's generator, the one that its configuration names first."""
    found = [one for one in PRESETS.values() if one.profile in ("", site.profile)]
    theme = site.facts.get("theme", "").casefold()
    return sorted(found, key=lambda one: not any(mark.casefold() in theme for mark in one.marks if theme))
