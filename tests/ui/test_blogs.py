"""Blogs in the window: exporting what changed, taking out, undoing, how reviews stand, building with the writer's command."""

import dataclasses
import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from reviewer.library.settings import LibrarySettings
from reviewer.ui.dialogs.export import ExportDialog
from reviewer.ui.panels.library_model import STATE

POST = "_posts/2011-10-14-moon.md"


@pytest.fixture
def program(start, sample, blog, reviewer):
    """The sample library with a blog, two of its reviews meant for it."""
    reviewer("set", sample / "moon-2009" / "review.md", "status=ready")
    made = start(sample)
    made.desk.store_settings(dataclasses.replace(made.desk.settings, blogs=(str(blog),)))
    made.files.open(sample / "moon-2009" / "review.md")
    return made


@pytest.fixture
def dialog(program, qtbot):
    """Ask for something in the Blog menu and give the dialog once its plan is made."""

    def ask(name):
        program.actions[name].trigger()
        qtbot.waitUntil(lambda: bool(_shown(program)))
        made = _shown(program)[-1]
        qtbot.waitUntil(lambda: not made.planning)
        return made

    return ask


def _shown(program):
    return [one for one in program.window.findChildren(ExportDialog) if one.isVisible()]


def exported(dialog, qtbot, name="export"):
    made = dialog(name)
    with qtbot.waitSignal(made.exported):
        made.go.click()
    made.deleteLater()
    return made


def state(program, name):
    model = program.window.library.model
    index = model.index_of(program.desk.library / name / "review.md")
    return index.data(STATE)


def test_a_review_meant_for_the_blog_is_shown_as_not_in_it(program, qtbot):
    qtbot.waitUntil(lambda: state(program, "moon-2009") == "not in the blog")
    assert state(program, "never-let-me-go-2010") == ""


def test_an_exported_review_is_shown_as_in_the_blog(program, dialog, qtbot):
    exported(dialog, qtbot)
    qtbot.waitUntil(lambda: state(program, "moon-2009") == "in the blog")


def test_a_review_changed_since_is_shown_so(program, dialog, qtbot):
    exported(dialog, qtbot)
    qtbot.keyClicks(program.window.editor.editor, "Anew. ")
    with qtbot.waitSignal(program.desk.current.saved):
        program.desk.current.save()
    qtbot.waitUntil(lambda: state(program, "moon-2009") == "changed since")


def test_a_post_changed_in_the_blog_is_shown_so(program, dialog, qtbot, blog):
    exported(dialog, qtbot)
    (blog / POST).write_text((blog / POST).read_text() + "\nHand-made.\n")
    program.blogs.look()
    qtbot.waitUntil(lambda: state(program, "moon-2009") == "edited there")


def test_all_that_changed_is_planned_together(program, dialog, qtbot, blog):
    made = dialog("export-changed")
    titles = [made.tree.topLevelItem(n).text(0) for n in range(made.tree.topLevelItemCount())]
    assert sorted(titles) == ["In the Mood for Love", "Moon"]
    with qtbot.waitSignal(made.exported):
        made.go.click()
    assert (blog / POST).is_file()


def test_one_of_several_can_be_left_out(program, dialog, qtbot, blog):
    made = dialog("export-changed")
    item = made.tree.findItems("In the Mood for Love", Qt.MatchFlag.MatchExactly)[0]
    item.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not made.planning)
    with qtbot.waitSignal(made.exported):
        made.go.click()
    assert [path.name for path in (blog / "_posts").iterdir()] == [Path(POST).name]


def test_nothing_that_changed_is_said(program, dialog, qtbot):
    exported(dialog, qtbot, "export-changed")
    qtbot.waitUntil(lambda: state(program, "moon-2009") == state(program, "in-the-mood-for-love-2000") == "in the blog")
    program.actions["export-changed"].trigger()
    assert "stand in the blog as they are here" in program.notices.text


