"""Where each row stands in local time: dates, times, periods, zones, and what a label names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wfm.imports.acd.outcome import Context, Question
from wfm.imports.acd.table import Table, fill_down
from wfm.imports.dates import days_of_titles, settle_days
from wfm.imports.moments import Stamp, parse_stamp
from wfm.imports.options import FINE_LENGTHS, Choices
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import message

DAY = 1440
NOT_A_TIME = message("this is neither a date nor a time that can be read")


@dataclass(slots=True)
class Timeline:
    """Per row the label in local minutes since 0001-01-01 (ordinal 0 × 1440), and a length.

    ``lengths`` is 0 where the row itself does not tell; ``repeated`` marks labels that a clock
    change makes happen twice, ``skipped`` those that it skips; ``labels_end`` says that labels
    name the interval's end.
    """

    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    repeated: NDArray[np.bool_]
    skipped: NDArray[np.bool_]
    labels_end: bool = False
    questions: list[Question] = field(default_factory=list)


def read_timeline(table: Table, choices: Choices, context: Context) -> Timeline:
    """Return where the rows of a table stand; rows that cannot be placed are refused."""
    count = len(table.rows)
    timeline = Timeline(
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.bool_),
        np.zeros(count, np.bool_),
    )
    sources = _sources(table)
    if not sources:
        timeline.questions.append(
            Question("columns", message("No column holds the date and time of the intervals."))
        )
        return timeline
    dates, dated_by, times, timed_by = _date_and_time(sources)
    if dates is None and not days_of_titles(table.header.titles):
        timeline.questions.append(
            Question("columns", message("No column and no title holds the date."))
        )
        return timeline
    day_numbers = _day_numbers(table, dates, dated_by, choices, timeline)
    minutes = _minutes(table, times, timed_by, choices, context, timeline)
    if timeline.questions:
        return timeline
    timeline.labels = day_numbers * DAY + minutes
    timeline.labels_end = (
        choices.get("interval_label") or ("end" if timed_by == "interval_end" else "start")
    ) == "end"
    _end_times(sources, times, timed_by, timeline)
    _to_local(table, timed_by, times, choices, context, timeline)
    return timeline


def _sources(table: Table) -> dict[str, list[Stamp | None]]:
    """Return the stamps of every column that may hold dates or times."""
    stamps: dict[str, list[Stamp | None]] = {}
    known: dict[tuple[type, Cell], Stamp | None] = {}
    for column in ("date", "interval_start", "time", "interval_end"):
        cells = fill_down(table, column) if column == "date" else table.cells(column)
        if cells is None:
            continue
        read: list[Stamp | None] = []
        for cell in cells:
            key = (cell.__class__, cell)
            if key not in known:
                known[key] = parse_stamp(cell)
            read.append(known[key])
        stamps[column] = read
    return stamps


def _date_and_time(
    sources: dict[str, list[Stamp | None]],
) -> tuple[list[Stamp | None] | None, str, list[Stamp | None], str]:
    """Choose the columns that carry the date and the time of day."""
    order = ("date", "interval_start", "time", "interval_end")
    present = [name for name in order if name in sources]
    dated = [name for name in present if any(item and item.has_date for item in sources[name])]
    timed = [
        name
        for name in ("interval_start", "time", "date", "interval_end")
        if name in sources
        and any(
            item and (item.minute is not None or item.number is not None) for item in sources[name]
        )
    ]
    dated_by = dated[0] if dated else ""
    timed_by = timed[0] if timed else dated_by or present[0]
    return (sources[dated_by] if dated_by else None), dated_by, sources[timed_by], timed_by


def _day_numbers(
    table: Table,
    stamps: Sequence[Stamp | None] | None,
    column: str,
    choices: Choices,
    timeline: Timeline,
) -> NDArray[np.int64]:
    """Return the ordinal of each row's date; refuse rows without one."""
    numbers = np.zeros(len(table.rows), np.int64)
    if stamps is None:
        days = days_of_titles(table.header.titles)
        if len(days) != 1:
            timeline.questions.append(
                Question("columns", message("No column and no title holds the date."))
            )
        else:
            numbers[:] = next(iter(days)).toordinal()
        return numbers
    titles = (*table.header.titles, table.sheet.name)
    name = table.name(column)
    settled = settle_days(
        stamps,
        titles,
        choices.get("date_order", column=name),
        choices.number("year"),
    )
    if settled.asks:
        timeline.questions.append(
            _date_question(settled.asks, settled.choices, name, settled.example)
        )
        return numbers
    cells = table.cells(column) or []
    for position, value in enumerate(settled.values):
        if value is None:
            table.refuse(position, column, cell_text(cells[position]), NOT_A_TIME)
        elif hasattr(value, "toordinal"):
            numbers[position] = value.toordinal()
        else:
            table.refuse(position, column, cell_text(cells[position]), value)
    return numbers


