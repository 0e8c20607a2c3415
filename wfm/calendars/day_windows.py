"""Spans of a day as sets of minutes: adding, cutting out, and how much of a span they cover."""

from __future__ import annotations

from collections.abc import Iterable

from wfm.model.time import LATEST_MINUTE

Windows = tuple[tuple[int, int], ...]
"""(start, end) in minutes after midnight of the operating date; an end may lie past 24:00."""


def merged(windows: Iterable[tuple[int, int]]) -> Windows:
    """Return the same minutes as windows in order that neither touch nor overlap."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def added(windows: Iterable[tuple[int, int]], start: int, end: int) -> Windows:
    """Return the windows with the minutes from ``start`` to ``end`` added."""
    return merged([*windows, (start, end)])


def removed(windows: Iterable[tuple[int, int]], start: int, end: int) -> Windows:
    """Return the windows without the minutes from ``start`` to ``end``."""
    kept: list[tuple[int, int]] = []
    for first, last in windows:
        kept += [(first, min(last, start)), (max(first, end), last)]
    return merged(kept)


def covered_minutes(windows: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """Return how many minutes from ``start`` to ``end`` lie inside the windows."""
    return sum(max(0, min(last, end) - max(first, start)) for first, last in merged(windows))


Day = Windows | None
"""The hours of one day of availability: windows, none at all, or ``None`` for any time."""


def painted(day: Day, start: int, end: int, shown_end: int) -> Day:
    """Return a day with a span added; one that covers all up to ``shown_end`` is open any time."""
    if day is None:
        return None
    windows = added(day, start, end)
    return None if covered_minutes(windows, 0, shown_end) == shown_end else windows


def erased(day: Day, start: int, end: int, shown_end: int) -> Windows:
    """Return a day without a span; what lies wholly after ``shown_end`` does not stay alone."""
    whole: Windows = ((0, LATEST_MINUTE),)
    windows = removed(whole if day is None else day, start, end)
    return windows if covered_minutes(windows, 0, shown_end) else ()


def holds(day: Day, start: int, end: int) -> bool:
    """Tell whether every minute of a span is open."""
    return day is None or covered_minutes(day, start, end) == end - start
