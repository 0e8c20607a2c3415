"""Finds the calendar of a roster: the row of days, the month it belongs to, the names beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wfm.imports.aliases import Heading, aliases, normal
from wfm.imports.dates import month_of_titles
from wfm.imports.headers import Header
from wfm.imports.moments import WEEKDAYS, parse_stamp
from wfm.imports.reading import Sheet, cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.time import next_month

SEARCHED_ROWS = 40
FEWEST_DAYS = 7
_DAY = re.compile(r"^(\d{1,2})日?(?:\s*\(?([月火水木金土日])\)?)?$")
_MONTH_ONLY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月")


@dataclass(frozen=True, slots=True)
class Grid:
    """The calendar of a sheet: the row of days and, per column, the day of the month or date.

    ``weekdays`` holds the weekday written above or below each column, as far as any is.
    ``header`` names the columns left of the days.
    """

    row: int
    first_data_row: int
    columns: tuple[tuple[int, int | date], ...]
    weekdays: dict[int, int]
    header: Header


def find_grid(sheet: Sheet) -> Grid | None:
    """Return the calendar of a sheet, or ``None`` when no row counts at least seven days."""
    for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
        columns = _day_columns(sheet.rows[row])
        if len(columns) >= FEWEST_DAYS:
            return _grid(sheet, row, columns)
    return None


def _day_columns(cells: Sequence[Cell]) -> tuple[tuple[int, int | date], ...]:
    """Return the columns of consecutive days; other columns between weeks are passed over."""
    found: list[tuple[int, int | date]] = []
    for at, cell in enumerate(cells[:200]):
        day = _day_of(cell)
        if day is None:
            continue
        if found and not _follows(found[-1][1], day):
            if len(found) >= FEWEST_DAYS:
                break
            found = []
        found.append((at, day))
    return tuple(found)


def _day_of(cell: Cell) -> int | date | None:
    """Return the day that a heading names: a date, or a day of the month."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        return None
    text = unicodedata.normalize("NFKC", cell_text(cell)).strip()
    if found := _DAY.match(text):
        number = int(found[1])
        return number if 1 <= number <= 31 else None
    stamp = parse_stamp(cell) if isinstance(cell, str) else None
    if stamp is None or stamp.minute is not None:
        return None
    if stamp.day is not None:
        return stamp.day
    return stamp.parts[1] if len(stamp.parts) == 2 else None


def _follows(before: int | date, day: int | date) -> bool:
    """Tell whether a day comes right after another; after the 28th to 31st comes the 1st."""
    if isinstance(before, date) or isinstance(day, date):
        return before == day - timedelta(days=1) if isinstance(day, date) else False
    return day == before + 1 or (day == 1 and before >= 28)


def _grid(sheet: Sheet, row: int, columns: tuple[tuple[int, int | date], ...]) -> Grid:
    """Return the calendar with its weekdays and the headings beside it."""
    places = [at for at, _ in columns]
    weekdays: dict[int, int] = {}
    first = row + 1
    for near in (row - 1, row + 1):
        if not 0 <= near < len(sheet.rows):
            continue
        found = {at: day for at in places if (day := _weekday(sheet.cell(near, at))) is not None}
        if len(found) * 10 >= len(places) * 7:
            weekdays = found
            first = max(first, near + 1)
    for at in places:
        mark = re.search(
            r"\(([月火水木金土日])\)", unicodedata.normalize("NFKC", cell_text(sheet.cell(row, at)))
        )
        if mark:
            weekdays.setdefault(at, WEEKDAYS[mark[1]])
    return Grid(row, first, columns, weekdays, _names(sheet, row, first, places[0]))


def _weekday(cell: Cell) -> int | None:
    """Return the weekday that a cell names."""
    word = re.sub(r"曜日?$", "", normal(cell_text(cell)))
    return WEEKDAYS.get(word[:3] if word.isascii() else word)


