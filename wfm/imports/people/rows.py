"""Going through the rows of a sheet by the person each names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wfm.imports.people.grid import Grid, dates_of
from wfm.imports.people.outcome import Known
from wfm.imports.people.register import Register
from wfm.imports.people.table import PeopleTable
from wfm.messages import Message, message
from wfm.model.people import Agent


def people_of(table: PeopleTable, register: Register) -> Iterator[tuple[int, Agent]]:
    """Yield the rows not refused so far with their people; refuse a row of an unknown one."""
    for row in table.rows:
        if row in table.refused:
            continue
        number, name = table.text(row, "staff_number"), table.text(row, "staff_name")
        agent = register.find(number, name)
        if isinstance(agent, Message):
            table.refuse(row, "staff_name" if name else "staff_number", name or number, agent)
        else:
            yield row, agent


def people_once(table: PeopleTable, register: Register) -> Iterator[tuple[int, Agent]]:
    """Yield as :func:`people_of`, and refuse the second row of a person."""
    seen: dict[str, int] = {}
    for row, agent in people_of(table, register):
        if agent.key in seen:
            reason = message("this person is already in row {row}", row=seen[agent.key] + 1)
            shown = table.text(row, "staff_name") or table.text(row, "staff_number")
            table.refuse(row, "staff_name", shown, reason)
            continue
        seen[agent.key] = row
        yield row, agent


def readable_dates(table: PeopleTable, grid: Grid, known: Known) -> dict[int, date | None]:
    """Return the date of each day column; where there is none to be had, refuse every row."""
    dates = dates_of(grid, table.sheet, known.month)
    if isinstance(dates, Message):
        for row in table.rows:
            table.refuse(row, grid.columns[0][0], "", dates)
        return {}
    return dates
