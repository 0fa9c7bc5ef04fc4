"""Fields of a review set from words, by their dotted names."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from reviewer.review.cast import parse_cast
from reviewer.review.marks import BUILT_IN, BadMark, Scales, with_mark
from reviewer.review.values import Feature, Plain, Review, Still, from_plain, to_plain
from reviewer.text.schema import REVIEW, STILL, Kind, ListOf, Scalar, Table, Unfit

_OF_A_FILM = ("film", "rating", "credits")


class BadField(ValueError):
    """A field, or a value for one, that a review cannot have; the message names the key and says what it may hold."""


def assign(review: Review, key: str, value: str, scales: Scales = BUILT_IN) -> Review:
    """The review with one field set from text, by its dotted key. Raises `BadField` for a wrong key or value."""
    head, _, rest = key.partition(".")
    if head == "rating":
        return _with_mark(review, rest, value, scales)
    if head == "stills" and rest:
        return _with_still_field(review, rest, value)
    if head == "also":
        return _with_further_film(review, rest, value, scales)
    if key == "credits.cast":
        credits = dataclasses.replace(review.credits, cast=parse_cast(value.replace(";", "\n")))
        return dataclasses.replace(review, credits=credits)
    plain = to_plain(review)
    put(plain, REVIEW, key.split("."), key, value)
    return from_plain(Review, plain)


def _with_further_film(review: Review, rest: str, value: str, scales: Scales) -> Review:
    """A field of a further film, as in ``also.1.film.title``; one number more than there are adds a film, and an empty one goes."""
    number, _, field = rest.partition(".")
    features = list(review.features)
    if not number.isdecimal() or not 1 <= int(number) <= len(features) or field.partition(".")[0] not in _OF_A_FILM:
        raise BadField(
            f"also.{rest}: name a further film by its number from 1 to {len(features)}, and its field: also.1.film.title=…"
        )
    place = int(number)
    one = features[place] if place < len(features) else Feature()
    made = assign(Review(film=one.film, rating=one.rating, credits=one.credits), field, value, scales)
    features[place:] = [one for one in (made.features[0], *features[place + 1 :]) if one != Feature()]
    return review.with_features(features)


def _with_mark(review: Review, name: str, value: str, scales: Scales) -> Review:
    scale = scales.get(name)
    if scale is None:
        raise BadField(f"rating.{name}: there is no such scale. The scales are {', '.join(scales.names)}.")
    try:
        new = scale.read(value).value if value.strip() else None
    except BadMark as bad:
        raise BadField(f"rating.{name}: {bad}.") from bad
    return dataclasses.replace(review, rating=with_mark(review.rating, name, new))


def _with_still_field(review: Review, rest: str, value: str) -> Review:
    for still in sorted(review.stills, key=lambda s: -len(s.name)):
        for name in (still.file, still.name, Path(still.name).stem):
            if rest.startswith(name + "."):
                field = rest[len(name) + 1 :]
                plain = to_plain(still)
                put(plain, STILL, field.split("."), f"stills.{rest}", value)
                return review.with_still(from_plain(Still, plain), still.file)
    names = ", ".join(still.name for still in review.stills) or "none"
    raise BadField(f"stills.{rest}: there is no such still. The review has {names}.")


def put(plain: dict[str, Plain], table: Table, path: list[str], key: str, value: str) -> None:
    """Set one field in plain values by its path; an empty value takes it away. Raises `BadField`, naming the key."""
    kind: Kind | None = table.kind(path[0])
    if kind is None:
        raise BadField(f"{key}: there is no such field. The fields here are {', '.join(table.keys)}.")
    if len(path) > 1:
        if not isinstance(kind, Table):
            raise BadField(f"{key}: {path[0]} has no parts.")
        put(plain.setdefault(path[0], {}), kind, path[1:], key, value)
        if not plain[path[0]]:
            del plain[path[0]]
        return
    if not value.strip():
        plain.pop(path[0], None)
        return
    plain[path[0]] = made(kind, key, value)


def made(kind: Kind, key: str, value: str) -> Plain:
    """A value of one kind from words. Raises `BadField`, naming the key."""
    if isinstance(kind, Scalar):
        try:
            return kind.make(value)
        except Unfit:
            raise BadField(f"{key} is “{value}”; {kind.expected} is expected.") from None
    if isinstance(kind, ListOf) and isinstance(kind.item, Scalar):
        items = (part.replace("\0", ",").strip() for part in value.replace("\\,", "\0").split(","))
        return [item for item in items if item]
    raise BadField(f"{key} is a group. Set one of its parts, for example {key}.{_example(kind)}=...")


def _example(kind: Kind) -> str:
    return next(iter(kind.keys)) if isinstance(kind, Table) else "0"


def pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    """``key=value`` words as pairs. Raises `BadField` for one without an equals sign."""
    found = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise BadField(f"“{word}” is no key=value. Write for example status=ready.")
        found.append((key.strip(), value))
    return found


def still_named(review: Review, name: str) -> Still:
    """A still by its path, its file's name, or that without its ending. Raises `BadField`."""
    for still in review.stills:
        if name in (still.file, still.name, Path(still.name).stem):
            return still
    names = ", ".join(still.file for still in review.stills) or "none"
    raise BadField(f"{name}: there is no such still. The review has {names}.")
