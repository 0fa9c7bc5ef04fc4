"""What each verb of the command line does, without a screen."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reviewer import library_commands, list_commands, publish_commands, reports, still_commands, version_commands
from reviewer.library import templates
from reviewer.library.files import ChangedOutside, overwrite
from reviewer.library.folders import UserFolders, set_aside_since
from reviewer.library.history import History
from reviewer.library.reviews import CannotRead, Opened, create, fresh, open_review
from reviewer.library.settings import load as load_settings
from reviewer.publish import webpage
from reviewer.publish.plan import NoBlog
from reviewer.reports import BLOCKED, DONE, Failed, save
from reviewer.review import marks
from reviewer.review.findings import Finding, Severity, blocking
from reviewer.review.values import Review, to_plain
from reviewer.stills.formats import Refused
from reviewer.text.document import Document, NotText
from reviewer.text.fields import BadField, assign, pairs
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.mentions import film_name
from reviewer.text.patch import CannotPatch
from reviewer.text.schema import REVIEW


def carry_out(options: argparse.Namespace) -> int:
    """Do what the command line asks for; returns the exit status. Raises `Failed`."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": _new, "set": _set, "get": _get, "stills": still_commands.stills, "rights": still_commands.rights,
        "check": _check, "render": _render, **publish_commands.VERBS, **library_commands.VERBS, **list_commands.VERBS, **version_commands.VERBS,
    }  # fmt: skip
    with _said_plainly():
        return verbs[options.verb](options)


def tell_set_aside(since: dt.datetime) -> None:
    """Say which of the program's own files could not be read meanwhile."""
    for path in set_aside_since(UserFolders.standard(), since):
        print(f"{path} is a settings file that could not be read; it was set aside under this name.", file=sys.stderr)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Every error that a file, a disk or a value can cause, as one sentence."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (CannotRead, Refused, NoBlog, BadField) as error:
        raise Failed(str(error)) from error
    except BrokenFrontMatter as error:
        raise Failed(f"line {error.line}: {error.reason}. {error.fix} Nothing was changed.") from error
    except CannotPatch as error:
        way = "Use --rewrite to write it anew." if error.rewritable else "Change it in a text editor."
        raise Failed(f"line {error.line}: {error.key} {error.why}, so it cannot be changed in place. {way}") from error
    except ChangedOutside as error:
        raise Failed(
            f"{error.path} was changed by another program meanwhile. Nothing was written. Run it again."
        ) from error
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else ""
        raise Failed(f"{name}: {error.strerror or error}. {_advice(error)}") from error


def _advice(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "Change its permissions, or use another place. Nothing was changed."
    if error.errno == 28:
        return "Make room and run it again. Nothing was changed."
    return "Nothing was changed."


def _opened(name: str) -> Opened:
    return open_review(Path(name))


# new, set, get


def _new(options: argparse.Namespace) -> int:
    library = Path(options.library)
    if library.exists() and not library.is_dir():
        raise Failed(f"{library} is a file. Name a folder for the library.")
    settings = load_settings(UserFolders.standard(), library)
    text = ""
    if options.text:
        raw = sys.stdin.buffer.read() if options.text == "-" else Path(options.text).read_bytes()
        text = raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff").replace("\r\n", "\n")
    year = options.year
    if year is not None and not 1870 <= year <= 2200:
        raise Failed(f"--year is {year}; a year between 1870 and 2200 is expected.")
    review, begun = fresh(options.title, options.film, year, author=settings.author), Document()
    if options.template:
        review, begun = _begun(options, review)
        text = text or begun.text
    made = create(library, review, text, begun, history=History.of(UserFolders.standard()))
    print(made.path)
    return DONE


def _begun(options: argparse.Namespace, review: Review) -> tuple[Review, Document]:
    """What the review begins with: a template by its name or title. Raises `Failed`."""
    found = templates.templates(UserFolders.standard())
    wanted = options.template.casefold()
    one = next((one for one in found if wanted in (one.name.casefold(), one.title.casefold())), None)
    if one is None:
        raise Failed(f"There is no template “{options.template}”. There are {', '.join(one.name for one in found)}.")
    film = film_name(options.film or options.title, options.year)
    return templates.begun(
        one, review, templates.known(film, options.other, dt.date.today()) | {"title": options.title}
    )


def _set(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    if was.reading.broken is not None:
        broken = was.reading.broken
        raise Failed(f"{was.path}, line {broken.line}: {broken.reason}. {broken.fix} Nothing was changed.")
    review = was.reading.review
    settings = load_settings(UserFolders.standard(), was.folder.parent)
    for key, value in pairs(options.fields):
        review = assign(review, key, value, settings.scales)
    if review.rating != was.reading.review.rating and review.categories == was.reading.review.categories:
        followed = settings.rules.follow(review.categories, was.reading.review.rating, review.rating)
        review = dataclasses.replace(review, categories=followed)
    rewrite = set(REVIEW.keys) if options.rewrite else set()
    save(was, review, rewrite=rewrite)
    return DONE


def _get(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    if was.reading.broken is not None:
        raise Failed(
            f"{was.path}, line {was.reading.broken.line}: {was.reading.broken.reason}. {was.reading.broken.fix}"
        )
    found: Any = to_plain(was.reading.review)
    if not options.key:
        print(json.dumps(found, ensure_ascii=False, indent=1, default=_iso))
        return DONE
    if options.key.startswith("rating."):
        mark = marks.mark_on(was.reading.review, options.key.partition(".")[2])
        found = mark.value if mark else ""
    else:
        for part in options.key.split("."):
            found = found.get(part, "") if isinstance(found, dict) else ""
    if isinstance(found, list) and not any(isinstance(item, (dict, list)) for item in found):
        print(*found, sep="\n")
    elif isinstance(found, (dict, list)):
        print(json.dumps(found, ensure_ascii=False, indent=1, default=_iso))
    else:
        print(_iso(found))
    return DONE


def _iso(value: object) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


# check, render


def _check(options: argparse.Namespace) -> int:
    today, worst = dt.date.today(), DONE
    rows: list[dict[str, Any]] = []
    for path in reports.reviews(options.paths):
        try:
            was = open_review(path)
        except CannotRead as error:
            found: tuple[Finding, ...] = (
                Finding("unreadable", Severity.BLOCKS, f"{error.reason[:1].upper()}{error.reason[1:]}.", fix=error.fix),
            )
            title = ""
        else:
            found, title = reports.findings_of(was, today), was.reading.review.title
        worst = BLOCKED if blocking(found) else worst
        rows.append({"path": str(path), "title": title, "findings": [reports.row(f) for f in found]})
    if options.json:
        print(json.dumps({"reviews": rows}, ensure_ascii=False, indent=1))
    else:
        for one in rows:
            reports.show(one["path"], one["findings"])
    return worst


def _render(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    output = Path(options.output)
    if output.is_dir():
        raise Failed(f"{output} is a folder. Name the file to write, for example {output / 'page.html'}.")
    if output.exists() and output.samefile(was.path):
        raise Failed(f"{output} is the review itself. Name another file to write.")
    style = Path(options.style).read_text("utf-8", "replace") if options.style else webpage.own_style()
    try:
        page = webpage.make(was.reading.review, was.reading.document.text, was.folder, style, reports.scales(was))
    except RecursionError:
        raise Failed(f"{was.path}: the text is nested too deeply to be rendered. Take some levels out.") from None
    overwrite(output, page)
    return DONE


__all__ = ["Failed", "NotText", "carry_out"]
