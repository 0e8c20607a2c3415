"""Odd days are proposed for confirmation; ordinary noise is not."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.history.builders import MONDAY, recorded
from wfm.calendars import public_holidays
from wfm.history import propose_special_days
from wfm.imports import read_acd
from wfm.model.workload import HistoryDay, SpecialDay


def weeks(count: int, seed: int = 1) -> list[HistoryDay]:
    """Return Poisson days of about 400 contacts from 9 to 18 by 30 minutes."""
    rng = np.random.default_rng(seed)
    profile = np.zeros(48)
    profile[18:36] = 22.0
    return [
        recorded(rng.poisson(profile).astype(float).tolist(), MONDAY + timedelta(days=n), 30)
        for n in range(7 * count)
    ]


def changed(days: list[HistoryDay], position: int, factor: float, span: slice) -> list[HistoryDay]:
    values = days[position].columns["offered"].copy()
    values[span] = np.round(values[span] * factor)
    other = recorded(values.tolist(), days[position].day, 30)
    return [*days[:position], other, *days[position + 1 :]]


@pytest.mark.parametrize("seed", range(4))
def test_ordinary_noise_proposes_nothing(seed: int) -> None:
    assert propose_special_days(weeks(10, seed)) == ()


@pytest.mark.parametrize(
    ("factor", "kind"), [(0.0, "closed"), (0.2, "outage"), (0.6, "outage"), (1.8, "campaign")]
)
def test_a_day_out_of_the_ordinary_is_proposed(factor: float, kind: str) -> None:
    days = changed(weeks(10), 30, factor, slice(None))
    (found,) = propose_special_days(days)
    assert (found.special_day.day, found.special_day.kind) == (days[30].day, kind)
    assert found.expected == pytest.approx(396, rel=0.08)
    assert found.actual == days[30].columns["offered"].sum()


def test_a_morning_of_silence_is_an_outage_with_its_times() -> None:
    days = changed(weeks(10), 30, 0.0, slice(20, 25))
    (found,) = propose_special_days(days)
    assert found.special_day == SpecialDay(days[30].day, "outage", queue="a", start=600, end=750)


def test_days_already_marked_are_left_alone() -> None:
    days = changed(weeks(10), 30, 0.1, slice(None))
    assert propose_special_days(days, [SpecialDay(days[30].day, "outage")]) == ()


def test_a_short_history_proposes_nothing() -> None:
    assert propose_special_days(changed(weeks(3), 10, 0.0, slice(None))) == ()


@pytest.mark.slow
def test_the_known_outages_of_the_synthetic_centre_are_among_the_proposals(
    bench_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    packed = bench_data / "arrivals" / "synth_jp_dev_30min.csv.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    truth = json.loads((bench_data / "arrivals" / "synth_jp_dev_truth.json").read_text("utf-8"))
    days = read_acd(path).days
    recorded_days = {(day.queue, day.day) for day in days}
    outages = {
        (queue, date.fromisoformat(day))
        for queue, facts in truth.items()
        for day in facts["system_outage_days"]
    }
    holidays = public_holidays("JP", date(2024, 4, 1), date(2026, 3, 31))
    proposals = propose_special_days(days, holidays=holidays)
    found = {(item.special_day.queue, item.special_day.day) for item in proposals}
    assert len(outages & recorded_days) == 14
    assert outages & recorded_days <= found | {
        (queue, day) for queue, day in outages if day in holidays
    }
    assert len(found) < 0.02 * len(days)
