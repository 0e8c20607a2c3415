"""Which cell the keyboard is on, and which shifts are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from wfm.analysis.draft import WeekDraft
from wfm.model.roster import Duty

Cell = tuple[str, date]
"""One person's day."""


@dataclass(frozen=True, slots=True)
class RosterSelection:
    """What is chosen, for status lines: people, shifts, worked minutes, and the cursor's cell."""

    agents: int = 0
    shifts: int = 0
    minutes: int = 0
    agent: str = ""
    day: date | None = None


class CellSelection(QObject):
    """The cursor, the end a range grows from, and the chosen cells.

    A chosen cell stays chosen while its shift changes; the commands work on the chosen shifts, or
    on the cursor's where none is chosen.
    """

    changed = Signal(object)
    """People whose lines look different now: a frozenset of keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cursor: Cell | None = None
        self.anchor: Cell | None = None
        self.chosen: frozenset[Cell] = frozenset()
        self._days: dict[str, set[date]] = {}

    def put(self, cursor: Cell | None, chosen: Iterable[Cell] | None = None) -> None:
        """Move the cursor and choose cells (``None``: those chosen stay)."""
        wanted = self.chosen if chosen is None else frozenset(chosen)
        touched = {agent for agent, _ in self.chosen ^ wanted}
        if cursor != self.cursor:
            touched |= {cell[0] for cell in (cursor, self.cursor) if cell is not None}
        if wanted != self.chosen:
            self._days = {}
            for agent, day in wanted:
                self._days.setdefault(agent, set()).add(day)
        self.cursor, self.chosen = cursor, wanted
        if touched:
            self.changed.emit(frozenset(touched))

    def days_of(self, agent: str) -> Iterable[date]:
        """Return the chosen days of a person."""
        return self._days.get(agent, ())

    def choose_only(self, cell: Cell) -> None:
        """Choose one cell alone; a range grows from it."""
        self.anchor = cell
        self.put(cell, {cell})

    def toggle(self, cell: Cell) -> None:
        """Choose a cell beside the others, or no longer."""
        self.anchor = cell
        self.put(cell, self.chosen ^ {cell})

    def extend(self, cell: Cell, keys: Sequence[str], days: Sequence[date]) -> None:
        """Choose every cell between where the range began and ``cell``."""
        start = self.anchor or self.cursor or cell
        places = {key: place for place, key in enumerate(keys)}
        if start[0] not in places or cell[0] not in places:
            return
        self.anchor = start
        rows = sorted((places[start[0]], places[cell[0]]))
        first, last = sorted((start[1], cell[1]))
        self.put(
            cell,
            {
                (key, day)
                for key in keys[rows[0] : rows[1] + 1]
                for day in days
                if first <= day <= last
            },
        )

    def duties(self, draft: WeekDraft, keys: Iterable[str]) -> tuple[Duty, ...]:
        """Return the chosen shifts of the people shown, or the cursor's shift."""
        shown = set(keys)
        found = [
            duty
            for agent in dict.fromkeys(agent for agent, _ in sorted(self.chosen))
            if agent in shown
            for duty in draft.of(agent)
            if (agent, duty.day) in self.chosen
        ]
        if not found and self.cursor is not None and self.cursor[0] in shown:
            agent, day = self.cursor
            found = [duty for duty in draft.of(agent) if duty.day == day]
        return tuple(found)

    def summary(self, draft: WeekDraft) -> RosterSelection:
        """Return what is chosen, for status lines."""
        duties = self.duties(draft, draft.facts.people)
        agent, day = self.cursor if self.cursor is not None else ("", None)
        return RosterSelection(
            agents=len({duty.agent for duty in duties}),
            shifts=len(duties),
            minutes=sum(duty.worked_minutes for duty in duties),
            agent=agent,
            day=day,
        )
