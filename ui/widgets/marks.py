"""Letters, names and colours of what stands on a roster beside shifts, for screen and print."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.messages import Message, message
from wfm.model.activity import ABSENCE_NAMES


@dataclass(frozen=True, slots=True)
class Mark:
    """How a whole-day entry is shown: its letter, its name and its colour token (empty: none)."""

    letter: Message
    name: Message
    colour: str = "leave"


_LETTERS = {
    "day_off": message("off", context="roster letter"),
    "paid_leave": message("AL", context="roster letter"),
    "half_leave": message("½", context="roster letter"),
    "special_leave": message("SL", context="roster letter"),
    "compensatory_off": message("CO", context="roster letter"),
    "substitute_off": message("SO", context="roster letter"),
    "training": message("T", context="roster letter"),
    "absence": message("A", context="roster letter"),
}
_COLOURS = {"day_off": "", "training": "training"}

ABSENCE_MARKS = {
    kind: Mark(letter, ABSENCE_NAMES[kind], _COLOURS.get(kind, "leave"))
    for kind, letter in _LETTERS.items()
}
"""Marks by the stable names of :data:`wfm.model.activity.ABSENCE_KINDS`."""

DAY_OFF = ABSENCE_MARKS["day_off"]


def absence_mark(kind: str) -> Mark:
    """Return the mark of an absence; a kind from a plug-in is shown as an absence."""
    return ABSENCE_MARKS.get(kind, ABSENCE_MARKS["absence"])


ROLE_BADGES = {
    "supervisor": message("SV", context="role badge"),
    "senior": message("LD", context="role badge"),
    "trainee": message("TR", context="role badge"),
}
"""Badges beside the names of people who are no ordinary agents."""
