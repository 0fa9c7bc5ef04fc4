"""The verbs for pictures and their permissions, without a screen."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reviewer.library.files import overwrite
from reviewer.library.folders import UserFolders
from reviewer.library.resources import resource
from reviewer.library.reviews import Opened, open_review
from reviewer.publish import audit
from reviewer.reports import Failed, save
from reviewer.review.correspondence import happened
from reviewer.review.rights import standing
from reviewer.review.values import Event, Permission, Review, Still, from_plain, to_plain
from reviewer.stills import letters, metadata
from reviewer.stills.formats import Refused
from reviewer.stills.intake import Taken, add_evidence, put_evidence, read_picture, record, take_in
from reviewer.stills.presskit import all_of, is_kit, kit_still, open_kit
from reviewer.text.fields import made, pairs, put, still_named
from reviewer.text.mentions import image_markup
from reviewer.text.schema import STILL, Table

DONE, BLOCKED = 0, 1
Act = Callable[[argparse.Namespace], int]


def stills(options: argparse.Namespace) -> int:
    """``reviewer stills add|set|list|remove``; returns the exit status."""
    acts: dict[str, Act] = {"add": _add, "set": _set, "list": _list, "remove": _remove}
    return acts[options.act](options)


def rights(options: argparse.Namespace) -> int:
    """``reviewer rights set|ask|log|audit``; returns the exit status."""
    acts: dict[str, Act] = {"set": _set_rights, "ask": _ask, "log": _log, "audit": _audit}
    return acts[options.act](options)


def _opened(name: str) -> Opened:
    was = open_review(Path(name))
    if was.reading.broken is not None:
        raise was.reading.broken
    return was


# stills


def _add(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    review, text = was.reading.review, was.reading.document.text
    words = {name: v for name in ("alt", "caption", "credit", "timecode") if (v := getattr(options, name))}
    kinds = {"kind": STILL.keys["kind"]} | {n: _PERMISSION.kind(n) for n in ("basis", "state")}
    for name, kind in kinds.items():
        if kind is not None and (value := getattr(options, name)):
            made(kind, name, value)
    given = {n: v for n in ("basis", "state", "holder", "terms", "licence", "note") if (v := getattr(options, n))}
    if options.state and not options.basis:
        given["basis"] = "permission"
    for name, read, from_kit in _pictures([Path(name) for name in options.images], was.folder):
        picture = read()
        taken = take_in(was.folder, picture, name)
        if review.still(taken.file) is None:
            still = from_kit(taken)
            still = dataclasses.replace(
                still, kind=options.kind or still.kind, lead=True if options.lead and review.lead is None else None,
                permission=dataclasses.replace(still.permission, **given), **words,
            )  # fmt: skip
            if options.metadata:
                still = metadata.offered(still, metadata.read(picture))
            review = dataclasses.replace(review, stills=(*review.stills, still))
        if options.place and image_markup(taken.file) not in text:
            text = f"{text.rstrip()}\n\n{image_markup(taken.file)}\n".lstrip("\n")
        print(taken.file)
    save(was, review, text)
    return DONE


def _pictures(
    paths: Sequence[Path], folder: Path
) -> Iterator[tuple[str, Callable[[], bytes], Callable[[Taken], Still]]]:
    """Name, bytes and first record of each picture; a folder or a zip gives all of its, with the words of its texts."""
    for path in paths:
        if not is_kit(path):
            yield path.name, partial(read_picture, path), record
            continue
        kit = open_kit(path)
        if not kit.items:
            raise Refused(path.name, "There is no picture in it.")
        evidence = tuple(put_evidence(folder, data, Path(name).name)[0] for name, data in sorted(kit.texts.items()))
        for item in kit.items:
            made = partial(kit_still, words=item.words, choice=all_of(kit), evidence=evidence, day=dt.date.today())
            yield Path(item.name).name, item.read, made
        for left in kit.left:
            print(left, file=sys.stderr)


def _set(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    still = still_named(was.reading.review, options.still)
    plain = to_plain(still)
    for key, value in pairs(options.fields):
        if key == "file":
            raise Failed("file: the picture itself cannot be set. Add the other one, and remove this one.")
        put(plain, STILL, key.split("."), key, value)
    review = was.reading.review.with_still(from_plain(Still, plain), still.file)
    if review.still(still.file).lead and not still.lead:  # type: ignore[union-attr]
        others = tuple(s if s.file == still.file else dataclasses.replace(s, lead=None) for s in review.stills)
        review = dataclasses.replace(review, stills=others)
    save(was, review)
    return DONE


def _list(options: argparse.Namespace) -> int:
    was, today = _opened(options.file), dt.date.today()
    review = was.reading.review
    if options.json:
        found = [to_plain(still) | {"publishable": not standing(still, today).blocks} for still in review.stills]
        print(json.dumps({"stills": found}, ensure_ascii=False, indent=1, default=str))
        return DONE
    for still in review.stills:
        now = standing(still, today)
        words = "  ".join(part for part in ("lead" if still.lead else "", still.caption or still.alt) if part)
        print(f"{still.file}  {'blocks' if now.blocks else 'may'}: {now.words}{f'  {words}' if words else ''}")
    return DONE


def _remove(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    review, text = was.reading.review, was.reading.document.text
    gone = [still_named(review, name) for name in options.stills]
    for still in gone:
        if image_markup(still.file) in text and not options.text:
            raise Failed(f"{still.file} stands in the text. Take it out there, or use --text to do it now.")
        text = text.replace(f"\n\n{image_markup(still.file)}", "").replace(image_markup(still.file), "")
    kept = tuple(still for still in review.stills if still not in gone)
    save(was, dataclasses.replace(review, stills=kept), text)
    return DONE


# rights

_PERMISSION: Table = STILL.keys["permission"]  # type: ignore[assignment]


def _chosen(review: Review, names: Sequence[str], everything: bool) -> list[Still]:
    """The stills that are named, each once; all of them with ``--all``."""
    if everything:
        return list(review.stills)
    if not names:
        raise Failed("No still is named. Name one, such as stills/boat.jpg, or use --all.")
    return list(dict.fromkeys(still_named(review, name) for name in names))


def _put_back(was: Opened, stills: Sequence[Still]) -> None:
    review = was.reading.review
    for still in stills:
        review = review.with_still(still)
    save(was, review)


def _set_rights(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    names = [word for word in options.words if "=" not in word]
    fields = pairs([word for word in options.words if "=" in word])
    if not fields:
        raise Failed("Nothing is set. Write for example basis=own.")
    changed = []
    for still in _chosen(was.reading.review, names, options.all):
        plain = to_plain(still.permission)
        for key, value in fields:
            put(plain, _PERMISSION, key.split("."), key, value)
        changed.append(dataclasses.replace(still, permission=from_plain(Permission, plain)))
    _put_back(was, changed)
    return DONE


def _ask(options: argparse.Namespace) -> int:
    """Print a letter, or write it as a mail; the log says that it was asked."""
    was, today, folders = _opened(options.file), dt.date.today(), UserFolders.standard()
    review = was.reading.review
    chosen = _chosen(review, options.stills, options.all)
    known = {t.name: t for t in letters.templates([resource("letters"), folders.config / "letters"])}
    template = known.get(options.letter)
    if template is None:
        raise Failed(f"There is no letter “{options.letter}”. The letters are {', '.join(known)}.")
    to = options.to or chosen[0].permission.contact
    letter = letters.fill(template, letters.facts(review, chosen, today), to)
    if options.output:
        overwrite(Path(options.output), letters.mail(letter))
    else:
        print(f"To: {letter.to or '(nobody yet)'}\nSubject: {letter.subject}\n\n{letter.body}", end="")
    if letter.blanks:
        sys.stderr.write(f"Still blank: {', '.join(letter.blanks)}.\n")
    if not options.dry_run:
        event = Event(today, template.event, to, "mail" if options.output else "letter", template.title)
        _put_back(was, [happened(still, event) for still in chosen])
    return DONE


def _log(options: argparse.Namespace) -> int:
    """Print what happened, or write down what did."""
    was = _opened(options.file)
    still = still_named(was.reading.review, options.still)
    if not options.what:
        for event in still.permission.log:
            parts = (str(event.date or "no date"), event.what, event.who, event.how, event.note, event.evidence)
            print("  ".join(part for part in parts if part))
        return DONE
    kinds = _PERMISSION.keys["log"].item.keys  # type: ignore[attr-defined]
    what = made(kinds["what"], "what", options.what)
    date = made(kinds["date"], "--date", options.date) if options.date else dt.date.today()
    kept, digest = add_evidence(was.folder, Path(options.evidence)) if options.evidence else ("", "")
    event = Event(date, what, options.who, options.how, options.note, kept, digest)
    _put_back(was, [happened(still, event)])
    return DONE


def _audit(options: argparse.Namespace) -> int:
    """Every still of a library with its basis, its gaps and where it was published."""
    library = Path(options.library)
    if not library.is_dir():
        raise Failed(f"{library} is no folder. Name the folder of the library.")
    found = audit.make(library, UserFolders.standard(), dt.date.today(), options.within)
    forms: dict[str, Callable[[audit.Audit], str]] = {"json": audit.as_json, "csv": audit.as_csv, "html": audit.as_html}
    form: Any = next((make for name, make in forms.items() if getattr(options, name)), audit.as_text)
    print(form(found), end="")
    return BLOCKED if found.to_mend else DONE