def test_a_post_is_taken_out_and_comes_back(program, dialog, qtbot, blog):
    exported(dialog, qtbot)
    made = dialog("unpublish")
    assert made.go.text().startswith("Take out")
    with qtbot.waitSignal(made.exported):
        made.go.click()
    assert not (blog / POST).exists()
    made.deleteLater()
    exported(dialog, qtbot, "undo-export")
    assert (blog / POST).exists()


def test_where_nothing_can_be_undone_that_is_said(program, dialog):
    assert "can be taken back" in dialog("undo-export").about.text()


def test_the_plan_tells_front_matter_and_text_apart(program, dialog, qtbot, reviewer, sample):
    exported(dialog, qtbot)
    program.desk.current.change("Tags", dataclasses.replace(program.desk.current.review, tags=("moon",)))
    qtbot.keyClicks(program.window.editor.editor, "Anew. ")
    with qtbot.waitSignal(program.desk.current.saved):
        program.desk.current.save()
    text = dialog("export").view.diff.toPlainText()
    assert text.index("Front matter") < text.index('+tags: ["moon"]') < text.index("Text") < text.index("+Anew.")


def test_pictures_are_shown_side_by_side(program, dialog, qtbot, sample):
    exported(dialog, qtbot)
    review = program.desk.current.review
    still = dataclasses.replace(review.stills[0], credit="Somebody")
    program.desk.current.change("Credit", review.with_still(still))
    with qtbot.waitSignal(program.desk.current.saved):
        program.desk.current.save()
    made = dialog("export")
    item = made.tree.findItems("moon-lunar.jpg", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    made.tree.setCurrentItem(item)
    shown = [words.text() for box, words, _ in made.view.pictures._sides if not box.isHidden()]
    assert [words.split(":")[0] for words in shown] == ["In the blog", "New"]


def test_a_profile_named_here_is_kept_for_the_blog(program, dialog, qtbot, blog):
    made = dialog("export")
    made.profile.setCurrentIndex(made.profile.findData("html"))
    made.profile.activated.emit(made.profile.currentIndex())
    qtbot.waitUntil(
        lambda: not made.planning and made.title.text() == "Export to blog" and "HTML pages" in made.about.text()
    )
    with qtbot.waitSignal(made.exported):
        made.go.click()
    assert (blog / "reviews" / "moon" / "index.html").is_file()


def test_a_commit_is_made_only_where_it_is_asked_for(program, dialog, qtbot, blog):
    for words in (["init", "-q"], ["config", "user.email", "a@b.example"], ["config", "user.name", "a"],
                  ["commit", "-q", "--allow-empty", "-m", "x"]):  # fmt: skip
        subprocess.run(["git", "-C", blog, *words], check=True)
    made = dialog("export")
    assert "Git: branch" in made.about.text()
    made.commits.setChecked(True)
    assert made.message.text() == "Export: Moon"
    with qtbot.waitSignal(made.exported):
        made.go.click()
    said = subprocess.run(
        ["git", "-C", blog, "show", "--name-only", "--format=%s"], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("Export: Moon\n\n")
    assert POST in said
    assert "_config.yml" not in said


# building


@pytest.fixture
def panel(program, qtbot):
    program.actions["build"].trigger()
    made = program.blogs.building
    qtbot.waitExposed(made)
    return made


def built(panel, qtbot, command):
    panel.command.setText(command)
    panel.build.click()
    qtbot.waitUntil(lambda: not panel.running, timeout=10_000)


def test_nothing_can_be_run_before_a_command_is_typed(panel):
    assert not panel.build.isEnabled()
    assert panel.command.placeholderText() == "for example bundle exec jekyll build"


def test_a_command_runs_in_the_blogs_folder_and_its_output_is_shown(panel, qtbot, blog):
    built(panel, qtbot, "pwd")
    assert str(blog) in panel.output.toPlainText()
    assert panel.found.text() == "Done. No complaint."


def test_a_complaint_leads_to_its_review(program, dialog, panel, qtbot):
    exported(dialog, qtbot)
    built(panel, qtbot, f"echo 'Error: {POST} is odd'; exit 3")
    assert panel.found.text() == "It ended with 3. 1 line looks like complaints."
    with qtbot.waitSignal(panel.review_wanted) as wanted:
        panel.faults.itemActivated.emit(panel.faults.item(0))
    assert wanted.args[0].parent.name == "moon-2009"


def test_the_command_is_kept_for_the_blog_and_not_in_its_folder(program, panel, qtbot, blog):
    before = sorted(blog.rglob("*"))
    built(panel, qtbot, "true")
    panel.command.clear()
    panel.show_blogs((str(blog),))
    assert panel.command.text() == "true"
    assert sorted(blog.rglob("*")) == before


def test_stopping_ends_what_the_command_started(panel, qtbot, tmp_path):
    pid = tmp_path / "pid"
    panel.server.setText(f"(echo $BASHPID; sh -c 'echo $$ > {pid}; exec sleep 600') ; true")
    panel.serve.click()
    qtbot.waitUntil(lambda: pid.exists() and pid.read_text().strip().isdigit())
    panel.stop.click()
    qtbot.waitUntil(lambda: not panel.running)
    qtbot.waitUntil(lambda: not _alive(int(pid.read_text())))
    assert panel.found.text() == "Stopped."


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_server_ends_with_the_program(program, panel, qtbot, tmp_path):
    pid = tmp_path / "pid"
    panel.server.setText(f"echo $$ > {pid}; exec sleep 600")
    panel.serve.click()
    qtbot.waitUntil(lambda: pid.exists() and pid.read_text().strip().isdigit())
    program.blogs.end()
    qtbot.waitUntil(lambda: not _alive(int(pid.read_text())))


def test_the_address_that_a_server_names_can_be_opened(panel, qtbot):
    built(panel, qtbot, "echo 'Server address: http://127.0.0.1:4000/'")
    assert panel.address == "http://127.0.0.1:4000/"


def test_built_pages_are_compared(program, dialog, panel, qtbot, blog):
    exported(dialog, qtbot)
    (blog / "_site").mkdir()
    panel.compare.click()
    qtbot.waitUntil(lambda: panel.found.text() == "1 page compared: 1 differs from what was typed.")
    assert "No page was built for “Moon”" in panel.faults.item(0).text()


def test_a_long_output_stays_bounded(panel, qtbot):
    built(panel, qtbot, "seq 1 20000")
    assert panel.output.blockCount() <= 5001
    assert "20000" in panel.output.toPlainText()


def test_without_a_blog_the_panel_says_what_to_do(start, sample, qtbot):
    made = start(sample)
    assert made.desk.settings == LibrarySettings() or not made.desk.settings.blogs
    made.actions["build"].trigger()
    assert "Export a review into a blog first" in made.blogs.building.about.text()


def test_letterboxd_gets_the_whole_library(program, qtbot, tmp_path):
    program.blogs.write_letterboxd(tmp_path / "import.csv")
    qtbot.waitUntil((tmp_path / "import.csv").is_file)
    assert (tmp_path / "import.csv").read_bytes().count(b"\r\n") == 4


def test_a_change_made_in_the_blog_is_taken_into_the_review(program, dialog, qtbot, blog):
    exported(dialog, qtbot)
    (blog / POST).write_text((blog / POST).read_text().replace("a toy lorry", "a toy truck"))
    made = dialog("export")
    assert "stays as it is" not in made.warning.text()
    assert made.take.isVisible()

    def take_it() -> None:
        box = program.window.findChild(QMessageBox) or made.findChild(QMessageBox)
        next(button for button in box.buttons() if button.text() == "Take it in").click()

    QTimer.singleShot(0, made, take_it)
    with qtbot.waitSignal(made.taken):
        made.take.click()
    qtbot.waitUntil(lambda: "a toy truck" in program.desk.current.path.read_text())
    program.window.editor.editor.undo()
    assert "a toy lorry" in program.desk.current.text
