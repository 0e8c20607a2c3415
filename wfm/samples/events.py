"""Special days of the sample: closures, a campaign, an outage, and what is coming."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from wfm.calendars import week_of
from wfm.model.time import days_from, parse_clock
from wfm.model.workload import SpecialDay
from wfm.samples.tables import Tables

YEAR_END = ((12, 31), (1, 1), (1, 2), (1, 3))
COMING_WEEKS = 10


def special_days(tables: Tables, as_of: date, first: date) -> tuple[SpecialDay, ...]:
    """Return the special days from ``first`` to ten weeks after ``as_of``, in order of date."""
    last = as_of + timedelta(weeks=COMING_WEEKS)
    closed = [
        SpecialDay(day, "closed", tables.text(tables.centre["texts"]["year_end"]), factor=0.0)
        for day in days_from(first, (last - first).days + 1)
        if is_year_end(day)
    ]
    found = [*closed, *_campaigns(tables, as_of), _outage(tables, as_of)]
    return tuple(sorted(found, key=lambda item: (item.day, item.kind)))


def is_year_end(day: date) -> bool:
    """Return whether the centre is closed for the turn of the year."""
    return (day.month, day.day) in YEAR_END


def _campaigns(tables: Tables, as_of: date) -> Iterator[SpecialDay]:
    for name in ("campaign", "coming_campaign"):
        row = tables.contacts[name]
        weeks = row.get("weeks_ahead", 0) - row.get("weeks_back", 0)
        start = week_of(as_of) + timedelta(weeks=weeks)
        text = tables.text(tables.centre["texts"][name])
        for offset, factor in enumerate(row["factors"]):
            day = start + timedelta(days=offset)
            if not is_year_end(day):
                yield SpecialDay(day, "campaign", text, row["queue"], factor=factor)


def _outage(tables: Tables, as_of: date) -> SpecialDay:
    row = tables.contacts["outage"]
    day = week_of(as_of) - timedelta(weeks=row["weeks_back"]) + timedelta(days=row["weekday"])
    day = _first(day, lambda item: not is_year_end(item))
    text = tables.text(tables.centre["texts"]["outage"])
    return SpecialDay(
        day, "outage", text, start=parse_clock(row["start"]), end=parse_clock(row["end"])
    )


def _first(day: date, suits: Callable[[date], bool]) -> date:
    while not suits(day):
        day += timedelta(days=1)
    return day
