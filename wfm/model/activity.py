"""What a person does during a duty: shift kinds with their break rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from wfm.errors import WfmError
from wfm.messages import Message, message


@dataclass(frozen=True, slots=True)
class BreakRule:
    """One break that every shift of a kind holds: its length and where it may start.

    ``earliest`` and ``latest`` bound the break's *start*, in minutes after the shift's start.
    An unpaid break is rest in the sense of labour law (休憩); a paid one (小休憩) is working time
    without contacts.  A ``split`` (中抜け) cuts the shift in two: hours on one's own, neither work
    nor counted as the rest that the law asks for within the work.
    """

    length: int
    earliest: int
    latest: int
    paid: bool = False
    split: bool = False

    def __post_init__(self) -> None:
        if self.split and self.paid:
            raise WfmError(
                message(
                    "The hours between the two parts of a split shift are not paid; a paid break"
                    " is a short one."
                )
            )
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
    name: str = field(metadata={"label": message("Name"), "needed": True})
    letter: str = field(
        metadata={
            "label": message("Letter"),
            "needed": True,
            "width": 64,
            "help": message("Stands on rosters beside the colour: one sign or two."),
        }
    )
    earliest_start: int = field(
        metadata={"label": message("Earliest start"), "form": "clock", "high": 1439}
    )
    latest_start: int = field(
        metadata={"label": message("Latest start"), "form": "clock", "high": 1439}
    )
    step: int = field(
        metadata={
            "label": message("Starts every"),
            "unit": "min",
            "low": 5,
            "high": 240,
        }
    )
    lengths: tuple[int, ...] = field(
        metadata={
            "label": message("Lengths"),
            "form": "length",
            "help": message("From start to end with the breaks; several as 8:00, 9:00."),
        }
    )
    breaks: tuple[BreakRule, ...] = ()
    colour: str = field(
        default="early",
        metadata={
            "label": message("Colour"),
            "choices": (
                ("early", message("green", context="shift colour")),
                ("day", message("yellow", context="shift colour")),
                ("late", message("orange", context="shift colour")),
                ("night", message("violet", context="shift colour")),
                ("short", message("blue", context="shift colour")),
                ("training", message("pink", context="shift colour")),
                ("leave", message("grey", context="shift colour")),
            ),
        },
    )
    break_gap: int = field(
        default=0,
        metadata={
            "label": message("Work between breaks"),
            "unit": "min",
            "low": 0,
            "high": 240,
            "help": message("At least so much work lies between two breaks of the shift."),
        },
    )

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

ABSENCE_NAMES: dict[str, Message] = {
    "day_off": message("Day off", context="absence"),
    "paid_leave": message("Annual paid leave", context="absence"),
    "half_leave": message("Half-day leave", context="absence"),
    "special_leave": message("Special leave", context="absence"),
    "compensatory_off": message("Compensatory day off", context="absence"),
    "substitute_off": message("Substitute day off", context="absence"),
    "training": message("Training", context="absence"),
    "absence": message("Absence", context="absence"),
}
"""Names of :data:`ABSENCE_KINDS`."""


def absence_name(kind: str) -> Message:
    """Return the name of an absence; a kind from a plug-in is called an absence."""
    return ABSENCE_NAMES.get(kind, ABSENCE_NAMES["absence"])
