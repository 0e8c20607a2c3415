"""Dates and times of day in the forms that reports use, read without guessing.

A :class:`Stamp` keeps what a cell says; whether 03/04/2026 is March or April, and which year
11/23 belongs to, is decided for a whole column by :mod:`wfm.imports.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from wfm.imports.figures import plain
from wfm.imports.workbook import Cell

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
WEEKDAYS = {
    **{sign: index for index, sign in enumerate("月火水木金土日")},
    **{name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
MONTHS = {
    name: index + 1
    for index, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
"""Spreadsheet day numbers of 2000-01-01 and 2099-12-31 (day 1 is 1900-01-01)."""
SERIAL_EPOCH = datetime(1899, 12, 30)
YEARS = range(1930, 2100)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one cell says of a date and a time of day.

    ``day`` is a date that is certain; ``parts`` are two numbers (month, day) or three whose order
    is not known.  ``minute`` … counts from midnight and may reach 48:00; ``end`` is the second
    time of "9:00-9:30"; ``offset`` are minutes east of UTC; ``number`` is a bare small integer
    that may be an hour or a period.  ``weekday`` is the one written beside the date.
    """

    day: date | None = None
    parts: tuple[int, ...] = ()
    weekday: int | None = None
    minute: int | None = None
    second: int = 0
    end: int | None = None
    end_second: int = 0
    offset: int | None = None
    number: int | None = None

    @property
    def has_date(self) -> bool:
        """Whether the cell names a day, certain or not."""
        return self.day is not None or bool(self.parts)


_ERA = re.compile(
    r"^(明治|大正|昭和|平成|令和|[mtshr](?=[\d元]))(\d{1,2}|元)[年./-](\d{1,2})[月./-](\d{1,2})日?",
    re.ASCII | re.IGNORECASE,
)
_YMD = re.compile(r"^(\d{4})(?:[-/.]|年\s*)(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})日?", re.ASCII)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=$|[\sT])", re.ASCII)
_NAMED = re.compile(r"^(\d{1,2})[-\s/]([a-z]{3,9})\.?[-\s/,]+(\d{4})", re.ASCII | re.IGNORECASE)
_NAMED_FIRST = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.ASCII | re.IGNORECASE)
_SHORT = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)", re.ASCII)
_MONTH_DAY = re.compile(r"^(\d{1,2})(?:/|月\s*)(\d{1,2})(?!\d|:)日?", re.ASCII)
_WEEKDAY = re.compile(
    r"^\s*(?:\(\s*)?(月|火|水|木|金|土|日|mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:曜日?)?\.?(?:・?祝)?"
    r"(?:\s*\))?(?=$|[\s,T\d])",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?:(午前|午後|am|pm)\s*)?(\d{1,2})(?:時台?(?:\s*(\d{1,2})分)?|:(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)"
    r"\s*(?:(am|pm|a\.m\.|p\.m\.)(?![a-z]))?",
    re.ASCII | re.IGNORECASE,
)
_HOUR = re.compile(
    r"^(?:(午前|午後|am|pm)\s*(\d{1,2})(?!\d)|(\d{1,2})\s*(am|pm))", re.ASCII | re.IGNORECASE
)
_OFFSET = re.compile(r"^\s*(z|utc|gmt)?\s*([+-]\d{2}:?\d{2})?$", re.ASCII | re.IGNORECASE)
_DECIMAL = re.compile(r"^(?:0?|\d{5})\.\d{1,15}$", re.ASCII)
_RANGE = re.compile(r"^\s*[-~〜–—―→]\s*")


