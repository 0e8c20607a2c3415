"""Quantiles of a forecast, from the errors it would have made at earlier origins.

Error of an interval = Poisson noise + an error of the level in proportion to the forecast:
Var = f + c² f².  c and the quantiles of the standardised errors are taken from the past.
"""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import PastDays, TargetDays
from wfm.forecasting.same_weekday import Method
from wfm.model.workload import Floats

LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
ORIGINS = 8
LEAST_DAYS = 21
LONGEST_LEAD_DAYS = 28

_NORMAL = (-1.2816, -0.6745, 0.0, 0.6745, 1.2816)
_ASSUMED_LEVEL_ERROR = 0.15
_ASSUMED_WEIGHT = 200.0
_WINSORISED = 0.99


def quantiles(
    method: Method, past: PastDays, volume: Floats, lead_days: int = 0
) -> dict[float, Floats]:
    """Return volumes of shape ``volume`` per level: monotone in the level, ≥ 0, 0 where closed.

    ``lead_days`` is the time between the end of the history and the first forecast day; earlier
    origins are tried at the same distance.  With little history normal errors of 15 % plus Poisson
    noise stand in, weighing as much as 200 observed intervals.
    """
    expected, actual = _past_errors(method, past, min(lead_days, LONGEST_LEAD_DAYS))
    spread = _level_error(expected, actual)
    normal = np.array(_NORMAL)
    weight = len(expected) / (len(expected) + _ASSUMED_WEIGHT)
    if len(expected):
        scaled = (actual - expected) / np.sqrt(expected + (spread * expected) ** 2)
        observed = np.quantile(scaled, LEVELS)
    else:
        observed = normal
    scores = weight * observed + (1 - weight) * normal
    sigma = np.sqrt(volume + (spread * volume) ** 2)
    return {
        level: np.maximum(volume + score * sigma, 0.0)
        for level, score in zip(LEVELS, scores, strict=True)
    }


def _past_errors(method: Method, past: PastDays, lead_days: int) -> tuple[Floats, Floats]:
    """Return what the method would have said and what came, for intervals with an expectation."""
    expected, actual = [], []
    last = int(past.ordinals[-1])
    for week in range(1, ORIGINS + 1):
        first = last + 1 - 7 * week
        count = int(np.searchsorted(past.ordinals, first - lead_days))
        if count == 0 or past.ordinals[count - 1] - past.ordinals[0] + 1 < LEAST_DAYS:
            break
        inside = (past.ordinals >= first) & (past.ordinals < first + 7) & past.ordinary
        rows = np.flatnonzero(inside)
        if len(rows):
            targets = TargetDays(tuple(past.days[row] for row in rows), past.classes[rows])
            said = method.volumes(past.before(count), targets)
            expected.append(_as_recorded(said, past.slots_per_record))
            actual.append(_as_recorded(past.offered[rows], past.slots_per_record))
    if not expected:
        return np.zeros(0), np.zeros(0)
    joined, came = np.concatenate(expected), np.concatenate(actual)
    return joined[joined > 0], came[joined > 0]


def _as_recorded(values: Floats, slots: int) -> Floats:
    """Return sums per recorded interval, flat: a record split evenly shows too little noise."""
    summed: Floats = values.reshape(len(values), -1, slots).sum(axis=2)
    return summed.ravel()


def _level_error(expected: Floats, actual: Floats) -> float:
    """Return c of Var = f + c² f², by moments with the largest errors winsorised."""
    square = float((expected**2).sum())
    prior = _ASSUMED_WEIGHT
    if not square:
        return _ASSUMED_LEVEL_ERROR
    error = (actual - expected) ** 2
    scaled = error / expected
    error = np.minimum(scaled, np.quantile(scaled, _WINSORISED)) * expected
    observed = max(float((error - expected).sum()), 0.0) / square
    weight = len(expected) / (len(expected) + prior)
    return float(np.sqrt(weight * observed + (1 - weight) * _ASSUMED_LEVEL_ERROR**2))
