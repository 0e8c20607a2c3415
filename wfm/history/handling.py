"""Mean times from counts and sums, so that averages are never averaged."""

from __future__ import annotations

import numpy as np

from wfm.history.resampling import column
from wfm.model.workload import Floats, HistoryDay


def contacts_handled(day: HistoryDay) -> Floats:
    """Return the contacts whose time was recorded: answered ones, else those offered."""
    answered = column(day, "answered")
    return np.where(np.isnan(answered), column(day, "offered"), answered)


def mean_handling_s(day: HistoryDay) -> Floats:
    """Return handling seconds ÷ contacts per interval (AHT); NaN where there were none."""
    return ratio(column(day, "handle_s"), contacts_handled(day))


def mean_wait_s(day: HistoryDay) -> Floats:
    """Return waiting seconds of answered contacts ÷ answered (ASA); NaN where there were none."""
    return ratio(column(day, "wait_answered_s"), column(day, "answered"))


def ratio(sums: Floats, counts: Floats) -> Floats:
    """Return ``sums / counts``, NaN where nothing was counted or recorded."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(counts > 0, sums / counts, np.nan)


def pooled_ratio(sums: Floats, counts: Floats) -> float:
    """Return Σ sums ÷ Σ counts over the intervals that have both; NaN where there are none."""
    both = np.isfinite(sums) & np.isfinite(counts)
    total = float(counts[both].sum())
    return float(sums[both].sum()) / total if total > 0 else float("nan")
