"""The verbs for list posts: made from a search or by hand, brought in step, written as a list for Letterboxd."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer.interop import letterboxd
from reviewer.library import filmlists, searching
from reviewer.library.files import overwrite
from reviewer.library.filmlists import Candidate
from reviewer.library.reviews import fresh, open_review
from reviewer.library_commands import carry_out, opened
from reviewer.reports import DONE, Failed
from reviewer.review.values import FilmList
from reviewer.text.filmlist import Listing, put_together, take_apart


def _lists(options: argparse.Namespace) -> int:
    return {"new": _new, "update": _update, "show": _show, "letterboxd": _letterboxd}[options.act](options)


def _new(options: argparse.Namespace) -> int:
    if bool(options.query) == bool(options.films):
        raise Failed("A list needs either --query, a search of the library, or --films, the names of films.")
    if options.sort and options.sort not in searching.ORDERS:
        raise Failed(f"There is no order “{options.sort}”. The orders are {', '.join(searching.ORDERS)}.")
    kept = "by-hand" if options.films else "frozen" if options.frozen else "in-step"
    asked = FilmList(kept, options.order, options.query, options.sort, options.most)
    with opened(options.library) as (library, settings, index):
        try:
            films = (
                filmlists.named(index, options.films)[: options.most]
                if options.films
                else filmlists.candidates(index, asked, dt.date.today())
            )
        except filmlists.BadSearch as error:
            raise Failed(str(error)) from error
        if options.dry_run:
            _print(films, asked, "", options.json)
            return DONE
        review = dataclasses.replace(fresh(options.title, author=settings.author), list_=asked)
        made = filmlists.make(library, review, films, with_stills=options.stills)
        index.update([made.path], dt.date.today())
    if options.json:
        _print(films, asked, str(made.path), True)
    else:
        print(made.path)
    return DONE


def _print(films: Sequence[Candidate], asked: FilmList, path: str, as_json: bool) -> None:
    """The films of a list that is to be made: as JSON, or as the text that it would have."""
    if as_json:
        rows = [
            {"position": n, "film": one.item.title, "year": one.item.year, "review": str(one.review or "")}
            for n, one in enumerate(films, 1)
        ]
        print(json.dumps({"path": path, "films": rows}, ensure_ascii=False, indent=1))
    else:
        items = filmlists.in_order((one.item for one in films), asked.order)
        print(put_together(Listing(items=items), asked.order), end="")


def _update(options: argparse.Namespace) -> int:
    with opened(options.library) as (library, _, index):
        paths = [Path(name).absolute() for name in options.files] or filmlists.lists(index)
        planned = list(filmlists.keeping(paths, index, dt.date.today()))
        scales = index.scales

    def names(data: bytes) -> str:
        return ", ".join(take_apart(data.decode("utf-8", "replace"), scales).names)

    return carry_out(
        options, library, planned, "Bring lists in step", lambda one: (names(one.before), names(one.after))
    )


def _show(options: argparse.Namespace) -> int:
    was = open_review(Path(options.file))
    listing = take_apart(was.reading.document.text)
    asked = was.reading.review.list_
    ranked = listing.items[::-1] if asked.order == "countdown" else listing.items
    if options.json:
        rows = [
            {"position": n, "film": one.title, "year": one.year, "mark": one.mark, "words": one.blurb}
            for n, one in enumerate(ranked, 1)
        ]
        print(json.dumps({"title": was.reading.review.title, "films": rows}, ensure_ascii=False, indent=1))
    else:
        for place, item in enumerate(ranked, 1):
            print(place, item.name, item.mark, sep="\t")
    return DONE


def _letterboxd(options: argparse.Namespace) -> int:
    was = open_review(Path(options.file))
    review, listing = was.reading.review, take_apart(was.reading.document.text)
    if not listing.items:
        raise Failed(
            f"{was.path}: there is no film in it. The films of a list are headings such as “## 1. [[Gattaca (1997)]]”."
        )
    data = letterboxd.film_list(review.title, review.tags, review.excerpt, listing, review.list_.order)
    overwrite(Path(options.output), data)
    print(options.output)
    return DONE


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {"lists": _lists}
