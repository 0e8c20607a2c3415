"""A planner's own numbers in a forecast: entered, scaled, or spread from the total of a day.

Every way of changing a forecast ends in one :class:`ForecastEdit`, the new numbers of some
intervals, which :func:`edited` checks and applies.  The quantiles stay those of the method: they
say how far the planner's number lies from what the history suggests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.errors import WfmError
from wfm.forecasting.handling_time import ASSUMED_S
from wfm.messages import Message, message
from wfm.model.time import Horizon, format_clock
from wfm.model.workload import Floats, Forecast, Queue

VOLUME, AHT = "volume", "aht_s"
MEASURES = (VOLUME, AHT)
MOST_CONTACTS = 100_000.0
LONGEST_AHT_S = 86_400.0
_PLACES = 4

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ForecastEdit:
    """New numbers of one measure by interval; ``words`` name the change in the log."""

    measure: str
    numbers: Mapping[int, float]
    words: Message


def numbers_of(forecast: Forecast, measure: str) -> Floats:
    """Return the numbers of ``volume`` or ``aht_s``, shape ``(slots,)``."""
    return forecast.volume if measure == VOLUME else forecast.aht_s


def entered(
    forecast: Forecast, queue: Queue, measure: str, numbers: Mapping[int, float]
) -> ForecastEdit:
    """Return the edit that writes a number into each of some intervals."""
    current = numbers_of(forecast, measure)
    changed = {slot: value for slot, value in numbers.items() if current[slot] != value}
    return ForecastEdit(measure, numbers, _entered_words(forecast, queue, measure, changed))


def scaled(
    forecast: Forecast, queue: Queue, measure: str, slots: Iterable[int], percent: float
) -> ForecastEdit:
    """Return the edit that raises (or lowers) some intervals by a percentage, 10 = a tenth more.

    Raises :class:`~wfm.errors.WfmError` for a fall by more than 100 %.
    """
    if not math.isfinite(percent) or not -100 <= percent <= 1000:
        raise WfmError(
            message(
                "A change of {percent} % is not possible: enter −100 to 1,000.", percent=percent
            )
        )
    current = numbers_of(forecast, measure)
    numbers = {slot: _rounded(current[slot] * (1 + percent / 100)) for slot in slots}
    words = message(
        "Change the forecast of {queue} by {percent} % in {count} interval",
        plural="Change the forecast of {queue} by {percent} % in {count} intervals",
        queue=queue.name or queue.key,
        percent=percent,
        count=len(numbers),
    )
    return ForecastEdit(measure, numbers, words)


def day_total(
    forecast: Forecast, queue: Queue, day: int, total: float, is_open: Bools
) -> ForecastEdit:
    """Return the edit that gives a day (by its place in the horizon) a total of contacts.

    The total is spread in the shape of the day's numbers, evenly over the opening hours where they
    are all 0.  Raises :class:`~wfm.errors.WfmError` for a day on which the queue is closed.
    """
    horizon = forecast.horizon
    place = horizon.dates[day]
    _refuse_impossible(VOLUME, total, place, MOST_CONTACTS * horizon.slots_per_day)
    first = day * horizon.slots_per_day
    slots = [slot for slot in range(first, first + horizon.slots_per_day) if is_open[slot]]
    if not slots:
        raise WfmError(
            message(
                "{place}: the queue is closed all day, so the day takes no contacts. Change its"
                " opening hours first.",
                place=place,
            )
        )
    shape = forecast.volume[slots]
    share = shape / shape.sum() if shape.sum() > 0 else np.full(len(slots), 1 / len(slots))
    numbers = dict(zip(slots, (share * total).tolist(), strict=True))
    words = message(
        "Set the forecast of {queue} on {day} to {total} contacts",
        queue=queue.name or queue.key,
        day=horizon.dates[day].isoformat(),
        total=round(total, 1),
    )
    return ForecastEdit(VOLUME, numbers, words)


def put_back(
    forecast: Forecast, made: Forecast, queue: Queue, measure: str, slots: Iterable[int]
) -> ForecastEdit:
    """Return the edit that gives some intervals the method's numbers again."""
    numbers = {slot: float(numbers_of(made, measure)[slot]) for slot in slots}
    current = numbers_of(forecast, measure)
    words = message(
        "Put {count} interval of {queue} back to the method's forecast",
        plural="Put {count} intervals of {queue} back to the method's forecast",
        count=sum(current[slot] != value for slot, value in numbers.items()),
        queue=queue.name or queue.key,
    )
    return ForecastEdit(measure, numbers, words)


