"""Starts the window on a centre."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from solver.child import SPARE
from ui.actions import all_actions
from ui.errors import log_folder
from ui.main_window import MainWindow
from ui.preferences import Preferences, is_there, preferences_file
from ui.screens import load_screens
from ui.theme import THEMES, Theme, apply_theme
from ui.translate import format_zone
from ui.widgets.icons import theme_icon

READY_MS = 1500
"""How long after the first sight of a roster a solver is made ready: the screen comes first."""


def make_application(language: str) -> QApplication:
    """Return the running application or a new one, with Qt's own words in ``language``."""
    if os.environ.get("XMODIFIERS", "").startswith("@im=fcitx"):
        # Qt's wheels carry no fcitx plug-in, but fcitx answers the ibus one
        os.environ.setdefault("QT_IM_MODULE", "ibus")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Toban")
    app.setDesktopFileName("toban")
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(words)
    return app


def make_ready(language: str, theme: Theme) -> None:
    """Load and draw what the first visit of a screen would have to wait for.

    All of it is kept out of Python's search for garbage from now on, which stops everything and
    would look through the loaded code for a quarter of a second.
    """
    load_screens()
    for action in all_actions():
        if action.icon:
            theme_icon(action.icon, theme)
    format_zone("Asia/Tokyo", language)  # reads the names of all zones, once
    gc.collect()
    gc.freeze()


def _keep_solver_ready(screen: str) -> None:
    """Have a solver wait for whoever looks at rosters."""
    if screen == "roster":
        QTimer.singleShot(READY_MS, SPARE.keep)


def run_app(
    location: str | None,
    *,
    who: str,
    language: str,
    start_page: bool = False,
    take_over: bool = False,
    logs: Path | None = None,
) -> int:
    """Open the window, run until it is closed and return the exit status.

    Without a location the centre opened last is shown, where there is none the sample; with
    ``start_page`` the page from which any centre can be opened or begun.
    """
    preferences = Preferences(preferences_file())
    if "TOBAN_LANG" not in os.environ:  # who asks for a language gets it
        language = preferences.get("language", language)
    theme = THEMES.get(preferences.get("theme", "light"), THEMES["light"])
    app = make_application(language)
    apply_theme(app, theme)
    window = MainWindow(who=who, language=language, theme=theme, preferences=preferences)
    window.errors.install(logs or log_folder())
    window.screen_changed.connect(_keep_solver_ready)
    window.show()
    if location is not None:
        window.open_location(location, take_over=take_over)
    elif not start_page:
        last = next((item for item in preferences.recent if is_there(item)), "")
        window.open_location(last) if last else window.open_sample()
    make_ready(language, theme)  # while the worker opens the centre
    try:
        return app.exec()
    finally:
        window.errors.uninstall()
        SPARE.drop()
