"""As last week: the last usable same weekday, unchanged."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import PastDays, TargetDays
from wfm.forecasting.same_weekday import Method, by_day_class
from wfm.messages import message
from wfm.model.workload import Floats


def _profile(past: PastDays, day_class: int) -> Floats | None:
    found = past.latest(day_class, 1)
    return np.mean(past.offered[found], axis=0) if len(found) else None


def _volumes(past: PastDays, targets: TargetDays) -> Floats:
    return by_day_class(past, targets, _profile)


LAST_WEEK = Method(
    "last_week",
    message("Copy of the last same weekday", context="forecast method"),
    _volumes,
)
