"""The window on a centre: shows a week, plans it in the background, switches language and theme."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from ui.centre_view import CentreView, OnProgress, Progress, ShouldStop, WeekView
from ui.errors import ErrorDoor
from ui.jobs import Job, Jobs
from ui.theme import LIGHT, THEMES, Theme, apply_theme
from ui.translate import render_in
from ui.widgets.week_page import WeekPage
from wfm.messages import Message, message


class MainWindow(QMainWindow):
    """Shows one :class:`~ui.centre_view.CentreView`; closing it stops whatever is running."""

    def __init__(self, centre: CentreView, *, language: str = "ja", theme: Theme = LIGHT) -> None:
        super().__init__()
        self._centre, self._language, self._theme = centre, language, theme
        self._weeks: tuple[date, ...] = ()
        self._week: WeekView | None = None
        self._wanted: date | None = None
        self._opening = True
        self._planning: Job | None = None
        self._progress: Progress | None = None
        self.jobs = Jobs(self)
        self.errors = ErrorDoor(render_in(language), self.show_error, self)
        self.setMinimumSize(1024, 640)
        self._build_page()
        self._add_shortcuts()
        self.open_centre()

    @property
    def page(self) -> WeekPage:
        """The page shown."""
        return self._page

    @property
    def week(self) -> WeekView | None:
        """The week shown, ``None`` before the first one is loaded."""
        return self._week

    @property
    def planning(self) -> bool:
        """Whether a week is being planned."""
        return self._planning is not None

    # --- showing ---------------------------------------------------------------------------------

    @Slot()
    def open_centre(self) -> None:
        """Ask the centre for its weeks and show the first one."""

        def work(_progress: OnProgress, _stop: ShouldStop) -> Any:
            weeks, first = self._centre.weeks(), self._centre.first_week()
            start = first if first is not None else (weeks[0] if weeks else None)
            return weeks, None if start is None else self._centre.load_week(start)

        self._opening = True
        if self._week is None:
            self._page.show_loading(self._centre.name)
        self.jobs.run(work, finished=self._opened, failed=self._open_failed)

    def show_week(self, start: date) -> None:
        """Load the week that begins on ``start`` and show it."""
        self._wanted = start
        self._enable()
        self.jobs.run(
            lambda _progress, _stop: self._centre.load_week(start),
            finished=self._loaded,
            failed=self._load_failed,
        )

    def show_error(self, text: Message) -> None:
        """Show a sentence about something the user can act on."""
        self._page.notice.show_text(render_in(self._language)(text), "bad")

    def set_language(self, language: str) -> None:
        """Show everything in another language; work that runs goes on."""
        if language == self._language:
            return
        self._language = language
        self.errors.set_render(render_in(language))
        self._build_page()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        if theme is self._theme:
            return
        self._theme = theme
        self._build_page()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)

    # --- actions ---------------------------------------------------------------------------------

    @Slot()
    def plan(self) -> None:
        """Plan the week shown, in the background."""
        if self._week is None or self._planning is not None:
            return
        start = self._week.horizon.start
        self._page.notice.clear()
        self._planning = self.jobs.run(
            lambda progress, stop: self._centre.plan_week(start, progress, stop),
            finished=self._planned,
            failed=self._plan_failed,
            progressed=self._plan_progressed,
        )
        self._plan_progressed(Progress(0, 0, message("Starting …")))
        self._enable()

    @Slot()
    def stop(self) -> None:
        """Ask the planning to stop with the best roster so far."""
        if self._planning is not None and not self._planning.stopping:
            self._planning.stop()
            self._page.progress.show_stopping()

    def step(self, weeks: int) -> None:
        """Show a week earlier (-1) or later (+1), where the centre has it."""
        start = self._wanted
        if start is not None and self._planning is None:
            target = start + timedelta(days=7 * weeks)
            if target in self._weeks:
                self.show_week(target)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop every work before the window goes."""
        self.jobs.shut_down()
        self.errors.uninstall()
        super().closeEvent(event)

    # --- answers of the worker -------------------------------------------------------------------

    @Slot(object)
    def _opened(self, answer: tuple[tuple[date, ...], WeekView | None]) -> None:
        self._opening = False
        self._weeks, week = answer
        if week is None:
            self._page.show_empty(self._centre.name)
        else:
            self._wanted = week.horizon.start
            self._show(week)
        self._enable()

    @Slot(object)
    def _open_failed(self, error: BaseException) -> None:
        self._opening = False
        if self._week is None:
            self._page.show_empty(self._centre.name)
        self.errors.report(error)

    @Slot(object)
    def _load_failed(self, error: BaseException) -> None:
        self._wanted = self._week.horizon.start if self._week is not None else None
        self._enable()
        self.errors.report(error)

    @Slot(object)
    def _loaded(self, week: WeekView) -> None:
        if week.horizon.start == self._wanted:
            self._show(week)
            self._enable()

    @Slot(object)
    def _plan_progressed(self, progress: Progress) -> None:
        self._progress = progress
        if self._planning is not None and not self._planning.stopping:
            self._page.progress.show_progress(progress)

    @Slot(object)
    def _planned(self, week: WeekView) -> None:
        stopped = self._planning is not None and self._planning.stopping
        self._end_planning()
        self._show(week)
        text = (
            message("Stopped. The best roster found so far is kept as a draft.")
            if stopped
            else message("The week is planned; the roster is kept as a draft.")
        )
        self._page.notice.show_text(render_in(self._language)(text))

    @Slot(object)
    def _plan_failed(self, error: BaseException) -> None:
        self._end_planning()
        self.errors.report(error)

    def _end_planning(self) -> None:
        self._planning = self._progress = None
        self._page.progress.clear()
        self._enable()

    # --- building --------------------------------------------------------------------------------

    def _show(self, week: WeekView) -> None:
        self._week = week
        self._page.show_week(week)
        self.setWindowTitle(f"{week.centre} – Toban")

    def _enable(self) -> None:
        head, idle, shown = self._page.head, self._planning is None, self._wanted
        step = timedelta(days=7)
        head.earlier.setEnabled(idle and shown is not None and shown - step in self._weeks)
        head.later.setEnabled(idle and shown is not None and shown + step in self._weeks)
        head.plan.setEnabled(idle and self._week is not None and self._week.horizon.start == shown)

    def _build_page(self) -> None:
        page = WeekPage(self._language, self._theme)
        page.head.earlier.clicked.connect(lambda: self.step(-1))
        page.head.later.clicked.connect(lambda: self.step(1))
        page.head.plan.clicked.connect(self.plan)
        page.head.language.chosen.connect(self.set_language)
        page.head.theme.chosen.connect(lambda name: self.set_theme(THEMES[name]))
        page.progress.stop.clicked.connect(self.stop)
        page.empty.button.clicked.connect(self.open_centre)
        self._page = page
        self.setCentralWidget(page)
        page.timeline.setFocus()
        self.setWindowTitle(f"{self._centre.name} – Toban")
        if self._week is not None:
            page.show_week(self._week)
        elif self._opening:
            page.show_loading(self._centre.name)
        else:
            page.show_empty(self._centre.name)
        if self._progress is not None:
            page.progress.show_progress(self._progress)
            if self._planning is not None and self._planning.stopping:
                page.progress.show_stopping()
        self._enable()

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Alt+Left", lambda: self.step(-1)),
            ("Alt+Right", lambda: self.step(1)),
            ("Ctrl+Return", self.plan),
            ("Escape", self.stop),
            ("F5", self.open_centre),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
