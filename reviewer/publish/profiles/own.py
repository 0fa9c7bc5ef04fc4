"""Profiles of the writer's own: a file of data and templates in her settings folder, upon one of the program's profiles.

A file is TOML. `like` names the profile whose Markdown dialect and rules it takes over; what else it says replaces a part of it.
Nothing in it is run: templates have blanks such as ``{year}`` and ``{slug}``, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewer.library.files import read_regular
from reviewer.publish.entries import Entry
from reviewer.publish.profiles.base import FIELDS, BlogSettings, Place, Profile, calendar_day
from reviewer.publish.site import Site
from reviewer.review.values import Plain, PostDate

FOLDER = "profiles"
"""Below the settings folder."""
MOST = 100_000
KEYS = ("name", "title", "about", "like", "recognise", "post", "pictures", "src", "link", "url", "date", "slug_key", "aliases",
        "holds_back_future", "responsive", "keys", "constants")  # fmt: skip
BLANKS = ("year", "month", "day", "slug", "name", "post", "pictures")
DATES = ("day", "clock", "offset")
"""How a date is written: the calendar day, the author's clock without an offset, the clock with its offset."""


class BadProfile(ValueError):
    """A profile's file says something that cannot be used. The message names the file, the key, and the way out."""


def read_all(folder: Path, known: Mapping[str, Profile]) -> tuple[dict[str, Profile], list[str]]:
    """The profiles in a folder by name, and what is wrong with those that cannot be used."""
    found: dict[str, Profile] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            profile = read(path, known)
        except BadProfile as error:
            faults.append(str(error))
            continue
        found[profile.name] = profile
    return found, faults


def read(path: Path, known: Mapping[str, Profile]) -> Profile:
    """One profile from its file; `known` are the program's own. Raises `BadProfile`."""
    try:
        content: dict[str, Any] = tomllib.loads(read_regular(path, MOST).decode("utf-8"))
    except OSError as error:
        raise BadProfile(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadProfile(f"{path} is no TOML: {error}.") from error
    if unknown := sorted(set(content) - set(KEYS)):
        raise BadProfile(f"{path}: there is no key {unknown[0]}. The keys are {', '.join(KEYS)}.")
    name, like = _text(path, content, "name", path.stem), _text(path, content, "like", "plain")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name) or name in known:
        raise BadProfile(
            f"{path}: “{name}” cannot be its name. Take small letters, digits and hyphens, and none of the program’s own."
        )
    if like not in known:
        raise BadProfile(f"{path}: there is no profile {like} that it could be like. There are {', '.join(known)}.")
    return _made(path, content, name, known[like])


def _made(path: Path, content: Mapping[str, Any], name: str, base: Profile) -> Profile:
    post, pictures = _template(path, content, "post"), _template(path, content, "pictures")
    src, link, url = (_template(path, content, key) for key in ("src", "link", "url"))
    changes: dict[str, Any] = {
        "name": name,
        "title": _text(path, content, "title", name),
        "about": _text(path, content, "about", f"Your own, like {base.title}"),
        "configs": _names(path, content),
        "named_only": not content.get("recognise"),
        "specific": bool(content.get("recognise")),
        "keys": {**base.keys, **_pairs(path, content, "keys", FIELDS)},
        "constants": {**base.constants, **_pairs(path, content, "constants", None)},
        "recognise": _recogniser(name, _names(path, content), base),
    }
    for key in ("holds_back_future", "responsive"):
        if key in content:
            if not isinstance(content[key], bool):
                raise BadProfile(f"{path}: {key} is true or false.")
            changes[key] = content[key]
    if "slug_key" in content:
        changes["slug_key"] = _text(path, content, "slug_key", "")
    if "aliases" in content:
        key_of_old = _text(path, content, "aliases", "")
        changes["aliases"] = lambda site: key_of_old
    if post:
        changes["place"] = _placer(post, pictures or "{post}")
    if src:
        changes["src"] = lambda place, name: _filled(
            src, {"name": name, "pictures": place.pictures, "slug": place.pictures.rpartition("/")[2]}
        )
    if link:
        changes["link"] = lambda site, here, there: _filled(link, _of(there))
    if url:
        changes["url"] = lambda site, entry: _filled(url, _of(entry))
    if "date" in content:
        changes["date"] = _dater(path, content)
    return replace(base, **changes)


