"""The figures that people ask for when they look at a wage month, before any file is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.messages import Message, message
from wfm.model.worktime import MonthWork


@dataclass(frozen=True, slots=True)
class Category:
    """One figure of a person's month: minutes (``days`` false) or days.

    ``night`` gives the minutes of it that lie at night, ``None`` where that is no question.
    ``premium`` marks what costs more than the contract's wage.
    """

    key: str
    name: Message
    value: Callable[[MonthWork], float]
    days: bool = False
    night: Callable[[MonthWork], int] | None = None
    premium: bool = False


def _band(key: str, name: Message, *, premium: bool = False) -> Category:
    return Category(
        key,
        name,
        lambda work: work.total(key),
        night=lambda work: work.total(key, night=True),
        premium=premium,
    )


def _days_worked(work: MonthWork) -> int:
    return sum(1 for day in work.days if day.worked)


CATEGORIES: tuple[Category, ...] = (
    Category("days_worked", message("Days worked", context="payroll"), _days_worked, days=True),
    Category(
        "worked",
        message("Worked", context="payroll"),
        lambda work: work.total(),
        night=lambda work: work.total(night=True),
    ),
    _band("contract", message("Contract time", context="payroll")),
    _band("within_statutory", message("Within 8 h", context="payroll")),
    _band("overtime", message("Overtime to 60 h", context="payroll"), premium=True),
    _band("overtime_over_60h", message("Over 60 h", context="payroll"), premium=True),
    _band("statutory_holiday", message("Statutory day off", context="payroll"), premium=True),
    Category(
        "company_day_off",
        message("Company day off", context="payroll"),
        lambda work: work.total(day_kind="company_day_off"),
        night=lambda work: work.total(day_kind="company_day_off", night=True),
    ),
    Category(
        "night",
        message("Night", context="payroll"),
        lambda work: work.total(night=True),
        premium=True,
    ),
    Category(
        "paid_leave",
        message("Paid leave", context="payroll"),
        lambda work: work.paid_leave_days,
        days=True,
    ),
    Category(
        "absence",
        message("Absent", context="payroll"),
        lambda work: work.absence_days,
        days=True,
    ),
)
"""In the order of the table.  The bands from contract to statutory day off add up to ``worked``;
work on company days off and at night is part of them."""

DAY_KIND_NAMES: dict[str, Message] = {
    "working_day": message("working day", context="kind of day"),
    "company_day_off": message("company day off", context="kind of day"),
    "statutory_day_off": message("statutory day off", context="kind of day"),
}
"""What payroll calls a day, by the names of :data:`wfm.model.worktime.DAY_KINDS`."""
