"""The verbs for list posts and for the diary."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer.interop import letterboxd
from reviewer.library import diary, filmlists, searching
from reviewer.library.files import overwrite
from reviewer.library.filmlists import Candidate
from reviewer.library.folders import UserFolders
from reviewer.library.history import History
from reviewer.library.reviews import fresh, open_review
from reviewer.library_commands import carry_out, opened
from reviewer.reports import DONE, Failed
from reviewer.review.values import FilmList
from reviewer.text import mentions
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
        made = filmlists.make(
            library, review, films, with_stills=options.stills, history=History.of(UserFolders.standard())
        )
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


# diary


def _diary(options: argparse.Namespace) -> int:
    library = Path(options.library)
    if not library.is_dir():
        raise Failed(f"{library}: there is no such folder. Name the folder of a library.")
    try:
        return {"list": _diary_list, "add": _diary_add, "import": _diary_import}[options.act](options, library)
    except diary.NoDiary as error:
        raise Failed(f"{error} Nothing was changed.") from error


def _diary_list(options: argparse.Namespace, library: Path) -> int:
    with opened(options.library) as (_, _, index):
        found = diary.read(library)
        rows = diary.seen(found, index.entries())
    if options.unwritten:
        rows = diary.unwritten(rows)
    if options.json:
        made = [
            {"date": v.date.isoformat() if v.date else "", "film": v.title, "year": v.year, "where": v.where, "again": v.again,
             "mark": v.mark, "note": v.note, "review": str(one.review or "")}
            for one in rows for v in (one.viewing,)
        ]  # fmt: skip
        print(json.dumps({"diary": made}, ensure_ascii=False, indent=1))
    else:
        for one in rows:
            v = one.viewing
            print(
                v.date or "", v.film, v.where, "again" if v.again else "", v.mark, one.review or "not written", sep="\t"
            )
    for fault in found.faults:
        sys.stderr.write(f"{found.path}: {fault}; it stays as it is\n")
    return DONE


def _diary_add(options: argparse.Namespace, library: Path) -> int:
    title, year = mentions.film(options.film)
    try:
        when = dt.date.fromisoformat(options.date) if options.date else dt.date.today()
    except ValueError:
        raise Failed(f"--date is {options.date}; a day such as 2010-10-02 is expected.") from None
    new = diary.Viewing(when, title, year, options.where, options.again, options.mark, options.note)
    if options.dry_run:
        print(f"{new.date} {new.film} would be written down.")
    elif diary.append(library, [new]):
        print(f"{new.date} {new.film}")
    else:
        print(f"{new.film} is in the diary on {new.date} already.")
    return DONE


def _diary_import(options: argparse.Namespace, library: Path) -> int:
    found = diary.from_letterboxd(Path(options.path))
    new = diary.new_ones(diary.read(library), found)
    if not options.dry_run:
        diary.append(library, new)
    print(f"{len(new):,} of {len(found):,} viewings {'would be' if options.dry_run else 'were'} taken in.")
    return DONE


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {"lists": _lists, "diary": _diary}
