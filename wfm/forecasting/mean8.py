"""Mean of the last eight usable same weekdays."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import PastDays, TargetDays
from wfm.forecasting.same_weekday import Method, by_day_class
from wfm.messages import message
from wfm.model.workload import Floats


def _profile(past: PastDays, day_class: int) -> Floats | None:
    found = past.latest(day_class, 8)
    return np.mean(past.offered[found], axis=0) if len(found) else None


def _volumes(past: PastDays, targets: TargetDays) -> Floats:
    return by_day_class(past, targets, _profile)


MEAN8 = Method(
    "mean8",
    message("Mean of 8 same weekdays", context="forecast method"),
    _volumes,
)
