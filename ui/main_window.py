"""The main window: opens and closes centres, and keeps what the user likes."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from ui.desk import Desk, DeskFacts, read_facts
from ui.errors import ErrorDoor
from ui.garbage import Collector
from ui.jobs import Jobs
from ui.preferences import Preferences, is_there
from ui.sample import ensure_sample, new_centre_location, sample_location
from ui.shell import FIRST, Shell
from ui.start_page import StartPage, shown_location
from ui.theme import LIGHT, THEMES, Theme, apply_theme, dress, style_sheet
from ui.translate import render_in
from ui.widgets.waiting import Waiting
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.workspace import Workspace

OTHER_LANGUAGE = {"ja": "en", "en": "ja"}


class MainWindow(QMainWindow):
    """Shows the start page or one open centre; closing it ends whatever is running."""

    opened = Signal()
    """A centre is open and its first screen shown."""
    screen_changed = Signal(str)
    """Another screen is shown: its key."""

    def __init__(
        self,
        *,
        who: str,
        language: str = "ja",
        theme: Theme = LIGHT,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self._who, self._language, self._theme = who, language, theme
        self.preferences = preferences or Preferences()
        self._workspace: Workspace | None = None
        self._opening: list[Workspace] = []
        """Opened by the worker and not shown yet; closed with the window all the same."""
        self._next_language = ""
        self._lose_typed = False
        self._shell: Shell | None = None
        self._start: StartPage | None = None
        self._closing = False
        self.jobs = Jobs(self)
        self._collector = Collector(lambda: not self.jobs.busy, self)
        self._collector.begin()
        self._language_soon = QTimer(self)
        self._language_soon.setSingleShot(True)
        self._language_soon.setInterval(50)
        self._language_soon.timeout.connect(self._change_language)
        self.errors = ErrorDoor(render_in(language), self._say, self)
        self.setMinimumSize(1024, 640)
        self.setWindowTitle("Toban")
        self.set_theme(theme)
        self._restore_geometry()
        self.show_start()

    # --- what is there ---------------------------------------------------------------------------

    @property
    def shell(self) -> Shell | None:
        """The inside of the open centre, ``None`` on the start page."""
        return self._shell

    @property
    def desk(self) -> Desk | None:
        """The desk of the open centre, ``None`` on the start page."""
        return None if self._shell is None else self._shell.desk

    @property
    def start_page(self) -> StartPage | None:
        """The start page, ``None`` while a centre is open or being opened."""
        return self._start

    # --- opening ---------------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show the page before a centre is open."""
        page = StartPage(render_in(self._language), self.preferences.recent)
        page.sample_wanted.connect(self.open_sample)
        page.empty_wanted.connect(self.create_centre)
        page.open_wanted.connect(self._open_or_ask)
        self._start, self._shell = page, None
        self._show(page)
        self.setWindowTitle("Toban")

    @Slot()
    def open_sample(self) -> None:
        """Open this user's copy of the sample centre, made now if there is none."""
        language, who = self._language, self._who
        path = sample_location(language)

        def work() -> Workspace:
            ensure_sample(path, language, who)
            return Workspace.open(str(path), who)

        self._open(work, str(path), message("Preparing the sample centre …"))

    @Slot(str)
    def open_location(self, location: str, *, take_over: bool = False) -> None:
        """Open a centre by its file or address."""
        who = self._who
        text = message("Opening {place} …", place=Path(shown_location(location)).name)
        self._open(lambda: Workspace.open(location, who, take_over=take_over), location, text)

    @Slot(str, str)
    def create_centre(self, name: str, location: str = "") -> None:
        """Create an empty centre and open it."""
        language, who = self._language, self._who
        path = location or str(new_centre_location(name))

        def work() -> Workspace:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            return Workspace.create(path, who, name=name, language=language)

        self._open(work, path, message("Creating the centre {name} …", name=name))

    def _open_or_ask(self, location: str) -> None:
        if location:
            self.open_location(location)
            return
        dialog = QFileDialog(self)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilter(f"{render_in(self._language)(message('Centres'))} (*.toban)")
        dialog.fileSelected.connect(self.open_location)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, work: Callable[[], Workspace], location: str, text: Message) -> None:
        self._leave_centre()
        waiting = Waiting(render_in(self._language)(text))
        self._start = None
        self._show(waiting)

        def perform(_progress: object, _stop: object) -> tuple[Workspace, DeskFacts]:
            workspace = work()
            self._opening.append(workspace)
            try:
                return workspace, read_facts(workspace)
            except BaseException:
                self._opening.remove(workspace)
                workspace.close()
                raise

        def then(answer: tuple[Workspace, DeskFacts]) -> None:
            self._take_in(*answer, location)

        def failed(error: BaseException) -> None:
            self._refused(error, location)

        self.jobs.run(perform, finished=then, failed=failed)

    def _take_in(self, workspace: Workspace, facts: DeskFacts, location: str) -> None:
        self._opening.remove(workspace)
        self._workspace = workspace
        self.preferences.add_recent(location)
        self._furnish(facts, location)
        if facts.notes and self.desk is not None:
            self.desk.say(facts.notes[0], "warn")
        self.opened.emit()

    def _refused(self, error: BaseException, location: str) -> None:
        if not is_there(location):
            self.preferences.drop_recent(location)
        self.show_start()
        self.errors.report(error)

    def _furnish(
        self,
        facts: DeskFacts,
        location: str,
        states: dict[str, Any] | None = None,
        horizon: Any = None,
    ) -> None:
        """Build the inside for the open centre, in the language and theme of now."""
        assert self._workspace is not None
        desk = Desk(
            self._workspace, facts, location=location, language=self._language, theme=self._theme,
            preferences=self.preferences, jobs=self.jobs,
        )  # fmt: skip
        if horizon is not None:
            desk.show_week(horizon.start)
        desk.failed.connect(self.errors.report)
        desk.rescue_wanted.connect(self._ask_where_to_rescue)
        desk.language_wanted.connect(self.choose_language)
        desk.theme_wanted.connect(self.choose_theme)
        desk.undo_changed.connect(self._show_title)
        desk.action("language").triggered.connect(
            lambda: self.choose_language(OTHER_LANGUAGE[self._language])
        )
        desk.action("theme").triggered.connect(
            lambda: self.choose_theme("light" if self._theme.dark else "dark")
        )
        desk.action("open").triggered.connect(self._leave_for_start)
        desk.action("quit").triggered.connect(self.close)
        shell = Shell(desk, who=self._who)
        shell.screen_changed.connect(lambda key: self.preferences.set("window.screen", key))
        shell.screen_changed.connect(self.screen_changed)
        self._shell, self._start = shell, None
        self._show(shell)
        if states:
            shell.restore(states)
        shell.show_screen(self._first_screen())
        self._show_title()

    def _first_screen(self) -> str:
        wanted = self.preferences.get("window.screen", FIRST)
        assert self._shell is not None
        return wanted if wanted in self._shell.nav.items else FIRST

    @Slot()
    def _ask_where_to_rescue(self) -> None:
        """Ask for a place for a copy of the centre whose own file is gone."""
        assert self.desk is not None
        dialog = QFileDialog(self)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setDefaultSuffix("toban")
        dialog.setNameFilter(f"{render_in(self._language)(message('Centres'))} (*.toban)")
        dialog.setDirectory(str(Path(self.desk.location).parent))
        dialog.selectFile(f"{Path(self.desk.location).stem}-rescued.toban")
        dialog.fileSelected.connect(self._rescue)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _rescue(self, place: str) -> None:
        if self.desk is not None:
            self.desk.ask(
                lambda workspace: workspace.files.rescue(place),
                lambda path: self.open_location(str(path)),
            )

    # --- language and theme ----------------------------------------------------------------------

    @Slot(str)
    def choose_language(self, language: str) -> None:
        """Show everything in another language, as soon as nothing is running."""
        waiting, self._next_language = bool(self._next_language), language
        if self.jobs.computing and self.desk is not None:
            self.desk.say(message("The language changes as soon as the work that runs is done."))
        if not waiting:
            self._change_language()

    @Slot()
    def _change_language(self) -> None:
        if self.jobs.busy:
            self._language_soon.start()
            return
        language, self._next_language = self._next_language, ""
        anyway, self._lose_typed = self._lose_typed, False
        if language not in ("", self._language) and (anyway or self._keeps_typed(language)):
            self._speak(language)

    def _keeps_typed(self, language: str) -> bool:
        """Tell whether the screens keep what is typed; else say what not, and offer to go on."""
        unkept = None if self._shell is None else self._shell.unkept()
        if self._shell is None or unkept is None:
            return True

        def go_on() -> None:
            self._lose_typed = True
            self.choose_language(language)

        self._shell.desk.say(unkept, "warn", (message("Change the language all the same"), go_on))
        return False

    def _speak(self, language: str) -> None:
        """Build the inside again in another language; nothing runs now."""
        self._language = language
        self.preferences.set("language", language)
        self.errors.set_render(render_in(language))
        if self._shell is None:
            self.show_start()
            return
        old = self._shell
        states, desk = old.states(), old.desk
        desk.rest()
        self._furnish(desk.facts, desk.location, states, desk.horizon)
        old.deleteLater()
        desk.deleteLater()

    def set_theme(self, theme: Theme) -> None:
        """Wear the style sheet of a theme, for everything in the window and its dialogs."""
        self.setStyleSheet(style_sheet(theme))

    @Slot(str)
    def choose_theme(self, name: str) -> None:
        """Show everything in another theme."""
        self._theme = THEMES[name]
        self.preferences.set("theme", name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self._theme)
        if self.desk is not None:
            self.desk.wear(self._theme)

    # --- leaving ---------------------------------------------------------------------------------

    @Slot()
    def _leave_for_start(self) -> None:
        if self._may_leave(self._leave_for_start):
            self._leave_centre()
            self.show_start()

    def _may_leave(self, again: Callable[[], object]) -> bool:
        """Tell whether nothing would be lost; else say what, and offer to go on all the same."""
        if self._closing or self._shell is None:
            return True
        unsaved = self._shell.unsaved()
        if unsaved is None:
            return True

        def leave() -> None:
            self._closing = True
            again()
            self._closing = False

        self._shell.desk.say(unsaved, "warn", (message("Leave all the same"), leave))
        return False

    def _leave_centre(self) -> None:
        self._language_soon.stop()
        self._next_language = ""
        if self._shell is not None:
            self._shell.desk.rest()
            self._shell.leave()
        self.jobs.shut_down()
        left, self._opening = [*self._opening], []
        if self._workspace is not None:
            left.append(self._workspace)
        self._workspace = self._shell = None
        for workspace in left:
            try:
                workspace.close()
            except WfmError as error:
                self.errors.report(error)

    def close_now(self) -> None:
        """Close without a word about what is not kept: the caller knows."""
        self._closing = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop every work before the window goes; what is not kept yet is named first."""
        if not self._may_leave(self.close):
            event.ignore()
            return
        geometry = self.saveGeometry().toBase64().toStdString()
        self.preferences.set("window.geometry", geometry)
        self.hide()  # ending may take a moment: a server that does not answer, a search
        self._leave_centre()
        self._collector.end()
        self.errors.uninstall()
        super().closeEvent(event)

    # --- showing ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Notice from now on when the user is at work."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self._collector.watch(handle)

    def _show(self, widget: QWidget) -> None:
        self.setCentralWidget(widget)
        dress(widget, self._theme)

    @Slot()
    def _show_title(self) -> None:
        if self.desk is not None:
            self.setWindowTitle(f"{self.desk.site.name} – Toban")

    def _say(self, text: Message) -> None:
        if self.desk is not None:
            self.desk.say(text, "bad")
        elif self._start is not None:
            self._start.say(text)

    def _restore_geometry(self) -> None:
        kept = self.preferences.get("window.geometry", "")
        self.resize(1440, 860)
        if kept:
            try:
                self.restoreGeometry(QByteArray(base64.b64decode(kept)))
            except ValueError:
                self.preferences.set("window.geometry", "")
