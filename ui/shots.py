"""Pictures of every screen on the sample centre: for the README, and to look at what changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.screens import SCREENS
from ui.theme import THEMES, apply_theme
from wfm.errors import WfmError
from wfm.messages import message
from wfm.publishing import make_folder

SETTLE_MS = 250
"""How long nothing may run before a picture is taken: plots draw in the frame after their data."""


@dataclass(frozen=True, slots=True)
class ShotSettings:
    """How the pictures are to be: language, theme, size in logical pixels."""

    language: str = "ja"
    theme: str = "light"
    size: tuple[int, int] = (1366, 768)


class Photographer:
    """Walks a window through its screens and takes a picture of each."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._folder = window, folder
        self.taken: list[Path] = []

    def wait(self, least_ms: int = SETTLE_MS) -> None:
        """Let the window work until it has been at rest for a while."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setInterval(least_ms)

        def look() -> None:
            if not self._window.jobs.busy:
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()

    def take(self, name: str) -> None:
        """Write the window as it is now."""
        path = self._folder / f"{name}.png"
        if not self._window.grab().save(str(path)):
            raise WfmError(
                message("{file} cannot be written. Choose another folder.", file=str(path))
            )
        self.taken.append(path)


def take_shots(
    prepare: Callable[[Path], None],
    folder: Path,
    settings: ShotSettings,
    who: str,
    screens: Sequence[str] = (),
) -> tuple[Path, ...]:
    """Write a picture of the start page and of each screen; return the files.

    ``prepare`` makes a planned centre at the path it is given.
    """
    from ui.app import make_application

    make_folder(folder)
    app = make_application(settings.language)
    theme = THEMES[settings.theme]
    apply_theme(app, theme)
    with tempfile.TemporaryDirectory(prefix="toban-shots-") as place:
        centre = Path(place) / "sample.toban"
        prepare(centre)
        window = MainWindow(
            who=who, language=settings.language, theme=theme, preferences=Preferences()
        )
        window.resize(*settings.size)
        window.show()
        photographer = Photographer(window, folder)
        try:
            photographer.wait()
            photographer.take("start")
            window.open_location(str(centre))
            photographer.wait()
            _walk(window, photographer, screens or [spec.key for spec in SCREENS])
        finally:
            window.close_now()
    return tuple(photographer.taken)


PLACES: dict[str, dict[str, object]] = {"people": {"agent": "a08", "tab": "availability"}}
"""Where on a screen the picture is taken, for those that open on a list."""


def _walk(window: MainWindow, photographer: Photographer, screens: Sequence[str]) -> None:
    if window.shell is None:
        raise WfmError(message("The sample centre could not be opened; no pictures were taken."))
    for key in screens:
        window.shell.show_screen(key)
        photographer.wait()
        if key in PLACES:
            window.shell.screen_of(key).focus_on(**PLACES[key])
            photographer.wait()
        photographer.take(key)


def set_scale(scale: float) -> None:
    """Make everything ``scale`` times as large; only before the application is there."""
    os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
    os.environ["QT_SCALE_FACTOR_ROUNDING_POLICY"] = "PassThrough"