def _names(sheet: Sheet, row: int, first: int, before: int) -> Header:
    """Return the header of the columns left of the days: number, name, team and so on.

    Headings may stand in any row from the one above the days to the first row of people; where
    none is known, the first column with words holds the names.
    """
    meanings: dict[int, Heading] = {}
    texts = [""] * before
    for near in range(max(row - 1, 0), min(first, len(sheet.rows))):
        for at in range(before):
            text = " ".join(cell_text(sheet.cell(near, at)).split())
            heading = aliases("people").match(text) if text else None
            if heading and heading.column not in {item.column for item in meanings.values()}:
                meanings[at] = heading
                texts[at] = text
    known = {heading.column for heading in meanings.values()}
    if not known & {"staff_name", "staff_number"}:
        for at in range(before):
            words = sum(
                bool(re.search(r"[^\W\d]", cell_text(sheet.cell(near, at))))
                for near in range(first, min(first + 30, len(sheet.rows)))
            )
            if words:
                heading = aliases("people").match("氏名")
                if heading:
                    meanings[at] = heading
                break
    titles = [
        text
        for above in sheet.rows[: max(row, 0)]
        for text in (cell_text(cell).strip() for cell in above)
        if text
    ]
    titles += [cell_text(cell) for cell in sheet.rows[row][:before]]
    return Header(row, first, tuple(texts), meanings, tuple(titles))


def dates_of(grid: Grid, sheet: Sheet, month: date | None) -> dict[int, date | None] | Message:
    """Return each column's date (``None`` for a 31st that its month does not have).

    The month comes from dates in the headings, else from a title or the sheet's name, else from
    ``month``; a row of weekdays has to agree.  Returns the reason when it stays open.
    """
    if isinstance(grid.columns[0][1], date):
        return {at: day for at, day in grid.columns if isinstance(day, date)}
    named = month_of_titles((*grid.header.titles, sheet.name)) or _month_near(
        (sheet.name, *grid.header.titles), month
    )
    base = named or month
    if base is None:
        return message(
            "the month of this roster is not known; write it above the days (2026-10) or name it"
        )
    numbers = [day for _, day in grid.columns if isinstance(day, int)]
    runs_over = 1 in numbers[1:]
    earlier = (base.replace(day=1) - timedelta(days=1)).replace(day=1)
    fitting = [
        dates
        for first in ((base, earlier) if runs_over and named else (base,))
        if _weekdays_agree(grid, dates := _dates(grid, first.replace(day=1)))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return message(
            "the days run over a month's end; add a row of weekdays or write full dates, so that"
            " the month of the first day is certain"
        )
    return message(
        "the weekdays beside the days are not those of {month}",
        month=f"{base.year}-{base.month:02d}",
    )


def _month_near(titles: Sequence[str], month: date | None) -> date | None:
    """Return the month that a title names without a year (10月), nearest to ``month``."""
    if month is None:
        return None
    for title in titles:
        found = _MONTH_ONLY.search(unicodedata.normalize("NFKC", title))
        if found:
            years = (month.year - 1, month.year, month.year + 1)
            choices = [date(year, int(found[1]), 1) for year in years]
            return min(choices, key=lambda item: abs((item - month).days))
    return None


def _dates(grid: Grid, first: date) -> dict[int, date | None]:
    """Return the dates of the columns when the first one lies in the month of ``first``."""
    dates: dict[int, date | None] = {}
    month, before = first, 0
    for at, day in grid.columns:
        number = day if isinstance(day, int) else day.day
        if number < before:
            month = next_month(month)
        before = number
        try:
            dates[at] = month.replace(day=number)
        except ValueError:
            dates[at] = None
    return dates


def _weekdays_agree(grid: Grid, dates: dict[int, date | None]) -> bool:
    """Tell whether the weekdays beside the days are those of the dates."""
    return all(
        (day := dates.get(at)) is None or day.weekday() == weekday
        for at, weekday in grid.weekdays.items()
    )