def _recogniser(name: str, files: tuple[str, ...], base: Profile) -> Callable[[Path], Site | None]:
    def recognise(folder: Path) -> Site | None:
        if files and not any((folder / file).is_file() for file in files):
            return None
        found = base.recognise(folder)
        facts = dict(found.facts) if found else {}
        there = next((file for file in files if (folder / file).is_file()), "")
        return Site(folder, name, (f"it has {there}" if there else "you named it",), found.zone if found else None,
                    found.posts if found else "", there, facts) if folder.is_dir() else None  # fmt: skip

    return recognise


def _placer(post: str, pictures: str) -> Callable[[Site, BlogSettings, PostDate, str], Place]:
    def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
        day = calendar_day(date)
        known = {"slug": slug, "year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
        there = _filled(post, known)
        return Place(there, _filled(pictures, {**known, "post": there.rpartition("/")[0] or slug}))

    return place


def _dater(path: Path, content: Mapping[str, Any]) -> Callable[[Site, PostDate], Plain]:
    form = _text(path, content, "date", "")
    if form not in DATES:
        raise BadProfile(f"{path}: date is one of {', '.join(DATES)}, not “{form}”.")

    def date(site: Site, when: PostDate) -> Plain:
        if form == "day" or not isinstance(when, dt.datetime):
            return calendar_day(when)
        return f"{when:%Y-%m-%d %H:%M:%S}" if form == "clock" else when

    return date


def _of(entry: Entry) -> dict[str, str]:
    return {
        "slug": entry.slug,
        "year": f"{entry.day:%Y}",
        "month": f"{entry.day:%m}",
        "day": f"{entry.day:%d}",
        "post": entry.post,
    }


def _filled(template: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda blank: known.get(blank[1], blank[0]), template)


def _text(path: Path, content: Mapping[str, Any], key: str, usual: str) -> str:
    value = content.get(key, usual)
    if not isinstance(value, str):
        raise BadProfile(f"{path}: {key} is a text in quotes.")
    return value


def _template(path: Path, content: Mapping[str, Any], key: str) -> str:
    """A template of a path or an address. Raises `BadProfile` for an unknown blank and for a path that leads out."""
    text = _text(path, content, key, "")
    if unknown := next((blank for blank in re.findall(r"\{(\w+)\}", text) if blank not in BLANKS), ""):
        raise BadProfile(f"{path}: {key} has no blank {{{unknown}}}. The blanks are {', '.join(BLANKS)}.")
    if key in ("post", "pictures") and (text.startswith("/") or ".." in text.split("/") or "\\" in text):
        raise BadProfile(f"{path}: {key} has to lie in the blog: no / at its beginning, no .. in it.")
    if key == "post" and text and "{slug}" not in text:
        raise BadProfile(f"{path}: post needs {{slug}}, or all posts would be one file.")
    return text


def _names(path: Path, content: Mapping[str, Any]) -> tuple[str, ...]:
    value = content.get("recognise", [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one and "/" not in one for one in value):
        raise BadProfile(f"{path}: recognise is a list of names of files at the blog’s root.")
    return tuple(value)


def _pairs(path: Path, content: Mapping[str, Any], key: str, allowed: tuple[str, ...] | None) -> dict[str, str]:
    value = content.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, (str, int, bool)) for one in value.values()):
        raise BadProfile(f"{path}: [{key}] holds names and texts.")
    if allowed is not None and (unknown := next((one for one in value if one not in allowed), "")):
        raise BadProfile(f"{path}: [{key}] knows no field {unknown}. The fields are {', '.join(allowed)}.")
    return {name: str(one).lower() if isinstance(one, bool) else str(one) for name, one in value.items()}
