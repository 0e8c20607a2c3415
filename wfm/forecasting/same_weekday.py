"""What the methods share: the days of one class, and what stands in for a class never seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfm.forecasting.past import DAY_CLASSES, HOLIDAY, PastDays, TargetDays
from wfm.messages import Message
from wfm.model.workload import Floats

SUNDAY = 6
HOLIDAYS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Method:
    """A way to forecast contacts: ``volumes(past, targets)`` of shape ``(targets, slots)``."""

    key: str
    name: Message
    volumes: Callable[[PastDays, TargetDays], Floats]


DayProfile = Callable[[PastDays, int], Floats | None]
"""Contacts per interval of a day of a class, or ``None`` where the past has no such day."""


def by_day_class(past: PastDays, targets: TargetDays, profile: DayProfile) -> Floats:
    """Forecast each day by the profile of its class, or of the class that stands in for it.

    A holiday is forecast by the last eight holidays; without any, like a Sunday; without Sundays,
    like its weekday.  A weekday without history takes the mean of the other working days, a
    weekend day that of the other one; else the mean of all there is, else 0.
    """
    known: dict[int, Floats] = {}
    for day_class in DAY_CLASSES:
        found = _holiday(past) if day_class == HOLIDAY else profile(past, day_class)
        if found is not None:
            known[day_class] = found
    result = np.zeros((len(targets.days), past.offered.shape[1]))
    for row, (day, day_class) in enumerate(zip(targets.days, targets.classes, strict=True)):
        result[row] = _standing_in(known, int(day_class), day.weekday(), result.shape[1])
    return result


def _holiday(past: PastDays) -> Floats | None:
    found = past.latest(HOLIDAY, HOLIDAYS_KEPT)
    return past.offered[found].mean(axis=0) if len(found) else None


def _standing_in(known: dict[int, Floats], day_class: int, weekday: int, slots: int) -> Floats:
    order = [day_class]
    if day_class == HOLIDAY:
        order += [SUNDAY, weekday] if SUNDAY in known and known[SUNDAY].sum() > 0 else [weekday]
    for candidate in order:
        if candidate in known:
            return known[candidate]
    working = weekday < SUNDAY - 1
    alike = [item for key, item in known.items() if key != HOLIDAY and (key < 5) == working]
    similar = alike or list(known.values())
    return np.mean(similar, axis=0) if similar else np.zeros(slots)
