"""What happened about a permission, what is due, and what a licence asks for."""

import datetime as dt

import pytest

from reviewer.review.correspondence import due, happened
from reviewer.review.licences import LICENCES, attribution, licence
from reviewer.review.reuse import ReuseRule, answer_letter
from reviewer.review.rights import Verdict, standing
from reviewer.review.values import Event, Permission, Reuse, Source, Still, from_plain, to_plain

TODAY = dt.date(2011, 10, 10)
BOAT = Still(file="stills/boat.jpg")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def asked(when: str, **more: object) -> Still:
    return happened(BOAT, Event(day(when), "asked", **more))


def test_asking_makes_permission_the_basis_and_waits():
    still = asked("2011-10-01")
    assert (still.permission.basis, still.permission.state) == ("permission", "asked")
    assert standing(still, TODAY).verdict is Verdict.WAITING


def test_an_answer_lets_it_appear():
    still = happened(asked("2011-09-20"), Event(day("2011-10-01"), "granted"))
    assert standing(still, TODAY).words == "Granted 1 Oct 2011"


def test_each_event_stands_in_the_log_in_its_order():
    still = happened(asked("2011-09-20"), Event(day("2011-10-01"), "granted"))
    assert [event.what for event in still.permission.log] == ["asked", "granted"]


def test_a_withdrawal_blocks_what_was_granted():
    still = happened(happened(BOAT, Event(day("2011-10-01"), "granted")), Event(TODAY, "withdrawn"))
    assert standing(still, TODAY).blocks


@pytest.mark.parametrize("what", ["reminded", "thanked", "note", "reuse", "renewal-asked"])
def test_other_events_change_nothing_but_the_log(what):
    before = happened(BOAT, Event(day("2011-10-01"), "granted"))
    after = happened(before, Event(TODAY, what))
    assert (after.permission.state, after.permission.answered) == ("granted", day("2011-10-01"))


def test_a_basis_that_is_known_stays_when_something_is_asked():
    still = Still(permission=Permission(basis="press-terms", terms="Free for reviews"))
    assert happened(still, Event(TODAY, "asked")).permission.basis == "press-terms"


def test_evidence_of_an_event_is_evidence_of_the_permission_once():
    event = Event(TODAY, "granted", evidence="permissions/reply.eml")
    still = happened(happened(BOAT, event), event)
    assert still.permission.evidence == ("permissions/reply.eml",)


def test_the_log_is_the_same_after_writing_and_reading():
    still = asked("2011-09-20", who="press@example.org", how="mail", note="a note")
    assert from_plain(Still, to_plain(still)) == still


@pytest.mark.parametrize(("when", "found"), [("2011-09-26", "unanswered"), ("2011-09-27", None)])
def test_after_fourteen_days_without_an_answer_a_reminder_is_due(when, found):
    assert [one.why for one in due([asked(when)], TODAY)] == ([found] if found else [])


def test_a_reminder_gives_another_fourteen_days():
    still = happened(asked("2011-09-01"), Event(day("2011-10-01"), "reminded"))
    assert not due([still], TODAY)


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        ("2011-10-09", "Ended 9 Oct 2011"),
        ("2011-10-10", "Ends today"),
        ("2011-10-11", "Ends tomorrow"),
        ("2011-11-09", "Ends in 30 days"),
    ],
)
def test_the_end_of_a_permission_is_said_ahead(expires, words):
    still = Still(permission=Permission(basis="permission", state="granted", expires=day(expires)))
    assert [one.words for one in due([still], TODAY)] == [words]


def test_an_end_far_away_is_not_due():
    still = Still(permission=Permission(basis="permission", state="granted", expires=day("2011-11-10")))
    assert not due([still], TODAY)


def test_what_ended_comes_first():
    ended = Still(file="b", permission=Permission(basis="permission", state="granted", expires=day("2011-10-01")))
    assert [one.why for one in due([asked("2011-09-01"), ended], TODAY)] == ["ended", "unanswered"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc by-sa 3.0", "CC-BY-SA-3.0"),
        ("CC BY", "CC-BY-4.0"),
        ("CC0", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"),
        ("http://www.creativecommons.org/licenses/by/2.0/de/", "CC-BY-2.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
    ],
)
def test_a_licence_is_known_as_people_write_it(words, found):
    assert licence(words) is LICENCES[found]


@pytest.mark.parametrize("words", ["", "GPL-3.0", "all rights reserved", "CC-BY-9.0"])
def test_other_words_are_no_licence_known_here(words):
    assert licence(words) is None


def test_an_attribution_names_title_author_source_and_licence():
    still = Still(
        source=Source(name="The pier", url="https://photos.example/1"),
        permission=Permission(basis="licence", licence="CC-BY-SA-4.0", holder="Jane Roe"),
    )
    assert attribution(still) == (
        "“The pier” by Jane Roe, https://photos.example/1, "
        "CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)"
    )


def test_without_a_licence_there_is_no_attribution():
    assert not attribution(Still(permission=Permission(basis="own", licence="CC-BY-4.0")))


@pytest.mark.parametrize(
    ("basis", "kind", "answer", "terms", "letter"),
    [
        ("own", "own", "granted", "", "reuse-yes"),
        ("quotation", "trailer-frame", "granted", "", "reuse-trailer"),
        ("permission", "publicity", "granted", "with my name", "reuse-yes"),
        ("permission", "publicity", "refused", "with my name", "reuse-not-mine"),
        ("", "trailer-frame", "refused", "", "reuse-not-mine"),
    ],
)
def test_a_reader_gets_the_letter_that_fits(basis, kind, answer, terms, letter):
    still = Still("a.jpg", kind=kind, permission=Permission(basis=basis), reuse=Reuse(terms=terms))
    assert answer_letter(still, answer) == letter


@pytest.mark.parametrize(
    ("still", "terms"),
    [
        (Still("a.jpg", permission=Permission("own")), "with my name"),
        (Still("a.jpg", kind="trailer-frame"), "for reviews"),
        (Still("a.jpg", kind="publicity"), ""),
        (Still("a.jpg", kind="frame", reuse=Reuse("never")), "never"),
    ],
)
def test_a_rule_speaks_where_the_record_does_not(still, terms):
    assert ReuseRule("with my name", "for reviews").applied(still).reuse.terms == terms
