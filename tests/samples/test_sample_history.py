"""The sample's history looks like that of a centre: its statistics and what a forecast finds."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from wfm.calendars import bank_days, public_holidays, settlement_days
from wfm.forecasting import METHODS, backtest, forecast
from wfm.model.time import Horizon
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay
from wfm.samples import SampleCentre, sample_centre

AS_OF = date(2026, 11, 23)
FIRST = AS_OF - timedelta(weeks=26)
HOLIDAYS = public_holidays("JP", FIRST, AS_OF + timedelta(days=60))
PHONES = ("phone_general", "phone_technical")


@cache
def centre(seed: int = 20) -> SampleCentre:
    return sample_centre(AS_OF, "en", seed=seed)


def days_of(queue: str, seed: int = 20) -> list[HistoryDay]:
    return [day for day in centre(seed).history if day.queue == queue]


def total(days: list[HistoryDay], column: str) -> float:
    return float(sum(day.columns[column].sum() for day in days))


def plain(queue: str, seed: int = 20) -> list[HistoryDay]:
    """The days without holidays, days after them, campaign and outage."""
    special = {item.day for item in centre(seed).special_days}
    after = {day + timedelta(days=1) for day in HOLIDAYS}
    odd = special | set(HOLIDAYS) | after
    return [day for day in days_of(queue, seed) if day.day not in odd]


def test_every_day_has_every_column_in_half_hours_that_add_up() -> None:
    for day in centre().history:
        assert tuple(day.columns) == HISTORY_COLUMNS
        assert all(column.shape == (48,) for column in day.columns.values())
        assert all((column >= 0).all() for column in day.columns.values())
        offered, answered = day.columns["offered"], day.columns["answered"]
        assert (offered == answered + day.columns["abandoned"]).all()
        assert (day.columns["answered_within"] <= answered).all()
        assert ((day.columns["handle_s"] > 0) <= (answered > 0)).all()
        assert all((column == np.round(column)).all() for column in day.columns.values())


def test_half_a_year_is_recorded_without_holes() -> None:
    for queue in (*PHONES, "chat"):
        assert [day.day for day in days_of(queue)] == [
            FIRST + timedelta(days=offset) for offset in range(182)
        ]
        assert days_of(queue)[0].interval_minutes == 30


def test_contacts_come_in_the_opening_hours_only() -> None:
    windows = {queue.key: queue.opening for queue in centre().queues}
    for day in centre().history:
        key = 7 if day.day in HOLIDAYS and 7 in windows[day.queue] else day.day.weekday()
        ((start, end),) = windows[day.queue][key]
        outside = np.r_[0 : start // 30, end // 30 : 48]
        assert not day.columns["offered"][outside].any()
        assert day.columns["offered"][start // 30 : end // 30].any()


@pytest.mark.parametrize("queue", [*PHONES, "chat"])
def test_monday_is_the_busiest_day_and_the_weekend_is_quiet(queue: str) -> None:
    days = plain(queue)
    mean = [
        np.mean([day.columns["offered"].sum() for day in days if day.day.weekday() == weekday])
        for weekday in range(7)
    ]
    working = float(np.mean(mean[:5]))
    assert mean[0] == max(mean)
    assert 1.05 < mean[0] / working < 1.3
    assert 0.5 < mean[5] / working < 0.85
    assert mean[6] < mean[5]


def test_a_day_on_the_phone_has_a_peak_before_and_a_smaller_one_after_noon() -> None:
    profile = sum(day.columns["offered"] for day in plain("phone_general")) / 182
    hours = np.asarray(profile).reshape(24, 2).sum(axis=1)
    assert hours.argmax() in (10, 11)
    assert hours[12] < hours[14] < hours[10]
    assert hours[14] > hours[13]
    assert hours[21] < 0.3 * hours[10]


@pytest.mark.parametrize("seed", [20, 1, 2])
def test_three_to_eight_percent_give_up_and_the_rest_is_answered_in_time(seed: int) -> None:
    for queue in PHONES:
        days = days_of(queue, seed)
        assert 0.03 < total(days, "abandoned") / total(days, "offered") < 0.08
        assert 0.7 < total(days, "answered_within") / total(days, "offered") < 0.92
        assert 4 < total(days, "wait_answered_s") / total(days, "answered") < 30
        assert 20 < total(days, "wait_abandoned_s") / total(days, "abandoned") < 120


def test_more_give_up_where_more_come_than_was_planned_for() -> None:
    days = plain("phone_general")
    busy = [
        day.columns["abandoned"][20:24].sum() / day.columns["offered"][20:24].sum() for day in days
    ]
    late = [
        day.columns["abandoned"][38:42].sum() / day.columns["offered"][38:42].sum() for day in days
    ]
    assert np.mean(busy) > 1.3 * np.mean(late)


@pytest.mark.parametrize(
    ("queue", "seconds"),
    [("phone_general", 380), ("phone_technical", 640), ("chat", 540), ("mail", 420)],
)
def test_handling_times_are_those_of_the_trade(queue: str, seconds: float) -> None:
    days = days_of(queue)
    assert total(days, "handle_s") / total(days, "answered") == pytest.approx(seconds, rel=0.03)


def test_mails_are_all_answered_most_of_them_within_the_response_time() -> None:
    days = days_of("mail")
    assert total(days, "abandoned") == 0
    assert total(days, "answered_within") / total(days, "offered") > 0.9
    assert days[0].threshold_s == 4 * 3600


def test_the_outage_shows_in_contacts_and_in_those_who_give_up() -> None:
    (outage,) = [item for item in centre().special_days if item.kind == "outage"]
    hit = slice(outage.start // 30, outage.end // 30)
    for queue in PHONES:
        alike = [day for day in plain(queue) if day.day.weekday() == outage.day.weekday()]
        (struck,) = [day for day in days_of(queue) if day.day == outage.day]
        usual = np.mean([day.columns["offered"][hit].sum() for day in alike])
        assert struck.columns["offered"][hit].sum() > 1.4 * usual
        lost = struck.columns["abandoned"][hit].sum() / struck.columns["offered"][hit].sum()
        assert lost > 0.2


def test_the_campaign_lifts_its_queue_and_fades() -> None:
    campaign = [
        item for item in centre().special_days if item.kind == "campaign" and item.day < AS_OF
    ]
    lifts = []
    for item in campaign:
        alike = [d for d in plain("phone_general") if d.day.weekday() == item.day.weekday()]
        usual = np.mean([day.columns["offered"].sum() for day in alike])
        (day,) = [d for d in days_of("phone_general") if d.day == item.day]
        lifts.append(day.columns["offered"].sum() / usual)
    assert lifts[0] > 1.2
    assert np.polyfit(range(len(lifts)), lifts, 1)[0] < 0


def effect(queue: str, marked: set[date], seed: int) -> float:
    """Log effect of marked days by least squares on weekday means and a trend."""
    days = [day for day in plain(queue, seed) if day.day.weekday() < 5]
    logs = np.log([day.columns["offered"].sum() for day in days])
    weekdays = np.eye(5)[[day.day.weekday() for day in days]]
    trend = np.array([(day.day - FIRST).days / 365 for day in days])
    flag = np.array([day.day in marked for day in days], dtype=float)
    design: Floats = np.column_stack([weekdays, trend, flag])
    return float(np.linalg.lstsq(design, logs, rcond=None)[0][-1])


def test_the_effect_of_payment_days_can_be_recovered() -> None:
    marked = set(settlement_days(FIRST, AS_OF, bank_days(HOLIDAYS)))
    found = [effect("phone_general", marked, seed) for seed in (20, 1, 2, 3)]
    # settlement 1.10, and 1.08 more on every sixth of them
    assert np.mean(found) == pytest.approx(np.log(1.10) + np.log(1.08) / 6, abs=0.02)
    chat = [effect("chat", marked, seed) for seed in (20, 1, 2, 3)]
    assert abs(np.mean(chat)) < 0.06


def test_day_totals_scatter_more_than_poisson_and_less_than_chaos() -> None:
    days = [day for day in plain("phone_general") if day.day.weekday() < 5]
    logs = np.log([day.columns["offered"].sum() for day in days])
    weekdays = np.array([day.day.weekday() for day in days])
    rest = logs - np.array([logs[weekdays == weekday].mean() for weekday in range(5)])[weekdays]
    assert 0.045 < rest.std() < 0.11


@pytest.mark.parametrize(
    ("queue", "low", "high"),
    [
        ("phone_general", 0.12, 0.24),
        ("phone_technical", 0.22, 0.38),
        ("chat", 0.22, 0.40),
        ("mail", 0.20, 0.42),
    ],
)
def test_the_default_forecast_is_as_good_on_it_as_on_a_real_centre(
    queue: str, low: float, high: float
) -> None:
    named = next(item for item in centre().queues if item.key == queue)
    rows = {
        row.method: row
        for row in backtest(
            centre().history, named, special_days=centre().special_days, holidays=HOLIDAYS
        )
    }
    best = rows[METHODS[0].key]
    assert low < best.wape < high
    assert best.wape < 1.6 * best.floor
    assert abs(best.bias) < 0.05
    assert best.wape <= min(row.wape for row in rows.values()) * 1.02


def test_next_week_is_forecast_without_surprises() -> None:
    horizon = Horizon(AS_OF + timedelta(days=7), 7, 15)
    for queue in centre().queues:
        result = forecast(
            centre().history,
            queue,
            horizon,
            special_days=centre().special_days,
            holidays=HOLIDAYS,
        )
        last = [d for d in days_of(queue.key) if (AS_OF - d.day).days <= 28]
        assert result.volume.sum() == pytest.approx(total(last, "offered") / 4, rel=0.12)
        assert "Short history" not in " ".join(map(str, result.notes))
