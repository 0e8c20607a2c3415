"""On which days and in which hours a rule of the centre holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES, WEEKDAY_NAMES, Horizon, format_clock
from wfm.model.workload import Floats
from wfm.rules.centre.context import CentreContext, Flags

DAY_SETS: dict[str, Message] = {
    "every": message("every day"),
    "workday": message("Monday to Friday, no holidays"),
    "weekend": message("weekends and public holidays"),
    **{str(number): name for number, name in enumerate(WEEKDAY_NAMES)},
    "holiday": message("Public holiday"),
}
"""Sets of days a rule can be limited to, with their names."""

CLOCK: dict[str, Any] = {"form": "clock", "low": 0, "high": 2 * DAY_MINUTES}


@dataclass(frozen=True)
class Hours:
    """When a staffing rule holds: days, and hours of the clock or those of opening."""

    days: str = field(
        default="every", metadata={"label": message("Days"), "choices": tuple(DAY_SETS.items())}
    )
    start: int | None = field(
        default=None,
        metadata={
            "label": message("From", context="clock"),
            **CLOCK,
            "help": message("Empty: from opening on."),
        },
    )
    end: int | None = field(
        default=None,
        metadata={
            "label": message("Until", context="clock"),
            **CLOCK,
            "help": message("Empty: until closing."),
        },
    )

    def check_hours(self) -> None:
        """Raise where the hours are none, or the days are unknown."""
        if self.days not in DAY_SETS:
            raise WfmError(message("There are no days “{days}”.", days=self.days))
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise WfmError(message("The hours of a rule end after they begin."))

    def intervals(self, context: CentreContext, queue: str = "") -> Flags:
        """Return in which intervals the rule holds, shape ``(horizon.slots,)``."""
        horizon = context.horizon
        inside = np.zeros(horizon.slots, dtype=np.bool_)
        first = 0 if self.start is None else self.start
        after = DAY_MINUTES if self.end is None else self.end
        for place in places_of(horizon, context.holidays, self.days):
            origin = place * DAY_MINUTES
            low, high = -(-(origin + first) // horizon.slot_minutes), origin + after
            inside[low : -(-high // horizon.slot_minutes)] = True
        if self.start is None or self.end is None:
            inside &= context.open_intervals(queue)
        return inside

    def limit(self, context: CentreContext, count: int, queue: str = "") -> Floats:
        """Return ``count`` heads where the rule holds, 0 elsewhere."""
        heads = np.where(self.intervals(context, queue), float(count), 0.0)
        heads.setflags(write=False)
        return heads

    @property
    def when(self) -> Message:
        """The days and hours in words."""
        hours = message("while open")
        if self.start is not None and self.end is not None:
            hours = message(
                "{start}–{end}", start=format_clock(self.start), end=format_clock(self.end)
            )
        elif self.start is not None:
            hours = message("from {start} until closing", start=format_clock(self.start))
        elif self.end is not None:
            hours = message("from opening until {end}", end=format_clock(self.end))
        if self.days == "every":
            return hours
        return message("{days}, {hours}", days=DAY_SETS[self.days], hours=hours)


def places_of(horizon: Horizon, holidays: Mapping[date, str], days: str) -> list[int]:
    """Return the positions of the horizon's days that belong to a set of :data:`DAY_SETS`."""
    found = []
    for place, day in enumerate(horizon.dates):
        free = day in holidays
        belongs = {
            "every": True,
            "workday": day.weekday() < 5 and not free,
            "weekend": day.weekday() >= 5 or free,
            "holiday": free,
        }
        if belongs.get(days, str(day.weekday()) == days):
            found.append(place)
    return found
