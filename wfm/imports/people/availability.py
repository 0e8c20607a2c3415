"""Reads when people can work: a column per weekday with 9-18, ○ (any time), × (not at all)."""

from __future__ import annotations

import re

from wfm.imports.aliases import normal
from wfm.imports.moments import WEEKDAYS
from wfm.imports.people.register import Register
from wfm.imports.people.rows import people_of
from wfm.imports.people.table import PeopleTable
from wfm.imports.people.windows import Windows, folded, parse_windows
from wfm.imports.workbook import Cell
from wfm.messages import Message
from wfm.model.people import Availability

ANY = frozenset(
    {
        "",
        "○",
        "〇",
        "◯",
        "◎",
        "o",
        "ok",
        "可",
        "終日",
        "終日可",
        "全日",
        "フル",
        "いつでも",
        "any",
        "all",
        "free",
    }
)
NONE = frozenset({"×", "x", "✕", "不可", "休", "ng", "なし", "無", "-", "ー", "−", "none", "off"})


def weekday_columns(table: PeopleTable) -> dict[int, int]:
    """Return {column position: weekday} of headings such as 月, 月曜日, Mon, Monday."""
    columns: dict[int, int] = {}
    for at, heading in enumerate(table.header.texts):
        word = normal(heading)
        stem = re.sub(r"曜日?$", "", word)
        weekday = WEEKDAYS.get(stem)
        if weekday is None and word.isascii() and word.endswith("day"):
            weekday = WEEKDAYS.get(word[:3])
        if weekday is not None and weekday not in columns.values():
            columns[at] = weekday
    return columns


def recognises(table: PeopleTable) -> bool:
    """Tell whether a sheet has a column for at least five weekdays."""
    return len(weekday_columns(table)) >= 5


def read_availabilities(table: PeopleTable, register: Register) -> list[tuple[int, Availability]]:
    """Return (row, availability) per person; an empty cell leaves the day open."""
    columns = weekday_columns(table)
    found: list[tuple[int, Availability]] = []
    for row, agent in people_of(table, register):
        weekdays: dict[int, Windows] = {}
        for at, weekday in columns.items():
            cell = table.sheet.cell(row, at)
            windows = availability_of(cell)
            if isinstance(windows, Message):
                table.refuse(row, at, cell, windows)
            elif windows is not None:
                weekdays[weekday] = windows
        if row not in table.refused:
            found.append((row, Availability(agent.key, weekdays)))
    return found


def availability_of(cell: Cell) -> Windows | Message | None:
    """Return the windows of a cell, ``None`` for any time, or why it cannot be read."""
    sign = folded(cell)
    if sign in ANY:
        return None
    return () if sign in NONE else parse_windows(cell)
