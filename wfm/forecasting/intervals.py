"""Records of different interval lengths on one grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.history.resampling import regrid
from wfm.model.workload import Floats, HistoryDay


def on_one_grid(
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
        result[rows] = regrid(stacked, slot_minutes)
    return result
