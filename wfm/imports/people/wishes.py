"""Reads wishes: a grid of people and days with × △ ○ ◎ 希望休 or spans, or a list of them."""

from __future__ import annotations

from datetime import date

from wfm.imports.moments import parse_stamp
from wfm.imports.people.grid import Grid
from wfm.imports.people.outcome import Known
from wfm.imports.people.register import Register
from wfm.imports.people.roster import NO_SUCH_DAY, left_out_rows, refuse_day
from wfm.imports.people.rows import people_once, readable_dates
from wfm.imports.people.table import PeopleTable
from wfm.imports.people.windows import folded, parse_windows
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.people import WISH_WEIGHTS, Wish

FREE = frozenset({"", "○", "〇", "◯", "o", "可", "ok", "出", "-", "ー"})
KINDS = {
    **dict.fromkeys(("×", "x", "✕", "不可", "ng"), "cannot"),
    **dict.fromkeys(("◎", "出勤希望", "希望出勤"), "want"),
}
"""Signs of whole days on which somebody cannot work, or very much wants to."""
OFF_WEIGHTS = {
    **dict.fromkeys(("希望休", "希休", "希", "休", "公", "公休", "有", "有給", "有休", "off"), 8),
    **dict.fromkeys(("△", "▲"), 3),
}
"""Signs for a day off with the weight of the wish: △ means rather not."""
WINDOW_WEIGHT = 4
UNKNOWN_WISH = message("a wish is ×, △, ○, ◎, 希望休 or a span such as 9:00-15:00")


def is_wish_sheet(title: str) -> bool:
    """Tell whether a sheet's name or title says that it holds wishes."""
    word = folded(title)
    return "希望" in word or "wish" in word or "request" in word


def read_wish(cell: Cell, agent: str, day: date) -> Wish | Message | None:
    """Return the wish of a cell, ``None`` where anything is welcome, or why it is unreadable."""
    sign = folded(cell)
    if sign in FREE:
        return None
    if sign in KINDS:
        return Wish(agent, day, KINDS[sign], weight=WISH_WEIGHTS[KINDS[sign]])
    if sign in OFF_WEIGHTS:
        return Wish(agent, day, "off", weight=OFF_WEIGHTS[sign])
    windows = parse_windows(cell)
    if isinstance(windows, Message) or len(windows) != 1:
        return UNKNOWN_WISH
    start, end = windows[0]
    return Wish(agent, day, "window", start, end, WINDOW_WEIGHT)


def read_wish_grid(
    table: PeopleTable, grid: Grid, known: Known, register: Register
) -> list[tuple[int, list[Wish]]]:
    """Return (row, wishes) per person of a calendar; a row with an unreadable cell is refused."""
    left_out_rows(table, grid, register)
    dates = readable_dates(table, grid, known)
    found: list[tuple[int, list[Wish]]] = []
    for row, agent in people_once(table, register):
        wishes: list[Wish] = []
        for at, day in dates.items():
            cell = table.sheet.cell(row, at)
            if not cell_text(cell).strip():
                continue
            wish = NO_SUCH_DAY if day is None else read_wish(cell, agent.key, day)
            if isinstance(wish, Message):
                refuse_day(table, row, at, cell, wish)
            elif wish is not None:
                wishes.append(wish)
        if row not in table.refused:
            found.append((row, wishes))
    return found


def recognises_list(table: PeopleTable) -> bool:
    """Tell whether a sheet lists person, day and wish in each row."""
    return table.has("day") and table.has("wish")


def read_wish_list(table: PeopleTable, register: Register) -> list[tuple[int, list[Wish]]]:
    """Return (row, wishes) of a list of wishes."""
    found: list[tuple[int, list[Wish]]] = []
    for row in table.rows:
        number, name = table.text(row, "staff_number"), table.text(row, "staff_name")
        agent = register.find(number, name)
        if isinstance(agent, Message):
            table.refuse(row, "staff_name", name or number, agent)
            continue
        stamp = parse_stamp(table.cell(row, "day"))
        if stamp is None or stamp.day is None:
            reason = message("this is not a date such as 2026-11-23")
            table.refuse(row, "day", table.cell(row, "day"), reason)
            continue
        wish = read_wish(table.cell(row, "wish"), agent.key, stamp.day)
        if isinstance(wish, Message):
            table.refuse(row, "wish", table.cell(row, "wish"), wish)
            continue
        found.append((row, [wish] if wish else []))
    return found
