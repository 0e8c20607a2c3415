"""Expected handling time by weekday and time of day, from sums and never from averages."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import HOLIDAY, PastDays, TargetDays
from wfm.model.workload import Floats

ASSUMED_S = 300.0
"""Handling seconds of a contact where the history records none."""

LEVEL_HALF_LIFE_WEEKS = 3.0
SHAPE_HALF_LIFE_WEEKS = 12.0
INTERVAL_CONTACTS = 200.0
WEEKDAY_CONTACTS = 1000.0
"""Contacts with the average handling time that an interval or weekday is taken to have had."""

_ODD_RATIO = 3.0


def handling_times(past: PastDays, targets: TargetDays) -> Floats | None:
    """Return seconds per contact, shape ``(targets, slots)``; ``None`` where none were recorded.

    Level (Σ handle ÷ Σ answered, half-life 3 weeks) × weekday factor × interval factor (half-life
    12 weeks), the factors drawn to 1 by pseudo-contacts so that few contacts say little.
    """
    kept = np.flatnonzero(past.usable)
    kept = kept if len(kept) else np.arange(len(past.days))
    answered, handled = past.answered[kept], past.handle_s[kept]
    known = ~np.isnan(answered) & ~np.isnan(handled)
    answered, handled = np.where(known, answered, 0.0), np.where(known, handled, 0.0)
    contacts, seconds = answered.sum(axis=1), handled.sum(axis=1)
    if contacts.sum() <= 0 or seconds.sum() <= 0:
        return None
    sane = _sane(contacts, seconds)
    weeks = (past.ordinals[kept].max() - past.ordinals[kept]) / 7
    recent = sane * np.exp2(-weeks / LEVEL_HALF_LIFE_WEEKS)
    slow = sane * np.exp2(-weeks / SHAPE_HALF_LIFE_WEEKS)
    level = float((recent @ seconds) / (recent @ contacts))
    long_level = float((slow @ seconds) / (slow @ contacts))
    by_interval = _factor(slow @ handled, slow @ answered, long_level, INTERVAL_CONTACTS)
    by_class = np.ones(HOLIDAY + 1)
    for day_class in np.unique(past.classes[kept]):
        weight = slow * (past.classes[kept] == day_class)
        expected = weight @ (answered * by_interval).sum(axis=1)
        by_class[day_class] = _factor(weight @ seconds, expected, long_level, WEEKDAY_CONTACTS)
    result: Floats = level * by_class[targets.classes][:, None] * by_interval[None, :]
    return result


def _factor(seconds: Floats, contacts: Floats, level: float, pseudo: float) -> Floats:
    """Return the ratio to ``level`` of Σ seconds ÷ Σ contacts, shrunk to 1."""
    factor: Floats = (seconds + pseudo * level) / ((contacts + pseudo) * level)
    return factor


def _sane(contacts: Floats, seconds: Floats) -> Floats:
    """Return 1 for days whose mean is within a factor of three of the median day, else 0."""
    mean = seconds / np.maximum(contacts, 1e-9)
    busy = (contacts > 0) & (seconds > 0)
    median = float(np.median(mean[busy]))
    sane = busy & (mean < _ODD_RATIO * median) & (mean > median / _ODD_RATIO)
    return sane.astype(np.float64) if sane.any() else busy.astype(np.float64)
