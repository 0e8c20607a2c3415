"""The shifts of a week as a table: what the timeline paints, for keyboards and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.roster.selection import Cell
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_date, format_hours
from ui.widgets.table import Column, Table
from wfm.analysis.draft import WeekDraft, edits
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.roster import Duty
from wfm.model.time import format_clock, parse_clock


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift in words."""

    duty: Duty
    name: str
    broken: str
    hard: bool


class ShiftTable(QWidget):
    """Lists the shifts of the people shown; start and end are edited in place."""

    edited = Signal(object)
    """A :class:`~wfm.analysis.draft.DraftChange`."""
    refused = Signal(object)
    chosen = Signal(object)
    """Cells of the chosen lines: a tuple of (agent, day)."""
    commanded = Signal(str)

    def __init__(self, language: str, render: Render) -> None:
        super().__init__()
        self._language, self._render = language, render
        self._draft: WeekDraft | None = None
        self.table = Table(
            self._columns(),
            key=lambda line: (line.duty.agent, line.duty.day, line.duty.start),
            name=render(message("List of shifts")),
            theme=LIGHT,
            sticky=1,
            hint=render(message("Nobody shown has a shift in this week.")),
        )
        self.table.edited.connect(self._edited)
        self.table.chosen.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFocusProxy(self.table)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.table.set_theme(theme)

    def show_draft(self, draft: WeekDraft, keys: Iterable[str]) -> None:
        """List the shifts of these people."""
        self._draft = draft
        self.table.set_rows([self._line(draft, duty) for key in keys for duty in draft.of(key)])

    def choose(self, cell: Cell | None) -> None:
        """Choose the shift of a cell, if it has one."""
        duty = None if cell is None or self._draft is None else self._draft.on(*cell)
        if duty is not None:
            self.table.choose((duty.agent, duty.day, duty.start))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Remove the chosen shifts with Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.commanded.emit("delete")
        else:
            super().keyPressEvent(event)

    def _line(self, draft: WeekDraft, duty: Duty) -> ShiftLine:
        broken = [
            item
            for item in draft.broken.get(duty.agent, ())
            if item.shown and duty.day in item.days
        ]
        words = "; ".join(self._render(item.text) for item in broken)
        name = draft.facts.name(duty.agent)
        return ShiftLine(duty, name, words, any(item.hard for item in broken))

    def _columns(self) -> Sequence[Column]:
        title, language = self._render, self._language

        def breaks(line: ShiftLine) -> str:
            ordered = sorted(line.duty.breaks, key=lambda item: item.start)
            return ", ".join(f"{format_clock(b.start)}–{format_clock(b.end)}" for b in ordered)

        def locked(line: ShiftLine) -> str:
            return title(message("locked", context="shift")) if line.duty.locked else ""

        return (
            Column("name", title(message("Name")), lambda line: line.name, 150, searched=True),
            Column(
                "day", title(message("Day")),
                lambda line: format_date(line.duty.day, language, short=True), 130,
                sort=lambda line: (line.duty.day, line.duty.start),
            ),
            Column("shift", title(message("Shift")), lambda line: line.duty.letter, 60),
            Column(
                "start", title(message("Start")), lambda line: format_clock(line.duty.start), 70,
                "right", editable=True, sort=lambda line: line.duty.start,
            ),
            Column(
                "end", title(message("End")), lambda line: format_clock(line.duty.end), 70,
                "right", editable=True, sort=lambda line: line.duty.end,
            ),
            Column("breaks", title(message("Breaks")), breaks, 250),
            Column(
                "hours", title(message("Hours", context="roster column")),
                lambda line: format_hours(line.duty.worked_minutes / 60, language), 70, "right",
                sort=lambda line: line.duty.worked_minutes,
            ),
            Column("lock", title(message("Lock")), locked, 80),
            Column(
                "broken", title(message("Rules broken")), lambda line: line.broken, 420,
                tone=lambda line: "bad" if line.hard else "warn",
            ),
        )  # fmt: skip

    def _edited(self, line: ShiftLine, column: str, value: object) -> None:
        draft = self._draft
        if draft is None:
            return
        duty = line.duty
        try:
            minutes = parse_clock(str(value))
            start, end = (minutes, duty.end) if column == "start" else (duty.start, minutes)
            self.edited.emit(edits.set_times(draft, duty, start, end))
        except WfmError as error:
            self.refused.emit(error.message)

    def _chosen(self) -> None:
        self.chosen.emit(tuple((line.duty.agent, line.duty.day) for line in self.table.selected))
