"""What is wrong with the hours that somebody typed for a day, in words."""

from __future__ import annotations

from itertools import pairwise

from wfm.calendars.day_windows import Windows
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE, format_clock


def window_fault(start: int, end: int) -> Message | None:
    """Return why ``start``–``end`` is no span of a day, ``None`` where it is one."""
    first, last = format_clock(start), format_clock(end)
    if not 0 <= start < DAY_MINUTES:
        return message("Hours begin between 0:00 and 23:59, not at {start}.", start=first)
    if end == start:
        return message("{start}–{end} has no length.", start=first, end=last)
    if end < start:
        return message(
            "{start}–{end} ends before it begins; past midnight it is written {start}–{later}.",
            start=first,
            end=last,
            later=format_clock(end + DAY_MINUTES),
        )
    if end > LATEST_MINUTE:
        return message("{end} is later than 48:00.", end=last)
    return None


def windows_fault(windows: Windows) -> Message | None:
    """Return the first thing wrong with a day's windows: one of them, or two that overlap."""
    for start, end in windows:
        fault = window_fault(start, end)
        if fault is not None:
            return fault
    for (first, last), (start, end) in pairwise(sorted(windows)):
        if start < last:
            return message(
                "{first}–{last} and {start}–{end} overlap.",
                first=format_clock(first),
                last=format_clock(last),
                start=format_clock(start),
                end=format_clock(end),
            )
    return None
