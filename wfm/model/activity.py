"""What a person does during a duty: shift kinds with their break rules."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.errors import WfmError
from wfm.messages import message


@dataclass(frozen=True, slots=True)
class BreakRule:
    """One break that every shift of a kind holds: its length and where it may start.

    ``earliest`` and ``latest`` bound the break's *start*, in minutes after the shift's start.
    An unpaid break is rest in the sense of labour law (休憩); a paid one (小休憩) is working time
    without contacts.
    """

    length: int
    earliest: int
    latest: int
    paid: bool = False

    def __post_init__(self) -> None:
        if self.length <= 0 or not 0 < self.earliest <= self.latest:
            raise WfmError(
                message(
                    "A break needs a length and a start window inside the shift, not {length}"
                    " minutes from {earliest} to {latest}.",
                    length=self.length,
                    earliest=self.earliest,
                    latest=self.latest,
                )
            )


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """A family of shifts that planners place: start window, step, lengths and breaks.

    Minutes count from midnight of the operating date.  ``letter`` and ``colour`` (a theme token)
    mark the shift on rosters; ``lengths`` are spans from start to end, breaks included.
    """

    key: str
    name: str
    letter: str
    earliest_start: int
    latest_start: int
    step: int
    lengths: tuple[int, ...]
    breaks: tuple[BreakRule, ...] = ()
    colour: str = "early"

    def __post_init__(self) -> None:
        if self.step <= 0 or self.earliest_start > self.latest_start or not self.lengths:
            raise WfmError(
                message(
                    "Shift kind {name} has no start time or no length.",
                    name=self.name or self.key,
                )
            )
        for rule in self.breaks:
            if rule.latest + rule.length >= min(self.lengths):
                raise WfmError(
                    message(
                        "A break of shift kind {name} can reach the end of the shift.",
                        name=self.name or self.key,
                    )
                )

    @property
    def starts(self) -> range:
        """Every start time, in minutes after midnight."""
        return range(self.earliest_start, self.latest_start + 1, self.step)


ABSENCE_KINDS = (
    "day_off",
    "paid_leave",
    "half_leave",
    "special_leave",
    "compensatory_off",
    "substitute_off",
    "training",
    "absence",
)
"""Stable names of whole-day entries that are no shift, in the order menus show them."""
