"""The file format, key by key; what is wrong is named and kept."""

import datetime as dt
from dataclasses import replace

import pytest

from reviewer.review.values import Event, Mark, Permission, Review, Role, Source, Still, to_plain
from reviewer.text.document import Document, NotText
from reviewer.text.reading import read_document, write_document
from reviewer.text.schema import REVIEW

FULL = b"""---
id: 7c1f0a52            # given once
title: "Never Let Me Go"
slug: never-let-me-go
status: draft
date: 2011-02-03
updated: 2011-10-06T23:30:00-05:00
author: Ana Ruiz
excerpt: One sentence.
language: en
film:
  title: Never Let Me Go
  original_title:
  year: 2010
  runtime: 103
  countries: [United Kingdom]
  languages: [English]
  genres: [Drama, Science fiction]
  ids: {imdb: tt1334260, tmdb: , letterboxd: , wikidata: }
  seen: {date: 2010-10-02, where: cinema, again: false}
rating:
  - {scale: five-stars, value: 4}
  - {scale: letters, value: B+}
categories: [Movies, 4 star movies]
tags: [boarding school]
credits:
  director: [Mark Romanek]
  based_on: [Kazuo Ishiguro]
  cast:
    - {role: Kathy, actors: [Carey Mulligan, Izzy Meikle-Small]}
stills:
  - file: stills/boat.jpg
    lead: true
    alt: A boat.
    kind: trailer-frame
    timecode: "00:01:12.480"
    source: {name: the trailer, url: , fetched: 2011-09-30}
    permission:
      basis: permission
      state: granted
      asked: 2011-09-20
      evidence: [permissions/reply.eml]
    reuse:
      requests:
        - {date: 2011-10-07, from: A reader, for: a blog, answer: granted, note: }
comments: []
mine: {a: 1}
---

Text.
"""


@pytest.fixture
def full() -> Review:
    reading = read_document(Document.read(FULL))
    assert not reading.findings
    return reading.review


@pytest.mark.parametrize(
    ("get", "value"),
    [
        (lambda r: r.id, "7c1f0a52"),
        (lambda r: r.date, dt.date(2011, 2, 3)),
        (lambda r: r.updated.isoformat(), "2011-10-06T23:30:00-05:00"),
        (lambda r: r.film.runtime, 103),
        (lambda r: r.film.ids.imdb, "tt1334260"),
        (lambda r: r.film.seen.again, False),
        (lambda r: r.rating, (Mark("five-stars", 4), Mark("letters", "B+"))),
        (lambda r: r.credits.people("based_on"), ("Kazuo Ishiguro",)),
        (lambda r: r.credits.cast, (Role("Kathy", ("Carey Mulligan", "Izzy Meikle-Small")),)),
        (lambda r: r.lead.timecode, "00:01:12.480"),
        (lambda r: r.lead.permission.evidence, ("permissions/reply.eml",)),
        (lambda r: r.lead.reuse.requests[0].for_, "a blog"),
    ],
)
def test_each_key_has_its_type(full, get, value):
    assert get(full) == value


def test_the_schema_knows_every_key_of_the_values(full):
    assert set(to_plain(full)) <= set(REVIEW.keys)


@pytest.mark.parametrize(
    ("line", "path"),
    [("status: finished", "status"), ("date: soon", "date"), ("film: {year: two thousand}", "film.year"),
     ("film: {runtime: 103 min}", "film.runtime"), ("categories: {a: b}", "categories"), ("rating: 4 stars", "rating"),
     ("title: [a, b]", "title"), ("stills: [{lead: maybe}]", "stills.0.lead"), ("film: a film", "film")],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_named_with_its_line_and_kept(line, path):
    document = Document.read(f"---\nid: abcd\n{line}\n---\nText".encode())
    reading = read_document(document)
    finding = next(f for f in reading.findings if f.code == "value-type")
    assert (finding.place, finding.line) == (path, 3)
    assert path in reading.odd
    changed = write_document(document, Review(id="abcd", author="Ana"))
    assert line in changed.to_bytes().decode()


@pytest.mark.parametrize(
    ("typed", "title"),
    [("1917", "1917"), ("NO", "NO"), ("3:10", "3:10"), ("null and void", "null and void"), ("0x10", "0x10")],
)
def test_a_title_is_never_guessed(typed, title):
    assert read_document(Document.read(f"---\ntitle: {typed}\n---\n".encode())).review.title == title


def test_a_tag_that_would_construct_something_does_nothing():
    document = Document.read(b"---\ntitle: !!python/object/apply:os.system [id]\nauthor: !mine Ana\n---\n")
    assert read_document(document).review.author == "Ana"


def test_a_file_without_front_matter_is_a_review_without_fields():
    reading = read_document(Document.read(b"# Just text\n"))
    assert (reading.review, reading.document.text) == (Review(), "# Just text\n")


def test_a_new_line_of_the_front_matter_ends_as_its_first_and_not_as_the_text():
    """A fence after the old Mac's line end would not close what Unix's opened."""
    document = Document.read(b"---\nid: x\n---\none\rtwo\rthree\rfour\rfive\r")
    written = write_document(document, replace(read_document(document).review, title="A"))
    assert written.to_bytes().startswith(b"---\nid: x\ntitle: A\n---\none\r")


def test_a_field_gives_a_plain_file_its_front_matter():
    written = write_document(Document.read(b"Text\r\n"), Review(title="A"))
    assert written.to_bytes() == b"---\r\ntitle: A\r\n---\r\n\r\nText\r\n"


def test_toml_front_matter_is_kept_and_not_read():
    data = b"+++\ntitle = 'A'\n+++\nText"
    document = Document.read(data)
    assert document.with_text("Other").to_bytes() == b"+++\ntitle = 'A'\n+++\nOther"
    assert read_document(document).broken is not None


@pytest.mark.parametrize(
    "body",
    [
        b"a\r\nb\nc\r",
        b"no end",
        b"\n\n\nlead",
        b"nbsp\xc2\xa0 and \xe2\x80\xa8 line",
        b"\xff\xfe\x80",
        b"tab\t trailing  \n",
        b"",
    ],
)
def test_untouched_is_the_same_bytes(body):
    data = b"\xef\xbb\xbf---\r\ntitle: A\r\n--- \n" + body
    document = Document.read(data)
    assert write_document(document, Review(title="A"), document.text).to_bytes() == data


def test_one_changed_word_changes_one_line_and_its_end_stays():
    document = Document.read(b"one\r\ntwo\nthree\r\n")
    assert document.with_text("one\ntwo\nTHREE\n").to_bytes().startswith(b"one\r\ntwo\n")


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"a\0b"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotText):
        Document.read(data)


def test_a_press_kit_of_300_stills_with_their_logs_is_written_and_read():
    events = tuple(Event(dt.date(2011, 2, n + 1), "asked", "Fox Searchlight", "mail", "A note on it") for n in range(3))
    stills = tuple(
        Still(f"stills/k{n}.jpg", caption=f"Frame {n}", credit="Fox",
              source=Source("Kit.zip", url="https://press.example.org", fetched=dt.date(2011, 2, 1), sha256="a" * 64),
              permission=Permission("permission", "asked", "Fox Searchlight", log=events))
        for n in range(300)
    )  # fmt: skip
    was = read_document(Document.read(b"---\ntitle: Moon\n---\n\nWords.\n"))
    made = write_document(was.document, replace(was.review, stills=stills), "Words.\n")
    assert read_document(made).review.stills == stills
