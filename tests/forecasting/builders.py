"""Histories for tests: a queue with a weekly pattern, as clean or noisy as asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from wfm.model.workload import Floats, HistoryDay

MONDAY = date(2026, 5, 4)
WEEKDAYS = (1.3, 1.1, 1.0, 0.9, 1.2, 0.6, 0.4)


def shape(interval: int = 30, start: int = 540, end: int = 1260) -> Floats:
    """A day's shape with its peak at 13:00, summing to 1, 0 outside ``start … end``."""
    middle = (np.arange(1440 // interval) + 0.5) * interval
    rate = np.where((middle > start) & (middle < end), np.exp(-(((middle - 780) / 240) ** 2)), 0.0)
    result: Floats = rate / rate.sum()
    return result


def history(
    days: int,
    *,
    first: date = MONDAY,
    interval: int = 30,
    daily: float = 1000.0,
    seed: int | None = None,
    aht_s: float = 300.0,
    change: Callable[[date, Floats], Floats] = lambda _, values: values,
    queue: str = "q",
) -> list[HistoryDay]:
    """Return consecutive days with weekday factors; Poisson counts where a seed is given."""
    rng = np.random.default_rng(seed)
    result = []
    for number in range(days):
        day = first + timedelta(days=number)
        values = daily * WEEKDAYS[day.weekday()] * shape(interval)
        if seed is not None:
            values = rng.poisson(values * rng.gamma(400, 1 / 400)).astype(np.float64)
        values = change(day, values)
        columns = {"offered": values, "answered": values, "handle_s": values * aht_s}
        result.append(HistoryDay(queue, day, interval, columns))
    return result
