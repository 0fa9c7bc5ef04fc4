"""The command line: what may be said, and who does it.

The verbs need no screen and import no Qt; a file, a folder or nothing at all opens the window.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from reviewer.review.terms import KINDS
from reviewer.review.values import LIST_ORDERS

DONE, BLOCKED, COULD_NOT = 0, 1, 2

HELP = """\
usage: reviewer [--safe] [FILE | FOLDER]   open the window; --safe: no web view, nothing of the last time
       reviewer COMMAND ...                work without one

commands:
  new LIBRARY --title T     start a review, print its path
  set FILE key=value ...    change fields, all in one write
  get FILE [key]            print one field, or all as JSON
  stills add FILE IMAGE ... add pictures to a review; also set, list, remove
  rights audit LIBRARY      every still with its permission; also set, ask, log
  check FILE|FOLDER ...     say what stands in the way of a post
  render FILE -o OUT.html   write one self-contained page
  export FILE ... --to BLOG put posts into a blog's folder
  unpublish FILE --from B   take posts out of a blog's folder again
  undo-export BLOG          take the last export into a blog back
  status FILE ... --blog B  say how each review stands in a blog
  verify BLOG --built OUT   compare the built pages with what was typed
  blog add|list|show        the blogs that posts go into
  letterboxd FILE ... -o F  write an import file for Letterboxd
  profiles [NAME]           list the site generators that are known
  list LIBRARY [QUERY]      the reviews that a query finds, in order
  terms LIBRARY ...         tags, people, films: list, rename, merge, split, remove
  marks LIBRARY ...         marks as another scale's, categories by the rule
  films index|find          film facts from files of your own, with no network
  stats LIBRARY             figures: marks, years, directors, words
  links LIBRARY check|mend  links between reviews that lead nowhere
  lists new|update|show     list posts: from a search or by hand, kept in step
  diary LIBRARY ...         what was seen and when: list, add, import
  undo LIBRARY              take the last change to several reviews back
  versions FILE ...         older versions: list, show, restore; of a LIBRARY what is gone

reviewer COMMAND --help says more about one, with an example. reviewer --version prints the version.
Exit status: 0 done, 1 findings that block, 2 could not.

