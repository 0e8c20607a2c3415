"""How a changed duty is marked and worded: a sign, a name, and the shift before and after."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from ui.translate import Render, format_day
from wfm.analysis import DutyChange
from wfm.messages import Message, message
from wfm.model.roster import Duty
from wfm.model.time import format_clock

CHANGE_SIGNS = {"added": "＋", "removed": "－", "moved": "↔", "changed": "±", "breaks": "…"}
"""A sign for each kind of :data:`wfm.analysis.CHANGES`, to be shown beside the colour."""

CHANGE_TONES = {
    "added": "ok",
    "removed": "bad",
    "moved": "accent",
    "changed": "accent",
    "breaks": "muted",
}
"""Colour tokens of the signs."""

CHANGE_NAMES = {
    "added": message("added", context="roster change"),
    "removed": message("removed", context="roster change"),
    "moved": message("moved", context="roster change"),
    "changed": message("changed", context="roster change"),
    "breaks": message("breaks", context="roster change"),
}


def count_words(what: str, count: int) -> Message:
    """Return how many changes of a kind there are, in words."""
    plain = {
        "added": message("{count} added", plural="{count} added", count=count),
        "removed": message("{count} removed", plural="{count} removed", count=count),
        "moved": message("{count} moved", plural="{count} moved", count=count),
        "changed": message("{count} changed", plural="{count} changed", count=count),
        "breaks": message("{count} with other breaks", plural="{count} with other breaks",
                          count=count),
    }  # fmt: skip
    return plain[what]


def shift_words(duty: Duty) -> Message:
    """Return a shift as its letter and times."""
    return message(
        "{letter} {start}–{end}",
        letter=duty.letter or "–",
        start=format_clock(duty.start),
        end=format_clock(duty.end),
    )


@lru_cache(maxsize=64)
def _day_words(day: date, language: str) -> str:
    # a large roster names the same few days thousands of times
    return format_day(day, language)


def change_words(change: DutyChange, language: str, render: Render) -> str:
    """Return one changed day of one person as a line: day, shift before, shift after."""
    day = _day_words(change.day, language)
    before, after = change.before, change.after
    if before is not None and after is not None and change.what == "breaks":
        return render(message("{day}  {shift}, breaks moved", day=day, shift=shift_words(after)))
    off = message("off", context="roster letter")
    return render(
        message(
            "{day}  {before} → {after}",
            day=day,
            before=off if before is None else shift_words(before),
            after=off if after is None else shift_words(after),
        )
    )
