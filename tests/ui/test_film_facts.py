"""Looking a film up from the window: found as one types, compared, taken as one step of undo."""

import json

import pytest

from reviewer.interop.catalogue import make, place

MOON = {"id": 17431, "imdb_id": "tt1334260", "title": "Never Let Me Go", "original_title": "Never Let Me Go", "release_date": "2010-09-15",
        "runtime": 999, "genres": [{"name": "Tears"}], "production_countries": [{"name": "Atlantis"}],
        "credits": {"crew": [], "cast": [{"character": "Miss Lucy", "name": "Nora Newcomer"}]}}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "facts"
    path.mkdir()
    (path / "film.json").write_text(json.dumps(MOON))
    return path


@pytest.fixture
def dialog(program, files, folders, qtbot):
    make([files], folders)
    program.actions["look-up-film"].trigger()
    made = program.library.dialog
    qtbot.waitUntil(lambda: made.hits.count() == 1)
    return made


def rows(dialog):
    return {
        dialog.table.item(n, 0).text(): (n, dialog.table.item(n, 0).checkState().value)
        for n in range(dialog.table.rowCount())
    }


def test_the_reviews_own_film_is_looked_up_at_once(dialog):
    assert dialog.search.text() == "Never Let Me Go 2010"
    assert dialog.hits.item(0).text() == "Never Let Me Go (2010)"


def test_only_what_is_missing_is_ticked(dialog, session):
    found = rows(dialog)
    assert found["Running time"][1] == 0
    assert found["Cast"][1] == 2
    assert session.review.film.runtime == 103


def test_what_is_taken_is_one_step_of_undo(dialog, session):
    before = session.review
    dialog.take.click()
    assert any("Nora Newcomer" in role.actors for role in session.review.credits.cast)
    assert session.review.film.runtime == before.film.runtime
    session.undo_field()
    assert session.review == before


def test_nothing_found_offers_nothing(dialog, qtbot):
    dialog.search.setText("zebra")
    qtbot.waitUntil(lambda: dialog.hits.count() == 0)
    assert dialog.table.rowCount() == 0
    assert not dialog.take.isEnabled()


def test_without_a_catalogue_the_way_to_one_is_shown_and_gone(program, files, folders, qtbot):
    program.actions["look-up-film"].trigger()
    dialog = program.library.dialog
    assert "datasets.imdbws.com" in dialog.said.text()
    assert dialog.hits.count() == 0
    dialog.make_from([files])
    qtbot.waitUntil(lambda: dialog.hits.count() == 1)
    assert place(folders).is_file()
    assert "TMDb: for non-commercial use" in dialog.said.text()


def test_what_cannot_be_made_is_said(program, tmp_path, qtbot):
    empty = tmp_path / "empty"
    empty.mkdir()
    program.actions["look-up-film"].trigger()
    dialog = program.library.dialog
    dialog.make_from([empty])
    qtbot.waitUntil(lambda: "There is nothing to read" in dialog.said.text())
    assert dialog.making.text() == "Make the catalogue…"


# other reviews of the same film


@pytest.fixture
def second(program, session, qtbot):
    """A second review of the film in front, with little said of it."""
    path = program.desk.library / "again" / "review.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: Seen again\nfilm: {title: Never Let Me Go, year: 2010, runtime: 105}\n---\n\nWords.\n")
    qtbot.waitUntil(lambda: path in program.desk.entries)
    return path


def test_another_review_of_the_film_offers_its_facts_without_a_catalogue(program, second, session, qtbot):
    program.files.open(second)
    program.actions["look-up-film"].trigger()
    dialog = program.library.dialog
    qtbot.waitUntil(lambda: dialog.hits.count() == 1)
    assert dialog.hits.item(0).text() == "Never Let Me Go (2010)\nIn your review “Never Let Me Go”"
    dialog.take.click()
    made = program.desk.current.review
    assert (made.credits.people("director"), made.film.runtime) == (("Mark Romanek",), 105)


def test_reviews_that_do_not_agree_on_a_fact_are_a_finding(program, second, session, qtbot):
    program.views.check_now()
    program.actions["tab-check"].trigger()
    qtbot.waitUntil(lambda: any(finding.code == "film-differs" for finding in program.views._findings))
    (found,) = [finding for finding in program.views._findings if finding.code == "film-differs"]
    assert (found.message, found.reason) == (
        "“Seen again” gives another running time of the film: 105.",
        "Here it is 103.",
    )


def test_the_facts_are_given_to_the_other_review_with_a_plan(program, second, session, qtbot):
    program.actions["share-facts"].trigger()
    qtbot.waitUntil(lambda: program.plans.dialog is not None)
    program.plans.dialog.accept_button.click()
    qtbot.waitUntil(lambda: "Mark Romanek" in second.read_text())
    assert "runtime: 105" in second.read_text()


def test_a_film_without_another_review_says_so(program, session):
    program.actions["share-facts"].trigger()
    assert "no other review" in program.notices.text


def test_a_new_review_of_a_known_film_begins_with_its_facts(program, session):
    program.actions["new-from"].trigger()
    dialog = program.templates.dialog
    dialog.film.setText("Never Let Me Go (2010)")
    dialog.go.click()
    assert program.desk.current.review.credits.people("director") == ("Mark Romanek",)
    assert program.desk.current.review.film.seen.date is None


def test_other_titles_are_typed_one_a_line(program, session):
    program.actions["tab-film"].trigger()
    program.window.film.called.setPlainText("Alles, was wir geben mussten\nNunca me abandones")
    assert session.review.film.other_titles == ("Alles, was wir geben mussten", "Nunca me abandones")
    assert program.desk.find_film("Nunca me abandones", 2010) == session.path
