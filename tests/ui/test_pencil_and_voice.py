"""The pencil and the voice."""

import pytest
from PySide6.QtTextToSpeech import QTextToSpeech

from reviewer.ui.acts.reading import _way_out
from tests.ui.test_session import save
from tests.ui.test_writing import page, text  # noqa: F401

TEXT = "A strange film. A strange light.\n\nThe end."


def marked(editor, layer):
    return [one.cursor.selectedText() for one in editor._layers.get(layer, ())]


@pytest.fixture
def aloud(program):
    """Reading with Qt's silent engine."""
    program.reading.engine = "mock"
    yield program.reading
    if program.reading.voice is not None:
        program.reading.voice.stop()


def test_nothing_is_marked_by_itself(page, qtbot):  # noqa: F811
    assert not marked(page(TEXT), "pencil")


def test_the_pencil_marks_and_says_how_much(program, page, qtbot):  # noqa: F811
    editor = page(TEXT)
    program.actions["pencil"].trigger()
    assert marked(editor, "pencil") == ["strange", "strange"]
    qtbot.waitUntil(lambda: "1 word comes again" in program.notices.text)


def test_the_marks_follow_what_is_typed(program, page, qtbot):  # noqa: F811
    editor = page(TEXT)
    program.actions["pencil"].trigger()
    qtbot.keyClicks(editor, " The very end, a strange one")
    qtbot.waitUntil(lambda: marked(editor, "pencil") == ["strange"] * 3)


def test_the_pencil_is_put_away(program, page):  # noqa: F811
    editor = page(TEXT)
    program.actions["pencil"].trigger()
    program.actions["pencil"].trigger()
    assert not marked(editor, "pencil")


def test_names_of_the_review_are_no_repeats(program, page, session):  # noqa: F811
    editor = page("hailsham and hailsham.")
    program.actions["pencil"].trigger()
    assert marked(editor, "pencil")
    session.change("Title", type(session.review)(**{**vars(session.review), "title": "Hailsham"}))
    assert not marked(editor, "pencil")


def test_matches_of_find_stand_beside_the_marks(program, page, qtbot):  # noqa: F811
    editor = page(TEXT)
    program.actions["pencil"].trigger()
    program.actions["find"].trigger()
    qtbot.keyClicks(program.window.editor.find_bar.words, "film")
    qtbot.waitUntil(lambda: marked(editor, "found") == ["film"])
    assert marked(editor, "pencil") == ["strange", "strange"]


def test_marks_do_not_change_the_text_nor_its_undo(program, page, session, qtbot):  # noqa: F811
    editor = page(TEXT)
    save(qtbot, session)
    program.actions["pencil"].trigger()
    assert not session.dirty
    assert text(editor) == TEXT


def test_the_text_is_read_from_the_caret_sentence_by_sentence(aloud, program, page, qtbot):  # noqa: F811
    editor = page(TEXT, (20, 20))
    program.actions["read-aloud"].trigger()
    assert marked(editor, "aloud") == ["A strange light."]
    qtbot.waitUntil(lambda: marked(editor, "aloud") == ["The end."])
    qtbot.waitUntil(lambda: not aloud.voice.reads)
    assert not marked(editor, "aloud")


def test_a_selection_is_read_alone(aloud, program, page, qtbot):  # noqa: F811
    editor = page(TEXT, (2, 9))
    program.actions["read-aloud"].trigger()
    assert marked(editor, "aloud") == ["strange"]
    qtbot.waitUntil(lambda: not aloud.voice.reads)


def test_the_same_key_stops_it(aloud, program, page):  # noqa: F811
    editor = page(TEXT, (0, 0))
    program.actions["read-aloud"].trigger()
    program.actions["read-aloud"].trigger()
    assert not aloud.voice.reads
    assert not marked(editor, "aloud")


def test_the_caret_stays_while_it_is_read(aloud, program, page):  # noqa: F811
    editor = page(TEXT, (3, 3))
    program.actions["read-aloud"].trigger()
    assert editor.textCursor().position() == 3


def test_another_review_ends_it(aloud, program, page):  # noqa: F811
    page(TEXT, (0, 0))
    program.actions["read-aloud"].trigger()
    program.actions["new"].trigger()
    assert not aloud.voice.reads


def test_a_system_without_speech_says_how_to_get_it(program, page, monkeypatch):  # noqa: F811
    page(TEXT)
    monkeypatch.setattr(QTextToSpeech, "availableEngines", staticmethod(lambda: ["mock"]))
    program.actions["read-aloud"].trigger()
    assert program.notices.text.endswith(_way_out(""))
