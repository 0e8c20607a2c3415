"""How many contacts the sample centre could expect: calendar, campaign, outage and growth."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.calendars import (
    bank_days,
    business_day_of_month,
    is_closed_day,
    open_slots,
    settlement_days,
)
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Queue, SpecialDay
from wfm.samples.tables import Table, Tables, by_hour

INTERVAL_MINUTES = 30
SLOTS = 1440 // INTERVAL_MINUTES


@dataclass(frozen=True, slots=True)
class Expectation:
    """Contacts of one queue per interval, shape ``(days, 48)`` each.

    ``likely`` is what the calendar and events make of the level; ``planned`` what the centre had
    staffed for: it knew weekdays, holidays and growth, but only a part of the rest.
    """

    likely: Floats
    planned: Floats


def expectation(
    tables: Tables,
    queue: Queue,
    days: Sequence[date],
    as_of: date,
    holidays: Container[date],
    special_days: Sequence[SpecialDay],
    scale: float,
) -> Expectation:
    """Return the expected contacts of ``queue`` on consecutive ``days``, times ``scale``."""
    row = tables.contacts[queue.key]
    level = np.array(
        [
            scale * row["daily"] * row["weekdays"][day.weekday()]
            * (1 + row["growth"]) ** ((day - as_of).days / 365)
            for day in days
        ]
    )  # fmt: skip
    known, surprising = _day_factors(row, queue, days, holidays, special_days)
    share = tables.contacts["staffing"]["planned_share_of_settlement"]
    shape = _shape(row, queue, days, holidays, special_days)
    outage = _outage(tables, queue, days, special_days)
    planned = (level * known * surprising**share)[:, None] * shape
    return Expectation((level * known * surprising)[:, None] * shape * outage, planned)


def curve(points: Table) -> Floats:
    """Return the values of a table of hours at the middle of every interval, shape ``(48,)``."""
    places, values = zip(*by_hour(points, INTERVAL_MINUTES), strict=True)
    result: Floats = np.interp(np.arange(SLOTS) + 0.5, places, values)
    return result


def _day_factors(
    row: Table,
    queue: Queue,
    days: Sequence[date],
    holidays: Container[date],
    special_days: Sequence[SpecialDay],
) -> tuple[Floats, Floats]:
    """Return the factors a planner expects, and those of payment days and campaigns."""
    is_bank_day = bank_days(holidays)
    payment = settlement_days(days[0], days[-1], is_bank_day)
    campaign = {
        item.day: item.factor
        for item in special_days
        if item.kind == "campaign" and item.queue in ("", queue.key)
    }
    known, surprising = np.ones(len(days)), np.ones(len(days))
    for place, day in enumerate(days):
        yesterday = day - timedelta(days=1)
        if day in holidays:
            known[place] *= row["holiday"]
        elif yesterday in holidays or is_closed_day(queue, yesterday, (), special_days):
            known[place] *= row["after_closure"]
        if day in payment:
            surprising[place] *= row["settlement"]
        if is_bank_day(day) and business_day_of_month(day, is_bank_day)[1] == 1:
            surprising[place] *= row["month_end"]
        surprising[place] *= campaign.get(day, 1.0)
    return known, surprising


def _shape(
    row: Table,
    queue: Queue,
    days: Sequence[date],
    holidays: Container[date],
    special_days: Sequence[SpecialDay],
) -> Floats:
    """Return each day's share of a usual day's contacts per interval, 0 where closed."""
    horizon = Horizon(days[0], len(days), INTERVAL_MINUTES)
    is_open = open_slots(queue, horizon, holidays, special_days).reshape(len(days), SLOTS)
    usual = open_slots(queue, Horizon(date(2024, 1, 1), 1, INTERVAL_MINUTES))
    rate = curve(row["hours"])
    shape: Floats = is_open * rate / (usual * rate).sum()
    return shape


def _outage(
    tables: Tables, queue: Queue, days: Sequence[date], special_days: Sequence[SpecialDay]
) -> Floats:
    factors = np.ones((len(days), SLOTS))
    factor = tables.contacts["outage"]["factors"].get(queue.key, 1.0)
    for item in special_days:
        place = (item.day - days[0]).days
        if item.kind == "outage" and 0 <= place < len(days):
            factors[place, item.start // INTERVAL_MINUTES : item.end // INTERVAL_MINUTES] = factor
    return factors
