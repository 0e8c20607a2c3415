"""Decides for a whole column what its dates mean, or asks when the column leaves it open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from wfm.imports.figures import plain
from wfm.imports.moments import ERAS, YEARS, Stamp, parse_stamp
from wfm.messages import Message, message

ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}

_YEAR = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[-/.]\d)", re.ASCII)
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)\s*年", re.ASCII)
_MONTH = re.compile(r"(?:年|[-/.]|^|\D)\s*(1[0-2]|0?[1-9])\s*(?:月|$|(?=\D))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of a column: a date, ``None`` or a reason per row, or what has to be asked.

    ``asks`` is ``date_order`` or ``year`` with the possible answers in ``choices``.
    """

    values: list[date | Message | None]
    asks: str = ""
    choices: tuple[str, ...] = ()
    example: tuple[int, ...] = ()
    notes: list[Message] = field(default_factory=list)


def settle_days(
    stamps: Sequence[Stamp | None], titles: Sequence[str], order: str = "", year: int | None = None
) -> Days:
    """Return the dates of a column.

    ``order`` and ``year`` are the mapping's; without them an order is taken only when every date
    of the column allows no other, and a year only when the titles name one.
    """
    triples = {stamp.parts: stamp for stamp in stamps if stamp and len(stamp.parts) == 3}
    if triples and not order:
        possible = _possible_orders(list(triples.values()))
        if len(possible) != 1:
            example = max(triples)
            return Days([], "date_order", tuple(possible) or tuple(ORDERS), example)
        order = possible[0]
    years = year_of_titles(titles)
    if any(stamp and len(stamp.parts) == 2 for stamp in stamps) and year is None:
        if len(years) not in {1, 2}:
            pair = next(stamp.parts for stamp in stamps if stamp and len(stamp.parts) == 2)
            return Days([], "year", (), pair)
        year = min(years)
    values: list[date | Message | None] = []
    previous: int | None = None
    for stamp in stamps:
        value: date | Message | None = None
        if stamp is not None and stamp.has_date:
            if len(stamp.parts) == 2 and year is not None:
                year += _turn_of_year(previous, stamp.parts[0])
                previous = stamp.parts[0]
            value = _day(stamp, order, year)
        values.append(value)
    return Days(values)


def _turn_of_year(previous: int | None, month: int) -> int:
    """Return +1 from December to January, -1 back, else 0."""
    if previous is None or abs(previous - month) <= 6:
        return 0
    return 1 if month < previous else -1


def _possible_orders(stamps: Sequence[Stamp]) -> list[str]:
    """Return the orders in which every stamp is a date (on its weekday, if it names one).

    Orders that lead to the same dates count once.
    """
    found: dict[tuple[date, ...], str] = {}
    for order in ORDERS:
        days = [_day(stamp, order, None) for stamp in stamps]
        dates = tuple(day for day in days if isinstance(day, date))
        if len(dates) == len(days):
            found.setdefault(dates, order)
    return list(found.values())


def _day(stamp: Stamp, order: str, year: int | None) -> date | Message:
    """Return a stamp's date, or why it is none."""
    day = stamp.day
    if day is None:
        if len(stamp.parts) == 3:
            parts = [stamp.parts[place] for place in ORDERS[order or "ymd"]]
            if parts[0] < 100:
                parts[0] += 2000
        else:
            parts = [year or 0, *stamp.parts]
        try:
            day = date(parts[0], parts[1], parts[2]) if parts[0] in YEARS else None
        except ValueError:
            day = None
        if day is None:
            return message("there is no such day")
    if stamp.weekday is not None and day.weekday() != stamp.weekday:
        return message("{day} is another day of the week", day=day.isoformat())
    return day


def year_of_titles(titles: Sequence[str]) -> set[int]:
    """Return the years that titles such as 2026年11月 or 令和8年度 name."""
    years: set[int] = set()
    for title in titles:
        text = plain(title)
        years.update(int(found) for found in _YEAR.findall(text) if int(found) in YEARS)
        for era, number in _ERA_YEAR.findall(text):
            years.add(ERAS[era] + (1 if number == "元" else int(number)))
    return years


def days_of_titles(titles: Sequence[str]) -> set[date]:
    """Return the full dates that titles name."""
    days: set[date] = set()
    for title in titles:
        for piece in re.split(r"[~〜–—～:：]|から|\s-\s", plain(title)):
            stamp = parse_stamp(piece.strip())
            if stamp is not None and stamp.day is not None:
                days.add(stamp.day)
    return days


def month_of_titles(titles: Sequence[str]) -> date | None:
    """Return the first day of the month that exactly one title names (2026年11月, R8.11)."""
    months: set[date] = set()
    for title in titles:
        text = plain(title)
        era = _ERA_YEAR.search(text)
        plain_year = _YEAR.search(text)
        if era:
            number = 1 if era[2] == "元" else int(era[2])
            year, rest = ERAS[era[1]] + number, text[era.end() - 1 :]
        elif plain_year:
            year, rest = int(plain_year[1]), text[plain_year.start() + 4 :]
        else:
            continue
        month = _MONTH.search(rest)
        if month and year in YEARS:
            months.add(date(year, int(month[1]), 1))
    return months.pop() if len(months) == 1 else None
