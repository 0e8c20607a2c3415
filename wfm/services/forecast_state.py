"""A week's forecasts and what to judge them by: recent weeks, special days, own numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from wfm.forecasting.editing import AHT, VOLUME, Bools
from wfm.history.handling import ratio
from wfm.history.recent import PastWeek, recent_weeks, weekly_totals
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Forecast, HistoryDay, Queue, SpecialDay
from wfm.persistence import Store
from wfm.services.calendar import read_calendar
from wfm.services.centre import kept
from wfm.services.forecasting import made_by_method, own_slots

COMPARED_WEEKS = 4
LOOK_BACK_WEEKS = 12
"""How far back the compared weeks may lie, and how many weekly totals are told."""


@dataclass(frozen=True, slots=True)
class QueueForecast:
    """One queue's forecast of a week in its context.

    ``is_open``, ``own_volume`` and ``own_aht`` have shape ``(slots,)``; ``own`` marks the planner's
    own numbers against ``made``, the forecast as its method made it.  ``recent`` are the last weeks
    with records, newest first; ``totals`` (first day, contacts) the last full weeks, oldest first.
    """

    queue: Queue
    is_open: Bools
    forecast: Forecast | None
    made: Forecast | None
    own_volume: Bools
    own_aht: Bools
    recent: tuple[PastWeek, ...]
    totals: tuple[tuple[date, float], ...]
    special_days: tuple[SpecialDay, ...]
    has_history: bool

    @property
    def made_mark(self) -> int:
        """A number that tells one making of the forecast from another; edits do not change it."""
        if self.forecast is None:
            return 0
        bands = tuple(band.tobytes() for band in self.forecast.quantiles.values())
        return hash((self.forecast.method, bands))

    def own(self, measure: str) -> Bools:
        """Return which numbers of a measure are the planner's own."""
        return self.own_volume if measure == VOLUME else self.own_aht

    def with_forecast(self, forecast: Forecast) -> QueueForecast:
        """Return the same context around other numbers of the planner's own."""
        return replace(
            self,
            forecast=forecast,
            own_volume=own_slots(self.made, forecast, VOLUME),
            own_aht=own_slots(self.made, forecast, AHT),
        )

    @property
    def total(self) -> float:
        """Contacts of the horizon; NaN without a forecast."""
        return float("nan") if self.forecast is None else float(self.forecast.volume.sum())

    @property
    def usual_total(self) -> float:
        """Mean contacts of the last four full weeks; NaN without any."""
        last = [total for _, total in self.totals[-COMPARED_WEEKS:]]
        return float(np.mean(last)) if last else float("nan")

    def by_day(self, measure: str) -> Floats:
        """Return contacts per day, or mean handling seconds of a day's contacts; shape ``(days,)``.

        Raises ``ValueError`` without a forecast.
        """
        if self.forecast is None:
            raise ValueError("a queue without a forecast has no days to sum up")
        days = self.forecast.horizon.days
        volume = self.forecast.volume.reshape(days, -1)
        if measure == VOLUME:
            return np.asarray(volume.sum(axis=1))
        return ratio(
            (volume * self.forecast.aht_s.reshape(days, -1)).sum(axis=1), volume.sum(axis=1)
        )

    def usual(self, measure: str) -> Floats:
        """Return a measure's mean over the compared weeks that recorded it; NaN elsewhere."""
        rows = [week.volume if measure == VOLUME else week.aht_s for week in self.recent]
        if not rows:
            return np.full(len(self.is_open), np.nan)
        known = np.isfinite(rows)
        return ratio(np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0))


@dataclass(frozen=True, slots=True)
class ForecastWeek:
    """The forecasts of all queues on one horizon, with its public holidays."""

    horizon: Horizon
    queues: tuple[QueueForecast, ...]
    holidays: dict[date, str]

    @property
    def has_history(self) -> bool:
        """Whether any queue has contact history to forecast from."""
        return any(item.has_history for item in self.queues)

    @property
    def has_forecast(self) -> bool:
        """Whether any queue has a forecast of this horizon."""
        return any(item.forecast is not None for item in self.queues)

    def of(self, queue: str) -> QueueForecast | None:
        """Return the entry of a queue."""
        return next((item for item in self.queues if item.queue.key == queue), None)

    def replaced(self, entry: QueueForecast) -> ForecastWeek:
        """Return the week with another entry of one queue."""
        return replace(
            self,
            queues=tuple(
                entry if item.queue.key == entry.queue.key else item for item in self.queues
            ),
        )


def forecast_state(store: Store, horizon: Horizon) -> ForecastWeek:
    """Read a week's forecasts and what to judge them by."""
    centre = read_calendar(store, horizon)
    stored = {item.queue: item for item in kept(store, Forecast, horizon)}
    since = horizon.start - timedelta(weeks=LOOK_BACK_WEEKS)
    history: dict[str, list[HistoryDay]] = {queue.key: [] for queue in centre.queues}
    for day in store.where(HistoryDay, since=since, until=horizon.start):
        history.setdefault(day.queue, []).append(day)
    queues = []
    for queue in centre.queues:
        current = stored.get(queue.key)
        made = made_by_method(store, current) if current is not None else None
        days = history[queue.key]
        nobody = np.zeros(horizon.slots, dtype=np.bool_)
        queues.append(
            QueueForecast(
                queue=queue,
                is_open=centre.opening(queue),
                forecast=current,
                made=made,
                own_volume=nobody if current is None else own_slots(made, current, VOLUME),
                own_aht=nobody if current is None else own_slots(made, current, AHT),
                recent=recent_weeks(days, horizon, COMPARED_WEEKS, LOOK_BACK_WEEKS),
                totals=weekly_totals(days, horizon.start, LOOK_BACK_WEEKS),
                special_days=centre.special_in(queue.key),
                has_history=bool(days)
                or bool(store.where(HistoryDay, queue=queue.key, until=horizon.start)),
            )
        )
    inside = set(horizon.dates)
    holidays = {day: name for day, name in centre.holidays.items() if day in inside}
    return ForecastWeek(horizon, tuple(queues), holidays)
