"""Whatever is pasted into the text, the window goes on answering keys. Processor time is what is measured: machines differ."""

import time

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextDocumentLayout

from reviewer.text import counts
from reviewer.text.mentions import mentions, placed
from reviewer.ui.editor.editor import Editor
from reviewer.ui.theme import Theme
from tests.slow_texts import KINDS

MOST = 0.1
"""Seconds."""


def shown(qapp, qtbot, text: str | None) -> Editor:
    editor = Editor(Theme(qapp, "light", 1.0))
    qtbot.addWidget(editor)
    document = QTextDocument(editor)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    document.setPlainText(text or "")
    editor.resize(700, 800)
    editor.show_document(document)
    editor.show()
    qtbot.waitExposed(editor)
    return editor


def key(editor: Editor) -> float:
    began = time.thread_time()
    QTest.keyClick(editor, "x")
    editor.viewport().repaint()
    return time.thread_time() - began


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_answered(qapp, qtbot, kind):
    """What the widget itself needs to lay out one line of 50,000 signs is its own and taken off.

    That is up to half a second and varies with the machine, so the two take turns.
    """
    editor, bare = shown(qapp, qtbot, KINDS[kind]), shown(qapp, qtbot, KINDS[kind])
    bare._highlighters[bare.document()].setDocument(None)
    turns = [(key(editor), key(bare)) for _ in range(5)]
    assert min(spent for spent, _ in turns) - min(own for _, own in turns) < MOST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", [counts.words, counts.outline, mentions, placed])
def test_a_figure_of_the_text_is_quick(look, kind):
    """The least of three goes: one may fall into Python's collecting of what other tests left."""

    def spent() -> float:
        began = time.thread_time()
        look(KINDS[kind])
        return time.thread_time() - began

    assert min(spent() for _ in range(3)) < MOST