example: reviewer ~/Reviews/moon-2009/review.md
"""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        sys.stderr.write(f"{self.prog}: {message}. {self.prog} --help shows how.\n")
        raise SystemExit(COULD_NOT)


def parser() -> Parser:
    """All verbs with their arguments."""
    top = Parser(prog="reviewer", add_help=False)
    verbs = top.add_subparsers(dest="verb", required=True, parser_class=Parser)

    def verb(name: str, about: str, example: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(
            name, description=about, epilog=f"example: {example}", formatter_class=argparse.RawDescriptionHelpFormatter
        )
        return made

    new = verb("new", "Start a review in a library and print the path of its review.md.",
               'reviewer new ~/Reviews --title "Never Let Me Go" --year 2010')  # fmt: skip
    new.add_argument("library", help="the library's folder; made where it is missing")
    new.add_argument("--title", required=True, help="the review's title")
    new.add_argument("--film", default="", help="the film's title, where it differs")
    new.add_argument("--year", type=int, help="the film's year")
    new.add_argument("--template", default="", metavar="NAME",
                     help="begin with a template: festival-capsule, long-essay, double-bill, series-episode, or your own")  # fmt: skip
    new.add_argument("--other", default="", metavar="FILM", help='the second film of a double bill: "Moon (2009)"')
    new.add_argument("--text", default="", help="a file with the text, or - for standard input")

    change = verb("set", "Change fields of a review, all in one write. An empty value takes the field away.\n"
                  "Lists are separated by commas; a still is named by its file: stills.boat.jpg.alt=...,\n"
                  "a further film of a review by its number: also.1.film.title=...\n"
                  "A cast is a list of roles: credits.cast=\"Carey Mulligan as Kathy; Andrew Garfield as Tommy\"",
                  'reviewer set review.md status=ready rating.five-stars=4 "categories=Movies,4 star movies"')  # fmt: skip
    change.add_argument("file")
    change.add_argument("fields", nargs="+", metavar="key=value")
    change.add_argument("--rewrite", action="store_true", help="write a field anew that cannot be changed in place")

    get = verb("get", "Print one field, a list one item a line; without a key, all fields as JSON.",
               "reviewer get review.md film.year")  # fmt: skip
    get.add_argument("file")
    get.add_argument("key", nargs="?", default="")

    stills = verb("stills", "Work with a review's pictures.", "reviewer stills add review.md boat.jpg --basis own")
    acts = stills.add_subparsers(dest="act", required=True, parser_class=Parser)
    add = acts.add_parser("add", description="Copy pictures into the review's stills/, unchanged, and record them. A folder or zip is a press kit.",
                          epilog='example: reviewer stills add review.md boat.jpg --alt "A boat" --basis own')  # fmt: skip
    add.add_argument("file")
    add.add_argument("images", nargs="+", metavar="IMAGE")
    for name, about in (
        ("alt", "the alternative text"), ("caption", "the caption"), ("credit", "the credit line"),
        ("kind", "frame, trailer-frame, publicity, poster, own or other"), ("timecode", "where in the film"),
        ("basis", "unknown, permission, press-terms, licence, quotation, public-domain or own"),
        ("state", "not-asked, asked, granted, refused or withdrawn"), ("holder", "who holds the rights"),
        ("terms", "on what terms"), ("licence", "an SPDX id such as CC-BY-4.0"), ("note", "a note for yourself"),
    ):  # fmt: skip
        add.add_argument(f"--{name}", default="", help=about)
    _more_stills(acts, add)
    _rights(verb)
    add.add_argument("--lead", action="store_true", help="make the first picture the post's main one")
    add.add_argument("--metadata", action="store_true", help="fill empty fields from what the pictures say themselves")
    add.add_argument("--place", action="store_true", help="place the pictures at the end of the text")

    check = verb("check", "Say what stands in the way of a post and what is worth a second look.",
                 "reviewer check --json ~/Reviews")  # fmt: skip
    check.add_argument("paths", nargs="+", metavar="FILE|FOLDER")
    check.add_argument("--json", action="store_true", help="print JSON")

    render = verb("render", "Write one self-contained page, stills inside.", "reviewer render review.md -o page.html")
    render.add_argument("file")
    render.add_argument("-o", "--output", required=True, metavar="OUT.html")
    render.add_argument("--style", default="", metavar="FILE", help="a style sheet instead of the program's own")

    export = verb("export", "Put posts into a blog's folder: checked, planned, then all or nothing.",
                  "reviewer export review.md --to ~/blog --profile jekyll --dry-run")  # fmt: skip
    export.add_argument("files", nargs="+", metavar="FILE")
    export.add_argument("--to", required=True, metavar="BLOG", help="the blog's folder")
    export.add_argument("--profile", default="", help="the site generator; told from the folder where it is left out")
    export.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
    export.add_argument("--json", action="store_true", help="print JSON")
    export.add_argument("--replace", action="append", default=[], metavar="PATH", help="overwrite this file in the way")
    export.add_argument("--reason", default="", metavar="TEXT",
                        help="publish stills all the same, with this reason kept in their record")  # fmt: skip

    unpublish = verb("unpublish", "Take posts out of a blog's folder again, with their pictures. The reviews stay.",
                     "reviewer unpublish review.md --from ~/blog --dry-run")  # fmt: skip
    unpublish.add_argument("files", nargs="+", metavar="FILE")
    unpublish.add_argument("--from", dest="blog", required=True, metavar="BLOG", help="the blog's folder")
    unpublish.add_argument(
        "--profile", default="", help="the site generator; told from the folder where it is left out"
    )
    unpublish.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
    unpublish.add_argument("--json", action="store_true", help="print JSON")

    status = verb(
        "status", "Say how each review of a library stands in a blog.", "reviewer status ~/Reviews --blog ~/blog"
    )
    status.add_argument("files", nargs="+", metavar="FILE")
    status.add_argument("--blog", required=True, metavar="BLOG", help="the blog's folder")
    status.add_argument("--profile", default="", help="the site generator; told from the folder where it is left out")
    status.add_argument("--json", action="store_true", help="print JSON")

    _blogs(verb)
    _library(verb)
    return top


def _blogs(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    undo = verb("undo-export", "Take the last export into a blog back. A file that was changed since stays.",
                "reviewer undo-export ~/blog --dry-run")  # fmt: skip
    undo.add_argument("blog", metavar="BLOG", help="the blog’s folder")
    undo.add_argument("--profile", default="", help="the site generator; told from the folder where it is left out")
    undo.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
    undo.add_argument("--json", action="store_true", help="print JSON")

    verify = verb("verify", "Compare a built site with the reviews: title, day, text, marks, stills, alt, credit.",
                  "reviewer verify ~/blog --built ~/blog/_site")  # fmt: skip
    verify.add_argument("blog", metavar="BLOG", help="the blog’s folder")
    verify.add_argument("--built", required=True, metavar="FOLDER", help="the folder of the built pages")
    verify.add_argument("--json", action="store_true", help="print JSON")

    blog = verb("blog", "The blogs that posts go into, each with its profile and settings.",
                "reviewer blog add ~/blog --profile hugo --set fields.rating=stars")  # fmt: skip
    acts = blog.add_subparsers(dest="act", required=True, parser_class=Parser)
    add = acts.add_parser("add", description="Set a blog up, or change its settings.",
                          epilog="example: reviewer blog add ~/blog --preset chirpy --set rating_line=false")  # fmt: skip
    add.add_argument("blog", metavar="BLOG", help="the blog’s folder")
    add.add_argument("--profile", default="", help="the site generator; told from the folder where it is left out")
    add.add_argument("--preset", default="", help="names and constants for a known theme")
    add.add_argument("--set", action="append", default=[], metavar="key=value", dest="values",
                     help="a setting, such as fields.rating=stars, constants.layout=film or credits_box=false")  # fmt: skip
    listing = acts.add_parser(
        "list", description="List the blogs that are set up.", epilog="example: reviewer blog list"
    )
    listing.add_argument("--json", action="store_true", help="print JSON")
    show = acts.add_parser("show", description="Show a blog’s settings, how it was recognised, and a sample of its front matter.",
                           epilog="example: reviewer blog show ~/blog")  # fmt: skip
    show.add_argument("blog", metavar="BLOG", help="the blog’s folder")
    show.add_argument("--json", action="store_true", help="print JSON")

    letterboxd = verb("letterboxd", "Write reviews as a file that Letterboxd imports (CSV, parts of at most 1 MB).",
                      "reviewer letterboxd ~/Reviews -o import.csv")  # fmt: skip
    letterboxd.add_argument("files", nargs="+", metavar="FILE")
    letterboxd.add_argument("-o", "--output", required=True, metavar="FILE.csv")
    letterboxd.add_argument("--reviews", action="store_true", help="with the whole texts, not only marks and days")

    profiles = verb(
        "profiles", "List the site generators that are known, or say all about one.", "reviewer profiles hugo"
    )
    profiles.add_argument("name", nargs="?", default="", metavar="NAME")
    profiles.add_argument("--json", action="store_true", help="print JSON")


def _library(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    listing = verb("list", "List the reviews of a library that a query finds; all without one.\nA query holds words, \"phrases\", and "
                   "key:value; docs/searching.md tells all.",
                   "reviewer list ~/Reviews 'director:\"Mark Romanek\" mark:>=4 -status:draft' --sort year")  # fmt: skip
    listing.add_argument("library", metavar="LIBRARY")
    listing.add_argument("query", nargs="?", default="", metavar="QUERY")
    listing.add_argument("--sort", default="", metavar="ORDER", help="relevance, date, title, film, year, mark, seen, updated, edited, words, runtime or status")  # fmt: skip
    listing.add_argument("--reverse", action="store_true", help="the other way round")
    listing.add_argument("--most", type=int, default=-1, metavar="N", help="only the first so many")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.add_argument("--csv", action="store_true", help="print CSV")

    terms = verb("terms", "The terms of a library: tags, categories, genres, countries, people, films.",
                 "reviewer terms ~/Reviews rename tag SF science-fiction --dry-run")  # fmt: skip
    terms.add_argument("library", metavar="LIBRARY")
    acts = terms.add_subparsers(dest="act", required=True, parser_class=Parser)
    every = acts.add_parser("list", description="All terms with the number of reviews that have them, the most used first.",
                            epilog="example: reviewer terms ~/Reviews list --kind person --near")  # fmt: skip
    every.add_argument("--kind", default="", choices=("", *KINDS), help="only this kind")
    every.add_argument("--near", action="store_true", help="only groups of terms that are nearly the same")
    every.add_argument("--json", action="store_true", help="print JSON")
    for name, about in (("rename", "Give a term another name, in all reviews."), ("merge", "Make several terms one."),
                        ("split", "Put several terms in the place of one."), ("remove", "Take a term out of all reviews.")):  # fmt: skip
        act = acts.add_parser(name, description=about, epilog=f"example: {_TERMS[name]}")
        act.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        if name == "merge":
            act.add_argument("terms", nargs="+", metavar="TERM")
            act.add_argument("--into", required=True, metavar="NEW")
        else:
            act.add_argument("old", metavar="TERM")
        if name == "rename":
            act.add_argument("new", metavar="NEW")
        if name == "split":
            act.add_argument("into", nargs="+", metavar="NEW")
        _planned(act)

    marks = verb(
        "marks", "The marks of a library.", "reviewer marks ~/Reviews convert --from five-stars --to letters --dry-run"
    )
    marks.add_argument("library", metavar="LIBRARY")
    acts = marks.add_subparsers(dest="act", required=True, parser_class=Parser)
    convert = acts.add_parser("convert", description="Turn marks on one scale into the nearest on another.",
                              epilog="example: reviewer marks ~/Reviews convert --from five-stars --to letters --add")  # fmt: skip
    convert.add_argument("--from", dest="source", required=True, metavar="SCALE")
    convert.add_argument("--to", dest="target", required=True, metavar="SCALE")
    convert.add_argument("--add", action="store_true", help="keep the old mark beside the new one")
    rule = acts.add_parser("rule", description="Give each review the category that its mark leads to, such as “4 star movies”.",
                           epilog="example: reviewer marks ~/Reviews rule --dry-run")  # fmt: skip
    rule.add_argument(
        "--template",
        default="",
        metavar="WORDS",
        help='another rule than the library\'s: "{letter} movies", "{stars} star movies"',
    )
    rule.add_argument("--scale", default="", metavar="SCALE", help="the scale that it follows; the main one else")
    for act in (convert, rule):
        act.add_argument("query", nargs="?", default="", metavar="QUERY", help="only the reviews that this finds")
        _planned(act)

    films = verb(
        "films",
        "Film facts from files that you downloaded yourself; nothing is fetched.",
        "reviewer films find never let me go",
    )
    acts = films.add_subparsers(dest="act", required=True, parser_class=Parser)
    index = acts.add_parser("index", description="Make the catalogue: IMDb's tables (title.basics.tsv.gz and those beside it), Kodi's .nfo, saved JSON\n"
                            "of TMDb, OMDb and Wikidata. It takes the place of the one before.",
                            epilog="example: reviewer films index ~/Downloads/imdb ~/Films")  # fmt: skip
    index.add_argument("paths", nargs="+", metavar="FILE|FOLDER")
    find = acts.add_parser("find", description="Find films by title in any language, year and names.",
                           epilog="example: reviewer films find romanek 2010 --json")  # fmt: skip
    find.add_argument("words", nargs="+", metavar="WORD")
    find.add_argument("--most", type=int, default=30, metavar="N", help="at most so many")
    find.add_argument("--json", action="store_true", help="print JSON with all that is known")

    stats = verb("stats", "Figures of a library: how marks are spread, means by year, director, genre and country, words written.",
                 "reviewer stats ~/Reviews --json")  # fmt: skip
    stats.add_argument("library", metavar="LIBRARY")
    stats.add_argument("--json", action="store_true", help="print JSON")

    links = verb("links", "Links between the reviews of a library.", "reviewer links ~/Reviews check")
    links.add_argument("library", metavar="LIBRARY")
    acts = links.add_subparsers(dest="act", required=True, parser_class=Parser)
    check = acts.add_parser("check", description="List links that lead to no file, and where each would lead if it were mended.",
                            epilog="example: reviewer links ~/Reviews check --json")  # fmt: skip
    check.add_argument("--json", action="store_true", help="print JSON")
    first = acts.add_parser("mentions", description="Put the first mention of each film that the library has a review of into double brackets.",
                            epilog="example: reviewer links ~/Reviews mentions --dry-run")  # fmt: skip
    _planned(first)
    mend = acts.add_parser("mend", description="Let links to reviews that were renamed or moved lead to them again.",
                           epilog="example: reviewer links ~/Reviews mend --dry-run")  # fmt: skip
    _planned(mend)

    _lists(verb)
    _diary(verb)
    _history(verb)

    undo = verb("undo", "Take the last change to several reviews of a library back.", "reviewer undo ~/Reviews")
    undo.add_argument("library", metavar="LIBRARY")
    undo.add_argument("--dry-run", action="store_true", help="say what it is, write nothing")


def _lists(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    lists = verb("lists", "List posts, such as the ten best films of a year: from a search of the library or by hand.",
                 "reviewer lists new ~/Reviews --title 'Top 10 of 2010' --query 'year:2010' --most 10")  # fmt: skip
    acts = lists.add_subparsers(dest="act", required=True, parser_class=Parser)
    new = acts.add_parser("new", description="Make a list post and print the path of its review.md. Each film is a heading with its mark and the\n"
                          "review's excerpt; write about it below.", formatter_class=argparse.RawDescriptionHelpFormatter,
                          epilog="example: reviewer lists new ~/Reviews --title 'Best of 2010' --query year:2010 --most 10 --order countdown")  # fmt: skip
    new.add_argument("library", metavar="LIBRARY")
    new.add_argument("--title", required=True, help="the post's title")
    new.add_argument(
        "--query", default="", metavar="QUERY", help="the search that finds its films; kept in step with it"
    )
    new.add_argument("--sort", default="", metavar="ORDER", help="mark, where it is left out: the best first")
    new.add_argument("--most", type=int, metavar="N", help="only the first so many")
    new.add_argument("--frozen", action="store_true", help="search once; later reviews change nothing")
    new.add_argument(
        "--films", nargs="+", default=[], metavar="FILM", help='by hand: "Gattaca (1997)", from the best on'
    )
    new.add_argument(
        "--order", default="ranked", choices=LIST_ORDERS, help="ranked counts from 1, countdown to 1, plain not at all"
    )
    new.add_argument("--stills", action="store_true", help="with copies of the reviews' lead stills and their records")
    _planned(new)
    update = acts.add_parser("update", description="Bring lists that are kept in step with a search in step with it. What was written about a film stays.",
                             epilog="example: reviewer lists update ~/Reviews --dry-run")  # fmt: skip
    update.add_argument("library", metavar="LIBRARY")
    update.add_argument("files", nargs="*", metavar="FILE", help="only these lists; all of the library else")
    _planned(update)
    show = acts.add_parser("show", description="Print the films of a list post, from the best on.",
                           epilog="example: reviewer lists show best-of-2010/review.md --json")  # fmt: skip
    show.add_argument("file", metavar="FILE")
    show.add_argument("--json", action="store_true", help="print JSON")
    export = acts.add_parser("letterboxd", description="Write a list post as a list for Letterboxd (CSV).",
                             epilog="example: reviewer lists letterboxd best-of-2010/review.md -o list.csv")  # fmt: skip
    export.add_argument("file", metavar="FILE")
    export.add_argument("-o", "--output", required=True, metavar="FILE.csv")


def _diary(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    diary = verb("diary", "What was seen, when and where: the library's diary.csv and the days in its reviews.",
                 "reviewer diary ~/Reviews list --unwritten")  # fmt: skip
    diary.add_argument("library", metavar="LIBRARY")
    acts = diary.add_subparsers(dest="act", required=True, parser_class=Parser)
    every = acts.add_parser("list", description="All viewings, the last first.",
                            epilog="example: reviewer diary ~/Reviews list --json")  # fmt: skip
    every.add_argument("--unwritten", action="store_true", help="only films that no review is about")
    every.add_argument("--json", action="store_true", help="print JSON")
    add = acts.add_parser("add", description="Write a viewing down.",
                          epilog='example: reviewer diary ~/Reviews add "Gattaca (1997)" --where cinema --again')  # fmt: skip
    add.add_argument("film", metavar="FILM", help="as Gattaca (1997)")
    for name, about in (("date", "the day, today else"), ("where", "cinema, a festival, a disc ..."), ("mark", "as you give it"),
                        ("note", "in a few words")):  # fmt: skip
        add.add_argument(f"--{name}", default="", help=about)
    add.add_argument("--again", action="store_true", help="not for the first time")
    take = acts.add_parser("import", description="Take in the viewings of a Letterboxd export: its zip, its folder or its diary.csv.",
                           epilog="example: reviewer diary ~/Reviews import letterboxd-ana-2011.zip")  # fmt: skip
    take.add_argument("path", metavar="FILE|FOLDER")
    for act in (add, take):
        act.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")


def _history(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    versions = verb("versions", "Older versions of a review, the newest first. A review that is not there any more is named as it was;\n"
                    "of a library, those are listed.", "reviewer versions review.md restore 2")  # fmt: skip
    versions.add_argument("file", metavar="FILE|LIBRARY")
    versions.add_argument("act", nargs="?", default="list", choices=("list", "show", "restore"))
    versions.add_argument("number", nargs="?", type=int, metavar="N", help="of the list; 1 is the newest")
    versions.add_argument("--search", default="", metavar="WORDS", help="only versions that hold these words")
    versions.add_argument("--json", action="store_true", help="print JSON")


_TERMS = {
    "rename": 'reviewer terms ~/Reviews rename person "Keira Knightly" "Keira Knightley"',
    "merge": "reviewer terms ~/Reviews merge tag SF sci-fi --into science-fiction",
    "split": 'reviewer terms ~/Reviews split tag "war and peace" war peace',
    "remove": "reviewer terms ~/Reviews remove category Uncategorized",
}


def _planned(act: argparse.ArgumentParser) -> None:
    act.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
    act.add_argument("--json", action="store_true", help="print JSON")


VERBS = ("new", "set", "get", "stills", "rights", "check", "render", "export", "unpublish", "undo-export", "status",
         "verify", "blog", "letterboxd", "profiles", "list", "terms", "marks", "films", "stats", "links", "lists", "diary", "undo", "versions")  # fmt: skip


def _more_stills(acts: argparse._SubParsersAction[Parser], add: argparse.ArgumentParser) -> None:
    change = acts.add_parser("set", description="Change fields of one still's record, all in one write.",
                             epilog='example: reviewer stills set review.md stills/boat.jpg "caption=The boat"')  # fmt: skip
    change.add_argument("file")
    change.add_argument("still", metavar="STILL")
    change.add_argument("fields", nargs="+", metavar="key=value")
    listing = acts.add_parser("list", description="List a review's stills with what their permission says.",
                              epilog="example: reviewer stills list review.md --json")  # fmt: skip
    listing.add_argument("file")
    listing.add_argument("--json", action="store_true", help="print JSON")
    remove = acts.add_parser("remove", description="Take stills out of a review. The picture files stay.",
                             epilog="example: reviewer stills remove review.md stills/boat.jpg --text")  # fmt: skip
    remove.add_argument("file")
    remove.add_argument("stills", nargs="+", metavar="STILL")
    remove.add_argument("--text", action="store_true", help="take them out of the text too")


def _rights(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    rights = verb("rights", "Work with the permissions of stills: facts and records, no legal advice.",
                  "reviewer rights audit ~/Reviews --json")  # fmt: skip
    acts = rights.add_subparsers(dest="act", required=True, parser_class=Parser)
    change = acts.add_parser("set", description="Set the permission of one still or several, all in one write.",
                             epilog="example: reviewer rights set review.md stills/boat.jpg basis=permission state=granted")  # fmt: skip
    change.add_argument("file")
    change.add_argument("words", nargs="+", metavar="STILL|key=value")
    change.add_argument("--all", action="store_true", help="all stills of the review")
    ask = acts.add_parser("ask", description="Print a letter about stills, filled in, and log that it was sent.",
                          epilog="example: reviewer rights ask review.md stills/boat.jpg --to press@example.org -o letter.eml")  # fmt: skip
    ask.add_argument("file")
    ask.add_argument("stills", nargs="*", metavar="STILL")
    ask.add_argument("--all", action="store_true", help="all stills of the review")
    ask.add_argument(
        "--letter", default="ask-distributor", help="ask-distributor, ask-photographer, remind, thank, renew ..."
    )
    ask.add_argument("--to", default="", metavar="ADDRESS", help="whom it goes to; the contact of the record else")
    ask.add_argument("-o", "--output", default="", metavar="FILE.eml", help="write a draft for a mail program")
    ask.add_argument("--dry-run", action="store_true", help="show the letter, log nothing")
    log = acts.add_parser("log", description="Print what happened about a still's permission, or write down what did.",
                          epilog="example: reviewer rights log review.md stills/boat.jpg granted --evidence reply.eml")  # fmt: skip
    log.add_argument("file")
    log.add_argument("still", metavar="STILL")
    log.add_argument(
        "what", nargs="?", default="", help="asked, reminded, granted, refused, withdrawn, thanked, note ..."
    )
    for name, about in (("date", "the day, today else"), ("who", "who said it"), ("how", "mail, letter, telephone ..."),
                        ("note", "in a few words"), ("evidence", "a file to keep beside the review")):  # fmt: skip
        log.add_argument(f"--{name}", default="", help=about)
    audit = acts.add_parser("audit", description="Every still of a library: may it appear, and where was it published.",
                            epilog="example: reviewer rights audit ~/Reviews --csv > stills.csv")  # fmt: skip
    audit.add_argument("library")
    for form in ("json", "csv", "html"):
        audit.add_argument(f"--{form}", action="store_true", help=f"print {form.upper()}")
    audit.add_argument(
        "--within", type=int, default=30, metavar="DAYS", help="name permissions that end in so many days"
    )


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; returns the exit status. Errors are one line on standard error."""
    if arguments and arguments[0] in ("-h", "--help"):
        print(HELP, end="")
        return DONE
    if arguments and arguments[0] in VERBS:
        options = parser().parse_args(arguments)
        return _quietly(options)
    safe = "--safe" in arguments[:1]
    arguments = arguments[1:] if safe else arguments
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        word = next((a for a in arguments if a.startswith("-")), arguments[-1])
        sys.stderr.write(f"reviewer: {word} is not understood here. reviewer --help shows what is.\n")
        return COULD_NOT
    # The window's modules are the slow ones, and the other verbs run where Qt cannot.
    window = importlib.import_module("reviewer.app")
    return int(window.run(arguments[0] if arguments else None, safe))


def _quietly(options: argparse.Namespace) -> int:
    """Run a verb; what it could not do is said in one line."""
    commands = importlib.import_module("reviewer.commands")
    begun = dt.datetime.now()
    try:
        status = int(commands.carry_out(options))
        commands.tell_set_aside(begun)
        return status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return COULD_NOT
    except commands.Failed as failed:
        line = " ".join(str(failed).split())
        sys.stderr.write(f"reviewer {options.verb}: {line}\n".encode("utf-8", "replace").decode())
        return COULD_NOT