def _date_question(
    asks: str, possible: tuple[str, ...], column: str, example: tuple[int, ...]
) -> Question:
    """Return the question about an order or a year."""
    shown = "/".join(str(part) for part in example)
    if asks == "year":
        text = message(
            "Dates such as {example} in “{column}” have no year. Set the mapping option “year”.",
            example=shown,
            column=column,
        )
    else:
        text = message(
            "Dates such as {example} in “{column}” can be read in more than one way."
            " Set the mapping option “date_order”.",
            example=shown,
            column=column,
        )
    return Question(asks, text, possible, column, shown)


def _minutes(
    table: Table,
    stamps: Sequence[Stamp | None],
    column: str,
    choices: Choices,
    context: Context,
    timeline: Timeline,
) -> NDArray[np.int64]:
    """Return the minute of the day of each label; refuse rows without one."""
    minutes = np.zeros(len(table.rows), np.int64)
    timed = any(item and (item.minute is not None or item.number is not None) for item in stamps)
    if not timed and len(stamps) > 1:
        timeline.questions.append(
            Question(
                "columns",
                message(
                    "“{column}” names days but no time of day. Intervals of 5 to 60 minutes are"
                    " needed; export the report by interval.",
                    column=table.name(column),
                ),
            )
        )
        return minutes
    numbers = {item.number for item in stamps if item and item.number is not None}
    base, step = _number_meaning(numbers, choices, context, table, column, timeline)
    cells = table.cells(column) or []
    for position, item in enumerate(stamps):
        if item is None:
            if position not in table.refused:
                table.refuse(position, column, cell_text(cells[position]), NOT_A_TIME)
        elif item.minute is not None:
            minutes[position] = item.minute
        elif item.number is not None:
            minute = (item.number - base) * step
            if 0 <= minute <= 2 * DAY:
                minutes[position] = minute
            elif position not in table.refused:
                table.refuse(position, column, cell_text(cells[position]), NOT_A_TIME)
    return minutes


