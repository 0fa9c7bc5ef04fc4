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
    assert not dialog.search.isEnabled()
    dialog.make_from([files])
    qtbot.waitUntil(lambda: dialog.hits.count() == 1)
    assert place(folders).is_file()
    assert "IMDb" in dialog.said.text()


def test_what_cannot_be_made_is_said(program, tmp_path, qtbot):
    empty = tmp_path / "empty"
    empty.mkdir()
    program.actions["look-up-film"].trigger()
    dialog = program.library.dialog
    dialog.make_from([empty])
    qtbot.waitUntil(lambda: "There is nothing to read" in dialog.said.text())
    assert dialog.making.text() == "Make the catalogue…"
