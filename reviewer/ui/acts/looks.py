"""How the window looks and the text behaves, as the writer chose it: theme, type, focus, style of the preview."""

from __future__ import annotations

from pathlib import Path

from reviewer.library.resources import resource
from reviewer.library.settings import LibrarySettings
from reviewer.ui import late
from reviewer.ui.actions import Actions
from reviewer.ui.desk import Desk
from reviewer.ui.editor.editor import Type
from reviewer.ui.editor.typing import Wishes
from reviewer.ui.notices import Notices
from reviewer.ui.preferences import Preferences
from reviewer.ui.session import Session
from reviewer.ui.theme import Theme
from reviewer.ui.window import Window

STYLES = ("magazine", "night")
"""Style sheets that come along, besides the plain page."""


class LookActs:
    """Lets window and editor follow the preferences, and changes them."""

    def __init__(
        self, window: Window, desk: Desk, actions: Actions, notices: Notices, preferences: Preferences, theme: Theme
    ) -> None:
        self._window, self._desk, self._actions, self._notices = window, desk, actions, notices
        self._preferences, self._theme = preferences, theme
        self._themed = ("system", 1.0)
        self._style: Path | None = None
        actions.join({
            "settings": self._settings, "theme": self._turn_theme, "full-screen": self._full_screen,
            "zoom-in": lambda: self._zoom(1), "zoom-out": lambda: self._zoom(-1), "zoom-reset": lambda: self._zoom(0),
            "focus": self._focus, "typewriter": self._typewriter,
        })  # fmt: skip
        window.editor.editor.zoomed.connect(self._zoom)
        desk.session_changed.connect(self._session_changed)
        self._apply()

    def _session_changed(self, session: Session | None) -> None:
        if session is not None and not session.property("worded"):
            session.setProperty("worded", True)
            session.review_changed.connect(self._apply_typing)
        self._apply_typing()

    def _full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _zoom(self, step: int) -> None:
        now = self._preferences.editor_size
        self._preferences.editor_size = 17 if step == 0 else min(48, max(9, now + step))
        self._apply_type()

    def _focus(self) -> None:
        """The paragraph, the sentence, or all of the text in full ink."""
        following = {"": "paragraph", "paragraph": "sentence"}
        self._preferences.focus = following.get(self._preferences.focus, "")
        self._window.editor.editor.set_focus_on(self._preferences.focus)
        self._notices.say(f"Focus on the {self._preferences.focus}." if self._preferences.focus else "No focus.")

    def _typewriter(self) -> None:
        self._preferences.typewriter = self._actions["typewriter"].isChecked()
        self._window.editor.editor.set_typewriter(self._preferences.typewriter)

    def _turn_theme(self) -> None:
        self._preferences.theme = "light" if self._theme.dark else "dark"
        self._theme.choose(self._preferences.theme)

    def _settings(self) -> None:
        dialog = late.module("ui.dialogs.settings").SettingsDialog(
            self._theme, self._preferences, self._desk.settings, self._settings_changed, self._window
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.exec()

    def _settings_changed(self, settings: LibrarySettings) -> None:
        if settings != self._desk.settings:
            self._desk.store_settings(settings)
        else:
            self._desk.settings_changed.emit()
        self._apply()

    def _apply(self) -> None:
        """Let the window follow the preferences."""
        wanted = (self._preferences.theme, self._preferences.text_scale)
        if wanted != self._themed:
            self._themed = wanted
            self._theme.choose(*wanted)
        self._window.editor.editor.set_focus_on(self._preferences.focus)
        self._actions["typewriter"].setChecked(self._preferences.typewriter)
        self._window.editor.editor.set_typewriter(self._preferences.typewriter)
        self._apply_typing()
        self._apply_type()
        named = self._preferences.preview_style
        style = resource(f"preview/{named}.css") if named in STYLES else Path(named) if named else None
        if style != self._style:
            self._style = style
            if style is not None and not style.is_file():
                self._notices.warn(f"{style} is no style sheet that can be read. The preview keeps its own.")
            else:
                self._window.preview.use_style(style)

    def _apply_typing(self) -> None:
        """Which behaviours the writer wants, and the language of the review in front."""
        preferences = self._preferences
        self._window.editor.editor.wishes = Wishes(
            preferences.continue_lists,
            preferences.auto_pairs,
            preferences.smart_quotes,
            preferences.tab_spaces,
            self._desk.language,
        )

    def _apply_type(self) -> None:
        wanted = self._preferences
        self._window.editor.editor.set_type(
            Type(wanted.editor_font, wanted.editor_size, wanted.line_height, wanted.line_length, wanted.margin)
        )
