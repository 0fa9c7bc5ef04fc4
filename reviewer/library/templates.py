"""What new reviews begin with: those that come along, and the writer's own beside them, which are files like any review.

A template has two keys of its own in its front matter: ``template``, its name, and ``about``, a sentence. All other keys go into the
review that begins with it, also those that are not known. Blanks such as ``{film}`` are filled in where something is known for them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.library.files import read_regular, save
from reviewer.library.folders import UserFolders
from reviewer.library.resources import resource
from reviewer.review.slugs import fold, free, slug
from reviewer.review.values import Feature, Film, Review
from reviewer.text import emit, mentions
from reviewer.text.document import Document, NotText
from reviewer.text.reading import read_document, write_document
from reviewer.text.schema import REVIEW

FOLDER = "templates"
MOST = 1_000_000
"""Bytes of a template."""
BLANKS = ("film", "year", "title", "author", "today", "other")
"""What may stand in braces: the film, its year, the review's title, the author, today's date, the second film of a double bill."""
UNKNOWN = "…"
"""What stands for a blank that nothing is known for."""
NEW_FILM = "New film"
"""What a further film is called until it has a name."""
_KEY = re.compile(r"^([^\s:#][^:\n]*):", re.MULTILINE)
_OWN_KEY = re.compile(
    r"^(template|about):[ \t]*(.*?)[ \t]*(?:\r\n|\n|\r|\Z)((?:[ \t]+[^\r\n]*(?:\r\n|\n|\r|\Z))*)", re.MULTILINE
)
"""One of a template's own keys with its value, also where that goes on in lines below it."""
_BLANK = re.compile(rf"\{{({'|'.join(BLANKS)})\}}")


@dataclass(frozen=True)
class Template:
    """Something that a review can begin with. `name` is its file's, `title` what it is called, `about` what it is for; `own` says
    that it is the writer's; `document` is all but its own two keys."""

    name: str
    title: str
    about: str
    own: bool
    document: Document


def own_folder(folders: UserFolders) -> Path:
    """Where the writer's own templates lie."""
    return folders.config / FOLDER


def templates(folders: UserFolders) -> list[Template]:
    """All templates, the writer's own first; one of hers takes the place of one of ours that has its name."""
    found: dict[str, Template] = {}
    for folder, own in ((resource(FOLDER), False), (own_folder(folders), True)):
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            if (made := _read(path, own)) is not None:
                found[made.name] = made
    return sorted(found.values(), key=lambda one: (not one.own, one.title.casefold()))


def _read(path: Path, own: bool) -> Template | None:
    """A template; None for what is none, which is passed over."""
    try:
        document = Document.read(read_regular(path, MOST))
    except (OSError, NotText):
        return None
    said = {
        key: " ".join(f"{value} {more}".split()).strip("|>- \"'")
        for key, value, more in _OWN_KEY.findall(document.front)
    }
    rest = dataclasses.replace(document, front=_OWN_KEY.sub("", document.front))
    if document.toml or read_document(rest).broken is not None:
        return None
    return Template(path.stem, said.get("template") or path.stem, said.get("about", ""), own, rest)


def begun(template: Template, made: Review, known: Mapping[str, str] = {}) -> tuple[Review, Document]:
    """A new review that begins with a template, and the document that it is written into, text and all.

    `made` has what every new review has: an identity, a day, an author, perhaps a film. `known` is what blanks stand for.
    """
    document = template.document
    said = read_document(document).review
    words = {name: value for name, value in known.items() if value}
    words |= {"film": words.get("film") or made.film.title, "year": words.get("year") or str(made.film.year or ""),
              "title": words.get("title") or made.title, "author": made.author or said.author}  # fmt: skip
    features = [_filled(one, words) for one in said.features]
    first = features[0].film
    film = dataclasses.replace(first, title=made.film.title or first.title, year=made.film.year or first.year)
    features[0] = dataclasses.replace(features[0], film=film)
    review = dataclasses.replace(
        said.with_features(features), id=made.id, title=made.title or _fill(said.title, words, ""), slug="", date=made.date, updated=None,
        status=said.status or made.status, author=made.author or said.author, excerpt=_fill(said.excerpt, words, ""), stills=(),
    )  # fmt: skip
    if "#" not in document.front and set(_KEY.findall(document.front)) <= REVIEW.keys.keys():
        document = Document(body=document.body)  # nothing to keep: the keys come in their usual order
    words["other"] = mentions.film(words.get("other", ""))[0]
    return review, document.with_text(_fill(document.text, words, UNKNOWN))


def known(film: str, other: str, today: dt.date) -> dict[str, str]:
    """What blanks stand for where the films were typed as texts name them."""
    title, year = mentions.film(film)
    return {
        "film": title,
        "year": str(year or ""),
        "title": title,
        "other": other,
        "today": f"{today.day} {today:%B %Y}",
    }


def _filled(one: Feature, words: Mapping[str, str]) -> Feature:
    """A film of the template under the name that a blank stands for."""
    title, year = mentions.film(_fill(one.film.title, words, NEW_FILM if "{other}" in one.film.title else ""))
    return dataclasses.replace(one, film=dataclasses.replace(one.film, title=title, year=year or one.film.year))


def _fill(text: str, words: Mapping[str, str], unknown: str) -> str:
    return _BLANK.sub(lambda found: words.get(found[1]) or unknown, text)


def kept(folders: UserFolders, title: str, about: str, document: Document) -> Path:
    """Keep a review as a template of the writer's own: its text and what would be the same the next time. Raises `OSError`, and what
    `reviewer.text.reading.write_document` raises.

    What belongs to the one review goes: identity, address, days, status, marks, the facts of its film, its stills.
    """
    said = read_document(document).review
    same = Review(
        author=said.author, language=said.language, categories=said.categories, tags=said.tags, list_=said.list_,
        also=tuple(Feature(Film("{other}")) for _ in said.also),
    )  # fmt: skip
    made = write_document(document, same, document.text)
    head = "".join(f"{key}: {emit.text(value)}\n" for key, value in (("template", title), ("about", about)) if value)
    folder = own_folder(folders)
    folder.mkdir(parents=True, exist_ok=True)
    made = made.with_front(head + _OWN_KEY.sub("", made.front))
    path = folder / free(slug(title) or "template", _taken(folder), ".md")
    save(path, made.to_bytes(), None)
    return path


def _taken(folder: Path) -> Sequence[str]:
    return [fold(path.name) for path in folder.iterdir()]
