"""The panel that brings a file into the centre: choose it, look at it, answer, import.

Everything stands on one page: the file, what it holds, the questions it asks, its details by tab
(first rows, columns, queues or people, rejected rows) and the one button that imports.  Nothing is
stored before that button.  How screens embed it::

    panel = ImportPanel(desk, kind="acd")        # or "people"
    panel.closed.connect(...)                    # the user is done: show the screen again
    panel.finished.connect(...)                  # an Imported, for whoever wants to know
    panel.open_path(path)                        # a file dropped on the screen
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.forecast.import_details import Details
from ui.forecast.import_done import DoneCard
from ui.forecast.import_figures import Figures
from ui.forecast.import_file import DropZone, FileLine, cleaned, dropped_files
from ui.forecast.import_foot import Foot
from ui.forecast.import_questions import QuestionList
from ui.forecast.import_state import FileInHand, Seen
from ui.forecast.import_tables import Words
from ui.widgets.cards import Notice
from wfm.errors import LostFileError, StoppedError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.services.importing import Imported
from wfm.workspace import Workspace

OTHER = {"acd": "people", "people": "acd"}
HINTS = {
    "acd": message(
        "Interval reports of your ACD or CRM: CSV, TSV or Excel, in any layout. The file is shown"
        " before anything is stored."
    ),
    "people": message(
        "Lists of people, availability, balances, wishes and past rosters: Excel or CSV. The file"
        " is shown before anything is stored."
    ),
}


class ImportPanel(QWidget):
    """Takes one file after the other; see the top of this file."""

    finished = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, kind: str = "acd") -> None:
        super().__init__()
        self.desk, self.kind = desk, kind
        self._file: FileInHand | None = None
        self._stop = threading.Event()
        self._serial = 0
        self._imported: Imported | None = None
        self._importing = False
        self._results: list[Imported] = []
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setAccessibleName(desk.render(message("Import a file")))
        self._build()
        desk.dress(self)
        self._show_empty()

    def _build(self) -> None:
        desk, render = self.desk, self.desk.render
        words = Words(render, desk.language)
        self.line = FileLine(render, desk.preferences)
        self.line.chosen.connect(self.open_path)
        self.zone = DropZone(render)
        self.zone.show_hint(HINTS[self.kind])
        self.zone.button.clicked.connect(self.line.choose)
        self.notice = Notice(render(message("Close this notice")))
        self.figures = Figures(words)
        self.questions = QuestionList(render, desk.language)
        self.questions.answered.connect(self._answer)
        self.details = Details(words, desk.theme)
        self.details.layout_view.column_chosen.connect(self._mean)
        self.details.layout_view.setting_chosen.connect(self._answer)
        self.details.layout_view.nameless_chosen.connect(self._say_nameless)
        self.details.rejected.save_wanted.connect(self._save_rejected)
        self.done = DoneCard(words)
        self.done.next_wanted.connect(self._go_on)
        self.done.again_wanted.connect(self.clear)
        self.foot = Foot(words)
        self.foot.close_button.clicked.connect(self.close_panel)
        self.foot.stop_button.clicked.connect(self._stop_work)
        self.foot.import_button.clicked.connect(self._import)
        self.foot.strict.edited.connect(self._show_foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.line, self.notice, self.done, self.figures, self.questions):
            column.addWidget(widget)
        column.addWidget(self.details, 1)
        column.addWidget(self.zone, 1)
        column.addStretch(0)
        column.addWidget(self.foot)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.foot.import_button.click)

    # --- the file --------------------------------------------------------------------------------

    @Slot(str)
    def open_path(self, path: str | Path) -> None:
        """Look at a file."""
        self._take_up(FileInHand(self.kind, Path(cleaned(str(path)))))

    def choose_file(self) -> None:
        """Open the dialog that asks for a file."""
        self.line.choose()

    @Slot()
    def clear(self) -> None:
        """Put the file away and wait for another one."""
        self._end_reading()
        self._file = self._imported = None
        self.line.show_path("")
        self.notice.clear()
        self._show_empty()
        self.line.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Stop reading and tell the screen that the user is done."""
        self._end_reading()
        self.closed.emit()

    def leave(self) -> None:
        """Stop reading: the centre is about to be closed."""
        self._end_reading()

    def state(self) -> dict[str, Any]:
        """Return what must survive when the screen is built again."""
        made: dict[str, Any] = {"kind": self.kind, "tab": self.details.tab}
        if self._file is not None and self._imported is None:
            made |= self._file.state()
        return made | {"strict": self.foot.strict.isChecked()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the file of the panel that this one replaces."""
        self.foot.strict.setChecked(bool(state.get("strict")))
        file = FileInHand.of_state(state)
        if file is not None:
            self._take_up(file)
            self.details.want(str(state.get("tab", "")))

    def _take_up(self, file: FileInHand) -> None:
        self._file, self._imported = file, None
        self.kind = file.kind
        self.zone.show_hint(HINTS[self.kind])
        self.line.show_path(str(file.path))
        self.notice.clear()
        self._show_empty()
        self.details.set_reader(self.kind)
        self._look()

    # --- looking ---------------------------------------------------------------------------------

    def _look(self) -> None:
        """Read the file as it is told now, in the worker."""
        assert self._file is not None
        self._end_reading()
        serial, stop, look = self._serial, self._stop, self._file.look()

        def work(workspace: Workspace) -> tuple[int, Seen | WfmError]:
            try:
                return serial, look(workspace, stop.is_set)
            except WfmError as error:
                return serial, error

        self.foot.show_work(message("Reading {file} …", file=self._file.path.name))
        self.desk.ask(work, self._looked, failed=self._broke)

    def _end_reading(self) -> None:
        """Let a reading that still runs stop; its answer will not be shown."""
        self._stop.set()
        self._stop = threading.Event()
        self._serial += 1
        self.foot.show_rest()

    @Slot()
    def _stop_work(self) -> None:
        self._stop.set()
        self.foot.show_stopping()

    @Slot(object)
    def _looked(self, answer: tuple[int, Seen | WfmError]) -> None:
        serial, seen = answer
        if serial != self._serial or self._file is None:
            return
        self.foot.show_rest()
        if isinstance(seen, WfmError):
            self._say_unread(seen)
            return
        first = self._file.seen is None
        self._file.take(seen)
        self._show(first=first)

    def _say_unread(self, error: WfmError) -> None:
        assert self._file is not None
        stopped = isinstance(error, StoppedError)
        again = (self.desk.render(message("Read it again")), self._look)
        self._tell(error.message, "warn" if stopped else "bad", again)
        if self._file.seen is None:
            self._show_empty()
        self._show_foot()

    @Slot(object)
    def _broke(self, error: BaseException) -> None:
        self._importing = False
        self.foot.show_rest()
        self._show_foot()
        self.desk.fail(error)

    # --- showing ---------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        for widget in (self.figures, self.questions, self.details, self.done):
            widget.hide()
        self.zone.show()
        self.foot.show_nothing()

    def _show(self, *, first: bool) -> None:
        file = self._file
        assert file is not None
        assert file.seen is not None
        seen = file.seen
        if seen.other:
            self._say_other(seen.other)
        elif first and seen.reused:
            self._tell(
                message("Read as the last file with these headings."),
                "",
                (self.desk.render(message("Read it afresh")), self._forget),
            )
        elif not first:
            self.notice.clear()
        self.zone.hide()
        self.done.hide()
        self.figures.show_seen(seen)
        self.figures.setVisible(not seen.other)
        self.questions.show_questions([] if seen.other else file.questions())
        self.details.show_seen(seen, file.settings(), str(file.path), first=first)
        self.details.show()
        self._show_foot()
        if first and (keys := self.questions.keys):
            self.questions.box(keys[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_foot(self) -> None:
        seen = self._file.seen if self._file is not None else None
        if seen is None or seen.other or self._imported is not None:
            self.foot.show_nothing()
            return
        reason = seen.why_not(strict=self.foot.strict.isChecked())
        rows = None if seen.open_questions else seen.result.accepted_rows
        self.foot.show_ready(rows, reason)

    def _say_other(self, other: str) -> None:
        texts = {
            "people": message("This file holds people, not contact history."),
            "acd": message("This file holds contact history, not people."),
        }
        switch = {
            "people": message("Import it as people"),
            "acd": message("Import it as contact history"),
        }
        self._tell(texts[other], "warn", (self.desk.render(switch[other]), self._switch))

    def _tell(self, text: Message, tone: str, action: tuple[str, Any] | None = None) -> None:
        self.notice.show_text(self.desk.render(text), tone, action)

    @Slot()
    def _say_nameless(self) -> None:
        text = message(
            "A column without a heading cannot be given a meaning. Choose another row of headings,"
            " or write one into the file."
        )
        self._tell(text, "warn")
        if self._file is not None and self._file.seen is not None:
            self.details.layout_view.show_layout(self._file.seen.starts, self._file.settings())

    # --- telling the file what it means ----------------------------------------------------------

    @Slot(str, str)
    def _answer(self, key: str, value: str) -> None:
        if self._file is not None:
            self._file.tell_option(key, value)
            self._look()

    @Slot(str, str)
    def _mean(self, heading: str, column: str) -> None:
        if self._file is not None:
            self._file.tell_column(heading, column)
            self._look()

    def _forget(self) -> None:
        if self._file is not None:
            self._file.forget()
            self._look()

    def _switch(self) -> None:
        if self._file is not None:
            self._take_up(FileInHand(OTHER[self.kind], self._file.path))

    # --- importing -------------------------------------------------------------------------------

    @Slot()
    def _import(self) -> None:
        """Store exactly what is shown."""
        if self._file is None or self._file.seen is None or self._importing:
            return
        seen, strict = self._file.seen, self.foot.strict.isChecked()
        self._end_reading()
        self._importing = True
        stop, results = self._stop, self._results

        def work(workspace: Workspace) -> Outcome:
            imported = workspace.imports.as_seen(seen, strict=strict, should_stop=stop.is_set)
            results.append(imported)
            return Outcome(imported.operation)

        results.clear()
        self.notice.clear()
        self.foot.show_work(message("Importing {file} …", file=self._file.path.name))
        self.desk.do(work, self._stored, failed=self._not_stored)

    @Slot(object)
    def _stored(self, _outcome: Outcome) -> None:
        self._importing = False
        self.foot.show_rest()
        if not self._results or self._file is None:
            return
        self._imported = self._results[0]
        self.figures.hide()
        self.questions.hide()
        self.done.show_done(self.kind, self._file.path.name, self._imported)
        self.done.show()
        self.details.show_only_rejected(self._imported.problems, str(self._file.path))
        self._show_foot()
        self.done.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.emit(self._imported)

    @Slot(object)
    def _not_stored(self, error: BaseException) -> None:
        self._importing = False
        self.foot.show_rest()
        self._show_foot()
        if isinstance(error, LostFileError) or not isinstance(error, WfmError):
            self.desk.fail(error)
            return
        tone = "warn" if isinstance(error, StoppedError) else "bad"
        self._tell(error.message, tone, (self.desk.render(message("Read it again")), self._look))

    @Slot()
    def _go_on(self) -> None:
        self.closed.emit()
        self.desk.go("forecast" if self.kind == "acd" else "people")

    @Slot(str, object)
    def _save_rejected(self, path: str, rows: list[list[str]]) -> None:
        self.desk.ask(
            lambda workspace: workspace.imports.write_table(Path(path), rows), self._say_saved
        )

    @Slot(object)
    def _say_saved(self, path: Path) -> None:
        self._tell(message("The rejected rows were saved as {file}.", file=str(path)), "ok")

    # --- drops, keys, visibility -----------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take a file."""
        paths = dropped_files(event.mimeData())
        if not paths:
            return
        event.acceptProposedAction()
        self.open_path(paths[0])
        if len(paths) > 1:
            text = message("One file is read at a time; this is the first of them.")
            self._tell(text, "warn")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape stops what runs, then closes the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.foot.working:
            self._stop_work()
        else:
            self.close_panel()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Give the line of the path the keyboard."""
        super().showEvent(event)
        if self._file is None:
            self.line.line.setFocus(Qt.FocusReason.OtherFocusReason)
