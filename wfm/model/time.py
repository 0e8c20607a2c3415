"""Wall-clock minutes, weeks and the interval grid of a planning horizon.

A duty belongs to the *operating date* on which it starts and counts minutes from that date's
midnight, so 25:00 is 01:00 of the next calendar day and a night shift is one value.  UTC is derived
from (date, minutes, zone) only where an instant is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from wfm.errors import WfmError
from wfm.messages import message

DAY_MINUTES = 1440
LATEST_MINUTE = 48 * 60
SLOT_LENGTHS = (5, 15, 30, 60)
YEARS = range(1970, 2201)
"""Years that a planner can mean; anything else is a slip of the keyboard."""

WEEKDAY_NAMES = (
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
    message("Sunday"),
)
"""Names of the weekdays; 0 is Monday."""

_LENGTH = re.compile(r"^(\d{1,4}):([0-5]\d)$", re.ASCII)
_HOURS = re.compile(r"^\d{1,4}(\.\d{1,4})?$", re.ASCII)
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d)$")
_ISO_WEEK = re.compile(r"^(\d{4})-?W(\d{1,2})$")


def parse_clock(text: str) -> int:
    """Return the minutes after midnight of ``"9:00"`` … ``"48:00"`` (25:00 notation).

    Raises :class:`~wfm.errors.WfmError` when the text is no such time.
    """
    found = _CLOCK.match(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= LATEST_MINUTE:
        raise WfmError(message("“{value}” is not a time between 0:00 and 48:00.", value=text))
    return minutes


def format_clock(minutes: int) -> str:
    """Return ``"09:00"`` … ``"25:00"`` for minutes after midnight of the operating date."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def format_length(minutes: int) -> str:
    """Return a length of time as hours and minutes: ``"7:45"``, ``"160:00"``, ``"-0:30"``."""
    sign, size = ("-", -minutes) if minutes < 0 else ("", minutes)
    return f"{sign}{size // 60}:{size % 60:02d}"


def hours_text(minutes: int) -> str:
    """Return a length of time as hours, as short as possible: ``"11"``, ``"7.5"``, ``"7:20"``."""
    hundredths, rest = divmod(minutes * 100, 60)
    if rest:
        return format_length(minutes)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def parse_length(text: str) -> int:
    """Return the minutes of ``"7:45"`` or of hours such as ``"7.75"``; whole minutes only.

    Raises :class:`~wfm.errors.WfmError` when the text is no such length.
    """
    clock, hours = _LENGTH.match(text.strip()), _HOURS.match(text.strip())
    exact = Fraction(-1)
    if clock is not None:
        exact = Fraction(int(clock[1]) * 60 + int(clock[2]))
    elif hours is not None:
        exact = Fraction(hours[0]) * 60
    if exact.denominator != 1 or exact < 0:
        raise WfmError(
            message("“{value}” is not a length of time such as 7:45 or 7.75 hours.", value=text)
        )
    return int(exact)


def instant(day: date, minutes: int, zone: str) -> datetime:
    """Return the UTC instant that lies ``minutes`` of wall clock after midnight of ``day``.

    Minutes past 24:00 are read on the next calendar day's clock, as planners write them.  A wall
    time that a clock change skips is moved forward by the gap (``fold=0`` of PEP 495).
    """
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def parse_iso_week(text: str) -> date:
    """Return the Monday of ``"2026-W49"``; raises :class:`~wfm.errors.WfmError`."""
    found = _ISO_WEEK.match(text.strip())
    if found and int(found[1]) in YEARS:
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    raise WfmError(message("“{value}” is not an ISO week such as 2026-W49.", value=text))


def format_iso_week(day: date) -> str:
    """Return the ISO week that holds ``day``, as ``"2026-W49"``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def parse_date(text: str) -> date:
    """Return the date of ``"2026-11-23"``; raises :class:`~wfm.errors.WfmError`."""
    day = _dated(text, "%Y-%m-%d")
    if day is None:
        raise WfmError(message("“{value}” is not a date such as 2026-11-23.", value=text))
    return day


def parse_month(text: str) -> date:
    """Return the first day of ``"2026-12"``; raises :class:`~wfm.errors.WfmError`."""
    first = _dated(text, "%Y-%m")
    if first is None:
        raise WfmError(message("“{value}” is not a month such as 2026-12.", value=text))
    return first


def _dated(text: str, form: str) -> date | None:
    """Return the date of a text in a form and in years that can be planned, else ``None``."""
    try:
        day = datetime.strptime(text.strip(), form).date()
    except ValueError:
        return None
    return day if day.year in YEARS else None


def next_month(first: date) -> date:
    """Return the first day of the month after the one that holds ``first``."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(first: date) -> date:
    """Return the first day of the month before the one that holds ``first``."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)


def days_from(first: date, count: int) -> Iterator[date]:
    """Yield ``count`` dates from ``first`` on."""
    return (first + timedelta(days=offset) for offset in range(count))


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days being planned and their interval grid.

    Interval ``i`` covers the wall-clock minutes ``[i * slot_minutes, (i + 1) * slot_minutes)``
    counted from midnight of ``start``.  The grid has :attr:`slots` intervals for the days
    themselves; duties of the last day that run past midnight lie beyond it and are not covered
    demand of this horizon.
    """

    start: date
    days: int
    slot_minutes: int = 15
    zone: str = "Asia/Tokyo"

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 366:
            raise WfmError(message("A horizon has 1 to 366 days, not {days}.", days=self.days))
        if self.slot_minutes not in SLOT_LENGTHS:
            raise WfmError(
                message(
                    "An interval is 5, 15, 30 or 60 minutes long, not {minutes}.",
                    minutes=self.slot_minutes,
                )
            )

    @property
    def slots_per_day(self) -> int:
        """Number of intervals in one day."""
        return DAY_MINUTES // self.slot_minutes

    @property
    def slots(self) -> int:
        """Number of intervals in the horizon."""
        return self.days * self.slots_per_day

    @property
    def end(self) -> date:
        """The day after the last day."""
        return self.start + timedelta(days=self.days)

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day of the horizon, in order."""
        return tuple(days_from(self.start, self.days))

    def day_index(self, day: date) -> int:
        """Return the position of ``day``; negative before, ``>= days`` after the horizon."""
        return (day - self.start).days

    def slot_label(self, slot: int) -> tuple[date, int]:
        """Return the (date, minute of day) at which interval ``slot`` begins."""
        day, position = divmod(slot, self.slots_per_day)
        return self.start + timedelta(days=day), position * self.slot_minutes


def week_horizon(first: date, slot_minutes: int = 15, zone: str = "Asia/Tokyo") -> Horizon:
    """Return the seven-day horizon that starts on ``first``."""
    return Horizon(first, 7, slot_minutes, zone)
