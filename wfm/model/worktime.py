"""The worked-time cube: integer minutes by day kind, hour band and night, per person and month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

DAY_KINDS = ("working_day", "company_day_off", "statutory_day_off")
BANDS = ("contract", "within_statutory", "overtime", "overtime_over_60h", "statutory_holiday")
"""Contracted time; beyond contract within 8 h / 40 h; statutory overtime up to and above 60 h in
the month (disjoint here); work on the statutory day off."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Address of one number of the cube."""

    day_kind: str
    band: str
    night: bool


@dataclass(frozen=True, slots=True)
class DayWork:
    """The minutes of one operating date, by cell, and its breaks."""

    day: date
    minutes: dict[Cell, int] = field(default_factory=dict)
    break_minutes: int = 0

    @property
    def worked(self) -> int:
        """All worked minutes of the day."""
        return sum(self.minutes.values())


@dataclass(frozen=True, slots=True)
class MonthWork:
    """One person's month: days with their cells, leave, and the totals payroll asks for."""

    agent: str
    month: date
    days: tuple[DayWork, ...] = ()
    paid_leave_days: float = 0.0
    paid_leave_minutes: int = 0
    absence_days: int = 0

    def total(
        self, band: str | None = None, *, night: bool | None = None, day_kind: str | None = None
    ) -> int:
        """Sum the minutes of all cells that match; ``None`` matches everything."""
        return sum(
            minutes
            for day in self.days
            for cell, minutes in day.minutes.items()
            if (band is None or cell.band == band)
            and (night is None or cell.night == night)
            and (day_kind is None or cell.day_kind == day_kind)
        )
