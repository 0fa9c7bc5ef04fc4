"""The report on a library's stills, and contact sheets of chosen ones."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from reviewer.publish.contact import make_of
from reviewer.review.rights import Verdict
from reviewer.review.values import Still
from reviewer.ui.dialogs.audit import AuditDialog
from reviewer.ui.session import today


@pytest.fixture
def report(program, qtbot) -> AuditDialog:
    program.actions["report"].trigger()
    dialog = program.stills.dialog
    qtbot.waitUntil(lambda: dialog.found is not None)
    yield dialog
    dialog.reject()


def lines(dialog: AuditDialog, heading: str) -> list[str]:
    tops = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    top = next((item for item in tops if item.text(0).startswith(heading)), None)
    return [top.child(n).text(0) for n in range(top.childCount())] if top is not None else []


def publish(sample: Path, name: str, still: str, state: str) -> Path:
    """Mark a sample's review as published with a permission in that state."""
    path = sample / name / "review.md"
    from reviewer.cli import run

    assert run(["set", str(path), "status=published"]) == 0
    assert run(["stills", "set", str(path), still, "permission.basis=permission", f"permission.state={state}"]) == 0
    return path


def test_the_chart_counts_every_still(report, sample):
    assert sum(state.count for state in report.chart.states) == len(report.found.rows) > 0


def test_the_chart_is_drawn_and_told_to_who_cannot_see_it(report):
    assert report.chart.accessibleDescription().startswith(report.chart.states[0].words)
    picture = QPixmap(report.chart.size())
    picture.fill(Qt.GlobalColor.transparent)
    report.chart.render(picture)
    colours = {
        picture.toImage().pixelColor(x, y).rgba() for x in range(0, 700, 7) for y in range(0, picture.height(), 5)
    }
    assert len(colours) > 3


def test_a_bar_shows_its_stills_alone(report, qtbot):
    qtbot.keyClick(report.chart, Qt.Key.Key_Down)
    first = report.chart.states[0]
    assert len(lines(report, first.words)) == first.count
    qtbot.keyClick(report.chart, Qt.Key.Key_Escape)
    assert report.chart.current == -1


def test_a_refused_still_of_a_published_review_has_to_be_mended(start, sample, qtbot):
    path = publish(sample, "never-let-me-go-2010", "stills/boat.jpg", "refused")
    program = start(sample)
    program.actions["report"].trigger()
    dialog = program.stills.dialog
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert len(lines(dialog, "Published, and may not appear")) >= 1
    row = next(row for row in dialog.found.to_mend if row.still.file == "stills/boat.jpg")
    assert (row.review, row.verdict, row.where) == (path, Verdict.REFUSED, "the published post")
    dialog.reject()


def test_a_line_leads_to_its_still(report, program):
    tops = [report.tree.topLevelItem(n) for n in range(report.tree.topLevelItemCount())]
    item = next(top.child(0) for top in tops if top.childCount())
    row = item.data(0, int(Qt.ItemDataRole.UserRole))
    report.tree.itemActivated.emit(item, 0)
    assert program.desk.current.path == row.review
    assert program.window.stills.current.file == row.still.file


@pytest.mark.parametrize(("ending", "sign"), [(".html", "<dl>"), (".csv", "review,file"), (".json", '"stills"')])
def test_the_report_is_saved_in_each_form(report, tmp_path, qtbot, ending, sign):
    path = tmp_path / f"report{ending}"
    report.write(path, ending)
    qtbot.waitUntil(lambda: report.summary.text() == f"Wrote {path.name}.")
    assert sign in path.read_text()


def test_a_place_that_cannot_be_written_is_said(report, tmp_path, qtbot):
    report.write(tmp_path / "none" / "report.json", ".json")
    qtbot.waitUntil(lambda: report.summary.text().startswith("Not written."))


def test_a_longer_span_names_what_ends_later(report, qtbot, sample):
    before = len([row for row in report.found.rows if row.due])
    report.found = None
    report.within.setValue(3650)
    qtbot.waitUntil(lambda: report.found is not None)
    assert len([row for row in report.found.rows if row.due]) >= before


def test_a_contact_sheet_of_several_reviews_names_each_film(tmp_path):
    page = make_of(
        [("Moon (2009)", Still("a.jpg"), tmp_path), ("<Gattaca>", Still("b.jpg"), tmp_path)], "2 stills", today()
    )
    assert "Moon (2009)" in page.decode()
    assert "&lt;Gattaca&gt;" in page.decode()


def test_the_chosen_stills_become_a_pdf(start, sample, tmp_path, qtbot):
    program = start(sample, web=True)
    chosen = [("Moon", Still("stills/moon.jpg"), sample / "moon-2009")]
    path = tmp_path / "sheet.pdf"
    program.sharing.write_sheet(path, chosen, "One still")
    qtbot.waitUntil(path.exists, timeout=20_000)
    assert path.read_bytes().startswith(b"%PDF")


def test_the_audit_on_the_command_line_says_the_same(report, sample, reviewer):
    said = json.loads(reviewer("rights", "audit", sample, "--json").out)
    assert len(said["stills"]) == len(report.found.rows)
