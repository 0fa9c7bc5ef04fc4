"""The preview: in step with the text, locked down, and never in the way."""

import itertools
import os
import signal

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from reviewer.text.markdown import Renderer
from reviewer.ui.preview.renderer import Rendering, Request
from tests.slow_texts import KINDS
from tests.ui.conftest import HAS_WEB, asking


@pytest.fixture
def rendering(qapp):
    made = Rendering()
    made.document = QTextDocument()
    made.document.setDocumentLayout(QPlainTextDocumentLayout(made.document))
    made.start()
    yield made
    made.stop()


def ask(rendering, text, fresh=False):
    rendering.document.setPlainText(text)
    rendering.ask(Request(rendering.document, {}, fresh))


class Page:
    """The blocks that a page would show after all answers."""

    def __init__(self, rendering):
        self.blocks: list[list] = []
        self.answers: list[dict] = []
        self._rendering = rendering
        rendering.answered.connect(self.take)

    def take(self, answer):
        self.answers.append(answer)
        kept = self.blocks if answer["kept"] else []
        tail = kept[len(kept) - answer["tail"] :] if answer["tail"] else []
        lines = answer.get("lines") or [line + answer["shift"] for line, _ in tail]
        last = [[line, html] for line, (_, html) in zip(lines, tail, strict=True)]
        self.blocks = [*kept[: answer["head"]], *answer["blocks"], *last]
        self._rendering.taken()


@pytest.fixture
def shown(rendering):
    return Page(rendering)


def test_typing_sends_what_was_typed_and_shows_the_whole(rendering, shown, qtbot):
    ask(rendering, "One\n\nTwo\n\nThree\n")
    qtbot.waitUntil(lambda: len(shown.blocks) == 3, timeout=10_000)
    cursor = QTextCursor(rendering.document.findBlockByNumber(2))
    for letter in "A *new*\n\n😀 ":
        cursor.insertText(letter)
        rendering.ask(Request(rendering.document, {}))
    cursor.deletePreviousChar()
    rendering.ask(Request(rendering.document, {}))
    qtbot.waitUntil(lambda: not rendering.busy, timeout=10_000)
    wanted = [[b.line, b.html] for b in Renderer().render(rendering.document.toPlainText())]
    assert shown.blocks == wanted
    assert all(len(answer["blocks"]) <= 2 for answer in shown.answers[1:])


