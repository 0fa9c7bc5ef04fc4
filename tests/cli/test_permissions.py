"""Permissions on the command line: the seed's exchange from letter to audit."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest

from reviewer.review.values import Still
from reviewer.stills.derive import publishable

MAIL = (
    b"From: Fox <press@example.org>\r\nDate: Sat, 1 Oct 2011 10:41:00 +0200\r\nSubject: Re\r\n\r\nYou are welcome.\r\n"
)


@pytest.fixture
def boat(review, reviewer, picture):
    """A review with one still, placed in its text: the review's file."""
    reviewer("stills", "add", review, picture("boat.jpg"), "--place", "--alt", "A boat")
    return review


def rows(reviewer, library):
    return json.loads(reviewer("rights", "audit", library, "--json").out)["stills"]


def test_a_permission_is_set_with_all_its_parts(boat, reviewer):
    holder = "holder=Fox Searchlight Pictures"
    assert reviewer("rights", "set", boat, "stills/boat.jpg", "basis=permission", "state=granted", holder).status == 0
    (row,) = rows(reviewer, boat.parent.parent)
    assert (row["basis"], row["state"], row["publishable"], row["published"]) == ("permission", "granted", True, False)


def test_one_permission_covers_all_stills(boat, reviewer, picture):
    reviewer("stills", "add", boat, picture("pier.jpg", "red"))
    reviewer("rights", "set", boat, "--all", "basis=press-terms", "terms=Free for reviews")
    assert {row["basis"] for row in rows(reviewer, boat.parent.parent)} == {"press-terms"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stills/none.jpg", "basis=own"], "there is no such still"),
        (["boat", "basis=mine"], "one of unknown"),
        (["boat", "colour=red"], "there is no such field"),
        (["boat"], "Nothing is set"),
        (["basis=own"], "No still is named"),
    ],
)
def test_what_cannot_be_set_is_said_and_changes_nothing(boat, reviewer, words, said):
    before = boat.read_bytes()
    answer = reviewer("rights", "set", boat, *words)
    assert answer.status == 2
    assert said in answer.err
    assert boat.read_bytes() == before


def test_a_letter_is_printed_and_logged_as_asked(boat, reviewer):
    answer = reviewer("rights", "ask", boat, "boat", "--to", "press@example.org")
    assert answer.out.startswith("To: press@example.org\nSubject: Stills from Moon (2009)")
    assert "asked  press@example.org" in reviewer("rights", "log", boat, "boat").out
    assert rows(reviewer, boat.parent.parent)[0]["state"] == "asked"


def test_a_letter_that_is_only_looked_at_is_not_logged(boat, reviewer):
    before = boat.read_bytes()
    assert reviewer("rights", "ask", boat, "boat", "--dry-run").status == 0
    assert boat.read_bytes() == before


def test_an_unknown_letter_is_named_with_those_there_are(boat, reviewer):
    answer = reviewer("rights", "ask", boat, "boat", "--letter", "beg")
    assert answer.status == 2
    assert "ask-distributor" in answer.err


def test_an_answer_with_its_mail_is_kept_beside_the_review(boat, reviewer, tmp_path):
    (tmp_path / "reply.eml").write_bytes(MAIL)
    assert reviewer("rights", "log", boat, "boat", "granted", "--evidence", tmp_path / "reply.eml").status == 0
    assert (boat.parent / "permissions" / "reply.eml").read_bytes() == MAIL
    assert "sha256: " in boat.read_text()


def test_the_whole_exchange_ends_in_the_audit(boat, reviewer, blog):
    library = boat.parent.parent
    reviewer("set", boat, "date=2011-02-03", "status=ready")
    assert reviewer("export", boat, "--to", blog).status == 1  # nobody knows why it may appear
    reviewer("rights", "ask", boat, "boat", "--to", "press@example.org")
    assert reviewer("export", boat, "--to", blog).status == 1  # asked is not granted
    reviewer("rights", "log", boat, "boat", "granted", "--date", "2011-10-01")
    assert reviewer("export", boat, "--to", blog).status == 0
    assert reviewer("rights", "audit", library).status == 0
    reviewer("rights", "log", boat, "boat", "withdrawn")
    answer = reviewer("rights", "audit", library)
    assert answer.status == 1
    assert answer.out.startswith("Mend: stills/boat.jpg of Moon stands in ")


def test_a_still_taken_out_of_the_review_is_still_found_in_the_blog(boat, reviewer, blog):
    reviewer("rights", "set", boat, "boat", "basis=own")
    reviewer("set", boat, "date=2011-02-03", "status=ready")
    reviewer("export", boat, "--to", blog)
    reviewer("stills", "remove", boat, "boat", "--text")
    (row,) = rows(reviewer, boat.parent.parent)
    assert (row["publishable"], row["published"]) == (False, True)
    assert "No longer in the review" in row["reason"]


def test_a_picture_in_the_blog_that_no_record_knows_is_named(boat, reviewer, blog, picture):
    reviewer("rights", "set", boat, "boat", "basis=own")
    reviewer("set", boat, "date=2011-02-03", "status=ready")
    reviewer("export", boat, "--to", blog)
    stranger = picture("stranger.jpg").rename(blog / "assets" / "images" / "stranger.jpg")
    found = json.loads(reviewer("rights", "audit", boat.parent.parent, "--json").out)
    assert found["unknown_in_blogs"] == [str(stranger)]


