"""Median of the last six usable same weekdays, interval by interval."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import PastDays, TargetDays
from wfm.forecasting.same_weekday import Method, by_day_class
from wfm.messages import message
from wfm.model.workload import Floats


def _profile(past: PastDays, day_class: int) -> Floats | None:
    found = past.latest(day_class, 6)
    if not len(found):
        return None
    median: Floats = np.median(past.offered[found], axis=0)
    return median


def _volumes(past: PastDays, targets: TargetDays) -> Floats:
    return by_day_class(past, targets, _profile)


MEDIAN6 = Method(
    "median6",
    message("Median of 6 same weekdays", context="forecast method"),
    _volumes,
)
