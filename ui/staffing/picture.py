"""What heat map, table, curve and list show of a week's required staff."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ui.forecast.picture import Speech, column_heads
from ui.forecast.words import agent_hours
from ui.models.interval_model import GridContent
from ui.plots.time_axis import TimeScale
from ui.staffing.day_curve import DayContent
from ui.staffing.heat import DayFigure
from ui.translate import format_day, format_hours, format_number, format_weekday
from ui.widgets.interval_cells import ColumnHead
from ui.widgets.queue_list import QueueRow
from wfm.calendars.day_grid import DayGrid
from wfm.messages import Message, message
from wfm.model.time import Horizon, format_clock
from wfm.model.workload import Goal
from wfm.services.staffing_state import QueueStaffing, StaffingWeek

ALL = ""
"""Key of all queues together."""


def week_grid(week: StaffingWeek, queue: str) -> DayGrid:
    """Return the rows of a sheet: every interval from the first opening to the last closing."""
    is_open = np.zeros(week.horizon.slots, dtype=np.bool_)
    for item in week.queues:
        if queue in (ALL, item.queue.key):
            is_open |= item.is_open
    places = DayGrid.around(week.horizon, is_open).places
    return DayGrid(week.horizon, tuple(range(places[0], places[-1] + 1)))


def opening_of(week: StaffingWeek, queue: str) -> np.ndarray:
    """Return which intervals are open, of a queue or of any."""
    shown = [item.is_open for item in week.queues if queue in (ALL, item.queue.key)]
    return np.any(shown, axis=0) if shown else np.zeros(week.horizon.slots, dtype=np.bool_)


def heat_content(
    week: StaffingWeek, queue: str, grid: DayGrid, speech: Speech, *, shrinkage: bool
) -> GridContent:
    """Return days × intervals with shades."""
    table = table_content(week, queue, grid, speech, shrinkage=shrinkage)
    days = tuple(format_day(day, speech.language) for day in week.horizon.dates)
    return GridContent(
        values=table.values.T,
        rows=days,
        columns=grid.labels,
        editable=table.editable.T,
        decimals=1,
        tint=None if table.tint is None else table.tint.T,
        read_only=True,
    )


def table_content(
    week: StaffingWeek, queue: str, grid: DayGrid, speech: Speech, *, shrinkage: bool
) -> GridContent:
    """Return intervals × days, for reading and copying."""
    values = np.asarray(grid.sheet(week.agents(queue, shrinkage=shrinkage)), dtype=np.float64)
    most = float(values.max(initial=0.0))
    return GridContent(
        values=values,
        rows=grid.labels,
        columns=tuple(format_day(day, speech.language) for day in week.horizon.dates),
        editable=np.asarray(grid.sheet(opening_of(week, queue)), dtype=np.bool_),
        decimals=1,
        tint=values / most if most > 0 else None,
        read_only=True,
    )


def day_heads(week: StaffingWeek, speech: Speech) -> list[ColumnHead]:
    """Return the heads of the days."""
    return column_heads(week.horizon, week.holidays, (), speech)


def day_figures(
    week: StaffingWeek, queue: str, speech: Speech, *, shrinkage: bool
) -> list[DayFigure]:
    """Return agent-hours per day beside those of the week before."""
    now = week.hours_by_day(queue, shrinkage=shrinkage)
    before = week.hours_by_day(queue, shrinkage=shrinkage, before=True)
    return [
        DayFigure(
            format_hours(hours, speech.language),
            speech.render(message("last {hours}", hours=format_hours(past, speech.language)))
            if week.knows_before
            else "",
        )
        for hours, past in zip(now.tolist(), before.tolist(), strict=True)
    ]


def day_content(week: StaffingWeek, queue: str, grid: DayGrid, day: int) -> DayContent:
    """Return the curve of one day."""
    horizon = week.horizon
    part = slice(day * horizon.slots_per_day, (day + 1) * horizon.slots_per_day)
    one = Horizon(horizon.dates[day], 1, horizon.slot_minutes, horizon.zone)
    return DayContent(
        scale=TimeScale(one, *grid.span),
        rostered=week.agents(queue)[part],
        agents=week.agents(queue, shrinkage=False)[part],
        is_open=opening_of(week, queue)[part],
        before=week.agents(queue, before=True)[part] if week.knows_before else None,
    )


def staffing_rows(week: StaffingWeek, speech: Speech) -> list[QueueRow]:
    """Return a row for all queues together, then one per queue with its goals."""
    rows = [_row(item, week, speech) for item in week.queues]
    if len(rows) < 2:
        return rows
    hours = float(week.hours_by_day().sum())
    figure = speech.render(agent_hours(hours, speech.language)) if week.has_requirement else ""
    name = speech.render(message("All queues"))
    note = speech.render(message("{count} queue", plural="{count} queues", count=len(week.queues)))
    return [QueueRow(ALL, name, "", figure, _last_week(week, ALL, speech) or note), *rows]


def _row(item: QueueStaffing, week: StaffingWeek, speech: Speech) -> QueueRow:
    render, queue = speech.render, item.queue
    note, tone = _goals_short(item, speech), "muted"
    if item.problem is not None:
        note, tone = render(item.problem), "bad"
    elif item.forecast is None:
        note, tone = render(message("no forecast yet")), "warn"
    elif item.stale:
        note, tone = render(message("out of date")), "warn"
    figure = ""
    if item.requirement is not None:
        hours = float(week.hours_by_day(queue.key).sum())
        figure = render(agent_hours(hours, speech.language))
    return QueueRow(
        queue.key, queue.name or queue.key, queue.channel, figure, note, tone,
        tip="\n".join(filter(None, [note, _last_week(week, queue.key, speech)])),
    )  # fmt: skip


def _last_week(week: StaffingWeek, queue: str, speech: Speech) -> str:
    if not week.knows_before:
        return ""
    hours = float(week.hours_by_day(queue, before=True).sum())
    return speech.render(message("last week {hours}", hours=agent_hours(hours, speech.language)))


def _goals_short(item: QueueStaffing, speech: Speech) -> str:
    """Return a queue's goals as planners write them."""
    queue, language = item.queue, speech.language
    if queue.channel in ("mail", "social"):
        hours = format_number(queue.response_minutes / 60, language, 1)
        return speech.render(message("answer within {hours} h", hours=hours))
    if queue.channel == "outbound":
        return speech.render(
            message(
                "busy at most {percent} %",
                percent=format_number(queue.max_occupancy * 100, language),
            )
        )
    return " · ".join(speech.render(_goal(goal, language)) for goal in queue.goals)


