"""What the resting pointer reads on the timeline."""

from __future__ import annotations

from ui.roster.change_marks import CHANGE_NAMES
from ui.roster.hits import Hit
from ui.roster.timeline_rows import TimelineRow, TimelineRows
from ui.translate import Render, format_date, format_hours
from ui.widgets.marks import DAY_OFF, absence_mark
from wfm.messages import Message, message
from wfm.model.roster import Duty
from wfm.model.time import format_clock


def tip(hit: Hit, rows: TimelineRows, language: str, render: Render) -> str:
    """Return the lines about what was hit, empty for nothing."""
    if not hit.agent:
        return ""
    row = rows.of(hit.agent)
    if hit.day is None:
        return "\n".join(_about_person(row, rows, language, render))
    lines = [f"{row.agent.name}  {format_date(hit.day, language, short=True)}"]
    day = rows.view.horizon.day_index(hit.day)
    duty = hit.duty if hit.duty is not None else row.duty_on(day)
    if duty is not None:
        lines += [render(text) for text in _about_shift(duty, rows)]
    elif day in row.absences:
        lines.append(render(absence_mark(row.absences[day].kind).name))
    elif rows.draft.planned:
        lines.append(render(DAY_OFF.name))
    if day in row.marks:
        lines.append(render(CHANGE_NAMES[row.marks[day]]))
    if day in row.locked_off:
        lines.append(render(message("Locked as a day off: a build leaves it free")))
    lines += [
        render(item.text)
        for item in rows.draft.broken.get(hit.agent, ())
        if item.shown and hit.day in item.days
    ]
    return "\n".join(lines)


def _about_person(row: TimelineRow, rows: TimelineRows, language: str, render: Render) -> list[str]:
    lines = [row.agent.name, row.agent.team]
    if rows.draft.planned:
        hours = message(
            "{worked} h of work, {left} h left to the weekly limit",
            worked=format_hours(row.minutes / 60, language),
            left=format_hours(row.headroom / 60, language),
        )
        lines.append(render(hours))
    lines += [render(item.text) for item in rows.draft.broken.get(row.agent.key, ()) if item.shown]
    return [line for line in lines if line]


def _about_shift(duty: Duty, rows: TimelineRows) -> list[Message]:
    times = f"{format_clock(duty.start)}–{format_clock(duty.end)}"
    name = next((kind.name for kind in rows.view.kinds if kind.key == duty.kind), duty.letter)
    found = [message("{shift}  {times}", shift=name, times=times)]
    found += [
        message("Break {start}–{end}", start=format_clock(item.start), end=format_clock(item.end))
        for item in sorted(duty.breaks, key=lambda item: item.start)
    ]
    if duty.locked:
        found.append(message("Locked: a build leaves it as it is"))
    return found