def test_undoing_many_changes_at_once_is_followed(rendering, shown, qtbot):
    ask(rendering, "One\n\nTwo\n\nThree\n")
    cursor = QTextCursor(rendering.document)
    cursor.beginEditBlock()
    for block in (4, 2, 0):
        cursor.setPosition(rendering.document.findBlockByNumber(block).position())
        cursor.insertText("- a\n\n")
    cursor.endEditBlock()
    rendering.ask(Request(rendering.document, {}))
    rendering.document.undo()
    rendering.ask(Request(rendering.document, {}))
    qtbot.waitUntil(lambda: not rendering.busy, timeout=10_000)
    assert [html for _, html in shown.blocks] == ["<p>One</p>", "<p>Two</p>", "<p>Three</p>"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_slow_text_ends_and_does_not_stand_in_the_way(rendering, shown, qtbot, kind):
    said = []
    rendering.stuck.connect(lambda why, line: said.append(why))
    ask(rendering, KINDS[kind])
    qtbot.waitUntil(lambda: bool(shown.answers or said), timeout=15_000)
    ask(rendering, "After it")
    qtbot.waitUntil(lambda: [html for _, html in shown.blocks] == ["<p>After it</p>"], timeout=15_000)


def test_a_slow_paragraph_is_named_and_shown_as_typed_and_the_rest_is_rendered(rendering, shown, qtbot):
    slow = KINDS["links that begin"]
    said = []
    rendering.stuck.connect(lambda why, line: said.append((why, line)))
    ask(rendering, f"Before\n\n{slow}\n\n*After*\n")
    qtbot.waitUntil(lambda: len(shown.blocks) == 3, timeout=20_000)
    assert said[0] == ("What begins at line 3 takes more than two seconds to render.", 3)
    assert [html[:24] for _, html in shown.blocks] == [
        "<p>Before</p>",
        '<pre class="as-typed">[a',
        "<p><em>After</em></p>",
    ]


def test_a_text_is_rendered(rendering, qtbot):
    with qtbot.waitSignal(rendering.answered, timeout=10_000) as answer:
        ask(rendering, "Hello *there*")
    assert answer.args[0]["blocks"] == [[1, "<p>Hello <em>there</em></p>"]]


def test_the_newest_text_wins(rendering, qtbot):
    for n in range(20):
        ask(rendering, f"Text {n}")
    answers = []
    rendering.answered.connect(lambda answer: (answers.append(answer), rendering.taken()))
    qtbot.waitUntil(lambda: bool(answers) and "Text 19" in str(answers[-1]["blocks"]), timeout=10_000)
    assert len(answers) < 5


def test_a_text_without_end_is_given_up_and_the_next_is_rendered(rendering, qtbot):
    with qtbot.waitSignal(rendering.stuck, timeout=20_000) as stuck:
        ask(rendering, "*" + "a_" * 40_000 + "![" * 20_000)
    assert stuck.args[0]
    with qtbot.waitSignal(rendering.answered, timeout=10_000):
        ask(rendering, "Hello")


def test_a_process_that_dies_is_started_anew(rendering, qtbot):
    rendering._process.kill()
    qtbot.waitUntil(lambda: rendering._process is None, timeout=5000)
    with qtbot.waitSignal(rendering.answered, timeout=10_000):
        ask(rendering, "Hello")


def test_this_machine_has_a_web_engine():
    assert HAS_WEB, "pip install PySide6-Addons, and the libraries that script/setup lists"


@pytest.fixture
def web(start, sample, qtbot):
    """The program with the web view loaded, and a question to its page: ``ask("expression")``."""
    program = start(sample / "never-let-me-go-2010" / "review.md", web=True)
    preview = program.window.preview
    qtbot.waitUntil(lambda: preview.page is not None and preview.page.loaded, timeout=20_000)

    ask = program.ask = asking(preview, qtbot)
    qtbot.waitUntil(lambda: ask("document.querySelectorAll('#text .block').length") > 5, timeout=10_000)
    qtbot.waitUntil(lambda: not preview.rendering.busy, timeout=5000)
    return program


def test_the_page_follows_a_key(web, qtbot):
    qtbot.keyClicks(web.window.editor.editor, "Xyzzy ")
    first = "document.querySelector('.block p').textContent"
    qtbot.waitUntil(lambda: web.ask(first).startswith("Xyzzy Mark"), timeout=5000)


def test_only_the_changed_block_is_replaced(web, qtbot):
    web.ask("document.querySelectorAll('.block')[2].mark = 'kept'; 1")
    qtbot.keyClicks(web.window.editor.editor, "x")
    qtbot.waitUntil(lambda: web.ask("document.querySelector('.block p').textContent").startswith("x"), timeout=5000)
    assert web.ask("document.querySelectorAll('.block')[2].mark") == "kept"


def test_the_head_shows_the_marks_and_the_credits(web):
    assert "Mark Romanek" in web.ask("document.querySelector('dl.credits').textContent")
    assert web.ask("document.querySelectorAll('.stars .full').length") == 4


def test_the_stills_are_shown(web, qtbot):
    script = "[...document.images].every(i => i.complete && i.naturalWidth > 0)"
    qtbot.waitUntil(lambda: web.ask(script) is True, timeout=8000)


def test_no_attack_runs_asks_or_reads(web, qtbot):
    attack = (
        "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"
        "<iframe src=file:///etc/hostname></iframe><img src=http://canary.invalid/x.png>"
        "<link rel=stylesheet href=http://canary.invalid/x.css><a href=http://canary.invalid ping=http://canary.invalid>x</a>"
        "<meta http-equiv=refresh content='0;url=http://canary.invalid'>"
    )
    before = web.ask("document.title") or ""
    web.window.editor.editor.setPlainText(f"{attack}\n\nDone")
    qtbot.waitUntil(lambda: "Done" in web.ask("document.getElementById('text').textContent"), timeout=5000)
    assert (web.ask("document.title") or "") == before
    assert web.window.preview.page.guard.refused == []
    assert web.ask("document.querySelectorAll('script, iframe, link[href^=http], meta[http-equiv]').length") == 0


def test_html_that_slipped_in_would_still_load_nothing(web, qtbot):
    """The second wall: even uncleaned HTML in the page runs nothing and reaches nothing."""
    web.ask(
        "document.getElementById('text').innerHTML = `<img src='http://canary.invalid/a.png'><img src='file:///etc/hostname'>"
        "<img src=x onerror='window.ran = 1'><iframe src='file:///etc/hostname'></iframe>`; 1"
    )
    qtbot.waitUntil(lambda: web.ask("[...document.images].every(i => i.complete)") is True, timeout=5000)
    assert web.ask("window.ran || 0") == 0
    assert web.ask("[...document.querySelectorAll('#text img')].some(i => i.naturalWidth > 0)") is False


@pytest.mark.parametrize("path", ["../moon-2009/stills/lunar.jpg", "review.md", "/etc/hostname", "stills/../../x"])
def test_no_other_file_is_served(web, path):
    assert web.window.preview.page.files._read("review", path.lstrip("/")) is None


def test_without_a_web_engine_there_is_a_plain_preview(start, sample, qtbot):
    program = start(sample / "moon-2009" / "review.md")
    preview = program.window.preview
    qtbot.waitUntil(lambda: preview.page is not None, timeout=5000)
    qtbot.waitUntil(lambda: "Sam Bell" in preview.page.toPlainText(), timeout=10_000)
    assert "no QtWebEngine" in preview._notice.text()


def long_text(web, qtbot) -> None:
    web.window.editor.editor.setPlainText("\n\n".join(f"Paragraph {n}. " + "word " * 60 for n in range(60)))
    web.window.editor.editor.document().setModified(True)
    qtbot.waitUntil(lambda: "Paragraph 59" in str(web.ask("document.getElementById('text').textContent")), timeout=8000)


def test_the_wheel_in_the_text_moves_the_page_along(web, qtbot):
    long_text(web, qtbot)
    web.window.editor.editor.scroll_to(61.5)
    inside = "(() => { const b = document.querySelectorAll('.block')[30].getBoundingClientRect(); return -b.top / b.height; })()"

    def moved() -> bool:
        web.window.editor.editor.scrolled_by_user.emit()
        return 0.2 < float(web.ask(inside)) < 0.8

    qtbot.waitUntil(moved, timeout=5000)


def click(web, place: str) -> None:
    """Click on the middle of an element."""
    web.ask(
        f"(() => {{ const hit = {place}, edge = hit.getBoundingClientRect(); hit.dispatchEvent(new MouseEvent('click', "
        "{ bubbles: true, cancelable: true, clientX: edge.left + edge.width / 2, clientY: edge.top + edge.height / 2 })); })(); 1"
    )


def test_a_click_in_the_page_puts_the_caret_there(web, qtbot):
    long_text(web, qtbot)
    click(web, "document.querySelectorAll('.block')[30]")
    qtbot.waitUntil(lambda: web.window.editor.editor.line == 61, timeout=5000)


def test_a_click_on_a_link_opens_nothing_in_the_page(web, qtbot):
    opened = []
    web.window.preview.link_clicked.disconnect()  # which would ask
    web.window.preview.link_clicked.connect(opened.append)
    web.window.editor.editor.setPlainText("[here](https://canary.invalid/)")
    qtbot.waitUntil(lambda: web.ask("document.querySelectorAll('.block a').length") == 1, timeout=5000)
    click(web, "document.querySelector('.block a')")
    qtbot.waitUntil(lambda: "https://canary.invalid/" in opened, timeout=5000)
    assert web.ask("location.href").startswith("reviewer://review/")


def last_in_sight(web) -> bool:
    """Whether the page shows its last block."""
    last = "[...document.querySelectorAll('.block')].map(block => block.getBoundingClientRect().top).pop()"
    return bool(web.ask(f"0 < ({last} ?? -1) && {last} < window.innerHeight"))


def test_a_page_that_is_loaded_anew_shows_the_carets_place(web, qtbot):
    long_text(web, qtbot)
    web.window.editor.editor.moveCursor(QTextCursor.MoveOperation.End)
    web.preferences.preview_style = "magazine"
    web.looks._apply()
    qtbot.waitUntil(lambda: web.window.preview.page.loaded and last_in_sight(web), timeout=8000)


def test_a_review_that_comes_back_shows_the_carets_place(web, sample, qtbot):
    long_text(web, qtbot)
    web.window.editor.editor.moveCursor(QTextCursor.MoveOperation.End)
    here = web.desk.current
    web.files.open(sample / "moon-2009" / "review.md")
    web.desk.bring(here)
    qtbot.waitUntil(lambda: web.window.preview.page.loaded and last_in_sight(web), timeout=8000)


def test_the_top_of_the_text_shows_the_head_of_the_page(web, qtbot):
    long_text(web, qtbot)
    web.ask("window.scrollTo(0, 3000); 1")
    web.window.editor.editor.scroll_to(1)
    web.window.editor.editor.scrolled_by_user.emit()
    qtbot.waitUntil(lambda: web.ask("window.scrollY") == 0, timeout=5000)


def test_scrolling_the_page_moves_the_text_along(web, qtbot):
    long_text(web, qtbot)

    blocks = itertools.cycle((40, 41))

    def moved() -> bool:
        """Scrolled to and fro, since what the page scrolls in answer to the text is not told."""
        web.ask(f"document.querySelectorAll('.block')[{next(blocks)}].scrollIntoView(); 1")
        return 80 <= web.window.editor.editor.top_line <= 84

    qtbot.waitUntil(moved, timeout=5000)


def test_a_telephones_page_is_as_wide_as_a_telephone(web, qtbot):
    web.window.widths["smartphone"].click()
    qtbot.waitUntil(lambda: 360 <= float(web.ask("window.innerWidth")) <= 390, timeout=5000)


def test_a_desks_page_is_made_smaller(web, qtbot):
    web.window.widths["monitor"].click()
    qtbot.waitUntil(lambda: float(web.ask("window.innerWidth")) >= 1190, timeout=5000)
    web.window.widths["monitor"].click()
    qtbot.waitUntil(lambda: float(web.ask("window.innerWidth")) < 600, timeout=5000)


@pytest.mark.parametrize(("style", "colour"), [("night", "rgb(16, 17, 19)"), ("magazine", "rgb(252, 252, 250)")])
def test_a_style_that_comes_along_is_used(web, qtbot, style, colour):
    web.preferences.preview_style = style
    web.looks._apply()
    qtbot.waitUntil(
        lambda: web.ask("getComputedStyle(document.documentElement).backgroundColor") == colour, timeout=8000
    )
    qtbot.waitUntil(lambda: web.ask("document.querySelectorAll('.block').length") > 3, timeout=8000)


def test_an_own_style_is_followed_while_it_is_edited(web, qtbot, tmp_path):
    style = tmp_path / "own.css"
    style.write_text("html { background: rgb(1, 2, 3) }")
    web.preferences.preview_style = str(style)
    web.looks._apply()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    qtbot.waitUntil(lambda: web.ask(ground) == "rgb(1, 2, 3)", timeout=8000)
    style.write_text(
        "@import 'http://canary.invalid/x.css'; html { background: rgb(4, 5, 6) url(http://canary.invalid/x.png) }"
    )
    qtbot.waitUntil(lambda: web.ask(ground) == "rgb(4, 5, 6)", timeout=8000)


def test_a_remote_picture_is_a_box_with_its_address(web, qtbot):
    web.window.editor.editor.setPlainText("![A moon](https://canary.invalid/moon.png)")
    script = "(document.querySelector('#text img') || {}).alt"
    qtbot.waitUntil(
        lambda: web.ask(script) == "A moon: https://canary.invalid/moon.png is not loaded here.", timeout=5000
    )
    assert web.window.preview.page.guard.refused == []


def test_hidden_words_open_by_a_click(web, qtbot):
    web.window.editor.editor.setPlainText("He >!dies!< here")
    qtbot.waitUntil(lambda: web.ask("document.querySelectorAll('span.spoiler').length") == 1, timeout=5000)
    click(web, "document.querySelector('span.spoiler')")
    assert web.ask("document.querySelectorAll('span.spoiler.open').length") == 1


def test_a_web_process_that_is_killed_comes_back_and_typing_goes_on(web, qtbot):
    page = web.window.preview.page.page
    os.kill(page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: not web.window.preview.page.loaded, timeout=10_000)
    qtbot.keyClicks(web.window.editor.editor, "Xyzzy ")
    qtbot.waitUntil(lambda: web.window.preview.page.loaded, timeout=20_000)
    found: list[object] = []

    def says() -> bool:
        page.runJavaScript("document.getElementById('text').textContent.includes('Xyzzy Mark')", 1, found.append)
        return bool(found) and found[-1] is True

    qtbot.waitUntil(says, timeout=20_000)
