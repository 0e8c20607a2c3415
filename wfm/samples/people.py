"""The sixty people of the sample centre, their availability and opening balances."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from wfm.model.people import Agent, Availability, Balance
from wfm.samples.tables import Table, Tables, windows

_MONTH_DAYS = 30.44
_MOST_LEAVE_DAYS = 20


def agents(tables: Tables, as_of: date) -> tuple[Agent, ...]:
    """Return the agents; ages and tenures are counted back from ``as_of``."""
    return tuple(
        Agent(
            key=row["key"],
            number=row["number"],
            name=row[tables.language],
            team=row["team"],
            contract=row["contract"],
            skills=dict(row["skills"]),
            role=row["role"],
            speed_percent=row["speed"],
            reading=row["reading"] if tables.language == "ja" else row["en_sorted"],
            birth_date=_born(row, place, as_of),
            hired=_hired(row, as_of),
            hourly_wage=row["wage"],
        )
        for place, row in enumerate(tables.people)
    )


def availabilities(tables: Tables) -> tuple[Availability, ...]:
    """Return the weekly windows of everybody who cannot work at any time."""
    patterns = tables.centre["availability"]
    return tuple(
        Availability(
            row["key"],
            {day: windows(texts) for day, texts in enumerate(patterns[row["availability"]])},
        )
        for row in tables.people
        if row["availability"]
    )


def balances(
    tables: Tables, as_of: date, month: date, rng: np.random.Generator
) -> tuple[Balance, ...]:
    """Return what everybody brought into ``month``: leave left, overtime, weekends worked."""
    result = []
    for row in tables.people:
        full = row["contract"] in ("full", "short")
        overtime = int(rng.integers(0, 20)) * 30 if row["contract"] == "full" else 0
        left = _leave_days(row) - float(rng.integers(0, 9)) / 2
        hired_before = _hired(row, as_of) < month
        result.append(
            Balance(
                agent=row["key"],
                month=month,
                overtime_minutes=overtime if hired_before else 0,
                paid_leave_days=max(left, 0.0) if full else max(left / 2, 0.0),
                weekend_days=int(rng.integers(3, 6)) if hired_before else 0,
            )
        )
    return tuple(result)


def _born(row: Table, place: int, as_of: date) -> date:
    # a birthday some weeks ago, another for each, so that ages hold on the day of the sample
    birthday = as_of - timedelta(days=15 + 5 * place)
    return date(birthday.year - row["age"], birthday.month, min(birthday.day, 28))


def _hired(row: Table, as_of: date) -> date:
    """Return the first of a month, except for somebody hired within the last one."""
    hired = as_of - timedelta(days=round(row["tenure"] * _MONTH_DAYS) + 10)
    return hired.replace(day=1) if row["tenure"] else hired


def _leave_days(row: Table) -> float:
    """Return the yearly grant of a full-timer by tenure (労働基準法 39条)."""
    years = row["tenure"] / 12
    if years < 0.5:
        return 0.0
    steps = (10, 11, 12, 14, 16, 18)
    whole = int(years - 0.5)
    return float(steps[whole] if whole < len(steps) else _MOST_LEAVE_DAYS)
