"""Back-test: how well a method would have forecast the past, from weekly origins."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.calendars import is_closed_day
from wfm.forecasting.methods import METHODS
from wfm.forecasting.past import HOLIDAY, PastDays, TargetDays, past_days
from wfm.forecasting.same_weekday import Method
from wfm.model.time import Horizon
from wfm.model.workload import Floats, HistoryDay, Queue, SpecialDay

LEAST_TRAINING_DAYS = 28


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Error of a method ``lead_weeks`` ahead, as shares of the contacts that came.

    ``wape`` = Σ|actual - forecast| ÷ Σ actual over intervals, ``day_wape`` the same over days;
    ``bias`` = Σ(forecast - actual) ÷ Σ actual; ``floor`` is the interval WAPE that Poisson noise
    alone leaves to a perfect forecast.  All are NaN without scored contacts.
    """

    method: str
    lead_weeks: int
    origins: int
    days: int
    wape: float
    day_wape: float
    bias: float
    floor: float


def backtest(
    history: Sequence[HistoryDay],
    queue: Queue | None = None,
    *,
    methods: Sequence[Method] = METHODS,
    slot_minutes: int = 30,
    zone: str = "Asia/Tokyo",
    lead_weeks: int = 2,
    training_days: int = LEAST_TRAINING_DAYS,
    special_days: Sequence[SpecialDay] = (),
    holidays: Container[date] = (),
) -> tuple[Accuracy, ...]:
    """Return the accuracy of each method, forecasting the ``lead_weeks``-th week from each Monday.

    Each origin sees only what came before it, at least ``training_days`` calendar days.  Special,
    closed and incomplete days and public holidays are not scored.  Raises
    :class:`~wfm.errors.WfmError` without history.
    """
    after = max((item.day for item in history), default=date(2000, 1, 1)) + timedelta(days=1)
    horizon = Horizon(after, 1, slot_minutes, zone)
    past = past_days(history, horizon, queue, special_days, holidays)
    scored = past.usable & (past.classes != HOLIDAY)
    if queue is not None:
        scored &= [not is_closed_day(queue, day, holidays, special_days) for day in past.days]
    else:
        scored &= past.ordinary | (past.offered.sum(axis=1) > 0)
    folds = _folds(past, scored, lead_weeks, training_days)
    return tuple(_accuracy(method, past, folds, lead_weeks) for method in methods)


def _folds(
    past: PastDays, scored: np.ndarray, lead_weeks: int, training_days: int
) -> list[tuple[PastDays, np.ndarray]]:
    """Return per weekly origin the days known then and the positions of the days to score."""
    folds = []
    first = past.days[0] + timedelta(days=training_days)
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday <= past.days[-1]:
        origin = monday.toordinal()
        count = int(np.searchsorted(past.ordinals, origin))
        week = origin + 7 * (lead_weeks - 1)
        rows = np.flatnonzero(scored & (past.ordinals >= week) & (past.ordinals < week + 7))
        if count and len(rows):
            folds.append((past.before(count).judged(), rows))
        monday += timedelta(days=7)
    return folds


def _accuracy(
    method: Method, past: PastDays, folds: list[tuple[PastDays, np.ndarray]], lead_weeks: int
) -> Accuracy:
    expected: list[Floats] = []
    actual: list[Floats] = []
    for known, rows in folds:
        targets = TargetDays(tuple(past.days[row] for row in rows), past.classes[rows])
        expected.append(method.volumes(known, targets))
        actual.append(past.offered[rows])
    said = np.concatenate(expected) if expected else np.zeros((0, 1))
    came = np.concatenate(actual) if actual else np.zeros((0, 1))
    total = float(came.sum()) or np.nan
    return Accuracy(
        method=method.key,
        lead_weeks=lead_weeks,
        origins=len(folds),
        days=len(came),
        wape=float(np.abs(came - said).sum()) / total,
        day_wape=float(np.abs(came.sum(axis=1) - said.sum(axis=1)).sum()) / total,
        bias=float((said - came).sum()) / total,
        floor=float(poisson_deviation(said).sum()) / total,
    )


def poisson_deviation(mean: Floats) -> Floats:
    """Return E|N - λ| of Poisson counts: 2 e^-λ λ^(⌊λ⌋ + 1) ÷ ⌊λ⌋! (Crow 1958), any shape."""
    whole = np.floor(mean).astype(np.int64)
    log_factorial = np.concatenate(
        [[0.0], np.cumsum(np.log(np.arange(1, whole.max(initial=0) + 1)))]
    )
    positive = np.maximum(mean, 1e-300)
    logs = (whole + 1) * np.log(positive) - mean - log_factorial[whole]
    deviation: Floats = 2 * np.exp(logs)
    return deviation
