"""Mails that come in, letters that go out."""

import datetime as dt
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.library.resources import resource
from reviewer.review.values import EVENTS, Credits, Crew, Film, Permission, Review, Source, Still
from reviewer.stills.letters import facts, fill, mail, mailto, templates
from reviewer.stills.mail import MOST_WORDS, NotAMail, read

HEAD = b"From: Press Office <press@example.org>\r\nDate: Sat, 1 Oct 2011 23:41:00 -0700\r\nSubject: Re: Stills\r\n"
TODAY = dt.date(2011, 9, 20)
REVIEW = Review(
    title="Never Let Me Go",
    author="Ana Ruiz",
    film=Film(title="Never Let Me Go", year=2010),
    credits=Credits((Crew("director", ("Mark Romanek",)),)),
)
BOAT = Still(
    file="stills/boat.jpg",
    caption="Kathy, Tommy and Ruth find the boat.",
    timecode="00:01:12.480",
    source=Source(name="the trailer"),
    permission=Permission(holder="Fox Searchlight Pictures"),
)
TEMPLATES = {template.name: template for template in templates([resource("letters")])}


def test_a_mail_has_sender_day_subject_and_words():
    found = read(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nYou are welcome.\r\n")
    assert (found.sender, found.date, found.subject, found.text) == (
        "Press Office <press@example.org>", dt.date(2011, 10, 1), "Re: Stills", "You are welcome.",
    )  # fmt: skip


def test_a_name_in_other_letters_is_read():
    found = read(b"From: =?utf-8?q?Jos=C3=A9_P=C3=A9rez?= <jose@example.org>\r\n\r\nHola")
    assert found.name == "José Pérez"


def test_the_plain_part_of_two_is_read():
    data = HEAD + (
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b--\r\n"
    )
    assert read(data).text == "plain"


def test_a_mail_in_html_alone_is_read_without_what_could_run():
    data = (
        HEAD + b"Content-Type: text/html\r\n\r\n<style>x</style><p>Yes &amp; no</p><script>alert(1)</script><p>Then</p>"
    )
    assert read(data).text.split() == ["Yes", "&", "no", "Then"]


def test_an_attachment_is_not_the_mails_text():
    data = HEAD + (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n'
        b"Content-Disposition: attachment; filename=terms.txt\r\n\r\nterms\r\n--b\r\n\r\nthe words\r\n--b--\r\n"
    )
    assert read(data).text == "the words"


@pytest.mark.parametrize("charset", ["latin-1", "no-such-charset", "utf-7", "base64"])
def test_odd_charsets_are_read_as_well_as_can_be(charset):
    assert (
        "gr"
        in read(HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "grüße".encode("latin-1")).text
    )


def test_control_signs_and_directions_do_not_come_through():
    assert read(b"From: a@example.org\r\nSubject: x\xe2\x80\xaey\r\n\r\na\x1b[31mb\x00c").text == "a[31mbc"


def test_a_mail_of_ten_thousand_parts_is_read_in_its_first_ones():
    parts = b"".join(b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" for _ in range(10_000))
    assert read(HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + parts + b"--b--").text == ""


def test_a_very_long_mail_is_cut():
    assert len(read(HEAD + b"\r\n" + b"word " * 200_000).text) <= MOST_WORDS


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"just words", b"%PDF-1.7", b"\0" * 2000])
def test_what_is_no_mail_is_refused(data):
    with pytest.raises(NotAMail):
        read(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_none(data):
    try:
        read(data)
    except NotAMail:
        return


@given(st.binary(max_size=200))
def test_any_bytes_after_a_head_are_a_mail(data):
    try:
        assert read(HEAD + data).address in ("press@example.org", "") or True
    except NotAMail:
        return


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_each_letter_fills_and_is_an_event_of_the_log(template):
    letter = fill(template, facts(REVIEW, [BOAT], TODAY))
    assert "Never Let Me Go" in letter.subject + letter.body
    assert "Ana Ruiz" in letter.body
    assert template.event in EVENTS


def test_a_letter_to_ask_leaves_no_blank():
    letter = fill(TEMPLATES["ask-distributor"], facts(REVIEW, [BOAT], TODAY), "press@example.org")
    assert not letter.blanks
    assert "- Kathy, Tommy and Ruth find the boat. (00:01:12.480, the trailer)" in letter.body


def test_what_is_not_known_stays_a_blank_and_is_named():
    letter = fill(TEMPLATES["ask-distributor"], facts(REVIEW, [Still(file="stills/a.jpg")], TODAY))
    assert letter.blanks == ("holder",)
    assert "{holder}" in letter.body


def test_words_of_the_record_are_no_blanks_again():
    odd = Still(caption="{author} in {film}", permission=Permission(holder="X"))
    assert "{author} in {film}" in fill(TEMPLATES["ask-distributor"], facts(REVIEW, [odd], TODAY)).body


def test_an_own_letter_takes_the_place_of_ours(tmp_path):
    (tmp_path / "ask-distributor.txt").write_text("Mine\nSubject: {film}\n\nHello {holder}\n")
    (tmp_path / "broken.txt").write_text("no subject")
    found = {template.name: template for template in templates([resource("letters"), tmp_path])}
    assert found["ask-distributor"].title == "Mine"
    assert "broken" not in found


def test_a_letter_as_a_mail_is_a_draft_that_reads_the_same():
    letter = fill(TEMPLATES["ask-distributor"], facts(REVIEW, [BOAT], TODAY), "press@example.org")
    message = BytesParser(policy=policy.default).parsebytes(mail(letter))
    assert (message["To"], message["Subject"], message["X-Unsent"]) == ("press@example.org", letter.subject, "1")
    assert message.get_content().replace("\r\n", "\n") == letter.body


@pytest.mark.parametrize(
    "to", ["a@example.org\nBcc: b@example.org", "two@example.org, three@example.org", "nobody", ""]
)
def test_an_address_that_is_none_is_left_out_of_the_mail(to):
    message = BytesParser(policy=policy.default).parsebytes(mail(fill(TEMPLATES["thank"], {}, to)))
    assert message["To"] is None
    assert message["Bcc"] is None


def test_a_mail_programs_address_holds_the_letter():
    address = mailto(fill(TEMPLATES["thank"], facts(REVIEW, [BOAT], TODAY), "press@example.org"))
    assert address.startswith("mailto:press@example.org?subject=Thank%20you")
    assert "\n" not in address
    assert "&body=Dear%20Fox%20Searchlight%20Pictures%2C%0D%0A" in address


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "&", "<?", "<a b='", "<script>", "</", "<p>"])
def test_a_mail_of_nothing_but_the_beginnings_of_tags_is_read_at_once(piece):
    """With a parser that looks for each end anew, some of these take minutes."""
    data = HEAD + b"Content-Type: text/html\r\n\r\n" + piece.encode() * 130_000
    assert len(read(data).text) <= MOST_WORDS
