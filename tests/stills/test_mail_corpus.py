"""Mails as mail programs write them: who, when, what about, and the words that matter."""

import datetime as dt
from pathlib import Path

import pytest

from reviewer.stills.mail import read

MAILS = Path(__file__).parents[1] / "samples" / "mails"
KNOWN = {
    "gmail": ("Renée Müller", "renee.mueller@northlight.example", (2011, 2, 8), "Re: A still from “Never Let Me Go”",
              "yes, please do use them – credit “© Northlight”."),
    "outlook": ("Fox, Dana (Publicity)", "Dana.Fox@fox.example", (2011, 2, 9), "RE: A still from Never Let Me Go",
                "Permission granted – non-commercial use only, until 31 December 2012."),
    "apple-html-only": ("Luc Petit", "luc@festival.example", (2011, 2, 10), "Re: Photos pour votre critique",
                        "d’accord pour votre blog."),
    "thunderbird-flowed": ("Jörg Groß", "joerg@verleih.example", (2011, 2, 11), "Re: Standbild für die Kritik", "50 €"),
    "japanese": ("田中", "tanaka@eiga.example", (2011, 2, 12), "写真の件", "承知しました。"),
    "signed": ("Archive", "archive@museum.example", (2011, 2, 13), "Licence for three photographs",
               "The photographs are CC BY 4.0."),
    "forwarded": ("Editor", "editor@magazine.example", (2011, 2, 14), "Fwd: your question", "See below."),
    "bounce": ("Mail Delivery System", "MAILER-DAEMON@mx.example", (2011, 2, 15), "Undelivered Mail Returned to Sender",
               "550 no such user"),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_a_mail_says_who_when_and_what(name):
    found = read((MAILS / f"{name}.eml").read_bytes())
    who, address, day, subject, words = KNOWN[name]
    assert (found.name, found.address, found.date, found.subject) == (who, address, dt.date(*day), subject)
    assert words in found.text


@pytest.mark.parametrize("name", KNOWN)
def test_nothing_of_a_mail_that_runs_or_loads_is_kept(name):
    text = read((MAILS / f"{name}.eml").read_bytes()).text
    assert not [
        sign for sign in ("<script", "alert(1)", "track.example", "color: red", "PGP SIGNATURE") if sign in text
    ]


def test_every_sample_is_known():
    assert {path.stem for path in MAILS.glob("*.eml")} == set(KNOWN)
