"""Starts the window on a centre."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui.centre_view import CentreView
from ui.errors import log_folder
from ui.main_window import MainWindow
from ui.theme import LIGHT, Theme, apply_theme


def run_app(
    centre: CentreView,
    *,
    language: str = "ja",
    theme: Theme = LIGHT,
    logs: Path | None = None,
) -> int:
    """Open the window on ``centre``, run until it is closed and return the exit status."""
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
    apply_theme(app, theme)
    window = MainWindow(centre, language=language, theme=theme)
    window.errors.install(logs or log_folder())
    window.resize(1440, 860)
    window.show()
    try:
        return app.exec()
    finally:
        window.errors.uninstall()
