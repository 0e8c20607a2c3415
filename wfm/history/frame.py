"""The interval frame: recorded days as one table, a row per queue and interval.

=================== ================ ==========================================================
column              dtype            meaning
=================== ================ ==========================================================
queue               str              queue key
day                 datetime64[s]    calendar day
start               datetime64[s]    begin of the interval on the site's clock
minute              int64            minutes of ``start`` after midnight
offered … handle_s  float64          ``HISTORY_COLUMNS``: counts and sums; NaN: not recorded
=================== ================ ==========================================================

Rows are in order of queue, then start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from wfm.history.resampling import check_day, column, resample
from wfm.model.time import DAY_MINUTES
from wfm.model.workload import HISTORY_COLUMNS, HistoryDay

if TYPE_CHECKING:
    import pandas as pd

FRAME_COLUMNS = ("queue", "day", "start", "minute", *HISTORY_COLUMNS)


def frame(days: Sequence[HistoryDay], *, interval_minutes: int) -> pd.DataFrame:
    """Return the recorded days as a table with intervals of ``interval_minutes``.

    Columns as in the module's table; ``len(days) * 1440 / interval_minutes`` rows.  Raises
    :class:`~wfm.errors.WfmError` for a length other than 5, 15, 30 or 60 and for damaged days.
    """
    import pandas as pd

    for day in days:
        check_day(day)
    ordered = sorted(
        (resample(day, interval_minutes) for day in days), key=lambda day: (day.queue, day.day)
    )
    per_day = DAY_MINUTES // interval_minutes
    dates = np.array([day.day for day in ordered], dtype="datetime64[s]").repeat(per_day)
    minutes = np.tile(np.arange(per_day, dtype=np.int64) * interval_minutes, len(ordered))
    table: dict[str, object] = {
        "queue": pd.Series([day.queue for day in ordered for _ in range(per_day)], dtype="str"),
        "day": dates,
        "start": dates + minutes * np.timedelta64(60, "s"),
        "minute": minutes,
    }
    for name in HISTORY_COLUMNS:
        table[name] = (
            np.concatenate([column(day, name) for day in ordered])
            if ordered
            else np.array([], dtype=np.float64)
        )
    return pd.DataFrame(table, columns=list(FRAME_COLUMNS))
