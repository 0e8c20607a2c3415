"""What can be done with the chosen shifts; keys, menus and the command palette share it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.roster import clipboard
from ui.roster.selection import Cell
from ui.roster.timeline import RosterTimeline
from wfm.analysis.draft import (
    FINE_STEP,
    STEP,
    DraftChange,
    Move,
    WeekDraft,
    edits,
    parse_span,
)
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.roster import Duty
from wfm.model.run import WishedDay

NO_SHIFT = message("There is no shift here. Add one with N or a double click.")


class RosterCommands(QObject):
    """Runs commands on one timeline's selection; says what changed or why nothing did."""

    edited = Signal(object)
    """A :class:`~wfm.analysis.draft.DraftChange` that stands for itself."""
    nudged = Signal(object)
    """One that belongs to the one before when it follows soon: keys that repeat."""
    refused = Signal(object)
    editor_wanted = Signal(object)
    """The cell whose times are to be typed."""
    kinds_wanted = Signal(object)
    """The cell that gets a shift of a kind to be chosen."""
    explained = Signal()
    """The keyboard wants the explanation of the cursor's shift."""
    table_wanted = Signal()
    why_wanted = Signal(object)
    """The :class:`~wfm.model.run.WishedDay` that the cursor's cell is not."""

    def __init__(self, timeline: RosterTimeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self.read_only: Message | None = None
        self._looks: dict[str, Callable[[], None]] = {
            "copy": self._copy,
            "select_all": self._select_all,
            "toggle": self._toggle,
            "none": self._choose_none,
            "zoom_in": lambda: timeline.zoom_by(1),
            "zoom_out": lambda: timeline.zoom_by(-1),
            "zoom_week": lambda: timeline.axis.show_day(None),
            "explain": self.explained.emit,
            "why": self._why,
            "table": self.table_wanted.emit,
        }
        self._works: dict[str, Callable[[], None]] = {
            "earlier": lambda: self._nudge(minutes=-STEP),
            "later": lambda: self._nudge(minutes=STEP),
            "earlier_fine": lambda: self._nudge(minutes=-FINE_STEP, step=FINE_STEP),
            "later_fine": lambda: self._nudge(minutes=FINE_STEP, step=FINE_STEP),
            "day_earlier": lambda: self._carry(days=-1),
            "day_later": lambda: self._carry(days=1),
            "person_above": lambda: self._carry(people=-1),
            "person_below": lambda: self._carry(people=1),
            "end_earlier": lambda: self._stretch(end=-STEP),
            "end_later": lambda: self._stretch(end=STEP),
            "start_earlier": lambda: self._stretch(start=-STEP),
            "start_later": lambda: self._stretch(start=STEP),
            "edit": self._edit,
            "add": self._add,
            "delete": self._delete,
            "lock": self._lock,
            "breaks": self._settle,
            "swap": self._swap,
            "cut": self._cut,
            "paste": self._paste,
        }

    @property
    def names(self) -> frozenset[str]:
        """Every command there is."""
        return frozenset(self._looks) | frozenset(self._works)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The shifts that commands work on."""
        draft = self._timeline.draft
        if draft is None:
            return ()
        return self._timeline.selection.duties(draft, self._timeline.keys)

    def run(self, name: str) -> None:
        """Run a command by name; what cannot be done is told by :attr:`refused`."""
        if self._timeline.draft is None:
            return
        if name in self._looks:
            self._looks[name]()
        elif self.read_only is not None:
            self.refused.emit(self.read_only)
        else:
            try:
                self._works[name]()
            except WfmError as error:
                self.refused.emit(error.message)

    # --- choosing --------------------------------------------------------------------------------

    def _select_all(self) -> None:
        selection, draft = self._timeline.selection, self._draft
        cells = {(duty.agent, duty.day) for key in self._timeline.keys for duty in draft.of(key)}
        selection.put(selection.cursor, cells)

    def _toggle(self) -> None:
        selection = self._timeline.selection
        if selection.cursor is not None:
            selection.toggle(selection.cursor)

    def _choose_none(self) -> None:
        selection = self._timeline.selection
        selection.put(selection.cursor, ())

    def _copy(self) -> None:
        duties, draft = self.duties, self._draft
        if duties:
            clipboard.copy(duties, self._timeline.keys, draft.facts.name)
        else:
            self.refused.emit(NO_SHIFT)

    def _why(self) -> None:
        cursor = self._timeline.selection.cursor
        if cursor is None:
            self.refused.emit(message("Choose somebody's day in the roster first."))
        elif self.read_only is not None:
            self.refused.emit(self.read_only)
        else:
            self.why_wanted.emit(otherwise(self._draft, cursor))

    # --- moving ----------------------------------------------------------------------------------

    def _nudge(self, minutes: int, step: int = STEP) -> None:
        moves = [Move(duty, minutes) for duty in self._some()]
        self.nudged.emit(edits.move(self._draft, moves, step))

    def _carry(self, days: int = 0, people: int = 0) -> None:
        timeline, duties, keys = self._timeline, self._some(), self._timeline.keys
        places = {key: place for place, key in enumerate(keys)}
        moves = []
        for duty in duties:
            place = places[duty.agent] + people
            if not 0 <= place < len(keys):
                raise WfmError(message("There is nobody above or below to give the shift to."))
            moves.append(Move(duty, days=days, agent=keys[place]))
        change = edits.move(self._draft, moves)
        self.edited.emit(change)
        cells = [(duty.agent, duty.day) for duty in change.duties]
        timeline.selection.put(cells[0], cells)
        timeline.reveal(cells[0])

    def _stretch(self, start: int = 0, end: int = 0) -> None:
        duty = self._one(message("Choose one shift to change its start or end."))
        change = edits.resize(
            self._draft,
            duty,
            start=duty.start + start if start else None,
            end=duty.end + end if end else None,
        )
        self.nudged.emit(change)

    # --- adding and taking away ------------------------------------------------------------------

    def _edit(self) -> None:
        cursor = self._timeline.selection.cursor
        if cursor is not None:
            self.editor_wanted.emit(cursor)

    def _add(self) -> None:
        cursor = self._timeline.selection.cursor
        if cursor is not None:
            self.kinds_wanted.emit(cursor)

    def _delete(self) -> None:
        self.edited.emit(edits.remove(self._draft, self._some()))

    def _lock(self) -> None:
        draft, selection = self._draft, self._timeline.selection
        duties = self.duties
        if duties:
            locked = not all(duty.locked for duty in duties)
            self.edited.emit(edits.lock(draft, duties, locked))
            return
        cells = sorted(selection.chosen) or ([] if selection.cursor is None else [selection.cursor])
        locked = not all(day in draft.off(agent) for agent, day in cells)
        self.edited.emit(edits.lock_off(draft, cells, locked))

    def _settle(self) -> None:
        change = edits.settle_breaks(self._draft, self._some())
        if change.empty:
            raise WfmError(message("The breaks already lie where they hurt least."))
        self.edited.emit(change)

    def _swap(self) -> None:
        duties = self.duties
        if len(duties) != 2:
            raise WfmError(message("Choose two shifts of different people to swap them."))
        self.edited.emit(edits.swap(self._draft, duties[0], duties[1]))

    def _cut(self) -> None:
        duties = self._some()
        self._copy()
        self.edited.emit(edits.remove(self._draft, duties))

    def _paste(self) -> None:
        timeline, selection = self._timeline, self._timeline.selection
        if selection.cursor is None or selection.cursor[0] not in timeline.keys:
            raise WfmError(message("Choose the cell first into which the shifts go."))
        chosen = [cell for cell in sorted(selection.chosen) if cell[0] in set(timeline.keys)]
        cells = clipboard.places_for(
            clipboard.pasted(), selection.cursor, chosen, timeline.keys, self._draft.horizon.dates
        )
        self.edited.emit(edits.put(self._draft, cells))
        selection.put(selection.cursor, {(agent, day) for agent, day, _ in cells})

    # --- what they work on -----------------------------------------------------------------------

    @property
    def _draft(self) -> WeekDraft:
        draft = self._timeline.draft
        assert draft is not None
        return draft

    def _some(self) -> tuple[Duty, ...]:
        duties = self.duties
        if not duties:
            raise WfmError(NO_SHIFT)
        return duties

    def _one(self, wish: Message) -> Duty:
        duties = self._some()
        if len(duties) > 1:
            raise WfmError(wish)
        return duties[0]


def otherwise(draft: WeekDraft, cell: Cell) -> WishedDay:
    """Return the plain opposite of a cell: off instead of a shift, work instead of a day off."""
    agent, day = cell
    return WishedDay(agent, day, "work" if draft.on(agent, day) is None else "off")


def typed(draft: WeekDraft, cell: Cell, text: str) -> DraftChange:
    """Return the change that times typed into a cell make; raises a sentence for what is none."""
    agent, day = cell
    start, end = parse_span(text)
    duty = draft.on(agent, day)
    if duty is None:
        return edits.place_times(draft, agent, day, start, end)
    return edits.set_times(draft, duty, start, end)
