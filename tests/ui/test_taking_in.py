"""Stills that come in as press kits, from a browser, and by the clipboard."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from reviewer.ui.dialogs.kit import KitDialog
from reviewer.ui.session import today
from reviewer.ui.widgets.incoming import Incoming, incoming

TERMS = "For editorial use in connection with the film only."


@pytest.fixture
def kit(tmp_path) -> Path:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    path = tmp_path / "NLMG press kit.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("NLMG_01.jpg", out.getvalue())
        archive.writestr("NLMG_02.jpg", out.getvalue() + b"\0")
        archive.writestr("captions.txt", f"NLMG_01.jpg: Kathy on the pier. Photo: Alex Bailey\n\n{TERMS}")
    return path


@pytest.fixture
def panel(program):
    program.window.inspector.show_tab("Stills")
    return program.window.stills


def browsers(address: str, image: bool = False, html: str = "") -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address)])
    if image:
        picture = QImage(8, 6, QImage.Format.Format_RGB32)
        picture.fill(QColor("teal"))
        data.setImageData(picture)
    if html:
        data.setHtml(html)
    return data


def taking(program, kit, qtbot) -> KitDialog:
    program.pictures.add([kit])
    qtbot.waitUntil(lambda: program.pictures.dialog is not None)
    return program.pictures.dialog


def test_a_kit_is_shown_before_it_comes_in(program, panel, session, kit, qtbot):
    before = session.review
    dialog = taking(program, kit, qtbot)
    row = dialog.list.topLevelItem(0)
    assert [row.text(n) for n in range(3)] == ["NLMG_01.jpg", "Kathy on the pier.", "Alex Bailey"]
    assert dialog.terms.text() == TERMS
    dialog.reject()
    assert session.review == before


def test_a_kits_pictures_come_with_captions_terms_and_evidence(program, panel, session, kit, qtbot):
    dialog = taking(program, kit, qtbot)
    dialog.holder.setText("Fox")
    dialog.press.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: session.review.still("stills/nlmg-02.jpg") is not None)
    one, two = session.review.still("stills/nlmg-01.jpg"), session.review.still("stills/nlmg-02.jpg")
    assert (one.caption, one.credit, two.caption) == ("Kathy on the pier.", "Alex Bailey", "")
    assert {(s.permission.basis, s.permission.terms, s.permission.holder) for s in (one, two)} == {
        ("press-terms", TERMS, "Fox")
    }
    assert (session.folder / one.permission.evidence[0]).read_text().endswith(TERMS)
    assert (one.source.name, one.source.fetched) == (kit.name, today())


def test_a_kits_basis_is_unknown_unless_the_writer_says_so(program, panel, session, kit, qtbot):
    taking(program, kit, qtbot).accept()
    qtbot.waitUntil(lambda: session.review.still("stills/nlmg-02.jpg") is not None)
    assert session.review.still("stills/nlmg-01.jpg").permission.basis == ""


def test_an_unticked_picture_stays_out_and_a_changed_caption_goes_in(program, panel, session, kit, qtbot):
    dialog = taking(program, kit, qtbot)
    dialog.list.topLevelItem(1).setCheckState(0, dialog.list.topLevelItem(1).checkState(0).Unchecked)
    dialog.list.topLevelItem(0).setText(1, "Kathy")
    assert dialog.go.text() == "Add 1 still"
    dialog.accept()
    qtbot.waitUntil(lambda: session.review.still("stills/nlmg-01.jpg") is not None)
    assert session.review.still("stills/nlmg-01.jpg").caption == "Kathy"
    assert session.review.still("stills/nlmg-02.jpg") is None


def test_a_folder_without_texts_is_its_pictures(program, panel, session, tmp_path, picture, qtbot):
    folder = tmp_path / "frames"
    (folder / "more").mkdir(parents=True)
    picture("frames/one.png", "red")
    picture("frames/more/two.png", "blue")
    program.pictures.add([folder])
    qtbot.waitUntil(lambda: session.review.still("stills/two.png") is not None)
    assert session.review.still("stills/one.png") is not None


def test_an_empty_folder_is_named(program, panel, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    program.pictures.add([tmp_path / "empty"])
    qtbot.waitUntil(lambda: "There is no picture in empty" in program.notices.text)


def test_an_address_is_written_down_as_the_stills_source(program, panel, session, qtbot):
    panel.choose("stills/boat.jpg")
    program.pictures.dropped(incoming(browsers("https://example.org/trailer")))
    assert session.review.still("stills/boat.jpg").source.url == "https://example.org/trailer"
    session.undo_field()
    assert session.review.still("stills/boat.jpg").source.url != "https://example.org/trailer"


def test_a_picture_from_a_browser_keeps_its_address(program, panel, session, qtbot):
    count = len(session.review.stills)
    html = '<meta charset="utf-8"><img alt="" src="https://example.org/a.jpg?x=1&amp;y=2">'
    program.pictures.dropped(incoming(browsers("https://example.org/page", True, html)))
    qtbot.waitUntil(lambda: len(session.review.stills) > count)
    source = session.review.stills[-1].source
    assert (source.url, source.fetched) == ("https://example.org/a.jpg?x=1&y=2", today())


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "javascript:alert(1)", "https://a b", "mailto:a@example.org"]
)
def test_no_other_address_is_one_of_a_picture(address):
    data = QMimeData()
    data.setText(address)
    assert incoming(data) == Incoming()


def test_a_clipboard_without_a_picture_says_so(program, panel):
    QGuiApplication.clipboard().setText("words")
    program.pictures.paste()
    assert "no picture" in program.notices.text


def test_a_link_pasted_into_the_text_stays_text(editor, session):
    editor.insertFromMimeData(browsers("https://example.org/a.jpg"))
    assert "https://example.org/a.jpg" in session.text
