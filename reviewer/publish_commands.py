"""What the verbs of publishing do, without a screen."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reviewer import reports
from reviewer.interop import letterboxd
from reviewer.library.files import overwrite
from reviewer.library.folders import UserFolders
from reviewer.library.reviews import Opened, open_review
from reviewer.publish import blogs, presets, sample, undo, verify
from reviewer.publish.carry_out import Blocked, describe, recover
from reviewer.publish.carry_out import carry_out as carry_out_plan
from reviewer.publish.plan import Change, Plan, site_for
from reviewer.publish.planner import make_plan, plan_unpublish, state_of
from reviewer.publish.profiles import PROFILES, take_in
from reviewer.publish.receipts import Receipts, review_key
from reviewer.reports import BLOCKED, DONE, Failed, save
from reviewer.review.rights import standing
from reviewer.review.values import Override


def _export(options: argparse.Namespace) -> int:
    folders, blog, today = UserFolders.standard(), Path(options.to), dt.date.today()
    site = site_for(blog, _profile(blog, options.profile))
    recover(folders, site.folder)
    opened = [open_review(path) for path in reports.reviews(options.files)]
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
    save(was, dataclasses.replace(was.reading.review, stills=stills))


def _show(plan: Plan, as_json: bool, written: int | None) -> None:
    if as_json:
        content = {
            "profile": plan.profile.name,
            "blog": str(plan.site.folder),
            "reviews": [
                {
                    "path": str(r.source),
                    "title": r.title,
                    "post": r.post,
                    "findings": [reports.row(f) for f in r.findings],
                }
                for r in plan.reviews
            ],
            "files": describe(plan),
            "written": written,
        }
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return
    for review in plan.reviews:
        if review.findings:
            reports.show(str(review.source), [reports.row(f) for f in review.findings])
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
    folders, site = UserFolders.standard(), site_for(Path(options.blog), _profile(Path(options.blog), options.profile))
    recover(folders, site.folder)
    reviews = [
        (review_key(_id(was), was.path), was.path, was.reading.review.title)
        for was in map(open_review, reports.reviews(options.files))
    ]
    plan = plan_unpublish(reviews, site, blogs.load(folders, site.folder), folders)
    if options.dry_run or plan.blocked:
        _show(plan, options.json, written=None if options.dry_run else 0)
        return BLOCKED if plan.blocked else DONE
    _show(plan, options.json, carry_out_plan(plan, folders))
    return BLOCKED if plan.count(Change.KEPT) else DONE


def _id(was: Opened) -> str:
    return was.reading.review.id


def _status(options: argparse.Namespace) -> int:
    folders, site = UserFolders.standard(), site_for(Path(options.blog), _profile(Path(options.blog), options.profile))
    settings, receipts = blogs.load(folders, site.folder), Receipts(folders, site.folder)
    plan = make_plan([open_review(p) for p in reports.reviews(options.files)], site, settings, folders, dt.date.today())
    rows = [(one, state_of(plan, receipts, one).value) for one in plan.reviews]
    if options.json:
        found = [{"path": str(one.source), "title": one.title, "post": one.post, "state": state} for one, state in rows]
        print(json.dumps({"blog": str(site.folder), "reviews": found}, ensure_ascii=False, indent=1))
        return DONE
    for one, state in rows:
        print(f"{state:19} {one.source}{f'  {one.post}' if one.post else ''}")
    return DONE


def with_own_profiles(verb: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A verb that knows the writer's own profiles; what is wrong with one of them is said and stops nothing."""

    def run(options: argparse.Namespace) -> int:
        for fault in take_in(UserFolders.standard().config):
            sys.stderr.write(f"reviewer: {fault}\n")
        return verb(options)

    return run


def _profile(blog: Path, named: str) -> str:
    """The profile named on the command line, else the one that the blog was set up with."""
    return named or blogs.load(UserFolders.standard(), blog).profile


def _undo(options: argparse.Namespace) -> int:
    folders, site = UserFolders.standard(), site_for(Path(options.blog), _profile(Path(options.blog), options.profile))
    recover(folders, site.folder)
    try:
        plan = undo.plan_undo(site, folders)
    except undo.NothingToUndo as error:
        raise Failed(str(error)) from error
    if options.dry_run:
        _show(plan, options.json, written=None)
        return DONE
    written = carry_out_plan(plan, folders)
    _show(plan, options.json, written)
    return BLOCKED if plan.count(Change.KEPT) else DONE


