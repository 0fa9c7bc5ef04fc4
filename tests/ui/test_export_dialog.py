"""The export dialog where something stands in the way: a permission, a file, a plan that is out of date."""

import pytest
from PySide6.QtCore import Qt

from reviewer.ui.dialogs.export import ExportDialog
from tests.ui.test_panels import exporting

POST = "_posts/2011-10-14-moon.md"


@pytest.fixture
def moon(program, sample):
    return program.files.open(sample / "moon-2009" / "review.md")


def test_publish_all_the_same_keeps_its_reason_and_opens_the_way(program, session, blog, qtbot):
    program.desk.settings = type(program.desk.settings)(blogs=(str(blog),))
    program.actions["export"].trigger()
    dialog = program.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.gate.isVisible)
    dialog.anyway.click()
    qtbot.keyClicks(dialog.reason, "A review of it")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "A review of it" in session.path.read_text()


def test_no_reason_opens_nothing(program, session, blog, qtbot):
    dialog = exporting(program, blog, qtbot)
    dialog.anyway.click()
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert not session.dirty
    assert not dialog.go.isEnabled()


def test_a_file_in_the_way_is_named_and_stays(program, moon, blog, qtbot):
    (blog / POST).parent.mkdir()
    (blog / POST).write_text("Mine")
    dialog = exporting(program, blog, qtbot)
    assert f"{POST} stays as it is" in dialog.warning.text()
    if dialog.go.isEnabled():
        with qtbot.waitSignal(dialog.exported):
            dialog.go.click()
    assert (blog / POST).read_text() == "Mine"


def test_a_tick_is_the_writers_word_for_that_file(program, moon, blog, qtbot):
    (blog / POST).parent.mkdir()
    (blog / POST).write_text("Mine")
    dialog = exporting(program, blog, qtbot)
    item = dialog.tree.findItems("2011-10-14-moon.md", Qt.MatchFlag.MatchRecursive)[0]
    item.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: dialog.go.text() == "Export 3 files" and dialog.go.isEnabled())
    with qtbot.waitSignal(dialog.exported):
        dialog.go.click()
    assert "Moon" in (blog / POST).read_text()


def test_a_changed_review_shows_what_changes(program, moon, blog, qtbot):
    dialog = exporting(program, blog, qtbot)
    with qtbot.waitSignal(dialog.exported):
        dialog.go.click()
    qtbot.keyClicks(program.window.editor.editor, "Anew. ")
    with qtbot.waitSignal(moon.saved):
        moon.save()
    dialog = exporting(program, blog, qtbot)
    assert "+Anew. " in dialog.view.diff.toPlainText()
    assert dialog.go.text() == "Export 1 file"


def test_a_file_changed_after_the_plan_is_not_overwritten(program, moon, blog, qtbot):
    dialog = exporting(program, blog, qtbot)
    (blog / POST).parent.mkdir()
    (blog / POST).write_text("Since the plan")
    dialog.go.click()
    qtbot.waitUntil(lambda: "Nothing was written" in dialog.summary.text())
    assert (blog / POST).read_text() == "Since the plan"


def test_mending_leads_to_the_still(program, session, blog, qtbot):
    dialog = exporting(program, blog, qtbot)
    dialog.mend.connect(lambda finding, _: program.views.go_to_finding(finding))
    dialog.gate_act.click()
    assert program.window.inspector.current == "Stills"
    assert program.window.stills.current.file == "stills/boat.jpg"