def edited(forecast: Forecast, edit: ForecastEdit, is_open: Bools) -> Forecast:
    """Return the forecast with the edit's numbers.

    Raises :class:`~wfm.errors.WfmError`, naming the place, for a negative number, one beyond all
    measure, and one that would put contacts where the queue is closed.
    """
    horizon = forecast.horizon
    values = numbers_of(forecast, edit.measure).copy()
    most = MOST_CONTACTS if edit.measure == VOLUME else LONGEST_AHT_S
    for slot, value in edit.numbers.items():
        if values[slot] == value:
            continue
        _refuse_impossible(edit.measure, value, place_of(horizon, slot), most)
        if not is_open[slot]:
            raise WfmError(
                message(
                    "{place}: the queue is closed then, so it takes no numbers. Change its opening"
                    " hours first.",
                    place=place_of(horizon, slot),
                )
            )
        values[slot] = value
    values.setflags(write=False)
    if edit.measure == VOLUME:
        return replace(forecast, volume=values)
    return replace(forecast, aht_s=values)


def blank_forecast(queue: Queue, horizon: Horizon) -> Forecast:
    """Return a forecast to be filled by hand: no contacts, the assumed handling time."""
    volume, aht_s = np.zeros(horizon.slots), np.full(horizon.slots, ASSUMED_S)
    for values in (volume, aht_s):
        values.setflags(write=False)
    return Forecast(queue.key, horizon, volume, aht_s)


def place_of(horizon: Horizon, slot: int) -> Message:
    """Return day and time of an interval, as a planner finds it."""
    day, minute = horizon.slot_label(slot)
    return message("{day} {time}", context="place", day=day, time=format_clock(minute))


def _refuse_impossible(measure: str, value: float, place: Message | date, most: float) -> None:
    least_missed = value < 0 if measure == VOLUME else value <= 0
    if math.isfinite(value) and not least_missed and value <= most:
        return
    if measure == VOLUME:
        raise WfmError(
            message(
                "{place}: {value} cannot be a number of contacts. Enter 0 to {most}.",
                place=place,
                value=value,
                most=most,
            )
        )
    raise WfmError(
        message(
            "{place}: {value} cannot be a handling time. Enter more than 0 and at most {most}"
            " seconds.",
            place=place,
            value=value,
            most=most,
        )
    )


def _entered_words(
    forecast: Forecast, queue: Queue, measure: str, numbers: Mapping[int, float]
) -> Message:
    """Return the undo text: one interval with its numbers, one day, or a count."""
    name, days = (
        queue.name or queue.key,
        {slot // forecast.horizon.slots_per_day for slot in numbers},
    )
    if len(numbers) == 1:
        return _single_words(forecast, name, measure, *next(iter(numbers.items())))
    if len(days) == 1:
        day = forecast.horizon.dates[days.pop()]
        return _counted_on_day(measure, name, day.isoformat(), len(numbers))
    return _counted(measure, name, len(numbers))


def _single_words(forecast: Forecast, queue: str, measure: str, slot: int, value: float) -> Message:
    day, minute = forecast.horizon.slot_label(slot)
    before, after = round(float(numbers_of(forecast, measure)[slot]), 1), round(value, 1)
    if measure == VOLUME:
        return message(
            "Change the forecast of {queue}, {day} {time}, from {before} to {after}",
            queue=queue,
            day=day.isoformat(),
            time=format_clock(minute),
            before=before,
            after=after,
        )
    return message(
        "Change the handling time of {queue}, {day} {time}, from {before} to {after} s",
        queue=queue,
        day=day.isoformat(),
        time=format_clock(minute),
        before=before,
        after=after,
    )


def _counted_on_day(measure: str, queue: str, day: str, count: int) -> Message:
    if measure == VOLUME:
        return message(
            "Change the forecast of {queue}, {day}, in {count} interval",
            plural="Change the forecast of {queue}, {day}, in {count} intervals",
            queue=queue,
            day=day,
            count=count,
        )
    return message(
        "Change the handling time of {queue}, {day}, in {count} interval",
        plural="Change the handling time of {queue}, {day}, in {count} intervals",
        queue=queue,
        day=day,
        count=count,
    )


def _counted(measure: str, queue: str, count: int) -> Message:
    if measure == VOLUME:
        return message(
            "Change the forecast of {queue} in {count} interval",
            plural="Change the forecast of {queue} in {count} intervals",
            queue=queue,
            count=count,
        )
    return message(
        "Change the handling time of {queue} in {count} interval",
        plural="Change the handling time of {queue} in {count} intervals",
        queue=queue,
        count=count,
    )


def _rounded(value: float) -> float:
    """Return a number without the dust of floating point, so that undo texts read well."""
    return float(round(value, _PLACES))