def _verify(options: argparse.Namespace) -> int:
    folders, blog = UserFolders.standard(), Path(options.blog)
    site, built = site_for(blog, _profile(blog, "")), Path(options.built)
    if not built.is_dir():
        raise Failed(f"{built}: there is no such folder. Build the site first, then name the folder of its pages.")
    reports_ = verify.verify(site, blogs.load(folders, site.folder), Receipts(folders, site.folder), built, folders)
    if not reports_:
        raise Failed(f"{blog}: no review was exported into this blog, so there is nothing to compare.")
    if options.json:
        rows = [dataclasses.asdict(one) | {"faults": [dataclasses.asdict(f) for f in one.faults]} for one in reports_]
        print(json.dumps({"blog": str(site.folder), "pages": rows}, ensure_ascii=False, indent=1))
    else:
        for one in reports_:
            print(f"{one.title}: {one.page or 'no page'}{'' if one.faults else ': as typed'}")
            for fault in one.faults:
                print(f"  {fault.code}: {fault.message}")
    return BLOCKED if any(one.faults for one in reports_) else DONE


def _blog(options: argparse.Namespace) -> int:
    return {"add": _blog_add, "list": _blog_list, "show": _blog_show}[options.act](options)


def _blog_add(options: argparse.Namespace) -> int:
    folders, blog = UserFolders.standard(), Path(options.blog)
    site = site_for(blog, options.profile)
    settings = dataclasses.replace(blogs.load(folders, blog), profile=options.profile)
    try:
        if options.preset:
            settings = presets.applied(settings, options.preset)
        for words in options.values:
            key, sign, value = words.partition("=")
            if not sign:
                raise ValueError(f"{words}: write key=value, such as fields.rating=stars.")
            settings = blogs.changed(settings, key, value)
    except ValueError as error:
        raise Failed(str(error)) from error
    blogs.store(folders, blog, settings)
    print(f"{site.profile}: {'; '.join(site.reasons)}")
    return DONE


def _blog_list(options: argparse.Namespace) -> int:
    folders = UserFolders.standard()
    rows = []
    for blog in blogs.known(folders):
        receipts = [one for one in Receipts(folders, blog).all() if one.entry]
        rows.append({"blog": str(blog), "profile": _recognised(blog), "posts": len(receipts)})
    if options.json:
        print(json.dumps({"blogs": rows}, ensure_ascii=False, indent=1))
        return DONE
    for row in rows:
        print(f"{row['profile'] or 'unknown':10} {row['posts']:5} posts  {row['blog']}")
    return DONE


def _recognised(blog: Path) -> str:
    try:
        return site_for(blog, _profile(blog, "")).profile
    except ValueError:
        return ""


def _blog_show(options: argparse.Namespace) -> int:
    folders, blog = UserFolders.standard(), Path(options.blog)
    site, settings = site_for(blog, _profile(blog, "")), blogs.load(folders, blog)
    text = sample.front_matter(site, settings)
    if options.json:
        content = {"blog": str(blog), "profile": site.profile, "reasons": list(site.reasons),
                   "settings": blogs.plain(settings), "sample": text}  # fmt: skip
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return DONE
    print(f"{PROFILES[site.profile].title}: {'; '.join(site.reasons)}")
    usual = blogs.plain(type(settings)())
    for key, value in blogs.plain(settings).items():
        if value != usual[key]:
            print(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    print(f"\n{text}", end="")
    return DONE


def _letterboxd(options: argparse.Namespace) -> int:
    output = Path(options.output)
    opened = [open_review(path) for path in reports.reviews(options.files)]
    rows = [
        row
        for was in opened
        for row in letterboxd.rows(
            was.reading.review, was.reading.document.text if options.reviews else "", reports.scales(was)
        )
    ]
    parts = letterboxd.parts(rows)
    for number, part in enumerate(parts, 1):
        path = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
        overwrite(path, part)
        print(path)
    for was in opened:
        for note in letterboxd.notes(was.reading.review, reports.scales(was)):
            print(f"{was.path}: {note}")
    return DONE


def _profiles(options: argparse.Namespace) -> int:
    found = [one for name, one in PROFILES.items() if options.name in ("", name)]
    if not found:
        raise Failed(f"There is no profile “{options.name}”. The profiles are {', '.join(PROFILES)}.")
    if options.json:
        print(json.dumps({"profiles": [sample.describe(one) for one in found]}, ensure_ascii=False, indent=1))
    elif options.name:
        for key, value in sample.describe(found[0]).items():
            words = (
                ", ".join(map(str, value))
                if isinstance(value, (list, tuple))
                else json.dumps(value)
                if isinstance(value, dict)
                else value
            )
            print(f"{key}: {words}")
    else:
        for profile in found:
            print(f"{profile.name:9} {profile.about}")
    return DONE


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    name: with_own_profiles(verb)
    for name, verb in (
        ("export", _export), ("unpublish", _unpublish), ("undo-export", _undo), ("status", _status), ("verify", _verify),
        ("blog", _blog), ("letterboxd", _letterboxd), ("profiles", _profiles),
    )
}  # fmt: skip
