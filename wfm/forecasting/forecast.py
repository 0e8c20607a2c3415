"""History → Forecast: the one entry that callers use, whatever the method."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.calendars import open_slots
from wfm.errors import WfmError
from wfm.forecasting.clock_changes import skipped_and_repeated
from wfm.forecasting.handling_time import ASSUMED_S, handling_times
from wfm.forecasting.methods import METHODS
from wfm.forecasting.notes import forecast_notes
from wfm.forecasting.past import past_days, spread_over, target_days
from wfm.forecasting.same_weekday import Method
from wfm.forecasting.uncertainty import quantiles
from wfm.messages import message
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Forecast, HistoryDay, Queue, SpecialDay

AUTO = "auto"


def method_named(key: str) -> Method:
    """Return the method of ``key`` (``auto``: the first of the registry, the default)."""
    if key == AUTO:
        return METHODS[0]
    for method in METHODS:
        if method.key == key:
            return method
    raise WfmError(
        message(
            "There is no forecast method “{method}”. There are: {methods}.",
            method=key,
            methods=", ".join([AUTO, *(item.key for item in METHODS)]),
        )
    )


def forecast(
    history: Sequence[HistoryDay],
    queue: Queue | None,
    horizon: Horizon,
    *,
    method: str = AUTO,
    special_days: Sequence[SpecialDay] = (),
    holidays: Container[date] = (),
    opening: NDArray[np.bool_] | None = None,
) -> Forecast:
    """Forecast contacts and handling time of one queue on every interval of ``horizon``.

    ``history`` may hold other queues, days after the horizon's start and intervals of any length;
    only earlier days of ``queue`` (or of its single queue when ``None``) count.  ``opening``, shape
    ``(horizon.slots,)``, overrides the queue's opening hours; with neither, no interval is closed.
    Past special days do not teach; coming ones multiply their minutes by ``factor``, and ``closed``
    ones make them 0.  Raises :class:`~wfm.errors.WfmError` without history.
    """
    chosen = method_named(method)
    past = past_days(history, horizon, queue, special_days, holidays)
    name = queue.key if queue else history[0].queue
    targets = target_days(horizon.dates, holidays, special_days, name)
    is_open = _opening(queue, horizon, opening, special_days, holidays)
    skipped, _ = skipped_and_repeated(horizon.dates, horizon)
    volume = np.maximum(chosen.volumes(past, targets), 0.0)
    volume = volume * _expectations(horizon, special_days, name)
    volume = np.where(is_open & ~skipped.ravel(), volume.ravel(), 0.0)
    lead_days = (horizon.start - past.days[-1]).days - 1
    bands = quantiles(chosen, past, volume, lead_days)
    aht = handling_times(past, targets)
    result = Forecast(
        queue=name,
        horizon=horizon,
        volume=_frozen(volume),
        aht_s=_frozen(np.full(horizon.slots, ASSUMED_S) if aht is None else aht.ravel()),
        quantiles={level: _frozen(band) for level, band in bands.items()},
        method=chosen.key,
    )
    return replace(
        result, notes=forecast_notes(past, targets, is_open, volume, aht_known=aht is not None)
    )


def _opening(
    queue: Queue | None,
    horizon: Horizon,
    opening: NDArray[np.bool_] | None,
    special_days: Sequence[SpecialDay],
    holidays: Container[date],
) -> NDArray[np.bool_]:
    if opening is not None:
        return opening
    if queue is None:
        return np.ones(horizon.slots, dtype=np.bool_)
    return open_slots(queue, horizon, holidays, special_days)


def _expectations(horizon: Horizon, special_days: Sequence[SpecialDay], queue: str) -> Floats:
    """Return the planner's factor per interval, shape ``(days, slots per day)``."""
    factors = np.ones((horizon.days, horizon.slots_per_day))
    for item in special_days:
        row = horizon.day_index(item.day)
        if 0 <= row < horizon.days and item.queue in ("", queue):
            factor = 0.0 if item.kind == "closed" else max(item.factor, 0.0)
            factors[row, spread_over(item, horizon.slot_minutes)] *= factor
    return factors


def _frozen(values: Floats) -> Floats:
    values.setflags(write=False)
    return values
