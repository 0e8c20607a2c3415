"""Change of interval length: sums are split evenly or added up, never averaged."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from wfm.model.time import DAY_MINUTES
from wfm.model.workload import Floats, HistoryDay


def change_interval(values: Floats, slot_minutes: int) -> Floats:
    """Return sums per ``slot_minutes`` from sums of any other interval length.

    ``values`` has shape ``(days, 1440 / interval)``.  A longer interval that has a gap (NaN) in it
    is a gap itself.
    """
    interval = DAY_MINUTES // values.shape[1]
    if interval == slot_minutes:
        return values
    common = math.gcd(interval, slot_minutes)
    parts = interval // common
    fine = np.repeat(values, parts, axis=1) / parts
    result: Floats = fine.reshape(len(values), DAY_MINUTES // slot_minutes, -1).sum(axis=2)
    return result


def regrid(
    records: Sequence[HistoryDay], column: str, slot_minutes: int, shape: tuple[int, int]
) -> Floats:
    """Return a column of all records on one grid, shape ``(records, slots per day)``.

    Records may differ in interval length; one that lacks the column is NaN.
    """
    result = np.full(shape, np.nan)
    lengths: dict[int, list[int]] = {}
    for row, record in enumerate(records):
        if column in record.columns:
            lengths.setdefault(record.interval_minutes, []).append(row)
    for rows in lengths.values():
        stacked = np.array([records[row].columns[column] for row in rows], dtype=np.float64)
        result[rows] = change_interval(stacked, slot_minutes)
    return result
