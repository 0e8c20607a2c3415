"""Spans of the day as planners write them: 9-18, 9:00-18:00, 10～19, 22-31, 9時～18時, 18-."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE

Windows = tuple[tuple[int, int], ...]

NOT_A_SPAN = message("this is not a span of the day such as 9:00-18:00")
TURNED_INTO_DATE = message(
    "the spreadsheet turned this cell into a date; format it as text and write 9:00-18:00"
)

_TIME = r"(\d{1,2})(?:[:時](\d{1,2})?分?|(\d{2})(?=\D|$))?"
_SPAN = re.compile(rf"^{_TIME}[-~〜–—―−ー]{_TIME}$", re.ASCII)
_FROM = re.compile(rf"^{_TIME}(?:[-~〜–—―−ー]|以降|から)$", re.ASCII)
_UNTIL = re.compile(rf"^(?:[-~〜–—―−ー]{_TIME}|{_TIME}(?:まで|以前))$", re.ASCII)
_HALVES = {"午前": (0, 720), "am": (0, 720), "午後": (720, 1440), "pm": (720, 1440)}


def folded(cell: Cell) -> str:
    """Return a cell's text in one width, lower case and without spaces."""
    text = unicodedata.normalize("NFKC", cell_text(cell)).lower()
    return "".join(text.split())


def parse_span(cell: Cell) -> tuple[int, int] | Message:
    """Return (start, end) in minutes of the operating date; an end before the start is next day's.

    Returns the reason when the cell is no span.
    """
    if isinstance(cell, date | datetime):
        return TURNED_INTO_DATE
    found = _SPAN.match(folded(cell))
    if not found:
        return NOT_A_SPAN
    start, end = _minute(found.groups()[:3]), _minute(found.groups()[3:])
    if start is None or end is None:
        return NOT_A_SPAN
    if end <= start:
        end += DAY_MINUTES
    if start >= DAY_MINUTES or end > LATEST_MINUTE or end - start > DAY_MINUTES:
        return NOT_A_SPAN
    return start, end


def parse_windows(cell: Cell) -> Windows | Message:
    """Return the windows of a cell with one or several spans (9-13, 15-18; 18-; -15; 午前)."""
    if isinstance(cell, date | datetime | time):
        return TURNED_INTO_DATE
    windows: list[tuple[int, int]] = []
    for part in re.split(r"[,、;/・&\n]+", unicodedata.normalize("NFKC", cell_text(cell)).lower()):
        text = "".join(part.split())
        if not text:
            continue
        window = _HALVES.get(text) or _one_sided(text) or parse_span(text)
        if isinstance(window, Message):
            return window
        windows.append(window)
    return tuple(sorted(windows)) if windows else NOT_A_SPAN


def _one_sided(text: str) -> tuple[int, int] | None:
    """Return the window of "18-" or "-15", or ``None``."""
    if found := _FROM.match(text):
        start = _minute(found.groups())
        return None if start is None or start >= DAY_MINUTES else (start, DAY_MINUTES)
    if found := _UNTIL.match(text):
        parts = found.groups()
        end = _minute(parts[:3] if parts[0] else parts[3:])
        return None if not end else (0, end)
    return None


def parse_minute(cell: Cell) -> int | Message:
    """Return the minute of a time of day: 9:00, 9, 900, 22:00, 31:00, or a typed cell."""
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * DAY_MINUTES)
    found = re.fullmatch(_TIME + r"(?::00)?", folded(cell), re.ASCII)
    minute = _minute(found.groups()) if found else None
    return message("this is no time of day such as 9:00") if minute is None else minute


def _minute(parts: tuple[str | None, ...]) -> int | None:
    """Return the minutes of (hour, minutes, minutes without colon), or ``None``."""
    hour, minute = int(parts[0] or 0), int(parts[1] or parts[2] or 0)
    total = hour * 60 + minute
    return total if minute < 60 and total <= LATEST_MINUTE else None
