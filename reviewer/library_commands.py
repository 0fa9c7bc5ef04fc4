"""The verbs for a whole library: list and search it, rename its terms, convert its marks, its figures, lists and links."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import difflib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from reviewer.interop.catalogue import Catalogue
from reviewer.interop.catalogue import make as make_catalogue
from reviewer.interop.filmfacts import NoFacts
from reviewer.library import batch, diary, figures, links, mentioned, searching, vocabulary
from reviewer.library.folders import UserFolders
from reviewer.library.index import Index
from reviewer.library.listing import Entry
from reviewer.library.settings import LibrarySettings
from reviewer.library.settings import load as load_settings
from reviewer.reports import BLOCKED, DONE, Failed
from reviewer.review.cells import cell
from reviewer.review.marks import Scales, converted
from reviewer.review.query import Query, parse
from reviewer.review.terms import KINDS, MarkRule, MarkRules, used
from reviewer.review.values import Review, to_plain
from reviewer.text.mentions import film_name, mentions


@contextmanager
def opened(name: str) -> Iterator[tuple[Path, LibrarySettings, Index]]:
    """A library with its settings and its index, which is in step with the files."""
    library = Path(name)
    if not library.is_dir():
        raise Failed(f"{library}: there is no such folder. Name the folder of a library.")
    folders = UserFolders.standard()
    settings = load_settings(folders, library)
    index = Index.open(folders, library, settings.scales)
    try:
        for _ in index.sync(dt.date.today()):
            pass
        yield library, settings, index
    except sqlite3.Error as error:
        raise Failed(f"The index of {library} gave out: {error}. Delete {index.place}; it is made anew.") from error
    finally:
        index.close()


# list


def _list(options: argparse.Namespace) -> int:
    with opened(options.library) as (_, settings, index):
        query = _query(options.query, settings.scales)
        try:
            found = searching.search(index, query, options.sort, options.reverse, options.most)
        except ValueError as error:
            raise Failed(str(error)) from error
        entries = searching.entries(index, found)
    if options.json:
        print(json.dumps({"reviews": [_row(entry) for entry in entries]}, ensure_ascii=False, indent=1))
    elif options.csv:
        _print_csv({**_row(entry), "rating": settings.scales.line(entry.rating)} for entry in entries)
    else:
        for entry in entries:
            print(
                entry.path, entry.title, entry.year or "", settings.scales.line(entry.rating) or entry.fault, sep="\t"
            )
    return DONE


def _query(typed: str, scales: Scales) -> Query:
    """What was typed as a query. Raises `Failed` with the first thing that cannot be understood, and where it stands."""
    query = parse(typed, scales, dt.date.today())
    if query.faults:
        fault = query.faults[0]
        raise Failed(f"“{typed[fault.start : fault.end]}”, at {fault.start + 1}: {fault.message}")
    return query


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "path": str(entry.path), "title": entry.title, "film": entry.film, "year": entry.year,
        "rating": [{"scale": mark.scale, "value": mark.value} for mark in entry.rating], "status": entry.status,
        "categories": list(entry.categories), "tags": list(entry.tags),
    }  # fmt: skip


def _print_csv(rows: Iterable[dict[str, Any]]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    for number, row in enumerate(rows):
        if number == 0:
            table.writerow(row)
        table.writerow("" if value is None else cell(value) for value in row.values())


# terms


def _terms(options: argparse.Namespace) -> int:
    if options.act != "list":
        return _terms_change(options)
    with opened(options.library) as (_, _, index):
        found = {kind: vocabulary.uses(index, kind) for kind in ([options.kind] if options.kind else KINDS)}
    groups = (
        [(kind, group) for kind, uses in found.items() for group in vocabulary.doubles(uses)] if options.near else []
    )
    if options.near and options.json:
        rows = [{"kind": kind, "terms": [{"term": u.term, "count": u.count} for u in group]} for kind, group in groups]
        print(json.dumps({"near": rows}, ensure_ascii=False, indent=1))
    elif options.near:
        for kind, group in groups:
            print(kind, *(f"{use.term} ({use.count})" for use in group), sep="\t")
    elif options.json:
        terms = [
            {"kind": use.kind, "term": use.term, "count": use.count} | ({"as": use.note} if use.note else {})
            for uses in found.values()
            for use in uses
        ]
        print(json.dumps({"terms": terms}, ensure_ascii=False, indent=1))
    else:
        for use in (use for uses in found.values() for use in uses):
            print(use.kind, use.count, use.term, sep="\t")
    return DONE


def _terms_change(options: argparse.Namespace) -> int:
    old, new = _old_and_new(options)
    with opened(options.library) as (library, _, index):
        known, unread = {use.term: use for use in vocabulary.uses(index, options.kind)}, vocabulary.unread(index)
        for term in old:
            if term not in known:
                near = difflib.get_close_matches(term, known, 1, 0.6)
                raise Failed(
                    f"No review {'that can be read ' if unread else ''}has the {options.kind} “{term}”."
                    + (f" Did you mean “{near[0]}”?" if near else "")
                    + "".join(f"\n{one.path}: {one.why}" for one in unread)
                )
        paths = vocabulary.holding(index, options.kind, old)
    words = {"rename": "Rename", "merge": "Merge", "split": "Split", "remove": "Remove"}[options.act]
    title = f"{words} {options.kind} {', '.join(old)}{f' into {chr(44).join(new)}' if new else ''}"
    return carry_out(
        options,
        library,
        [*vocabulary.renaming(paths, options.kind, old, new), *unread],
        title,
        of_review(lambda review: ", ".join(used(review, options.kind))),
    )


def _old_and_new(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    if options.act == "rename":
        return [options.old], [options.new]
    if options.act == "merge":
        return [term for term in options.terms if term != options.into], [options.into]
    return [options.old], list(options.into) if options.act == "split" else []


def of_review(words: Callable[[Review], str]) -> Callable[[batch.Change], tuple[str, str]]:
    """Words of a change, from those of a review."""
    return lambda one: (words(one.was), words(one.review))


def carry_out(
    options: argparse.Namespace,
    library: Path,
    planned: Sequence[batch.Change | batch.Left],
    title: str,
    shown: Callable[[batch.Change], tuple[str, str]],
) -> int:
    """Show a plan over several reviews, and carry it out unless it is only asked for. `shown` gives the words of a change, before
    and after."""
    changes = [one for one in planned if isinstance(one, batch.Change)]
    left = [one for one in planned if isinstance(one, batch.Left)]
    if not options.dry_run:
        done = batch.carry_out(changes, title, UserFolders.standard(), library)
        left += done.left
        changes = [one for one in changes if one.path in set(done.changed)]
    if options.json:
        words = [(one, *shown(one)) for one in changes]
        rows = [{"path": str(one.path), "before": before, "after": after} for one, before, after in words]
        print(json.dumps({"title": title, "done": not options.dry_run, "changes": rows,
                          "left": [{"path": str(one.path), "why": one.why} for one in left]}, ensure_ascii=False, indent=1))  # fmt: skip
    else:
        for change in changes:
            before, after = shown(change)
            print(f"{change.path}: {before or 'nothing'} -> {after or 'nothing'}")
        count = f"{len(changes)} {'review' if len(changes) == 1 else 'reviews'}"
        print(f"{title}: {count} {'would be changed' if options.dry_run else 'changed'}.")
        for one in left:
            sys.stderr.write(f"{one.path}: left as it is, {one.why}\n")
    return BLOCKED if left else DONE


def _undo(options: argparse.Namespace) -> int:
    folders, library = UserFolders.standard(), Path(options.library)
    title = batch.last(folders, library)
    if not title:
        raise Failed(f"There is no change to several reviews of {library} to take back.")
    if options.dry_run:
        print(f"“{title}” would be taken back.")
        return DONE
    try:
        done = batch.put_back(folders, library)
    except ValueError as error:
        raise Failed(f"{error}. Nothing was changed.") from error
    print(f"“{title}” was taken back in {len(done.changed)} {'review' if len(done.changed) == 1 else 'reviews'}.")
    for one in done.left:
        sys.stderr.write(f"{one.path}: left as it is, {one.why}\n")
    return BLOCKED if done.left else DONE


# marks


def _marks(options: argparse.Namespace) -> int:
    with opened(options.library) as (library, settings, index):
        query = _query(options.query, settings.scales)
        paths = searching.search(index, query, "title").paths
    if options.act == "rule":
        title = "Categories by the rule of marks"
        rules = settings.rules
        if options.template:
            rules = MarkRules((MarkRule(True, options.scale or settings.scales.main, options.template),))
        return carry_out(
            options,
            library,
            list(batch.plan(paths, partial(rules.applied, scales=settings.scales))),
            title,
            of_review(lambda review: ", ".join(review.categories)),
        )
    scales = settings.scales
    source, target = scales.get(options.source), scales.get(options.target)
    if source is None or target is None:
        wrong = options.source if source is None else options.target
        raise Failed(f"There is no scale “{wrong}”. The scales are {', '.join(scales.names)}.")
    change = partial(converted, scales=scales, source=source, target=target, keep=options.add)
    title = f"{source.title} {'beside' if options.add else 'as'} {target.title}"
    return carry_out(
        options, library, list(batch.plan(paths, change)), title, of_review(lambda review: scales.line(review.rating))
    )


# stats, links


def _stats(options: argparse.Namespace) -> int:
    with opened(options.library) as (_, settings, index):
        found = figures.figures(index, diary.days(index))
    if options.json:
        print(json.dumps(figures.as_plain(found), ensure_ascii=False, indent=1))
        return DONE
    print(f"{found.reviews:,} reviews, {found.rated:,} with a mark, {found.total_words:,} words.")
    for name, rows in found.marks.items():
        scale = settings.scales.get(name)
        print(f"\n{scale.title if scale else name}")
        most = max(count for _, count in rows) or 1
        for value, count in rows:
            print(f"{value:>6}  {count:6,}  {'█' * round(40 * count / most)}")
    for title, groups in (
        ("Years", found.years),
        ("Films of the", found.films),
        *((figures.GROUPS[k], g[:10]) for k, g in found.groups.items()),
    ):
        if groups:
            print(f"\n{title}")
        for one in groups:
            print(f"{one.count:6,}  {'' if one.mean is None else f'{one.mean:5.1f} %':>7}  {one.name}")
    return DONE


def _links(options: argparse.Namespace) -> int:
    with opened(options.library) as (library, _, index):
        reviews = links.Reviews(index)
        paths = searching.search(index, _query("", index.scales), "title").paths
        if options.act == "mentions":
            entries = searching.entries(index, searching.search(index, _query("", index.scales), "title"))
            planned = list(mentioned.linking(entries))
            return carry_out(options, library, planned, "Link first mentions", _links_of)
        if options.act == "mend":
            planned = list(links.mending(paths, reviews))
            return carry_out(options, library, planned, "Mend links", of_review(lambda review: review.title))
        found = list(links.check(paths, reviews))
    if options.json:
        rows = [
            {"path": str(one.path), "line": one.line, "words": one.words, "target": one.target, "mended": one.mended}
            for one in found
        ]
        print(json.dumps({"broken": rows}, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(
                f"{one.path}:{one.line}: {one.target} leads nowhere"
                + (f"; it would be {one.mended}" if one.mended else "")
            )
    return BLOCKED if found else DONE


def _links_of(one: batch.Change) -> tuple[str, str]:
    """The films that stand in double brackets, before and after."""
    before, after = (
        ", ".join(found.name for found in mentions(data.decode("utf-8", "replace")) if found.linked)
        for data in (one.before, one.after)
    )
    return before, after


# films


def _films(options: argparse.Namespace) -> int:
    folders = UserFolders.standard()
    if options.act == "index":
        return _films_index([Path(name) for name in options.paths], folders)
    try:
        catalogue = Catalogue(folders)
        found = [(hit, catalogue.facts(hit.number)) for hit in catalogue.find(" ".join(options.words), options.most)]
    except FileNotFoundError as error:
        raise Failed(
            "There is no catalogue of films yet. Make one: reviewer films index FOLDER, with files that you downloaded."
        ) from error
    except sqlite3.Error as error:
        raise Failed(f"The catalogue of films gave out: {error}. Make it anew with reviewer films index.") from error
    if options.json:
        rows = [
            {
                **to_plain(facts.film),
                "credits": to_plain(facts.credits),
                "titles": list(facts.titles),
                "source": facts.source,
            }
            for _, facts in found
        ]
        print(json.dumps({"films": rows}, ensure_ascii=False, indent=1))
    else:
        for hit, facts in found:
            print(facts.film.ids.imdb, film_name(hit.title, hit.year), hit.directors, sep="\t")
    return DONE


def _films_index(paths: Sequence[Path], folders: UserFolders) -> int:
    for path in paths:
        if not path.exists():
            raise Failed(f"{path}: there is no such file. Look at the spelling of the path.")

    def say(name: str, lines: int) -> bool:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{name}: {lines:,} lines ")
        return True

    try:
        count = make_catalogue(paths, folders, say)
    except NoFacts as error:
        raise Failed(str(error)) from error
    except sqlite3.Error as error:
        raise Failed(
            f"The catalogue could not be made: {error}. Make room and run it again; it goes on where it stopped."
        ) from error
    except KeyboardInterrupt:
        raise Failed(
            "Stopped. Run it again with the same files; it goes on with the table in which it stopped."
        ) from None
    print(f"{count:,} films.")
    return DONE


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "terms": _terms,
    "marks": _marks,
    "undo": _undo,
    "films": _films,
    "stats": _stats,
    "links": _links,
}
