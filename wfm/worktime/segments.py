"""A duty cut into stretches of work within which nothing that payroll asks about changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES

NIGHT_START, NIGHT_END = 22 * 60, 5 * 60


@dataclass(frozen=True, slots=True)
class Segment:
    """Worked minutes ``[start, end)`` of one calendar day, all at night or all by day.

    ``start`` and ``end`` count from midnight of ``calendar_day``; ``duty_day`` is the operating
    date that the minutes belong to.
    """

    duty_day: date
    calendar_day: date
    start: int
    end: int
    night: bool

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start


def worked_spans(duty: Duty) -> Iterator[tuple[int, int]]:
    """Yield the duty's spans between unpaid breaks, in minutes from its operating date."""
    position = duty.start
    for item in sorted(duty.breaks, key=lambda item: item.start):
        if item.paid:
            continue
        if item.start > position:
            yield position, item.start
        position = max(position, item.end)
    if position < duty.end:
        yield position, duty.end


def segments(duty: Duty) -> tuple[Segment, ...]:
    """Return the worked stretches of a duty in order of time, cut at midnight, 5:00 and 22:00."""
    cuts = sorted(
        day * DAY_MINUTES + minute for day in range(4) for minute in (0, NIGHT_END, NIGHT_START)
    )
    result = []
    for start, end in worked_spans(duty):
        borders = [start, *(cut for cut in cuts if start < cut < end), end]
        for first, last in pairwise(borders):
            offset, minute = divmod(first, DAY_MINUTES)
            night = minute < NIGHT_END or minute >= NIGHT_START
            day = duty.day + timedelta(days=offset)
            result.append(Segment(duty.day, day, minute, minute + last - first, night))
    return tuple(result)


def night_part(duty: Duty) -> int:
    """Return the worked minutes of a duty between 22:00 and 5:00, breaks removed."""
    return sum(item.minutes for item in segments(duty) if item.night)
