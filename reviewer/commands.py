"""What each verb of the command line does, without a screen."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reviewer import still_commands
from reviewer.fields import Failed, assign, pairs
from reviewer.library.files import ChangedOutside, overwrite
from reviewer.library.folders import UserFolders
from reviewer.library.listing import find
from reviewer.library.reviews import CannotRead, Opened, create, fresh, open_review, save_review
from reviewer.library.settings import load as load_settings
from reviewer.publish import blogs, webpage
from reviewer.publish.carry_out import Blocked, describe, recover
from reviewer.publish.carry_out import carry_out as carry_out_plan
from reviewer.publish.check import Subject, check
from reviewer.publish.plan import Change, NoBlog, Plan, make_plan, plan_unpublish, site_for, state_of
from reviewer.publish.profiles import PROFILES
from reviewer.publish.receipts import Receipts, review_key
from reviewer.review import marks
from reviewer.review.findings import Finding, Severity, blocking
from reviewer.review.rights import standing
from reviewer.review.values import Override, to_plain
from reviewer.stills.formats import Refused
from reviewer.text.document import NotText
from reviewer.text.frontmatter import BrokenFrontMatter
from reviewer.text.patch import CannotPatch
from reviewer.text.schema import REVIEW

DONE, BLOCKED, COULD_NOT = 0, 1, 2


def carry_out(options: argparse.Namespace) -> int:
    """Do what the command line asks for; returns the exit status. Raises `Failed`."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": _new, "set": _set, "get": _get, "stills": still_commands.stills, "rights": still_commands.rights,
        "check": _check, "render": _render, "export": _export, "unpublish": _unpublish,
        "status": _status, "profiles": _profiles,
    }  # fmt: skip
    with _said_plainly():
        return verbs[options.verb](options)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Every error that a file, a disk or a value can cause, as one sentence."""
    try:
        yield
    except (CannotRead, Refused, NoBlog) as error:
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
    made = create(library, fresh(options.title, options.film, year, author=settings.author), text)
    print(made.path)
    return DONE


def _set(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    if was.reading.broken is not None:
        broken = was.reading.broken
        raise Failed(f"{was.path}, line {broken.line}: {broken.reason}. {broken.fix} Nothing was changed.")
    review = was.reading.review
    for key, value in pairs(options.fields):
        review = assign(review, key, value)
    rule = load_settings(UserFolders.standard(), was.folder.parent).rule
    if review.rating != was.reading.review.rating and review.categories == was.reading.review.categories:
        followed = rule.follow(review.categories, was.reading.review.rating, review.rating)
        review = dataclasses.replace(review, categories=followed)
    rewrite = set(REVIEW.keys) if options.rewrite else set()
    save_review(was, review, rewrite=rewrite)
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


def findings_of(was: Opened, today: dt.date, known_terms: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """All findings of an opened review."""
    document_ = was.reading.document
    subject = Subject(was.reading.review, document_.text, document_.text_line, was.folder, today, known_terms)
    if was.reading.broken is not None:
        return was.reading.findings
    return check(subject, was.reading.findings)


def _check(options: argparse.Namespace) -> int:
    today, reports, worst = dt.date.today(), [], DONE
    for path in _reviews(options.paths):
        try:
            was = open_review(path)
        except CannotRead as error:
            found: tuple[Finding, ...] = (
                Finding("unreadable", Severity.BLOCKS, f"{error.reason[:1].upper()}{error.reason[1:]}.", fix=error.fix),
            )
            title = ""
        else:
            found, title = findings_of(was, today), was.reading.review.title
        worst = BLOCKED if blocking(found) else worst
        reports.append({"path": str(path), "title": title, "findings": [_finding(f) for f in found]})
    if options.json:
        print(json.dumps({"reviews": reports}, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            _print_findings(str(report["path"]), report["findings"])  # type: ignore[arg-type]
    return worst


def _reviews(paths: Iterable[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(find(path))
        elif not path.exists():
            raise Failed(f"{path}: there is no such file. Look at the spelling of the path.")
        else:
            yield path


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": f"{finding.message} {finding.reason}".strip(),
        "line": finding.line,
        "fix": finding.fix,
    }


def _print_findings(path: str, findings: list[dict[str, Any]]) -> None:
    print(f"{path}: {'nothing found' if not findings else ''}".rstrip())
    for finding in findings:
        line = f"line {finding['line']}: " if finding["line"] else ""
        print(f"  {finding['severity']}: {line}{finding['message']} {finding['fix']}".rstrip())


def _render(options: argparse.Namespace) -> int:
    was = _opened(options.file)
    output = Path(options.output)
    if output.is_dir():
        raise Failed(f"{output} is a folder. Name the file to write, for example {output / 'page.html'}.")
    if output.exists() and output.samefile(was.path):
        raise Failed(f"{output} is the review itself. Name another file to write.")
    style = Path(options.style).read_text("utf-8", "replace") if options.style else webpage.own_style()
    try:
        page = webpage.make(was.reading.review, was.reading.document.text, was.folder, style)
    except RecursionError:
        raise Failed(f"{was.path}: the text is nested too deeply to be rendered. Take some levels out.") from None
    overwrite(output, page)
    return DONE


# export


def _export(options: argparse.Namespace) -> int:
    folders, blog, today = UserFolders.standard(), Path(options.to), dt.date.today()
    site = site_for(blog, options.profile)
    recover(folders, site.folder)
    opened = [open_review(path) for path in _reviews(options.files)]
    settings = blogs.load(folders, site.folder)
    plan = make_plan(opened, site, settings, folders, today, options.replace, options.reason)
    if options.dry_run:
        _show(plan, options.json, written=None)
        return BLOCKED if plan.blocked else DONE
    if plan.blocked:
        _show(plan, options.json, written=0)
        return BLOCKED
    if options.reason:
        for was in opened:
            _keep_reason(was, options.reason, today)
    try:
        written = carry_out_plan(plan, folders)
    except Blocked as error:
        raise Failed(str(error)) from error
    _show(plan, options.json, written)
    return BLOCKED if plan.count(Change.IN_THE_WAY) else DONE


def _keep_reason(was: Opened, reason: str, today: dt.date) -> None:
    """Write the reason into the record of each still that would have blocked."""
    stills = tuple(
        dataclasses.replace(s, permission=dataclasses.replace(s.permission, override=Override(today, reason)))
        if standing(s, today).blocks
        else s
        for s in was.reading.review.stills
    )
    save_review(was, dataclasses.replace(was.reading.review, stills=stills))


def _show(plan: Plan, as_json: bool, written: int | None) -> None:
    if as_json:
        content = {
            "profile": plan.profile.name,
            "blog": str(plan.site.folder),
            "reviews": [
                {"path": str(r.source), "title": r.title, "post": r.post, "findings": [_finding(f) for f in r.findings]}
                for r in plan.reviews
            ],
            "files": describe(plan),
            "written": written,
        }
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return
    for review in plan.reviews:
        if review.findings:
            _print_findings(str(review.source), [_finding(f) for f in review.findings])
    for file in plan.files:
        print(f"{file.change.value:11} {file.path}{f'  ({file.why})' if file.why else ''}")
        if written is None and file.change in (Change.CHANGED, Change.IN_THE_WAY) and file.diff():
            print(file.diff(), end="")
    if plan.count(Change.IN_THE_WAY):
        print("A file in the way stays as it is. --replace PATH overwrites it.")
    if plan.blocked:
        print("Nothing was written: the findings that block come first.")
    elif written is not None:
        print(f"{written} {'file' if written == 1 else 'files'} written.")


def _unpublish(options: argparse.Namespace) -> int:
    folders, site = UserFolders.standard(), site_for(Path(options.blog), options.profile)
    recover(folders, site.folder)
    reviews = [
        (review_key(_id(was), was.path), was.path, was.reading.review.title)
        for was in map(open_review, _reviews(options.files))
    ]
    plan = plan_unpublish(reviews, site, folders)
    if options.dry_run or plan.blocked:
        _show(plan, options.json, written=None if options.dry_run else 0)
        return BLOCKED if plan.blocked else DONE
    _show(plan, options.json, carry_out_plan(plan, folders))
    return BLOCKED if plan.count(Change.KEPT) else DONE


def _id(was: Opened) -> str:
    return was.reading.review.id


def _status(options: argparse.Namespace) -> int:
    folders, site = UserFolders.standard(), site_for(Path(options.blog), options.profile)
    settings, receipts = blogs.load(folders, site.folder), Receipts(folders, site.folder)
    plan = make_plan([open_review(p) for p in _reviews(options.files)], site, settings, folders, dt.date.today())
    rows = [(one, state_of(plan, receipts, one).value) for one in plan.reviews]
    if options.json:
        found = [{"path": str(one.source), "title": one.title, "post": one.post, "state": state} for one, state in rows]
        print(json.dumps({"blog": str(site.folder), "reviews": found}, ensure_ascii=False, indent=1))
        return DONE
    for one, state in rows:
        print(f"{state:19} {one.source}{f'  {one.post}' if one.post else ''}")
    return DONE


def _profiles(options: argparse.Namespace) -> int:
    for profile in PROFILES.values():
        print(f"{profile.name:8} {profile.about}")
    return DONE


__all__ = ["Failed", "NotText", "carry_out"]
