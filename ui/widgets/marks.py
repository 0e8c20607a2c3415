"""Letters, names and colours of what stands on a roster beside shifts, for screen and print."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.messages import Message, message


@dataclass(frozen=True, slots=True)
class Mark:
    """How a whole-day entry is shown: its letter, its name and its colour token (empty: none)."""

    letter: Message
    name: Message
    colour: str = "leave"


DAY_OFF = Mark(
    message("off", context="roster letter"), message("Day off", context="absence"), colour=""
)

ABSENCE_MARKS = {
    "day_off": DAY_OFF,
    "paid_leave": Mark(
        message("AL", context="roster letter"), message("Annual paid leave", context="absence")
    ),
    "half_leave": Mark(
        message("½", context="roster letter"), message("Half-day leave", context="absence")
    ),
    "special_leave": Mark(
        message("SL", context="roster letter"), message("Special leave", context="absence")
    ),
    "compensatory_off": Mark(
        message("CO", context="roster letter"),
        message("Compensatory day off", context="absence"),
    ),
    "substitute_off": Mark(
        message("SO", context="roster letter"), message("Substitute day off", context="absence")
    ),
    "training": Mark(
        message("T", context="roster letter"),
        message("Training", context="absence"),
        colour="training",
    ),
    "absence": Mark(message("A", context="roster letter"), message("Absence", context="absence")),
}
"""Marks by the stable names of :data:`wfm.model.activity.ABSENCE_KINDS`."""


def absence_mark(kind: str) -> Mark:
    """Return the mark of an absence; a kind from a plug-in is shown as an absence."""
    return ABSENCE_MARKS.get(kind, ABSENCE_MARKS["absence"])


ROLE_BADGES = {
    "supervisor": message("SV", context="role badge"),
    "senior": message("LD", context="role badge"),
    "trainee": message("TR", context="role badge"),
}
"""Badges beside the names of people who are no ordinary agents."""
