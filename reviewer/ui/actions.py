"""Every action of the window in one table: name, text, icon, keys, hint. Menus, palette and key list are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from reviewer.ui.icons import icon


@dataclass(frozen=True)
class Spec:
    """One action as the table has it. `keys` are Qt's portable names; `group` is its menu."""

    name: str
    group: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    hint: str = ""
    checkable: bool = False


def _table(*rows: tuple[str, str, str, str, str, str]) -> dict[str, Spec]:
    return {
        row[0]: Spec(
            row[0],
            row[1],
            row[2],
            tuple(k for k in row[3].split(" / ") if k),
            row[4],
            row[5].lstrip("~"),
            row[5].startswith("~"),
        )
        for row in rows
    }


TABLE = _table(
    ("new", "File", "New review", "Ctrl+N", "plus", "Start a review in this library"),
    ("new-from", "File", "New review from a template…", "Ctrl+Alt+N", "file-text", "Festival capsule, essay, double bill, episode, or your own"),
    ("open-file", "File", "Open a file…", "Ctrl+Shift+O", "file-text", "Open any Markdown file"),
    ("open-library", "File", "Open a library…", "Ctrl+O", "folder-open", "Open a folder of reviews"),
    ("libraries", "File", "Switch the library…", "Ctrl+Alt+O", "folder-open", "The libraries that were opened before"),
    ("sample", "File", "Open the sample library", "", "book-open", "Three reviews to look around in"),
    ("save", "File", "Save", "Ctrl+S", "check", "Write the review to its file"),
    ("save-as", "File", "Save a copy…", "Ctrl+Shift+S", "copy", "Write the review to another file"),
    ("keep-template", "File", "Keep as a template…", "", "bookmark", "Reviews to come begin with its text and terms"),
    ("revert", "File", "Go back to the saved version", "", "undo-2", "Drop what was changed since it was saved"),
    ("export", "Blog", "Export…", "Ctrl+Shift+E", "send", "Put the post into your blog’s folder"),
    ("export-changed", "Blog", "Export what changed…", "", "send", "All reviews that are ready and stand otherwise in the blog"),
    ("unpublish", "Blog", "Take the post out of the blog…", "", "archive", "Remove what an export wrote; the review stays"),
    ("undo-export", "Blog", "Undo the last export…", "", "undo-2", "Every file in the blog as it was before"),
    ("build", "Blog", "Build and look at it…", "Ctrl+Shift+B", "monitor", "Run your own command, see what it says, compare the pages"),
    ("letterboxd", "Blog", "Export for Letterboxd…", "", "film", "A file of marks, days and texts to import there"),
    ("letterboxd-list", "Blog", "Export the list for Letterboxd…", "", "list-ordered", "The films of a list post with your words, to import there"),
    ("export-page", "File", "Export as a web page…", "", "external-link", "One file with the stills inside"),
    ("export-pdf", "File", "Export as PDF…", "", "file-text", "Sheets with title, credits and page numbers"),
    ("print", "File", "Print…", "Ctrl+P", "file-text", "Sheets with title, credits and page numbers"),
    ("copy-rich", "File", "Copy for a mail", "Ctrl+Shift+C", "copy", "The review with links and emphasis"),
    ("copy-html", "File", "Copy as HTML", "", "code", "The text’s HTML, for a content system’s box"),
    ("short-form", "File", "A short message…", "", "message-square", "Title, mark, excerpt and link in a few words"),
    ("versions", "File", "Versions…", "Ctrl+Alt+V", "clock", "Older versions of this review, and others beside it"),
    ("raw", "File", "Show the raw file", "Ctrl+U", "code", "The whole review.md as it stands on the disk"),
    ("quit", "File", "Quit", "Ctrl+Q", "x", "Close Reviewer"),
    ("undo", "Edit", "Undo", "Ctrl+Z", "undo-2", "Undo typing in the text, or the last field, where you are"),
    ("redo", "Edit", "Redo", "Ctrl+Shift+Z / Ctrl+Y", "redo-2", "Do again what was undone"),
    ("undo-field", "Edit", "Undo the last field", "Ctrl+Shift+Backspace", "undo-2", "Put the last changed field back"),
    ("redo-field", "Edit", "Redo the last field", "", "redo-2", "Do again the field that was put back"),
    ("paste-plain", "Edit", "Paste as plain text", "Ctrl+Shift+V", "copy", "Paste the words without links and emphasis"),
    ("find", "Edit", "Find", "Ctrl+F", "search", "Find in the text"),
    ("replace", "Edit", "Replace", "Ctrl+H", "search", "Find and replace in the text"),
    ("find-next", "Edit", "Find the next", "F3", "chevron-down", "The next place that matches"),
    ("find-previous", "Edit", "Find the one before", "Shift+F3", "chevron-up", "The place before that matches"),
    ("replace-everywhere", "Edit", "Replace in the library…", "Ctrl+Shift+H", "search", "Find and replace in all texts"),
    ("undo-everywhere", "Edit", "Undo the replacement in the library", "", "undo-2", "Put all changed texts back"),
    ("spelling", "Edit", "Spelling suggestions", "Ctrl+.", "check", "For the word at the caret that no dictionary has"),
    ("next-unknown", "Edit", "Next unknown word", "Shift+F8", "chevron-down", "Go to the next word that no dictionary has"),
    ("settings", "Edit", "Settings…", "Ctrl+,", "settings", "Theme, type, marks, blog"),
    ("heading", "Text", "Heading", "Ctrl+Shift+1", "heading", "Make the line a heading, again for the next level"),
    ("bold", "Text", "Bold", "Ctrl+B", "bold", "Bold the words"),
    ("italic", "Text", "Italic", "Ctrl+I", "italic", "Set the words in italic"),
    ("link", "Text", "Link", "Ctrl+Shift+K", "link", "Make the words a link"),
    ("quote", "Text", "Quotation", "Ctrl+Shift+.", "text-quote", "Make the paragraphs a quotation"),
    ("list", "Text", "List", "Ctrl+Shift+8", "list", "Make the lines a list"),
    ("numbered-list", "Text", "Numbered list", "Ctrl+Shift+7", "list-ordered", "Make the lines a numbered list"),
    ("task", "Text", "Task", "Ctrl+Shift+9", "circle-check", "Make the lines tasks; again ticks them"),
    ("code", "Text", "Code", "Ctrl+E", "code", "Set the words as code"),
    ("footnote", "Text", "Footnote", "Ctrl+Shift+N", "superscript", "Insert a footnote"),
    ("note-jump", "Text", "Footnote and back", "Alt+Return", "superscript", "Go from a reference to its note, and back"),
    ("note-order", "Text", "Number the footnotes anew", "", "superscript", "1, 2, 3 in the order of the text"),
    ("line-up", "Text", "Lines up", "Alt+Up", "chevron-up", "Move the chosen lines up"),
    ("line-down", "Text", "Lines down", "Alt+Down", "chevron-down", "Move the chosen lines down"),
    ("line-double", "Text", "Double the lines", "Ctrl+Shift+D", "copy", "Put the chosen lines a second time below"),
    ("table", "Text", "Table", "Ctrl+Shift+T", "list", "Insert a table; Tab walks its cells"),
    ("table-row", "Text", "Table: row below", "", "plus", "Add a row below the caret’s"),
    ("table-column", "Text", "Table: column after", "", "plus", "Add a column after the caret’s"),
    ("table-no-row", "Text", "Table: remove the row", "", "trash-2", "Take the caret’s row out"),
    ("table-no-column", "Text", "Table: remove the column", "", "trash-2", "Take the caret’s column out"),
    ("table-left", "Text", "Table: column left", "", "", "Set the caret’s column to the left"),
    ("table-middle", "Text", "Table: column in the middle", "", "", "Centre the caret’s column"),
    ("table-right", "Text", "Table: column right", "", "", "Set the caret’s column to the right"),
    ("mention", "Text", "Mention a film", "Ctrl+M", "film", "Put double brackets around a film"),
    ("link-mentions", "Text", "Link the films named here", "Ctrl+Alt+M", "link", "Brackets around the first mention of each reviewed film"),
    ("spoiler", "Text", "Spoiler", "", "eye", "Hide the paragraphs until the reader opens them"),
    ("spoiler-words", "Text", "Spoiler in the line", "", "eye", "Hide the words until the reader opens them"),
    ("aside", "Text", "Note to yourself", "Ctrl+Shift+M", "pencil", "Words between %% never leave the library"),
    ("stills-desk", "Stills", "All stills of the library", "Ctrl+2", "layout-grid", "Which may appear, until when, and what is missing"),
    ("add-still", "Stills", "Still from a file…", "Ctrl+Shift+I", "image-plus", "Copy pictures into the review"),
    ("frame", "Stills", "Frame from a video…", "Ctrl+Alt+F", "film", "Step through a trailer or a disc file and take frames"),
    ("press-kit", "Stills", "Stills from a press kit…", "", "archive", "A zip of pictures with their captions and terms"),
    ("still-folder", "Stills", "Stills from a folder…", "", "folder-open", "All pictures of a folder, with its texts"),
    ("place-still", "Stills", "Put the still into the text", "", "image", "Place the chosen still at the caret"),
    ("lead-still", "Stills", "Make the still the lead", "Ctrl+Shift+L", "star", "The lead still heads the post"),
    ("crop-still", "Stills", "Crop, straighten, focus…", "", "crop", "What exported copies show; the file stays as it is"),
    ("letter", "Stills", "Write a letter…", "", "mail", "Ask whoever holds the rights; the letter is filled in"),
    ("answer", "Stills", "Attach an answer…", "", "mail-check", "A mail, a letter or a PDF is kept beside the review"),
    ("happened", "Stills", "Write down what happened…", "", "clock", "Asked, reminded, granted, refused, a note"),
    ("report", "Stills", "Report on stills…", "", "info", "What has to be mended, what ends, what has no record"),
    ("contact-sheet", "Stills", "Contact sheet as PDF…", "", "file-text", "Every still with its credit and its permission"),
    ("request", "Stills", "Somebody asks for the still…", "", "hand", "Write down who asks for it, for what, and your answer"),
    ("waiting", "Stills", "Permissions that wait…", "", "clock", "Ended or ending soon, asked and not answered"),
    ("remove-still", "Stills", "Remove the still", "", "trash-2", "Take the still out of the review; the file stays"),
    ("look-up-film", "Review", "Look the film up…", "Ctrl+Alt+L", "film", "Facts from files on this machine, field by field"),
    ("around", "Review", "Around this review…", "Ctrl+Alt+G", "git-branch", "Which reviews name its film, and which films it names"),
    ("share-facts", "Review", "Give the film’s facts to its other reviews…", "", "film", "What they do not say yet; nothing of theirs changes"),
    ("next-finding", "Review", "Next finding", "F8", "triangle-alert", "Go to the next thing a check noticed"),
    ("mark-ready", "Review", "Status: ready", "", "check", "Set the status to ready"),
    ("mark-published", "Review", "Status: published", "", "check", "Set the status to published"),
    ("duplicate", "Review", "Duplicate this review", "", "copy", "A copy with its own stills"),
    ("rename", "Review", "Rename the review’s folder…", "F2", "pencil", "Give the folder another name"),
    ("archive", "Review", "Archive, or bring back", "", "archive", "Lists and searches leave an archived review out"),
    ("delete", "Review", "Move this review to the trash…", "", "trash-2", "The library’s trash keeps it until you empty it"),
    ("show-library", "View", "Library column", "F9", "panel-left", "~Show or hide the library"),
    ("show-inspector", "View", "Details column", "Shift+F9", "panel-right", "~Show or hide the details"),
    ("show-preview", "View", "Preview", "F4", "eye", "~Show or hide the preview"),
    ("tab-review", "View", "Show Review", "Alt+1", "file-text", "Title, date, marks, terms"),
    ("tab-film", "View", "Show Film", "Alt+2", "film", "Film facts, credits, cast"),
    ("tab-stills", "View", "Show Stills", "Alt+3", "image", "Stills and permissions"),
    ("tab-check", "View", "Show Check", "Alt+4", "check", "What the checks noticed"),
    ("filter", "View", "Filter the library", "Ctrl+L", "search", "Type to find a review"),
    ("go-write", "View", "Go to the text", "Ctrl+1", "pencil", "Put the caret into the text"),
    ("next-column", "View", "Next column", "F6", "panel-right", "Walk the columns"),
    ("previous-column", "View", "Column before", "Shift+F6", "panel-left", "Walk the columns back"),
    ("reviews-desk", "Library", "All reviews of the library", "Ctrl+3", "book-open", "Search, narrow, sort; as covers, table, board, calendar"),
    ("terms", "Library", "Terms of the library…", "", "bookmark", "Tags, categories, people, films: rename, merge, split, remove"),
    ("rule-of-marks", "Library", "Categories by the rule of marks…", "", "star", "Each review gets the category that its mark leads to"),
    ("convert-marks", "Library", "Convert marks…", "", "star", "Marks on one scale as the nearest on another"),
    ("scales", "Library", "Scales of marks…", "", "settings", "Scales of your own, what marks count for, the main scale"),
    ("film-list", "Library", "List of films…", "Ctrl+Alt+T", "list-ordered", "A list post, such as the ten best of a year, or that in front"),
    ("lists-in-step", "Library", "Bring lists in step…", "", "list-ordered", "Every list that follows a search, as the library is now"),
    ("diary", "Library", "Diary…", "Ctrl+4", "calendar", "What was seen, when and where, also films without a review"),
    ("figures", "Library", "Figures of the library…", "", "table-2", "Marks, years, directors, genres, words, viewings"),
    ("link-all-mentions", "Library", "Link first mentions in all reviews…", "", "link", "Of each film that the library has a review of"),
    ("mend-links", "Library", "Mend links between reviews…", "", "link", "Links to reviews that were renamed or moved lead to them again"),
    ("trash", "Library", "Trash of the library…", "", "trash-2", "What was thrown away, to be put back"),
    ("undo-batch", "Library", "Undo the last change to several reviews", "", "undo-2", "Every review that it changed is as before"),
    ("zoom-in", "View", "Larger text", "Ctrl++ / Ctrl+=", "plus", "Larger type in the text"),
    ("zoom-out", "View", "Smaller text", "Ctrl+-", "", "Smaller type in the text"),
    ("zoom-reset", "View", "Text size as designed", "Ctrl+0", "", "17 points"),
    ("theme", "View", "Light or dark", "", "moon", "Change between light and dark"),
    ("focus", "View", "Focus", "Ctrl+Shift+F", "eye", "Only the paragraph, then only the sentence in full ink"),
    ("typewriter", "View", "Typewriter scrolling", "", "pencil", "~Keep the line that is written in the middle"),
    ("pencil", "View", "Long sentences and repeats", "Ctrl+Shift+J", "pencil", "~Mark them in the text, as long as it is on"),
    ("read-aloud", "View", "Read aloud", "Ctrl+Shift+R", "message-square", "From the caret, or what is selected; again stops"),
    ("full-screen", "View", "Full screen", "F11", "scan", "~Use the whole screen"),
    ("palette", "Help", "All commands…", "Ctrl+K / Ctrl+Shift+P", "search", "Find an action, a finding or a review"),
    ("keys", "Help", "All keys", "Shift+F1", "keyboard", "Every key in one list"),
    ("recovery", "Help", "Recovered texts…", "", "clock", "What was typed and not saved"),
    ("about", "Help", "About Reviewer", "", "info", "Version and licences"),
)  # fmt: skip
MENUS = ("File", "Edit", "Text", "Stills", "Review", "Library", "Blog", "View", "Help")


