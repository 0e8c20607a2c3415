"""A drag on the timeline: from the pointer's way to a change of the draft, snapped to the step.

A shift keeps to the column of the pointer's day and moves as far within it as the pointer did
within its own column, so that one column to the right is the same time of the next day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint

from ui.roster.hits import Hit
from ui.roster.timeline_surface import TimelineSurface
from wfm.analysis.draft import (
    FINE_STEP,
    STEP,
    DraftChange,
    DraftEffect,
    Move,
    WeekDraft,
    edits,
    snapped,
)
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.roster import Duty

STEADY = 10
"""Pixels sideways that are no move in time while a shift is carried to another person or day."""
AWAY = message("That is outside the roster; nothing was changed.")


@dataclass(frozen=True, slots=True)
class Dragged:
    """What a drag would do: the shifts as they would be, and its effect or why it cannot be."""

    duties: tuple[Duty, ...]
    lifted: tuple[Duty, ...]
    change: DraftChange | None = None
    effect: DraftEffect | None = None
    refusal: Message | None = None
    copied: bool = False

    @property
    def does_something(self) -> bool:
        """Whether letting go changes the week."""
        return self.change is not None and not self.change.empty


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pointer is, in steps: equal targets need no new thought."""

    inside: bool = True
    minutes: int = 0
    days: int = 0
    people: int = 0
    step: int = STEP
    copied: bool = False


class Drag:
    """One drag from its press to its end; ``duties`` go together, ``hit`` names what was taken."""

    def __init__(
        self, surface: TimelineSurface, draft: WeekDraft, hit: Hit, point: QPoint,
        duties: tuple[Duty, ...],
    ) -> None:  # fmt: skip
        assert hit.duty is not None
        self._surface, self._draft, self._hit, self._from = surface, draft, hit, point
        self._duty = hit.duty
        self._duties = duties if hit.part == "shift" else (hit.duty,)
        # lines scroll and columns zoom while one drags: remember the moment, not the pixel
        self._line = surface.place_at(point.y())
        self._position = surface.axis.position(point.x())

    def target(self, point: QPoint, *, fine: bool, copied: bool) -> Target:
        """Return where a point of the viewport is for this drag."""
        step = FINE_STEP if fine else STEP
        if self._hit.part != "shift":
            return Target(minutes=self._along(point.x(), step), step=step)
        axis, lines = self._surface.axis, self._surface.keys
        column, line = axis.day_at(point.x()), self._surface.place_at(point.y())
        if column is None or not 0 <= line < len(lines):
            return Target(inside=False, step=step, copied=copied)
        days = column - int(self._position)
        people = line - self._line
        minutes = self._minutes(axis.position(point.x()) - self._position - days)
        steady = self._minutes(STEADY * axis.days / max(axis.total, 1))
        if (days or people) and abs(minutes) <= steady:
            minutes = 0
        return Target(True, self._kept(minutes, step), days, people, step, copied)

    def dragged(self, target: Target) -> Dragged:
        """Return what letting go at a target would do."""
        if not target.inside:
            return Dragged((), self._duties, refusal=AWAY)
        lifted = () if target.copied else self._duties
        try:
            change = self._change(target)
        except WfmError as error:
            return Dragged(self._raw(target), lifted, refusal=error.message, copied=target.copied)
        effect = self._draft.effect(change.changes)
        return Dragged(change.duties, lifted, change, effect, copied=target.copied)

    def _change(self, target: Target) -> DraftChange:
        draft, duty, step = self._draft, self._duty, target.step
        match self._hit.part:
            case "start":
                return edits.resize(draft, duty, start=duty.start + target.minutes, step=step)
            case "end":
                return edits.resize(draft, duty, end=duty.end + target.minutes, step=step)
            case "break":
                return edits.move_break(draft, duty, self._hit.place, target.minutes, step)
            case _:
                return edits.move(draft, self._moves(target), step, copy=target.copied)

    def _moves(self, target: Target) -> list[Move]:
        keys = self._surface.keys
        places = {key: place for place, key in enumerate(keys)}
        moves = []
        for duty in self._duties:
            place = places[duty.agent] + target.people
            if not 0 <= place < len(keys):
                raise WfmError(AWAY)
            moves.append(Move(duty, target.minutes, target.days, keys[place]))
        return moves

    def _raw(self, target: Target) -> tuple[Duty, ...]:
        """Return the shifts where the pointer holds them though they cannot be there."""
        if self._hit.part != "shift":
            return (self._duty,)
        try:
            moves = self._moves(target)
        except WfmError:
            return ()
        days = self._draft.horizon.dates
        return tuple(
            _at(item, days, target.step)
            for item in moves
            if 0 <= self._draft.horizon.day_index(item.duty.day) + item.days < len(days)
        )

    # --- minutes ---------------------------------------------------------------------------------

    def _minutes(self, columns: float) -> int:
        scale = self._surface.axis.scale
        return 0 if scale is None else round(columns * scale.minutes)

    def _along(self, x: int, step: int) -> int:
        """Return by how many minutes an end or a break is dragged, as it will snap."""
        minutes = self._minutes(self._surface.axis.position(x) - self._position)
        if self._hit.part == "break":
            breaks = sorted(self._duty.breaks, key=lambda item: item.start)
            at = breaks[self._hit.place].start
        else:
            at = self._duty.start if self._hit.part == "start" else self._duty.end
        return snapped(at + minutes, step) - at if minutes else 0

    def _kept(self, minutes: int, step: int) -> int:
        """Return the minutes as they snap, the shift kept within the column's hours."""
        if not minutes:
            return 0
        duty, scale = self._duty, self._surface.axis.scale
        start = snapped(duty.start + minutes, step)
        if scale is not None and not scale.continuous:
            latest = max(scale.open_to - duty.span_minutes, scale.open_from, duty.start)
            start = max(min(start, latest), min(scale.open_from, duty.start))
        return start - duty.start


def _at(move: Move, days: tuple[date, ...], step: int) -> Duty:
    from dataclasses import replace

    duty = move.duty
    start = snapped(duty.start + move.minutes, step) if move.minutes else duty.start
    shift = start - duty.start
    day = days[(duty.day - days[0]).days + move.days]
    breaks = tuple(replace(item, start=item.start + shift) for item in duty.breaks)
    return replace(
        duty, agent=move.agent or duty.agent, day=day, start=start, end=duty.end + shift,
        breaks=breaks,
    )  # fmt: skip
