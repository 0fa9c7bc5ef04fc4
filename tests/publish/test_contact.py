"""The contact sheet: every still, its credit, its permission, and nothing that loads."""

import datetime as dt

from reviewer.publish.contact import make
from reviewer.review.values import Film, Permission, Review, Still

TODAY = dt.date(2011, 10, 10)


def sheet(folder, *stills: Still) -> str:
    return make(Review(title="Moon", author="Ana", film=Film(year=2009), stills=stills), folder, TODAY).decode()


def test_each_still_has_picture_credit_and_permission(picture, tmp_path):
    path = picture("boat.jpg")
    granted = Permission(basis="permission", state="granted", holder="Fox", answered=dt.date(2011, 10, 1))
    page = sheet(tmp_path, Still(path.name, caption="The boat", credit="Fox Searchlight", permission=granted))
    assert page.count("data:image/jpeg;base64,") == 1
    for words in ("Moon (2009)", "The boat", "Fox Searchlight", "Granted 1 Oct 2011, Fox"):
        assert words in page


def test_what_was_typed_is_no_markup(tmp_path):
    page = sheet(tmp_path, Still("a.jpg", caption="<script>alert(1)</script>", alt='"><img src=x>'))
    assert "<script>" not in page
    assert "<img src=x>" not in page


def test_a_picture_that_is_gone_or_outside_leaves_its_place(tmp_path):
    page = sheet(tmp_path, Still("gone.jpg"), Still("../../etc/hostname"))
    assert page.count('src="data:,"') == 2


def test_a_review_without_stills_says_so(tmp_path):
    assert "No stills." in sheet(tmp_path)