def _goal(goal: Goal, language: str) -> Message:
    percent = format_number(goal.target * 100, language, 1)
    if goal.kind == "answer_rate":
        return message("answer rate {percent} %", percent=percent)
    if goal.kind == "asa":
        return message("ASA {seconds} s", seconds=format_number(goal.target, language))
    seconds = format_number(goal.threshold_s, language)
    return message("{percent} % in {seconds} s", percent=percent, seconds=seconds)


def place_words(horizon: Horizon, slot: int, speech: Speech) -> str:
    """Return weekday, day and time of an interval: its begin and end."""
    day, minute = horizon.slot_label(slot)
    weekday = format_weekday(day, speech.language)
    times = f"{format_clock(minute)}–{format_clock(minute + horizon.slot_minutes)}"
    return speech.render(
        message(
            "{day} ({weekday}) {times}", day=f"{day.month}/{day.day}", weekday=weekday, times=times
        )
    )


def figure_words(rostered: float, agents: float, speech: Speech) -> str:
    """Return an interval's agents: to roster, and present after shrinkage."""
    language = speech.language
    return speech.render(
        message(
            "{rostered} to roster, {agents} present",
            rostered=format_number(rostered, language, 1),
            agents=format_number(agents, language, 1),
        )
    )


def shares(week: StaffingWeek, slot: int, speech: Speech) -> Sequence[str]:
    """Return what each queue needs in an interval, for all of them together."""
    return [
        speech.render(
            message(
                "{queue}: {figure}",
                queue=item.queue.name or item.queue.key,
                figure=figure_words(
                    float(item.requirement.rostered[slot]),
                    float(item.requirement.agents[slot]),
                    speech,
                ),
            )
        )
        for item in week.queues
        if item.requirement is not None and item.requirement.rostered[slot] > 0
    ]
