"""Random legal front matter in odd styles, one random field set: only that field's lines differ, and it reads back."""

import dataclasses
import datetime as dt
import difflib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.review.values import Credits, Film, Ids, Mark, Review, Role, Seen, Still
from reviewer.text import emit
from reviewer.text.document import Document
from reviewer.text.patch import CannotPatch
from reviewer.text.reading import read_document, write_document

WORDS = st.sampled_from(
    ["Moon", "Élan", "B+", "yes", "1917", "3:10", "null", "a: b", "# one", "it's", 'say "so"', "- x", "{{ y }}", "日本", "~",
     "[x]", "a, b", "tail ", " head", "%", "@x", "|", "😀", "C:\\films", "=", "a #b", "key:", "2011-02-03", "*star*", "\x85"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LISTS = st.lists(TEXTS, min_size=1, max_size=4, unique=True)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


def scalar_styles(value: str) -> st.SearchStrategy[str]:
    styles = [emit.quoted(value)]
    if not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", value):
        styles.append("'" + value.replace("'", "''") + "'")
    if emit.is_plain(value, flow=True):
        styles.append(value)
    return st.sampled_from(styles)


@st.composite
def text_lines(draw, key, value, pad=""):
    """``key: value`` in one of the legal styles, perhaps with a comment behind it."""
    blank = draw(st.sampled_from([" ", "   "]))
    if emit.is_plain(value) and draw(st.booleans()):
        return draw(st.sampled_from([f"{pad}{key}: |\n{pad}  {value}", f"{pad}{key}: >-\n{pad}    {value}"]))
    comment = draw(st.sampled_from(["", "", "  # note", " # a: b"]))
    return f"{pad}{key}:{blank}{draw(scalar_styles(value))}{comment}"


@st.composite
def list_lines(draw, key, values, pad=""):
    items = [draw(scalar_styles(value)) for value in values]
    style = draw(st.sampled_from(["flow", "wide", "block", "flush", "noted"]))
    if style == "flow":
        return f"{pad}{key}: [{', '.join(items)}]"
    if style == "wide":
        return f"{pad}{key}:  [ {' , '.join(items)} ]   # all of them"
    dent = pad + {"block": "  ", "flush": "", "noted": "    "}[style]
    note = {"block": "", "flush": "  # here", "noted": ""}[style]
    between = f"\n{dent}# next\n" if style == "noted" else "\n"
    return f"{pad}{key}:\n" + between.join(f"{dent}-  {item}{note}" for item in items)


@st.composite
def mapping_lines(draw, key, pairs):
    if draw(st.booleans()):
        inner = ", ".join(f"{name}: {draw(scalar_styles(str(value)))}" for name, value in pairs.items())
        return f"{key}: {{{inner}}}"
    dent = draw(st.sampled_from(["  ", "   ", "      "]))
    lines = [draw(text_lines(name, str(value), dent)) for name, value in pairs.items()]
    return f"{key}:\n" + "\n".join(lines)


@st.composite
def front_matters(draw):
    parts = [
        draw(text_lines("title", draw(TEXTS))),
        draw(text_lines("author", draw(TEXTS))),
        draw(list_lines("categories", draw(LISTS))),
        draw(list_lines("tags", draw(LISTS))),
        f"date: {draw(DATES)}" + draw(st.sampled_from(["", " # posted"])),
        draw(mapping_lines("film", {"title": draw(TEXTS), "year": draw(st.integers(1900, 2050))})),
        "rating:\n"
        + draw(st.sampled_from(["  - {scale: five-stars, value: 4}", "- scale: five-stars\n  value: 4  # of 5"])),
        "stills:\n  - file: stills/a.jpg\n    alt: One\n    # between\n  - file: stills/b.jpg   # the second\n    lead: true",
        draw(mapping_lines("unknown_key", {"z": "1", "a": draw(TEXTS)})),
        "other: &anchor {a: 1}\nagain: *anchor",
        "# a comment of its own",
        "",
    ]
    kept = draw(st.lists(st.sampled_from(parts), unique=True, min_size=1))
    source = "\n".join(draw(st.permutations(kept))) + "\n"
    return source.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _film(**change):
    return lambda r: dataclasses.replace(r, film=dataclasses.replace(r.film, **change))


@st.composite
def changes(draw):
    """A field's top key and a function that gives a review another value there."""
    text, words = draw(st.one_of(st.just(""), TEXTS)), tuple(draw(st.one_of(st.just([]), LISTS)))
    kind = draw(st.sampled_from(range(11)))
    return [
        ("title", lambda r: dataclasses.replace(r, title=text or "T")),
        ("author", lambda r: dataclasses.replace(r, author=text)),
        ("excerpt", lambda r: dataclasses.replace(r, excerpt=text + "\n" + text)),
        ("categories", lambda r: dataclasses.replace(r, categories=words)),
        ("tags", lambda r: dataclasses.replace(r, tags=tuple(reversed(r.tags)) + words[:1])),
        ("date", lambda r: dataclasses.replace(r, date=dt.datetime(2011, 2, 3, 23, 30, tzinfo=dt.UTC))),
        ("film", _film(year=1984)),
        ("film", _film(title=text, ids=Ids(imdb="tt1"), seen=Seen(where=text), genres=words)),
        ("rating", lambda r: dataclasses.replace(r, rating=(Mark("five-stars", 3.5), Mark("letters", "B+")))),
        ("stills", lambda r: dataclasses.replace(r, stills=(*reversed(r.stills), Still(file="stills/c.png", alt=text)))),
        ("credits", lambda r: dataclasses.replace(r, credits=Credits((), (Role("Kathy", words or ("X",)),)))),
    ][kind]  # fmt: skip


def own_lines(source: str, key: str) -> set[str]:
    """The lines that belong to a top-level key, by indentation alone."""
    found, inside = set(), False
    for line in source.splitlines(keepends=True):
        if line.strip() and not line.startswith((" ", "#", "- ", "\t")) and not line.startswith("-"):
            inside = line.startswith(f"{key}:")
        if inside:
            found.add(line)
    return found


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(front_matters(), changes())
def test_only_the_lines_of_the_changed_field_differ(source, change):
    key, make = change
    data = f"---\n{source}---\n\nText.\r\nMore".encode("utf-8", "surrogateescape")
    document = Document.read(data)
    reading = read_document(document)
    assert reading.broken is None, (reading.broken, source)
    wanted = make(reading.review)
    written = write_document(document, wanted)
    again = read_document(Document.read(written.to_bytes()))
    assert again.review == wanted
    before, after = source.splitlines(keepends=True), written.front.splitlines(keepends=True)
    allowed = own_lines(source, key) | own_lines(written.front, key)
    for line in difflib.ndiff(before, after):
        if line[:2] in ("- ", "+ "):
            assert line[2:] in allowed, (key, line, source, written.front)


@settings(max_examples=200, deadline=None)
@given(front_matters())
def test_a_document_put_together_again_is_the_same_bytes(source):
    data = b"\xef\xbb\xbf---\n" + source.encode() + b"---  \n\n\nText \xff\r\rend"
    document = Document.read(data)
    assert document.to_bytes() == data
    assert write_document(document, read_document(document).review, document.text).to_bytes() == data


def test_a_film_is_never_guessed():
    assert read_document(Document.read(b"---\ntitle: 1917\nfilm:\n---\n")).review == Review(title="1917", film=Film())


def test_a_flow_map_over_lines_is_named_and_can_be_rewritten():
    document = Document.read(b"---\ntitle: X\nfilm: {title: Moon,\n  year: 2009}\n---\n")
    review = read_document(document).review
    changed = dataclasses.replace(review, film=dataclasses.replace(review.film, genres=("Drama",)))
    with pytest.raises(CannotPatch) as stop:
        write_document(document, changed)
    assert (stop.value.key, stop.value.line, stop.value.rewritable) == ("film", 3, True)
    rewritten = write_document(document, changed, rewrite={"film"})
    assert read_document(rewritten).review == changed
