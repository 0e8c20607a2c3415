"""Draws the recorded history of the sample's queues: contacts, abandonment, waits and handling.

Counts are Poisson around a gamma-distributed level (days and intervals); the share that gives up
grows with the load over what was planned for.  Waiting times follow from P(abandon) = E(wait) ÷
patience, exact for exponential patience (Erlang A), and an exponential wait of those who wait.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

import numpy as np

from wfm.model.time import days_from
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay, Queue, SpecialDay
from wfm.samples.contacts import INTERVAL_MINUTES, SLOTS, Expectation, curve, expectation
from wfm.samples.tables import Table, Tables

_MOST_ABANDON = 0.6
_HANDLE_SCV = 0.6
"""Squared coefficient of variation of one handling time, about that of real calls."""
_AHT_DAY_NOISE = 0.015


def history(
    tables: Tables,
    queues: Sequence[Queue],
    first: date,
    as_of: date,
    holidays: Container[date],
    special_days: Sequence[SpecialDay],
    *,
    scale: float,
    seed: int,
) -> tuple[HistoryDay, ...]:
    """Return the half-hourly history of every queue from ``first`` to the day before ``as_of``.

    Days on which a queue is closed have no record, as in the files of a telephone system.
    """
    days = tuple(days_from(first, (as_of - first).days))
    result = []
    for place, queue in enumerate(queues):
        rng = np.random.default_rng([seed, place])
        expected = expectation(tables, queue, days, as_of, holidays, special_days, scale)
        columns = _columns(tables, queue, expected, days, special_days, rng)
        result += _records(tables, queue, days, expected, columns)
    return tuple(result)


def _records(
    tables: Tables,
    queue: Queue,
    days: Sequence[date],
    expected: Expectation,
    columns: dict[str, Floats],
) -> list[HistoryDay]:
    source = tables.text(tables.centre["texts"]["source"])
    for values in columns.values():
        values.setflags(write=False)
    return [
        HistoryDay(
            queue=queue.key,
            day=day,
            interval_minutes=INTERVAL_MINUTES,
            columns={name: columns[name][place] for name in HISTORY_COLUMNS},
            threshold_s=threshold(queue),
            source=source,
        )
        for place, day in enumerate(days)
        if expected.likely[place].any()
    ]


def threshold(queue: Queue) -> float:
    """Return the T that the queue's ``answered_within`` is counted for."""
    return next(goal.threshold_s for goal in queue.goals if goal.kind == "service_level")


def _columns(
    tables: Tables,
    queue: Queue,
    expected: Expectation,
    days: Sequence[date],
    special_days: Sequence[SpecialDay],
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return every history column, shape ``(days, 48)``."""
    row = tables.contacts[queue.key]
    level = _gamma(rng, row["day_noise"], (len(days), 1)) * _gamma(
        rng, row["interval_noise"], (len(days), SLOTS)
    )
    intensity = expected.likely * level
    offered = rng.poisson(intensity).astype(np.float64)
    leaving = _abandon(tables, row, intensity, expected.planned, days, special_days, rng)
    abandoned = rng.binomial(offered.astype(np.int64), leaving).astype(np.float64)
    answered = offered - abandoned
    patience = queue.patience_s or row["wait_scale_s"]
    mean_wait = leaving * patience if queue.patience_s else np.full(leaving.shape, patience)
    scale = float(row["wait_scale_s"])
    late = np.minimum(mean_wait / scale, 0.97) * np.exp(-threshold(queue) / scale)
    lost_wait = np.minimum(scale, patience / 2)
    answered_wait = np.maximum(mean_wait - leaving * lost_wait, 0.5) / (1 - leaving)
    aht = row["aht_s"] * curve(row["aht_hours"]) * _gamma(rng, _AHT_DAY_NOISE, (len(days), 1))
    return {
        "offered": offered,
        "answered": answered,
        "abandoned": abandoned,
        "answered_within": rng.binomial(answered.astype(np.int64), 1 - late).astype(np.float64),
        "wait_answered_s": _sum_of(rng, answered, answered_wait, 2.0),
        "wait_abandoned_s": _sum_of(rng, abandoned, np.full(leaving.shape, lost_wait), 1.0),
        "handle_s": _sum_of(rng, answered, aht, _HANDLE_SCV),
    }


def _abandon(
    tables: Tables,
    row: Table,
    intensity: Floats,
    planned: Floats,
    days: Sequence[date],
    special_days: Sequence[SpecialDay],
    rng: np.random.Generator,
) -> Floats:
    """Return the probability to give up per interval, shape ``(days, 48)``."""
    staffing = tables.contacts["staffing"]
    staffed = planned * _gamma(rng, staffing["day_noise"], (len(days), 1))
    load = np.divide(intensity, staffed, out=np.ones_like(intensity), where=staffed > 0)
    share = row["abandon"] * curve(staffing["busy_hours"]) * load ** staffing["steepness"]
    for item in special_days:
        place = (item.day - days[0]).days
        if item.kind == "outage" and 0 <= place < len(days):
            hit = slice(item.start // INTERVAL_MINUTES, item.end // INTERVAL_MINUTES)
            share[place, hit] = row["abandon"] * tables.contacts["outage"]["abandon_factor"]
    limited: Floats = np.minimum(share, _MOST_ABANDON)
    return limited


def _gamma(rng: np.random.Generator, variation: float, shape: tuple[int, int]) -> Floats:
    """Return gamma noise of mean 1 with the given coefficient of variation."""
    return rng.gamma(variation**-2, variation**2, shape)


def _sum_of(rng: np.random.Generator, count: Floats, mean: Floats, scv: float) -> Floats:
    """Return whole seconds of a sum of ``count`` gamma times of that mean; 0 for none."""
    shape = np.where(count > 0, count / scv, 1.0)
    return np.where(count > 0, np.round(rng.gamma(shape) * mean * scv), 0.0)