class Actions(QObject):
    """The table's actions as Qt's, made once for a window and found by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._made = {spec.name: self._make(spec) for spec in TABLE.values()}

    def adopt(self, window: QWidget) -> None:
        """Let the keys work in a window."""
        window.addActions(list(self._made.values()))

    def _make(self, spec: Spec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setStatusTip(spec.hint)
        action.setCheckable(spec.checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        keys = f"  ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if spec.keys else ""
        action.setToolTip(f"{spec.text.rstrip('…')}{keys}\n{spec.hint}")
        if spec.icon:
            action.setIcon(icon(spec.icon))
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def join(self, acts: dict[str, Callable[[], object]]) -> None:
        """Say what each action does."""
        for name, act in acts.items():
            self._made[name].triggered.connect(lambda _checked=False, act=act: act())

    def menu(self, parent: QWidget, groups: Iterable[str] = MENUS) -> QMenu:
        """All actions as one menu with a submenu a group."""
        menu = QMenu(parent)
        for group in groups:
            inner = menu.addMenu(group)
            for spec in TABLE.values():
                if spec.group == group:
                    inner.addAction(self._made[spec.name])
        return menu

    def all(self) -> list[tuple[Spec, QAction]]:
        """Every action beside its row of the table."""
        return [(spec, self._made[spec.name]) for spec in TABLE.values()]