def parse_stamp(cell: Cell) -> Stamp | None:
    """Return what a cell says of date and time, or ``None`` when it says neither."""
    match cell:
        case bool():
            return None
        case datetime():
            return _of_datetime(cell)
        case date():
            return Stamp(day=cell) if cell.year in YEARS else None
        case time():
            return Stamp(minute=cell.hour * 60 + cell.minute, second=cell.second)
        case timedelta():
            seconds = round(cell.total_seconds())
            return _clock(seconds) if 0 <= seconds <= 48 * 3600 else None
        case int() | float():
            return _of_number(float(cell))
    text = plain(cell)
    if _DECIMAL.match(text):
        return _of_number(float(text))
    return _of_text(text) if text and len(text) <= 80 else None


def _of_datetime(moment: datetime) -> Stamp | None:
    """Return the stamp of a typed cell; moments of 1900 are times of day past 24:00."""
    if moment.year < YEARS.start:
        return _clock(round((moment - SERIAL_EPOCH).total_seconds()) % (48 * 3600))
    if moment.year not in YEARS:
        return None
    if moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    if moment.time() == time(0):
        return Stamp(day=moment.date(), minute=None)
    return Stamp(day=moment.date(), minute=moment.hour * 60 + moment.minute, second=moment.second)


def _clock(seconds: int) -> Stamp:
    return Stamp(minute=seconds // 60, second=seconds % 60)


def _of_number(value: float) -> Stamp | None:
    """Return the stamp of a bare number: a fraction of a day, a day number, a date, an hour."""
    if 0 < value < 1:
        return _clock(round(value * 86_400))
    if FIRST_SERIAL <= value < LAST_SERIAL + 1:
        moment = SERIAL_EPOCH + timedelta(seconds=round(value * 86_400))
        return _of_datetime(moment)
    if value != int(value):
        return None
    if 0 <= value < 2_400 and value < 300:
        return Stamp(number=int(value))
    return _of_text(str(int(value))) if 0 < value < 100_000_000 else None


def _of_text(text: str) -> Stamp | None:
    """Return the stamp of a text in half-width signs."""
    stamp, rest = _date_part(text)
    if stamp is None:
        return None
    iso = stamp.has_date and rest.startswith("T")
    rest = rest.lstrip(" \tT,") if stamp.has_date else rest
    if not rest:
        return stamp if stamp.has_date else None
    return _time_part(stamp, rest, iso=iso)


def _date_part(text: str) -> tuple[Stamp | None, str]:
    """Return the date that a text starts with (an empty stamp if none) and what follows it."""
    front = _WEEKDAY.match(text)
    weekday = WEEKDAYS[front[1].lower()] if front else None
    body = text[front.end() :].lstrip(" ,") if front else text
    for reader in (_era, _year_first, _named, _short):
        found = reader(body)
        if found is not None:
            stamp, at = found
            if stamp is None:
                return None, ""
            behind = _WEEKDAY.match(body[at:])
            if behind:
                weekday, at = WEEKDAYS[behind[1].lower()], at + behind.end()
            return replace(stamp, weekday=weekday), body[at:]
    return Stamp(), text


_Found = tuple[Stamp | None, int] | None


def _day(year: int, month: int, day: int) -> Stamp | None:
    """Return a certain date, or ``None`` when there is no such day."""
    try:
        return Stamp(day=date(year, month, day)) if year in YEARS else None
    except ValueError:
        return None


def _era(text: str) -> _Found:
    found = _ERA.match(text)
    if not found:
        return None
    name = ERA_LETTERS.get(found[1].lower(), found[1])
    number = 1 if found[2] == "元" else int(found[2])
    return _day(ERAS[name] + number, int(found[3]), int(found[4])), found.end()


def _year_first(text: str) -> _Found:
    if found := _YMD.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3])), found.end()
    if found := _COMPACT.match(text):
        stamp = _day(int(found[1]), int(found[2]), int(found[3]))
        if stamp is None:  # 11232026, as some forecasting systems write it
            parts = (int(text[:2]), int(text[2:4]), int(text[4:8]))
            stamp = Stamp(parts=parts) if parts[2] in YEARS else None
        return stamp, found.end()
    return None