def _number_meaning(
    numbers: set[int],
    choices: Choices,
    context: Context,
    table: Table,
    column: str,
    timeline: Timeline,
) -> tuple[int, int]:
    """Return (first number, minutes per step) of bare numbers: hours 0-23, hours 1-24, periods."""
    length = choices.number("interval_minutes") or 0
    chosen = choices.get("hour_base")
    if not numbers:
        return 0, 60
    if chosen in {"0", "1"}:
        return int(chosen), 60
    if chosen == "period":
        return 1, length or context.interval_minutes
    if max(numbers) <= 23 or (0 in numbers and max(numbers) <= 36):
        return 0, 60
    if max(numbers) == 24:
        table.notes.append(
            message(
                "Hours 1 to 24 in “{column}” were read as 0:00 to 23:00.", column=table.name(column)
            )
        )
        return 1, 60
    full = {DAY // step: step for step in (30, 15, 5)}
    if length or (max(numbers) in full and 1 in numbers):
        length = length or full[max(numbers)]
        table.notes.append(
            message(
                "Numbers in “{column}” were read as periods of {minutes} minutes from 0:00.",
                column=table.name(column),
                minutes=length,
            )
        )
        return 1, length
    timeline.questions.append(_period_question(table.name(column), max(numbers)))
    return 1, context.interval_minutes


def _period_question(column: str, example: int) -> Question:
    """Return the question about the length of numbered periods."""
    text = message(
        "Periods such as {example} in “{column}” do not tell their length."
        " Set the mapping option “interval_minutes”.",
        example=example,
        column=column,
    )
    return Question("interval_minutes", text, ("5", "15", "30", "60"), column, str(example))


def _end_times(
    sources: dict[str, list[Stamp | None]],
    times: Sequence[Stamp | None],
    timed_by: str,
    timeline: Timeline,
) -> None:
    """Fill in the lengths that rows tell themselves, by "9:00-9:30" or by an end column.

    An end may be inclusive (9:29 or 9:29:59 for 9:30).
    """
    ends = sources.get("interval_end") if timed_by != "interval_end" else None
    for position, start in enumerate(times):
        if start is None or start.minute is None:
            continue
        end, second = start.end, start.end_second
        other = ends[position] if ends else None
        if end is None and other is not None and other.minute is not None:
            end, second = other.minute, other.second
        if end is None:
            continue
        length = (end - start.minute) % DAY
        if second >= 59 or length not in FINE_LENGTHS:
            length += 1
        if length in FINE_LENGTHS:
            timeline.lengths[position] = length


def _to_local(
    table: Table,
    column: str,
    times: Sequence[Stamp | None],
    choices: Choices,
    context: Context,
    timeline: Timeline,
) -> None:
    """Turn labels with an offset, or of another zone, into the site's wall clock."""
    labels = timeline.labels
    offsets = np.array(
        [DAY * 10 if item is None or item.offset is None else item.offset for item in times],
        dtype=np.int64,
    )
    aware = offsets != DAY * 10
    utc = labels - np.where(aware, offsets, 0)
    other = choices.get("zone") or ("UTC" if "utc" in table.name(column).lower() else "")
    valid = labels > DAY * 365
    if other and other != context.zone:
        plain = ~aware & valid
        utc[plain] = _utc_minutes(labels[plain], other)
        aware |= plain
    aware &= valid
    if aware.any():
        local, folds = _local_minutes(utc[aware], context.zone)
        labels[aware] = local
        timeline.repeated[aware] = folds
        table.notes.append(
            message("Times were turned into the clock of {zone}.", zone=context.zone)
        )
    rest = valid & ~aware
    if rest.any():
        timeline.repeated[rest], timeline.skipped[rest] = _clock_changes(
            labels[rest] - timeline.labels_end, context.zone
        )


def _at(minute: int) -> datetime:
    return datetime(1, 1, 1) + timedelta(minutes=minute - DAY)


def _minute(moment: datetime) -> int:
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def _utc_minutes(labels: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Return UTC minutes of wall-clock minutes in ``zone``."""
    values, back = np.unique(labels, return_inverse=True)
    site = ZoneInfo(zone)
    moments = [_at(int(value)).replace(tzinfo=site).astimezone(UTC) for value in values]
    return np.array([_minute(moment) for moment in moments], dtype=np.int64)[back]


def _local_minutes(
    utc: NDArray[np.int64], zone: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the wall clock of UTC minutes, and which wall times happen twice."""
    values, back = np.unique(utc, return_inverse=True)
    site = ZoneInfo(zone)
    moments = [_at(int(value)).replace(tzinfo=UTC).astimezone(site) for value in values]
    local = np.array([_minute(moment) for moment in moments], dtype=np.int64)
    twice = np.array([_happens_twice(moment.replace(tzinfo=None), site) for moment in moments])
    return local[back], twice[back]


def _clock_changes(
    labels: NDArray[np.int64], zone: str
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which wall-clock labels happen twice in ``zone`` and which never happen."""
    site = ZoneInfo(zone)
    days = np.unique(labels // DAY)
    changing = [
        int(day)
        for day in days
        if site.utcoffset(_at(int(day) * DAY)) != site.utcoffset(_at(int(day + 1) * DAY))
    ]
    suspects = np.isin(labels // DAY, changing)
    twice, never = np.zeros(len(labels), np.bool_), np.zeros(len(labels), np.bool_)
    for position in np.flatnonzero(suspects):
        moment = _at(int(labels[position]))
        twice[position] = _happens_twice(moment, site)
        never[position] = _never_happens(moment, site)
    return twice, never


def _happens_twice(moment: datetime, site: ZoneInfo) -> bool:
    """Tell whether a wall time happens twice: its second occurrence has the smaller offset."""
    early, late = _offsets(moment, site)
    return early > late


def _never_happens(moment: datetime, site: ZoneInfo) -> bool:
    """Tell whether the clock skips a wall time (PEP 495: the offsets are swapped)."""
    early, late = _offsets(moment, site)
    return early < late


def _offsets(moment: datetime, site: ZoneInfo) -> tuple[timedelta, timedelta]:
    """Return the UTC offsets of a wall time for both folds."""
    early = moment.replace(tzinfo=site, fold=0).utcoffset()
    late = moment.replace(tzinfo=site, fold=1).utcoffset()
    assert early is not None
    assert late is not None
    return early, late
