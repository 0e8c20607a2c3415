"""Reads opening balances: overtime and holiday work, days of leave left, burdens so far."""

from __future__ import annotations

from datetime import date

from wfm.imports.durations import CLOCK, NUMBER, parse_length
from wfm.imports.figures import parse_figure
from wfm.imports.people.outcome import Known
from wfm.imports.people.register import Register
from wfm.imports.people.rows import people_of
from wfm.imports.people.table import PeopleTable, tidy
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.people import Balance

BURDENS = ("weekend_days", "holiday_days", "late_days", "night_days", "refused_wishes")
"""Counters that fair shares carry over, named as the fields of a balance."""
COLUMNS = ("overtime", "holiday_work", "leave_days", *BURDENS)
MOST_BURDEN = 366
MOST_MINUTES = 400 * 60
MINUTES_OF = {"min": 1.0, "h": 60.0, "s": 1 / 60}
DECIMAL_HOURS = message(
    "this can be 1 h 15 min or 1.15 hours; write h:mm, or name the unit in the heading (分 or 時間)"
)


def recognises(table: PeopleTable) -> bool:
    """Tell whether a sheet has a column of balances."""
    return any(table.has(column) for column in COLUMNS)


def read_balances(
    table: PeopleTable, known: Known, register: Register
) -> list[tuple[int, Balance]]:
    """Return (row, balance) per person, at the start of the known month."""
    month = known.month
    if month is None:
        table.notes.append(
            message(
                "{place}: balances were left out because no month was named.", place=table.place
            )
        )
        return []
    found: list[tuple[int, Balance]] = []
    for row, agent in people_of(table, register):
        balance = _balance(table, row, agent.key, month)
        if row not in table.refused:
            found.append((row, balance))
    return found


def _balance(table: PeopleTable, row: int, agent: str, month: date) -> Balance:
    """Return the balance of a row."""
    return Balance(
        agent,
        month.replace(day=1),
        overtime_minutes=_minutes(table, row, "overtime"),
        statutory_holiday_minutes=_minutes(table, row, "holiday_work"),
        paid_leave_days=_number(table, row, "leave_days", 100),
        **{name: round(_number(table, row, name, MOST_BURDEN)) for name in BURDENS},
    )


def _minutes(table: PeopleTable, row: int, column: str) -> int:
    """Return the minutes of a cell: 12:30 is h:mm, 750 are minutes, 12.5 needs a unit."""
    cell = table.cell(row, column)
    minutes = minutes_of(cell, _unit(table, column))
    if isinstance(minutes, Message):
        table.refuse(row, column, cell, minutes)
        return 0
    return minutes


def minutes_of(cell: Cell, unit: str = "") -> int | Message:
    """Return the minutes of a balance, 0 for an empty cell, or why it cannot be read.

    ``unit`` is the heading's; a number with decimals needs one, since 1.15 is written for both
    1 h 15 min and 1.15 hours.
    """
    parsed = parse_length(cell)
    if isinstance(parsed, Message):
        return parsed
    value, form = parsed
    if value != value:  # noqa: PLR0124 - NaN: not given
        return 0
    if form == CLOCK:
        minutes = value
    elif form == NUMBER:
        if not unit and value != int(value):
            return DECIMAL_HOURS
        minutes = value * MINUTES_OF.get(unit, 1.0)
    else:
        minutes = value / 60
    if not 0 <= minutes <= MOST_MINUTES:
        return message("this is not between 0 and 400 hours")
    return round(minutes)


def _unit(table: PeopleTable, column: str) -> str:
    """Return the unit that the heading of a column names."""
    at = table.header.position(column)
    return "" if at is None else table.header.meanings[at].unit


def _number(table: PeopleTable, row: int, column: str, most: int) -> float:
    """Return a number of days of a row, 0 where empty."""
    cell = table.cell(row, column)
    value = parse_figure(tidy(cell).removesuffix("日") if isinstance(cell, str) else cell)
    if not isinstance(value, Message) and value != value:  # noqa: PLR0124 - NaN: not given
        return 0.0
    if isinstance(value, Message) or not 0 <= value <= most:
        table.refuse(
            row, column, cell, message("this is no number from {low} to {high}", low=0, high=most)
        )
        return 0.0
    return value