def test_exported_twice_the_receipt_keeps_its_first_day(boat, reviewer, blog, home):
    reviewer("rights", "set", boat, "boat", "basis=own")
    reviewer("set", boat, "date=2011-02-03", "status=ready")
    reviewer("export", boat, "--to", blog)
    (receipt,) = home.rglob("receipts/*.json")
    changed = receipt.read_text().replace(f'"date": "{dt.date.today().year}', '"date": "1011')
    receipt.write_text(changed)
    reviewer("export", boat, "--to", blog)
    assert receipt.read_text() == changed


def test_the_audit_as_csv_keeps_formulas_words(boat, reviewer):
    reviewer("stills", "set", boat, "boat", "caption==1+1")
    reviewer("rights", "set", boat, "boat", "basis=licence", "licence==cmd()")
    found = list(csv.DictReader(io.StringIO(reviewer("rights", "audit", boat.parent.parent, "--csv").out)))
    assert [row["file"] for row in found] == ["stills/boat.jpg"]
    assert not any(str(value).startswith(("=", "+", "@")) for row in found for value in row.values())


def test_the_audit_as_a_page_escapes_what_was_typed(boat, reviewer):
    reviewer(
        "rights", "set", boat, "boat", "basis=permission", "state=granted", "override.reason=<script>alert(1)</script>"
    )
    page = reviewer("rights", "audit", boat.parent.parent, "--html").out
    assert "<script>" not in page
    assert "stills/boat.jpg" in page


def test_a_review_that_cannot_be_read_is_named_and_the_others_are_audited(boat, reviewer):
    broken = boat.parent.parent / "broken" / "review.md"
    broken.parent.mkdir()
    broken.write_text("---\ntitle: [\n---\n")
    found = json.loads(reviewer("rights", "audit", boat.parent.parent, "--json").out)
    assert len(found["stills"]) == 1
    assert found["not_read"][0].startswith(str(broken))


def test_stills_are_set_listed_and_removed(boat, reviewer):
    reviewer("stills", "set", boat, "boat", "caption=The boat", "lead=true", "source.url=https://example.org/t")
    (still,) = json.loads(reviewer("stills", "list", boat, "--json").out)["stills"]
    assert (still["caption"], still["lead"], still["source"]["url"]) == ("The boat", True, "https://example.org/t")
    assert reviewer("stills", "remove", boat, "boat").status == 2  # it stands in the text
    assert reviewer("stills", "remove", boat, "boat", "--text").status == 0
    assert reviewer("stills", "list", boat).out == ""
    assert (boat.parent / "stills" / "boat.jpg").is_file()


def test_there_is_one_lead(boat, reviewer, picture):
    reviewer("stills", "add", boat, picture("pier.jpg", "red"), "--lead")
    reviewer("stills", "set", boat, "boat", "lead=true")
    leads = [s["file"] for s in json.loads(reviewer("stills", "list", boat, "--json").out)["stills"] if s.get("lead")]
    assert leads == ["stills/boat.jpg"]


def test_a_picture_fills_its_own_record_where_that_is_wished(review, reviewer, picture):
    path = picture("fox.jpg")
    path.write_bytes(publishable(path.read_bytes(), Still(caption="The boat", credit="Fox")))
    reviewer("stills", "add", review, path, "--metadata", "--caption", "Mine")
    (still,) = json.loads(reviewer("stills", "list", review, "--json").out)["stills"]
    assert (still["caption"], still["credit"]) == ("Mine", "Fox")


def findings(reviewer, review):
    return {found["code"] for found in json.loads(reviewer("check", review, "--json").out)["reviews"][0]["findings"]}


def test_a_picture_that_was_changed_since_is_named(boat, reviewer, picture):
    assert "still-changed" not in findings(reviewer, boat)
    (boat.parent / "stills" / "boat.jpg").write_bytes(picture("other.jpg", "red").read_bytes())
    assert "still-changed" in findings(reviewer, boat)


def test_evidence_that_was_changed_or_is_gone_is_named(boat, reviewer, tmp_path):
    (tmp_path / "reply.eml").write_bytes(MAIL)
    reviewer("rights", "log", boat, "boat", "granted", "--evidence", tmp_path / "reply.eml")
    assert not {"evidence-changed", "evidence-missing"} & findings(reviewer, boat)
    kept = boat.parent / "permissions" / "reply.eml"
    kept.write_bytes(MAIL + b"And for ever.")
    assert "evidence-changed" in findings(reviewer, boat)
    kept.unlink()
    assert "evidence-missing" in findings(reviewer, boat)


def test_a_still_that_lies_outside_is_not_looked_at(boat, reviewer):
    boat.write_text(boat.read_text().replace("stills/boat.jpg", "../../../../etc/hostname"))
    assert "still-changed" not in findings(reviewer, boat)


def test_a_press_kit_comes_with_its_words(reviewer, review, tmp_path, picture):
    kit = tmp_path / "kit.zip"
    with zipfile.ZipFile(kit, "w") as archive:
        archive.write(picture("a1.png"), "a1.png")
        archive.writestr("captions.txt", "a1: A boat. © Fox\n\nFor editorial use only.")
    assert reviewer("stills", "add", review, kit, "--basis", "press-terms").out.strip() == "stills/a1.png"
    (still,) = json.loads(reviewer("stills", "list", review, "--json").out)["stills"]
    assert (still["caption"], still["credit"]) == ("A boat.", "© Fox")
    assert still["permission"]["terms"] == "For editorial use only."
    assert still["permission"]["evidence"] == ["permissions/captions.txt"]
