"""Templates: what a new review begins with, ours and the writer's own."""

import datetime as dt

import pytest

from reviewer.library import templates
from reviewer.library.folders import UserFolders
from reviewer.library.history import History
from reviewer.library.reviews import create, open_review
from reviewer.review.values import Film, Mark, Review, Still
from reviewer.text.document import Document
from reviewer.text.reading import read_document, write_document

DAY = dt.date(2026, 11, 25)
MADE = Review(
    id="0a1b2c3d", title="Gattaca", status="draft", date=DAY, author="Ana Ruiz", film=Film("Gattaca", year=1997)
)
OURS = ["double-bill", "festival-capsule", "long-essay", "series-episode"]


@pytest.fixture
def folders(tmp_path):
    return UserFolders(tmp_path / "d", tmp_path / "c", tmp_path / "e")


def own(folders, name, text):
    folder = folders.config / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return next(one for one in templates.templates(folders) if one.name == name)


def ours(folders, name):
    return next(one for one in templates.templates(folders) if one.name == name)


def made(one, tmp_path, **known):
    review, begun = templates.begun(one, MADE, known)
    return create(tmp_path / "library", review, begun.text, begun, history=History.of(UserFolders.standard()))


def test_ours_are_there_each_with_a_sentence(folders):
    found = templates.templates(folders)
    assert sorted(one.name for one in found) == OURS
    assert all(one.title and one.about for one in found)


@pytest.mark.parametrize("name", OURS)
def test_each_of_ours_begins_a_review_without_a_fault(folders, tmp_path, name):
    opened = made(ours(folders, name), tmp_path, other="Moon (2009)")
    assert opened.reading.findings == ()
    assert (opened.reading.review.film.title, opened.reading.review.id) == ("Gattaca", "0a1b2c3d")
    assert "{" not in opened.data.decode()
    assert "template:" not in opened.data.decode()


def test_a_double_bill_has_two_films(folders, tmp_path):
    review = made(ours(folders, "double-bill"), tmp_path, other="Moon (2009)").reading.review
    assert [(one.film.title, one.film.year) for one in review.features] == [("Gattaca", 1997), ("Moon", 2009)]


def test_what_is_not_known_yet_is_left_open(folders, tmp_path):
    opened = made(ours(folders, "double-bill"), tmp_path)
    assert opened.reading.review.also[0].film.title == templates.NEW_FILM
    assert "## …" in opened.reading.document.text


def test_the_writers_own_come_first_and_take_the_place_of_ours(folders):
    own(folders, "mine", "---\ntemplate: Mine\n---\n\nText.\n")
    own(folders, "long-essay", "---\ntemplate: My essay\n---\n")
    assert [one.title for one in templates.templates(folders)][:2] == ["Mine", "My essay"]
    assert len(templates.templates(folders)) == len(OURS) + 1


def test_keys_that_are_not_known_go_into_the_review(folders, tmp_path):
    one = own(
        folders,
        "mine",
        "---\ntemplate: Mine\nlayout: film  # the theme's\ntags: [a]\n---\n\nOf {film} ({year}), by {author}.\n",
    )
    opened = made(one, tmp_path)
    assert opened.data.decode().startswith("---\nlayout: film  # the theme's\nid: 0a1b2c3d\n")
    assert opened.reading.document.text == "Of Gattaca (1997), by Ana Ruiz.\n"


@pytest.mark.parametrize("text", ["Only text.\n", ""])
def test_a_text_without_front_matter_is_a_template_by_its_files_name(folders, tmp_path, text):
    one = own(folders, "plain", text)
    assert one.title == "plain"
    assert made(one, tmp_path).reading.document.text == text


@pytest.mark.parametrize("data", [b"---\na: [\n---\n", b"\0", b"\xff\xfe", b"x" * 2_000_000])
def test_what_is_no_template_is_passed_over(folders, data):
    folder = folders.config / "templates"
    folder.mkdir(parents=True)
    (folder / "odd.md").write_bytes(data)
    assert sorted(one.name for one in templates.templates(folders)) == OURS


def test_braces_of_the_writers_own_stay(folders, tmp_path):
    one = own(folders, "braces", "{{ site.title }} {films} {film}\n")
    assert made(one, tmp_path).reading.document.text == "{{ site.title }} {films} Gattaca\n"


def test_a_review_is_kept_as_a_template(folders, tmp_path):
    review = Review(id="1", title="Moon", slug="moon", status="ready", date=DAY, film=Film("Moon"), rating=(Mark("ten", 8),),
                    tags=("space",), categories=("Movies",), stills=(Still("stills/a.jpg"),))  # fmt: skip
    document = write_document(Document.read(b"---\nlayout: film\n---\n\n"), review, "## Story\n\n## Sound\n")
    path = templates.kept(folders, "Two: parts", "For long ones", document)
    assert path.read_text() == (
        '---\ntemplate: "Two: parts"\nabout: For long ones\nlayout: film\ncategories: [Movies]\ntags: [space]\n---\n\n## Story\n\n## Sound\n'
    )
    opened = made(next(one for one in templates.templates(folders) if one.title == "Two: parts"), tmp_path)
    assert opened.reading.review.tags == ("space",)
    assert (opened.reading.review.id, opened.reading.review.rating) == ("0a1b2c3d", ())


def test_a_second_template_of_a_name_takes_nothings_place(folders):
    for _ in range(2):
        templates.kept(folders, "Mine", "", Document.read(b"Text.\n"))
    assert len([one for one in templates.templates(folders) if one.own]) == 2


def test_the_language_of_the_first_save_is_that_of_the_template(folders, tmp_path):
    opened = made(own(folders, "fr", "---\nlanguage: fr\n---\n"), tmp_path)
    assert read_document(open_review(opened.path).reading.document).review.language == "fr"


def test_an_own_key_may_go_on_in_lines_below(folders, tmp_path):
    one = own(folders, "mine", "---\ntemplate: Mine\nabout: |\n  For long\n  ones\nlayout: film\n---\n\nText.\n")
    assert (one.title, one.about) == ("Mine", "For long ones")
    assert made(one, tmp_path).data.startswith(b"---\nlayout: film\nid: 0a1b2c3d\n")


def test_a_template_that_is_kept_again_has_its_new_name(folders):
    path = templates.kept(folders, "New", "", Document.read(b"---\ntemplate: Old\ntags: [a]\n---\n\nText.\n"))
    assert path.read_text() == "---\ntemplate: New\ntags: [a]\n---\n\nText.\n"
