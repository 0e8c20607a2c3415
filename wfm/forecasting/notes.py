"""What the reader of a forecast should know about how it came about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecasting.handling_time import ASSUMED_S
from wfm.forecasting.past import HOLIDAY, PastDays, TargetDays
from wfm.messages import Message, message
from wfm.model.workload import Floats

SHORT_HISTORY_DAYS = 28
OLD_HISTORY_DAYS = 14


def forecast_notes(
    past: PastDays,
    targets: TargetDays,
    is_open: NDArray[np.bool_],
    volume: Floats,
    *,
    aht_known: bool,
) -> tuple[Message, ...]:
    """Return notes on short or old history, left-out days, stand-ins, closed days and AHT.

    ``is_open`` and ``volume`` have shape ``(targets × slots per day,)``.
    """
    by_day = is_open.reshape(len(targets.days), -1)
    open_days: NDArray[np.bool_] = np.any(by_day, axis=1)
    return (
        *_history_notes(past, targets),
        *_stand_in_notes(past, targets, open_days),
        *_closed_notes(open_days, volume.reshape(by_day.shape)),
        *(() if aht_known else (_aht_note(),)),
    )


def _history_notes(past: PastDays, targets: TargetDays) -> list[Message]:
    notes = []
    usable = int(past.usable.sum())
    if usable < SHORT_HISTORY_DAYS:
        notes.append(
            message(
                "Short history: only {count} usable day.",
                plural="Short history: only {count} usable days.",
                count=usable,
            )
        )
    gap = (targets.days[0] - past.days[-1]).days - 1
    if gap >= OLD_HISTORY_DAYS:
        notes.append(
            message(
                "The history ends on {day}, {count} day before the forecast begins.",
                plural="The history ends on {day}, {count} days before the forecast begins.",
                day=past.days[-1].isoformat(),
                count=gap,
            )
        )
    unusual = [
        day
        for day, left_out in zip(past.days, past.usable & ~past.ordinary, strict=True)
        if left_out
    ]
    if unusual:
        notes.append(
            message(
                "{count} unusual day in the history does not match its weekday: {days}.",
                plural="{count} unusual days in the history do not match their weekday: {days}.",
                count=len(unusual),
                days=", ".join(day.isoformat() for day in unusual[-5:]),
            )
        )
    return notes


def _stand_in_notes(
    past: PastDays, targets: TargetDays, open_days: NDArray[np.bool_]
) -> list[Message]:
    seen = set(past.classes[past.usable].tolist())
    unseen = [
        day
        for day, day_class, is_open in zip(targets.days, targets.classes, open_days, strict=True)
        if is_open and int(day_class) not in seen and int(day_class) != HOLIDAY
    ]
    notes = []
    if any(targets.classes[open_days] == HOLIDAY) and HOLIDAY not in seen:
        notes.append(
            message("The history holds no public holiday: holidays are forecast like Sundays.")
        )
    if unseen:
        notes.append(
            message(
                "{count} day has a weekday without history and takes the mean of similar ones.",
                plural="{count} days have a weekday without history and take the mean of similar"
                " ones.",
                count=len(unseen),
            )
        )
    return notes


def _closed_notes(open_days: NDArray[np.bool_], volume: Floats) -> list[Message]:
    notes = []
    closed = int((~open_days).sum())
    if closed:
        notes.append(
            message(
                "{count} day of the forecast is closed.",
                plural="{count} days of the forecast are closed.",
                count=closed,
            )
        )
    if open_days.any() and not volume.any():
        notes.append(message("The history holds no contacts in the opening hours."))
    return notes


def _aht_note() -> Message:
    return message(
        "The history records no handling times: {seconds} s per contact are assumed.",
        seconds=round(ASSUMED_S),
    )