def _named(text: str) -> _Found:
    for pattern, day, month in ((_NAMED, 1, 2), (_NAMED_FIRST, 2, 1)):
        if found := pattern.match(text):
            number = MONTHS.get(found[month][:3].lower())
            if number:
                return _day(int(found[3]), number, int(found[day])), found.end()
    return None


def _short(text: str) -> _Found:
    if found := _SHORT.match(text):
        return Stamp(parts=(int(found[1]), int(found[2]), int(found[3]))), found.end()
    if found := _MONTH_DAY.match(text):
        month, day = int(found[1]), int(found[2])
        valid = 1 <= month <= 12 and 1 <= day <= 31
        return (Stamp(parts=(month, day)) if valid else None), found.end()
    return None


def _time_part(stamp: Stamp, text: str, *, iso: bool) -> Stamp | None:
    """Add the time, the range's end and the UTC offset that ``text`` holds.

    09:00-09:30 is a range; -05:00 is an offset behind a date in ISO 8601 form or with seconds.
    """
    if text.isascii() and text.isdigit():
        return _bare(stamp, text)
    found = _read_clock(text)
    if found is None:
        return None
    minute, second, rest = found
    stamp = replace(stamp, minute=minute, second=second)
    if not rest.strip():
        return stamp
    seconds = text[: len(text) - len(rest)].count(":") == 2
    if zone := _OFFSET.match(rest):
        dated = stamp.has_date and (iso or seconds)
        if not zone[2] or (stamp.has_date and zone[2][0] == "+") or (zone[2] and dated):
            return replace(stamp, offset=_minutes_east(zone[2]))
    dash = _RANGE.match(rest)
    if dash is None:
        return None
    rest = rest[dash.end() :]
    if not rest:
        return stamp
    second_stamp, after = _date_part(rest)
    if second_stamp is not None and second_stamp.has_date:
        rest = after.lstrip(" \tT,")
    ending = _read_clock(rest)
    if ending is None or ending[2].strip():
        return None
    end = ending[0] if ending[0] >= minute else ending[0] + 1440
    return replace(stamp, end=end, end_second=ending[1])


def _bare(stamp: Stamp, digits: str) -> Stamp | None:
    """Return the stamp of bare digits: 0930 is a time, 9 an hour or period, 46000 a day."""
    if len(digits) == 4 or (len(digits) == 3 and stamp.has_date):
        hour, minute = int(digits[:-2]), int(digits[-2:])
        if hour <= 48 and minute < 60:
            return replace(stamp, minute=hour * 60 + minute)
        return None
    if len(digits) <= 3:
        return replace(stamp, number=int(digits))
    if len(digits) == 5 and not stamp.has_date:
        value = int(digits)
        return _of_number(float(value)) if FIRST_SERIAL <= value <= LAST_SERIAL else None
    if len(digits) == 6:
        hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        if hour <= 48 and minute < 60 and second < 60:
            return replace(stamp, minute=hour * 60 + minute, second=second)
    return None


def _read_clock(text: str) -> tuple[int, int, str] | None:
    """Return (minutes, seconds, what follows) of the time that a text starts with."""
    found = _CLOCK.match(text)
    if found:
        hour, minute = int(found[2]), int(found[3] or found[4] or 0)
        second, half = int(found[5] or 0), (found[1] or found[6] or "")
    else:
        found = _HOUR.match(text)
        if not found:
            return None
        hour, minute, second = int(found[2] or found[3]), 0, 0
        half = found[1] or found[4]
    half = half.lower().replace(".", "")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half in {"午後", "pm"} else 0)
    if minute > 59 or second > 59 or hour * 60 + minute > 48 * 60:
        return None
    return hour * 60 + minute, second, text[found.end() :]


def _minutes_east(text: str | None) -> int:
    """Return +540 for +09:00 and 0 for Z."""
    if not text:
        return 0
    digits = text[1:].replace(":", "")
    return (-1 if text[0] == "-" else 1) * (int(digits[:2]) * 60 + int(digits[2:]))
