"""Prints the error of every forecast method on recorded call data, two weeks ahead.

Run from the project's folder, with ``TOBAN_BENCH_DATA`` naming the folder of benchmark data:
``python -m tests.benchmarks.forecast [lead weeks]``.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from wfm.calendars import public_holidays
from wfm.forecasting import METHODS, Accuracy, backtest
from wfm.model.workload import HistoryDay

TRAINING_DAYS = 84
VANAD_QUEUES = ("q5", "q20", "q2", "q11", "q0", "q18")


def series(folder: Path) -> Iterator[tuple[str, str, int, list[HistoryDay]]]:
    """Yield name, country, forecast interval and history of each benchmark series."""
    arrivals = folder / "arrivals"
    vanad = pd.read_csv(arrivals / "vanad_2014_15min.csv.gz", parse_dates=["interval_start"])
    yield "vanad ALL", "NL", 30, history_days(vanad, "offered", 15)
    for queue in VANAD_QUEUES:
        yield f"vanad {queue}", "NL", 30, history_days(vanad[vanad.queue == queue], "offered", 15)
    bank = pd.read_csv(arrivals / "usbank_2003_5min.csv.gz", parse_dates=["interval_start"])
    yield "bank", "US", 30, history_days(bank, "calls", 5)
    anon = pd.read_csv(arrivals / "anonbank_1999_6min.csv.gz", parse_dates=["interval_start"])
    yield "anon", "IL", 30, history_days(anon, "calls", 6)
    county = pd.read_csv(arrivals / "bernco_hourly.csv", parse_dates=["interval_start"])
    yield "bernco", "US", 60, history_days(county, "calls", 60)
    japan = pd.read_csv(arrivals / "synth_jp_dev_30min.csv.gz", parse_dates=["interval_start"])
    for queue, rows in japan.dropna(subset=["offered"]).groupby("queue"):
        yield f"jp {queue}", "JP", 30, history_days(rows, "offered", 30)


def history_days(rows: pd.DataFrame, column: str, interval: int) -> list[HistoryDay]:
    """Return the rows of one queue as days; an interval without a row had no contact."""
    minute = rows.interval_start.dt.hour * 60 + rows.interval_start.dt.minute
    keyed = rows[[column]].astype(np.float64)
    keyed = keyed.assign(day=rows.interval_start.dt.date, slot=minute // interval)
    table = keyed.pivot_table(
        index="day", columns="slot", values=column, aggfunc="sum", fill_value=0.0
    ).reindex(columns=range(1440 // interval), fill_value=0.0)
    return [
        HistoryDay("queue", day, interval, {"offered": values})
        for day, values in zip(table.index, table.to_numpy(dtype=np.float64), strict=True)
    ]


def measured(folder: Path, lead_weeks: int) -> dict[str, tuple[Accuracy, ...]]:
    """Return the accuracy of every method per series; public holidays are known in advance."""
    result = {}
    for name, country, slot, days in series(folder):
        holidays = public_holidays(country, days[0].day, days[-1].day)
        result[name] = backtest(
            days,
            slot_minutes=slot,
            lead_weeks=lead_weeks,
            training_days=TRAINING_DAYS,
            holidays=holidays,
        )
    return result


def ratio(found: dict[str, tuple[Accuracy, ...]], method: str, against: str) -> float:
    """Return the geometric mean over series of WAPE ÷ WAPE of another method."""
    logs = []
    for rows in found.values():
        wape = {row.method: row.wape for row in rows}
        logs.append(np.log(wape[method] / wape[against]))
    return float(np.exp(np.mean(logs)))


def main() -> None:
    """Print one line per series: interval WAPE % per method, Poisson floor, bias of the default."""
    lead_weeks = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    began = time.perf_counter()
    found = measured(Path(os.environ["TOBAN_BENCH_DATA"]), lead_weeks)
    keys = [method.key for method in METHODS]
    print(f"interval WAPE %, {lead_weeks} weeks ahead")
    print(f"{'series':18}" + "".join(f"{key:>11}" for key in keys) + f"{'floor':>8}{'bias':>8}")
    for name, rows in found.items():
        cells = "".join(f"{100 * row.wape:11.2f}" for row in rows)
        print(f"{name:18}{cells}{100 * rows[0].floor:8.2f}{100 * rows[0].bias:8.2f}")
    cells = "".join(f"{ratio(found, key, 'mean4'):11.3f}" for key in keys)
    print(f"{'ratio to mean4':18}{cells}")
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
