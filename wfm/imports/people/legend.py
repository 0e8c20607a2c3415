"""Reads a legend (凡例): codes with start, end and break."""

from __future__ import annotations

from wfm.imports.durations import NUMBER, parse_length
from wfm.imports.people.outcome import ShiftCode
from wfm.imports.people.table import PeopleTable, tidy
from wfm.imports.people.windows import parse_minute
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES


def recognises(table: PeopleTable) -> bool:
    """Tell whether a sheet lists codes with their times."""
    return all(table.has(column) for column in ("shift_code", "shift_start", "shift_end"))


def read_legend(table: PeopleTable) -> list[tuple[int, ShiftCode]]:
    """Return (row, code) per line; a code without times is left to the known kinds of leave."""
    found: list[tuple[int, ShiftCode]] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        code = cell_text(table.cell(row, "shift_code")).strip()
        if not code:
            continue
        start, end = table.cell(row, "shift_start"), table.cell(row, "shift_end")
        if not tidy(start) and not tidy(end):
            continue
        if code in seen:
            reason = message("this code is already in row {row}", row=seen[code] + 1)
            table.refuse(row, "shift_code", code, reason)
            continue
        seen[code] = row
        item = _line(table, row, code, start, end)
        if item is not None:
            found.append((row, item))
    return found


def _line(table: PeopleTable, row: int, code: str, start: Cell, end: Cell) -> ShiftCode | None:
    """Return one line of the legend; 0:00-0:00 stands for a day off."""
    first, last = parse_minute(start), parse_minute(end)
    if isinstance(first, Message):
        table.refuse(row, "shift_start", start, first)
        return None
    if isinstance(last, Message):
        table.refuse(row, "shift_end", end, last)
        return None
    pause = _break_minutes(table, row)
    if last < first:
        last += DAY_MINUTES
    if row in table.refused:
        return None
    if first == last != 0 or pause >= max(last - first, 1) or last - first > DAY_MINUTES:
        table.refuse(row, "shift_end", end, message("the shift has no working time"))
        return None
    return ShiftCode(code, first, last, pause, tidy(table.cell(row, "shift_name")))


def _break_minutes(table: PeopleTable, row: int) -> int:
    """Return the break of a line: 60 are minutes, 1:00 is an hour; -1 where the cell is empty."""
    cell = table.cell(row, "shift_break")
    if not tidy(cell):
        return -1
    parsed = parse_length(cell)
    if isinstance(parsed, Message) or not 0 <= parsed[0] <= 6 * 3600:
        table.refuse(row, "shift_break", cell, message("this is no length of a break"))
        return -1
    value, form = parsed
    if form == NUMBER:
        unit = table.header.meanings[table.header.positions()["shift_break"]].unit
        return round(value * 60) if unit == "h" or value < 5 else round(value)
    # A two-part clock reads as m:ss, so its value counts minutes of h:mm already.
    return round(value) if form else round(value / 60)
