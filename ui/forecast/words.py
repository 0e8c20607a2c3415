"""How queues, days and numbers of demand are put into words, for forecast and staffing alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ui.translate import Render, format_number, format_percent, format_weekday
from wfm.forecasting import Accuracy
from wfm.forecasting.editing import VOLUME
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.model.workload import Queue, SpecialDay

MEASURE_NAMES = {
    "volume": message("Contacts", context="measure"),
    "aht_s": message("Handling time (AHT)", context="measure"),
}
SPECIAL_NAMES = {
    "holiday": message("Holiday", context="special day"),
    "closed": message("Closed", context="special day"),
    "outage": message("Outage", context="special day"),
    "campaign": message("Campaign", context="special day"),
    "missing": message("Records missing", context="special day"),
}
PUBLIC_HOLIDAY = 7
_MONDAY = date(2024, 1, 1)


def contacts(number: float, language: str, decimals: int = 0) -> Message:
    """Return a number of contacts with its unit."""
    shown = format_number(number, language, decimals)
    return message("{number} contacts", context="volume", number=shown)


def seconds(number: float, language: str) -> Message:
    """Return a handling time with its unit."""
    return message("{number} s", context="handling time", number=format_number(number, language))


def measured(measure: str, number: float, language: str) -> Message:
    """Return a number of a measure with its unit."""
    return contacts(number, language) if measure == VOLUME else seconds(number, language)


def agent_hours(hours: float, language: str) -> Message:
    """Return agent-hours with their unit."""
    return message("{number} agent-hours", number=format_number(hours, language, 1, fixed=True))


def special_words(item: SpecialDay, render: Render, language: str) -> str:
    """Return what a special day is called in a column's head: its name, hours and factor."""
    kind = render(SPECIAL_NAMES.get(item.kind, SPECIAL_NAMES["campaign"]))
    words = [item.name or kind]
    if (item.start, item.end) != (0, 1440):
        words.append(f"{format_clock(item.start)}–{format_clock(item.end)}")
    if item.kind == "closed":
        words += [kind] if item.name else []
    elif item.factor != 1.0:
        words.append(f"×{format_number(item.factor, language, 2)}")
    return " ".join(words)


def day_notes(
    day: date,
    holidays: Mapping[date, str],
    special_days: tuple[SpecialDay, ...],
    render: Render,
    language: str,
) -> str:
    """Return what is special about a day, empty for an ordinary one."""
    found = [holidays[day]] if day in holidays else []
    found += [special_words(item, render, language) for item in special_days if item.day == day]
    return " · ".join(found)


def error_words(accuracy: Accuracy, language: str) -> Message:
    """Return a method's error of daily totals, short."""
    return message("error {percent} a day", percent=format_percent(accuracy.day_wape, language))


def error_tip(accuracy: Accuracy, language: str) -> Message:
    """Return what a method's error means, with its own neighbours to judge it by."""
    return message(
        "Forecast two weeks ahead over the last {count} days, the daily totals missed by {day} and"
        " the intervals by {interval} on average (chance alone: {floor}).",
        count=accuracy.days,
        day=format_percent(accuracy.day_wape, language),
        interval=format_percent(accuracy.wape, language),
        floor=format_percent(accuracy.floor, language),
    )


def opening_words(queue: Queue, render: Render, language: str) -> str:
    """Return a queue's opening hours, weekdays with equal hours together."""
    groups: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for weekday in range(7):
        groups.setdefault(tuple(queue.opening.get(weekday, ())), []).append(weekday)
    parts = [
        f"{_days(weekdays, render, language)} {_hours(windows, render)}"
        for windows, weekdays in groups.items()
    ]
    if PUBLIC_HOLIDAY in queue.opening:
        holiday = render(message("public holidays", context="opening hours"))
        parts.append(f"{holiday} {_hours(tuple(queue.opening[PUBLIC_HOLIDAY]), render)}")
    return render(message("Open {hours}", hours=" / ".join(parts)))


def _days(weekdays: list[int], render: Render, language: str) -> str:
    """Return weekdays in order, runs of three and more as a span."""
    if len(weekdays) == 7:
        return render(message("every day", context="opening hours"))
    names = [format_weekday(_MONDAY + timedelta(days=item), language) for item in range(7)]
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    texts = [
        f"{names[run[0]]}–{names[run[-1]]}"
        if len(run) > 2
        else ("・" if language == "ja" else ", ").join(names[item] for item in run)
        for run in runs
    ]
    return ("・" if language == "ja" else ", ").join(texts)


def _hours(windows: tuple[tuple[int, int], ...], render: Render) -> str:
    if not windows:
        return render(message("closed", context="opening hours"))
    return ", ".join(f"{format_clock(start)}–{format_clock(end)}" for start, end in windows)
